"""A post corrected where it stands: what arrives, what every answer of Slack's means, and that nobody is called."""

import json
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest

from adapters.slack.client import REQUEST_MAX, UNSAID
from adapters.slack.edits import BROKEN_OFF, EDITED, GONE, NO_POST, NO_ROOM, edited
from adapters.slack.keys import mark_of
from adapters.slack.limits import BLOCK_TEXT_BUDGET, BLOCK_TEXT_SEEN_MAX, UPDATE_TEXT_MAX
from adapters.slack.outcomes import HOUR, OUTCOMES, RETRY
from adapters.slack.pace import EDIT_EVERY, HISTORY_EVERY, PATIENCE, Pace
from adapters.slack.presses import mark_in
from adapters.slack.publisher import STORE_MAX, SlackPublisher
from briefs.digest import Again, Place, Refused, Sent
from briefs.errors import StorageDown
from briefs.message import Button, Buttons, Choice, Choices, Line, Message, Section, words
from briefs.ports import Absent
from briefs.ports.publisher import POSTED_WITHIN
from tests.adapters.slack.payloads import acting
from tests.adapters.slack.publishing import KeptAsks, on_slack
from tests.adapters.slack.test_slack_outcomes import answered
from tests.builders import a_message
from tests.gallery import GALLERY, hostile

KEY = "digest:slack:T1:C1:daily:2026-11-22:1"


async def posted(slack, message=None, where=None):
    """A post of ours; its receipt."""
    sent = await slack.publisher.publish(where or slack.main, message or a_message("Sixty were counted."), KEY)
    assert isinstance(sent, Sent)
    return sent.receipt


async def refused_with(slack, error, *, method="chat.update", **more):
    """What an edit comes to that Slack answers so."""
    receipt = await posted(slack)
    await slack.remote.fault(method, does=False, body={"ok": False, "error": error}, **more)
    return await slack.publisher.edit(slack.main, receipt, a_message("Sixteen were counted."))


# --- what arrives -----------------------------------------------------------------------------------------------------


async def test_an_edit_says_anew_that_names_and_links_are_left_alone(slack):
    await slack.publisher.edit(slack.main, await posted(slack), a_message("Sixteen were counted."))
    [call] = await slack.remote.requests("chat.update")
    assert {name: call["args"][name] for name in ("parse", "link_names")} == {"parse": "none", "link_names": False}
    [shown] = await slack.remote.messages("C1")
    assert shown["text"] == "Sixteen were counted."
    assert "parsed" not in shown


async def test_hostile_words_call_nobody_in_an_edit(slack):
    for place, part in enumerate(slack.publisher.split(hostile())):
        sent = await slack.publisher.publish(slack.main, a_message(), f"{KEY}{place}")
        assert await slack.publisher.edit(slack.main, sent.receipt, part) == sent
    for shown in await slack.remote.messages("C1"):
        assert acting(shown["text"]) == []
        assert "parsed" not in shown


async def test_the_mark_stays_and_every_block_has_a_new_id(slack):
    receipt = await posted(slack, a_message("Sixty were counted."))
    [before] = await slack.remote.messages("C1")
    await slack.publisher.edit(slack.main, receipt, slack.publisher.split(GALLERY)[0])
    [after] = await slack.remote.messages("C1")
    assert [mark_in(block["block_id"]) for block in after["blocks"]] == [mark_of("C1", KEY)] + [""] * (len(after["blocks"]) - 1)
    assert not {block["block_id"] for block in before["blocks"]} & {block["block_id"] for block in after["blocks"]}


async def test_a_post_without_a_mark_is_edited_as_it_is(slack):
    ts = await slack.remote.says("C1", "told", user=f"U{slack.remote.team}BOT", blocks=[{"type": "divider", "block_id": "x"}])
    assert await slack.publisher.edit(slack.main, f"slack:C1/{ts}", a_message("new")) == Sent(f"slack:C1/{ts}")


async def test_an_older_post_among_many_is_the_one_that_changes(slack):
    for number in range(3):
        await slack.publisher.publish(slack.main, a_message(f"Number {number}."), f"{KEY}{number}")
    second = await slack.publisher.find(slack.main, f"{KEY}1")
    assert await slack.publisher.edit(slack.main, second.receipt, a_message("Changed.")) == second
    assert [m["text"] for m in await slack.remote.messages("C1")] == ["Number 0.", "Changed.", "Number 2."]
    assert [await slack.publisher.find(slack.main, f"{KEY}{n}") is Absent.ABSENT for n in range(4)] == [False, False, False, True]


