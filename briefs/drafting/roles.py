"""Who did what to whom: names and nouns that a claim has in another part than its sentences."""

from collections.abc import Iterator
from typing import Final

from briefs.drafting.alignment import NOWHERE
from briefs.drafting.attached import attachments
from briefs.drafting.case import Case
from briefs.drafting.moves import moves
from briefs.drafting.neighbours import preposition
from briefs.drafting.parties import parties
from briefs.drafting.verbs import Act, act, is_verb, may_be_verb, states
from briefs.drafting.words import Sort

_APART: Final = frozenset({"in", "on", "at", "from", "by", "near", "inside", "under", "after", "before", "during"})


def roles(case: Case) -> Iterator[str]:
    """What the claim says of the wrong ones, as sentences."""
    turned: set[int] = set()
    for i, j in enumerate(case.alignment.to):
        if j == NOWHERE or i in case.remark or i in case.telling:
            continue
        if stated := _stated(case, i, j):
            yield _told(case, i, stated)
        if not _same_verb(case, i, j):
            continue
        mine, theirs = _of_sources(case, act(case.claim, i)), act(case.source, j)
        if wrong := _wrong(mine, theirs) or _others(case, mine, theirs) or _displaced(case, mine, theirs, j):
            yield _told(case, i, wrong)
        elif mine.passive != theirs.passive and (mine.doers & theirs.doers or mine.undergoers & theirs.undergoers):
            turned.add(i)
    yield from moves(case, frozenset(turned))
    yield from attachments(case, frozenset(turned))
    yield from parties(case)


def _same_verb(case: Case, i: int, j: int) -> bool:
    if case.claim[i].sort is not Sort.CONTENT or case.source[j].sort is not Sort.CONTENT:
        return False
    here, there = is_verb(case.claim, i), is_verb(case.source, j)
    if case.claim[i].stem != case.source[j].stem:
        return here and there
    return (here and may_be_verb(case.source, j)) or (there and may_be_verb(case.claim, i))


def _stated(case: Case, i: int, j: int) -> frozenset[int]:
    """Whom an adjective is said of in the claim and not in the sentence, or the other way round: "critical of the governor"."""
    mine, theirs = states(case.claim, i), states(case.source, j)
    return _wrong(_of_sources(case, mine), theirs) if mine and theirs else frozenset()


def _of_sources(case: Case, mine: Act) -> Act:
    """An act of the claim, in places of the sources' words."""

    def there(places: frozenset[int]) -> frozenset[int]:
        return frozenset(case.alignment.to[i] for i in places) - {NOWHERE}

    return Act(mine.passive, there(mine.doers), there(mine.undergoers), there(mine.hung))


def _wrong(mine: Act, theirs: Act) -> frozenset[int]:
    """Who is done to in the sentences and does in the claim, or the other way round (places in the sources)."""
    if theirs.doers and theirs.undergoers:
        return (mine.doers & theirs.undergoers - theirs.doers) | (mine.undergoers & theirs.doers - theirs.undergoers)
    return (mine.doers & theirs.undergoers) | (mine.undergoers & theirs.doers)


def _others(case: Case, mine: Act, theirs: Act) -> frozenset[int]:
    """Who has a part in the claim that others, who are named too, have in the sentence."""
    for here, there in ((mine.doers, theirs.doers), (mine.undergoers, theirs.undergoers)):
        named = frozenset(j for j in here if case.source[j].sort is Sort.NAME and not _joined(case, j))
        if named and not _alike(case, here, there) and any(case.source[j].sort is Sort.NAME for j in there):
            return named
    told = any(case.alignment.back[j] != NOWHERE for j in theirs.doers)  # the claim has the sentence's doer, in another part
    if mine.doers and told and mine.passive == theirs.passive and not _alike(case, mine.doers, theirs.doers):
        return mine.doers
    return _hung(case, mine, theirs)


def _displaced(case: Case, mine: Act, theirs: Act, j: int) -> frozenset[int]:
    """Whom the claim has acted upon, where the sentence has somebody else there and them before the verb or behind a preposition."""
    if mine.passive or theirs.passive or not mine.undergoers or not theirs.undergoers or _alike(case, mine.undergoers, theirs.undergoers):
        return frozenset()
    apart = all(
        case.owner[k] == case.owner[j] and (k < j or preposition(case.source, k) in _APART) and not _elsewhere(case, k, j)
        for k in mine.undergoers
    )
    return mine.undergoers if apart else frozenset()


def _elsewhere(case: Case, k: int, j: int) -> bool:
    """Whether the sentences have a word again, on the other side of the verb."""
    return any(at != k and at > j and word.keys & case.source[k].keys for at, word in enumerate(case.source) if word.heavy)


def _alike(case: Case, here: frozenset[int], there: frozenset[int]) -> bool:
    """Whether two sets of words have a word in common, or one is joined to the other by "and"."""
    keys = {key for j in here for key in case.source[j].keys} & {key for j in there for key in case.source[j].keys}
    return bool(keys) or any(_joined(case, j) for j in here)


def _hung(case: Case, mine: Act, theirs: Act) -> frozenset[int]:
    """Names that hang on the doer ("exports to Asia"), where others hang on the same doer in the sentence."""
    here, there = ({key for j in act.hung for key in case.source[j].keys} for act in (mine, theirs))
    same = not theirs.doers or mine.doers & theirs.doers
    return mine.hung if here and there and here.isdisjoint(there) and same and not mine.passive | theirs.passive else frozenset()


def _joined(case: Case, j: int) -> bool:
    """Whether "and" stands before a word, so that it has the part of the words before that."""
    return any(case.source[k].plain == "and" for k in range(max(0, j - 2), j))


def _told(case: Case, i: int, wrong: frozenset[int]) -> str:
    who = " ".join(case.source[j].text for j in sorted(wrong))
    return f"The line turns round who did what: “{who}” has another part in “{case.claim[i].text}” than in the sentence."
