"""What people type and press on Slack, in both modes: each is acknowledged first, answered once, and to the right people."""

import asyncio

import pytest

from adapters.slack.inbound import line_of, plain
from adapters.slack.listeners import OUT_OF_DATE
from adapters.slack.text import summary_text
from briefs.commands.catalogue import CATALOGUE
from briefs.commands.grammar import LINE_MAX
from briefs.commands.registry import Command
from briefs.commands.sharing import SHARE
from briefs.digest import Place
from briefs.message import Button, Buttons, Message, Prose, words
from tests.adapters.slack.workspace import controls, in_slack, shown, value_of

PRIVATE = [example for command in CATALOGUE for example in command.examples if command.name != SHARE]


async def posts(world, channel="C1"):
    return await world.remote.messages(channel)


async def calls(world, method):
    return [call["args"] for call in await world.remote.requests(method)]


async def test_every_example_of_the_catalogue_is_answered_in_private(world):
    for example in PRIVATE:
        answer = await world.ask(example)
        assert answer["to"] == "UANNA"
        assert answer["channel"] == "C1"
        assert "Something went wrong" not in answer["text"]
        assert "not understood" not in answer["text"]
    assert ["TEST" in post["text"] for post in await posts(world)] == [True]  # /digest test, and nothing else, is public


@pytest.mark.parametrize("line", ["/brief iraq", "/entity Houthis", "/source iraq:12", "/timeline iraq", "/find missiles"])
async def test_the_notification_carries_the_point_and_the_blocks_the_rest(world, line):
    answer = await world.ask(line)
    message = await world.bot.commands.answer_line(line, world.bot.asker)
    assert answer["text"] == summary_text(message.summary)
    assert len(shown(answer["blocks"])) > len(answer["text"])


async def test_any_line_is_answered_behind_standfirst(world):
    assert (await world.ask("/standfirst /brief iraq"))["text"] == (await world.ask("/brief iraq"))["text"]
    assert (await world.ask("/standfirst entity Houthis"))["text"] == (await world.ask("/entity Houthis"))["text"]


async def test_a_command_under_another_name_is_still_ours(world):
    assert (await world.ask("/news-brief iraq"))["text"] == (await world.ask("/brief iraq"))["text"]


async def test_a_command_that_is_none_is_told_the_nearest(world):
    assert "/brief" in (await world.ask("/brieff iraq"))["text"]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        pytest.param("Q&amp;A &lt;b&gt;", "Q&A <b>", id="entities"),
        pytest.param("&amp;lt;", "&lt;", id="entity-of-an-entity"),
        pytest.param("<@U123|anna> said", "anna said", id="mention"),
        pytest.param("<@U123>", "U123", id="mention-without-a-name"),
        pytest.param("topics:<#C1|iraq>,iran", "topics:iraq,iran", id="channel"),
        pytest.param("<https://example.org/a|example.org/a>", "example.org/a", id="labelled-link"),
        pytest.param("<https://example.org/a?b=1&amp;c>", "https://example.org/a?b=1&c", id="link"),
        pytest.param("<mailto:a@example.org|a@example.org>", "a@example.org", id="address"),
        pytest.param("<!here> <!subteam^S1|@desk>", "here @desk", id="calls"),
        pytest.param("<", "<", id="a-mark-alone"),
    ],
)
def test_what_slack_makes_of_a_text_is_undone(text, typed):
    assert plain(text) == typed
    assert line_of({"command": "/find", "text": text}, {"find"}) == f"/find {typed}"


async def test_a_name_that_slack_has_made_a_link_of_is_understood(world):
    assert "Houthis" in (await world.ask("/entity x", text="<#C77|Houthis>"))["text"]


async def test_an_ambiguous_name_is_a_menu_of_which_each_choice_leads_to_its_card(world):
    choice = await world.ask("/entity hezbollah")
    menu = [control for control in controls(choice) if control["type"] == "static_select"]
    assert {option["label"] for option in menu} == {"Hezbollah · Lebanon", "Kataeb Hezbollah · Iraq"}
    for option in menu:
        assert option["label"].partition(" · ")[0] in (await world.pressed(choice, option["value"]))["text"]


async def test_a_press_on_a_message_from_before_a_restart_works(world):
    brief = await world.ask("/brief iraq")
    await world.restart()
    assert "Line 1 of" in shown((await world.pressed(brief, value_of(brief, "Check every line")))["blocks"])


async def _with_a_long_button(ask, desk):
    return Message("long", (Prose(words("long")), Buttons((Button("Look", f"/echo {'é&' * 700}"),))))


async def test_a_press_too_long_for_a_button_works_after_a_restart(loopback, prepared, tmp_path):
    extra = (Command(("long",), "A long button", _with_a_long_button),)
    async with in_slack(loopback, "socket", prepared, tmp_path / "one", extra) as world:
        answer = await world.ask("/long")
        [value] = [control["value"] for control in controls(answer)]
        assert value.startswith("s:")
        await world.restart()
        # Recalled whole, and too long a question for the core, which says so.
        assert f"at most {LINE_MAX}" in shown((await world.pressed(answer, value))["blocks"])


