"""Names and numbers beside a word that has others beside it in the sentence."""

from collections.abc import Iterator, Sequence
from typing import Final

from briefs.drafting.alignment import NOWHERE
from briefs.drafting.case import Case, parts
from briefs.drafting.neighbours import FIRM, link, neighbour, preposition
from briefs.drafting.verbs import PREPOSITIONS, is_verb, phrase
from briefs.drafting.whole_names import whole_names
from briefs.drafting.words import Sort, Word

CLOSE: Final = 2  # words within which a name belongs to a word, whatever stands between

_MUTUAL: Final = frozenset({"together", "along", "talks", "met", "meeting"})  # "Ann met with Bob" is "Bob met with Ann"


def attachments(case: Case, turned: frozenset[int]) -> Iterator[str]:
    """What the claim says of the wrong one, as sentences.

    Args:
        turned: places of the claim's verbs that are active where the sentence has them passive, or the other way round.
    """
    yield from _misattached(case)
    yield from _misplaced(case, turned)


def _misattached(case: Case) -> Iterator[str]:
    """Phrases that in the sentence hang on another word, while another phrase with that preposition hangs on this one."""
    for at, word in enumerate(case.claim):
        if word.plain not in PREPOSITIONS or at in case.remark or not at or parts(word) or not _may_bear(case.claim[at - 1]):
            continue
        head, mine = neighbour(case.claim, at, -1), phrase(case.claim, at + 1)
        j = NOWHERE if head == NOWHERE else case.alignment.to[head]
        theirs = frozenset[int]() if j == NOWHERE else _after(case.source, j, word.plain)
        if theirs and _hangs_elsewhere(case, mine, theirs, j):
            here, there = (" ".join(text[k].text for k in ks) for text, ks in ((case.claim, mine), (case.source, sorted(theirs))))
            bearer = case.claim[head].text
            yield f"The line says “{bearer} {word.plain} {here}” where the sentence says “{case.source[j].text} {word.plain} {there}”."


def _may_bear(word: Word) -> bool:
    """Whether a phrase right behind a word hangs on it."""
    return word.sort not in (Sort.LIGHT, Sort.LOADED) and word.plain not in _MUTUAL


def _hangs_elsewhere(case: Case, mine: Sequence[int], theirs: frozenset[int], j: int) -> bool:
    """Whether the names of a phrase of the claim stand away from the word at `j`, behind which the sentence has other names."""
    firm = {case.alignment.to[i] for i in mine if case.claim[i].sort in FIRM}
    same = {key for k in theirs for key in case.source[k].keys} & {key for i in mine for key in case.claim[i].keys}
    others = any(case.source[k].sort in FIRM for k in theirs)
    return bool(firm) and NOWHERE not in firm and others and not same and all(abs(place - j) > CLOSE for place in firm)


def _after(text: Sequence[Word], j: int, preposition: str) -> frozenset[int]:
    """The words of the phrase with that preposition right after a word."""
    at = j + 1
    while at < len(text) and not text[at].heavy and not parts(text[at]) and text[at].at:
        if text[at].plain == preposition:
            return frozenset(phrase(text, at + 1))
        at += 1
    return frozenset()


def _misplaced(case: Case, turned: frozenset[int]) -> Iterator[str]:
    """Names right beside a word that has another name there in the sentence."""
    for run in _runs(case):
        for step in (1, -1):
            beside = neighbour(case.claim, run[-1] if step > 0 else run[0], step)
            if beside == NOWHERE or beside in turned or case.alignment.to[beside] == NOWHERE or not _is_plain(case.claim[beside]):
                continue
            if other := _other_name(case, run, beside, step):
                mine = " ".join(case.claim[i].text for i in run)
                yield f"The line has “{mine}” beside “{case.claim[beside].text}” where the sentence has “{other}”."


def _is_plain(word: Word) -> bool:
    return word.sort is Sort.CONTENT and "_" not in word.stem


def _runs(case: Case) -> Iterator[tuple[int, ...]]:
    """The claim's names and numbers, each with its places side by side on both sides."""
    run: list[int] = []
    for i, word in enumerate(case.claim):
        firm = word.sort in FIRM and case.alignment.to[i] != NOWHERE and i not in case.remark
        if run and not (firm and i == run[-1] + 1 and case.alignment.to[i] == case.alignment.to[run[-1]] + 1):
            yield tuple(run)
            run = []
        if firm:
            run.append(i)
    if run:
        yield tuple(run)


def _other_name(case: Case, run: tuple[int, ...], beside: int, step: int) -> str:
    """The name that stands in the sentence where the claim has this one; empty where the claim's may stand there."""
    inner = sorted((run[-1] if step > 0 else run[0], beside))
    if "," in link(case.claim, inner[0], inner[1]) or (step > 0 and preposition(case.claim, run[0])):
        return ""
    keys = {key for i in _whole(case.claim, run) for key in case.claim[i].keys}
    there = {case.alignment.to[i] for i in run}
    found = ""
    for j, word in enumerate(case.source):
        if not word.keys & case.claim[beside].keys:
            continue
        at = neighbour(case.source, j, -step)
        if at == NOWHERE or case.source[at].sort not in FIRM or case.owner[at] != case.owner[j]:
            return ""
        if at in there or case.source[at].keys & keys or (step > 0 and preposition(case.source, at)):
            return ""
        if _reaches(case, there, j, step) or link(case.source, *sorted((at, j))) != link(case.claim, *inner):
            return ""
        found = case.source[at].text
    return found


def _whole(text: Sequence[Word], run: tuple[int, ...]) -> Sequence[int]:
    """The places of the whole name of which the run is a part."""
    return next((span for span in whole_names(text) if run[0] in span), run)


def _reaches(case: Case, places: set[int], j: int, step: int) -> bool:
    """Whether the name stands on the same side of the word in the sentence, in the same clause."""
    side = [place for place in places if (place < j) == (step > 0)]
    if not side:
        return False
    first, last = sorted((min(side, key=lambda place: abs(place - j)), j))
    return not any((parts(case.source[at]) and case.source[at].plain != "and") or is_verb(case.source, at) for at in range(first + 1, last))
