"""Who may do what on Discord, and who sees whose."""

from dataclasses import replace
from datetime import UTC, datetime

import discord
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.discord import answering
from briefs.commands.catalogue import CATALOGUE
from briefs.commands.rights import Rights
from briefs.desk.catching_up import OUT_OF_REACH
from tests.adapters.discord.server import answers, named, opened, presses, said, shown

ONLY_MANAGERS = "Only people who manage this channel's digests may do that"
DIGESTS = [
    f"digest {verb}" for verb in ("list", "now", "pause", "preview", "resend", "resume", "status", "subscribe", "test", "unsubscribe")
]


def labels(result):
    return [press.label for message in answers(result) for press in presses(message)]


def command_id(server, name):
    return int(server.env.backend.find_command(name, None)["id"])


def with_rights(server, **rights):
    server.client.commands = replace(server.bot.commands, rights=Rights(**{k: frozenset(v) for k, v in rights.items()}))


def test_only_the_managers_root_is_hidden_from_members(server):
    payload = {command.name: command.to_dict(server.client.tree) for command in server.client.tree.get_commands()}
    hidden = {
        name: root["default_member_permissions"] for name, root in payload.items() if root.get("default_member_permissions") is not None
    }
    assert hidden == {"digest": discord.Permissions(manage_guild=True).value}


def test_a_member_is_offered_everything_but_digests_and_a_manager_those_as_well(server):
    everything = {command.name for command in CATALOGUE}
    assert set(server.anna.available_commands(server.general)) == everything
    assert everything - set(server.ben.available_commands(server.general)) == set(DIGESTS)


@pytest.mark.parametrize("name", DIGESTS)
async def test_where_a_server_lets_members_see_digests_the_core_refuses_them_all_the_same(server, name):
    server.guild.set_command_permissions(command_id(server, "digest"), {server.ben: True})
    options = {"digest subscribe": {"at": "07:30", "tz": "UTC"}, "digest resend": {"date": "2026-11-22"}}.get(name, {})
    result = await server.ben.slash(server.general, name, **options)
    assert ONLY_MANAGERS in said(result)
    assert result.response.ephemeral


async def test_a_member_who_presses_a_managers_button_is_refused_and_gets_no_form(server):
    await server.join(server.guild)
    hello = server.general.last_message
    result = await server.press(server.ben, hello, named("Daily digest here", hello))
    assert result.modal is None
    assert ONLY_MANAGERS in said(result)
    assert result.response.ephemeral


async def test_who_sends_in_a_form_must_still_be_a_manager(server):
    await server.join(server.guild)
    hello = server.general.last_message
    form = await server.press(server.anna, hello, named("Daily digest here", hello))
    server.env.backend.edit_member(server.guild.id, server.anna.id, {"role_ids": []})
    assert ONLY_MANAGERS in said(await server.anna.submit_modal(form, {"at": "07:30", "tz": "UTC"}))


async def test_rights_are_read_at_every_press(server):
    made = await server.anna.slash(server.general, "digest subscribe", at="07:30", tz="UTC")
    server.env.backend.edit_member(server.guild.id, server.anna.id, {"role_ids": []})
    assert ONLY_MANAGERS in said(await server.press(server.anna, made.response, named("Undo", made.response)))


async def test_a_member_cannot_switch_sharing(server):
    assert "Only admins" in said(await server.ben.slash(server.general, "standfirst sharing", switch="off"))
    assert "Share here" in labels(await server.ben.slash(server.general, "brief"))


async def test_administrators_and_owners_are_managers(server):
    role = server.guild.create_role("admins", permissions=discord.Permissions(administrator=True))
    admin = server.guild.add_member(server.env.create_user("carl"), roles=[role])
    owner = server.guild.add_member(server.guild.owner)
    for person in (admin, owner):
        assert ONLY_MANAGERS not in said(await person.slash(server.general, "digest list"))


@pytest.mark.parametrize("who", ["person", "role"])
async def test_the_settings_name_managers_by_person_or_by_role(server, who):
    role = server.guild.create_role("editors")
    dora = server.guild.add_member(server.env.create_user("dora"), roles=[role])
    for person in (server.ben, dora):
        server.guild.set_command_permissions(command_id(server, "digest"), {person: True})
        assert ONLY_MANAGERS in said(await person.slash(server.general, "digest list"))
    server.guild.set_command_permissions(command_id(server, "digest"), {dora: True})
    with_rights(server, managers=[f"discord:{dora.id if who == 'person' else role.id}"])
    assert ONLY_MANAGERS not in said(await dora.slash(server.general, "digest list"))


