"""The lines of a brief by number, as a curator names them, and a brief with one of them changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from briefs.article import CitedLine
from briefs.brief import Brief, KeyPoint, Section, Size, State
from briefs.errors import BadInput

T = TypeVar("T")


class Part(StrEnum):
    """What a line of a brief is."""

    HEADLINE = "headline"
    DIFFERENCE = "what is new"
    BOTTOM_LINE = "bottom line"
    POINT = "key point"
    NOTE = "note on the source"
    STEP = "step of the timeline"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line of a brief.

    Args:
        number: counted from 1, in the order shown; the steps of the timeline come last.
        place: among those of its part, as the brief has them, counted from 0.
        title: the section of a key point, or when a step happened; else what the line is.
    """

    number: int
    part: Part
    place: int
    line: CitedLine
    title: str


def numbered(brief: Brief) -> tuple[Numbered, ...]:
    """Every line of a brief under its number."""
    told: list[tuple[Part, int, CitedLine, str]] = [(Part.HEADLINE, 0, brief.headline, Part.HEADLINE.value.capitalize())]
    if brief.difference is not None:
        told.append((Part.DIFFERENCE, 0, brief.difference, Part.DIFFERENCE.value.capitalize()))
    told.append((Part.BOTTOM_LINE, 0, brief.bottom_line, Part.BOTTOM_LINE.value.capitalize()))
    for section in Section:
        told += [(Part.POINT, at, p.line, section.value) for at, p in enumerate(brief.points) if p.section is section]
    told += [(Part.NOTE, at, note, Part.NOTE.value.capitalize()) for at, note in enumerate(brief.oddities)]
    told += [(Part.STEP, at, step.line, f"Timeline, {step.when}") for at, step in enumerate(brief.timeline)]
    return tuple(Numbered(number, part, at, line, title) for number, (part, at, line, title) in enumerate(told, start=1))


def line_number(brief: Brief, number: int) -> Numbered:
    """The line of that number.

    Raises:
        BadInput: the brief has no such line.
    """
    lines = numbered(brief)
    if not 1 <= number <= len(lines):
        raise BadInput(f"“{brief.slug}” has lines 1 to {len(lines)}; there is no line {number}.")
    return lines[number - 1]


def with_line(brief: Brief, number: int, line: CitedLine) -> Brief:
    """The brief with another line in the place of that one.

    Raises:
        BadInput: it has no such line.
        Ungrounded: the brief would break a promise of its own (a bottom line that is too long).
    """
    old = line_number(brief, number)
    match old.part:
        case Part.HEADLINE:
            return replace(brief, headline=line)
        case Part.DIFFERENCE:
            return replace(brief, difference=line)
        case Part.BOTTOM_LINE:
            return replace(brief, bottom_line=line)
        case Part.POINT:
            return replace(brief, points=_put(brief.points, old.place, replace(brief.points[old.place], line=line)))
        case Part.NOTE:
            return replace(brief, oddities=_put(brief.oddities, old.place, line))
        case Part.STEP:
            return replace(brief, timeline=_put(brief.timeline, old.place, replace(brief.timeline[old.place], line=line)))


def without_line(brief: Brief, number: int) -> Brief:
    """The brief without that line.

    Raises:
        BadInput: it has no such line, or cannot be without it.
    """
    old = line_number(brief, number)
    match old.part:
        case Part.HEADLINE | Part.BOTTOM_LINE:
            at = f"{brief.slug} line:{number}"
            mend = f"/curate edit {at} text:…" if brief.state is State.DRAFT else f"/curate correct {at} why:… text:…"
            raise BadInput(f"A brief cannot be without its {old.part.value}. Give it other words: {mend}")
        case Part.DIFFERENCE:
            return replace(brief, updates="", difference=None)
        case Part.POINT:
            return replace(brief, points=_cut(brief.points, old.place))
        case Part.NOTE:
            return replace(brief, oddities=_cut(brief.oddities, old.place))
        case Part.STEP:
            return replace(brief, timeline=_cut(brief.timeline, old.place))


def with_line_again(brief: Brief, before: Brief, line: CitedLine) -> Brief:
    """The brief with a line that was taken out, again wherever it stood before: behind what it stood behind.

    Args:
        before: the brief as it was when the line stood in it.

    Raises:
        Ungrounded: too many lines at the standard size.
    """
    since = {one.was: one.line for one in brief.corrections if one.line is not None}
    new = before.difference == line
    return replace(
        brief,
        points=_again(brief.points, before.points, lambda point: point.line, line, since),
        oddities=_again(brief.oddities, before.oddities, lambda note: note, line, since),
        timeline=_again(brief.timeline, before.timeline, lambda step: step.line, line, since),
        updates=before.updates if new else brief.updates,
        difference=line if new else brief.difference,
    )


def gone(before: Brief, then: Brief, was: str) -> CitedLine | None:
    """The line with those words that the brief had before, and then no more; None where there is none."""
    left = [one.line for one in numbered(then)]
    return next((one.line for one in numbered(before) if one.line.text == was and one.line not in left), None)


def with_point(brief: Brief, line: CitedLine, section: Section, size: Size = Size.STANDARD) -> Brief:
    """The brief with one more key point, the last of its section.

    Raises:
        Ungrounded: too many lines at the standard size.
    """
    return replace(brief, points=(*brief.points, KeyPoint(section, line, size)))


def moved(brief: Brief, number: int, *, before: int = 0, section: Section | None = None, size: Size | None = None) -> Brief:
    """The brief with a key point in another place, section or size.

    Args:
        before: the number of the key point it is to stand before, whose section it takes; 0: it stays where it is, or
            becomes the last of `section`.

    Raises:
        BadInput: one of the two is no key point.
        Ungrounded: too many lines at the standard size.
    """
    place = _point(brief, number)
    point = brief.points[place]
    rest = list(_cut(brief.points, place))
    at = place
    if before:
        other = brief.points[_point(brief, before)]
        section, at = other.section, rest.index(other) if other is not point else place
    elif section is not None and section is not point.section:
        at = len(rest)
    rest.insert(at, replace(point, section=section or point.section, size=size or point.size))
    return replace(brief, points=tuple(rest))


def _point(brief: Brief, number: int) -> int:
    old = line_number(brief, number)
    if old.part is not Part.POINT:
        raise BadInput(f"Line {number} is the {old.part.value}: only key points can be moved.")
    return old.place


def _again(
    row: tuple[T, ...], before: tuple[T, ...], told: Callable[[T], CitedLine], line: CitedLine, since: Mapping[str, CitedLine]
) -> tuple[T, ...]:
    """The row with what told that line.

    Args:
        since: words that were corrected meanwhile, and the line they became.
    """
    for at, one in enumerate(before):
        if told(one) == line:
            ahead = [since.get(told(other).text, told(other)) for other in before[:at]]
            place = 1 + max((where for where, other in enumerate(row) if told(other) in ahead), default=-1)
            row = (*row[:place], one, *row[place:])
    return row


def _put(row: tuple[T, ...], at: int, one: T) -> tuple[T, ...]:
    return (*row[:at], one, *row[at + 1 :])


def _cut(row: tuple[T, ...], at: int) -> tuple[T, ...]:
    return (*row[:at], *row[at + 1 :])
