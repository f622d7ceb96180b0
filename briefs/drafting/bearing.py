"""Whether one sentence bears each verb of a claim together with its names: no other sentence's name stands for one of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from briefs.drafting.alignment import NOWHERE
from briefs.drafting.called import Called, called, words_at, written
from briefs.drafting.case import Case, parts
from briefs.drafting.coreference import may_stand_for
from briefs.drafting.lexicon import row
from briefs.drafting.owners import owners
from briefs.drafting.placing import misplaced, placed
from briefs.drafting.sides import Side, Sides, goes_on, sides
from briefs.drafting.verbs import PREPOSITIONS, is_verb, may_be_verb
from briefs.drafting.whole_names import PERSONS, same_name
from briefs.drafting.words import Sort, Word, words

_IS: Final = row("is are was were has have had")
_WITHIN: Final = frozenset({"about", "of"})  # "is one of the boats", "has about 40 boats"
_COMPLEMENT: Final = 5  # words behind "is" or "has" among which what is said is sought
_ALONG: Final = frozenset({"alongside", "with", "together"})
_ALONG_REACH: Final = 5  # words between "alongside" and a name
_AND_REACH: Final = 2
_KIN: Final = PERSONS | row(
    "father mother husband wife son daughter brother sister uncle aunt cousin partner friend neighbour lawyer spokesman"
)


@dataclass(frozen=True, slots=True)
class _Told:
    """A verb of the claim, or an "is" or "has" with what is said.

    Args:
        key: the place of the word that the sentences must have: the verb's, or that of what is said.
        clause: places of the words of weight around it that are no names.
    """

    at: int
    key: int
    clause: frozenset[int]


def bearing(case: Case) -> Iterator[str]:
    """Names that the claim has where the sentence that bears its verb has others, as sentences."""
    names = called(case)
    if not names.mine:
        return
    yield from owners(names)
    for told in _verbs(case, names.mine):
        mine = sides(case.claim, told.at, names.mine)
        if not (mine.doer.named or mine.undergoer.named or placed(names, told.at)):
            continue
        yield from _unborne(case, told, mine, names)


def _unborne(case: Case, told: _Told, mine: Sides, names: Called) -> Iterator[str]:
    """What every sentence that could bear a verb has against it; nothing where one of them has nothing."""
    places = _bearers(case, told)
    objections = [_objection(case, told, mine, j, names) for j in places]
    if objections and all(objections):
        yield objections[0]


def _verbs(case: Case, names: Sequence[range]) -> Iterator[_Told]:
    text = case.claim
    named = {at for name in names for at in name}
    verbs = [i for i in range(len(text)) if i not in case.remark and (is_verb(text, i) or _stands_for_verb(case, i))]
    for i, word in enumerate(text):
        if i in case.remark:
            continue
        if i in verbs:
            yield _Told(i, i, _clause(case, i, verbs) - named)
        elif word.plain in _IS and (said := _complement(text, i, verbs)) != NOWHERE:
            yield _Told(i, said, _clause(case, i, verbs) - named)


def _stands_for_verb(case: Case, i: int) -> bool:
    j = case.alignment.to[i]
    return j != NOWHERE and may_be_verb(case.claim, i) and i > 0 and case.claim[i].at > 0 and is_verb(case.source, j)


def _complement(text: Sequence[Word], i: int, verbs: Sequence[int]) -> int:
    """The place of the last word of what is said behind an "is" or "has", else of whom it is said; NOWHERE if neither."""
    if i and i + 1 < len(text) and text[i + 1].plain in PREPOSITIONS and text[i].at and text[i - 1].sort is Sort.CONTENT:
        return i - 1  # "the sailors were from Holm" is said of the sailors
    found = NOWHERE
    for at in range(i + 1, min(i + 1 + _COMPLEMENT, len(text))):
        if text[at].at == 0 or parts(text[at]) or (text[at].plain in PREPOSITIONS and text[at].plain not in _WITHIN):
            break
        if at in verbs or text[at].plain in _IS:
            break
        if text[at].sort is Sort.CONTENT or text[at].capital:
            found = at
    return found


def _clause(case: Case, i: int, verbs: Sequence[int]) -> frozenset[int]:
    first = max((at for at in verbs if at < i), default=NOWHERE)
    last = min((at for at in verbs if at > i), default=len(case.claim))
    inside = range(first + 1, last)
    return frozenset(at for at in inside if case.claim[at].heavy and case.claim[at].sort is not Sort.LOADED)


def _bearers(case: Case, told: _Told) -> list[int]:
    """Places of the verb in the sentences that have most of what the claim says with it."""
    keys = case.claim[told.key].keys
    places = [j for j, word in enumerate(case.source) if word.keys & keys and word.heavy]
    said = [case.claim[at].keys for at in told.clause]
    scores: dict[int, int] = {}
    for number in {case.owner[j] for j in places}:
        here = {key for j, word in enumerate(case.source) if case.owner[j] == number and word.heavy for key in word.keys}
        scores[number] = sum(bool(one & here) for one in said)
    best = max(scores.values(), default=0)
    most = [j for j in places if scores[case.owner[j]] == best]
    return [j for j in most if is_verb(case.source, j)] or most


def _objection(case: Case, told: _Told, mine: Sides, j: int, names: Called) -> str:
    """Why the verb at `j` of the sentences does not bear the claim's; empty where it does, or where that cannot be seen."""
    if told.key < told.at:
        return misplaced(names, told.at, j)
    at = j if told.key == told.at else _is_before(case, j)
    if at == NOWHERE or (told.key == told.at and not (is_verb(case.source, j) or goes_on(case.source, j))):
        return ""
    theirs = sides(case.source, at, names.theirs)
    pairs = [(mine.doer, theirs.doer, theirs.undergoer), (mine.undergoer, theirs.undergoer, theirs.doer)]
    if told.at in case.telling and _says_it(case, mine.doer, case.owner[at]):
        return ""
    if told.at != told.key:
        pairs = pairs[:1]
    for here, there, beyond in pairs:
        if wrong := _wrong(case, here, there, at, names, beyond.named):
            return wrong
    return misplaced(names, told.at, at)


