"""The `Curation` port over SQL: drafts, and the decisions on what readers see."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection

from adapters.storage import decisions, desk_expire, forgetting, ledger_plan, reviews, shelf_briefs, standing
from adapters.storage.engine import Engine
from adapters.storage.frozen import Frozen
from briefs.brief import Brief
from briefs.decision import Change, Decision
from briefs.digest import Delivery
from briefs.review import Dossier, Stage


class SqlCuration:
    """See the port."""

    def __init__(self, engine: Engine, frozen: Frozen) -> None:
        self._engine, self._frozen = engine, frozen

    async def decide(self, decision: Decision, owed: Sequence[Delivery] = ()) -> int:
        """See the port."""
        return await self._engine.write(_decide, decision, owed, self._frozen)

    async def stands(self, change: Change) -> bool:
        """See the port."""
        return await self._engine.read(standing.stands, change)

    async def brief(self, slug: str) -> Brief | None:
        """See the port."""
        return await self._engine.read(shelf_briefs.lying, slug)

    async def dossier(self, slug: str) -> Dossier | None:
        """See the port."""
        return await self._engine.read(reviews.dossier, slug)

    async def queue(self, stages: Collection[Stage], limit: int) -> tuple[Dossier, ...]:
        """See the port."""
        return await self._engine.read(reviews.queue, stages, limit)

    async def note(self, name: str) -> str:
        """See the port."""
        return await self._engine.read(standing.noted, name) or ""

    async def decision(self, number: int) -> Decision | None:
        """See the port."""
        return await self._engine.read(decisions.decision_of, number)

    async def log(self, *, about: str = "", before: int = 0, limit: int) -> tuple[Decision, ...]:
        """See the port."""
        return await self._engine.read(decisions.log, about=about, before=before, limit=limit)

    async def undone(self, number: int) -> Decision | None:
        """See the port."""
        return await self._engine.read(decisions.undone, number)

    async def forget(self, person: str, names: Collection[str]) -> int:
        """See the port."""
        return await self._engine.write(forgetting.forget, person, frozenset(names))

    async def expire(self, before: datetime, limit: int) -> int:
        """See the port."""
        slugs = await self._engine.read(desk_expire.rejected, before, limit)
        return await self._engine.write(desk_expire.remove, slugs, before) if slugs else 0


def _decide(connection: Connection, decision: Decision, owed: Sequence[Delivery], frozen: Frozen) -> int:
    """See the port. One change after the other, for a later one may be of what an earlier one put there."""
    for change in decision.changes:
        if not standing.stands(connection, change):
            raise decisions.overtaken(connection, change, decision)
        standing.make(connection, change, decision.at)
    number = decisions.add(connection, decision)
    ledger_plan.owe(connection, owed, frozen)
    return number
