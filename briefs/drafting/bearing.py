"""Whether one sentence bears each verb of a claim together with its names: no other sentence's name stands for one of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from briefs.drafting.alignment import NOWHERE
from briefs.drafting.case import Case, parts
from briefs.drafting.coreference import may_stand_for
from briefs.drafting.lexicon import row
from briefs.drafting.sides import Side, Sides, sides
from briefs.drafting.verbs import PREPOSITIONS, is_verb, may_be_verb
from briefs.drafting.whole_names import PERSONS, name_words, same_name, told_apart, whole_names
from briefs.drafting.words import Sort, Word, words

_IS: Final = row("is are was were has have had")
_COMPLEMENT: Final = 4  # words behind "is" or "has" among which what is said is sought
_PLACING: Final = row("in at on near from to into within inside outside across over towards toward through around")
_INSIDE: Final = frozenset({"in", "at", "on", "within", "inside", "near"})
_ALONG: Final = frozenset({"alongside", "with", "together"})
_ALONG_REACH: Final = 5  # words between "alongside" and a name
_AND_REACH: Final = 2
_KIN: Final = PERSONS | row(
    "father mother husband wife son daughter brother sister uncle aunt cousin partner friend neighbour lawyer spokesman"
)
_PLACES: Final = row("country nation city town village state region area island province")


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


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of a claim and of its sentences: ranges of places."""

    mine: tuple[range, ...]
    theirs: tuple[range, ...]


def bearing(case: Case) -> Iterator[str]:
    """Names that the claim has where the sentence that bears its verb has others, as sentences."""
    both = (*case.claim, *case.source)
    known, common = name_words(both), frozenset(word.plain for word in both if not word.capital)
    by_hand = {key for word in case.by_hand for key in word.keys}
    own = (name for name in whole_names(case.claim, known, common) if not all(case.claim[at].keys & by_hand for at in name))
    names = _Names(tuple(own), whole_names(case.source, known, common))
    if not names.mine:
        return
    for told in _verbs(case, names.mine):
        mine = sides(case.claim, told.at, names.mine)
        if not (mine.doer.named or mine.undergoer.named or _placed(case, told, names)):
            continue
        yield from _unborne(case, told, mine, names)


def _unborne(case: Case, told: _Told, mine: Sides, names: _Names) -> Iterator[str]:
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
    """The place of the last word of what is said behind an "is" or "has"; NOWHERE where a verb follows, or nothing."""
    found = NOWHERE
    for at in range(i + 1, min(i + 1 + _COMPLEMENT, len(text))):
        if text[at].at == 0 or parts(text[at]) or (text[at].plain in PREPOSITIONS and text[at].plain != "about"):
            break
        if at in verbs or text[at].plain in _IS:
            return NOWHERE
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


def _objection(case: Case, told: _Told, mine: Sides, j: int, names: _Names) -> str:
    """Why the verb at `j` of the sentences does not bear the claim's; empty where it does, or where that cannot be seen."""
    at = j if told.key == told.at else _is_before(case, j)
    if at == NOWHERE or (told.key == told.at and not is_verb(case.source, j)):
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
    return _misplaced(case, told, at, names)


def _says_it(case: Case, speaker: Side, number: int) -> bool:
    """Whether a sentence has the claim's speaker say something, by whatever words: "according to the Herald"."""
    said = [words(one.who) for one in case.sources[number].marks.attributions if one.who]
    return any(same_name(_words(case.claim, name), who) for name in speaker.named for who in said)


def _is_before(case: Case, j: int) -> int:
    """The "is" or "has" before what is said of somebody."""
    for at in range(j - 1, max(NOWHERE, j - 2 - _COMPLEMENT), -1):
        if case.source[at + 1].at == 0 or parts(case.source[at + 1]):
            return NOWHERE
        if case.source[at].plain in _IS:
            return at
    return NOWHERE


def _wrong(case: Case, here: Side, there: Side, at: int, names: _Names, others: Sequence[range]) -> str:
    if not here.named or not there.seen:
        return ""
    owner = case.owner[at]
    for name in _unmatched(case, here, there, owner, names):
        if there.named or (there.near and there.pronoun < 0 and not there.words):
            other = (there.named or there.near)[-1]
            return f"The line has “{_written(case.claim, name)}” where the sentence has “{_written(case.source, other)}”."
        if not _in_sentence(case, name, owner, names) and not may_stand_for(
            case, name, there, at, names.theirs, others=others, shared=_share_word(case, here, there)
        ):
            return f"The sentence that says “{case.source[at].text}” does not say it of “{_written(case.claim, name)}”."
    return ""


