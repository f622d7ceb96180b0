"""The publisher of Discord, looking for what it posted: with the real discord.py, in front of a Discord of our own."""

import asyncio
import re
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import discord
import pytest

from adapters.discord.keys import mark_of
from adapters.discord.presses import press_id
from briefs.digest import Again, Later, Refused, Sent, Unknown
from briefs.message import Button, Heading, Line, Message, Story, words
from briefs.ports import Absent
from tests.adapters.discord.publishing import on_discord
from tests.builders import a_message
from tests.loopback.discord_world import FORUM, HISTORY, MEDIA, SEND_IN_THREADS, THREAD, USUAL
from tests.loopback.process import started

KEY = "digest:discord:1:2:daily:2026-11-22:1"
DAY = 24 * 3600
SILENT, V2 = 1 << 12, 1 << 15


@pytest.fixture(scope="module")
def discords():
    """One server for all tests: each has a bot of its own."""
    with started("tests.loopback.discord") as server:
        yield server


@pytest.fixture
async def here(discords):
    async with on_discord(discords.base) as here:
        yield here


async def test_a_hidden_history_is_empty_and_cannot_be_told(here):
    """Discord answers whoever may not read history with an empty one, and without an error."""
    await here.publisher.publish(here.main, a_message(), KEY)
    await here.remote.channel(id=here.main.channel, bits=USUAL & ~HISTORY)
    assert await here.publisher.find(here.main, KEY) is Absent.CANNOT_TELL


SOON, NEVER = Later, Absent


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        pytest.param({"status": 403, "code": 50001}, NEVER, id="no-access"),
        pytest.param({"status": 403, "code": 50013}, NEVER, id="no-permission"),
        pytest.param({"status": 404, "code": 10003}, NEVER, id="gone"),
        pytest.param({"status": 403}, SOON, id="a-wall-in-front"),
        pytest.param({"status": 503}, SOON, id="server-fault"),
        pytest.param({"cut": "all", "times": 2}, SOON, id="cut"),  # aiohttp itself repeats a GET once
        pytest.param({"cut": "half"}, SOON, id="cut-in-the-middle"),
        pytest.param({"status": 200, "body": "<html>"}, SOON, id="no-json"),
        pytest.param({"status": 429, "retry_after": 90, "does": False}, SOON, id="asked-to-wait"),
    ],
)
@pytest.mark.parametrize("path", ["/messages$", "/channels/[0-9]+$", "/guilds/"], ids=["history", "channel", "server"])
async def test_what_keeps_us_from_reading_passes_or_it_does_not_and_is_never_absent(here, fault, told, path):
    await here.publisher.publish(here.main, a_message(), KEY)
    await here.remote.fault("GET", path, **fault)
    found = await here.publisher.find(here.main, KEY)
    assert isinstance(found, told)
    assert found is not Absent.ABSENT
    if "retry_after" in fault:
        assert found.after == timedelta(seconds=90)
    else:
        assert isinstance(await here.publisher.find(here.main, KEY), Sent)


async def test_while_discord_lets_nothing_through_it_is_not_asked_again(here):
    await here.remote.fault("GET", "/channels/", status=429, ban=True, retry_after=120)
    first = await here.publisher.find(here.main, KEY)
    assert isinstance(first, Later)
    assert first.after == timedelta(seconds=120)
    asked = len(await here.remote.requests("GET", ""))
    second, post = await here.publisher.find(here.main, KEY), await here.publisher.publish(here.main, a_message(), KEY)
    assert isinstance(second, Later)
    assert isinstance(post, Again)
    assert timedelta(seconds=110) < min(second.after, post.after)
    assert len(await here.remote.requests("GET", "")) == asked
    assert await here.remote.requests() == []


async def test_a_look_that_takes_too_long_is_made_again_later(here, monkeypatch):
    monkeypatch.setattr("adapters.discord.publisher.LOOK_MAX", 0.1)
    await here.remote.fault("GET", lag=1)
    assert isinstance(await here.publisher.find(here.main, KEY), Later)


async def test_a_token_that_is_refused_for_now_is_looked_with_again_later(here):
    await here.remote.fault("GET", "/channels/", status=401)
    assert isinstance(await here.publisher.find(here.main, KEY), Later)
    assert isinstance(await here.publisher.find(here.main, KEY), Later)
    assert len(await here.remote.requests("GET", "/channels/")) == 1


