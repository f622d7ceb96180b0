"""The contract of `Ledger` for what is looked for, taken over, sent again, or belongs to no edition."""

from dataclasses import replace
from datetime import timedelta

import pytest

from briefs.digest import Again, DeliveryState, Later, Refused, Sent, Skipped, Unknown, review_key
from briefs.ports import Ledger, Storage, Subscriptions
from tests.builders import NOON, TODAY, a_delivery, a_subscription
from tests.contracts.books import ALL
from tests.contracts.test_storage_ledger import DAY, HERE, HOUR, LEASE, THERE, owe, owed, plan

MINUTE = timedelta(minutes=1)


async def claim_one(ledger, now=NOON, worker="w"):
    [delivery] = await ledger.claim(worker, now, LEASE, 9, ALL)
    return delivery


async def settle_one(storage, outcome, *, now=NOON, delivery=None):
    """Owe today's edition, claim it, settle it."""
    await owe(storage, delivery or a_delivery(HERE))
    claimed = await claim_one(storage.ledger, now)
    await storage.ledger.settle([(claimed, outcome)], "w", now)
    return claimed


# --- looked for ------------------------------------------------------------------------------------------------------


async def test_what_may_have_arrived_is_claimed_after_its_delay_with_a_higher_attempt(storage: Storage, ledger: Ledger):
    claimed = await settle_one(storage, Later(MINUTE, "the answer was lost"))
    [record] = await ledger.last(HERE, "daily", 9)
    assert (record.state, record.reason, record.settled) == (DeliveryState.SENDING, "the answer was lost", None)
    assert await ledger.next_due(ALL) == NOON + MINUTE
    assert await ledger.claim("w", NOON + MINUTE - timedelta(microseconds=1), LEASE, 9, ALL) == ()
    assert await claim_one(ledger, NOON + MINUTE, "another") == replace(claimed, attempt=2)


async def test_what_is_stopped_while_it_is_looked_for_is_unknown(storage: Storage, ledger: Ledger, subscriptions: Subscriptions):
    await owe(storage, a_delivery(HERE))
    claimed = await claim_one(ledger)
    await subscriptions.remove(HERE, "daily", NOON)
    await ledger.settle([(claimed, Later(MINUTE, "?"))], "w", NOON)
    [record] = await ledger.last(HERE, "daily", 9)
    assert record.state == DeliveryState.UNKNOWN and record.reason.endswith("unsubscribed")


# --- taken over ------------------------------------------------------------------------------------------------------


async def test_what_the_dead_held_is_free_after_the_settle_time(storage: Storage, ledger: Ledger):
    await owe(storage, a_delivery(HERE), a_delivery(THERE))
    await ledger.claim("dead", NOON, LEASE, 9, ALL)
    assert await ledger.adopt("w", NOON + timedelta(seconds=1), timedelta(seconds=2), ALL) == 2
    assert await ledger.next_due(ALL) == NOON + timedelta(seconds=3)
    assert {d.attempt for d in await ledger.claim("w", NOON + timedelta(seconds=3), LEASE, 9, ALL)} == {2}


async def test_nothing_is_freed_that_is_ones_own_another_platforms_or_held_by_nobody(storage: Storage, ledger: Ledger):
    await owe(storage, a_delivery(HERE), a_delivery(HERE, "other"))
    held, looked_for = await ledger.claim("w", NOON, LEASE, 9, ALL)
    await ledger.settle([(looked_for, Later(LEASE / 2, "?"))], "w", NOON)
    assert await ledger.adopt("w", NOON, timedelta(seconds=1), ALL) == 0
    assert await ledger.adopt("other", NOON, timedelta(seconds=1), {"console"}) == 0
    assert await ledger.adopt("other", NOON, timedelta(seconds=1), ALL) == 1
    assert held.attempt == 1
    assert [d.name for d in await ledger.claim("other", NOON + timedelta(seconds=1), LEASE, 9, ALL)] == [held.name]


async def test_what_the_dead_held_for_too_long_waits_for_the_settle_time_all_the_same(storage: Storage, ledger: Ledger):
    await owe(storage, a_delivery(HERE))
    await ledger.claim("dead", NOON, LEASE, 9, ALL)
    assert await ledger.adopt("w", NOON + 2 * LEASE, MINUTE, ALL) == 1
    assert await ledger.claim("w", NOON + 2 * LEASE, LEASE, 9, ALL) == ()
    assert len(await ledger.claim("w", NOON + 2 * LEASE + MINUTE, LEASE, 9, ALL)) == 1


# --- sent again ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "attempt"),
    [
        pytest.param(Unknown("?"), 2, id="unknown-is-looked-for-first"),
        pytest.param(Refused("No."), 1, id="failed"),
        pytest.param(Skipped("Late."), 1, id="skipped"),
    ],
)
async def test_what_nobody_has_for_certain_can_be_sent_again(storage: Storage, ledger: Ledger, outcome, attempt):
    claimed = await settle_one(storage, outcome)
    again, until = NOON + 9 * HOUR, NOON + 12 * HOUR
    assert await ledger.resend(HERE, "daily", TODAY, again, until) == 1
    assert await ledger.next_due(ALL) == again
    assert await claim_one(ledger, again) == replace(claimed, attempt=attempt, until=until, insisted=True)


