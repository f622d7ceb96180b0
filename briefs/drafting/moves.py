"""Words that a claim has in another place than its sentences, where that changes what they belong to."""

from collections.abc import Iterator
from typing import Final

from briefs.drafting.alignment import NOWHERE
from briefs.drafting.case import Case, Gap
from briefs.drafting.licences import Block, changes_sides, keeps_sense, names_a_pronoun
from briefs.drafting.neighbours import FIRM
from briefs.drafting.scores import score_places
from briefs.drafting.words import Sort

TURNED_REACH: Final = 8  # words around a verb turned from active to passive or back that its turning may move


def moves(case: Case, turned: frozenset[int]) -> Iterator[str]:
    """What the claim has in the wrong place, as sentences.

    Args:
        turned: places of the claim's verbs that are active where the sentence has them passive, or the other way round.
    """
    scored = {at for pair in score_places(case.claim) for at in pair}  # whose they are is looked at elsewhere
    for gap in case.gaps:
        near = any(gap.left - TURNED_REACH <= i <= gap.right + TURNED_REACH for i in turned)
        if near or not case.tight(gap):
            continue
        if exchanged := _exchanged(case, gap):
            yield exchanged
            continue
        blocks = tuple(block for block in _blocks(case, gap) if not set(block.claim) <= scored)
        # One pair of neighbours may change sides ("Iraq's army"); where two do, others stand in their places.
        crossed = sum(changes_sides(case, block) is True for block in blocks) > 1
        for block in blocks:
            if not keeps_sense(case, gap, block, crossed=crossed):
                yield f"The line has “{_written(case, block)}” in another place than the sentence, where it belongs to other words."


def _written(case: Case, block: Block) -> str:
    return " ".join(case.claim[i].text for i in block.claim)


def _exchanged(case: Case, gap: Gap) -> str:
    """Words in the place of others that stand elsewhere in the claim."""
    whole = _moved_speakers(case, gap)
    mine = [i for i in gap.claim if case.alignment.to[i] != NOWHERE and case.claim[i].sort is not Sort.LOADED and i not in whole]
    if instead := _instead(case, mine, gap):
        return instead
    theirs = [j for j in gap.source if case.alignment.back[j] != NOWHERE and case.source[j].sort is not Sort.LOADED]
    if not mine or not theirs or names_a_pronoun(case, gap):
        return ""
    named = any(case.claim[i].sort is Sort.NAME for i in mine)
    others_named = any(case.source[j].sort is Sort.NAME for j in theirs)
    sentences = {case.owner[j] for j in (*theirs, *(case.alignment.to[i] for i in mine))}
    if named != others_named or len(sentences) > 1 or not _symmetric(case, mine, theirs, named=named):
        return ""
    return _told(case, mine, theirs)


def _told(case: Case, mine: list[int], theirs: list[int]) -> str:
    here, there = " ".join(case.claim[i].text for i in mine), " ".join(case.source[j].text for j in theirs)
    return f"The line has “{here}” where the sentence has “{there}”."


def _moved_speakers(case: Case, gap: Gap) -> frozenset[int]:
    """Words from a speaker to the cue, where all of it was moved."""
    found: set[int] = set()
    for speaker in case.speakers:
        if speaker <= frozenset(gap.claim):
            telling = [at for at in (*speaker, *case.telling) if at in gap.claim]
            found |= set(range(min(telling), max(telling) + 1))
    return frozenset(found)


def _instead(case: Case, mine: list[int], gap: Gap) -> str:
    """A name of the sentences in the place of one that the claim leaves out."""
    named = [i for i in mine if case.claim[i].sort in FIRM]
    lost = [j for j in gap.source if case.source[j].sort in FIRM and case.alignment.back[j] == NOWHERE]
    whole = len(named) == len(gap.claim) and len(lost) == len(gap.source)
    if not named or not lost or not whole or any(case.claim[i].keys & case.source[j].keys for i in named for j in lost):
        return ""
    return _told(case, named, lost)


def _symmetric(case: Case, mine: list[int], theirs: list[int], *, named: bool) -> bool:
    """Whether the others stand in turn where these words stood."""
    there = {case.alignment.to[i] for i in mine}
    back = {case.alignment.back[j] for j in theirs}
    return any(there & set(gap.source) and back & set(gap.claim) and (named or case.tight(gap)) for gap in case.gaps)


def _blocks(case: Case, gap: Gap) -> Iterator[Block]:
    mine: list[int] = []
    for i in gap.claim:
        j = case.alignment.to[i]
        if mine and (j == NOWHERE or not _next(case, case.alignment.to[mine[-1]], j)):
            yield _block(case, mine)
            mine = []
        if j != NOWHERE:
            mine.append(i)
    if mine:
        yield _block(case, mine)


def _next(case: Case, a: int, b: int) -> bool:
    return a < b and case.owner[a] == case.owner[b] and sum(word.heavy for word in case.source[a + 1 : b]) <= 1


def _block(case: Case, mine: list[int]) -> Block:
    return Block(tuple(mine), tuple(case.alignment.to[i] for i in mine))
