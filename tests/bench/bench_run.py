"""`standfirst run` with both platforms: how soon it connects, what a day of traffic weighs, what it costs at rest, how it stops."""

import asyncio
import json
import os
import re
import socket
import sqlite3
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, Final
from urllib.request import urlopen

from briefs.digest import Place
from tests.bench.rows import Row, row_of
from tests.soak import books
from tests.soak.lives import Life, begin
from tests.soak.platforms import BOT, GUILD, HUMAN, SLACK_TEAM, Platforms, token
from tests.soak.run import SPACES
from tests.soak.stops import stops

STARTS: Final = 20
THIRDS: Final = (3_334, 3_333, 3_333)
COMMANDS: Final = sum(THIRDS)
WARM: Final = 2_000  # commands before the growth is looked at: whatever is kept on purpose is kept by then
HOURS: Final = 24  # in each of which some channels have their edition
AN_HOUR: Final = {"discord": (8, 2), "slack": (4, 1)}  # channels, and editions in each
UNDER_WAY: Final = 40  # commands at once
IDLE: Final = 60.0  # seconds of which the cost at rest is told
STOPS: Final = 5
TICK: Final = os.sysconf("SC_CLK_TCK")
MIB: Final = 1024
ASKED: Final = (
    *("brief iraq", "brief", "entity hezbollah", "entity Kataeb Hezbollah", "source iraq:12", "source iraq", "timeline iraq"),
    *("find missiles", "standfirst help", "standfirst about", "brief nothing-like-it", "entity in:iraq", "brief iraq size:full"),
)


def run() -> list[Row]:
    """All of it; some ten minutes."""
    rows = []
    for measure in (_starts, _day, _stops):
        with tempfile.TemporaryDirectory() as folder:
            rows += measure(Path(folder))
    return rows


def _starts(folder: Path) -> list[Row]:
    """From the start of the process to its first request to either platform, and to both being connected."""
    first, both, spent = [], [], []
    with Platforms(folder) as platforms:
        _begun(platforms, folder)[0].kill()  # makes the store
        for _ in range(STARTS):
            life, began, runs = _begun(platforms, folder)
            spent.append(_processor(life))
            life.kill()
            asked = [json.loads(line)["at"] for name in ("discord", "slack") for line in platforms.trace(name).read_text().splitlines()]
            first.append(min(at for at in asked if at >= began) - began)
            both.append(runs - began)
    note = "both platforms; an existing store"
    return [
        row_of("run: until it connects", 2, first, "s", note),
        row_of("run: until it serves", 0, both, "s", note),
        row_of("run: until it serves, of the processor", 0, spent, "s", note),
    ]


def _begun(platforms: Platforms, folder: Path, **settings: str) -> tuple[Life, float, float]:
    """A bot that runs, when it was started and when it said so; seconds since 1970."""
    given = platforms.environment() | {"STANDFIRST_DATABASE": str(folder / "standfirst.db"), "STANDFIRST_ASKS_A_MINUTE": "0"} | settings
    began = time.time()
    life = begin(["bot", "run"], given, folder, "bot.log", listen=True)
    asyncio.run(life.runs())
    return life, began, time.time()


def _day(folder: Path) -> list[Row]:
    """A day's editions and commands, then ten thousand commands more; memory, processor and disk."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with Platforms(folder) as platforms:
        asyncio.run(_approve(folder))
        life, _, _ = _begun(platforms, folder, STANDFIRST_OBSERVE__PORT=str(port))
        try:
            at_rest = _processor(life)
            time.sleep(IDLE)
            at_rest = (_processor(life) - at_rest) / IDLE * 100
            day = asyncio.run(_traffic(platforms, folder, port, life))
        finally:
            assert asyncio.run(life.stop()), (folder / "bot.log").read_text()[-2_000:]
    hourly, grown, a_delivery, a_command = day
    note = f"{HOURS * sum(c * e for c, e in AN_HOUR.values())} editions, {WARM + COMMANDS} commands"
    return [
        row_of("run: resident memory over a day", 150, hourly, "MiB", note),
        row_of("run: growth over 10,000 commands", 1, [sum(grown)], "MiB", f"by thirds: {', '.join(f'{third:+.2f}' for third in grown)}"),
        row_of("run: growth over their last third", 0, [grown[-1]], "MiB", "what is kept for good shows here, what fills up does not"),
        row_of("run: processor at rest", 0, [at_rest], "%", "of one core, both platforms"),
        row_of("run: a command, of the processor", 0, [a_command * 1_000], "ms"),
        row_of("run: disk an edition takes", 0, [a_delivery / 1024], "KiB", "one message each"),
    ]


async def _approve(folder: Path) -> None:
    storage = await books.opened(folder / "standfirst.db")
    await storage.close()


async def _traffic(platforms: Platforms, folder: Path, port: int, life: Life) -> tuple[list[float], list[float], float, float]:
    """Memory after each hour's editions and the commands, and its growth over each third of these (MiB).

    Bytes an edition and processor seconds a command, besides.
    """
    hourly: list[float] = []
    database = folder / "standfirst.db"
    await answered(platforms, port, WARM)
    size, editions = _size(database), 0
    for hour in range(HOURS):
        editions += await _editions(platforms, database, hour)
        await _settled(database)
        hourly.append(_resident(life))
    a_delivery = (_size(database) - size) / editions
    weights, spent = [_resident(life)], _processor(life)
    for third in THIRDS:
        await answered(platforms, port, third)
        weights.append(_resident(life))
    grown = [after - before for before, after in pairwise(weights)]
    return hourly + weights[1:], grown, a_delivery, (_processor(life) - spent) / COMMANDS


async def _editions(platforms: Platforms, database: Path, hour: int) -> int:
    """Ask for an hour's editions, all of them due now; how many."""
    now = datetime.now(UTC)
    storage = await books.opened(database)
    fresh = {name: platforms.channels(name, AN_HOUR[name][0]) for name in AN_HOUR}
    places = [Place(SPACES[name], channel) for name, ids in fresh.items() for channel in ids for _ in range(AN_HOUR[name][1])]
    kinds: Sequence[books.Kind] = ("short", "silent")
    for number, place in enumerate(places):
        asked = books.a_subscription(place, f"h{hour}x{number}", kinds[number % 2], now - timedelta(seconds=1))
        await storage.subscriptions.put(*asked)
    await storage.close()
    return len(places)


