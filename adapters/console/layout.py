"""Lines of a terminal: folded, hung behind a mark, set side by side. Knows nothing of messages."""

import re
from collections.abc import Sequence
from typing import Final

from rich.cells import get_character_cell_size
from rich.text import Text

NBSP: Final = "\u00a0"  # holds two words together; shown as a blank
_WORD: Final = re.compile("[^ ]+ *| +")
_WIDENS: Final = "\ufe0f"  # variation selector 16: what stands before it may be drawn two cells wide


def cells(text: str) -> int:
    """How many cells of a terminal the text takes, at most: terminals differ on emoji, so the wider one counts."""
    return len(text) if text.isascii() else sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    return 1 if char == _WIDENS else get_character_cell_size(char)


def fold(text: Text, width: int, *, hang: int = 0) -> list[Text]:
    """The text as lines of at most `width` cells, broken at blanks; a word wider than a line goes on in the next one.

    Nothing is left out but the blanks at which it breaks. At least one line; all but the first are indented by `hang`.
    """
    cuts: list[int] = []
    used, room = 0, width
    for word in _WORD.finditer(text.plain):
        wide = cells(word[0].rstrip(" "))
        if used and used + wide > room and wide <= width - hang:
            cuts.append(word.start())
            used, room = 0, width - hang
        if used + wide <= room:
            used += cells(word[0])
            continue
        for place, char in enumerate(word[0], start=word.start()):
            if used + _cells(char) > room and char != " ":
                cuts.append(place)
                used, room = 0, width - hang
            used += _cells(char)
    lines = list(text.divide(cuts))
    for line in lines:
        line.rstrip()
        line.plain = line.plain.replace(NBSP, " ")
    return [*lines[:1], *indented(lines[1:], hang)]


def hanging(mark: Text | str, body: Text, width: int) -> list[Text]:
    """The body folded behind its mark, its further lines below its first one's words."""
    head = Text(mark) if isinstance(mark, str) else mark.copy()
    head.plain = head.plain.replace(" ", NBSP)
    return fold(Text.assemble(head, body), width, hang=cells(head.plain))


def indented(lines: Sequence[Text], by: int) -> list[Text]:
    """The lines, moved to the right; empty ones stay empty."""
    return [Text.assemble(" " * by, line) if line.plain else line for line in lines]


def beside(left: Sequence[Text], right: Sequence[Text], width: int, *, between: Text | str) -> list[Text]:
    """Two columns, the left one filled up to `width` cells."""
    rows: list[Text] = []
    for place in range(max(len(left), len(right))):
        one = left[place] if place < len(left) else Text()
        other = right[place] if place < len(right) else Text()
        row = Text.assemble(one, " " * (width - cells(one.plain)), between, other)
        row.rstrip()
        rows.append(row)
    return rows


def in_rows(pieces: Sequence[Text], width: int, *, gap: int) -> list[Text]:
    """Pieces one behind the other in as few rows as hold them; none is parted unless it is wider than a row."""
    rows: list[list[Text]] = []
    used = 0
    for piece in pieces:
        wide = cells(piece.plain)
        if rows and used + gap + wide <= width:
            rows[-1].append(piece)
            used += gap + wide
        else:
            rows.append([piece])
            used = wide
    return [line for row in rows for line in fold(Text(NBSP * gap).join(row), width)]
