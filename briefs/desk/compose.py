"""What an edition says: the news of a channel since its last one, and corrections of what it was told before."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final, TypeVar

from briefs.brief import Brief, Correction
from briefs.desk.lookup import Lookup, Told
from briefs.digest import Empty, Progress, Slot, Subscription, kept_since
from briefs.message import Message
from briefs.pages.digest import digest_page, nothing_new_page
from briefs.ports import Shelf

STORIES_MAX: Final = 3  # briefs in one edition
NEWS_MAX: Final = 20  # uncarried briefs that may wait for an edition; those that came before them are told no more
SEEN_MAX: Final = 100  # of the latest briefs, from which an edition is made and of which it is remembered what was carried
# Of the latest, those that may be news: where some of them are withdrawn, what comes up behind them is still remembered.
NEW_AMONG: Final = SEEN_MAX - NEWS_MAX
CORRECTED_MAX: Final = timedelta(days=30)  # what was corrected longer ago is told no more
ANSWERS_MAX: Final = 500  # kept at once: more than the channels that are due together have different terms
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
            self._kept.pop(key, None)  # so that what was asked first stands first
            self._kept[key] = (now, answer)
            while len(self._kept) > ANSWERS_MAX:
                del self._kept[next(iter(self._kept))]
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
        came_by: datetime | None = None,
    ) -> Edition | None:
        """The edition due at that slot as it would be posted; None where there is nothing to say and nobody asked to hear so.

        Args:
            then: the slot it is due at next; None: not said.
            corrections: those its readers are to be told.
            came_by: it cannot have carried what came to the shelf later than that; None: anything that is there.
        """
        new, had = await self._news(subscription, slot, progress, reading)
        if came_by is not None:
            later = {brief.slug for brief in await self._since(subscription, came_by, reading)}
            new = [brief for brief in new if brief.slug not in later]
        stories = [told.brief for told in await asyncio.gather(*(self._told(brief, reading) for brief in new[:STORIES_MAX]))]
        marks = tuple(mark_of(brief, correction) for brief, correction in corrections)
        if stories or corrections:
            # Who is told a story as it stands now never had what was corrected in it before.
            known = (mark_of(brief, correction) for brief in stories for correction in brief.mended)
            carries = tuple(dict.fromkeys((*(brief.slug for brief in stories), *marks, *known)))
            after, waiting = await self._after(subscription, slot, progress, (*had, *(brief.slug for brief in stories)), reading)
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
            return Edition(message, carries, after)
        if subscription.empty is Empty.SAY:
            message = nothing_new_page(subscription, slot.meant_for, then, test=False, last=progress.last)
            return Edition(message, (), replace(progress, since=progress.since or kept_since(slot.utc, None), last=slot.meant_for))
        return None

    async def test(self, subscription: Subscription, now: datetime, then: Slot | None) -> Message:
        """The edition as a first one would be, marked TEST; it always says something."""
        today, reading, none = now.astimezone(subscription.zone).date(), Reading(lambda: now), Progress()
        stories = [(await self._told(brief, reading)).brief for brief in await self._briefs(subscription, None, STORIES_MAX)]
        if not stories:
            return nothing_new_page(subscription, today, then, test=True)
        return digest_page(subscription, today, stories, waiting=0, progress=none, corrections=(), then=then, test=True)

    async def corrected(self, now: datetime, reading: Reading) -> Sequence[tuple[Brief, Correction]]:
        """Every correction that a channel may have to be told, the first to come first."""

        async def ask() -> Sequence[tuple[Brief, Correction]]:
            return await self.shelf.corrected(now - CORRECTED_MAX, sample=await self.lookup.shows_sample())

        return await reading.once(("corrected",), ask)

    async def _news(
        self, subscription: Subscription, slot: Slot, progress: Progress, reading: Reading
    ) -> tuple[Sequence[Brief], Sequence[str]]:
        """What the edition can carry: the newest briefs for a first one, then what came since and was not carried.

        With slugs of what counts as carried though it was not: what was there before a first edition was due.
        """
        if progress.since is not None:
            return _uncarried(await self._since(subscription, progress.since, reading), progress.carried), ()

        async def ask() -> tuple[Sequence[Brief], Sequence[str]]:
            # In this order, so that what comes meanwhile is either told or still new.
            there = await self._briefs(subscription, kept_since(slot.utc, None), SEEN_MAX)
            later = {brief.slug for brief in await self._briefs(subscription, slot.utc, SEEN_MAX)}
            newest = await self._briefs(subscription, None, STORIES_MAX)
            return newest, tuple(brief.slug for brief in there if brief.slug not in later)

        return await reading.once(("first", subscription.topics, subscription.entities, slot.utc), ask)

    async def _after(
        self, subscription: Subscription, slot: Slot, progress: Progress, carrying: Sequence[str], reading: Reading
    ) -> tuple[Progress, int]:
        """How far readers have read once they have had that as well, and how many briefs wait for the next edition.

        What has waited too long, or stands behind too many others, is told no more: where more comes than is carried, what
        waits would grow for ever, and so would what has to be remembered beside it.
        """
        since = kept_since(slot.utc, progress.last)
        if progress.since is not None:
            since = max(since, progress.since)
        lately = await self._since(subscription, since, reading)
        carried = {*progress.carried, *carrying}
        # In the order of the shelf: channels that have read alike share their editions.
        kept = [brief.slug for brief in lately if brief.slug in carried]
        return Progress(since, tuple(kept), slot.meant_for), len(_uncarried(lately, carried))

    async def _since(self, subscription: Subscription, since: datetime, reading: Reading) -> Sequence[Brief]:
        """The latest that came to the shelf since then, the latest first."""
        key = ("since", subscription.topics, subscription.entities, since)
        return await reading.once(key, lambda: self._briefs(subscription, since, SEEN_MAX))

    async def _briefs(self, subscription: Subscription, since: datetime | None, limit: int) -> Sequence[Brief]:
        sample = await self.lookup.shows_sample()
        topics, entities = subscription.topics, subscription.entities
        return await self.shelf.briefs(sample=sample, limit=limit, topics=topics, entities=entities, since=since)

    async def _told(self, brief: Brief, reading: Reading) -> Told:
        return await reading.once(("told", brief), lambda: self.lookup.told(brief))


def _uncarried(latest: Sequence[Brief], carried: Collection[str]) -> Sequence[Brief]:
    """Those of the latest briefs that were not carried, as many as may wait."""
    had = frozenset(carried)
    return [brief for brief in latest[:NEW_AMONG] if brief.slug not in had][:NEWS_MAX]


def mark_of(brief: Brief, correction: Correction) -> str:
    """What a correction is remembered by once it was told; no slug looks like it."""
    return f"{brief.slug}@{correction.at.isoformat()}:{sha256(correction.was.encode()).hexdigest()[:12]}"


def untold(corrections: Sequence[tuple[Brief, Correction]], carried: Collection[str]) -> tuple[tuple[Brief, Correction], ...]:
    """The corrections of what a channel was told before, without those it has been told."""
    return tuple(one for one in corrections if one[0].slug in carried and mark_of(*one) not in carried)
