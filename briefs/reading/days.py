"""The calendar dates that words such as "20 August 2015", "yesterday" and "Thursday" stand for."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from briefs.reading.numbers import amount

MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAYS_BACK_MAX: Final = 400  # "500 days ago" is a figure of speech, not a date

Resolver = Callable[[re.Match[str], date | None, bool], str]


def named(match: re.Match[str], day: date | None, _past: bool) -> str:
    """A named day, month or year; with a weekday but no year, the year next to `day` in which it falls on that weekday."""
    groups = match.groupdict()
    month = MONTHS.index(next(name for name in MONTHS if name.startswith(groups["month"][:3]))) + 1
    number = int(groups.get("day") or 0)
    if groups["year"]:
        return iso(int(groups["year"]), month, number)
    if not (number and groups.get("weekday") and day):
        return ""
    for year in (day.year, day.year - 1, day.year + 1):
        written = iso(year, month, number)
        if written and WEEKDAYS[date.fromisoformat(written).weekday()] == groups["weekday"]:
            return written
    return ""


def iso(year: int, month: int, day: int) -> str:
    """The date, or without a day the month, in ISO 8601; empty where there is none such ("31 June")."""
    if not day:
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def only_year(match: re.Match[str], _day: date | None, _past: bool) -> str:
    """The year the words name, whatever part of it they mean."""
    return match["year"]


def written_out(match: re.Match[str], _day: date | None, _past: bool) -> str:
    """A date that stands there in ISO 8601 already."""
    return iso(int(match[0][:4]), int(match[0][5:7]), int(match[0][8:]) or 32)


def unknown(_match: re.Match[str], _day: date | None, _past: bool) -> str:
    """What no publication date makes certain."""
    return ""


def near(match: re.Match[str], day: date | None, _past: bool) -> str:
    """Yesterday, today, tomorrow and their like."""
    if day is None:
        return ""
    word = match[0].casefold()
    days = -1 if word in {"yesterday", "last night"} else 1 if word == "tomorrow" else 0
    return (day + timedelta(days)).isoformat()


def period(match: re.Match[str], day: date | None, _past: bool) -> str:
    """The month or year before, of or after the publication."""
    if day is None:
        return ""
    turn = match["turn"].casefold().split()[-1]
    step = {"last": -1, "this": 0, "next": 1}[turn]
    if match["what"].casefold() == "year":
        return f"{day.year + step:04}"
    return _month(day, step)


def ago(match: re.Match[str], day: date | None, _past: bool) -> str:
    """So many days, months or years before the publication, to the day, the month or the year."""
    count = amount("one" if match["count"].casefold() in {"a", "an"} else match["count"])
    if day is None or count is None or count > DAYS_BACK_MAX:
        return ""
    unit, back = match["unit"].casefold(), int(count)
    if unit == "day":
        return (day - timedelta(back)).isoformat()
    if unit == "month":
        return _month(day, -back)
    return f"{day.year - back:04}" if unit == "year" and back < day.year else ""


def weekday(match: re.Match[str], day: date | None, past: bool) -> str:
    """The latest such weekday up to the day of publication, where the words tell of what has happened."""
    if day is None or not past:
        return ""
    return (day - timedelta((day.weekday() - WEEKDAYS.index(match["weekday"])) % 7)).isoformat()


def _month(day: date, step: int) -> str:
    months = day.year * 12 + day.month - 1 + step
    return f"{months // 12:04}-{months % 12 + 1:02}" if months >= 12 else ""