@pytest.mark.parametrize(
    "outcome", [Sent("r"), Again(HOUR, "busy"), Later(HOUR, "?"), None], ids=["sent", "pending", "looked-for", "sending"]
)
async def test_what_was_sent_or_is_on_its_way_is_not_sent_again(storage: Storage, ledger: Ledger, outcome):
    await owe(storage, a_delivery(HERE))
    claimed = await claim_one(ledger)
    if outcome:
        await ledger.settle([(claimed, outcome)], "w", NOON)
    before = await ledger.last(HERE, "daily", 9)
    assert await ledger.resend(HERE, "daily", TODAY, NOON, NOON + HOUR) == 0
    assert await ledger.last(HERE, "daily", 9) == before


async def test_nothing_else_is_sent_again(storage: Storage, ledger: Ledger):
    await owe(storage, a_delivery(HERE), a_delivery(HERE, "other"), a_delivery(THERE), a_delivery(HERE, meant_for=TODAY + DAY))
    claimed = await ledger.claim("w", NOON, LEASE, 9, ALL)
    await ledger.settle([(d, Refused("No.")) for d in claimed], "w", NOON)
    assert await ledger.resend(HERE, "daily", TODAY, NOON, NOON + HOUR) == 1
    states = [r.state for name in ("other", "daily") for r in await ledger.last(HERE, name, 9)] + [
        r.state for r in await ledger.last(THERE, "daily", 9)
    ]
    assert states == ["failed", "failed", "pending", "failed"]


async def test_an_edition_that_was_never_made_cannot_be_sent_again(storage: Storage, ledger: Ledger):
    await plan(storage, owed(subscription=a_subscription(HERE), skipped="nothing new"))
    assert await ledger.resend(HERE, "daily", TODAY, NOON, NOON + HOUR) == 0


@pytest.mark.parametrize("stop", ["remove", "pause"])
async def test_an_edition_that_runs_no_longer_is_not_sent_again(storage: Storage, ledger: Ledger, subscriptions: Subscriptions, stop):
    await settle_one(storage, Refused("No."))
    if stop == "remove":
        await subscriptions.remove(HERE, "daily", NOON)
    else:
        await subscriptions.pause(HERE, "Gone.", NOON)
    assert await ledger.resend(HERE, "daily", TODAY, NOON, NOON + HOUR) == 0


# --- of no edition ---------------------------------------------------------------------------------------------------


def a_request(version="1"):
    return replace(a_delivery(HERE, key=review_key("iraq", version)), name="")


async def test_what_belongs_to_no_edition_is_owed_once_and_needs_no_subscription(storage: Storage, ledger: Ledger):
    assert await ledger.owe([a_request(), a_request("2")]) == 2
    assert await ledger.owe([a_request(), a_request("3")]) == 1
    claimed = await ledger.claim("w", NOON, LEASE, 9, ALL)
    assert sorted(d.key for d in claimed) == [review_key("iraq", version) for version in "123"]
    await ledger.settle([(d, Sent("r")) for d in claimed], "w", NOON)
    assert await ledger.owe([a_request()]) == 0
    assert await ledger.claim("w", NOON + DAY, LEASE, 9, ALL) == ()


async def test_what_belongs_to_no_edition_is_tried_and_looked_for_again(storage: Storage, ledger: Ledger):
    await ledger.owe([a_request(), a_request("2")])
    first, second = await ledger.claim("w", NOON, LEASE, 9, ALL)
    await ledger.settle([(first, Again(HOUR, "busy")), (second, Later(HOUR, "?"))], "w", NOON)
    assert [d.attempt for d in await ledger.claim("w", NOON + HOUR, LEASE, 9, ALL)] == [1, 2]


# --- of a day --------------------------------------------------------------------------------------------------------


async def test_what_a_channel_had_on_a_day(storage: Storage, ledger: Ledger):
    await plan(
        storage,
        owed(*(a_delivery(HERE, part=part) for part in (1, 2))),
        owed(a_delivery(HERE, "evening")),
        owed(a_delivery(HERE, "failed")),
    )
    await owe(storage, a_delivery(THERE), a_delivery(HERE, "tomorrow", meant_for=TODAY + DAY))
    await ledger.owe([a_request()])
    while claimed := await ledger.claim("w", NOON, LEASE, 9, ALL):
        outcomes = {"failed": Refused("No."), "evening": Unknown("?")}
        await ledger.settle([(d, outcomes.get(d.name, Sent(f"r{d.part}"))) for d in claimed], "w", NOON)
    found = [(r.delivery.name, r.delivery.part, r.state, r.receipt) for r in await ledger.of_day(HERE, TODAY)]
    assert found == [("daily", 1, "sent", "r1"), ("daily", 2, "sent", "r2"), ("evening", 1, "unknown", "")]
    assert await ledger.of_day(HERE, TODAY - DAY) == ()
