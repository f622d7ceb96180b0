"""The contract of `Storage` for what keeps an edition to one post: what is owed at all, what gives way, what is stopped."""

import asyncio
from dataclasses import replace
from datetime import time, timedelta

import pytest

from briefs.brief import Size
from briefs.digest import Again, Empty, Later, Place, Refused, Sent, Skipped, Unknown
from briefs.ports import Ledger, Storage, Subscriptions
from tests.builders import NOON, TODAY, a_delivery, a_message, a_slot, a_subscription
from tests.contracts.books import carried, due
from tests.contracts.test_storage_ledger import ALL, DAY, HERE, HOUR, LEASE, THERE, owe, owed, plan

GONE = "The channel is gone."
PAUSED = f"paused: {GONE}"
DESK = Place("console", "desk")


def parts(*numbers, text="First.", briefs=()):
    return [a_delivery(HERE, part=number, message=a_message(f"{text} {number}"), briefs=briefs) for number in numbers]


async def settle(ledger, *settlements, now=NOON):
    """Claim what is due and settle it, in the order of its parts; None leaves it held."""
    for settlement in settlements:
        claimed = await ledger.claim("w", now, LEASE, 1, ALL)
        await ledger.settle([(delivery, settlement) for delivery in claimed if settlement], "w", now)


async def standing(ledger, place=HERE, name="daily"):
    """State and reason of each entry, by day and part."""
    records = await ledger.last(place, name, 99)
    return [(r.state, r.reason) for r in sorted(records, key=lambda r: (r.delivery.meant_for, r.delivery.part))]


# --- one that is paused and resumed by its name ----------------------------------------------------------------------


async def test_pausing_by_name_pauses_no_other(storage: Storage, subscriptions: Subscriptions, ledger: Ledger):
    await owe(storage, a_delivery(HERE), a_delivery(HERE, "weekly"), a_delivery(THERE))
    assert await subscriptions.pause(HERE, GONE, NOON, "daily") == (a_subscription(HERE),)
    assert [s.paused for s, _ in await subscriptions.of(HERE)] == [GONE, ""]
    assert await standing(ledger) == [("skipped", PAUSED)]
    assert {(d.place, d.name) for d in await ledger.claim("w", NOON, LEASE, 9, ALL)} == {(HERE, "weekly"), (THERE, "daily")}


async def test_pausing_by_name_leaves_the_reason_of_one_that_rests(subscriptions: Subscriptions):
    await subscriptions.put(a_subscription(HERE, paused="On holiday."), a_slot())
    assert await subscriptions.pause(HERE, GONE, NOON, "daily") == ()
    assert await subscriptions.of(HERE) == ((a_subscription(HERE, paused="On holiday."), a_slot()),)


@pytest.mark.parametrize("name", ["other", "", "%"])
async def test_pausing_a_name_that_is_not_there_pauses_nothing(subscriptions: Subscriptions, name):
    await subscriptions.put(a_subscription(HERE), a_slot())
    assert await subscriptions.pause(HERE, GONE, NOON, name) == ()
    assert await due(subscriptions, NOON, 9) == ((a_subscription(HERE), a_slot()),)


async def test_one_that_is_resumed_runs_from_the_given_slot_and_no_other_does(subscriptions: Subscriptions):
    for name in ("daily", "weekly"):
        await subscriptions.put(a_subscription(HERE, name, topics=[name], paused=GONE), a_slot())
    assert await subscriptions.resume(HERE, "daily", a_slot(NOON + DAY)) is True
    assert await subscriptions.next_due(ALL) == NOON + DAY
    assert await due(subscriptions, NOON + DAY, 9) == ((a_subscription(HERE, topics=["daily"]), a_slot(NOON + DAY)),)


async def test_resuming_one_that_runs_leaves_its_slot(subscriptions: Subscriptions):
    await subscriptions.put(a_subscription(HERE), a_slot())
    assert await subscriptions.resume(HERE, "daily", a_slot(NOON + DAY)) is True
    assert await due(subscriptions, NOON, 9) == ((a_subscription(HERE), a_slot()),)