def _says_it(case: Case, speaker: Side, number: int) -> bool:
    """Whether a sentence has the claim's speaker say something, by whatever words: "according to the Herald"."""
    said = [words(one.who) for one in case.sources[number].marks.attributions if one.who]
    return any(same_name(words_at(case.claim, name), who) for name in speaker.named for who in said)


def _is_before(case: Case, j: int) -> int:
    """The "is" or "has" before what is said of somebody."""
    for at in range(j - 1, max(NOWHERE, j - 2 - _COMPLEMENT), -1):
        if case.source[at + 1].at == 0 or parts(case.source[at + 1]):
            return NOWHERE
        if case.source[at].plain in _IS:
            return at
    return NOWHERE


def _wrong(case: Case, here: Side, there: Side, at: int, names: Called, others: Sequence[range]) -> str:
    if not here.named or not there.seen:
        return ""
    owner = case.owner[at]
    for name in _unmatched(case, here, there, owner, names):
        if there.named or (there.near and there.pronoun < 0 and not there.words):
            other = (there.named or there.near)[-1]
            return f"The line has “{written(case.claim, name)}” where the sentence has “{written(case.source, other)}”."
        if not names.of(name, owner) and not may_stand_for(
            case, name, there, at, names.theirs, others=others, shared=_share_word(case, here, there)
        ):
            return f"The sentence that says “{case.source[at].text}” does not say it of “{written(case.claim, name)}”."
    return ""


def _unmatched(case: Case, here: Side, there: Side, number: int, names: Called) -> list[range]:
    """The claim's names of a side which the sentence's side has not."""
    theirs = (*there.named, *there.near)

    def has(name: range) -> bool:
        return any(names.same(name, other) and not _is_kin_of(case, name, other) for other in theirs)

    lost = [name for name in here.named if not has(name) and not _comes_along(case, name, number, names)]
    # Beside a name that both have, another one only says more of its bearer, unless "and" stands between.
    if len(lost) < len(here.named) or any(map(has, here.near)):
        return [name for name in lost if _is_joined(case.claim, name)]
    return lost


def _is_kin_of(case: Case, name: range, other: range) -> bool:
    """Whether the sentence tells it of somebody who is the named one's, and the claim of the named one: "Ann's father"."""
    owned = [word.plain for word in case.source[other.stop : other.stop + 2]]
    return owned[:1] == ["'s"] and set(owned[1:]) <= _KIN and [w.plain for w in case.claim[name.stop : name.stop + 1]] != ["'s"]


def _share_word(case: Case, here: Side, there: Side) -> bool:
    return any(case.claim[i].keys & case.source[j].keys for i in here.words for j in there.words)


def _is_joined(text: Sequence[Word], name: range) -> bool:
    before = text[name.start - 1].plain if name.start else ""
    after = text[name.stop].plain if name.stop < len(text) else ""
    return "and" in (before, after)


def _comes_along(case: Case, name: range, number: int, names: Called) -> bool:
    """Whether the sentence has a name beside others, behind "alongside" or "and", however far from the verb."""
    for other in names.theirs:
        if case.owner[other.start] == number and names.same(name, other) and not _is_kin_of(case, name, other):
            before = [word.plain for word in case.source[max(0, other.start - _ALONG_REACH) : other.start]]
            if "and" in before[-_AND_REACH:] or _ALONG.intersection(before):
                return True
    return False
