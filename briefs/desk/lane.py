"""One platform's part of a digest's road: claim, look, publish, settle."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from briefs.desk.doubt import may_have_come
from briefs.digest import Again, Delivery, Later, Place, Sent, Settlement, Skipped, Unknown
from briefs.ports import Absent, Ledger, Publisher
from briefs.ports.publisher import LOOKED_BACK

AT_A_STRETCH: Final = 200  # posts that take no time are sent one after the other; the loop has other work, too
LEASE: Final = timedelta(minutes=4)  # longer than a look and a post take together; whatever takes longer is broken off
CANCELS: Final = 5  # at the end of the grace
PAUSE: Final = 0.1  # seconds in which what ended is gathered before it is settled in one commit
LOST: Final = "an earlier try was cut off, and the channel cannot be read to see whether it arrived"
PUT_BACK: Final = "the database was restored from a backup, and whether it had come before that cannot be seen in the channel"
LATE: Final = "it could not be posted before it was too late"

log = logging.getLogger(__name__)

Settled = Callable[[list[tuple[Delivery, Settlement]]], Awaitable[None]]


class Lane:
    """What is owed on one platform goes out here: many channels side by side, whatever the other platforms do.

    Args:
        worker: names this process in the ledger.
        settle_time: longer than the platform may take to carry out a request of which nothing is heard any more.
        clock: the present moment, aware, UTC.
        settled: told of what became of deliveries, once the ledger has it.
    """

    def __init__(
        self,
        platform: str,
        publisher: Publisher,
        ledger: Ledger,
        *,
        worker: str,
        settle_time: timedelta,
        clock: Callable[[], datetime],
        settled: Settled,
    ) -> None:
        self._platform, self._publisher, self._ledger = platform, publisher, ledger
        self._worker, self._settle_time, self._clock, self._told = worker, settle_time, clock, settled
        self._waiting: deque[Delivery] = deque()  # claimed, and not begun
        self._sending: dict[asyncio.Task[None], tuple[Delivery, datetime] | None] = {}  # each with when it has to have ended
        self._ended: list[tuple[Delivery, Settlement]] = []
        self._held: dict[tuple[Place, str], Delivery] = {}  # all that was taken and is not settled, as it was taken last
        self._under_way = 0  # how many of them send something now
        self._kept_free = 0  # room for what is just being planned
        self._eased = asyncio.Event()  # something has ended since
        self._next = False  # whether a task is about to take the next one that waits
        self._news = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Look for something to claim: more is owed now."""
        self._news.set()

    @property
    def worker(self) -> str:
        """Who takes deliveries for this lane."""
        return self._worker

    @property
    def lease(self) -> timedelta:
        """How long what is taken is held."""
        return LEASE + self._settle_time

    async def room(self) -> int:
        """How many deliveries may be taken and handed to `take`, which has to follow; waits a moment where there is no room.

        No longer: where the platform is slow, what is due is owed all the same.
        """
        # A quarter is for what was owed before: later parts, and what is tried again.
        most = self._publisher.at_once - self._publisher.at_once // 4
        if self._busy >= most:
            self._eased.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(PAUSE):
                    await self._eased.wait()
        self._kept_free = 0 if self._stopping else max(0, most - self._busy)
        return self._kept_free

    def take(self, taken: Sequence[Delivery]) -> None:
        """Send these, which are taken; more may be owed now, too."""
        self._kept_free = 0
        self._accept(taken)
        if self._stopping:
            self._put_back()
        self._begin()
        self._news.set()

    async def stop(self, grace: timedelta) -> None:
        """Begin no more; what is under way may end within `grace`, and is looked for at the next start where it does not."""
        self._stopping = True
        self._news.set()
        self._put_back()
        if self._sending:
            await asyncio.wait(tuple(self._sending), timeout=grace.total_seconds())
        # More than once: a publisher that is broken off may wait again on its way out, for a limit to pass, say.
        for _ in range(CANCELS):
            for task in tuple(self._sending):
                task.cancel()
            if self._sending:
                await asyncio.wait(tuple(self._sending), timeout=PAUSE)

    async def run(self, planning: "asyncio.Future[None]") -> int:
        """Send what is owed until nothing is and `planning` has ended; how many deliveries were settled.

        Raises:
            StorageDown: the store cannot be reached. What ended and is not settled is at the next run.
        """
        settled = 0
        while True:
            self._news.clear()
            # Asked first: what is owed after a look would be left.
            last = planning.done() or (self._stopping and not self._kept_free)
            claimed = await self._claim()
            if last and not claimed and not self._busy and not self._ended:
                return settled
            await self._wait(planning)
            settled += await self._settle()

    @property
    def _busy(self) -> int:
        """How many deliveries are taken, or about to be, and have not ended."""
        return len(self._waiting) + self._under_way + self._kept_free

    async def _claim(self) -> bool:
        """Take what may be sent, as much as there is room for, and begin to send it; whether there was any."""
        if self._stopping or self._busy >= self._publisher.at_once:
            return False
        claimed = await self._ledger.claim(self._worker, self._clock(), self.lease, self._publisher.at_once - self._busy, (self._platform,))
        self._accept(claimed)
        if self._stopping:
            self._put_back()
        self._begin()
        return bool(claimed)

    def _accept(self, taken: Sequence[Delivery]) -> None:
        """Have these wait to be sent.

        One that is here already, for its lease ended before it could be settled (the store was down, or the wall clock was
        set forward), is not begun again: what becomes of it counts for the new attempt.
        """
        for delivery in taken:
            known = (delivery.place, delivery.key) in self._held
            self._held[delivery.place, delivery.key] = delivery
            if not known:
                self._waiting.append(delivery)

    def _put_back(self) -> None:
        """What was claimed and not begun is for whoever comes next."""
        self._ended += ((delivery, Again(timedelta(), "the bot was stopped before it was sent")) for delivery in self._waiting)
        self._waiting.clear()

    def _begin(self) -> None:
        """Have the next one that waits sent beside those that are under way: a task more, where none is about to begin."""
        if self._waiting and not self._next:
            self._next = True
            task = asyncio.create_task(self._send_waiting())
            self._sending[task] = None
            task.add_done_callback(self._end)

    async def _send_waiting(self) -> None:
        """Send what waits, one after the other; while one takes its time, another task goes on with the rest."""
        self._next = False
        task = asyncio.current_task()
        assert task is not None
        sent = 0
        while self._waiting:
            delivery = self._waiting.popleft()
            now = self._clock()
            self._sending[task] = (delivery, now + LEASE)
            self._under_way += 1
            self._begin()
            try:
                self._ended.append((delivery, await self._send(delivery, now)))
            finally:
                self._under_way -= 1
            self._sending[task] = None
            sent += 1
            if sent % AT_A_STRETCH == 0:
                await asyncio.sleep(0)

    def _end(self, task: asyncio.Task[None]) -> None:
        under_way = self._sending.pop(task)
        if task.cancelled() and under_way:
            self._ended.append((under_way[0], self._cut_off()))
        self._news.set()
        self._eased.set()

    async def _wait(self, planning: "asyncio.Future[None]") -> None:
        """Until something ended or more is owed; where more is to come, a moment longer, so that one commit settles many."""
        if not self._ended:
            try:
                async with asyncio.timeout(PAUSE):
                    await self._news.wait()
            except TimeoutError:
                self._break_off()
                return
        self._break_off()
        if self._stopping:
            return
        if self._sending:
            await asyncio.sleep(PAUSE)
        elif not planning.done():
            await asyncio.wait((planning,), timeout=PAUSE)

    def _break_off(self) -> None:
        """Cancel what takes longer than its lease: somebody else may claim it then."""
        now = self._clock()
        for task, under_way in self._sending.items():
            if under_way and now >= under_way[1]:
                log.error("%s was broken off: it took longer than %s", under_way[0].key, LEASE)
                task.cancel()

    async def _settle(self) -> int:
        if not self._ended:
            return 0
        ended = [(self._held.get((delivery.place, delivery.key), delivery), outcome) for delivery, outcome in self._ended]
        await self._ledger.settle(ended, self._worker, self._clock())
        await self._told(ended)
        del self._ended[: len(ended)]
        for delivery, _ in ended:
            self._held.pop((delivery.place, delivery.key), None)
        return sum(not isinstance(outcome, Later) for _, outcome in ended)

    def _cut_off(self) -> Later:
        return Later(self._settle_time, "a try was cut off; whether it arrived is looked for")

    async def _send(self, delivery: Delivery, now: datetime) -> Settlement:
        """What became of the delivery."""
        known = None
        try:
            if delivery.edits:  # the same edit twice leaves the same post: nothing has to be looked for
                return Skipped(LATE) if now >= delivery.until else await self._edit(delivery)
            if delivery.attempt > 1:
                known = await self._looked_for(delivery)
                now = self._clock()
            if known is None and now >= delivery.until:
                known = Skipped(LATE)
            outcome = known or await self._publisher.publish(delivery.place, delivery.message, delivery.key)
        except Exception:  # a publisher returns what went wrong; anything raised is a fault of ours
            log.exception("fault while posting %s", delivery.key)
            return Unknown(LOST) if delivery.attempt > 1 and now >= delivery.until else self._cut_off()
        # Nobody can tell yet: once it must have arrived if it ever does, the channel is looked through for its key.
        return self._cut_off() if known is None and isinstance(outcome, Unknown) else outcome

    async def _edit(self, delivery: Delivery) -> Settlement:
        return await self._publisher.edit(delivery.place, delivery.edits, delivery.message)

    async def _looked_for(self, delivery: Delivery) -> Settlement | None:
        """What is known of a delivery of which a try was cut off, after looking for it; None: it is not there."""
        match await self._publisher.find(delivery.place, delivery.key):
            case Sent() as found:
                return found
            case Later(after=after) as passing if self._clock() + after < delivery.until:
                return passing  # as long as the edition could still be posted
            case Later():
                return await self._unseen(delivery)
            case Absent.CANNOT_TELL if not delivery.insisted:
                return await self._unseen(delivery)
            case Absent.ABSENT if self._clock() - delivery.due > LOOKED_BACK and not delivery.insisted:
                return await self._unseen(delivery)  # the earlier try may be older than what was looked at
            case _:
                return None

    async def _unseen(self, delivery: Delivery) -> Unknown:
        return Unknown(PUT_BACK if may_have_come(delivery.meant_for, await self._ledger.restored()) else LOST)
