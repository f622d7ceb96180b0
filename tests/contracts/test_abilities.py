"""Every adapter does what it says it can, and nothing that it says it cannot."""

import asyncio
from dataclasses import dataclass, fields

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from adapters.console.channel import ConsoleChannel
from adapters.console.files import reading
from adapters.console.inbound import Presses
from adapters.console.keys import LineCompleter
from adapters.discord import forms as discord_forms
from adapters.discord import presses as discord_presses
from adapters.discord.mount import mount
from adapters.example.chat import ExampleChat
from adapters.slack import forms as slack_forms
from adapters.slack import presses as slack_presses
from bot.reference import abilities
from briefs.commands.answer import Commands
from briefs.commands.ask import Ask, Asker
from briefs.commands.form import form_of
from briefs.commands.registry import Command, Option, Suggestion
from briefs.desk.desk import Desk
from briefs.digest import Sent
from briefs.message import Message, Prose, words
from briefs.ports.abilities import Abilities
from tests.adapters.discord.payloads import walk as parts_of
from tests.adapters.discord.server import answers
from tests.adapters.slack.payloads import walk
from tests.builders import a_message
from tests.contracts import slack_driver
from tests.contracts.drivers import DRIVERS, GREETING, MAIN, ROOM, HeardCommands
from tests.contracts.test_publisher import KEY, opened, platforms  # noqa: F401 a fixture
from tests.desk_commands import Asked, desk_commands

DECLARED = abilities()
ANNA = Asker("example", "room", "anna")
PAPER = "The ferry sank.\nNobody was hurt."


async def offered(typed: str, asker: Asker, desk: Desk) -> tuple[Suggestion, ...]:
    return (Suggestion("ferry", "Veldmar"),)


def catalogue(asked: Asked) -> tuple[Command, ...]:
    """A few commands, and one whose value is suggested."""
    suggested = Command(("pick",), "Pick one", asked.take, options=(Option("one", "Which", required=True, complete=offered),))
    return (*desk_commands(asked), suggested)


@dataclass(frozen=True, slots=True)
class Seen:
    """What an adapter is seen to make of the small catalogue."""

    forms: bool = False
    long_text: bool = False
    files: bool = False
    suggestions: bool = False
    turning: bool = False


async def on_discord(asked: Asked) -> Seen:
    known = catalogue(asked)
    modal = discord_forms.modal(form_of("/desk add", known), "id", ANNA).to_dict()
    inputs = {part["component"]["type"]: part["component"] for part in modal["components"]}

    async def nothing(*_):
        return ()

    mounted = {c.name: c for c in mount(known, nothing, nothing)}
    return Seen(
        forms=bool(modal["components"]),
        long_text=any(part["component"].get("style") == 2 for part in modal["components"]),
        files=19 in inputs,
        suggestions=mounted["pick"].get_parameter("one").autocomplete,
        turning=discord_presses.pressed(discord_presses.press_id(0, "/brief", {}, turns=True)).turns,
    )


async def on_slack(asked: Asked) -> Seen:
    known = catalogue(asked)
    parts = list(walk(slack_forms.modal(slack_forms.roomy(form_of("/desk add", known)), ANNA, "{}")))
    picking = list(walk(slack_forms.modal(slack_forms.roomy(form_of("/pick", known)), ANNA, "{}")))
    return Seen(
        forms=bool(parts),
        long_text=any(part.get("multiline") for part in parts),
        files=any(part.get("type") == "file_input" for part in parts),
        suggestions=any(part.get("type") == "external_select" for part in picking),
        turning=slack_presses.pressed(slack_presses.value_of("/brief", {}, 2_000, turns=True)).turns,
    )


async def on_the_console(asked: Asked) -> Seen:
    commands, presses = Commands(None, catalogue(asked)), Presses()
    edit = await commands.answer_line("/desk line", ANNA)
    presses.number(edit)
    await commands.answer_line(f"/desk add {PAPER}", ANNA)
    completer = LineCompleter(commands, ANNA)
    found = [one.text async for one in completer.get_completions_async(Document("/pick one:"), CompleteEvent())]
    return Seen(
        forms=presses.read("1").fill.startswith("/desk edit"),
        long_text=asked.asks[-1].options["text"] == PAPER,
        files=callable(reading(10)),
        suggestions=any("ferry" in one for one in found),
    )


async def in_the_example(asked: Asked) -> Seen:
    chat = ExampleChat("let me in", 0)
    async with chat.serve(Commands(None, catalogue(asked))):
        reader, writer = await asyncio.open_connection("127.0.0.1", chat.port)
        writer.write(b"let me in\n/desk add The ferry sank.\n/desk line\n/desk add file:a.txt\n/pick\n")
        writer.write_eof()
        shown = (await asyncio.wait_for(reader.read(), 60)).decode()
        writer.close()
        await writer.wait_closed()
    taken = [ask.options.get("text") for ask in asked.asks]
    return Seen(forms="Which" in shown, long_text="The ferry sank." in taken, files=any(ask.attached for ask in asked.asks))


