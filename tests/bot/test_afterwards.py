"""Readers have it, and something was wrong: lines corrected, briefs withdrawn, in every post that carries them."""

from datetime import timedelta

import pytest

from briefs.brief import State
from briefs.brief_lines import Part, numbered
from briefs.digest import Again, Refused, Unknown
from briefs.message import Notice, Outcome, Story, buttons
from tests.bot.newsroom import ANNA, Newsroom
from tests.bot.room import DAY, DUE, Room
from tests.briefs.drafting.stories import FIRE, HARBOUR
from tests.clocked import Clocked
from tests.words import words_of

MINUTE = timedelta(minutes=1)
STRIKE = "Dockers in the port of Veldmar are considering a strike"
EDITED = f'/curate correct harbour line:2 why:"the port was named wrongly" cites:1 text:"{STRIKE}."'


class Desk(Newsroom):
    """A newsroom whose channel has had an edition."""

    def __init__(self, bot):
        super().__init__(bot)
        self.room = Room(bot)
        self.channel = self.room.channel
        object.__setattr__(bot.desk.curate.deciding, "clock", lambda: self.room.deliver.now)

    async def served(self, *texts):
        for name, text in texts or (("harbour.txt", HARBOUR),):
            await self.give(text, name)
            await self.done(f"/curate approve {name.removesuffix('.txt')}")
        await self.done("/digest subscribe at:07:30 tz:Europe/London")
        await self.room.wave(DUE)
        assert len(self.channel.posts) == 1

    async def later(self, minutes=1):
        self.room.at(self.room.deliver.now + minutes * MINUTE)
        await self.room.wave(self.room.deliver.now)

    def stands(self):
        """The words of the post as it stands in the channel."""
        return words_of(self.channel.edits[-1][2] if self.channel.edits else self.channel.posts[0][2])


def stories(post):
    """The stories of that brief in a post."""
    return [block for block in post.blocks if isinstance(block, Story) and block.open.command == "/brief harbour"]


@pytest.fixture
async def desk(bot):
    return Desk(bot)


async def test_a_correction_edits_the_post_that_carries_the_line_and_says_so_with_its_date(desk):
    await desk.served()
    old = (await desk.lines())[1]
    told = await desk.done(EDITED)
    assert "1 post that carries it is put right now" in told
    await desk.later()
    assert len(desk.channel.edits) == 1
    assert f"CORRECTION 22 Nov 2026:  The port was named wrongly. Was: “{old}" in desk.stands()
    assert "Dockers in the port of Veldmar are considering a strike." in desk.stands()


async def test_an_edit_is_made_once_however_often_the_clock_ticks(desk):
    await desk.served()
    await desk.done(EDITED)
    for _ in range(4):
        await desk.later()
    assert len(desk.channel.edits) == 1


async def test_an_edit_that_is_put_off_is_made_later(desk):
    await desk.served()
    desk.channel.edit_script = [Again(MINUTE, "slow down")]
    await desk.done(EDITED)
    await desk.later()
    await desk.later(5)
    assert "CORRECTION" in desk.stands()


async def test_where_a_post_cannot_be_edited_the_next_edition_says_it(desk):
    await desk.served()
    desk.channel.edit_script = [Refused("The post is gone.")]
    await desk.done(EDITED)
    await desk.later()
    await desk.give(FIRE, "fire.txt")
    await desk.done("/curate approve fire")
    await desk.room.wave(DUE + DAY)
    assert len(desk.channel.posts) == 2
    assert "The port was named wrongly" in words_of(desk.channel.posts[1][2])


async def test_a_post_that_does_not_carry_the_line_is_left_alone(desk):
    await desk.served()
    brief = await desk.bot.storage.curation.brief("harbour")
    shown = "".join(words_of(desk.channel.posts[0][2]).split())
    number = next(one.number for one in numbered(brief) if one.part is Part.POINT and "".join(one.line.text.split()) not in shown)
    told = await desk.done(f'/curate correct harbour line:{number} why:"not so" drop:yes')
    assert "No post carries it" in told
    await desk.later()
    assert desk.channel.edits == []


