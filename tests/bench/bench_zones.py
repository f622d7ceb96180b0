"""Every zone's clock changes: how many editions each local date gets, ours and from APScheduler's CronTrigger.

`python -m tests.bench.bench_zones` prints it. A subscription is walked along as the bot does it, from one slot to the next;
which editions are right is found by walking along UTC (`tests/local_time.py`).
"""

import os
import sys
import zoneinfo
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from multiprocessing import get_context
from random import Random
from time import perf_counter
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from briefs.digest import next_slot
from tests.bench.rows import Row, row_of, table
from tests.builders import a_subscription
from tests.local_time import DAY, Stretch, changes, dates, distinct_zones, every, expected, near, stretches

BEGIN, END = datetime(2024, 1, 1, tzinfo=UTC), datetime(2041, 1, 1, tzinfo=UTC)
AROUND = 2 * DAY  # before and after a change of the clocks
MARGIN = 3 * DAY  # of clocks known beyond what is walked, so that a date at its end is a whole one
TIMES = tuple(every(timedelta(minutes=5)))
PEER_TIMES = tuple(every(timedelta(minutes=30)))  # the peer takes longer: a sixth of the times,
PEER_END = datetime(2029, 1, 1, tzinfo=UTC)  # and five of the years
SAMPLES = 2_000
NONE_AT_ALL = 0.5  # a goal is what may not be exceeded, and 0 would mean that there is none

Edition = tuple[date, datetime]
Walk = Callable[[str, time, datetime, datetime], list[Edition]]


@dataclass(slots=True)
class Tally:
    """What was counted of a walk.

    Args:
        editions: that there should have been: one for each existing local date.
        lost: local dates without one.
        doubled: editions too many, those of dates that do not exist too.
        moved: right in number, at another moment than expected.
    """

    editions: int = 0
    lost: int = 0
    doubled: int = 0
    moved: int = 0
    told: list[str] = field(default_factory=list)

    def count(self, zone: str, at: time, right: Sequence[Edition], came: Sequence[Edition]) -> None:
        """Compare what came with what is right."""
        self.editions += len(right)
        if came == right:
            return
        due, had = Counter(day for day, _ in right), Counter(day for day, _ in came)
        lost, doubled = due - had, had - due
        self.lost += lost.total()
        self.doubled += doubled.total()
        self.moved += len({day for day, _ in set(right) - set(came)} - set(lost))
        if len(self.told) < 3:
            self.told.append(f"{zone} {at:%H:%M}: lost {sorted(map(str, lost))}, doubled {sorted(map(str, doubled))}")

    def add(self, other: "Tally") -> None:
        """Count the other's as well."""
        self.editions += other.editions
        self.lost += other.lost
        self.doubled += other.doubled
        self.moved += other.moved
        self.told = (self.told + other.told)[:3]


def ours(zone: str, at: time, after: datetime, until: datetime) -> list[Edition]:
    """The slots as the bot comes by them: each is looked for from the one before."""
    subscription = a_subscription(at=at, zone=zone)
    came = []
    while (slot := next_slot(subscription, after)).utc <= until:
        came.append((slot.meant_for, slot.utc))
        after = slot.utc
    return came


def theirs(zone: str, at: time, after: datetime, until: datetime) -> list[Edition]:
    """The moments at which APScheduler runs a job, each asked for at the one before, as its scheduler does.

    It knows no date that a run is meant for: a run counts for the date whose time is the nearest on the wall.
    """
    trigger = CronTrigger(hour=at.hour, minute=at.minute, timezone=ZoneInfo(zone))
    came = []
    run = trigger.get_next_fire_time(None, after + timedelta.resolution)
    while run is not None and run.astimezone(UTC) <= until:
        wall = run.replace(tzinfo=None)
        days = [wall.date() + number * DAY for number in (-1, 0, 1)]
        came.append((min(days, key=lambda day: abs(datetime.combine(day, at) - wall)), run.astimezone(UTC)))
        run = trigger.get_next_fire_time(run, run)
    return came


