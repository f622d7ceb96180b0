"""How the adapter contract speaks to Slack: somebody in a channel with the real bot, over Socket Mode, in a Slack of our own."""

import atexit
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import aiohttp

from adapters.slack.app import Slack
from briefs.commands.answer import Commands
from briefs.digest import Place, Sent
from briefs.message import Button, Message
from briefs.ports import Absent
from tests.adapters.slack.payloads import visible
from tests.adapters.slack.publishing import KeptAsks
from tests.adapters.slack.workspace import controls
from tests.loopback.process import start
from tests.loopback.slack_remote import Remote

ANNA, CHANNEL, DIRECT = "UANNA", "C1", "DANNA"  # the contract's commands have no desk that could share their answers with a channel


@cache
def loopback() -> str:
    """Where the loopback Slack is; one for all tests, ended with them."""
    server = start("tests.loopback.slack")
    atexit.register(server.end)
    return server.base


class EverythingIsNew:
    """Nothing comes twice in these tests."""

    async def first(self, *_: Any) -> bool:
        return True


class OneChannel:
    """The real publisher, of the driver's one channel: the contract names places that other platforms have."""

    def __init__(self, driver: "SlackDriver") -> None:
        self.driver = driver

    async def find(self, channel: Place, key: str) -> Sent | Absent:
        async with self.driver.connected() as (app, _):
            return await app.find(self.driver.place, key)


class SlackDriver:
    """Types a line as a slash command, and presses what its private answer shows."""

    def __init__(self, commands: Commands, folder: Path) -> None:
        self.commands = commands
        self.publisher = OneChannel(self)
        self.asks, self.team = KeptAsks(), f"T{uuid4().hex[:8].upper()}"
        self.place = Place(f"slack:{self.team}", CHANNEL)

    async def ask(self, line: str) -> str:
        return _read(await self._asked(line))

    async def press(self, line: str, button: Button, place: int) -> str:
        answer = await self._asked(line)
        message, control = [(message, control) for message in answer for control in controls(message)][place]
        assert control["label"].rstrip("…") in button.label, f"{button.label} does not stand at {place}"
        picked = {"selected_option": {"value": control["value"]}}
        action = control | ({"value": control["value"]} if control["type"] == "button" else picked)
        payload = {
            "type": "block_actions",
            "team": {"id": self.team},
            "user": {"id": ANNA, "username": "anna", "team_id": self.team},
            "channel": {"id": DIRECT},
            "container": {"type": "message", "message_ts": message["ts"], "channel_id": DIRECT, "is_ephemeral": True},
            "actions": [action],
        }
        return _read(await self._shown_after("interactive", payload, original=message["ts"]))

    async def posted(self, message: Message, key: str) -> str:
        async with self.connected() as (app, remote):
            for number, part in enumerate(app.split(message)):
                assert isinstance(await app.publish(self.place, part, key if number == 0 else f"{key}:{number}"), Sent)
            return _read(await remote.messages(CHANNEL))

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[tuple[Slack, Remote]]:
        """Connected for as long as that lasts; the workspace stays as it was left."""
        async with aiohttp.ClientSession() as http:
            remote = Remote(loopback(), self.team, http)
            await remote.note("workspace", token=remote.token, app_token=remote.app_token)
            await remote.note("user", id=ANNA, is_admin=True)
            await remote.note("channel", id=CHANNEL, members=[ANNA, f"U{self.team}BOT"])
            await remote.note("channel", id=DIRECT, kind="im", members=[ANNA, f"U{self.team}BOT"])
            storage: Any = SimpleNamespace(asks=self.asks, seen=EverythingIsNew())
            app = Slack(remote.token, storage, app_token=remote.app_token, base_url=remote.api)
            async with app.serve(self.commands):
                yield app, remote

    async def _asked(self, line: str) -> list[dict[str, Any]]:
        verb, _, text = line.partition(" ")
        payload = {"command": verb, "text": text, "team_id": self.team, "channel_id": DIRECT, "user_id": ANNA, "user_name": "anna"}
        return await self._shown_after("slash_commands", payload)

    async def _shown_after(self, kind: str, payload: dict[str, Any], **more: str) -> list[dict[str, Any]]:
        """What is new or changed once the payload has come and everything under way is done."""
        async with self.connected() as (_, remote):
            before = (await remote.seen())["ephemerals"]
            assert (await remote.push(kind, payload, channel=DIRECT, user=ANNA, **more))["acked"]
        async with aiohttp.ClientSession() as http:
            after = (await Remote(loopback(), self.team, http).seen())["ephemerals"]
        return [message for message in after if message not in before]


def _read(messages: list[dict[str, Any]]) -> str:
    return "\n".join(visible(message["blocks"]) for message in messages)