async def test_a_second_correction_builds_on_the_first(desk):
    await desk.served()
    await desk.done(EDITED)
    await desk.later()
    await desk.done(f'/curate correct harbour line:2 why:"too short" cites:1 text:"{STRIKE} that would close the harbour."')
    await desk.later()
    assert desk.stands().count("CORRECTION") == 2
    brief = await desk.bot.storage.curation.brief("harbour")
    assert [one.line for one in brief.corrections] == [brief.bottom_line, brief.bottom_line]


async def test_a_corrected_headline_is_right_in_the_story_and_in_the_notification(desk):
    await desk.served()
    await desk.done('/curate correct harbour line:1 why:"shorter" cites:1 text:"Dockers in the port of Veldmar are considering a strike"')
    await desk.later()
    [(_, _, post)] = desk.channel.edits
    [story] = stories(post)
    assert story.headline == "Dockers in the port of Veldmar are considering a strike"
    assert story.headline in post.summary


async def test_a_line_the_gate_refuses_corrects_nothing(desk):
    await desk.served()
    told = await desk.refused('/curate correct harbour line:2 why:"worse" cites:1 text:"Dockers in Veldmar have begun a strike."')
    assert "not saved" in told
    assert (await desk.bot.storage.curation.brief("harbour")).corrections == ()


async def test_a_correction_taken_back_is_told_like_any_other(desk):
    await desk.served()
    before = (await desk.lines())[1]
    await desk.done(EDITED)
    await desk.later()
    await desk.done("/curate undo")
    await desk.later()
    assert (await desk.lines())[1] == before
    assert "An earlier correction was taken back" in desk.stands()
    assert len((await desk.bot.storage.curation.brief("harbour")).corrections) == 2


async def test_of_two_corrections_of_a_line_each_says_what_it_made_of_it(desk):
    await desk.served()
    old = (await desk.lines())[1]
    await desk.done(EDITED)
    await desk.done(f'/curate correct harbour line:2 why:"too short" cites:1 text:"{STRIKE} that would close the harbour."')
    for page in ("/brief harbour", "/standfirst corrections", "/source harbour line:2"):
        told = compact(await desk.done(page, desk.cleo))
        assert compact(f"The port was named wrongly. Was: “{old}” Then: {STRIKE}.") in told, page
        assert compact(f"Too short. Was: “{STRIKE}.” Now: {STRIKE} that would close the harbour.") in told, page


async def test_a_correction_that_was_taken_back_is_not_told_as_one_to_the_words_that_stand(desk):
    await desk.served()
    old = (await desk.lines())[1]
    await desk.done(EDITED)
    desk.room.at(DUE + DAY)
    await desk.done("/curate undo")
    for page in ("/brief harbour", "/standfirst corrections", "/source harbour line:2"):
        told = compact(await desk.done(page, desk.cleo))
        assert compact(f"The port was named wrongly. Was: “{old}” In between: {STRIKE}.") in told, page
        assert compact(f"An earlier correction was taken back. Was: “{STRIKE}.” Now: {old}") in told, page
    assert "Corrected 22 Nov 2026, taken back 23 Nov 2026:" in await desk.done("/brief harbour", desk.cleo)


async def test_a_post_says_of_a_correction_that_it_was_taken_back_and_not_that_the_line_was_as_it_is(desk):
    await desk.served()
    old = (await desk.lines())[1]
    await desk.done(EDITED)
    await desk.later()
    await desk.done("/curate undo")
    await desk.later()
    stands = compact(desk.stands())
    assert compact(f"CORRECTION 22 Nov 2026, taken back 22 Nov 2026: The port was named wrongly. In between: “{STRIKE}.”") in stands
    assert compact(f"Was: “{old}") not in stands


async def test_a_line_taken_out_after_it_was_corrected_is_not_told_as_taken_out_by_the_first(desk):
    await desk.served()
    point = next(one for one in numbered(await desk.bot.storage.curation.brief("harbour")) if one.part is Part.POINT)
    await desk.done(f'/curate correct harbour line:{point.number} why:"too long" cites:1 text:"{STRIKE}."')
    await desk.done(f'/curate correct harbour line:{point.number} why:"not news" drop:yes')
    told = compact(await desk.done("/standfirst corrections", desk.cleo))
    assert compact(f"Was: “{point.line.text}” Then: {STRIKE}.") in told
    assert told.count(compact("It was taken out.")) == 1


def compact(told):
    return "".join(told.split())


