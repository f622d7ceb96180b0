"""Local dates as people write them."""

from datetime import date, timedelta

import pytest

from briefs.commands.dates import parse_date
from briefs.errors import BadInput

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("2026-1-5", date(2026, 1, 5)),
        ("２０２６-１２-０１", date(2026, 12, 1)),
        ("٢٠٢٦-١٢-٠١", date(2026, 12, 1)),
        ("1 dec", date(2026, 12, 1)),
        ("1 Dec 2027", date(2027, 12, 1)),
        ("1. December", date(2026, 12, 1)),
        ("1st december", date(2026, 12, 1)),
        ("Dec 1", date(2026, 12, 1)),
        ("December 1st, 2026", date(2026, 12, 1)),
        ("sept 3", date(2027, 9, 3)),
        ("21 nov", date(2027, 11, 21)),
        ("22 nov", SUNDAY),
        ("29 feb", date(2028, 2, 29)),
        ("monday", date(2026, 11, 23)),
        ("Mon", date(2026, 11, 23)),
        ("next friday", date(2026, 11, 27)),
        ("sunday", date(2026, 11, 29)),
        ("tomorrow", date(2026, 11, 23)),
        ("today", SUNDAY),
        ("3 days", date(2026, 11, 25)),
        ("in 3 days", date(2026, 11, 25)),
        ("for 2 weeks", date(2026, 12, 6)),
        ("a week", date(2026, 11, 29)),
        ("10d", date(2026, 12, 2)),
        ("  1   dec  ", date(2026, 12, 1)),
    ],
)
def test_a_date_ahead_is_read_as_it_is_written(typed, meant):
    assert parse_date(typed, SUNDAY, option="until") == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("22 nov", SUNDAY),
        ("23 nov", date(2025, 11, 23)),
        ("29 feb", date(2024, 2, 29)),
        ("sunday", SUNDAY),
        ("saturday", date(2026, 11, 21)),
        ("last monday", date(2026, 11, 16)),
        ("yesterday", date(2026, 11, 21)),
    ],
)
def test_a_date_that_was_is_the_last_such_one(typed, meant):
    assert parse_date(typed, SUNDAY, option="date", past=True) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "2026-13-01",
        "2026-02-30",
        "0000-00-00",
        "1/12",
        "31 feb",
        "32 dec",
        "1 decx",
        "noday",
        "3 years",
        "9999 days",
        "1 dec 0000",
    ],
)
def test_what_is_no_date_is_refused_with_how_to_write_one(typed):
    with pytest.raises(BadInput, match="until: does not know the date .* Write a date like 2026-12-01, 1 dec, monday or 3 days"):
        parse_date(typed, SUNDAY, option="until")


def test_a_span_counts_no_days_that_were():
    with pytest.raises(BadInput):
        parse_date("3 days", SUNDAY, option="date", past=True)


@pytest.mark.parametrize("days", range(8))
def test_a_weekday_is_within_the_week_that_begins_tomorrow(days):
    today = SUNDAY + timedelta(days=days)
    assert timedelta(days=1) <= parse_date("wed", today, option="until") - today <= timedelta(days=7)
