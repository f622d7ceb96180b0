"""Something wrong? Readers say so, curators hear of it once, and readers are told what came of it."""

import pytest

from briefs.message import CheckedLine, Outcome, buttons
from tests.bot.newsroom import Newsroom
from tests.briefs.drafting.stories import HARBOUR
from tests.fakes import FakePublisher
from tests.words import words_of

WRONG = '/standfirst wrong iraq line:3 said:"It was not four groups."'


@pytest.fixture
async def room(bot):
    room = Newsroom(bot)
    room.channel = FakePublisher()
    object.__setattr__(bot.desk.reporting, "publishers", {"console": room.channel})
    return room


async def posts(room):
    await room.bot.desk.deliver.run("console")
    return room.bot.console.posts_from(0)


async def test_every_checked_line_and_sentence_can_be_called_wrong(room):
    message = await room.say("/source iraq", room.cleo)
    for block in message.blocks:
        if isinstance(block, CheckedLine):
            [wrong] = [button for button in block.buttons if button.label == "Something wrong?"]
            assert wrong.command == f"/form /standfirst wrong iraq line:{block.position} said:"
    assert "Something wrong?" in [button.label for button in buttons(await room.say("/source iraq:12", room.cleo))]


async def test_a_report_reaches_the_review_channel_with_line_sentence_and_words(room):
    await room.done("/curate here")
    told = await room.done(WRONG, room.cleo)
    assert "report 1" in told
    [post] = await posts(room)
    brief = await room.bot.storage.shelf.brief("iraq")
    words = words_of(post.message)
    assert brief.lines[2].text in words
    assert "It was not four groups." in words
    assert f"iraq:{brief.lines[2].citations[0].sentence}" in words


async def test_the_same_words_twice_are_one_report(room):
    await room.done("/curate here")
    await room.done(WRONG, room.cleo)
    assert "report 1" in await room.done(WRONG, room.cleo)
    assert len(await posts(room)) == 1


async def test_a_sentence_can_be_called_wrong_as_well(room):
    await room.done('/standfirst wrong iraq:12 said:"A word is missing."', room.cleo)
    [report] = await room.bot.desk.reporting.open()
    assert report.refs == ("iraq:12",)


async def test_the_reader_is_told_what_came_of_it_once(room):
    await room.done(WRONG, room.cleo)
    assert "not answered yet" in await room.done("/standfirst reported", room.cleo)
    assert "The reader was told" in await room.done('/curate answer 1 text:"You are right, thank you."')
    [(space, user, message)] = room.channel.told
    assert (space, user) == ("console", "cleo")
    assert "You are right, thank you." in words_of(message)
    assert "answered already, by @anna" in await room.refused('/curate answer 1 text:"Again."', room.ben)
    assert len(room.channel.told) == 1
    assert "You are right" in await room.done("/standfirst reported", room.cleo)


async def test_curators_see_what_waits_and_others_do_not(room):
    await room.done(WRONG, room.cleo)
    assert "Report 1" in await room.done("/curate reports")
    assert "Only curators" in (await room.say("/curate reports", room.cleo)).summary
    await room.done('/curate answer 1 text:"Thanks."')
    assert "No report waits" in await room.done("/curate reports")


async def test_nobody_sees_what_another_reported(room):
    await room.done(WRONG, room.cleo)
    assert "You have reported nothing" in await room.done("/standfirst reported", room.ben)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param("/standfirst wrong iraq said:x", "Say which line", id="no-line"),
        pytest.param("/standfirst wrong iraq line:999 said:x", "from 1 to", id="no-such-line"),
        pytest.param("/standfirst wrong nothing line:1 said:x", "No brief", id="no-such-brief"),
        pytest.param("/standfirst wrong iraq line:3", "needs “said”", id="no-words"),
        pytest.param(f"/standfirst wrong iraq line:3 said:{'x' * 1_001}", "At most 1,000 characters", id="too-many-words"),
        pytest.param("/curate answer 99 text:x", "No report called", id="no-such-report"),
    ],
)
async def test_what_cannot_be_reported_says_why(room, line, told):
    message = await room.say(line)
    assert message.outcome is not Outcome.ANSWER
    assert told in message.summary


async def test_a_draft_cannot_be_called_wrong_by_whoever_does_not_see_it(room):
    await room.give(HARBOUR)
    for what in ("harbour line:1", "harbour:1"):
        assert "Brekke" not in (await room.say(f"/standfirst wrong {what} said:x", room.cleo)).summary
    assert await room.bot.desk.reporting.open() == ()


async def test_a_report_is_shown_to_the_curator_who_asks_alone_and_can_be_corrected_from_there(room):
    await room.give(HARBOUR)
    await room.done("/curate approve harbour")
    await room.done('/standfirst wrong harbour line:2 said:"It was another port."', room.cleo)
    page = await room.say("/curate reports 1")
    assert page.only_asker
    correct = next(button.command for button in buttons(page) if button.label == "Correct")
    assert correct.startswith("/form /curate correct harbour line:2 text: Dockers in the port of Veldmar")
    await room.done('/curate answer 1 text:"It was this one."')
    answered = await room.say("/curate reports 1")
    assert "It was this one." in words_of(answered)
    assert "Answer" not in [button.label for button in buttons(answered)]


async def test_thanks_quote_the_line_and_lead_to_the_numbers_that_count(room):
    brief = await room.bot.storage.shelf.brief("iraq")
    told = await room.say(WRONG, room.cleo)
    assert brief.lines[2].text in words_of(told)
    assert "Line 3 of “iraq”" in words_of(told)
    numbered = await room.press(told, "The lines by number", room.cleo)
    [third] = [block for block in numbered.blocks if isinstance(block, CheckedLine) and block.position == 3]
    assert compact(brief.lines[2].text) == compact(words_of(third.line.spans))


async def test_thanks_for_a_step_of_a_timeline_lead_to_the_numbers_of_its_steps(room):
    told = await room.say('/standfirst wrong iraq line:1 part:timeline said:"Not then."', room.cleo)
    assert "Line 1 of the timeline of “iraq”" in words_of(told)
    assert "/source iraq part:timeline" in [button.command for button in buttons(told)]


async def test_thanks_for_a_sentence_quote_it(room):
    told = await room.done('/standfirst wrong iraq:12 said:"A word is missing."', room.cleo)
    assert "Sentence 12 of “iraq”" in told


def compact(told):
    return "".join(told.split())
