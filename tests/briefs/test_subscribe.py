"""What a manager does with a channel's editions, on a real store."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from adapters.storage.storage import open_storage
from briefs.desk.subscribe import Subscribe
from briefs.digest import Planned, Refused, Sent, Slot, next_slot
from briefs.errors import NotFound
from tests.builders import a_delivery, a_place, a_subscription

SUNDAY = datetime(2026, 11, 22, 6, tzinfo=UTC)  # 07:00 in Berlin; the edition is due at 06:30 UTC
DUE = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
TODAY = DUE.date()
DAY = timedelta(days=1)
LEASE = timedelta(minutes=2)
WISH = "A manager paused it."
HERE = a_place()


@pytest.fixture
async def storage(tmp_path):
    storage = await open_storage(tmp_path / "s.db")
    yield storage
    await storage.close()


@pytest.fixture
def subscribe(storage):
    return Subscribe(storage.subscriptions, storage.ledger)


async def owe(storage, subscription, slot, parts=1):
    """Plan the edition of that slot, in so many parts."""
    deliveries = [a_delivery(HERE, subscription.name, meant_for=slot.meant_for, due=slot.utc, part=part) for part in range(1, parts + 1)]
    await storage.ledger.plan([Planned(subscription, slot, next_slot(subscription, slot.utc), tuple(deliveries))], slot.utc)


async def settle(storage, outcome, now=DUE):
    claimed = await storage.ledger.claim("w", now, LEASE, 99, ["console"])
    await storage.ledger.settle([(delivery, outcome) for delivery in claimed], "w", now)


async def test_pausing_one_edition_keeps_what_is_owed_of_it_from_being_posted_and_no_other(storage, subscribe):
    editions = [a_subscription(), a_subscription(name="weekly")]
    for edition in editions:
        slot, _ = await subscribe.put(edition, SUNDAY)
        await owe(storage, edition, slot)
    assert await subscribe.pause(HERE, "daily", WISH, DUE) == editions[0]
    assert [(s.name, s.paused) for s, _ in await subscribe.all(HERE)] == [("daily", WISH), ("weekly", "")]
    assert [d.name for d in await storage.ledger.claim("w", DUE, LEASE, 9, ["console"])] == ["weekly"]
    [record] = await storage.ledger.last(HERE, "daily", 9)
    assert (record.state, record.reason, record.settled) == ("skipped", f"paused: {WISH}", DUE)


async def test_pausing_one_that_rests_says_so_and_leaves_its_reason(subscribe):
    await subscribe.put(a_subscription(), SUNDAY)
    await subscribe.pause(HERE, "daily", "The channel is gone.", SUNDAY)
    assert (await subscribe.pause(HERE, "daily", WISH, SUNDAY)).paused == "The channel is gone."
    assert (await subscribe.named(HERE, "daily")).paused == "The channel is gone."


async def test_one_that_is_resumed_runs_from_its_next_free_slot(storage, subscribe):
    await subscribe.put(a_subscription(), SUNDAY)
    await subscribe.pause(HERE, "daily", WISH, SUNDAY)
    resumed = await subscribe.resume(HERE, "daily", DUE + 3 * DAY)
    assert resumed == (a_subscription(), Slot(DUE + 4 * DAY, TODAY + 4 * DAY))
    assert await subscribe.all(HERE) == (resumed,)


async def test_one_that_is_resumed_passes_over_a_date_that_was_had(storage, subscribe):
    slot, _ = await subscribe.put(a_subscription(), SUNDAY)
    await owe(storage, a_subscription(), slot)
    await settle(storage, Sent("m"))
    await subscribe.pause(HERE, "daily", WISH, DUE)
    _, slot = await subscribe.resume(HERE, "daily", SUNDAY)
    assert slot.meant_for == TODAY + DAY


async def test_resuming_one_that_runs_keeps_the_slot_that_is_just_due(storage, subscribe):
    slot, _ = await subscribe.put(a_subscription(), SUNDAY)
    assert await subscribe.resume(HERE, "daily", DUE + timedelta(seconds=2)) == (a_subscription(), slot)
    assert await storage.subscriptions.due(DUE, 9, ["console"]) == ((a_subscription(), slot),)


@pytest.mark.parametrize("verb", ["pause", "resume", "remove"])
async def test_a_name_the_channel_does_not_have_is_not_found(subscribe, verb):
    await subscribe.put(a_subscription(name="weekly"), SUNDAY)
    wish = (WISH,) if verb == "pause" else ()
    with pytest.raises(NotFound, match="weekly"):
        await getattr(subscribe, verb)(HERE, "dayly", *wish, SUNDAY)
    assert [s.name for s, _ in await subscribe.all(HERE)] == ["weekly"]


@pytest.mark.parametrize("paused", ["", WISH])
@pytest.mark.parametrize("verb", ["pause", "resume"])
async def test_what_is_unsubscribed_at_the_same_moment_is_not_brought_back(storage, subscribe, verb, paused):
    wish = (WISH,) if verb == "pause" else ()
    for _ in range(15):
        await storage.subscriptions.put(a_subscription(paused=paused), next_slot(a_subscription(), SUNDAY))
        done, forgotten = await asyncio.gather(
            getattr(subscribe, verb)(HERE, "daily", *wish, SUNDAY), subscribe.remove(HERE, "daily", SUNDAY), return_exceptions=True
        )
        assert forgotten.name == "daily"
        assert not isinstance(done, Exception) or isinstance(done, NotFound)
        assert await subscribe.all(HERE) == ()


class RemovedOnceRead:
    """Subscriptions of which one is removed by somebody else as soon as it has been read."""

    def __init__(self, subscriptions):
        self._subscriptions = subscriptions

    def __getattr__(self, name):
        return getattr(self._subscriptions, name)

    async def of(self, place):
        found = await self._subscriptions.of(place)
        await self._subscriptions.remove(place, "daily", SUNDAY)
        return found


async def test_what_is_unsubscribed_between_reading_and_resuming_is_not_found_and_stays_away(storage, subscribe):
    await storage.subscriptions.put(a_subscription(paused=WISH), next_slot(a_subscription(), SUNDAY))
    with pytest.raises(NotFound):
        await replace(subscribe, subscriptions=RemovedOnceRead(storage.subscriptions)).resume(HERE, "daily", SUNDAY)
    assert await subscribe.all(HERE) == ()


async def test_a_date_that_was_had_is_passed_over_however_many_parts_later_dates_had(storage, subscribe):
    far_east = a_subscription(zone="Pacific/Kiritimati")
    slot, _ = await subscribe.put(far_east, SUNDAY)
    for _ in range(2):
        await owe(storage, far_east, slot, parts=3)
        last, slot = slot, next_slot(far_east, slot.utc)
    before = last.meant_for - DAY
    far_west = replace(a_subscription(at=time(9), zone="Pacific/Honolulu"))
    now = last.utc + timedelta(minutes=5)
    assert next_slot(far_west, now).meant_for == before  # a date on which it came already, in the other zone
    promised, _ = await subscribe.put(far_west, now)
    assert promised.meant_for == last.meant_for + DAY


async def test_a_date_whose_edition_failed_is_not_passed_over(storage, subscribe):
    slot, _ = await subscribe.put(a_subscription(), SUNDAY)
    await owe(storage, a_subscription(), slot, parts=2)
    await settle(storage, Refused("It was held back."))
    evening = a_subscription(at=time(18))
    promised, _ = await subscribe.put(evening, DUE + timedelta(hours=1))
    assert promised.meant_for == TODAY == date(2026, 11, 22)
    await owe(storage, evening, promised)
    assert [d.part for d in await storage.ledger.claim("w", promised.utc, LEASE, 9, ["console"])] == [1]
