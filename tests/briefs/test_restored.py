"""After a restore: what came between the backup and that moment is looked for before it is posted, and nothing is guessed."""

from datetime import UTC, datetime, time, timedelta

import pytest

from adapters.storage.backup import back_up
from adapters.storage.restore import put_back
from adapters.storage.storage import open_storage
from briefs.desk.deliver import SETTLE
from briefs.desk.lane import LATE, LOST, PUT_BACK
from briefs.desk.plan import NOT_KNOWN
from briefs.digest import Empty, Refused, Slot, next_slot
from tests.builders import a_brief, a_place, a_subscription, an_article
from tests.clocked import Clocked
from tests.fakes import FakePublisher

SUNDAY = datetime(2026, 11, 22, 6, tzinfo=UTC)
DUE = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)  # 07:30 in Berlin
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
HERE = a_place()


class Life:
    """A bot, its backup, and what takes its place elsewhere: one channel, whichever of them posts there."""

    def __init__(self, folder):
        self.folder, self.channel, self.number = folder, FakePublisher(), 0

    async def begin(self, **terms):
        self.storage = await open_storage(self.folder / "s.db")
        await self.brief("ferry")
        await self.subscribe(**terms)
        self.deliver = Clocked(self.storage, {"console": self.channel})

    async def brief(self, slug, at=SUNDAY - DAY):
        await self.storage.shelf.put_article(an_article(handle=slug))
        await self.storage.shelf.put_brief(a_brief(slug, approved=at))

    async def subscribe(self, now=SUNDAY, **terms):
        subscription = a_subscription(HERE, **terms)
        await self.storage.subscriptions.put(subscription, next_slot(subscription, now))

    def back_up(self, now=SUNDAY):
        back_up(self.storage.file, self.folder / "backup", now, force=True)

    async def restore(self, now):
        """Elsewhere, in a file of its own."""
        await self.storage.close()
        self.number += 1
        put_back(self.folder / "backup", self.folder / f"elsewhere{self.number}" / "s.db", now)
        self.storage = await open_storage(self.folder / f"elsewhere{self.number}" / "s.db", clock=lambda: now)
        self.deliver = Clocked(self.storage, {"console": self.channel}, worker=f"restored{self.number}")
        self.deliver.now = now
        await self.deliver.begin()

    async def wave(self, now):
        """Whatever is due goes out; and what has to be looked for later is."""
        await self.deliver.run_at(now)
        await self.deliver.run_at(now + 2 * SETTLE)

    async def told(self, name="daily"):
        """State and reason of every part, newest date first."""
        return [(record.state.value, record.reason) for record in await self.storage.ledger.last(HERE, name, 9)]


@pytest.fixture
async def life(tmp_path):
    life = Life(tmp_path)
    await life.begin()
    yield life
    await life.storage.close()


async def test_a_store_that_was_never_restored_says_so(life):
    assert await life.storage.ledger.restored() is None


async def test_since_when_a_store_is_restored_is_remembered(life):
    life.back_up()
    await life.restore(DUE)
    assert await life.storage.ledger.restored() == DUE
    again = await open_storage(life.storage.file, clock=lambda: DUE + DAY)
    assert await again.ledger.restored() == DUE
    await again.close()


async def test_what_was_owed_and_has_been_posted_since_is_not_posted_again(life):
    await life.deliver.plan_at(DUE)
    life.back_up(DUE)
    await life.wave(DUE)
    await life.restore(DUE + HOUR)
    assert await life.told() == [("pending", "")]
    await life.wave(DUE + HOUR)
    assert await life.told() == [("sent", "")]
    assert len(life.channel.posts) == 1


async def test_what_was_owed_and_was_not_posted_is_posted_once(life):
    await life.deliver.plan_at(DUE)
    life.back_up(DUE)
    await life.restore(DUE + HOUR)
    await life.wave(DUE + HOUR)
    assert (await life.told(), len(life.channel.posts)) == ([("sent", "")], 1)