async def subscribed(desk):
    """The brief is approved, and the channel has an edition to come."""
    await desk.give(HARBOUR)
    await desk.done("/curate approve harbour")
    await desk.done("/digest subscribe at:07:30 tz:Europe/London")


async def sent_with_its_answer_lost(desk):
    """An edition is in the channel, and nobody knows."""
    desk.channel.script, desk.channel.loses_answers = [Unknown("lost")], True
    await desk.room.wave(DUE)
    desk.channel.loses_answers = False


async def put_off(desk):
    """An edition is made, and waits for the platform."""
    desk.channel.script = [Again(MINUTE, "slow down")]
    await desk.room.wave(DUE)


@pytest.mark.parametrize("meanwhile", [sent_with_its_answer_lost, put_off])
async def test_what_was_on_its_way_while_it_was_corrected_is_put_right_once_it_is_there(desk, meanwhile):
    await subscribed(desk)
    await meanwhile(desk)
    await desk.done(EDITED)
    await desk.done('/curate correct harbour line:3 why:"not so" drop:yes')
    for _ in range(3):
        await desk.later(10)
    assert (len(desk.channel.posts), len(desk.channel.edits)) == (1, 1)
    assert "CORRECTION 22 Nov 2026:  The port was named wrongly." in desk.stands()
    assert "The line was taken out." in desk.stands()
    assert f"{STRIKE}." in desk.stands()


async def test_what_was_withdrawn_while_it_was_on_its_way_says_so(desk):
    await subscribed(desk)
    await sent_with_its_answer_lost(desk)
    await desk.done('/curate withdraw harbour why:"a mistake" sure:yes')
    await desk.later(10)
    await desk.later()
    assert stories(desk.channel.edits[-1][2]) == []
    assert "WITHDRAWN" in desk.stands()


async def test_what_was_withdrawn_and_came_back_meanwhile_is_left_as_it_is(desk):
    await subscribed(desk)
    await sent_with_its_answer_lost(desk)
    await desk.done('/curate withdraw harbour why:"a mistake" sure:yes')
    await desk.done("/curate undo")
    await desk.later(10)
    await desk.later()
    assert desk.channel.edits == []


class DiesOnceItIsSettled(Clocked):
    """A process that is killed when the ledger has just learned what arrived."""

    async def _settled(self, settled):
        raise ConnectionResetError


async def test_a_bot_that_died_before_it_came_to_it_puts_the_post_right_when_it_is_back(desk):
    await subscribed(desk)
    await sent_with_its_answer_lost(desk)
    await desk.done(EDITED)
    dying = DiesOnceItIsSettled(desk.bot.storage, {"console": desk.channel}, worker="w2")
    with pytest.raises(ConnectionResetError):
        await dying.run_at(DUE + 10 * MINUTE)
    assert len(await desk.bot.storage.ledger.posts_carrying("harbour", DUE)) == 1
    back = Clocked(desk.bot.storage, {"console": desk.channel}, worker="w3")
    back.now = DUE + 11 * MINUTE
    await back.begin()
    await back.run_at(DUE + 12 * MINUTE)
    assert len(desk.channel.edits) == 1
    assert "CORRECTION" in desk.stands()


async def test_a_bot_that_begins_again_edits_nothing_that_was_put_right(desk):
    await desk.served()
    await desk.done(EDITED)
    await desk.later()
    await desk.done("/curate undo")
    await take_out(desk)
    await desk.done("/curate undo")
    await desk.later()
    before = list(desk.channel.edits)
    await desk.room.deliver.begin()
    await desk.later()
    assert desk.channel.edits == before


async def take_out(desk):
    """The number and the words of a key point that the post shows, and that is taken out."""
    brief = await desk.bot.storage.curation.brief("harbour")
    shown = "".join(words_of(desk.channel.posts[0][2]).split())
    points = [one for one in numbered(brief) if one.part is Part.POINT]
    taken = next(one for one in points if "".join(one.line.text.split()) in shown)
    assert taken.number != points[-1].number
    await desk.done(f'/curate correct harbour line:{taken.number} why:"not so" drop:yes')
    await desk.later()
    return taken


