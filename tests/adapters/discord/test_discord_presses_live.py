"""Everything that can be pressed in Discord: it works, for whom it should, for as long as the message stands."""

import asyncio
from collections import deque
from dataclasses import replace
from datetime import timedelta

import discord
import pytest
from discord import ui
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.discord import answering
from adapters.discord.presses import pressed
from briefs.commands.catalogue import CATALOGUE
from briefs.digest import Place
from briefs.errors import BadInput
from briefs.pages.hello import hello_page
from tests.adapters.discord.payloads import markdown
from tests.adapters.discord.server import Press, answers, named, opened, presses, said, shown
from tests.gallery import hostile

ROOTS = {
    "brief": {},
    "entity": {"name": "hezbollah"},
    "source": {"what": "iraq:12"},
    "find": {"words": "missiles"},
    "timeline": {"what": "iraq"},
    "standfirst help": {},
}
LINES = ["/brief iraq", "/source iraq:12", "/find missiles", "/timeline iraq", "/source iraq"]
# What only an answer that leads nowhere says.
DEAD_ENDS = ("Something went wrong", "out of date", "No such command", "is not understood", "has no option", "too long")
LONG = "militias Iraq considering disarming hope escaping airstrikes following Trump administration threats"


def turns(press):
    return pressed(press.value or press.custom_id).turns


async def follow(server, actor, messages, *, depth):
    """Press everything breadth-first, each line once; the lines, and what of it did not work."""
    seen, failed, queue = set(), [], deque((message, depth) for message in messages)
    while queue:
        message, left = queue.popleft()
        # A page that is turned takes the place of the message, and with it the presses there were: last of all.
        for press in sorted(presses(message), key=turns):
            if press.asks in seen:
                continue
            seen.add(press.asks)
            result = await server.press(actor, message, press)
            told = "\n".join(text for answer in answers(result) for text in markdown(answer.components))
            if result.modal is None and (not told.strip() or any(end in told for end in DEAD_ENDS)):
                failed.append((press, told))
            queue += [(answer, left - 1) for answer in answers(result) if left and answer.id != message.id]
            if turns(press):
                queue.append((message, left))
                break
    return seen, failed


@pytest.fixture
async def sharing(prepared, tmp_path):
    """A server in which anybody may share as often as they like."""
    async with opened(prepared, tmp_path, share_cooldown=0) as server:
        yield server


async def test_everything_that_can_be_pressed_in_any_answer_leads_somewhere(sharing):
    results = [await sharing.anna.slash(sharing.general, name, **options) for name, options in ROOTS.items()]
    seen, failed = await follow(sharing, sharing.anna, [message for result in results for message in answers(result)], depth=1)
    assert failed == []
    assert len(seen) > 100
    assert {line.split()[0] for line in seen if line.startswith("/")} >= {"/brief", "/entity", "/source", "/timeline", "/standfirst"}


async def test_what_was_shared_works_for_another_member_after_a_restart(sharing):
    shared = [await sharing.anna.slash(sharing.general, "standfirst share", line=line) for line in LINES]
    messages = [message for result in shared for message in answers(result)]
    await sharing.restart()
    seen, failed = await follow(sharing, sharing.ben, messages, depth=1)
    assert failed == []
    assert len(seen) > 100


async def test_an_answer_in_private_works_after_a_restart(server):
    page = await server.ben.slash(server.general, "entity", name="hezbollah")
    await server.restart()
    choices = [press for press in presses(page.response) if press.value]
    assert len(choices) > 1
    for choice in choices:
        assert choice.label.split(" · ")[0] in said(await server.press(server.ben, page.response, choice))


async def test_a_page_turned_in_private_takes_the_place_of_the_one_before(server):
    page = await server.ben.slash(server.general, "source", what="iraq")
    before = len(server.general.history())
    turned = await server.press(server.ben, page.response, named("Next ▶", page.response))
    assert turned.response.id == page.response.id
    assert "Line 5 of" in shown(page.response)
    assert len(server.general.history()) == before


async def test_a_page_turned_too_fast_stays_as_it_was(server):
    page = await server.ben.slash(server.general, "source", what="iraq")
    server.client.commands = replace(server.bot.commands, pace=_Never())
    refused = await server.press(server.ben, page.response, named("Next ▶", page.response))
    assert "Line 1 of" in shown(page.response)
    assert "faster" in said(refused)
    assert refused.response.ephemeral


