"""The `Ledger` port over SQL: what is owed, who has taken it, what became of it."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from adapters.storage import ledger_claim, ledger_edits, ledger_noted, ledger_plan, ledger_read
from adapters.storage.engine import Engine
from adapters.storage.frozen import Frozen
from adapters.storage.ledger_expire import Sweep
from adapters.storage.ledger_plan import Taking
from adapters.storage.restored import restored
from briefs.digest import Delivery, Place, Planned, Progress, Record, Sent, Settlement

NO_TIME: Final = timedelta()


class SqlLedger:
    """See the port."""

    def __init__(self, engine: Engine, frozen: Frozen) -> None:
        self._engine, self._frozen = engine, frozen
        self._restored: tuple[datetime | None] | None = None  # once it was asked for: it changes with the store alone
        self._sweep = Sweep(engine, frozen)

    async def plan(
        self, planned: Sequence[Planned], now: datetime, *, worker: str = "", lease: timedelta = NO_TIME, limit: int = 0
    ) -> tuple[Delivery, ...]:
        """See the port."""
        if not planned:
            return ()
        taking = Taking(worker, now + lease, limit)
        prepared = await asyncio.to_thread(ledger_plan.prepare, planned, now, self._frozen, taking)
        taken = await self._engine.write(ledger_plan.plan, prepared, now, taking)
        self._frozen.stored(prepared.frozen)
        # As `claim` gives them.
        return tuple(Delivery(d.key, d.place, d.name, d.meant_for, d.due, d.until, d.message, d.briefs, d.part, 1) for d in taken)

    async def owe(self, deliveries: Sequence[Delivery]) -> int:
        """See the port."""
        return await self._engine.write(ledger_plan.owe, deliveries, self._frozen) if deliveries else 0

    async def resend(self, place: Place, name: str, meant_for: date, now: datetime, until: datetime) -> int:
        """See the port."""
        return await self._engine.write(ledger_claim.resend, place, name, meant_for, now, until)

    async def adopt(self, worker: str, now: datetime, settle: timedelta, platforms: Collection[str]) -> int:
        """See the port."""
        return await self._engine.write(ledger_claim.adopt, worker, now + settle, platforms)

    async def claim(self, worker: str, now: datetime, lease: timedelta, limit: int, platforms: Collection[str]) -> tuple[Delivery, ...]:
        """See the port."""
        # The usual answer is "nothing": it must not wait for the writing thread, nor cost a commit.
        due = await self._engine.read(ledger_read.next_due, platforms)
        if due is None or due > now or limit < 1:
            return ()
        return await self._engine.write(ledger_claim.claim, worker, now, lease, limit, platforms, self._frozen)

    async def settle(self, settled: Sequence[tuple[Delivery, Settlement]], worker: str, now: datetime) -> None:
        """See the port."""
        if settled:
            sent = await asyncio.to_thread(ledger_claim.sent, settled)
            await self._engine.write(ledger_claim.settle, settled, sent, worker, now)

    async def restored(self) -> datetime | None:
        """See the port."""
        if self._restored is None:
            self._restored = (await self._engine.read(restored),)
        return self._restored[0]

    async def next_due(self, platforms: Collection[str]) -> datetime | None:
        """See the port."""
        return await self._engine.read(ledger_read.next_due, platforms)

    async def owed(self, now: datetime, platforms: Collection[str]) -> Mapping[str, int]:
        """See the port."""
        return await self._engine.read(ledger_read.owed, now, platforms)

    async def progress(self, editions: Collection[tuple[Place, str]]) -> Mapping[tuple[Place, str], Progress]:
        """See the port."""
        return await self._engine.read(ledger_read.progress, editions) if editions else {}

    async def carrying(self, editions: Collection[tuple[Place, str]], marks: Collection[str]) -> Mapping[tuple[Place, str], frozenset[str]]:
        """See the port."""
        return await self._engine.read(ledger_read.carrying, editions, marks) if editions and marks else {}

    async def had(self, place: Place, name: str, since: date) -> frozenset[date]:
        """See the port."""
        return await self._engine.read(ledger_read.had, place, name, since)

    async def last(self, place: Place, name: str, limit: int) -> tuple[Record, ...]:
        """See the port."""
        return await self._engine.read(ledger_read.last, place, name, limit)

    async def of_day(self, place: Place, meant_for: date) -> tuple[Record, ...]:
        """See the port."""
        return await self._engine.read(ledger_read.of_day, place, meant_for)

    async def posts_carrying(self, slug: str, since: datetime) -> tuple[Record, ...]:
        """See the port."""
        return await self._engine.read(ledger_edits.posts_carrying, slug, since)

    async def note_posts(self, posts: Sequence[tuple[Delivery, Sent]], now: datetime) -> None:
        """See the port."""
        if posts:
            await self._engine.write(ledger_plan.note, posts, self._frozen, now)

    async def noted(self, space: str, begins: str) -> int:
        """See the port."""
        return await self._engine.read(ledger_noted.noted, space, begins)

    async def forget_posts(self, space: str, begins: str) -> int:
        """See the port."""
        return await self._engine.write(ledger_noted.forget, space, begins, self._frozen)

    async def expire(self, before: datetime, limit: int) -> int:
        """See the port."""
        return await self._sweep.batch(before, limit)
