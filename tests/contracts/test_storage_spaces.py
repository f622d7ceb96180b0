"""The contract of `Storage` for what rests, what is remembered of a space, and what came already."""

import asyncio
import gc
from dataclasses import replace
from datetime import timedelta

import pytest

from briefs.digest import Place, Sent
from briefs.ports import Asks, Ledger, Seen, Spaces, Storage, Subscriptions
from tests.builders import NOON, TODAY, a_delivery, a_message, a_slot, a_subscription
from tests.contracts.books import due
from tests.contracts.test_storage_ledger import ALL, DAY, HERE, HOUR, LEASE, THERE, a_zone_that_is_gone, owe, owed

GONE = "The channel is gone."
ELSEWHERE = Place(HERE.space, "elsewhere")
ODD_TEXTS = ["plain", "", "😀" * 3_000, "a\0b", "\ud800", "line\nline"]


# --- what rests ------------------------------------------------------------------------------------------------------


async def test_a_resting_subscription_is_stored_and_not_due(subscriptions: Subscriptions):
    resting = a_subscription(HERE, paused=GONE)
    await subscriptions.put(resting, a_slot())
    assert await subscriptions.of(HERE) == ((resting, a_slot()),)
    assert await subscriptions.due(NOON + DAY, 9, ALL) == ()
    assert await subscriptions.next_due(ALL) is None


async def test_a_resting_one_keeps_no_other_from_being_due(subscriptions: Subscriptions):
    await subscriptions.put(a_subscription(HERE, paused=GONE), a_slot(NOON - HOUR))
    await subscriptions.put(a_subscription(THERE), a_slot())
    assert await subscriptions.next_due(ALL) == NOON
    assert await due(subscriptions, NOON, 1) == ((a_subscription(THERE), a_slot()),)


async def test_putting_it_unpaused_lets_it_run_from_the_given_slot(subscriptions: Subscriptions):
    await subscriptions.put(a_subscription(HERE), a_slot())
    await subscriptions.pause(HERE, GONE, NOON)
    await subscriptions.put(a_subscription(HERE), a_slot(NOON + DAY))
    assert await subscriptions.next_due(ALL) == NOON + DAY
    assert await due(subscriptions, NOON + DAY, 9) == ((a_subscription(HERE), a_slot(NOON + DAY)),)


async def test_putting_it_paused_lets_it_rest(subscriptions: Subscriptions):
    await subscriptions.put(a_subscription(HERE), a_slot())
    await subscriptions.put(a_subscription(HERE, paused=GONE), a_slot())
    assert await subscriptions.due(NOON, 9, ALL) == ()


async def test_pausing_a_channel_returns_those_that_rest_newly_as_they_were_by_name(subscriptions: Subscriptions):
    running = [a_subscription(HERE, name, topics=[name]) for name in ("weekly", "daily")]
    for subscription in running:
        await subscriptions.put(subscription, a_slot(NOON + HOUR))
    assert await subscriptions.pause(HERE, GONE, NOON) == (running[1], running[0])
    assert await subscriptions.pause(HERE, "Again.", NOON) == ()
    assert await subscriptions.of(HERE) == tuple((replace(s, paused=GONE), a_slot(NOON + HOUR)) for s in reversed(running))
    assert await subscriptions.due(NOON + DAY, 9, ALL) == ()


async def test_one_that_rests_already_keeps_its_own_reason(subscriptions: Subscriptions):
    await subscriptions.put(a_subscription(HERE, "evening", paused="On holiday."), a_slot())
    await subscriptions.put(a_subscription(HERE), a_slot())
    assert await subscriptions.pause(HERE, GONE, NOON) == (a_subscription(HERE),)
    assert [s.paused for s, _ in await subscriptions.of(HERE)] == [GONE, "On holiday."]


async def test_no_other_channel_is_paused(subscriptions: Subscriptions):
    for place in (HERE, ELSEWHERE, THERE):
        await subscriptions.put(a_subscription(place), a_slot())
    await subscriptions.pause(HERE, GONE, NOON)
    assert [s.place for s, _ in await due(subscriptions, NOON, 9)] == [ELSEWHERE, THERE]


async def test_what_rests_still_rests_in_another_store(subscriptions: Subscriptions, opener, tmp_path):
    await subscriptions.put(a_subscription(HERE), a_slot())
    await subscriptions.pause(HERE, GONE, NOON)
    other = await opener(tmp_path)
    try:
        assert await other.subscriptions.of(HERE) == ((a_subscription(HERE, paused=GONE), a_slot()),)
        assert await other.subscriptions.due(NOON, 9, ALL) == ()
    finally:
        await other.close()


