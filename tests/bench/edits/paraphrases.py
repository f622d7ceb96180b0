"""Invented sentences and honest ways to say them again, written by hand."""

from collections.abc import Iterator
from pathlib import Path

from tests.bench.edits.made import Made

FILE = Path(__file__).with_name("paraphrases.txt")


def paraphrases() -> Iterator[Made]:
    """Each way to say each sentence again; those of every other sentence are held out."""
    source, number = "", 0
    for line in FILE.read_text("utf-8").splitlines():
        if line.startswith("= "):
            source, number = line[2:], number + 1
        elif line.startswith("~ "):
            yield Made("by hand", source, line[2:], number % 2 == 0)