async def test_resuming_makes_none_where_there_is_none(subscriptions: Subscriptions):
    assert await subscriptions.resume(HERE, "daily", a_slot()) is False
    assert await subscriptions.of(HERE) == ()


@pytest.mark.parametrize("paused", ["", GONE])
async def test_what_is_removed_meanwhile_is_brought_back_by_nobody(storage: Storage, opener, tmp_path, paused):
    other = await opener(tmp_path)
    try:
        for _ in range(25):
            await storage.subscriptions.put(a_subscription(HERE, paused=paused), a_slot())
            await asyncio.gather(
                other.subscriptions.pause(HERE, GONE, NOON, "daily"),
                storage.subscriptions.remove(HERE, "daily", NOON),
                other.subscriptions.resume(HERE, "daily", a_slot()),
            )
            assert await storage.subscriptions.of(HERE) == ()
    finally:
        await other.close()


# --- of which platforms ----------------------------------------------------------------------------------------------


async def test_only_subscriptions_of_the_platforms_asked_for_are_due(subscriptions: Subscriptions):
    for hours, place in enumerate((HERE, THERE, DESK)):
        await subscriptions.put(a_subscription(place), a_slot(NOON - hours * HOUR))
    for platforms, limit, places in (
        ((), 9, []),
        ({"disc", "discord:1", "%", ""}, 9, []),
        ({"console"}, 9, [DESK]),
        (["discord", "slack", "discord"], 9, [THERE, HERE]),
        (ALL, 2, [DESK, THERE]),
    ):
        assert [subscription.place for subscription, _ in await due(subscriptions, NOON, limit, platforms)] == places


async def test_the_next_subscription_due_is_one_of_the_platforms_asked_for(subscriptions: Subscriptions):
    await subscriptions.put(a_subscription(HERE), a_slot(NOON - HOUR))
    await subscriptions.put(a_subscription(THERE), a_slot())
    assert await subscriptions.next_due({"slack"}) == NOON
    assert await subscriptions.next_due({"slack", "discord"}) == NOON - HOUR
    assert await subscriptions.next_due({"console"}) is None
    assert await subscriptions.next_due(()) is None


# --- what is owed at all ---------------------------------------------------------------------------------------------

CHANGES = [
    {"at": time(9)},
    {"zone": "Asia/Tokyo"},
    {"days": [1]},
    {"topics": ["x"]},
    {"by": "somebody"},
    {"size": Size.STANDARD},
    {"empty": Empty.SAY},
    {"paused": GONE},
]


@pytest.mark.parametrize("skipped", ["", "Late."], ids=["owed", "skipped"])
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
async def test_of_one_changed_since_it_was_read_nothing_is_owed(subscriptions: Subscriptions, ledger: Ledger, change, skipped):
    changed = a_subscription(HERE, **change)
    await subscriptions.put(changed, a_slot())
    deliveries = () if skipped else (a_delivery(HERE),)
    await ledger.plan([owed(*deliveries, subscription=a_subscription(HERE), skipped=skipped)], NOON)
    assert await ledger.last(HERE, "daily", 9) == ()
    assert await subscriptions.of(HERE) == ((changed, a_slot()),)


@pytest.mark.parametrize("slot", [a_slot(NOON + HOUR), a_slot(NOON, TODAY - DAY)])
async def test_of_one_moved_since_it_was_read_nothing_is_owed(subscriptions: Subscriptions, ledger: Ledger, slot):
    await subscriptions.put(a_subscription(HERE), slot)
    await ledger.plan([owed(a_delivery(HERE))], NOON)
    assert await ledger.last(HERE, "daily", 9) == ()
    assert await subscriptions.of(HERE) == ((a_subscription(HERE), slot),)


