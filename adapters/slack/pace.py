"""The pace Slack asks for, kept before it has to be asked."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final

# docs.slack.dev/apis/web-api/rate-limits: chat.postMessage takes one message a second and channel, and "several hundred"
# a minute and workspace; chat.update and conversations.history are tier 3, 50 a minute and workspace each, and for some
# apps history is 1 a minute.
CHANNEL_EVERY: Final = 1.0  # seconds between a post's answer and the next post in its channel
WORKSPACE_EVERY: Final = 0.32  # seconds between two posts: 187 a minute, less than the least that "several hundred" can mean
HISTORY_EVERY: Final = 1.3  # seconds between two looks into a history: 46 a minute
EDIT_EVERY: Final = 1.3  # seconds between two edits: 46 a minute
HISTORY_SLOWEST: Final = 60.0  # where Slack goes on asking to wait, the seconds double up to this many
SLOW_FOR: Final = 3_600.0  # seconds for which they stay so
PATIENCE: Final = 10.0  # seconds a post waits for its turn; longer ones are left to the ledger
_KNOWN_MAX: Final = 10_000  # channels remembered before those that may post again are forgotten

_Line = tuple[str, str]
POSTS: Final = "posts"
LOOKS: Final = "looks"
EDITS: Final = "edits"


class Pace:
    """Who may call Slack when: posts of a channel, posts of a workspace, looks into its histories, edits in it.

    Args:
        clock: seconds that never go back.
        sleep: waits that many of them.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self.clock, self._sleep = clock, sleep
        self._free: dict[_Line, float] = {}  # when the next one of a line may go
        self._promised: dict[_Line, float] = {}  # when the next one may come back of those who were sent away
        self._held: dict[_Line, float] = {}  # until when Slack wants nothing of a line
        self._slow: dict[str, tuple[float, float]] = {}  # seconds between two looks in a workspace, and until when
        self._looking: dict[str, asyncio.Lock] = {}

    async def turn(self, workspace: str, channel: str, patience: float = PATIENCE) -> float:
        """Wait until a post may go to that channel.

        Returns:
            0 once it may; otherwise at once the seconds after which to ask again, more than `patience` after it was asked.
        """
        # One after the other: whoever waits for its channel keeps nobody waiting for the workspace.
        began = self.clock()
        for line, every in (((workspace, f"#{channel}"), CHANNEL_EVERY), ((workspace, POSTS), WORKSPACE_EVERY)):
            if wait := await self._stand(line, every, patience - (self.clock() - began)):
                return wait
        return 0.0

    async def look(self, workspace: str, patience: float) -> float:
        """Wait until a history of that workspace may be read; returns as `turn` does, for that many seconds of patience."""
        every, until = self._slow.get(workspace, (HISTORY_EVERY, 0.0))
        return await self._stand((workspace, LOOKS), every if self.clock() < until else HISTORY_EVERY, patience)

    async def edit(self, workspace: str, patience: float) -> float:
        """Wait until a post of that workspace may be changed; returns as `turn` does, for that many seconds of patience."""
        return await self._stand((workspace, EDITS), EDIT_EVERY, patience)

    @asynccontextmanager
    async def looking(self, workspace: str, patience: float) -> AsyncIterator[float]:
        """Look through one channel of a workspace at a time: where several took turns, none might come to its end.

        What is given is as `turn` returns it: 0 while nobody else looks, for as long as the context lasts.
        """
        lock = self._looking.setdefault(workspace, asyncio.Lock())
        try:
            async with asyncio.timeout(patience):
                await lock.acquire()
        except TimeoutError:
            now = self.clock()
            yield self._back((workspace, LOOKS), HISTORY_EVERY, now + HISTORY_EVERY) - now
            return
        try:
            yield 0.0
        finally:
            lock.release()

    def posted(self, workspace: str, channel: str) -> None:
        """The post has been answered: its channel's second runs from now on, however long the request was on its way."""
        line = (workspace, f"#{channel}")
        now = self.clock()
        self._free[line] = max(self._free.get(line, now), now + CHANNEL_EVERY)
        if len(self._free) > _KNOWN_MAX:
            self._free = {known: free for known, free in self._free.items() if free > now}
            self._promised = {known: back for known, back in self._promised.items() if back > now}

    def hold(self, workspace: str, seconds: float, line: str = POSTS) -> None:
        """Slack asked to wait: no post (or look, or edit) of that workspace has its turn before, and then they go one by one.

        Args:
            line: POSTS, LOOKS or EDITS: Slack counts each method for itself.
        """
        now = self.clock()
        self._held[workspace, line] = max(now + seconds, self._held.get((workspace, line), now))
        if line == LOOKS:
            every, until = self._slow.get(workspace, (HISTORY_EVERY, 0.0))
            self._slow[workspace] = (min(HISTORY_SLOWEST, 2 * every if now < until else 2 * HISTORY_EVERY), now + SLOW_FOR)

    async def _stand(self, line: _Line, every: float, patience: float) -> float:
        began = self.clock()
        while True:
            now = self.clock()
            at = max(now, self._free.get(line, now), self._held.get(line, now))
            if at - began > patience:
                return self._back(line, every, at) - now
            self._free[line] = at + every
            if at > now:
                await self._sleep(at - now)
            if at >= self._held.get(line, at):
                return 0.0

    def _back(self, line: _Line, every: float, at: float) -> float:
        """When somebody may come back who was sent away: each at a moment of its own, or most would be sent away again."""
        back = max(at, self._promised.get(line, at))
        self._promised[line] = back + every
        return back
