"""The bot's life on Discord: it joins, says hello once, hears what is gone, reconnects, and comes back."""

from dataclasses import replace

import discord
import pytest

from adapters.discord.answering import Answering
from briefs.commands.ask import Role
from briefs.digest import Place
from briefs.errors import StorageDown
from tests.adapters.discord.server import answers, named, presses, said, shown
from tests.words import words_of

HELLO = "Hello, this is Standfirst"


def hellos(server):
    return [place for place, key, _ in server.posts.posts if key.startswith("hello:")]


def no_writing(server, guild):
    """The bot may not write in any of the server's channels."""
    for role in guild._guild.roles.values():
        server.env.backend.edit_role(guild.id, role.id, {"permissions": discord.Permissions(view_channel=True).value})


async def subscribed(server, channel=None):
    await server.anna.slash(channel or server.general, "digest subscribe", at="07:30", tz="UTC")


async def listed(server, channel=None):
    return said(await server.anna.slash(channel or server.general, "digest list"))


def test_it_asks_for_servers_and_for_nothing_privileged(server):
    assert server.client.intents == discord.Intents(guilds=True)
    assert not any([server.client.intents.members, server.client.intents.presences, server.client.intents.message_content])


async def test_it_works_with_no_privileged_intent_approved(server):
    server.env.approved_intents = discord.Intents.none()
    await server.restart()
    assert "Iran-backed militias" in said(await server.ben.slash(server.general, "brief"))


async def test_a_hello_is_said_in_the_system_channel(server):
    guild = server.env.create_guild("New")
    guild.create_text_channel("first")
    system = guild.create_text_channel("system")
    server.env.backend.edit_guild(guild.id, {"system_channel_id": system.id})
    await server.join(guild)
    assert hellos(server) == [Place(f"discord:{guild.id}", str(system.id))]
    assert HELLO in shown(system.last_message)


async def test_without_a_system_channel_the_hello_stands_in_the_first_where_we_may_write(server):
    guild = server.env.create_guild("New")
    closed = discord.PermissionOverwrite(send_messages=False)
    hidden = discord.PermissionOverwrite(view_channel=False)
    guild.create_text_channel("closed", overwrites={guild.default_role: closed})
    guild.create_text_channel("hidden", overwrites={guild.default_role: hidden})
    here = guild.create_text_channel("open")
    guild.create_text_channel("another")
    await server.join(guild)
    assert hellos(server) == [Place(f"discord:{guild.id}", str(here.id))]


async def test_where_we_may_write_nowhere_no_hello_is_said_and_one_is_once_we_may(server):
    guild = server.env.create_guild("New")
    no_writing(server, guild)
    guild.create_text_channel("general")
    await server.join(guild)
    assert hellos(server) == []
    role = guild._guild.everyone_role
    server.env.backend.edit_role(guild.id, role.id, {"permissions": discord.Permissions(view_channel=True, send_messages=True).value})
    await server.join(guild)
    assert len(hellos(server)) == 1


async def test_where_we_were_added_while_nobody_was_at_home_the_hello_is_said_at_the_start(server):
    guild = server.env.create_guild("New")
    channel = guild.create_text_channel("first")
    await server.restart()
    assert Place(f"discord:{guild.id}", str(channel.id)) in hellos(server)
    before = len(hellos(server))
    await server.restart()
    assert len(hellos(server)) == before


async def test_a_server_that_comes_back_hears_of_the_digests_that_rest(server):
    await server.join(server.guild)
    await subscribed(server)
    await server.client.on_guild_remove(server.guild._guild)
    assert "1 digest of before rests" in words_of(await server.bot.desk.join.joined(server.space))


async def test_the_hello_is_said_once_however_often_discord_says_that_we_joined(server):
    for _ in range(3):
        await server.join(server.guild)
    await server.restart()
    await server.join(server.guild)
    assert hellos(server) == [Place(server.space, str(server.general.id))]


async def test_every_button_of_the_hello_works_after_a_restart(server):
    await server.join(server.guild)
    hello = server.general.last_message
    await server.restart()
    assert "Iran-backed militias" in said(await server.press(server.ben, hello, named("See a sample", hello)))
    assert "It stores" in said(await server.press(server.ben, hello, named("What I read and store", hello)))
    assert (await server.press(server.anna, hello, named("Daily digest here", hello))).modal is not None
    assert len(presses(hello)) == 3


async def test_removed_from_a_server_its_digests_rest(server):
    await subscribed(server)
    server.env.backend.emit("GUILD_DELETE", {"id": str(server.guild.id)})
    await server.env.settle()
    assert "paused: the bot was removed" in await listed(server)


