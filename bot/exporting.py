"""`standfirst log`: every decision of the curators with what stood before and after, in a file."""

import csv
import json
import sys
from collections.abc import AsyncIterator, Callable
from datetime import UTC
from enum import StrEnum
from typing import Any, Final

from adapters.storage.bodies import body
from bot.decisions_table import COLUMNS, rows
from bot.settings import Settings
from bot.wiring import build
from briefs.decision import Decision, Value
from briefs.errors import NotFound
from briefs.message import clean
from briefs.ports import Curation

READ: Final = 500  # of the log at a time
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")  # what a spreadsheet reads as a formula begins so


class Form(StrEnum):
    """How the log is written out."""

    TEXT = "text"  # a line a decision
    JSON = "json"  # an object a line, a decision each
    CSV = "csv"  # a row for each line that changed, and one for any other decision


async def export_log(settings: Settings, form: Form, about: str) -> int:
    """Print every decision, the newest last.

    Args:
        about: only those on that brief or card, by its slug; empty: all.

    Raises:
        NotFound: nothing has been decided on it.
    """
    bot = await build(settings, passing=True)
    try:
        write = _WRITERS[form]()
        written = 0
        async for decision in _decisions(bot.storage.curation, about.strip().casefold()):
            write(decision)
            written += 1
    finally:
        await bot.close()
    if about and not written:
        raise NotFound("draft or brief in the log", about, hint="Leave out --about for all of it.")
    return 0


async def _decisions(curation: Curation, about: str) -> AsyncIterator[Decision]:
    """Each with its changes, the oldest first; the numbers alone are held meanwhile."""
    numbers: list[int] = []
    while found := await curation.log(about=about, before=numbers[-1] if numbers else 0, limit=READ):
        numbers += [one.number for one in found]
    for number in reversed(numbers):
        decision = await curation.decision(number)
        if decision is not None:
            yield decision


def _text() -> Callable[[Decision], None]:
    def write(one: Decision) -> None:
        parts = [f"{one.number}", _at(one), one.by, one.act.value, one.about, one.told, one.reason]
        print(" · ".join(clean(" ".join(part.split())) for part in parts if part))

    return write


def _json() -> Callable[[Decision], None]:
    def write(one: Decision) -> None:
        changes = [{"kind": c.kind.value, "key": c.key, "before": _value(c.before), "after": _value(c.after)} for c in one.changes]
        print(json.dumps({**_plain(one), "changes": changes}, ensure_ascii=False))

    return write


def _csv() -> Callable[[Decision], None]:
    sheet = csv.writer(sys.stdout, lineterminator="\n")
    sheet.writerow(COLUMNS)

    def write(one: Decision) -> None:
        for row in rows(one):
            sheet.writerow([_defused(cell) for cell in row])

    return write


_WRITERS: Final[dict[Form, Callable[[], Callable[[Decision], None]]]] = {Form.TEXT: _text, Form.JSON: _json, Form.CSV: _csv}


def _plain(one: Decision) -> dict[str, str | int]:
    return {
        "number": one.number,
        "at": _at(one),
        "by": one.by,
        "person": one.person,
        "act": one.act.value,
        "about": one.about,
        "told": one.told,
        "reason": one.reason,
        "undoes": one.undoes,
    }


def _at(one: Decision) -> str:
    return one.at.astimezone(UTC).isoformat(timespec="seconds")


def _value(value: Value | None) -> Any:
    return None if value is None else json.loads(body(value))


def _defused(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell
