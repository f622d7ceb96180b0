"""The Slack publisher against a Slack of our own in another process: what arrives, and what is found by its key."""

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.slack.client import posting_client
from adapters.slack.installations import Installation, the_workspace_of
from adapters.slack.keys import mark_of
from adapters.slack.presses import mark_in
from adapters.slack.publisher import SlackPublisher
from briefs.digest import Place, Refused, Sent
from briefs.errors import BadInput
from briefs.message import Buttons, Choice, Choices, Line, Message, Section, words
from briefs.message.parts import Button
from briefs.ports import Absent
from tests.adapters.slack.publishing import KeptAsks
from tests.builders import a_message
from tests.gallery import GALLERY, hostile
from tests.loopback.slack_remote import a_workspace

KEY = "digest:slack:T1:C1:daily:2026-11-22:1"

# --- what every publisher owes the ledger -----------------------------------------------------------------------------


# --- what arrives -----------------------------------------------------------------------------------------------------


async def test_nothing_is_unfurled_parsed_or_linked(slack):
    await slack.publisher.publish(slack.main, a_message("Good morning."), KEY)
    [call] = await slack.remote.requests()
    flags = {name: call["args"].get(name) for name in ("unfurl_links", "unfurl_media", "parse", "link_names")}
    assert flags == {"unfurl_links": False, "unfurl_media": False, "parse": "none", "link_names": False}
    assert call["args"]["text"] == "Good morning."
    assert set(call["args"]) == {"channel", "text", "blocks", *flags}


async def test_the_mark_stands_in_the_first_blocks_id_and_nowhere_else(slack):
    await slack.publisher.publish(slack.main, GALLERY_PARTS[0], KEY)
    [posted] = await slack.remote.messages("C1")
    marks = [mark_in(block["block_id"]) for block in posted["blocks"]]
    assert marks == [mark_of("C1", KEY)] + [""] * (len(marks) - 1)
    assert "metadata" not in posted


GALLERY_PARTS = SlackPublisher(None, None).split(GALLERY)
LONG = Message("long", tuple(Section(f"Part {n}", tuple(Line(words("word " * 100), (str(n),)) for _ in range(9))) for n in range(12)))


@pytest.mark.parametrize("message", [GALLERY, hostile(), LONG], ids=["gallery", "hostile", "long"])
async def test_every_part_of_any_message_is_taken_by_slack(slack, message):
    parts = slack.publisher.split(message)
    outcomes = [await slack.publisher.publish(slack.main, part, f"{KEY}:{n}") for n, part in enumerate(parts)]
    assert [type(outcome) for outcome in outcomes] == [Sent] * len(parts)
    assert len(await slack.remote.messages("C1")) == len(parts)


async def test_what_does_not_fit_is_several(slack):
    assert len(slack.publisher.split(LONG)) > 1
    assert slack.publisher.split(a_message()) == (a_message(),)


async def test_what_does_not_fit_and_was_not_split_is_refused_and_not_sent(slack):
    outcome = await slack.publisher.publish(slack.main, LONG, KEY)
    assert isinstance(outcome, Refused) and not outcome.channel_lost
    assert await slack.remote.requests() == []


async def test_a_line_too_long_for_a_press_is_kept_under_a_short_id(slack):
    long = f"/find {'x' * 3_000}"
    message = Message("m", (Buttons((Button("Press", long),)), Choices("t", (Choice("c", "", f"/find {'y' * 80}"),))))
    assert isinstance(await slack.publisher.publish(slack.main, message, KEY), Sent)
    assert set(slack.asks.lines.values()) == {long, f"/find {'y' * 80}"}
    assert {space for space, _ in slack.asks.lines} == {slack.main.space}
    [posted] = await slack.remote.messages("C1")
    assert "xxxx" not in str(posted) and "yyyy" not in str(posted)


# --- telling one person -----------------------------------------------------------------------------------------------


async def test_one_person_is_told_in_a_direct_message(slack):
    assert await slack.publisher.tell(slack.main.space, "UHUMAN", a_message("Only you."))
    [told] = await slack.remote.messages("DUHUMAN")
    assert "Only you." in told["text"]
    assert await slack.remote.messages("C1") == []


async def test_a_long_message_is_told_in_several(slack):
    assert await slack.publisher.tell(slack.main.space, "UHUMAN", LONG)
    assert len(await slack.remote.messages("DUHUMAN")) == len(slack.publisher.split(LONG))


@pytest.mark.parametrize("method", ["conversations.open", "chat.postMessage"])
@pytest.mark.parametrize(
    "fault", [{"cut": "all"}, {"status": 500, "body": "<html>"}, {"does": False, "body": {"ok": False, "error": "x"}}], ids=str
)
async def test_whatever_keeps_somebody_from_being_told_is_no(slack, method, fault):
    await slack.remote.fault(method, **fault)
    assert await slack.publisher.tell(slack.main.space, "UHUMAN", a_message()) is False


