"""The words of a line or a sentence, as the gate compares them."""

import re
from enum import Enum
from functools import lru_cache
from typing import Final, NamedTuple

from briefs.drafting.lexicon import LIGHT, LOADED, groups, lemma, phrases, row, stem
from briefs.folding import fold
from briefs.reading.places import Sort as PlaceSort
from briefs.reading.places import places
from briefs.reading.tokens import Token, token_at, tokens

ABBREVIATION_MAX: Final = 3  # letters of a word whose stop may end no sentence ("Gen. Lee")


class Sort(Enum):
    """What a word does in a comparison."""

    LIGHT = "light"  # articles, auxiliaries, pronouns: they come and go with any rewording
    LOADED = "loaded"  # small words that turn what is said: before, only, most
    NUMBER = "number"
    NAME = "name"
    CONTENT = "content"


class Word(NamedTuple):
    """One word of a text.

    Args:
        at: its place among the text's words, from 0.
        start, end: character offsets into the text.
        stem: what it shares with its other forms; empty for the later words of a phrase, for which its first word stands.
        keys: two words with a key in common may stand for one another.
        before: the signs and blanks between it and the word before it ("", ", ", " (").
        capital: it is written with a capital.
        heavy: it carries weight, as all but light words do.
    """

    at: int
    text: str
    plain: str
    start: int
    end: int
    sort: Sort
    stem: str
    keys: frozenset[str]
    before: str
    capital: bool
    heavy: bool


# --- numbers

SINGULAR_MIN: Final = 4  # letters of a name that must be left when an s is taken from it

_UNITS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL: Final = {word: value for value, word in enumerate(_UNITS)} | {word: 10 * tens for tens, word in enumerate(_TENS, start=2)}
_SCALES: Final = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 1_000_000_000_000}
_DIGITS: Final = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)(st|nd|rd|th|s|k|m|bn|km|kg)?", re.IGNORECASE)
_PLAIN: Final = re.compile(r"\d+(?:\.\d+)?")
_NAMED_COMPOUND: Final = re.compile(r"([A-Z][\w’'.]*)-([a-z]{2,}ed|run|led|born|held|owned|made|wide|style|bound|friendly)")
_SCORE: Final = re.compile(r"(\d{1,3})-(\d{1,3})")
_ARTICLED: Final = re.compile(r"(?:al|el|ul|as|ar|ad|an|az|bin|ibn|de|van|von)-[A-Z]")  # al-Quds
_ROUND: Final = row("dozen dozens hundreds thousands millions billions")


@lru_cache(maxsize=8_192)
def value(plain: str) -> str:
    """The number a word stands for, in digits without commas; empty where it is none ("one" mostly means "a")."""
    if match := _DIGITS.fullmatch(plain):
        number = match[1].replace(",", "")
        return number.rstrip("0").rstrip(".") if "." in number else number
    if plain[:1].isdigit():
        return plain
    if plain in _SMALL and plain != "one":
        return str(_SMALL[plain])
    head, _, tail = plain.partition("-")
    if head in _TENS and tail in _SMALL:
        return str(_SMALL[head] + _SMALL[tail])
    return plain if plain in _SCALES or plain in _ROUND else ""


# --- words


_SMALL_WORDS: Final = dict.fromkeys(LOADED, Sort.LOADED) | dict.fromkeys(LIGHT, Sort.LIGHT)
_Known = tuple[Sort, str, frozenset[str]]  # sort, stem, keys


