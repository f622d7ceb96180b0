"""The contract of `Storage` for what is kept no longer: rejected drafts, old entries of the ledger, who asked for an edition."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefs.brief import State
from briefs.decision import Act
from briefs.digest import Progress, Refused, Sent, Skipped, Unknown
from briefs.ports import Curation, Ledger, Shelf, Storage, Subscriptions
from briefs.review import Review, Stage
from tests.builders import NOON, TODAY, a_brief, a_card, a_delivery, a_message, a_slot, a_subscription, an_article
from tests.contracts.books import ALL
from tests.contracts.desk import a_change, a_decision, a_draft
from tests.contracts.test_storage_edits import an_edit
from tests.contracts.test_storage_ledger import DAY, HERE, HOUR, LEASE, THERE, owe, owed, plan

YEAR = 100  # days of editions
FERRY = an_article(handle="ferry")
REJECTED = Review("ferry", stage=Stage.REJECTED, reason="No news.")


async def day(storage: Storage, number: int, became=None, *, place=HERE, brief: str = "") -> None:
    """One day's edition owed, and what became of it."""
    now = NOON + number * DAY
    meant_for, briefs = TODAY + number * DAY, (brief or f"b{number}",)
    message = a_message(f"Edition {number} of {place.space}.")
    await owe(storage, replace(a_delivery(place, meant_for=meant_for, due=now, message=message), briefs=briefs))
    for delivery in await storage.ledger.claim("w", now, LEASE, 99, ALL):
        await storage.ledger.settle([(delivery, became or Sent("m1"))], "w", now)


async def swept(ledger: Ledger, before, limit: int = 7) -> int:
    """Everything that may go, in small batches."""
    gone = 0
    while count := await ledger.expire(before, limit):
        assert count <= limit
        gone += count
    return gone


async def days_left(ledger: Ledger, place=HERE) -> list[int]:
    """The days of which anything is left, counted from the first."""
    return [(record.delivery.meant_for - TODAY).days for record in reversed(await ledger.last(place, "daily", 999))]


# --- the ledger ------------------------------------------------------------------------------------------------------


async def test_old_entries_go_and_the_last_fourteen_dates_of_each_edition_stay(storage: Storage, ledger: Ledger):
    for number in range(30):
        await day(storage, number)
        await day(storage, number, place=THERE)
    assert await swept(ledger, NOON + 10 * DAY) == 10 + 10
    assert await days_left(ledger) == await days_left(ledger, THERE) == list(range(10, 30))
    await swept(ledger, NOON + 99 * DAY)
    assert await days_left(ledger) == list(range(16, 30))
    assert await swept(ledger, NOON + 99 * DAY) == 0


async def test_what_nobody_has_had_goes_however_few_there_are(storage: Storage, ledger: Ledger):
    for number, became in enumerate((Sent("m"), Unknown("?"), Refused("No."), Skipped("Late."))):
        await day(storage, number, became)
    await swept(ledger, NOON + 99 * DAY)
    assert await days_left(ledger) == [0, 1]


async def test_what_is_still_owed_or_under_way_stays(storage: Storage, ledger: Ledger):
    await owe(storage, a_delivery(HERE))
    await owe(storage, a_delivery(THERE))
    [taken] = await ledger.claim("w", NOON, LEASE, 1, ALL)
    assert await swept(ledger, NOON + 999 * DAY) == 0
    await ledger.settle([(taken, Sent("m"))], "w", NOON)
    assert len(await ledger.claim("w", NOON, LEASE, 9, ALL)) == 1


async def test_what_belongs_to_no_edition_goes_once_it_is_old(storage: Storage, ledger: Ledger):
    await ledger.owe([an_edit("One.", of="m1"), replace(a_delivery(HERE, key="review:x:1"), name="", briefs=("review:x",))])
    for delivery in await ledger.claim("w", NOON, LEASE, 9, ALL):
        await ledger.settle([(delivery, Sent("m1"))], "w", NOON)
    assert await swept(ledger, NOON) == 0
    assert len(await ledger.posts_carrying("review:x", NOON)) == 1
    assert await swept(ledger, NOON + HOUR) == 2 + 2
    assert await ledger.posts_carrying("review:x", NOON) == ()


async def test_a_message_that_anything_points_to_stays(storage: Storage, ledger: Ledger):
    same = a_message("The same every day.")
    for number in range(20):
        now = NOON + number * DAY
        await owe(storage, a_delivery(HERE, meant_for=TODAY + number * DAY, due=now, message=same))
        for delivery in await ledger.claim("w", now, LEASE, 9, ALL):
            await ledger.settle([(delivery, Sent("m"))], "w", now)
    await swept(ledger, NOON + 99 * DAY)
    assert {record.delivery.message for record in await ledger.last(HERE, "daily", 99)} == {same}


