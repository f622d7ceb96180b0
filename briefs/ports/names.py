"""What the core asks of a tagger, where one is installed."""

from collections.abc import Sequence
from typing import Protocol

from briefs.entity import Span


class NameFinder(Protocol):
    """Something that proposes names. It only proposes: the lexicon and the rules go first, and nothing it says merges anything."""

    async def find(self, sentences: Sequence[str]) -> tuple[tuple[Span, ...], ...]:
        """The names it sees in each of the sentences.

        Returns:
            For each sentence, in the same order, its spans: start and end in characters of that sentence, and the kind, None
            for a name that is no person, organisation or place. In reading order; none is empty, none overlaps another. The
            same sentences always give the same spans.
        """
        ...