@lru_cache(maxsize=1_024)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text in reading order, without its punctuation."""
    found = [part for token in tokens(text) if token.is_word or token.text in "%$€£" for part in _split(token)]
    plains = [token.plain for token in found]
    joined = _joined(found, plains)
    made: list[Word] = []
    last = 0
    for at, token in enumerate(found):
        before = text[last : token.start]
        begins = not at or ("." in before and len(plains[at - 1]) > ABBREVIATION_MAX)
        sort, base, keys = joined.get(at) or _known(token, plains, at, begins=begins)
        made.append(
            Word(
                at,
                token.text,
                token.plain,
                token.start,
                token.end,
                sort,
                base,
                keys,
                before,
                token.text[0].isupper(),
                sort is not Sort.LIGHT,
            )
        )
        last = token.end
    return tuple(made)


def _split(token: Token) -> tuple[Token, ...]:
    """The words of a token: "Iran-backed" is two, a name and what is said of it, and so is a score ("3-1")."""
    if "-" not in token.text or not (match := _SCORE.fullmatch(token.text) or _NAMED_COMPOUND.fullmatch(token.text)):
        return (token,)
    middle = token.start + match.end(1)
    return token_at(match[1], token.start), token_at(match[2], middle + 1)


def _known(token: Token, plains: list[str], at: int, *, begins: bool) -> _Known:
    if token.text == "May" and (at or (len(plains) > 1 and plains[1][0].isdigit())):
        return Sort.NAME, "may.", frozenset(("may.",))
    found = _by_itself(token.text, token.plain, begins)
    return _number(found[1], plains, at) if found[0] is Sort.NUMBER else found


@lru_cache(maxsize=8_192)
def _by_itself(text: str, plain: str, begins: bool) -> _Known:
    """What a word is, whatever stands around it; a number's stem is its value."""
    if text.isupper() and (same := groups(plain + ".")):
        return Sort.NAME, plain + ".", frozenset((plain + ".", *same))
    if number := value(plain):
        return Sort.NUMBER, number, frozenset()
    if plain.endswith("n't"):
        plain = "not"
    if plain in _SMALL_WORDS:
        return _SMALL_WORDS[plain], plain, frozenset((plain, *groups(plain)))
    return _full(text, plain, begins)


def _number(number: str, plains: list[str], at: int) -> _Known:
    if plains[at] in _SCALES and at and value(plains[at - 1]):
        return Sort.LIGHT, plains[at], frozenset((plains[at],))  # part of the number before it
    whole = _scaled(number, plains, at)
    return Sort.NUMBER, whole, frozenset((whole,))


def _full(text: str, plain: str, begins: bool) -> _Known:
    """A word of full meaning: a name where its capital says so, and where it might be one for its place, either."""
    base = lemma(plain)
    common = (stem(base), *groups(plain), *groups(base))
    named = _ARTICLED.match(text) or (text[0].isupper() and (not begins or text[1:].lower() != text[1:]))
    if not text[0].isupper() and not named:
        return Sort.CONTENT, stem(base), frozenset(common)
    single = plain.removesuffix("s") if len(plain) > SINGULAR_MIN and not plain.endswith("ss") else plain
    keys = frozenset((single, *common, *_country(plain), *_place_of(single)))
    return (Sort.NAME, single, keys) if named else (Sort.CONTENT, stem(base), keys)


def _place_of(plain: str) -> tuple[str, ...]:
    """The place that an adjective is made of, and the place's own name: "Korean" and "Korea", "Asian" and "Asia"."""
    if plain.endswith("an") and len(plain) > len("asian") - 1:
        return (f"~{plain.removesuffix('n')}",)
    return (f"~{plain}",) if plain.endswith("a") else ()


@lru_cache(maxsize=1_024)
def _country(plain: str) -> tuple[str, ...]:
    """The country that a name, an adjective or the name of a people means: "Iran", "Iranian" and "Iranians" are of one."""
    known, folded = places(), fold(plain)
    named = known.named.get(folded)
    country = known.adjectives.get(folded) or known.people.get(folded) or (named.name if named and named.sort is PlaceSort.COUNTRY else "")
    return (f"@{country}",) if country else ()


def _scaled(number: str, plains: list[str], at: int) -> str:
    """The whole value of "1.5 million" and "three hundred", which equal "1,500,000" and "300"."""
    total = number
    for plain in plains[at + 1 : at + 3]:
        if plain not in _SCALES or not _PLAIN.fullmatch(total):
            break
        total = f"{float(total) * _SCALES[plain]:.6f}".rstrip("0").rstrip(".")
    return total


def _joined(found: list[Token], plains: list[str]) -> dict[int, tuple[Sort, str, frozenset[str]]]:
    """The words of phrases that mean one word: the first one stands for all, the others come and go."""
    known = phrases()
    joined: dict[int, tuple[Sort, str, frozenset[str]]] = {}
    bases = list(map(lemma, plains))
    for at in [at for at, base in enumerate(bases) if base in known]:
        if at in joined:
            continue
        for rest, key in known[bases[at]]:
            end = at + 1 + len(rest)
            if tuple(bases[at + 1 : end]) == rest:
                sort = Sort.NAME if found[at].text[0].isupper() and found[end - 1].text[0].isupper() else Sort.CONTENT
                joined[at] = (sort, "_".join((bases[at], *rest)), frozenset(key))
                joined |= {other: (Sort.LIGHT, "", frozenset((plains[other],))) for other in range(at + 1, end)}
                break
    return joined
