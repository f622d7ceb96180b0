"""Decisions of curators as rows of a table that people read: one for each line that changed, or one for the whole."""

from collections.abc import Iterator
from datetime import UTC
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final

from briefs.brief import Brief
from briefs.brief_lines import numbered
from briefs.decision import Change, Decision, Shelved
from briefs.review import Review

COLUMNS: Final = ("number", "when", "who", "what", "brief", "line", "before", "after", "why")
_Line = tuple[str, str]  # its number, counted from 1, and its words with the sentences it rests on


def rows(one: Decision) -> Iterator[tuple[str, ...]]:
    """Of a decision, under `COLUMNS`; "when" is UTC, and all there is to know stands in the log's JSON."""
    lines = [pair for change in one.changes for pair in _lines(change)]
    what = one.act.value if lines or not one.told else f"{one.act.value}: {one.told}"
    # Without the sign before it: a spreadsheet would take that for a formula, and it would have to be defused.
    begins = (str(one.number), f"{one.at.astimezone(UTC):%Y-%m-%d %H:%M:%S}", one.by.removeprefix("@"), what, one.about)
    for before, after in lines:
        yield (*begins, before[0] or after[0], before[1], after[1], one.reason)
    if not lines:
        yield (*begins, "", *_state(one.changes), one.reason)


def _lines(change: Change) -> Iterator[tuple[_Line, _Line]]:
    """The lines of a brief that are not as they were; where there is none, before or after, it is two empty texts."""
    if not isinstance(change.before, Brief) or not isinstance(change.after, Brief):
        return
    was, now = _told(change.before), _told(change.after)
    matched = SequenceMatcher(None, [words for _, words in was], [words for _, words in now], autojunk=False)
    for kind, one, behind, other, beyond in matched.get_opcodes():
        if kind != "equal":
            yield from zip_longest(was[one:behind], now[other:beyond], fillvalue=("", ""))


def _told(brief: Brief) -> list[_Line]:
    return [(str(one.number), f"{one.line.text} [{', '.join(str(c.sentence) for c in one.line.citations)}]") for one in numbered(brief)]


def _state(changes: tuple[Change, ...]) -> tuple[str, str]:
    """How a draft or brief stood before and stands after, or what a note said; two empty texts where that is as it was."""
    for kind in (Shelved.REVIEW, Shelved.BRIEF, Shelved.NOTE):
        for change in changes:
            before, after = _standing(change.before), _standing(change.after)
            if change.kind is kind and before != after:
                return before, after
    return "", ""


def _standing(value: object) -> str:
    match value:
        case Review():
            return value.stage.value
        case Brief():
            return value.state.value
        case str():
            return value
        case _:
            return ""