async def test_what_is_owed_of_a_paused_channel_is_skipped_and_the_rest_stays(
    storage: Storage, subscriptions: Subscriptions, ledger: Ledger
):
    days = [a_delivery(HERE, meant_for=TODAY + DAY * n, due=NOON + DAY * n) for n in range(3)]
    others = [a_delivery(ELSEWHERE, due=NOON + 2 * DAY), a_delivery(THERE, due=NOON + 2 * DAY)]
    await owe(storage, *days, *others)
    [sent] = await ledger.claim("w", NOON, LEASE, 1, ALL)
    await ledger.settle([(sent, Sent("m"))], "w", NOON)
    assert len(await ledger.claim("w", NOON + DAY, LEASE, 1, ALL)) == 1
    await subscriptions.pause(HERE, GONE, NOON + DAY)
    records = await ledger.last(HERE, "daily", 9)
    assert [(r.state, r.reason) for r in records] == [("skipped", f"paused: {GONE}"), ("sending", ""), ("sent", "")]
    assert records[0].settled == NOON + DAY
    left = await ledger.claim("w", NOON + 3 * DAY, LEASE, 9, ALL)
    assert {d.key for d in left} == {d.key for d in others}


async def test_an_edition_skipped_by_a_pause_gives_way_to_one_that_is_owed(storage: Storage, subscriptions: Subscriptions, ledger: Ledger):
    await subscriptions.put(a_subscription(HERE), a_slot())
    await owe(storage, a_delivery(HERE, due=NOON + HOUR))
    await subscriptions.pause(HERE, GONE, NOON)
    await subscriptions.put(a_subscription(HERE), a_slot(NOON + 2 * HOUR))
    again = a_delivery(HERE, due=NOON + 2 * HOUR, message=a_message("Again."))
    await owe(storage, again)
    assert await ledger.claim("w", NOON + DAY, LEASE, 9, ALL) == (replace(again, attempt=1),)


async def test_one_that_cannot_be_read_rests_too_and_is_not_returned(subscriptions: Subscriptions):
    await subscriptions.put(replace(a_subscription(HERE, "bad"), zone=a_zone_that_is_gone()), a_slot())
    await subscriptions.put(a_subscription(HERE), a_slot())
    assert await subscriptions.pause(HERE, GONE, NOON) == (a_subscription(HERE),)
    assert await subscriptions.next_due(ALL) is None


async def test_a_pause_is_all_or_nothing(storage: Storage, subscriptions: Subscriptions, ledger: Ledger):
    await owe(storage, a_delivery(HERE))
    await subscriptions.put(a_subscription(HERE), a_slot())
    for pause in (
        subscriptions.pause(HERE, GONE, NOON.replace(tzinfo=None)),
        subscriptions.pause_space(HERE.space, GONE, NOON.replace(tzinfo=None)),
    ):
        with pytest.raises(ValueError, match="aware"):
            await pause
    assert await due(subscriptions, NOON, 9) == ((a_subscription(HERE), a_slot()),)
    assert [record.state for record in await ledger.last(HERE, "daily", 9)] == ["pending"]


async def test_nothing_rests_without_a_reason(subscriptions: Subscriptions):
    await subscriptions.put(a_subscription(HERE), a_slot())
    for pause in (subscriptions.pause(HERE, "", NOON), subscriptions.pause_space(HERE.space, "", NOON)):
        with pytest.raises(ValueError, match="reason"):
            await pause
    assert await due(subscriptions, NOON, 9) == ((a_subscription(HERE), a_slot()),)


async def test_pausing_a_space_pauses_all_its_channels_and_no_other_spaces(storage: Storage, subscriptions: Subscriptions, ledger: Ledger):
    bad = replace(a_subscription(HERE, "bad"), zone=a_zone_that_is_gone())
    rested = a_subscription(HERE, "rested", paused="On holiday.")
    neighbour = Place(f"{HERE.space}2", HERE.channel)
    await owe(storage, *(a_delivery(place) for place in (HERE, ELSEWHERE, neighbour, THERE)), a_delivery(HERE, "rested"))
    for subscription in (bad, rested):  # `put` leaves what is owed
        await subscriptions.put(subscription, a_slot())
    assert await subscriptions.pause_space(HERE.space, GONE, NOON) == 3
    assert await subscriptions.pause_space(HERE.space, "Again.", NOON) == 0
    assert [s.paused for s, _ in await subscriptions.of(HERE)] == [GONE, "On holiday."]
    assert [s.place for s, _ in await due(subscriptions, NOON + DAY, 9)] == [neighbour, THERE]
    for place in (HERE, ELSEWHERE):
        [record] = await ledger.last(place, "daily", 9)
        assert (record.state, record.reason, record.settled) == ("skipped", f"paused: {GONE}", NOON)
    assert [record.state for record in await ledger.last(HERE, "rested", 9)] == ["pending"]
    left = await ledger.claim("w", NOON, LEASE, 9, ALL)
    assert {(d.place, d.name) for d in left} == {(neighbour, "daily"), (THERE, "daily")}


