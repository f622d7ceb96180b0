"""What became of a channel's editions: told, read again, sent again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from briefs.desk.subscribe import Subscribe, coming
from briefs.digest import LATE_MAX, Place
from briefs.errors import NotFound
from briefs.pages.history import Past, pasts
from briefs.pages.status import Report

LAST: Final = 7  # editions told
NEXT: Final = 3
RESENT_MAX: Final = 31  # newest editions of which one can be sent again
REMEMBERED: Final = timedelta(days=400)  # how far back old editions are offered


@dataclass(frozen=True, slots=True)
class Status:
    """What a channel's managers may know of its editions, and its readers of what was posted."""

    subscribe: Subscribe

    async def report(self, place: Place, name: str, now: datetime) -> Report:
        """The last seven of that edition and the next three.

        Raises:
            NotFound: the channel has not asked for it, nor had it.
        """
        told = self._seen(pasts(await self.subscribe.ledger.last(place, name, LAST)))
        try:
            standing = await self.subscribe.standing(place, name, now)
        except NotFound:
            if not told:
                raise
            return Report(name, None, told, None, ())
        subscription = standing.subscription
        used = {past.meant_for for past in told if past.used_up}
        slots = () if subscription.paused else [s for s in coming(subscription, standing.slot, NEXT + 2) if s.meant_for not in used]
        due = next((slot for slot in slots if slot.utc <= now), None)
        ahead = tuple(slot for slot in slots if slot.utc > now)[:NEXT]
        used_up = due is not None or now.astimezone(subscription.zone).date() in used
        return Report(name, standing, told[: LAST - bool(due)], due, ahead, used_up)

    async def lately(self, place: Place, name: str) -> tuple[Past, ...]:
        """The newest of that edition, newest first; those of which one can be sent again are among them."""
        return self._seen(pasts(await self.subscribe.ledger.last(place, name, RESENT_MAX)))

    async def resend(self, past: Past, place: Place, now: datetime) -> int:
        """Owe again what of it is not in the channel for certain; how many parts, 0 where there is nothing to send."""
        return await self.subscribe.ledger.resend(place, past.name, past.meant_for, now, now + LATE_MAX)

    async def of_day(self, place: Place, meant_for: date) -> tuple[Past, ...]:
        """The channel's editions of that local date as they were posted, or may have been, by name."""
        return self._seen(pasts(await self.subscribe.ledger.of_day(place, meant_for)))

    async def dates(self, place: Place, today: date) -> dict[date, tuple[str, ...]]:
        """The local dates of more than the past year on which the channel had editions it still asks for, newest first, and which."""
        had: dict[date, tuple[str, ...]] = {}
        for subscription, _ in await self.subscribe.all(place):
            for day in await self.subscribe.ledger.had(place, subscription.name, today - REMEMBERED):
                had[day] = (*had.get(day, ()), subscription.name)
        return dict(sorted(had.items(), reverse=True))

    def _seen(self, found: Sequence[Past]) -> tuple[Past, ...]:
        """The editions with where each can be seen."""
        return tuple(replace(past, address=self._address(past)) for past in found)

    def _address(self, past: Past) -> str:
        if not past.sent:
            return ""
        first = past.sent[0]
        publisher = self.subscribe.publishers.get(first.delivery.place.platform)
        return publisher.address(first.delivery.place, first.receipt) if publisher else ""
