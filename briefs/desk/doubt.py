"""What a store that was restored cannot know: which editions came between its backup and that moment."""

from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Final

FURTHEST: Final = timezone(timedelta(hours=14))  # where a date begins first, https://www.iana.org/time-zones (Pacific/Kiritimati)


def may_have_come(meant_for: date, restored: datetime | None, zone: tzinfo = FURTHEST) -> bool:
    """Whether an edition may have come that the ledger does not know of.

    Any of a local date that had begun when the store was restored: a manager may have sent it early, or changed its time.

    Args:
        meant_for: its local date.
        restored: see `Ledger.restored`.
        zone: its own; where it is not known, the one in which the most dates have begun.
    """
    return restored is not None and meant_for <= restored.astimezone(zone).date()