async def test_a_server_that_is_only_out_of_reach_keeps_its_digests(server):
    await subscribed(server)
    server.env.backend.emit("GUILD_DELETE", {"id": str(server.guild.id), "unavailable": True})
    await server.env.settle()
    assert "paused" not in await listed(server)


async def test_back_after_an_outage_no_second_hello_is_said(server):
    await server.join(server.guild)
    shard = server.client.get_shard(0)
    await shard.disconnect()
    await shard.reconnect()
    await server.env.settle()
    assert len(hellos(server)) == 1


async def test_a_channel_that_is_deleted_lets_its_digests_rest_and_tells_who_asked(server):
    other = server.guild.create_text_channel("news")
    await subscribed(server)
    await subscribed(server, other)
    server.env.backend.delete_channel(other.id)
    await server.env.settle()
    assert [(space, user) for space, user, _ in server.posts.told] == [(server.space, str(server.anna.id))]
    assert "The channel was deleted" in words_of(server.posts.told[0][2])
    resting = await server.bot.desk.subscribe.all(Place(server.space, str(other.id)))
    assert ["The channel was deleted" in subscription.paused for subscription, _ in resting] == [True]
    assert "paused" not in await listed(server)


async def test_a_thread_that_is_deleted_lets_its_digests_rest_though_we_never_saw_it(server):
    place = Place(server.space, "4711")
    here = replace(server.bot.asker, space=place.space, channel=place.channel, user=str(server.anna.id), roles=frozenset(Role))
    await server.bot.commands.answer_line("/digest subscribe at:07:30 tz:UTC", here)
    gone = {"id": "4711", "guild_id": str(server.guild.id), "parent_id": str(server.general.id), "type": 11}
    server.env.backend.emit("THREAD_DELETE", gone)
    await server.env.settle()
    assert [user for _, user, _ in server.posts.told] == [str(server.anna.id)]


async def test_reconnecting_starts_nothing_twice(server):
    set_up = server.client.setup_hook
    calls = []

    async def counted():
        calls.append(1)
        await set_up()

    server.client.setup_hook = counted
    shard = server.client.get_shard(0)
    for _ in range(3):
        await shard.disconnect()
        await shard.reconnect()
        await server.env.settle()
    assert calls == []
    assert server.syncs() == 1
    page = await server.ben.slash(server.general, "brief")
    assert len(answers(page)) == len({message.id for message in answers(page)})
    requests = [request.path for request in server.env.http_requests if request.path.endswith("/callback")]
    assert len(requests) == 1


async def test_a_lost_connection_is_told_once_until_it_is_back(server, caplog):
    connected = [server.client.connected]
    for event in ("disconnect", "disconnect", "resumed", "disconnect", "connect"):
        server.client.dispatch(event)
        await server.env.settle()
        connected.append(server.client.connected)
    assert connected == [True, False, False, True, False, True]
    assert caplog.text.count("The connection to Discord was lost") == 2


class Down:
    """Short ids of a store that cannot be reached."""

    async def keep_all(self, space, lines):
        raise StorageDown("The store cannot be reached. Try again in a minute.")

    async def recall(self, space, short):
        raise StorageDown("The store cannot be reached. Try again in a minute.")


@pytest.fixture
def down(server):
    """The store goes away."""

    def go():
        server.client.answering = Answering(Down())
        server.client.storage = type("Store", (), {"asks": Down()})()

    return go


async def test_a_store_that_is_down_is_said_in_one_sentence_to_whoever_asks_or_presses(server, down):
    words = "militias Iraq considering disarming hope escaping airstrikes following Trump administration threats"
    page = await server.ben.slash(server.general, "find", words=words)
    down()
    pressed = await server.press(server.ben, answers(page)[-1], named("Share here", *answers(page)))
    asked = await server.ben.slash(server.general, "find", words=words)
    for result in (pressed, asked):
        assert (
            said(result) == "What I keep cannot be reached just now, so there is no answer. Nothing is lost; please try again in a minute."
        )
        assert result.response.ephemeral


async def test_a_fault_of_ours_before_the_core_is_asked_shows_a_number_in_private(server, caplog):
    page = await server.anna.slash(server.general, "standfirst share", line="/brief iraq")
    server.client.commands = None
    pressed = await server.press(server.ben, page.response, named("Timeline", page.response))
    typed = await server.ben.slash(server.general, "brief")
    for result in (pressed, typed):
        assert "(fault " in said(result)
        assert result.response.ephemeral
        assert said(result).split("(fault ")[1][:6] in caplog.text
    assert [type(error).__name__ for error in server.env.errors] == ["CommandInvokeError"]
