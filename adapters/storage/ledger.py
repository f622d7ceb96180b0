"""The `Ledger` port over SQL: what is owed, who has taken it, what became of it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from adapters.storage import ledger_claim, ledger_plan, ledger_read
from adapters.storage.engine import Engine
from briefs.digest import Delivery, Place, Planned, Record, Settlement


class SqlLedger:
    """See the port."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def plan(self, planned: Sequence[Planned], now: datetime) -> None:
        """See the port."""
        if planned:
            await self._engine.write(ledger_plan.plan, planned, now)

    async def claim(self, worker: str, now: datetime, lease: timedelta, limit: int, platforms: Collection[str]) -> tuple[Delivery, ...]:
        """See the port."""
        # The usual answer is "nothing": it must not wait for the writing thread, nor cost a commit.
        due = await self._engine.read(ledger_read.next_due, platforms)
        if due is None or due > now or limit < 1:
            return ()
        return await self._engine.write(ledger_claim.claim, worker, now, lease, limit, platforms)

    async def settle(self, settled: Sequence[tuple[Delivery, Settlement]], worker: str, now: datetime) -> None:
        """See the port."""
        if settled:
            await self._engine.write(ledger_claim.settle, settled, worker, now)

    async def next_due(self, platforms: Collection[str]) -> datetime | None:
        """See the port."""
        return await self._engine.read(ledger_read.next_due, platforms)

    async def carried(self, place: Place, name: str) -> frozenset[str]:
        """See the port."""
        return await self._engine.read(ledger_read.carried, place, name)

    async def begun(self, place: Place, name: str) -> datetime | None:
        """See the port."""
        return await self._engine.read(ledger_read.begun, place, name)

    async def had(self, place: Place, name: str, since: date) -> frozenset[date]:
        """See the port."""
        return await self._engine.read(ledger_read.had, place, name, since)

    async def last(self, place: Place, name: str, limit: int) -> tuple[Record, ...]:
        """See the port."""
        return await self._engine.read(ledger_read.last, place, name, limit)
