"""Looking for a delivery in a channel of Slack: found, absent, or not to be told; never absent by guess."""

from contextlib import contextmanager
from datetime import timedelta

import pytest

from adapters.slack import publisher
from adapters.slack.keys import mark_of
from adapters.slack.pace import HISTORY_EVERY, LOOKS, Pace
from adapters.slack.presses import block_id
from adapters.slack.publisher import LOOK_MAX, PAGES_MAX, SlackPublisher
from briefs.digest import Later, Place, Sent
from briefs.errors import StorageDown
from briefs.ports import Absent
from tests.adapters.slack.publishing import KeptAsks, on_slack
from tests.adapters.virtual_clock import VirtualClock
from tests.builders import a_message

KEY = "digest:slack:T1:C1:daily:2026-11-22:1"


async def test_a_post_is_found_behind_many_others(slack):
    sent = await slack.publisher.publish(slack.main, a_message(), KEY)
    await slack.remote.control("note", [event(slack, f"m{n}") for n in range(250)])
    assert await slack.publisher.find(slack.main, KEY) == sent
    assert len(await slack.remote.requests("conversations.history")) == 2


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


NEVER, SOON, MINUTE, LONG = Absent, timedelta(minutes=1), timedelta(seconds=60), timedelta(hours=1)


def no(error, **more):
    return {"body": {"ok": False, "error": error}, "does": False, **more}


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        pytest.param(no("missing_scope"), NEVER, id="missing-scope"),
        pytest.param(no("not_in_channel"), NEVER, id="outside"),
        pytest.param(no("channel_not_found"), NEVER, id="gone"),
        pytest.param(no("account_inactive"), NEVER, id="removed"),
        pytest.param(no("something_new"), NEVER, id="a-new-name"),
        pytest.param(no("ratelimited", status=429, headers={"Retry-After": "75"}), timedelta(seconds=75), id="asked-to-wait"),
        pytest.param(no("ratelimited", headers={"Retry-After": "9"}), timedelta(seconds=9), id="asked-to-wait-with-another-status"),
        pytest.param(no("team_access_not_granted"), LONG, id="org-migration"),
        pytest.param(no("service_unavailable", status=503), SOON, id="down"),
        pytest.param(no("internal_error"), SOON, id="internal-error"),
        pytest.param(no("fatal_error", status=500), SOON, id="fatal-error"),
        pytest.param(no("invalid_cursor"), SOON, id="a-cursor-that-ran-out"),
        pytest.param({"status": 500, "body": "<html>"}, SOON, id="500"),
        pytest.param({"status": 404, "body": "<html>"}, SOON, id="a-wall-in-front"),
        pytest.param({"body": "<html>"}, SOON, id="no-json"),
        pytest.param({"cut": "half"}, SOON, id="half"),
        pytest.param({"body": {"ok": True}}, SOON, id="nothing-in-it"),
        pytest.param({"body": {"ok": True, "messages": []}}, SOON, id="no-word-whether-there-is-more"),
        pytest.param({"body": {"ok": True, "messages": [], "has_more": True}}, SOON, id="more-without-a-cursor"),
        pytest.param({"body": {"ok": True, "messages": ["?"], "has_more": False}}, SOON, id="no-messages"),
    ],
)
async def test_what_keeps_us_from_reading_passes_or_it_does_not_and_is_never_absent(slack, fault, told):
    await slack.remote.fault("conversations.history", **fault)
    found = await slack.publisher.find(slack.main, KEY)
    if told is NEVER:
        assert found is Absent.CANNOT_TELL
    else:
        assert isinstance(found, Later)
        assert found.after == told
    assert len(await slack.remote.requests("conversations.history")) == 1


async def test_a_look_that_is_cut_off_is_made_again_later(slack):
    await slack.remote.fault("conversations.history", cut="all", times=9)  # a look may be repeated, and aiohttp does so
    assert isinstance(await slack.publisher.find(slack.main, KEY), Later)


async def test_a_look_that_takes_too_long_is_made_again_later(base):
    async with on_slack(base, timeout=0.3) as slack:
        await slack.remote.fault("conversations.history", lag=1)
        assert isinstance(await slack.publisher.find(slack.main, KEY), Later)


async def test_where_nobody_listens_it_is_looked_again_later(slack, unused_tcp_port):
    nowhere = SlackPublisher(slack.publisher._installations, KeptAsks(), base_url=f"http://127.0.0.1:{unused_tcp_port}/api/")
    assert isinstance(await nowhere.find(slack.main, KEY), Later)


async def test_a_second_page_that_cannot_be_read_is_not_absent_either(slack):
    await slack.remote.control("note", [event(slack, f"m{n}") for n in range(20)])
    await slack.remote.limits(history_most=15, history_every=60)
    found = await slack.publisher.find(slack.main, KEY)
    assert isinstance(found, Later)
    assert timedelta(seconds=50) < found.after <= MINUTE


async def test_while_the_store_is_down_it_is_looked_again_later(slack):
    class Down:
        async def of(self, team_id):
            raise StorageDown("The store cannot be reached.")

    assert isinstance(await SlackPublisher(Down(), KeptAsks()).find(slack.main, KEY), Later)


async def test_where_too_many_channels_are_looked_through_it_is_looked_again_later(base):
    clock = VirtualClock()
    pace = Pace(clock, clock.sleep)
    async with on_slack(base, pace=pace) as slack:
        async with pace.looking(slack.remote.team, 1):
            with patch_patience(0.05):
                waiting = [await slack.publisher.find(slack.main, KEY) for _ in range(3)]
        assert [found.after.total_seconds() for found in waiting] == pytest.approx([HISTORY_EVERY * n for n in (1, 2, 3)])
        assert await slack.remote.requests("conversations.history") == []
        pace.hold(slack.remote.team, LOOK_MAX + 1, LOOKS)
        assert isinstance(await slack.publisher.find(slack.main, KEY), Later)
        assert await slack.remote.requests("conversations.history") == []


@contextmanager
def patch_patience(seconds):
    before, publisher.PATIENCE = publisher.PATIENCE, seconds
    yield
    publisher.PATIENCE = before


async def test_without_the_right_to_read_nothing_can_be_told(slack):
    await slack.publisher.publish(slack.main, a_message(), KEY)
    await slack.remote.note("workspace", scopes=["chat:write"])
    assert await slack.publisher.find(slack.main, KEY) is Absent.CANNOT_TELL
    assert await slack.publisher.find(Place("slack:TNOBODY", "C1"), KEY) is Absent.CANNOT_TELL
    assert await slack.publisher.find(Place("discord:1", "C1"), KEY) is Absent.CANNOT_TELL
