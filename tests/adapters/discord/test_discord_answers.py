"""How Discord is answered: at once or deferred, in private or for everyone, and what is said where nothing can be."""

import asyncio
import json
from dataclasses import replace

from adapters.discord import answering, limits
from adapters.discord.client import Client
from briefs.commands.catalogue import CATALOGUE
from tests.adapters.discord.server import answers, named, said, shown


async def test_every_message_forbids_every_ping(server):
    await server.anna.slash(server.general, "find", words="@everyone <@&1> <@1>")
    await server.anna.slash(server.general, "brief", brief="@everyone")
    await server.anna.slash(server.general, "standfirst share", line="/brief iraq")
    page = await server.anna.slash(server.general, "source", what="iraq")
    await server.anna.click(page.response, custom_id=named("Next ▶", page.response).custom_id)
    assert len(server.bodies()) == 5
    assert all(body["allowed_mentions"] == {"parse": []} for body in server.bodies())


def answering_with(server, name, answer):
    """The bot, with one command that answers so."""
    server.client.commands = replace(
        server.bot.commands, catalogue=tuple(replace(c, answer=answer) if c.name == name else c for c in CATALOGUE)
    )


def slow(server, name, arrived):
    """The bot, with one command whose answer is there once `arrived` is set."""
    command = next(command for command in CATALOGUE if command.name == name)

    async def answer(ask, desk):
        await server.env.external_wait(arrived.wait(), reason="the core is slow")
        return await command.answer(ask, desk)

    answering_with(server, name, answer)


async def test_a_slow_core_is_deferred_first_and_its_answer_arrives_behind(server, monkeypatch):
    monkeypatch.setattr(answering, "PATIENCE", 0.01)
    arrived = asyncio.Event()
    slow(server, "brief", arrived)
    result = await server.ben.slash(server.general, "brief")
    assert (result.deferred, result.ephemeral, said(result)) == (True, True, "")
    arrived.set()
    await server.env.settle()
    assert "Iran-backed militias" in said(result)
    assert all(message.ephemeral for message in answers(result))


async def test_a_deferral_comes_well_before_discord_gives_up():
    assert answering.PATIENCE <= limits.FIRST_ANSWER_SECONDS / 2


async def test_a_slow_share_is_told_in_private_and_posted_for_everyone(server, monkeypatch):
    monkeypatch.setattr(answering, "PATIENCE", 0.01)
    arrived = asyncio.Event()
    slow(server, "standfirst share", arrived)
    result = await server.ben.slash(server.general, "standfirst share", line="/brief iraq")
    arrived.set()
    await server.env.settle()
    first, *rest = answers(result)
    assert (shown(first), first.ephemeral) == ("Shared.", True)
    assert [message.ephemeral for message in rest] == [False]
    assert "shared by" in shown(*rest)


async def test_a_page_that_is_slow_to_turn_takes_the_place_of_the_one_before_all_the_same(server, monkeypatch):
    page = await server.ben.slash(server.general, "source", what="iraq")
    monkeypatch.setattr(answering, "PATIENCE", 0.01)
    arrived = asyncio.Event()
    slow(server, "source", arrived)
    turned = await server.press(server.ben, page.response, named("Next ▶", page.response))
    assert "Line 1 of" in shown(page.response)
    arrived.set()
    await server.env.settle()
    assert "Line 5 of" in shown(page.response)
    assert turned.followups == []


async def test_a_fault_in_the_core_shows_a_number_in_private_and_no_more(server, caplog):
    async def answer(ask, desk):
        raise KeyError("a secret of ours")

    answering_with(server, "brief", answer)
    result = await server.ben.slash(server.general, "brief")
    assert "fault" in said(result)
    assert "secret" not in said(result)
    assert "Traceback" not in said(result)
    assert all(message.ephemeral for message in answers(result))
    number = said(result).split("(fault ")[1][:6]
    assert f"fault {number}" in caplog.text


async def test_what_discord_will_not_have_becomes_a_number(server, caplog):
    server.env.inject_error("POST", "/interactions/*/callback", status=400, code=50035)
    result = await server.ben.slash(server.general, "brief")
    number = said(result).split("(fault ")[1][:6]
    assert f"fault {number}" in caplog.text
    assert json.dumps(server.bodies()[-1]).count("fault") == 1


async def test_a_command_that_discord_knows_and_we_no_more_is_answered(server):
    commands = replace(server.bot.commands, catalogue=tuple(c for c in CATALOGUE if c.name != "find"))
    server.env.inject_error("PUT", "/applications/*/commands", status=500, times=None)
    await server.env.restart_bot(Client(commands, server.bot.storage))
    result = await server.ben.slash(server.general, "find", words="missiles")
    assert "has changed" in said(result)
    assert answers(result)[0].ephemeral
    assert [type(error).__name__ for error in server.env.errors] == ["CommandNotFound"]
