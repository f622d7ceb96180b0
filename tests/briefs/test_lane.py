"""One platform's lane: what is under way beside what, what stops, what is looked for and for how long."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from adapters.storage.storage import open_storage
from briefs.desk.deliver import SETTLE
from briefs.desk.lane import LATE, LEASE, LOST
from briefs.desk.requests import Requests
from briefs.digest import Later, Refused, Sent, Unknown, next_slot, review_key
from briefs.ports import Absent
from tests.builders import a_brief, a_message, a_place, a_subscription, an_article
from tests.clocked import Clocked
from tests.fakes import FakePublisher

SUNDAY = datetime(2026, 11, 22, 6, tzinfo=UTC)
DUE = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
async def storage(tmp_path):
    storage = await open_storage(tmp_path / "s.db")
    await storage.shelf.put_article(an_article(handle="ferry"))
    await storage.shelf.put_brief(a_brief("ferry"))
    yield storage
    await storage.close()


async def subscribe(storage, channel="desk", space="console"):
    subscription = a_subscription(a_place(space, channel))
    await storage.subscriptions.put(subscription, next_slot(subscription, SUNDAY))


async def state(storage, channel="desk", space="console"):
    [record] = await storage.ledger.last(a_place(space, channel), "daily", 9)
    return record.state, record.reason


class Slow(FakePublisher):
    """A channel that answers when it is let."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.begun, self.let = asyncio.Semaphore(0), asyncio.Event()

    async def publish(self, channel, message, key):
        self.begun.release()
        await self.let.wait()
        return await super().publish(channel, message, key)


async def test_channels_are_posted_to_side_by_side(storage):
    for number in range(5):
        await subscribe(storage, f"c{number}")
    channel = Slow()
    running = asyncio.create_task(Clocked(storage, {"console": channel}).run_at(DUE))
    for _ in range(5):
        await asyncio.wait_for(channel.begun.acquire(), 60)
    channel.let.set()
    assert await running == 5


async def test_what_becomes_due_while_another_post_takes_its_time_goes_out_at_once(storage):
    await subscribe(storage, "slow")
    slow, quick = Slow(), FakePublisher()

    class Both(FakePublisher):
        async def publish(self, place, message, key):
            return await (slow if place.channel == "slow" else quick).publish(place, message, key)

    deliver = Clocked(storage, {"console": Both()})
    running = asyncio.create_task(deliver.run_at(DUE))
    await asyncio.wait_for(slow.begun.acquire(), 60)
    await subscribe(storage, "quick")
    deliver.now = DUE + MINUTE
    async with asyncio.timeout(60):
        while not quick.posts:
            await deliver.next_due("console")
            await deliver._plan.all("console", lambda: None)
    slow.let.set()
    assert await running == 2


async def test_a_bot_that_is_stopped_lets_what_is_under_way_end(storage):
    await subscribe(storage)
    channel = Slow()
    deliver = Clocked(storage, {"console": channel})
    running = asyncio.create_task(deliver.run_at(DUE))
    await asyncio.wait_for(channel.begun.acquire(), 60)
    stopping = asyncio.create_task(deliver.stop(timedelta(seconds=20)))
    await asyncio.sleep(0)
    channel.let.set()
    await asyncio.gather(stopping, running)
    assert await state(storage) == ("sent", "")


async def test_what_takes_longer_than_the_grace_is_broken_off_and_looked_for(storage):
    await subscribe(storage)
    channel = Slow()
    deliver = Clocked(storage, {"console": channel})
    running = asyncio.create_task(deliver.run_at(DUE))
    await asyncio.wait_for(channel.begun.acquire(), 60)
    await deliver.stop(timedelta())
    await asyncio.wait_for(running, 60)
    assert (await state(storage))[0] == "sending"
    assert await storage.ledger.next_due({"console"}) == DUE + SETTLE
    after = FakePublisher()
    await Clocked(storage, {"console": after}, "w2").run_at(DUE + SETTLE)
    assert len(after.posts) == 1  # it was not in the channel


