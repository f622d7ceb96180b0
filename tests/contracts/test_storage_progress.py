"""The contract of `Storage` for how far readers have read, and for walking and moving subscriptions."""

from dataclasses import replace
from datetime import timedelta

import pytest

from briefs.digest import KEPT, Progress, Refused, Sent, Skipped, Unknown
from briefs.ports import Ledger, Storage, Subscriptions
from tests.builders import NOON, TODAY, a_delivery, a_place, a_slot, a_subscription
from tests.contracts.books import ALL
from tests.contracts.test_storage_ledger import DAY, HERE, HOUR, LEASE, THERE, owe, owed, plan

READ = Progress(NOON, ("ferry", "crane"), TODAY, 2)


async def planned(storage, *deliveries, progress=READ):
    """Plan an edition and let its next slot come; what is due then."""
    one = owed(*deliveries, subscription=a_subscription(HERE), skipped="" if deliveries else "nothing new")
    await plan(storage, replace(one, progress=progress))
    [due] = await storage.subscriptions.due(NOON + DAY, 9, ALL)
    return due


@pytest.mark.parametrize("progress", [READ, Progress(), Progress(NOON), Progress(None, (), None, 7), None])
async def test_what_is_due_comes_with_how_far_its_readers_have_read(storage: Storage, progress):
    due = await planned(storage, progress=progress)
    assert (due.subscription, due.slot, due.progress) == (a_subscription(HERE), a_slot(NOON + DAY), progress)


async def test_one_that_is_put_anew_has_its_progress_in_the_ledger_alone(storage: Storage, subscriptions: Subscriptions):
    await planned(storage)
    await subscriptions.put(a_subscription(HERE), a_slot())
    [due] = await subscriptions.due(NOON, 9, ALL)
    assert due.progress is None


async def test_one_that_rested_has_its_progress_in_the_ledger_alone(storage: Storage, subscriptions: Subscriptions):
    await planned(storage)
    await subscriptions.pause(HERE, "Gone.", NOON)
    await subscriptions.resume(HERE, "daily", a_slot())
    [due] = await subscriptions.due(NOON, 9, ALL)
    assert due.progress is None


@pytest.mark.parametrize(
    ("outcome", "kept"),
    [
        pytest.param(Sent("r"), True, id="sent"),
        pytest.param(Unknown("?"), True, id="unknown"),
        pytest.param(Refused("No."), False, id="failed"),
        pytest.param(Skipped("Late."), False, id="skipped"),
    ],
)
async def test_what_nobody_could_read_is_no_progress(storage: Storage, ledger: Ledger, outcome, kept):
    await planned(storage, a_delivery(HERE))
    claimed = await ledger.claim("w", NOON, LEASE, 9, ALL)
    await ledger.settle([(claimed[0], outcome)], "w", NOON)
    [due] = await storage.subscriptions.due(NOON + DAY, 9, ALL)
    assert due.progress == (READ if kept else None)


async def test_of_an_edition_that_was_had_already_no_progress_is_noted(storage: Storage):
    await planned(storage, a_delivery(HERE))
    due = await planned(storage, a_delivery(HERE), progress=Progress(NOON, ("other",), TODAY))
    assert due.progress is None


async def test_the_ledger_tells_how_far_each_edition_got(storage: Storage, ledger: Ledger):
    await owe(storage, a_delivery(HERE, meant_for=TODAY, briefs=["b", "a"]), a_delivery(HERE, "other", briefs=["c"]))
    await owe(storage, a_delivery(HERE, meant_for=TODAY + DAY, due=NOON + DAY, briefs=["a", "d"]))
    told = await ledger.progress([(HERE, "daily"), (THERE, "daily"), (HERE, "other")])
    assert told[HERE, "daily"] == Progress(NOON, ("b", "a", "d"), TODAY + DAY)
    assert told[HERE, "other"] == Progress(NOON, ("c",), TODAY)
    assert told[THERE, "daily"] == Progress()
    assert await ledger.progress([]) == {}


async def test_progress_in_a_long_ledger_begins_a_few_days_before_the_last_edition(storage: Storage, ledger: Ledger):
    for number in range(30):
        await owe(
            storage, a_delivery(HERE, meant_for=TODAY + number * DAY, due=NOON + number * DAY, briefs=[f"b{number}", f"b{number}@1:x"])
        )
    told = (await ledger.progress([(HERE, "daily")]))[HERE, "daily"]
    assert (told.since, told.last) == (NOON + 29 * DAY - KEPT, TODAY + 29 * DAY)
    # All that came since then, without marks of corrections, and not what was carried weeks ago.
    assert {f"b{number}" for number in range(25, 30)} <= set(told.carried) <= {f"b{number}" for number in range(20, 30)}


