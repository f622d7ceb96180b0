"""What an interaction lets the bot do for a while: a trigger opens one view, a response_url takes five messages."""

import time
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from tests.loopback.slack_world import SlackSays, World
from tests.loopback.slack_written import written

TRIGGER_SECONDS = 3
HOOK_SECONDS, HOOK_USES = 30 * 60, 5


@dataclass(slots=True)
class Hook:
    """A response_url: whose answer it takes, in which channel, to which message (empty: to a command)."""

    team: str
    channel: str
    user: str
    original: str
    until: float
    uses: int = HOOK_USES


class Triggers:
    """The triggers and response_urls given out; an offset to the clock lets them grow old."""

    def __init__(self, world: World) -> None:
        self.older = 0.0
        self._world = world
        self._triggers: dict[str, tuple[str, float]] = {}
        self._used: set[str] = set()
        self._hooks: dict[str, Hook] = {}

    def trigger(self, team: str) -> str:
        """A new trigger_id."""
        trigger = f"{uuid4().int % 10**13}.{uuid4().hex}"
        self._triggers[trigger] = (team, self._now() + TRIGGER_SECONDS)
        return trigger

    def use(self, trigger: str, team: str) -> None:
        """Take a trigger; it is gone afterwards."""
        if trigger in self._used:
            raise SlackSays("trigger_exchanged")
        whose, until = self._triggers.pop(trigger, ("", 0.0))
        if whose != team:
            raise SlackSays("invalid_trigger")
        self._used.add(trigger)
        if self._now() > until:
            raise SlackSays("trigger_expired")

    def hook(self, team: str, channel: str, user: str, original: str = "") -> str:
        """The path of a new response_url."""
        name = uuid4().hex
        self._hooks[name] = Hook(team, channel, user, original, self._now() + HOOK_SECONDS)
        return f"/hooks/{name}"

    def respond(self, name: str, body: dict[str, Any]) -> None:
        """Take one answer.

        Raises:
            SlackSays: it is used up, too old, unknown, or the message is refused.
        """
        hook = self._hooks.get(name)
        if hook is None or self._now() > hook.until:
            raise SlackSays("expired_url")
        if hook.uses <= 0:
            raise SlackSays("used_url")
        hook.uses -= 1
        self.show(hook, body)

    def show(self, hook: Hook, body: dict[str, Any]) -> None:
        """What a response does: a new message, ephemeral unless it says otherwise, or the original replaced or deleted."""
        space = self._world.workspaces[hook.team]
        whispered = any(message["ts"] == hook.original for message in space.ephemerals)
        where = {"team": hook.team, "channel": hook.channel}
        if body.get("delete_original"):
            self._world.note({"do": "whisper-drop" if whispered else "drop", **where, "ts": hook.original})
            return
        message = written(space, body)
        if body.get("replace_original") and hook.original:
            self._world.note({"do": "whisper-edit" if whispered else "edit", **where, "ts": hook.original, "message": message})
        elif body.get("response_type") == "in_channel":
            self._world.note({"do": "post", **where, "message": message})
        else:
            self._world.note({"do": "whisper", **where, "message": message | {"channel": hook.channel, "to": hook.user}})

    def acked(self, path: str, body: dict[str, Any]) -> None:
        """Show what an acknowledgement carried; it uses up none of the five."""
        self.show(self._hooks[path.rpartition("/")[2]], body)

    def _now(self) -> float:
        return time.monotonic() + self.older
