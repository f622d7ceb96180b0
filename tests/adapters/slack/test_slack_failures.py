"""What every fault of Slack leads to, counted at a Slack of our own: how many requests, how many messages, which outcome."""

import asyncio
import time
from bisect import bisect_left
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from adapters.slack.client import REQUEST_MAX
from adapters.slack.pace import PATIENCE, Pace
from adapters.slack.publisher import BEGIN_MAX, STORE_MAX, SlackPublisher
from briefs.digest import Again, Later, Place, Refused, Sent, Unknown
from briefs.errors import StorageDown
from briefs.message import Buttons, Message
from briefs.message.parts import Button
from briefs.ports import Absent
from briefs.ports.publisher import POSTED_WITHIN
from tests.adapters.slack.publishing import KeptAsks, on_slack
from tests.adapters.virtual_clock import VirtualClock
from tests.builders import a_message

KEY = "digest:slack:T1:C1:daily:2026-11-22:1"

# --- what goes wrong --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "arrives"),
    [
        pytest.param({"cut": "all", "does": False}, 0, id="cut-before"),
        pytest.param({"cut": "all"}, 1, id="answer-lost"),
        pytest.param({"cut": "half"}, 1, id="half-an-answer"),
        pytest.param({"status": 500, "body": "<html>oops</html>"}, 1, id="500-after-the-write"),
        pytest.param({"status": 500, "body": "<html>oops</html>", "does": False}, 0, id="500-before-the-write"),
        pytest.param({"status": 503, "body": {}}, 1, id="503-after-the-write"),
        pytest.param({"body": {"ok": False, "error": "internal_error"}}, 1, id="internal-error-after-the-write"),
        pytest.param({"body": {"ok": False, "error": "fatal_error"}, "status": 500}, 1, id="fatal-error-after-the-write"),
        pytest.param({"body": "not json"}, 1, id="no-json"),
        pytest.param({"body": {"ok": True}}, 1, id="no-ts"),
    ],
)
async def test_an_answer_that_says_nothing_is_unknown_after_exactly_one_request(slack, fault, arrives):
    await slack.remote.fault(**fault)
    outcome = await slack.publisher.publish(slack.main, a_message(), KEY)
    assert isinstance(outcome, Unknown)
    assert len(await slack.remote.requests()) == 1
    assert len(await slack.remote.messages("C1")) == arrives
    found = await slack.publisher.find(slack.main, KEY)
    assert isinstance(found, Sent) if arrives else found is Absent.ABSENT


async def test_the_librarys_own_choice_would_have_posted_twice(slack):
    from slack_sdk.web.async_client import AsyncWebClient

    await slack.remote.fault(cut="all")
    await AsyncWebClient(slack.remote.token, base_url=slack.remote.api).chat_postMessage(channel="C1", text="twice")
    assert len(await slack.remote.messages("C1")) == 2


async def test_an_answer_that_comes_too_late_is_unknown(base):
    async with on_slack(base, timeout=1) as slack:
        await slack.remote.fault(lag=3)
        assert isinstance(await slack.publisher.publish(slack.main, a_message(), KEY), Unknown)
        assert len(await slack.remote.requests()) == 1
        assert isinstance(await slack.publisher.find(slack.main, KEY), Sent)


async def test_what_arrives_after_its_client_gave_up_is_found_later(base, slept):
    async with on_slack(base, pace=Pace(sleep=slept), timeout=1) as slack:
        await slack.remote.fault(wait=3)
        assert isinstance(await slack.publisher.publish(slack.main, a_message(), KEY), Unknown)
        assert await slack.publisher.find(slack.main, KEY) is Absent.ABSENT
        await wait_for(lambda: slack.remote.messages("C1"))
        assert isinstance(await slack.publisher.find(slack.main, KEY), Sent)
        assert len(await slack.remote.requests()) == 1


async def wait_for(look):
    async with asyncio.timeout(60):
        while not await look():  # noqa: ASYNC110 it happens in another process
            await asyncio.sleep(0.02)


