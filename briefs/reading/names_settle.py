"""What kind of thing each name of an article is of, once all of them have been seen."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from briefs.entity import Kind
from briefs.reading.given_names import given_names
from briefs.reading.names_kinds import is_after_place_word, kind_of
from briefs.reading.names_pieces import Piece
from briefs.reading.names_split import Found
from briefs.reading.names_words import ALSO_IN_NAMES, OPENERS, ORGANISATION_WORDS, OTHER_WORDS, PEOPLES, PLACE_WORDS
from briefs.reading.places import key, places

_RULER: Final = re.compile(r"(.+)-(?:run|led|controlled|held) ")
_COMMON: Final = OPENERS | PEOPLES | ORGANISATION_WORDS | OTHER_WORDS | PLACE_WORDS | ALSO_IN_NAMES
_ARTICLES: Final = frozenset({"the", "a", "an", "this", "each", "every"})
_LONGEST_PERSON: Final = 3  # words of a name that may be a person's though nothing else says so
_SURE: Final = 3  # what a kind told by a title or a table weighs beside one told by the words around

Names = Sequence[Sequence[Found]]


@dataclass(frozen=True, slots=True)
class _Told:
    """What the names of an article tell of one another; all folded.

    Args:
        kinds: how often a name is of a kind.
        people: surnames, and given names, of the people named in full.
        things: last words of longer names of no known kind.
    """

    kinds: dict[str, Counter[Kind]]
    people: set[str]
    things: set[str]


def settle(names: Names, article: Sequence[Sequence[Piece]]) -> list[list[Found]]:
    """Give every name its kind: its own, else the one that names written alike have elsewhere, else its bearer's."""
    typed = [[_typed(name, sentence) for name in here] for here, sentence in zip(names, article, strict=True)]
    typed = _with_strangers(typed, article)
    told = _Told(_kinds(typed), set(_people(typed)), {name.key.split()[-1] for name in _all(typed) if not name.kind and " " in name.key})
    return [[_settled(name, sentence, told) for name in here] for here, sentence in zip(typed, article, strict=True)]


def _typed(name: Found, sentence: Sequence[Piece]) -> Found:
    kind = None if name.kind or name.sure else kind_of(name, sentence)
    return replace(name, kind=kind) if kind else name


def _all(names: Names) -> Iterator[Found]:
    for here in names:
        yield from here


def _kinds(names: Names) -> dict[str, Counter[Kind]]:
    kinds: dict[str, Counter[Kind]] = {}
    for name in _all(names):
        if name.kind and not name.adjective:
            kinds.setdefault(name.key, Counter())[name.kind] += _SURE if name.sure else 1
        if "-" in name.text and (ruler := _RULER.match(name.text)):
            kinds.setdefault(key(ruler[1]), Counter())[Kind.ORGANISATION] += 1
        # Administrations are named after presidents: the name alone is a person's, unless a place bears it.
        bearer = name.key.removesuffix(" administration")
        if (
            name.sure
            and bearer != name.key
            and " " not in bearer
            and bearer not in places().adjectives
            and not places().find(bearer.title())
        ):
            kinds.setdefault(bearer, Counter())[Kind.PERSON] += 1
    return kinds


def _people(names: Names) -> Iterator[str]:
    for name in _all(names):
        words = name.key.split()
        if name.kind is Kind.PERSON and len(words) > 1:
            yield words[-1]
            if words[0] in given_names():
                yield words[0]


def _with_strangers(names: Names, article: Sequence[Sequence[Piece]]) -> list[list[Found]]:
    """Take two or three capitalised words for a person's name where the last one stands alone elsewhere, and never after "the"."""
    single = {name.key for name in _all(names) if " " not in name.key}
    open_kind = {name.key for name in _all(names) if " " not in name.key and not name.kind and not name.sure}
    things = {
        name.key
        for here, sentence in zip(names, article, strict=True)
        for name in here
        if name.pieces[0] > 0 and sentence[name.pieces[0] - 1].folded in _ARTICLES
    }
    small = {piece.folded for sentence in article for piece in sentence if not piece.capital}

    def is_person(name: Found) -> bool:
        words = name.key.split()
        if name.kind or name.sure or not 1 < len(words) <= _LONGEST_PERSON or {name.key, words[-1]} & things:
            return False
        is_known = words[-1] in open_kind and words[0] not in single
        return is_known and all(word.isalpha() and word not in small and word not in _COMMON for word in words)

    return [[replace(name, kind=Kind.PERSON) if is_person(name) else name for name in here] for here in names]


def _settled(name: Found, sentence: Sequence[Piece], told: _Told) -> Found:
    if name.sure:
        return name
    is_short, is_in = " " not in name.key, is_after_place_word(name, sentence)
    if is_short and not is_in and name.key in told.people and name.kind is not Kind.ORGANISATION:
        return replace(name, kind=Kind.PERSON)
    if name.kind is Kind.PLACE:
        # The last word of a thing's name ("Space Shuttle Columbia") is as likely the thing as the place.
        return replace(name, kind=None) if is_short and not is_in and name.key in told.things else name
    kinds = told.kinds.get(name.key) or (told.kinds.get(name.key.removesuffix("s")) if name.key.endswith("is") else None)
    if kinds:
        return replace(name, kind=max(kinds, key=lambda kind: (kinds[kind], kind is name.kind, kind.value)))
    is_place = is_in and name.kind is None and is_short and name.key not in PEOPLES
    return replace(name, kind=Kind.PLACE) if is_place else name
