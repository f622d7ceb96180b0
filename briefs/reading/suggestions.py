"""Merges to ask a curator about: names that may be one thing, and the reason why they might be."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

from briefs.entity import Kind
from briefs.folding import sound_key
from briefs.reading.grouping_forms import Form, well_known_two
from briefs.reading.grouping_organisations import spells
from briefs.reading.grouping_people import person
from briefs.reading.names_words import MONTHS_AND_DAYS, ORGANISATION_WORDS, OTHER_WORDS, PEOPLES, PLACE_WORDS
from briefs.reading.places import places
from briefs.reading.word_lists import word_set

_LONG_ENOUGH: Final = 4  # letters of a word in which a slip may have happened
_SLIPS: Final = 1  # letters left out, doubled, changed or changed about
_SHORTEST_SOUND: Final = 3  # consonants that make it worth asking
_RARE: Final = 4  # names that share a word, where it is worth asking
_COMPLEMENTS: Final = word_set("of for in")
_ORDINARY: Final = MONTHS_AND_DAYS | PEOPLES | word_set("day week month year")
_NO_PEOPLE: Final = ORGANISATION_WORDS | OTHER_WORDS
_TELL_NOTHING: Final = _ORDINARY | _NO_PEOPLE | PLACE_WORDS
_WORD: Final = "word"
_LETTERS: Final = "letters"
_DIRECTIONS: Final = word_set(
    """
    north south east west northern southern eastern western upper lower new old first second third
    """
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A merge that rules may not decide.

    Args:
        one, other: groups, by their places in the article's list.
        reason: a sentence for the curator.
    """

    one: int
    other: int
    reason: str


def suggest(groups: Sequence[Sequence[Form]], apart: set[frozenset[int]]) -> tuple[Suggestion, ...]:
    """The pairs of groups that could be one thing, in order; those that the article or the public keeps apart are not asked about.

    Args:
        groups: for each group its forms.
        apart: pairs of places in `groups` that are known to be two things.
    """
    found: dict[tuple[int, int], str] = {}
    for one, a, other, b in _worth_comparing(groups):
        pair = (min(one, other), max(one, other))
        if pair in found or frozenset(pair) in apart or _cannot_be_one(a, b):
            continue
        reason = _reason(a, b)
        if reason:
            found[pair] = reason
    return tuple(Suggestion(one, other, found[one, other]) for one, other in sorted(found))


def _worth_comparing(groups: Sequence[Sequence[Form]]) -> Iterator[tuple[int, Form, int, Form]]:
    """Pairs of forms of different groups that have a word, a beginning or first letters in common."""
    shelves: dict[tuple[object, str], list[tuple[int, Form]]] = defaultdict(list)
    everywhere: Counter[str] = Counter(word for forms in groups for form in forms for word in set(form.words))
    for number, form in ((number, form) for number, forms in enumerate(groups) for form in forms):
        words = form.words
        for word in words:
            # A word of many names ("Space Shuttle …") makes none of them another's.
            if everywhere[word] <= _RARE:
                shelves[_WORD, word].append((number, form))
        shelves[len(words), form.key[:1]].append((number, form))
        if form.is_acronym or len(words) > 1:
            shelves[_LETTERS, form.key[:1]].append((number, form))
    for name, shelf in shelves.items():
        for at, (one, a) in enumerate(shelf):
            for other, b in shelf[at + 1 :]:
                if one != other and (name[0] != _LETTERS or a.is_acronym is not b.is_acronym):
                    yield one, a, other, b


def _cannot_be_one(a: Form, b: Form) -> bool:
    kinds_differ = a.kind is not None and b.kind is not None and a.kind is not b.kind
    return kinds_differ or bool(a.slug and b.slug) or well_known_two(a, b)


def _reason(a: Form, b: Form) -> str:
    short, long = (a, b) if (len(a.key), a.key) <= (len(b.key), b.key) else (b, a)
    return _is_part(short, long) or _is_short_for(short, long) or _is_spelled_alike(short, long)


def _is_part(short: Form, long: Form) -> str:
    """Whether the shorter name is what the longer one is a kind of, or a surname several bear.

    What stands before another noun only tells it from others: "Veldmar" is no "Veldmar Science Fair", and "Lee" alone, where
    it is a given name, is asked of nobody.
    """
    words, whole = short.words, long.words
    if len(words) >= len(whole) or Kind.PLACE in (short.kind, long.kind) or f"{short.text}-" in long.text:
        return ""  # a town's name is part of everything in it
    if not any(whole[at : at + len(words)] == words for at in range(len(whole) - len(words) + 1)):
        return ""
    if Kind.PERSON in (short.kind, long.kind):
        return _is_person(short, long)
    ends = whole[-len(words) :] == words
    headed = whole[: len(words)] == words and whole[len(words)] in _COMPLEMENTS
    tells = len(words) > 1 or len(whole) > 2  # "Soup" is no "Campbell Soup"
    if headed or (ends and tells and words[0] not in _TELL_NOTHING):
        return f"“{short.text}” is part of “{long.text}”: the same, or another?"
    return ""


def _is_person(short: Form, long: Form) -> str:
    if long.words[-1] in _NO_PEOPLE or long.kind is Kind.ORGANISATION or short.kind is Kind.ORGANISATION:
        return ""
    if short.kind is Kind.PERSON and person(short.text).is_full:
        return f"“{long.text}” has all of “{short.text}” and more: one person, or two?"
    if long.words[-len(short.words) :] != short.words:
        return ""  # a given name alone is nobody's
    return f"“{short.text}” is part of “{long.text}”: the same, or another?"


def _is_short_for(short: Form, long: Form) -> str:
    if short.is_acronym and len(long.words) > 1 and spells(short.letters.casefold(), long.words):
        return f"“{short.text}” could be short for “{long.text}”."
    return ""


def _is_spelled_alike(short: Form, long: Form) -> str:
    """Whether two names differ in one word only, and in that by a slip or a spelling of the same sounds."""
    are_known = short.kind is long.kind is Kind.PLACE and places().find(short.text) and places().find(long.text)
    if len(short.words) != len(long.words) or are_known or (short.kind is not long.kind and Kind.PLACE in (short.kind, long.kind)):
        return ""
    differing = [(a, b) for a, b in zip(short.words, long.words, strict=True) if a != b]
    if len(differing) != 1:
        return ""
    a, b = differing[0]
    if min(len(a), len(b)) < _LONG_ENOUGH or {a, b} & _DIRECTIONS or any(char.isdigit() for char in a + b):
        return ""
    sounds_alike = len(sound_key(a)) >= _SHORTEST_SOUND and sound_key(a) == sound_key(b)
    if sounds_alike or DamerauLevenshtein.distance(a, b, score_cutoff=_SLIPS) <= _SLIPS:
        return f"“{short.text}” and “{long.text}” are spelled almost alike."
    return ""
