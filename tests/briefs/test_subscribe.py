"""What a manager does with a channel's editions, on a real store."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from adapters.storage.storage import open_storage
from briefs.desk.subscribe import BATCH, INSTALLATION, TZDATA, Subscribe, coming
from briefs.digest import Planned, Refused, Sent, Slot, next_slot
from briefs.errors import NotFound, TooSoon
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
    return Subscribe(storage.subscriptions, storage.ledger, storage.spaces)


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
    assert [(due.subscription, due.slot) for due in await storage.subscriptions.due(DUE, 9, ["console"])] == [(a_subscription(), slot)]


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
        assert forgotten.subscription.name == "daily"
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


async def due_at(storage, moment):
    return [(due.subscription, due.slot.meant_for) for due in await storage.subscriptions.due(moment, 99, ["console"])]


async def test_an_edition_that_is_due_already_comes_under_the_new_terms(storage, subscribe):
    slot, _ = await subscribe.put(a_subscription(), SUNDAY)
    evening = a_subscription(at=time(18), zone="Asia/Tokyo", days=[0])
    kept, before = await subscribe.put(evening, DUE + timedelta(seconds=1))
    assert kept == slot
    assert before.subscription == a_subscription()
    assert await due_at(storage, DUE + timedelta(seconds=1)) == [(evening, TODAY)]


async def test_an_edition_that_is_due_and_was_had_or_is_owed_does_not_come_again_under_new_terms(storage, subscribe):
    slot, _ = await subscribe.put(a_subscription(), SUNDAY)
    delivery = a_delivery(HERE, meant_for=TODAY, due=DUE)
    await storage.ledger.plan([Planned(a_subscription(), slot, slot, (delivery,))], DUE)  # owed, and not moved on
    promised, _ = await subscribe.put(a_subscription(at=time(18)), DUE + timedelta(seconds=1))
    assert promised.meant_for == TODAY + DAY


async def test_an_edition_that_is_due_and_comes_too_late_gives_way_to_the_new_time(subscribe):
    await subscribe.put(a_subscription(), SUNDAY)
    promised, _ = await subscribe.put(a_subscription(at=time(18)), DUE + timedelta(hours=7))
    assert promised == Slot(datetime(2026, 11, 22, 17, tzinfo=UTC), TODAY)


async def test_an_edition_that_rests_is_not_due_under_new_terms(subscribe):
    await subscribe.put(a_subscription(), SUNDAY)
    await subscribe.pause(HERE, "daily", WISH, SUNDAY)
    promised, before = await subscribe.put(a_subscription(at=time(18)), DUE + timedelta(seconds=1))
    assert promised.utc > DUE + timedelta(seconds=1)
    assert not before.runs


@pytest.mark.parametrize(
    ("until", "days", "comes"),
    [
        (date(2026, 12, 1), range(7), date(2026, 12, 1)),
        (date(2026, 11, 24), [0, 5], date(2026, 11, 28)),
        (TODAY + DAY, range(7), TODAY + DAY),
    ],
)
async def test_one_that_is_paused_until_a_date_comes_again_by_itself_from_then_on(storage, subscribe, until, days, comes):
    weekly = a_subscription(days=days)
    await subscribe.put(weekly, SUNDAY)
    rests, slot = await subscribe.pause_until(HERE, "daily", until, SUNDAY)
    assert (rests, slot.meant_for) == (weekly, comes)
    [standing] = await subscribe.standings(HERE, SUNDAY)
    assert (standing.subscription.paused, standing.slot.meant_for) == ("", comes)
    assert await due_at(storage, standing.slot.utc - timedelta(seconds=1)) == []
    assert await due_at(storage, standing.slot.utc) == [(weekly, comes)]


async def test_pausing_until_a_date_settles_what_is_owed_as_pausing_does(storage, subscribe):
    slot, _ = await subscribe.put(a_subscription(), SUNDAY)
    await owe(storage, a_subscription(), slot, parts=2)
    await subscribe.pause_until(HERE, "daily", TODAY + 5 * DAY, DUE)
    records = await storage.ledger.last(HERE, "daily", 9)
    assert [(r.state, r.reason) for r in records] == [("skipped", "paused: a manager paused it until Fri 27 Nov 2026.")] * 2
    withheld = await subscribe.withheld(HERE, "daily", DUE)
    assert (withheld.meant_for, len(withheld.wanting)) == (TODAY, 2)
    assert await subscribe.withheld(HERE, "daily", DUE + DAY) is None


async def test_one_that_rests_until_a_date_is_told_apart_from_one_that_runs(storage, subscribe):
    await subscribe.put(a_subscription(), SUNDAY)
    assert (await subscribe.standing(HERE, "daily", SUNDAY)).runs
    await subscribe.pause_until(HERE, "daily", TODAY + 5 * DAY, SUNDAY)
    assert (await subscribe.standing(HERE, "daily", SUNDAY)).held
    assert (await subscribe.standing(HERE, "daily", SUNDAY + 4 * DAY)).held
    assert not (await subscribe.standing(HERE, "daily", DUE + 4 * DAY)).held  # its next edition is the next there would be


async def test_one_whose_date_was_had_early_is_not_taken_for_resting(storage, subscribe):
    slot, _ = await subscribe.put(a_subscription(), SUNDAY)
    early = a_delivery(HERE, meant_for=TODAY, due=SUNDAY)
    await storage.ledger.plan([Planned(a_subscription(), slot, next_slot(a_subscription(), slot.utc), (early,))], SUNDAY)
    assert (await subscribe.standing(HERE, "daily", SUNDAY)).runs


async def test_resuming_one_that_rests_until_a_date_brings_back_its_usual_time(subscribe):
    slot, _ = await subscribe.put(a_subscription(), SUNDAY)
    await subscribe.pause_until(HERE, "daily", TODAY + 5 * DAY, SUNDAY)
    assert await subscribe.resume(HERE, "daily", SUNDAY) == (a_subscription(), slot)


async def test_the_date_of_a_pause_can_be_changed(subscribe):
    await subscribe.put(a_subscription(), SUNDAY)
    for days in (5, 9, 2):
        _, slot = await subscribe.pause_until(HERE, "daily", TODAY + days * DAY, SUNDAY)
        assert slot.meant_for == TODAY + days * DAY
        assert await subscribe.all(HERE) == ((a_subscription(), slot),)


async def test_one_that_rests_for_good_can_be_given_a_date(subscribe):
    await subscribe.put(a_subscription(), SUNDAY)
    await subscribe.pause(HERE, "daily", WISH, SUNDAY)
    running, slot = await subscribe.pause_until(HERE, "daily", TODAY + 2 * DAY, SUNDAY)
    assert await subscribe.all(HERE) == ((running, slot),)
    assert running == a_subscription()


async def test_pausing_until_a_date_passes_over_one_that_was_had(storage, subscribe):
    slot, _ = await subscribe.put(a_subscription(), SUNDAY)
    had = a_delivery(HERE, meant_for=TODAY + 2 * DAY, due=SUNDAY)
    await storage.ledger.plan([Planned(a_subscription(), slot, slot, (had,))], SUNDAY)
    await settle(storage, Sent("m"), SUNDAY)
    _, slot = await subscribe.pause_until(HERE, "daily", TODAY + 2 * DAY, SUNDAY)
    assert slot.meant_for == TODAY + 3 * DAY


async def test_what_is_unsubscribed_between_pausing_and_giving_it_a_date_stays_away(storage, subscribe):
    await subscribe.put(a_subscription(), SUNDAY)

    class RemovedOncePaused(RemovedOnceRead):
        async def pause(self, *asked):
            rested = await self._subscriptions.pause(*asked)
            await self._subscriptions.remove(HERE, "daily", SUNDAY)
            return rested

    with pytest.raises(NotFound):
        await replace(subscribe, subscriptions=RemovedOncePaused(storage.subscriptions)).pause_until(HERE, "daily", TODAY + DAY, SUNDAY)
    assert await subscribe.all(HERE) == ()


def test_the_coming_slots_are_each_on_a_later_date():
    daily = a_subscription(at=time(18))
    early = Slot(DUE, TODAY)  # it was due at half past seven under its former terms
    assert [slot.meant_for for slot in coming(daily, early, 3)] == [TODAY, TODAY + DAY, TODAY + 2 * DAY]
    assert {slot.utc.hour for slot in coming(daily, early, 3)[1:]} == {17}


OLD, NEW = "2025b", "2026a"  # of the rules of time zones


async def test_where_the_rules_of_zones_changed_every_edition_moves_to_where_they_put_it(storage, subscribe):
    editions = [a_subscription(name=name, zone=zone) for name, zone in (("a", "Europe/Berlin"), ("b", "Asia/Tokyo"), ("c", "UTC"))]
    right = [next_slot(edition, SUNDAY) for edition in editions]
    shifts = (timedelta(hours=1), timedelta(hours=-1), timedelta())
    for edition, slot, shift in zip(editions, right, shifts, strict=True):
        await storage.subscriptions.put(edition, Slot(slot.utc + shift, slot.meant_for))
    assert await subscribe.recompute(NEW, SUNDAY) == 2
    assert await subscribe.all(HERE) == tuple(zip(editions, right, strict=True))


async def test_the_rules_are_looked_at_once_a_version(storage, subscribe):
    wrong = Slot(DUE + timedelta(hours=1), TODAY)
    for version, moved in ((OLD, 0), (OLD, 0), (NEW, 1), (NEW, 0)):
        assert await subscribe.recompute(version, SUNDAY) == moved
        await storage.subscriptions.put(a_subscription(), wrong)
    assert await storage.spaces.noted(INSTALLATION, TZDATA) == NEW


async def test_one_that_is_due_already_or_rests_stays_where_it_is(storage, subscribe):
    due, rests = Slot(SUNDAY, TODAY), Slot(DUE + timedelta(hours=1), TODAY)
    await storage.subscriptions.put(a_subscription(name="due"), due)
    await storage.subscriptions.put(a_subscription(name="rests", paused=WISH), rests)
    assert await subscribe.recompute(NEW, SUNDAY) == 0
    assert [slot for _, slot in await subscribe.all(HERE)] == [due, rests]


async def test_none_is_moved_onto_a_date_that_has_had_it(storage, subscribe):
    slot = next_slot(a_subscription(), SUNDAY)
    await storage.subscriptions.put(a_subscription(), slot)
    wrong = Slot(slot.utc + timedelta(hours=3), TODAY)
    await storage.ledger.plan([Planned(a_subscription(), slot, wrong, (a_delivery(HERE, meant_for=TODAY, due=SUNDAY),))], SUNDAY)
    assert await subscribe.recompute(NEW, SUNDAY) == 1
    [(_, moved)] = await subscribe.all(HERE)
    assert moved == Slot(DUE + DAY, TODAY + DAY)


async def test_one_that_rests_until_a_date_keeps_it_when_the_rules_change(storage, subscribe):
    await subscribe.put(a_subscription(), SUNDAY)
    _, slot = await subscribe.pause_until(HERE, "daily", TODAY + 9 * DAY, SUNDAY)
    wrong = Slot(slot.utc - timedelta(hours=1), slot.meant_for)
    await storage.subscriptions.move([(a_subscription(), slot, wrong)])
    assert await subscribe.recompute(NEW, SUNDAY) == 1
    assert await subscribe.all(HERE) == ((a_subscription(), slot),)


async def test_what_new_rules_put_into_the_past_is_due_at_once(storage, subscribe):
    early = a_subscription(at=time(6, 30))  # 05:30 UTC, half an hour before now
    await storage.subscriptions.put(early, Slot(DUE, TODAY))
    assert await subscribe.recompute(NEW, SUNDAY) == 1
    assert await due_at(storage, SUNDAY) == [(early, TODAY)]


async def test_every_edition_is_looked_at_however_many_there_are(storage, subscribe):
    wrong = Slot(DUE + timedelta(hours=1), TODAY)
    many = BATCH + 3
    for number in range(many):
        await storage.subscriptions.put(a_subscription(a_place(channel=f"c{number:04}")), wrong)
    assert await subscribe.recompute(NEW, SUNDAY) == many
    assert {due.slot for due in await storage.subscriptions.due(DUE, 9_999, ["console"])} == {Slot(DUE, TODAY)}


def test_a_test_may_be_posted_once_a_minute_in_a_channel(subscribe):
    subscribe.take_test(HERE, SUNDAY)
    with pytest.raises(TooSoon, match="one a minute is enough. Try again in 30 seconds"):
        subscribe.take_test(HERE, SUNDAY + timedelta(seconds=30))
    subscribe.take_test(a_place(channel="other"), SUNDAY)
    subscribe.take_test(HERE, SUNDAY + timedelta(minutes=1))


async def test_an_edition_that_was_due_and_not_planned_comes_once_it_is_resumed_in_time(storage, subscribe):
    slot, _ = await subscribe.put(a_subscription(), SUNDAY)
    await subscribe.pause(HERE, "daily", WISH, DUE + timedelta(seconds=1))
    assert await subscribe.resume(HERE, "daily", DUE + timedelta(minutes=5)) == (a_subscription(), slot)
    assert await due_at(storage, DUE + timedelta(minutes=5)) == [(a_subscription(), TODAY)]


async def test_an_edition_that_was_due_does_not_come_where_it_is_resumed_too_late(subscribe):
    await subscribe.put(a_subscription(), SUNDAY)
    await subscribe.pause(HERE, "daily", WISH, DUE + timedelta(seconds=1))
    _, slot = await subscribe.resume(HERE, "daily", DUE + timedelta(hours=6))
    assert slot.meant_for == TODAY + DAY


async def test_what_passed_today_is_told_where_it_was_not_had_and_does_not_come(storage, subscribe):
    daily, later = a_subscription(), DUE + timedelta(minutes=1)
    slot, _ = await subscribe.put(daily, SUNDAY)
    assert await subscribe.passed_today(daily, slot, SUNDAY) is None
    assert await subscribe.passed_today(daily, slot, later) is None  # it is due and comes
    tomorrow = next_slot(daily, slot.utc)
    assert await subscribe.passed_today(daily, tomorrow, later) == slot
    assert await subscribe.passed_today(a_subscription(days=[0]), tomorrow, later) is None  # today is none of its days
    await owe(storage, daily, slot)
    assert await subscribe.passed_today(daily, tomorrow, later) is None


class NeverRests:
    """Subscriptions that cannot be paused: the process ends."""

    def __init__(self, subscriptions):
        self._subscriptions = subscriptions

    def __getattr__(self, name):
        assert name != "pause"
        return getattr(self._subscriptions, name)


async def test_pausing_one_until_a_date_of_which_nothing_is_owed_is_one_commit(storage, subscribe):
    slot, _ = await subscribe.put(a_subscription(), SUNDAY)
    one_commit = replace(subscribe, subscriptions=NeverRests(storage.subscriptions))
    _, held = await one_commit.pause_until(HERE, "daily", TODAY + 5 * DAY, SUNDAY)
    assert await subscribe.all(HERE) == ((a_subscription(), held),)
    assert held.meant_for == slot.meant_for + 5 * DAY


async def test_at_most_three_near_names_are_offered(subscribe):
    for number in range(9):
        await subscribe.put(a_subscription(name=f"gulf{number}"), SUNDAY)
    with pytest.raises(NotFound) as raised:
        await subscribe.named(HERE, "gulf")
    assert len(raised.value.nearest) == 3
    with pytest.raises(NotFound) as raised:
        await subscribe.named(HERE, "xxxx")
    assert raised.value.nearest == ()
