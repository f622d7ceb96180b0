"""Planning: what is due is made, frozen and owed, and its subscription moved on."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, Protocol
from uuid import uuid4

from briefs.brief import Brief, Correction
from briefs.desk.compose import Compose, Edition, Reading, mark_of, untold
from briefs.desk.doubt import may_have_come
from briefs.digest import (
    LATE_MAX,
    Delivery,
    Due,
    Place,
    Planned,
    Progress,
    Slot,
    Subscription,
    digest_key,
    last_moment,
    slot_after,
)
from briefs.errors import StorageDown
from briefs.message import Message
from briefs.ports import Publisher, Storage

BATCH: Final = 1_000  # subscriptions a commit
AT_A_STRETCH: Final = 200  # of which are made before the loop may do other work
LOOK_BACK: Final = timedelta(days=7)  # slots missed longer ago than this are not even recorded
EMPTY_DAYS: Final = 3  # in a row, after which whoever asked for the edition hears of it
NOTHING_NEW: Final = "nothing new"
NOT_KNOWN: Final = "the database was restored from a backup that has nothing new for it; what came before that it does not know"

log = logging.getLogger(__name__)

Quiet = Callable[[Subscription, Progress], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What many channels with the same terms have due: the parts of their edition, or why there is none.

    Args:
        carries: see `Edition`.
        then: the slot they are due at next.
        until: from then on it is no longer posted.
        tries: 1 where it may have been posted already, so that it is looked for first; see `may_have_come`.
    """

    then: Slot
    until: datetime
    parts: tuple[Message, ...] = ()
    carries: tuple[str, ...] = ()
    skipped: str = ""
    progress: Progress | None = None
    tries: int = 0


class Taker(Protocol):
    """Sends what is taken for it while it is owed."""

    @property
    def worker(self) -> str:
        """Who takes it."""
        ...

    @property
    def lease(self) -> timedelta:
        """For how long."""
        ...

    async def room(self) -> int:
        """How many it takes now; `take` has to follow."""
        ...

    def take(self, taken: Sequence[Delivery]) -> None:
        """Send these."""
        ...


