"""Discord's commands: all of the catalogue is there within the limits, told once, and each is answered."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.discord import limits
from adapters.discord.client import Client
from adapters.discord.mount import TYPED_MAX
from adapters.discord.sync import payload_hash
from briefs.commands.ask import Role
from briefs.commands.catalogue import CATALOGUE
from briefs.commands.form import line_with
from briefs.commands.grammar import LINE_MAX, parse
from briefs.commands.registry import Option, Suggestion
from briefs.commands.rights import Rights
from briefs.commands.sharing import SHARE
from briefs.message import Buttons, Outcome
from tests.adapters.discord.server import answers, said
from tests.gallery import texts

REPOSITORY = Path(__file__).parents[3]
SUBCOMMAND, TEXT, NUMBER, FILE = 1, 3, 4, 11


def payload_of(client):
    return {command.name: command.to_dict(client.tree) for command in client.tree.get_commands()}


@pytest.fixture
def payload(server):
    return payload_of(server.client)


def leaf(payload, command):
    root = payload[command.path[0]]
    return root if len(command.path) == 1 else next(o for o in root["options"] if o["name"] == command.path[1])


def parts(node):
    yield node
    for option in node.get("options", ()):
        yield from parts(option)


def names_and_values(node):
    for part in parts(node):
        yield part["name"]
        yield part["description"]
        for choice in part.get("choices", ()):
            yield choice["name"]
            yield choice["value"]


def squeezed(text):
    return "".join(text.split())


def typed(line):
    """A line as it is typed on Discord: the command's name and its options, numbers as numbers."""
    found = parse(line, CATALOGUE)
    return found.command.name, {name: int(value) if found.command.option(name).number else value for name, value in found.options.items()}


def catalogue_with(name, **changes):
    return tuple(replace(c, **changes) if c.name == name else c for c in CATALOGUE)


def renamed(options, old, new):
    return tuple(replace(option, name=new) if option.name == old else option for option in options)


def hash_of(server, catalogue):
    client = Client(replace(server.bot.commands, catalogue=catalogue), server.bot.storage)
    return payload_hash(client.tree)


@pytest.mark.parametrize("command", CATALOGUE, ids=lambda c: c.name)
def test_every_command_is_mounted_as_it_is_declared(payload, command):
    mounted = leaf(payload, command)
    assert mounted["description"] == command.help
    by_name = {told["name"]: told for told in mounted["options"]}  # discord.py puts the required ones first
    mounted_options = [option for option in command.options if not (option.long and option.required)]  # those are asked for in a form
    assert set(by_name) == {option.name for option in mounted_options}
    for option in mounted_options:
        told = by_name[option.name]
        assert told["description"] == option.help
        assert told["type"] == (NUMBER if option.number else FILE if option.file else TEXT)
        assert told.get("min_value") == (1 if option.number else None)
        most = limits.TEXT_INPUT_MAX if option.long else TYPED_MAX
        assert told.get("max_length") == (None if option.number or option.choices or option.file else most)
        assert bool(told.get("required")) is option.required
        assert [choice["value"] for choice in told.get("choices", ())] == list(option.choices)
        assert bool(told.get("autocomplete")) is (option.complete is not None and not option.choices)


def test_nothing_else_is_mounted(payload):
    assert set(payload) == {command.path[0] for command in CATALOGUE}
    subcommands = {(n, o["name"]) for n, c in payload.items() for o in c["options"] if o["type"] == SUBCOMMAND}
    assert subcommands == {command.path for command in CATALOGUE if len(command.path) == 2}


def test_the_payload_is_within_every_limit(payload):
    assert len(payload) <= limits.COMMANDS_MAX
    for root in payload.values():
        assert sum(map(limits.size, names_and_values(root))) <= limits.COMMAND_TEXT_MAX
        for part in parts(root):
            assert 1 <= limits.size(part["name"]) <= limits.COMMAND_NAME_MAX
            assert part["name"] == part["name"].lower()
            assert 1 <= limits.size(part["description"]) <= limits.COMMAND_DESCRIPTION_MAX
            assert len(part.get("options", ())) <= min(limits.COMMAND_OPTIONS_MAX, limits.SUBCOMMANDS_MAX)
            assert part.get("max_length", 1) <= limits.STRING_OPTION_MAX
            required = [bool(option.get("required")) for option in part.get("options", ())]
            assert required == sorted(required, reverse=True), "an optional option stands before a required one"
            choices = part.get("choices", ())
            assert len(choices) <= limits.CHOICES_MAX
            assert not (choices and part.get("autocomplete"))
            assert all(1 <= limits.size(choice["name"]) <= limits.CHOICE_NAME_MAX for choice in choices)
            assert all(1 <= limits.size(choice["value"]) <= limits.CHOICE_VALUE_MAX for choice in choices)


