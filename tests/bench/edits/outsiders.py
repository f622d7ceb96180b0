"""Invented sentences said again in an editor's own words, and wrongly, written before the gate had read them."""

from collections.abc import Iterator
from pathlib import Path

from tests.bench.edits.made import Made

FILE = Path(__file__).with_name("outsiders.txt")


def outsiders() -> Iterator[tuple[Made, bool]]:
    """Each claim, and whether it is honest; those of every other sentence are held out."""
    source, number = "", 0
    for line in FILE.read_text("utf-8").splitlines():
        if line.startswith("= "):
            source, number = line[2:], number + 1
        elif line[:2] in ("~ ", "! "):
            yield Made("outsider", source, line[2:], number % 2 == 0), line[0] == "~"