async def test_a_message_that_went_can_be_posted_again(storage: Storage, ledger: Ledger):
    request = replace(a_delivery(HERE, key="review:x:1"), name="")
    for number in range(2):
        now = NOON + number * 99 * DAY
        assert await ledger.owe([replace(request, due=now, until=now + DAY)]) == 1
        [claimed] = await ledger.claim("w", now, LEASE, 9, ALL)
        assert claimed.message == request.message
        await ledger.settle([(claimed, Sent("m"))], "w", now)
        await swept(ledger, now + HOUR)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    gaps=st.lists(st.sampled_from([1, 1, 1, 2, 3, 7, 20]), min_size=1, max_size=40),
    became=st.lists(st.sampled_from([Sent("m"), Sent("m"), Unknown("?"), Skipped("Late."), Refused("No.")]), min_size=40, max_size=40),
    back=st.integers(0, 90),
)
async def test_how_far_readers_have_read_is_the_same_after_a_sweep(opener, tmp_path_factory, gaps, became, back):
    storage = await opener(tmp_path_factory.mktemp("sweep"))
    try:
        number = 0
        for gap, outcome in zip(gaps, became, strict=False):
            number += gap
            await day(storage, number, outcome)
        edition = (HERE, "daily")
        before = await storage.ledger.progress([edition])
        await swept(storage.ledger, NOON + (number - back) * DAY)
        assert await storage.ledger.progress([edition]) == before
    finally:
        await storage.close()


async def test_no_date_that_was_had_lately_can_be_owed_again(storage: Storage, ledger: Ledger):
    for number in range(80):
        await day(storage, number)
    await swept(ledger, NOON + 20 * DAY)
    for number in range(20, 80):
        again = a_delivery(HERE, meant_for=TODAY + number * DAY, due=NOON + number * DAY)
        await plan(storage, replace(owed(again), then=a_slot(NOON + YEAR * DAY), progress=Progress()))
    assert await ledger.claim("w", NOON + 99 * DAY, LEASE, 99, ALL) == ()


# --- the desk --------------------------------------------------------------------------------------------------------


async def reject(curation: Curation, *things, at=NOON) -> None:
    """A draft that comes with these things, rejected at that moment."""
    await curation.decide(a_decision(*(a_change(None, thing) for thing in things), act=Act.ADDED, at=at - DAY))
    waiting = next(thing for thing in things if isinstance(thing, Review))
    await curation.decide(a_decision(a_change(waiting, replace(waiting, stage=Stage.REJECTED)), act=Act.REJECTED, at=at))


@pytest.fixture
async def rejected(shelf: Shelf, curation: Curation):
    await shelf.put_article(FERRY)
    await reject(curation, a_draft(), replace(REJECTED, stage=Stage.WAITING))


async def test_a_draft_goes_once_it_was_rejected_long_ago_and_its_article_with_it(rejected, shelf: Shelf, curation: Curation):
    assert await curation.expire(NOON, 9) == 0
    assert await curation.expire(NOON + HOUR, 9) == 1
    assert await curation.dossier("ferry") is None
    assert await curation.brief("ferry") is None
    assert await shelf.article("ferry") is None
    assert await shelf.find("ferry", sample=True, drafts=True, limit=9) == ()
    assert await curation.expire(NOON + HOUR, 9) == 0


async def test_its_words_go_from_the_log_and_its_entries_stay(rejected, curation: Curation):
    await curation.expire(NOON + HOUR, 9)
    assert [one.act for one in await curation.log(about="ferry", limit=9)] == [Act.REJECTED, Act.ADDED]
    assert [(await curation.decision(number)).changes for number in (1, 2)] == [(), ()]


@pytest.mark.parametrize("stage", [Stage.WAITING, Stage.HELD, Stage.APPROVED])
async def test_what_is_not_rejected_stays_however_old(shelf: Shelf, curation: Curation, stage):
    await shelf.put_article(FERRY)
    review = replace(REJECTED, stage=stage)
    await curation.decide(a_decision(a_change(None, a_draft()), a_change(None, review), act=Act.ADDED))
    assert await curation.expire(NOON + 999 * DAY, 9) == 0
    assert await shelf.article("ferry") is not None


