"""The contract of `Storage` for what belongs to a space: subscriptions, the ledger, long command lines."""

import asyncio
import string
from dataclasses import replace
from datetime import UTC, date, time, timedelta
from importlib import resources
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.brief import Size
from briefs.digest import Again, Empty, Place, Planned, Refused, Sent, Skipped, Slot, Unknown, digest_key
from briefs.message import Moment
from briefs.ports import Asks, Ledger, Storage, Subscriptions
from tests.builders import NOON, TODAY, a_delivery, a_message, a_place, a_slot, a_subscription
from tests.contracts.books import ALL, begun, carried, due
from tests.contracts.stores import OPENERS

LEASE = timedelta(minutes=2)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
HERE, THERE = Place("discord:1", "general"), Place("slack:T", "general")


def owed(*deliveries, subscription=None, slot=None, then=None, skipped=""):
    """A plan of one subscription, due when its first delivery is (or now), and next a day later."""
    first = deliveries[0] if deliveries else a_delivery(subscription.place, subscription.name)
    due = slot or Slot(first.due, first.meant_for)
    return Planned(
        subscription or a_subscription(first.place, first.name), due, then or Slot(due.utc + DAY, due.meant_for + DAY), deliveries, skipped
    )


async def plan(storage, *planned):
    """Plan them in one commit, each with its subscription as it was read."""
    for one in planned:
        await storage.subscriptions.put(one.subscription, one.slot)
    await storage.ledger.plan(planned, NOON)


async def owe(storage, *deliveries):
    """Owe each delivery, which is the whole of its edition."""
    for _, days in groupby(deliveries, key=lambda delivery: delivery.meant_for):
        await plan(storage, *map(owed, days))


# --- subscriptions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"at": time(23, 59, 59), "zone": "America/Nuuk"},
        {"days": [0, 4], "topics": ["iraq", "a,b"], "size": Size.STANDARD, "empty": Empty.SAY, "paused": "Gone."},
    ],
)
async def test_a_subscription_comes_back_as_it_was_put(subscriptions: Subscriptions, changes):
    subscription, slot = a_subscription(HERE, **changes), Slot(NOON + timedelta(microseconds=7), date(2026, 3, 1))
    await subscriptions.put(subscription, slot)
    [(found, due)] = await subscriptions.of(HERE)
    assert (found, due) == (subscription, slot)
    assert due.utc.tzinfo is UTC


async def test_a_subscription_replaces_the_one_of_its_place_and_name(subscriptions: Subscriptions):
    await subscriptions.put(a_subscription(HERE), a_slot())
    await subscriptions.put(a_subscription(HERE, at=time(9)), a_slot(NOON + HOUR))
    [(found, due)] = await subscriptions.of(HERE)
    assert found.at == time(9) and due == a_slot(NOON + HOUR)


async def test_a_channels_subscriptions_come_by_name(subscriptions: Subscriptions):
    for name in ("weekly", "daily", "iraq"):
        await subscriptions.put(a_subscription(HERE, name), a_slot())
    assert [subscription.name for subscription, _ in await subscriptions.of(HERE)] == ["daily", "iraq", "weekly"]


async def test_removing_says_whether_there_was_one(subscriptions: Subscriptions):
    await subscriptions.put(a_subscription(HERE), a_slot())
    assert await subscriptions.remove(HERE, "other", NOON) is False
    assert await subscriptions.remove(HERE, "daily", NOON) is True
    assert await subscriptions.remove(HERE, "daily", NOON) is False
    assert await subscriptions.of(HERE) == ()


async def test_what_is_owed_of_a_removed_subscription_is_skipped_and_the_rest_stays(
    storage: Storage, subscriptions: Subscriptions, ledger: Ledger
):
    await subscriptions.put(a_subscription(HERE), a_slot())
    days = [a_delivery(HERE, meant_for=TODAY + DAY * n, due=NOON + DAY * n) for n in range(3)]
    await owe(storage, *days, a_delivery(HERE, "other", due=NOON + DAY), a_delivery(THERE, due=NOON + DAY))
    [sent] = await ledger.claim("w", NOON, LEASE, 1, ALL)
    await ledger.settle([(sent, Sent("m"))], "w", NOON)
    [held] = await ledger.claim("w", NOON + DAY, LEASE, 1, {"discord"})
    assert held == replace(days[1], attempt=1)
    await subscriptions.remove(HERE, "daily", NOON + DAY)
    records = await ledger.last(HERE, "daily", 9)
    assert [(r.state, r.reason) for r in records] == [("skipped", "unsubscribed"), ("sending", ""), ("sent", "")]
    assert records[0].settled == NOON + DAY
    left = await ledger.claim("w", NOON + 3 * DAY, LEASE, 9, ALL)
    assert {(d.place, d.name, d.due) for d in left} == {(HERE, "other", NOON + DAY), (THERE, "daily", NOON + DAY)}


