"""The words of a sentence as a reader of names sees them: hyphens that tie a name to another word are undone."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from briefs.folding import fold
from briefs.reading.names_words import BEFORE_HYPHEN, LED, MONTHS_AND_DAYS, OPENERS, OWNERS, SMALL
from briefs.reading.tokens import Token, tokens

_HYPHENS: Final = re.compile("[-‐‑–]")
_RULING: Final = ("-run", "-led", "-controlled", "-held")
_OPENS: Final = frozenset('“"‘([:•–—-….!?')
_STOP_AFTER: Final = frozenset(
    {
        "st",
        "mt",
        "ft",
        "jr",
        "sr",
        "inc",
        "corp",
        "co",
        "ltd",
        "gen",
        "col",
        "lt",
        "sgt",
        "capt",
        "maj",
        "adm",
        "sen",
        "rep",
        "gov",
        "dr",
        "mr",
        "mrs",
        "ms",
        "prof",
        "rev",
        "hon",
        "messrs",
        "brig",
        "cmdr",
        "no",
    }
)
_HEADLINE_WORDS: Final = 5  # words of a line that are all written large, so that capitals say nothing


class Piece(NamedTuple):
    """A word of a sentence, or the part of a hyphenated one that may be a name.

    Args:
        start, end: offsets into the sentence.
        folded: as words are compared.
        capital: it begins with a capital letter, or is a name like "al-Hakim".
        first: a capital here says nothing: the sentence, or something said in it, begins.
        bound: "Iraqi" of "Iraqi-led": a name, but no part of a longer one.
        gap: only a blank stands between it and the piece before.
        rules: bound to a word that says it governs: "-run", "-controlled".
    """

    text: str
    start: int
    end: int
    folded: str
    capital: bool
    first: bool
    bound: bool
    gap: bool
    rules: bool = False


def pieces(sentence: str) -> tuple[Piece, ...]:
    """The pieces of a sentence in order; stops after initials and abbreviations are left out."""
    found: list[Piece] = []
    first, last = True, -1  # last: where the piece before ended, its stop included
    for token in tokens(sentence):
        if token.text == "." and found and found[-1].end == token.start and _takes_stop(found[-1]):
            last = token.end
            continue
        if token.text in "'’" and found and found[-1].end == token.start:
            last = token.end if found[-1].folded in OWNERS else -1
            continue
        for text, start, bound in ((token.text, token.start, False),) if token.text.isalpha() else _split(token):
            capital, folded = _seen(text)
            gap = last >= 0 and start - last == 1 and sentence[last] in "  "
            rules = bound and token.text.endswith(_RULING)
            found.append(Piece(text, start, start + len(text), folded, capital, first, bound, gap, rules))
            last = -1 if bound else start + len(text)
        if not bound and token.end > last >= 0:
            last = -1
        first = token.text[-1] in _OPENS or (first and not token.is_word)
    return tuple(found)


def is_headline(sentence: Sequence[Piece]) -> bool:
    """Whether words are written large whatever they are, as in a title."""
    if not sentence or sentence[-1].text == ".":
        return False
    words = [piece for piece in sentence if piece.text[0].isalpha() and len(piece.text) > 3]
    large = sum(piece.capital for piece in words)
    return len(words) >= _HEADLINE_WORDS and large * 5 >= len(words) * 4


@lru_cache(maxsize=8_192)
def _seen(text: str) -> tuple[bool, str]:
    capital = text[0].isupper() or (text[:3].casefold() in {"al-", "el-", "as-", "ad-", "ar-", "at-", "an-", "ul-"} and text[3:4].isupper())
    return capital, fold(text)


def _takes_stop(piece: Piece) -> bool:
    return piece.capital and (len(piece.text) == 1 or piece.folded in _STOP_AFTER)


def _split(token: Token) -> Iterator[tuple[str, int, bool]]:
    """The parts of a token: text, offset, whether it is bound to a word that is no name."""
    parts = _HYPHENS.split(token.text)
    if len(parts) == 1 or token.text[0].isdigit():
        yield token.text, token.start, False
    elif parts[0].casefold() in BEFORE_HYPHEN and parts[1][:1].isupper():
        yield token.text[len(parts[0]) + 1 :], token.start + len(parts[0]) + 1, True
    elif token.text[0].isupper() and (parts[-1] in LED or (parts[-1].endswith("ed") and parts[-1].islower() and len(parts[-1]) > 4)):
        yield token.text[: -len(parts[-1]) - 1], token.start, True
    else:
        yield token.text, token.start, False


def says_nothing(piece: Piece) -> bool:
    """Whether a word with a capital is none of a name: it opens a sentence, is a small word, or a month."""
    if piece.folded in MONTHS_AND_DAYS or piece.text in {"I", "A"}:
        return True
    if piece.text.isupper() and len(piece.text) > 1:
        return False  # "US" and "IT" are no pronouns
    return piece.folded in (OPENERS if piece.first else SMALL)
