"""Presses: a command line carried by the id of a button or the value of an option, which outlive any restart."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, assert_never

from adapters.discord.limits import CUSTOM_ID_MAX, OPTION_VALUE_MAX, size
from briefs.message import (
    Buttons,
    CheckedLine,
    Choices,
    Comparison,
    Copyable,
    Evidence,
    Fields,
    Heading,
    Lead,
    Manual,
    Message,
    Notice,
    Prose,
    Section,
    SmallPrint,
    Story,
    Timeline,
)

PLACES: Final = 100  # pressable things in a message, or options in a menu; both stay far below it
SHORT_LENGTH: Final = 22  # characters of a short id, and of a mark
_MENU: Final = "sf="
# "sf", the place (what makes two presses of one line differ), "t" where it turns the page, "." and a mark; then ":" and
# the line, or "~" and its short id.
_PRESS: Final = re.compile(
    rf"sf(?P<place>\d{{1,2}})(?P<turns>t?)(?:\.(?P<mark>[\w-]{{{SHORT_LENGTH}}}))?"
    rf"(?::(?P<line>.+)|~(?P<short>[\w-]{{1,{SHORT_LENGTH}}}))",
    re.ASCII | re.DOTALL,
)
_HEAD: Final = len("sf99t:")  # of the longest kind, so that what fits in one place fits in every other
_MARKED: Final = len(".") + SHORT_LENGTH
_LINE_MAX: Final = min(CUSTOM_ID_MAX, OPTION_VALUE_MAX) - _HEAD


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a press asks.

    Args:
        line: the command line; empty where only its short id is known.
        short: the id it is kept under (port `Asks`); empty where the line itself is there. One of the two is empty.
        turns: the answer may take the place of the message that was pressed.
    """

    line: str
    short: str
    turns: bool


def press_id(place: int, line: str, shorts: Mapping[str, str], *, turns: bool = False, mark: str = "") -> str:
    """The id of a button, or the value of an option, that asks the line; at most 100 characters however they are counted.

    Args:
        place: counted from 0 among what can be pressed in the message, or within the menu.
        shorts: short ids of the lines that `too_long` names.
        mark: 22 characters to be found again in the channel's history; on the first button only.

    Raises:
        ValueError: the line is empty, or too long and has no short id; a place or a mark that there is none of.
    """
    if not 0 <= place < PLACES:
        raise ValueError(f"no place {place} in a message")
    body = f":{line}" if line and _fits(line, marked=bool(mark)) else f"~{shorts.get(line, '')}"
    made = f"sf{place}{'t' * turns}{'.' * bool(mark)}{mark}{body}"
    if _PRESS.fullmatch(made) is None:
        raise ValueError(f"a press needs a line that fits or its short id, and a mark of {SHORT_LENGTH} characters: {made!r}")
    return made


def pressed(custom_id: str) -> Pressed | None:
    """What `press_id` put into the id of a button or the value of an option; None where it is not one of ours."""
    found = _PRESS.fullmatch(custom_id)
    return None if found is None else Pressed(found["line"] or "", found["short"] or "", bool(found["turns"]))


def mark_in(custom_id: str) -> str:
    """The mark that an id carries; empty where it carries none."""
    found = _PRESS.fullmatch(custom_id)
    return "" if found is None else found["mark"] or ""


def menu_id(place: int) -> str:
    """The id of a select menu; what is asked stands in the value of the option that is picked.

    Args:
        place: counted from 0 among the menus of the message.
    """
    return f"{_MENU}{place}"


def is_menu(custom_id: str) -> bool:
    """Whether the id is that of a menu of ours."""
    return custom_id.startswith(_MENU)


def too_long(message: Message, *, marked: bool = False) -> tuple[str, ...]:
    """The command lines of a message that must be kept under a short id before it is rendered; each once, in order.

    Args:
        marked: it will carry a mark, which leaves the first button less room.
    """
    long: dict[str, None] = {}
    first = marked
    for line, is_button in _asked(message):
        if not _fits(line, marked=first and is_button):
            long[line] = None
        first = first and not is_button
    return tuple(long)


def _fits(line: str, *, marked: bool) -> bool:
    return size(line) <= _LINE_MAX - _MARKED * marked


def _asked(message: Message) -> Iterator[tuple[str, bool]]:
    """Every line that a press in the message asks, in reading order, and whether the press is a button."""
    for block in (*message.blocks, *message.menus):
        match block:
            case Buttons(buttons=row) | CheckedLine(buttons=row):
                yield from ((button.command, True) for button in row)
            case Story(open=button):
                yield button.command, True
            case Choices(choices=choices):
                yield from ((choice.command, False) for choice in choices)
            case Heading() | Lead() | Section() | Notice() | Prose() | Fields() | Evidence() | Comparison() | Timeline():
                pass
            case Manual() | Copyable() | SmallPrint():
                pass
            case _:
                assert_never(block)
