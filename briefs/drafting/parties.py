"""Whether a sentence that has the verb of a short claim has those, too, of whom the claim says it."""

from collections.abc import Iterator
from typing import Final

from briefs.drafting.alignment import NOWHERE
from briefs.drafting.case import Case, parts
from briefs.drafting.lexicon import lemma, row
from briefs.drafting.neighbours import neighbour
from briefs.drafting.verbs import Act, act, agent, is_passive, is_verb, may_be_verb, subject
from briefs.drafting.words import Sort

SHORT: Final = 12  # words of weight of a claim, each of which says so much that a sentence must bear it out

_PRONOUNS: Final = row("he she it they him her them we i us me")
_UNDONE: Final = row("about of for on against without from to toward towards over")  # before "disarming", where nobody has disarmed
_EVENTS: Final = frozenset(
    map(
        lemma,
        row(
            "strike airstrike attack bombing blast explosion raid shooting crash accident fire flood storm earthquake collapse fighting "
            "clash war outbreak shelling stampede landslide avalanche"
        ),
    )
)
_ON: Final = row("on against at by")
_BEFORE_NOUN: Final = 3  # words before it: "the embassy attack"
_NOUN_REACH: Final = 8  # words between the noun of an act and who acts


def is_short(case: Case) -> bool:
    """Whether each word of the claim says so much that a sentence must bear it out."""
    return sum(word.heavy and word.at not in case.remark for word in case.claim) <= SHORT


def parties(case: Case) -> Iterator[str]:
    """Verbs that the claim says of others than any of its sentences, as sentences."""
    if not is_short(case):
        return
    for i, word in enumerate(case.claim):
        if case.alignment.to[i] == NOWHERE or i in case.remark or i in case.telling or not _is_main(case, i):
            continue
        mine = _act(case, i)
        places = [j for j, there in enumerate(case.source) if there.keys & word.keys]
        if any(_as_it_stands(case, i, j) or _bears(case, mine, i, j) for j in places):
            continue
        who = " ".join(case.claim[at].text for at in sorted(mine.doers or mine.undergoers))
        yield f"No cited sentence says “{word.text}” of “{who}”."


def _is_main(case: Case, i: int) -> bool:
    """Whether a word of the claim is a verb, if only because it stands for one of the sentences ("backs" for "backed")."""
    present = case.claim[i].plain.endswith("s") and i > 0 and case.claim[i - 1].heavy and may_be_verb(case.claim, i)
    return is_verb(case.claim, i) or (present and may_be_verb(case.source, case.alignment.to[i]))


def _act(case: Case, i: int) -> Act:
    """What can be seen of the parties of a verb of the claim: a form that might be a participle is a verb where no other one is."""
    found = act(case.claim, i)
    if found.passive or found.doers or found.undergoers or sum(is_verb(case.claim, at) for at in range(len(case.claim))) > 1:
        return found
    return Act(False, frozenset(subject(case.claim, i)), found.undergoers)


def _as_it_stands(case: Case, i: int, j: int) -> bool:
    """Whether the same words of weight stand beside the verb in the sentence as in the claim."""
    sides = [(neighbour(case.claim, i, step), neighbour(case.source, j, step)) for step in (-1, 1)]
    beside = [(here, there) for here, there in sides if here != NOWHERE]
    return bool(beside) and all(there != NOWHERE and case.claim[here].keys & case.source[there].keys for here, there in beside)


def _bears(case: Case, mine: Act, i: int, j: int) -> bool:
    """Whether the word at `j` of the sources tells what the claim's verb tells."""
    doers, undergoers = _occurrences(case, mine.doers, j), _occurrences(case, mine.undergoers, j)
    missing = (_weighty(case, mine.doers) and not doers) + (_weighty(case, mine.undergoers) and not undergoers)
    if missing > _has_pronoun(case, j):
        return False
    if not doers or mine.passive:
        return True
    if _undone(case, i, j) or not _may_act(case, mine, doers, j):
        return False
    if (may_be_verb(case.source, j) and not _is_noun_of_act(case, j)) or parts(case.source[j]):
        return not _only_behind(case, doers, j) and _may_undergo(case, undergoers, j)
    return any(_near(case, at, j) for at in doers) and _noun_undergoes(case, undergoers, j)


def _noun_undergoes(case: Case, undergoers: list[int], j: int) -> bool:
    """Whether any of those acted upon hangs on the noun of the act, or stands right before it."""
    behind = range(j + 1, min(j + 1 + _NOUN_REACH, len(case.source)))
    last = next((k for k in behind if is_verb(case.source, k) or case.source[k].at == 0), behind.stop)
    pronoun = any(word.plain in _PRONOUNS for word in case.source[j + 1 : last])
    return not undergoers or pronoun or any(j - _BEFORE_NOUN <= at < j or j < at < last for at in undergoers)


