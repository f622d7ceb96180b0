"""Words and numbers of a line or a sentence, as the gate compares them."""

import re
from functools import lru_cache
from typing import Final

WORD: Final = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
# "One" is left out: it mostly means "a".
_FROM_TWO: Final = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ROUND: Final = ("dozen", "hundred", "thousand", "million", "billion", "dozens", "hundreds", "thousands", "millions", "billions")
_SPELLED: Final = {word: str(number) for number, word in enumerate(_FROM_TWO, start=2)} | {word: word for word in _ROUND}


def is_number(word: str) -> bool:
    """Whether a word, without case, is a number in digits or a round one such as "thousands"."""
    return word[0].isdigit() or word in _SPELLED


def number(written: str) -> str:
    """A word without case, in digits where it is a number that is spelled out."""
    word = written.casefold().replace(",", "")
    return _SPELLED.get(word, word)


@lru_cache(maxsize=1_024)
def numbered(text: str) -> tuple[str, ...]:
    """The words of a text without case, its numbers all in digits."""
    return tuple(map(number, WORD.findall(text)))


def stem(word: str) -> str:
    """A word without the s of a plural."""
    return word.removesuffix("s")
