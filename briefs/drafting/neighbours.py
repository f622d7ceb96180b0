"""What stands beside a word: the next word of weight, what links the two, the preposition it hangs on."""

from collections.abc import Sequence
from typing import Final

from briefs.drafting.alignment import NOWHERE
from briefs.drafting.case import parts
from briefs.drafting.verbs import PREPOSITIONS
from briefs.drafting.words import Sort, Word

FIRM: Final = (Sort.NAME, Sort.NUMBER)  # words that stand for one thing only, wherever they are
ARTICLES: Final = frozenset({"a", "an", "the"})

_PREPOSITION_REACH: Final = 3  # words between a preposition and its noun, at most
_JOINING: Final = frozenset({"and", "or", "'s"})


def neighbour(text: Sequence[Word], at: int, step: int) -> int:
    """The place of the next word of weight, forward (1) or back (-1); NOWHERE at the end."""
    at += step
    while 0 <= at < len(text):
        if text[at].heavy:
            return at
        at += step
    return NOWHERE


def link(text: Sequence[Word], a: int, b: int) -> str:
    """What links the words at two places: the light words between them but articles, and "," for any sign."""
    words = [word.plain for word in text[a + 1 : b] if word.stem and word.plain not in ARTICLES]
    if any(parts(word) for word in text[a + 1 : b + 1]):
        words.append(",")
    return " ".join(words)


def preposition(text: Sequence[Word], at: int) -> str:
    """The preposition right before a word and its article; empty where there is none."""
    for place in range(at - 1, max(at - 1 - _PREPOSITION_REACH, -1), -1):
        word = text[place]
        if text[place + 1].at == 0 or parts(text[place + 1]):
            return ""
        if word.plain in PREPOSITIONS:
            return word.plain
        if word.heavy or word.plain in _JOINING:
            return ""
    return ""
