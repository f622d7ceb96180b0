"""What every publisher owes the ledger."""

import asyncio
import errno
import json
import re
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import pytest

from adapters.console.channel import ConsoleChannel
from adapters.example.chat import ExampleChat
from adapters.slack.pace import Pace
from briefs.digest import Again, Later, Place, Refused, Sent
from briefs.message import Section
from briefs.message_json import to_json
from briefs.ports import Absent, Publisher
from briefs.ports.publisher import POSTED_WITHIN
from tests.adapters.discord.publishing import on_discord
from tests.adapters.slack.publishing import on_slack
from tests.builders import a_message
from tests.fakes import FakePublisher
from tests.gallery import GALLERY, texts
from tests.loopback.discord_world import HISTORY, USUAL
from tests.loopback.process import started

KEY = "digest:console:main:daily:2026-11-22:1"


HTTPS = re.compile(r"https://[!-~]+")


async def nothing():
    """Nothing keeps anybody from reading what lies in memory."""


@dataclass(frozen=True, slots=True)
class On:
    """A publisher and two channels it posts to.

    Args:
        passes: keeps it from reading for a moment.
        lasts: keeps it from reading until somebody mends it.
        edits: its posts can be changed.
        shows: all that somebody in a channel sees of its posts as they stand, in whatever form; None: only itself knows.
        loses: takes a post of the channel away, given its receipt; None: nobody can.
        person: somebody who can be told something in private there, as the settings name people; empty: nobody can.
    """

    publisher: Publisher
    main: Place
    other: Place
    passes: Callable[[], Awaitable[object]] = nothing
    lasts: Callable[[], Awaitable[object]] = nothing
    addressed: bool = False
    edits: bool = True
    shows: Callable[[Place], Awaitable[str]] | None = None
    loses: Callable[[Place, str], Awaitable[object]] | None = None
    person: str = ""


@pytest.fixture(scope="module")
def platforms():
    """Discord and Slack as processes of their own; each test has a bot of its own there."""
    with started("tests.loopback.discord") as discord, started("tests.loopback.slack") as slack:
        yield {"discord": discord.base, "slack": slack.base}


@asynccontextmanager
async def opened(name, folder, request):
    if name == "discord":
        async with on_discord(request.getfixturevalue("platforms")["discord"]) as on:
            down = partial(on.remote.fault, "GET", "/messages$", status=503)
            blind = partial(on.remote.channel, id=on.main.channel, bits=USUAL & ~HISTORY)

            async def shows(place):
                return json.dumps(await on.remote.messages(place.channel))

            async def loses(place, receipt):
                await on.client.get_partial_messageable(int(place.channel)).get_partial_message(int(receipt.rpartition("/")[2])).delete()

            yield On(on.publisher, on.main, on.other, down, blind, addressed=True, shows=shows, loses=loses, person="discord:4711")
    elif name == "slack":
        async with on_slack(request.getfixturevalue("platforms")["slack"], pace=Pace(sleep=at_once)) as on:
            down = partial(on.remote.fault, "conversations.history", status=503, body="<html>")
            blind = partial(on.remote.note, "workspace", scopes=["chat:write"])
            yield On(on.publisher, on.main, on.other, down, blind, addressed=True)
    else:
        yield HERE[name](folder)


async def at_once(_):
    """Nobody waits in a test."""


def on_the_console(folder):
    channel = ConsoleChannel(folder / "deep" / "channel.jsonl")

    async def down():
        def lines(_):
            channel.__dict__.pop("_lines")
            raise OSError(errno.EIO, "Input/output error")

        channel._lines = lines

    async def gone():
        channel.path.unlink()
        channel.path.mkdir()

    async def shows(place):
        newest = {post.receipt: to_json(post.message) for post in channel.posts_from(0)}
        return "".join(newest.values())

    async def loses(place, receipt):
        channel.path.write_bytes(b"")

    main, other = Place("console", "main"), Place("console", "other")
    return On(channel, main, other, down, gone, shows=shows, loses=loses, person="console:somebody")


def in_the_example(_):
    return On(ExampleChat("token", 0), Place("example", "main"), Place("example", "other"), edits=False)


def on_the_fake(_):
    fake = FakePublisher()

    async def down():
        fake.passing = Later(timedelta(minutes=1), "It is down.")

    async def blind():
        fake.passing, fake.readable = None, False

    async def shows(place):
        return "".join(to_json(message) for where, _, message in fake.posts if where == place)

    async def loses(place, receipt):
        fake.posts.clear()

    main, other = Place("fake", "main"), Place("fake", "other")
    return On(fake, main, other, down, blind, addressed=True, shows=shows, loses=loses, person="fake:4711")


HERE = {"console": on_the_console, "example": in_the_example, "fake": on_the_fake}


