"""What an edition says from day to day: news once, corrections once, quiet days told, today's sent early."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.storage.storage import open_storage
from briefs.brief import Brief, Correction, State
from briefs.desk.compose import ANSWERS_MAX, Reading
from briefs.digest import KEPT, Empty, Refused, next_slot
from briefs.message import Section, Story
from tests.builders import a_brief, a_card, a_line, a_place, a_subscription, an_article
from tests.clocked import Clocked
from tests.fakes import FakePublisher
from tests.words import words_of

SUNDAY = datetime(2026, 11, 22, 6, tzinfo=UTC)
DUE = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
async def storage(tmp_path):
    storage = await open_storage(tmp_path / "s.db")
    yield storage
    await storage.close()


@pytest.fixture
def channel():
    return FakePublisher()


@pytest.fixture
def deliver(storage, channel):
    return Clocked(storage, {"console": channel})


async def shelve(storage, *briefs: Brief):
    for brief in briefs:
        await storage.shelf.put_article(an_article(handle=brief.slug))
        await storage.shelf.put_brief(brief)


async def subscribe(storage, **changes):
    subscription = a_subscription(**changes)
    await storage.subscriptions.put(subscription, next_slot(subscription, SUNDAY))
    return subscription


def stories(channel):
    return [
        [block.headline.removeprefix("Headline of ") for block in message.blocks if isinstance(block, Story)]
        for _, _, message in channel.posts
    ]


async def last_state(storage):
    return (await storage.ledger.last(a_place(), "daily", 1))[-1]


# --- news ------------------------------------------------------------------------------------------------------------


async def test_over_weeks_each_brief_is_carried_once_and_none_is_lost(storage, channel, deliver):
    await subscribe(storage)
    slugs = []
    for day in range(20):
        if day % 3 != 1:  # some days have nothing, some have more than one edition takes
            for number in range(1 + day % 5):
                slugs.append(f"b{day}-{number}")
                await shelve(storage, a_brief(slugs[-1], approved=DUE + day * DAY - HOUR + timedelta(minutes=number)))
        await deliver.run_at(DUE + day * DAY)
    for day in range(20, 32):
        await deliver.run_at(DUE + day * DAY)
    carried = [slug for story in stories(channel) for slug in story]
    assert sorted(carried) == sorted(set(carried))
    # The first edition has the newest three of what there was; everything later comes.
    assert set(carried) == set(slugs)


async def test_what_is_remembered_of_an_edition_does_not_grow_for_ever(storage, channel, deliver):
    await subscribe(storage)
    for day in range(30):
        await shelve(storage, a_brief(f"b{day}", approved=DUE + day * DAY - HOUR))
        await deliver.run_at(DUE + day * DAY)
    [due] = await storage.subscriptions.due(DUE + 30 * DAY, 9, {"console"})
    assert len(channel.posts) == 30
    assert due.progress.since >= DUE + 20 * DAY
    assert len(due.progress.carried) <= 2 * (2 * KEPT).days + 2


async def test_news_of_an_edition_that_nobody_got_comes_with_the_next_one(storage, channel, deliver):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    await deliver.run_at(DUE)
    await shelve(storage, a_brief("crane", approved=DUE + HOUR))
    channel.script = [Refused("AutoMod held it back.")]
    await deliver.run_at(DUE + DAY)
    await deliver.run_at(DUE + 2 * DAY)
    assert stories(channel) == [["ferry"], ["crane"]]


async def test_only_briefs_on_the_topics_or_naming_the_entities_asked_for(storage, channel, deliver):
    await storage.shelf.put_card(a_card("Port Authority", slug="port-authority"))
    await shelve(
        storage,
        a_brief("ferry", topics=["sea"]),
        a_brief("crane", entities=["port-authority"]),
        a_brief("bus", topics=["land"]),
    )
    await subscribe(storage, topics=["sea"], entities=["port-authority"])
    await deliver.run_at(DUE)
    assert sorted(stories(channel)[0]) == ["crane", "ferry"]
    await shelve(
        storage,
        a_brief("tram", topics=["land"], approved=DUE + HOUR),
        a_brief("dock", entities=["port-authority"], approved=DUE + HOUR),
    )
    await deliver.run_at(DUE + DAY)
    assert stories(channel)[1] == ["dock"]


async def test_on_a_busy_shelf_little_is_remembered_and_what_waits_too_long_is_told_no_more(storage, channel, deliver):
    await subscribe(storage)
    for day in range(40):
        for number in range(5):
            await shelve(storage, a_brief(f"b{day:02}-{number}", approved=DUE + day * DAY - HOUR + timedelta(minutes=number)))
        await deliver.run_at(DUE + day * DAY)
        [due] = await storage.subscriptions.due(DUE + 41 * DAY, 9, {"console"})
        assert len(due.progress.carried) <= 5 * (KEPT.days + 1)
    for day in range(40, 48):
        await deliver.run_at(DUE + day * DAY)
    carried = [slug for story in stories(channel) for slug in story]
    assert sorted(carried) == sorted(set(carried))
    # Once no more comes, what the last days left is told, and no more of it said to wait than comes.
    assert set(carried) >= {f"b{day}-{number}" for day in (38, 39) for number in range(5)}
    [waiting] = [
        words_of(message).split(" more wait")[0].split()[-1]
        for _, key, message in channel.posts
        if (DUE + 39 * DAY).date().isoformat() in key
    ]
    came = [slug for story in stories(channel)[40:] for slug in story]
    assert 0 < len(came) <= int(waiting)


async def test_what_waits_for_a_weekly_edition_is_not_dropped_before_it_comes(storage, channel, deliver):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage, days=frozenset({6}))
    await deliver.run_at(DUE)
    for number in range(5):
        await shelve(storage, a_brief(f"b{number}", approved=DUE + DAY + number * HOUR))
    for week in (1, 2, 3):
        await deliver.run_at(DUE + 7 * week * DAY)
    assert stories(channel) == [["ferry"], ["b4", "b3", "b2"], ["b1", "b0"]]


async def resubscribed(storage, channel, deliver, **terms):
    """Slugs carried before and after a channel that has had a month of editions asks anew."""
    await subscribe(storage, topics=["a"])
    for day in range(30):
        for number in range(1 + 3 * (day == 29)):
            for topic in "ab":
                slug = f"{topic}{day:02}-{number}"
                await shelve(storage, a_brief(slug, topics=[topic], approved=DUE + day * DAY - HOUR + timedelta(minutes=number)))
        await deliver.run_at(DUE + day * DAY)
    before = len(channel.posts)
    await storage.subscriptions.remove(a_place(), "daily", DUE + 29 * DAY + HOUR)
    subscription = a_subscription(**terms)
    await storage.subscriptions.put(subscription, next_slot(subscription, DUE + 29 * DAY + HOUR))
    for day in range(30, 36):
        await deliver.run_at(DUE + day * DAY)
    told = stories(channel)
    return [slug for story in told[:before] for slug in story], [slug for story in told[before:] for slug in story]


async def test_subscribing_again_on_the_same_terms_neither_loses_nor_doubles_news(storage, channel, deliver):
    before, after = await resubscribed(storage, channel, deliver, topics=["a"])
    assert sorted(before + after) == sorted({f"a{day:02}-0" for day in range(30)} | {f"a29-{number}" for number in range(4)})
    assert after == ["a29-0"]


async def test_other_topics_begin_with_the_last_edition_and_dig_nothing_up(storage, channel, deliver):
    _, after = await resubscribed(storage, channel, deliver, topics=["b"])
    assert {f"b29-{number}" for number in range(4)} <= set(after)
    assert len(after) == len(set(after)) and min(after) >= f"b{29 - KEPT.days}"


async def test_a_brief_approved_before_the_first_edition_and_put_after_it_is_told(storage, channel, deliver):
    await shelve(storage, *(a_brief(f"b{number}", approved=DUE - HOUR) for number in range(5)))
    await subscribe(storage)
    await deliver.run_at(DUE)
    await shelve(storage, a_brief("late", approved=DUE - timedelta(minutes=1)))
    for day in (1, 2):
        await deliver.run_at(DUE + day * DAY)
    # And of what was there when the first one came, only what it told.
    assert stories(channel) == [["b4", "b3", "b2"], ["late"]]


async def test_a_brief_that_came_between_a_late_first_edition_and_its_time_is_told_with_the_next(storage, channel, deliver):
    await subscribe(storage)
    await shelve(storage, *(a_brief(f"b{number}", approved=DUE + timedelta(minutes=number)) for number in range(1, 5)))
    await deliver.run_at(DUE + HOUR)
    await deliver.run_at(DUE + DAY)
    assert stories(channel) == [["b4", "b3", "b2"], ["b1"]]


async def test_answers_of_the_shelf_are_kept_for_a_wave_and_no_more():
    reading = Reading(lambda: DUE)

    async def ask():
        return "an answer"

    for number in range(2 * ANSWERS_MAX):
        assert await reading.once((number,), ask) == "an answer"
    assert len(reading._kept) == ANSWERS_MAX and (2 * ANSWERS_MAX - 1,) in reading._kept


# --- corrections -----------------------------------------------------------------------------------------------------


def corrected(brief: Brief, at: datetime, was="It sank at dawn.") -> Brief:
    line = a_line("It sank at dusk.", brief.article)
    return replace(brief, bottom_line=line, corrections=(*brief.corrections, Correction(at, line, was, "the hour was wrong")))


def sections(message):
    return [block for block in message.blocks if isinstance(block, Section)]


async def test_a_correction_of_what_the_channel_had_comes_first_and_once(storage, channel, deliver):
    brief = a_brief("ferry")
    await shelve(storage, brief)
    await subscribe(storage)
    await deliver.run_at(DUE)
    await storage.shelf.put_brief(corrected(brief, DUE + HOUR))
    await shelve(storage, a_brief("crane", approved=DUE + 2 * HOUR))
    for day in (1, 2, 3):
        await deliver.run_at(DUE + day * DAY)
    assert len(channel.posts) == 2
    message = channel.posts[1][2]
    assert stories(channel)[1] == ["crane"]
    kinds = [type(block) for block in message.blocks]
    assert kinds.index(Section) < kinds.index(Story)
    assert "It sank at dawn." in words_of(message) and "It sank at dusk." in words_of(message)


async def test_a_correction_comes_on_a_day_without_news_even_where_such_days_are_silent(storage, channel, deliver):
    brief = a_brief("ferry")
    await shelve(storage, brief)
    await subscribe(storage, empty=Empty.SKIP)
    await deliver.run_at(DUE)
    await storage.shelf.put_brief(corrected(brief, DUE + HOUR))
    await deliver.run_at(DUE + DAY)
    assert len(channel.posts) == 2 and sections(channel.posts[1][2])


async def test_a_channel_that_never_had_the_brief_is_not_told_of_its_correction(storage, channel, deliver):
    brief = a_brief("ferry", topics=["sea"])
    await shelve(storage, brief, a_brief("bus", topics=["land"]))
    await subscribe(storage, topics=["land"])
    await deliver.run_at(DUE)
    await storage.shelf.put_brief(corrected(brief, DUE + HOUR))
    await deliver.run_at(DUE + DAY)
    assert len(channel.posts) == 1


async def test_who_had_the_story_as_it_stands_now_is_told_no_earlier_correction_of_it(storage, channel, deliver):
    brief = corrected(a_brief("ferry"), DUE - 5 * DAY)
    await shelve(storage, brief)
    await subscribe(storage)
    await deliver.run_at(DUE)
    await deliver.run_at(DUE + DAY)
    assert len(channel.posts) == 1
    await storage.shelf.put_brief(corrected(brief, DUE + DAY + HOUR, was="It sank at dusk, they said."))
    await deliver.run_at(DUE + 2 * DAY)
    assert len(channel.posts) == 2
    told = words_of(channel.posts[1][2])
    assert "they said" in told and "at dawn" not in told


async def test_a_correction_of_which_nobody_heard_is_told_again(storage, channel, deliver):
    brief = a_brief("ferry")
    await shelve(storage, brief)
    await subscribe(storage)
    await deliver.run_at(DUE)
    await storage.shelf.put_brief(corrected(brief, DUE + HOUR))
    channel.script = [Refused("No.")]
    await deliver.run_at(DUE + DAY)
    await deliver.run_at(DUE + 2 * DAY)
    assert len(channel.posts) == 2 and "It sank at dusk." in words_of(channel.posts[1][2])


async def test_a_brief_that_was_withdrawn_is_told_to_those_who_had_it(storage, channel, deliver):
    brief = a_brief("ferry")
    await shelve(storage, brief)
    await subscribe(storage)
    await deliver.run_at(DUE)
    await storage.shelf.put_brief(replace(brief, state=State.WITHDRAWN, approval=replace(brief.approval, at=DUE + HOUR)))
    await deliver.run_at(DUE + DAY)
    await deliver.run_at(DUE + 2 * DAY)
    assert len(channel.posts) == 2
    assert "withdrawn" in words_of(channel.posts[1][2]).lower()


async def test_two_corrections_of_one_brief_are_each_told_once(storage, channel, deliver):
    brief = a_brief("ferry")
    await shelve(storage, brief)
    await subscribe(storage)
    await deliver.run_at(DUE)
    brief = corrected(brief, DUE + HOUR)
    await storage.shelf.put_brief(brief)
    await deliver.run_at(DUE + DAY)
    await storage.shelf.put_brief(corrected(brief, DUE + DAY + HOUR, was="It sank at dusk, they said."))
    await deliver.run_at(DUE + 2 * DAY)
    await deliver.run_at(DUE + 3 * DAY)
    assert len(channel.posts) == 3
    assert "It sank at dawn." not in words_of(channel.posts[2][2])


# --- quiet days ------------------------------------------------------------------------------------------------------


async def test_after_three_empty_days_whoever_asked_hears_of_it_once(storage, channel, deliver):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    for day in range(7):
        await deliver.run_at(DUE + day * DAY)
    await deliver.teller.told()
    [(space, user, message)] = channel.told
    assert (space, user) == ("console", "console:anna")
    assert "daily" in words_of(message)


async def test_news_in_between_begins_the_count_anew(storage, channel, deliver):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    for day in range(6):
        if day == 3:
            await shelve(storage, a_brief("crane", approved=DUE + 2 * DAY + HOUR))
        await deliver.run_at(DUE + day * DAY)
    assert channel.told == []


async def test_one_that_says_so_each_day_is_not_told_besides(storage, channel, deliver):
    await subscribe(storage, empty=Empty.SAY)
    for day in range(5):
        await deliver.run_at(DUE + day * DAY)
    assert len(channel.posts) == 5 and channel.told == []


# --- today's, early --------------------------------------------------------------------------------------------------


async def early(storage, deliver, now):
    deliver.now = now
    [(subscription, slot)] = await storage.subscriptions.of(a_place())
    return await deliver.now_edition(subscription, slot)


async def test_todays_edition_sent_early_is_used_up(storage, channel, deliver):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    assert await early(storage, deliver, SUNDAY) == ""
    await deliver.run_at(SUNDAY)
    assert len(channel.posts) == 1
    assert await deliver.due() == DUE + DAY
    await deliver.run_at(DUE)
    assert "already" in await early(storage, deliver, DUE + HOUR)
    assert len(channel.posts) == 1


async def test_an_edition_that_was_skipped_can_be_sent_later_that_day(storage, channel, deliver):
    await subscribe(storage)
    await deliver.run_at(DUE)
    assert (await last_state(storage)).state == "skipped"
    await shelve(storage, a_brief("ferry", approved=DUE + HOUR))
    assert await early(storage, deliver, DUE + 2 * HOUR) == ""
    await deliver.run_at(DUE + 2 * HOUR)
    assert len(channel.posts) == 1
    assert await deliver.due() == DUE + DAY


async def test_nothing_new_is_not_sent_early_and_uses_nothing_up(storage, channel, deliver):
    await subscribe(storage)
    assert "nothing new" in await early(storage, deliver, SUNDAY)
    assert await deliver.due() == DUE


async def test_one_that_rests_is_not_sent_early(storage, deliver):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage, paused="The channel is gone.")
    assert "The channel is gone." in await early(storage, deliver, SUNDAY)