async def test_where_nobody_listens_nothing_was_posted(slack, unused_tcp_port):
    nowhere = SlackPublisher(slack.publisher._installations, KeptAsks(), base_url=f"http://127.0.0.1:{unused_tcp_port}/api/")
    assert isinstance(await nowhere.publish(slack.main, a_message(), KEY), Again)
    assert not await nowhere.tell(slack.main.space, "UHUMAN", a_message())


@pytest.mark.parametrize(
    ("happens", "lost"),
    [
        pytest.param({"do": "channel", "id": "C1", "gone": True}, True, id="channel-gone"),
        pytest.param({"do": "channel", "id": "C1", "archived": True}, True, id="archived"),
        pytest.param({"do": "channel", "id": "C1", "members": []}, True, id="not-a-member"),
        pytest.param({"do": "channel", "id": "C1", "members": [], "kind": "private"}, True, id="private-and-outside"),
        pytest.param({"do": "workspace", "scopes": []}, True, id="missing-scope"),
        pytest.param({"do": "workspace", "token": "another"}, True, id="invalid-auth"),
        pytest.param({"do": "workspace", "error": "account_inactive"}, True, id="account-inactive"),
        pytest.param({"do": "workspace", "error": "token_revoked"}, True, id="token-revoked"),
        pytest.param({"do": "workspace", "error": "team_access_not_granted"}, False, id="org-migration"),
    ],
)
async def test_a_refusal_is_never_tried_again(slack, happens, lost):
    await slack.remote.note(**happens)
    outcome = await slack.publisher.publish(slack.main, a_message(), KEY)
    assert isinstance(outcome, Refused) and outcome.channel_lost is lost
    calls = await all_calls(slack.remote)
    assert [call["method"] for call in calls].count("chat.postMessage") == 1


async def all_calls(remote):
    async with remote.http.get(f"{remote.base}/_control/requests") as answer:
        calls = await answer.json()
    start = max(place for place, call in enumerate(calls) if call["team"] == remote.team and call["method"] == "auth.test")
    return calls[start:]


async def test_a_message_slack_does_not_like_is_refused_and_noted(slack, caplog):
    await slack.remote.fault(does=False, body={"ok": False, "error": "invalid_blocks"})
    outcome = await slack.publisher.publish(slack.main, a_message(), KEY)
    assert isinstance(outcome, Refused) and not outcome.channel_lost
    assert "invalid_blocks" in caplog.text
    assert len(await slack.remote.requests()) == 1


async def test_a_workspace_without_the_bot_is_refused(slack):
    outcome = await slack.publisher.publish(Place("slack:TNOBODY", "C1"), a_message(), KEY)
    assert isinstance(outcome, Refused) and outcome.channel_lost


class DownAsks(KeptAsks):
    async def keep_all(self, space, lines):
        raise StorageDown("The store cannot be reached.")


async def test_where_the_store_is_down_nothing_was_posted(slack):
    publisher = SlackPublisher(slack.publisher._installations, DownAsks(), base_url=slack.remote.api)
    message = Message("m", (Buttons((Button("Press", "x" * 3_000),)),))
    assert isinstance(await publisher.publish(slack.main, message, KEY), Again)
    assert not await publisher.tell(slack.main.space, "UHUMAN", message)
    assert await slack.remote.requests() == []


# --- pace -------------------------------------------------------------------------------------------------------------


LIMITED = {"does": False, "status": 429, "body": {"ok": False, "error": "ratelimited"}}


@pytest.fixture
def clock():
    return VirtualClock()


@asynccontextmanager
async def on_a_clock(base, clock, **limits):
    """A publisher whose waits take no time, and one coroutine at a time that runs on its clock."""
    async with on_slack(base, pace=Pace(clock, clock.sleep), timeout=5) as slack:
        await slack.remote.limits(**limits)
        yield slack


async def let_run(clock, coroutine):
    """Run it while time passes by itself; what it gives, and the seconds it would have taken."""
    began, task = clock.now, asyncio.ensure_future(coroutine)
    while not task.done():
        await asyncio.sleep(0.01)
        clock.wake_next()
    return task.result(), clock.now - began