async def test_turning_a_page_replaces_ones_own_message_and_never_anothers(world):
    brief = await world.ask("/brief iraq")
    check = await world.pressed(brief, value_of(brief, "Check every line"))
    turning = next(control["value"] for control in controls(check) if control["value"][0] in "LS")
    before = await world.whispers()
    assert (await world.press(check, turning))["acked"]

    async def replaced():
        now = next(m for m in await world.whispers() if m["ts"] == check["ts"])
        return now["blocks"] != check["blocks"] and now

    await world.until(replaced)
    assert len(await world.whispers()) == len(before)
    public = dict(check)
    del public["to"]
    assert (await world.pressed(public, turning))["ts"] != check["ts"]


@pytest.mark.parametrize(
    ("action", "value"),
    [("press:0", "what is this"), ("press:0", ""), ("other:0", "l:/brief"), ("press:0", "s:nosuch"), ("", "l:/brief"), ("press:0", None)],
)
async def test_a_press_that_is_none_of_ours_is_answered_as_out_of_date(world, action, value):
    brief = await world.ask("/brief iraq")
    actions = [{"type": "button", "action_id": action, "block_id": "b", "value": value}]
    answer = await world.pressed(brief, value_of(brief, "Timeline"), actions=actions)
    assert answer["text"] == OUT_OF_DATE


async def test_a_press_on_a_brief_that_is_gone_is_answered_by_the_core(world):
    brief = await world.ask("/brief iraq")
    [button] = [control for control in controls(brief) if control["label"] == "Timeline"]
    actions = [{"type": "button", "action_id": button["action_id"], "block_id": "b", "value": "l:/timeline nosuch"}]
    assert "No brief or entity called" in (await world.pressed(brief, button["value"], actions=actions))["text"]


async def test_only_who_manages_the_workspace_changes_digests(world):
    await world.ask("/digest subscribe at:07:30")
    refused = await world.ask("/digest unsubscribe", user="UBEN")
    assert "manage" in refused["text"]
    assert len(await world.bot.storage.subscriptions.of(place(world))) == 1


def place(world, channel="C1"):
    return Place(world.space, channel)


async def test_the_setting_lets_any_member_change_digests_but_nobody_in_a_direct_message(loopback, prepared, tmp_path):
    async with in_slack(loopback, "socket", prepared, tmp_path / "one", slack={"digests": "members"}) as world:
        await world.ask("/digest subscribe at:07:30", user="UBEN")
        [(subscription, _)] = await world.bot.storage.subscriptions.of(place(world))
        assert subscription.zone.key == "Asia/Baghdad"  # his own, as Slack tells it
        assert "manage" in (await world.ask("/digest list", user="UBEN", channel="D7"))["text"]
        assert "Only admins" in (await world.ask("/standfirst sharing off", user="UBEN"))["text"]


async def test_whoever_asks_for_a_digest_where_the_bot_is_no_member_is_told_at_once(world):
    await world.remote.note("channel", id="C9", members=["UANNA"])
    assert "/invite" in str((await world.ask("/digest subscribe at:07:30", channel="C9"))["blocks"])
    assert "/invite" not in str((await world.ask("/digest subscribe at:07:30"))["blocks"])


async def test_who_runs_another_workspace_manages_nothing_in_this_one(world):
    await world.remote.note("user", id="UFAR", is_admin=True, team_id="TELSEWHERE")
    assert "manage" in (await world.ask("/digest list", user="UFAR"))["text"]


async def test_what_slack_will_not_tell_of_a_person_is_no_right(world):
    await world.remote.fault("users.info", body={"ok": False, "error": "missing_scope"}, does=False)
    assert "manage" in (await world.ask("/digest list"))["text"]


async def test_who_is_asked_for_once_is_known_for_a_while(world):
    for _ in range(3):
        await world.ask("/standfirst about")
    assert len(await calls(world, "users.info")) == 1


async def test_a_digest_arrives_through_the_publisher_and_can_be_pressed(world):
    await world.ask("/digest test")
    [post] = await posts(world)
    assert "Line 1 of" in shown((await world.pressed(post, value_of(post, "Check every line"), user="UBEN"))["blocks"])


async def test_many_people_at_once_are_each_answered_once(world):
    await asyncio.gather(*(world.command("/entity Houthis", user=user) for user in ("UANNA", "UBEN", "UHUMAN") * 4))

    async def all_of_them():
        return len(await world.whispers()) >= 12

    await world.until(all_of_them)
    assert sorted(m["to"] for m in await world.whispers()) == sorted(("UANNA", "UBEN", "UHUMAN") * 4)