SEEN = {"discord": on_discord, "slack": on_slack, "console": on_the_console, "example": in_the_example}


def test_every_adapter_declares_what_it_can_do():
    assert set(DECLARED) == set(DRIVERS) == set(SEEN)


@pytest.mark.parametrize("name", DECLARED)
async def test_what_it_is_asked_is_taken_as_it_says(name):
    seen = await SEEN[name](Asked())
    declared = {field.name: bool(getattr(DECLARED[name], field.name)) for field in fields(Seen)}
    assert {field.name: getattr(seen, field.name) for field in fields(Seen)} == declared


@pytest.mark.parametrize("name", ["discord", "slack"])
def test_a_long_text_may_be_as_long_as_it_says(name):
    most = {"discord": discord_forms.TEXT_INPUT_MAX, "slack": slack_forms.PLAIN_INPUT_MAX}[name]
    assert f"{most:,} characters" in DECLARED[name].long_text


@pytest.mark.parametrize("able", DECLARED.values(), ids=DECLARED)
def test_no_more_is_used_than_a_platform_allows(able: Abilities):
    assert able.limits
    assert all(limit.used > 0 and (not limit.most or limit.used <= limit.most) for limit in able.limits)


@pytest.mark.parametrize("name", DECLARED)
async def test_a_post_can_be_corrected_addressed_and_told_to_one_as_it_says(name, tmp_path, request):
    async with opened(name, tmp_path, request) as on:
        sent = await on.publisher.publish(on.main, a_message(), KEY)
        person = f"{on.main.space}/UHUMAN" if name == "slack" else on.person or f"{name}:somebody"
        assert isinstance(await on.publisher.edit(on.main, sent.receipt, a_message("Other words.")), Sent) is bool(DECLARED[name].edits)
        assert bool(on.publisher.address(on.main, sent.receipt)) is bool(DECLARED[name].addresses)
        assert (await on.publisher.direct(person) is not None) is bool(DECLARED[name].directs)


@pytest.fixture
def who():
    """Commands that answer one line, and whoever asked it."""
    askers: list[Asker] = []

    async def answer(ask: Ask, desk: Desk) -> Message:
        askers.append(ask.asker)
        return Message("You.", (Prose(words("It is you.")),))

    async def greet(ask: Ask, desk: Desk) -> Message:
        return GREETING["greet"]

    return HeardCommands(desk=None, catalogue=(Command(("who",), "Who asks", answer), Command(("greet",), "A greeting", greet))), askers


@pytest.mark.parametrize("name", DECLARED)
async def test_a_post_is_found_again_after_a_restart_as_it_says(name, tmp_path, who):
    driver = DRIVERS[name](who[0], tmp_path)
    place = getattr(driver, "place", None)
    await driver.posted(a_message(), KEY)
    # Discord's and Slack's drivers connect anew for every look.
    again = {"console": lambda: ConsoleChannel(tmp_path / "channel.jsonl"), "example": lambda: ExampleChat("let me in", 0)}
    publisher = again[name]() if name in again else driver.publisher
    found = await publisher.find(place or {"console": MAIN, "example": ROOM}[name], KEY)
    assert isinstance(found, Sent) is bool(DECLARED[name].finds)


async def test_discord_answers_in_private_and_offers_threads(tmp_path, who):
    commands, askers = who
    driver = DRIVERS["discord"](commands, tmp_path)
    anna = driver.channel.guild.add_member(driver.anna)
    async with driver.connected():
        shown = answers(await anna.slash(driver.channel, "who"))
        public = [part for message in driver.channel.history() for part in parts_of(message.components)]
    assert "It is you." in str([message.components for message in shown])
    assert public == []
    assert [asker.threads for asker in askers] == [bool(DECLARED["discord"].threads)]


async def test_slack_answers_in_private_and_offers_threads(tmp_path, who, monkeypatch):
    monkeypatch.setattr(slack_driver, "DIRECT", slack_driver.CHANNEL)
    commands, askers = who
    driver = DRIVERS["slack"](commands, tmp_path)
    assert "It is you." in await driver.ask("/who")
    async with driver.connected() as (_, remote):
        assert await remote.messages(slack_driver.CHANNEL) == []
    assert [asker.threads for asker in askers] == [bool(DECLARED["slack"].threads)]


async def test_the_example_answers_on_the_line_that_asked(who):
    commands, askers = who
    chat = ExampleChat("let me in", 0)
    async with chat.serve(commands):
        lines = [await asyncio.open_connection("127.0.0.1", chat.port) for _ in range(2)]
        for _, writer in lines:
            writer.write(b"let me in\n")
        lines[0][1].write(b"/who\n")
        for _, writer in lines:
            writer.write_eof()
        asked, other = [(await asyncio.wait_for(reader.read(), 60)).decode() for reader, _ in lines]
        for _, writer in lines:
            writer.close()
    assert "It is you." in asked
    assert "It is you." not in other
    assert [asker.threads for asker in askers] == [bool(DECLARED["example"].threads)]
