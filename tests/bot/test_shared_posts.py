"""What readers shared is remembered: corrections reach it, and whoever shared it can be forgotten."""

from dataclasses import replace
from datetime import timedelta

import pytest

from briefs.brief import State
from briefs.desk.pace import Pace
from briefs.digest import Place
from briefs.message import Heading, Notice, Outcome, Section, Story, buttons
from briefs.message.split import split
from briefs.pages.corrections import TITLE
from tests.bot.newsroom import Newsroom
from tests.bot.room import DUE, Room
from tests.briefs.drafting.stories import HARBOUR
from tests.words import words_of

STRIKE = "Dockers in the port of Veldmar are considering a strike"
EDITED = f'/curate correct harbour line:2 why:"the port was named wrongly" cites:1 text:"{STRIKE}."'
MOMENT = timedelta(seconds=1)


class Lounge(Newsroom):
    """A newsroom, and a channel in which its readers share answers."""

    def __init__(self, bot):
        super().__init__(bot)
        self.room = Room(bot)
        self.channel, self.deliver = self.room.channel, self.room.deliver
        self.deliver.now = DUE
        for one in (bot.desk.curate.deciding, bot.desk.sharing.posts):
            object.__setattr__(one, "clock", lambda: self.deliver.now)
        object.__setattr__(bot.desk.sharing, "pace", Pace(timedelta()))
        self.reader = replace(self.cleo, others=True, may_write=True)

    async def approved(self):
        await self.give(HARBOUR)
        await self.done("/curate approve harbour")

    async def share(self, line, *, who=None, receipts=None, before=None):
        """What is shared, as it is posted: in one message, or in one for each receipt (empty: out of the bot's reach)."""
        who, asked = who or self.reader, self.deliver.now
        answer = await self.say(f"/standfirst share {line}", replace(who, others=True, may_write=True))
        assert answer.outcome is Outcome.ANSWER and not answer.only_asker, words_of(answer)
        if before:
            await before()
        posts = []
        for part in (answer,) if receipts is None else split(answer, lambda part: len(words_of(part)) < 900)[: len(receipts)]:
            made = await self.channel.publish(who.place, part, f"by the platform {len(self.channel.posts)}")
            posts.append((part, made.receipt if receipts is None else receipts[len(posts)] and made.receipt))
        await self.bot.desk.sharing.posts.remember(who.place, who.user, answer, posts, asked)
        return answer

    async def later(self):
        self.deliver.now += timedelta(minutes=1)
        await self.room.wave(self.deliver.now)

    def stands(self, number=-1):
        return self.channel.posts[number][2]


def shown(message):
    """The lines of ours that a message shows, but those that tell what was corrected."""
    blocks = [block for block in message.blocks if not (isinstance(block, Section) and block.title == TITLE)]
    lines = [line for block in blocks for line in (*getattr(block, "lines", ()), *filter(None, [getattr(block, "line", None)]))]
    return ["".join(words_of(line.spans).split()) for line in lines]


def squeezed(text):
    """The text without its blanks, which stand between spans too."""
    return "".join(text.split())


@pytest.fixture
async def lounge(bot):
    return Lounge(bot)


SHARED = ["/brief harbour", "/brief harbour size:full", "/brief", "/source harbour", "/source harbour line:2", "/source harbour:1"]


@pytest.mark.parametrize("line", SHARED)
async def test_whatever_shows_the_line_is_put_right_and_says_so(lounge, line):
    await lounge.approved()
    await lounge.share(line)
    old = (await lounge.lines())[1]
    assert squeezed(old) in shown(lounge.stands())
    assert "1 shared post that carries it is put right now." in await lounge.done(EDITED)
    await lounge.later()
    assert squeezed(old) not in shown(lounge.stands()) and squeezed(f"{STRIKE}.") in shown(lounge.stands())
    told = words_of(lounge.stands())
    assert "CORRECTION 22 Nov 2026:" in told and squeezed(f"Was: “{old}") in squeezed(told)
    assert "shared by" in told
    assert len(lounge.channel.edits) == 1


async def test_a_timeline_and_what_a_search_found_are_put_right_too(lounge):
    await lounge.approved()
    brief = await lounge.bot.storage.curation.brief("harbour")
    step = brief.timeline[0].line.text
    word = step.split()[-1].strip(".")
    await lounge.share("/timeline harbour")
    await lounge.share(f"/find {word}")
    number = next(at for at, text in enumerate(await lounge.lines(), start=1) if text == step)
    told = await lounge.done(f'/curate correct harbour line:{number} why:"not so" drop:yes')
    assert "shared post" in told
    await lounge.later()
    for post in (0, 1)[: len(lounge.channel.edits)]:
        assert "The line was taken out." in words_of(lounge.stands(post))


@pytest.mark.parametrize("line", ["/brief harbour", "/timeline harbour", "/source harbour", "/find dockers", "/brief"])
async def test_a_headline_is_put_right_wherever_it_stands(lounge, line):
    await lounge.approved()
    await lounge.share(line)
    old = (await lounge.lines())[0]
    await lounge.done(f'/curate correct harbour line:1 why:"shorter" cites:1 text:"{STRIKE} that would close the harbour"')
    await lounge.later()
    told = words_of(lounge.stands())
    assert f"{STRIKE} that would close the harbour" in told and "harbour that would" not in told
    heads = [block.text for block in lounge.stands().blocks if isinstance(block, Heading)]
    assert not any(head.endswith(old) for head in heads)


async def test_an_answer_that_does_not_show_the_line_stays_as_it_is(lounge):
    await lounge.approved()
    await lounge.share("/entity Brekke")
    await lounge.share("/standfirst corrections")
    assert "No post carries it." in await lounge.done(EDITED)
    await lounge.later()
    assert lounge.channel.edits == []