@pytest.mark.parametrize(
    ("denied", "told"),
    [
        pytest.param({"send_messages": False}, "Send Messages", id="send"),
        pytest.param({"read_message_history": False}, "Read Message History", id="history"),
        pytest.param({"send_messages": False, "view_channel": False}, "View Channel and Send Messages", id="two"),
    ],
)
async def test_where_the_bot_may_not_post_whoever_asks_for_a_digest_is_told_what_is_missing(server, denied, told):
    us = server.client.user
    channel = server.guild.create_text_channel("closed", overwrites={us: discord.PermissionOverwrite(**denied)})
    assert f"Give me {told}" in said(await server.anna.slash(channel, "digest subscribe", at="07:30", tz="UTC"))
    assert "Give me" not in said(await server.anna.slash(server.general, "digest subscribe", at="07:30", tz="UTC"))


async def test_what_is_shared_names_who_shared_it_and_pings_nobody(server):
    private = await server.ben.slash(server.general, "brief")
    public = await server.press(server.ben, answers(private)[-1], named("Share here", *answers(private)))
    assert not public.response.ephemeral
    assert f"<@{server.ben.id}>" in str(public.response.components)
    assert server.bodies()[-1]["allowed_mentions"] == {"parse": []}
    assert "Share here" not in labels(public)


async def remembered(server):
    """The receipts of what was shared of the sample's brief."""
    return [record.receipt for record in await server.bot.storage.ledger.posts_carrying("iraq", datetime(2020, 1, 1, tzinfo=UTC))]


@pytest.mark.parametrize("patience", [1.0, 0.0], ids=["at once", "deferred"])
async def test_what_is_shared_is_remembered_by_its_message(server, monkeypatch, patience):
    monkeypatch.setattr(answering, "PATIENCE", patience)
    result = await server.ben.slash(server.general, "standfirst share", line="/brief iraq")
    await server.env.settle()
    assert await remembered(server) == [f"discord:{server.general.id}/{answers(result)[-1].id}"]


async def test_what_is_private_is_not_remembered(server):
    await server.ben.slash(server.general, "brief", brief="iraq")
    assert await remembered(server) == []


async def test_where_the_bot_may_not_read_what_was_shared_is_out_of_its_reach(server):
    closed = discord.PermissionOverwrite(read_message_history=False)
    channel = server.guild.create_text_channel("closed", overwrites={server.client.user: closed})
    await server.ben.slash(channel, "standfirst share", line="/brief iraq")
    [receipt] = await remembered(server)
    assert receipt.startswith(OUT_OF_REACH)


async def test_one_person_shares_once_in_a_while_in_a_channel(server):
    first = await server.ben.slash(server.general, "standfirst share", line="/brief iraq")
    second = await server.ben.slash(server.general, "standfirst share", line="/timeline iraq")
    assert [message.ephemeral for message in (first.response, second.response)] == [False, True]
    assert "Try again in" in said(second)


async def test_where_sharing_is_switched_off_nothing_is_shared_and_nothing_offered(server):
    before = await server.ben.slash(server.general, "brief")
    await server.anna.slash(server.general, "standfirst sharing", switch="off")
    assert "Share here" not in labels(await server.ben.slash(server.general, "brief"))
    refused = await server.press(server.ben, answers(before)[-1], named("Share here", *answers(before)))
    assert "switched off" in said(refused)
    assert refused.response.ephemeral


async def quiet_channel(server, **denied):
    return server.guild.create_text_channel(
        "quiet", overwrites={server.guild.default_role: discord.PermissionOverwrite(**dict.fromkeys(denied or ["send_messages"], False))}
    )


async def test_who_may_not_write_in_a_channel_is_not_offered_to_share_there(server):
    quiet = await quiet_channel(server)
    assert "Share here" not in labels(await server.ben.slash(quiet, "brief"))
    refused = await server.ben.slash(quiet, "standfirst share", line="/brief iraq")
    assert "You may not write in this channel" in said(refused)
    assert refused.response.ephemeral


@pytest.mark.parametrize(("allowed", "offered"), [(True, True), (False, False)], ids=["may", "may-not"])
async def test_in_a_thread_the_right_to_write_in_threads_counts(server, allowed, offered):
    rights = discord.PermissionOverwrite(send_messages=not allowed, send_messages_in_threads=allowed)
    parent = server.guild.create_text_channel("parent", overwrites={server.guild.default_role: rights})
    server.env.backend.create_thread(parent.id, "thread", type=11, owner_id=server.ben.id)
    thread = parent.threads[0]
    assert ("Share here" in labels(await server.ben.slash(thread, "brief"))) is offered


async def test_what_a_curator_sees_of_a_draft_is_not_shared(server, tmp_path):
    from adapters.sources.files import read_file

    (tmp_path / "ferry.txt").write_text("The ferry sank.\nNobody was hurt. It was Monday.\n")
    await server.bot.desk.ingest.put(read_file(tmp_path / "ferry.txt", max_bytes=1_000, now=server.bot.desk.now()).article)
    with_rights(server, curators=[f"discord:{server.ben.id}"])
    seen = await server.ben.slash(server.general, "source", what="ferry:2")
    assert "Nobody was hurt." in said(seen)
    shared = await server.ben.slash(server.general, "standfirst share", line="/source ferry:2")
    assert shared.response.ephemeral
    assert "Nobody was hurt." not in said(shared)
    assert "Nobody was hurt." not in said(await server.anna.slash(server.general, "source", what="ferry:2"))


