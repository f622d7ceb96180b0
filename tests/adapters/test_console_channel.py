"""The console's channel: what survives crashes, full disks and missing rights."""

import asyncio
import errno
import fcntl
import os
import stat
from datetime import timedelta

import pytest

from adapters.console.channel import LOCKED_MAX, ConsoleChannel
from briefs.digest import Again, Later, Place, Refused, Sent, Unknown
from briefs.ports import Absent
from briefs.ports.publisher import POSTED_WITHIN
from tests.builders import a_message
from tests.gallery import GALLERY

MAIN = Place("console", "main")


@pytest.fixture
def channel(tmp_path):
    return ConsoleChannel(tmp_path / "channel.jsonl")


async def test_the_file_is_its_owners_alone(channel):
    await channel.publish(MAIN, a_message(), "k")
    channel.mark_seen(channel.unseen()[0])
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in channel.path.parent.iterdir()}
    assert modes == {"channel.jsonl": 0o600, "channel.jsonl.seen": 0o600}


async def test_whoever_listens_hears_every_post(channel):
    heard = []
    channel.on_post = heard.append
    await channel.publish(MAIN, GALLERY, "k")
    assert heard == [GALLERY]


async def test_posts_wait_until_they_are_seen_by_anybody(channel):
    await channel.publish(MAIN, GALLERY, "one")
    await channel.publish(MAIN, a_message(), "two")
    assert [post.key for post in channel.unseen()] == ["one", "two"]
    channel.mark_seen(channel.unseen()[0])
    later = ConsoleChannel(channel.path)
    assert [(post.key, post.message) for post in later.unseen()] == [("two", a_message())]


async def test_what_was_seen_is_never_unseen_again(channel):
    await channel.publish(MAIN, a_message(), "one")
    await channel.publish(MAIN, a_message(), "two")
    one, two = channel.unseen()
    channel.mark_seen(two)
    channel.mark_seen(one)
    assert channel.unseen() == ()


@pytest.mark.parametrize("note", ["", "no number", "-3", "999999999"])
async def test_a_broken_note_of_what_was_seen_hides_nothing(channel, note):
    await channel.publish(MAIN, a_message(), "one")
    channel.path.with_name("channel.jsonl.seen").write_text(note)
    assert [post.key for post in channel.unseen()] == ["one"]


@pytest.mark.parametrize("kept", [1, 0.5, 0.99])
async def test_a_line_cut_by_a_crash_is_nobodys_post(channel, kept):
    await channel.publish(MAIN, a_message(), "one")
    whole = channel.path.read_bytes()
    line = whole.replace(b'"one"', b'"cut"')
    channel.path.write_bytes(whole + (line[: int(len(line) * kept) - 1] if kept < 1 else line[:1]))
    assert await channel.find(MAIN, "cut") is Absent.ABSENT
    assert [post.key for post in channel.unseen()] == ["one"]
    sent = await channel.publish(MAIN, a_message(), "two")
    assert await channel.find(MAIN, "two") == sent
    assert [post.key for post in channel.unseen()] == ["one", "two"]


async def test_a_line_that_lost_only_its_end_is_a_post(channel):
    sent = await channel.publish(MAIN, a_message(), "one")
    channel.path.write_bytes(channel.path.read_bytes().rstrip(b"\n"))
    await channel.publish(MAIN, a_message(), "two")
    assert await channel.find(MAIN, "one") == sent
    assert [post.key for post in channel.unseen()] == ["one", "two"]


async def test_bytes_that_are_no_post_are_passed_over(channel):
    channel.path.write_bytes(b'\xff\xfe\n[]\n{"key": 3}\nnull\n"main"\n')
    sent = await channel.publish(MAIN, a_message(), "main")
    assert await channel.find(MAIN, "main") == sent
    assert len(channel.unseen()) == 1


async def test_a_channel_that_cannot_be_read_cannot_tell(channel):
    channel.path.mkdir()
    assert await channel.find(MAIN, "one") is Absent.CANNOT_TELL
    assert channel.unseen() == ()


async def test_a_disk_that_falters_is_read_again_later(channel, monkeypatch):
    def falters(*_):
        raise OSError(errno.EIO, "Input/output error")

    await channel.publish(MAIN, a_message(), "one")
    monkeypatch.setattr(channel, "_lines", falters)
    assert isinstance(await channel.find(MAIN, "one"), Later)


