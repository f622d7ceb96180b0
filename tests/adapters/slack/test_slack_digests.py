"""A channel's digests as its manager has them on Slack, in both modes: typed, picked, pressed, and posted."""

import re

from tests.adapters.slack.workspace import labels, shown, value_of

DAILY = "/digest subscribe at:23:59 tz:UTC empty:say"


async def press(world, message, label):
    return await world.pressed(message, value_of(message, label))


async def test_todays_edition_is_sent_at_a_press_once_and_status_tells_of_it(world):
    await world.ask(DAILY)
    asked = await world.ask("/digest now")
    assert "uses it up" in asked["text"]
    assert "on its way" in (await press(world, asked, "Send it now"))["text"]
    assert await world.bot.desk.deliver.run("slack") == 1
    [post] = await world.remote.messages("C1")
    assert "briefing" in post["text"]
    assert "has come already" in (await press(world, asked, "Send it now"))["text"]
    status = await world.ask("/digest status")
    assert status["to"] == "UANNA"
    assert "by hand" in shown(status["blocks"])
    assert await world.bot.desk.deliver.run("slack") == 0
    assert len(await world.remote.messages("C1")) == 1


async def test_an_old_edition_is_read_again_in_private(world):
    await world.ask(DAILY)
    await press(world, await world.ask("/digest now"), "Send it now")
    await world.bot.desk.deliver.run("slack")
    [post] = await world.remote.messages("C1")
    day = re.search(r"Edition (\d{4}-\d\d-\d\d)", shown(post["blocks"]))[1]
    read = await world.ask(f"/brief {day}")
    assert read["to"] == "UANNA"
    assert "as this channel was sent it" in shown(read["blocks"])
    assert f"Edition {day} daily" in shown(read["blocks"])


async def test_an_ambiguous_name_is_picked_from_a_menu_and_the_edition_is_asked_for(world):
    asked = await world.ask(f'{DAILY} entities:"Houthis, hezbollah"')
    made = await press(world, asked, next(label for label in labels(asked) if label.startswith("Kataeb")))
    assert "what names Houthis (Yemen), Kataeb Hezbollah (Iraq)" in made["text"]
    back = await press(world, await world.ask("/digest unsubscribe"), "Undo")
    assert "what names Houthis (Yemen), Kataeb Hezbollah (Iraq)" in back["text"]


async def test_a_pause_until_a_date_and_its_end_at_a_press(world):
    await world.ask(DAILY)
    paused = await world.ask("/digest pause until:3 weeks")
    assert "then comes again by itself" in paused["text"]
    assert "comes again" in (await press(world, paused, "Resume"))["text"]


async def test_of_many_editions_each_is_reached_through_a_menu(world):
    for number in range(5):
        await world.ask(f"{DAILY} name:n{number}")
    listed = await world.ask("/digest list")
    picked = await press(world, listed, next(label for label in labels(listed) if label.startswith("n4")))
    assert "“n4”" in picked["text"]
    assert "no longer gets “n4”" in (await press(world, picked, "Unsubscribe"))["text"]
