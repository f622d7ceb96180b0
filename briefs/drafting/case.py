"""One claim beside the sentences it cites: what every check of the gate looks at."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from briefs.article import Attribution, Sentence
from briefs.drafting.alignment import NOWHERE, Alignment, align
from briefs.drafting.lexicon import row
from briefs.drafting.remarks import remarks
from briefs.drafting.words import Sort, Word, words
from briefs.reading.marks import Marks, mark

TIGHT: Final = 3  # words of weight that differ on either side of a gap in which the claim runs as the sentence does
FIRM: Final = 2  # words of weight that may differ before the claim runs as the sentence again

_OF_ITS_PHRASE: Final = row("first last second third next would")
_PHRASE_ENDS: Final = row("in on at by for with from as")
# However a score is written: "3 – 1", "3−1", "3:1"; "6:30" is a time.
_SCORE: Final = re.compile(r"(?<![\w.,:/–−-])(\d{1,3})(?: [-‑–—−] |[-‑–—−]|(?: : |:)(?=\d(?!\d)))(\d{1,3})(?![\w:/–−]|[.,-]\d)")
_CLAUSE_SIGNS: Final = frozenset(',;:—–()[]"“”…')


@dataclass(frozen=True, slots=True)
class Source:
    """One cited sentence.

    Args:
        text: the sentence's, with one blank where it has any blank space and every score as "3-1"; all places are counted in it.
        first: the place of its first word among the words of all sources.
    """

    sentence: Sentence
    text: str
    words: tuple[Word, ...]
    marks: Marks
    first: int


@dataclass(frozen=True, slots=True)
class Gap:
    """What differs between two words that follow each other on both sides.

    Args:
        claim, source: places of the words between them that carry weight.
        left, right: places in the claim of the words it lies between; NOWHERE and the claim's length at the ends.
    """

    claim: tuple[int, ...]
    source: tuple[int, ...]
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Case:
    """A claim, its sources, and how their words lie upon each other.

    Args:
        source: the words of all sources, one sentence after another.
        owner: for each of them the number of its source in `sources`.
        gaps: what differs, from the claim's beginning to its end.
        remark: places of the claim's words that speak of the article itself.
        telling: places of the claim's words that say who says it.
        speakers: places of the words of weight of each one whom the claim has say something.
        hedging: places of the words that say how surely of a number: the claim's, the sources'.
    """

    text: str
    claim: tuple[Word, ...]
    marks: Marks
    sources: tuple[Source, ...]
    source: tuple[Word, ...]
    owner: tuple[int, ...]
    alignment: Alignment
    gaps: tuple[Gap, ...]
    remark: frozenset[int]
    telling: frozenset[int]
    speakers: tuple[frozenset[int], ...]
    hedging: tuple[frozenset[int], frozenset[int]]

    @property
    def by_hand(self) -> tuple[Word, ...]:
        """Words that name the speakers a curator marked on the sentences."""
        marked = (said for source in self.sources for said in source.sentence.attributions if not said.end)
        return tuple(word for said in marked for word in words(f"by {said.who}") if word.heavy)

    def governed(self, j: int) -> int:
        """The place of the first word of full meaning after a word of the sources, in the same clause; NOWHERE if none."""
        return _governed(self.source, j)

    def governed_in_claim(self, i: int) -> int:
        """The same in the claim."""
        return _governed(self.claim, i)

    def tight(self, gap: Gap) -> bool:
        """Whether the claim runs as the sentence does on both sides of a gap, and little differs in it."""
        little = _units(self.claim, gap.claim) <= TIGHT and _units(self.source, gap.source) <= TIGHT
        return little and self._firm(gap.left, -1) and self._firm(gap.right, 1)

    def _firm(self, at: int, step: int) -> bool:
        """Whether the claim's word at a gap's border goes on nearly as in the sentence, away from the gap."""
        if not 0 <= at < len(self.claim):
            return True
        beyond, far = at + step, 0
        while 0 <= beyond < len(self.claim) and not (self.claim[beyond].heavy and self.alignment.kept[beyond]):
            far += self.claim[beyond].heavy
            beyond += step
        if not 0 <= beyond < len(self.claim):
            return far <= FIRM
        first, last = sorted((self.alignment.to[at], self.alignment.to[beyond]))
        return far <= FIRM and sum(word.heavy for word in self.source[first + 1 : last]) <= FIRM


def _units(text: Sequence[Word], places: Sequence[int]) -> int:
    """How many words there are, a name of several being one."""
    return sum(not (text[at].sort is Sort.NAME and at - 1 in places and text[at - 1].sort is Sort.NAME) for at in places)


def parts(word: Word) -> bool:
    """Whether a sign that parts clauses stands before a word."""
    return not _CLAUSE_SIGNS.isdisjoint(word.before)


def _governed(text: Sequence[Word], at: int) -> int:
    near = text[at].plain in _OF_ITS_PHRASE
    for place in range(at + 1, min(at + 8, len(text))):
        word = text[place]
        if near and word.plain in _PHRASE_ENDS:
            return NOWHERE
        if word.at == 0 or any(sign in ";:" for sign in word.before):
            return NOWHERE
        if word.sort in (Sort.CONTENT, Sort.NAME, Sort.NUMBER):
            return place
    return NOWHERE


def _gaps(claim: Sequence[Word], source: Sequence[Word], alignment: Alignment) -> Iterator[Gap]:
    to, kept = alignment.to, alignment.kept
    anchors = [i for i, word in enumerate(claim) if kept[i] and word.heavy]
    for left, right in zip([NOWHERE, *anchors], [*anchors, len(claim)], strict=True):
        first = to[left] + 1 if left != NOWHERE else 0
        last = to[right] if right < len(claim) else len(source)
        mine = tuple(i for i in range(left + 1, right) if claim[i].heavy)
        theirs = tuple(j for j in range(first, last) if source[j].heavy)
        if mine or theirs:
            yield Gap(mine, theirs, left, right)


def case(claim: str, sentences: Sequence[Sentence]) -> Case:
    """Lay a claim upon the sentences it cites, these in the order of their article."""
    text = _plain(claim)
    mine, marks = words(text), mark(text)
    sources = _sources(sentences)
    flat = tuple(word for source in sources for word in source.words)
    alignment = align(mine, flat)
    mine = _with_kin(mine, flat, alignment)
    aside = remarks(text)
    return Case(
        text=text,
        claim=mine,
        marks=marks,
        sources=sources,
        source=flat,
        owner=tuple(number for number, source in enumerate(sources) for _ in source.words),
        alignment=alignment,
        gaps=tuple(_gaps(mine, flat, alignment)),
        remark=frozenset(word.at for word in mine if any(start <= word.start < end for start, end in aside)),
        telling=_telling(marks, mine),
        speakers=tuple(filter(None, (_speaker(said, mine) for said in marks.attributions))),
        hedging=(_hedging(marks, mine), frozenset(s.first + at for s in sources for at in _hedging(s.marks, s.words))),
    )


def _with_kin(claim: Sequence[Word], source: Sequence[Word], alignment: Alignment) -> tuple[Word, ...]:
    """The claim's words, those that stand for another of the sentences with that one's keys too."""
    return tuple(
        word if j == NOWHERE or not word.heavy or word.keys & source[j].keys else word._replace(keys=word.keys | source[j].keys)
        for word, j in zip(claim, alignment.to, strict=True)
    )


def _sources(sentences: Sequence[Sentence]) -> tuple[Source, ...]:
    found: list[Source] = []
    first = 0
    for sentence in sorted(sentences, key=lambda one: one.number):
        text = _plain(sentence.text)
        found.append(Source(sentence, text, words(text), mark(text), first))
        first += len(found[-1].words)
    return tuple(found)


def _plain(text: str) -> str:
    """With one blank where it has any blank space, and every score as "3-1"."""
    return _SCORE.sub(r"\1-\2", " ".join(text.split()))


def _telling(marks: Marks, text: Sequence[Word]) -> frozenset[int]:
    found: set[int] = set()
    for said in marks.attributions:
        telling = {part.strip(",.;:") for part in f"{said.who} {said.cue}".split()}
        found |= {word.at for word in text if word.text in telling and not said.start <= word.start < said.end}
    return frozenset(found)


def _speaker(said: Attribution, text: Sequence[Word]) -> frozenset[int]:
    named = {part.strip(",.;:") for part in said.who.split()}
    return frozenset(word.at for word in text if word.heavy and word.text in named and not said.start <= word.start < said.end)


def _hedging(marks: Marks, text: Sequence[Word]) -> frozenset[int]:
    numbered = [
        hedge for hedge in marks.hedges if any(figure.hedge == hedge.words and figure.value == hedge.of for figure in marks.figures)
    ]
    return frozenset(word.at for word in text if any(hedge.start <= word.start < hedge.end for hedge in numbered))
