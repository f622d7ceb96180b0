"""The platforms of our own are as hostile as they were told to be: what a soak finds rests on it."""

import asyncio
import json

import aiohttp
import pytest

from tests.loopback.discord_faults import Limits as DiscordLimits
from tests.loopback.discord_remote import a_bot
from tests.loopback.hostility import KINDS, Hostility
from tests.loopback.process import running, started
from tests.loopback.slack_faults import Limits as SlackLimits
from tests.loopback.slack_remote import a_workspace

CUT = aiohttp.ClientError


@pytest.fixture(scope="module")
def servers():
    with started("tests.loopback.discord") as discord, started("tests.loopback.slack") as slack:
        yield {"discord": discord.base, "slack": slack.base}


class OnDiscord:
    """What a bot asks of Discord, in the plainest way."""

    def __init__(self, remote, channel):
        self.remote, self.channel = remote, channel
        self.url = f"{remote.api}/channels/{channel}/messages"
        self.head = {"Authorization": f"Bot {remote.token}"}

    async def post(self, text="hello", nonce=""):
        body = {"content": text} | ({"nonce": nonce, "enforce_nonce": True} if nonce else {})
        async with self.remote.http.post(self.url, json=body, headers=self.head) as answer:
            await answer.read()
            return "taken" if answer.status == 200 else answer.status

    async def look(self):
        async with self.remote.http.get(self.url, headers=self.head) as answer:
            await answer.read()
            return "shown" if answer.status == 200 else answer.status

    async def seen(self):
        return [message["content"] for message in await self.remote.messages(self.channel)]


class OnSlack:
    """The same of Slack."""

    def __init__(self, remote):
        self.remote = remote
        self.head = {"Authorization": f"Bearer {remote.token}"}

    async def call(self, method, **args):
        async with self.remote.http.post(f"{self.remote.api}{method}", json={"channel": "C1", **args}, headers=self.head) as answer:
            text = await answer.text()
            return json.loads(text) if answer.status == 200 else {"ok": False, "error": answer.status}

    async def post(self, text="hello", nonce=""):
        answer = await self.call("chat.postMessage", text=text)
        return "taken" if answer["ok"] else answer["error"]

    async def look(self):
        answer = await self.call("conversations.history")
        return "shown" if answer["ok"] else answer["error"]

    async def seen(self):
        return [message["text"] for message in await self.remote.messages("C1")]


@pytest.fixture(params=["discord", "slack"])
async def asking(request, servers):
    base = servers[request.param]
    if request.param == "discord":
        async with a_bot(base) as remote:
            yield OnDiscord(remote, await remote.channel())
            await remote.control("hostile", {})
    else:
        async with a_workspace(base) as remote:
            yield OnSlack(remote)
            await remote.control("hostile", {})


async def hostile(asking, **shares):
    await asking.remote.control("hostile", shares)


async def appears(asking, text="hello"):
    """Wait until readers see it."""
    async with asyncio.timeout(60):
        while text not in await asking.seen():  # noqa: ASYNC110 it happens in another process
            await asyncio.sleep(0.01)


async def test_a_lost_answer_is_of_a_post_that_readers_see(asking):
    await hostile(asking, lost=1, silence_most=0.1)
    for number in range(6):
        with pytest.raises(CUT):
            await asking.post(f"n{number}")
    assert await asking.seen() == [f"n{number}" for number in range(6)]


async def test_a_late_post_is_taken_even_after_its_client_is_gone(asking):
    await hostile(asking, late=1, late_most=0.4, seed=3)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asking.post(), 0.02)
    assert await asking.seen() == []
    await appears(asking)


async def test_a_connection_is_cut_before_the_post_appears(asking):
    await hostile(asking, late_cut=1, late_most=0.4, seed=3)
    with pytest.raises(CUT):
        await asking.post()
    assert await asking.seen() == []
    await appears(asking)


async def test_a_servers_error_comes_before_the_post_appears(asking):
    await hostile(asking, late_error=1, late_most=0.4, seed=3)
    assert await asking.post() != "taken"
    assert await asking.seen() == []
    await appears(asking)


@pytest.mark.parametrize(("kind", "posted"), [("error_before", 0), ("error_after", 1), ("busy", 0), ("forbidden", 0), ("missing", 0)])
async def test_an_error_says_nothing_of_whether_it_was_posted(asking, kind, posted):
    await hostile(asking, **{kind: 1, "late_most": 0.01})
    assert await asking.post() != "taken"
    assert len(await asking.seen()) == posted


async def test_discord_takes_a_late_repeat_of_a_nonce_for_the_same_post(servers):
    async with a_bot(servers["discord"]) as remote:
        asking = OnDiscord(remote, await remote.channel())
        await hostile(asking, late_error=1, late_most=0.2, seed=3)
        await asking.post(nonce="n")
        await hostile(asking)
        assert await asking.post(nonce="n") == "taken"
        await asyncio.sleep(0.3)
        assert await asking.seen() == ["hello"]