async def test_a_page_whose_next_one_is_slow_and_then_missing_stays_as_it_was(server, monkeypatch):
    monkeypatch.setattr(answering, "PATIENCE", 0.01)
    page = await server.ben.slash(server.general, "source", what="iraq")
    gone = asyncio.Event()

    async def answer(ask, desk):
        await server.env.external_wait(gone.wait(), reason="the core is slow")
        raise BadInput("That page is gone.")

    catalogue = tuple(replace(c, answer=answer) if c.name == "source" else c for c in CATALOGUE)
    server.client.commands = replace(server.bot.commands, catalogue=catalogue)
    result = await server.press(server.ben, page.response, named("Next ▶", page.response))
    gone.set()
    await server.env.settle()
    assert "Line 1 of" in shown(page.response)
    assert [(message.ephemeral, shown(message)) for message in result.followups] == [(True, "That page is gone.")]


class _Never:
    """A pace nobody can keep."""

    def take(self, key, now):
        return timedelta(seconds=9)


async def test_a_page_turned_in_public_opens_a_copy_of_ones_own(server):
    shared = await server.anna.slash(server.general, "standfirst share", line="/source iraq")
    before = shown(shared.response)
    turned = await server.press(server.ben, shared.response, named("Next ▶", shared.response))
    assert turned.response.ephemeral
    assert "Line 5 of" in said(turned)
    assert shown(shared.response) == before
    again = await server.press(server.ben, turned.response, named("Next ▶", turned.response))
    assert again.response.id == turned.response.id


def view_with(*items):
    view = ui.LayoutView(timeout=None)
    for item in items:
        view.add_item(ui.ActionRow(item))
    view.stop()
    return view


async def foreign(server, item):
    with server.env._bot_scope():
        await server.client.get_partial_messageable(server.general.id).send(view=view_with(item))
    return server.general.last_message


@pytest.mark.parametrize("custom_id", ["another-bots", "sf0~never-kept-0000000000", "sf", "sf0:", "sf100:/brief", "sf0.short:/brief", "💥"])
async def test_a_button_that_is_not_ours_or_no_more_is_out_of_date(server, custom_id):
    message = await foreign(server, ui.Button(label="Press", custom_id=custom_id))
    result = await server.ben.click(message, custom_id=custom_id)
    assert "out of date" in said(result)
    assert result.response.ephemeral


@pytest.mark.parametrize("menu", ["sf=0", "another-bots"])
async def test_an_option_that_is_not_ours_is_out_of_date(server, menu):
    message = await foreign(server, ui.Select(custom_id=menu, options=[discord.SelectOption(label="One", value="1")]))
    result = await server.ben.select(message, ["1"])
    assert "out of date" in said(result)


async def test_a_line_that_is_no_command_any_more_says_what_is(server):
    message = await foreign(server, ui.Button(label="Press", custom_id="sf0:/brieff"))
    assert "Did you mean /brief?" in said(await server.ben.click(message, custom_id="sf0:/brieff"))


async def test_a_line_too_long_for_a_button_works_after_a_restart(server):
    page = await server.ben.slash(server.general, "find", words=LONG)
    share = named("Share here", *answers(page))
    assert len(share.asks) == 22
    await server.restart()
    result = await server.press(server.ben, answers(page)[-1], share)
    assert "shared by" in said(result)
    assert not result.response.ephemeral


async def test_a_long_line_of_one_server_is_not_known_in_another(server):
    page = await server.ben.slash(server.general, "find", words=LONG)
    share = named("Share here", *answers(page))
    other = server.env.create_guild("Another")
    channel, ben = other.create_text_channel("general"), other.add_member(server.ben.user)
    with server.env._bot_scope():
        view = view_with(ui.Button(label="Press", custom_id=share.custom_id))
        await server.client.get_partial_messageable(channel.id).send(view=view)
    assert "out of date" in said(await ben.click(channel.last_message, custom_id=share.custom_id))


async def the_form(server, actor):
    hello = await server.shows(hello_page())
    return await server.press(actor, hello, named("Daily digest here", hello))


