"""When an edition is due."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.digest import Place, Subscription, digest_key, last_moment, next_slot
from briefs.zones import zone_names
from tests.builders import next_slots


def subscription(zone: str, at: time, **changes) -> Subscription:
    return Subscription("console", "main", at, ZoneInfo(zone), "someone", **changes)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "at", "after", "due", "meant_for"),
    [
        pytest.param("Europe/London", "07:30", "2026-11-22T06:00", "2026-11-22T07:30", "2026-11-22", id="later-today"),
        pytest.param("Europe/London", "07:30", "2026-11-22T07:30", "2026-11-23T07:30", "2026-11-23", id="strictly-later"),
        pytest.param("America/New_York", "02:30", "2027-03-14T05:00", "2027-03-14T07:30", "2027-03-14", id="gap-moves-on-to-03:30"),
        pytest.param("Europe/London", "01:30", "2027-03-28T00:00", "2027-03-28T01:30", "2027-03-28", id="london-gap-to-02:30-BST"),
        pytest.param("America/Santiago", "00:30", "2027-09-05T00:00", "2027-09-05T04:30", "2027-09-05", id="midnight-gap"),
        pytest.param("Europe/London", "01:30", "2026-10-25T00:00", "2026-10-25T00:30", "2026-10-25", id="doubled-time-counts-first"),
        pytest.param("Europe/London", "01:30", "2026-10-25T00:30", "2026-10-26T01:30", "2026-10-26", id="doubled-time-only-once"),
        pytest.param("Asia/Baghdad", "08:00", "2026-11-22T00:00", "2026-11-22T05:00", "2026-11-22", id="baghdad-not-the-host"),
        pytest.param("Pacific/Apia", "07:30", "2011-12-29T18:00", "2011-12-30T17:30", "2011-12-31", id="a-date-that-does-not-exist"),
    ],
)
def test_next_slot(zone, at, after, due, meant_for):
    slot = next_slot(subscription(zone, time.fromisoformat(at)), utc(after))
    assert (slot.utc, slot.meant_for) == (utc(due), date.fromisoformat(meant_for))


def test_a_slot_pushed_past_midnight_is_meant_for_the_day_before_and_comes_once():
    nuuk = subscription("America/Nuuk", time(23, 30))
    slots = next_slots(nuuk, utc("2024-03-29T12:00"), 4)
    assert [s.meant_for.isoformat() for s in slots] == ["2024-03-29", "2024-03-30", "2024-03-31", "2024-04-01"]


def test_only_the_days_asked_for():
    mondays = subscription("Europe/London", time(7, 30), days=frozenset({0, 3}))
    assert [s.meant_for.strftime("%a") for s in next_slots(mondays, utc("2026-11-22T12:00"), 3)] == ["Mon", "Thu", "Mon"]


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="aware"):
        next_slot(subscription("UTC", time(1)), datetime(2026, 1, 1))


@given(
    zone=st.sampled_from(zone_names()),
    at=st.times(),
    after=st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)),
)
def test_slots_rise_and_no_local_date_comes_twice(zone, at, after):
    slots = next_slots(subscription(zone, at.replace(tzinfo=None)), after.replace(tzinfo=UTC), 5)
    assert all(a.utc < b.utc and a.meant_for < b.meant_for for a, b in pairwise(slots))
    assert slots[0].utc > after.replace(tzinfo=UTC)
    assert slots[4].utc - slots[0].utc < timedelta(days=6)


def test_a_key_names_space_channel_edition_and_date():
    assert digest_key(Place("console", "main"), "daily", date(2026, 11, 22)) == "digest:console:main:daily:2026-11-22:1"


@pytest.mark.parametrize(
    ("at", "last"),
    [
        pytest.param(time(7, 30), datetime(2026, 11, 22, 12, 30, tzinfo=UTC), id="six-hours"),
        pytest.param(time(20, 0), datetime(2026, 11, 22, 23, 0, tzinfo=UTC), id="its-own-day"),
        pytest.param(time(23, 59), datetime(2026, 11, 22, 23, 29, tzinfo=UTC), id="half-an-hour-at-least"),
    ],
)
def test_the_last_moment_an_edition_may_be_posted(at, last):
    slot = next_slot(subscription("Europe/Berlin", at), datetime(2026, 11, 21, 23, 0, tzinfo=UTC))
    assert last_moment(slot, ZoneInfo("Europe/Berlin")) == last