def test_reading_is_offered_everywhere_and_digests_where_the_bot_itself_is(payload):
    for verb, root in payload.items():
        managers = all(command.who for command in CATALOGUE if command.path[0] == verb)
        assert sorted(root["contexts"]) == ([0, 1] if managers else [0, 1, 2])
        assert sorted(root["integration_types"]) == ([0] if managers else [0, 1])


def test_the_payload_has_one_hash_whatever_the_process(server):
    script = (
        "from adapters.discord.client import Client\n"
        "from adapters.discord.sync import payload_hash\n"
        "from briefs.commands.answer import Commands\n"
        "from types import SimpleNamespace\n"
        "print(payload_hash(Client(Commands(desk=None), SimpleNamespace(asks=None)).tree))\n"
    )
    hashes = {hash_of(server, CATALOGUE)}
    for seed in ("0", "1"):
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(REPOSITORY), "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True, timeout=60)
        hashes.add(done.stdout.strip())
    assert len(hashes) == 1


FIND = next(command for command in CATALOGUE if command.name == "find")
BRIEF = next(command for command in CATALOGUE if command.name == "brief")


@pytest.mark.parametrize(
    "catalogue",
    [
        pytest.param(catalogue_with("find", options=(*FIND.options, Option("also", "More words"))), id="option-added"),
        pytest.param(catalogue_with("find", options=renamed(FIND.options, "words", "terms")), id="option-renamed"),
        pytest.param(catalogue_with("find", help="Search for words"), id="help-changed"),
        pytest.param(catalogue_with("find", path=("seek",)), id="command-renamed"),
        pytest.param(tuple(c for c in CATALOGUE if c.name != "find"), id="command-removed"),
        pytest.param(catalogue_with("brief", options=tuple(replace(o, choices=()) for o in BRIEF.options)), id="choices-removed"),
        pytest.param(catalogue_with("digest list", help="This channel's digests"), id="help-of-a-subcommand"),
    ],
)
def test_the_hash_changes_where_a_command_does(server, catalogue):
    assert hash_of(server, catalogue) != hash_of(server, CATALOGUE)


def test_the_hash_stays_where_only_what_discord_never_hears_changes(server):
    other = catalogue_with("find", examples=("/find ferries",), shared=False)
    assert hash_of(server, other) == hash_of(server, CATALOGUE)


async def test_discord_is_told_once_and_not_again_after_a_reconnect_or_a_restart(server):
    assert server.syncs() == 1
    shard = server.client.get_shard(0)
    for _ in range(3):
        await shard.disconnect()
        await shard.reconnect()
        await server.env.settle()
    server.client.dispatch("ready")
    await server.env.settle()
    await server.restart()
    assert server.syncs() == 1


async def test_discord_is_told_again_where_the_commands_changed(server):
    commands = replace(server.bot.commands, catalogue=catalogue_with("find", help="Search for words"))
    await server.env.restart_bot(Client(commands, server.bot.storage))
    await server.env.restart_bot(Client(commands, server.bot.storage))
    assert server.syncs() == 2


async def test_commands_that_discord_does_not_take_keep_nobody_from_being_answered(server, caplog):
    server.env.inject_error("PUT", "/applications/*/commands", status=400, code=50035)
    commands = replace(server.bot.commands, catalogue=catalogue_with("find", help="Search for words"))
    await server.env.restart_bot(Client(commands, server.bot.storage))
    assert "standfirst discord sync" in caplog.text
    assert "Iran-backed militias" in said(await server.ben.slash(server.general, "brief"))


def unnumbered(text):
    """The text without the number of a report: asked twice, it is two reports."""
    return re.sub(r"report\d+", "report", text)


# What curators' examples name is in no library: their own story types them.
@pytest.mark.parametrize("example", [e for c in CATALOGUE if c.who not in (Role.CURATOR, Role.OPERATOR) for e in c.examples])
async def test_every_example_typed_in_a_server_is_answered_in_private_with_what_the_core_says(server, example):
    name, options = typed(example)
    here = replace(server.bot.asker, space=server.space, channel=str(server.general.id), name="anna", others=True, may_write=True)
    # Discord tells nobody's zone; curators are shown sentences at greater length, and help in short is of what one may do.
    here = replace(here, zone=None, roles=here.roles - {Role.CURATOR, Role.OPERATOR})
    if example.startswith("/digest") and "subscribe at:" not in example:
        for space in (server.space, "discord:1"):
            await server.bot.commands.answer_line("/digest subscribe at:07:30 tz:UTC", replace(here, space=space))
    with server.env._bot_scope():
        expected = await server.bot.commands.answer_line(example, replace(here, space="discord:1", user="1"))
    long = next(c for c in CATALOGUE if c.name == name).long
    asked = {long.name: options.pop(long.name)} if long is not None and long.required else {}
    result = await server.anna.slash(server.general, name, **options)
    if asked:
        result = await server.anna.submit_modal(result, asked)
    assert all(message.ephemeral is expected.only_asker for message in answers(result))
    assert expected.outcome in {Outcome.ANSWER, Outcome.CHOICE}
    found = unnumbered(squeezed(said(result)))
    wanted = [unnumbered(squeezed(text)) for block in expected.blocks if not isinstance(block, Buttons) for text in texts(block)]
    assert [text for text in wanted if text not in found and "anna" not in text] == []


