"""The digest's road, on a real store, into a scripted channel."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from adapters.storage.storage import open_storage
from briefs.brief import Brief
from briefs.desk.compose import Compose
from briefs.desk.deliver import SETTLE
from briefs.desk.lane import LATE, LEASE
from briefs.desk.lookup import Lookup, SamplePolicy
from briefs.desk.quotes import Quotes
from briefs.desk.subscribe import Subscribe
from briefs.digest import Again, Empty, Refused, Sent, Unknown, next_slot
from briefs.message import Story
from tests.builders import a_brief, a_place, a_subscription, an_article
from tests.clocked import Clocked
from tests.fakes import FakePublisher
from tests.words import words_of

SUNDAY = datetime(2026, 11, 22, 6, tzinfo=UTC)  # 07:00 in Berlin; the edition is due at 06:30 UTC
DUE = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)


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
    return a_desk(storage, channel)


def a_desk(storage, channel, worker="w1", sample=SamplePolicy.ALWAYS):
    return Clocked(storage, {"console": channel}, worker, sample)


async def shelve(storage, *briefs: Brief):
    for brief in briefs:
        await storage.shelf.put_article(an_article(handle=brief.slug))
        await storage.shelf.put_brief(brief)


async def subscribe(storage, **changes):
    subscription = a_subscription(**changes)
    await storage.subscriptions.put(subscription, next_slot(subscription, SUNDAY))
    return subscription


def stories(message):
    return [block.headline for block in message.blocks if isinstance(block, Story)]


async def states(storage, name="daily"):
    return [(r.delivery.meant_for.isoformat(), r.state, r.reason) for r in await storage.ledger.last(a_place(), name, 9)]


async def test_nothing_is_posted_before_its_time(storage, channel, deliver):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    assert await deliver.run_at(DUE - timedelta(seconds=1)) == 0
    assert await deliver.due() == DUE
    assert channel.posts == []


async def test_an_edition_is_posted_once_at_its_time_and_the_next_one_is_a_day_later(storage, channel, deliver):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    assert await deliver.run_at(DUE) == 1
    assert await deliver.run_at(DUE) == 0
    [(where, key, message)] = channel.posts
    assert (where.channel, key) == ("desk", "digest:console:desk:daily:2026-11-22:1")
    assert stories(message) == ["Headline of ferry"]
    assert not message.only_asker
    assert await deliver.due() == DUE + timedelta(days=1)


async def test_a_brief_is_carried_once_and_a_day_without_news_is_silent(storage, channel, deliver):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    await deliver.run_at(DUE)
    await deliver.run_at(DUE + timedelta(days=1))
    await shelve(storage, a_brief("crane", approved=DUE + timedelta(days=1, hours=3)))
    await deliver.run_at(DUE + timedelta(days=2))
    assert [stories(message) for _, _, message in channel.posts] == [["Headline of ferry"], ["Headline of crane"]]
    assert await states(storage) == [("2026-11-24", "sent", ""), ("2026-11-23", "skipped", "nothing new"), ("2026-11-22", "sent", "")]


async def test_a_channel_that_wants_to_hear_so_is_told_that_nothing_is_new(storage, channel, deliver):
    await subscribe(storage, empty=Empty.SAY)
    await deliver.run_at(DUE)
    assert "Nothing new" in channel.posts[0][2].summary


async def test_only_the_topics_asked_for(storage, channel, deliver):
    await shelve(storage, a_brief("ferry", topics=["sea"]), a_brief("crane", topics=["city"]))
    await subscribe(storage, topics=["city"])
    await deliver.run_at(DUE)
    assert stories(channel.posts[0][2]) == ["Headline of crane"]


async def test_a_first_edition_has_the_newest_three_and_what_is_older_stays_old(storage, channel, deliver):
    await shelve(storage, *(a_brief(f"b{n}", approved=SUNDAY - timedelta(hours=n)) for n in range(5)))
    await subscribe(storage)
    await deliver.run_at(DUE)
    await deliver.run_at(DUE + timedelta(days=1))
    assert [stories(message) for _, _, message in channel.posts] == [["Headline of b0", "Headline of b1", "Headline of b2"]]


async def test_at_most_three_new_briefs_and_the_rest_wait_for_the_next_edition(storage, channel, deliver):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    await deliver.run_at(DUE)
    await shelve(storage, *(a_brief(f"b{n}", approved=DUE + timedelta(hours=n + 1)) for n in range(5)))
    for day in (1, 2, 3):
        await deliver.run_at(DUE + timedelta(days=day))
    assert [len(stories(message)) for _, _, message in channel.posts] == [1, 3, 2]
    assert "2 more wait for the next one" in words_of(channel.posts[1][2])


async def test_a_first_edition_that_nobody_could_read_is_not_the_first(storage):
    channel = FakePublisher([Refused("No right to post here.")])
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    deliver = a_desk(storage, channel)
    await deliver.run_at(DUE)
    await deliver.run_at(DUE + timedelta(days=1))
    assert [stories(message) for _, _, message in channel.posts] == [["Headline of ferry"]]


async def test_sample_leaves_digests_once_a_real_brief_is_approved(storage, channel):
    deliver = a_desk(storage, channel, sample=SamplePolicy.AUTO)
    await shelve(storage, a_brief("sample", sample=True))
    await subscribe(storage)
    await deliver.run_at(DUE)
    later = DUE + timedelta(hours=3)
    await shelve(storage, a_brief("ferry", approved=later), a_brief("second", sample=True, approved=later))
    await deliver.run_at(DUE + timedelta(days=1))
    assert [stories(message) for _, _, message in channel.posts] == [["Headline of sample"], ["Headline of ferry"]]


@pytest.mark.parametrize(
    ("after", "posts", "reason"),
    [
        pytest.param(timedelta(hours=5, minutes=59), 1, "", id="late-but-the-same-day"),
        pytest.param(timedelta(hours=6), 0, "within six hours", id="six-hours-late"),
        pytest.param(timedelta(hours=17, minutes=30), 0, "within six hours", id="past-midnight"),
    ],
)
async def test_a_late_edition_is_posted_only_within_six_hours(storage, channel, deliver, after, posts, reason):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    await deliver.run_at(DUE + after)
    assert len(channel.posts) == posts
    assert reason in (await states(storage))[-1][2]


async def test_an_edition_late_in_the_evening_is_not_posted_after_midnight(storage, channel, deliver):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage, at=time(23, 30))
    await deliver.run_at(datetime(2026, 11, 22, 23, 10, tzinfo=UTC))  # ten past midnight in Berlin
    assert channel.posts == []
    assert "later that day" in (await states(storage))[0][2]


async def test_after_a_day_offline_there_is_one_post_at_most_and_the_missed_one_is_recorded(storage, channel, deliver):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    await deliver.run_at(DUE + timedelta(hours=26))
    assert len(channel.posts) == 1
    assert [state for _, state, _ in await states(storage)] == ["sent", "skipped"]


async def test_a_year_offline_records_a_week_at_most(storage, channel, deliver):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    await deliver.run_at(DUE + timedelta(days=365))
    assert len(channel.posts) == 1
    assert len(await states(storage)) <= 9


async def test_unsubscribing_and_subscribing_again_does_not_post_twice(storage, channel, deliver):
    await shelve(storage, a_brief("ferry"))
    subscription = await subscribe(storage)
    await deliver.run_at(DUE)
    await storage.subscriptions.remove(subscription.place, subscription.name, DUE)
    again = a_subscription(at=time(9))
    await storage.subscriptions.put(again, next_slot(again, DUE))
    await deliver.run_at(DUE + timedelta(hours=2))
    assert len(channel.posts) == 1


async def test_a_clock_set_back_posts_nothing_again(storage, channel, deliver):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    await deliver.run_at(DUE)
    await deliver.run_at(DUE - timedelta(hours=2))
    await deliver.run_at(DUE)
    assert len(channel.posts) == 1


@pytest.mark.parametrize("answer", [Unknown("no answer came"), RuntimeError("boom")], ids=["lost-answer", "fault"])
@pytest.mark.parametrize("arrived", [True, False])
async def test_where_nobody_can_tell_the_channel_is_looked_through_before_posting_again(storage, answer, arrived, caplog):
    channel = FakePublisher([answer], loses_answers=arrived)
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    deliver = a_desk(storage, channel)
    assert await deliver.run_at(DUE) == 0
    assert await deliver.run_at(DUE + SETTLE - timedelta(seconds=1)) == 0
    assert await deliver.run_at(DUE + SETTLE) == 1
    assert len(channel.posts) == 1
    assert (await states(storage))[0][1] == "sent"


async def test_what_arrived_before_a_crash_is_found_however_late_the_restart(storage, channel):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    await a_desk(storage, channel).plan_at(DUE)
    [delivery] = await storage.ledger.claim("dead", DUE, LEASE, 5, ["console"])
    await channel.publish(delivery.place, delivery.message, delivery.key)
    await a_desk(storage, channel).run_at(DUE + timedelta(hours=9))
    assert len(channel.posts) == 1
    assert (await states(storage))[0][1] == "sent"


async def test_what_is_put_off_again_and_again_is_not_posted_six_hours_late(storage):
    channel = FakePublisher([Again(timedelta(hours=3), "slow down")] * 3)
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    deliver = a_desk(storage, channel)
    for hours in (0, 3, 6, 9):
        await deliver.run_at(DUE + timedelta(hours=hours))
    assert channel.posts == []
    assert (await states(storage))[0][1:] == ("skipped", LATE)


async def test_subscribing_again_after_a_skipped_edition_gets_todays(storage, channel, deliver):
    subscription = await subscribe(storage)
    await deliver.run_at(DUE)
    await shelve(storage, a_brief("ferry"))
    again = replace(subscription, at=time(9))
    slot, _ = await Subscribe(storage.subscriptions, storage.ledger, storage.spaces).put(again, DUE)
    assert slot.meant_for == DUE.date()
    await deliver.run_at(slot.utc)
    assert [stories(message) for _, _, message in channel.posts] == [["Headline of ferry"]]


async def test_what_may_be_tried_again_is_tried_again(storage):
    channel = FakePublisher([Again(timedelta(minutes=1), "slow down")])
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    deliver = a_desk(storage, channel)
    await deliver.run_at(DUE)
    assert channel.posts == []
    assert await deliver.due() == DUE + timedelta(minutes=1)
    await deliver.run_at(DUE + timedelta(minutes=1))
    assert len(channel.posts) == 1


async def test_a_process_that_died_while_posting_is_followed_by_one_that_looks_first(storage, channel):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    dead = a_desk(storage, channel, worker="dead")
    await dead.plan_at(DUE)
    [delivery] = await storage.ledger.claim("dead", DUE, LEASE, 5, ["console"])
    await channel.publish(delivery.place, delivery.message, delivery.key)  # and now it is killed
    living = a_desk(storage, channel, worker="living")
    assert await living.run_at(DUE + LEASE - timedelta(seconds=1)) == 0
    assert await living.run_at(DUE + LEASE + timedelta(seconds=1)) == 1
    assert len(channel.posts) == 1
    assert (await states(storage))[0][1] == "sent"


async def test_where_the_channel_cannot_be_read_nothing_is_guessed(storage, channel):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    await a_desk(storage, channel).plan_at(DUE)
    await storage.ledger.claim("dead", DUE, LEASE, 5, ["console"])
    channel.readable = False
    await a_desk(storage, channel).run_at(DUE + LEASE * 2)
    assert channel.posts == []
    assert (await states(storage))[0][1] == "unknown"


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Refused("The channel is gone."), "failed"),
        (Sent("x"), "sent"),
    ],
)
async def test_what_the_platform_answers_is_recorded(storage, answer, state):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    await a_desk(storage, FakePublisher([answer])).run_at(DUE)
    assert (await states(storage))[0][1] == state


async def test_one_edition_that_cannot_be_made_does_not_keep_the_others_from_going_out(storage, channel, deliver, caplog):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    await subscribe(storage, place=a_place(channel="other"), topics=["sea"])

    class Broken(Compose):
        async def edition(self, subscription, *args, **kwargs):
            if subscription.topics:
                raise KeyError("boom")
            return await super().edition(subscription, *args, **kwargs)

    broken = a_desk(storage, channel)
    object.__setattr__(
        broken._plan,
        "compose",
        Broken(storage.shelf, Lookup(storage.shelf, storage.subscriptions, Quotes(storage.curation), SamplePolicy.ALWAYS)),
    )
    await broken.run_at(DUE)
    assert [where.channel for where, _, _ in channel.posts] == ["desk"]
    assert "fault" in caplog.text


async def test_an_edition_of_a_platform_that_is_not_running_waits(storage, channel, deliver):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage, place=a_place(space="discord:1"))
    await deliver.run_at(DUE)
    assert await deliver.due() is None
    there = FakePublisher()
    await Clocked(storage, {"discord": there}, "w2").run_at(DUE + timedelta(minutes=1))
    assert len(there.posts) == 1


async def test_one_editions_refusal_is_not_anothers(storage, channel, deliver):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    await subscribe(storage, name="mena")
    channel.script = [Refused("AutoMod held it back.")]
    await deliver.run_at(DUE)
    assert len(channel.posts) == 1
    assert {state for name in ("daily", "mena") for _, state, _ in await states(storage, name)} == {"failed", "sent"}


async def test_while_a_part_cannot_be_told_those_behind_it_wait_with_it(storage, channel, deliver):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    channel.splits = lambda message: (message, message)
    channel.script = [Unknown("the connection was lost")]
    await deliver.run_at(DUE)
    assert channel.posts == []
    await deliver.run_at(DUE + SETTLE)
    assert [key[-2:] for _, key, _ in channel.posts] == [":1", ":2"]


async def test_an_edition_that_cannot_be_split_keeps_no_other_from_going_out(storage, channel, deliver, caplog):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)

    def raises(message):
        raise ValueError("boom")

    channel.splits = raises
    await deliver.run_at(DUE)
    [(_, state, reason)] = await states(storage)
    assert state == "skipped"
    assert "could not be made" in reason


async def test_a_test_that_does_not_fit_is_posted_in_parts(storage, channel, deliver):
    await shelve(storage, a_brief("ferry"))
    subscription = await subscribe(storage)
    channel.splits = lambda message: (message, message)
    assert isinstance(await deliver.post_test(subscription, None), Sent)
    assert len(channel.posts) == 2


async def test_a_test_is_marked_and_counts_for_nothing(storage, channel, deliver):
    await shelve(storage, a_brief("ferry"))
    subscription = await subscribe(storage)
    assert isinstance(await deliver.post_test(subscription, None), Sent)
    assert channel.posts[0][2].summary.startswith("TEST · ")
    await deliver.run_at(DUE)
    assert [key.partition(":")[0] for _, key, _ in channel.posts] == ["test", "digest"]
    assert stories(channel.posts[1][2]) == ["Headline of ferry"]


async def test_an_edition_that_does_not_fit_is_several_deliveries_posted_in_order(storage, channel, deliver):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    channel.splits = lambda message: tuple(replace(message, summary=f"{message.summary} ({part})") for part in (1, 2, 3))
    assert await deliver.run_at(DUE) == 3
    assert [key[-2:] for _, key, _ in channel.posts] == [":1", ":2", ":3"]
    assert [message.summary[-3:] for _, _, message in channel.posts] == ["(1)", "(2)", "(3)"]


async def test_a_part_put_off_puts_off_those_behind_it(storage, channel, deliver):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    channel.splits = lambda message: (message, message)
    channel.script = [Again(timedelta(minutes=1), "busy")]
    await deliver.run_at(DUE)
    assert channel.posts == []
    await deliver.run_at(DUE + timedelta(minutes=1))
    assert [key[-2:] for _, key, _ in channel.posts] == [":1", ":2"]


async def test_when_a_channel_is_lost_its_editions_rest_and_whoever_asked_for_them_is_told(storage, channel, deliver):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    channel.script = [Refused("The channel is gone.", channel_lost=True)]
    await deliver.run_at(DUE)
    await deliver.teller.told()
    [(space, user, message)] = channel.told
    assert (space, user) == ("console", "console:anna")
    assert "The channel is gone." in message.summary
    assert await storage.subscriptions.next_due(("console",)) is None
    [(resting, _)] = await storage.subscriptions.of(a_place())
    assert resting.paused == "The channel is gone."


async def test_a_refusal_that_is_about_one_message_lets_the_editions_run(storage, channel, deliver):
    await shelve(storage, a_brief("ferry"))
    await subscribe(storage)
    channel.script = [Refused("The message's form was refused.")]
    await deliver.run_at(DUE)
    assert channel.told == []
    assert await storage.subscriptions.next_due(("console",)) is not None