async def test_due_ones_come_longest_due_first_of_every_space(subscriptions: Subscriptions):
    await subscriptions.put(a_subscription(HERE), a_slot(NOON))
    await subscriptions.put(a_subscription(THERE), a_slot(NOON - HOUR))
    await subscriptions.put(a_subscription(HERE, "later"), a_slot(NOON + timedelta(microseconds=1)))
    assert [subscription.place for subscription, _ in await due(subscriptions, NOON, 9)] == [THERE, HERE]
    assert [subscription.place for subscription, _ in await due(subscriptions, NOON, 1)] == [THERE]


async def test_due_ones_behind_another_begin_after_it(subscriptions: Subscriptions):
    for place in (THERE, HERE):
        for name in ("weekly", "daily"):
            await subscriptions.put(a_subscription(place, name), a_slot(NOON))
    await subscriptions.put(a_subscription(HERE, "early"), a_slot(NOON - HOUR))
    in_order = await subscriptions.due(NOON, 9, ALL)
    assert [(d.subscription.place, d.subscription.name) for d in in_order] == [
        (HERE, "early"),
        *((place, name) for place in (HERE, THERE) for name in ("daily", "weekly")),
    ]
    for number, one in enumerate(in_order):
        assert await subscriptions.due(NOON, 2, ALL, one) == in_order[number + 1 : number + 3]


async def test_the_next_subscription_due(subscriptions: Subscriptions):
    assert await subscriptions.next_due(ALL) is None
    await subscriptions.put(a_subscription(HERE), a_slot(NOON))
    await subscriptions.put(a_subscription(THERE), a_slot(NOON - HOUR))
    assert await subscriptions.next_due(ALL) == NOON - HOUR


def a_zone_that_is_gone() -> ZoneInfo:
    """A zone that was there when it was stored, and that no table has any longer."""
    with resources.files("tzdata.zoneinfo").joinpath("UTC").open("rb") as file:
        return ZoneInfo.from_file(file, key="Mars/Olympus_Mons")


async def test_a_subscription_that_cannot_be_read_is_left_out_told_once_and_stops_nobody(
    subscriptions: Subscriptions, ledger: Ledger, caplog
):
    bad = [replace(a_subscription(HERE, f"bad{number}"), zone=a_zone_that_is_gone()) for number in range(3)]
    for subscription in bad:
        await subscriptions.put(subscription, a_slot(NOON - HOUR))
    await subscriptions.put(a_subscription(HERE), a_slot())
    assert await due(subscriptions, NOON, 1) == ((a_subscription(HERE), a_slot()),)
    assert await subscriptions.of(HERE) == ((a_subscription(HERE), a_slot()),)
    await ledger.plan([owed(subscription=a_subscription(HERE))], NOON)
    assert await subscriptions.due(NOON, 9, ALL) == ()
    later = await subscriptions.next_due(ALL)
    assert later and NOON < later <= NOON + HOUR  # not at once, and not never
    assert await subscriptions.due(later, 9, ALL) == ()
    assert [record.levelname for record in caplog.records] == ["ERROR"] * 3
    assert "Mars/Olympus_Mons" in caplog.text


async def test_a_subscription_that_can_be_read_again_comes_at_its_old_slot(storage: Storage, subscriptions: Subscriptions, monkeypatch):
    bad = replace(a_subscription(HERE), zone=a_zone_that_is_gone())
    await subscriptions.put(bad, a_slot())
    assert await subscriptions.due(NOON, 9, ALL) == ()
    later = await subscriptions.next_due(ALL)
    with monkeypatch.context() as patched:
        patched.setattr("adapters.storage.subscription_rows.ZoneInfo", lambda _: bad.zone)
        assert await due(subscriptions, later, 9) == ((bad, a_slot()),)


async def test_a_subscription_that_cannot_be_read_is_replaced_and_removed_like_any(subscriptions: Subscriptions):
    bad = replace(a_subscription(HERE), zone=a_zone_that_is_gone())
    await subscriptions.put(bad, a_slot())
    await subscriptions.due(NOON, 9, ALL)
    await subscriptions.put(a_subscription(HERE), a_slot())
    assert await due(subscriptions, NOON, 9) == ((a_subscription(HERE), a_slot()),)
    await subscriptions.put(bad, a_slot())
    assert await subscriptions.remove(HERE, "daily", NOON) is True
    assert await subscriptions.next_due(ALL) is None


# --- planning --------------------------------------------------------------------------------------------------------


async def test_a_delivery_comes_back_as_it_was_owed(storage: Storage, ledger: Ledger):
    delivery = a_delivery(HERE, briefs=["b", "a"], part=2)
    await owe(storage, delivery)
    [claimed] = await ledger.claim("w", NOON, LEASE, 9, ALL)
    assert claimed == replace(delivery, attempt=1)
    assert claimed.due.tzinfo is UTC


