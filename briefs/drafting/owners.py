"""Whose somebody is, and what: a name of a claim beside an owner or a role that the sentences give to others."""

from collections.abc import Iterator, Sequence
from typing import Final

from briefs.drafting.called import Called, written
from briefs.drafting.case import Case, parts
from briefs.drafting.lexicon import row
from briefs.drafting.verbs import is_verb
from briefs.drafting.words import Sort, Word
from briefs.folding import fold
from briefs.reading.titles import OFFICES, ROLES

_REACH: Final = 8  # words between an owner and a name in one noun phrase
_IS: Final = row("is are was were")
_ROLES: Final = OFFICES | ROLES


def owners(names: Called) -> Iterator[str]:
    """What the claim says of whose somebody is and what he is, that the sentences say of others, as sentences."""
    case = names.case
    for one, other in zip(names.mine, names.mine[1:], strict=False):
        if not _owns(case.claim, one, other):
            continue
        theirs = [_owner(case.source, names.theirs, found) for found in names.of(other)]
        told = [owner for owner in theirs if owner is not None]
        if told and not any(names.same(one, owner) for owner in told):
            yield (
                f"The line has “{written(case.claim, one)}'s {written(case.claim, other)}” "
                f"where the sentence has “{written(case.source, told[0])}'s”."
            )
    yield from _roles(case, names)


def _owns(text: Sequence[Word], one: range, other: range) -> bool:
    return one.stop + 1 == other.start and text[one.stop].plain == "'s"


def _owner(text: Sequence[Word], names: Sequence[range], name: range) -> range | None:
    """The name of whom a named one is: the nearest with "'s" before it in its noun phrase, or of a country."""
    for at in range(name.start - 1, max(-1, name.start - 1 - _REACH), -1):
        if text[at + 1].at == 0 or (parts(text[at + 1]) and "(" not in text[at + 1].before) or is_verb(text, at):
            return None
        if text[at].plain == "'s":
            return next((one for one in names if one.stop == at), None)
        people = next((one for one in names if at in one and any(key.startswith("@") for key in text[at].keys)), None)
        if people is not None:
            return people  # "Norwegian captain Ann Lee"
        if not text[at].heavy and text[at].stem:
            return None
    return None


def _roles(case: Case, names: Called) -> Iterator[str]:
    """Roles that the claim gives to one name and a sentence, beside it, to another: "its leader, Ann Lee,"."""
    for name in names.mine:
        at = name.stop
        if at >= len(case.claim) or case.claim[at].plain not in _IS:
            continue
        role = _role(case.claim, at)
        holders = [holder for j in _places(case, role) if (holder := _holder(case.source, names.theirs, j)) is not None]
        if holders and not any(names.same(name, holder) for holder in holders):
            mine, theirs = written(case.claim, name), written(case.source, holders[0])
            yield f"The line says “{case.claim[role].text}” of “{mine}”, and the sentence of “{theirs}”."


def _role(text: Sequence[Word], verb: int) -> int:
    """The place of the role behind an "is"; -1 where none is told."""
    for at in range(verb + 1, min(verb + 1 + _REACH, len(text))):
        if text[at].at == 0 or parts(text[at]) or is_verb(text, at):
            return -1
        if text[at].sort is Sort.CONTENT and fold(text[at].plain) in _ROLES:
            return at
    return -1


def _places(case: Case, role: int) -> list[int]:
    return [] if role < 0 else [j for j, word in enumerate(case.source) if word.sort is Sort.CONTENT and word.stem == case.claim[role].stem]


def _holder(text: Sequence[Word], names: Sequence[range], j: int) -> range | None:
    """The name right beside a role: "leader Ann Lee", "its leader, Ann Lee,", "Ann Lee, its leader,"."""
    behind = next((name for name in names if name.start == j + 1 and text[j + 1].at), None)
    if behind is not None:
        return behind
    first = j
    while first > 0 and text[first].at and not parts(text[first]):
        first -= 1
    apposed = text[first].at > 0 and text[first].before.strip() == "," and j + 1 < len(text) and (text[j + 1].at == 0 or parts(text[j + 1]))
    return next((name for name in names if name.stop == first), None) if apposed else None
