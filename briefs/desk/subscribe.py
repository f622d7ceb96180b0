"""A channel's editions: asked for, listed, forgotten."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from briefs.digest import Place, Slot, Subscription, next_slot
from briefs.errors import NotFound
from briefs.ports import Ledger, Subscriptions

HAD: Final = {"pending", "sending", "sent", "unknown"}  # states in which a local date has had its edition, or may have
LOOK_BACK: Final = 3  # entries of the ledger; a change of zone moves the local date by one day at most


@dataclass(frozen=True, slots=True)
class Subscribe:
    """What a manager may do with a channel's editions."""

    subscriptions: Subscriptions
    ledger: Ledger

    async def put(self, subscription: Subscription, now: datetime) -> tuple[Slot, Subscription | None]:
        """Store the subscription; the slot it is next due at, and the one it replaces (None where it is new).

        A local date that has had this edition already is passed over, whatever the new time and zone.
        """
        before = await self._named(subscription.place, subscription.name)
        slot = await self._free_slot(subscription, now)
        await self.subscriptions.put(subscription, slot)
        return slot, before

    async def pause(self, place: Place, name: str, reason: str) -> Subscription:
        """Let the edition of that name rest until it is resumed; as it was before.

        Raises:
            NotFound: the channel has no such edition.
        """
        before = await self.named(place, name)
        slot = next(slot for subscription, slot in await self.subscriptions.of(place) if subscription.name == before.name)
        await self.subscriptions.put(replace(before, paused=reason), slot)
        return before

    async def resume(self, place: Place, name: str, now: datetime) -> tuple[Subscription, Slot]:
        """Let the edition of that name run again; what runs, and the slot it is next due at.

        Raises:
            NotFound: the channel has no such edition.
        """
        running = replace(await self.named(place, name), paused="")
        slot = await self._free_slot(running, now)
        await self.subscriptions.put(running, slot)
        return running, slot

    async def _free_slot(self, subscription: Subscription, now: datetime) -> Slot:
        """The next slot on a local date that has not had this edition."""
        records = await self.ledger.last(subscription.place, subscription.name, LOOK_BACK)
        done = {record.delivery.meant_for for record in records if record.state in HAD}
        slot = next_slot(subscription, now)
        while slot.meant_for in done:
            slot = next_slot(subscription, slot.utc)
        return slot

    async def remove(self, place: Place, name: str, now: datetime) -> Subscription:
        """Forget the edition of that name; what was forgotten.

        Raises:
            NotFound: the channel has no such edition.
        """
        before = await self._named(place, name)
        if before is None or not await self.subscriptions.remove(place, name, now):
            raise NotFound("edition", name, await self._names(place), hint="See them with /digest list.", option="name")
        return before

    async def all(self, place: Place) -> tuple[tuple[Subscription, Slot], ...]:
        """The channel's editions with the slot each is next due at, by name."""
        return await self.subscriptions.of(place)

    async def named(self, place: Place, name: str) -> Subscription:
        """The channel's edition of that name.

        Raises:
            NotFound: the channel has no such edition.
        """
        found = await self._named(place, name)
        if found is None:
            raise NotFound("edition", name, await self._names(place), hint="Ask for one with /digest subscribe at:07:30.", option="name")
        return found

    async def _named(self, place: Place, name: str) -> Subscription | None:
        return next((s for s, _ in await self.subscriptions.of(place) if s.name == name), None)

    async def _names(self, place: Place) -> list[str]:
        return [s.name for s, _ in await self.subscriptions.of(place)]