async def test_of_one_removed_since_it_was_read_nothing_is_owed_and_the_others_are(subscriptions: Subscriptions, ledger: Ledger):
    for place in (HERE, THERE):
        await subscriptions.put(a_subscription(place), a_slot())
    await subscriptions.remove(HERE, "daily", NOON)
    late = owed(subscription=a_subscription(HERE, "late"), skipped="Late.")
    await ledger.plan([owed(a_delivery(HERE)), late, owed(a_delivery(THERE))], NOON)
    assert await ledger.last(HERE, "daily", 9) == await ledger.last(HERE, "late", 9) == ()
    assert [d.place for d in await ledger.claim("w", NOON, LEASE, 9, ALL)] == [THERE]
    assert await subscriptions.of(THERE) == ((a_subscription(THERE), a_slot(NOON + DAY)),)


async def test_of_two_that_plan_the_same_slot_one_owes(storage: Storage, opener, tmp_path):
    await storage.subscriptions.put(a_subscription(HERE), a_slot())
    other = await opener(tmp_path)
    try:
        texts = ("One.", "Two.")
        plans = [[owed(*parts(*range(1, number + 2), text=text))] for number, text in enumerate(texts)]
        await asyncio.gather(storage.ledger.plan(plans[0], NOON), other.ledger.plan(plans[1], NOON))
        claimed = await storage.ledger.claim("w", NOON, LEASE, 9, ALL)
        [first] = claimed
        owed_in_all = len(await storage.ledger.last(HERE, "daily", 9))
        assert (first.message.summary, owed_in_all) in (("One. 1", 1), ("Two. 1", 2))
    finally:
        await other.close()


# --- what gives way --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "outcomes",
    [
        pytest.param((Sent("r"), Skipped("Late.")), id="sent-and-skipped"),
        pytest.param((Sent("r"), Refused("No.")), id="sent-and-failed"),
        pytest.param((Sent("r"), Sent("r"), Sent("r")), id="sent"),
        pytest.param((Unknown("?"),), id="unknown-and-skipped"),
        pytest.param((Sent("r"), Unknown("?")), id="sent-and-unknown"),
        pytest.param((Again(HOUR, "busy"),), id="pending"),
        pytest.param((Later(HOUR, "?"),), id="looked-for"),
        pytest.param((None,), id="sending"),
    ],
)
async def test_no_part_is_added_to_an_edition_of_which_any_part_may_have_been_read(storage: Storage, ledger: Ledger, outcomes):
    await plan(storage, owed(*parts(1, 2, 3, briefs=["a"])))
    await settle(ledger, *outcomes)
    before = await ledger.last(HERE, "daily", 9)
    await plan(storage, owed(*parts(1, 2, 3, 4, text="Second.", briefs=["b"])))
    assert await ledger.last(HERE, "daily", 9) == before
    assert await carried(ledger, HERE, "daily") == {"a"}
    assert await storage.subscriptions.of(HERE) == ((a_subscription(HERE), a_slot(NOON + DAY)),)


@pytest.mark.parametrize("outcome", [Refused("No."), Skipped("Late.")], ids=["failed", "skipped"])
@pytest.mark.parametrize("count", [2, 3, 4])
async def test_an_edition_nobody_has_read_gives_way_with_all_its_parts(storage: Storage, ledger: Ledger, outcome, count):
    await plan(storage, owed(*parts(1, 2, 3, briefs=["a"])))
    await settle(ledger, outcome)
    second = parts(*range(1, count + 1), text="Second.", briefs=["b"])
    await plan(storage, owed(*second))
    assert await standing(ledger) == [("pending", "")] * count
    assert await carried(ledger, HERE, "daily") == {"b"}
    for part in second:
        assert await ledger.claim("w", NOON, LEASE, 9, ALL) == (replace(part, attempt=1),)
        await ledger.settle([(replace(part, attempt=1), Sent("r"))], "w", NOON)


async def test_only_the_edition_of_that_name_and_date_gives_way(storage: Storage, ledger: Ledger):
    failed = [a_delivery(HERE, meant_for=TODAY - DAY), a_delivery(HERE), a_delivery(HERE, "weekly"), a_delivery(THERE)]
    await owe(storage, *failed)
    await settle(ledger, *[Refused("No.")] * 4)
    await owe(storage, a_delivery(HERE))
    assert await standing(ledger) == [("failed", "No."), ("pending", "")]
    assert await standing(ledger, name="weekly") == await standing(ledger, THERE) == [("failed", "No.")]


