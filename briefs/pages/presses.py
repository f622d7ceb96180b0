"""Buttons: a label, and the command line a press asks."""

import re
from dataclasses import replace
from typing import Final

from briefs.message import Button, clean

QUOTES: Final = str.maketrans("“”„‟«»＂", '"""""""')

ASKING: Final = "/form "  # before a line: ask in a form for what may be said of what is meant, with what was given filled in
AGAIN: Final = "/again "  # before a line: ask for all it needs, what is meant included

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


def with_text(button: Button, option: str, text: str) -> Button:
    """The button with a text for a long option: quotes, line ends and all, as it stands.

    Args:
        button: made by `press`; nothing can be added behind the text.
    """
    # A blank between: a quote directly behind the colon would be taken for one that only keeps the value together.
    return replace(button, command=f"{button.command} {option}: {text.strip()}")


def asking(button: Button, wants: str = "") -> Button:
    """The button, to ask for its command's options in a form, with those that its line gives filled in.

    Args:
        wants: the option without which it does nothing; where there are no forms, it is typed behind the line.
    """
    return replace(button, command=f"{ASKING}{button.command}{f' {wants}:' if wants else ''}")


def asked_by(line: str) -> str:
    """What a line begins with that asks for a form; empty where it asks for none."""
    return next((mark for mark in (ASKING, AGAIN) if line.startswith(mark)), "")


def bare(line: str) -> str:
    """The line without what asks for a form."""
    return line.removeprefix(asked_by(line))


def typed(button: Button) -> str:
    """The button's line as somebody would type it, in one line; for platforms that show what a press asks."""
    return clean(bare(button.command))
