"""What an edition says: the news of a channel since its last one, and corrections of what it was told before."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final, TypeVar

from briefs.brief import Brief, Correction
from briefs.desk.lookup import Lookup, Told
from briefs.digest import Empty, Progress, Slot, Subscription
from briefs.message import Message
from briefs.pages.digest import digest_page, nothing_new_page
from briefs.ports import Shelf

STORIES_MAX: Final = 3  # briefs in one edition
NEWS_MAX: Final = 20  # uncarried briefs looked at for one edition; more than that wait unsaid
CORRECTED_MAX: Final = timedelta(days=30)  # what was corrected longer ago is told no more
KEPT: Final = timedelta(days=2)  # how far back what was carried is kept once nothing waits: more than two clocks differ
FRESH: Final = timedelta(seconds=2)  # how old what was read of the shelf may be when an edition is made of it

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition made.

    Args:
        carries: slugs of its briefs, and marks of the corrections it tells.
        progress: how far its readers have read once it has come.
    """

    message: Message
    carries: tuple[str, ...]
    progress: Progress


@dataclass(slots=True)
class Reading:
    """What was read of the shelf within the last two seconds: a wave asks the same again and again."""

    clock: Callable[[], datetime]
    _kept: dict[tuple[Any, ...], tuple[datetime, Any]] = field(default_factory=dict)

    async def once(self, key: tuple[Any, ...], ask: Callable[[], Awaitable[T]]) -> T:
        """The answer to what the key stands for, asked for anew where it is too old."""
        now = self.clock()
        asked, answer = self._kept.get(key, (now, None))
        if key not in self._kept or now - asked >= FRESH:
            answer = await ask()
            self._kept[key] = (now, answer)
        told: T = answer
        return told


@dataclass(frozen=True, slots=True)
class Compose:
    """Makes editions."""

    shelf: Shelf
    lookup: Lookup

    async def edition(
        self,
        subscription: Subscription,
        slot: Slot,
        progress: Progress,
        then: Slot | None,
        *,
        reading: Reading,
        corrections: Sequence[tuple[Brief, Correction]] = (),
    ) -> Edition | None:
        """The edition due at that slot as it would be posted; None where there is nothing to say and nobody asked to hear so.

        Args:
            then: the slot it is due at next; None: not said.
            corrections: those its readers are to be told.
        """
        new = await self._news(subscription, progress, reading)
        stories = [told.brief for told in await asyncio.gather(*(self._told(brief, reading) for brief in new[:STORIES_MAX]))]
        marks = tuple(mark_of(brief, correction) for brief, correction in corrections)
        if stories or corrections:
            carries = (*(brief.slug for brief in stories), *marks)
            waiting = len(new) - len(stories)
            message = digest_page(
                subscription,
                slot.meant_for,
                stories,
                waiting=waiting if progress.since else 0,
                progress=progress,
                corrections=corrections,
                then=then,
                test=False,
            )
            return Edition(message, carries, await self._after(subscription, slot, progress, stories, waiting, reading))
        if subscription.empty is Empty.SAY:
            message = nothing_new_page(subscription, slot.meant_for, then, test=False, last=progress.last)
            return Edition(message, (), replace(progress, since=progress.since or slot.utc, last=slot.meant_for))
        return None

    async def test(self, subscription: Subscription, now: datetime, then: Slot | None) -> Message:
        """The edition as a first one would be, marked TEST; it always says something."""
        today, reading, none = now.astimezone(subscription.zone).date(), Reading(lambda: now), Progress()
        stories = [(await self._told(brief, reading)).brief for brief in await self._news(subscription, none, reading)]
        if not stories:
            return nothing_new_page(subscription, today, then, test=True)
        return digest_page(subscription, today, stories, waiting=0, progress=none, corrections=(), then=then, test=True)

    async def corrected(self, now: datetime, reading: Reading) -> Sequence[tuple[Brief, Correction]]:
        """Every correction that a channel may have to be told, the first to come first."""

        async def ask() -> Sequence[tuple[Brief, Correction]]:
            return await self.shelf.corrected(now - CORRECTED_MAX, sample=await self.lookup.shows_sample())

        return await reading.once(("corrected",), ask)

    async def _news(self, subscription: Subscription, progress: Progress, reading: Reading) -> Sequence[Brief]:
        """What the edition can carry: the newest briefs for a first one, then what came since and was not carried."""
        if progress.since is None:
            return await self._briefs(subscription, None, STORIES_MAX, reading)
        came = await self._briefs(subscription, progress.since, NEWS_MAX + len(progress.carried), reading)
        return [brief for brief in came if brief.slug not in progress.carried]

    async def _after(
        self, subscription: Subscription, slot: Slot, progress: Progress, stories: Sequence[Brief], waiting: int, reading: Reading
    ) -> Progress:
        since = progress.since or slot.utc
        carried = (*progress.carried, *(brief.slug for brief in stories))
        if not waiting and progress.since and slot.utc - since > 2 * KEPT:
            # All there was has been carried: no more need be remembered of it than what may still come to light.
            since = slot.utc - KEPT
            lately = {brief.slug for brief in await self._briefs(subscription, since, NEWS_MAX + len(carried), reading)}
            carried = tuple(slug for slug in carried if slug in lately)
        return Progress(since, carried, slot.meant_for)

    async def _briefs(self, subscription: Subscription, since: datetime | None, limit: int, reading: Reading) -> Sequence[Brief]:
        topics, entities = subscription.topics, subscription.entities

        async def ask() -> Sequence[Brief]:
            sample = await self.lookup.shows_sample()
            return await self.shelf.briefs(sample=sample, limit=limit, topics=topics, entities=entities, since=since)

        return await reading.once((topics, entities, since, limit), ask)

    async def _told(self, brief: Brief, reading: Reading) -> Told:
        return await reading.once(("told", brief), lambda: self.lookup.told(brief))


def mark_of(brief: Brief, correction: Correction) -> str:
    """What a correction is remembered by once it was told; no slug looks like it."""
    return f"{brief.slug}@{correction.at.isoformat()}:{sha256(correction.was.encode()).hexdigest()[:12]}"


def untold(corrections: Sequence[tuple[Brief, Correction]], carried: Collection[str]) -> tuple[tuple[Brief, Correction], ...]:
    """The corrections of what a channel was told before, without those it has been told."""
    return tuple(one for one in corrections if one[0].slug in carried and mark_of(*one) not in carried)
