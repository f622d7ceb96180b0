"""The pace Slack asks for, kept before it has to be asked."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

# docs.slack.dev/apis/web-api/rate-limits: chat.postMessage takes one message a second and channel, and "several hundred"
# a minute and workspace; conversations.history is tier 3, 50 a minute and workspace.
CHANNEL_EVERY: Final = 1.0  # seconds between a post's answer and the next post in its channel
WORKSPACE_EVERY: Final = 0.3  # seconds between two posts: 200 a minute, the least that "several hundred" can mean
HISTORY_EVERY: Final = 1.2  # seconds between two looks into a history
PATIENCE: Final = 10.0  # seconds a post waits for its turn; longer ones are left to the ledger
_KNOWN_MAX: Final = 10_000  # channels remembered before those that may post again are forgotten

_Line = tuple[str, str]
POSTS: Final = "posts"
LOOKS: Final = "looks"


class Pace:
    """Who may call Slack when: posts of a channel, posts of a workspace, looks into its histories.

    Args:
        clock: seconds that never go back.
        sleep: waits that many of them.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._clock, self._sleep = clock, sleep
        self._free: dict[_Line, float] = {}  # when the next one of a line may go
        self._held: dict[_Line, float] = {}  # until when Slack wants nothing of a line

    async def turn(self, workspace: str, channel: str) -> float:
        """Wait until a post may go to that channel.

        Returns:
            0 once it may; otherwise the seconds after which to ask again, more than `PATIENCE` after it was asked.
        """
        # One after the other: whoever waits for its channel keeps nobody waiting for the workspace.
        for line, every in (((workspace, f"#{channel}"), CHANNEL_EVERY), ((workspace, POSTS), WORKSPACE_EVERY)):
            if wait := await self._stand(line, every, PATIENCE):
                return wait
        return 0.0

    async def look(self, workspace: str, patience: float) -> float:
        """Wait until a history of that workspace may be read; returns as `turn` does, for that many seconds of patience."""
        return await self._stand((workspace, LOOKS), HISTORY_EVERY, patience)

    def posted(self, workspace: str, channel: str) -> None:
        """The post has been answered: its channel's second runs from now on, however long the request was on its way."""
        line = (workspace, f"#{channel}")
        now = self._clock()
        self._free[line] = max(self._free.get(line, now), now + CHANNEL_EVERY)
        if len(self._free) > _KNOWN_MAX:
            self._free = {known: free for known, free in self._free.items() if free > now}

    async def pause(self, workspace: str, seconds: float, line: str = POSTS) -> None:
        """Wait as long as Slack said; no other post (or look) of that workspace has its turn before.

        Args:
            line: POSTS or LOOKS: Slack counts each method for itself.
        """
        # The one that was told to wait goes first, and the next one a second later, for it may be of the same channel.
        until = self._clock() + seconds + CHANNEL_EVERY
        self._held[workspace, line] = max(until, self._held.get((workspace, line), until))
        await self._sleep(seconds)

    async def _stand(self, line: _Line, every: float, patience: float) -> float:
        began = self._clock()
        while True:
            now = self._clock()
            at = max(now, self._free.get(line, now), self._held.get(line, now))
            if at - began > patience:
                return at - now
            self._free[line] = at + every
            if at > now:
                await self._sleep(at - now)
            if at >= self._held.get(line, at):
                return 0.0
