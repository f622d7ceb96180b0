"""Digests by the million: a wave to a publisher that does nothing, the first post on time, and one APScheduler job each instead.

`python -m tests.bench.bench_digests` prints it; some minutes. Each size is a process of its own, so that one does not weigh on
the other's memory. Subscriptions are put in by one commit each time; all that is measured is the desk's own road.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
import zoneinfo
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, time
from typing import Any

from sqlalchemy import func, select

from adapters.storage.bodies import micros
from adapters.storage.tables import DELIVERY
from bot.wiring import Bot
from briefs.desk.deliver import Deliver
from briefs.digest import Subscription
from tests.bench.rows import Row, row_of, table
from tests.bench.wave import SINK, Sink, Watch, a_bot, approve, insert_all, subscriptions
from tests.local_time import DAY

SIZES = (1_000, 10_000, 100_000, 1_000_000)
PEER_SIZES = (1_000, 10_000, 100_000)
REPEATS = {1_000: 5, 10_000: 3}  # a short wave is measured more than once: the median
WARM = 1_000  # digests that go out before what is measured
HELD_AT, MEMORY_AT = 100_000, 1_000_000  # the sizes that the goals are set for
MOMENTS, AT_ONCE = 60, 100  # due moments of the first post, one second apart, and how many subscriptions are due at each
HOUR = timedelta(hours=1)
MIB = 1024 * 1024


async def deliver(bot: Bot, sink: Sink, moment: datetime) -> int:
    """Post whatever is due at that moment, from which the desk's clock goes on; how many deliveries were settled."""
    begun = perf_counter()

    def clock() -> datetime:
        return moment + timedelta(seconds=perf_counter() - begun)

    return await Deliver(bot.storage, bot.desk.lookup, {SINK: sink}, "bench", clock).run(SINK)


