"""What every fault of Slack leads to, counted at a Slack of our own: how many requests, how many messages, which outcome."""

import asyncio
import time
from datetime import timedelta

import pytest
from slack_sdk.http_retry import HttpRequest, HttpResponse, RetryState

from adapters.slack.client import RateLimitOnly
from adapters.slack.pace import Pace
from adapters.slack.publisher import SlackPublisher
from briefs.digest import Again, Place, Refused, Sent, Unknown
from briefs.errors import StorageDown
from briefs.message import Buttons, Message
from briefs.message.parts import Button
from briefs.ports import Absent
from tests.adapters.slack.publishing import KeptAsks, on_slack
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
    async with on_slack(base, timeout=0.3) as slack:
        await slack.remote.fault(lag=1)
        assert isinstance(await slack.publisher.publish(slack.main, a_message(), KEY), Unknown)
        assert len(await slack.remote.requests()) == 1
        assert isinstance(await slack.publisher.find(slack.main, KEY), Sent)


async def test_what_arrives_after_its_client_gave_up_is_found_later(base, slept):
    async with on_slack(base, pace=Pace(sleep=slept), timeout=0.5) as slack:
        await slack.remote.fault(wait=1)
        assert isinstance(await slack.publisher.publish(slack.main, a_message(), KEY), Unknown)
        assert await slack.publisher.find(slack.main, KEY) is Absent.ABSENT
        await wait_for(lambda: slack.remote.messages("C1"))
        assert isinstance(await slack.publisher.find(slack.main, KEY), Sent)
        assert len(await slack.remote.requests()) == 1


async def wait_for(look):
    async with asyncio.timeout(5):
        while not await look():  # noqa: ASYNC110 it happens in another process
            await asyncio.sleep(0.02)


async def test_where_nobody_listens_nothing_was_posted(slack, unused_tcp_port):
    nowhere = SlackPublisher(slack.publisher._installations, KeptAsks(), base_url=f"http://127.0.0.1:{unused_tcp_port}/api/")
    assert isinstance(await nowhere.publish(slack.main, a_message(), KEY), Again)
    assert await nowhere.find(slack.main, KEY) is Absent.CANNOT_TELL
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


async def test_a_429_is_waited_for_and_posted_once(slack, slept):
    await slack.remote.fault(**LIMITED, headers={"Retry-After": "7"})
    assert isinstance(await slack.publisher.publish(slack.main, a_message(), KEY), Sent)
    assert slept == [7]
    assert len(await slack.remote.messages("C1")) == 1
    assert [call["status"] for call in await slack.remote.requests()] == [429, 200]


async def test_a_second_429_is_left_to_the_ledger(slack, slept):
    await slack.remote.fault(**LIMITED, headers={"Retry-After": "7"}, times=2)
    outcome = await slack.publisher.publish(slack.main, a_message(), KEY)
    assert isinstance(outcome, Again) and outcome.after == timedelta(seconds=7)
    assert await slack.remote.messages("C1") == []
    assert len(await slack.remote.requests()) == 2


async def test_a_long_429_is_left_to_the_ledger_at_once(slack, slept):
    await slack.remote.fault(**LIMITED, headers={"Retry-After": "600"})
    outcome = await slack.publisher.publish(slack.main, a_message(), KEY)
    assert isinstance(outcome, Again) and outcome.after == timedelta(minutes=10)
    assert slept == []
    assert len(await slack.remote.requests()) == 1


async def test_an_answer_lost_after_a_429_is_unknown(slack):
    await slack.remote.fault(**LIMITED, headers={"Retry-After": "1"})
    await slack.remote.fault(cut="all")
    assert isinstance(await slack.publisher.publish(slack.main, a_message(), KEY), Unknown)
    assert len(await slack.remote.messages("C1")) == 1
    assert len(await slack.remote.requests()) == 2


FASTER = 10  # times as fast as real time, on both sides


async def test_slack_never_has_to_ask_for_patience(base):
    async def post_all(place):
        return [type(await slack.publisher.publish(place, a_message(), f"{KEY}{n}")) for n in range(4)]

    pace = Pace(lambda: time.monotonic() * FASTER, lambda seconds: asyncio.sleep(seconds / FASTER))
    async with on_slack(base, pace=pace) as slack:
        await slack.remote.limits(channel_every=1 / FASTER)
        assert await asyncio.gather(post_all(slack.main), post_all(slack.other)) == [[Sent] * 4] * 2
        assert [call["status"] for call in await slack.remote.requests()] == [200] * 8


async def test_without_a_pace_slack_would_have_asked_for_it(slack):
    await slack.remote.limits(channel_every=1)
    await slack.publisher.publish(slack.main, a_message(), KEY)
    await slack.publisher.publish(slack.main, a_message(), f"{KEY}0")
    assert 429 in [call["status"] for call in await slack.remote.requests()]


async def test_who_would_have_to_wait_too_long_posts_nothing(slack, slept):
    pace = Pace(sleep=slept)
    publisher = SlackPublisher(slack.publisher._installations, KeptAsks(), base_url=slack.remote.api, pace=pace)
    await pace.pause(slack.remote.team, 25)
    outcome = await publisher.publish(slack.main, a_message(), KEY)
    assert isinstance(outcome, Again) and timedelta(seconds=25) < outcome.after < timedelta(seconds=27)
    assert await slack.remote.requests() == []


@pytest.mark.parametrize(
    ("status", "headers", "error", "repeated"),
    [
        pytest.param(429, {"Retry-After": "1"}, None, True, id="429"),
        pytest.param(429, {"Retry-After": "31"}, None, False, id="429-too-long"),
        pytest.param(429, {"Retry-After": "1"}, ConnectionResetError(), False, id="429-cut-short"),
        pytest.param(500, {"Retry-After": "1"}, None, False, id="500"),
        pytest.param(503, {"Retry-After": "1"}, None, False, id="503"),
        pytest.param(200, {"Retry-After": "1"}, None, False, id="200"),
    ],
)
async def test_only_a_whole_429_is_repeated(slept, status, headers, error, repeated):
    answer = HttpResponse(status_code=status, headers=headers, body={})
    asked = {"state": RetryState(), "request": HttpRequest(method="POST", url="u", headers={})}
    assert await RateLimitOnly(slept).can_retry_async(**asked, response=answer, error=error) is repeated
    assert await RateLimitOnly(slept).can_retry_async(**asked, error=ConnectionResetError()) is False
