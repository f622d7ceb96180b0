"""Ways to tell words in another place than a sentence does that leave the sense as it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from briefs.drafting.alignment import NOWHERE
from briefs.drafting.case import Case, Gap, parts
from briefs.drafting.lexicon import row
from briefs.drafting.neighbours import ARTICLES, FIRM, link, neighbour, preposition
from briefs.drafting.verbs import PREPOSITIONS, is_verb
from briefs.drafting.words import Sort, Word
from briefs.folding import fold
from briefs.reading.titles import OFFICES, ROLES

HANGS: Final = 8  # words between a noun and what hangs on it ("inspections of the site by the UN")
ROLE_REACH: Final = 6  # words between a name and what its bearer is said to be
DATE_REACH: Final = 5  # words between a date and what it dates

_MONTHS: Final = row("january february march april may june july august september october november december")
_TIMES: Final = _MONTHS | row("monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow")
_PLACES: Final = frozenset({"in", "on", "at", "within", "inside", "near"})
_OWNING: Final = frozenset({"of", "by", "in", "from", "on", "against", "with"})
_WHOSE: Final = frozenset({"of", "by", "against"})
_OWNERS: Final = frozenset({"its", "their", "his", "her"})
_RELATIVES: Final = frozenset({"that", "which", "who", "whom"})
_PRONOUNS: Final = row("it its they them their he him his she her")
_ROLES: Final = ROLES | OFFICES
_ALIKE: Final = frozenset({"separate", "separately", "distinct", "different", "together", "alike"})


@dataclass(frozen=True, slots=True)
class Block:
    """Words that stand together on both sides and were moved together: places in the claim, places in the sources."""

    claim: tuple[int, ...]
    source: tuple[int, ...]


def keeps_sense(case: Case, gap: Gap, block: Block, *, crossed: bool) -> bool:
    """Whether a block may stand where the claim has it.

    Args:
        crossed: more than one block of the gap has changed sides with its neighbour.
    """
    if all(case.claim[i].sort is Sort.LOADED for i in block.claim):
        return _same_governed(case, block)
    if not any(case.claim[i].sort in FIRM for i in block.claim) or names_a_pronoun(case, gap) or _other_sentence(case, gap, block):
        return True
    if any(way(case, block) for way in _WAYS):
        return True
    beside = changes_sides(case, block)
    if beside is not None or crossed:
        return bool(beside) and not crossed
    return _same_preposition(case, block)


def _same_preposition(case: Case, block: Block) -> bool:
    """Whether the phrase was moved whole, with the preposition or conjunction it begins with."""
    name = next(at for at, i in enumerate(block.claim) if case.claim[i].sort in FIRM)
    here, there = preposition(case.claim, block.claim[name]), preposition(case.source, block.source[name])
    same = bool(here and there) and (here == there or {here, there} <= _PLACES)
    return same or case.claim[block.claim[0]].sort is Sort.LOADED or (here in _WHOSE and not there)


def _speaks(case: Case, block: Block) -> bool:
    """Whether it is who says it, moved whole."""
    return any(speaker <= frozenset(block.claim) for speaker in case.speakers)


def _apposed(case: Case, block: Block) -> bool:
    """Whether the block stands between signs on both sides, beside its description: "Ann Lee, a nurse", "a nurse, Ann Lee,"."""
    return _apart(case.claim, block.claim) and _apart(case.source, block.source) and _described(case, block)


def _apart(text: Sequence[Word], places: tuple[int, ...]) -> bool:
    """Whether the words stand between signs: an apposition, on whichever side of its noun."""
    first, last = places[0], places[-1] + 1
    while first and not text[first - 1].heavy and text[first].at and not parts(text[first]):
        first -= 1
    ends = last >= len(text) or text[last].at == 0 or parts(text[last])
    return ends and (text[first].at == 0 or parts(text[first]))


def _described(case: Case, block: Block) -> bool:
    """Whether what stands beside the name, between signs too, is a description ("a nurse from Leeds") and no other name of a list."""
    at = block.source[-1] + 1
    following = at < len(case.source) and case.source[at].plain in ARTICLES and parts(case.source[at])
    first = block.source[0] - 1
    while first > 0 and case.source[first].at and not parts(case.source[first]):
        first -= 1
    return following or (first >= 0 and case.source[first].plain in ARTICLES)


def _other_sentence(case: Case, gap: Gap, block: Block) -> bool:
    """Whether the words come from another sentence than those around them: nothing was moved, two sentences were joined."""
    around = [case.alignment.to[i] for i in (gap.left, gap.right) if 0 <= i < len(case.claim)]
    return bool(around) and all(case.owner[j] != case.owner[block.source[0]] for j in around)


def _owns(case: Case, block: Block) -> bool:
    """Whether the sentence has "its" where the claim names whose it is: "its leader", "the leader of the party"."""
    beside = (j for _, j in _neighbours(case, block) if j > 0)
    return any(case.source[j - 1].plain in _OWNERS and case.alignment.back[j - 1] == NOWHERE for j in beside)


def _has_role(case: Case, block: Block) -> bool:
    """Whether a name stands beside what somebody is, and in the sentence too, if on the other side: "the head, Ann Lee"."""
    for at, there in _neighbours(case, block):
        if fold(case.claim[at].plain) in _ROLES and abs(there - block.source[0]) <= ROLE_REACH:
            inside = range(min(there, block.source[0]) + 1, max(there, block.source[0]))
            return not any(is_verb(case.source, k) or case.source[k].plain in ("'s", "of") for k in inside)
    return False


def _relative(case: Case, block: Block) -> bool:
    """Whether the block is what a relative clause hangs on, and its verb stands beside the block: "rebels whom Iran backs"."""
    last = block.source[-1]
    verbs = (there for _, there in _neighbours(case, block) if last < there <= last + HANGS and case.source[there].sort is Sort.CONTENT)
    clauses = (case.source[last + 1 : there] for there in verbs)
    return any(word.plain in _RELATIVES for clause in clauses for word in clause)


def _conjunct(case: Case, block: Block) -> bool:
    """Whether the sentence joins the block with others by "and", and says of them what is so both ways: "are separate groups"."""
    around = case.source[max(0, block.source[0] - 1) : block.source[-1] + 2]
    joined = any(word.plain == "and" for word in around)
    return joined and bool(_ALIKE & {word.plain for word in case.claim})


def _premodifies(case: Case, block: Block) -> bool:
    """Whether the block stands right before the noun on which it hangs in the sentence: "UN inspections", "inspections by the UN"."""
    head = neighbour(case.claim, block.claim[-1], 1)
    there = NOWHERE if head == NOWHERE else case.alignment.to[head]
    hangs_by = preposition(case.source, block.source[0])
    if there == NOWHERE or there > block.source[0] or hangs_by not in _OWNING:
        return False
    linked = link(case.claim, block.claim[-1], head)
    if linked not in ("", "'s") and (hangs_by != "by" or "," in linked or is_verb(case.source, there)):
        return False
    inside = range(there + 1, block.source[0])
    return len(inside) <= HANGS and not any(is_verb(case.source, at) for at in inside)


def _same_governed(case: Case, block: Block) -> bool:
    """Whether small words were moved with what they stand before."""
    mine, theirs = case.governed_in_claim(block.claim[-1]), case.governed(block.source[-1])
    return mine != NOWHERE and case.alignment.to[mine] == theirs


def changes_sides(case: Case, block: Block) -> bool | None:
    """Whether the block, if all it did is change places with its neighbour, did so in a way that leaves the sense.

    "Iraq's army" and "the army of Iraq" say the same. None where it did something else.
    """
    to, source = case.alignment.to, case.source
    before, after = neighbour(case.claim, block.claim[0], -1), neighbour(case.claim, block.claim[-1], 1)
    left, right = neighbour(source, block.source[0], -1), neighbour(source, block.source[-1], 1)
    for mine, theirs, first in ((before, right, True), (after, left, False)):
        if NOWHERE in (mine, theirs) or to[mine] != theirs:
            continue
        one = link(case.claim, mine, block.claim[0]) if first else link(case.claim, block.claim[-1], mine)
        other = link(source, block.source[-1], theirs) if first else link(source, theirs, block.source[0])
        return _same_link(one, other) or _is_day(case.claim, block, mine) or _is_role(case.claim, block, mine, {one, other})
    return None


def _dated(case: Case, block: Block) -> bool:
    """Whether it is a date beside the block that was moved: it goes before or behind what it dates."""
    times = ((at, j) for at, j in _neighbours(case, block) if _is_time(case.claim, at) and abs(j - block.source[0]) <= DATE_REACH)
    return any((at > block.claim[0]) is not (j > block.source[0]) for at, j in times)


def _is_time(text: Sequence[Word], at: int) -> bool:
    """Whether a word belongs to a date."""
    return any(text[k].plain in _TIMES for k in range(max(0, at - 1), min(at + 2, len(text))))


def _is_role(text: Sequence[Word], block: Block, mine: int, links: set[str]) -> bool:
    """Whether a name and what somebody is have changed sides: "the head, Ann Lee", "Ann Lee, the head"."""
    roles = {fold(text[at].plain) for at in (block.claim[0], block.claim[-1], mine)} & _ROLES
    return bool(roles) and links <= {"", ","}


def _is_day(text: Sequence[Word], block: Block, mine: int) -> bool:
    """Whether a month and its day have changed sides: "October 7", "7 October"."""
    return {text[block.claim[0]].sort, text[mine].sort} == {Sort.NAME, Sort.NUMBER} and bool(
        _MONTHS & {text[block.claim[0]].plain, text[mine].plain}
    )


def _same_link(one: str, other: str) -> bool:
    """Whether one side has an owner or a compound where the other has a preposition."""
    owning = {"'s", "", "s"}
    return (one in owning and other in PREPOSITIONS) or (other in owning and one in PREPOSITIONS)


def _neighbours(case: Case, block: Block) -> list[tuple[int, int]]:
    """The words of weight on either side of a block in the claim that stand for one of the sources': places in both."""
    found = [neighbour(case.claim, block.claim[0], -1), neighbour(case.claim, block.claim[-1], 1)]
    return [(at, case.alignment.to[at]) for at in found if at != NOWHERE and case.alignment.to[at] != NOWHERE]


def names_a_pronoun(case: Case, gap: Gap) -> bool:
    """Whether the sentence has a pronoun where the claim has the words."""
    to = case.alignment.to
    first = to[gap.left] - 2 if gap.left != NOWHERE else (to[gap.right] - 4 if gap.right < len(to) else 0)
    last = to[gap.right] + 1 if gap.right < len(to) else to[gap.left] + 4
    return any(
        case.source[j].plain in _PRONOUNS and case.alignment.back[j] == NOWHERE for j in range(max(first, 0), min(last, len(case.source)))
    )


_WAYS: Final = (_speaks, _apposed, _dated, _owns, _premodifies, _has_role, _relative, _conjunct)
