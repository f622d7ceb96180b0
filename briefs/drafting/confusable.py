"""Figures of one article that a reader could take for one another."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from briefs.article import Figure
from briefs.drafting.lexicon import lemma, stem
from briefs.drafting.story import Story
from briefs.reading.numbers import amount
from briefs.reading.wordlist import words

SMALL: Final = 10  # two threes are no likeness
_AGE: Final = re.compile(r"\bage[ds]? (?:of )?$", re.IGNORECASE)
_NOT_COUNTED: Final = words("year years month months week weeks day days hour hours minute minutes time times")
AGE_REACH: Final = 16  # characters before a figure that tell whether it is an age
NEAR: Final = 2  # times one may be the other, where both count the same


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure and the number of its sentence."""

    figure: Figure
    number: int


def confusable(story: Story) -> tuple[tuple[Placed, Placed], ...]:
    """Pairs of figures in different sentences of one value for different things, or near ones for the same, in reading order."""
    placed = [Placed(figure, number) for number in story.usable for figure in _telling(story, number)]
    found = []
    for at, one in enumerate(placed):
        for other in placed[at + 1 :]:
            if one.number != other.number and _alike(one.figure, other.figure):
                found.append((one, other))
    return tuple(found)


def _telling(story: Story, number: int) -> Sequence[Figure]:
    sentence = story.sentence(number)
    dated = [(date.start, date.end) for date in sentence.dates]
    return [
        figure
        for figure in sentence.figures
        if figure.noun
        and not {part.casefold() for part in figure.noun.split()} & _NOT_COUNTED
        and not any(start <= figure.start < end for start, end in dated)
        and not _AGE.search(sentence.text, max(0, figure.start - AGE_REACH), figure.start)
    ]


def _alike(one: Figure, other: Figure) -> bool:
    first, second = amount(one.value), amount(other.value)
    if first is None or second is None or one.unit != other.unit or min(first, second) < SMALL:
        return False
    if _head(one.noun) == _head(other.noun):
        return first != second and max(first, second) < NEAR * min(first, second)
    return first == second


def _head(noun: str) -> str:
    return stem(lemma(noun.rsplit(maxsplit=1)[-1].casefold()))
