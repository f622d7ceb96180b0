"""What is shown to everyone: shares, threads, and what comes a second time."""

from datetime import UTC, datetime

import pytest

from briefs.commands.sharing import SHARE
from briefs.desk.catching_up import OUT_OF_REACH
from briefs.digest import Place, Sent
from tests.adapters.slack.workspace import in_slack, labels, shown, value_of
from tests.builders import a_message


async def posts(world, channel="C1"):
    return await world.remote.messages(channel)


async def test_share_shows_the_answer_to_everyone_with_the_sharers_name(world):
    brief = await world.ask("/brief iraq")
    assert (await world.press(brief, value_of(brief, "Share here")))["acked"]
    [post] = await world.until(lambda: posts(world))
    assert post["text"] == brief["text"]
    assert "Anna A." in shown(post["blocks"])
    assert len(await world.whispers()) == 1


async def remembered(world):
    """The receipts of what was shared of the sample's brief, once there are any."""

    async def receipts():
        found = await world.bot.storage.ledger.posts_carrying("iraq", datetime(2020, 1, 1, tzinfo=UTC))
        return [record.receipt for record in found]

    return await world.until(receipts)


async def test_what_is_shared_is_remembered_by_its_ts_and_can_be_put_right(world):
    brief = await world.ask("/brief iraq")
    await world.press(brief, value_of(brief, "Share here"))
    [receipt] = await remembered(world)
    [post] = await posts(world)
    assert receipt == f"slack:C1/{post['ts']}"
    place = Place(world.space, "C1")
    assert await world.app.edit(place, receipt, a_message("Mended.")) == Sent(receipt)
    assert (await posts(world))[0]["text"] == "Mended."


async def test_what_stands_in_a_thread_can_be_put_right_too(world):
    brief = await world.ask("/brief iraq")
    await world.press(brief, value_of(brief, "Open in a thread"))
    await world.until(lambda: posts(world))
    for receipt in await world.until(lambda: _both(world)):
        assert await world.app.edit(Place(world.space, "C1"), receipt, a_message("Mended.")) == Sent(receipt)
    assert [post["text"] for post in await posts(world)] == ["Mended.", "Mended."]


async def _both(world):
    found = await remembered(world)
    return found if len(found) == 2 else None


async def test_where_the_bot_is_no_member_the_answer_is_shared_all_the_same_and_known_to_be_out_of_reach(world):
    await world.remote.note("channel", id="C9", members=["UANNA"])
    brief = await world.ask("/brief iraq", channel="C9")
    assert (await world.press(brief, value_of(brief, "Share here"), channel="C9"))["acked"]
    [receipt] = await remembered(world)
    assert receipt.startswith(OUT_OF_REACH)
    assert len(await posts(world, "C9")) == 1


@pytest.mark.parametrize("fault", [{"cut": "all"}, {"cut": "all", "does": False}], ids=["posted", "not posted"])
async def test_a_share_whose_answer_is_lost_is_not_posted_a_second_time(world, fault):
    brief = await world.ask("/brief iraq")
    await world.remote.fault("chat.postMessage", **fault)
    await world.press(brief, value_of(brief, "Share here"))
    [receipt] = await remembered(world)
    assert receipt.startswith(OUT_OF_REACH)
    assert len(await posts(world)) == fault.get("does", True)
    assert "share it again in a moment where it is not" in (await world.whispers())[-1]["text"]


async def test_a_thread_has_the_headline_above_and_the_answer_below(world):
    brief = await world.ask("/brief iraq")
    assert (await world.press(brief, value_of(brief, "Open in a thread")))["acked"]

    async def both():
        found = await posts(world)
        return found if len(found) == 2 else None

    head, below = await world.until(both)
    assert below["thread_ts"] == head["ts"]
    assert "thread_ts" not in head
    assert "Share here" not in labels(head)
    assert len(shown(below["blocks"])) > len(shown(head["blocks"]))


async def test_where_the_bot_is_no_member_no_thread_is_made_and_the_sharer_is_told_what_to_do(world):
    await world.remote.note("channel", id="C9", members=["UANNA"])
    brief = await world.ask("/brief iraq", channel="C9")
    told = await world.pressed(brief, value_of(brief, "Open in a thread"), channel="C9")
    assert "/invite" in told["text"]
    assert await posts(world, "C9") == []


async def test_where_nobody_else_reads_nothing_is_offered_to_share(world):
    await world.remote.note("channel", id="D1", kind="im", members=["UANNA", f"U{world.remote.team}BOT"])
    assert "Share here" not in labels(await world.ask("/brief iraq", channel="D1"))


async def test_nothing_sent_unfurls_parses_or_links_names(world):
    brief = await world.ask("/brief iraq")
    await world.press(brief, value_of(brief, "Open in a thread"))
    await world.until(lambda: posts(world))
    await world.ask("/digest test")
    called = [*await world.remote.requests("chat.postMessage"), *await world.hooks()]
    sent = [call["args"] for call in called]
    assert len(sent) >= 3
    for body in sent:
        assert {str(body[name]).lower() for name in ("unfurl_links", "unfurl_media", "link_names")} <= {"false", "0"}
        assert body["parse"] == "none"


@pytest.mark.parametrize("line", ["/brief iraq", "/digest test", f"/{SHARE} /brief iraq"])
async def test_what_comes_twice_has_one_effect(world, line):
    assert (await world.command(line))["acked"]
    await world.until(lambda: _anything(world))
    assert (await world.again())["acked"]
    assert len(await world.settled()) + len(await posts(world)) == (2 if line == "/digest test" else 1)


async def _anything(world):
    return [*await posts(world), *await world.whispers()]


async def test_what_comes_again_after_a_restart_has_no_effect(world):
    await world.command(f"/{SHARE} /brief iraq")
    await world.until(lambda: posts(world))
    await world.restart()
    assert (await world.again())["acked"]
    await world.settled()
    assert len(await posts(world)) == 1


async def test_what_came_in_one_mode_has_no_effect_in_the_other(loopback, prepared, tmp_path):
    async with in_slack(loopback, "socket", prepared, tmp_path / "one") as world:
        await world.command(f"/{SHARE} /brief iraq")
        await world.until(lambda: posts(world))
        world.mode = "http"
        await world.restart()
        assert (await world.post("slash_commands", world.sent[-1]["payload"]))["acked"]
        await world.settled()
        assert len(await posts(world)) == 1
