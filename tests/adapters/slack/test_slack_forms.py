"""A command that lacks something opens a form; what is wrong with a form is told in it, and nothing typed is lost."""

import asyncio
import json

import pytest

from adapters.slack import filling, listeners
from adapters.slack.forms import field_to_blame, fits_in_modal, kept, kept_in, modal, options_for
from adapters.slack.inbound import Came
from adapters.slack.limits import OPTION_TEXT_MAX, OPTION_VALUE_MAX, PRIVATE_METADATA_MAX, SELECT_OPTIONS_MAX
from briefs.commands.ask import Asker, Role
from briefs.commands.catalogue import CATALOGUE
from briefs.commands.form import form_of
from briefs.commands.registry import Command, Option, Suggestion
from briefs.digest import Place
from briefs.message import Message, Prose, words
from tests.adapters.slack.workspace import MODES, in_slack, shown, value_of
from tests.loopback.slack_blocks import VIEW_BLOCKS, wrong_with

ASKER = Asker("slack:T1", "C1", "U1", frozenset(Role))
CAME = Came("T1", "U1", "C1", url="https://example.org/hook")


def kinds(view):
    return {block["element"]["action_id"]: block["element"]["type"] for block in view["blocks"] if block["type"] == "input"}


async def test_a_command_without_what_it_needs_opens_a_form_and_says_nothing_else(world):
    assert (await world.command("/digest subscribe"))["acked"]
    view = await world.form()
    assert kinds(view) == {
        "at": "external_select",
        "tz": "external_select",
        "days": "plain_text_input",
        "topics": "plain_text_input",
    }
    assert [b["element"]["action_id"] for b in view["blocks"] if not b.get("optional")] == ["at"]
    assert await world.whispers() == []


async def test_the_form_knows_the_zone_of_whoever_opens_it(world):
    await world.command("/digest subscribe")
    [zone] = [b["element"] for b in (await world.form())["blocks"] if b["element"]["action_id"] == "tz"]
    assert zone["initial_option"]["value"] == "Europe/London"


async def test_a_form_sent_in_is_answered_where_the_command_was_asked(world):
    await world.command("/digest subscribe", channel="C2")
    told = await world.submit(await world.form(), {"at": "06:45", "tz": "Asia/Baghdad"})
    assert told["acked"]
    assert not told["payload"]
    [answer] = await world.until(world.whispers)
    assert answer["channel"] == "C2"
    [(subscription, _)] = await world.bot.storage.subscriptions.of(Place(world.space, "C2"))
    assert (f"{subscription.at:%H:%M}", subscription.zone.key) == ("06:45", "Asia/Baghdad")


async def test_a_press_that_lacks_something_opens_a_form(world):
    brief = await world.ask("/brief iraq")
    actions = [{"type": "button", "action_id": "press:0", "block_id": "b", "value": "l:/digest subscribe"}]
    await world.press(brief, value_of(brief, "Timeline"), actions=actions)
    assert "at" in kinds(await world.form())


async def test_what_is_wrong_with_a_field_is_told_at_the_field(world):
    await world.command("/digest subscribe")
    view = await world.form()
    told = await world.submit(view, {"at": "breakfast", "tz": "Europe/London", "days": "", "topics": ""})
    assert told["payload"]["response_action"] == "errors"
    [(block, sentence)] = told["payload"]["errors"].items()
    assert block == "field:at"
    assert "breakfast" in sentence
    assert not (await world.submit(view, {"at": "07:30"}))["payload"]
    await world.until(world.whispers)


async def test_what_cannot_be_blamed_on_a_field_is_told_above_them_with_all_that_was_typed(world, monkeypatch):
    monkeypatch.setattr(filling, "field_to_blame", lambda *_: "")
    await world.command("/digest subscribe")
    told = await world.submit(await world.form(), {"at": "breakfast", "tz": "Asia/Baghdad", "topics": "iraq & iran"})
    view = told["payload"]["view"]
    assert "breakfast" in shown(view["blocks"][0])
    first = {
        b["element"]["action_id"]: b["element"].get("initial_value") or b["element"].get("initial_option", {}).get("value")
        for b in view["blocks"][1:]
    }
    assert first == {"at": "breakfast", "tz": "Asia/Baghdad", "days": None, "topics": "iraq & iran"}
    assert wrong_with([b for b in view["blocks"] if b.get("element", {}).get("type") != "external_select"], VIEW_BLOCKS) == []


async def test_a_form_sent_twice_has_one_effect(world):
    await world.command("/find")
    await world.submit(await world.form(), {"words": "missiles"})
    await world.until(world.whispers)
    assert (await world.again())["acked"]
    assert len(await world.settled()) == 1


async def test_a_form_from_before_a_restart_is_answered(world):
    await world.command("/find")
    view = await world.form()
    await world.restart()
    [field] = kinds(view)
    await world.submit(view, {field: "missiles"})
    await world.until(world.whispers)