async def test_a_process_that_stopped_while_it_wrote_is_not_waited_for_without_end(channel, monkeypatch):
    monkeypatch.setattr("adapters.console.channel.LOCKED_MAX", 0.05)
    await channel.publish(MAIN, a_message(), "one")
    with channel.path.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert isinstance(await channel.publish(MAIN, a_message(), "two"), Again)
    assert isinstance(await channel.publish(MAIN, a_message(), "two"), Sent)


def test_the_lock_is_not_waited_for_longer_than_a_post_may_take():
    assert timedelta(seconds=LOCKED_MAX) < POSTED_WITHIN


async def test_a_channel_that_is_no_file_refuses(channel):
    channel.path.mkdir()
    outcome = await channel.publish(MAIN, a_message(), "one")
    assert isinstance(outcome, Refused)
    assert "channel.jsonl" in outcome.reason


async def test_a_folder_that_is_a_file_refuses(tmp_path):
    (tmp_path / "file").write_text("")
    assert isinstance(await ConsoleChannel(tmp_path / "file" / "channel.jsonl").publish(MAIN, a_message(), "one"), Refused)


def failing(number, *, after=0):
    real, done = os.write, 0

    def write(file, data):
        nonlocal done
        if done < after:
            done += 1
            return real(file, data[:10])
        raise OSError(number, os.strerror(number))

    return write


async def test_a_full_disk_leaves_the_file_as_it_was(channel, monkeypatch):
    await channel.publish(MAIN, a_message(), "one")
    before = channel.path.read_bytes()
    heard = []
    channel.on_post = heard.append
    with monkeypatch.context() as full:
        full.setattr(os, "write", failing(errno.ENOSPC, after=1))
        outcome = await channel.publish(MAIN, a_message(), "two")
    assert isinstance(outcome, Again)
    assert outcome.after.total_seconds() > 0
    assert channel.path.read_bytes() == before
    assert heard == []
    assert isinstance(await channel.publish(MAIN, a_message(), "two"), Sent)


async def test_missing_rights_are_refused(channel, monkeypatch):
    def no(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", no)
    assert isinstance(await channel.publish(MAIN, a_message(), "one"), Refused)


async def test_what_may_have_been_written_is_unknown(channel, monkeypatch):
    def broken(*_):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    monkeypatch.setattr(os, "ftruncate", broken)
    assert isinstance(await channel.publish(MAIN, a_message(), "one"), Unknown)


async def test_many_writers_at_once_lose_nothing(channel):
    others = [ConsoleChannel(channel.path) for _ in range(4)]

    sent = await asyncio.gather(*(other.publish(MAIN, a_message(), f"k{n}") for n, other in enumerate(others * 25)))
    assert len({outcome.receipt for outcome in sent}) == 100
    assert {post.key for post in channel.unseen()} == {f"k{n}" for n in range(100)}
    assert [await channel.find(MAIN, f"k{n}") for n in range(100)] == sent


async def test_an_edit_is_one_line_more_and_the_same_one_again_is_none(channel):
    sent = await channel.publish(MAIN, a_message("Sixty."), "one")
    before = channel.path.read_bytes()
    for _ in range(2):
        assert await channel.edit(MAIN, sent.receipt, a_message("Sixteen.")) == sent
    assert channel.path.read_bytes().startswith(before)
    assert channel.path.read_bytes().count(b"\n") == before.count(b"\n") + 1
    assert [(post.key, post.receipt, post.message) for post in channel.unseen()] == [
        ("one", sent.receipt, a_message("Sixty.")),
        ("", sent.receipt, a_message("Sixteen.")),
    ]


async def test_an_edit_of_another_channel_s_post_is_refused_and_so_is_an_edit_s_own_line(channel):
    sent = await channel.publish(MAIN, a_message("Sixty."), "one")
    assert isinstance(await channel.edit(Place("console", "other"), sent.receipt, a_message()), Refused)
    await channel.edit(MAIN, sent.receipt, a_message("Sixteen."))
    own = f"console:{channel.unseen()[0].end}"
    assert isinstance(await channel.edit(MAIN, own, a_message()), Refused)


async def test_an_edit_on_a_full_disk_is_tried_again(channel, monkeypatch):
    sent = await channel.publish(MAIN, a_message("Sixty."), "one")
    monkeypatch.setattr(os, "write", full)
    assert isinstance(await channel.edit(MAIN, sent.receipt, a_message("Sixteen.")), Again)


def full(*_):
    raise OSError(errno.ENOSPC, "No space left on device")
