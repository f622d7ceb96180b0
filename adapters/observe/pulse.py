"""Whether the bot is alive: its clock comes round, its platforms are connected."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from briefs.ports.publisher import POSTED_WITHIN

STARTED_WITHIN: Final = 180.0  # seconds that connecting may take
IDLE_MAX: Final = 45.0  # seconds between two ticks of a clock that ticks at least every five
# Seconds in which nothing need come of a tick that is under way: every post may be looked for first, and then take its time.
UNDER_WAY_MAX: Final = 2 * POSTED_WITHIN.total_seconds() + 30
APART_MAX: Final = 120.0  # seconds without a connection; a short loss mends itself

Connected = Mapping[str, Callable[[], bool]]


@dataclass(slots=True)
class _Tick:
    at: float
    under_way: bool = False


class Pulse:
    """What is known of the life of the process.

    Args:
        clock: seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begun = clock()
        self._running = self._stopping = False
        self._ticks: dict[str, _Tick] = {}
        self._connected: Connected = {}
        self._seen: dict[str, float] = {}

    def serve(self, connected: Connected) -> None:
        """The bot serves these platforms now.

        Args:
            connected: by platform, whether it is connected.
        """
        self._connected, self._running = connected, True
        self._seen = dict.fromkeys(connected, self._clock())

    def stop(self) -> None:
        """The bot is about to end: nothing new should come its way."""
        self._stopping = True

    def tick(self, platform: str) -> None:
        """A tick of that platform's clock begins."""
        self._ticks.setdefault(platform, _Tick(self._clock())).under_way = True

    def beat(self, platform: str) -> None:
        """Something of the tick has got through; where none is under way, it counts for nothing."""
        if (tick := self._ticks.get(platform)) and tick.under_way:
            tick.at = self._clock()

    def rest(self, platform: str, *, well: bool) -> None:
        """The tick has ended: well, or with an error, which is no sign of life."""
        if well:
            self.beat(platform)
        self._ticks[platform].under_way = False

    @property
    def at_rest(self) -> bool:
        """Whether no tick is under way."""
        return not any(tick.under_way for tick in self._ticks.values())

    def look(self) -> Mapping[str, bool]:
        """Look which platforms are connected, and remember when each was."""
        now, found = self._clock(), {platform: is_connected() for platform, is_connected in self._connected.items()}
        self._seen |= {platform: now for platform, there in found.items() if there}
        return found

    def stalls(self) -> tuple[str, ...]:
        """What no waiting seems to mend, a sentence each; empty where all is well."""
        now = self._clock()
        if not self._running:
            begun = now - self._begun
            return (f"The bot has not finished starting for {begun:.0f} seconds.",) if begun > STARTED_WITHIN else ()
        self.look()
        clocks = [
            f"The clock of {platform} has not got through for {now - tick.at:.0f} seconds."
            for platform, tick in self._ticks.items()
            if now - tick.at > (UNDER_WAY_MAX if tick.under_way else IDLE_MAX)
        ]
        apart = [
            f"{platform} has not been connected for {now - seen:.0f} seconds."
            for platform, seen in self._seen.items()
            if now - seen > APART_MAX
        ]
        return (*clocks, *apart)

    def hindrances(self) -> tuple[str, ...]:
        """Why it cannot do all of its work just now, a sentence each; empty where it can."""
        if self._stopping:
            return ("The bot is stopping.",)
        if not self._running:
            return ("The bot is starting.",)
        return (*(f"{platform} is not connected." for platform, there in self.look().items() if not there), *self.stalls())

    @property
    def platforms(self) -> tuple[str, ...]:
        """Those that are served."""
        return tuple(self._connected)
