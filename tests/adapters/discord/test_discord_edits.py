"""Posts of Discord put right, with the real discord.py, in front of a Discord of our own in its own process."""

from datetime import timedelta

import pytest

from adapters.discord.edits import GONE
from adapters.discord.keys import mark_of
from adapters.discord.pace import Pace
from adapters.discord.presses import mark_in
from briefs.digest import Again, Place, Refused, Sent
from briefs.errors import StorageDown
from briefs.message import Line, Message, Section, words
from tests.adapters.discord.publishing import KeptAsks, on_discord
from tests.builders import a_message
from tests.gallery import NASTY
from tests.loopback.discord_form import walked
from tests.loopback.discord_world import FORUM, HISTORY, USUAL, VIEW
from tests.loopback.process import started

KEY = "digest:discord:1:2:daily:2026-11-22:1"
EDITS = r"/messages/\d+$"
RIGHT = a_message("Sixteen were counted.")


@pytest.fixture(scope="module")
def discords():
    """One server for all tests: each has a bot of its own."""
    with started("tests.loopback.discord") as server:
        yield server


@pytest.fixture
async def here(discords):
    async with on_discord(discords.base) as here:
        yield here


async def posted(here, place=None):
    """A post with its key; its receipt."""
    sent = await here.publisher.publish(place or here.main, a_message("Sixty were counted."), KEY)
    assert isinstance(sent, Sent)
    return sent.receipt


async def test_an_edit_mentions_nobody_and_keeps_the_mark_and_the_form(here):
    receipt = await posted(here)
    assert isinstance(await here.publisher.edit(here.main, receipt, a_message(NASTY)), Sent)
    [request] = await here.remote.requests("PATCH", EDITS)
    assert request["body"]["allowed_mentions"] == {"parse": []}
    [told] = await here.remote.messages(here.main.channel)
    marks = {mark_in(part["custom_id"]) for part in walked(told["components"]) if "custom_id" in part}
    assert mark_of(here.main.channel, KEY) in marks
    assert told["flags"] & 1 << 15


async def test_a_post_in_a_forum_is_edited_where_it_stands(here):
    forum = await here.place(kind=FORUM)
    receipt = await posted(here, forum)
    assert await here.publisher.edit(forum, receipt, RIGHT) == Sent(receipt)
    assert await here.publisher.find(forum, KEY) == Sent(receipt)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param({"gone": True}, "channel of the post is gone", id="channel-gone"),
        pytest.param({"bits": USUAL & ~VIEW}, "cannot see", id="no-access"),
        pytest.param({"bits": USUAL & ~HISTORY}, "history", id="no-history"),
        pytest.param({"kind": 11, "archived": True}, "archived", id="archived"),
    ],
)
async def test_where_the_channel_no_longer_lets_it_a_sentence_says_why(here, change, says):
    receipt = await posted(here)
    parent = {"parent": here.other.channel} if "archived" in change else {}
    await here.remote.channel(id=here.main.channel, **change, **parent)
    refused = await here.publisher.edit(here.main, receipt, RIGHT)
    assert isinstance(refused, Refused)
    assert says in refused.reason
    assert refused.reason.endswith(".")
    assert not refused.channel_lost, "what cannot be changed says nothing of what can be posted"


async def test_a_post_that_was_deleted_is_gone(here):
    receipt = await posted(here)
    await here.client.get_partial_messageable(int(here.main.channel)).get_partial_message(int(receipt.rpartition("/")[2])).delete()
    assert await here.publisher.edit(here.main, receipt, RIGHT) == GONE


async def test_another_s_message_is_not_ours_to_change(here):
    [told] = await here.remote.says(here.main.channel)
    refused = await here.publisher.edit(here.main, f"discord:{here.main.channel}/{told}", RIGHT)
    assert isinstance(refused, Refused)
    assert "another application" in refused.reason


@pytest.mark.parametrize(
    ("fault", "least"),
    [
        pytest.param({"status": 400, "code": 30046, "does": False}, timedelta(minutes=10), id="old-posts-are-throttled"),
        pytest.param({"status": 429, "retry_after": 300, "does": False}, timedelta(minutes=5), id="asked-to-wait"),
        pytest.param({"status": 503, "does": False, "times": 9}, timedelta(seconds=1), id="down"),
        pytest.param({"cut": "all", "times": 9}, timedelta(seconds=1), id="cut-off"),
    ],
)
async def test_what_passes_by_itself_is_tried_again_after_a_while(here, monkeypatch, fault, least):
    monkeypatch.setattr("discord.http.asyncio.sleep", at_once)
    receipt = await posted(here)
    await here.remote.fault("PATCH", EDITS, **fault)
    again = await here.publisher.edit(here.main, receipt, RIGHT)
    assert isinstance(again, Again)
    assert again.after >= least
    assert again.reason.endswith(".")


async def at_once(*_):
    """Nobody waits in a test."""


async def test_an_edit_whose_answer_was_lost_and_that_is_made_again_is_one_edit(here, monkeypatch):
    monkeypatch.setattr("discord.http.asyncio.sleep", at_once)
    receipt = await posted(here)
    await here.remote.fault("PATCH", EDITS, cut="all")
    outcomes = [await here.publisher.edit(here.main, receipt, RIGHT) for _ in range(2)]
    assert outcomes[-1] == Sent(receipt)
    assert len(await here.remote.messages(here.main.channel)) == 1


async def test_a_pace_that_leaves_no_turn_is_again_and_asks_nothing(discords):
    pace = Pace()
    async with on_discord(discords.base, pace=pace) as here:
        receipt = f"discord:{here.main.channel}/1"
        pace.hold(900)
        again = await here.publisher.edit(here.main, receipt, RIGHT)
        assert isinstance(again, Again)
        assert await here.remote.requests("PATCH", EDITS) == []


def long(characters):
    return Message("", (Section("One", tuple(Line(words("x" * 400)) for _ in range(characters // 400))),), only_asker=False)


async def test_what_was_corrected_may_take_the_room_a_post_leaves_and_no_more(here):
    receipt = await posted(here)
    assert here.publisher.split(long(3_800)) != (long(3_800),)
    assert isinstance(await here.publisher.edit(here.main, receipt, long(3_800)), Sent)
    refused = await here.publisher.edit(here.main, receipt, long(4_400))
    assert isinstance(refused, Refused)
    assert "longer than Discord allows" in refused.reason


async def test_while_the_store_is_down_an_edit_is_tried_again(discords, monkeypatch):
    async with on_discord(discords.base) as here:
        receipt = await posted(here)

        async def down(self, space, lines):
            raise StorageDown("The store cannot be reached.")

        monkeypatch.setattr(KeptAsks, "keep_all", down)
        assert isinstance(await here.publisher.edit(here.main, receipt, RIGHT), Again)


async def test_a_role_is_no_person_and_a_person_without_server_is_one(here):
    await here.remote.note("bot", nobody=["77777"])
    assert await here.publisher.direct("discord:77777") is None
    theirs = await here.publisher.direct("discord:4711")
    assert theirs == Place(f"discord:dm-{theirs.channel}", theirs.channel)


async def test_whoever_takes_no_messages_has_a_channel_that_refuses(here):
    await here.remote.note("bot", refusing=["4712"])
    theirs = await here.publisher.direct("discord:4712")
    assert isinstance(await here.publisher.publish(theirs, a_message(), KEY), Refused)