async def test_what_another_date_has_had_says_nothing_of_this_one(storage: Storage, ledger: Ledger):
    tomorrow = TODAY + DAY
    await owe(storage, a_delivery(HERE, meant_for=tomorrow))
    await settle(ledger, Sent("r"))
    await plan(storage, owed(a_delivery(HERE)), owed(a_delivery(THERE, meant_for=tomorrow)))
    assert await standing(ledger) == [("pending", ""), ("sent", "")]
    assert await standing(ledger, THERE) == [("pending", "")]


async def test_a_failed_edition_does_not_give_way_to_one_that_is_skipped(storage: Storage, ledger: Ledger):
    await plan(storage, owed(*parts(1, 2)))
    await settle(ledger, Refused("No."))
    before = await standing(ledger)
    await plan(storage, owed(subscription=a_subscription(HERE), skipped="Late."))
    assert await standing(ledger) == before
    assert before[0] == ("failed", "No.")


async def test_the_dates_of_an_edition_are_those_of_which_anybody_may_have_read_a_part(storage: Storage, ledger: Ledger):
    outcomes = [(Sent("r"), Refused("r")), (Refused("r"),), (Unknown("r"),), (Skipped("r"),), (Again(DAY, "r"),), (None,)]
    for number, settlements in enumerate(outcomes):
        days = [a_delivery(HERE, meant_for=TODAY + number * DAY, part=part) for part in (1, 2)]
        await plan(storage, owed(*days))
        await settle(ledger, *settlements)
    await owe(storage, a_delivery(HERE, "weekly", meant_for=TODAY + DAY), a_delivery(THERE, meant_for=TODAY + DAY))
    await owe(storage, a_delivery(HERE, meant_for=TODAY + 9 * DAY))
    had = {TODAY + number * DAY for number in (0, 2, 4, 5, 9)}
    assert await ledger.had(HERE, "daily", TODAY - DAY) == await ledger.had(HERE, "daily", TODAY) == had
    assert await ledger.had(HERE, "daily", TODAY + DAY) == had - {TODAY}
    assert await ledger.had(HERE, "daily", TODAY + 10 * DAY) == await ledger.had(HERE, "other", TODAY) == frozenset()


# --- what is stopped while it is held --------------------------------------------------------------------------------


async def unsubscribe(subscriptions):
    assert await subscriptions.remove(HERE, "daily", NOON)


async def pause(subscriptions):
    assert await subscriptions.pause(HERE, GONE, NOON)


async def pause_by_name(subscriptions):
    assert await subscriptions.pause(HERE, GONE, NOON, "daily")


async def pause_the_space(subscriptions):
    assert await subscriptions.pause_space(HERE.space, GONE, NOON)


STOPS = [(unsubscribe, "unsubscribed"), (pause, PAUSED), (pause_by_name, PAUSED), (pause_the_space, PAUSED)]
stopped_each_way = pytest.mark.parametrize(("stop", "why"), STOPS, ids=[stop.__name__ for stop, _ in STOPS])


@stopped_each_way
async def test_what_is_stopped_while_it_is_held_is_not_tried_again(storage: Storage, ledger: Ledger, stop, why):
    await owe(storage, a_delivery(HERE), a_delivery(THERE))
    claimed = await ledger.claim("w", NOON, LEASE, 9, ALL)
    await stop(storage.subscriptions)
    await ledger.settle([(delivery, Again(HOUR, "busy")) for delivery in claimed], "w", NOON + HOUR)
    [record] = await ledger.last(HERE, "daily", 9)
    assert (record.state, record.reason, record.settled) == ("skipped", why, NOON + HOUR)
    assert [d.place for d in await ledger.claim("w", NOON + DAY, LEASE, 9, ALL)] == [THERE]


