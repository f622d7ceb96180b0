"""Local dates as people write them."""

import re
import unicodedata
from datetime import date, timedelta
from typing import Final

from briefs.digest import WEEKDAYS
from briefs.errors import BadInput, shown

# In English on every machine.
_MONTHS: Final = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
_DAYS: Final = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
ISO: Final = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_DAY_MONTH: Final = re.compile(r"(?P<day>\d{1,2})(?:\.|st|nd|rd|th)?\s*(?P<month>[a-z]{3,})\.?,?(?:\s+(?P<year>\d{4}))?")
_MONTH_DAY: Final = re.compile(r"(?P<month>[a-z]{3,})\.?\s*(?P<day>\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(?P<year>\d{4}))?")
_SPAN: Final = re.compile(r"(?:in\s+|for\s+)?(?P<count>\d{1,3}|an?|one)\s*(?P<unit>d|days?|w|weeks?)")
_NAMED: Final = {"yesterday": -1, "today": 0, "tomorrow": 1}
_LEAP_MAX: Final = 8  # years from one 29 February to the next, at most
HOW: Final = "Write a date like 2026-12-01, 1 dec, monday or 3 days."


def parse_date(typed: str, today: date, *, option: str, past: bool = False) -> date:
    """A local date as people write it: `2026-12-01`, `1 dec`, `Dec 1, 2026`, `monday`, `tomorrow`, `3 days`, `in 2 weeks`.

    Args:
        today: the local date it is read on.
        option: the option it was typed for, which the sentence names.
        past: a weekday, or a day without a year, is the last one up to today; else the next one, for a weekday later
            than today.

    Raises:
        BadInput: it is no date; the sentence shows how to write one.
    """
    found = read_date(typed, today, past=past)
    if found is None:
        raise BadInput(f"{option}: does not know the date “{shown(typed)}”. {HOW}")
    return found


def read_date(typed: str, today: date, *, past: bool = False) -> date | None:
    """As `parse_date`; None where it is no date."""
    plain = " ".join(unicodedata.normalize("NFKC", typed).casefold().split())
    plain = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in plain)
    return _iso(plain) or _relative(plain, today, past=past) or _in_a_year(plain, today, past=past)


def _iso(plain: str) -> date | None:
    if not ISO.fullmatch(plain):
        return None
    return _real(*map(int, plain.split("-")))


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _relative(plain: str, today: date, *, past: bool) -> date | None:
    if plain in _NAMED:
        return today + timedelta(days=_NAMED[plain])
    word = plain.removeprefix("last " if past else "next ")
    if word in WEEKDAYS or word in _DAYS:
        ahead = (WEEKDAYS.index(word[:3]) - today.weekday()) % 7
        return today + timedelta(days=(ahead - 7 if ahead else 0) if past else ahead or 7)
    if not past and (span := _SPAN.fullmatch(plain)):
        count = int(span["count"]) if span["count"].isdigit() else 1
        return today + timedelta(days=count * (7 if span["unit"].startswith("w") else 1))
    return None


def _in_a_year(plain: str, today: date, *, past: bool) -> date | None:
    match = _DAY_MONTH.fullmatch(plain) or _MONTH_DAY.fullmatch(plain)
    month = next((n for n, name in enumerate(_MONTHS, start=1) if match and name.startswith(match["month"])), 0)
    if match is None or not month:
        return None
    if match["year"]:
        return _real(int(match["year"]), month, int(match["day"]))
    step = -1 if past else 1
    days = (_real(today.year + step * years, month, int(match["day"])) for years in range(_LEAP_MAX + 1))
    return next((day for day in days if day and (day <= today if past else day >= today)), None)
