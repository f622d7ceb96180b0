"""What can be seen in one sentence by itself."""

from dataclasses import dataclass
from functools import lru_cache

from briefs.article import Attribution, DateMark, Figure, Hedge, Modal, Negation, Quote
from briefs.reading.attributions import attributions
from briefs.reading.dates import dates
from briefs.reading.figures import figures, owned
from briefs.reading.hedges import number_hedges, statement_hedges
from briefs.reading.modality import modals
from briefs.reading.negation import negations
from briefs.reading.quotes import quotes
from briefs.reading.spoken import spoken


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one sentence; every place is counted from its first character.

    Each kind is in reading order, but attributions, which have the outermost first.
    """

    quotes: tuple[Quote, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    hedges: tuple[Hedge, ...] = ()
    modals: tuple[Modal, ...] = ()
    negations: tuple[Negation, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[DateMark, ...] = ()


@lru_cache(maxsize=1_024)
def mark(text: str) -> Marks:
    """Everything that can be seen in a sentence by itself, without its article or the day it was published.

    Args:
        text: one sentence, of a source or of a claim.
    """
    quoted = quotes(text)
    said = attributions(text, quoted)
    counted = owned(figures(text), said)
    return Marks(spoken(text, quoted, said), said, _hedges(text, counted), modals(text), negations(text), counted, dates(text))


def _hedges(text: str, counted: tuple[Figure, ...]) -> tuple[Hedge, ...]:
    before_numbers = number_hedges(counted, text)
    taken = {place for hedge in before_numbers for place in range(hedge.start, hedge.end)}
    others = [hedge for hedge in statement_hedges(text) if hedge.start not in taken]
    return tuple(sorted((*before_numbers, *others), key=lambda hedge: (hedge.start, hedge.end)))