async def test_of_one_paused_since_it_was_read_nothing_is_owed_and_nothing_recorded(subscriptions: Subscriptions, ledger: Ledger):
    for subscription in (a_subscription(HERE), a_subscription(HERE, "late"), a_subscription(THERE)):
        await subscriptions.put(subscription, a_slot())
    await subscriptions.pause(HERE, GONE, NOON)
    late = owed(subscription=a_subscription(HERE, "late"), skipped="Late.")
    await ledger.plan([owed(a_delivery(HERE)), late, owed(a_delivery(THERE))], NOON)
    assert await ledger.last(HERE, "daily", 9) == await ledger.last(HERE, "late", 9) == ()
    assert [slot for _, slot in await subscriptions.of(HERE)] == [a_slot(), a_slot()]
    assert [d.place for d in await ledger.claim("w", NOON, LEASE, 9, ALL)] == [THERE]
    assert [slot for _, slot in await subscriptions.of(THERE)] == [a_slot(NOON + DAY)]


async def test_one_that_rested_when_it_was_read_is_neither_owed_nor_moved(subscriptions: Subscriptions, ledger: Ledger):
    resting = a_subscription(HERE, paused=GONE)
    await subscriptions.put(resting, a_slot())
    await ledger.plan([owed(a_delivery(HERE), subscription=resting)], NOON)
    assert await subscriptions.of(HERE) == ((resting, a_slot()),)
    assert await ledger.last(HERE, "daily", 9) == ()


# --- notes -----------------------------------------------------------------------------------------------------------


async def test_nothing_is_noted_of_a_space_nobody_knows(spaces: Spaces):
    assert await spaces.noted("discord:1", "home") == ""


async def test_a_note_replaces_the_one_of_its_name(spaces: Spaces):
    await spaces.note("discord:1", "home", "old")
    await spaces.note("discord:1", "other", "kept")
    await spaces.note("discord:1", "home", "new")
    assert await spaces.noted("discord:1", "home") == "new"
    assert await spaces.noted("discord:1", "other") == "kept"


@pytest.mark.parametrize("value", ODD_TEXTS)
async def test_a_note_comes_back_word_for_word(spaces: Spaces, value):
    await spaces.note("discord:1", "home", value)
    assert await spaces.noted("discord:1", "home") == value
    assert await spaces.note_once("discord:2", "home", value) is True
    assert await spaces.noted("discord:2", "home") == value


async def test_a_space_never_sees_anothers_notes(spaces: Spaces):
    await spaces.note("discord:1", "home", "one")
    assert await spaces.noted("discord:2", "home") == ""
    assert await spaces.note_once("discord:2", "home", "two") is True
    assert await spaces.noted("discord:1", "home") == "one"


async def test_what_is_noted_once_stays_as_it_was_first(spaces: Spaces):
    assert await spaces.note_once("discord:1", "welcome", "first") is True
    assert await spaces.note_once("discord:1", "welcome", "second") is False
    assert await spaces.noted("discord:1", "welcome") == "first"


@pytest.mark.parametrize("value", ["something", ""])
async def test_what_is_noted_already_is_not_noted_once(spaces: Spaces, value):
    await spaces.note("discord:1", "welcome", value)
    assert await spaces.note_once("discord:1", "welcome", "second") is False
    assert await spaces.noted("discord:1", "welcome") == value


async def test_of_many_at_the_same_moment_one_notes(storage: Storage, opener, tmp_path):
    stores = [storage, await opener(tmp_path), await opener(tmp_path)]
    try:
        for name in ("a", "b", "c", "d"):
            said = await asyncio.gather(*(store.spaces.note_once("discord:1", name, str(n)) for n, store in enumerate(stores * 5)))
            assert said.count(True) == 1
            assert await storage.spaces.noted("discord:1", name) == str(said.index(True))
    finally:
        for other in stores[1:]:
            await other.close()


async def test_forgetting_a_space_forgets_its_notes_and_lines_and_no_others(spaces: Spaces, asks: Asks):
    short = ""
    for space in ("discord:1", "discord:12"):
        await spaces.note(space, "home", "x")
        await spaces.note_once(space, "welcome", "x")
        short = await asks.keep(space, "/brief")
    await spaces.forget("discord:1")
    assert [await spaces.noted("discord:1", name) for name in ("home", "welcome")] == ["", ""]
    assert await asks.recall("discord:1", short) is None
    assert [await spaces.noted("discord:12", name) for name in ("home", "welcome")] == ["x", "x"]
    assert await asks.recall("discord:12", short) == "/brief"


