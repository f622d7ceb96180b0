"""A terminal as it takes a message: colours by escape and nothing else, and no line wider than it is."""

import io
import re
import unicodedata

from rich.cells import cell_len

from adapters.console.screen import Screen
from briefs.message import Copyable, Message
from tests.fuzz.signs import hidden

SGR = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.StringIO):
    """A terminal with colours."""

    def isatty(self) -> bool:
        return True


def findings(message: Message, *, width: int = 80, first: int | None = 1) -> list[str]:
    """What is wrong with a message as it is written; empty: nothing."""
    out = Terminal()
    Screen(out=out, width=width).show(message, first=first)
    return acting(out.getvalue(), width, {block.text for block in message.blocks if isinstance(block, Copyable)})


def acting(written: str, width: int, copied: set[str]) -> list[str]:
    """What would do more on a terminal than be read."""
    left = SGR.sub("", written)
    found = [f"hidden: {sign}" for sign in hidden(left)]
    found += [f"control: {unicodedata.name(sign, hex(ord(sign)))}" for sign in left if sign != "\n" and unicodedata.category(sign) == "Cc"]
    room = max(20, width)
    return found + ["wider than the terminal" for line in left.split("\n") if cell_len(line) > room and line not in copied]
