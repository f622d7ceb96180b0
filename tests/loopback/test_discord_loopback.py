"""The Discord of our own keeps what Discord promises: the other tests rest on it."""

import asyncio
from contextlib import asynccontextmanager

import discord
import pytest
from discord import app_commands, ui
from discord.http import Route

from tests.loopback.discord_remote import a_bot
from tests.loopback.process import running, start, started

USUAL = {"intents": discord.Intents(guilds=True), "guild_ready_timeout": 0.05, "chunk_guilds_at_startup": False}
COMPONENT, MESSAGE = 3, 4
PRESS = {"custom_id": "press", "component_type": 2}


@pytest.fixture(scope="module")
def discords():
    """One server for all tests: each has a bot of its own."""
    with started("tests.loopback.discord") as server:
        yield server


@pytest.fixture
async def remote(discords, monkeypatch):
    async with a_bot(discords.base) as remote:
        monkeypatch.setattr(Route, "BASE", remote.api)
        yield remote


@asynccontextmanager
async def logged_in(remote, kind=discord.Client, **options):
    client = kind(**(USUAL | options))
    try:
        await client.login(remote.token)
        yield client
    finally:
        await client.close()


class Hearing(discord.AutoShardedClient):
    """Notes what it hears, and answers presses with what `answer` does."""

    answer = None

    def __init__(self, **options):
        super().__init__(**options)
        self.heard = asyncio.Queue()

    async def on_interaction(self, interaction):
        if self.answer is not None:
            await self.answer(interaction)
        self.heard.put_nowait("interaction")

    async def on_guild_join(self, guild):
        self.heard.put_nowait(("joined", guild.id))

    async def on_guild_remove(self, guild):
        self.heard.put_nowait(("left", guild.id))

    async def on_shard_resumed(self, _):
        self.heard.put_nowait("resumed")

    async def on_shard_disconnect(self, _):
        self.heard.put_nowait("disconnected")

    async def hears(self):
        return await asyncio.wait_for(self.heard.get(), 60)


@asynccontextmanager
async def connected(remote, **options):
    """A client with a gateway, and the task that keeps it connected."""
    async with logged_in(remote, Hearing, **options) as client:
        connection = asyncio.create_task(client.connect())
        try:
            await asyncio.wait_for(client.wait_until_ready(), 60)
            yield client, connection
        finally:
            await client.close()
            connection.cancel()
            await asyncio.gather(connection, return_exceptions=True)


async def test_a_wrong_token_is_not_let_in(remote):
    client = discord.Client(**USUAL)
    with pytest.raises(discord.LoginFailure):
        await client.login("another token")
    await client.close()


async def test_a_bot_sees_no_server_of_another(remote, discords):
    async with a_bot(discords.base) as stranger, logged_in(remote) as client:
        theirs = await stranger.channel()
        with pytest.raises(discord.Forbidden):
            await client.get_partial_messageable(int(theirs)).send("hello")
        assert await stranger.messages(theirs) == []


async def test_history_comes_newest_first_within_its_bounds(remote):
    place = await remote.channel()
    ids = await remote.says(place, times=5)
    async with logged_in(remote) as client:
        read = await client.http.logs_from(int(place), 2, before=int(ids[4]))
        assert [told["id"] for told in read] == [ids[3], ids[2]]
        read = await client.http.logs_from(int(place), 2, after=int(ids[0]))
        assert [told["id"] for told in read] == [ids[2], ids[1]]


async def test_one_nonce_is_one_message_of_an_author_in_all_channels_until_its_window_is_over(remote):
    one, two = await remote.channel(), await remote.channel()
    async with logged_in(remote) as client:

        async def send(place):
            return await client.get_partial_messageable(int(place)).send("hello", nonce="a nonce")

        first = await send(one)
        assert (await send(two)).id == first.id
        assert await remote.messages(two) == []
        await remote.older(3600)
        assert (await send(two)).id != first.id


@pytest.mark.parametrize(
    ("given", "code"),
    [
        pytest.param({"content": "x" * 2001}, 50035, id="content"),
        pytest.param({"content": ""}, 50006, id="empty"),
        pytest.param({"content": "x", "nonce": "n" * 26}, 50035, id="nonce"),
        pytest.param({"view": ui.LayoutView, "texts": ["x" * 4001]}, 50035, id="text"),
        pytest.param({"view": ui.LayoutView, "texts": ["x"], "content": "y"}, 50035, id="content-beside-components"),
        pytest.param({"view": ui.LayoutView, "texts": [" "]}, 50035, id="blank-text"),
        pytest.param({"view": ui.LayoutView, "ids": ["a", "a"]}, 50035, id="one-id-twice"),
    ],
)
async def test_a_form_that_discord_would_refuse_is_refused(remote, given, code):
    place = await remote.channel()
    async with logged_in(remote) as client:
        if "view" in given:
            view = given.pop("view")()
            for text in given.pop("texts", []):
                view.add_item(ui.TextDisplay(text))
            for custom_id in given.pop("ids", []):
                view.add_item(ui.ActionRow(ui.Button(label="x", custom_id=custom_id)))
            given |= {"view": view}
        with pytest.raises(discord.HTTPException) as refused:
            await client.get_partial_messageable(int(place)).send(**given)
        assert refused.value.code == code
        assert await remote.messages(place) == []


