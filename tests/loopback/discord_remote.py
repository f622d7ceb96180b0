"""How a test speaks to the loopback Discord: one bot of it with its server, its faults, and what its readers see."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import aiohttp


@dataclass(frozen=True, slots=True)
class Remote:
    """One bot of a loopback that runs at `base`, and the server it is in; other bots are strangers to it."""

    base: str
    bot: str
    guild: str
    http: aiohttp.ClientSession

    @property
    def api(self) -> str:
        """What `discord.http.Route.BASE` must be."""
        return f"{self.base}/api/v10"

    @property
    def token(self) -> str:
        """The bot's token."""
        return f"token-of-{self.bot}"

    async def control(self, what: str, given: Any) -> Any:
        """Post to a control route."""
        async with self.http.post(f"{self.base}/_control/{what}", json=given) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def note(self, do: str, **event: Any) -> dict[str, Any]:
        """Let something happen to the bot or its server; see `discord_world`."""
        [noted] = await self.control("note", [{"do": do, "token": self.token, **event}])
        return dict(noted)

    async def channel(self, **given: Any) -> str:
        """A new channel of the server, or a change of the one with that `id`; the id."""
        return str((await self.note("channel", **{"guild": self.guild, **given}))["id"])

    async def says(self, channel: str, content: str = "hello", **more: Any) -> list[str]:
        """Somebody posts; the ids."""
        return list(await self.control("say", {"channel": channel, "content": content, **more}))

    async def fault(self, method: str = "POST", path: str = "/messages$", **fault: Any) -> None:
        """Script a fault for the next requests of this bot; see `discord_faults.Fault`."""
        await self.control("fault", {"token": self.token, "method": method, "path": path, **fault})

    async def older(self, seconds: float) -> None:
        """The bot's nonces and interactions grow older."""
        await self.control("older", {"token": self.token, "seconds": seconds})

    async def interact(self, channel: str, kind: int, data: dict[str, Any], **more: Any) -> dict[str, Any]:
        """Somebody types a command (2), presses something (3), types into an option (4) or sends a form (5)."""
        return dict(await self.control("interact", {"token": self.token, "channel": channel, "type": kind, "data": data, **more}))

    async def close(self, **how: Any) -> dict[str, Any]:
        """Close the bot's sockets; see the control route."""
        return dict(await self.control("close", {"token": self.token, **how}))

    async def seen(self) -> dict[str, Any]:
        """Everything there is to see; see the control route."""
        async with self.http.get(f"{self.base}/_control/seen", params={"token": self.token}) as answer:
            return dict(await answer.json())

    async def messages(self, channel: str) -> list[dict[str, Any]]:
        """A channel's messages, oldest first."""
        return list((await self.seen())["channels"][channel]["messages"])

    async def requests(self, method: str = "POST", path: str = "/messages$") -> list[dict[str, Any]]:
        """The requests of this bot that arrived, in order; `path` is a regular expression found in theirs."""
        async with self.http.get(f"{self.base}/_control/requests", params={"token": self.token}) as answer:
            return [told for told in await answer.json() if told["method"] == method and re.search(path, told["path"])]


@asynccontextmanager
async def a_bot(base: str, **more: Any) -> AsyncIterator[Remote]:
    """A new bot in a server of its own; `more` is of `discord_world.Bot`."""
    async with aiohttp.ClientSession() as http:
        bot = str(10**17 + uuid4().int % 10**17)
        remote = Remote(base, bot, str(int(bot) + 1), http)
        await remote.note("bot", id=bot, application=str(int(bot) + 2), **more)
        await remote.note("guild", id=remote.guild)
        yield remote
