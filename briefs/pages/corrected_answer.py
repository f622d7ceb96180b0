"""An answer that was shared, put right: in whatever it shows a line, be it a brief, a check, a timeline or what a search found."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from briefs.article import CitedLine
from briefs.brief import Brief
from briefs.brief_lines import numbered
from briefs.message import (
    Block,
    Button,
    Buttons,
    CheckedLine,
    Choices,
    DatedLine,
    Heading,
    Lead,
    Line,
    Message,
    Notice,
    Section,
    Timeline,
)
from briefs.pages.corrections import ENDS, TITLE
from briefs.pages.wording import both_forms, line

GONE: Final = "a line that was taken out"

# What becomes of a line that is shown: as it stands now; None where it goes.
Put = Callable[[Line], Line | None]


def answer_corrected(message: Message, old: CitedLine, new: CitedLine | None, told: Line) -> Message | None:
    """The answer with the line as it stands now, and what was corrected below its headline; None where it does not show the line.

    Args:
        told: what was corrected, as a post says it.
    """

    def put(shown: Line) -> Line | None:
        if not _says(shown, old):
            return shown
        return None if new is None else _cited_alike(line(new), shown)

    was, now = both_forms(old), GONE if new is None else both_forms(new)
    blocks = _through(message.blocks, put)
    if new is not None:
        blocks = [_renamed(block, was, now) for block in blocks]
    if tuple(blocks) == message.blocks:
        return None
    return replace(message, summary=put_for(message.summary, was, now), blocks=_below_the_headline(blocks, told))


def answer_returned(message: Message, taken: Line, told: Line) -> Message | None:
    """The answer with the word that a line stands again; None where it does not say that it was taken out.

    Args:
        taken: what the post said then.
    """
    lost = any(isinstance(block, Section) and block.title == TITLE and taken in block.lines for block in message.blocks)
    return replace(message, blocks=_below_the_headline(message.blocks, told)) if lost else None


def answer_withdrawn(message: Message, brief: Brief, notice: Notice) -> Message | None:
    """The answer without any line of the brief, and the notice in their place; None where it shows none."""
    lines = [one.line for one in numbered(brief)]
    headline = both_forms(brief.headline)
    left = _through(message.blocks, lambda shown: None if any(_says(shown, one) for one in lines) else shown)
    left = [_renamed(block, headline, f"withdrawn: {headline}") for block in left]
    if tuple(left) == message.blocks:
        return None
    kept = [b for b in (_without_presses(block, brief.slug) for block in left if not _of_corrections(block)) if b is not None]
    at = next((at for at, block in enumerate(kept, start=1) if isinstance(block, Heading)), 0)
    summary = message.summary
    for one in lines:
        summary = put_for(summary, both_forms(one), f"withdrawn: {headline}")
    return replace(message, summary=summary, blocks=(*kept[:at], notice, *kept[at:]), menus=())


def _through(blocks: Sequence[Block], put: Put) -> list[Block]:
    """The blocks with each line that is no story's as it is put; what is left without any goes."""
    return [done for block in blocks for done in _put(block, put)]


def _put(block: Block, put: Put) -> tuple[Block, ...]:
    match block:
        case Lead(label, shown):
            now = put(shown)
            return () if now is None else (Lead(label, now),)
        case Section(title, lines) if title != TITLE:
            left = tuple(now for shown in lines if (now := put(shown)) is not None)
            return (Section(title, left),) if left else ()
        case CheckedLine(position=position, total=total, line=shown):
            now = put(shown)
            # Its sentences and its verdict are those of what it said.
            return () if now is None else (block,) if now == shown else (Section(f"Line {position} of {total}", (now,)),)
        case Timeline(steps):
            dated = tuple(DatedLine(s.when, s.dated, now) for s in steps if (now := put(s.line)) is not None)
            return (Timeline(dated),) if dated else ()
        case Choices(title, choices):
            found = tuple(replace(choice, detail=now) for choice in choices if (now := put(choice.detail)) is not None)
            return (Choices(title, found),) if found else ()
        case _:
            return (block,)


def put_for(text: str, was: str, now: str) -> str:
    """The text with a line of a brief put in the place of another; a longer line that only begins with the same words stays."""
    goes_on = "" if was[-1] in f'{ENDS}”"' else r"(?! ?\w)"
    return re.sub(f"{re.escape(was)}{goes_on}", lambda _: now, text)


def _renamed(block: Block, was: str, now: str) -> Block:
    """The block with what is headed by those words headed by others."""
    match block:
        case Heading(text):
            return Heading(put_for(text, was, now))
        case Choices(title, choices):
            return Choices(title, tuple(replace(choice, label=put_for(choice.label, was, now)) for choice in choices))
        case _:
            return block


def _says(shown: Line, one: CitedLine) -> bool:
    """Whether what is shown is that line, with the day behind a "yesterday" or without it."""
    text = _plain(shown)
    return bool(text) and text in {one.text, _plain(line(one))}


def _plain(shown: Line) -> str:
    return "".join(span.text for span in shown.spans if hasattr(span, "text"))


def _cited_alike(now: Line, shown: Line) -> Line:
    """The line with its citations as those around it have them: with the article's handle, or without."""
    handle = shown.cites[0].rpartition(":")[0] if shown.cites else ""
    return replace(now, cites=tuple(f"{handle}:{cite}" for cite in now.cites)) if handle else now


def _of_corrections(block: Block) -> bool:
    return isinstance(block, Section) and block.title == TITLE


def _below_the_headline(blocks: Sequence[Block], told: Line) -> tuple[Block, ...]:
    """What was corrected as the first of what is told below the headline."""
    at = next((at for at, block in enumerate(blocks, start=1) if isinstance(block, Heading)), 0)
    rest = list(blocks[at:])
    before: tuple[Line, ...] = ()
    if rest and isinstance(first := rest[0], Section) and first.title == TITLE:
        before, rest = first.lines, rest[1:]
    return (*blocks[:at], Section(TITLE, (told, *before)), *rest)


def _without_presses(block: Block, slug: str) -> Block | None:
    """The block without what opens the brief; None where nothing is left of it."""
    match block:
        case Buttons(row):
            left = tuple(button for button in row if not _opens(button, slug))
            return Buttons(left) if left else None
        case _:
            return block


def _opens(button: Button, slug: str) -> bool:
    return any(piece.split(":")[0] == slug or piece == f"in:{slug}" for piece in button.command.replace(",", " ").split()[1:])