async def test_a_line_that_was_taken_out_is_back_where_it_stood_in_the_brief_and_in_the_post(desk):
    await desk.served()
    before, posted = await desk.bot.storage.curation.brief("harbour"), desk.channel.posts[0][2]
    taken = await take_out(desk)
    assert taken.line not in (await desk.bot.storage.curation.brief("harbour")).lines
    assert f"“{taken.line.text}” The line was taken out." in desk.stands()
    assert "which had been taken out, stands again" in await desk.done("/curate undo")
    await desk.later()
    after = await desk.bot.storage.curation.brief("harbour")
    assert numbered(after) == numbered(before)
    [first], [last] = stories(posted), stories(desk.channel.edits[-1][2])
    assert last.lines[: len(first.lines)] == first.lines
    assert f"An earlier correction was taken back. Stands again: “{taken.line.text}”" in desk.stands()
    assert taken.line.text in await desk.done("/brief harbour size:full", desk.cleo)
    assert len(desk.channel.edits) == 2


async def test_readers_elsewhere_hear_with_the_next_edition_that_a_line_stands_again(desk):
    await desk.served()
    desk.channel.edit_script = [Refused("The post is gone.")] * 2
    taken = await take_out(desk)
    await desk.done("/curate undo")
    await desk.later()
    await desk.room.wave(DUE + DAY)
    told = "".join(words_of(desk.channel.posts[1][2]).split())
    assert "".join(f"Was: “{taken.line.text}” It was taken out.".split()) in told
    assert "".join(f"Stands again: {taken.line.text}".split()) in told


async def test_a_line_is_back_among_lines_that_were_corrected_meanwhile(desk):
    await desk.served()
    before = [one.line.text for one in numbered(await desk.bot.storage.curation.brief("harbour"))]
    await take_out(desk)
    await desk.done(EDITED)
    await desk.later()
    number = next(one.number for one in await desk.bot.storage.curation.log(limit=9) if "taken out" in one.told)
    await desk.done(f"/curate undo {number}")
    await desk.later()
    after = [one.line.text for one in numbered(await desk.bot.storage.curation.brief("harbour"))]
    assert after == [before[0], f"{STRIKE}.", *before[2:]]
    [story] = stories(desk.channel.edits[-1][2])
    assert ["".join(words_of(line.spans).split()) for line in story.lines[:2]] == ["".join(text.split()) for text in after[1:3]]


async def test_what_is_back_can_be_taken_out_again_by_taking_the_undoing_back(desk):
    await desk.served()
    taken = await take_out(desk)
    await desk.done("/curate undo")
    newest = (await desk.bot.storage.curation.log(limit=1))[0].number
    await desk.done(f"/curate undo {newest}")
    await desk.later()
    assert taken.line not in (await desk.bot.storage.curation.brief("harbour")).lines
    [story] = stories(desk.channel.edits[-1][2])
    assert not any(words_of(line) == taken.line.text for line in story.lines)


async def test_a_line_that_was_said_anew_meanwhile_is_not_put_there_twice(desk):
    await desk.served()
    taken = await take_out(desk)
    brief = await desk.bot.storage.curation.brief("harbour")
    other = next(one.number for one in numbered(brief) if one.part is Part.POINT)
    cites = ",".join(str(citation.sentence) for citation in taken.line.citations)
    removal = (await desk.bot.storage.curation.log(limit=1))[0].number
    await desk.bot.desk.curate.afterwards.correct(ANNA, "harbour", other, taken.line.text, cites=cites, why="better")
    assert "already" in await desk.refused(f"/curate undo {removal}")


async def test_undo_goes_one_step_further_back_each_time_over_corrections_too(desk):
    await desk.served()
    before = await desk.lines()
    await desk.done(EDITED)
    await take_out(desk)
    await desk.done("/curate undo")
    await desk.done("/curate undo")
    assert await desk.lines() == before


async def test_an_approval_that_editions_carried_is_not_undone_without_a_word(desk):
    await desk.served()
    number = next(one.number for one in await desk.bot.storage.curation.log(limit=9) if one.act == "approved")
    assert "/curate withdraw harbour" in await desk.refused(f"/curate undo {number}")


