"""The desk that delivers, at whatever moment a test says it is."""

from collections.abc import Mapping
from datetime import UTC, datetime

from briefs.desk.deliver import SETTLE, Deliver
from briefs.desk.lookup import Lookup, SamplePolicy
from briefs.desk.quotes import Quotes
from briefs.ports import Publisher, Storage


class Clocked(Deliver):
    """`Deliver` with a clock that stands still until `run` moves it."""

    def __init__(
        self, storage: Storage, publishers: Mapping[str, Publisher], worker: str = "w1", sample: SamplePolicy = SamplePolicy.ALWAYS
    ) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)
        super().__init__(
            storage,
            Lookup(storage.shelf, storage.subscriptions, Quotes(storage.curation), sample),
            publishers,
            worker,
            lambda: self.now,
            SETTLE,
        )

    async def run_at(self, now: datetime) -> int:
        """Post whatever is due at `now` on every platform; how many deliveries were settled."""
        self.now = now
        return sum([await self.run(platform) for platform in self.platforms])

    async def plan_at(self, now: datetime) -> None:
        """Plan what is due at `now`, and post nothing: what a process that is killed then has done."""
        self.now = now
        for platform in self.platforms:
            await self._plan.all(platform, lambda: None)

    async def due(self) -> datetime | None:
        """The next moment at which anything is due."""
        moments = [await self.next_due(platform) for platform in self.platforms]
        return min((moment for moment in moments if moment is not None), default=None)
