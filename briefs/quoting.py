"""How much of somebody else's article may be shown: by its licence, in words in a row."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from briefs.folding import fold

WHOLE: Final = 0  # words in a row: as many as there are
# Licences under which the words themselves may be passed on, whoever does it and for whatever purpose.
_OPEN: Final = re.compile(
    r"\bcc\W?0\b|\bcc[ -]by\b|\bcreative commons attribution\b|\bpublic domain\b|\bopen government licen[cs]e\b|\bown\b"
)
_NOT_COMMERCIAL: Final = re.compile(r"\bnc\b|non-?commercial")


def is_open(licence: str) -> bool:
    """Whether a licence, as a front matter gives it ("CC BY 2.5", "public domain", "own"), lets its words be shown at length."""
    plain = licence.casefold()
    return bool(_OPEN.search(plain)) and not _NOT_COMMERCIAL.search(plain)


def excerpt(text: str, most: int, near: str = "") -> str:
    """At most so many words of a text in a row, with "…" where it was cut.

    Args:
        most: WHOLE: all of it.
        near: the part that has most of these words is taken, and of several the first.
    """
    words = text.split()
    if most == WHOLE or len(words) <= most:
        return text
    sought = set(fold(near).split())
    hits = [any(part in sought for part in fold(word).split()) for word in words]
    start = max(range(len(words) - most + 1), key=lambda at: (sum(hits[at : at + most]), -at))
    cut = " ".join(words[start : start + most])
    return f"{'… ' if start else ''}{cut}{' …' if start + most < len(words) else ''}"


def run_of(line: str, sources: Sequence[str]) -> int:
    """The most words in a row that a line has from one of the texts; how they are written does not count."""
    mine = fold(line).split()
    longest = 0
    for source in sources:
        theirs = fold(source).split()
        matched = SequenceMatcher(None, mine, theirs, autojunk=False).find_longest_match()
        longest = max(longest, matched.size)
    return longest


def words_in(text: str) -> int:
    """How many words a text has."""
    return len(fold(text).split())


def repeated_of(source: str, lines: Sequence[str]) -> int:
    """How many words of a text the lines repeat in its order, each word counted once, however many lines repeat it."""
    theirs, had = fold(source).split(), set[int]()
    for line in lines:
        for match in SequenceMatcher(None, theirs, fold(line).split(), autojunk=False).get_matching_blocks():
            had |= set(range(match.a, match.a + match.size))
    return len(had)
