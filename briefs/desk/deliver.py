"""The digest's road: what is due is planned, then claimed, looked for, published and settled, platform by platform."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from uuid import uuid4

from briefs.desk.catching_up import CatchingUp
from briefs.desk.compose import Compose, Reading
from briefs.desk.lane import Lane
from briefs.desk.lookup import Lookup
from briefs.desk.plan import Plan
from briefs.desk.tell import Teller
from briefs.digest import (
    Again,
    Delivery,
    Place,
    Progress,
    Refused,
    Sent,
    Settlement,
    Slot,
    Subscription,
    Unknown,
)
from briefs.message import Message
from briefs.pages.editions import empty_days_page, lost_page
from briefs.ports import Publisher, Storage

SETTLE: Final = timedelta(minutes=1)  # unless the settings say otherwise
GRACE: Final = timedelta(seconds=5)  # what is under way may take to end when the bot is stopped, which takes ten in all

log = logging.getLogger(__name__)


class Deliver:
    """Everything between a due slot and a post in a channel.

    `ring` is called with a platform when something is owed there at once: a clock that runs beside it puts itself there.

    Args:
        publishers: by platform, the part of a space before its colon ("console", "discord").
        worker: names this process in the ledger.
        clock: the present moment, aware, UTC.
        settle_time: longer than any platform may take to carry out a request of which nothing is heard any more.
    """

    def __init__(
        self,
        storage: Storage,
        lookup: Lookup,
        publishers: Mapping[str, Publisher],
        worker: str,
        clock: Callable[[], datetime],
        settle_time: timedelta = SETTLE,
    ) -> None:
        self._storage, self._publishers, self._worker = storage, publishers, worker
        self._clock, self._settle_time = clock, settle_time
        self.teller = Teller()
        self.ring: Callable[[str], object] = lambda _: None
        self._compose = Compose(storage.shelf, lookup)
        self._catching_up = CatchingUp(storage, clock)
        self._plan = Plan(storage, self._compose, publishers, clock, self._quiet)
        self._lanes = {
            platform: Lane(
                platform,
                publisher,
                storage.ledger,
                worker=worker,
                settle_time=settle_time,
                clock=clock,
                settled=self._settled,
            )
            for platform, publisher in publishers.items()
        }

    @property
    def platforms(self) -> tuple[str, ...]:
        """Those that can be posted to, each of which has a road of its own."""
        return tuple(self._lanes)

    async def begin(self) -> int:
        """Take over what dead processes held; how many deliveries. Only for whoever delivers alone on this store.

        Whether they arrived is looked for once a request of theirs must have been carried out, if it ever is. Posts that
        missed a correction for the same reason are put right.
        """
        taken_over = await self._storage.ledger.adopt(self._worker, self._clock(), self._settle_time, self.platforms)
        await self._catching_up.begin()
        return taken_over

    def hurry(self, platform: str) -> None:
        """Something is owed on that platform at once: do not wait for the next tick."""
        if platform in self._lanes:
            self._lanes[platform].wake()
            self.ring(platform)

    async def stop(self, grace: timedelta = GRACE) -> None:
        """Begin nothing more and let what is under way end; what takes longer than `grace` is broken off, and looked for later."""
        await asyncio.gather(*(lane.stop(grace) for lane in self._lanes.values()))
        self.teller.stop()

    async def next_due(self, platform: str) -> datetime | None:
        """The next moment at which `run` has something to do; None where nothing is asked for."""
        platforms = (platform,)
        moments = [await self._storage.subscriptions.next_due(platforms), await self._storage.ledger.next_due(platforms)]
        return min((moment for moment in moments if moment is not None), default=None)

    async def run(self, platform: str) -> int:
        """Post whatever is due on a platform, and what becomes due meanwhile; how many deliveries were settled.

        A post of which nobody can tell whether it arrived is looked for in the channel before anything is posted again.

        Raises:
            StorageDown: the store cannot be reached. Nothing is lost; the next run goes on.
        """
        lane = self._lanes[platform]
        planning = asyncio.create_task(self._plan.all(platform, lane.wake, lane))
        planning.add_done_callback(lambda _: lane.wake())
        try:
            settled = await lane.run(planning)
        finally:
            planning.cancel()
            [ended] = await asyncio.gather(planning, return_exceptions=True)
        if isinstance(ended, Exception):
            raise ended
        return settled

    async def edition(self, subscription: Subscription, slot: Slot, then: Slot | None) -> Message | None:
        """The edition as it would be posted; None where there is nothing to say and nobody asked to hear so."""
        edition = (subscription.place, subscription.name)
        progress = (await self._storage.ledger.progress([edition]))[edition]
        corrections = await self._plan.corrections(subscription)
        made = await self._compose.edition(subscription, slot, progress, then, reading=Reading(self._clock), corrections=corrections)
        return made.message if made else None

    async def now_edition(self, subscription: Subscription, slot: Slot) -> str:
        """Owe today's edition at once and use the day up; see `Plan.today`."""
        why_not = await self._plan.today(subscription, slot)
        if not why_not:
            self.hurry(subscription.place.platform)
        return why_not

    async def post_test(self, subscription: Subscription, then: Slot | None) -> Sent | Refused | Again | Unknown:
        """Post the edition once, marked TEST; the ledger knows nothing of it."""
        message = await self._compose.test(subscription, self._clock(), then)
        publisher = self._publishers.get(subscription.place.platform)
        if publisher is None:
            return Refused("This chat is not connected to a platform that can be posted to.")
        key, outcome = uuid4().hex, None
        for part, one in enumerate(publisher.split(message), start=1):
            outcome = await publisher.publish(subscription.place, one, f"test:{key}:{part}")
            if not isinstance(outcome, Sent):
                break
        assert outcome is not None  # there is at least one part
        return outcome

    async def lost(self, place: Place, reason: str) -> None:
        """Let the editions of a channel rest that cannot be posted to, and tell whoever asked for them.

        Args:
            reason: a sentence that says what is wrong and what to do.
        """
        for subscription in await self._storage.subscriptions.pause(place, reason, self._clock()):
            log.warning("an edition of %s rests: %s", place.space, reason)
            self._tell(subscription, partial(lost_page, subscription, reason))

    async def _settled(self, settled: Sequence[tuple[Delivery, Settlement]]) -> None:
        lost = {delivery.place: outcome.reason for delivery, outcome in settled if isinstance(outcome, Refused) and outcome.channel_lost}
        for place, reason in lost.items():
            await self.lost(place, reason)
        sent = [(delivery, outcome.receipt) for delivery, outcome in settled if isinstance(outcome, Sent)]
        if await self._catching_up.arrived(sent):
            for platform in {delivery.place.platform for delivery, _ in sent}:
                self.hurry(platform)

    def _quiet(self, subscription: Subscription, progress: Progress) -> None:
        """Tell whoever asked for an edition that it has been silent for so long."""
        self._tell(subscription, partial(empty_days_page, subscription, progress.empty_days, progress.last))

    def _tell(self, subscription: Subscription, page: Callable[[], Message]) -> None:
        """Tell whoever asked for an edition something, when there is time for it; where that was forgotten, nobody."""
        if not subscription.by:
            return
        publisher = self._publishers[subscription.place.platform]
        self.teller.tell(lambda: publisher.tell(subscription.space, subscription.by, page()))
