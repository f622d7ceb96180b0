"""A workspace with the whole bot in it, in either mode: what people type and press there, and what they see."""

import asyncio
import json
import shutil
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import aiohttp

from adapters.slack.answering import WAITING
from adapters.slack.app import Slack
from adapters.slack.http import PATH
from adapters.slack.installations import space_of
from bot.settings import Settings
from bot.wiring import Bot, build
from briefs.commands.registry import Command
from briefs.desk.deliver import Deliver
from tests.loopback.slack_remote import Remote, a_workspace, signed

SECRET = "signing-secret-of-a-test"
MODES = ("socket", "http")
ABOUT = "/standfirst about"


@dataclass
class InSlack:
    """The bot in one workspace with the channels C1 and C2, where Anna is an admin and Ben is not."""

    remote: Remote
    mode: str
    bot: Bot
    app: Slack
    ended: Any
    extra: tuple[Command, ...]
    stack: AsyncExitStack
    http: aiohttp.ClientSession
    sent: list[dict[str, Any]] = field(default_factory=list)

    @property
    def space(self) -> str:
        return space_of(self.remote.team)

    @property
    def url(self) -> str:
        """Where HTTP mode listens."""
        return f"http://127.0.0.1:{self.app.port}{PATH}"

    async def begin(self, bot: Bot) -> None:
        """Serve that bot in this workspace."""
        self.app = app_for(
            self.remote, self.mode, bot.storage, digests=bot.settings.slack.digests, max_file_bytes=bot.settings.max_article_bytes
        )
        publishers = {"console": bot.console, "slack": self.app}
        desk = replace(bot.desk, deliver=Deliver(bot.storage, bot.desk.lookup, publishers, uuid4().hex, bot.desk.now))
        commands = replace(bot.commands, desk=desk, catalogue=(*bot.commands.catalogue, *self.extra))
        self.bot = replace(bot, desk=desk, commands=replace(bot.commands, desk=desk))
        self.stack = AsyncExitStack()
        self.ended = await self.stack.enter_async_context(self.app.serve(commands))

    async def restart(self) -> None:
        """The process ends, and another one begins on the same file."""
        await self.stack.aclose()
        settings = self.bot.settings
        await self.bot.close()
        await self.begin(await build(settings))

    async def command(self, line: str, *, channel: str = "C1", user: str = "UANNA", text: str | None = None, **more: Any) -> dict[str, Any]:
        """Type a line; how it was acknowledged. `text` is what Slack makes of the rest of it, by default escaped."""
        verb, _, rest = line.partition(" ")
        escaped = rest.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") if text is None else text
        payload = {
            "command": verb,
            "text": escaped,
            "team_id": self.remote.team,
            "channel_id": channel,
            "user_id": user,
            "user_name": user[1:].lower(),
        }
        return await self.deliver("slash_commands", payload, channel=channel, user=user, **more)

    async def press(self, message: dict[str, Any], value: str, *, user: str = "UANNA", channel: str = "C1", **more: Any) -> dict[str, Any]:
        """Press the control of that value in a message."""
        [control] = [c for c in controls(message) if c["value"] == value]
        action = {"type": control["type"], "action_id": control["action_id"], "block_id": control["block_id"]}
        action |= {"value": value} if control["type"] == "button" else {"selected_option": {"value": value}}
        private = "to" in message
        payload = {
            "type": "block_actions",
            "team": {"id": self.remote.team},
            "user": {"id": user, "username": user[1:].lower(), "team_id": self.remote.team},
            "channel": {"id": channel},
            "container": {"type": "message", "message_ts": message["ts"], "channel_id": channel, "is_ephemeral": private},
            "actions": [action],
        } | more
        return await self.deliver("interactive", payload, channel=channel, user=user, original=message["ts"])

    async def attach(self, name: str, content: str | bytes, **more: Any) -> dict[str, Any]:
        """Upload a file; as Slack names it in a form. `more` is what the loopback's `Files` does with it."""
        raw = content.encode() if isinstance(content, str) else content
        number = f"F{uuid4().hex[:8].upper()}"
        url = f"{self.remote.base}/files-pri/{self.remote.team}-{number}/download/{name}"
        file = {"id": number, "name": name, "mimetype": "text/plain", "size": len(raw), "url_private": url, "url_private_download": url}
        await self.remote.note("file", **file | {"content": raw.hex()} | more)
        hidden = ("url_private", "url_private_download") if more.get("hidden") else ()
        return {key: value for key, value in (file | more).items() if key in file and key not in hidden}

    async def submit(self, view: dict[str, Any], values: dict[str, Any], *, user: str = "UANNA") -> dict[str, Any]:
        """Send a form with those values in; of a field for files the value is the list of them."""
        state: dict[str, Any] = {}
        for block in view["blocks"]:
            if block["type"] == "input" and (name := block["element"]["action_id"]) in values:
                kind, value = block["element"]["type"], values[name]
                # More than a field holds never leaves the client: it says so, and keeps what was typed.
                assert kind != "plain_text_input" or len(value.encode("utf-16-le")) // 2 <= block["element"]["max_length"]
                picked = {"files": value} if kind == "file_input" else {"selected_option": {"value": value}}
                typed = {"value": value} if kind == "plain_text_input" else picked
                state[block["block_id"]] = {name: {"type": kind, **typed}}
        payload = {
            "type": "view_submission",
            "team": {"id": self.remote.team},
            "user": {"id": user, "name": user[1:].lower(), "team_id": self.remote.team},
            "view": view | {"state": {"values": state}},
        }
        return await self.deliver("interactive", payload, user=user)

    async def suggest(self, view: dict[str, Any], name: str, typed: str, *, user: str = "UANNA") -> list[dict[str, Any]]:
        """Type in a menu of a form; what it offers."""
        payload = {
            "type": "block_suggestion",
            "team": {"id": self.remote.team},
            "user": {"id": user, "team_id": self.remote.team},
            "action_id": name,
            "block_id": next(b["block_id"] for b in view["blocks"] if b.get("element", {}).get("action_id") == name),
            "value": typed,
            "view": view,
        }
        return (await self.deliver("interactive", payload, user=user))["payload"]["options"]

    async def event(self, kind: str, **event: Any) -> dict[str, Any]:
        """Something happens of which Slack tells."""
        payload = {"type": "event_callback", "event_id": f"Ev{uuid4().hex}", "team_id": self.remote.team, "event": {"type": kind, **event}}
        return await self.deliver("events_api", payload)

    async def deliver(self, kind: str, payload: dict[str, Any], **more: Any) -> dict[str, Any]:
        """Bring a payload to the bot, as Slack does in this mode."""
        if self.mode == "socket":
            told = await self.remote.push(kind, payload, **more)
            self.sent.append({"type": kind, "payload": told["sent_payload"], "envelope_id": told.get("envelope_id")})
            return told
        if kind != "events_api":
            wanted = {"team": self.remote.team, "channel": more.get("channel", ""), "user": more.get("user", "")}
            payload = await self.remote.control("interact", wanted | {"original": more.get("original", "")}) | payload
        return await self.post(kind, payload)

    async def post(self, kind: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Send a payload over HTTP, signed."""
        if kind == "events_api":
            body, form = json.dumps(payload), "application/json"
        else:
            body, form = (
                urlencode(payload if kind == "slash_commands" else {"payload": json.dumps(payload)}),
                "application/x-www-form-urlencoded",
            )
        self.sent.append({"type": kind, "payload": payload, "body": body, "form": form})
        return await self.raw(body, form)

    async def raw(self, body: str | bytes, form: str = "application/x-www-form-urlencoded", **headers: str) -> dict[str, Any]:
        """Send a body over HTTP, signed unless its headers are given."""
        given = headers or signed(SECRET, body, int(time.time()))
        began = time.perf_counter()
        async with self.http.post(self.url, data=body, headers={"Content-Type": form, **given}) as answer:
            text = await answer.text()
        told = {"acked": answer.status == 200, "status": answer.status, "latency_ms": (time.perf_counter() - began) * 1_000, "text": text}
        return told | {"payload": json.loads(text) if text.startswith("{") else None}

    async def again(self) -> dict[str, Any]:
        """Slack sends once more what it sent last."""
        last = self.sent[-1]
        if self.mode == "http":
            return await self.raw(last["body"], last["form"])
        more = {"envelope_id": last["envelope_id"]}
        return await self.remote.push(last["type"], last["payload"], **more)

    async def until(self, look: Any, within: float = 60) -> Any:
        """What `look` finds, once it finds something."""
        async with asyncio.timeout(within):
            while not (found := await look()):  # noqa: ASYNC110 it happens in another process
                await asyncio.sleep(0.01)
        return found

    async def whispers(self) -> list[dict[str, Any]]:
        """What was told somebody in private, oldest first."""
        return list((await self.remote.seen())["ephemerals"])

    async def ask(self, line: str, **more: Any) -> dict[str, Any]:
        """Type a line; the private message it is answered with."""
        before = len(await self.whispers())
        assert (await self.command(line, **more))["acked"]
        return await self.until(lambda: self._whisper(before))

    async def pressed(self, message: dict[str, Any], value: str, **more: Any) -> dict[str, Any]:
        """Press; the new private message it is answered with."""
        before = len(await self.whispers())
        assert (await self.press(message, value, **more))["acked"]
        return await self.until(lambda: self._whisper(before))

    async def form(self, number: int = 0) -> dict[str, Any]:
        """The form that was opened last, once there are more than `number`."""

        async def opened() -> Any:
            found = list((await self.remote.seen())["modals"].values())
            return found[-1] if len(found) > number else None

        return await self.until(opened)

    async def home(self, user: str = "UANNA") -> dict[str, Any]:
        """The Home tab of somebody, once it is there."""

        async def published() -> Any:
            return (await self.remote.seen())["homes"].get(user)

        return await self.until(published)

    async def after(self, doing: Any) -> None:
        """Wait until something more is to be seen in the workspace than before this was done."""
        before = await self._visible()
        assert (await doing)["acked"]

        async def more() -> bool:
            return await self._visible() > before

        await self.until(more)

    async def hooks(self) -> list[dict[str, Any]]:
        """Every answer to a response_url that the loopback got, of this test and of others."""
        async with self.http.get(f"{self.remote.base}/_control/requests") as answer:
            return [call for call in await answer.json() if call["method"] == "response_url"]

    async def refused_hooks(self) -> int:
        """How many of them came too often, or too late."""
        return sum(call["status"] != 200 for call in await self.hooks())

    async def _visible(self) -> int:
        seen = await self.remote.seen()
        return len(seen["ephemerals"]) + len(seen["modals"]) + sum(map(len, seen["messages"].values()))

    async def settled(self) -> list[dict[str, Any]]:
        """What was told in private, once what came before has surely been answered."""
        about = (await self.bot.commands.answer_line(ABOUT, self.bot.asker)).summary

        async def told() -> Any:
            found = await self.whispers()
            return found if any(m["text"] == about for m in found) else None

        assert (await self.command(ABOUT))["acked"]
        return [m for m in await self.until(told) if m["text"] != about]

    async def _whisper(self, before: int) -> dict[str, Any] | None:
        return next((message for message in (await self.whispers())[before:] if not is_waiting(message)), None)


def is_waiting(message: dict[str, Any]) -> bool:
    """Whether it only says that the answer takes a moment, as it does on a busy machine."""
    return bool(message["text"] == WAITING.summary)


def controls(message: dict[str, Any]) -> list[dict[str, Any]]:
    """Everything that can be pressed or picked: type, label, value, and the ids Slack sends with it."""
    found: list[dict[str, Any]] = []
    for block in message["blocks"]:
        for element in (*(block.get("elements", ()) if block["type"] == "actions" else ()), *filter(None, [block.get("accessory")])):
            ids = {"type": element["type"], "action_id": element["action_id"], "block_id": block.get("block_id", "")}
            rows = element.get("options") or [element]
            found += [{"label": row["text"]["text"], "value": row["value"], **ids} for row in rows]
    return found


def labels(message: dict[str, Any]) -> list[str]:
    return [control["label"] for control in controls(message)]


def value_of(message: dict[str, Any], label: str) -> str:
    """The value behind that label."""
    return next(control["value"] for control in controls(message) if control["label"] == label)


def shown(value: Any) -> str:
    """All text of a message or a part of one."""
    if isinstance(value, list):
        return " ".join(filter(None, map(shown, value)))
    if isinstance(value, dict):
        return " ".join(filter(None, (part if name == "text" and isinstance(part, str) else shown(part) for name, part in value.items())))
    return ""


@asynccontextmanager
async def in_slack(
    base: str, mode: str, prepared: Path, folder: Path, extra: Sequence[Command] = (), *, curates: bool = False, **changes: Any
) -> AsyncIterator[InSlack]:
    """The bot in a new workspace of the loopback at `base`.

    Args:
        prepared: a store to begin with.
        extra: commands beside the catalogue's.
        curates: Anna is a curator.
        changes: settings; `slack` those of the adapter.
    """
    await asyncio.to_thread(folder.mkdir, exist_ok=True)
    file = folder / "standfirst.db"
    shutil.copy(prepared, file)
    async with a_workspace(base) as remote, aiohttp.ClientSession() as http:
        await remote.note("user", id="UANNA", is_admin=True, tz="Europe/London", locale="en-GB", real_name="Anna A.")
        await remote.note("user", id="UBEN", tz="Asia/Baghdad", real_name="Ben B.")
        for channel in ("C1", "C2"):
            await remote.note("channel", id=channel, members=["UANNA", "UBEN", "UHUMAN", f"U{remote.team}BOT"])
        world = InSlack(remote, mode, None, None, None, tuple(extra), AsyncExitStack(), http)  # type: ignore[arg-type]
        own = {"database": file, "zone": "Europe/London", "asks_a_minute": 0, "share_cooldown": 0}
        own |= {"curators": f"slack:{remote.team}/UANNA"} if curates else {}
        await world.begin(await build(Settings(_env_file=None, **own | changes)))
        try:
            yield world
        finally:
            await http.close()  # or the server waits for its connections
            await world.stack.aclose()
            await world.bot.close()


def app_for(remote: Remote, mode: str, storage: Any, **changes: Any) -> Slack:
    """The adapter with the tokens of a workspace."""
    way = {"app_token": remote.app_token} if mode == "socket" else {"signing_secret": SECRET, "port": 0}
    return Slack(remote.token, storage, **{"base_url": remote.api} | way | changes)
