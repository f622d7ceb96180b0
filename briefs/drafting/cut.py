"""Whether a claim is a sentence whole, or one with phrases left out."""

from typing import Final

from briefs.drafting.alignment import NOWHERE
from briefs.drafting.case import Case, Source, parts
from briefs.drafting.lexicon import row

_BEGINS: Final = row(
    "and but or nor that which who whom whose where when while if because although though as after before since until unless "
    "including with without in on at by for from to of into onto over under about during against between near through via amid "
    "despite following according among along like than"
)


def is_whole(case: Case) -> bool:
    """Whether the claim is one of its sentences, but for a first capital, a last stop and the shape of quotation marks."""
    claim = _bare(case.text)
    return any(claim == _bare(source.text) for source in case.sources)


def _bare(text: str) -> str:
    plain = " ".join(text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"').split()).rstrip(".!?… ")
    return plain[:1].casefold() + plain[1:]


def is_cut(case: Case) -> bool:
    """Whether the claim's words stand in one sentence in their order, and what is left out are phrases that can go."""
    return any(_cuts(case, source) for source in case.sources)


def _cuts(case: Case, source: Source) -> bool:
    kept: set[int] = set()
    last = -1
    for i, word in enumerate(case.claim):
        aligned = case.alignment.to[i] - source.first
        at = aligned if 0 <= aligned < len(source.words) and aligned > last else NOWHERE
        if at == NOWHERE or source.words[at].plain != word.plain:
            at = next((w.at for w in source.words[last + 1 :] if w.plain == word.plain), NOWHERE)
        if at == NOWHERE:
            return False
        kept.add(at)
        last = at
    return all(_can_go(source, run) for run in _runs(source, kept))


def _runs(source: Source, kept: set[int]) -> list[range]:
    """The stretches of the sentence that the claim leaves out."""
    found: list[range] = []
    for word in source.words:
        if word.at in kept:
            continue
        if found and found[-1].stop == word.at:
            found[-1] = range(found[-1].start, word.at + 1)
        else:
            found.append(range(word.at, word.at + 1))
    return found


def _can_go(source: Source, run: range) -> bool:
    begins = run.start == 0 or parts(source.words[run.start]) or source.words[run.start].plain in _BEGINS
    if run.stop < len(source.words) and all(word.capital for word in source.words[run.start : run.stop + 1]):
        return True  # a given name; the check of names looks at whose name is left
    ends = run.stop == len(source.words) or parts(source.words[run.stop]) or source.words[run.start].plain in _BEGINS
    return begins and ends