async def test_what_was_noted_once_and_forgotten_may_be_noted_once_again(spaces: Spaces):
    await spaces.note_once("discord:1", "welcome", "x")
    await spaces.forget("discord:1")
    assert await spaces.note_once("discord:1", "welcome", "y") is True


async def test_forgetting_a_space_leaves_its_subscriptions_and_the_ledger(storage: Storage):
    await owe(storage, a_delivery(HERE))
    await storage.subscriptions.put(a_subscription(HERE), a_slot())
    before = await storage.ledger.last(HERE, "daily", 9)
    await storage.spaces.forget(HERE.space)
    assert await due(storage.subscriptions, NOON, 9) == ((a_subscription(HERE), a_slot()),)
    assert await storage.ledger.last(HERE, "daily", 9) == before != ()


# --- what came already -----------------------------------------------------------------------------------------------


async def test_a_token_comes_first_once(seen: Seen):
    assert [await seen.first("slack:T", "Ev1", NOON, HOUR) for _ in range(3)] == [True, False, False]
    assert await seen.first("slack:T", "Ev2", NOON, HOUR) is True


async def test_a_space_never_sees_anothers_tokens(seen: Seen):
    assert await seen.first("slack:T", "Ev1", NOON, HOUR) is True
    assert await seen.first("slack:T2", "Ev1", NOON, HOUR) is True


async def test_a_token_is_remembered_until_its_time_is_over(seen: Seen):
    await seen.first("slack:T", "Ev1", NOON, HOUR)
    assert await seen.first("slack:T", "Ev1", NOON + HOUR - timedelta(microseconds=1), DAY) is False
    assert await seen.first("slack:T", "Ev1", NOON + HOUR, HOUR) is True
    assert await seen.first("slack:T", "Ev1", NOON + HOUR, HOUR) is False


async def test_a_token_is_the_first_again_however_many_are_older(seen: Seen):
    for number in range(120):
        await seen.first("slack:T", f"Ev{number}", NOON, HOUR)
    await seen.first("slack:T", "last", NOON, 2 * HOUR)
    assert [await seen.first("slack:T", "last", NOON + 2 * HOUR, HOUR) for _ in range(2)] == [True, False]


@pytest.mark.parametrize("token", [*ODD_TEXTS, "x" * 10_000])
async def test_any_text_is_a_token(seen: Seen, token):
    assert [await seen.first("slack:T", token, NOON, HOUR) for _ in range(2)] == [True, False]


async def test_a_token_that_came_is_known_to_another_store(seen: Seen, opener, tmp_path):
    await seen.first("slack:T", "Ev1", NOON, HOUR)
    other = await opener(tmp_path)
    try:
        assert await other.seen.first("slack:T", "Ev1", NOON, HOUR) is False
    finally:
        await other.close()


async def test_of_many_at_the_same_moment_one_is_first(storage: Storage, opener, tmp_path):
    stores = [storage, await opener(tmp_path), await opener(tmp_path)]
    try:
        for moment in (NOON, NOON + HOUR):  # when it is new, and when its time is over
            said = await asyncio.gather(*(store.seen.first("slack:T", "Ev1", moment, HOUR) for store in stores * 5))
            assert said.count(True) == 1
    finally:
        for other in stores[1:]:
            await other.close()


# --- all of a space's ------------------------------------------------------------------------------------------------


async def test_a_spaces_subscriptions_are_those_of_all_its_channels_and_of_no_other_space(subscriptions: Subscriptions):
    own = [a_subscription(ELSEWHERE), a_subscription(HERE, "daily"), a_subscription(HERE, "weekly", paused=GONE)]
    for subscription in (*reversed(own), a_subscription(THERE)):
        await subscriptions.put(subscription, a_slot())
    found = await subscriptions.of_space(HERE.space)
    assert found == tuple((subscription, a_slot()) for subscription in sorted(own, key=lambda s: (s.channel, s.name)))
    assert await subscriptions.of_space("nowhere") == ()


async def test_a_token_leaves_nothing_that_only_the_collector_could_let_go_of(seen: Seen):
    await seen.first("slack:T", "Ev0", NOON, HOUR)
    gc.collect()
    gc.disable()
    try:
        for number in range(1, 51):
            await seen.first("slack:T", f"Ev{number}", NOON, HOUR)
        assert gc.collect() < 50
    finally:
        gc.enable()