@stopped_each_way
async def test_what_is_stopped_is_unknown_where_its_lease_ended(storage: Storage, ledger: Ledger, stop, why):
    await owe(storage, a_delivery(HERE), a_delivery(THERE, due=NOON + HOUR))
    await ledger.claim("dead", NOON, LEASE, 9, ALL)
    await stop(storage.subscriptions)
    assert await standing(ledger) == [("sending", "")]  # whoever holds it may still say what became of it
    assert [d.place for d in await ledger.claim("w", NOON + HOUR, LEASE, 1, ALL)] == [THERE]
    [record] = await ledger.last(HERE, "daily", 9)
    assert (record.state, record.settled) == ("unknown", NOON + HOUR)
    assert "may have arrived" in record.reason and record.reason.endswith(why)
    assert await ledger.next_due({"discord"}) is None
    await owe(storage, a_delivery(HERE, message=a_message("Second.")))
    assert await ledger.claim("w", NOON + DAY, LEASE, 9, {"discord"}) == ()


@stopped_each_way
@pytest.mark.parametrize("first", ["stopped", "settled"])
async def test_what_is_stopped_after_a_try_was_cut_off_is_unknown(storage: Storage, ledger: Ledger, stop, why, first):
    await owe(storage, a_delivery(HERE))
    await ledger.claim("dead", NOON, LEASE, 9, ALL)
    again = await ledger.claim("w", NOON + LEASE, LEASE, 9, ALL)
    if first == "stopped":
        await stop(storage.subscriptions)
    await ledger.settle([(delivery, Again(HOUR, "busy")) for delivery in again], "w", NOON + LEASE)
    if first == "settled":
        await stop(storage.subscriptions)
    [(state, reason)] = await standing(ledger)
    assert state == "unknown" and reason.endswith(why)
    assert await ledger.had(HERE, "daily", TODAY) == {TODAY}


@stopped_each_way
@pytest.mark.parametrize("outcome", [Sent("m"), Refused("No."), Unknown("?"), Skipped("Late.")], ids=lambda outcome: type(outcome).__name__)
async def test_what_became_of_it_is_recorded_though_it_was_stopped(storage: Storage, ledger: Ledger, stop, why, outcome):
    await owe(storage, a_delivery(HERE))
    [claimed] = await ledger.claim("w", NOON, LEASE, 9, ALL)
    await stop(storage.subscriptions)
    await ledger.settle([(claimed, outcome)], "w", NOON)
    assert await standing(ledger) == [
        ({Sent: "sent", Refused: "failed", Unknown: "unknown", Skipped: "skipped"}[type(outcome)], getattr(outcome, "reason", ""))
    ]


async def test_one_that_runs_again_when_it_is_settled_is_tried_again(storage: Storage, ledger: Ledger):
    await owe(storage, a_delivery(HERE))
    [claimed] = await ledger.claim("w", NOON, LEASE, 9, ALL)
    await storage.subscriptions.pause(HERE, GONE, NOON)
    await storage.subscriptions.resume(HERE, "daily", a_slot(NOON + DAY))
    await ledger.settle([(claimed, Again(HOUR, "busy"))], "w", NOON)
    assert await ledger.claim("w", NOON + HOUR, LEASE, 9, ALL) == (claimed,)


async def test_a_batch_in_which_all_are_stopped_is_not_the_end(storage: Storage, ledger: Ledger):
    stopped = [Place("discord:1", f"c{number}") for number in range(5)]
    await owe(storage, *(a_delivery(place) for place in stopped), a_delivery(THERE, due=NOON + timedelta(seconds=1)))
    await ledger.claim("dead", NOON, LEASE, 5, ALL)
    await storage.subscriptions.pause_space("discord:1", GONE, NOON)
    assert [d.place for d in await ledger.claim("w", NOON + DAY, LEASE, 2, ALL)] == [THERE]
    assert [await standing(ledger, place) for place in stopped] == [await standing(ledger, stopped[0])] * 5