async def test_withdrawing_asks_first_and_then_says_so_in_the_post(desk):
    await desk.served()
    asked = await desk.say('/curate withdraw harbour why:"the outlet took it back"')
    assert "have carried it" in asked.summary
    assert (await desk.bot.storage.curation.brief("harbour")).state is State.APPROVED
    await desk.press(asked, "Withdraw it")
    await desk.later()
    [(_, _, post)] = desk.channel.edits
    [notice] = [block for block in post.blocks if isinstance(block, Notice)]
    assert "WITHDRAWN 22 Nov 2026:" in words_of(post)
    assert "The outlet took it back." in words_of(post)
    assert stories(post) == []
    assert "harbour" not in [b.command for block in post.blocks for b in getattr(block, "buttons", ())]
    assert notice
    assert (await desk.say("/brief harbour", desk.cleo)).outcome is Outcome.NOT_FOUND


async def test_a_withdrawal_taken_back_puts_the_story_where_it_stood(desk):
    await desk.served()
    await desk.done('/curate withdraw harbour why:"a mistake" sure:yes')
    await desk.later()
    await desk.done("/curate undo")
    await desk.later()
    assert "BACK 22 Nov 2026:  it was withdrawn, and stands again." in desk.stands()
    assert "WITHDRAWN" not in desk.stands()
    assert (await desk.say("/brief harbour", desk.cleo)).outcome is Outcome.ANSWER


async def test_only_the_story_that_was_wrong_is_touched(desk):
    await desk.served(("harbour.txt", HARBOUR), ("fire.txt", FIRE))
    before = {b.headline: b for b in desk.channel.posts[0][2].blocks if isinstance(b, Story)}
    await desk.done(EDITED)
    await desk.later()
    after = {b.headline: b for b in desk.channel.edits[-1][2].blocks if isinstance(b, Story)}
    assert [headline for headline in before if before[headline] != after[headline]] == [(await desk.lines())[0]]


async def test_everyone_may_read_what_was_corrected(desk):
    assert "Nothing has been corrected lately" in await desk.done("/standfirst corrections", desk.cleo)
    await desk.served()
    await desk.done(EDITED)
    assert "The port was named wrongly" in await desk.done("/standfirst corrections", desk.cleo)


async def test_a_brief_says_what_is_new_and_how_many_sources_it_has(desk):
    await desk.give(HARBOUR)
    await desk.done("/curate approve harbour")
    await desk.give(FIRE, "fire.txt")
    await desk.done('/curate set fire updates:harbour new:"Three shops next to the hall were damaged." cites:2')
    await desk.give(FIRE + "\nAnother report by the desk of the paper in Teslin.\n", "fire-2.txt")
    await desk.done("/curate also fire-2 of:fire")
    await desk.done("/curate approve fire")
    told = await desk.done("/brief fire", desk.cleo)
    assert "Update on “harbour”" in told
    assert "2 sources" in told
    assert "Update:" in await desk.done("/brief", desk.cleo)


async def test_a_line_that_stands_twice_is_corrected_twice(desk):
    await desk.served()
    before = await desk.bot.storage.curation.brief("harbour")
    twice = next(one for one in numbered(before) if [other.line for other in numbered(before)].count(one.line) == 2)
    await desk.done(f'/curate correct harbour line:{twice.number} why:"not so" drop:yes')
    after = await desk.bot.storage.curation.brief("harbour")
    assert twice.line not in [one.line for one in numbered(after)]


async def test_a_story_that_is_back_still_says_what_was_corrected_in_it_and_how_old_it_is(desk):
    await desk.served()
    await desk.done(EDITED)
    await desk.later()
    checks = [b.command for b in buttons(desk.channel.edits[-1][2]) if b.label == "Check every line"]
    await desk.done('/curate withdraw harbour why:"a mistake" sure:yes')
    await desk.later()
    assert "the withdrawal of “Dockers" in await desk.done("/curate undo")
    await desk.later()
    assert "CORRECTION 22 Nov 2026:" in desk.stands()
    assert [b.command for b in buttons(desk.channel.edits[-1][2]) if b.label == "Check every line"] == checks


async def test_whoever_withdraws_is_told_which_cards_say_the_same(desk):
    await desk.served()
    told = await desk.say('/curate withdraw harbour why:"a mistake" sure:yes')
    assert "still stands on 3 cards" in told.summary
    assert '/curate card name:"Ana Brekke · leader"' in [button.command for button in buttons(told)]


async def test_what_a_correction_does_is_said_as_it_is(desk):
    await desk.served()
    assert "1 post that carries it is put right now, and the next edition there says so, too." in await desk.done(EDITED)