async def test_a_post_is_found_behind_pages_of_others(here):
    sent = await here.publisher.publish(here.main, a_message(), KEY)
    await here.remote.says(here.main.channel, times=250)
    assert await here.publisher.find(here.main, KEY) == sent


async def test_in_a_channel_with_more_than_can_be_looked_at_a_post_cannot_be_told(here):
    await here.publisher.publish(here.main, a_message(), KEY)
    await here.remote.says(here.main.channel, times=1_000)
    assert await here.publisher.find(here.main, KEY) is Absent.CANNOT_TELL
    assert len(await here.remote.requests("GET")) == 10


async def test_what_is_older_than_a_day_is_not_looked_at(here):
    await here.remote.says(here.main.channel, age=2 * DAY, times=1_000)
    await here.remote.says(here.main.channel, age=DAY / 2, times=30)
    assert await here.publisher.find(here.main, KEY) is Absent.ABSENT
    assert len(await here.remote.requests("GET")) == 1


async def test_a_mark_beside_a_text_is_found(here):
    story = Story(1, "A headline", (Line(words("It happened.")),), words("undated"), Button("Open", "/brief ferry"))
    sent = await here.publisher.publish(here.main, Message("x", (story,)), KEY)
    assert await here.publisher.find(here.main, KEY) == sent


async def test_a_post_of_somebody_else_with_our_mark_is_not_ours(here):
    button = {"type": 2, "style": 2, "label": "x", "custom_id": press_id(0, "/brief", {}, mark=mark_of(here.main.channel, KEY))}
    await here.remote.says(here.main.channel, components=[{"type": 1, "components": [button]}])
    assert await here.publisher.find(here.main, KEY) is Absent.ABSENT


# Forums and threads.


@pytest.mark.parametrize("kind", [FORUM, MEDIA], ids=["forum", "media"])
async def test_in_a_forum_it_is_a_post_of_its_own_and_found(here, kind):
    forum = await here.place(kind=kind)
    message = replace(a_message(), blocks=(Heading("A headline of many words " * 8), *a_message().blocks))
    assert await here.publisher.find(forum, KEY) is Absent.ABSENT
    sent = await here.publisher.publish(forum, message, KEY)
    assert isinstance(sent, Sent)
    assert await here.publisher.find(forum, KEY) == sent
    assert await here.publisher.find(forum, f"{KEY}0") is Absent.ABSENT
    [thread] = [told for told in (await here.remote.seen())["channels"].values() if told["parent_id"] == forum.channel]
    assert re.fullmatch(r"A headline of many words .*…", thread["name"])
    assert len(thread["name"]) <= 100
    [request] = await here.remote.requests(path="/threads$")
    assert request["body"]["message"]["allowed_mentions"] == {"parse": []}
    assert request["body"]["message"]["flags"] == SILENT | V2


async def test_a_forum_is_tried_as_a_text_channel_only_once(here):
    forum = await here.place(kind=FORUM)
    for number in range(2):
        assert isinstance(await here.publisher.publish(forum, a_message(), f"{KEY}{number}"), Sent)
    assert [request["code"] for request in await here.remote.requests()] == [40058]


async def test_a_forum_post_that_was_archived_is_found(here):
    forum = await here.place(kind=FORUM)
    sent = await here.publisher.publish(forum, a_message(), KEY)
    await here.remote.note("channel", id=sent.receipt.rpartition("/")[2], archived=True, archived_at=4e9)
    assert await here.publisher.find(forum, KEY) == sent


async def forum_with_100_archived(here, archived_at):
    forum = await here.place(kind=FORUM)
    thread = {"do": "channel", "kind": THREAD, "guild": here.remote.guild, "parent": forum.channel, "owner": "900", "archived": True}
    await here.remote.control("note", [thread | {"archived_at": archived_at - number} for number in range(100)])
    return forum


async def test_in_a_forum_with_more_archived_posts_than_can_be_looked_at_a_post_cannot_be_told(here):
    forum = await forum_with_100_archived(here, time.time())
    assert await here.publisher.find(forum, KEY) is Absent.CANNOT_TELL


async def test_posts_archived_more_than_a_day_ago_are_not_looked_at(here):
    forum = await forum_with_100_archived(here, time.time() - 2 * DAY)
    assert await here.publisher.find(forum, KEY) is Absent.ABSENT