async def test_planning_moves_the_subscription_on(subscriptions: Subscriptions, ledger: Ledger):
    subscription = a_subscription(HERE, topics=["iraq"], days=[0, 1])
    await subscriptions.put(subscription, a_slot())
    then = a_slot(NOON + DAY)
    await ledger.plan([owed(a_delivery(HERE), subscription=subscription, then=then)], NOON)
    assert await subscriptions.of(HERE) == ((subscription, then),)
    assert await subscriptions.due(NOON, 9, ALL) == ()


async def test_nothing_to_say_moves_the_subscription_on_too(subscriptions: Subscriptions, ledger: Ledger):
    subscription = a_subscription(HERE)
    await subscriptions.put(subscription, a_slot())
    await ledger.plan([owed(subscription=subscription)], NOON)
    assert await subscriptions.due(NOON, 9, ALL) == ()
    assert await ledger.last(HERE, "daily", 9) == ()


async def test_a_skipped_slot_is_recorded_with_its_reason(subscriptions: Subscriptions, ledger: Ledger):
    subscription = a_subscription(HERE)
    await subscriptions.put(subscription, a_slot())
    await ledger.plan([owed(subscription=subscription, skipped="Seven hours late.")], NOON + HOUR)
    [record] = await ledger.last(HERE, "daily", 9)
    assert (record.state, record.reason, record.receipt, record.settled) == ("skipped", "Seven hours late.", "", NOON + HOUR)
    assert record.delivery.key == digest_key(HERE, "daily", TODAY)
    assert (record.delivery.due, record.delivery.meant_for) == (NOON, TODAY)
    assert await ledger.claim("w", NOON + DAY, LEASE, 9, ALL) == ()
    assert await ledger.next_due(ALL) is None
    assert await subscriptions.due(NOON, 9, ALL) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"at": time(9)},
        {"zone": "Asia/Tokyo"},
        {"days": [1]},
        {"topics": ["x"]},
        {"by": "somebody"},
        {"size": Size.STANDARD},
        {"empty": Empty.SAY},
        {"paused": "The channel is gone."},
    ],
)
async def test_a_subscription_changed_since_it_was_read_is_not_moved(subscriptions: Subscriptions, ledger: Ledger, change):
    changed = a_subscription(HERE, **change)
    await subscriptions.put(changed, a_slot())
    await ledger.plan([owed(subscription=a_subscription(HERE))], NOON)
    assert await subscriptions.of(HERE) == ((changed, a_slot()),)


@pytest.mark.parametrize("slot", [a_slot(NOON + HOUR), a_slot(NOON, TODAY - DAY)])
async def test_a_subscription_moved_since_it_was_read_is_not_moved_again(subscriptions: Subscriptions, ledger: Ledger, slot):
    await subscriptions.put(a_subscription(HERE), slot)
    await ledger.plan([owed(subscription=a_subscription(HERE))], NOON)
    assert await subscriptions.of(HERE) == ((a_subscription(HERE), slot),)


async def test_a_subscription_removed_since_it_was_read_stays_removed(subscriptions: Subscriptions, ledger: Ledger):
    await ledger.plan([owed(a_delivery(HERE))], NOON)
    assert await subscriptions.of(HERE) == ()


async def test_the_same_edition_is_never_owed_twice(storage: Storage, ledger: Ledger):
    first = a_delivery(HERE, message=a_message("First."), briefs=["a"])
    second = a_delivery(HERE, message=a_message("Second."), briefs=["b"])
    await owe(storage, first)
    await owe(storage, second, second)
    await plan(storage, owed(subscription=a_subscription(HERE), skipped="Late."))
    [claimed] = await ledger.claim("w", NOON, LEASE, 9, ALL)
    assert claimed.message == first.message and claimed.briefs == ("a",)
    assert await carried(ledger, HERE, "daily") == {"a"}
    await ledger.settle([(claimed, Sent("r"))], "w", NOON)
    await owe(storage, second)
    assert await ledger.claim("w", NOON, LEASE, 9, ALL) == ()


async def test_a_skipped_edition_gives_way_to_one_that_is_owed(storage: Storage, subscriptions: Subscriptions, ledger: Ledger):
    await owe(storage, a_delivery(HERE, message=a_message("First."), briefs=["a", "b"]))
    await subscriptions.remove(HERE, "daily", NOON)
    await plan(storage, owed(subscription=a_subscription(HERE), skipped="Late."))
    assert [record.reason for record in await ledger.last(HERE, "daily", 9)] == ["unsubscribed"]
    second = a_delivery(HERE, message=a_message("Second."), briefs=["c"])
    await owe(storage, second)
    assert await ledger.claim("w", NOON, LEASE, 9, ALL) == (replace(second, attempt=1),)
    assert await carried(ledger, HERE, "daily") == {"c"}