async def test_a_publisher_that_waits_again_when_it_is_broken_off_holds_up_nobody(storage):
    await subscribe(storage)

    class Stubborn(Slow):
        async def publish(self, channel, message, key):
            try:
                return await super().publish(channel, message, key)
            finally:
                await asyncio.Event().wait()  # as discord.py does for a limit to pass

    channel = Stubborn()
    deliver = Clocked(storage, {"console": channel})
    running = asyncio.create_task(deliver.run_at(DUE))
    await asyncio.wait_for(channel.begun.acquire(), 60)
    await deliver.stop(timedelta())
    await asyncio.wait_for(running, 60)
    assert (await state(storage))[0] == "sending"


async def test_a_bot_that_is_stopped_begins_nothing_more(storage):
    await subscribe(storage)
    channel = FakePublisher()
    deliver = Clocked(storage, {"console": channel})
    await deliver.stop(timedelta())
    await deliver.run_at(DUE)
    assert channel.posts == []


async def test_a_post_that_outlives_its_lease_is_broken_off(storage, caplog):
    await subscribe(storage)
    channel = Slow()
    deliver = Clocked(storage, {"console": channel})
    running = asyncio.create_task(deliver.run_at(DUE))
    await asyncio.wait_for(channel.begun.acquire(), 60)
    deliver.now = DUE + LEASE
    await asyncio.wait_for(running, 60)
    assert "broken off" in caplog.text
    assert await storage.ledger.next_due({"console"}) == DUE + LEASE + SETTLE


async def test_a_new_process_looks_for_what_a_dead_one_held_after_the_settle_time(storage):
    await subscribe(storage)
    dead = Clocked(storage, {"console": FakePublisher()}, "dead")
    await dead.plan_at(DUE)
    await storage.ledger.claim("dead", DUE, LEASE + SETTLE, 9, {"console"})
    channel = FakePublisher()
    living = Clocked(storage, {"console": channel}, "living")
    living.now = DUE + timedelta(seconds=1)
    assert await living.begin() == 1
    assert await living.due() == DUE + timedelta(seconds=1) + SETTLE
    assert await living.run_at(DUE + timedelta(seconds=1) + SETTLE) == 1
    assert len(channel.posts) == 1


class Unreadable(FakePublisher):
    """A channel whose history answers as it is told."""

    def __init__(self, *found):
        super().__init__([Unknown("the answer was lost")])
        self.found = list(found)

    async def find(self, channel, key):
        return self.found.pop(0) if self.found else await super().find(channel, key)


async def test_a_history_that_is_down_for_a_while_is_asked_again(storage):
    await subscribe(storage)
    channel = Unreadable(Later(5 * MINUTE, "down"), Later(5 * MINUTE, "down"))
    deliver = Clocked(storage, {"console": channel})
    for minutes in (0, 1, 6, 11):
        await deliver.run_at(DUE + minutes * MINUTE)
    assert len(channel.posts) == 1
    assert await state(storage) == ("sent", "")


async def test_a_history_that_stays_down_until_it_is_too_late_leaves_it_unknown(storage):
    await subscribe(storage)
    channel = Unreadable(*(Later(2 * HOUR, "down") for _ in range(9)))
    deliver = Clocked(storage, {"console": channel})
    for minutes in range(0, 7 * 60, 30):
        await deliver.run_at(DUE + minutes * MINUTE)
    assert channel.posts == []
    assert await state(storage) == ("unknown", LOST)


async def test_what_a_manager_insists_on_is_sent_although_the_channel_cannot_be_read(storage):
    await subscribe(storage)
    channel = Unreadable(Absent.CANNOT_TELL, Absent.CANNOT_TELL)
    deliver = Clocked(storage, {"console": channel})
    for minutes in (0, 2):
        await deliver.run_at(DUE + minutes * MINUTE)
    assert (await state(storage))[0] == "unknown"
    assert await storage.ledger.resend(a_place(), "daily", DUE.date(), DUE + 9 * HOUR, DUE + 15 * HOUR) == 1
    await deliver.run_at(DUE + 9 * HOUR)
    assert len(channel.posts) == 1
    assert await state(storage) == ("sent", "")


