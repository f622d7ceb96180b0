"""Where a claim has something happen: a place may come from another sentence only where that tells of the same event."""

from collections.abc import Sequence
from typing import Final

from briefs.drafting.called import Called, written
from briefs.drafting.case import parts
from briefs.drafting.lexicon import row
from briefs.drafting.verbs import PREPOSITIONS, is_verb
from briefs.drafting.words import Sort, Word

_IS: Final = row("is are was were has have had")
_PLACING: Final = row("in at on near from to into within inside outside across over towards toward through around")
_INSIDE: Final = frozenset({"in", "at", "on", "within", "inside", "near"})
_HEAD_REACH: Final = 2  # words behind a name among which its noun is
_PLACES: Final = row("country nation city town village state region area island province")


def placed(names: Called, verb: int) -> list[tuple[str, range]]:
    """The claim's names behind a preposition that says where, on either side of a verb in its clause, each with that preposition.

    Args:
        verb: its place in the claim.
    """
    claim = names.case.claim
    found = []
    for name in names.mine:
        between = range(verb + 1, name.start) if name.start > verb else range(name.stop, verb)
        if any(is_verb(claim, k) or parts(claim[k]) or claim[k].at == 0 for k in between):
            continue
        k = name.start - 1
        while k > 0 and k != verb and claim[k].at and not claim[k].heavy and claim[k].plain not in PREPOSITIONS:
            k -= 1
        out = claim[k].plain == "of" and claim[k - 1].plain == "out"
        if out or claim[k].plain in _PLACING:
            found.append(("out" if out else claim[k].plain, name))
    return found


def misplaced(names: Called, verb: int, at: int) -> str:
    """What is wrong with a place of the claim, as a sentence; empty where nothing is.

    Args:
        verb: the place of the verb in the claim.
        at: that of the sources' word that bears it.
    """
    case = names.case
    owner = case.owner[at]
    for preposition, name in placed(names, verb):
        others = [other for other in names.of(name) if case.owner[other.start] != owner]
        if names.of(name, owner) or any(_tells_same(names, preposition, name, other, owner) for other in others):
            continue
        if _names_a_place(names, owner) or not _has_there(case.sources[owner].words, preposition):
            return f"The sentence that says “{case.source[at].text}” does not say “{preposition} {written(case.claim, name)}”."
    return ""


def _names_a_place(names: Called, owner: int) -> bool:
    """Whether a sentence names the place itself, so that its "there" is no other one."""
    text = names.case.source
    here = (name for name in names.theirs if names.case.owner[name.start] == owner and text[name.start].at > 1)
    return any(text[name.start - 1].plain == "of" and text[name.start - 2].plain in _PLACES for name in here)


def _has_there(text: Sequence[Word], preposition: str) -> bool:
    """Whether a sentence says "there", or "in the city" behind that preposition."""
    for at, word in enumerate(text):
        if word.plain == "there" and (at + 1 == len(text) or text[at + 1].plain not in _IS):
            return True
        named = at + 1 < len(text) and text[at + 1].plain == "of"
        before = [other.plain for other in text[max(0, at - 3) : at]]
        if word.plain in _PLACES and not named and any(one == preposition or {one, preposition} <= _INSIDE for one in before):
            return True
    return False


def _tells_same(names: Called, preposition: str, name: range, other: range, owner: int) -> bool:
    """Whether another sentence has the place there and tells of the same: of two other names of the claim, or of one and what it did."""
    case = names.case
    if _same_head(names, name, other, owner):
        return True
    near = [case.source[k].plain for k in range(max(0, other.start - 3), other.start)]
    if not any(word == preposition or {word, preposition} <= _INSIDE for word in near):
        return False
    number = case.owner[other.start]
    here = {key for word in case.sources[number].words if word.sort is Sort.CONTENT for key in word.keys}
    named = {at for one in names.mine for at in one}
    own = (word for word in case.claim if word.at not in named)
    shared = sum(bool(names.of(one, number)) for one in names.mine if one != name)
    return shared > 1 or (shared == 1 and any(word.sort is Sort.CONTENT and word.keys & here for word in own))


def _same_head(names: Called, name: range, other: range, owner: int) -> bool:
    """Whether a name only says which one of a noun, of the same on both sides: "the Holm election", "the election in Holm".

    Not where the sentence that bears the verb says itself which one: "the election in this town".
    """
    here, there = _heads(names.case.claim, name), _heads(names.case.source, other)
    text = names.case.sources[owner].words
    said = [text[k].keys for k in range(len(text) - 1) if text[k + 1].plain in _PLACING]
    return any(one.keys & two.keys and not any(one.keys & keys for keys in said) for one in here for two in there)


def _heads(text: Sequence[Word], name: range) -> list[Word]:
    """The nouns beside a name: right behind it, and the one that it hangs on by a preposition."""
    behind = [at for at in range(name.stop, min(name.stop + _HEAD_REACH, len(text))) if text[at].at and not parts(text[at])]
    before = name.start - 1
    while before > 0 and text[before].at and not text[before].heavy:
        before -= 1
    hangs = before >= 0 and text[before].sort is Sort.CONTENT and not is_verb(text, before)
    return [text[at] for at in (*behind, *([before] if hangs else [])) if text[at].sort is Sort.CONTENT]
