"""How a test speaks to the loopback Slack: one workspace of it, its faults, and what its readers see."""

import hashlib
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import aiohttp


@dataclass(frozen=True, slots=True)
class Remote:
    """One workspace of a loopback that runs at `base`; others of the same loopback are strangers to it."""

    base: str
    team: str
    http: aiohttp.ClientSession

    @property
    def api(self) -> str:
        """The base_url of a client."""
        return f"{self.base}/api/"

    @property
    def token(self) -> str:
        """The bot's token."""
        return f"token-of-{self.team}"

    @property
    def app_token(self) -> str:
        """The app-level token for Socket Mode."""
        return f"app-token-of-{self.team}"

    async def control(self, what: str, given: Any) -> Any:
        """Post to a control route."""
        async with self.http.post(f"{self.base}/_control/{what}", json=given) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def note(self, do: str, **event: Any) -> dict[str, Any]:
        """Let something happen in the workspace; see `slack_world`."""
        [noted] = await self.control("note", [{"do": do, "team": self.team, **event}])
        return dict(noted)

    async def says(self, channel: str, text: str, *, age: float = 0, user: str = "UHUMAN", **more: Any) -> str:
        """Somebody posts; the ts."""
        message = {"type": "message", "user": user, "text": text, **more}
        return str((await self.note("post", channel=channel, message=message, age=age))["message"]["ts"])

    async def fault(self, method: str = "chat.postMessage", **fault: Any) -> None:
        """Script a fault for the next calls of this workspace; see `slack_faults.Fault`."""
        await self.control("fault", {"method": method, "team": self.team, **fault})

    async def limits(self, **limits: float) -> None:
        """Set the workspace's rate limits; see `slack_faults.Limits`."""
        await self.control("limits", {"team": self.team, **limits})

    async def push(self, kind: str, payload: dict[str, Any], **more: Any) -> dict[str, Any]:
        """Push an envelope and await its acknowledgement."""
        return dict(await self.control("push", {"team": self.team, "type": kind, "payload": payload, **more}))

    async def seen(self) -> dict[str, Any]:
        """Everything readers see."""
        async with self.http.get(f"{self.base}/_control/seen", params={"team": self.team}) as answer:
            return dict(await answer.json())

    async def messages(self, channel: str) -> list[dict[str, Any]]:
        """A channel's messages, oldest first."""
        return list((await self.seen())["messages"].get(channel, []))

    async def requests(self, method: str = "chat.postMessage") -> list[dict[str, Any]]:
        """The calls of that method that arrived from this workspace's bot, in order."""
        async with self.http.get(f"{self.base}/_control/requests", params={"team": self.team}) as answer:
            return [call for call in await answer.json() if call["method"] == method]


@asynccontextmanager
async def a_workspace(base: str, **more: Any) -> AsyncIterator[Remote]:
    """A new workspace with the bot in the public channels C1 and C2 and one person, UHUMAN."""
    async with aiohttp.ClientSession() as http:
        remote = Remote(base, f"T{uuid4().hex[:8].upper()}", http)
        await remote.note("workspace", token=remote.token, app_token=remote.app_token, **more)
        await remote.note("user", id="UHUMAN", locale="en-GB")
        for channel in ("C1", "C2"):
            await remote.note("channel", id=channel, members=["UHUMAN", f"U{remote.team}BOT"])
        yield remote


def signed(secret: str, body: bytes | str, timestamp: int) -> dict[str, str]:
    """The headers with which Slack signs a request over HTTP."""
    raw = body.encode() if isinstance(body, str) else body
    digest = hmac.new(secret.encode(), b"v0:%d:%b" % (timestamp, raw), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(timestamp), "X-Slack-Signature": f"v0={digest}"}
