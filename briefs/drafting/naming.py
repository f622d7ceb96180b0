"""Names of a claim, held against those of its sentences: a name that is longer or shorter may be another one's."""

from collections.abc import Iterable, Iterator, Sequence

from briefs.drafting.alignment import NOWHERE
from briefs.drafting.case import Case
from briefs.drafting.remarks import absences
from briefs.drafting.verbs import AUXILIARIES, is_verb
from briefs.drafting.whole_names import APART, PERSONS, spans, whole_names
from briefs.drafting.words import Sort, Word
from briefs.folding import fold
from briefs.reading.given_names import given_names
from briefs.reading.places import places


def names(case: Case) -> Iterator[str]:
    """What is wrong with the claim's names, as sentences."""
    by_hand = {key for word in case.by_hand for key in word.keys}
    absent = absences(case.text)
    for i, word in enumerate(case.claim):
        if any(start <= word.start < end for start, end in absent):
            continue
        if case.alignment.to[i] == NOWHERE and not word.keys & by_hand and (word.sort is Sort.NAME or _opens_as_name(case, i)):
            yield f"“{word.text}” is a name that no cited sentence has."
    others = told_apart(case)
    for name in others:
        yield f"“{_written(case.claim, name)}” is a name that no cited sentence has."
    for span in spans(case.claim):
        if any(span.start in name for name in others):
            continue
        yield from _shortened(case, span)


def told_apart(case: Case) -> tuple[range, ...]:
    """Names of the claim that a "North" or "New", with which a sentence begins, makes others than the sentences have."""
    text = case.claim
    if not any(word.at == 0 or "." in word.before for word in text if word.plain in APART):
        return ()
    return tuple(
        name
        for name in whole_names(text)
        if len(name) > 1
        and text[name.start].sort is Sort.CONTENT
        and text[name.start].plain in APART
        and case.alignment.to[name.start] == NOWHERE
    )


def _opens_as_name(case: Case, i: int) -> bool:
    """Whether a word that has its capital from its place alone is a name still: a known one, or one that acts without an article."""
    word = case.claim[i]
    if not word.capital or word.sort is not Sort.CONTENT or i + 1 == len(case.claim) or i in case.remark:
        return False
    if fold(word.plain) in given_names() or fold(word.plain) in places().named:
        return True
    following = case.claim[i + 1]
    acts = following.plain in AUXILIARIES or following.plain == "'s" or is_verb(case.claim, i + 1)
    return acts and not word.before.strip(" ") and not word.plain.endswith(("s", "ing", "day", "ly")) and i not in case.telling


def _shortened(case: Case, span: range) -> Iterator[str]:
    places = [case.alignment.to[i] for i in span]
    if NOWHERE in places:
        return
    wholes = [whole for whole in spans(case.source) if any(j in whole for j in places)]
    for whole in wholes:
        lost = [j for j in whole if case.alignment.back[j] == NOWHERE]
        kept = [j for j in whole if j in places]
        if not lost or not kept:
            continue
        if _stands_alone(case, span) or _may_go(case, lost, kept):
            continue
        mine, theirs = _written(case.claim, span), _written(case.source, whole)
        yield f"“{mine}” may be another than “{theirs}”, which is what the sentence has."


def _stands_alone(case: Case, span: range) -> bool:
    """Whether some cited sentence has just that name."""
    sought = [case.claim[i].plain for i in span]
    return any(sought == [case.source[j].plain for j in whole] for whole in spans(case.source))


def _may_go(case: Case, lost: list[int], kept: list[int]) -> bool:
    """Whether what is left still names the same one: a title before a person's name, or the given name, may go."""
    words = [case.source[j] for j in lost]
    if all(fold(word.plain) in PERSONS for word in words):
        return True
    before = all(j < min(kept) for j in lost)
    given = any(fold(word.plain) in given_names() for word in words)
    titled = min(lost) > 0 and fold(case.source[min(lost) - 1].plain) in PERSONS
    return before and (given or titled or any(fold(word.plain) in PERSONS for word in words))


def _written(text: Sequence[Word], places: Iterable[int]) -> str:
    return " ".join(text[at].text for at in places)