@dataclass(frozen=True, slots=True)
class Plan:
    """Turns due slots into deliveries owed.

    Args:
        clock: the present moment, aware, UTC.
        quiet: told of a subscription that has had nothing new so many times in a row.
    """

    storage: Storage
    compose: Compose
    publishers: Mapping[str, Publisher]
    clock: Callable[[], datetime]
    quiet: Quiet

    async def all(self, platform: str, planned: Callable[[], object], lane: Taker | None = None) -> None:
        """Plan whatever is due on that platform, a batch at a time, until nothing is.

        Args:
            planned: called after every batch.
            lane: where what is owed is sent at once, as far as there is room.
        """
        reading = Reading(self.clock)
        due, batch = await self._next(platform, reading)
        while due:
            # The next ones are made while these are committed.
            owing, coming = await asyncio.gather(self._owe(batch, lane), self._next(platform, reading, due[-1]), return_exceptions=True)
            if isinstance(owing, BaseException):
                raise owing
            if isinstance(coming, BaseException):
                raise coming
            planned()
            for one in batch:
                if one.skipped == NOTHING_NEW and one.progress and one.progress.empty_days == EMPTY_DAYS:
                    self.quiet(one.subscription, one.progress)
            # Once nothing is behind the last one, whatever became due meanwhile, be it of those that were planned.
            due, batch = coming if coming[0] else await self._next(platform, reading)

    async def _next(self, platform: str, reading: Reading, after: Due | None = None) -> tuple[Sequence[Due], list[Planned]]:
        """A batch of what is due, and what to do with it."""
        due = await self.storage.subscriptions.due(self.clock(), BATCH, (platform,), after)
        return due, await self._batch(due, platform, reading) if due else []

    async def _owe(self, batch: Sequence[Planned], lane: Taker | None) -> None:
        if lane is None:
            await self.storage.ledger.plan(batch, self.clock())
            return
        taken: Sequence[Delivery] = ()
        room = await lane.room()
        owing = asyncio.ensure_future(self.storage.ledger.plan(batch, self.clock(), worker=lane.worker, lease=lane.lease, limit=room))
        try:
            taken = await asyncio.shield(owing)
        except asyncio.CancelledError:
            # A commit that has begun is not given up: what it takes would be held by nobody.
            with suppress(StorageDown):
                taken = await owing
            raise
        finally:
            lane.take(taken)

    async def today(self, subscription: Subscription, slot: Slot) -> str:
        """Owe today's edition now, ahead of its slot or after one that was skipped, and use the day up.

        Args:
            slot: the one it is due at as things stand.

        Returns:
            Why nothing was owed, a sentence; empty where it is on its way.
        """
        place, name, now = subscription.place, subscription.name, self.clock()
        early = Slot(now, now.astimezone(subscription.zone).date())
        if subscription.paused:
            return f"“{name}” rests: {subscription.paused}"
        if early.meant_for in await self.storage.ledger.had(place, name, early.meant_for):
            return f"Today's edition “{name}” has been sent already; none comes twice for one date."
        progress = (await self.storage.ledger.progress([(place, name)]))[place, name]
        then = slot if slot.meant_for > early.meant_for else slot_after(subscription, early, slot.utc)
        reading = Reading(self.clock)
        corrections = (await self._corrections([(place, name)], reading)).get((place, name), ())
        edition = await self.compose.edition(subscription, early, progress, then, reading=reading, corrections=corrections)
        if edition is None:
            return "There is nothing new to send; the next edition comes as planned."
        doubted = may_have_come(early.meant_for, await self.storage.ledger.restored(), subscription.zone)
        made = self._made(edition, place.platform, then, last_moment(early, subscription.zone), doubted=doubted)
        await self.storage.ledger.plan([_planned(Due(subscription, slot, progress), made, early)], now)
        if early.meant_for in await self.storage.ledger.had(place, name, early.meant_for):
            return ""
        return "The edition was changed meanwhile, so nothing was sent. Look at /digest list and try again."

    async def corrections(self, subscription: Subscription) -> Sequence[tuple[Brief, Correction]]:
        """What the next edition would have to correct."""
        edition = (subscription.place, subscription.name)
        return (await self._corrections([edition], Reading(self.clock))).get(edition, ())

    async def _batch(self, due: Sequence[Due], platform: str, reading: Reading) -> list[Planned]:
        now = self.clock()
        unsure = [(one.subscription.place, one.subscription.name) for one in due if one.progress is None]
        told = await self.storage.ledger.progress(unsure)
        corrections = await self._corrections(((one.subscription.place, one.subscription.name) for one in due), reading)
        made: dict[tuple[Any, ...], Made] = {}
        batch: list[Planned] = []
        for number, one in enumerate(due):
            s = one.subscription
            progress = one.progress or told[s.place, s.name]
            correct = corrections[s.place, s.name] if corrections and (s.place, s.name) in corrections else ()
            terms = (s.name, s.at, s.zone.key, s.days, s.topics, s.entities, s.size, s.empty)
            read = (progress.since, progress.carried, progress.last, progress.empty_days)
            key = (*terms, one.slot.utc, one.slot.meant_for, *read, correct)
            if key not in made:
                make = partial(self._make, s, one.slot, progress, correct, platform, now, reading)
                made[key] = await reading.once(("made", *key), make)
            batch.append(_planned(one, made[key], one.slot))
            if number % AT_A_STRETCH == AT_A_STRETCH - 1:
                await asyncio.sleep(0)
        return batch

    async def _corrections(
        self, editions: Iterable[tuple[Place, str]], reading: Reading
    ) -> Mapping[tuple[Place, str], tuple[tuple[Brief, Correction], ...]]:
        """What has to be corrected in each of those editions."""
        try:
            corrected = await self.compose.corrected(self.clock(), reading)
        except StorageDown:
            raise
        except Exception:  # a correction that cannot be read must not keep the news from going out
            log.exception("corrections could not be read")
            return {}
        if not corrected:  # as on nearly every day
            return {}
        asked = tuple(editions)
        sought = {brief.slug for brief, _ in corrected} | {mark_of(*one) for one in corrected}
        carried = await self.storage.ledger.carrying(asked, sought)
        return {edition: found for edition in asked if (found := untold(corrected, carried.get(edition, frozenset())))}

    async def _make(
        self,
        subscription: Subscription,
        slot: Slot,
        progress: Progress,
        corrections: Sequence[tuple[Brief, Correction]],
        platform: str,
        now: datetime,
        reading: Reading,
    ) -> Made:
        then, until = slot_after(subscription, slot, max(slot.utc, now - LOOK_BACK)), last_moment(slot, subscription.zone)
        restored = await self.storage.ledger.restored()
        doubted = may_have_come(slot.meant_for, restored, subscription.zone)
        # One that may have come is looked for even where it would be too late to post it: what its readers know depends on it.
        if (late := _too_late(slot, until, now)) and not doubted:
            return Made(then, until, skipped=late, progress=progress)
        known = restored if doubted and restored and slot.utc <= restored else None
        try:
            shown = slot_after(subscription, slot, max(slot.utc, now))
            edition = await self.compose.edition(
                subscription, slot, progress, shown, reading=reading, corrections=corrections, came_by=known
            )
            if edition is not None:
                return self._made(edition, platform, then, until, doubted=doubted)
        except StorageDown:
            raise
        except Exception:  # one edition that cannot be made must not keep the others from going out
            number = uuid4().hex[:6]
            log.exception("fault %s while making an edition", number)
            return Made(then, until, skipped=f"it could not be made (fault {number}, see the log)", progress=progress)
        if known:
            return Made(then, until, skipped=NOT_KNOWN, progress=progress)
        quiet = Progress(progress.since, progress.carried, progress.last, progress.empty_days + 1)
        return Made(then, until, skipped=NOTHING_NEW, progress=quiet)

    def _made(self, edition: Edition, platform: str, then: Slot, until: datetime, *, doubted: bool) -> Made:
        parts = self.publishers[platform].split(edition.message)
        return Made(then, until, parts, edition.carries, progress=edition.progress, tries=int(doubted))


def _planned(due: Due, made: Made, slot: Slot) -> Planned:
    """What to do with one channel's due slot; `slot` is the one its edition is for."""
    subscription = due.subscription
    place, name, meant_for = subscription.place, subscription.name, slot.meant_for
    deliveries = [
        Delivery(
            digest_key(place, name, meant_for, part), place, name, meant_for, slot.utc, made.until, message, made.carries, part, made.tries
        )
        for part, message in enumerate(made.parts, start=1)
    ]
    return Planned(subscription, due.slot, made.then, tuple(deliveries), made.skipped, made.progress)


def _too_late(slot: Slot, until: datetime, now: datetime) -> str:
    """Why an edition due at that slot is no longer posted; empty where it still is."""
    if now < until:
        return ""
    if now - slot.utc >= LATE_MAX:
        return "the bot was not running at its time, nor within six hours of it"
    return "the bot was not running at its time, nor later that day"
