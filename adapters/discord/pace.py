"""The bot's pace: how many requests it begins a second, over all channels."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

GLOBAL_MAX: Final = 50  # requests a second and bot (topics/rate-limits); answers to interactions do not count
OURS: Final = GLOBAL_MAX - 10  # syncing commands and looking a channel up take some, too


class Pace:
    """Gives turns, evenly spread; in the order they are asked for.

    discord.py keeps each route's own limits. It learns of the limit over all of them only by being refused, and refused
    requests count against the bot's address (10,000 in ten minutes).

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
        self._free = 0.0

    async def turn(self) -> None:
        """Wait for the next turn."""
        now = self._now()
        at = max(now, self._free)
        self._free = at + self._every
        if at > now:
            await self._sleep(at - now)
