"""A channel's editions: asked for, changed, listed, paused, forgotten; and their slots where the rules of zones change."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from typing import Final

from briefs.desk.pace import Pace
from briefs.digest import DeliveryState, Place, Slot, Subscription, last_moment, next_slot, slot_after
from briefs.errors import NotFound, TooSoon
from briefs.pages.history import Past, on, pasts
from briefs.pages.terms import Standing
from briefs.ports import Ledger, Publisher, Spaces, Subscriptions
from briefs.ports.spaces import INSTALLATION

BATCH: Final = 500  # subscriptions a commit
TZDATA: Final = "tzdata"
TEST_EVERY: Final = timedelta(minutes=1)
NEAR_MAX: Final = 3  # names offered for one that is not there
OWED_MAX: Final = 40  # newest local dates of which anything can still be owed: what is sent again is no older
MANAGERS_WISH: Final = "a manager paused it."

Entry = tuple[Subscription, Slot]


@dataclass(frozen=True, slots=True)
class Subscribe:
    """What a manager may do with a channel's editions.

    Args:
        publishers: by platform; they know where a post can be seen.
        tests: how often a test may be posted in a channel.
    """

    subscriptions: Subscriptions
    ledger: Ledger
    spaces: Spaces
    publishers: Mapping[str, Publisher] = field(default_factory=dict)
    tests: Pace = field(default_factory=lambda: Pace(TEST_EVERY))

    async def put(self, subscription: Subscription, now: datetime) -> tuple[Slot, Standing | None]:
        """Store the subscription; the slot it is next due at, and the edition it replaces (None where it is new).

        A local date that has had this edition already is passed over, whatever the new time and zone. Where the edition
        is due already under the former terms and has not been had, it comes under the new ones.
        """
        entry = await self._found(subscription.place, subscription.name)
        before = await self._standing(*entry, now) if entry else None
        slot = (await self.due(before, now, subscription) if before else None) or await self._free_slot(subscription, now)
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

    async def pause_until(self, place: Place, name: str, until: date, now: datetime) -> Entry:
        """Let the edition of that name rest, and come again by itself on the first of its days from that local date on.

        What is owed of it is settled as by `pause`. One that rests already, for whatever reason, comes again then, too.
        One of which nothing is owed moves there in one commit; else, where the process ends in between, it rests for good
        and says until when it was to rest.

        Returns:
            The subscription, and the slot it comes at.

        Raises:
            NotFound: the channel has no such edition.
        """
        running, former = await self._entry(place, name)
        if not running.paused:
            held = await self._free_slot(running, max(now, _before(until)), since=until)
            # Once it is moved nothing more is owed of it before that date, so that what is owed can be counted.
            if await self.subscriptions.move([(running, former, held)]) and not await self._owed(place, name):
                return running, held
        before = replace(await self.pause(place, name, f"a manager paused it until {on(until)}.", now), paused="")
        slot = await self._free_slot(before, max(now, _before(until)), since=until)
        if not await self.subscriptions.resume(place, name, slot):
            await self._entry(place, name)  # somebody has unsubscribed it meanwhile
        return before, slot

    async def resume(self, place: Place, name: str, now: datetime) -> Entry:
        """Let the edition of that name run again; what runs, and the slot it is next due at.

        One that rests until some date comes at its usual time again. Where the one it was due at has come meanwhile, has
        not been had and may still be posted, it comes at once. Nothing changes for one that runs already.

        Raises:
            NotFound: the channel has no such edition.
        """
        before = await self.standing(place, name, now)
        subscription, slot = before.subscription, before.slot
        if subscription.paused:
            running = replace(subscription, paused="")
            due = await self.due(Standing(running, slot), now)
            await self.subscriptions.resume(place, name, due or await self._free_slot(running, now))
        elif before.held:
            await self.subscriptions.move([(subscription, slot, await self._free_slot(subscription, now))])
        return await self._entry(place, name)

    async def remove(self, place: Place, name: str, now: datetime) -> Standing:
        """Forget the edition of that name; what was forgotten.

        Raises:
            NotFound: the channel has no such edition.
        """
        before = await self._found(place, name)
        standing = await self._standing(*before, now) if before else None
        if standing is None or not await self.subscriptions.remove(place, name, now):
            raise await self._no_such(place, name)
        return standing

    async def withheld(self, place: Place, name: str, now: datetime) -> Past | None:
        """The edition that was owed and was given up at just that moment, by `pause` or `remove`; None where none was."""
        for past in pasts(await self.ledger.last(place, name, 1)):
            if any(record.settled == now for record in past.wanting):
                return past
        return None

    async def kept_away(self, subscription: Subscription, now: datetime) -> Past | None:
        """Today's edition, where it was made and is not in the channel for certain; None where there is nothing to send again."""
        today = now.astimezone(subscription.zone).date()
        found = pasts(await self.ledger.last(subscription.place, subscription.name, 1))
        return next((past for past in found if past.meant_for == today and past.wanting), None)

    async def due(self, before: Standing, now: datetime, under: Subscription | None = None) -> Slot | None:
        """The slot of an edition that has come and has not been had; None where there is none, or it would come too late.

        Args:
            before: as it stands or stood; of one that rests nothing is due.
            under: new terms it is to come under.
        """
        slot, subscription = before.slot, under or before.subscription
        if before.subscription.paused or slot.utc > now or now >= last_moment(slot, subscription.zone):
            return None
        had = await self.ledger.had(subscription.place, subscription.name, slot.meant_for)
        return None if slot.meant_for in had else slot

    async def passed_today(self, subscription: Subscription, slot: Slot, now: datetime) -> Slot | None:
        """The slot of today's local date, where it has passed, was not had and does not come by itself; None where there is none.

        Args:
            slot: it is next due at.
        """
        today = now.astimezone(subscription.zone).date()
        usual = _on_its_date(subscription, Slot(now, today))
        if usual.meant_for != today or usual.utc > now or slot.meant_for <= today:
            return None
        return None if today in await self.ledger.had(subscription.place, subscription.name, today) else usual

    async def all(self, place: Place) -> tuple[Entry, ...]:
        """The channel's editions with the slot each is next due at, by name."""
        return await self.subscriptions.of(place)

    async def standings(self, place: Place, now: datetime) -> tuple[Standing, ...]:
        """The channel's editions as they stand, by name."""
        return tuple([await self._standing(subscription, slot, now) for subscription, slot in await self.all(place)])

    async def named(self, place: Place, name: str) -> Subscription:
        """The channel's edition of that name.

        Raises:
            NotFound: the channel has no such edition.
        """
        found, _ = await self._entry(place, name)
        return found

    async def standing(self, place: Place, name: str, now: datetime) -> Standing:
        """The channel's edition of that name as it stands.

        Raises:
            NotFound: the channel has no such edition.
        """
        return await self._standing(*await self._entry(place, name), now)

    async def recompute(self, version: str, now: datetime) -> int:
        """Move editions to where the rules of their zones put them now, where those rules are of another version than last time.

        One that is due already stays; none is moved onto a local date that has had it.

        Args:
            version: of the rules, whatever it is called.

        Returns:
            How many were moved.
        """
        if await self.spaces.noted(INSTALLATION, TZDATA) == version:
            return 0
        moved, after = 0, None
        while batch := await self.subscriptions.all(after, BATCH):
            found = [(s, slot, await self._moved(s, slot)) for s, slot in batch if slot.utc > now and _on_its_date(s, slot) != slot]
            moved += await self.subscriptions.move([(s, slot, there) for s, slot, there in found if there != slot]) if found else 0
            last, _ = batch[-1]
            after = (last.place, last.name)
        await self.spaces.note(INSTALLATION, TZDATA, version)
        return moved

    def take_test(self, place: Place, now: datetime) -> None:
        """Use up one test post of that channel.

        Raises:
            TooSoon: the last one was a moment ago.
        """
        if wait := self.tests.take(place, now):
            raise TooSoon("A test was posted in this channel a moment ago, and one a minute is enough.", wait)

    async def _moved(self, subscription: Subscription, slot: Slot) -> Slot:
        there = _on_its_date(subscription, slot)
        return await self._passing(subscription, there, since=there.meant_for)

    async def _free_slot(self, subscription: Subscription, after: datetime, since: date = date.min) -> Slot:
        """The next slot on a local date that has not had this edition, that one or later."""
        return await self._passing(subscription, next_slot(subscription, after), since=since)

    async def _passing(self, subscription: Subscription, slot: Slot, *, since: date) -> Slot:
        had = await self.ledger.had(subscription.place, subscription.name, slot.meant_for)
        while slot.meant_for in had or slot.meant_for < since:
            slot = next_slot(subscription, slot.utc)
        return slot

    async def _standing(self, subscription: Subscription, slot: Slot, now: datetime) -> Standing:
        # It rests until some date where its next slot is on a later one than its own days and what was had would have it.
        free = slot if subscription.paused or slot.utc <= now else await self._free_slot(subscription, now)
        return Standing(subscription, slot, held=slot.meant_for > free.meant_for)

    async def _entry(self, place: Place, name: str) -> Entry:
        found = await self._found(place, name)
        if found is None:
            raise await self._no_such(place, name)
        return found

    async def _no_such(self, place: Place, name: str) -> NotFound:
        names = [subscription.name for subscription, _ in await self.all(place)]
        near = get_close_matches(name, names, NEAR_MAX, cutoff=0.5) or (names if len(names) <= NEAR_MAX else [])
        hint = "See them with /digest list." if names else "Ask for one with /digest subscribe at:07:30 tz:Europe/London."
        return NotFound("edition", name, near, hint=hint, option="name")

    async def _owed(self, place: Place, name: str) -> bool:
        # What is held by somebody is settled by whoever holds it.
        return any(record.state is DeliveryState.PENDING for record in await self.ledger.last(place, name, OWED_MAX))

    async def _found(self, place: Place, name: str) -> Entry | None:
        return next((entry for entry in await self.subscriptions.of(place) if entry[0].name == name), None)


def coming(subscription: Subscription, slot: Slot, count: int) -> tuple[Slot, ...]:
    """That slot and the next ones, each on a later local date, `count` in all."""
    slots = [slot]
    while len(slots) < count:
        slots.append(slot_after(subscription, slots[-1]))
    return tuple(slots)


def _on_its_date(subscription: Subscription, slot: Slot) -> Slot:
    """The slot of its local date as the zone has it now; the next one where that date has none any more."""
    there = next_slot(subscription, _before(slot.meant_for))
    while there.meant_for < slot.meant_for:
        there = next_slot(subscription, there.utc)
    return there


def _before(day: date) -> datetime:
    """A moment before that local date begins, wherever; no more than a few of an edition's slots come between."""
    return datetime.combine(day - timedelta(days=2), time.min, tzinfo=UTC)
