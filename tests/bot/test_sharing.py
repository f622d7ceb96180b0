"""Sharing an answer with the channel."""

from dataclasses import replace
from datetime import timedelta

import pytest

from briefs.commands.ask import Role
from briefs.desk.pace import Pace
from briefs.message import Buttons, Outcome, Person, Section, SmallPrint, buttons
from tests.builders import NOON


@pytest.fixture
def reader(bot):
    return replace(bot.asker, space="example:one", user="7", name="Anna", roles=frozenset(), others=True, may_write=True)


@pytest.fixture
def ask(bot, reader):
    async def answer(line, **changes):
        return await bot.commands.answer_line(line, replace(reader, **changes))

    return answer


def labels(message):
    return [button.label for button in buttons(message)]


@pytest.mark.parametrize("line", ["/brief iraq", "/entity Houthis", "/source iraq:12", "/source iraq", "/timeline iraq", "/find missiles"])
async def test_every_reading_answer_can_be_shared_and_the_press_shows_the_same_to_everyone(ask, line):
    private = await ask(line)
    share = next(button for button in buttons(private) if button.label == "Share here")
    public = await ask(share.command)
    assert private.only_asker
    assert not public.only_asker
    assert public.summary == private.summary
    assert any(isinstance(block, SmallPrint) and Person("7", "Anna") in block.spans for block in public.blocks)
    assert "Share here" not in labels(public)


async def test_whoever_shared_it_is_named_above_the_buttons(ask):
    public = await ask("/standfirst share /brief iraq")
    assert isinstance(public.blocks[-1], Buttons)
    assert Person("7", "Anna") in public.blocks[-2].spans


@pytest.mark.parametrize("changes", [{"others": False}, {"may_write": False}], ids=["alone", "may not write"])
async def test_where_it_cannot_be_shared_it_is_not_offered_and_the_command_says_why(ask, changes):
    assert "Share here" not in labels(await ask("/brief iraq", **changes))
    refused = await ask("/standfirst share /brief iraq", **changes)
    assert refused.only_asker
    assert refused.outcome is Outcome.BAD_INPUT


async def test_switched_off_in_a_space_it_is_off_there_alone(ask):
    await ask("/standfirst sharing off", roles=frozenset({Role.ADMIN}))
    assert "Share here" not in labels(await ask("/brief iraq"))
    assert "sharing on" in (await ask("/standfirst share /brief iraq")).summary
    assert "Share here" in labels(await ask("/brief iraq", space="example:two"))


async def test_only_an_admin_switches_it(ask):
    assert (await ask("/standfirst sharing off", roles=frozenset({Role.MANAGER}))).outcome is Outcome.BAD_INPUT
    assert "Share here" in labels(await ask("/brief iraq"))


async def test_one_person_shares_once_in_a_while_in_a_channel(bot, ask):
    assert not (await ask("/standfirst share /brief iraq")).only_asker
    again = await ask("/standfirst share /timeline iraq")
    assert again.only_asker
    assert "Try again in" in again.summary
    assert not (await ask("/standfirst share /brief iraq", user="8")).only_asker
    assert not (await ask("/standfirst share /brief iraq", channel="other")).only_asker


async def test_a_share_that_finds_nothing_stays_private_and_costs_nothing(ask):
    assert (await ask("/standfirst share /brief nosuch")).only_asker
    assert (await ask("/standfirst share /entity hezbollah")).outcome is Outcome.CHOICE
    assert not (await ask("/standfirst share /brief iraq")).only_asker


@pytest.mark.parametrize("line", ["/digest list", "/standfirst about", "/standfirst share /brief iraq", "/help", "?", "/brief help"])
async def test_only_what_reads_the_news_can_be_shared(ask, line):
    message = await ask(f"/standfirst share {line}", roles=frozenset(Role))
    assert message.only_asker
    assert message.outcome is Outcome.BAD_INPUT


async def test_quotes_and_keys_of_the_shared_line_stay_as_they_are(ask):
    private = await ask('/entity "Kataeb Hezbollah" compare:"Hezbollah · Lebanon"')
    share = next(button for button in buttons(private) if button.label == "Share here")
    assert (await ask(share.command)).summary == private.summary


async def test_in_a_thread_where_there_are_threads(ask):
    assert "Open in a thread" not in labels(await ask("/brief iraq"))
    private = await ask("/brief iraq", threads=True)
    press = next(button for button in buttons(private) if button.label == "Open in a thread")
    assert (await ask(press.command, threads=True)).in_thread


async def test_a_person_who_asks_too_fast_is_told_how_long_to_wait(bot, reader):
    commands = replace(bot.commands, pace=Pace(timedelta(seconds=30), burst=2), desk=replace(bot.desk, now=lambda: NOON))
    said = [(await commands.answer_line("/brief", reader)).outcome for _ in range(3)]
    assert said == [Outcome.ANSWER, Outcome.ANSWER, Outcome.BAD_INPUT]
    assert "30 seconds" in (await commands.answer_line("/brief", reader)).summary
    assert (await commands.answer_line("/brief", replace(reader, user="8"))).outcome is Outcome.ANSWER
    operator = replace(reader, roles=frozenset({Role.OPERATOR}))
    assert {(await commands.answer_line("/brief", operator)).outcome for _ in range(5)} == {Outcome.ANSWER}


async def test_a_hello_is_said_once_to_a_space_and_its_buttons_lead_somewhere(bot, ask):
    hello = await bot.desk.join.joined("example:one")
    assert await bot.desk.join.joined("example:one") is None
    assert await bot.desk.join.joined("example:two") is not None
    answers = [await ask(button.command, roles=frozenset({Role.MANAGER})) for button in buttons(hello)]
    assert [answer.outcome for answer in answers] == [Outcome.ANSWER, Outcome.BAD_INPUT, Outcome.ANSWER]  # the second wants a form


async def test_a_space_that_is_left_rests_and_gets_its_hello_again_when_it_comes_back(bot, ask):
    manager = frozenset({Role.MANAGER})
    await bot.desk.join.joined("example:one")
    await ask("/digest subscribe at:07:30 tz:UTC", roles=manager)
    assert await bot.desk.join.left("example:one", NOON) == 1
    assert "paused: the bot was removed" in " ".join(str(block) for block in (await ask("/digest list", roles=manager)).blocks)
    assert await bot.desk.join.joined("example:one") is not None


async def test_what_is_read_and_stored_is_told_to_everyone(ask):
    told = await ask("/standfirst privacy")
    assert told.outcome is Outcome.ANSWER
    assert {"It reads", "It stores"} <= {block.title for block in told.blocks if isinstance(block, Section)}
