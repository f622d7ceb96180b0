"""Which sentences carry an article: early ones that have much of what the article keeps coming back to."""

from collections import Counter
from collections.abc import Sequence
from math import sqrt
from typing import Final

from briefs.drafting.words import Sort, words

SENTENCES_MAX: Final = 300  # looked at; what an article says later is never its news

# Round figures: on 24 reports every position weight from 0.3 to 0.7 beats the first three sentences.
_POSITION: Final = 0.6
_NUMBERS: Final = 0.05
_NUMBERS_MAX: Final = 2  # numbers of a sentence that count


def select(sentences: Sequence[str], count: int) -> tuple[int, ...]:
    """The sentences that carry an article, the most important first.

    Each next one is the one with the most that comes up again elsewhere and that none before it has; an early place
    counts, and numbers a little.

    Args:
        sentences: their texts, in reading order; those after the first `SENTENCES_MAX` are not looked at.
        count: how many; fewer where there are not so many.

    Returns:
        Places in `sentences`, counted from 0.
    """
    found = [words(text) for text in sentences[:SENTENCES_MAX]]
    topics = [frozenset(word.stem for word in text if word.sort in (Sort.NAME, Sort.CONTENT)) for text in found]
    numbers = [min(sum(word.sort is Sort.NUMBER for word in text), _NUMBERS_MAX) / _NUMBERS_MAX for text in found]
    everywhere = Counter(topic for here in topics for topic in here)
    weights = {topic: sqrt(times - 1) for topic, times in everywhere.items() if times > 1}
    whole = sum(weights.values()) or 1.0
    left = [{topic for topic in here if topic in weights} for here in topics]

    def gain(at: int) -> tuple[float, int]:
        # In sorted order: a sum of floats in another one may differ in its last digit from run to run.
        covered = sum(weights[topic] for topic in sorted(left[at])) / whole
        return round(_POSITION / sqrt(1 + at) + covered + _NUMBERS * numbers[at], 9), -at

    gains = {at: gain(at) for at in range(len(found))}
    chosen: list[int] = []
    while gains and len(chosen) < count:
        best = max(gains, key=gains.__getitem__)
        chosen.append(best)
        del gains[best]
        for at in gains:
            if not left[at].isdisjoint(topics[best]):
                left[at] -= topics[best]
                gains[at] = gain(at)
    return tuple(chosen)
