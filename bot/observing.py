"""The watch over a bot that serves: what it does is counted, and told to monitoring where a port is set."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Self

from adapters.observe.commands import WatchedCommands
from adapters.observe.ledger import WatchedLedger
from adapters.observe.measures import Measures
from adapters.observe.publisher import WatchedPublisher
from adapters.observe.pulse import Pulse
from adapters.observe.server import Door, listening
from adapters.observe.storage import WatchedStorage
from bot.settings import ObserveSettings
from briefs.commands.rights import Rights
from briefs.desk.desk import Desk
from briefs.desk.pace import Pace
from briefs.ports import Publisher, Storage


@dataclass(frozen=True, slots=True)
class Watch:
    """What sees the bot at its ports."""

    measures: Measures
    pulse: Pulse

    @classmethod
    def of(cls, version: str) -> Self:
        """A watch that has seen nothing yet."""
        return cls(Measures(version), Pulse())

    def publisher(self, platform: str, publisher: Publisher) -> Publisher:
        """That publisher, watched."""
        return WatchedPublisher(platform, publisher, self.measures)

    def storage(self, storage: Storage) -> Storage:
        """That storage, what goes through its ledger watched."""
        return WatchedStorage(storage, WatchedLedger(storage.ledger, self.measures, self.pulse))

    def commands(self, desk: Desk, rights: Rights, pace: Pace | None) -> WatchedCommands:
        """The commands, watched."""
        return WatchedCommands(desk, rights=rights, pace=pace, measures=self.measures)

    @contextmanager
    def ticking(self, platform: str) -> Iterator[None]:
        """A tick of the platform's clock is under way for as long as the context lasts."""
        self.pulse.tick(platform)
        well = False
        try:
            yield
            well = True
        finally:
            self.pulse.rest(platform, well=well)

    @asynccontextmanager
    async def told(self, storage: Storage, platforms: tuple[str, ...], where: ObserveSettings) -> AsyncIterator[None]:
        """Tell monitoring for as long as the context lasts, where a port is set.

        Raises:
            BadInput: the port cannot be used.
        """
        if not where.port:
            yield
            return
        async with listening(Door(self.measures, self.pulse, platforms, storage.ledger), where.host, where.port):
            yield
