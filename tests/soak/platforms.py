"""The hostile platforms of a soak: Discord and Slack, each a process of its own, with fresh channels for every generation."""

import json
from base64 import urlsafe_b64encode
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self
from urllib.request import Request, urlopen
from uuid import uuid4

from tests.loopback.discord_world import HISTORY, USUAL
from tests.loopback.process import Server, start

BOT, GUILD, SLACK_TEAM = "700000000000000001", "600000000000000001", "TSOAK"
PEER_BOT, PEER_GUILD, PEER_TEAM = "700000000000000002", "600000000000000002", "TPEER"
HUMAN: Final = "UHUMAN"
# docs: Discord's headers say five posts in five seconds; Slack's pages one a second and channel and "several hundred" a
# minute, and fifty looks.
# Seconds. Discord's own is "a few minutes": so short a one keeps what discord.py repeats by itself from doubling, and nothing
# that the bot does after a kill.
NONCE_WINDOW: Final = 10.0
DISCORD_LIMITS: Final = {"posts_most": 5, "posts_seconds": 5.0, "global_most": 50}
SLACK_LIMITS: Final = {"channel_every": 1.0, "channel_burst": 3, "team_minute": 200, "history_minute": 50}


def token(bot: str) -> str:
    """A token of that form of which discord.py can tell the bot's id."""
    return urlsafe_b64encode(bot.encode()).decode().rstrip("=") + ".for.tests"


@dataclass(slots=True)
class Platforms:
    """Both of them, for as long as the context lasts.

    Args:
        folder: where their journals and traces are; what is there already happened.
    """

    folder: Path
    _stack: ExitStack = field(default_factory=ExitStack)
    _servers: dict[str, Server] = field(default_factory=dict)

    def __enter__(self) -> Self:
        """Start both and make their worlds."""
        for name in ("discord", "slack"):
            server = start(f"tests.loopback.{name}", "--journal", self.journal(name), "--trace", self.trace(name))
            self._stack.callback(server.end)
            self._servers[name] = server
        for bot, guild in ((BOT, GUILD), (PEER_BOT, PEER_GUILD)):
            self.tell("discord", "note", [{"do": "bot", "token": token(bot), "id": bot, "application": bot, "window": NONCE_WINDOW}])
            self.tell("discord", "note", [{"do": "guild", "token": token(bot), "id": guild}])
        for team in (SLACK_TEAM, PEER_TEAM):
            scopes = ["chat:write", "chat:write.public", "channels:history", "groups:history", "im:history", "channels:read"]
            scopes += ["groups:read", "im:read", "im:write", "users:read", "commands", "files:read"]
            event = {"do": "workspace", "team": team, "token": f"xoxb-{team}", "app_token": f"xapp-{team}", "scopes": scopes}
            self.tell("slack", "note", [event, {"do": "user", "team": team, "id": HUMAN}])
            self.tell("slack", "limits", {"team": team, **SLACK_LIMITS})
        self.tell("discord", "limits", DISCORD_LIMITS)
        return self

    def __exit__(self, *_: object) -> None:
        """End both."""
        self._stack.close()

    @property
    def pids(self) -> list[int]:
        """Of their processes."""
        return [server.process.pid for server in self._servers.values()]

    def journal(self, name: str) -> Path:
        """What readers see."""
        return self.folder / f"{name}.journal.jsonl"

    def trace(self, name: str) -> Path:
        """What was asked, and what became of it."""
        return self.folder / f"{name}.trace.jsonl"

    def address(self, name: str) -> str:
        """Of the API, as the bot's settings have it."""
        return self._servers[name].base + ("/api/v10" if name == "discord" else "/api/")

    def environment(self) -> dict[str, str]:
        """The bot's settings of both."""
        return {
            "STANDFIRST_DISCORD__TOKEN": token(BOT),
            "STANDFIRST_DISCORD__API_URL": self.address("discord"),
            "STANDFIRST_SLACK__BOT_TOKEN": f"xoxb-{SLACK_TEAM}",
            "STANDFIRST_SLACK__APP_TOKEN": f"xapp-{SLACK_TEAM}",
            "STANDFIRST_SLACK__BASE_URL": self.address("slack"),
        }

    def hostile(self, **shares: float) -> None:
        """See `hostility.Hostility`; none: both are friendly."""
        for number, name in enumerate(self._servers):
            self.tell(name, "hostile", shares | ({"seed": int(shares["seed"]) * 2 + number} if "seed" in shares else {}))

    def channels(self, name: str, count: int, *, peer: bool = False) -> list[str]:
        """Fresh channels where the bot may read and write."""
        if name == "discord":
            event = {"do": "channel", "guild": PEER_GUILD if peer else GUILD}
            return [str(noted["id"]) for noted in self.tell("discord", "note", [dict(event) for _ in range(count)])]
        team = PEER_TEAM if peer else SLACK_TEAM
        ids = [f"C{uuid4().hex[:10].upper()}" for _ in range(count)]
        members = [HUMAN, f"U{team}BOT"]
        self.tell("slack", "note", [{"do": "channel", "team": team, "id": channel, "members": members} for channel in ids])
        return ids

    def readable(self, name: str, channel: str, *, readable: bool) -> None:
        """Give the bot the right to read a channel's history, or take it away; it may write there all the same."""
        if name == "discord":
            bits = USUAL if readable else USUAL & ~HISTORY
            self.tell("discord", "note", [{"do": "channel", "id": channel, "bits": bits}])
        else:
            members = [HUMAN, *([f"U{SLACK_TEAM}BOT"] if readable else [])]
            self.tell("slack", "note", [{"do": "channel", "team": SLACK_TEAM, "id": channel, "members": members}])

    def counted(self, name: str) -> dict[str, Any]:
        """How many 429s were earned, of all bots, and how many blows were dealt, since it was started."""
        return dict(self.tell(name, "counted"))

    def tell(self, name: str, what: str, given: Any = None) -> Any:
        """Ask a control route; see the loopback's `Control`."""
        data = None if given is None else json.dumps(given).encode()
        request = Request(f"{self._servers[name].base}/_control/{what}", data, {"Content-Type": "application/json"})
        with urlopen(request, timeout=30) as answer:
            return json.load(answer)
