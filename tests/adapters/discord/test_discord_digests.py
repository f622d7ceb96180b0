"""A server's digests as its manager has them on Discord: typed, picked, pressed, and posted by the real publisher."""

from briefs.digest import Place
from tests.adapters.discord.server import answers, presses, said, shown

DAILY = {"at": "23:59", "tz": "UTC", "empty": "say"}


async def ask(server, line, **options):
    return await server.anna.slash(server.general, f"digest {line}", **options)


async def press(server, result, label):
    message = answers(result)[-1]
    return await server.press(server.anna, message, next(p for p in presses(message) if p.label.startswith(label)))


async def post_what_is_due(server):
    with server.env._bot_scope():
        return await server.bot.desk.deliver.run("discord")


async def test_todays_edition_is_sent_at_a_press_once_and_status_tells_of_it(server):
    await ask(server, "subscribe", **DAILY)
    asked = await ask(server, "now")
    assert "uses it up" in said(asked)
    assert asked.response.ephemeral
    assert "on its way" in said(await press(server, asked, "Send it now"))
    assert await post_what_is_due(server) == 1
    assert "briefing" in shown(server.general.last_message)
    assert "has come already" in said(await press(server, asked, "Send it now"))
    status = await ask(server, "status")
    assert "by hand" in said(status)
    assert status.response.ephemeral
    assert await post_what_is_due(server) == 0


async def test_an_old_edition_is_read_again_in_private_by_any_member(server):
    await ask(server, "subscribe", **DAILY)
    await press(server, await ask(server, "now"), "Send it now")
    await post_what_is_due(server)
    posted = shown(server.general.last_message)
    [past] = await server.bot.storage.ledger.last(Place(server.space, str(server.general.id)), "daily", 1)
    read = await server.ben.slash(server.general, "brief", brief=past.delivery.meant_for.isoformat())
    assert all(message.ephemeral for message in answers(read))
    assert [line for line in posted.splitlines() if line not in said(read)] == []


async def test_an_ambiguous_name_is_picked_from_a_menu_and_the_edition_is_asked_for(server):
    asked = await ask(server, "subscribe", **DAILY, entities="Houthis, hezbollah")
    made = await press(server, asked, "Kataeb Hezbollah")
    assert "what names Houthis (Yemen), Kataeb Hezbollah (Iraq)" in said(made)
    gone = await ask(server, "unsubscribe")
    assert "what names Houthis (Yemen), Kataeb Hezbollah (Iraq)" in said(await press(server, gone, "Undo"))


async def test_a_pause_until_a_date_and_its_end_at_a_press(server):
    await ask(server, "subscribe", **DAILY)
    paused = await ask(server, "pause", until="3 weeks")
    assert "then comes again by itself" in said(paused)
    assert "comes again" in said(await press(server, paused, "Resume"))


async def test_of_many_editions_each_is_reached_through_a_menu(server):
    for number in range(27):
        await ask(server, "subscribe", **DAILY, name=f"n{number:02}")
    listed = await ask(server, "list")
    picked = await press(server, listed, "n26")
    assert "Status of “n26”" in said(picked)
    assert "no longer gets “n26”" in said(await press(server, picked, "Unsubscribe"))
