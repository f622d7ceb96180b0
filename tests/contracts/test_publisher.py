"""What every publisher owes the ledger."""

import pytest

from adapters.console.channel import ConsoleChannel
from adapters.example.chat import ExampleChat
from briefs.digest import Sent
from briefs.ports import Absent
from tests.builders import a_message
from tests.fakes import FakePublisher

PUBLISHERS = {
    "console": lambda folder: ConsoleChannel(folder / "deep" / "channel.jsonl"),
    "example": lambda folder: ExampleChat("token", 0),
    "fake": lambda folder: FakePublisher(),
}
KEY = "digest:console:main:daily:2026-11-22:1"


@pytest.fixture(params=PUBLISHERS)
def publisher(request, tmp_path):
    return PUBLISHERS[request.param](tmp_path)


async def test_what_was_published_is_found_with_the_same_receipt(publisher):
    sent = await publisher.publish("main", a_message(), KEY)
    assert isinstance(sent, Sent)
    assert sent.receipt
    assert await publisher.find("main", KEY) == sent


async def test_before_anything_was_published_every_key_is_absent(publisher):
    assert await publisher.find("main", KEY) is Absent.ABSENT


async def test_an_unknown_key_is_absent(publisher):
    await publisher.publish("main", a_message(), KEY)
    assert await publisher.find("main", f"{KEY}0") is Absent.ABSENT
    assert await publisher.find("main", KEY[:-1]) is Absent.ABSENT


async def test_another_channels_post_is_not_found(publisher):
    await publisher.publish("main", a_message(), KEY)
    assert await publisher.find("other", KEY) is Absent.ABSENT


async def test_two_keys_are_two_posts(publisher):
    one = await publisher.publish("main", a_message(), KEY)
    two = await publisher.publish("main", a_message(), f"{KEY}0")
    assert one.receipt != two.receipt
    assert await publisher.find("main", KEY) == one
    assert await publisher.find("main", f"{KEY}0") == two


@pytest.mark.parametrize("key", ['quo"te', "back\\slash", "line\nend", "ünïcode·key", "\u202e", "k" * 500], ids=ascii)
async def test_any_key_is_found_again(publisher, key):
    sent = await publisher.publish("main", a_message(), key)
    assert await publisher.find("main", key) == sent