async def test_a_history_is_hidden_for_a_time_and_shown_again(asking):
    await hostile(asking, outage_every=60, outage_for=1)
    with pytest.raises((CUT, AssertionError)):
        assert await asking.look() == "shown"
    assert await asking.post() == "taken"
    await asyncio.sleep(1.05)
    assert await asking.look() == "shown"


async def test_what_was_dealt_is_counted(asking):
    await hostile(asking, error_before=1)
    await asking.post()
    await asking.post()
    async with asking.remote.http.get(f"{asking.remote.base}/_control/counted") as answer:
        assert (await answer.json())["dealt"] == {"error_before": 2}


def test_the_shares_are_what_was_asked_for_and_the_same_for_the_same_seed():
    shares = {"lost": 0.02, "error_before": 0.005, "late": 0.1}
    platform, again = (Hostility(**shares, seed=7) for _ in range(2))
    blows = [platform.blow() for _ in range(20_000)]
    assert blows == [again.blow() for _ in range(20_000)]
    for kind in KINDS:
        assert abs(platform.dealt[kind] / 20_000 - shares.get(kind, 0)) < 0.01
    assert all(blow.seconds <= 1 for blow in blows if blow)


def test_an_outage_comes_again_and_is_of_one_kind():
    now = 0.0
    platform = Hostility(outage_every=10, outage_for=2, clock=lambda: now)
    hidden = {}
    for tenth in range(300):
        now = tenth / 10
        if blow := platform.hides():
            hidden.setdefault(int(now // 10), set()).add(blow.choice)
    assert {outage: len(kinds) for outage, kinds in hidden.items()} == {0: 1, 1: 1, 2: 1}
    assert platform.dealt["hidden"] == 60


def test_shares_that_are_none_are_refused():
    with pytest.raises(ValueError, match="together at most 1"):
        Hostility(lost=0.6, late=0.6)


async def test_a_friendly_platform_does_nothing_of_the_kind(asking):
    assert await asking.post() == "taken"
    assert await asking.look() == "shown"


# --- the limits -------------------------------------------------------------------------------------------------------


async def test_discord_says_what_is_left_of_a_channels_five_posts(servers):
    async with a_bot(servers["discord"]) as remote:
        await remote.control("limits", {"posts_most": 5, "posts_seconds": 5.0})
        asking = OnDiscord(remote, await remote.channel())
        left = []
        for _ in range(6):
            async with remote.http.post(asking.url, json={"content": "x"}, headers=asking.head) as answer:
                left.append(answer.headers["X-RateLimit-Remaining"])
                told, status, scope = await answer.json(), answer.status, answer.headers.get("X-RateLimit-Scope")
        assert left == ["4", "3", "2", "1", "0", "0"]
        assert (status, scope, told["global"]) == (429, "user", False)
        assert 4 < told["retry_after"] <= 5
        other = OnDiscord(remote, await remote.channel())
        assert await other.post() == "taken"
        await remote.control("limits", {"posts_most": 0})


def test_fifty_requests_a_second_of_one_bot_are_enough():
    limits = DiscordLimits(global_most=50)
    refused = [limits.ask(f"POST:{number}", 100.0, bot="one")[1] for number in range(51)]
    assert [fault is None for fault in refused] == [True] * 50 + [False]
    assert refused[-1].answer["global"]
    assert refused[-1].headers["X-RateLimit-Scope"] == "global"
    assert limits.ask("POST:51", 100.0, bot="another")[1] is None
    assert limits.ask("POST:52", 101.0, bot="one")[1] is None
    assert limits.earned == 1


def test_a_workspace_takes_two_hundred_posts_in_any_minute():
    limits = SlackLimits(team_minute=200)
    assert {limits.seconds("chat.postMessage", f"C{number}", number / 10) for number in range(200)} == {0}
    assert limits.seconds("chat.postMessage", "C1", 20.0) == 40
    assert limits.seconds("conversations.history", "C1", 20.0) == 0
    assert limits.seconds("chat.postMessage", "C1", 60.05) == 0
    assert limits.earned == 1


def test_histories_of_a_workspace_are_looked_at_so_often_in_a_minute():
    limits = SlackLimits(history_minute=50)
    assert {limits.seconds("conversations.history", "C1", 0.0) for _ in range(50)} == {0}
    assert limits.seconds("conversations.history", "C2", 0.0) == 60


# --- the evidence -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["discord", "slack"])
async def test_what_was_asked_and_what_became_of_it_can_be_read_afterwards(platform, tmp_path):
    trace = tmp_path / "trace.jsonl"
    one = a_bot if platform == "discord" else a_workspace
    async with running(f"tests.loopback.{platform}", "--trace", str(trace)) as base, one(base) as remote:
        asking = OnDiscord(remote, await remote.channel()) if platform == "discord" else OnSlack(remote)
        await asking.post()
        await hostile(asking, lost=1)
        with pytest.raises(CUT):
            await asking.post("secret words")
    lines = [json.loads(line) for line in trace.read_text().splitlines()]
    assert [line["fault"] for line in lines] == [None, "lost"]
    assert all(line["at"] <= line["until"] for line in lines)
    assert "secret words" not in trace.read_text()
    assert "token-of" not in trace.read_text()
