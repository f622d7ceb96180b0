"""Days that words stand for: where a line names one, and how people write it."""

from calendar import month_abbr
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LineDate:
    """Words of a line that name a time only beside the day of publication, and the time they stand for.

    Readers see both forms, “on Thursday (20 Aug 2015)”; the second is a mark beside the line's words and none of them.

    Args:
        start, end: where the words stand in the line's text.
        resolved: "2015-08-20", "2015-08" or "2015".
    """

    start: int
    end: int
    resolved: str


def calendar(resolved: str) -> str:
    """An ISO date, month or year as people write it: "18 Jul 2017", "Jul 2017", "2017"."""
    year, *rest = resolved.split("-")
    month = [month_abbr[int(rest[0])]] if rest else []
    return " ".join((*(str(int(day)) for day in rest[1:]), *month, year))