async def test_what_a_manager_insists_on_and_is_there_already_is_not_sent_again(storage):
    await subscribe(storage)
    channel = Unreadable(Absent.CANNOT_TELL)
    channel.loses_answers = True  # the post arrived
    deliver = Clocked(storage, {"console": channel})
    for minutes in (0, 2):
        await deliver.run_at(DUE + minutes * MINUTE)
    await storage.ledger.resend(a_place(), "daily", DUE.date(), DUE + HOUR, DUE + 2 * HOUR)
    await deliver.run_at(DUE + HOUR)
    assert len(channel.posts) == 1
    assert await state(storage) == ("sent", "")


@pytest.mark.parametrize("outcome", [Refused("No."), Sent("r")])
async def test_an_edition_put_off_past_its_last_moment_is_not_posted(storage, outcome):
    await subscribe(storage)
    await Clocked(storage, {"console": FakePublisher()}).plan_at(DUE)
    channel = FakePublisher([outcome])
    await Clocked(storage, {"console": channel}, "w2").run_at(DUE + 6 * HOUR)
    assert channel.script == [outcome]
    assert await state(storage) == ("skipped", LATE)


async def test_a_review_request_travels_the_same_way_and_comes_once(storage):
    channel = FakePublisher()
    deliver = Clocked(storage, {"console": channel})
    deliver.now = DUE
    requests = Requests(storage.curation, storage.ledger, storage.spaces, {"console": channel}, (), a_place(), lambda: DUE)
    message = a_message("A draft waits.")
    owed = await requests.owed(review_key("crane", "v1"), message)
    assert await storage.ledger.owe(owed) == 1
    assert await storage.ledger.owe(owed) == 0
    assert await deliver.due() == DUE
    assert await deliver.run_at(DUE) == 1
    assert await deliver.run_at(DUE + HOUR) == 0
    assert channel.posts == [(a_place(), review_key("crane", "v1"), message)]
    assert await storage.ledger.owe(await requests.owed(review_key("crane", "v2"), message)) == 1


async def test_what_ended_while_the_store_was_down_is_settled_by_the_next_run(storage):
    await subscribe(storage)
    channel = FakePublisher()
    deliver = Clocked(storage, {"console": channel})
    settle = storage.ledger.settle

    async def down(*args):
        raise RuntimeError("the disk is full")

    storage.ledger.settle = down
    with pytest.raises(RuntimeError):
        await deliver.run_at(DUE)
    storage.ledger.settle = settle
    await deliver.run_at(DUE + MINUTE)
    assert len(channel.posts) == 1
    assert await state(storage) == ("sent", "")


async def test_what_is_under_way_when_the_wall_clock_is_set_forward_is_not_begun_again(storage):
    await subscribe(storage)
    channel = Slow()
    deliver = Clocked(storage, {"console": channel})
    running = asyncio.create_task(deliver.run_at(DUE))
    await asyncio.wait_for(channel.begun.acquire(), 60)
    lane = deliver._lanes["console"]
    deliver.now = DUE + LEASE + SETTLE  # the lease has ended, by the clock
    await lane._claim()
    channel.let.set()
    await running
    assert len(channel.posts) == 1
    await deliver.run_at(DUE + LEASE + 2 * SETTLE)
    assert len(channel.posts) == 1
    assert await state(storage) == ("sent", "")


async def test_what_may_have_been_posted_before_the_history_that_was_looked_at_is_unknown(storage):
    await subscribe(storage)
    await Clocked(storage, {"console": FakePublisher()}, "dead").plan_at(DUE)
    await storage.ledger.claim("dead", DUE, LEASE, 9, {"console"})
    channel = FakePublisher()
    await Clocked(storage, {"console": channel}, "living").run_at(DUE + timedelta(days=2))
    first = (await storage.ledger.last(a_place(), "daily", 9))[-1]
    assert (first.state, first.reason) == ("unknown", LOST)