async def test_a_client_that_reads_the_limits_is_never_refused_for_its_pace(remote, discords):
    place = await remote.channel()
    await remote.control("limits", {"most": 2, "seconds": 0.3})
    async with logged_in(remote) as client:
        for number in range(4):
            await client.get_partial_messageable(int(place)).send(str(number))
    await remote.control("limits", {"most": 1_000, "seconds": 1.0})
    told = await remote.requests()
    assert [request["status"] for request in told] == [200] * 4
    assert told[2]["at"] - told[1]["at"] > 0.1


async def test_commands_keep_their_ids_when_they_are_told_again(remote):
    async with logged_in(remote) as client:
        tree = app_commands.CommandTree(client)

        @tree.command(name="brief", description="x")
        async def brief(interaction): ...

        [one] = await tree.sync()
        [two] = await tree.sync()
        assert one.id == two.id
        assert [told["name"] for told in (await remote.seen())["commands"][""]] == ["brief"]


async def test_servers_come_and_go_through_the_gateway(remote):
    async with connected(remote) as (client, _):
        assert [guild.id for guild in client.guilds] == [int(remote.guild)]
        joined = await remote.note("guild", name="Another")
        assert await client.hears() == ("joined", int(joined["id"]))
        await remote.note("guild", id=joined["id"], gone=True)
        assert await client.hears() == ("left", int(joined["id"]))


async def test_a_press_is_answered_for_the_asker_alone_edited_and_followed(remote):
    async def answer(interaction):
        assert (interaction.user.id, interaction.guild_id) == (900, int(remote.guild))
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.edit_original_response(content="for you")
        await interaction.followup.send("for all")

    place = await remote.channel()
    async with connected(remote) as (client, _):
        client.answer = answer
        asked = await remote.interact(place, COMPONENT, PRESS, message=await a_message_of(client, place))
        await client.hears()
        told = (await remote.seen())["interactions"][asked["token"]]
        assert (told["private"], told["original"]["content"]) == (True, "for you")
        assert 0 <= told["took"] < 3
        assert [behind["content"] for behind in told["behind"]] == ["for all"]
        assert [shown["content"] for shown in await remote.messages(place)] == ["press me", "for all"]


async def a_message_of(client, place):
    return str((await client.get_partial_messageable(int(place)).send("press me")).id)


async def test_an_interaction_is_answered_once_and_in_time(remote):
    codes = []

    async def answer(interaction):
        await interaction.response.send_message("hello")
        interaction.response._response_type = None  # as another process of the same bot would
        with pytest.raises(discord.HTTPException) as refused:
            await interaction.response.send_message("hello")
        codes.append(refused.value.code)

    async def late(interaction):
        await remote.older(4)
        with pytest.raises(discord.HTTPException) as refused:
            await interaction.response.send_message("hello")
        codes.append(refused.value.code)

    place = await remote.channel()
    async with connected(remote) as (client, _):
        for client.answer in (answer, late):
            await remote.interact(place, 2, {"id": "1", "name": "brief", "type": 1})
            await client.hears()
    assert codes == [40060, 10062]


async def test_a_cut_connection_is_resumed_and_misses_nothing(remote):
    async with connected(remote) as (client, _):
        await remote.close(code=4000)
        assert await client.hears() == "disconnected"
        joined = await remote.note("guild", name="Another")
        assert {await client.hears(), await client.hears()} == {"resumed", ("joined", int(joined["id"]))}
        [session] = (await remote.seen())["sessions"]
        assert session["resumed"] == 1


async def test_a_bot_whose_token_was_changed_is_thrown_out_for_good(remote):
    async with connected(remote) as (_, connection):
        await remote.close(code=4004)
        with pytest.raises(discord.ConnectionClosed) as closed:
            await asyncio.wait_for(connection, 60)
        assert closed.value.code == 4004


async def test_a_privileged_intent_that_was_not_allowed_is_refused(remote):
    async with logged_in(remote, discord.AutoShardedClient, intents=discord.Intents(message_content=True)) as client:
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await asyncio.wait_for(client.connect(), 60)


async def test_what_was_posted_outlives_a_kill_of_the_server(tmp_path, monkeypatch):
    journal = tmp_path / "journal"
    first = start("tests.loopback.discord", "--journal", journal)
    async with a_bot(first.base) as remote:
        monkeypatch.setattr(Route, "BASE", remote.api)
        place = await remote.channel()
        async with logged_in(remote) as client:
            one = await client.get_partial_messageable(int(place)).send("hello", nonce="a nonce")
        before = await remote.messages(place)
        first.kill()
        with started("tests.loopback.discord", "--journal", journal, "--port", first.port):
            assert await remote.messages(place) == before
            async with logged_in(remote) as client:
                assert (await client.get_partial_messageable(int(place)).send("hello", nonce="a nonce")).id == one.id


async def test_a_server_ends_when_it_is_asked_to():
    async with running("tests.loopback.discord") as base:
        assert base.startswith("http://127.0.0.1:")
    with started("tests.loopback.discord") as server:
        pass
    assert server.process.returncode == 0


async def test_what_is_no_server_is_an_error():
    with pytest.raises(RuntimeError, match="instead of printing a port"):
        start("tests.words")
