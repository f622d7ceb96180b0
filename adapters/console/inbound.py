"""From what was typed to what is meant: a line for `Commands`, the press of a number, or leaving."""

import re
from dataclasses import dataclass, field
from typing import Final

from briefs.message import Button, Message, buttons
from briefs.pages.presses import asked_by, bare

LEAVING: Final = frozenset({"q", "quit", "exit", "/q", "/quit", "/exit"})
_NUMBER: Final = re.compile(r"\[?\s*(\d{1,6})\s*[\].)]?")


@dataclass(frozen=True, slots=True)
class Meant:
    """What a line typed at the console means; at most one of `line`, `fill`, `note` and `leave` is set.

    Args:
        line: for `Commands.answer_line`.
        pressed: the button whose number was typed; `line` is its command then.
        fill: a line to be typed on: what was pressed asks for what its command needs.
        note: what to tell instead of an answer: that number is no button's.
        leave: whoever typed it wants to go.
    """

    line: str = ""
    pressed: Button | None = None
    fill: str = ""
    note: str = ""
    leave: bool = False


@dataclass(slots=True)
class Presses:
    """Every button shown in a conversation, under its number.

    Numbers count on from message to message and are never given twice: whatever stands on the screen can be pressed,
    and a digest that arrives while somebody types "2" does not change what 2 is.
    """

    _shown: list[Button] = field(default_factory=list)

    def number(self, message: Message) -> int:
        """Give the message's buttons their numbers; the first of them is returned."""
        first = len(self._shown) + 1
        self._shown += buttons(message)
        return first

    def read(self, typed: str) -> Meant:
        """What the line means. `3`, `3)` and `[3]` press button 3; anything else but leaving is for `Commands`."""
        line = one_line(typed)
        if line.casefold() in LEAVING:
            return Meant(leave=True)
        if not (number := _NUMBER.fullmatch(line)):
            return Meant(line=typed.strip())
        place = int(number[1])
        if 1 <= place <= len(self._shown):
            button = self._shown[place - 1]
            if asked_by(button.command):
                return Meant(fill=bare(button.command), pressed=button)
            return Meant(line=button.command, pressed=button)
        if not self._shown:
            return Meant(note=f"There is no {place}) to press yet. Try /brief, or /standfirst help.")
        return Meant(note=f"There is no {place}) to press: the last one is {len(self._shown)}).")


def one_line(typed: str) -> str:
    """What was typed or pasted as one line, blanks around it gone; a paste of several lines is folded."""
    return " ".join(part.strip() for part in typed.splitlines() if part.strip())
