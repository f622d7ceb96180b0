"""A publisher, watched: how long a post takes, and what the platform does not do."""

import time

from adapters.observe.measures import Measures
from briefs.digest import Again, Later, Place, Refused, Sent, Unknown
from briefs.message import Message
from briefs.ports import Absent, Publisher


class WatchedPublisher:
    """See the port. Everything is done by the publisher it is given."""

    def __init__(self, platform: str, publisher: Publisher, measures: Measures) -> None:
        self._platform, self._publisher, self._measures = platform, publisher, measures
        self.address, self.split, self.direct = publisher.address, publisher.split, publisher.direct

    @property
    def at_once(self) -> int:
        """See the port."""
        return self._publisher.at_once

    async def publish(self, channel: Place, message: Message, key: str) -> Sent | Refused | Again | Unknown:
        """See the port."""
        begun = time.perf_counter()
        kind = "fault"
        try:
            outcome = await self._publisher.publish(channel, message, key)
            kind = type(outcome).__name__.lower()
        finally:
            self._measures.posted(self._platform, time.perf_counter() - begun)
            if kind != "sent":
                self._measures.failed(self._platform, kind)
        return outcome

    async def edit(self, channel: Place, receipt: str, message: Message) -> Sent | Refused | Again:
        """See the port."""
        outcome = await self._publisher.edit(channel, receipt, message)
        if not isinstance(outcome, Sent):
            self._measures.failed(self._platform, f"edit {type(outcome).__name__.lower()}")
        return outcome

    async def find(self, channel: Place, key: str) -> Sent | Absent | Later:
        """See the port."""
        found = await self._publisher.find(channel, key)
        if isinstance(found, Later) or found is Absent.CANNOT_TELL:
            self._measures.failed(self._platform, "unreadable")
        return found

    async def tell(self, space: str, user: str, message: Message) -> bool:
        """See the port."""
        told = await self._publisher.tell(space, user, message)
        if not told:
            self._measures.failed(self._platform, "untold")
        return told
