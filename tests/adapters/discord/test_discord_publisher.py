"""The publisher of Discord, with the real discord.py, in front of a Discord of our own in its own process."""

import pytest

from adapters.discord.keys import mark_of
from adapters.discord.pace import Pace
from briefs.digest import Again, Later, Place, Refused, Sent
from briefs.errors import StorageDown
from briefs.message import Button, Buttons, Line, Message, Prose, Section, words
from briefs.ports import Absent
from tests.adapters.discord.publishing import KeptAsks, on_discord
from tests.builders import a_message
from tests.gallery import GALLERY, NASTY
from tests.loopback.discord_world import FORUM, SEND, USUAL, VIEW
from tests.loopback.process import started

KEY = "digest:discord:1:2:daily:2026-11-22:1"
SILENT, V2 = 1 << 12, 1 << 15
LONG_LINE = f"/find {'a word ' * 20}"


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
    """How many messages the bot has in the channel, as its readers see it."""
    return len(await here.remote.messages((place or here.main).channel))


async def test_one_key_in_two_channels_is_two_posts(here):
    """Discord tells nonces apart by author alone: with one nonce the second channel would get nothing."""
    one = await here.publisher.publish(here.main, a_message(), KEY)
    assert await here.publisher.find(here.other, KEY) is Absent.ABSENT
    two = await here.publisher.publish(here.other, a_message(), KEY)
    assert await here.publisher.find(here.other, KEY) == two != one
    assert (await posted(here), await posted(here, here.other)) == (1, 1)


# What is sent.


async def test_a_post_is_silent_mentions_nobody_and_carries_its_nonce(here):
    await here.publisher.publish(here.main, Message(NASTY, (Prose(words(NASTY)),)), KEY)
    [request] = await here.remote.requests()
    body = request["body"]
    assert body["allowed_mentions"] == {"parse": []}
    assert body["flags"] == SILENT | V2
    assert (body["nonce"], body["enforce_nonce"]) == (mark_of(here.main.channel, KEY), True)


async def test_a_message_with_everything_in_it_is_split_into_parts_that_discord_takes(here):
    parts = here.publisher.split(GALLERY)
    assert len(parts) > 1
    outcomes = [await here.publisher.publish(here.main, part, f"{KEY}{number}") for number, part in enumerate(parts)]
    assert all(isinstance(outcome, Sent) for outcome in outcomes)
    assert await posted(here) == len(parts)


async def test_a_part_that_is_full_leaves_room_for_its_mark(here):
    """The mark needs a button, be there none in the message."""
    full = Message("x", (Prose(words("A line.")),) * 35)
    parts = here.publisher.split(full)
    assert [await here.publisher.publish(here.main, part, f"{KEY}{number}") for number, part in enumerate(parts)] == [
        await here.publisher.find(here.main, f"{KEY}{number}") for number in range(len(parts))
    ]


async def test_a_message_that_was_not_split_is_refused_as_a_fault_and_nothing_is_sent(here, caplog):
    outcome = await here.publisher.publish(here.main, GALLERY, KEY)
    assert isinstance(outcome, Refused)
    assert "fault of the bot" in outcome.reason
    assert "does not fit" in caplog.text
    assert await here.remote.requests() == []


async def test_lines_too_long_for_a_button_are_kept_for_the_space(here):
    await here.publisher.publish(here.main, Message("x", (Buttons((Button("Find", LONG_LINE),)),)), KEY)
    assert list(here.asks.lines.values()) == [LONG_LINE]
    assert {space for space, _ in here.asks.lines} == {here.main.space}
    assert isinstance(await here.publisher.find(here.main, KEY), Sent)


@pytest.mark.parametrize("length", [60, 71, 72, 80, 94, 95])
async def test_a_first_line_of_any_length_leaves_room_for_the_mark(here, length):
    line = f"/find {'x' * (length - 6)}"
    assert isinstance(await here.publisher.publish(here.main, Message("x", (Buttons((Button("Find", line),)),)), KEY), Sent)
    assert isinstance(await here.publisher.find(here.main, KEY), Sent)


async def test_while_the_store_is_down_nothing_is_sent_and_it_is_tried_again(discords):
    class Down(KeptAsks):
        async def keep_all(self, space, lines):
            raise StorageDown("The store cannot be reached.")

    async with on_discord(discords.base) as here:
        here.publisher._asks = Down()
        assert isinstance(await here.publisher.publish(here.main, a_message(), KEY), Again)
        assert await here.remote.requests() == []


async def test_a_channel_that_is_no_number_is_gone(here):
    nowhere = Place(here.main.space, "general")
    assert (await here.publisher.publish(nowhere, a_message(), KEY)).channel_lost
    assert await here.publisher.find(nowhere, KEY) is Absent.CANNOT_TELL


async def test_a_post_is_seen_where_its_receipt_says(here):
    sent = await here.publisher.publish(here.main, a_message(), KEY)
    [told] = await here.remote.messages(here.main.channel)
    where = f"https://discord.com/channels/{here.remote.guild}/{here.main.channel}/{told['id']}"
    assert here.publisher.address(here.main, sent.receipt) == where
    assert here.publisher.address(Place("discord:dm-77", "77"), "discord:77/88") == "https://discord.com/channels/@me/77/88"