async def test_what_was_being_sent_is_looked_for(life):
    await life.deliver.plan_at(DUE)
    [claimed] = await life.storage.ledger.claim("w", DUE, HOUR, 9, ["console"])
    life.back_up(DUE)
    await life.channel.publish(claimed.place, claimed.message, claimed.key)
    await life.restore(DUE + MINUTE)
    await life.wave(DUE + 10 * MINUTE)
    assert (await life.told(), len(life.channel.posts)) == ([("sent", "")], 1)


async def test_an_edition_that_came_due_and_was_posted_after_the_backup_is_found(life):
    life.back_up()
    await life.wave(DUE)
    await life.restore(DUE + HOUR)
    await life.wave(DUE + HOUR)
    [record] = await life.storage.ledger.last(HERE, "daily", 9)
    assert (record.state, record.receipt, record.delivery.briefs) == ("sent", "fake:1", ("ferry",))
    assert len(life.channel.posts) == 1


async def test_one_that_came_due_while_nobody_ran_is_posted_where_it_is_not_too_late(life):
    life.back_up()
    await life.restore(DUE + HOUR)
    await life.wave(DUE + HOUR)
    assert (await life.told(), len(life.channel.posts)) == ([("sent", "")], 1)


@pytest.mark.parametrize("posted", [True, False])
async def test_one_that_it_is_too_late_to_post_is_looked_for_all_the_same(life, posted):
    life.back_up()
    if posted:
        await life.wave(DUE)
    await life.restore(DUE + 7 * HOUR)
    await life.wave(DUE + 7 * HOUR)
    assert await life.told() == [("sent", "") if posted else ("skipped", LATE)]
    # What nobody has had is news for the next one, and what was had is not.
    await life.wave(DUE + DAY)
    assert len(life.channel.posts) == 1


async def test_where_the_channel_cannot_be_read_nobody_can_tell_and_nothing_is_posted(life):
    life.back_up()
    await life.wave(DUE)
    await life.restore(DUE + HOUR)
    life.channel.readable = False
    await life.wave(DUE + HOUR)
    assert (await life.told(), len(life.channel.posts)) == ([("unknown", PUT_BACK)], 1)


async def test_what_is_longer_ago_than_can_be_looked_back_is_unknown(life):
    life.back_up()
    await life.restore(DUE + 3 * DAY + HOUR)
    await life.wave(DUE + 3 * DAY + HOUR)
    # Of what the backup had to tell, its first edition since may have told it: the later ones have nothing new.
    assert await life.told() == [*[("skipped", NOT_KNOWN)] * 3, ("unknown", PUT_BACK)]
    assert life.channel.posts == []


async def test_every_day_between_is_accounted_for(life):
    await life.subscribe(empty=Empty.SAY)
    life.back_up()
    for days in range(2):
        await life.wave(DUE + days * DAY)
    await life.restore(DUE + 2 * DAY + HOUR)
    life.channel.posts = life.channel.posts[1:]  # the first was deleted, or is too old to be seen
    await life.wave(DUE + 2 * DAY + HOUR)
    assert [state for state, _ in await life.told()] == ["sent", "sent", "unknown"]
    assert len(life.channel.posts) == 2


async def test_where_it_was_sent_early_or_at_another_time_that_day_it_does_not_come_again(life):
    life.back_up()
    early = a_subscription(HERE, at=time(7, 10))
    await life.storage.subscriptions.put(early, next_slot(early, SUNDAY))
    await life.wave(SUNDAY + 10 * MINUTE)
    assert len(life.channel.posts) == 1
    await life.restore(SUNDAY + 20 * MINUTE)
    await life.wave(DUE)  # as the backup has it
    assert (await life.told(), len(life.channel.posts)) == ([("sent", "")], 1)


async def test_sent_early_after_the_restore_it_is_looked_for_too(life):
    life.back_up()
    subscription = a_subscription(HERE)
    slot = Slot(DUE, DUE.date())
    life.deliver.now = SUNDAY
    assert await life.deliver.now_edition(subscription, slot) == ""
    await life.wave(SUNDAY)
    await life.restore(SUNDAY + 10 * MINUTE)
    assert await life.deliver.now_edition(subscription, slot) == ""
    await life.wave(SUNDAY + 10 * MINUTE)
    assert (await life.told(), len(life.channel.posts)) == ([("sent", "")], 1)