@pytest.mark.parametrize("summary", ["word " * 2_000, "a & b < c " * 1_000, "👍🏽" * 3_000], ids=["long", "escaped", "emoji"])
async def test_the_text_of_an_edit_is_never_longer_than_slack_takes(slack, summary):
    receipt = await posted(slack)
    assert isinstance(await slack.publisher.edit(slack.main, receipt, replace(a_message(), summary=summary)), Sent)
    [call] = await slack.remote.requests("chat.update")
    assert 0 < len(call["args"]["text"].encode("utf-16-le")) // 2 <= UPDATE_TEXT_MAX


def filled(characters):
    """A message with about so many characters in its blocks."""
    return Message("m", tuple(Section(f"Part {n}", (Line(words("w" * 990)),)) for n in range(characters // 997)))


async def test_a_post_that_grows_with_its_correction_may_take_what_slack_itself_leaves(slack):
    longer = filled(BLOCK_TEXT_BUDGET + 1_200)
    assert len(slack.publisher.split(longer)) > 1
    receipt = await posted(slack, filled(BLOCK_TEXT_BUDGET - 100))
    assert isinstance(await slack.publisher.edit(slack.main, receipt, longer), Sent)


async def test_a_post_that_grows_beyond_slacks_own_limit_stays_and_a_sentence_says_so(slack):
    receipt = await posted(slack)
    assert await slack.publisher.edit(slack.main, receipt, filled(BLOCK_TEXT_SEEN_MAX + 2_000)) == NO_ROOM
    assert await slack.remote.requests("chat.update") == []


async def test_lines_too_long_for_a_press_are_kept_for_an_edit_too(slack):
    long = f"/find {'x' * 3_000}"
    message = Message("m", (Buttons((Button("Press", long),)), Choices("t", (Choice("c", "", f"/find {'y' * 80}"),))))
    assert isinstance(await slack.publisher.edit(slack.main, await posted(slack), message), Sent)
    assert set(slack.asks.lines.values()) == {long, f"/find {'y' * 80}"}


# --- what the answers mean --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", EDITED)
async def test_what_keeps_a_post_from_being_changed_for_good_is_refused_with_a_sentence(slack, code):
    outcome = await refused_with(slack, code)
    assert outcome == EDITED[code]
    assert not outcome.channel_lost
    assert outcome.reason[0].isupper() and outcome.reason.endswith(".") and "_" not in outcome.reason
    assert 20 < len(outcome.reason) <= 140


@pytest.mark.parametrize("code", sorted(set(OUTCOMES) - set(EDITED)))
def test_every_other_error_is_refused_or_tried_again_and_never_unknown(code):
    outcome = edited(answered({"ok": False, "error": code}))
    assert isinstance(outcome, Refused | Again)
    assert outcome.reason.endswith(".")


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "account_inactive", "token_expired", "not_authed"])
def test_a_bot_that_slack_no_longer_knows_has_lost_its_channels(code):
    assert edited(answered({"ok": False, "error": code})).channel_lost


def test_a_workspace_that_is_being_moved_is_edited_later():
    assert edited(answered({"ok": False, "error": "team_added_to_org"})).after == HOUR


def test_a_new_word_of_slacks_is_refused_and_told():
    assert "something_new" in edited(answered({"ok": False, "error": "something_new"})).reason


@pytest.mark.parametrize(
    "error",
    [TimeoutError(), aiohttp.ServerDisconnectedError(), ConnectionResetError(), answered({}, 500), answered("<html>", 502), answered({})],
    ids=repr,
)
def test_an_edit_whose_answer_was_lost_is_made_again(error):
    assert edited(error) == BROKEN_OFF
    assert BROKEN_OFF.after > timedelta()


@pytest.mark.parametrize("method", ["chat.update", "conversations.history"])
async def test_an_edit_that_slack_asks_to_wait_for_is_made_again_when_it_says(slack, method):
    outcome = await refused_with(slack, "ratelimited", method=method, status=429, headers={"Retry-After": "17"})
    assert isinstance(outcome, Again) and outcome.after == timedelta(seconds=17)


async def test_a_wait_that_names_no_time_is_half_a_minute(slack):
    assert (await refused_with(slack, "ratelimited")).after == timedelta(seconds=UNSAID)


@pytest.mark.parametrize("method", ["chat.update", "conversations.history"])
@pytest.mark.parametrize(
    "fault",
    [{"cut": "all"}, {"cut": "half"}, {"cut": "all", "does": False}, {"status": 500, "body": {"ok": False, "error": "internal_error"}},
     {"status": 503, "body": "<html>", "does": False}, {"does": False, "body": {"ok": False, "error": "fatal_error"}}],
    ids=str,
)  # fmt: skip
async def test_whatever_breaks_off_leaves_an_edit_that_can_be_made_again(slack, method, fault):
    receipt = await posted(slack)
    await slack.remote.fault(method, times=3, **fault)  # the HTTP library itself repeats a look, once, and no edit
    outcome = await slack.publisher.edit(slack.main, receipt, a_message("Sixteen were counted."))
    assert isinstance(outcome, Again) and outcome.after == RETRY
    assert len(await slack.remote.requests("chat.update")) == (method == "chat.update")
    await slack.remote.control("fault", {})
    assert await slack.publisher.edit(slack.main, receipt, a_message("Sixteen were counted.")) == Sent(receipt)
    [shown] = await slack.remote.messages("C1")
    assert shown["text"] == "Sixteen were counted."
    assert await slack.publisher.find(slack.main, KEY) == Sent(receipt)


async def test_a_post_that_somebody_deleted_is_gone(slack):
    receipt = await posted(slack)
    await slack.remote.note("drop", channel="C1", ts=receipt.partition("/")[2])
    assert await slack.publisher.edit(slack.main, receipt, a_message("new")) == GONE


async def test_what_somebody_else_said_is_not_the_bots_to_change(slack):
    ts = await slack.remote.says("C1", "mine")
    refused = await slack.publisher.edit(slack.main, f"slack:C1/{ts}", a_message("new"))
    assert isinstance(refused, Refused) and "another app" in refused.reason
    assert (await slack.remote.messages("C1"))[0]["text"] == "mine"


@pytest.mark.parametrize("change", [{"archived": True}, {"gone": True}, {"members": ["UHUMAN"]}], ids=["archived", "gone", "outside"])
async def test_a_channel_that_is_closed_to_the_bot_is_refused(slack, change):
    receipt = await posted(slack)
    await slack.remote.note("channel", id="C1", **change)
    refused = await slack.publisher.edit(slack.main, receipt, a_message("new"))
    assert isinstance(refused, Refused) and not refused.channel_lost


@pytest.mark.parametrize("receipt", ["", "?", "slack:C1", "slack:C1/1", "discord:1/2", "slack:C1/1.0", "x" * 500, "a\nb"])
async def test_what_is_no_receipt_names_no_post(slack, receipt):
    assert await slack.publisher.edit(slack.main, receipt, a_message("new")) == NO_POST


async def test_in_a_workspace_without_the_bot_nothing_is_edited(slack):
    refused = await slack.publisher.edit(Place("slack:TNOBODY", "C1"), "slack:C1/1795330320.000200", a_message("new"))
    assert isinstance(refused, Refused)


async def test_while_the_store_is_down_nothing_is_changed_and_it_is_tried_again(slack):
    class Down(KeptAsks):
        async def keep_all(self, space, lines):
            raise StorageDown("The store cannot be reached.")

    receipt = await posted(slack)
    down = SlackPublisher(slack.publisher._installations, Down(), base_url=slack.remote.api)
    long = Message("m", (Buttons((Button("Press", f"/find {'x' * 3_000}"),)),))
    assert isinstance(await down.edit(slack.main, receipt, long), Again)
    assert await slack.remote.requests("chat.update") == []


# --- its pace ---------------------------------------------------------------------------------------------------------


async def test_edits_keep_to_a_pace_of_their_own(base, slept):
    async with on_slack(base, pace=Pace(clock=lambda: 100.0, sleep=slept), timeout=5) as on:
        receipt = await posted(on)
        slept.clear()
        for number in range(3):
            await on.publisher.edit(on.main, receipt, a_message(f"Number {number}."))
    assert slept == pytest.approx([HISTORY_EVERY, EDIT_EVERY, 2 * HISTORY_EVERY, 2 * EDIT_EVERY])


async def test_an_edit_that_would_wait_too_long_comes_back_later(base, slept):
    async with on_slack(base, pace=Pace(clock=lambda: 100.0, sleep=slept), timeout=5) as on:
        receipt = await posted(on)
        await on.remote.fault(
            "chat.update", does=False, status=429, headers={"Retry-After": "60"}, body={"ok": False, "error": "ratelimited"}
        )
        first = await on.publisher.edit(on.main, receipt, a_message("new"))
        second = await on.publisher.edit(on.main, receipt, a_message("new"))
        assert [first.after, second.after] == [timedelta(seconds=60), timedelta(seconds=60)]
        assert second.reason.endswith(".")
        assert len(await on.remote.requests("chat.update")) == 1
        assert isinstance(await on.publisher.publish(on.main, a_message("A post does not wait for edits."), f"{KEY}2"), Sent)


async def test_an_edit_ends_within_what_the_port_says_whatever_it_waits_for(base):
    """Turns that take all the patience there is, and requests that take all their time."""
    now, waited = [0.0], []

    class Slow(Pace):
        async def look(self, workspace, patience):
            return self._waits(patience)

        async def edit(self, workspace, patience):
            return self._waits(patience)

        def _waits(self, patience):
            waited.append(patience)
            now[0] += max(patience, 0) + REQUEST_MAX
            return 0.0

    async with on_slack(base, pace=Slow(lambda: now[0], None)) as on:
        sent = await on.remote.says("C1", "told", user=f"U{on.remote.team}BOT")
        assert isinstance(await on.publisher.edit(on.main, f"slack:C1/{sent}", a_message("new")), Sent)
    assert len(waited) == 2 and min(waited) > 0
    assert timedelta(seconds=now[0] + STORE_MAX) <= POSTED_WITHIN


def test_edits_are_within_tier_3():
    assert 60 / EDIT_EVERY <= 50
    assert PATIENCE > EDIT_EVERY


# --- one person's own channel -----------------------------------------------------------------------------------------


async def test_what_is_told_one_person_is_found_and_edited_like_any_post(slack):
    theirs = await slack.publisher.direct(f"slack:{slack.remote.team}/UHUMAN")
    assert theirs == Place(slack.main.space, "DUHUMAN")
    receipt = await posted(slack, where=theirs)
    assert await slack.publisher.find(theirs, KEY) == Sent(receipt)
    assert await slack.publisher.edit(theirs, receipt, a_message("Sixteen were counted.")) == Sent(receipt)
    assert await slack.publisher.find(theirs, KEY) == Sent(receipt)
    assert [m["text"] for m in await slack.remote.messages("DUHUMAN")] == ["Sixteen were counted."]
    assert await slack.remote.messages("C1") == []


async def test_a_persons_channel_is_asked_for_once(slack):
    for _ in range(3):
        assert await slack.publisher.direct(f"slack:{slack.remote.team}/UHUMAN")
    assert await slack.publisher.tell(slack.main.space, "UHUMAN", a_message())
    assert len(await slack.remote.requests("conversations.open")) == 1


@pytest.mark.parametrize("person", ["", "slack:", "slack:{team}", "slack:{team}/", "slack:{team}/SGROUP", "slack:{team}/C1", "discord:1",
                                    "slack:TNOBODY/UHUMAN", "slack:{team}/UNOBODY", "slack:{team}/ULEFT", "a\nb", "x" * 500])  # fmt: skip
async def test_whoever_is_nobody_here_has_no_channel(slack, person):
    await slack.remote.note("user", id="ULEFT", deleted=True)
    assert await slack.publisher.direct(person.format(team=slack.remote.team)) is None


@pytest.mark.parametrize(
    "fault", [{"cut": "all"}, {"status": 500, "body": "<html>"}, {"body": {"ok": True}}, {"body": {"ok": False}}], ids=json.dumps
)
async def test_where_slack_opens_no_channel_there_is_none(slack, fault):
    await slack.remote.fault("conversations.open", **fault)
    assert await slack.publisher.direct(f"slack:{slack.remote.team}/UHUMAN") is None


async def test_without_the_right_to_open_channels_there_is_none(slack):
    await slack.remote.note("workspace", scopes=["chat:write"])
    assert await slack.publisher.direct(f"slack:{slack.remote.team}/UHUMAN") is None


async def test_no_token_is_logged_with_an_edit(slack, caplog):
    caplog.set_level("DEBUG")
    await refused_with(slack, "cant_update_message")
    await slack.publisher.direct(f"slack:{slack.remote.team}/UNOBODY")
    assert "cant_update_message" in caplog.text
    assert slack.remote.token not in caplog.text