async def test_a_line_that_was_taken_out_is_said_to_stand_again(lounge):
    await lounge.approved()
    await lounge.share("/brief harbour")
    await lounge.done('/curate correct harbour line:3 why:"not so" drop:yes')
    await lounge.later()
    await lounge.done("/curate undo")
    await lounge.later()
    [section] = [block for block in lounge.stands().blocks if isinstance(block, Section) and block.title == TITLE]
    assert ["Stands again" in words_of(line) for line in section.lines] == [True, False]


async def test_a_brief_that_was_withdrawn_leaves_no_line_and_no_press_and_comes_back_as_a_story(lounge):
    await lounge.approved()
    lines = await lounge.lines()
    await lounge.share("/brief harbour size:full")
    asked = await lounge.say('/curate withdraw harbour why:"the outlet took it back"')
    assert "Posts in 1 channel have carried it" in asked.summary
    await lounge.press(asked, "Withdraw it")
    await lounge.later()
    gone = lounge.stands()
    assert not any(line in words_of(gone) for line in lines[1:])
    assert [words_of(block) for block in gone.blocks if isinstance(block, Heading)] == [f"withdrawn: {lines[0]}"]
    assert [block for block in gone.blocks if isinstance(block, Notice) and "WITHDRAWN" in words_of(block)]
    assert [button.command for button in buttons(gone) if "harbour" in button.command] == []
    await lounge.done("/curate undo")
    await lounge.later()
    back = lounge.stands()
    assert [block.headline for block in back.blocks if isinstance(block, Story)] == [lines[0]]
    assert "BACK 22 Nov 2026:" in words_of(back) and "WITHDRAWN" not in words_of(back)
    assert (await lounge.bot.storage.curation.brief("harbour")).state is State.APPROVED


async def test_of_an_answer_in_several_posts_those_are_edited_that_carry_the_line(lounge):
    await lounge.approved()
    await lounge.share("/source harbour", receipts=["x", "x", "x"])
    posts, old = list(lounge.channel.posts), squeezed((await lounge.lines())[1])
    assert len(posts) > 1
    await lounge.done(EDITED)
    await lounge.later()
    changed = [at for at, post in enumerate(posts) if lounge.channel.posts[at] != post]
    assert changed == [at for at, post in enumerate(posts) if old in shown(post[2])] != []


async def test_a_post_out_of_reach_is_told_as_such_and_left(lounge):
    await lounge.approved()
    await lounge.share("/brief harbour", receipts=[""])
    await lounge.share("/brief harbour", who=lounge.ben)
    told = await lounge.done(EDITED)
    assert "1 shared post that carries it is put right now." in told
    assert "1 shared post that carries it is out of the bot's reach; whoever manages that channel can delete it." in told
    await lounge.later()
    assert [receipt for _, receipt, _ in lounge.channel.edits] == ["fake:2"]


async def test_what_was_corrected_while_an_answer_was_on_its_way_reaches_it(lounge):
    await lounge.approved()
    lounge.deliver.now += MOMENT

    async def meanwhile():
        lounge.deliver.now += MOMENT
        assert "No post carries it." in await lounge.done(EDITED)

    await lounge.share("/brief harbour", before=meanwhile)
    await lounge.later()
    assert "CORRECTION 22 Nov 2026:" in words_of(lounge.stands())


async def test_what_was_corrected_before_is_not_told_a_second_time(lounge):
    await lounge.approved()
    await lounge.done(EDITED)
    await lounge.done("/curate undo")
    lounge.deliver.now += MOMENT
    await lounge.share("/brief harbour")
    await lounge.deliver.begin()
    await lounge.later()
    assert lounge.channel.edits == []


async def test_an_approval_that_was_shared_is_not_undone_without_a_word(lounge):
    await lounge.approved()
    await lounge.share("/brief harbour")
    assert "/curate withdraw harbour" in await lounge.refused("/curate undo")


async def test_whoever_shared_it_is_forgotten_and_the_post_stays(lounge):
    await lounge.approved()
    await lounge.share("/brief harbour")
    await lounge.share("/brief harbour", who=lounge.ben)
    told = await lounge.done("/standfirst forget", lounge.cleo)
    assert "What 1 post that you shared says, with your name" in told
    assert "Forgotten: that you shared 1 post." in await lounge.done("/standfirst forget sure:yes", lounge.cleo)
    assert "Nothing is kept of you here." in await lounge.done("/standfirst forget", lounge.cleo)
    assert "1 shared post that carries it" in await lounge.done(EDITED)
    await lounge.later()
    assert [receipt for _, receipt, _ in lounge.channel.edits] == ["fake:2"]
    assert "cleo" not in str(await lounge.bot.storage.ledger.posts_carrying("harbour", DUE - timedelta(days=1)))


async def test_what_is_about_no_brief_is_not_remembered(lounge):
    await lounge.share("/standfirst corrections")
    assert await lounge.bot.storage.ledger.noted("console", "share:") == 0


async def test_a_share_in_another_space_is_edited_there(lounge):
    await lounge.approved()
    answer = await lounge.share("/brief harbour")
    there = Place("console", "elsewhere")
    made = await lounge.channel.publish(there, answer, "elsewhere")
    await lounge.bot.desk.sharing.posts.remember(there, "cleo", answer, [(answer, made.receipt)], lounge.deliver.now)
    assert "2 shared posts that carry it are put right now." in await lounge.done(EDITED)
    await lounge.later()
    assert {place for place, _, _ in lounge.channel.edits} == {lounge.cleo.place, there}