@pytest.mark.parametrize("settlement", [Sent("r"), Unknown("r"), Again(HOUR, "r"), None])
async def test_no_other_edition_gives_way(storage: Storage, ledger: Ledger, settlement):
    first, second = (a_delivery(HERE, message=a_message(text)) for text in ("First.", "Second."))
    await owe(storage, first)
    claimed = await ledger.claim("w", NOON, LEASE, 9, ALL)
    await ledger.settle([(claimed[0], settlement)] if settlement else [], "w", NOON)
    [before] = await ledger.last(HERE, "daily", 9)
    await owe(storage, second)
    assert await ledger.last(HERE, "daily", 9) == (before,)


async def test_a_key_given_twice_in_one_plan_is_owed_once(storage: Storage, ledger: Ledger):
    await plan(storage, owed(a_delivery(HERE), a_delivery(HERE)))
    assert len(await ledger.claim("w", NOON, LEASE, 9, ALL)) == 1


async def test_a_plan_is_all_or_nothing(subscriptions: Subscriptions, ledger: Ledger):
    for place in (HERE, THERE):
        await subscriptions.put(a_subscription(place), a_slot())
    naive = a_delivery(THERE, due=NOON.replace(tzinfo=None))
    with pytest.raises(ValueError, match="aware"):
        await ledger.plan([owed(a_delivery(HERE)), owed(naive, slot=a_slot())], NOON)
    assert await ledger.last(HERE, "daily", 9) == ()
    assert await due(subscriptions, NOON, 9) == tuple((a_subscription(place), a_slot()) for place in (HERE, THERE))


async def test_an_empty_plan_is_no_plan(ledger: Ledger):
    await ledger.plan([], NOON)
    await ledger.settle([], "w", NOON)
    assert await ledger.next_due(ALL) is None


async def test_a_thousand_channels_are_owed_one_message(storage: Storage, ledger: Ledger):
    message = a_message("The same.")
    deliveries = [a_delivery(Place("s", f"c{number:04}"), message=message, briefs=["a"]) for number in range(1_000)]
    await owe(storage, *deliveries)
    claimed = await ledger.claim("w", NOON, LEASE, 2_000, ALL)
    assert {c.place for c in claimed} == {d.place for d in deliveries} and {c.message for c in claimed} == {message}
    await ledger.settle([(c, Sent(c.place.channel)) for c in claimed], "w", NOON)
    assert await ledger.next_due(ALL) is None


async def test_a_message_with_every_kind_of_span_comes_back(storage: Storage, ledger: Ledger):
    message = a_message()
    message = replace(message, blocks=(replace(message.blocks[0], spans=(Moment(NOON, "Europe/Berlin"),)),))
    await owe(storage, a_delivery(HERE, message=message))
    [claimed] = await ledger.claim("w", NOON, LEASE, 1, ALL)
    assert claimed.message == message


# --- claiming --------------------------------------------------------------------------------------------------------


async def test_deliveries_are_claimed_when_due_oldest_first_up_to_the_limit(storage: Storage, ledger: Ledger):
    late, now, early = (a_delivery(HERE, f"e{n}", due=NOON + n * HOUR) for n in (1, 0, -1))
    await owe(storage, late, now, early)
    assert [d.name for d in await ledger.claim("w", NOON, DAY, 1, ALL)] == ["e-1"]
    assert [d.name for d in await ledger.claim("w", NOON, DAY, 9, ALL)] == ["e0"]
    assert await ledger.claim("w", NOON, LEASE, 9, ALL) == ()
    assert [d.name for d in await ledger.claim("w", NOON + HOUR, LEASE, 9, ALL)] == ["e1"]


async def test_parts_are_claimed_in_their_order(storage: Storage, ledger: Ledger):
    await plan(storage, owed(*(a_delivery(HERE, part=part) for part in (10, 2, 1))))
    for part in (1, 2, 10):
        [delivery] = await ledger.claim("w", NOON, LEASE, 9, ALL)
        assert delivery.part == part
        assert await ledger.claim("w", NOON, LEASE, 9, ALL) == ()  # the next one comes when this one is there
        await ledger.settle([(delivery, Sent("r"))], "w", NOON)


@pytest.mark.parametrize(
    ("outcome", "states"),
    [
        pytest.param(Refused("No."), ["failed", "skipped", "skipped"], id="failed"),
        pytest.param(Skipped("Late."), ["skipped", "skipped", "skipped"], id="skipped"),
        pytest.param(Unknown("?"), ["unknown", "skipped", "skipped"], id="unknown"),
    ],
)
async def test_the_parts_behind_one_that_is_not_there_for_certain_are_left(storage: Storage, ledger: Ledger, outcome, states):
    await plan(storage, owed(*(a_delivery(HERE, part=part) for part in (1, 2, 3))), owed(a_delivery(HERE, "other")))
    claimed = await ledger.claim("w", NOON, LEASE, 9, ALL)
    await ledger.settle([(d, outcome if d.name == "daily" else Again(HOUR, "busy")) for d in claimed], "w", NOON)
    assert [r.state for r in await ledger.last(HERE, "daily", 9)] == states
    assert [r.state for r in await ledger.last(HERE, "other", 9)] == ["pending"]