async def test_what_is_for_operators_is_answered_to_those_the_settings_name(server):
    assert "Only whoever runs this installation" in said(await server.anna.slash(server.general, "standfirst doctor"))
    commands = replace(server.bot.commands, rights=Rights(operators=frozenset({f"discord:{server.anna.id}"})))
    await server.env.restart_bot(Client(commands, server.bot.storage))
    assert "No chat platform has a token." in said(await server.anna.slash(server.general, "standfirst doctor"))


async def test_a_number_reaches_the_core_as_a_number(server):
    assert "Line 3 of" in said(await server.ben.slash(server.general, "source", what="iraq", line=3))
    assert "line: is a number from 1" in said(await server.ben.slash(server.general, "source", what="iraq", line=2**53 - 1))


@pytest.mark.parametrize("command", [c for c in CATALOGUE if c.shared], ids=lambda c: c.name)
def test_the_longest_text_that_can_be_typed_is_still_a_line_that_can_be_shared(command):
    for option in command.options:
        line = line_with(command, {option.name: "two words".ljust(TYPED_MAX, "x")})
        assert len(f"/{SHARE} {line}") <= LINE_MAX


async def suggestions(server, typing, command="entity", option="name"):
    return await server.ben.autocomplete(server.general, command, option, typing)


async def test_a_name_is_offered_with_what_tells_it_from_its_look_alikes(server):
    offered = await suggestions(server, "hezb")
    assert any(choice["value"] == "Hezbollah · Lebanon" and choice["name"].startswith("Hezbollah · Lebanon") for choice in offered)
    assert any("Kataeb Hezbollah · Iraq" in choice["name"] for choice in offered)
    brief = (await suggestions(server, "ira", "brief", "brief"))[0]
    assert brief["value"] == "iraq"
    assert "militias" in brief["name"]


@pytest.mark.parametrize(
    "typing",
    [
        "",
        " ",
        "a",
        "x" * 6000,
        "@everyone",
        "%_\\'\"",
        "\x00\x1b[31m",
        "\ud800",
        "\u202egnp",
        "👨‍👩‍👧" * 40,
        "حزب الله",
        "iraq:12",
        "NEAR(",
        "*",
    ],
    ids=ascii,
)
async def test_whatever_is_typed_the_offer_is_within_the_limits(server, typing):
    completed = [(c, o) for c in CATALOGUE if c.who is None for o in c.options if o.complete and not o.choices]
    for command, option in completed:
        offered = await suggestions(server, typing, command.name, option.name)
        assert len(offered) <= limits.AUTOCOMPLETE_MAX
        assert all(1 <= limits.size(choice["name"]) <= limits.CHOICE_NAME_MAX for choice in offered)
        assert all(1 <= limits.size(choice["value"]) <= limits.CHOICE_VALUE_MAX for choice in offered)


async def test_a_manager_is_offered_zones_and_a_member_nothing(server):
    offered = await server.anna.autocomplete(server.general, "digest subscribe", "tz", "lond")
    assert "Europe/London" in [choice["value"] for choice in offered]


LOOK_ALIKES = (Suggestion("v" * 101, "no value of Discord's"), Suggestion("v" * 100, "tail"), Suggestion("short", "👍🏽 long " * 40))


async def test_what_is_too_long_to_be_offered_is_left_out_or_shortened_at_its_tail(server):
    async def complete(typed, asker, desk):
        return LOOK_ALIKES

    catalogue = catalogue_with("brief", options=tuple(replace(o, complete=complete if o.complete else None) for o in BRIEF.options))
    await server.env.restart_bot(Client(replace(server.bot.commands, catalogue=catalogue), server.bot.storage))
    offered = await suggestions(server, "x", "brief", "brief")
    assert [choice["value"] for choice in offered] == ["v" * 100, "short"]
    assert all(limits.size(choice["name"]) <= limits.CHOICE_NAME_MAX for choice in offered)
    assert offered[1]["name"].startswith("short · 👍🏽 long")
