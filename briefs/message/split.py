"""A message in as many as it takes: broken between blocks and lines, and within a line only where no message holds it."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from briefs.message import Message, title_of
from briefs.message.blocks import (
    Block,
    Buttons,
    Choices,
    Comparison,
    Evidence,
    Fields,
    Heading,
    Manual,
    Section,
    SmallPrint,
    Story,
    Timeline,
)
from briefs.message.parts import Words
from briefs.message.tear import short_names, shortened, torn

HEAD_MAX: Final = 100  # characters of the headline that a further message repeats
CONTINUED: Final = "continued"

# What a block is a row of, and what names the row.
_ROWS: Final = {
    Section: ("lines", "title"),
    Story: ("lines", "headline"),
    Choices: ("choices", "title"),
    Fields: ("fields", ""),
    Evidence: ("sentences", ""),
    Comparison: ("rows", ""),
    Timeline: ("steps", ""),
    Manual: ("commands", ""),
    Buttons: ("buttons", ""),
}
# What comes after the row, and so stands with the last of it.
_AFTER: Final = {Story: ("about", ()), Evidence: ("note", "")}


def split(message: Message, fits: Callable[[Message], bool]) -> tuple[Message, ...]:
    """The message in as many as it takes, in order; itself where it fits.

    Every line keeps its citations, and is whole unless it alone is too long for a message; then it goes on in the next
    one, with "…" at both ends of the break. Titles and labels that would fill a message are shortened. Menus stand under
    the last message, where there is room for them.

    Args:
        fits: whether a message can be shown as one; true of every message of one short line whose names have at most
            150 characters each.

    Raises:
        ValueError: not even a single word fits.
    """
    if fits(message):
        return (message,)
    packed = _packed(message, fits)
    menus = replace(message, blocks=packed[-1], menus=message.menus)
    last = message.menus if fits(menus) else ()
    parts = []
    for number, blocks in enumerate(packed, start=1):
        summary = message.summary if number == 1 else f"{shortened(message.summary, HEAD_MAX)} ({number} of {len(packed)})"
        parts.append(replace(message, summary=summary, blocks=blocks, menus=last if number == len(packed) else ()))
    return tuple(parts)


def _packed(message: Message, fits: Callable[[Message], bool]) -> list[tuple[Block, ...]]:
    """The blocks of each message."""

    def room_for(blocks: list[Block]) -> bool:
        return fits(replace(message, blocks=tuple(blocks), menus=()))

    head = SmallPrint((Words(f"{shortened(title_of(message), HEAD_MAX)} · {CONTINUED}"),))
    waiting = deque(short_names(block) for block in message.blocks)
    packed: list[tuple[Block, ...]] = []
    current: list[Block] = []
    while waiting:
        block = waiting.popleft()
        if room_for([*current, block]):
            current.append(block)
            continue
        some, rest = _as_many(block, lambda some: room_for([*current, some]))  # noqa: B023 called before it changes
        if some is not None:
            packed.append((*current, some))
            current, waiting = [head], deque([*rest, *waiting])
        elif any(not isinstance(begun, Heading) for begun in current if begun is not head):
            packed.append(tuple(current))
            current = [head]
            waiting.appendleft(block)
        else:
            waiting.extendleft(reversed(_first_alone(block) or torn(block)))
    return [*packed, tuple(current)]


def _as_many(block: Block, room_for: Callable[[Block], bool]) -> tuple[Block | None, list[Block]]:
    """As many of a block's rows as there is room for, and the block with the rest; None where there is room for none."""
    rows, name = _ROWS.get(type(block), ("", ""))
    pieces: tuple[object, ...] = getattr(block, rows, ())
    most, least = len(pieces) - 1, 0
    while least < most:  # the more rows, the less room: halve
        middle = (least + most + 1) // 2
        least, most = (middle, most) if room_for(_some(block, pieces[:middle], rows)) else (least, middle - 1)
    if least == 0:
        return None, []
    named = {name: f"{getattr(block, name)} ({CONTINUED})"} if name and CONTINUED not in getattr(block, name) else {}
    return _some(block, pieces[:least], rows), [_with(block, {rows: pieces[least:], **named})]


def _first_alone(block: Block) -> list[Block]:
    """A block of several rows as two, the first with one row; nothing where it has no more than that."""
    rows, _ = _ROWS.get(type(block), ("", ""))
    pieces: tuple[object, ...] = getattr(block, rows, ())
    return [_some(block, pieces[:1], rows), _with(block, {rows: pieces[1:]})] if len(pieces) > 1 else []


def _some(block: Block, pieces: tuple[object, ...], rows: str) -> Block:
    after = dict([_AFTER[type(block)]]) if type(block) in _AFTER else {}
    return _with(block, {rows: pieces, **after})


def _with(block: Block, changed: Mapping[str, Any]) -> Block:
    return replace(block, **changed)