async def test_what_waited_for_a_weekly_edition_alone_still_waits(storage: Storage, ledger: Ledger):
    for number in range(0, 28, 7):
        await owe(storage, a_delivery(HERE, meant_for=TODAY + number * DAY, due=NOON + number * DAY, briefs=[f"b{number}"]))
    await owe(storage, a_delivery(THERE, meant_for=TODAY + 30 * DAY, due=NOON + 30 * DAY))
    told = (await ledger.progress([(THERE, "daily"), (HERE, "daily")]))[HERE, "daily"]
    assert NOON + 12 * DAY < told.since <= NOON + 14 * DAY
    assert told.carried[-2:] == ("b14", "b21")


async def test_none_comes_twice_in_a_walk_where_one_was_left_alone_for_a_while(storage: Storage, subscriptions: Subscriptions):
    places = [a_place("console", f"c{number}") for number in range(3)]
    for place in places:
        await subscriptions.put(a_subscription(place), a_slot())
    sql = "UPDATE subscription SET zone = 'Mars/Olympus_Mons' WHERE channel <> 'c0'"
    await storage._engine.write(lambda connection: connection.exec_driver_sql(sql))
    assert [one.subscription.place for one in await subscriptions.due(NOON, 9, ALL)] == places[:1]
    await storage._engine.write(lambda connection: connection.exec_driver_sql("UPDATE subscription SET zone = 'Europe/Berlin'"))
    walked: list = []
    while some := await subscriptions.due(NOON + 2 * HOUR, 1, ALL, walked[-1] if walked else None):
        walked += some
        assert len(walked) < 9
    assert [one.subscription.place for one in walked] == places


async def test_which_marks_an_edition_has_carried(storage: Storage, ledger: Ledger):
    await owe(storage, a_delivery(HERE, briefs=["a", "b"]), a_delivery(THERE, briefs=["c"]))
    await owe(storage, a_delivery(HERE, meant_for=TODAY + DAY, briefs=["d"]))
    found = await ledger.carrying([(HERE, "daily"), (THERE, "daily"), (HERE, "other")], {"a", "d", "x"})
    assert found[HERE, "daily"] == {"a", "d"}
    assert not found.get((THERE, "daily")) and not found.get((HERE, "other"))


async def test_what_failed_was_not_carried(storage: Storage, ledger: Ledger):
    await owe(storage, a_delivery(HERE, briefs=["a"]))
    claimed = await ledger.claim("w", NOON, LEASE, 9, ALL)
    await ledger.settle([(claimed[0], Refused("No."))], "w", NOON)
    assert not (await ledger.carrying([(HERE, "daily")], {"a"})).get((HERE, "daily"))


async def test_all_that_run_come_in_order_a_few_at_a_time(subscriptions: Subscriptions):
    wanted = [a_subscription(place, name) for place in (HERE, THERE) for name in ("daily", "evening")]
    for one in (*reversed(wanted), a_subscription(THERE, "resting", paused="Gone.")):
        await subscriptions.put(one, a_slot())
    found: list = []
    after = None
    while some := await subscriptions.all(after, 3):
        found += some
        after = (some[-1][0].place, some[-1][0].name)
    assert found == sorted(((one, a_slot()) for one in wanted), key=lambda pair: (pair[0].space, pair[0].channel, pair[0].name))


async def test_one_is_moved_only_as_it_was_read(subscriptions: Subscriptions):
    then = a_slot(NOON + HOUR)
    for name in ("daily", "changed", "moved", "resting"):
        await subscriptions.put(a_subscription(HERE, name), a_slot())
    read = [(one, slot, then) for one, slot in await subscriptions.of(HERE)]
    await subscriptions.put(a_subscription(HERE, "changed", topics=["sea"]), a_slot())
    await subscriptions.put(a_subscription(HERE, "moved"), a_slot(NOON + timedelta(seconds=1)))
    await subscriptions.pause(HERE, "Gone.", NOON, "resting")
    assert await subscriptions.move(read) == 1
    slots = {one.name: slot for one, slot in await subscriptions.of(HERE)}
    assert slots == {"daily": then, "changed": a_slot(), "moved": a_slot(NOON + timedelta(seconds=1)), "resting": a_slot()}
    assert await subscriptions.next_due(ALL) == NOON  # and it is looked at when it is due
