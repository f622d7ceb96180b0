"""What people are told privately, beside the road on which digests go out: it may take long, and nothing waits for it."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final

WAITING_MAX: Final = 1_000  # more is not kept: what is told stands in /digest status, too

log = logging.getLogger(__name__)

Telling = Callable[[], Awaitable[object]]


class Teller:
    """Tells one thing after the other."""

    def __init__(self) -> None:
        self._waiting: deque[Telling] = deque()
        self._task: asyncio.Task[None] | None = None

    def tell(self, telling: Telling) -> None:
        """Have this told when its turn comes."""
        if len(self._waiting) >= WAITING_MAX:
            log.warning("somebody is not told privately: too many wait for it")
            return
        self._waiting.append(telling)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._tell_waiting())

    async def _tell_waiting(self) -> None:
        while self._waiting:
            telling = self._waiting.popleft()
            try:
                await telling()
            except Exception:  # a publisher's `tell` never raises; anything raised is a fault of ours
                log.exception("somebody could not be told")

    async def told(self) -> None:
        """Once nothing waits to be told any more."""
        if self._task is not None:
            await asyncio.wait((self._task,))

    def stop(self) -> None:
        """Tell nothing more."""
        self._waiting.clear()
        if self._task is not None:
            self._task.cancel()
