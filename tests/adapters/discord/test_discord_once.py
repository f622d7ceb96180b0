"""A delivery is posted once and only once on Discord, whatever becomes of the request or its answer."""

import asyncio
from contextlib import suppress

import aiohttp
import discord
import pytest
from discord.http import Route

from adapters.discord.keys import mark_of
from adapters.discord.pace import Pace
from adapters.discord.tries import Did, counted, watch
from briefs.digest import Again, Later, Refused, Sent, Unknown
from briefs.ports import Absent
from tests.adapters.discord.publishing import on_discord
from tests.builders import a_message
from tests.loopback.discord_world import FORUM
from tests.loopback.process import started

KEY = "digest:discord:1:2:daily:2026-11-22:1"


@pytest.fixture(scope="module")
def discords():
    """One server for all tests: each has a bot of its own."""
    with started("tests.loopback.discord") as server:
        yield server


@pytest.fixture
async def here(discords):
    async with on_discord(discords.base) as here:
        yield here


async def posted(here, place=None):
    """How many messages the bot has in the channel, as its readers see it."""
    return len(await here.remote.messages((place or here.main).channel))


@pytest.mark.parametrize("cut", ["all", "half"])
async def test_a_lost_answer_is_unknown_and_within_the_window_a_repeat_posts_nothing_new(here, cut):
    await here.remote.fault(cut=cut)
    assert isinstance(await here.publisher.publish(here.main, a_message(), KEY), Unknown)
    assert len(await here.remote.requests()) == 1  # nobody repeats it behind the ledger's back
    again = await here.publisher.publish(here.main, a_message(), KEY)
    assert again == await here.publisher.find(here.main, KEY)
    assert await posted(here) == 1


async def test_a_lost_answer_is_found_when_the_window_is_over(here):
    await here.remote.fault(cut="all")
    await here.publisher.publish(here.main, a_message(), KEY)
    await here.remote.older(3600)
    assert isinstance(await here.publisher.find(here.main, KEY), Sent)
    # Which is why it is looked for: Discord itself no longer knows the nonce.
    await here.publisher.publish(here.main, a_message(), KEY)
    assert await posted(here) == 2


async def test_a_request_that_was_cut_off_before_it_was_read_is_absent_and_posted_by_the_repeat(here):
    await here.remote.fault(cut="all", does=False)
    assert isinstance(await here.publisher.publish(here.main, a_message(), KEY), Unknown)
    assert await here.publisher.find(here.main, KEY) is Absent.ABSENT
    assert isinstance(await here.publisher.publish(here.main, a_message(), KEY), Sent)
    assert await posted(here) == 1


async def test_a_post_that_discord_takes_after_we_gave_up_is_found(here, monkeypatch):
    monkeypatch.setattr("adapters.discord.publisher.POST_MAX", 0.1)
    await here.remote.fault(wait=0.3)
    assert isinstance(await here.publisher.publish(here.main, a_message(), KEY), Unknown)
    assert await here.publisher.find(here.main, KEY) is Absent.ABSENT
    async with asyncio.timeout(60):
        while await here.publisher.find(here.main, KEY) is Absent.ABSENT:  # noqa: ASYNC110 the server's moment
            await asyncio.sleep(0.05)
    assert await posted(here) == 1


async def test_what_was_posted_and_deleted_is_not_posted_again(here):
    sent = await here.publisher.publish(here.main, a_message(), KEY)
    await here.remote.note("drop", channel=here.main.channel, id=sent.receipt.rpartition("/")[2])
    outcome = await here.publisher.publish(here.main, a_message(), KEY)
    assert isinstance(outcome, Refused)
    assert not outcome.channel_lost
    assert await posted(here) == 0


@pytest.mark.parametrize("does", [True, False], ids=["after-the-write", "before-the-write"])
async def test_a_500_is_repeated_with_the_same_nonce_and_posts_once(here, does):
    await here.remote.fault(status=500, does=does)
    assert isinstance(await here.publisher.publish(here.main, a_message(), KEY), Sent)
    assert {request["body"]["nonce"] for request in await here.remote.requests()} == {mark_of(here.main.channel, KEY)}
    assert len(await here.remote.requests()) == 2
    assert await posted(here) == 1


async def test_a_503_is_unknown(here):
    await here.remote.fault(status=503)
    assert isinstance(await here.publisher.publish(here.main, a_message(), KEY), Unknown)
    assert await posted(here) == 1


async def test_a_429_is_waited_out_and_posts_once(here):
    await here.remote.fault(status=429, retry_after=0.05, does=False)
    assert isinstance(await here.publisher.publish(here.main, a_message(), KEY), Sent)
    assert [request["status"] for request in await here.remote.requests()] == [429, 200]
    assert await posted(here) == 1


async def test_a_ban_is_not_waited_out_but_tried_again_when_it_is_over(here):
    await here.remote.fault(status=429, ban=True, retry_after=90, does=False)
    outcome = await here.publisher.publish(here.main, a_message(), KEY)
    assert isinstance(outcome, Again)
    assert outcome.after.total_seconds() == 90


async def test_what_an_earlier_try_may_have_posted_is_not_tried_again_without_a_look(here):
    """discord.py repeats a 500 by itself; if it is refused then, its error tells of the refusal alone."""
    await here.remote.fault(status=500)
    await here.remote.fault(status=429, ban=True, does=False)
    assert isinstance(await here.publisher.publish(here.main, a_message(), KEY), Unknown)
    assert await posted(here) == 1


