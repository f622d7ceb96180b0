"""What a wave of digests needs to be measured: a platform that does nothing, a watch over the loop, subscriptions by the million."""

import asyncio
import gc
import os
import random
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from pathlib import Path
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from adapters.storage.subscription_rows import row_of, slot_columns
from adapters.storage.tables import SUBSCRIPTION
from bot.settings import Settings
from bot.wiring import Bot, build
from briefs.digest import Place, Sent, Slot, Subscription
from briefs.ports import Absent, Library
from tests.builders import a_brief, an_article
from tests.local_time import DAY, zones

SINK = "sink"
ZONES = 20
TOPICS = (("iraq",), ("iran",), ("iraq", "iran"), ("ports", "grain"))
STORIES = 60  # briefs approved a day
_MEMORY, _PAGE = os.open("/proc/self/statm", os.O_RDONLY), os.sysconf("SC_PAGE_SIZE")


class Sink:
    """A platform that has every post at once; it counts them, and notes when the first one came.

    Args:
        apart: when the first one of each space came.
    """

    def __init__(self, *, apart: bool = False) -> None:
        self._apart = apart
        self.posted = 0
        self.first: dict[str, float] = {}
        self._enough, self._full = 0, asyncio.Event()

    async def has(self, count: int) -> None:
        """Wait until it has that many posts."""
        self._enough = count
        if self.posted < count:
            await self._full.wait()

    @property
    def at_once(self) -> int:
        """As many as two batches: what a platform without a pace would say."""
        return 2_000

    async def publish(self, channel: Place, message: object, key: str) -> Sent:
        self.posted += 1
        if self.posted == self._enough:
            self._full.set()
        where = channel.space if self._apart else SINK
        if where not in self.first:
            self.first[where] = time.time()
        return Sent("1203")

    async def find(self, channel: Place, key: str) -> Absent:
        return Absent.ABSENT

    def address(self, channel: Place, receipt: str) -> str:
        return ""

    def split(self, message: Any) -> tuple[Any, ...]:
        return (message,)

    async def tell(self, space: str, user: str, message: object) -> bool:
        return True


@dataclass(slots=True)
class Watch:
    """What a task that wakes every millisecond sees: how long the loop was held, in seconds, and memory, in bytes."""

    longest: float = 0.0
    before: int = 0
    peak: int = 0

    @asynccontextmanager
    async def over(self) -> AsyncIterator[None]:
        """Watch while the context lasts."""
        gc.collect()
        self.before = self.peak = resident()
        watching = asyncio.create_task(self._watch())
        await asyncio.sleep(0.01)
        self.longest = 0.0
        try:
            yield
        finally:
            watching.cancel()
            self.peak = max(self.peak, resident())

    async def _watch(self) -> None:
        looked = begun = perf_counter()
        while True:
            await asyncio.sleep(0.001)
            now = perf_counter()
            self.longest = max(self.longest, now - begun - 0.001)
            if now - looked > 0.05:
                self.peak, looked = max(self.peak, resident()), now
            begun = perf_counter()


def resident() -> int:
    """The memory of this process that is in use, in bytes."""
    return int(os.pread(_MEMORY, 100, 0).split()[1]) * _PAGE


def zones_by_day(moment: datetime) -> list[ZoneInfo]:
    """Zones in which it is then neither the small hours nor late in the evening: no local day ends while a wave goes out.

    None that changes its clocks about then: the next edition is due a day later.
    """
    there = [ZoneInfo(name) for name in zones() if "/" in name and not name.startswith("Etc/")]
    steady = [zone for zone in there if (moment - 2 * DAY).astimezone(zone).utcoffset() == (moment + 2 * DAY).astimezone(zone).utcoffset()]
    by_day = [zone for zone in steady if 2 <= moment.astimezone(zone).hour < 18]
    return random.Random(2026).sample(by_day, ZONES)


def subscriptions(space: str, count: int, due: datetime) -> Iterator[tuple[Subscription, Slot]]:
    """Editions due at that moment, in zones all over the world, most of them in few; a tenth is a channel's second or third.

    Every fourth is on some topics only.
    """
    pick, there = random.Random(count), zones_by_day(due)
    often = list(accumulate(1 / (rank + 1) for rank in range(ZONES)))
    for number in range(count):
        [zone] = pick.choices(there, cum_weights=often)
        local = due.astimezone(zone)
        subscription = Subscription(
            space=f"{SINK}:{space}{number // 150}",
            channel=f"C{number - (number % 20 in {10, 19}):09}",
            name={10: "iran", 19: "ports"}.get(number % 20, "daily"),
            at=local.time(),
            zone=zone,
            by=f"{SINK}:U{number // 7:09}",
            topics=pick.choice(TOPICS) if number % 4 == 0 else (),
        )
        yield subscription, Slot(due, local.date())


async def insert_all(bot: Bot, found: Iterator[tuple[Subscription, Slot]]) -> None:
    """Put them in, in one commit."""

    def change(connection: Any) -> None:
        rows: list[dict[str, Any]] = []
        for subscription, slot in found:
            columns = slot_columns(slot)
            rows.append({**row_of(subscription), **columns, "wake": columns["next_utc"]})
            if len(rows) == 10_000:
                connection.execute(insert(SUBSCRIPTION), rows)
                rows = []
        if rows:
            connection.execute(insert(SUBSCRIPTION), rows)

    await bot.storage._engine.write(change)


async def approve(bot: Bot, name: str, moment: datetime) -> None:
    """Put briefs on the shelf that came at that moment, on every topic."""
    articles = [an_article(handle=f"{name}-{number}") for number in range(STORIES)]
    briefs = [
        a_brief(
            article.handle,
            article=article,
            headline=f"The harbour of {article.handle} is open again after three weeks of talks",
            bottom_line=f"Ships may enter the harbour of {article.handle} from Monday on, officials said, if the weather holds.",
            points=[
                f"Point {point} of {article.handle}: an estimated {point * 120} ships waited, the port's office said." for point in range(6)
            ],
            topics=TOPICS[number % len(TOPICS)],
            approved=moment - timedelta(minutes=number),
        )
        for number, article in enumerate(articles)
    ]
    await bot.storage.shelf.load_library(Library(name, "1", tuple(articles), tuple(briefs), ()), moment)


@asynccontextmanager
async def a_bot(file: Path, sink: Sink) -> AsyncIterator[Bot]:
    """The bot as it is wired, with default settings, on that file; what it posts goes to the sink."""
    bot = await build(Settings(database=file, sample="never", zone="UTC"), {SINK: sink})
    try:
        yield bot
    finally:
        await bot.close()