@pytest.mark.parametrize("change", [{"callback_id": "other"}, {"private_metadata": "{}"}, {"private_metadata": "[" * 2000}])
async def test_a_form_that_is_none_of_ours_says_so(world, change):
    await world.command("/find")
    told = await world.submit(await world.form() | change, {})
    assert listeners.FORM_OUT_OF_DATE in shown(told["payload"]["view"])


async def test_who_may_not_do_it_gets_no_form_but_the_reason(world):
    assert "manage" in (await world.ask("/digest subscribe", user="UBEN"))["text"]


async def test_where_slack_opens_no_form_the_answer_says_what_is_lacking(world):
    await world.remote.fault("views.open", body={"ok": False, "error": "expired_trigger_id"}, does=False)
    assert "needs" in (await world.ask("/digest subscribe"))["text"]


async def test_a_menu_of_a_form_offers_what_the_core_suggests_and_what_was_typed(world):
    await world.command("/digest subscribe")
    view = await world.form()
    offered = await world.suggest(view, "tz", "bag")
    assert "Asia/Baghdad" in [option["value"] for option in offered]
    assert [o["value"] for o in await world.suggest(view, "at", "06:4")] == ["06:4"]
    assert await world.suggest(view, "days", "x") == [{"text": {"type": "plain_text", "text": "x", "emoji": False}, "value": "x"}]


def test_options_keep_to_slacks_limits():
    many = tuple(Suggestion(f"{n} {'é' * 60}", "tail " * 20) for n in range(150))
    offered = options_for("typed", many)
    assert len(offered) == SELECT_OPTIONS_MAX
    assert all(len(o["text"]["text"]) <= OPTION_TEXT_MAX and len(o["value"]) <= OPTION_VALUE_MAX for o in offered)
    assert options_for("", (Suggestion("x" * (OPTION_VALUE_MAX + 1)),)) == []


NEEDING = [command for command in CATALOGUE if any(option.required for option in command.options)]


@pytest.mark.parametrize("command", NEEDING, ids=lambda command: command.name)
def test_every_form_is_within_slacks_limits(command):
    view = modal(form_of(f"/{command.name}", CATALOGUE), ASKER, kept(f"/{command.name}", CAME), problem="Something. " * 20)
    rest = [b for b in view["blocks"] if b.get("element", {}).get("type") != "external_select"]
    assert wrong_with(rest, VIEW_BLOCKS) == []
    assert all(1 <= len(view[name]["text"]) <= 24 for name in ("title", "submit", "close"))


def test_a_form_remembers_what_it_asks_for_within_slacks_limit():
    short, long = "/find", f"/find {'é' * 2_900}"
    assert fits_in_modal(short, CAME) and not fits_in_modal(long, CAME)
    assert kept_in({"private_metadata": kept(short, CAME)}).line == short
    assert len(kept(long, CAME, "s" * 22)) <= PRIVATE_METADATA_MAX
    assert kept_in({"private_metadata": kept(long, CAME, "short")}).short == "short"


@pytest.mark.parametrize("metadata", ["", "{", "[]", "3", "null", json.dumps({"line": "/brief"}), None])
def test_what_is_no_forms_memory_is_none_of_ours(metadata):
    assert kept_in({"private_metadata": metadata}) is None


@pytest.mark.parametrize(
    ("problem", "blamed"),
    [
        pytest.param("at: is given twice.", "at", id="named"),
        pytest.param("“noonish” is no time.", "at", id="quoted"),
        pytest.param("Something else.", "", id="neither"),
        pytest.param("“x” is nothing.", "", id="quoted-twice"),
        pytest.param("It begins at 07:30: write tz:Europe/London", "tz", id="a-time-is-no-name"),
    ],
)
def test_a_sentence_blames_the_field_it_speaks_of(problem, blamed):
    form = form_of("/digest subscribe", CATALOGUE)
    assert field_to_blame(form, problem, {"at": "noonish", "days": "x", "topics": "x"}) == blamed


async def _slow(ask, desk):
    await asyncio.sleep(0.2)
    return Message("At last.", (Prose(words("At last.")),))


@pytest.mark.parametrize("mode", MODES)
async def test_a_form_whose_answer_takes_long_is_closed_and_answered_afterwards(loopback, prepared, tmp_path, monkeypatch, mode):
    monkeypatch.setattr(listeners, "FORM_PATIENCE", 0.02)
    slow = Command(("slow",), "A slow command", _slow, (Option("what", "What", positional=True, required=True),), ("/slow x",))
    async with in_slack(loopback, mode, prepared, tmp_path / "one", (slow,)) as world:
        await world.command("/slow")
        told = await world.submit(await world.form(), {"what": "this"})
        assert told["acked"] and not told["payload"]
        assert [m["text"] for m in await world.until(world.whispers)] == ["At last."]
