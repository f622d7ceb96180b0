"""What every publisher owes the ledger."""

import asyncio
import errno
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
from briefs.digest import Later, Place, Sent
from briefs.message import Section
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
    """

    publisher: Publisher
    main: Place
    other: Place
    passes: Callable[[], Awaitable[object]] = nothing
    lasts: Callable[[], Awaitable[object]] = nothing
    addressed: bool = False


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
            yield On(on.publisher, on.main, on.other, down, blind, addressed=True)
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

    return On(channel, Place("console", "main"), Place("console", "other"), down, gone)


def in_the_example(_):
    return On(ExampleChat("token", 0), Place("example", "main"), Place("example", "other"))


def on_the_fake(_):
    fake = FakePublisher()

    async def down():
        fake.passing = Later(timedelta(minutes=1), "It is down.")

    async def blind():
        fake.passing, fake.readable = None, False

    return On(fake, Place("fake", "main"), Place("fake", "other"), down, blind, addressed=True)


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