def daily(zone: str, number: int, clocks: Sequence[Stretch], end: datetime, walk: Walk) -> Tally:
    """Each day at one time, which is another one in every zone."""
    at = time(*divmod(number * 101 % (24 * 60) // 5 * 5, 60))
    tally = Tally()
    tally.count(zone, at, expected(clocks, dates(clocks), at, BEGIN, end), walk(zone, at, BEGIN, end))
    return tally


def round_changes(zone: str, clocks: Sequence[Stretch], times: Iterable[time], end: datetime, walk: Walk) -> Tally:
    """Two days before and after each change of the clocks, at each of the times."""
    tally, times = Tally(), tuple(times)
    for moment in changes(clocks):
        if BEGIN <= moment < end:
            around = near(clocks, moment, AROUND + MARGIN)
            days = dates(_cut(around, moment))
            for at in times:
                right = expected(around, days, at, moment - AROUND, moment + AROUND)
                tally.count(zone, at, right, walk(zone, at, moment - AROUND, moment + AROUND))
    return tally


def _cut(clocks: Iterable[Stretch], moment: datetime) -> Iterator[Stretch]:
    """The stretches no longer than what is looked at: a year of dates would be counted for a window of days."""
    bare, wide = moment.replace(tzinfo=None), AROUND + MARGIN
    return (Stretch(max(one.begin, bare - wide), min(one.end, bare + wide), one.ahead) for one in clocks)


def _clocks(zone: str) -> tuple[Stretch, ...]:
    return stretches(ZoneInfo(zone), BEGIN - MARGIN, END + MARGIN)


def _each_day(zone: str, number: int, clocks: Sequence[Stretch]) -> tuple[Tally, Tally]:
    return daily(zone, number, clocks, END, ours), daily(zone, number, clocks, PEER_END, theirs)


def _each_change(zone: str, clocks: Sequence[Stretch]) -> tuple[Tally, Tally]:
    return round_changes(zone, clocks, TIMES, END, ours), round_changes(zone, clocks, PEER_TIMES, END, theirs)


def _prepare() -> None:
    """The zones of the tzdata package, not the machine's."""
    zoneinfo.reset_tzpath(())
    ZoneInfo.clear_cache()


def _timed(walk: Walk) -> list[float]:
    """Microseconds an edition takes that nobody has asked for yet."""
    pick, samples = Random(2026), []
    zones = list(distinct_zones())
    for _ in range(SAMPLES):
        after = BEGIN + timedelta(minutes=pick.randrange((END - BEGIN) // timedelta(minutes=1)))
        zone, at = pick.choice(zones), pick.choice(TIMES)
        ZoneInfo(zone)
        began = perf_counter()
        came = walk(zone, at, after, after + 4 * DAY)
        samples.append((perf_counter() - began) * 1_000_000 / (len(came) + 1))
    return samples


def run() -> list[Row]:
    """Every zone and the peer; some minutes."""
    _prepare()
    groups = distinct_zones()
    zones, names = list(groups), sum(map(len, groups.values()))
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn"), initializer=_prepare) as pool:
        clocks = list(pool.map(_clocks, zones, chunksize=20))
        days = _summed("each day", len(zones), pool.map(_each_day, zones, range(len(zones)), clocks))
        # Zones that differ only before these years are walked round their changes once.
        alike = {one: zone for zone, one in zip(reversed(zones), reversed(clocks), strict=True) if len(one) > 1}
        rounds = _summed("round changes", len(alike), pool.map(_each_change, alike.values(), alike))
    each_day, round_change = "each day at one time", "± 2 days round each change"
    return [
        *_counted(f"zones: {each_day}", days[0], f"{len(zones)} distinct of {names} zones, {_years(END)}"),
        *_counted(f"zones: {round_change}", rounds[0], f"{len(alike)} distinct that have some, every 5 minutes of the day, {_years(END)}"),
        *_counted(f"peer: {each_day}", days[1], f"CronTrigger, {_years(PEER_END)}", peer=True),
        *_counted(f"peer: {round_change}", rounds[1], f"CronTrigger, every 30 minutes of the day, {_years(END)}", peer=True),
        row_of("zones: next_slot", 0, _timed(ours), "µs", "one not asked for before"),
        row_of("peer: CronTrigger.get_next_fire_time", 0, _timed(theirs), "µs"),
    ]


def _summed(what: str, count: int, found: Iterable[tuple[Tally, Tally]]) -> tuple[Tally, Tally]:
    """Ours and the peer's of all zones; says on standard error how far it is."""
    total = Tally(), Tally()
    for done, tallies in enumerate(found, start=1):
        for one, tally in zip(total, tallies, strict=True):
            one.add(tally)
        if done % 20 == 0 or done == count:
            print(f"zones, {what}: {done} of {count}", file=sys.stderr, flush=True)
    return total


def _years(end: datetime) -> str:
    return f"{BEGIN.year}–{end.year - 1}"


def _counted(name: str, tally: Tally, note: str, *, peer: bool = False) -> list[Row]:
    """How many editions went wrong, of all there should have been."""
    goal = 0 if peer else NONE_AT_ALL
    told = f"; {'; '.join(tally.told)}" if tally.told else ""
    counts = {"lost": tally.lost, "doubled": tally.doubled, "at another moment": tally.moved}
    return [
        Row(f"{name}, {what}", goal, count, count, "of", tally.editions, note + (told if number == 0 else ""))
        for number, (what, count) in enumerate(counts.items())
    ]


if __name__ == "__main__":
    print(table(run()))