async def test_only_deliveries_of_the_platforms_asked_for_are_claimed(storage: Storage, ledger: Ledger):
    desk = Place("console", "desk")
    await owe(storage, a_delivery(HERE, due=NOON - HOUR), a_delivery(THERE), a_delivery(desk))
    assert await ledger.claim("w", NOON, LEASE, 9, ()) == ()
    assert await ledger.claim("w", NOON, LEASE, 9, {"disc", "discord:1", "%"}) == ()
    assert [d.place for d in await ledger.claim("w", NOON, LEASE, 9, {"console"})] == [desk]
    assert [d.place for d in await ledger.claim("w", NOON, LEASE, 9, {"discord", "slack"})] == [HERE, THERE]
    assert await ledger.claim("w", NOON + LEASE, LEASE, 9, {"slack"}) != ()


async def test_the_next_delivery_is_one_of_the_platforms_asked_for(storage: Storage, ledger: Ledger):
    await owe(storage, a_delivery(HERE, due=NOON - HOUR), a_delivery(THERE))
    assert await ledger.next_due({"slack"}) == NOON
    assert await ledger.next_due({"slack", "discord"}) == NOON - HOUR
    assert await ledger.next_due(()) is None
    await ledger.claim("w", NOON, LEASE, 9, {"discord"})
    assert await ledger.next_due({"discord"}) == NOON + LEASE
    assert await ledger.next_due({"console"}) is None


async def test_the_limit_counts_over_all_platforms_and_the_longest_waiting_come_first(storage: Storage, ledger: Ledger):
    await owe(storage, *(a_delivery(place, f"e{n}", due=NOON + timedelta(minutes=n)) for n, place in enumerate((HERE, THERE) * 2)))
    assert [d.name for d in await ledger.claim("w", NOON + HOUR, LEASE, 3, ALL)] == ["e0", "e1", "e2"]


async def test_nobody_gets_what_another_holds(storage: Storage, ledger: Ledger):
    await owe(storage, a_delivery(HERE))
    assert len(await ledger.claim("one", NOON, LEASE, 9, ALL)) == 1
    assert await ledger.claim("two", NOON + LEASE - timedelta(microseconds=1), LEASE, 9, ALL) == ()


async def test_a_lease_that_ran_out_raises_the_attempt(storage: Storage, ledger: Ledger):
    await owe(storage, a_delivery(HERE))
    attempts = [(await ledger.claim("w", NOON + number * LEASE, LEASE, 9, ALL))[0].attempt for number in range(3)]
    assert attempts == [1, 2, 3]


async def test_the_oldest_comes_first_even_where_its_lease_ran_out(storage: Storage, ledger: Ledger):
    await owe(storage, a_delivery(HERE, due=NOON - HOUR))
    await ledger.claim("w", NOON, LEASE, 9, ALL)
    await owe(storage, a_delivery(THERE, due=NOON))
    assert [d.place for d in await ledger.claim("w", NOON + LEASE, LEASE, 1, ALL)] == [HERE]


async def test_an_intent_is_committed_before_the_post(storage: Storage, opener, tmp_path):
    await owe(storage, a_delivery(HERE))
    await storage.ledger.claim("w", NOON, LEASE, 9, ALL)
    other = await opener(tmp_path)
    try:
        [record] = await other.ledger.last(HERE, "daily", 9)
        assert (record.state, record.delivery.attempt, record.settled) == ("sending", 1, None)
    finally:
        await other.close()


async def test_two_stores_never_claim_the_same(storage: Storage, opener, tmp_path):
    await owe(storage, *(a_delivery(Place("s", f"c{number:03}")) for number in range(200)))
    others = [storage, await opener(tmp_path), await opener(tmp_path)]

    async def take(number: int, store: Storage) -> list[str]:
        keys: list[str] = []
        while claimed := await store.ledger.claim(f"w{number}", NOON, LEASE, 7, ALL):
            keys += [delivery.key for delivery in claimed]
        return keys

    try:
        taken = [key for keys in await asyncio.gather(*(take(*pair) for pair in enumerate(others))) for key in keys]
        assert len(taken) == len(set(taken)) == 200
    finally:
        for other in others[1:]:
            await other.close()


