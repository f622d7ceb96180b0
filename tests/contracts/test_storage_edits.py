"""The contract of `Ledger` for edits of posts, and for the posts that carry a brief."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from briefs.digest import Again, Delivery, Later, Place, Progress, Record, Refused, Sent, Settlement, Skipped, Unknown
from briefs.ports import Curation, Ledger, Storage, Subscriptions
from tests.builders import NOON, TODAY, a_delivery, a_message
from tests.contracts.books import ALL
from tests.contracts.desk import a_decision
from tests.contracts.test_storage_ledger import DAY, HERE, HOUR, LEASE, THERE, owe

MINUTE = timedelta(minutes=1)


def an_edit(text: str = "Mended.", *, of: str = "m1", place: Place = HERE, due: datetime = NOON, **more) -> Delivery:
    """An edit of a post, owed at noon, whose key is that of its text."""
    return replace(a_delivery(place, key=f"edit:{of}:{text}", message=a_message(text), due=due, **more), name="", edits=of)


async def send(storage: Storage, *deliveries: Delivery, now: datetime = NOON, receipt: str = "m1") -> None:
    """Owe editions and have them sent."""
    await owe(storage, *deliveries)
    for delivery in await storage.ledger.claim("w", now, LEASE, 99, ALL):
        await storage.ledger.settle([(delivery, Sent(receipt))], "w", now)


async def claim(ledger: Ledger, now: datetime = NOON, worker: str = "w") -> list[str]:
    """What is claimed, by the first words of its message."""
    return [delivery.message.summary for delivery in await ledger.claim(worker, now, LEASE, 99, ALL)]


async def tried(ledger: Ledger, became: Settlement, now: datetime = NOON) -> list[str]:
    """Claim whatever is owed, and settle it so."""
    claimed = await ledger.claim("w", now, LEASE, 99, ALL)
    await ledger.settle([(delivery, became) for delivery in claimed], "w", now)
    return [delivery.message.summary for delivery in claimed]


async def stands(ledger: Ledger, since: datetime = NOON) -> list[str]:
    """What the posts that carry the ferry say."""
    return [record.delivery.message.summary for record in await ledger.posts_carrying("ferry", since)]


# --- owing and claiming ----------------------------------------------------------------------------------------------


async def test_an_edit_comes_back_as_it_was_owed_and_needs_no_subscription(ledger: Ledger):
    assert await ledger.owe([an_edit(briefs=["ferry", "ferry@1"])]) == 1
    [claimed] = await ledger.claim("w", NOON, LEASE, 9, ALL)
    assert claimed == replace(an_edit(briefs=["ferry", "ferry@1"]), attempt=1)


async def test_an_edit_is_owed_once(ledger: Ledger):
    assert await ledger.owe([an_edit(), an_edit()]) == 1
    assert await tried(ledger, Sent("m1")) == ["Mended."]
    assert await ledger.owe([an_edit()]) == 0
    assert await claim(ledger, NOON + DAY) == []


async def test_unsubscribing_stops_no_edit(storage: Storage, ledger: Ledger, subscriptions: Subscriptions):
    await send(storage, a_delivery(HERE, briefs=["ferry"]))
    await ledger.owe([an_edit()])
    await subscriptions.pause(HERE, "Gone.", NOON)
    await subscriptions.remove(HERE, "daily", NOON)
    assert await claim(ledger) == ["Mended."]


async def test_a_later_edit_of_a_post_takes_the_place_of_one_that_waits(ledger: Ledger):
    for text in ("One.", "Two.", "Three."):
        assert await ledger.owe([an_edit(text)]) == 1
    assert await claim(ledger) == ["Three."]
    assert await ledger.owe([an_edit("One.")]) == 0  # it was owed already


async def test_so_it_does_where_both_are_owed_at_once(ledger: Ledger):
    assert await ledger.owe([an_edit("One."), an_edit("Other.", of="m2"), an_edit("Two.")]) == 3
    assert sorted(await claim(ledger)) == ["Other.", "Two."]


async def test_one_that_is_there_already_takes_nobodys_place(ledger: Ledger):
    await ledger.owe([an_edit("One.")])
    await ledger.owe([an_edit("Two.")])
    assert await ledger.owe([an_edit("One."), an_edit("Two.")]) == 0
    assert await claim(ledger) == ["Two."]


async def test_edits_of_other_posts_and_whatever_else_waits_stay(storage: Storage, ledger: Ledger):
    await owe(storage, a_delivery(HERE, message=a_message("Edition.")))
    await ledger.owe([an_edit("Other.", of="m2"), an_edit("There.", place=THERE), replace(a_delivery(HERE, key="review:x:1"), name="")])
    await ledger.owe([an_edit("One."), an_edit("Two.")])
    assert sorted(await claim(ledger)) == ["Edition.", "Good morning.", "Other.", "There.", "Two."]


async def test_an_edit_waits_while_another_of_its_post_is_sending(ledger: Ledger):
    await ledger.owe([an_edit("One.")])
    [first] = await ledger.claim("w", NOON, LEASE, 9, ALL)
    await ledger.owe([an_edit("Two."), an_edit("Other.", of="m2")])
    assert await claim(ledger) == ["Other."]
    assert await claim(ledger, NOON + LEASE - MINUTE) == []
    # Whoever waits for what is due does not look again and again meanwhile.
    assert await ledger.next_due(ALL) == NOON + LEASE
    await ledger.settle([(first, Sent("m1"))], "w", NOON + MINUTE)
    assert await ledger.next_due(ALL) == NOON
    assert await claim(ledger, NOON + MINUTE) == ["Two."]


async def test_an_edit_that_was_cut_off_is_made_before_the_later_one(ledger: Ledger):
    await ledger.owe([an_edit("One.")])
    await ledger.claim("dead", NOON, LEASE, 9, ALL)
    await ledger.owe([an_edit("Two.")])
    assert await tried(ledger, Sent("m1"), NOON + LEASE) == ["One."]
    assert await claim(ledger, NOON + LEASE) == ["Two."]


@pytest.mark.parametrize("became", [Sent("m1"), Refused("Gone."), Unknown("?"), Skipped("late")], ids=lambda became: type(became).__name__)
async def test_the_later_edit_comes_whatever_became_of_the_one_before(ledger: Ledger, became):
    await ledger.owe([an_edit("One.")])
    [first] = await ledger.claim("w", NOON, LEASE, 9, ALL)
    await ledger.owe([an_edit("Two.")])
    await ledger.settle([(first, became)], "w", NOON)
    assert await claim(ledger) == ["Two."]


async def test_an_edit_that_is_to_be_tried_again_gives_way_to_a_later_one(ledger: Ledger):
    await ledger.owe([an_edit("One.")])
    [first] = await ledger.claim("w", NOON, LEASE, 9, ALL)
    await ledger.owe([an_edit("Two.")])
    await ledger.settle([(first, Again(MINUTE, "busy"))], "w", NOON)
    assert await claim(ledger, NOON + HOUR) == ["Two."]


async def test_an_edit_that_is_looked_at_later_comes_before_a_later_one(ledger: Ledger):
    await ledger.owe([an_edit("One.")])
    [first] = await ledger.claim("w", NOON, LEASE, 9, ALL)
    await ledger.owe([an_edit("Two.")])
    await ledger.settle([(first, Later(MINUTE, "?"))], "w", NOON)
    assert await claim(ledger) == []
    assert await tried(ledger, Sent("m1"), NOON + MINUTE) == ["One."]
    assert await claim(ledger, NOON + MINUTE) == ["Two."]


async def test_an_edit_is_tried_again_where_none_is_later(ledger: Ledger):
    await ledger.owe([an_edit("One.")])
    assert await tried(ledger, Again(MINUTE, "busy")) == ["One."]
    await ledger.owe([an_edit("Other.", of="m2")])
    assert sorted(await claim(ledger, NOON + MINUTE)) == ["One.", "Other."]


async def test_a_decision_owes_edits_as_the_ledger_does(curation: Curation, ledger: Ledger):
    await curation.decide(a_decision(), [an_edit("One.")])
    await curation.decide(a_decision(), [an_edit("Two.")])
    assert await claim(ledger) == ["Two."]


async def test_editions_are_not_mistaken_for_edits(storage: Storage, ledger: Ledger):
    await send(storage, a_delivery(HERE, briefs=["a"]))
    progress = await ledger.progress([(HERE, "daily")])
    [record] = await ledger.last(HERE, "daily", 9)
    await ledger.owe([an_edit(briefs=["ferry"], meant_for=TODAY)])
    assert await tried(ledger, Sent("m1")) == ["Mended."]
    assert await ledger.progress([(HERE, "daily")]) == progress
    assert await ledger.progress([(HERE, "evening")]) == {(HERE, "evening"): Progress()}
    assert await ledger.last(HERE, "daily", 9) == await ledger.of_day(HERE, TODAY) == (record,)
    assert await ledger.had(HERE, "daily", TODAY - DAY) == {TODAY} and await ledger.had(HERE, "evening", TODAY - DAY) == frozenset()
    assert await ledger.carrying([(HERE, "daily")], {"a", "ferry"}) == {(HERE, "daily"): {"a"}}


# --- posts that carry a brief ----------------------------------------------------------------------------------------


async def test_the_posts_that_carry_a_brief_come_the_newest_first_with_their_receipts(storage: Storage, ledger: Ledger):
    first = a_delivery(HERE, briefs=["boat", "ferry"], message=a_message("First."))
    await send(storage, first, receipt="m1")
    await send(storage, a_delivery(THERE, briefs=["ferry"], part=1), now=NOON + HOUR, receipt="t1")
    await send(storage, a_delivery(HERE, "other", briefs=["boat"]), now=NOON + HOUR, receipt="m2")
    found = await ledger.posts_carrying("ferry", NOON)
    assert [(record.delivery.place, record.receipt, record.settled) for record in found] == [(THERE, "t1", NOON + HOUR), (HERE, "m1", NOON)]
    assert found[1] == Record(replace(first, attempt=1), "sent", NOON, "m1", "")
    assert found[0].settled and found[0].settled.tzinfo is UTC
    assert await ledger.posts_carrying("ferr", NOON) == await ledger.posts_carrying("\ud800", NOON) == ()


async def test_those_sent_before_are_left_out(storage: Storage, ledger: Ledger):
    await send(storage, a_delivery(HERE, briefs=["ferry"]))
    assert len(await ledger.posts_carrying("ferry", NOON.astimezone(ZoneInfo("Asia/Tokyo")))) == 1
    assert await ledger.posts_carrying("ferry", NOON + timedelta(microseconds=1)) == ()


@pytest.mark.parametrize("became", [Refused("No."), Unknown("?"), Skipped("late"), Again(HOUR, "busy"), Later(HOUR, "?")], ids=str)
async def test_what_was_not_sent_is_no_post(storage: Storage, ledger: Ledger, became):
    await owe(storage, a_delivery(HERE, briefs=["ferry"]))
    assert await stands(ledger, NOON - DAY) == []
    await tried(ledger, became)
    assert await stands(ledger, NOON - DAY) == []


async def test_a_post_says_what_its_newest_edit_says(storage: Storage, ledger: Ledger):
    await send(storage, a_delivery(HERE, briefs=["ferry"]))
    await send(storage, a_delivery(THERE, briefs=["ferry"]))  # a post of the same receipt elsewhere
    assert await stands(ledger) == ["Good morning."] * 2
    for minutes, text in enumerate(("One.", "Two.", "A third one."), 1):
        now = NOON + minutes * MINUTE
        await ledger.owe([an_edit(text, due=now)])
        assert await stands(ledger) == [text, "Good morning."]  # it waits
        await ledger.claim("w", now, LEASE, 9, ALL)
        assert await stands(ledger) == [text, "Good morning."]  # it is under way
        assert await tried(ledger, Sent("m1"), now + LEASE) == [text]
        assert await stands(ledger) == [text, "Good morning."]


async def test_a_further_edit_is_made_from_the_one_that_waits_for_its_turn(storage: Storage, ledger: Ledger):
    await send(storage, a_delivery(HERE, briefs=["ferry"]))
    await ledger.owe([an_edit("One.")])
    [first] = await ledger.claim("w", NOON, LEASE, 9, ALL)
    await ledger.owe([an_edit("Another.")])
    assert await stands(ledger) == ["Another."]
    await ledger.settle([(first, Sent("m1"))], "w", NOON)
    assert await stands(ledger) == ["Another."]


@pytest.mark.parametrize("became", [Refused("Gone."), Skipped("late")], ids=lambda became: type(became).__name__)
async def test_an_edit_that_failed_or_was_skipped_does_not_stand(storage: Storage, ledger: Ledger, became):
    await send(storage, a_delivery(HERE, briefs=["ferry"]))
    await ledger.owe([an_edit("One.")])
    await tried(ledger, Sent("m1"))
    await ledger.owe([an_edit("Two.")])
    assert await tried(ledger, became) == ["Two."]
    assert await stands(ledger) == ["One."]


async def test_a_post_carries_what_its_newest_edit_carries_too(storage: Storage, ledger: Ledger):
    await send(storage, a_delivery(HERE, briefs=["boat", "ferry"]))
    await ledger.owe([an_edit(briefs=["ferry", "ferry@1"])])
    [record] = await ledger.posts_carrying("ferry", NOON)
    assert record.delivery.briefs == ("boat", "ferry", "ferry@1")
    assert (record.delivery.name, record.delivery.edits, record.receipt) == ("daily", "", "m1")


async def test_no_post_is_lost_where_the_edition_was_removed(storage: Storage, ledger: Ledger, subscriptions: Subscriptions):
    await send(storage, a_delivery(HERE, briefs=["ferry"]))
    await subscriptions.remove(HERE, "daily", NOON)
    assert await stands(ledger) == ["Good morning."]


# --- posts that nobody owed ------------------------------------------------------------------------------------------


def a_share(receipt: str = "s1", *, place: Place = HERE, by: str = "anna", text: str = "Shared.") -> tuple[Delivery, Sent]:
    """A post that somebody shared."""
    made = a_delivery(place, key=f"share:{by}:{receipt}", message=a_message(text), due=NOON, briefs=["ferry", "ferry@1"])
    return replace(made, name=""), Sent(receipt)


async def test_a_post_that_nobody_owed_is_found_by_what_it_carries_and_edited_like_any_other(ledger: Ledger):
    await ledger.note_posts([a_share()], NOON)
    [record] = await ledger.posts_carrying("ferry", NOON)
    assert record == Record(replace(a_share()[0], attempt=1), "sent", NOON, "s1", "")
    assert await claim(ledger, NOON + DAY) == []
    await ledger.owe([an_edit(of="s1")])
    assert await tried(ledger, Sent("s1")) == ["Mended."]
    assert await stands(ledger) == ["Mended."]


async def test_it_is_noted_once_and_counts_for_no_edition(ledger: Ledger):
    await ledger.note_posts([a_share()], NOON)
    await ledger.note_posts([a_share(text="Otherwise."), a_share("s2", text="Second.")], NOON + HOUR)
    assert await stands(ledger) == ["Second.", "Shared."]
    assert await ledger.of_day(HERE, TODAY) == ()
    assert await ledger.carrying([(HERE, "daily")], {"ferry"}) == {}
    await ledger.note_posts([], NOON)


async def test_posts_are_counted_and_forgotten_by_whom_they_are_with_their_edits_and_words(ledger: Ledger):
    elsewhere = Place("discord:other", HERE.channel)
    mine, theirs = a_share(text="By Anna."), a_share("s2", by="anna2", text="By another.")
    await ledger.note_posts([mine, theirs, a_share(place=elsewhere, text="Elsewhere.")], NOON)
    await ledger.owe([an_edit("By Anna, mended.", of="s1"), an_edit("Theirs, mended.", of="s2")])
    assert [await ledger.noted(HERE.space, begins) for begins in ("share:anna:", "share:ann_:", "share:", "\ud800")] == [1, 0, 2, 0]
    assert await ledger.forget_posts(HERE.space, "share:anna:") == 1
    assert await ledger.forget_posts(HERE.space, "share:anna:") == 0
    assert sorted(await claim(ledger)) == ["Theirs, mended."]
    assert sorted(await stands(ledger)) == ["Elsewhere.", "Theirs, mended."]
    await ledger.note_posts([mine], NOON)  # its words were forgotten, and are written anew
    assert "By Anna." in await stands(ledger)


async def test_an_old_post_that_was_shared_expires_like_any_that_belongs_to_no_edition(ledger: Ledger):
    await ledger.note_posts([a_share()], NOON)
    assert await ledger.expire(NOON, 9) == 0
    assert await ledger.expire(NOON + DAY, 9) == 1
    assert await stands(ledger) == []
