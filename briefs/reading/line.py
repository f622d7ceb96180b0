"""A sentence as the words that a search for its speakers goes through: quotations and brackets folded into one word each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from briefs.article import Quote
from briefs.reading.tokens import Token
from briefs.reading.tokens import tokens as tokens_of
from briefs.reading.wordlist import words as word_list

QUOTED: Final = "“…”"  # stands for a whole quotation
BRACKETED: Final = "(…)"  # stands for a whole bracket

WORDS_MAX: Final = 500  # of one sentence; a longer one is a list or a table, and tells nothing
_Word = tuple[str, int, int]  # without case, and where it stands
_MARKS: Final = frozenset("\"'“”„‘’«»")
_INSERTED: Final = frozenset({"[", "]", "...", "…"})  # an editor's, and no words
_INITIALS: Final = frozenset({"WHO", "IT", "US", "AM"})  # which are no pronouns
_SHORT: Final = word_list(
    """
    mr mrs ms dr prof gen sen rep gov lt col capt sgt st jr sr rev hon maj cmdr adm messrs inc ltd co corp no vs supt insp
    """
)


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one sentence, or of one quotation or bracket in it.

    Args:
        text: the whole sentence.
        low: each word without case, apostrophes straight; `QUOTED` and `BRACKETED` for what is folded.
        starts, ends: where each word stands in `text`.
        quoted: the line is the inside of a quotation.
    """

    text: str
    low: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    quoted: bool = False

    def __len__(self) -> int:
        return len(self.low)

    def at(self, number: int) -> str:
        """The word of that number, counted from 0, without case; empty beyond either end."""
        return self.low[number] if 0 <= number < len(self.low) else ""

    def capital(self, number: int) -> bool:
        """Whether the word begins with a capital or a digit stands in for one."""
        return 0 <= number < len(self.low) and self.text[self.starts[number]].isupper()

    def written(self, first: int, last: int) -> str:
        """The words from `first` up to and without `last` as they stand in the sentence."""
        return self.text[self.starts[first] : self.ends[last - 1]] if first < last else ""

    def index_at(self, offset: int) -> int:
        """The number of the first word that ends after `offset`."""
        return next((number for number, end in enumerate(self.ends) if end > offset), len(self.low))


def lines(text: str, quotes: Sequence[Quote]) -> tuple[Line, ...]:
    """The sentence itself, then every quotation and bracket in it, each with what lies within it folded.

    Returns:
        None without words, and none for a sentence of more than `WORDS_MAX`.
    """
    return _lines(text, tuple([(quote.start, quote.end) for quote in quotes]))


@lru_cache(maxsize=256)
def _lines(text: str, quotes: tuple[tuple[int, int], ...]) -> tuple[Line, ...]:
    words = tokens_of(text)
    if len(words) > WORDS_MAX:
        return ()
    regions = [_region(text, *quote) for quote in quotes]
    found = [_line(text, words, (0, len(text)), regions, quoted=False)]
    for number, (start, end) in enumerate(regions):
        inner = [region for other, region in enumerate(regions) if other != number and start < region[0] and region[1] <= end]
        found.append(_line(text, words, quotes[number], inner, quoted=True))
    found += list(_brackets(text, words, regions))
    return tuple(line for line in found if len(line))


def _region(text: str, first: int, last: int) -> tuple[int, int]:
    """The quotation with its marks."""
    start, end = first, last
    while start and text[start - 1].isspace():
        start -= 1
    while end < len(text) and text[end].isspace():
        end += 1
    opened, closed = start > 0 and text[start - 1] in _MARKS, end < len(text) and text[end] in _MARKS
    return start - 1 if opened else first, end + 1 if closed else last


def _line(text: str, tokens: Sequence[Token], span: tuple[int, int], folded: list[tuple[int, int]], *, quoted: bool) -> Line:
    found: list[_Word] = []
    depth = 0
    at = span[0]
    for token in tokens:
        if token.start < at or token.end > span[1]:
            continue
        region = next((r for r in folded if r[0] <= token.start < r[1]), None) if folded else None
        if region is not None:
            if depth == 0:
                found.append((QUOTED, *region))
            at = region[1]
        elif token.text == ")" and depth:
            depth -= 1
            found[-1] = (*found[-1][:2], token.end)
        elif token.text == "(" and text.find(")", token.start, span[1]) >= 0:
            if depth == 0:
                found.append((BRACKETED, token.start, token.end))
            depth += 1
        elif depth == 0 and token.text not in _INSERTED:
            glued = _glued(text, found[-1], token) if found and found[-1][2] == token.start else None
            if glued is not None:
                found[-1] = glued
            else:
                found.append((token.text if token.text in _INITIALS else token.plain, token.start, token.end))
    return Line(text, tuple([one[0] for one in found]), tuple([one[1] for one in found]), tuple([one[2] for one in found]), quoted)


def _glued(text: str, last: _Word, token: Token) -> _Word | None:
    """A word with the stop of the abbreviation it ends, or with what follows that stop ("Mr.", "K.", "example.com")."""
    low, start, _ = last
    if token.text == "." and low.rstrip(".").isalpha():
        abbreviates = low in _SHORT or len(low) == 1 or "." in low
        inside = text[token.end : token.end + 1].isalnum()
        return (low + ".", start, token.end) if inside or (abbreviates and text[token.end :].strip()) else None
    follows = low.endswith(".") and len(low) > 2 and "." not in low[:-1] and low.rstrip(".") not in _SHORT and token.is_word
    return (low + token.plain, start, token.end) if follows else None


def _brackets(text: str, tokens: Sequence[Token], regions: list[tuple[int, int]]) -> Iterator[Line]:
    at = 0
    while (start := text.find("(", at)) >= 0:
        end = text.find(")", start)
        if end < 0:
            return
        if not any(a <= start < b for a, b in regions):
            inner = [region for region in regions if start < region[0] and region[1] <= end]
            yield _line(text, tokens, (start + 1, end), inner, quoted=False)
        at = end + 1
