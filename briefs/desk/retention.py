"""How long things are kept: what is older is swept away, a little at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from briefs.ports import Storage

REMEMBERED_MIN: Final = timedelta(days=60)  # for so long the ledger remembers at the least, whatever the settings say
ROWS: Final = 500  # of the ledger in one commit
DRAFTS: Final = 5  # in one commit: each is looked for in all that could rest on its article
BREATH: Final = timedelta(milliseconds=200)  # between two commits, for whatever else is to be written


@dataclass(frozen=True, slots=True)
class Keeping:
    """For how many days things are kept; 0: for ever.

    Args:
        rejected: drafts, once they are rejected.
        reports: what readers find wrong, once it is answered.
        ledger: what was delivered; never less than 60.
    """

    rejected: int = 90
    reports: int = 365
    ledger: int = 400


@dataclass(frozen=True, slots=True)
class Swept:
    """How many drafts, reports, and entries and messages of the ledger went."""

    drafts: int
    reports: int
    ledger: int


@dataclass(frozen=True, slots=True)
class Retention:
    """Sweeps away what was kept for long enough.

    Args:
        clock: the present moment, aware, UTC.
    """

    storage: Storage
    keeping: Keeping
    clock: Callable[[], datetime]
    breath: timedelta = BREATH

    async def sweep(self) -> Swept:
        """Sweep once; what is to go meanwhile goes the next time.

        Raises:
            StorageDown: the store cannot be reached; what went is gone, and the next sweep goes on.
        """
        keeping, now = self.keeping, self.clock()
        drafts = reports = entries = 0
        if keeping.rejected:
            before = now - timedelta(days=keeping.rejected)
            drafts = await self._all(lambda: self.storage.curation.expire(before, DRAFTS))
        if keeping.reports:
            reports = await self.storage.reports.expire(now - timedelta(days=keeping.reports))
        if keeping.ledger:
            oldest = now - max(timedelta(days=keeping.ledger), REMEMBERED_MIN)
            entries = await self._all(lambda: self.storage.ledger.expire(oldest, ROWS))
        return Swept(drafts, reports, entries)

    async def _all(self, batch: Callable[[], Awaitable[int]]) -> int:
        gone = 0
        while count := await batch():
            gone += count
            await asyncio.sleep(self.breath.total_seconds())
        return gone