async def _settled(database: Path) -> None:
    async with asyncio.timeout(300):
        while books.owed(database, datetime.now(UTC)):  # noqa: ASYNC110 it is told in a file
            await asyncio.sleep(0.2)


async def answered(platforms: Platforms, port: int, count: int) -> None:
    """Have so many commands answered, half of them on each platform, and no more under way than people would have."""
    [channel] = platforms.channels("discord", 1)
    for start in range(0, count, UNDER_WAY):
        done = _answered(port)
        asked = [_asked(number, channel) for number in range(start, min(start + UNDER_WAY, count))]
        told = await asyncio.gather(*(asyncio.to_thread(platforms.tell, *what, given) for what, given in asked))
        # On a machine that is busy with other things a connection may be lost for a moment; what reached nobody is not waited for.
        done += sum(bool(one.get("acked") or one.get("reached")) for one in told)
        async with asyncio.timeout(60):
            while _answered(port) < done:  # noqa: ASYNC110 the other side is a process
                await asyncio.sleep(0.01)


def _asked(number: int, channel: str) -> tuple[tuple[str, str], Mapping[str, Any]]:
    line = ASKED[number // 2 % len(ASKED)]
    return _on_discord(line, channel) if number % 2 else _on_slack(line)


def _on_slack(line: str) -> tuple[tuple[str, str], Mapping[str, Any]]:
    command = {"command": "/standfirst", "text": line, "channel_id": "C1", "user_id": HUMAN, "team_id": SLACK_TEAM}
    return ("slack", "push"), {"team": SLACK_TEAM, "type": "slash_commands", "payload": command, "channel": "C1", "user": HUMAN}


def _on_discord(line: str, channel: str) -> tuple[tuple[str, str], Mapping[str, Any]]:
    data = {"id": "1", "type": 1, "name": "brief", "options": [{"type": 3, "name": "brief", "value": line.partition(" ")[2] or "iraq"}]}
    return ("discord", "interact"), {"token": token(BOT), "channel": channel, "type": 2, "data": data, "guild": GUILD}


def _answered(port: int) -> int:
    """How many commands were answered, as the bot itself counts them."""
    with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as answer:
        return int(
            sum(float(n) for n in re.findall(r"^standfirst_command_seconds_count\{.*\} (\S+)$", answer.read().decode(), re.MULTILINE))
        )


def _size(database: Path) -> int:
    """Bytes of the database with all that is in its log."""
    with closing(sqlite3.connect(database, timeout=30)) as store:
        store.execute("PRAGMA wal_checkpoint(PASSIVE)")
        return int(store.execute("PRAGMA page_count").fetchone()[0] - store.execute("PRAGMA freelist_count").fetchone()[0]) * 4096


def _resident(life: Life) -> float:
    return int(Path(f"/proc/{life.pid}/status").read_text().split("VmRSS:")[1].split()[0]) / MIB


def _processor(life: Life) -> float:
    """Seconds of it used so far."""
    fields = Path(f"/proc/{life.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def _stops(folder: Path) -> list[Row]:
    """Stops in the middle of a wave, on platforms whose posts take up to six seconds."""
    seconds, found, (acked, answered) = asyncio.run(stops(folder, STOPS))
    assert found.findings == (), found.findings
    note = f"{found.deliveries} editions, none lost or doubled; {answered} of {acked} commands answered"
    return [row_of("run: a stop under load", 10, seconds, "s", note)]