async def test_a_429_is_waited_for_and_posted_once(base, clock):
    async with on_a_clock(base, clock) as slack:
        await slack.remote.fault(**LIMITED, headers={"Retry-After": "7"})
        outcome, took = await let_run(clock, slack.publisher.publish(slack.main, a_message(), KEY))
        assert isinstance(outcome, Sent)
        assert took == pytest.approx(7)
        assert len(await slack.remote.messages("C1")) == 1
        assert [call["status"] for call in await slack.remote.requests()] == [429, 200]


async def test_who_is_asked_to_wait_again_and_again_leaves_it_to_the_ledger(base, clock):
    async with on_a_clock(base, clock) as slack:
        await slack.remote.fault(**LIMITED, headers={"Retry-After": "9"}, times=99)
        outcome, took = await let_run(clock, slack.publisher.publish(slack.main, a_message(), KEY))
        assert isinstance(outcome, Again)
        assert took <= BEGIN_MAX
        assert await slack.remote.messages("C1") == []
        assert len(await slack.remote.requests()) == 1 + BEGIN_MAX // 9


async def test_a_long_429_is_left_to_the_ledger_at_once_and_nothing_else_goes_before(base, clock):
    async with on_a_clock(base, clock) as slack:
        await slack.remote.fault(**LIMITED, headers={"Retry-After": "600"})
        outcome, took = await let_run(clock, slack.publisher.publish(slack.main, a_message(), KEY))
        assert isinstance(outcome, Again) and outcome.after == timedelta(minutes=10)
        assert took == 0
        other, _ = await let_run(clock, slack.publisher.publish(slack.other, a_message(), KEY))
        assert isinstance(other, Again) and other.after == timedelta(minutes=10)
        assert len(await slack.remote.requests()) == 1
        clock.now += 600
        assert isinstance((await let_run(clock, slack.publisher.publish(slack.main, a_message(), KEY)))[0], Sent)


async def test_an_answer_lost_after_a_429_is_unknown(slack):
    await slack.remote.fault(**LIMITED, headers={"Retry-After": "1"})
    await slack.remote.fault(cut="all")
    assert isinstance(await slack.publisher.publish(slack.main, a_message(), KEY), Unknown)
    assert len(await slack.remote.messages("C1")) == 1
    assert len(await slack.remote.requests()) == 2


async def test_a_post_ends_within_what_the_port_says_whatever_slack_asks_for(base, clock):
    """Turns that take all the patience there is, requests that take all their time, and a 429 after each."""
    waited = []

    class Slow(Pace):
        async def turn(self, workspace, channel, patience=PATIENCE):
            waited.append(patience)
            clock.now += max(patience, 0)
            return 1.0 if patience < 0 else 0.0

        def posted(self, workspace, channel):
            clock.now += REQUEST_MAX

    async with on_slack(base, pace=Slow(clock, clock.sleep)) as slack:
        await slack.remote.fault(**LIMITED, headers={"Retry-After": "1"}, times=99)
        began = clock.now
        assert isinstance(await slack.publisher.publish(slack.main, a_message(), KEY), Again)
        assert timedelta(seconds=clock.now - began + STORE_MAX) <= POSTED_WITHIN
        assert len(waited) > 2
        assert max(waited) <= PATIENCE


FASTER = 30  # times as fast as real time, on both sides


def most_in_a_minute(calls):
    """The most calls that came within any minute, as the platform wrote them down."""
    came = sorted(call["at"] for call in calls)
    return max(bisect_left(came, at + 60 / FASTER) - place for place, at in enumerate(came))


async def as_the_ledger(slack, place, part):
    """Post until it is posted, coming back when told; how often it had to."""
    for times in range(99):
        outcome = await slack.publisher.publish(place, a_message(), f"{KEY}:{place.channel}:{part}")
        if isinstance(outcome, Sent):
            return times
        assert isinstance(outcome, Again), outcome
        await asyncio.sleep(outcome.after.total_seconds() / FASTER)
    raise AssertionError("never posted")


async def earned(slack):
    async with slack.remote.http.get(f"{slack.remote.base}/_control/counted") as answer:
        return (await answer.json())["earned"]