def _is_noun_of_act(case: Case, j: int) -> bool:
    """Whether a word that could be a verb is the noun of an act: "years of Houthi attacks on ships"."""
    follows = case.source[j + 1].plain if j + 1 < len(case.source) else ""
    plural = case.source[j].plain.endswith("s") and not is_verb(case.source, j)
    return plural and j > 0 and case.source[j - 1].heavy and follows in _ON


def _may_act(case: Case, mine: Act, doers: list[int], j: int) -> bool:
    """Whether those who act in the claim may be those who act in the sentence, where it names any."""
    theirs = act(case.source, j)
    named = theirs.doers or frozenset(agent(case.source, j))
    if theirs.passive and not named:
        return any(_by(case, at, k) for at in doers for k in range(max(0, at - 3), at))
    keys = {key for at in mine.doers for key in case.claim[at].keys}
    joined = any(case.source[k].plain == "and" for at in doers for k in range(max(0, at - 2), at))
    if joined or any(case.source[at].keys & keys for at in named):
        return True
    undergone = any(case.source[at].keys & keys for at in theirs.undergoers)
    return not undergone and not any(case.source[at].sort is Sort.NAME for at in named)


def _by(case: Case, at: int, k: int) -> bool:
    """Whether the word at `k` makes a word behind it who acts, or the event that does: "killed in a strike"."""
    return case.source[k].plain == "by" or (case.source[k].plain == "in" and case.source[at].sort is Sort.CONTENT and _is_event(case, at))


def _is_event(case: Case, at: int) -> bool:
    return lemma(case.source[at].plain) in _EVENTS


def _may_undergo(case: Case, undergoers: list[int], j: int) -> bool:
    """Whether any of the words can be those to whom the act of a verb is done, and not those who act."""
    theirs = act(case.source, j)
    if not undergoers or _has_pronoun(case, j):
        return True
    if theirs.passive:
        return min(undergoers) < j or not theirs.undergoers
    return not all(at in theirs.doers or _acts_behind(case, at, j) for at in undergoers)


def _acts_behind(case: Case, at: int, j: int) -> bool:
    """Whether a word behind a verb begins a clause of its own: it is who acts in that."""
    near = range(at + 1, min(at + 4, len(case.source)))
    return at > j and any(is_verb(case.source, k) and at in act(case.source, k).doers for k in near)


def _weighty(case: Case, side: frozenset[int]) -> bool:
    return any(case.claim[at].sort in (Sort.NAME, Sort.CONTENT) and case.alignment.to[at] != NOWHERE for at in side)


def _occurrences(case: Case, side: frozenset[int], j: int) -> list[int]:
    """Where the words of a side of the claim's act stand in the sentence of `j`."""
    keys = {key for at in side for key in case.claim[at].keys}
    return [at for at, word in enumerate(case.source) if word.heavy and case.owner[at] == case.owner[j] and word.keys & keys]


def _has_pronoun(case: Case, j: int) -> bool:
    """Whether a pronoun stands before the verb in its clause, or right behind it, for somebody whom another sentence names."""
    at = j
    while at and case.source[at].at and not parts(case.source[at]):
        at -= 1
    clause = case.source[at : j + 3]
    return any(word.plain in _PRONOUNS for word in clause)


def _only_behind(case: Case, doers: list[int], j: int) -> bool:
    """Whether all that might act stand behind the verb, which has somebody before it: they do not act."""
    if is_passive(case.source, j) or min(doers) < j or _has_pronoun(case, j):
        return False
    before = [at for at in range(j) if case.owner[at] == case.owner[j] and case.source[at].sort in (Sort.NAME, Sort.CONTENT)]
    return bool(before) and not any(parts(case.source[at]) for at in range(before[0] + 1, j + 1))


def _undone(case: Case, i: int, j: int) -> bool:
    """Whether the claim says done what the sentence only speaks of: "talks about disarming"."""
    spoken_of = case.source[j].plain.endswith("ing") and not case.claim[i].plain.endswith("ing")
    return spoken_of and (case.source[j].at == 0 or case.source[j - 1].plain in _UNDONE)


def _near(case: Case, at: int, j: int) -> bool:
    """Whether who acts stands close to the noun of the act, in the same clause."""
    first, last = sorted((at, j))
    inside = range(first + 1, last + 1)
    verbs = sum(is_verb(case.source, k) for k in inside if k != last)
    return last - first <= _NOUN_REACH and verbs <= 1 and not any(parts(case.source[k]) for k in inside)