# --- settling --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settlement", "state", "receipt", "reason"),
    [
        (Sent("m1"), "sent", "m1", ""),
        (Refused("No right to write."), "failed", "", "No right to write."),
        (Unknown("Cannot read."), "unknown", "", "Cannot read."),
        (Skipped("Too late."), "skipped", "", "Too late."),
    ],
)
async def test_what_became_of_a_delivery_is_recorded(storage: Storage, ledger: Ledger, settlement, state, receipt, reason):
    await owe(storage, a_delivery(HERE))
    [claimed] = await ledger.claim("w", NOON, LEASE, 9, ALL)
    await ledger.settle([(claimed, settlement)], "w", NOON + HOUR)
    [record] = await ledger.last(HERE, "daily", 9)
    assert (record.state, record.receipt, record.reason, record.settled) == (state, receipt, reason, NOON + HOUR)
    assert await ledger.claim("w", NOON + DAY, LEASE, 9, ALL) == ()


async def test_again_is_pending_after_its_delay_and_counts_no_attempt(storage: Storage, ledger: Ledger):
    await owe(storage, a_delivery(HERE))
    [claimed] = await ledger.claim("w", NOON, LEASE, 9, ALL)
    await ledger.settle([(claimed, Again(HOUR, "Slow down."))], "w", NOON)
    [record] = await ledger.last(HERE, "daily", 9)
    assert (record.state, record.reason, record.settled) == ("pending", "Slow down.", None)
    assert await ledger.next_due(ALL) == NOON + HOUR
    assert await ledger.claim("w", NOON + HOUR - timedelta(microseconds=1), LEASE, 9, ALL) == ()
    [again] = await ledger.claim("w", NOON + HOUR, LEASE, 9, ALL)
    assert again.attempt == 1


async def test_again_leaves_the_moment_it_was_due(storage: Storage, ledger: Ledger):
    delivery = a_delivery(HERE)
    await owe(storage, delivery)
    for hours in range(3):
        [claimed] = await ledger.claim("w", NOON + hours * HOUR, LEASE, 9, ALL)
        assert claimed == replace(delivery, attempt=1)
        await ledger.settle([(claimed, Again(HOUR, "Slow down."))], "w", NOON + hours * HOUR)
    [record] = await ledger.last(HERE, "daily", 9)
    assert record.delivery.due == NOON and await begun(ledger, HERE, "daily") == NOON
    assert await ledger.next_due(ALL) == NOON + 3 * HOUR


async def test_what_is_tried_again_comes_in_the_order_it_was_due(storage: Storage, ledger: Ledger):
    await owe(storage, a_delivery(HERE))
    [claimed] = await ledger.claim("w", NOON, LEASE, 9, ALL)
    await ledger.settle([(claimed, Again(2 * HOUR, "Slow down."))], "w", NOON)
    await owe(storage, a_delivery(THERE, due=NOON + HOUR))
    assert [d.place for d in await ledger.claim("w", NOON + 2 * HOUR, LEASE, 9, ALL)] == [HERE, THERE]


async def test_again_after_a_lost_lease_still_counts_the_lost_attempt(storage: Storage, ledger: Ledger):
    await owe(storage, a_delivery(HERE))
    await ledger.claim("w", NOON, LEASE, 9, ALL)
    [second] = await ledger.claim("w", NOON + LEASE, LEASE, 9, ALL)
    await ledger.settle([(second, Again(HOUR, "Slow down."))], "w", NOON + LEASE)
    [third] = await ledger.claim("w", NOON + 2 * HOUR, LEASE, 9, ALL)
    assert third.attempt == 2


@pytest.mark.parametrize("second", ["other", "w"])
async def test_a_lease_that_went_to_another_is_not_settled(storage: Storage, ledger: Ledger, second):
    await owe(storage, a_delivery(HERE))
    [lost] = await ledger.claim("w", NOON, LEASE, 9, ALL)
    [held] = await ledger.claim(second, NOON + LEASE, LEASE, 9, ALL)
    await ledger.settle([(lost, Refused("Too late to say."))], "w", NOON + LEASE)
    await ledger.settle([(lost, Again(HOUR, "Too late to say."))], "w", NOON + LEASE)
    [record] = await ledger.last(HERE, "daily", 9)
    assert record.state == "sending"
    await ledger.settle([(held, Sent("m"))], second, NOON + LEASE)
    [record] = await ledger.last(HERE, "daily", 9)
    assert (record.state, record.receipt) == ("sent", "m")


async def test_a_lease_that_ran_out_and_went_to_nobody_is_settled(storage: Storage, ledger: Ledger):
    await owe(storage, a_delivery(HERE))
    [claimed] = await ledger.claim("w", NOON, LEASE, 9, ALL)
    await ledger.settle([(claimed, Sent("m"))], "w", NOON + HOUR)
    assert [record.state for record in await ledger.last(HERE, "daily", 9)] == ["sent"]


