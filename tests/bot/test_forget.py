"""Forget me: what is kept of a person is told first, and deleted at the second press."""

from dataclasses import replace

import pytest

from bot.settings import Settings
from bot.wiring import build
from briefs.message import Outcome, buttons
from briefs.pages.hello import hello_page
from tests.bot.newsroom import Newsroom
from tests.bot.room import DAY, DUE, Room
from tests.briefs.drafting.stories import HARBOUR
from tests.words import words_of

WRONG = '/standfirst wrong iraq line:3 said:"It was not four groups."'


@pytest.fixture
async def room(bot):
    return Newsroom(bot)


async def test_where_nothing_is_kept_it_says_so(room):
    message = await room.say("/standfirst forget", room.cleo)
    assert "Nothing is kept of you here." in words_of(message)
    assert list(buttons(message)) == []


async def test_what_is_kept_is_told_first_and_nothing_is_deleted(room):
    await room.done(WRONG, room.cleo)
    told = await room.done("/standfirst forget", room.cleo)
    assert "1 report of something wrong" in told
    assert "What you shared with a channel" in told
    assert len(await room.bot.desk.reporting.own("console", "cleo")) == 1


async def test_at_the_second_press_a_readers_reports_are_gone_and_no_others(room):
    await room.done(WRONG, room.cleo)
    await room.done(WRONG, room.ben)
    asked = await room.say("/standfirst forget", room.cleo)
    assert "Forgotten: 1 report." in words_of(await room.press(asked, "Forget me", room.cleo))
    assert await room.bot.desk.reporting.own("console", "cleo") == ()
    assert len(await room.bot.desk.reporting.own("console", "ben")) == 1
    assert "Nothing is kept of you here." in await room.done("/standfirst forget", room.cleo)


async def test_a_digest_comes_as_before_and_nobody_is_told_of_it(bot):
    channel = Room(bot)
    await channel.say("/digest subscribe at:07:30 tz:Europe/London empty:say")
    told = words_of(await channel.say("/standfirst forget"))
    assert "you asked for 1 digest here" in told
    assert "Forgotten: that you asked for 1 digest." in words_of(await channel.say("/standfirst forget sure:yes"))
    [(subscription, _)] = await bot.storage.subscriptions.of(bot.asker.place)
    assert subscription.by == ""
    assert await channel.wave(DUE) == await channel.wave(DUE + DAY) == 1
    await channel.deliver.lost(bot.asker.place, "The channel is gone.")
    assert channel.channel.told == []


async def test_a_curators_name_goes_and_what_they_decided_stays(room):
    await room.give(HARBOUR)
    await room.done("/curate approve harbour")
    assert "2 decisions as a curator" in await room.done("/standfirst forget")
    await room.done("/standfirst forget sure:yes")
    brief = await room.bot.storage.curation.brief("harbour")
    assert brief.approval.by == "a curator"
    assert "@anna" not in await room.done("/curate log harbour")
    assert "Taken back" in await room.done("/curate undo 2", room.ben)


async def test_a_reader_who_is_called_like_a_curator_takes_nobodys_name(room):
    await room.give(HARBOUR)
    await room.done("/curate approve harbour")
    await room.done(WRONG, replace(room.cleo, name="anna"))
    await room.done("/standfirst forget sure:yes", replace(room.cleo, name="anna"))
    assert (await room.bot.storage.curation.brief("harbour")).approval.by == "@anna"


async def test_a_curator_forgets_names_borne_before(room):
    await room.give(HARBOUR, who=replace(room.anna, name="anna.old"))
    await room.done("/standfirst forget sure:yes")
    assert "anna.old" not in await room.done("/curate log harbour")
    assert (await room.bot.storage.curation.dossier("harbour")).review.given_by == "a curator"


async def test_privacy_says_for_how_long_as_the_settings_do(tmp_path):
    settings = Settings(database=str(tmp_path / "p.db"), zone="UTC", keep_rejected_days=7, keep_reports_days=0, keep_ledger_days=61)
    bot = await build(settings)
    try:
        told = words_of(await bot.commands.answer_line("/standfirst privacy", bot.asker))
        assert "rejected: 7 days. Reports, once they are answered: for ever." in told
        assert "61 days" in told
        assert "/standfirst forget" in told
    finally:
        await bot.close()


async def test_nobody_reachable_is_said_with_where_the_draft_waits(room):
    message = await room.give(HARBOUR)
    assert message.outcome is Outcome.ANSWER
    assert "Nobody could be told of it" in words_of(message)
    assert "It waits in /curate queue" in words_of(message)
    await room.done("/curate here")
    assert "Curators are asked for a review." in words_of(await room.give(HARBOUR + "More of it.\n", "more.txt"))


def test_the_hello_tells_whoever_curates_how_to_begin():
    told = words_of(hello_page())
    assert "/curate add" in told
    assert "until one of them types  /curate here  in a channel" in told
