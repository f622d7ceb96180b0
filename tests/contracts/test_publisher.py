"""What every publisher owes the ledger."""

import pytest

from adapters.console.channel import ConsoleChannel
from adapters.example.chat import ExampleChat
from briefs.digest import Place, Sent
from briefs.message import Section
from briefs.ports import Absent
from tests.builders import a_message
from tests.fakes import FakePublisher
from tests.gallery import GALLERY, texts

MAIN = Place("console", "main")
OTHER = Place("console", "other")

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
    sent = await publisher.publish(MAIN, a_message(), KEY)
    assert isinstance(sent, Sent)
    assert sent.receipt
    assert await publisher.find(MAIN, KEY) == sent


async def test_before_anything_was_published_every_key_is_absent(publisher):
    assert await publisher.find(MAIN, KEY) is Absent.ABSENT


async def test_an_unknown_key_is_absent(publisher):
    await publisher.publish(MAIN, a_message(), KEY)
    assert await publisher.find(MAIN, f"{KEY}0") is Absent.ABSENT
    assert await publisher.find(MAIN, KEY[:-1]) is Absent.ABSENT


async def test_another_channels_post_is_not_found(publisher):
    await publisher.publish(MAIN, a_message(), KEY)
    assert await publisher.find(OTHER, KEY) is Absent.ABSENT


async def test_two_keys_are_two_posts(publisher):
    one = await publisher.publish(MAIN, a_message(), KEY)
    two = await publisher.publish(MAIN, a_message(), f"{KEY}0")
    assert one.receipt != two.receipt
    assert await publisher.find(MAIN, KEY) == one
    assert await publisher.find(MAIN, f"{KEY}0") == two


@pytest.mark.parametrize("key", ['quo"te', "back\\slash", "line\nend", "ünïcode·key", "\u202e", "k" * 500], ids=ascii)
async def test_any_key_is_found_again(publisher, key):
    sent = await publisher.publish(MAIN, a_message(), key)
    assert await publisher.find(MAIN, key) == sent


async def test_a_message_is_split_into_messages_of_which_each_can_be_posted_and_none_is_lost(publisher):
    parts = publisher.split(GALLERY)
    assert [isinstance(await publisher.publish(MAIN, part, f"{KEY}:{n}"), Sent) for n, part in enumerate(parts)] == [True] * len(parts)
    told = " ".join(texts(tuple(block for part in parts for block in part.blocks)))
    assert all(line in told for line in texts(tuple(block for block in GALLERY.blocks if isinstance(block, Section))))


async def test_a_short_message_is_not_split(publisher):
    assert publisher.split(a_message()) == (a_message(),)


async def test_telling_somebody_says_whether_it_was_told_and_never_raises(publisher):
    assert await publisher.tell(MAIN.space, "4711", a_message()) in {True, False}
