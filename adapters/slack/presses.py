"""Presses: the command line a button or an option carries, to Slack and back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from adapters.slack.limits import (
    BUTTON_TEXT_MAX,
    BUTTON_VALUE_MAX,
    OPTION_DESCRIPTION_MAX,
    OPTION_TEXT_MAX,
    OPTION_VALUE_MAX,
    PLACEHOLDER_MAX,
)
from adapters.slack.text import Payload, plain_text, plain_words, size
from briefs.message import Button, Buttons, CheckedLine, Choice, Choices, Message, Story

ACTION_IDS: Final = re.compile(r"^(?:press|menu):\d+$")  # every action_id of ours, for a listener to match
SHORT_MAX: Final = 22  # characters of a short id; see the port `Asks`

# Slack escapes these three in some payloads it sends and not in others; so they never reach it.
_SAFE: Final = str.maketrans({"%": "%25", "&": "%26", "<": "%3C", ">": "%3E"})
_SAVED: Final = re.compile("%(25|26|3C|3E)")
_VALUE: Final = re.compile(r"([lLsS]):(.+)", re.DOTALL)
_SHORT: Final = re.compile(rf"[A-Za-z0-9_-]{{1,{SHORT_MAX}}}")
_MARK: Final = re.compile(r"[A-Za-z0-9_-]{22}")
_MARKED: Final = re.compile(rf"mark:({_MARK.pattern}):.+")


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a press asks; exactly one of the first two is not empty.

    Args:
        line: a command line.
        short: the short id under which one is kept.
        turns: the answer may take the message's place.
    """

    line: str = ""
    short: str = ""
    turns: bool = False


def pressed(value: str) -> Pressed | None:
    """What a button's or an option's `value` asks; None for a value that is not ours."""
    match = _VALUE.fullmatch(value)
    if match is None:
        return None
    kind, rest = match.groups()
    if kind in "lL":
        return Pressed(line=_SAVED.sub(lambda found: chr(int(found[1], 16)), rest), turns=kind == "L")
    return Pressed(short=rest, turns=kind == "S") if _SHORT.fullmatch(rest) else None


def value_of(line: str, shorts: Mapping[str, str], most: int, *, turns: bool = False) -> str:
    """The `value` that asks a line: the line itself in at most `most` characters, else its short id.

    Raises:
        ValueError: it is too long and has no short id.
    """
    value = _long_value(line, turns=turns)
    if size(value) <= most:
        return value
    if line not in shorts:
        raise ValueError(f"A line of {len(line)} characters was not kept under a short id.")
    return f"{'S' if turns else 's'}:{shorts[line]}"


def too_long(message: Message) -> tuple[str, ...]:
    """The command lines of a message that must be kept under a short id before it is rendered, each once."""
    long: dict[str, None] = {}
    for block in message.blocks:
        match block:
            case Buttons(buttons=row) | CheckedLine(buttons=row):
                long |= {b.command: None for b in row if size(_long_value(b.command)) > BUTTON_VALUE_MAX}
            case Story(open=button):
                long |= {b.command: None for b in (button,) if size(_long_value(b.command)) > BUTTON_VALUE_MAX}
            case _:
                pass
    menus = [block for block in message.blocks if isinstance(block, Choices)]
    for menu in (*menus, *message.menus):
        long |= {c.command: None for c in menu.choices if size(_long_value(c.command)) > OPTION_VALUE_MAX}
    return tuple(long)


def block_id(digest: str, place: int, mark: str = "") -> str:
    """The id of a message's block.

    Args:
        digest: of what the message shows, so that another message in its place has other ids.
        place: counted from 0.
        mark: the delivery's, 22 characters; only the first block bears one.

    Raises:
        ValueError: the mark is not one.
    """
    if not mark:
        return f"block:{digest}:{place}"
    if not _MARK.fullmatch(mark):
        raise ValueError(f"{mark!r} is no mark.")
    return f"mark:{mark}:{digest}"


def mark_in(block_id: str) -> str:
    """The mark that a `block_id` bears; empty where it bears none."""
    match = _MARKED.fullmatch(block_id)
    return match[1] if match else ""


@dataclass(slots=True)
class Controls:
    """Buttons and menus of one message, each with an `action_id` of its own."""

    shorts: Mapping[str, str]
    _made: int = field(default=0)

    def button(self, button: Button) -> Payload:
        """A button element."""
        return {
            "type": "button",
            "action_id": self._next("press"),
            "text": plain_text(button.label if button.label.strip() else button.command, BUTTON_TEXT_MAX),
            "value": value_of(button.command, self.shorts, BUTTON_VALUE_MAX, turns=button.turns),
        }

    def menu(self, menu: Choices) -> Payload:
        """A menu element. Two choices that ask the same are one option: values are unique within a menu."""
        options: dict[str, Choice] = {}
        for choice in menu.choices:
            options.setdefault(value_of(choice.command, self.shorts, OPTION_VALUE_MAX), choice)
        return {
            "type": "static_select",
            "action_id": self._next("menu"),
            "placeholder": plain_text(menu.title, PLACEHOLDER_MAX),
            "options": [_option(choice, value) for value, choice in options.items()],
        }

    def _next(self, kind: str) -> str:
        self._made += 1
        return f"{kind}:{self._made - 1}"


def _option(choice: Choice, value: str) -> Payload:
    name = f"{choice.label} · {choice.tail}" if choice.tail else choice.label
    option: Payload = {"text": plain_text(name, OPTION_TEXT_MAX), "value": value}
    detail = plain_words(choice.detail.spans)
    return option | {"description": plain_text(detail, OPTION_DESCRIPTION_MAX)} if detail.strip() else option


def _long_value(line: str, *, turns: bool = False) -> str:
    return f"{'L' if turns else 'l'}:{line.translate(_SAFE)}"
