"""What is done after Slack has its acknowledgement: every piece of it is known, and comes to its end before we stop."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, Final

ENDS_WITHIN: Final = 2.5  # seconds that what is under way has when the bot stops

log = logging.getLogger(__name__)


class Work:
    """Tasks under way."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Task[Any]] = set()

    def start(self, doing: Coroutine[Any, Any, Any]) -> None:
        """Do it beside everything else."""
        task = asyncio.create_task(doing)
        self._under_way.add(task)
        task.add_done_callback(self._done)

    async def finish(self) -> None:
        """Wait until everything is done; what takes longer than `ENDS_WITHIN` is broken off."""
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=ENDS_WITHIN)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _done(self, task: "asyncio.Task[Any]") -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a task of Slack's ended with a fault", exc_info=error)
