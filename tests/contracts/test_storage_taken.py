"""The contract of `Ledger.plan` for what is taken in the commit that owes it."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from briefs.digest import Later, Place, Refused, Sent
from briefs.ports import Ledger, Storage, Subscriptions
from tests.builders import NOON, TODAY, a_delivery, a_message, a_slot, a_subscription
from tests.contracts.test_storage_ledger import ALL, DAY, HERE, HOUR, LEASE, THERE, owed


async def take(storage: Storage, *planned, limit=9, worker="w"):
    """Plan what is there as it was read, and take of it at once."""
    return await storage.ledger.plan(planned, NOON, worker=worker, lease=LEASE, limit=limit)


async def put(storage: Storage, *places: Place):
    for place in places:
        await storage.subscriptions.put(a_subscription(place), a_slot())


async def states(ledger: Ledger, place=HERE):
    return [(record.state, record.delivery.attempt) for record in await ledger.last(place, "daily", 9)]


async def test_what_is_taken_is_as_a_claim_would_give_it_and_no_claim_gets_it(storage: Storage, ledger: Ledger):
    await put(storage, HERE)
    delivery = a_delivery(HERE, briefs=["a"])
    assert await take(storage, owed(delivery)) == (replace(delivery, attempt=1),)
    assert await states(ledger) == [("sending", 1)]
    assert await ledger.claim("other", NOON, LEASE, 9, ALL) == ()
    assert await ledger.next_due(ALL) == NOON + LEASE
    assert await ledger.claim("other", NOON + LEASE, LEASE, 9, ALL) == (replace(delivery, attempt=2),)


async def test_what_is_taken_is_settled_by_who_took_it_and_nobody_else(storage: Storage, ledger: Ledger):
    await put(storage, HERE, THERE)
    here, there = await take(storage, owed(a_delivery(HERE)), owed(a_delivery(THERE)))
    await ledger.settle([(here, Sent("r1"))], "w", NOON)
    await ledger.settle([(there, Sent("r2"))], "other", NOON)
    assert (await states(ledger), await states(ledger, THERE)) == ([("sent", 1)], [("sending", 1)])


async def test_nothing_is_taken_unless_it_is_asked_for(storage: Storage, ledger: Ledger):
    await put(storage, HERE)
    assert await ledger.plan([owed(a_delivery(HERE))], NOON) == ()
    assert await states(ledger) == [("pending", 0)]


async def test_as_many_are_taken_as_were_asked_for_in_the_order_given(storage: Storage, ledger: Ledger):
    places = [Place("s", f"c{number}") for number in (3, 1, 2)]
    await put(storage, *places)
    taken = await take(storage, *(owed(a_delivery(place)) for place in places), limit=2)
    assert [delivery.place for delivery in taken] == places[:2]
    assert [delivery.place for delivery in await ledger.claim("w", NOON, LEASE, 9, ALL)] == places[2:]


async def test_of_several_parts_the_first_is_taken_and_the_others_follow_it(storage: Storage, ledger: Ledger):
    await put(storage, HERE)
    parts = [a_delivery(HERE, part=part, message=a_message(f"Part {part}.")) for part in (1, 2)]
    [first] = await take(storage, owed(*parts))
    assert first == replace(parts[0], attempt=1)
    assert await ledger.claim("w", NOON, LEASE, 9, ALL) == ()
    await ledger.settle([(first, Sent("r"))], "w", NOON)
    assert await ledger.claim("w", NOON, LEASE, 9, ALL) == (replace(parts[1], attempt=1),)


async def test_what_is_due_later_is_not_taken(storage: Storage, ledger: Ledger):
    await put(storage, HERE)
    later = a_delivery(HERE, due=NOON + timedelta(microseconds=1))
    assert await take(storage, owed(later, slot=a_slot())) == ()
    assert await states(ledger) == [("pending", 0)]


@pytest.mark.parametrize("change", [{"at": time(9)}, {"by": "somebody"}, {"paused": "Gone."}], ids=lambda change: next(iter(change)))
async def test_what_was_changed_since_it_was_read_is_not_taken_and_the_others_are(storage: Storage, subscriptions: Subscriptions, change):
    await put(storage, THERE)
    await subscriptions.put(a_subscription(HERE, **change), a_slot())
    gone = owed(a_delivery(Place("s", "gone")))
    taken = await take(storage, owed(a_delivery(HERE)), gone, owed(a_delivery(THERE)))
    assert [delivery.place for delivery in taken] == [THERE]


@pytest.mark.parametrize("outcome", [Sent("r"), Later(HOUR, "?"), None], ids=["sent", "looked-for", "held"])
async def test_an_edition_that_may_have_been_read_is_not_taken_again(storage: Storage, ledger: Ledger, outcome):
    await put(storage, HERE)
    [first] = await take(storage, owed(a_delivery(HERE)))
    await ledger.settle([(first, outcome)] if outcome else [], "w", NOON)
    before = await ledger.last(HERE, "daily", 9)
    await put(storage, HERE)
    assert await take(storage, owed(a_delivery(HERE, message=a_message("Second.")))) == ()
    assert await ledger.last(HERE, "daily", 9) == before


async def test_an_edition_that_nobody_has_read_gives_way_to_one_that_is_taken(storage: Storage, ledger: Ledger):
    await put(storage, HERE)
    [first] = await take(storage, owed(a_delivery(HERE)))
    await ledger.settle([(first, Refused("No."))], "w", NOON)
    await put(storage, HERE)
    second = a_delivery(HERE, message=a_message("Second."))
    assert await take(storage, owed(second)) == (replace(second, attempt=1),)
    assert await states(ledger) == [("sending", 1)]


async def test_a_subscription_planned_twice_at_once_is_taken_once(storage: Storage, ledger: Ledger):
    await put(storage, HERE)
    assert len(await take(storage, owed(a_delivery(HERE), a_delivery(HERE)), owed(a_delivery(HERE)))) == 1
    assert await states(ledger) == [("sending", 1)]


async def test_what_is_taken_moves_the_subscription_on(storage: Storage, subscriptions: Subscriptions):
    await put(storage, HERE)
    await take(storage, owed(a_delivery(HERE)))
    assert await subscriptions.of(HERE) == ((a_subscription(HERE), a_slot(NOON + DAY)),)
    assert a_delivery(HERE).meant_for == TODAY
