"""A Discord in memory with the whole bot in it: a server, people in it, what they see, and what they can press."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import simcord
from simcord.backend import serializers

from adapters.discord.client import Client
from adapters.discord.presses import pressed
from adapters.discord.render import render
from bot.settings import Settings
from bot.wiring import Bot, build
from briefs.message import Message
from tests.adapters.discord.payloads import buttons, markdown, menus
from tests.adapters.discord.reader import plain, read
from tests.fakes import FakePublisher

MANAGES = discord.Permissions(manage_guild=True)


class Quick(simcord.Env):
    """Looks every 2 ms whether the bot is done; simcord's own 50 ms would be most of a test's time."""

    async def _settle_internal(self, *, idle: float = 0.002, **how: Any) -> None:
        await super()._settle_internal(idle=idle, **how)


@dataclass(frozen=True)
class Press:
    """Something to press: a button, or an option of a menu; the line it asks is empty where only its short id is shown."""

    label: str
    custom_id: str
    value: str = ""

    @property
    def asks(self) -> str:
        """The command line, or its short id."""
        found = pressed(self.value or self.custom_id)
        return "" if found is None else found.line or found.short


class RealPosts(FakePublisher):
    """A publisher that notes what it is given, and posts it, so that it can be pressed."""

    client: Client

    async def publish(self, channel, message, key):
        await self.client.get_partial_messageable(int(channel.channel)).send(view=render(message), silent=True)
        return await super().publish(channel, message, key)


@dataclass
class Server:
    """One server with a channel, Anna who manages it, and Ben who does not."""

    bot: Bot
    client: Client
    env: simcord.Env
    posts: RealPosts
    guild: Any
    general: Any
    anna: Any
    ben: Any

    @property
    def space(self) -> str:
        """Its space."""
        return f"discord:{self.guild.id}"

    async def restart(self) -> None:
        """The process ends, and another one begins on the same file."""
        old, settings = self.bot, self.bot.settings
        self.bot = await build(settings, {"discord": self.posts})
        self.client = self.posts.client = Client(self.bot.commands, self.bot.storage, self.posts)
        await self.env.restart_bot(self.client)
        await old.close()

    async def press(self, actor: Any, message: Any, press: Press) -> Any:
        """Press it, as its reader does."""
        if press.value:
            return await actor.select(message, [press.value], custom_id=press.custom_id)
        return await actor.click(message, custom_id=press.custom_id)

    async def shows(self, message: Message) -> Any:
        """Post a message of ours in the channel, so that it can be pressed."""
        view = render(message)
        with self.env._bot_scope():
            await self.client.get_partial_messageable(self.general.id).send(view=view)
        return self.general.last_message

    async def join(self, guild: Any) -> None:
        """Discord says that the bot was added to the server."""
        told = dict(serializers.guild_create_payload(self.env.backend, guild._guild))
        del told["unavailable"]  # as Discord tells of a new server, and not of one that is back after an outage
        self.env.backend.emit("GUILD_CREATE", told)
        await self.env.settle()

    def bodies(self) -> list[dict[str, Any]]:
        """The body of every message that was sent or edited."""
        bodies = [request.json for request in self.env.http_requests if isinstance(request.json, dict)]
        data = [body["data"] if isinstance(body.get("data"), dict) else body for body in bodies]
        return [body for body in data if "components" in body and "title" not in body]

    def syncs(self) -> int:
        """How often Discord was told the commands."""
        return sum(request.method == "PUT" and request.path.endswith("/commands") for request in self.env.http_requests)


@asynccontextmanager
async def opened(prepared: Path, folder: Path, **settings: Any) -> AsyncIterator[Server]:
    """A server with the bot connected; whatever the bot raised is raised at the end."""
    shutil.copy(prepared, folder / "standfirst.db")
    posts = RealPosts()
    bot = await build(Settings(database=folder / "standfirst.db", zone="Europe/London", asks_a_minute=0, **settings), {"discord": posts})
    client = posts.client = Client(bot.commands, bot.storage, posts)
    env = Quick(client, shard_count=1)
    await env.start()
    guild = env.create_guild()
    general = guild.create_text_channel("general")
    manages = guild.create_role("managers", permissions=MANAGES)
    anna, ben = guild.add_member(env.create_user("anna"), roles=[manages]), guild.add_member(env.create_user("ben"))
    server = Server(bot, client, env, posts, guild, general, anna, ben)
    try:
        yield server
    finally:
        await env.shutdown()
        await server.bot.close()
    env._raise_errors_since(env._errors_acknowledged)  # those a test looked at are its own


def answers(result: Any) -> list[Any]:
    """The messages an interaction was answered with, in order."""
    return [message for message in (result.response, *result.followups) if message is not None]


def components(message: Any) -> list[dict[str, Any]]:
    """The payload of a message, of a channel's or of an answer."""
    return message.components if not isinstance(message, discord.Message) else [part.to_dict() for part in message.components]


def shown(*messages: Any) -> str:
    """All the text that a reader of the messages sees, markdown read."""
    seen: list[str] = []
    for message in messages:
        parts = components(message)
        seen += [plain(read(text).text) for text in markdown(parts)]
        seen += [button["label"] for button in buttons(parts)]
        seen += [f"{option['label']} {option.get('description', '')}" for menu in menus(parts) for option in menu["options"]]
    return "\n".join(seen)


def said(result: Any) -> str:
    """All the text of an answer."""
    return shown(*answers(result))


def presses(message: Any) -> list[Press]:
    """Everything that can be pressed in a message: its buttons, then the options of its menus."""
    parts = components(message)
    found = [Press(button["label"], button["custom_id"]) for button in buttons(parts)]
    return found + [Press(option["label"], menu["custom_id"], option["value"]) for menu in menus(parts) for option in menu["options"]]


def named(label: str, *messages: Any) -> Press:
    """The button of that label."""
    return next(press for message in messages for press in presses(message) if press.label == label)
