"""The words, numbers and punctuation marks of a text, each with its place: the one tokenizer of the engine."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

_LETTER: Final = r"[^\W\d_\u0300-\u036f][\u0300-\u036f]*"  # with the accents of a text that keeps them apart
_CLITIC: Final = r"['’](?:s|ll|re|ve|d|m)(?!\w)"
_TOKEN: Final = re.compile(
    rf"""
    (?-i:[A-Za-z]{{2,}}+)(?![\w'’\-‑\u0300-\u036f])                            # most words, found sooner than by the rule for all
  | (?:{_LETTER}\.){{2,}}                                                   # U.S., a.m.
  | \d+(?:[.,:/]\d+)*(?:[-–‑]\d+(?:[.,:]\d+)*)*(?:{_LETTER})*               # 50,000 · 1.5 · 2-1 · 10:30 · 21st · 5km
  | {_CLITIC}                                                               # the ’s of "Iran’s", the ’ll of "they’ll"
  | (?:{_LETTER})+(?:(?!{_CLITIC})['’\-‑](?:\d|{_LETTER})+)*          # don't · Iranian-backed · al-Muhandis · F-16
  | \.{{2,}} | --+
  | [^\s\u200b-\u200f\u2060\ufeff\u00ad]                                    # anything else that is seen, one at a time
    """,
    re.VERBOSE | re.IGNORECASE,
)


class Token(NamedTuple):
    """A word, a number or a mark of a text.

    Args:
        start, end: character offsets into that text.
        plain: the word without case, its apostrophe straight.
        is_word: it has a letter or a digit.
    """

    # A named tuple is made in a third of the time of a frozen dataclass, and an article has a thousand.

    text: str
    start: int
    end: int
    plain: str
    is_word: bool


def token_at(text: str, start: int) -> Token:
    """The token of those characters, which stand at `start`."""
    plain, is_word = _seen(text)
    return Token(text, start, start + len(text), plain, is_word)


@lru_cache(maxsize=8_192)
def _seen(text: str) -> tuple[str, bool]:
    return text.casefold().replace("’", "'"), any(map(str.isalnum, text))


@lru_cache(maxsize=512)
def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a text in reading order; together they have every character but blanks and invisible ones.

    A hyphen joins words ("Iranian-backed") but parts a number from a word ("23", "-", "year-old"); "’s" and "’ll" stand
    alone, "don't" is one. Abbreviations with several stops keep them ("U.S."), others do not ("Mr", ".").
    """
    return tuple([token_at(match[0], match.start()) for match in _TOKEN.finditer(text)])
