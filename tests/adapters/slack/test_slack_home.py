"""The Home tab: today's edition, digests, help; made anew whenever it is opened, and pressed like any message."""

from dataclasses import replace

from adapters.slack.home import LISTED_MAX, digest_blocks, home_view
from adapters.slack.limits import VIEW_BLOCKS_MAX
from adapters.slack.presses import ACTION_IDS
from adapters.slack.render import render
from briefs.commands.answer import Commands
from briefs.commands.ask import Asker
from briefs.commands.catalogue import CATALOGUE
from briefs.message import Heading, Message, Prose, Section, words
from briefs.message.parts import Line
from tests.adapters.slack.workspace import controls, in_slack, labels, shown, value_of
from tests.builders import a_place, a_slot, a_subscription
from tests.loopback.slack_blocks import VIEW_BLOCKS, wrong_with

ASKER = Asker("slack:T1", "D1", "U1")


async def opened(world, user="UANNA", tab="home"):
    assert (await world.event("app_home_opened", user=user, channel=f"D{user}", tab=tab))["acked"]
    return await world.home(user)


async def test_it_shows_todays_edition_where_digests_are_and_every_command(world):
    view = await opened(world)
    text = shown(view["blocks"])
    today = await world.bot.commands.answer_line("/brief", world.bot.asker)
    assert next(b.text for b in today.blocks if isinstance(b, Heading)) in text
    assert "/digest list" in text
    assert all(f"/{command.path[0]}" in text for command in CATALOGUE)


async def test_it_lists_the_workspaces_digests_with_their_next_runs_to_whoever_manages_them(world):
    await world.ask("/digest subscribe at:06:05 name:early")
    await world.ask("/digest subscribe at:07:30", channel="C2")
    await world.ask("/digest pause", channel="C2")
    blocks = (await opened(world))["blocks"]
    [listed] = [
        part for block in blocks for part in block.get("elements", ()) if part["type"] == "rich_text_list" and "channel_id" in str(part)
    ]
    early, resting = listed["elements"]
    assert [e["channel_id"] for line in (early, resting) for e in line["elements"] if e["type"] == "channel"] == ["C1", "C2"]
    assert "early · 06:05 Europe/London · next:" in shown(early)
    assert [e["type"] for e in early["elements"]][-1] == "date"
    assert "paused" in shown(resting)
    assert wrong_with(blocks, VIEW_BLOCKS) == []


async def test_others_see_only_the_digests_they_have_asked_for(world):
    await world.ask("/digest subscribe at:06:05 name:early")
    assert "06:05" not in shown((await opened(world, "UBEN"))["blocks"])


async def test_more_digests_than_it_has_room_for_are_counted():
    many = [(a_subscription(a_place("slack:T1", f"C{n}"), "x" * 24), a_slot()) for n in range(LISTED_MAX + 7)]
    blocks = digest_blocks(many)
    assert "and 7 more" in shown(blocks)
    assert wrong_with(blocks, VIEW_BLOCKS) == []


async def test_it_is_within_slacks_limits(world):
    assert wrong_with((await opened(world))["blocks"], VIEW_BLOCKS) == []


async def test_each_person_has_their_own(world):
    await opened(world)
    await opened(world, "UBEN")
    assert set((await world.remote.seen())["homes"]) == {"UANNA", "UBEN"}


async def test_another_tab_is_left_alone(world):
    assert (await world.event("app_home_opened", user="UANNA", channel="DUANNA", tab="messages"))["acked"]
    await world.settled()
    assert (await world.remote.seen())["homes"] == {}


async def test_a_press_on_it_is_answered_in_the_persons_messages(world):
    view = await opened(world)
    assert "Timeline" in labels(view)
    more = {"container": {"type": "view", "view_id": view["id"]}, "view": view, "channel": None, "response_url": ""}
    assert (await world.press(view | {"ts": ""}, value_of(view, "Timeline"), **more))["acked"]
    [answer] = await world.until(lambda: world.remote.messages("DUANNA"))
    timeline = await world.bot.commands.answer_line("/timeline iraq", world.bot.asker)
    assert answer["text"] == timeline.summary


async def test_opening_it_often_uses_up_none_of_a_persons_asks(loopback, prepared, tmp_path):
    async with in_slack(loopback, "socket", prepared, tmp_path / "one", asks_a_minute=1) as world:
        for _ in range(3):
            await opened(world)
        assert "faster" not in shown((await world.home())["blocks"])
        assert "faster" not in (await world.ask("/brief iraq"))["text"]
        assert "faster" in (await world.ask("/brief iraq"))["text"]


async def _render(message):
    return render(message)


async def _long(ask, desk):
    parts = tuple(Section(f"{ask.command} {n}", (Line(words("x" * 600)),)) for n in range(400))
    return Message(ask.command, (Heading(ask.command), *parts, Prose(words("end"))))


async def test_what_would_be_too_much_for_it_is_left_out_whole():
    commands = Commands(desk=None, catalogue=tuple(replace(command, answer=_long, shared=False) for command in CATALOGUE))
    view = await home_view(commands, ASKER, (), _render)
    assert 40 < len(view["blocks"]) <= VIEW_BLOCKS_MAX
    assert wrong_with(view["blocks"], VIEW_BLOCKS) == []


async def test_no_two_of_its_controls_have_one_id(world):
    view = await opened(world)
    ids = [control["action_id"] for control in controls(view)]
    blocks = [block["block_id"] for block in view["blocks"]]
    assert len(set(blocks)) == len(blocks)
    assert all(ACTION_IDS.fullmatch(action) for action in ids)
