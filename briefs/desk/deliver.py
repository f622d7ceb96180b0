"""The digest's road: plan what is due, claim, look, publish, settle."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import uuid4

from briefs.brief import Brief
from briefs.desk.lookup import Lookup
from briefs.digest import (
    LATE_MAX,
    Again,
    Delivery,
    Empty,
    Place,
    Planned,
    Refused,
    Sent,
    Settlement,
    Skipped,
    Slot,
    Subscription,
    Unknown,
    digest_key,
    next_slot,
)
from briefs.message import Message
from briefs.pages.digest import digest_page, nothing_new_page
from briefs.pages.editions import lost_page
from briefs.ports import Absent, Publisher, Storage

BATCH: Final = 500  # deliveries a commit
LEASE: Final = timedelta(minutes=2)  # longer than any platform takes to answer or to give up
STORIES_MAX: Final = 3  # briefs in one edition
NEWS_MAX: Final = 20  # uncarried briefs looked at for one edition; more than that wait unsaid
LOOK_BACK: Final = timedelta(days=7)  # slots missed longer ago than this are not even recorded

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition made: its message, and the slugs of the briefs it carries."""

    message: Message
    briefs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deliver:
    """Everything between a due slot and a post in a channel.

    Args:
        publishers: by platform, the part of a space before its colon ("console", "discord").
        worker: names this process in the ledger.
    """

    storage: Storage
    lookup: Lookup
    publishers: Mapping[str, Publisher]
    worker: str

    async def next_due(self) -> datetime | None:
        """The next moment at which `run` has something to do; None where nothing is asked for."""
        platforms = tuple(self.publishers)
        moments = [await self.storage.subscriptions.next_due(platforms), await self.storage.ledger.next_due(platforms)]
        return min((moment for moment in moments if moment is not None), default=None)

    async def run(self, now: datetime) -> int:
        """Post whatever is due at `now`; how many deliveries were settled.

        A post of which nobody can tell whether it arrived is not settled: when its lease has run out, the channel is
        looked through for its key before anything is posted again.
        """
        await self._plan(now)
        settled = 0
        while claimed := await self.storage.ledger.claim(self.worker, now, LEASE, BATCH, tuple(self.publishers)):
            by_place: dict[Place, list[Delivery]] = {}
            for delivery in claimed:
                by_place.setdefault(delivery.place, []).append(delivery)
            # Channels side by side, one channel's parts in order.
            done = await asyncio.gather(*(self._send_in_order(parts, now) for parts in by_place.values()))
            outcomes = [(delivery, outcome) for place in done for delivery, outcome in place if outcome is not None]
            await self.storage.ledger.settle(outcomes, self.worker, now)
            await self._pause_lost(outcomes, now)
            settled += len(outcomes)
        return settled

    async def edition(self, subscription: Subscription, meant_for: date, then: Slot | None, *, test: bool = False) -> Edition | None:
        """The edition as it would be posted; None where there is nothing to say and nobody asked to hear so."""
        begun = None if test else await self.storage.ledger.begun(subscription.place, subscription.name)
        new = await self._news(subscription, begun)
        stories = [told.brief for told in await asyncio.gather(*map(self.lookup.told, new[:STORIES_MAX]))]
        if stories:
            return Edition(
                digest_page(subscription, meant_for, stories, waiting=len(new) - len(stories), first=begun is None, then=then, test=test),
                tuple(brief.slug for brief in stories),
            )
        if subscription.empty is Empty.SAY or test:
            return Edition(nothing_new_page(subscription, meant_for, then, test=test), ())
        return None

    async def _news(self, subscription: Subscription, begun: datetime | None) -> Sequence[Brief]:
        """What the next edition can carry: the newest briefs for a first one, then what came since and was not carried."""
        sample, topics = await self.lookup.shows_sample(), subscription.topics
        if begun is None:
            return await self.storage.shelf.briefs(sample=sample, limit=STORIES_MAX, topics=topics)
        carried = await self.storage.ledger.carried(subscription.place, subscription.name)
        came = await self.storage.shelf.briefs(sample=sample, limit=NEWS_MAX + len(carried), topics=topics, since=begun)
        return [brief for brief in came if brief.slug not in carried]

    async def post_test(self, subscription: Subscription, now: datetime, then: Slot | None) -> Sent | Refused | Again | Unknown:
        """Post the edition once, marked TEST; the ledger knows nothing of it."""
        edition = await self.edition(subscription, now.astimezone(subscription.zone).date(), then, test=True)
        assert edition is not None  # a test always says something
        publisher = self.publishers.get(platform_of(subscription.place))
        if publisher is None:
            return Refused("This chat is not connected to a platform that can be posted to.")
        key, outcome = uuid4().hex, None
        for part, message in enumerate(publisher.split(edition.message), start=1):
            outcome = await publisher.publish(subscription.place, message, f"test:{key}:{part}")
            if not isinstance(outcome, Sent):
                break
        assert outcome is not None  # there is at least one part
        return outcome

    async def _plan(self, now: datetime) -> None:
        while due := await self.storage.subscriptions.due(now, BATCH, tuple(self.publishers)):
            await self.storage.ledger.plan([await self._planned(subscription, slot, now) for subscription, slot in due], now)

    async def _planned(self, subscription: Subscription, slot: Slot, now: datetime) -> Planned:
        then = next_slot(subscription, max(slot.utc, now - LOOK_BACK))
        if late := _too_late(subscription, slot, now):
            return Planned(subscription, slot, then, skipped=late)
        try:
            edition = await self.edition(subscription, slot.meant_for, next_slot(subscription, max(slot.utc, now)))
            publisher = self.publishers[platform_of(subscription.place)]
            messages = publisher.split(edition.message) if edition else ()
        except Exception:  # one edition that cannot be made must not keep the others from going out
            number = uuid4().hex[:6]
            log.exception("fault %s while making an edition", number)
            return Planned(subscription, slot, then, skipped=f"it could not be made (fault {number}, see the log)")
        if edition is None:
            return Planned(subscription, slot, then, skipped="nothing new")
        deliveries = tuple(_part(subscription, slot, edition, number, message) for number, message in enumerate(messages, start=1))
        return Planned(subscription, slot, then, deliveries=deliveries)

    async def _send_in_order(self, parts: Sequence[Delivery], now: datetime) -> list[tuple[Delivery, Settlement | None]]:
        """What became of each of a channel's deliveries.

        Once a part of an edition is not there for certain, those behind it are not tried: they share its fate, or wait with
        it. Another edition is only kept from being tried by what is wrong with the channel.
        """
        done: list[tuple[Delivery, Settlement | None]] = []
        stopped: dict[tuple[str, date], Settlement | None] = {}
        channel: Settlement | None = None
        for delivery in parts:
            edition = (delivery.name, delivery.meant_for)
            outcome: Settlement | None
            if channel is not None or edition in stopped:
                outcome = channel or stopped[edition]
                if isinstance(outcome, Refused) and delivery.attempt > 1:
                    outcome = None  # an earlier try may have arrived: it is looked for before anything is said of it
            else:
                outcome = await self._send(delivery, now)
            if outcome is None or isinstance(outcome, Again | Refused):
                stopped[edition] = outcome
            if isinstance(outcome, Again) or (isinstance(outcome, Refused) and outcome.channel_lost):
                channel = outcome
            done.append((delivery, outcome))
        return done

    async def _pause_lost(self, settled: Sequence[tuple[Delivery, Settlement]], now: datetime) -> None:
        """Let the editions of channels that cannot be posted to rest, and tell whoever asked for them."""
        lost = {delivery.place: outcome.reason for delivery, outcome in settled if isinstance(outcome, Refused) and outcome.channel_lost}
        for place, reason in lost.items():
            await self.lost(place, reason, now)

    async def lost(self, place: Place, reason: str, now: datetime) -> None:
        """Let the editions of a channel rest that cannot be posted to, and tell whoever asked for them.

        Args:
            reason: a sentence that says what is wrong and what to do.
        """
        for subscription in await self.storage.subscriptions.pause(place, reason, now):
            log.warning("an edition of %s rests: %s", place.space, reason)
            await self.publishers[platform_of(place)].tell(place.space, subscription.by, lost_page(subscription, reason))

    async def _send(self, delivery: Delivery, now: datetime) -> Settlement | None:
        """What became of the delivery; None: nobody can tell yet, and it is looked for when its lease has run out."""
        publisher = self.publishers[platform_of(delivery.place)]
        try:
            if delivery.attempt > 1:
                found = await publisher.find(delivery.place, delivery.key)
                if isinstance(found, Sent):
                    return found
                if found is Absent.CANNOT_TELL:
                    return Unknown("an earlier try was cut off, and the channel cannot be read to see whether it arrived")
            if now - delivery.due >= LATE_MAX:
                return Skipped("it would have come more than six hours late")
            outcome = await publisher.publish(delivery.place, delivery.message, delivery.key)
        except Exception:  # a publisher returns what went wrong; anything raised is a fault of ours
            log.exception("fault while posting %s", delivery.key)
            return None
        return None if isinstance(outcome, Unknown) else outcome


def _part(subscription: Subscription, slot: Slot, edition: Edition, number: int, message: Message) -> Delivery:
    return Delivery(
        key=digest_key(subscription.place, subscription.name, slot.meant_for, number),
        place=subscription.place,
        name=subscription.name,
        meant_for=slot.meant_for,
        due=slot.utc,
        message=message,
        briefs=edition.briefs,
        part=number,
    )


def platform_of(place: Place) -> str:
    """The platform a channel is on: the part of its space before the colon."""
    return place.space.partition(":")[0]


def _too_late(subscription: Subscription, slot: Slot, now: datetime) -> str:
    """Why an edition due at that slot is no longer posted; empty where it still is."""
    if now - slot.utc >= LATE_MAX:
        return "the bot was not running at its time, nor within six hours of it"
    if now.astimezone(subscription.zone).date() != slot.utc.astimezone(subscription.zone).date():
        return "the bot was not running at its time, nor later that day"
    return ""
