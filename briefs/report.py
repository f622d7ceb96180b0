"""What a reader found wrong with a line, and what came of it."""

from dataclasses import dataclass
from datetime import datetime

from briefs.digest import Place


@dataclass(frozen=True, slots=True)
class Report:
    """A reader's words about one line; it belongs to the space it came from.

    Args:
        place: where it was written.
        user: the platform's id of the reader; empty once they asked to be forgotten.
        brief: the slug of the brief the line stands in, or a card's label.
        line: the line as the reader saw it.
        refs: the sentences it cites ("iraq:12").
        said: the reader's words.
        at: aware, UTC.
        answer: what the reader was told came of it; empty while nothing has.
        answered_by: the curator's name; `answered` when (aware, UTC), None while nobody has.
        number: counted from 1 over the whole installation; 0 until it is stored.
    """

    place: Place
    user: str
    brief: str
    line: str
    refs: tuple[str, ...]
    said: str
    at: datetime
    answer: str = ""
    answered_by: str = ""
    answered: datetime | None = None
    number: int = 0
