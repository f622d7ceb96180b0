"""Looking for a delivery in a channel of Slack: found, absent, or not to be told; never absent by guess."""

import pytest

from adapters.slack.keys import mark_of
from adapters.slack.presses import block_id
from adapters.slack.publisher import PAGES_MAX
from briefs.digest import Place, Sent
from briefs.ports import Absent
from tests.adapters.slack.publishing import on_slack
from tests.builders import a_message

KEY = "digest:slack:T1:C1:daily:2026-11-22:1"


async def test_a_post_is_found_behind_many_others(slack):
    sent = await slack.publisher.publish(slack.main, a_message(), KEY)
    await slack.remote.control("note", [event(slack, f"m{n}") for n in range(250)])
    assert await slack.publisher.find(slack.main, KEY) == sent
    assert len(await slack.remote.requests("conversations.history")) == 3


def event(slack, text, **more):
    return {
        "do": "post",
        "team": slack.remote.team,
        "channel": "C1",
        "message": {"type": "message", "user": "UHUMAN", "text": text},
        **more,
    }


async def test_slack_may_give_fewer_messages_than_were_asked_for(slack):
    sent = await slack.publisher.publish(slack.main, a_message(), KEY)
    await slack.remote.control("note", [event(slack, f"m{n}") for n in range(20)])
    await slack.remote.limits(history_most=15)
    assert await slack.publisher.find(slack.main, KEY) == sent
    assert await slack.publisher.find(slack.main, "another") is Absent.ABSENT


async def test_a_channel_with_too_many_messages_cannot_be_told(slack):
    await slack.remote.limits(history_most=1)
    await slack.remote.control("note", [event(slack, f"m{n}") for n in range(PAGES_MAX + 1)])
    assert await slack.publisher.find(slack.main, KEY) is Absent.CANNOT_TELL
    assert len(await slack.remote.requests("conversations.history")) == PAGES_MAX


async def test_a_post_is_looked_for_a_day_back(slack):
    mark = mark_of("C1", KEY)
    ours = {"user": f"U{slack.remote.team}BOT", "blocks": [{"type": "divider", "block_id": block_id("0", 0, mark)}]}
    await slack.remote.says("C1", "old", age=25 * 3_600, **ours)
    assert await slack.publisher.find(slack.main, KEY) is Absent.ABSENT
    ts = await slack.remote.says("C1", "old", age=23 * 3_600, **ours)
    assert await slack.publisher.find(slack.main, KEY) == Sent(f"slack:C1/{ts}")


async def test_nobody_else_can_pass_for_a_delivery(slack):
    await slack.remote.says("C1", "me", blocks=[{"type": "divider", "block_id": block_id("0", 0, mark_of("C1", KEY))}])
    assert await slack.publisher.find(slack.main, KEY) is Absent.ABSENT


async def test_a_deleted_post_is_absent(slack):
    sent = await slack.publisher.publish(slack.main, a_message(), KEY)
    await slack.remote.note("drop", channel="C1", ts=sent.receipt.partition("/")[2])
    assert await slack.publisher.find(slack.main, KEY) is Absent.ABSENT


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param({"body": {"ok": False, "error": "missing_scope"}}, id="missing-scope"),
        pytest.param({"body": {"ok": False, "error": "not_in_channel"}}, id="outside"),
        pytest.param({"status": 429, "headers": {"Retry-After": "60"}, "body": {"ok": False, "error": "ratelimited"}}, id="one-a-minute"),
        pytest.param({"status": 500, "body": "<html>"}, id="500"),
        pytest.param({"cut": "half"}, id="half"),
        pytest.param({"body": {"ok": True}}, id="nothing-in-it"),
        pytest.param({"body": {"ok": True, "messages": []}}, id="no-word-whether-there-is-more"),
        pytest.param({"body": {"ok": True, "messages": [], "has_more": True}}, id="more-without-a-cursor"),
        pytest.param({"body": {"ok": True, "messages": ["?"], "has_more": False}}, id="no-messages"),
    ],
)
async def test_a_channel_that_cannot_be_read_is_never_called_absent(slack, fault):
    await slack.remote.fault("conversations.history", **fault)
    assert await slack.publisher.find(slack.main, KEY) is Absent.CANNOT_TELL
    assert len(await slack.remote.requests("conversations.history")) == 1


async def test_a_look_that_is_cut_off_is_never_called_absent(slack):
    await slack.remote.fault("conversations.history", cut="all", times=9)  # a look may be repeated, and aiohttp does so
    assert await slack.publisher.find(slack.main, KEY) is Absent.CANNOT_TELL


async def test_a_look_that_takes_too_long_is_never_called_absent(base):
    async with on_slack(base, timeout=0.3) as slack:
        await slack.remote.fault("conversations.history", lag=1)
        assert await slack.publisher.find(slack.main, KEY) is Absent.CANNOT_TELL


async def test_a_second_page_that_cannot_be_read_is_not_absent_either(slack):
    await slack.remote.control("note", [event(slack, f"m{n}") for n in range(20)])
    await slack.remote.limits(history_most=15, history_every=60)
    assert await slack.publisher.find(slack.main, KEY) is Absent.CANNOT_TELL


async def test_without_the_right_to_read_nothing_can_be_told(slack):
    await slack.publisher.publish(slack.main, a_message(), KEY)
    await slack.remote.note("workspace", scopes=["chat:write"])
    assert await slack.publisher.find(slack.main, KEY) is Absent.CANNOT_TELL
    assert await slack.publisher.find(Place("slack:TNOBODY", "C1"), KEY) is Absent.CANNOT_TELL
    assert await slack.publisher.find(Place("discord:1", "C1"), KEY) is Absent.CANNOT_TELL