@pytest.mark.parametrize(
    ("fault", "did"),
    [
        pytest.param({}, Did.DONE, id="answered"),
        pytest.param({"status": 429, "retry_after": 0.01}, Did.NOTHING, id="asked-to-wait"),
        pytest.param({"status": 403}, Did.NOTHING, id="refused"),
        pytest.param({"status": 502}, Did.PERHAPS, id="server-fault"),
        pytest.param({"cut": "all"}, Did.PERHAPS, id="cut"),
        pytest.param(None, Did.NOTHING, id="never-connected"),
    ],
)
async def test_of_each_request_it_is_known_whether_it_may_have_posted(here, fault, did):
    client = discord.Client(intents=discord.Intents.none())
    assert watch(client, Pace())
    if fault:
        await here.remote.fault(**fault)
    address = f"{here.remote.api if fault is not None else 'http://127.0.0.1:1/api/v10'}/channels/{here.main.channel}/messages"
    head = {"Authorization": f"Bot {here.remote.token}"}
    with counted() as tries:
        async with aiohttp.ClientSession(trace_configs=[client.http.http_trace], headers=head) as http:
            for _ in range(2):
                assert not tries.earlier_may_have_posted
                with suppress(aiohttp.ClientError):
                    await http.post(address, json={"content": "hello"})
    assert tries.did == [did, Did.NOTHING if fault is None else Did.DONE]
    assert tries.earlier_may_have_posted is (did is not Did.NOTHING)


async def test_what_only_reads_has_posted_nothing(here):
    client = discord.Client(intents=discord.Intents.none())
    watch(client, Pace())
    with counted() as tries:
        async with aiohttp.ClientSession(trace_configs=[client.http.http_trace]) as http:
            await http.get(f"{here.remote.api}/channels/{here.main.channel}")
    assert not tries.may_have_posted


# Forums know no nonce.


@pytest.mark.parametrize("does", [True, False], ids=["after-the-write", "before-the-write"])
async def test_in_a_forum_a_500_is_not_repeated_behind_the_ledgers_back(here, does):
    forum = await here.place(kind=FORUM)
    await here.remote.fault(path="/threads$", status=500, does=does)
    assert isinstance(await here.publisher.publish(forum, a_message(), KEY), Unknown)
    assert len(await here.remote.requests(path="/threads$")) == 1
    found = await here.publisher.find(forum, KEY)
    assert isinstance(found, Sent) if does else found is Absent.ABSENT


async def test_in_a_forum_a_429_is_waited_out_and_posts_once(here):
    forum = await here.place(kind=FORUM)
    await here.remote.fault(path="/threads$", status=429, retry_after=0.05, does=False)
    assert isinstance(await here.publisher.publish(forum, a_message(), KEY), Sent)
    assert [request["status"] for request in await here.remote.requests(path="/threads$")] == [429, 200]


# What an earlier try of one call did.


async def test_what_an_earlier_try_may_have_posted_is_not_called_refused(here):
    await here.remote.fault(status=500)
    await here.remote.fault(status=403, code=50013, does=False)
    assert isinstance(await here.publisher.publish(here.main, a_message(), KEY), Unknown)
    assert await posted(here) == 1


async def test_what_was_deleted_between_two_tries_is_known_to_have_been_posted(here):
    await here.remote.fault(status=500)
    await here.remote.fault(status=404, code=10008, does=False)
    assert isinstance(await here.publisher.publish(here.main, a_message(), KEY), Refused)


async def test_a_post_that_ran_out_of_time_before_anything_was_sent_is_tried_again(here, monkeypatch):
    monkeypatch.setattr("adapters.discord.publisher.POST_MAX", 0.1)
    bucket = here.client.http.get_ratelimit(f"POST /channels/{{channel_id}}/messages:{here.main.channel}")
    bucket.remaining, bucket.expires, bucket.reset_after = 0, asyncio.get_running_loop().time() + 9, 9
    assert isinstance(await here.publisher.publish(here.main, a_message(), KEY), Again)
    assert await here.remote.requests() == []


async def test_a_post_that_ran_out_of_time_although_it_was_answered_is_unknown(here, monkeypatch):
    """discord.py gives an answer away only when its route may be asked again."""
    monkeypatch.setattr("adapters.discord.publisher.POST_MAX", 0.3)
    await here.remote.control("limits", {"most": 1, "seconds": 5})
    try:
        assert isinstance(await here.publisher.publish(here.main, a_message(), KEY), Unknown)
    finally:
        await here.remote.control("limits", {"most": 1_000, "seconds": 1})
    assert await posted(here) == 1


async def test_of_a_client_that_nobody_watches_nothing_is_tried_again_without_a_look(discords):
    client = discord.Client(intents=discord.Intents.none(), http_trace=aiohttp.TraceConfig())
    async with on_discord(discords.base, client=client) as here:
        await here.remote.fault(status=429, ban=True, does=False)
        assert isinstance(await here.publisher.publish(here.main, a_message(), KEY), Unknown)


async def test_where_nothing_listens_nothing_was_posted(here, monkeypatch):
    monkeypatch.setattr(Route, "BASE", "http://127.0.0.1:1/api/v10")
    assert isinstance(await here.publisher.publish(here.main, a_message(), KEY), Again)
    assert isinstance(await here.publisher.find(here.main, KEY), Later)