@pytest.mark.parametrize(("space", "user"), [(None, "UNOBODY"), (None, "ULEFT"), ("slack:TNOBODY", "UHUMAN"), ("console", "UHUMAN")])
async def test_who_is_not_there_is_not_told(slack, space, user):
    await slack.remote.note("user", id="ULEFT", deleted=True)
    assert await slack.publisher.tell(space or slack.main.space, user, a_message()) is False


# --- workspaces -------------------------------------------------------------------------------------------------------


class Several:
    """Installations in several workspaces."""

    def __init__(self, *installations):
        self._by_team = {one.team_id: one for one in installations}

    async def of(self, team_id):
        return self._by_team.get(team_id)


async def test_each_workspace_is_posted_to_with_its_own_token(slack, base):
    async with a_workspace(base) as second:
        both = Several(*(Installation(r.team, f"U{r.team}BOT", r.token) for r in (slack.remote, second)))
        publisher = SlackPublisher(both, KeptAsks(), base_url=second.api)
        await publisher.publish(slack.main, a_message("one"), KEY)
        there = Place(f"slack:{second.team}", "C1")
        await publisher.publish(there, a_message("two"), KEY)
        assert [m["text"] for m in await slack.remote.messages("C1")] == ["one"]
        assert [m["text"] for m in await second.messages("C1")] == ["two"]
        await slack.remote.note("drop", channel="C1", ts=(await slack.remote.messages("C1"))[0]["ts"])
        assert await publisher.find(slack.main, KEY) is Absent.ABSENT
        assert isinstance(await publisher.find(there, KEY), Sent)


async def test_a_workspace_is_learned_from_its_token(slack):
    one = await the_workspace_of(posting_client(slack.remote.token, base_url=slack.remote.api))
    assert (one.team_id, one.bot_user) == (slack.remote.team, f"U{slack.remote.team}BOT")


async def test_a_token_slack_does_not_know_is_said_without_showing_it(slack, unused_tcp_port):
    with pytest.raises(BadInput, match="invalid_auth") as refused:
        await the_workspace_of(posting_client("nobodys", base_url=slack.remote.api))
    assert "nobodys" not in str(refused.value)
    with pytest.raises(BadInput, match="cannot be reached"):
        await the_workspace_of(posting_client("nobodys", base_url=f"http://127.0.0.1:{unused_tcp_port}/"))


async def test_no_token_is_ever_logged(slack, caplog):
    caplog.set_level(logging.DEBUG)
    await slack.remote.fault(cut="all")
    for number in range(2):
        await slack.publisher.publish(slack.main, a_message(), f"{KEY}{number}")
    await slack.publisher.find(slack.main, KEY)
    await slack.publisher.tell(slack.main.space, "UHUMAN", a_message())
    assert "chat.postMessage" in caplog.text  # the library's own words are among them
    assert slack.remote.token not in caplog.text


RECEIPT = "slack:C1/1795330320.000200"


@pytest.mark.parametrize(
    ("url", "where"),
    [
        pytest.param("https://acme.slack.com/", "https://acme.slack.com/archives/C1/p1795330320000200", id="as-getPermalink-writes-it"),
        pytest.param("https://acme.slack.com", "https://acme.slack.com/archives/C1/p1795330320000200", id="without-a-slash"),
        pytest.param("", "https://slack.com/app_redirect?team=T1&channel=C1", id="not-known"),
        pytest.param("http://127.0.0.1/", "https://slack.com/app_redirect?team=T1&channel=C1", id="not-for-people"),
        pytest.param("https://x/?a=<b>", "https://slack.com/app_redirect?team=T1&channel=C1", id="odd"),
    ],
)
def test_a_post_can_be_seen_in_its_workspace(url, where):
    assert SlackPublisher(None, None, urls={"T1": url}).address(Place("slack:T1", "C1"), RECEIPT) == where


def test_the_posts_of_another_workspace_are_seen_in_that_one():
    publisher = SlackPublisher(None, None, urls={"T1": "https://acme.slack.com/"})
    assert publisher.address(Place("slack:T2", "C1"), RECEIPT) == "https://slack.com/app_redirect?team=T2&channel=C1"


async def test_where_a_workspace_is_seen_is_learned_with_it(slack):
    one = await the_workspace_of(posting_client(slack.remote.token, base_url=slack.remote.api))
    assert one.url.startswith("http")
    assert (await one.of(one.team_id)).url == one.url


async def test_the_horizon_is_counted_from_now(slack):
    tomorrow = SlackPublisher(
        slack.publisher._installations, KeptAsks(), base_url=slack.remote.api, now=lambda: datetime.now(UTC) + timedelta(hours=25)
    )
    await slack.publisher.publish(slack.main, a_message(), KEY)
    assert await tomorrow.find(slack.main, KEY) is Absent.ABSENT


async def test_a_message_for_one_asker_is_posted_like_any(slack):
    assert isinstance(await slack.publisher.publish(slack.main, replace(a_message(), only_asker=True), KEY), Sent)
