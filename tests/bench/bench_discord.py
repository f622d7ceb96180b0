"""Discord in process: what we add to discord.py for a command, autocomplete, and the memory of a bot in 1,000 servers."""

import asyncio
import gc
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import discord
from discord import app_commands
from discord.webhook import async_

from adapters.discord.client import Client
from bot.settings import Settings
from bot.wiring import Bot, build
from briefs.ports import Library
from tests.bench.rows import Row, row_of
from tests.builders import NOON, a_card

SAMPLES = 400
ENTITIES = 50_000  # each with two names: 100,000 aliases
GUILDS, CHANNELS, ROLES = 1_000, 50, 30
RIGHTS = "274877975552"
ANNA = {"id": "42", "username": "anna", "discriminator": "0", "avatar": None, "global_name": "Anna"}
PING = {"name": "ping", "options": []}
ASKS = (
    ("/brief", {"name": "brief", "options": []}),
    ("/entity", {"name": "entity", "options": [{"type": 3, "name": "name", "value": "Kataeb Hezbollah"}]}),
    ("/source", {"name": "source", "options": [{"type": 3, "name": "what", "value": "iraq:12"}]}),
    ("/timeline", {"name": "timeline", "options": []}),
)


class Sink(async_.AsyncWebhookAdapter):
    """Takes what discord.py would send to Discord, and answers at once."""

    def __init__(self) -> None:
        super().__init__()
        self.arrived = asyncio.Event()

    async def request(self, route, session, *args, **kwargs):
        self.arrived.set()
        return {"interaction": {"id": "1", "type": 2}}


def interaction(number: int, data: dict, kind: int = 2) -> dict:
    """A slash command as the gateway brings it."""
    member = {"user": ANNA, "roles": [], "permissions": RIGHTS, "joined_at": "2024-01-01T00:00:00+00:00"}
    return {
        **{"id": str(10**18 + number), "application_id": "7", "type": kind, "token": "t", "version": 1, "locale": "en-GB", "context": 0},
        **{"guild_id": "100", "channel_id": "200", "app_permissions": RIGHTS, "entitlements": [], "attachment_size_limit": 10},
        "authorizing_integration_owners": {"0": "100"},
        "channel": {"id": "200", "type": 0, "name": "general", "permissions": RIGHTS, "position": 0},
        "member": {**member, "deaf": False, "mute": False, "flags": 0},
        "data": {"id": "9", "type": 1, **data},
    }


async def _timed(client: discord.Client, sink: Sink, payload: dict) -> float:
    sink.arrived.clear()
    begun = perf_counter()
    client._connection.parse_interaction_create(payload)
    await asyncio.wait_for(sink.arrived.wait(), 60)
    took = (perf_counter() - begun) * 1_000
    await asyncio.sleep(0)
    return took


async def _as_if_connected(client: discord.Client) -> None:
    """What logging in and the first event of the gateway bring."""
    await client._async_setup_hook()
    state = client._connection
    state.user = discord.user.ClientUser(state=state, data={**ANNA, "id": "7", "username": "standfirst", "bot": True})
    state.application_id = 7
    client.http._HTTPClient__session = object()


def _plain() -> discord.Client:
    """discord.py alone: a command that says one word."""
    client = discord.Client(intents=discord.Intents(guilds=True))
    tree = app_commands.CommandTree(client)

    @tree.command(name="ping", description="ping")
    async def ping(asked: discord.Interaction) -> None:
        await asked.response.send_message("pong", ephemeral=True)

    client._connection._command_tree = tree
    return client


async def _added(bot: Bot, sink: Sink) -> list[Row]:
    """Ours and the plain command in turn, so that a slow moment of the machine falls on both."""
    ours, plain = Client(bot.commands, bot.storage), _plain()
    await _as_if_connected(ours)
    await _as_if_connected(plain)
    rows = []
    for name, data in ASKS:
        added, bare = [], []
        for number in range(SAMPLES):
            bare.append(await _timed(plain, sink, interaction(number, PING)))
            added.append(await _timed(ours, sink, interaction(number, data)) - bare[-1])
        rows.append(
            row_of(f"discord: {name}, added to discord.py", 3, added, "ms", f"discord.py's own: {sorted(bare)[len(bare) // 2]:.2f} ms")
        )
    return rows


