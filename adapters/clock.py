"""APScheduler as an alarm clock: it wakes the desk and remembers nothing."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final, Self

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from briefs.errors import BriefsError

POLL: Final = timedelta(seconds=5)  # at the latest; another process may have asked for a digest meanwhile

log = logging.getLogger(__name__)

Wake = Callable[[], Awaitable[datetime | None]]


class AlarmClock:
    """Wakes the desk at the next moment something is due, and at least every five seconds, for as long as its context lasts.

    Args:
        wakes: by name (a platform), what does whatever is due and says when to be woken next; None: no wish. Each has
            ticks of its own, one at a time: one that takes long keeps no other waiting.
        poll: the longest sleep.
    """

    def __init__(self, wakes: Mapping[str, Wake], poll: timedelta = POLL) -> None:
        self._wakes, self._poll = dict(wakes), poll
        self._ticking = {name: asyncio.Lock() for name in wakes}
        self._troubles: dict[str, str] = {}
        # One job a name, in memory: what is due is in the ledger. No grace time: a late tick is better than none.
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True})

    async def __aenter__(self) -> Self:
        """Start ticking, at once for the first time."""
        self._scheduler.start()
        for name in self._wakes:
            self._schedule(name, datetime.now(UTC))
        self._watch = asyncio.create_task(self._watch_the_wall_clock())
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop ticking, once the ticks that are under way have come to their end."""
        self._watch.cancel()
        self._scheduler.pause()
        # APScheduler cancels what is under way when it is shut down, and a delivery must not be cut off.
        for ticking in self._ticking.values():
            await ticking.acquire()
        self._scheduler.shutdown(wait=False)

    def ring(self, name: str) -> None:
        """Tick at once; one that is ticking is left to it."""
        if name in self._ticking and not self._ticking[name].locked():
            self._schedule(name, datetime.now(UTC))

    async def _watch_the_wall_clock(self) -> None:
        """Bring the next tick forward where the wall clock was set back: it would wait until the old time comes again."""
        while True:
            await asyncio.sleep(self._poll.total_seconds())
            latest = datetime.now(UTC) + self._poll
            for name, ticking in self._ticking.items():
                job = self._scheduler.get_job(name)
                if not ticking.locked() and (job is None or job.next_run_time > latest):
                    self._schedule(name, latest)

    def _schedule(self, name: str, at: datetime) -> None:
        self._scheduler.add_job(self._tick, "date", args=(name,), run_date=at, id=name, replace_existing=True)

    async def _tick(self, name: str) -> None:
        async with self._ticking[name]:
            await self._wake_and_schedule(name)

    async def _wake_and_schedule(self, name: str) -> None:
        wish: datetime | None = None
        try:
            wish = await self._wakes[name]()
        except BriefsError as error:  # foreseen, and said once, not at every tick for as long as it lasts
            if self._troubles.get(name) != str(error):
                self._troubles[name] = str(error)
                log.error(  # noqa: TRY400 the sentence is all there is to know
                    "nothing can be delivered on %s just now; it is tried again every few seconds. %s", name, error
                )
        except Exception:  # a tick that fails must not be the last one
            log.exception("a tick of %s failed; the next one comes in %s seconds", name, self._poll.total_seconds())
        else:
            if self._troubles.pop(name, None):
                log.warning("deliveries on %s go on", name)
        now = datetime.now(UTC)
        latest = now + self._poll
        # Never sooner than a moment from now: a wish that stays in the past must not spin.
        self._schedule(name, min(latest, max(wish, now + timedelta(milliseconds=200))) if wish else latest)
