"""How often somebody may: a few at once, then one every so often."""

from collections import OrderedDict
from collections.abc import Hashable
from datetime import datetime, timedelta
from typing import Final

REMEMBERED: Final = 50_000  # of them at once; whoever was not heard of for longest is forgotten first


class Pace:
    """Counts for each on its own. What it remembers ends with the process.

    Args:
        every: the time that one costs; zero: there is no limit.
        burst: how many at once; at least 1.
    """

    def __init__(self, every: timedelta, burst: int = 1) -> None:
        self._every = every
        self._slack = every * (burst - 1)
        self._paid_until: OrderedDict[Hashable, datetime] = OrderedDict()

    def take(self, who: Hashable, now: datetime) -> timedelta:
        """Take one at `now`; zero where there was one to take, else how long to wait, and none was taken."""
        paid = max(self._paid_until.get(who, now), now)
        if (wait := paid - now - self._slack) > timedelta():
            return wait
        self._paid_until[who] = paid + self._every
        self._paid_until.move_to_end(who)
        if len(self._paid_until) > REMEMBERED:
            self._paid_until.popitem(last=False)
        return timedelta()