async def wave(slack, count):
    """Two parts in each of so many channels, one after the other; how often each had to come back."""
    places = [Place(slack.main.space, f"W{n}") for n in range(count)]
    await slack.remote.control(
        "note",
        [{"do": "channel", "team": slack.remote.team, "id": place.channel, "members": [f"U{slack.remote.team}BOT"]} for place in places],
    )

    async def both(place):
        return [await as_the_ledger(slack, place, part) for part in range(2)]

    return [times for parts in await asyncio.gather(*map(both, places)) for times in parts]


async def test_a_wave_of_200_channels_with_two_parts_each_earns_no_429(base):
    pace = Pace(lambda: time.monotonic() * FASTER, lambda seconds: asyncio.sleep(seconds / FASTER))
    async with on_slack(base, pace=pace) as slack:
        await slack.remote.limits(channel_every=1 / FASTER)
        before = await earned(slack)
        came_back = await wave(slack, 200)
        calls = await slack.remote.requests()
        assert [call["status"] for call in calls] == [200] * 400
        assert await earned(slack) == before
        assert most_in_a_minute(calls) <= 240  # at so many times the speed a busy machine bunches them; see test_slack_pace
        assert sum(came_back) < 600  # and few are sent away more than once


async def test_looks_of_many_channels_earn_no_429(base):
    pace = Pace(lambda: time.monotonic() * FASTER, lambda seconds: asyncio.sleep(seconds / FASTER))
    async with on_slack(base, pace=pace) as slack:
        found = await asyncio.gather(*(slack.publisher.find(slack.main, f"{KEY}{n}") for n in range(60)))
        assert {type(each) for each in found} <= {Absent, Later}
        assert found.count(Absent.ABSENT) > 40
        assert most_in_a_minute(await slack.remote.requests("conversations.history")) <= 65


async def test_without_a_pace_slack_would_have_asked_for_it(slack):
    await slack.remote.limits(channel_every=1)
    await slack.publisher.publish(slack.main, a_message(), KEY)
    await slack.publisher.publish(slack.main, a_message(), f"{KEY}0")
    assert 429 in [call["status"] for call in await slack.remote.requests()]


async def test_after_a_429_that_somebody_else_earned_nothing_goes_before_its_time(base):
    pace = Pace(lambda: time.monotonic() * FASTER, lambda seconds: asyncio.sleep(seconds / FASTER))
    async with on_slack(base, pace=pace) as slack:
        await slack.remote.fault(**LIMITED, headers={"Retry-After": str(FASTER)})
        places = [Place(slack.main.space, channel) for channel in ("C1", "C2")]
        await asyncio.gather(*(as_the_ledger(slack, place, part) for part in range(5) for place in places))
        calls = await slack.remote.requests()
        [refused] = [call["at"] for call in calls if call["status"] == 429]
        under_way = refused + 0.1  # what had left before the answer came
        assert [call for call in calls if under_way < call["at"] < refused + 1] == []
        assert len(calls) == 11


async def test_who_would_have_to_wait_too_long_posts_nothing(slack, slept):
    pace = Pace(sleep=slept)
    publisher = SlackPublisher(slack.publisher._installations, KeptAsks(), base_url=slack.remote.api, pace=pace)
    pace.hold(slack.remote.team, 25)
    outcome = await publisher.publish(slack.main, a_message(), KEY)
    assert isinstance(outcome, Again) and timedelta(seconds=24) < outcome.after <= timedelta(seconds=25)
    assert await slack.remote.requests() == []


async def test_a_store_that_does_not_answer_is_waited_for_no_longer_than_said(slack, monkeypatch):
    monkeypatch.setattr("adapters.slack.publisher.STORE_MAX", 0.05)

    class Slow:
        async def of(self, team_id):
            await asyncio.sleep(9)

    publisher = SlackPublisher(Slow(), KeptAsks(), base_url=slack.remote.api)
    assert isinstance(await publisher.publish(slack.main, a_message(), KEY), Again)
    assert isinstance(await publisher.find(slack.main, KEY), Later)