async def test_in_a_conversation_with_the_bot_commands_work_and_nothing_is_shared(server):
    ben = server.ben.user
    page = await ben.slash("brief")
    assert "Iran-backed militias" in said(page)
    assert "Share here" not in labels(page)
    refused = await ben.slash("standfirst share", line="/brief iraq")
    assert "Nobody else reads along here" in said(refused)
    timeline = await ben.click(answers(page)[-1], custom_id=named("Timeline", *answers(page)).custom_id)
    assert "Timeline" in said(timeline)


async def test_a_conversation_is_a_space_of_its_own(server):
    ben, anna = server.ben.user, server.anna.user
    await ben.slash("digest subscribe", at="06:15", tz="UTC")
    assert "06:15" in said(await ben.slash("digest list"))
    assert "06:15" not in said(await anna.slash("digest list"))
    assert "06:15" not in said(await server.anna.slash(server.general, "digest list"))
    found = await server.bot.storage.subscriptions.due(server.bot.desk.now().replace(year=2100), 10, ("discord",))
    assert f"discord:dm-{ben.dm_channel.id}" in str(found)


NAMES = ("alpha", "beta", "gamma")
STEPS = st.tuples(
    st.sampled_from([0, 1]), st.sampled_from(["subscribe", "unsubscribe", "pause", "resume", "preview"]), st.sampled_from(NAMES)
)


async def two_servers(server):
    found = []
    for title in ("One", "Two"):
        guild = server.env.create_guild(title)
        role = guild.create_role("managers", permissions=discord.Permissions(manage_guild=True))
        found.append((guild.create_text_channel("general"), guild.add_member(server.anna.user, roles=[role])))
    return found


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=1, max_size=8))
async def test_two_servers_never_see_or_change_each_others_digests(server, steps):
    places, known = await two_servers(server), ({}, {})
    for which, verb, name in steps:
        channel, person = places[which]
        options = {"at": f"0{which + 6}:00", "tz": "UTC"} if verb == "subscribe" else {}
        told = said(await person.slash(channel, f"digest {verb}", name=name, **options))
        mine = known[which]
        if verb == "subscribe":
            mine[name] = True
        elif name not in mine:
            assert "No edition" in told or "no digest" in told.casefold(), told
        elif verb == "unsubscribe":
            del mine[name]
        elif verb in {"pause", "resume"}:
            mine[name] = verb == "resume"
        for (place, reader), theirs in zip(places, known, strict=True):
            listed = shown(*answers(await reader.slash(place, "digest list")))
            assert {n for n in NAMES if n in listed} == set(theirs)
            assert listed.count("paused") >= sum(not runs for runs in theirs.values())
            assert ("paused" in listed) is (not all(theirs.values()))


async def test_sharing_switched_off_for_the_installation_is_off_everywhere(prepared, tmp_path):
    async with opened(prepared, tmp_path, share=False) as server:
        assert "Share here" not in labels(await server.ben.slash(server.general, "brief"))
        refused = await server.ben.slash(server.general, "standfirst share", line="/brief iraq")
        assert refused.response.ephemeral


def talk(server, *, bot: bool, members: bool):
    """A channel where the bot and its members may make threads, or not."""
    overwrites = {
        server.client.user: discord.PermissionOverwrite(create_public_threads=bot, send_messages_in_threads=bot),
        server.ben.user: discord.PermissionOverwrite(create_public_threads=members),
    }
    return server.guild.create_text_channel("talk", overwrites=overwrites)


async def test_what_is_shared_in_a_thread_stands_there_below_its_headline(server):
    channel = talk(server, bot=True, members=True)
    page = await server.ben.slash(channel, "brief")
    result = await server.press(server.ben, page.response, named("Open in a thread", page.response))
    assert not any(message.ephemeral for message in answers(result))
    assert "Bottom line" not in shown(result.response)
    below = shown(*channel.threads[0].history())
    assert "Bottom line" in below
    assert "shared by" in below
    assert all(body["allowed_mentions"] == {"parse": []} for body in server.bodies())


@pytest.mark.parametrize(("bot", "members"), [(False, True), (True, False)], ids=["the bot may not", "the member may not"])
async def test_where_either_may_not_make_threads_none_is_offered_and_none_made(server, bot, members):
    channel = talk(server, bot=bot, members=members)
    assert "Open in a thread" not in [press.label for press in presses((await server.ben.slash(channel, "brief")).response)]
    refused = await server.ben.slash(channel, "standfirst share", **{"line": "/brief iraq", "as": "thread"})
    assert refused.response.ephemeral
    assert "threads" in said(refused)
    assert channel.threads == []