async def test_forum_posts_of_others_and_old_ones_of_ours_are_not_opened(here):
    forum = await here.place(kind=FORUM)
    long_ago = str(discord.utils.time_snowflake(datetime.now(UTC) - timedelta(days=2)))
    await here.place(kind=THREAD, parent=forum.channel, owner="900")
    await here.place(kind=THREAD, parent=forum.channel, owner=here.remote.bot, id=long_ago)
    assert await here.publisher.find(forum, KEY) is Absent.ABSENT
    assert await here.remote.requests("GET", "/messages/") == []


async def test_a_lost_answer_of_a_forum_is_unknown_and_found(here):
    forum = await here.place(kind=FORUM)
    await here.remote.fault(path="/threads$", cut="all")
    assert isinstance(await here.publisher.publish(forum, a_message(), KEY), Unknown)
    assert isinstance(await here.publisher.find(forum, KEY), Sent)


@pytest.mark.parametrize("path", ["/threads/active$", "/threads/archived", "/messages/"], ids=["active", "archived", "beginning"])
async def test_a_forum_whose_posts_cannot_be_read_cannot_be_told(here, path):
    forum = await here.place(kind=FORUM)
    await here.publisher.publish(forum, a_message(), KEY)
    await here.remote.fault("GET", path, status=403, code=50001)
    assert await here.publisher.find(forum, f"{KEY}0") is Absent.CANNOT_TELL


async def test_a_forum_that_wants_a_tag_is_lost(here):
    outcome = await here.publisher.publish(await here.place(kind=FORUM, needs_tag=True), a_message(), KEY)
    assert isinstance(outcome, Refused)
    assert outcome.channel_lost
    assert "tag" in outcome.reason


async def test_a_thread_that_was_archived_is_posted_to_and_one_that_is_locked_is_lost(here):
    archived = await here.place(kind=THREAD, parent=here.main.channel, owner="900", archived=True)
    sent = await here.publisher.publish(archived, a_message(), KEY)
    assert isinstance(sent, Sent)
    assert await here.publisher.find(archived, KEY) == sent
    locked = await here.place(kind=THREAD, parent=here.main.channel, owner="900", locked=True)
    assert (await here.publisher.publish(locked, a_message(), KEY)).channel_lost


async def test_in_a_thread_the_right_of_its_channel_counts(here):
    thread = await here.place(kind=THREAD, parent=here.main.channel, owner="900")
    await here.remote.channel(id=here.main.channel, bits=USUAL & ~HISTORY & ~SEND_IN_THREADS)
    assert "in a thread" in (await here.publisher.publish(thread, a_message(), KEY)).reason
    assert await here.publisher.find(thread, KEY) is Absent.CANNOT_TELL


# Where it can be seen.


async def test_a_forums_post_is_seen_in_the_channel_it_made(here):
    forum = await here.place(kind=FORUM)
    sent = await here.publisher.publish(forum, a_message(), KEY)
    [thread] = [told for told in (await here.remote.seen())["channels"].values() if told["parent_id"] == forum.channel]
    there = f"https://discord.com/channels/{here.remote.guild}/{thread['id']}/{thread['id']}"
    assert here.publisher.address(forum, sent.receipt) == there
    assert await here.publisher.find(forum, KEY) == sent


# With a gateway.


async def test_with_a_gateway_rights_are_known_and_heed_what_a_manager_changes(discords):
    client = discord.AutoShardedClient(intents=discord.Intents(guilds=True), guild_ready_timeout=0.05, chunk_guilds_at_startup=False)
    async with on_discord(discords.base, client=client) as here:
        connection = asyncio.create_task(client.connect())
        await asyncio.wait_for(client.wait_until_ready(), 60)
        sent = await here.publisher.publish(here.main, a_message(), KEY)
        forum = await here.place(kind=FORUM)
        async with asyncio.timeout(60):
            while client.get_channel(int(forum.channel)) is None:  # noqa: ASYNC110 the server's moment
                await asyncio.sleep(0.01)
        assert isinstance(await here.publisher.publish(forum, a_message(), KEY), Sent)
        assert len(await here.remote.requests()) == 1  # the forum was never taken for a text channel
        assert await here.publisher.find(here.main, KEY) == sent
        assert await here.remote.requests("GET", "/guilds/|/channels/[0-9]+$") == []
        await here.remote.channel(id=here.main.channel, bits=USUAL & ~HISTORY)
        async with asyncio.timeout(60):
            while await here.publisher.find(here.main, KEY) is not Absent.CANNOT_TELL:  # noqa: ASYNC110 the server's moment
                await asyncio.sleep(0.01)
        await client.close()
        connection.cancel()
        await asyncio.gather(connection, return_exceptions=True)
