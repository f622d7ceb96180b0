"""Where messages are written: a terminal, a pipe or a file."""

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TextIO
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from adapters.console.layout import fold
from adapters.console.render import render
from briefs.message import Message, clean

PIPED: Final = 80  # cells of a line where nobody says how wide it is


@dataclass(frozen=True, slots=True)
class Screen:
    """Writes messages, with colours only where a terminal shows them and the reader wants them (NO_COLOR).

    Args:
        zone: the reader's own, for moments; None: each moment's.
        out: None: standard output, whatever that is at the time of writing.
        width: cells; None: the terminal's own, asked anew for every message, or 80 where there is none.
    """

    zone: ZoneInfo | None = None
    out: TextIO | None = None
    width: int | None = None

    def show(self, message: Message, *, first: int | None) -> None:
        """Write a message; its buttons are numbered from `first`, or show their commands where it is None."""
        self._write(render(message, width=self._cells(), first=first, zone=self.zone))

    def note(self, text: str = "") -> None:
        """Write a line of the console's own, or an empty one."""
        self._write(fold(Text(clean(text), "dim"), self._cells()))

    def plain(self, text: str) -> None:
        """Write a line for programs, as it stands."""
        out = self.out or sys.stdout
        out.write(f"{text}\n")
        out.flush()

    def _cells(self) -> int:
        return self.width or shutil.get_terminal_size((PIPED, 24)).columns

    def _write(self, lines: Sequence[Text]) -> None:
        out = self.out or sys.stdout
        # rich decides on looks: none where it is no terminal or TERM=dumb, no colours where NO_COLOR is set.
        console = Console(file=out, markup=False, emoji=False, highlight=False, legacy_windows=False)
        # Captured, for where the reader has left (`say … | head`) rich would end the process itself.
        with console.capture() as written:
            console.print(Text("\n").join(lines), soft_wrap=True)
        out.write(written.get())
        out.flush()