async def test_what_a_manager_insisted_on_is_not_insisted_on_again(life):
    life.channel.script, life.channel.readable = [RuntimeError("cut off")], False
    await life.wave(DUE)
    assert await life.told() == [("unknown", LOST)]
    await life.storage.ledger.resend(HERE, "daily", DUE.date(), DUE + HOUR, DUE + 5 * HOUR)
    life.back_up(DUE + HOUR)
    await life.wave(DUE + HOUR)
    assert len(life.channel.posts) == 1
    await life.restore(DUE + 2 * HOUR)
    await life.wave(DUE + 2 * HOUR)
    assert (await life.told(), len(life.channel.posts)) == ([("unknown", PUT_BACK)], 1)


async def test_what_was_sent_again_after_the_backup_is_found_where_it_is_sent_again(life):
    life.channel.script = [Refused("Full.")]
    await life.wave(DUE)
    assert await life.told() == [("failed", "Full.")]
    life.back_up(DUE + MINUTE)
    until = DUE + 5 * HOUR
    await life.storage.ledger.resend(HERE, "daily", DUE.date(), DUE + HOUR, until)
    await life.wave(DUE + HOUR)
    await life.restore(DUE + 2 * HOUR)
    await life.storage.ledger.resend(HERE, "daily", DUE.date(), DUE + 2 * HOUR, until)
    await life.wave(DUE + 2 * HOUR)
    assert (await life.told(), len(life.channel.posts)) == ([("sent", "")], 1)


async def test_from_the_next_local_date_on_nothing_has_to_be_looked_for(life):
    await life.subscribe(empty=Empty.SAY)
    life.back_up()
    await life.restore(DUE + HOUR)
    life.channel.readable = False
    await life.wave(DUE + HOUR)
    await life.wave(DUE + DAY)
    assert [state for state, _ in await life.told()] == ["sent", "unknown"]
    assert len(life.channel.posts) == 1


async def test_what_came_to_the_shelf_after_the_restore_is_news_for_the_next_edition(life):
    life.back_up()
    await life.wave(DUE)
    await life.restore(DUE + HOUR)
    await life.brief("quay", DUE + HOUR + MINUTE)
    await life.wave(DUE + 2 * HOUR)
    await life.wave(DUE + DAY)
    assert [record.delivery.briefs for record in await life.storage.ledger.last(HERE, "daily", 9)] == [("quay",), ("ferry",)]
    assert len(life.channel.posts) == 2


async def test_every_part_of_an_edition_is_looked_for(life):
    life.channel.splits = lambda message: (message, message)
    life.back_up()
    await life.wave(DUE)
    assert len(life.channel.posts) == 2
    await life.restore(DUE + HOUR)
    del life.channel.posts[1]  # the other one was killed between them
    await life.wave(DUE + HOUR)
    assert await life.told() == [("sent", "")] * 2
    assert [key.rpartition(":")[2] for _, key, _ in life.channel.posts] == ["1", "2"]


async def test_a_backup_put_in_place_by_hand_is_known_as_one(life):
    life.back_up()
    await life.wave(DUE)
    await life.storage.close()
    life.storage.file.write_bytes((life.folder / "backup").read_bytes())
    life.storage = await open_storage(life.storage.file, clock=lambda: DUE + HOUR)
    life.deliver = Clocked(life.storage, {"console": life.channel}, worker="w2")
    await life.wave(DUE + HOUR)
    assert (await life.told(), len(life.channel.posts)) == ([("sent", "")], 1)


async def test_restored_twice_it_counts_from_the_last_time(life):
    life.back_up()
    await life.restore(DUE + HOUR)
    life.back_up(DUE + HOUR)
    await life.wave(DUE + HOUR)
    await life.restore(DUE + 2 * HOUR)
    assert await life.storage.ledger.restored() == DUE + 2 * HOUR
    await life.wave(DUE + 2 * HOUR)
    assert (await life.told(), len(life.channel.posts)) == ([("sent", "")], 1)
