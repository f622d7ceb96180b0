"""A message laid out: texts, rows and menus, measured before anything of discord.py's is made."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Final, TypeAlias, assert_never

from discord import ButtonStyle, SelectOption, ui

from adapters.discord.limits import (
    BUTTON_LABEL_MAX,
    COMPONENTS_BUDGET,
    COMPONENTS_MAX,
    LABEL_READABLE,
    OPTION_DESCRIPTION_MAX,
    OPTION_LABEL_MAX,
    OPTIONS_MAX,
    PLACEHOLDER_MAX,
    ROW_BUTTONS_MAX,
    TEXT_BUDGET,
    TEXT_MAX,
    size,
)
from adapters.discord.markdown import isolated, told_plainly
from adapters.discord.presses import menu_id, press_id
from briefs.message import Button, Choice

NOTHING: Final = "—"  # where Discord wants words and there are none
_HELP: Final = Button("Help", "/standfirst help")  # carries the mark of a message in which nothing else can be pressed


@dataclass(frozen=True, slots=True)
class Text:
    """A text display; never blank."""

    markdown: str


@dataclass(frozen=True, slots=True)
class Opener:
    """A text, never blank, with a button beside it."""

    markdown: str
    button: Button


@dataclass(frozen=True, slots=True)
class Row:
    """One to five buttons side by side."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """A select menu of 1 to 25 options."""

    placeholder: str
    choices: tuple[Choice, ...]


Part: TypeAlias = Text | Opener | Row | Menu


def rows(buttons: Sequence[Button]) -> list[Part]:
    """The buttons in as many rows as they need."""
    return [Row(tuple(buttons[at : at + ROW_BUTTONS_MAX])) for at in range(0, len(buttons), ROW_BUTTONS_MAX)]


def menus(title: str, choices: Sequence[Choice]) -> list[Part]:
    """The choices in as many menus as they need; of several, each says which ones it has."""
    if len(choices) <= OPTIONS_MAX:
        return [Menu(title, tuple(choices))] if choices else []
    starts = range(0, len(choices), OPTIONS_MAX)
    counted = [(f"{at + 1}–{min(at + OPTIONS_MAX, len(choices))}", choices[at : at + OPTIONS_MAX]) for at in starts]
    return [Menu(f"{places} · {title}", tuple(some)) for places, some in counted]


def with_place_for_mark(parts: Sequence[Part]) -> list[Part]:
    """The parts, with a Help button below where there is no other button: a mark is found only in a button's id."""
    return [*parts, *([] if any(isinstance(part, Opener | Row) for part in parts) else rows((_HELP,)))]


def within_budget(parts: Iterable[Part], *, whole: bool = False) -> bool:
    """Whether one message holds the parts: its text displays, escaped, and its components with the container around them.

    Args:
        whole: by all that Discord allows, not by our own budget below it.
    """
    texts_most, components_most = (TEXT_MAX, COMPONENTS_MAX) if whole else (TEXT_BUDGET, COMPONENTS_BUDGET)
    texts, components = 0, 1
    for part in parts:
        match part:
            case Text(markdown):
                texts, components = texts + size(markdown), components + 1
            case Opener(markdown):
                texts, components = texts + size(markdown), components + 3
            case Row(buttons):
                components += 1 + len(buttons)
            case Menu():
                components += 2
            case _:
                assert_never(part)
    return texts <= texts_most and components <= components_most


def container(parts: Iterable[Part], shorts: Mapping[str, str], mark: str) -> ui.Container[Any]:
    """The parts as components; the first button carries the mark.

    Raises:
        ValueError: a command line is too long and has no short id.
    """
    places, menus_before = count(), count()

    def button_of(button: Button) -> ui.Button[Any]:
        place = next(places)
        carried = mark if place == 0 else ""
        custom_id = press_id(place, button.command, shorts, turns=button.turns, mark=carried)
        label = shortened(button.label if button.label.strip() else button.command, LABEL_READABLE, BUTTON_LABEL_MAX)
        return ui.Button(style=ButtonStyle.secondary, label=label, custom_id=custom_id)

    def component(part: Part) -> ui.Item[Any]:
        match part:
            case Text(markdown):
                return ui.TextDisplay(markdown)
            case Opener(markdown, button):
                return ui.Section(ui.TextDisplay(markdown), accessory=button_of(button))
            case Row(buttons):
                return ui.ActionRow(*map(button_of, buttons))
            case Menu(placeholder, choices):
                return ui.ActionRow(_select(next(menus_before), placeholder, choices, shorts))
            case _:
                assert_never(part)

    return ui.Container(*map(component, parts))


def _select(place: int, placeholder: str, choices: Sequence[Choice], shorts: Mapping[str, str]) -> ui.Select[Any]:
    options = [
        SelectOption(
            label=shortened(" · ".join(filter(str.strip, (choice.label, choice.tail))) or NOTHING, OPTION_LABEL_MAX),
            value=press_id(at, choice.command, shorts),
            description=shortened(told_plainly(choice.detail), OPTION_DESCRIPTION_MAX) or None,
        )
        for at, choice in enumerate(choices)
    ]
    return ui.Select(custom_id=menu_id(place), placeholder=shortened(placeholder, PLACEHOLDER_MAX) or None, options=options)


def shortened(text: str, most: int, allowed: int = 0) -> str:
    """A name in at most `most` characters, cut after a word with "…" behind it; no character is parted from its marks.

    Args:
        allowed: how long it may be with right-to-left words set apart, `most` where it is not given; if that is too
            long they stay as they are.
    """
    text = text.strip()
    if size(text) > most:
        at = most - 1
        while size(text[:at]) > most - 1 or (at > 1 and _joined(text[at - 1], text[at])):
            at -= 1
        blank = text.rfind(" ", at // 2, at + 1)
        text = text[: blank if blank > 0 else at].rstrip(" ,;:·") + "…"
    apart = isolated(text)
    return apart if size(apart) <= max(most, allowed) else text


def _joined(before: str, after: str) -> bool:
    """Whether the two are parts of one character as people see it: accents, variation selectors, joined emoji, flags."""
    if "\u200d" in {before, after} or unicodedata.combining(after) or after in "\ufe0e\ufe0f" or "\U0001f3fb" <= after <= "\U0001f3ff":
        return True
    return "\U0001f1e6" <= before <= "\U0001f1ff" and "\U0001f1e6" <= after <= "\U0001f1ff"
