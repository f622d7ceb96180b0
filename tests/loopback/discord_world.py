"""What the loopback Discord remembers: bots, servers, channels, and all that readers would see.

Every change is an event, a JSON object with a `do`; a journal of them, one a line, makes the same world again.
"""

import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

EPOCH: Final = 1_420_070_400_000  # milliseconds: snowflakes count from the start of 2015 (docs: reference, snowflakes)
NONCE_WINDOW: Final = 180.0  # seconds; Discord says "the past few minutes"

# Channel types (docs: resources/channel).
TEXT, DM, ANNOUNCEMENT, THREAD, FORUM, MEDIA = 0, 1, 5, 11, 15, 16
FORUMS: Final = (FORUM, MEDIA)

# Permission bits (docs: topics/permissions).
VIEW, SEND, EMBED, ATTACH, HISTORY = 1 << 10, 1 << 11, 1 << 14, 1 << 15, 1 << 16
MANAGE_THREADS, PUBLIC_THREADS, SEND_IN_THREADS = 1 << 34, 1 << 35, 1 << 38
USUAL: Final = VIEW | SEND | EMBED | ATTACH | HISTORY | PUBLIC_THREADS | SEND_IN_THREADS


class DiscordSays(Exception):
    """An answer that is an error: its status, and Discord's own code and words."""

    def __init__(self, status: int, code: int, message: str, errors: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"message": message, "code": code} | ({"errors": errors} if errors else {})


UNKNOWN_CHANNEL: Final = (404, 10003, "Unknown Channel")
UNKNOWN_MESSAGE: Final = (404, 10008, "Unknown Message")
NO_ACCESS: Final = (403, 50001, "Missing Access")
NO_PERMISSION: Final = (403, 50013, "Missing Permissions")


@dataclass(slots=True)
class Channel:
    """A channel; `bits` is what the bot may do there (a thread has its parent's), `messages` are oldest first."""

    id: str
    guild: str = ""
    kind: int = TEXT
    name: str = "news"
    bits: int = USUAL
    parent: str = ""
    archived: bool = False
    archived_at: float = 0.0  # seconds
    locked: bool = False
    needs_tag: bool = False
    owner: str = ""
    person: str = ""  # whom a DM is with
    messages: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Guild:
    """A server with one bot in it; `bits` is what everybody may do there, unless a channel says otherwise."""

    id: str
    name: str = "A server"
    owner: str = "1"
    bits: int = USUAL
    roles: dict[str, str] = field(default_factory=dict)  # names by id, besides @everyone; nobody bears them


@dataclass(slots=True)
class Bot:
    """An application with its bot; others of the same loopback are strangers to it."""

    token: str
    id: str
    application: str
    privileged: int = 0  # privileged intents it may ask for
    window: float = NONCE_WINDOW
    older: float = 0.0  # seconds by which nonces and interactions have grown older
    guilds: dict[str, Guild] = field(default_factory=dict)
    refusing: set[str] = field(default_factory=set)  # users who take no DMs
    nobody: set[str] = field(default_factory=set)  # ids that are no person's: of roles
    people: set[str] = field(default_factory=lambda: {"1", "900", "900000001"})  # users there are, by id
    setup: dict[str, Any] = field(default_factory=dict)  # of the application, where it is not as a new one is
    commands: dict[str, list[dict[str, Any]]] = field(default_factory=dict)  # by guild, "" for global ones
    nonces: dict[str, tuple[str, str, float]] = field(default_factory=dict)  # (channel, message, when)


