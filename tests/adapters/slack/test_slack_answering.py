"""How an answer reaches its reader: late, long, refused, or after a fault."""

import asyncio
import logging

import pytest

from adapters.slack import answering
from adapters.slack.render import Rendered
from briefs.commands.registry import Command
from briefs.errors import StorageDown
from briefs.message import Heading, Message, Prose, Section, words
from briefs.message.parts import Line
from tests.adapters.slack.workspace import MODES, in_slack, shown, value_of


async def calls(world, method):
    return [call["args"] for call in await world.remote.requests(method)]


class Held:
    """A command that answers when it is let go, or fails."""

    def __init__(self):
        self.go = asyncio.Event()

    async def slow(self, ask, desk):
        await self.go.wait()
        return Message("At last.", (Prose(words("At last.")),))

    async def broken(self, ask, desk):
        raise KeyError("token-of-nobody")

    async def lengthy(self, ask, desk):
        lines = tuple(Line(words(f"{number} {'words and more ' * 120}")) for number in range(60))
        return Message("Lengthy.", (Heading("Lengthy"), *(Section(f"Part {n}", lines[n : n + 6]) for n in range(0, 60, 6))))

    @property
    def commands(self):
        held = (("slow", self.slow), ("broken", self.broken), ("lengthy", self.lengthy))
        return tuple(Command((name,), f"A {name} command", answer) for name, answer in held)


@pytest.fixture(params=MODES)
async def held(request, loopback, prepared, tmp_path):
    commands = Held()
    async with in_slack(loopback, request.param, prepared, tmp_path / "one", commands.commands) as world:
        yield world, commands
        commands.go.set()


async def test_a_slow_answer_is_acknowledged_first_then_announced_then_given(held, monkeypatch):
    world, commands = held
    monkeypatch.setattr(answering, "PATIENCE", 0.05)
    assert (await world.command("/slow"))["acked"]
    [meanwhile] = await world.until(world.whispers)
    assert "moment" in meanwhile["text"]
    commands.go.set()

    async def last():
        return (await world.whispers())[1:]

    assert [m["text"] for m in await world.until(last)] == ["At last."]


async def test_what_is_under_way_is_answered_before_the_bot_stops(held):
    world, commands = held
    assert (await world.command("/slow"))["acked"]
    asyncio.get_running_loop().call_later(0.1, commands.go.set)
    await world.stack.aclose()
    assert [m["text"] for m in await world.whispers()] == ["At last."]


async def test_a_fault_shows_its_number_and_nothing_else(held, caplog):
    world, _ = held
    answer = await world.ask("/broken")
    number = answer["text"].partition("(fault ")[2][:6]
    assert number in caplog.text
    assert "KeyError" not in shown(answer["blocks"])


async def test_what_takes_more_messages_than_a_response_url_has_goes_on_by_the_web_api(held):
    world, _ = held
    before = await world.refused_hooks()
    assert (await world.command("/lengthy"))["acked"]

    async def all_of_it():
        found = await world.whispers()
        return found if "59 words" in shown([m["blocks"] for m in found]) else None

    parts = await world.until(all_of_it, within=60)
    assert len(parts) > 5
    assert {m["to"] for m in parts} == {"UANNA"}
    assert await world.refused_hooks() == before


async def test_where_the_response_url_is_too_old_the_answer_comes_by_the_web_api(world):
    brief = await world.ask("/brief iraq")
    payload = {"response_url": f"{world.remote.base}/hooks/nosuch"}
    answer = await world.pressed(brief, value_of(brief, "Timeline"), **payload)
    assert len(await calls(world, "chat.postEphemeral")) == 1
    assert answer["to"] == "UANNA"


async def test_an_answer_whose_form_slack_refuses_is_told_as_a_fault(world, monkeypatch, caplog):
    async def wrong(self, team, message):
        return Rendered("wrong", [{"type": "nothing"}])

    monkeypatch.setattr(answering.Answering, "rendered", wrong)
    assert "fault" in (await world.ask("/brief iraq"))["text"]
    assert "Traceback" not in str(await world.whispers())


async def test_a_store_that_is_down_is_said_and_nothing_is_lost(world, monkeypatch):
    async def down(self, *args):
        raise StorageDown("The store cannot be reached.")

    monkeypatch.setattr(type(world.bot.storage.seen), "first", down)
    assert (await world.ask("/standfirst about"))["text"]


async def test_no_output_has_a_token_or_a_payload(world, caplog):
    caplog.set_level(logging.DEBUG)
    await world.ask("/brief iraq")
    await world.restart()
    await world.ask("/entity hezbollah")
    for secret in (world.remote.token, world.remote.app_token, "signing-secret", "ticket=", "response_url", "/hooks/"):
        assert [r for r in caplog.records if secret in r.getMessage() and r.name.startswith(("adapters", "slack", "uvicorn"))] == []


async def test_what_is_pressed_in_a_thread_is_answered_in_it(world):
    brief = await world.ask("/brief iraq")
    container = {"type": "message", "message_ts": brief["ts"], "channel_id": "C1", "thread_ts": "17.5"}
    await world.pressed(brief, value_of(brief, "Timeline"), container=container)
    assert (await world.hooks())[-1]["args"]["thread_ts"] == "17.5"
