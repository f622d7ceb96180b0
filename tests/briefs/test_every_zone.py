"""One edition for each existing local date: every zone, every change of its clocks from 2024 to 2040."""

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.digest import LATE_MAX, LATE_MIN, last_moment, next_slot
from tests.builders import a_subscription
from tests.local_time import DAY, Stretch, changes, dates, distinct_zones, due, expected, near, stretches, zones

BEGIN, END = datetime(2024, 1, 1, tzinfo=UTC), datetime(2041, 1, 1, tzinfo=UTC)
AROUND, MARGIN = 2 * DAY, 3 * DAY
MINUTE = timedelta(minutes=1)
# On the wall, beside the times a change begins and ends at: the ends of a day, where a slot can be pushed to another
# date, and one far from everything.
ALWAYS = (time(0), time(0, 30), time(12), time(23, 30), time(23, 59))
# Dates that never were and dates that were twice: whole days that clocks were set on or back by.
WHOLE_DAYS = [
    pytest.param("Pacific/Apia", datetime(2011, 12, 30, 10), id="samoa-leaves-30-december-out"),
    pytest.param("Pacific/Fakaofo", datetime(2011, 12, 30, 11), id="tokelau-leaves-30-december-out"),
    pytest.param("Pacific/Kiritimati", datetime(1994, 12, 31, 10, 40), id="kiritimati-leaves-31-december-out"),
    pytest.param("Pacific/Kwajalein", datetime(1993, 8, 21, 12), id="kwajalein-leaves-21-august-out"),
    pytest.param("Pacific/Kwajalein", datetime(1969, 9, 30, 13), id="kwajalein-has-30-september-twice"),
    pytest.param("Asia/Manila", datetime(1844, 12, 31, 15, 56), id="manila-leaves-31-december-out"),
    pytest.param("America/Juneau", datetime(1867, 10, 19, 0), id="alaska-has-18-october-twice"),
]


@pytest.fixture(scope="module", autouse=True)
def _the_zones_of_the_package() -> Iterator[None]:
    """Not the machine's, which may be older."""
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath(())
    ZoneInfo.clear_cache()
    yield
    zoneinfo.reset_tzpath(before)
    ZoneInfo.clear_cache()


def walked(zone: str, at: time, after: datetime, until: datetime) -> list[tuple[date, datetime]]:
    """The editions as the bot comes by them: each slot is looked for from the one before."""
    subscription = a_subscription(at=at, zone=zone)
    came = []
    while (slot := next_slot(subscription, after)).utc <= until:
        came.append((slot.meant_for, slot.utc))
        after = slot.utc
    return came


def beside(clocks: tuple[Stretch, ...], moment: datetime) -> list[time]:
    """Times of day about what the clocks show before and after they are changed at that moment."""
    bare = moment.replace(tzinfo=None)
    walls = [bare + one.ahead for one in clocks if bare in {one.begin, one.end}]
    walls.append(min(walls) + abs(walls[0] - walls[1]) / 2)  # in the middle of what is left out, or shown twice
    return [(wall + near).time() for wall in walls for near in (-MINUTE, timedelta(0), MINUTE)]


def assert_right_about(zone: str, clocks: tuple[Stretch, ...], moment: datetime, times: list[time]) -> None:
    """Two days before and after that moment each existing local date has one edition, at the right moment.

    For one that was asked for just then, too: a slot that was pushed past midnight is meant for the day before.
    """
    around = near(clocks, moment, AROUND + MARGIN)
    bare = moment.replace(tzinfo=None)
    days = [day for day in dates(around) if abs(day - bare.date()) <= AROUND + MARGIN]
    for at in times:
        for begin in (moment - AROUND, moment):
            right = expected(around, days, at, begin, moment + AROUND)
            assert walked(zone, at, begin, moment + AROUND) == right, (zone, at, begin)


def test_round_every_change_of_every_zone_each_local_date_has_one_edition():
    walked_round: set[tuple[Stretch, ...]] = set()
    for zone in distinct_zones():
        clocks = stretches(ZoneInfo(zone), BEGIN - MARGIN, END + MARGIN, step=DAY)
        if clocks in walked_round:
            continue  # it differs from another zone only before these years
        walked_round.add(clocks)
        for number, moment in enumerate(changes(clocks)):
            # The ends of the day in turn: each zone has a change of every kind with each of them.
            assert_right_about(zone, clocks, moment, [*beside(clocks, moment), *ALWAYS[number // 2 % 2 :: 2]])
    assert len(walked_round) > 30  # that there were some to be walked round


@pytest.mark.parametrize(("zone", "moment"), WHOLE_DAYS)
def test_a_date_left_out_has_no_edition_and_a_date_shown_twice_has_one(zone, moment):
    moment = moment.replace(tzinfo=UTC)
    clocks = stretches(ZoneInfo(zone), moment - 8 * DAY, moment + 8 * DAY, step=timedelta(hours=1))
    assert len(clocks) == 2
    assert abs(clocks[1].ahead - clocks[0].ahead) > DAY / 2
    assert_right_about(zone, clocks, changes(clocks)[0], [time(hour, minute) for hour in range(24) for minute in (0, 30)])


@given(
    zone=st.sampled_from(zones()),
    at=st.times(max_value=time(23, 59)).map(lambda at: at.replace(second=0, microsecond=0)),
    # From the year of the International Date Line on; within the tables and their rules.
    noon=st.datetimes(datetime(1900, 1, 1), datetime(2060, 1, 1)).map(lambda moment: moment.replace(minute=0, second=0, microsecond=0)),
)
def test_whenever_and_wherever_each_local_date_has_one_edition(zone, at, noon):
    moment = noon.replace(tzinfo=UTC)
    clocks = stretches(ZoneInfo(zone), moment - 6 * DAY, moment + 6 * DAY, step=timedelta(hours=1))
    assert walked(zone, at, moment - AROUND, moment + AROUND) == expected(clocks, dates(clocks), at, moment - AROUND, moment + AROUND)


@given(
    zone=st.sampled_from(zones()),
    at=st.times(),
    after=st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1)),
)
def test_an_edition_may_come_until_six_hours_later_or_its_local_day_is_over_and_half_an_hour_at_least(zone, at, after):
    there = ZoneInfo(zone)
    slot = next_slot(a_subscription(at=at, zone=zone), after.replace(tzinfo=UTC))
    until = last_moment(slot, there)
    today, last, first_late = (moment.astimezone(there).date() for moment in (slot.utc, until - timedelta.resolution, until))
    assert slot.utc + LATE_MIN <= until <= slot.utc + LATE_MAX
    assert last == today or until == slot.utc + LATE_MIN
    assert until == slot.utc + LATE_MAX or first_late > today


def test_a_zone_that_has_no_changes_is_due_every_24_hours():
    clocks = stretches(ZoneInfo("Asia/Baghdad"), BEGIN, BEGIN + 9 * DAY)
    assert due(clocks, date(2024, 1, 4), time(8)) == datetime(2024, 1, 4, 5)
    assert len(walked("Asia/Baghdad", time(8), BEGIN, BEGIN + 9 * DAY)) == 9