class World:
    """All bots and channels; made anew from the journal, where there is one."""

    def __init__(self, journal: Path | None = None) -> None:
        self.bots: dict[str, Bot] = {}
        self.channels: dict[str, Channel] = {}
        self._last = 0
        self._journal = None
        if journal is not None:
            for line in journal.read_text("utf-8").splitlines() if journal.exists() else ():
                self._apply(json.loads(line))
            self._journal = journal.open("a", encoding="utf-8")

    def note(self, event: dict[str, Any]) -> dict[str, Any]:
        """Let something happen; returns the event."""
        self._apply(event)
        if self._journal is not None:
            self._journal.write(json.dumps(event) + "\n")
            self._journal.flush()
        return event

    def snowflake(self, age: float = 0.0) -> str:
        """A new id as of `age` seconds ago; ids of age 0 only ever rise."""
        made = (int((time.time() - age) * 1000) - EPOCH) << 22
        if not age:
            self._last = made = max(made, self._last + 1)
        return str(made)

    def channel(self, channel_id: str) -> Channel:
        """The channel, whether a bot may see it or not."""
        if channel_id not in self.channels:
            raise DiscordSays(*UNKNOWN_CHANNEL)
        return self.channels[channel_id]

    def seen_by(self, bot: Bot, channel_id: str, needed: int = 0) -> Channel:
        """The channel, if the bot may see it and has the bits that are needed."""
        channel = self.channel(channel_id)
        if channel.guild and channel.guild not in bot.guilds:
            raise DiscordSays(*NO_ACCESS)
        bits = self.bits(channel)
        if not bits & VIEW:
            raise DiscordSays(*NO_ACCESS)
        if needed & ~bits:
            raise DiscordSays(*NO_PERMISSION)
        return channel

    def bits(self, channel: Channel) -> int:
        """What the bot may do in a channel."""
        return self.bits(self.channels[channel.parent]) if channel.kind == THREAD else channel.bits

    def message(self, channel: Channel, message_id: str) -> dict[str, Any]:
        """A message of a channel."""
        for message in channel.messages:
            if message["id"] == message_id:
                return message
        raise DiscordSays(*UNKNOWN_MESSAGE)

    def threads(self, guild: str, parent: str = "", *, archived: bool) -> list[Channel]:
        """The threads of a server, or of one channel of it; newest first."""
        wanted = [c for c in self.channels.values() if c.kind == THREAD and c.guild == guild and c.archived == archived]
        return sorted((c for c in wanted if not parent or c.parent == parent), key=lambda c: int(c.id), reverse=True)

    def _apply(self, event: dict[str, Any]) -> None:
        given = {name: value for name, value in event.items() if name not in {"do", "token", "gone"}}
        match event["do"]:
            case "bot":
                bot = self.bots.setdefault(event["token"], Bot(event["token"], "", ""))
                _set(bot, {name: set(value) if name in {"refusing", "people", "nobody"} else value for name, value in given.items()})
            case "guild":
                guilds = self.bots[event["token"]].guilds
                _set(guilds.setdefault(event["id"], Guild(event["id"])), given)
                if event.get("gone"):
                    del guilds[event["id"]]
            case "channel":
                _set(self.channels.setdefault(event["id"], Channel(event["id"])), given)
                if event.get("gone"):
                    del self.channels[event["id"]]
            case "post":
                self._post(event)
            case "edit":
                self.message(self.channels[event["channel"]], event["message"]["id"]).update(event["message"])
            case "drop":
                channel = self.channels[event["channel"]]
                channel.messages = [message for message in channel.messages if message["id"] != event["id"]]
            case "commands":
                self.bots[event["token"]].commands[event["guild"]] = event["commands"]
            case other:
                raise ValueError(f"nothing is called {other}")

    def _post(self, event: dict[str, Any]) -> None:
        channel, message = self.channels[event["channel"]], event["message"]
        channel.archived = False
        channel.messages.append(message)
        channel.messages.sort(key=lambda told: int(told["id"]))
        self._last = max(self._last, int(message["id"]))
        if message.get("nonce") and event.get("token"):
            when = ((int(message["id"]) >> 22) + EPOCH) / 1000
            self.bots[event["token"]].nonces[str(message["nonce"])] = (channel.id, message["id"], when)


def _set(what: Any, given: dict[str, Any]) -> None:
    for name, value in given.items():
        assert hasattr(what, name), name
        setattr(what, name, value)
