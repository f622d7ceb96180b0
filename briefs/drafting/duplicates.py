"""Whether two texts tell the same in the same words: what several outlets take over from one agency."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from briefs.article import Article
from briefs.drafting.words import Sort, words
from briefs.folding import fold

RUN: Final = 5  # words of a run
ALIKE: Final = 0.2  # of the runs of two articles together that both have: the same news, shortened or with a new end
WITHIN: Final = 0.5  # of the runs of the shorter one that the longer has
WORDS_MIN: Final = 40  # of the shorter one: two short notes share their form, not their news
ALIKE_LINES: Final = 0.5  # of the words of weight of two lines
ALIKE_ACTS: Final = 0.4  # of those that are no names
COVERED: Final = 0.45  # of a line's words of weight
COVERED_ACTS: Final = 0.34  # of those that are no names
TEXT_MAX: Final = 60_000  # characters looked at


@lru_cache(maxsize=64)
def runs(text: str) -> frozenset[tuple[str, ...]]:
    """Every run of five words of a text; empty where it has fewer."""
    folded = [one for word in text[:TEXT_MAX].split() if (one := fold(word))]
    return frozenset(zip(*(folded[at:] for at in range(RUN)), strict=False))


def is_near(one: Article, other: Article) -> bool:
    """Whether two articles are near-duplicates; an article is none of itself or of its own retelling."""
    if one.id == other.id:
        return False
    mine, theirs = runs(_text(one)), runs(_text(other))
    shorter = min(len(mine), len(theirs))
    if shorter < WORDS_MIN:
        return False
    shared = len(mine & theirs)
    return shared >= ALIKE * (len(mine) + len(theirs) - shared) or shared >= WITHIN * shorter


def near_duplicates(article: Article, others: Iterable[Article]) -> tuple[Article, ...]:
    """Those of the others that are near-duplicates of the article, in their order, each once."""
    found = {other.id: other for other in others if is_near(article, other)}
    return tuple(found.values())


def _text(article: Article) -> str:
    return article.text or "\n".join(sentence.text for sentence in article.sentences)


@lru_cache(maxsize=512)
def stems(text: str) -> frozenset[str]:
    """The stems of a line's words of weight."""
    return frozenset(word.stem for word in words(text) if word.heavy)


def are_alike(one: str, other: str) -> bool:
    """Whether two lines share half of the words of weight of the shorter, and not its names alone: they say the same."""
    return _likeness(stems(one), stems(other)) >= ALIKE_LINES and _likeness(_acts(one), _acts(other)) >= ALIKE_ACTS


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0


@lru_cache(maxsize=512)
def _acts(text: str) -> frozenset[str]:
    """The stems of its words that say what happened, and of its numbers."""
    return frozenset(word.stem for word in words(text) if word.sort in (Sort.CONTENT, Sort.NUMBER))


def is_covered(text: str, by: str) -> bool:
    """Whether another text has so much of a line, and not of its names alone, that the line says little new beside it."""
    return _share(stems(text), stems(by)) >= COVERED and _share(_acts(text), stems(by)) >= COVERED_ACTS


def _share(mine: frozenset[str], theirs: frozenset[str]) -> float:
    return len(mine & theirs) / len(mine) if mine else 1.0