def _unmatched(case: Case, here: Side, there: Side, number: int, names: _Names) -> list[range]:
    """The claim's names of a side which the sentence's side has not."""
    theirs = (*there.named, *there.near)

    def has(name: range) -> bool:
        return any(_same(case, name, other, names) and not _is_kin_of(case, name, other) for other in theirs)

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


def _comes_along(case: Case, name: range, number: int, names: _Names) -> bool:
    """Whether the sentence has a name beside others, behind "alongside" or "and", however far from the verb."""
    for other in names.theirs:
        if case.owner[other.start] == number and _same(case, name, other, names) and not _is_kin_of(case, name, other):
            before = [word.plain for word in case.source[max(0, other.start - _ALONG_REACH) : other.start]]
            if "and" in before[-_AND_REACH:] or _ALONG.intersection(before):
                return True
    return False


def _same(case: Case, name: range, other: range, names: _Names) -> bool:
    """Whether a name of the sentences may be the claim's: not where it is longer, and the claim's stands in them for another."""
    mine, theirs = _words(case.claim, name), _words(case.source, other)
    if not same_name(mine, theirs):
        return False
    if len(theirs) <= len(mine) or not told_apart(mine, theirs):
        return True
    return not any(one != other and _equal(mine, _words(case.source, one)) for one in names.theirs) or "of" in [w.plain for w in theirs]


def _equal(one: Sequence[Word], other: Sequence[Word]) -> bool:
    return [word.plain for word in one if word.heavy] == [word.plain for word in other if word.heavy]


def _in_sentence(case: Case, name: range, number: int, names: _Names) -> bool:
    return any(case.owner[other.start] == number and _same(case, name, other, names) for other in names.theirs)


def _placed(case: Case, told: _Told, names: _Names) -> list[tuple[str, range]]:
    """The names behind a preposition that says where, in the verb's clause, each with that preposition."""
    found = []
    for name in names.mine:
        if name.start <= told.at or any(
            is_verb(case.claim, k) or parts(case.claim[k]) or case.claim[k].at == 0 for k in range(told.at + 1, name.start)
        ):
            continue
        k = name.start - 1
        while k > told.at and not case.claim[k].heavy and case.claim[k].plain not in PREPOSITIONS:
            k -= 1
        out = case.claim[k].plain == "of" and case.claim[k - 1].plain == "out"
        if out or case.claim[k].plain in _PLACING:
            found.append(("out" if out else case.claim[k].plain, name))
    return found


def _misplaced(case: Case, told: _Told, at: int, names: _Names) -> str:
    """A place that only another sentence names, and that neither tells of the same event nor stands for "there"."""
    owner = case.owner[at]
    for preposition, name in _placed(case, told, names):
        if _in_sentence(case, name, owner, names):
            continue
        if any(_tells_same(case, told, preposition, name, other, names) for other in names.theirs if case.owner[other.start] != owner):
            continue
        if _has_there(_of(case, owner), preposition):
            continue
        return f"The sentence that says “{case.source[at].text}” does not say “{preposition} {_written(case.claim, name)}”."
    return ""


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


def _of(case: Case, number: int) -> Sequence[Word]:
    return case.sources[number].words


def _tells_same(case: Case, told: _Told, preposition: str, name: range, other: range, names: _Names) -> bool:
    """Whether another sentence has the place behind that preposition, and another name or word of the clause beside it."""
    if not _same(case, name, other, names):
        return False
    if _same_head(case, name, other):
        return True
    near = [case.source[k].plain for k in range(max(0, other.start - 3), other.start)]
    if not any(word == preposition or {word, preposition} <= _INSIDE for word in near):
        return False
    here = {key for word in _of(case, case.owner[other.start]) if word.heavy for key in word.keys}
    own = set(name)
    around = [*told.clause, *(k for one in names.mine for k in one)]
    return any(case.claim[k].keys & here for k in around if k not in own and case.claim[k].sort in (Sort.CONTENT, Sort.NAME))


def _same_head(case: Case, name: range, other: range) -> bool:
    """Whether the same noun stands right behind a name on both sides: the name only says which one ("the Holm election")."""
    here, there = case.claim[name.stop : name.stop + 2], case.source[other.stop : other.stop + 2]
    return any(one.heavy and one.keys & two.keys for one, two in zip(here, there, strict=False))


def _words(text: Sequence[Word], places: range) -> Sequence[Word]:
    return text[places.start : places.stop]


def _written(text: Sequence[Word], places: range) -> str:
    return " ".join(text[at].text for at in places)
