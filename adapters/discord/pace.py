"""The bot's pace: when each of its requests may begin, kept before Discord has to ask for it."""

import asyncio
import math
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final

GLOBAL_MAX: Final = 50  # requests a second and bot (topics/rate-limits); answers to interactions do not count
OURS: Final = GLOBAL_MAX - 10  # another program with the same token, and a clock that goes otherwise, have room
# Discord lets nothing through after 10,000 requests in ten minutes that it answered with 401, 403 or 429 (topics/rate-limits).
REFUSED_MAX: Final = 8_000
REFUSED_FOR: Final = 600.0  # seconds
LATE_MAX: Final = 5  # turns that may be made up for at once; with OURS they stay below what Discord takes in any second
ALL: Final = ""  # the route that stands for every route
_KNOWN_MAX: Final = 10_000  # routes remembered before those that are free again are forgotten


class Pace:
    """Gives turns over all routes, evenly spread and in the order they are asked for, and none before Discord wants it.

    discord.py keeps each route's limit where it has seen one; of the limit over all routes, and of what others with the
    same token used up, it learns only by being refused, and lets go on whatever it had begun.

    Args:
        now: seconds on a clock that never goes back.
    """

    def __init__(
        self,
        a_second: float = OURS,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._every = 1 / a_second
        self._now, self._sleep = now, sleep
        self._free = 0.0  # when the next turn may be promised for
        self._spent = 0.0  # until when the turns that came would last, evenly spread
        self._held: dict[str, float] = {}
        self._refused: deque[float] = deque(maxlen=REFUSED_MAX)

    async def turn(self, route: str = ALL, patience: float = math.inf) -> float:
        """Wait for the next turn of a request of that route, for `patience` seconds at most.

        Returns:
            0 once it has come; otherwise at once the seconds after which to ask again, and nobody's turn was taken.
        """
        began = self._now()
        while True:
            now = self._now()
            # First the route's own: who waits for it keeps no other route waiting.
            at, taken = self._held.get(route, now), False
            if at <= now:
                at, taken = max(now, self._free, self._held.get(ALL, now)), True
            if at - began > patience:
                return max(at - now, self._every)
            if taken:
                self._free = at + self._every
            if at > now:
                await self._sleep(at - now)
            late = self._now() - began > patience  # the whole process stood still
            if taken and not late and at >= max(self._held.get(route, at), self._held.get(ALL, at)) and self._comes():
                return 0.0

    def _comes(self) -> bool:
        """Whether a turn that was promised comes now: where the whole process stood still, not all that are late come at once."""
        now = self._now()
        if self._spent - now > LATE_MAX * self._every:
            self._free = max(self._free, self._spent)
            return False
        self._spent = max(self._spent, now) + self._every
        return True

    def hold(self, seconds: float, route: str = ALL) -> None:
        """Let no request of that route begin for so long."""
        now = self._now()
        self._held[route] = max(self._held.get(route, now), now + seconds)
        if len(self._held) > _KNOWN_MAX:
            self._held = {known: until for known, until in self._held.items() if until > now}

    def refused(self) -> None:
        """Count a request that Discord refused; short of so many that it would let nothing through, all others wait."""
        now = self._now()
        self._refused.append(now)
        if len(self._refused) == REFUSED_MAX and now - self._refused[0] < REFUSED_FOR:
            self.hold(self._refused[0] + REFUSED_FOR - now)
