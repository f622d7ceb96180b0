"""What kind of thing a name is of, as its own words and those around it tell."""

import re
from collections.abc import Sequence
from typing import Final

from briefs.entity import Kind
from briefs.reading.given_names import given_names
from briefs.reading.grouping_organisations import GENERIC_HEADS
from briefs.reading.grouping_people import FAMILY_FIRST
from briefs.reading.names_pieces import Piece
from briefs.reading.names_split import Found
from briefs.reading.names_words import (
    GROUP_NOUNS,
    ORGANISATION_WORDS,
    OTHER_WORDS,
    PEOPLES,
    PLACE_PREPOSITIONS,
    PLACE_WORDS,
    SPEAKING,
)
from briefs.reading.places import places
from briefs.reading.titles import HONORIFICS, OFFICES, ROLES
from briefs.reading.word_lists import word_set

_GIVEN_WITH_HYPHEN: Final = re.compile(r"[A-Z][a-zé]+-[a-z]+")  # Ki-moon, Cheuk-yan
_INITIAL: Final = re.compile(r"(?:[A-Z]\.?){1,3}")
_PARTICLES: Final = word_set("van von bin ibn bint der den de da di del della al el abu")
_AGE: Final = re.compile(r"\d{1,3}")
_APPOSITION: Final = 7  # words after a comma in which a role may stand: "…, the group's former deputy leader"
_BEFORE_PLACES: Final = frozenset({"the", "in", "at", "on", "near", "to", "from", "of"})
_AFTER_PLACES: Final = _BEFORE_PLACES | {"and", "as", "after", "where"}
_DETERMINERS: Final = frozenset({"the", "a", "an", "its", "his", "her", "their", "one", "former"})
_CALLED: Final = frozenset(
    {
        "called",
        "named",
        "dubbed",
        "group",
        "militia",
        "newspaper",
        "company",
        "firm",
        "agency",
        "network",
        "party",
        "magazine",
        "broadcaster",
        "proxy",
        "insurgency",
    }
)
_ORGANISATION_BEFORE_OF: Final = ORGANISATION_WORDS | word_set(
    "centers centres lords commons representatives doctors reporters physicians friends daughters sons"
)
_PLACE_FIRST: Final = frozenset({"mount", "lake", "fort", "port", "cape"})
_PLACE_BEFORE_OF: Final = word_set(
    """
    gulf strait straits bay sea cape isle horn republic kingdom city town county province district state mount
    """
)


def kind_of(name: Found, sentence: Sequence[Piece]) -> Kind | None:
    """The kind of a name of which tables know nothing; None where nothing tells."""
    start, end = name.pieces
    words = [piece.folded for piece in sentence[start:end]]
    if _is_person(sentence, start, words):
        return Kind.PERSON
    own = _by_own_words(name, words)
    if own is None and end - start == 1 and words[0] in ORGANISATION_WORDS and start and sentence[start - 1].folded == "the":
        return Kind.ORGANISATION
    if own is not None or words[-1] in OTHER_WORDS or words[0] in PEOPLES:
        return own
    return _by_surroundings(sentence, start, end) or _by_form(sentence[start:end], words)


def _is_person(sentence: Sequence[Piece], start: int, words: list[str]) -> bool:
    """Whether a given name or a title before tells that "Hill" or "Park" is a surname."""
    if len(words) == 1 or words[-1] in OTHER_WORDS or "of" in words or "&" in words:
        return False
    if _after_role(sentence, start) and words[-1] not in ORGANISATION_WORDS:
        return True
    before = sentence[start - 1].folded if start else ""
    is_thing = words[-1] in ORGANISATION_WORDS or (words[-1] in PLACE_WORDS and before in _BEFORE_PLACES)
    return words[0] in given_names() and len(words) <= 3 and not is_thing


def _by_own_words(name: Found, words: list[str]) -> Kind | None:
    if len(words) == 1:
        is_acronym = name.text.isalpha() and name.text.isupper() and len(name.text) > 2
        return Kind.ORGANISATION if is_acronym or words[0] in GENERIC_HEADS else None
    head = next((words.index(small) for small in ("of", "for", "in") if small in words[1:]), 0)
    if any(word in _ORGANISATION_BEFORE_OF for word in words[:head]):
        return Kind.ORGANISATION
    if head and words[head - 1] in _PLACE_BEFORE_OF:
        return Kind.PLACE
    if words[-1] in ORGANISATION_WORDS or "&" in name.text or "/" in name.text:
        return Kind.ORGANISATION
    return Kind.PLACE if words[-1] in PLACE_WORDS or words[0] in _PLACE_FIRST else None


