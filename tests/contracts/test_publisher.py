"""What every publisher owes the ledger."""

from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from adapters.console.channel import ConsoleChannel
from adapters.example.chat import ExampleChat
from adapters.slack.pace import Pace
from briefs.digest import Place, Sent
from briefs.message import Section
from briefs.ports import Absent, Publisher
from tests.adapters.discord.publishing import on_discord
from tests.adapters.slack.publishing import on_slack
from tests.builders import a_message
from tests.fakes import FakePublisher
from tests.gallery import GALLERY, texts
from tests.loopback.process import started

KEY = "digest:console:main:daily:2026-11-22:1"


@dataclass(frozen=True, slots=True)
class On:
    """A publisher and two channels it posts to."""

    publisher: Publisher
    main: Place
    other: Place


@pytest.fixture(scope="module")
def platforms():
    """Discord and Slack as processes of their own; each test has a bot of its own there."""
    with started("tests.loopback.discord") as discord, started("tests.loopback.slack") as slack:
        yield {"discord": discord.base, "slack": slack.base}


@asynccontextmanager
async def opened(name, folder, request):
    if name == "discord":
        async with on_discord(request.getfixturevalue("platforms")["discord"]) as on:
            yield on
    elif name == "slack":
        async with on_slack(request.getfixturevalue("platforms")["slack"], pace=Pace(sleep=at_once)) as on:
            yield on
    else:
        yield On(HERE[name](folder), Place(name, "main"), Place(name, "other"))


async def at_once(_):
    """Nobody waits in a test."""


HERE = {
    "console": lambda folder: ConsoleChannel(folder / "deep" / "channel.jsonl"),
    "example": lambda folder: ExampleChat("token", 0),
    "fake": lambda folder: FakePublisher(),
}


@pytest.fixture(params=[*HERE, "discord", "slack"])
async def on(request, tmp_path):
    async with opened(request.param, tmp_path, request) as there:
        yield there


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
