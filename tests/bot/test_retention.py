"""What is swept away, and that readers of an edition never notice."""

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.storage.storage import open_storage
from bot.settings import Settings, load
from bot.wiring import build
from briefs.brief import Correction
from briefs.desk.retention import REMEMBERED_MIN, Keeping, Retention, Swept
from briefs.digest import Empty, next_slot
from briefs.errors import BadInput, StorageDown
from tests.bot.newsroom import Newsroom
from tests.briefs.drafting.stories import HARBOUR
from tests.builders import a_brief, a_line, a_place, a_subscription, an_article
from tests.clocked import Clocked
from tests.fakes import FakePublisher
from tests.words import words_of

DUE = datetime(2026, 1, 5, 6, 30, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
YEAR = 365
APPEARS = (0, 4)  # Mondays and Fridays
NEWS = tuple(day for day in range(YEAR) if day % 7 in APPEARS and day % 5)


async def a_year(folder, *, sweeps: frozenset[int]):
    """What a channel got in a year, with a sweep on some of them, and how much was swept."""
    storage = await open_storage(folder)
    channel = FakePublisher()
    deliver = Clocked(storage, {"console": channel})
    keeping = Retention(storage, Keeping(ledger=60), lambda: deliver.now, breath=timedelta())
    daily = a_subscription(zone="UTC", days=APPEARS, empty=Empty.SKIP)
    seldom = a_subscription(zone="UTC", days=APPEARS, name="crane", topics=("crane",))
    for one in (daily, seldom):
        await storage.subscriptions.put(one, next_slot(one, DUE - DAY))
    gone = 0
    for day in range(YEAR):
        now = DUE + HOUR + day * DAY
        if day % 7 not in APPEARS:
            continue
        if day in NEWS:
            slug = f"b{day}"
            await storage.shelf.put_article(an_article(handle=slug))
            await storage.shelf.put_brief(a_brief(slug, approved=now - 2 * HOUR, topics=("crane",) if day % 6 == 1 else ()))
        if day % 5 == 0 and (old := await storage.shelf.brief(f"b{day - 14}")):
            made = Correction(now - HOUR, line=a_line("It was another crane.", old.article), was="x", why="so")
            await storage.shelf.put_brief(replace(old, corrections=(made,)))
        await deliver.run_at(now)
        if day in sweeps:
            gone += (await keeping.sweep()).ledger
            # From now on only the ledger can tell how far its readers have read.
            for one, slot in await storage.subscriptions.of(a_place()):
                await storage.subscriptions.put(one, slot)
    posts = [(key, message) for _, key, message in channel.posts]
    await storage.close()
    return posts, gone


async def test_a_sweep_changes_nothing_of_what_editions_say_and_no_date_comes_twice(tmp_path):
    swept, gone = await a_year(tmp_path / "a.db", sweeps=frozenset(range(70, YEAR, 14)))
    left, _ = await a_year(tmp_path / "b.db", sweeps=frozenset())
    assert gone > 60
    assert swept == left
    assert sum("another crane" in words_of(message) for _, message in swept) > 2
    keys = [key for key, _ in swept]
    assert len(keys) == len(set(keys)) > 70


@pytest.fixture
async def room(bot):
    return Newsroom(bot)


def at(bot, days: int):
    """The installation's retention, so many days from now."""
    one = bot.desk.retention
    return Retention(bot.storage, one.keeping, lambda: datetime.now(UTC) + days * DAY, breath=timedelta())


async def test_what_was_kept_for_long_enough_goes_and_nothing_before(room):
    await room.give(HARBOUR)
    await room.done('/curate reject harbour reason:"no news"')
    await room.done('/standfirst wrong iraq line:3 said:"No."', room.cleo)
    await room.done("/curate answer 1 text:Thanks.")
    assert await at(room.bot, 89).sweep() == Swept(0, 0, 0)
    assert await at(room.bot, 91).sweep() == Swept(1, 0, 0)
    assert await at(room.bot, 366).sweep() == Swept(0, 1, 0)
    assert "No draft called" in await room.refused("/curate open harbour")
    assert "rejected" in await room.done("/curate log harbour")
    assert "changed nothing" in await room.refused("/curate undo 2")


async def test_a_draft_that_was_swept_away_can_be_given_again(room):
    await room.done("/curate here")
    await room.give(HARBOUR)
    await room.done('/curate reject harbour reason:"no news"')
    await at(room.bot, 91).sweep()
    await room.give(HARBOUR)
    assert "waiting" in await room.done("/curate queue")
    await room.bot.desk.deliver.run("console")
    asked = [post for post in room.bot.console.posts_from(0) if "A draft waits" in post.message.summary]
    assert len(asked) >= 1


async def test_nothing_is_swept_where_the_settings_say_for_ever(tmp_path):
    bot = await build(Settings(database=str(tmp_path / "k.db"), zone="UTC", keep_rejected_days=0, keep_reports_days=0, keep_ledger_days=0))
    try:
        room = Newsroom(bot)
        await room.give(HARBOUR)
        await room.done('/curate reject harbour reason:"no news"')
        assert await at(bot, 9_999).sweep() == Swept(0, 0, 0)
    finally:
        await bot.close()


@pytest.mark.parametrize("days", [str(REMEMBERED_MIN.days - 1), "1", "-1"])
def test_a_ledger_that_forgets_too_soon_is_refused(monkeypatch, days):
    monkeypatch.setenv("STANDFIRST_KEEP_LEDGER_DAYS", days)
    with pytest.raises(BadInput, match="STANDFIRST_KEEP_LEDGER_DAYS"):
        load()


@pytest.mark.parametrize("days", ["0", "60", "400"])
def test_a_ledger_that_remembers_long_enough_is_fine(monkeypatch, days):
    monkeypatch.setenv("STANDFIRST_KEEP_LEDGER_DAYS", days)
    assert load().keep_ledger_days == int(days)


async def test_a_sweep_that_fails_is_logged_and_nothing_else_happens(bot, caplog):
    await bot.storage.close()
    with caplog.at_level(logging.ERROR):
        await bot.sweep()
    assert "could not be deleted" in caplog.text
    with pytest.raises(StorageDown):
        await bot.desk.retention.sweep()


async def test_an_approval_of_long_ago_is_withdrawn_not_undone(room):
    await room.give(HARBOUR)
    await room.done("/curate approve harbour")
    object.__setattr__(room.bot.desk.curate.deciding, "clock", lambda: datetime.now(UTC) + REMEMBERED_MIN + DAY)
    assert "/curate withdraw harbour" in await room.refused("/curate undo")
