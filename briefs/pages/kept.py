"""Editions as they were posted, read again."""

from collections.abc import Sequence
from datetime import UTC, date

from briefs.brief import Brief, Correction
from briefs.message import Block, Buttons, Message, Moment, Notice, Outcome, Prose, Section, SmallPrint, Words, words
from briefs.message.split import CONTINUED
from briefs.pages.corrections import told_line
from briefs.pages.history import Past, on, where
from briefs.pages.presses import press
from briefs.pages.wording import SEPARATOR, long_day


def kept_page(found: Sequence[Past], zone: str, since: Sequence[tuple[Brief, Correction]] = ()) -> Message:
    """A channel's editions of one local date, each as it was posted, with when that was; its parts are joined.

    Args:
        found: never empty; by name.
        since: what was corrected or withdrawn since in what they tell, the first to come first.
        zone: the IANA name of the zone its moments are written in where the platform has no better way.
    """
    blocks: list[Block] = []
    if since:
        blocks.append(Notice(words("Since it was posted, some of it was corrected or withdrawn.")))
        blocks.append(Section("Since then", tuple(told_line(brief, one, UTC) for brief, one in since)))
    for past in found:
        blocks.append(_note(past, zone))
        for place, record in enumerate(past.records):
            blocks += _without_repeat(record.delivery.message.blocks) if place else record.delivery.message.blocks
    first = found[0]
    titles = "; ".join(past.records[0].delivery.message.summary for past in found)
    return Message(titles, tuple(blocks), line=press("", "brief", first.meant_for.isoformat()).command)


def no_edition_page(day: date, nearest: Sequence[date]) -> Message:
    """The channel had no edition of that local date; the nearest it had.

    Args:
        nearest: may be empty.
    """
    text = f"This channel had no edition on {long_day(day)} {day.year}."
    if not nearest:
        return Message(text, (Prose(words(text)),), outcome=Outcome.NOT_FOUND)
    told = f"{text} The nearest: {', '.join(map(on, nearest))}."
    row = Buttons(tuple(press(on(near), "brief", near.isoformat()) for near in nearest))
    return Message(told, (Prose(words(told)), row), outcome=Outcome.NOT_FOUND)


def _note(past: Past, zone: str) -> Prose:
    told = f"Edition “{past.name}” of {long_day(past.meant_for)} {past.meant_for.year}, as this channel was sent it"
    if len(past.sent) < len(past.records):
        return Prose(words(f"{told}, or may have been: nobody can tell whether all of it arrived."))
    when = (Words(" on "), Moment(past.arrived, zone)) if past.arrived else ()
    seen = (Words(SEPARATOR), *where(past.address)) if past.address else ()
    return Prose((Words(told), *when, *seen))


def _without_repeat(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks of a further part, without the title it repeats."""
    match blocks:
        case [SmallPrint(spans=(Words(text=text),)), *rest] if text.endswith(f"{SEPARATOR}{CONTINUED}"):
            return rest
        case _:
            return blocks