async def test_one_on_which_somebody_decided_since_stays(rejected, curation: Curation):
    await curation.decide(a_decision(act=Act.ANSWERED, at=NOON + DAY))
    assert await curation.expire(NOON + HOUR, 9) == 0


@pytest.mark.parametrize(
    "rests",
    [
        pytest.param(replace(a_brief("boat", state=State.DRAFT), also=(FERRY.id,)), id="another-source"),
        pytest.param(a_brief("boat", article=FERRY), id="a-brief"),
        pytest.param(a_card("Ferry line", article=FERRY), id="a-card"),
        pytest.param(Review("boat", cards=(a_card("Ferry line", article=FERRY),)), id="a-drafts-card"),
    ],
)
async def test_an_article_stays_where_anything_rests_on_it(rejected, shelf: Shelf, curation: Curation, rests):
    await curation.decide(a_decision(a_change(None, rests), act=Act.ADDED, about="boat"))
    assert await curation.expire(NOON + HOUR, 9) == 1
    assert await shelf.article("ferry") == FERRY


async def test_drafts_go_a_few_at_a_time(shelf: Shelf, curation: Curation):
    for name in ("a", "b", "c"):
        await shelf.put_article(an_article(handle=name))
        await reject(curation, a_draft(name), Review(name))
    assert [await curation.expire(NOON + HOUR, 2) for _ in range(3)] == [2, 1, 0]


async def test_what_was_swept_can_come_in_again(rejected, shelf: Shelf, curation: Curation):
    await curation.expire(NOON + HOUR, 9)
    await shelf.put_article(FERRY)
    await reject(curation, a_draft(), Review("ferry"))
    assert (await curation.dossier("ferry")).review.stage is Stage.REJECTED


# --- who asked for an edition ----------------------------------------------------------------------------------------


async def test_who_asked_for_an_edition_is_forgotten_in_one_space_and_the_edition_comes(storage: Storage, subscriptions: Subscriptions):
    mine = [a_subscription(HERE, by="7"), a_subscription(HERE, "evening", by="7", paused="Rests."), a_subscription(THERE, by="7")]
    for one in (*mine, a_subscription(HERE, "others", by="8")):
        await subscriptions.put(one, a_slot())
    assert await subscriptions.forget(HERE.space, "7") == 2
    assert {one.name: one.by for one, _ in await subscriptions.of(HERE)} == {"daily": "", "evening": "", "others": "8"}
    assert [one.by for one, _ in await subscriptions.of(THERE)] == ["7"]
    assert [one.subscription.name for one in await subscriptions.due(NOON, 9, ALL)] == ["daily", "others", "daily"]
    assert await subscriptions.forget(HERE.space, "7") == await subscriptions.forget(HERE.space, "") == 0


async def test_what_was_planned_of_one_as_it_was_before_is_planned_anew(storage: Storage, subscriptions: Subscriptions, ledger: Ledger):
    one = owed(a_delivery(HERE), subscription=a_subscription(HERE, by="7"))
    await subscriptions.put(one.subscription, one.slot)
    await subscriptions.forget(HERE.space, "7")
    await ledger.plan([one], NOON)
    assert await ledger.claim("w", NOON, LEASE, 9, ALL) == ()
    [due] = await subscriptions.due(NOON, 9, ALL)
    await ledger.plan([replace(one, subscription=due.subscription)], NOON)
    assert len(await ledger.claim("w", NOON, LEASE, 9, ALL)) == 1


# --- names -----------------------------------------------------------------------------------------------------------


async def test_the_name_goes_where_two_approved_together_and_where_names_were_merged(shelf: Shelf, curation: Curation):
    both = replace(a_brief("ferry"), approval=replace(a_brief("ferry").approval, by="Anna and Ben"))
    card = a_card("Hezbollah", "Hizb", "Party")
    first, second = card.entity.aliases
    aliases = (replace(first, origin="the article; merged by Anna; merged by Ben"), replace(second, origin="merged by Annabel"))
    card = replace(card, entity=replace(card.entity, aliases=aliases))
    await curation.decide(a_decision(a_change(None, both), a_change(None, card), act=Act.MERGED))
    await curation.decide(a_decision(by="Ben", person="console:ben", act=Act.UNDID, undoes=1, told="Anna merged “x”"))
    await curation.forget("console:anna", ["Anna"])
    assert (await shelf.brief("ferry")).approval.by == "a curator and Ben"
    found = await shelf.card("hezbollah")
    assert [alias.origin for alias in found.entity.aliases] == ["the article; merged by a curator; merged by Ben", "merged by Annabel"]
    assert [one.told for one in await curation.log(limit=1)] == ["a curator merged “x”"]
