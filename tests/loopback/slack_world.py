"""What the loopback Slack remembers: workspaces, channels, people, and all that readers would see.

Every change is an event, a JSON object with a `do`; a journal of them, one a line, makes the same world again.
"""

import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ALL_SCOPES = (
    "chat:write", "channels:history", "groups:history", "im:history", "channels:read", "groups:read", "im:read", "im:write",
    "users:read", "commands", "files:read",
)  # fmt: skip


class SlackSays(Exception):
    """An answer that is not ok: Slack's error string, and what else stands in it."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.body = {"ok": False, "error": error, **more}


@dataclass(slots=True)
class Channel:
    """A conversation; `kind` is public, private or im, `messages` are oldest first."""

    id: str
    kind: str = "public"
    archived: bool = False
    members: set[str] = field(default_factory=set)
    messages: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Workspace:
    """A workspace where the bot is installed; `error` is what every call is answered with, where it is not empty."""

    team: str
    token: str
    app_token: str
    bot_user: str
    bot_id: str
    scopes: set[str]
    error: str = ""
    app_id: str = "A1"
    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    ephemerals: list[dict[str, Any]] = field(default_factory=list)
    homes: dict[str, dict[str, Any]] = field(default_factory=dict)
    modals: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)

    def channel(self, channel_id: str) -> Channel:
        """The channel, whether the bot may see it or not."""
        if channel_id not in self.channels:
            raise SlackSays("channel_not_found")
        return self.channels[channel_id]


class World:
    """All workspaces; made anew from the journal, where there is one."""

    def __init__(self, journal: Path | None = None) -> None:
        self.workspaces: dict[str, Workspace] = {}
        self._last = 0
        self._journal = None
        if journal is not None:
            for line in journal.read_text("utf-8").splitlines() if journal.exists() else ():
                self._apply(json.loads(line))
            self._journal = journal.open("a", encoding="utf-8")

    def note(self, event: dict[str, Any]) -> dict[str, Any]:
        """Let something happen; returns the event, completed with what Slack itself would give it (a ts)."""
        if event["do"] in {"post", "whisper"}:
            event["message"].setdefault("ts", self.ts(event.pop("age", 0)))
        self._apply(event)
        if self._journal is not None:
            self._journal.write(json.dumps(event) + "\n")
            self._journal.flush()
        return event

    def ts(self, age: float = 0) -> str:
        """A moment as Slack writes it, `age` seconds ago; never the same one twice, and later than all before for age 0."""
        now = int((time.time() - age) * 1_000_000)
        if age == 0:
            self._last = now = max(now, self._last + 1)
        return f"{now // 1_000_000}.{now % 1_000_000:06d}"

    def by_token(self, token: str) -> Workspace:
        """The workspace of that bot token."""
        if not token:
            raise SlackSays("not_authed")
        for space in self.workspaces.values():
            if space.token == token:
                if space.error:
                    raise SlackSays(space.error)
                return space
        raise SlackSays("invalid_auth")

    def _apply(self, event: dict[str, Any]) -> None:
        match event["do"]:
            case "workspace":
                self._open(event)
            case "channel":
                self._channel(event)
            case "user":
                given = {name: value for name, value in event.items() if name not in {"do", "team"}}
                self.workspaces[event["team"]].users.setdefault(event["id"], {}).update(given)
            case "post":
                channel = self._place(event)
                channel.messages.append(event["message"])
                channel.messages.sort(key=lambda message: message["ts"])
            case "edit" | "whisper-edit":
                next(m for m in self._texts(event) if m["ts"] == event["ts"]).update(event["message"])
            case "drop" | "whisper-drop":
                texts = self._texts(event)
                texts[:] = [m for m in texts if m["ts"] != event["ts"]]
            case "whisper":
                self.workspaces[event["team"]].ephemerals.append(event["message"])
            case "home":
                self.workspaces[event["team"]].homes[event["user"]] = event["view"]
            case "modal":
                self.workspaces[event["team"]].modals[event["view"]["id"]] = event["view"]
            case "file":
                self.workspaces[event["team"]].files[event["id"]] = event
            case other:
                raise ValueError(f"nothing is called {other}")

    def _open(self, event: dict[str, Any]) -> None:
        team = event["team"]
        known = self.workspaces.get(team)
        if known is None:
            self.workspaces[team] = known = Workspace(team, "", "", f"U{team}BOT", f"B{team}", set(ALL_SCOPES))
        for name in ("token", "app_token", "bot_user", "bot_id", "error", "app_id"):
            setattr(known, name, event.get(name, getattr(known, name)))
        known.scopes = set(event.get("scopes", known.scopes))
        bot = {"id": known.bot_user, "is_bot": True, "is_admin": False, "is_owner": False, "tz": "UTC", "locale": "en-US"}
        known.users.setdefault(known.bot_user, bot)

    def _channel(self, event: dict[str, Any]) -> None:
        space = self.workspaces[event["team"]]
        channel = space.channels.setdefault(event["id"], Channel(event["id"], members={space.bot_user}))
        channel.kind = event.get("kind", channel.kind)
        channel.archived = event.get("archived", channel.archived)
        channel.members = set(event.get("members", channel.members))
        if event.get("gone"):
            del space.channels[event["id"]]

    def _place(self, event: dict[str, Any]) -> Channel:
        return self.workspaces[event["team"]].channels[event["channel"]]

    def _texts(self, event: dict[str, Any]) -> list[dict[str, Any]]:
        return self.workspaces[event["team"]].ephemerals if event["do"].startswith("whisper") else self._place(event).messages