async def test_what_is_settled_is_not_settled_again(storage: Storage, ledger: Ledger):
    await owe(storage, a_delivery(HERE))
    [claimed] = await ledger.claim("w", NOON, LEASE, 9, ALL)
    await ledger.settle([(claimed, Sent("m"))], "w", NOON)
    await ledger.settle([(claimed, Refused("No."))], "w", NOON)
    assert [record.state for record in await ledger.last(HERE, "daily", 9)] == ["sent"]


async def test_many_are_settled_each_in_its_way(storage: Storage, ledger: Ledger):
    places = [Place("s", f"c{number}") for number in range(5)]
    await owe(storage, *(a_delivery(place) for place in places))
    claimed = await ledger.claim("w", NOON, LEASE, 9, ALL)
    outcomes = [Sent("r"), Refused("r"), Unknown("r"), Skipped("r"), Again(HOUR, "r")]
    await ledger.settle(list(zip(sorted(claimed, key=lambda d: d.place), outcomes, strict=True)), "w", NOON)
    states = [(await ledger.last(place, "daily", 1))[0].state for place in places]
    assert states == ["sent", "failed", "unknown", "skipped", "pending"]


async def test_the_next_delivery_is_the_first_due_or_the_first_lease_to_end(storage: Storage, ledger: Ledger):
    assert await ledger.next_due(ALL) is None
    await owe(storage, a_delivery(HERE, due=NOON), a_delivery(THERE, due=NOON + HOUR))
    assert await ledger.next_due(ALL) == NOON
    await ledger.claim("w", NOON, LEASE, 9, ALL)
    assert await ledger.next_due(ALL) == NOON + LEASE
    await ledger.claim("w", NOON + LEASE, DAY, 9, ALL)
    assert await ledger.next_due(ALL) == NOON + HOUR


# --- what the ledger tells -------------------------------------------------------------------------------------------


async def test_an_edition_has_begun_with_the_first_one_that_was_not_refused(storage: Storage, ledger: Ledger):
    assert await begun(ledger, HERE, "daily") is None
    first, second, third = (a_delivery(HERE, meant_for=TODAY + DAY * n, due=NOON + DAY * n) for n in range(3))
    await owe(storage, first)
    await plan(storage, owed(subscription=a_subscription(HERE), slot=a_slot(NOON - DAY), skipped="nothing new"))
    [claimed] = await ledger.claim("w", NOON, LEASE, 9, ALL)
    await ledger.settle([(claimed, Refused("gone"))], "w", NOON)
    assert await begun(ledger, HERE, "daily") is None
    await owe(storage, second, third)
    assert await begun(ledger, HERE, "daily") == NOON + DAY
    assert await begun(ledger, THERE, "daily") is None
    assert await begun(ledger, HERE, "evening") is None


async def test_carried_are_the_briefs_of_what_is_owed_sent_or_unknown(storage: Storage, ledger: Ledger):
    outcomes = {"sent": Sent("r"), "failed": Refused("r"), "unknown": Unknown("r"), "skipped": Skipped("r"), "sending": None}
    for number, state in enumerate(outcomes):
        day = TODAY + number * DAY
        await owe(storage, a_delivery(HERE, meant_for=day, briefs=[state]))
        [claimed] = await ledger.claim("w", NOON, DAY, 1, ALL)
        if outcomes[state]:
            await ledger.settle([(claimed, outcomes[state])], "w", NOON)
    await owe(storage, a_delivery(HERE, meant_for=TODAY + 9 * DAY, briefs=["pending", "sent"]))
    await owe(storage, a_delivery(HERE, "other", briefs=["other"]), a_delivery(THERE, briefs=["there"]))
    assert await carried(ledger, HERE, "daily") == {"sent", "unknown", "sending", "pending"}


async def test_the_entries_of_the_newest_dates_come_first_parts_in_order(storage: Storage, ledger: Ledger):
    for days in (1, 3, 2):
        await plan(storage, owed(*(a_delivery(HERE, meant_for=TODAY + days * DAY, part=part) for part in (1, 2))))
    entries = [((r.delivery.meant_for - TODAY).days, r.delivery.part) for r in await ledger.last(HERE, "daily", 2)]
    assert entries == [(3, 1), (3, 2), (2, 1), (2, 2)]
    assert await ledger.last(HERE, "other", 5) == ()
    assert await ledger.last(HERE, "daily", 0) == ()


# --- asks ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["/brief iraq size:full", "", "😀" * 3_000, "a\0b", "\ud800", "line\nline"])
async def test_a_line_comes_back_word_for_word(asks: Asks, line):
    short = await asks.keep("discord:1", line)
    assert len(short) <= 22 and set(short) <= set(string.ascii_letters + string.digits + "-_")
    assert await asks.recall("discord:1", short) == line


async def test_the_same_line_always_gets_the_same_id(asks: Asks, opener, storage, tmp_path):
    first = await asks.keep("discord:1", "/brief")
    assert await asks.keep("discord:1", "/brief") == first != await asks.keep("discord:1", "/brief x")
    other = await opener(tmp_path)
    try:
        assert await other.asks.keep("discord:1", "/brief") == first
        assert await other.asks.recall("discord:1", first) == "/brief"
    finally:
        await other.close()