@pytest.fixture(params=[*HERE, "discord", "slack"])
async def on(request, tmp_path):
    async with opened(request.param, tmp_path, request) as there:
        yield there


async def test_at_least_one_post_is_worth_having_under_way(on):
    assert on.publisher.at_once >= 1


async def test_what_was_published_is_found_with_the_same_receipt(on):
    sent = await on.publisher.publish(on.main, a_message(), KEY)
    assert isinstance(sent, Sent)
    assert sent.receipt
    assert await on.publisher.find(on.main, KEY) == sent


async def test_before_anything_was_published_every_key_is_absent(on):
    assert await on.publisher.find(on.main, KEY) is Absent.ABSENT


async def test_an_unknown_key_is_absent(on):
    await on.publisher.publish(on.main, a_message(), KEY)
    assert await on.publisher.find(on.main, f"{KEY}0") is Absent.ABSENT
    assert await on.publisher.find(on.main, KEY[:-1]) is Absent.ABSENT


async def test_another_channels_post_is_not_found(on):
    await on.publisher.publish(on.main, a_message(), KEY)
    assert await on.publisher.find(on.other, KEY) is Absent.ABSENT


async def test_two_keys_are_two_posts(on):
    one = await on.publisher.publish(on.main, a_message(), KEY)
    two = await on.publisher.publish(on.main, a_message(), f"{KEY}0")
    assert one.receipt != two.receipt
    assert await on.publisher.find(on.main, KEY) == one
    assert await on.publisher.find(on.main, f"{KEY}0") == two


@pytest.mark.parametrize("key", ['quo"te', "back\\slash", "line\nend", "ünïcode·key", "\u202e", "k" * 500], ids=ascii)
async def test_any_key_is_found_again(on, key):
    sent = await on.publisher.publish(on.main, a_message(), key)
    assert await on.publisher.find(on.main, key) == sent


async def test_where_a_post_can_be_seen_is_an_https_address_or_nothing(on):
    sent = await on.publisher.publish(on.main, a_message(), KEY)
    where = on.publisher.address(on.main, sent.receipt)
    assert bool(HTTPS.fullmatch(where)) is on.addressed
    assert where == "" or on.addressed


@pytest.mark.parametrize("space", [None, "", "console", "discord:", "discord:x", "slack:", "slack:T/1", "a\nb"])
async def test_what_is_no_receipt_has_no_address_and_is_no_error(on, space):
    place = on.main if space is None else Place(space, "main")
    for receipt in ("", "?", "console:", "slack:C1", "slack:C1/1", "discord:1/x", "discord:", "x" * 500, "a\nb", "discord:\u0661/1"):
        assert on.publisher.address(place, receipt) == ""
    sent = await on.publisher.publish(on.main, a_message(), KEY)
    where = on.publisher.address(place, sent.receipt)  # another space's receipt
    assert where == "" or HTTPS.fullmatch(where)


async def test_what_keeps_it_from_reading_for_a_moment_is_looked_at_later(on):
    await on.publisher.publish(on.main, a_message(), KEY)
    if on.passes is nothing:
        return
    await on.passes()
    found = await on.publisher.find(on.main, KEY)
    assert isinstance(found, Later)
    assert found.after > timedelta()
    assert found.reason.endswith(".")


async def test_what_keeps_it_from_reading_until_it_is_mended_cannot_be_told(on):
    await on.publisher.publish(on.main, a_message(), KEY)
    if on.lasts is nothing:
        return
    await on.lasts()
    assert await on.publisher.find(on.main, KEY) is Absent.CANNOT_TELL


async def test_a_post_and_a_look_end_within_what_the_port_says(on):
    """Each adapter's own waits are in its own tests, on clocks that nobody waits for; see `POSTED_WITHIN`."""
    async with asyncio.timeout(POSTED_WITHIN.total_seconds()):
        assert isinstance(await on.publisher.publish(on.main, a_message(), KEY), Sent)
        assert isinstance(await on.publisher.find(on.main, KEY), Sent)


async def test_a_message_is_split_into_messages_of_which_each_can_be_posted_and_none_is_lost(on):
    parts = on.publisher.split(GALLERY)
    assert [isinstance(await on.publisher.publish(on.main, part, f"{KEY}:{n}"), Sent) for n, part in enumerate(parts)] == [True] * len(
        parts
    )
    told = " ".join(texts(tuple(block for part in parts for block in part.blocks)))
    assert all(line in told for line in texts(tuple(block for block in GALLERY.blocks if isinstance(block, Section))))


async def test_a_short_message_is_not_split(on):
    assert on.publisher.split(a_message()) == (a_message(),)


async def test_telling_somebody_says_whether_it_was_told_and_never_raises(on):
    assert await on.publisher.tell(on.main.space, "4711", a_message()) in {True, False}


@pytest.fixture
def changing(on):
    """A publisher whose posts can be changed."""
    if not on.edits:
        pytest.skip("its posts cannot be changed; see the test of that")
    return on