def _by_surroundings(sentence: Sequence[Piece], start: int, end: int) -> Kind | None:
    if sentence[end - 1].bound:
        return Kind.ORGANISATION if sentence[end - 1].rules else None
    before = sentence[start - 1].folded if start else ""
    after = sentence[end].folded if end < len(sentence) else ""
    if (
        _after_role(sentence, start)
        or _before_role(sentence, end)
        or (end - start > 1 and after in SPEAKING and not _has_small(sentence[start:end]))
    ):
        return Kind.PERSON
    if (after in GROUP_NOUNS and sentence[end].gap) or _apposition(sentence, end, GROUP_NOUNS):
        return Kind.ORGANISATION
    if (before in _CALLED and sentence[start].gap) or (end - start == 1 and after == "reported"):
        return Kind.ORGANISATION
    is_in = before in _BEFORE_PLACES or before in PLACE_PREPOSITIONS
    return Kind.PLACE if is_in and after == "" and _is_whole(sentence, end + 1) else None


def _has_small(own: Sequence[Piece]) -> bool:
    """Whether "of", "for" or "and" stands within a name: no person's."""
    return any(piece.folded in {"of", "for", "and"} for piece in own)


def _is_whole(sentence: Sequence[Piece], at: int) -> bool:
    """Whether what follows a comma is a region or country that ends there: "Irving, Texas"."""
    if at >= len(sentence) or sentence[at - 1].text != "," or not sentence[at].capital:
        return False
    place = places().find(sentence[at].text)
    ends = at + 1 == len(sentence) or not sentence[at + 1].text[0].isalpha() or sentence[at + 1].folded in _AFTER_PLACES
    return place is not None and place.name in places().codes and ends


def _after_role(sentence: Sequence[Piece], start: int) -> bool:
    """Whether a trade, rank or title stands before: "commander X", "its leader, X"."""
    if not start:
        return False
    before = sentence[start - 1]
    if before.folded in HONORIFICS or (before.folded in OFFICES and before.capital):
        return True
    if before.folded in ROLES and not before.capital and sentence[start].gap:
        return True
    return (
        before.text == ","
        and start > 1
        and sentence[start - 2].folded in ROLES
        and not sentence[start - 2].capital
        and _closes(sentence, start)
    )


def _closes(sentence: Sequence[Piece], start: int) -> bool:
    """Whether the name between two commas ends with one: "its leader, X, was …"."""
    at = start
    while at < len(sentence) and (sentence[at].capital or sentence[at].folded in _PARTICLES):
        at += 1
    return at == len(sentence) or sentence[at].text in {",", ".", ";"}


def _before_role(sentence: Sequence[Piece], end: int) -> bool:
    """Whether an age, "who" or "the … commander" follows after a comma."""
    if end + 1 >= len(sentence) or sentence[end].text != ",":
        return False
    after = sentence[end + 1]
    if _AGE.fullmatch(after.text) and end + 2 < len(sentence) and sentence[end + 2].text in {",", ".", "-"}:
        return True
    if after.folded in {"who", "whom"} or (after.folded in ROLES and not after.capital):
        return True
    return _apposition(sentence, end, ROLES)


def _apposition(sentence: Sequence[Piece], end: int, heads: frozenset[str]) -> bool:
    """Whether after a comma words follow that say what was named: ", the … commander", ", one of the … militias"."""
    if end + 1 >= len(sentence) or sentence[end].text != "," or sentence[end + 1].folded not in _DETERMINERS:
        return False
    for piece in sentence[end + 2 : end + 2 + _APPOSITION]:
        if piece.folded in heads and not piece.capital:
            return True
        if not piece.text[0].isalnum() and piece.text not in {"-", "'s", "’s"}:
            return False
        if piece.folded in {"in", "for", "which", "where"} or (piece.folded == "of" and sentence[end + 1].folded != "one"):
            return False
    return False


def _by_form(own: Sequence[Piece], words: list[str]) -> Kind | None:
    if not 1 < len(own) <= 5 or any(piece.text.isupper() and len(piece.text) > 3 for piece in own):
        return None
    if words[0] in given_names() and own[-1].capital:
        return Kind.PERSON
    if words[0] in FAMILY_FIRST and "-" in own[1].text:
        return Kind.PERSON
    if any(_GIVEN_WITH_HYPHEN.fullmatch(piece.text) for piece in own):
        return Kind.PERSON
    if any(word in _PARTICLES for word in words[:-1]) or own[-1].text.startswith(("al-", "Al-", "el-", "El-")):
        return Kind.PERSON
    is_initialled = any(_INITIAL.fullmatch(piece.text) and len(piece.text) < 5 for piece in own[:-1])
    return Kind.PERSON if is_initialled and own[-1].text[0].isupper() and not own[-1].text.isupper() else None


def is_after_place_word(name: Found, sentence: Sequence[Piece]) -> bool:
    """Whether "in" stands before a name: weak, since one is in a company too."""
    start, _ = name.pieces
    return start > 0 and sentence[start - 1].folded in PLACE_PREPOSITIONS and sentence[start].gap