async def test_an_id_nobody_was_given_recalls_nothing(asks: Asks):
    await asks.keep("discord:1", "/brief")
    for short in ("", "%", "x" * 22, "\ud800", "x" * 10_000):
        assert await asks.recall("discord:1", short) is None


async def test_many_lines_get_the_ids_each_would_get(asks: Asks):
    lines = ["", "a\0b", "\ud800", *(f"/brief b{number}" for number in range(1_200)), "/brief b7"]
    shorts = await asks.keep_all("discord:1", lines)
    assert set(shorts) == set(lines)
    for line in ("", "a\0b", "\ud800", "/brief b0", "/brief b1199"):
        assert shorts[line] == await asks.keep("discord:2", line)
        assert await asks.recall("discord:1", shorts[line]) == line
    assert await asks.recall("discord:2", shorts["/brief b7"]) is None


async def test_lines_are_kept_beside_those_that_were(asks: Asks):
    first = await asks.keep("discord:1", "/brief a")
    shorts = await asks.keep_all("discord:1", ["/brief a", "/brief b"])
    assert shorts["/brief a"] == first
    assert [await asks.recall("discord:1", short) for short in shorts.values()] == ["/brief a", "/brief b"]


async def test_no_lines_have_no_ids(asks: Asks):
    assert await asks.keep_all("discord:1", []) == {}


# --- spaces ----------------------------------------------------------------------------------------------------------

# Few letters, and the sign that parts a key: "a:b" with "c" must not be taken for "a" with "b:c".
_names = st.text(alphabet="ab:", min_size=1, max_size=4)
_places = st.builds(Place, _names, _names)


@settings(deadline=None, max_examples=40)
@given(one=_places, other=_places, opener=st.sampled_from(sorted(OPENERS)))
async def test_separate_places_never_see_each_other(one, other, opener):
    with TemporaryDirectory() as folder:
        store = await OPENERS[opener](Path(folder))
        try:
            await _put_everything(store, one)
            same = one == other
            assert bool(await store.subscriptions.of(other)) is same
            assert bool(await store.ledger.last(other, "daily", 9)) is same
            assert bool(await carried(store.ledger, other, "daily")) is same
            assert (await store.asks.recall(other.space, await store.asks.keep(one.space, "/x")) is None) is (one.space != other.space)
            assert bool(await store.spaces.noted(other.space, "n")) is (one.space == other.space)
            assert await store.seen.first(other.space, "t", NOON, DAY) is (one.space != other.space)
            assert bool(await store.subscriptions.pause(other, "Gone.", NOON)) is same
            assert await store.subscriptions.remove(other, "daily", NOON) is same
            await _put_everything(store, other)
            platforms = {place.space.partition(":")[0] for place in (one, other)}
            claimed = await store.ledger.claim("w", NOON, LEASE, 9, platforms)
            assert sorted(delivery.place for delivery in claimed) == sorted({one, other})
            await store.ledger.settle([(d, Sent("r")) for d in claimed if d.place == one], "w", NOON)
            [record] = await store.ledger.last(other, "daily", 9)
            assert (record.state == "sent") is same
            assert await store.subscriptions.pause_space(other.space, "Gone.", NOON) == (2 if one.space == other.space and not same else 1)
            await store.spaces.forget(other.space)
            assert bool(await store.spaces.noted(one.space, "n")) is (one.space != other.space)
        finally:
            await store.close()


async def _put_everything(store: Storage, place: Place) -> None:
    await plan(store, owed(a_delivery(place, briefs=["a"])))
    await store.spaces.note(place.space, "n", "v")
    await store.seen.first(place.space, "t", NOON, DAY)


def test_places_differ():
    assert a_place() not in {HERE, THERE}


async def test_what_is_owed_is_what_is_being_sent_or_due_on_each_platform(storage: Storage):
    earlier, later = a_delivery(HERE), a_delivery(THERE, due=NOON + HOUR)
    await owe(storage, earlier, later)
    counted = [await storage.ledger.owed(at, ("discord", "slack", "console")) for at in (NOON - HOUR, NOON, NOON + HOUR)]
    assert counted == [
        {"discord": 0, "slack": 0, "console": 0},
        {"discord": 1, "slack": 0, "console": 0},
        {"discord": 1, "slack": 1, "console": 0},
    ]
    taken = await storage.ledger.claim("w", NOON, LEASE, 5, ALL)
    assert await storage.ledger.owed(NOON, ("discord",)) == {"discord": 1}
    await storage.ledger.settle([(taken[0], Sent("1"))], "w", NOON)
    assert await storage.ledger.owed(NOON + HOUR, ("discord", "slack")) == {"discord": 0, "slack": 1}
