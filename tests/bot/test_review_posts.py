"""The posts that ask curators for something say what became of it, once somebody has decided."""

from datetime import timedelta

import pytest

from bot.settings import Settings
from bot.wiring import build
from briefs.digest import Again
from briefs.message import buttons
from tests.bot.newsroom import Newsroom
from tests.bot.room import Room
from tests.briefs.drafting.stories import FIRE, HARBOUR
from tests.words import words_of

MINUTE = timedelta(minutes=1)


class Desk(Newsroom):
    """A newsroom with a channel of its own, which has been asked to review the harbour."""

    def __init__(self, bot):
        super().__init__(bot)
        self.room = Room(bot)
        self.channel = self.room.channel
        for one in (bot.desk.curate.deciding, bot.desk.curate.requests, bot.desk.ingest, bot.desk.reporting):
            object.__setattr__(one, "clock", lambda: self.room.deliver.now)

    async def asked(self, text=HARBOUR, name="harbour.txt"):
        if not self.channel.posts:
            await self.done("/curate here")
        await self.give(text, name)
        await self.later()

    async def later(self, minutes=1):
        self.room.at(self.room.deliver.now + minutes * MINUTE)
        await self.room.wave()

    def stands(self, number=0):
        return words_of(self.channel.posts[number][2])

    def presses(self, number=0):
        return [button.command for button in buttons(self.channel.posts[number][2])]


@pytest.fixture
async def desk(bot):
    desk = Desk(bot)
    await desk.asked()
    return desk


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param("/curate approve harbour", "Approved by @anna. Readers have it.", id="approve"),
        pytest.param('/curate hold harbour reason:"ask the union"', "Held by @anna: ask the union. Nobody approves it", id="hold"),
        pytest.param('/curate reject harbour reason:"an advertisement"', "Rejected by @anna: an advertisement. Readers", id="reject"),
    ],
)
async def test_the_post_says_who_decided_what_and_has_only_looking_left(desk, line, told):
    assert "Waits for a curator." in desk.stands()
    await desk.done(line)
    await desk.later()
    assert len(desk.channel.posts) == len(desk.channel.edits) == 1
    assert told in desk.stands().replace("  ", " ")
    assert "Waits for a curator." not in desk.stands()
    assert desk.presses() == ["/curate open harbour", "/curate log harbour"]


async def test_the_post_of_a_draft_that_is_another_source_says_of_which(desk):
    await desk.asked(FIRE, "fire.txt")
    await desk.done("/curate also fire of:harbour")
    await desk.later()
    assert "Rejected by @anna: another source of “harbour”." in desk.stands(1)
    assert "Waits for a curator." in desk.stands(0)


async def test_released_and_taken_back_it_waits_again(desk):
    await desk.done("/curate hold harbour reason:x")
    await desk.later()
    await desk.done("/curate release harbour", desk.ben)
    await desk.later()
    assert "Released by @ben.  It waits for a curator again." in desk.stands()
    await desk.done("/curate reject harbour reason:x")
    await desk.later()
    await desk.done("/curate undo")
    await desk.later()
    assert "Taken back by @anna.  It waits for a curator again." in desk.stands()


async def test_a_decision_made_again_after_it_was_taken_back_is_told_again(desk):
    for _ in range(2):
        await desk.done("/curate approve harbour")
        await desk.later()
        assert "Approved by @anna" in desk.stands()
        await desk.done("/curate undo")
        await desk.later()
        assert "Taken back by @anna" in desk.stands()
    assert len(desk.channel.edits) == 4


async def test_a_draft_that_is_taken_back_altogether_and_comes_again_is_asked_for_again(desk):
    await desk.done("/curate undo 2")
    await desk.later()
    assert "There is no such draft any more." in desk.stands()
    assert desk.presses() == ["/curate log harbour"]
    await desk.asked()
    assert len(desk.channel.posts) == 2
    assert "Waits for a curator." in desk.stands(1)


async def test_of_several_decisions_that_could_not_be_told_the_last_one_is(desk):
    desk.channel.edit_script = [Again(MINUTE, "slow down")]
    await desk.done("/curate hold harbour reason:x")
    await desk.later()
    await desk.done("/curate release harbour")
    await desk.done("/curate approve harbour")
    await desk.later(9)
    await desk.later(9)
    assert "Approved by @anna" in desk.stands()
    assert len(desk.channel.edits) == 1


async def test_with_two_pairs_of_eyes_the_post_says_that_one_is_lacking(tmp_path):
    bot = await build(Settings(database=str(tmp_path / "two.db"), zone="UTC", eyes=2))
    try:
        desk = Desk(bot)
        await desk.asked()
        await desk.done("/curate approve harbour")
        await desk.later()
        assert "Approved by @anna.  It takes one more curator's eyes." in desk.stands()
        await desk.done("/curate approve harbour", desk.ben)
        await desk.later()
        assert "Approved by @anna and @ben.  Readers have it." in desk.stands()
    finally:
        await bot.close()


async def test_words_mended_in_a_draft_leave_its_post_alone(desk):
    await desk.done("/curate drop harbour line:3")
    await desk.done("/curate undo")
    await desk.later()
    assert desk.channel.edits == []


async def test_the_post_of_a_report_says_its_answer(desk):
    await desk.done('/standfirst wrong iraq line:3 said:"It was not four groups."', desk.cleo)
    await desk.later()
    assert "/form /curate answer 1 text:" in desk.presses(1)
    await desk.done('/curate answer 1 text:"You are right, thank you."')
    await desk.later()
    assert "Answered by @anna You are right, thank you." in desk.stands(1)
    assert "/form /curate answer 1 text:" not in desk.presses(1)


async def test_the_post_of_a_report_loses_the_words_of_whoever_asks_to_be_forgotten(desk):
    await desk.done('/standfirst wrong iraq line:3 said:"It was not four groups."', desk.cleo)
    await desk.later()
    await desk.done("/standfirst forget sure:yes", desk.cleo)
    await desk.later()
    assert "four groups" not in desk.stands(1)
    assert "its reader asked to be forgotten" in desk.stands(1)