async def test_what_a_manager_insists_on_is_sent_once_more_and_no_more(storage):
    await subscribe(storage)
    channel = Unreadable(*(Absent.CANNOT_TELL for _ in range(99)))
    channel.script, channel.loses_answers = [Unknown("the answer was lost")] * 99, True
    deliver = Clocked(storage, {"console": channel})
    for minutes in (0, 2):
        await deliver.run_at(DUE + minutes * MINUTE)
    await storage.ledger.resend(a_place(), "daily", DUE.date(), DUE + HOUR, DUE + 7 * HOUR)
    for minutes in range(60, 90):
        await deliver.run_at(DUE + minutes * MINUTE)
    assert len(channel.posts) == 2
    assert await state(storage) == ("unknown", LOST)


async def test_a_brief_whose_article_is_gone_keeps_no_other_edition_from_going_out(storage, caplog):
    await storage.shelf.put_brief(a_brief("orphan", topics=["sea"], article="f" * 64))
    await subscribe(storage)
    broken = a_subscription(a_place(channel="other"), topics=["sea"])
    await storage.subscriptions.put(broken, next_slot(broken, SUNDAY))
    channel = FakePublisher()
    fine = a_subscription(a_place(channel="fine"), topics=["ships"])
    await storage.shelf.put_brief(a_brief("ferry", topics=["ships"]))
    await storage.subscriptions.put(fine, next_slot(fine, SUNDAY))
    await Clocked(storage, {"console": channel}).run_at(DUE)
    assert "fine" in [place.channel for place, _, _ in channel.posts]
    assert "could not be made" in (await state(storage, "other"))[1]


async def test_an_outcome_that_could_not_be_settled_for_longer_than_its_lease_is_kept(storage):
    await subscribe(storage)
    channel = FakePublisher()
    channel.readable = False
    deliver = Clocked(storage, {"console": channel})
    settle = storage.ledger.settle

    async def down(*args):
        raise RuntimeError("the disk is full")

    storage.ledger.settle = down
    with pytest.raises(RuntimeError):
        await deliver.run_at(DUE)
    storage.ledger.settle = settle
    await deliver.run_at(DUE + LEASE + 2 * SETTLE)
    assert len(channel.posts) == 1
    assert await state(storage) == ("sent", "")


async def test_telling_somebody_keeps_no_post_waiting(storage):
    await subscribe(storage)
    await subscribe(storage, "gone")
    release = asyncio.Event()

    class Patient(FakePublisher):
        async def publish(self, place, message, key):
            if place.channel == "gone":
                return Refused("The channel is gone.", channel_lost=True)
            return await super().publish(place, message, key)

        async def tell(self, space, user, message):
            await release.wait()
            return await super().tell(space, user, message)

    channel = Patient()
    deliver = Clocked(storage, {"console": channel})
    async with asyncio.timeout(60):
        assert await deliver.run_at(DUE) == 2
    assert channel.told == []
    release.set()
    await deliver.teller.told()
    assert len(channel.told) == 1


async def test_a_plan_that_is_cancelled_leaves_nothing_held_by_nobody(storage):
    await subscribe(storage)
    channel = FakePublisher()
    deliver = Clocked(storage, {"console": channel})
    claim, failed = storage.ledger.claim, []

    async def down_once(*args):
        if not failed:
            failed.append(1)
            await asyncio.sleep(0.05)  # while a plan is being committed
            raise RuntimeError("down")
        return await claim(*args)

    storage.ledger.claim = down_once
    with pytest.raises(RuntimeError):
        await deliver.run_at(DUE)
    await deliver.run_at(DUE + MINUTE)
    assert len(channel.posts) == 1
    assert await state(storage) == ("sent", "")
