"""What a lane takes while it is planned: as much as there is room for, and nothing is left lying when it stops."""

import asyncio
from datetime import timedelta

import pytest

from adapters.storage.storage import open_storage
from briefs.desk.lane import LEASE, Lane
from briefs.digest import Place, Sent
from tests.builders import NOON, a_delivery, a_slot, a_subscription
from tests.contracts.test_storage_ledger import owed
from tests.fakes import FakePublisher

SETTLE = timedelta(minutes=1)
AT_ONCE = FakePublisher().at_once
ROOM = AT_ONCE - AT_ONCE // 4  # the rest is for what was owed before


class Slow(FakePublisher):
    """One whose posts take until `go` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.go = asyncio.Event()

    async def publish(self, channel, message, key):
        await self.go.wait()
        return await super().publish(channel, message, key)


@pytest.fixture
async def storage(tmp_path):
    storage = await open_storage(tmp_path / "s.db")
    yield storage
    await storage.close()


def a_lane(storage, channel, settled):
    async def told(ended):
        settled.extend(ended)

    return Lane("s", channel, storage.ledger, worker="w", settle_time=SETTLE, clock=lambda: NOON, settled=told)


async def taken(storage, lane, count):
    """Deliveries that are taken while they are owed."""
    places = [Place("s", f"c{number}") for number in range(count)]
    for place in places:
        await storage.subscriptions.put(a_subscription(place), a_slot())
    plans = [owed(a_delivery(place)) for place in places]
    return await storage.ledger.plan(plans, NOON, worker=lane.worker, lease=lane.lease, limit=count)


def done() -> "asyncio.Future[None]":
    """A planning that has ended."""
    planning = asyncio.get_running_loop().create_future()
    planning.set_result(None)
    return planning


async def test_what_is_taken_is_sent_without_being_claimed(storage):
    channel, settled = FakePublisher(), []
    lane = a_lane(storage, channel, settled)
    assert await lane.room() == ROOM
    lane.take(await taken(storage, lane, 3))
    assert await lane.run(done()) == 3
    assert {type(outcome) for _, outcome in settled} == {Sent}
    assert len(channel.posts) == 3


async def test_there_is_less_room_for_what_is_under_way_and_none_is_waited_for_long(storage):
    channel = Slow()
    lane = a_lane(storage, channel, [])
    assert await lane.room() == ROOM
    lane.take([a_delivery(Place("s", f"c{number}")) for number in range(ROOM - 1)])
    assert await lane.room() == 1
    lane.take([a_delivery(Place("s", "last"))])
    async with asyncio.timeout(60):
        assert await lane.room() == 0
    lane.take(())
    channel.go.set()
    async with asyncio.timeout(60):
        while await lane.room() < ROOM:
            lane.take(())


async def test_a_lane_that_stops_takes_no_more_and_puts_back_what_it_was_just_given(storage):
    channel, settled = FakePublisher(), []
    lane = a_lane(storage, channel, settled)
    await lane.room()
    given = await taken(storage, lane, 2)
    planning = asyncio.get_running_loop().create_future()
    running = asyncio.create_task(lane.run(planning))
    await lane.stop(timedelta(seconds=1))
    await asyncio.sleep(0.3)
    assert not running.done()  # what is being planned for it would be held by nobody
    lane.take(given)
    async with asyncio.timeout(60):
        assert await running == 2
    assert channel.posts == [] and await lane.room() == 0
    again = await storage.ledger.claim("next", NOON, LEASE, 9, ["s"])
    assert [delivery.attempt for delivery in again] == [1, 1]
