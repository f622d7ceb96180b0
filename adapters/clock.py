"""APScheduler as an alarm clock: it wakes the desk and remembers nothing."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Final, Self

from apscheduler.schedulers.asyncio import AsyncIOScheduler

TICK: Final = "tick"
POLL: Final = timedelta(seconds=5)  # at the latest; another process may have asked for a digest meanwhile

log = logging.getLogger(__name__)


class AlarmClock:
    """Wakes the desk at the next moment something is due, and at least every five seconds, for as long as its context lasts.

    Args:
        wake: does whatever is due at the moment it is given (aware, UTC) and says when to be woken next; None: no wish.
        poll: the longest sleep.
    """

    def __init__(self, wake: Callable[[datetime], Awaitable[datetime | None]], poll: timedelta = POLL) -> None:
        self._wake, self._poll = wake, poll
        self._ticking = asyncio.Lock()
        # One job, in memory: what is due is in the ledger. No grace time: a late tick is better than none.
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True})

    async def __aenter__(self) -> Self:
        """Start ticking, at once for the first time."""
        self._scheduler.start()
        self._schedule(datetime.now(UTC))
        self._watch = asyncio.create_task(self._watch_the_wall_clock())
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop ticking, once a tick that is under way has come to its end."""
        self._watch.cancel()
        self._scheduler.pause()
        # APScheduler cancels what is under way when it is shut down, and a delivery must not be cut off.
        async with self._ticking:
            self._scheduler.shutdown(wait=False)

    async def _watch_the_wall_clock(self) -> None:
        """Bring the next tick forward where the wall clock was set back: it would wait until the old time comes again."""
        while True:
            await asyncio.sleep(self._poll.total_seconds())
            latest = datetime.now(UTC) + self._poll
            job = self._scheduler.get_job(TICK)
            if not self._ticking.locked() and (job is None or job.next_run_time > latest):
                self._schedule(latest)

    def _schedule(self, at: datetime) -> None:
        self._scheduler.add_job(self._tick, "date", run_date=at, id=TICK, replace_existing=True)

    async def _tick(self) -> None:
        async with self._ticking:
            await self._wake_and_schedule()

    async def _wake_and_schedule(self) -> None:
        wish: datetime | None = None
        try:
            wish = await self._wake(datetime.now(UTC))
        except Exception:  # a tick that fails must not be the last one
            log.exception("a tick failed; the next one comes in %s seconds", self._poll.total_seconds())
        now = datetime.now(UTC)
        latest = now + self._poll
        # Never sooner than a moment from now: a wish that stays in the past must not spin.
        self._schedule(min(latest, max(wish, now + timedelta(milliseconds=200))) if wish else latest)
