"""Buttons: a label, and the command line a press asks."""

import re
from dataclasses import replace
from typing import Final

from briefs.message import Button

QUOTES: Final = str.maketrans("“”„‟«»＂", '"""""""')


# A reference such as iraq:12 is no option; what else has a word and a colon, or a blank, could be.
_NEEDS_QUOTES: Final = re.compile(r"\s|^[A-Za-z]+[:=](?!\d+$)")


def quoted(value: str) -> str:
    """The value as one piece of a command line: in quotes where it has blanks or could be read as an option."""
    plain = value.translate(QUOTES).replace('"', "")
    return f'"{plain}"' if not plain or _NEEDS_QUOTES.search(plain) else plain


def press(label: str, verb: str, what: str = "", **options: str | int) -> Button:
    """A button that asks `/verb what key:value …`."""
    pieces = [f"/{verb}", *([quoted(what)] if what else []), *(f"{key}:{quoted(str(value))}" for key, value in options.items())]
    return Button(label, " ".join(pieces))


def turn(label: str, verb: str, what: str = "", **options: str | int) -> Button:
    """As `press`, for another page of the same message."""
    return replace(press(label, verb, what, **options), turns=True)