async def test_every_request_waits_for_its_turn(discords):
    turns = []

    class Turns(Pace):
        async def turn(self, route="", patience=0.0):
            turns.append(route)
            return 0.0

    pace = Turns()
    async with on_discord(discords.base, pace=pace) as here:
        turns.clear()
        await here.publisher.publish(here.main, a_message(), KEY)
        assert turns == [f"POST /api/v10/channels/{here.main.channel}/messages"]
        turns.clear()
        await here.publisher.find(here.main, KEY)
        assert [turn.rpartition("/")[2] for turn in turns] == [here.main.channel, here.remote.guild, "…", here.main.channel, "messages"]
        turns.clear()
        forum = await here.place(kind=FORUM)
        await here.publisher.publish(forum, a_message(), KEY)
        assert [turn.partition(" ")[0] for turn in turns] == ["POST", "GET", "POST"]
        turns.clear()
        await here.publisher.tell(here.main.space, "900", a_message())
        assert len(turns) == 2


# Refusals.


@pytest.mark.parametrize(
    ("bits", "word"), [pytest.param(USUAL & ~VIEW, "View Channel", id="blind"), pytest.param(USUAL & ~SEND, "Send Messages", id="mute")]
)
async def test_a_403_loses_the_channel_and_is_never_repeated(here, bits, word):
    await here.remote.channel(id=here.main.channel, bits=bits)
    outcome = await here.publisher.publish(here.main, a_message(), KEY)
    assert isinstance(outcome, Refused)
    assert outcome.channel_lost
    assert word in outcome.reason
    assert len(await here.remote.requests()) == 1


async def test_a_channel_that_is_gone_is_lost_and_cannot_be_read(here):
    await here.remote.channel(id=here.main.channel, gone=True)
    assert (await here.publisher.publish(here.main, a_message(), KEY)).channel_lost
    assert await here.publisher.find(here.main, KEY) is Absent.CANNOT_TELL


async def test_a_form_that_discord_refuses_is_refused_for_good_and_logged(here, caplog):
    await here.remote.fault(status=400, code=50035, does=False)
    outcome = await here.publisher.publish(here.main, a_message(), KEY)
    assert isinstance(outcome, Refused)
    assert not outcome.channel_lost
    assert "refused the form" in caplog.text
    assert len(await here.remote.requests()) == 1


async def test_after_a_401_nothing_is_asked_of_discord_any_more(here, caplog):
    await here.remote.fault(status=401, does=False)
    assert isinstance(await here.publisher.publish(here.main, a_message(), KEY), Again)
    assert here.publisher.stopped
    assert "token" in caplog.text
    before = len(await here.remote.requests("", "") + await here.remote.requests("GET", ""))
    assert isinstance(await here.publisher.publish(here.main, a_message(), KEY), Again)
    assert isinstance(await here.publisher.find(here.main, KEY), Later)
    assert not await here.publisher.tell(here.main.space, "900", a_message())
    assert len(await here.remote.requests("", "") + await here.remote.requests("GET", "")) == before
    assert len(await here.remote.requests()) == 1


# Telling one person.


async def direct(here):
    return [told for told in (await here.remote.seen())["channels"].values() if told["type"] == 1]


async def test_a_person_is_told_in_a_direct_message(here):
    assert await here.publisher.tell(here.main.space, "900", a_message())
    [channel] = await direct(here)
    assert [person["id"] for person in channel["recipients"]] == ["900"]
    assert len(channel["messages"]) == 1
    [request] = await here.remote.requests()
    assert request["body"]["allowed_mentions"] == {"parse": []}


async def test_what_is_pressed_in_a_direct_message_is_recalled_there(here):
    assert await here.publisher.tell(here.main.space, "900", Message("x", (Buttons((Button("Find", LONG_LINE),)),)))
    [channel] = await direct(here)
    assert {space for space, _ in here.asks.lines} == {f"discord:dm-{channel['id']}"}


async def test_a_long_message_to_a_person_comes_as_several(here):
    long = Message("x", (Section("x", tuple(Line(words("a line of many words " * 20)) for _ in range(20))),))
    assert await here.publisher.tell(here.main.space, "900", long)
    [channel] = await direct(here)
    assert len(channel["messages"]) > 1


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param({"status": 403, "code": 50007}, id="refuses"),
        pytest.param({"status": 400, "code": 40003}, id="too-many"),
        pytest.param({"cut": "all"}, id="cut"),
        pytest.param({"body": "<html>"}, id="no-json"),
    ],
)
@pytest.mark.parametrize("path", ["/users/@me/channels$", "/messages$"], ids=["opening", "sending"])
async def test_who_cannot_be_told_is_no_error(here, fault, path):
    await here.remote.fault(path=path, **fault)
    assert not await here.publisher.tell(here.main.space, "900", a_message())


async def test_who_takes_no_messages_cannot_be_told(discords):
    async with on_discord(discords.base) as here:
        await here.remote.note("bot", refusing=["901"])
        assert not await here.publisher.tell(here.main.space, "901", a_message())
        assert not await here.publisher.tell(here.main.space, "somebody", a_message())