async def test_an_edit_takes_the_place_of_the_post_and_nobody_else_s(changing):
    on = changing
    first = await on.publisher.publish(on.main, a_message("Sixty were counted."), KEY)
    await on.publisher.publish(on.main, a_message("Nothing else changed."), f"{KEY}0")
    assert await on.publisher.edit(on.main, first.receipt, a_message("Sixteen were counted.")) == first
    if on.shows is not None:
        shown = await on.shows(on.main)
        assert [text in shown for text in ("Sixteen were", "Sixty were", "Nothing else")] == [True, False, True]


@pytest.mark.parametrize("message", [GALLERY, a_message("Nothing to press.")], ids=["with-presses", "without"])
async def test_what_was_edited_is_found_by_its_key_as_before(changing, message):
    on = changing
    first = await on.publisher.publish(on.main, on.publisher.split(GALLERY)[0], KEY)
    edited = await on.publisher.edit(on.main, first.receipt, on.publisher.split(message)[0])
    assert isinstance(edited, Sent)
    assert await on.publisher.find(on.main, KEY) == first
    assert await on.publisher.find(on.main, f"{KEY}0") is Absent.ABSENT


async def test_the_same_edit_twice_leaves_the_same_post(changing):
    on = changing
    first = await on.publisher.publish(on.main, a_message("Sixty were counted."), KEY)
    shown = []
    for _ in range(2):
        assert await on.publisher.edit(on.main, first.receipt, a_message("Sixteen were counted.")) == first
        shown.append("" if on.shows is None else (await on.shows(on.main)).count("Sixteen were counted."))
    assert shown[0] == shown[1]


async def test_an_edit_after_an_edit_is_what_stands(changing):
    on = changing
    first = await on.publisher.publish(on.main, a_message("Sixty were counted."), KEY)
    for text in ("Sixteen were counted.", "Six were counted.", "Sixteen were counted."):
        assert isinstance(await on.publisher.edit(on.main, first.receipt, a_message(text)), Sent)
    if on.shows is not None:
        shown = await on.shows(on.main)
        assert ("Sixteen were" in shown, "Six were" in shown) == (True, False)


async def test_a_post_that_is_gone_cannot_be_edited(changing):
    on = changing
    first = await on.publisher.publish(on.main, a_message(), KEY)
    if on.loses is None:
        return
    await on.loses(on.main, first.receipt)
    refused = await on.publisher.edit(on.main, first.receipt, a_message("Good evening."))
    assert isinstance(refused, Refused)
    assert refused.reason.endswith(".")
    assert not refused.channel_lost


async def test_what_is_no_receipt_names_no_post_to_edit_and_is_no_error(on):
    await on.publisher.publish(on.main, a_message(), KEY)
    for receipt in ("", "?", "console:", "console:9999", "slack:C1", "slack:C1/1", "discord:1/x", "discord:", "x" * 500, "a\nb"):
        assert isinstance(await on.publisher.edit(on.main, receipt, a_message("Good evening.")), Refused)


async def test_where_posts_cannot_be_changed_a_sentence_says_so(on):
    first = await on.publisher.publish(on.main, a_message(), KEY)
    edited = await on.publisher.edit(on.main, first.receipt, a_message("Good evening."))
    assert isinstance(edited, Sent if on.edits else Refused)
    assert on.edits or edited.reason.endswith(".")


async def test_an_edit_that_is_kept_from_its_post_for_a_moment_is_tried_again(changing):
    on = changing
    first = await on.publisher.publish(on.main, a_message(), KEY)
    if on.passes is nothing or isinstance(on.publisher, FakePublisher):
        return
    await on.passes()
    edited = await on.publisher.edit(on.main, first.receipt, a_message("Good evening."))
    assert edited == first or (isinstance(edited, Again) and edited.after > timedelta() and edited.reason.endswith("."))


async def test_what_is_said_to_one_person_in_private_is_a_post_like_any_other(on):
    if not on.person:
        return
    theirs = await on.publisher.direct(on.person)
    assert await on.publisher.direct(on.person) == theirs
    assert theirs.platform == on.person.partition(":")[0]
    sent = await on.publisher.publish(theirs, a_message(), KEY)
    assert await on.publisher.find(theirs, KEY) == sent
    assert await on.publisher.edit(theirs, sent.receipt, a_message("Good evening.")) == sent
    assert await on.publisher.find(theirs, KEY) == sent
    assert await on.publisher.find(on.other, KEY) is Absent.ABSENT


@pytest.mark.parametrize("person", ["", ":", "nobody", "discord:", "discord:x", "slack:", "slack:T1", "console:", "a\nb", "x" * 500])
async def test_whoever_is_nobody_has_no_channel_and_is_no_error(on, person):
    assert await on.publisher.direct(person) is None