async def prepare(file: Path, size: int, due: datetime) -> dict[str, float]:
    """A store with that many subscriptions due at the moment, half of which had an edition the day before."""
    sink = Sink()
    async with a_bot(file, sink) as bot:
        await bot.begin()
        await approve(bot, "old", due - 3 * DAY)
        yesterday = [subscriptions("g", size // 2, due - DAY), subscriptions("warm", WARM // 2, due - DAY - HOUR)]
        for found in yesterday:
            await insert_all(bot, found)
        await deliver(bot, sink, due - DAY)
        assert sink.posted == size // 2 + WARM // 2
        begun = perf_counter()
        await insert_all(bot, subscriptions("new", size - size // 2, due))
        await insert_all(bot, subscriptions("warmnew", WARM - WARM // 2, due - HOUR))
        inserted = perf_counter() - begun
        await approve(bot, "new", due - 2 * HOUR)
    return {"inserted": inserted}


async def wave(file: Path, size: int, due: datetime) -> dict[str, float]:
    """All of them due at once."""
    sink, watch = Sink(), Watch()
    async with a_bot(file, sink) as bot:
        await bot.begin()
        await deliver(bot, sink, due - HOUR)
        assert sink.posted == WARM
        sink.first.clear()
        async with watch.over():
            began, begun = time(), perf_counter()
            settled = await deliver(bot, sink, due)
            took = perf_counter() - begun
        sent, editions = await bot.storage._engine.read(_sent, due)
    assert settled == sent == sink.posted - WARM == size, (settled, sent, sink.posted - WARM, size)
    return {
        "each": took / size,
        "first": sink.first[SINK] - began,
        "held": watch.longest,
        "memory": watch.peak - watch.before,
        "editions": editions,
    }


def _sent(connection: Any, due: datetime) -> tuple[int, int]:
    """How many deliveries were sent, and of how many different editions."""
    c = DELIVERY.c
    count = select(func.count(), func.count(c.edition.distinct()))
    found = connection.execute(count.where(c.state == "sent", c.due == micros(due), c.platform == SINK)).one()
    return found[0], found[1]


async def on_time(file: Path, size: int, due: datetime) -> dict[str, Any]:
    """With the clock running: how long after each of many due moments its first post comes, others not being due."""
    from adapters.clock import AlarmClock

    sink, watch = Sink(apart=True), Watch()
    async with a_bot(file, sink) as bot:
        wakes = await bot.begin()
        first = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=10)
        moments = [first + timedelta(seconds=number) for number in range(MOMENTS)]
        for number, moment in enumerate(moments):
            await insert_all(bot, subscriptions(f"at{number}-", AT_ONCE, moment))
        async with watch.over(), AlarmClock(wakes):
            async with asyncio.timeout(MOMENTS + 60):
                await sink.has(MOMENTS * AT_ONCE)
        begun = perf_counter()
        await bot.desk.subscribe.recompute("other rules", datetime.now(UTC))
        took = perf_counter() - begun
    late = [sink.first[f"{SINK}:at{number}-0"] - moment.timestamp() for number, moment in enumerate(moments)]
    return {"late": late, "held": watch.longest, "recomputed": took}


async def peer(file: Path, size: int, due: datetime) -> dict[str, float]:
    """One APScheduler job for each subscription, all due at one moment."""
    from apscheduler.schedulers.asyncio import AsyncIOScheduler
    from apscheduler.triggers.cron import CronTrigger

    ran, watch, done = 0, Watch(), asyncio.Event()
    first = last = 0.0

    async def post(subscription: Subscription) -> None:
        nonlocal ran, first, last
        ran, last = ran + 1, time()
        first = first or last
        if ran == size:
            done.set()

    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True})
    async with watch.over():
        scheduler.start(paused=True)
        begun = perf_counter()
        for number, (subscription, slot) in enumerate(subscriptions("g", size, due)):
            at = subscription.at
            trigger = CronTrigger(hour=at.hour, minute=at.minute, second=at.second, timezone=subscription.zone)
            scheduler.add_job(post, trigger, (subscription,), id=str(number), next_run_time=slot.utc)
            if number % 100 == 0:
                await asyncio.sleep(0)
        added = perf_counter() - begun
        watch.longest, began = 0.0, time()
        scheduler.resume()
        with suppress(TimeoutError):
            async with asyncio.timeout(300):
                await done.wait()
        scheduler.shutdown(wait=False)
    return {
        "each": (last - began) / max(1, ran),
        "first": first - began,
        "held": watch.longest,
        "memory": watch.peak - watch.before,
        "added": added,
        "never": size - ran,
    }


TASKS = {"prepare": prepare, "wave": wave, "on_time": on_time, "peer": peer}


def _in_process(task: str, file: Path, size: int, due: datetime) -> dict[str, Any]:
    begun = perf_counter()
    command = [sys.executable, "-m", "tests.bench.bench_digests", task, str(file), str(size), due.isoformat()]
    told: dict[str, Any] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    figures = ", ".join(f"{name} {value:,.6g}" for name, value in told.items() if isinstance(value, int | float))
    figures += f", latest {max(told['late']):.3g}" if "late" in told else ""
    print(f"digests: {task} {size:,} in {perf_counter() - begun:.0f} s: {figures}", file=sys.stderr, flush=True)
    return told


def _wave(folder: Path, size: int) -> dict[str, float]:
    """The median of as many waves as the size needs; the store of the last one stays."""
    told = []
    for _ in range(REPEATS.get(size, 1)):
        file = folder / f"{size}.db"
        for old in folder.glob(f"{file.name}*"):
            old.unlink()
        due = datetime.now(UTC).replace(second=0, microsecond=0)
        _in_process("prepare", file, size, due)
        told.append(_in_process("wave", file, size, due) | {"file": file.stat().st_size})
    return {name: median(one[name] for one in told) for name in told[0]}


def run(sizes: tuple[int, ...] = SIZES, peers: tuple[int, ...] = PEER_SIZES) -> list[Row]:
    """Everything, smallest first."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        waves = {size: _wave(folder, size) for size in sizes}
        most = max(sizes)
        late = _in_process("on_time", folder / f"{most}.db", most, datetime.now(UTC))
        others = {size: _in_process("peer", folder / "none", size, datetime.now(UTC).replace(microsecond=0)) for size in peers}
    return [*_wave_rows(waves, most), *_late_rows(late, most), *_peer_rows(others)]


def _one(name: str, goal: float, value: float, unit: str, note: str = "") -> Row:
    return row_of(name, goal, [value], unit, note)


def _wave_rows(waves: dict[int, dict[str, float]], most: int) -> list[Row]:
    rows = []
    for size, told in waves.items():
        of = f"digests: wave of {size:,}"
        rows += [
            _one(
                f"{of}, each",
                50,
                told["each"] * 1_000_000,
                "µs",
                f"{1 / told['each']:,.0f}/s of {told['editions']:,.0f} editions; the store has {told['file'] / MIB:,.0f} MiB then",
            ),
            _one(f"{of}, first post", 1.0, told["first"], "s"),
            _one(f"{of}, longest hold of the loop", 50 if size == HELD_AT else 0, told["held"] * 1_000, "ms"),
            _one(f"{of}, extra memory", 10 if size == MEMORY_AT else 0, told["memory"] / MIB, "MiB", f"warm from {WARM:,}"),
        ]
    ratio = waves[most]["each"] / waves[min(waves)]["each"]
    return [*rows, _one(f"digests: cost in a wave of {most:,} / {min(waves):,}", 1.2, ratio, "×")]


def _late_rows(late: dict[str, Any], most: int) -> list[Row]:
    note = f"{MOMENTS} due moments a second apart, {AT_ONCE} due at each, {most:,} others"
    return [
        row_of("digests: first post after its due moment", 1.0, late["late"], "s", note),
        _one("digests: longest hold of the loop meanwhile", 0, late["held"] * 1_000, "ms"),
        _one("digests: look at all after new zone rules", 0, late["recomputed"], "s", "at the start of the bot, before its first digest"),
    ]


def _peer_rows(others: dict[int, dict[str, float]]) -> list[Row]:
    rows = []
    for size, told in others.items():
        of = f"peer: {size:,} jobs"
        rows += [
            _one(
                f"{of}, each",
                0,
                told["each"] * 1_000_000,
                "µs",
                f"{1 / told['each']:,.0f}/s; APScheduler, in memory; added in {told['added']:.1f} s; {told['never']} never ran",
            ),
            _one(f"{of}, longest hold of the loop", 0, told["held"] * 1_000, "ms"),
            _one(f"{of}, memory", 0, told["memory"] / MIB, "MiB"),
        ]
    return rows


if __name__ == "__main__":
    zoneinfo.reset_tzpath(())  # the zones of the tzdata package, not the machine's
    match sys.argv[1:]:
        case [task, file, size, due]:
            print(json.dumps(asyncio.run(TASKS[task](Path(file), int(size), datetime.fromisoformat(due)))))
        case [most]:
            print(table(run(tuple(size for size in SIZES if size <= int(most)), tuple(size for size in PEER_SIZES if size <= int(most)))))
        case _:
            print(table(run()))
