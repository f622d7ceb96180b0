"""Words in quotation marks: where they begin and end, in one sentence or through several paragraphs."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from briefs.article import Quote

_DOUBLE: Final = re.compile('["“”„«»]')
_SINGLE: Final = re.compile("['‘’]")
# Words that lost their first letters, and years that lost their century: the mark before them opens nothing.
_SHORTENED: Final = re.compile(r"(?:em|til|tis|twas|cause|bout|n|round|\d0s)\b", re.IGNORECASE)
_BEFORE_OPENING: Final = frozenset("([{—–-‘“\"'/…")
_AFTER_CLOSING: Final = frozenset(")]},.;:!?—–-’”\"'/…")


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a quotation stands, without its marks."""

    start: int
    end: int


@lru_cache(maxsize=1_024)
def quotes(text: str) -> tuple[Quote, ...]:
    """What stands in quotation marks in one sentence; nobody is named yet.

    Args:
        text: one sentence. It may stand within a longer quotation: a mark that only opens reaches to its end, one that
            only closes reaches back to its beginning.

    Returns:
        In the order in which they begin; one within another comes after it. Apostrophes are no quotation marks.
    """
    return tuple(Quote(span.start, span.end) for span in _nested(text, _doubles(text, lone_closes=True)))


def quoted_spans(text: str) -> tuple[tuple[int, int], ...]:
    """What stands in quotation marks in a whole article: (start, end), offsets into it.

    Args:
        text: with LF line ends. A quotation that is open at the end of a paragraph runs on where the next one opens it
            anew, and ends there otherwise.

    Returns:
        One span for each paragraph of a longer quotation, in reading order.
    """
    found: list[tuple[int, int]] = []
    for match in re.finditer(r"[^\n]+", text):
        line = match[0]
        spans = _nested(line, _doubles(line, lone_closes=False))
        found += [(match.start() + span.start, match.start() + span.end) for span in spans]
    return tuple(found)


def runs_on(text: str, end: int) -> bool:
    """Whether the quotation that ends at `end` was never closed in its paragraph and the next one opens it anew."""
    if text[end : end + 1] not in {"", "\n", " "}:
        return False
    rest = text[end:].lstrip()
    return _DOUBLE.match(rest) is not None and "\n" in text[end : len(text) - len(rest)]


def _doubles(text: str, *, lone_closes: bool) -> list[_Span]:
    marks = [match.start() for match in _DOUBLE.finditer(text)]
    spans: list[_Span] = []
    opened: int | None = None
    for number, at in enumerate(marks):
        if opened is not None:
            if _opens_surely(text, at) and not _closes(text, at):
                # Opened twice: the first was never closed.
                spans.append(_Span(opened + 1, at))
                opened = at
            else:
                spans.append(_Span(opened + 1, at))
                opened = None
        elif _is_inch(text, at):
            continue
        elif _opens(text, at) or (number + 1 < len(marks) and _closes(text, marks[number + 1])):
            opened = at
        elif lone_closes and not spans:
            spans.append(_Span(0, at))
    if opened is not None and opened + 1 < len(text.rstrip()):
        spans.append(_Span(opened + 1, len(text.rstrip())))
    return [span for span in (_trimmed(text, span) for span in spans) if span.start < span.end]


def _trimmed(text: str, span: _Span) -> _Span:
    inside = text[span.start : span.end]
    return _Span(span.start + len(inside) - len(inside.lstrip()), span.end - len(inside) + len(inside.rstrip()))


def _is_inch(text: str, at: int) -> bool:
    return text[at] == '"' and at > 0 and text[at - 1].isdigit() and text[at + 1 : at + 2] not in {"", ",", ".", ";", ":", "!", "?"}


def _opens_surely(text: str, at: int) -> bool:
    return text[at] in "“„«" and not (text[at] == "“" and _closes_by_place(text, at))


def _opens(text: str, at: int) -> bool:
    if text[at] in "“„«":
        return not _closes_by_place(text, at)
    if text[at] in "”»":
        return False
    return not _closes_by_place(text, at)


def _closes(text: str, at: int) -> bool:
    return text[at] in "”»" or _closes_by_place(text, at)


def _closes_by_place(text: str, at: int) -> bool:
    """Whether the mark hangs on the word before it and on none after it."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    hangs = before != "" and not before.isspace() and before not in "([{—–"
    free = after == "" or after.isspace() or after in _AFTER_CLOSING
    return hangs and free


def _nested(text: str, doubles: list[_Span]) -> list[_Span]:
    """The quotations with those in single marks, which mostly stand within another."""
    if not _SINGLE.search(text):
        return doubles
    edges = [0, *(edge for span in doubles for edge in (span.start, span.end)), len(text)]
    singles: list[_Span] = []
    at = 0
    while (opening := _single_opening(text, at)) is not None:
        limit = edges[min(bisect_left(edges, opening + 1), len(edges) - 1)]
        closing = _single_closing(text, opening, limit)
        if closing is None:
            at = opening + 1
        else:
            singles.append(_Span(opening + 1, closing))
            at = closing + 1
    return sorted([*doubles, *singles], key=lambda span: (span.start, -span.end))


def _single_opening(text: str, at: int) -> int | None:
    for match in _SINGLE.finditer(text, at):
        start = match.start()
        before, after = text[start - 1 : start] if start else "", text[start + 1 : start + 2]
        begins = (before == "" or before.isspace() or before in _BEFORE_OPENING) and (after.isalnum() or after in '[“"…')
        if match[0] != "’" and begins and after and not _SHORTENED.match(text, start + 1):
            return start
    return None


def _single_closing(text: str, opening: int, limit: int) -> int | None:
    """The mark that closes: the first that hangs on a word or stop and is not surely the apostrophe of a plural."""
    possible = None
    for match in _SINGLE.finditer(text, opening + 2, limit):
        at = match.start()
        after = text[at + 1 : at + 2]
        if match[0] == "‘" or text[at - 1].isspace() or after.isalnum():
            continue
        possible = at
        plural = text[at - 1] in "sS" and after == " " and text[at + 2 : at + 3].islower()
        if not plural:
            return at
    return possible
