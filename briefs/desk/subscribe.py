"""A channel's editions: asked for, listed, forgotten."""

from dataclasses import dataclass, replace
from datetime import datetime

from briefs.digest import Place, Slot, Subscription, next_slot
from briefs.errors import NotFound
from briefs.ports import Ledger, Subscriptions


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

    async def pause(self, place: Place, name: str, reason: str, now: datetime) -> Subscription:
        """Let the edition of that name rest until it is resumed; as it was before.

        One that rests already keeps its reason.

        Raises:
            NotFound: the channel has no such edition.
        """
        for before in await self.subscriptions.pause(place, reason, now, name):
            return before
        return await self.named(place, name)

    async def resume(self, place: Place, name: str, now: datetime) -> tuple[Subscription, Slot]:
        """Let the edition of that name run again; what runs, and the slot it is next due at.

        Nothing changes for one that runs already.

        Raises:
            NotFound: the channel has no such edition.
        """
        before, _ = await self._entry(place, name)
        if before.paused:
            await self.subscriptions.resume(place, name, await self._free_slot(replace(before, paused=""), now))
        return await self._entry(place, name)

    async def _free_slot(self, subscription: Subscription, now: datetime) -> Slot:
        """The next slot on a local date that has not had this edition."""
        slot = next_slot(subscription, now)
        had = await self.ledger.had(subscription.place, subscription.name, slot.meant_for)
        while slot.meant_for in had:
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
        found, _ = await self._entry(place, name)
        return found

    async def _entry(self, place: Place, name: str) -> tuple[Subscription, Slot]:
        entries = await self.subscriptions.of(place)
        found = next((entry for entry in entries if entry[0].name == name), None)
        if found is None:
            raise NotFound(
                "edition",
                name,
                [subscription.name for subscription, _ in entries],
                hint="Ask for one with /digest subscribe at:07:30 tz:Europe/London.",
                option="name",
            )
        return found

    async def _named(self, place: Place, name: str) -> Subscription | None:
        return next((s for s, _ in await self.subscriptions.of(place) if s.name == name), None)

    async def _names(self, place: Place) -> list[str]:
        return [s.name for s, _ in await self.subscriptions.of(place)]
