"""What a zone's clocks show, found by walking along UTC: the judge of `next_slot`, with none of its code."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from itertools import pairwise
from zoneinfo import ZoneInfo

STEP = timedelta(hours=6)  # no zone has changed its clocks twice within it since 1970
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time during which a zone's clocks are not changed.

    Args:
        begin, end: in UTC, without a zone; the end is not part of it.
        ahead: how far the clocks are ahead of UTC.
    """

    begin: datetime
    end: datetime
    ahead: timedelta


def stretches(zone: ZoneInfo, begin: datetime, end: datetime, step: timedelta = STEP) -> tuple[Stretch, ...]:
    """The zone's clocks between two moments (aware, UTC), in order; each begins where the one before ends."""
    begin = begin.replace(microsecond=0)
    found: list[Stretch] = []
    since, ahead = begin, _ahead(zone, begin)
    at = begin
    while at < end:
        later = min(at + step, end)
        if _ahead(zone, later) != ahead:
            changed = _change(zone, at, later)
            found.append(Stretch(_bare(since), _bare(changed), ahead))
            since, ahead = changed, _ahead(zone, changed)
            later = changed
        at = later
    return (*found, Stretch(_bare(since), _bare(end), ahead))


def changes(clocks: Iterable[Stretch]) -> list[datetime]:
    """The moments at which the clocks are changed, aware, UTC."""
    return [later.begin.replace(tzinfo=UTC) for _, later in pairwise(clocks)]


def near(clocks: Iterable[Stretch], moment: datetime, within: timedelta) -> tuple[Stretch, ...]:
    """Those of the stretches that have a part within so long of the moment."""
    bare = _bare(moment)
    return tuple(one for one in clocks if one.begin < bare + within and one.end > bare - within)


def dates(clocks: Iterable[Stretch]) -> list[date]:
    """Every local date that is shown at some moment of the stretches, in order."""
    shown: set[date] = set()
    for one in clocks:
        day, last = (one.begin + one.ahead).date(), (one.end + one.ahead - timedelta.resolution).date()
        while day <= last:
            shown.add(day)
            day += DAY
    return sorted(shown)


def due(clocks: Iterable[Stretch], day: date, at: time) -> datetime | None:
    """The moment (without a zone, UTC) of that time of that local date; None where it lies outside the stretches.

    Shown twice, the first. Where clocks spring over it, as long after the change as it lies behind it: as if they had not
    been changed.
    """
    wanted = datetime.combine(day, at)
    before: Stretch | None = None
    for one in clocks:
        moment = wanted - one.ahead
        if moment < one.end:
            if moment >= one.begin:
                return moment
            return None if before is None else wanted - before.ahead
        before = one
    return None


def expected(clocks: Sequence[Stretch], days: Iterable[date], at: time, after: datetime, until: datetime) -> list[tuple[date, datetime]]:
    """The editions due at that time later than `after` and up to `until`: each of the days with its moment (aware, UTC).

    Args:
        clocks: of at least two days more on both sides.
        days: `dates` of the same stretches.
    """
    first, last = _bare(after), _bare(until)
    found = [(day, moment) for day in days if (moment := due(clocks, day, at)) is not None and first < moment <= last]
    return [(day, moment.replace(tzinfo=UTC)) for day, moment in found]


def zones() -> list[str]:
    """Every zone of the tzdata package; the machine may have others."""
    return sorted(resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


def distinct_zones() -> dict[str, list[str]]:
    """The zones by their rules: the first name of each with all that have the very same ones, byte for byte."""
    same: dict[bytes, list[str]] = defaultdict(list)
    for name in zones():
        same[resources.files("tzdata.zoneinfo").joinpath(*name.split("/")).read_bytes()].append(name)
    return {group[0]: group for group in same.values()}


def every(step: timedelta) -> Iterator[time]:
    """The times of a day, so far apart, from midnight on."""
    midnight = datetime(2000, 1, 1)
    for number in range(DAY // step):
        yield (midnight + number * step).time()


def _ahead(zone: ZoneInfo, moment: datetime) -> timedelta:
    ahead = moment.astimezone(zone).utcoffset()
    assert ahead is not None
    return ahead


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first second at which the clocks show what they show at `after`."""
    ahead = _ahead(zone, before)
    while after - before > SECOND:
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        before, after = (middle, after) if _ahead(zone, middle) == ahead else (before, middle)
    return after


def _bare(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)
