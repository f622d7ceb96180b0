"""The ledger, watched: what became of deliveries, and that the clock gets through to it."""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final

from adapters.observe.measures import Measures
from adapters.observe.pulse import Pulse
from briefs.digest import Delivery, Planned, Sent, Settlement
from briefs.ports import Ledger

NO_TIME: Final = timedelta()

log = logging.getLogger(__name__)


class WatchedLedger:
    """See the port. Everything is done by the ledger it is given."""

    def __init__(self, ledger: Ledger, measures: Measures, pulse: Pulse) -> None:
        self._ledger, self._measures, self._pulse = ledger, measures, pulse
        # What tells nothing goes straight to it.
        self.owe, self.resend, self.adopt, self.restored = ledger.owe, ledger.resend, ledger.adopt, ledger.restored
        self.next_due, self.owed, self.progress = ledger.next_due, ledger.owed, ledger.progress
        self.carrying, self.had, self.last, self.of_day = ledger.carrying, ledger.had, ledger.last, ledger.of_day
        self.posts_carrying, self.expire = ledger.posts_carrying, ledger.expire
        self.note_posts, self.noted, self.forget_posts = ledger.note_posts, ledger.noted, ledger.forget_posts

    async def plan(
        self, planned: Sequence[Planned], now: datetime, *, worker: str = "", lease: timedelta = NO_TIME, limit: int = 0
    ) -> tuple[Delivery, ...]:
        """See the port."""
        taken = await self._ledger.plan(planned, now, worker=worker, lease=lease, limit=limit)
        for one in planned:
            platform = one.subscription.place.platform
            if one.skipped:
                self._measures.delivered(platform, "skipped")
            self._pulse.beat(platform)
        return taken

    async def claim(self, worker: str, now: datetime, lease: timedelta, limit: int, platforms: Collection[str]) -> tuple[Delivery, ...]:
        """See the port."""
        claimed = await self._ledger.claim(worker, now, lease, limit, platforms)
        for platform in platforms:
            self._pulse.beat(platform)
        return claimed

    async def settle(self, settled: Sequence[tuple[Delivery, Settlement]], worker: str, now: datetime) -> None:
        """See the port."""
        await self._ledger.settle(settled, worker, now)
        for delivery, outcome in settled:
            platform = delivery.place.platform
            late, became = (now - delivery.due).total_seconds(), type(outcome).__name__.lower()
            self._measures.delivered(platform, became, late if isinstance(outcome, Sent) else None)
            self._pulse.beat(platform)
            fields = {"platform": platform, "key": delivery.key, "attempt": delivery.attempt, "outcome": became, "late": round(late, 1)}
            log.info("delivery", extra={"fields": fields})