async def _autocomplete(folder: Path, sink: Sink) -> list[Row]:
    bot = await build(Settings(database=str(folder / "names.db"), sample="never", zone="UTC"))
    letters = "abcdefghijklmnopqrstuvwxyz"
    cards = [
        a_card(f"{letters[n % 26]}{letters[n // 26 % 26]}movement {n}", f"{letters[n % 17]}league {n}", slug=f"e{n}")
        for n in range(ENTITIES)
    ]
    await bot.storage.shelf.load_library(Library("bench", "1", (), (), tuple(cards)), NOON)
    client = Client(bot.commands, bot.storage)
    await _as_if_connected(client)
    samples = []
    for number in range(SAMPLES):
        typed = cards[number * 97 % ENTITIES].entity.name[: 1 + number % 9]
        data = {"name": "entity", "options": [{"type": 3, "name": "name", "value": typed, "focused": True}]}
        samples.append(await _timed(client, sink, interaction(number, data, kind=4)))
    await bot.close()
    return [row_of("discord: autocomplete answered", 15, samples, "ms", f"{2 * ENTITIES:,} names")]


async def _run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        bot = await build(Settings(database=str(Path(folder) / "s.db"), zone="UTC", asks_a_minute=0))
        sink = Sink()
        async_.async_context.set(sink)
        rows = await _added(bot, sink)
        await bot.close()
        return rows + await _autocomplete(Path(folder), sink)


def guild(number: int) -> dict:
    """A server as the gateway brings it."""
    first = 10**15 + number * 1_000
    channels = [
        {"id": str(first + 100 + n), "type": 0, "name": f"channel-{n}", "position": n, "permission_overwrites": [], "parent_id": None}
        for n in range(CHANNELS)
    ]
    roles = [
        {
            "id": str(first + n),
            "name": f"role-{n}",
            "permissions": "104324673",
            "position": n,
            "color": 0,
            "hoist": False,
            "managed": False,
            "mentionable": False,
            "flags": 0,
        }
        for n in range(ROLES)
    ]
    return {
        **{
            "id": str(first),
            "name": f"server {number}",
            "owner_id": "1",
            "channels": channels,
            "roles": roles,
            "threads": [],
            "emojis": [],
        },
        **{
            "stickers": [],
            "features": [],
            "members": [],
            "member_count": 300,
            "verification_level": 0,
            "unavailable": False,
            "voice_states": [],
        },
        **{
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "premium_tier": 0,
            "nsfw_level": 0,
            "presences": [],
        },
        **{"stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": [], "preferred_locale": "en-GB", "afk_timeout": 60},
    }


async def _fill(folder: str) -> None:
    """In a process of its own: the bot in 1,000 servers, and its resident memory on standard output."""
    bot = await build(Settings(database=f"{folder}/m.db", zone="UTC"))
    client = Client(bot.commands, bot.storage)
    await _as_if_connected(client)
    for number in range(GUILDS):
        client._connection.parse_guild_create(guild(number))
    await asyncio.sleep(0.1)
    assert len(client.guilds) == GUILDS
    sink = Sink()
    async_.async_context.set(sink)
    for number, (_, data) in enumerate(ASKS * 5):
        await _timed(client, sink, interaction(number, data))
    print(_resident())
    await bot.close()


def _resident() -> float:
    """What this process holds in memory, in MiB."""
    gc.collect()
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def run() -> list[Row]:
    """All three; about a minute."""
    rows = asyncio.run(_run())
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.bench.bench_discord", folder]
        told = subprocess.run(command, check=True, capture_output=True, text=True, env=dict(os.environ)).stdout
    note = f"{GUILDS:,} servers of {CHANNELS} channels and {ROLES} roles, after 20 commands"
    return [*rows, row_of("discord: resident memory of the bot", 120, [float(told)], "MiB", note)]


if __name__ == "__main__":
    asyncio.run(_fill(sys.argv[1]))