async def test_daily_digest_here_opens_a_form_and_sending_it_in_subscribes(server):
    form = await the_form(server, server.anna)
    fields = [label["component"]["custom_id"] for label in form.modal["components"]]
    assert fields[:2] == ["at", "tz"]
    result = await server.anna.submit_modal(form, {"at": "7.30am", "tz": "Europe/London"})
    assert "07:30" in said(result)
    assert result.response.ephemeral
    found = await server.bot.desk.subscribe.all(Place(server.space, str(server.general.id)))
    assert [(s.at.hour, s.at.minute, s.zone.key, s.by) for s, _ in found] == [(7, 30, "Europe/London", str(server.anna.id))]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        pytest.param({"at": "25 o'clock", "tz": "UTC"}, "25 o'clock", id="no-time"),
        pytest.param({"at": "07:30", "tz": "Atlantis"}, "Atlantis", id="no-zone"),
        pytest.param({"at": "07:30", "tz": "UTC", "days": "someday"}, "someday", id="no-day"),
        pytest.param({"at": "\u202e@everyone", "tz": "UTC"}, "time", id="hostile"),
    ],
)
async def test_a_form_with_what_does_not_hold_answers_one_sentence(server, values, told):
    result = await server.anna.submit_modal(await the_form(server, server.anna), values)
    assert told in said(result)
    assert result.response.ephemeral
    assert not await server.bot.desk.subscribe.all(Place(server.space, str(server.general.id)))


async def test_where_nobody_knows_the_zone_the_form_insists_on_it(server):
    form = await the_form(server, server.anna)
    required = {label["component"]["custom_id"]: label["component"]["required"] for label in form.modal["components"]}
    assert required == {"at": True, "tz": True, "days": False, "topics": False}


async def test_what_did_not_hold_can_be_filled_in_again_with_all_that_was_typed(server):
    wrong = await server.anna.submit_modal(await the_form(server, server.anna), {"at": "07:30", "tz": "Atlantis", "topics": "iraq"})
    again = await server.press(server.anna, wrong.response, named("Fill it in again", wrong.response))
    filled = {label["component"]["custom_id"]: label["component"].get("value") for label in again.modal["components"]}
    assert filled == {"at": "07:30", "tz": "Atlantis", "days": None, "topics": "iraq"}
    right = await server.anna.submit_modal(again, {"at": "07:30", "tz": "UTC", "topics": ""})
    assert "07:30, UTC, every day." in said(right)
    [(subscription, _)] = await server.bot.desk.subscribe.all(Place(server.space, str(server.general.id)))
    assert subscription.topics == ()


async def test_a_form_opened_before_a_restart_can_be_sent_in_after_it(server):
    form = await the_form(server, server.anna)
    await server.restart()
    assert "07:30" in said(await server.anna.submit_modal(form, {"at": "07:30", "tz": "UTC"}))


async def test_undo_of_a_digest_and_undo_of_that_lead_back(server):
    place = Place(server.space, str(server.general.id))
    made = await server.anna.slash(server.general, "digest subscribe", at="07:30", tz="UTC")
    gone = await server.press(server.anna, made.response, named("Undo", made.response))
    assert not await server.bot.desk.subscribe.all(place)
    await server.press(server.anna, gone.response, named("Undo", gone.response))
    assert len(await server.bot.desk.subscribe.all(place)) == 1


async def test_a_second_press_of_one_button_answers_again(server):
    page = await server.ben.slash(server.general, "brief")
    press = named("Timeline", *answers(page))
    one, two = [await server.press(server.ben, answers(page)[-1], press) for _ in range(2)]
    assert said(one) == said(two) != ""
    assert one.response.id != two.response.id


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300) | st.text("@everyone <>[]()*_~`|\u202e\u2066👨‍👩‍👧é\n", max_size=300))
async def test_a_message_with_any_text_anywhere_is_taken(server, text):
    async def answer(ask, desk):
        return hostile(text)

    catalogue = tuple(replace(c, answer=answer, shared=False) if c.name == "brief" else c for c in CATALOGUE)
    server.client.commands = replace(server.bot.commands, catalogue=catalogue)
    result = await server.ben.slash(server.general, "brief")
    assert "Something went wrong" not in said(result)
    assert presses(answers(result)[-1])


def test_a_press_of_no_line_is_none():
    assert Press("", "sf").asks == ""
