"""Whether two texts tell the same in the same words: what several outlets take over from one agency."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from briefs.article import Article
from briefs.drafting.words import words
from briefs.folding import fold

RUN: Final = 5  # words of a run
ALIKE: Final = 0.2  # of the runs of two articles together that both have: the same news, shortened or with a new end
WITHIN: Final = 0.5  # of the runs of the shorter one that the longer has
WORDS_MIN: Final = 40  # of the shorter one: two short notes share their form, not their news
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


def likeness(one: str, other: str) -> float:
    """The share of the words of weight of the shorter of two lines that both have, from 0 to 1."""
    mine, theirs = ({word.stem for word in words(line) if word.heavy} for line in (one, other))
    shorter = min(len(mine), len(theirs))
    return len(mine & theirs) / shorter if shorter else 0.0
