"""What was corrected in briefs, as readers are told it: what they had, what stands now, why."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo
from typing import Final

from briefs.brief import Brief, Correction
from briefs.message import Block, Heading, Label, Line, Message, Prose, Section, SmallPrint, Span, Words, words
from briefs.pages.wording import day, line, plural

TITLE: Final = "Corrections"
ENDS: Final = ".!?…"


def day_of(correction: Correction, zone: tzinfo = UTC) -> date:
    """The day it was made; a moment's in that zone."""
    return _day(correction.at, zone)


def _day(at: date | datetime, zone: tzinfo) -> date:
    return at.astimezone(zone).date() if isinstance(at, datetime) else at


def corrections_section(brief: Brief, corrections: Sequence[Correction]) -> Section:
    """What was corrected in a brief, on a page of its own: the newest first; there is at least one."""
    return Section(TITLE, tuple(_line(brief, one, UTC, several=False) for one in reversed(corrections)))


def corrections_of(briefs: Sequence[Brief]) -> Section | None:
    """What was corrected in briefs that are checked; None where nothing was."""
    corrected = [brief for brief in briefs if brief.mended]
    if len(briefs) == 1:
        return corrections_section(corrected[0], corrected[0].mended) if corrected else None
    lines = tuple(told_line(brief, one, UTC) for brief in corrected for one in reversed(brief.mended))
    return Section(TITLE, lines) if lines else None


def told_line(brief: Brief, correction: Correction, zone: tzinfo) -> Line:
    """A correction among those of other briefs: with the brief's headline, and its citations with the article's handle."""
    return _line(brief, correction, zone, several=True)


def _line(brief: Brief, correction: Correction, zone: tzinfo, *, several: bool) -> Line:
    when = dated(correction, zone, short=several)
    why = f" {sentence(correction.why)}" if correction.why.strip() else ""
    by = f" by {correction.by}" if correction.by else ""
    if correction.withdraws:
        return Line((Label(f"Withdrawn {when}"), Words(f"{by or ' by the curator'}: “{brief.headline.text}”.{why}")))
    was = "" if correction.back else f" Was: “{correction.was}”{'' if correction.was[-1] in ENDS else '.'}"
    where = (Label(f"Corrected {when}"), Words(f" in “{brief.headline.text}”:")) if several else (Label(f"Corrected {when}:"),)
    head: tuple[Span, ...] = (*where, Words(f"{why}{was} "))
    if correction.became is None:
        return Line((*head, Words("It was taken out.")))
    if correction.made is None and (later := _next(brief, correction)):  # as a library has it: by the line that stands now
        return Line((*head, Words(f"Then: “{later.was}”")))
    # A brief's slug is its article's handle.
    then = line(correction.became, {brief.article: brief.slug} if several else None)
    return Line((*head, Words(_stands(correction)), *then.spans), then.cites)


def _next(brief: Brief, correction: Correction) -> Correction | None:
    """The correction that changed the same line after that one; None where none did."""
    behind = brief.corrections[brief.corrections.index(correction) + 1 :] if correction in brief.corrections else ()
    return next((one for one in behind if one.line is not None and one.line == correction.line), None)


def _stands(correction: Correction) -> str:
    """What leads to the words a correction made of a line: whether they stand there now."""
    if correction.back:
        return "Stands again: "
    if correction.undone:
        return "In between: "
    return "Now: " if correction.became == correction.line else "Then: "


def dated(correction: Correction, zone: tzinfo = UTC, *, short: bool = False) -> str:
    """The day it was made, and the day it was taken back where it was.

    Args:
        short: without the year.
    """
    days = [day_of(correction, zone), *([_day(correction.undone, zone)] if correction.undone else [])]
    return ", taken back ".join(f"{one.day} {one:%b}" if short else day(one) for one in days)


def sentence(why: str) -> str:
    """A reason as a sentence of its own."""
    plain = why.strip()
    return f"{plain[0].upper()}{plain[1:]}{'' if plain[-1] in ENDS else '.'}"


def corrections_page(corrected: Sequence[tuple[Brief, Correction]], *, more: bool) -> Message:
    """What was corrected or withdrawn lately, for everyone: the newest first.

    Args:
        corrected: the newest first.
        more: there are older ones.
    """
    if not corrected:
        text = "Nothing has been corrected lately."
        return Message(text, (Prose(words(text)),))
    blocks: list[Block] = [Heading(TITLE), Section("The newest first", tuple(told_line(brief, one, UTC) for brief, one in corrected))]
    if more:
        blocks.append(SmallPrint(words("Older ones stand under their brief's headline.")))
    return Message(f"{plural(len(corrected), 'correction')}, the newest first.", tuple(blocks))
