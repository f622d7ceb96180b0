"""Bad nights: a full disk, a file nobody may write, damage, a clock set back, a week offline. Once each is mended, all goes on."""

import logging
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import event

from adapters.storage.backup import back_up
from adapters.storage.restore import put_back
from bot.__main__ import main
from bot.settings import Settings
from bot.wiring import Bot, build
from briefs.desk.lane import LOST
from briefs.digest import Again, Sent
from briefs.errors import StorageDown
from briefs.message import Outcome
from tests.bot.room import DAILY, DAY, DUE, MINUTE, SUNDAY, Room, section
from tests.builders import a_brief, an_article
from tests.clocked import Clocked

HOUR = timedelta(hours=1)
SMALL = 4_000_000  # bytes of a small disk


def mounted(*arguments: str) -> None:
    """Mount something, or skip: not every machine lets its tests."""
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own that is soon full."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted("-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(folder))
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Callable[[Path], Path]]:
    """Makes the same folder appear in another place, where nobody may write, root neither."""
    made: list[Path] = []

    def seal(folder: Path) -> Path:
        place = tmp_path / f"sealed{len(made)}"
        place.mkdir()
        mounted("--bind", str(folder), str(place))
        made.append(place)
        mounted("-o", "remount,ro,bind", str(place))
        return place

    yield seal
    for place in made:
        subprocess.run(["umount", "-l", str(place)], check=True)


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """The disk is full for as long as the block lasts."""
    filler = folder / "filler"
    fill(filler)
    try:
        yield
    finally:
        filler.unlink()


def fill(filler: Path) -> None:
    with filler.open("ab", buffering=0) as file:
        for size in (65_536, 4_096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue


@contextmanager
def limited() -> Iterator[None]:
    """No file may grow for as long as the block lasts: as on a full disk, for those who may mount none."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@dataclass
class Trouble:
    """Something that keeps the store from being written, and what is said of it."""

    lasts: Callable[[Bot], object]
    says: str


@contextmanager
def unwritable(bot: Bot) -> Iterator[None]:
    """SQLite is told that it may only read, as it is where the file may not be written."""
    state = 1
    # It stays, so that every connection hears of the end, too.
    event.listen(bot.storage._engine._engine, "checkout", lambda driven, *_: driven.execute(f"PRAGMA query_only = {state}").close())
    try:
        yield
    finally:
        state = 0


@pytest.fixture(params=["full", "limited", "read-only"])
async def night(request, tmp_path):
    """A bot with a daily digest in its room, and the trouble of the night."""
    if request.param == "full":
        folder = request.getfixturevalue("disk")
        trouble = Trouble(lambda _: filled(folder), "is full: make room on it")
    elif request.param == "limited":
        folder, trouble = tmp_path, Trouble(lambda _: limited(), "the disk reports an error; see to the disk")
    else:
        folder, trouble = tmp_path, Trouble(unwritable, "cannot be written to: give this user the right")
    bot = await build(Settings(database=folder / "s.db", zone="Europe/London"))
    room = Room(bot)
    await room.say(DAILY)
    yield room, trouble
    await bot.close()


async def test_what_cannot_be_noted_is_not_posted_and_comes_once_when_it_can(night):
    room, trouble = night
    with trouble.lasts(room.bot):
        for minute in range(3):
            with pytest.raises(StorageDown, match=trouble.says):
                await room.wave(DUE + minute * MINUTE)
        assert room.channel.posts == []
    assert [await room.wave(DUE + number * MINUTE) for number in (5, 6, 7)] == [1, 0, 0]
    [record] = await room.bot.storage.ledger.last(room.bot.asker.place, "daily", 9)
    assert record.state == "sent"


async def test_what_was_posted_and_could_not_be_noted_is_noted_when_it_can_and_not_posted_again(night):
    room, trouble = night
    publish, lasting = room.channel.publish, []

    async def then_it_begins(channel, message, key):
        lasting.append(trouble.lasts(room.bot))
        lasting[-1].__enter__()
        return await publish(channel, message, key)

    room.channel.publish = then_it_begins
    for minute in range(3):
        with pytest.raises(StorageDown, match=trouble.says):
            await room.wave(DUE + minute * MINUTE)
    assert len(room.channel.posts) == len(lasting) == 1
    lasting[0].__exit__(None, None, None)
    await room.wave(DUE + 5 * MINUTE)
    [record] = await room.bot.storage.ledger.last(room.bot.asker.place, "daily", 9)
    assert (record.state, record.receipt, len(room.channel.posts)) == ("sent", "fake:1", 1)


async def test_a_bot_that_died_meanwhile_looks_for_what_it_posted(night):
    room, trouble = night
    publish, lasting = room.channel.publish, []

    async def then_it_begins(channel, message, key):
        lasting.append(trouble.lasts(room.bot))
        lasting[-1].__enter__()
        return await publish(channel, message, key)

    room.channel.publish = then_it_begins
    with pytest.raises(StorageDown):
        await room.wave(DUE)
    lasting[0].__exit__(None, None, None)
    room.channel.publish = publish
    another = Clocked(room.bot.storage, {"console": room.channel}, worker="w2")
    another.now = DUE + 5 * MINUTE
    await another.begin()
    await another.run_at(DUE + 10 * MINUTE)
    [record] = await room.bot.storage.ledger.last(room.bot.asker.place, "daily", 9)
    assert (record.state, record.receipt, len(room.channel.posts)) == ("sent", "fake:1", 1)


async def test_readers_are_told_that_nothing_is_lost_and_operators_what_to_do(night):
    room, trouble = night
    reader = replace(room.bot.asker, user="somebody", roles=frozenset(), space="discord:1", channel="2")
    manager = replace(reader, roles=room.bot.asker.roles - {role for role in room.bot.asker.roles if role.value == "operator"})
    with trouble.lasts(room.bot):
        told = await room.say("/digest subscribe at:08:00 tz:UTC name:weekly", manager)
        assert told.outcome is Outcome.FAULT and "Nothing is lost" in told.summary and "s.db" not in told.summary
        told = await room.say("/digest subscribe at:08:00 tz:UTC name:weekly")
        assert told.outcome is Outcome.FAULT
        assert trouble.says in told.summary
        # Whoever only reads is answered all the same.
        assert (await room.say("/brief iraq", reader)).outcome is Outcome.ANSWER
    assert (await room.say("/digest subscribe at:08:00 tz:UTC name:weekly", manager)).outcome is Outcome.ANSWER


# --- the command line ------------------------------------------------------------------------------------------------


def cli(database: Path, *arguments: str, **more: str) -> tuple[int, str, str]:
    """Exit code, output and errors of the command line."""
    out, errors = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as patched, redirect_stdout(out), redirect_stderr(errors), ThreadPoolExecutor(1) as beside:
        for name, value in {"STANDFIRST_DATABASE": str(database), **more}.items():
            patched.setenv(name, value)
        code = beside.submit(main, arguments).result()
    for handler in [handler for handler in logging.getLogger().handlers if isinstance(handler, logging.FileHandler)]:
        logging.getLogger().removeHandler(handler)
        handler.close()
    assert "Traceback" not in errors.getvalue()
    return code, out.getvalue(), errors.getvalue()


def test_on_a_full_disk_every_task_says_so_and_leaves_nothing_half_done(disk: Path, tmp_path: Path):
    store, roomy = disk / "s.db", tmp_path / "roomy" / "s.db"
    assert cli(store, "say", DAILY)[0] == 0
    assert cli(store, "backup", str(tmp_path / "b"))[0] == 0
    with filled(disk):
        there = sorted(path.name for path in disk.iterdir())
        code, _, said = cli(store, "say", "/digest pause")
        assert code == 3 and "full" in said + cli(store, "say", "/digest pause")[1]
        # Nor can anything be put there; what is there stays.
        code, _, said = cli(store, "backup", str(disk / "b"))
        assert code == 3 and "is full: make room on it" in said
        code, _, said = cli(store, "restore", str(tmp_path / "b"))
        assert code == 3 and "is full: make room on it" in said
        assert {path.name for path in disk.iterdir()} - set(there) <= {"s.db-wal", "s.db-shm", "s.db.delivering", "s.log"}
        # Away from it, a backup can be made.
        assert cli(store, "backup", str(tmp_path / "c"))[0] == 0
        assert cli(roomy, "restore", str(tmp_path / "c"))[0] == 0
        assert "daily" in cli(roomy, "say", "/digest list")[1]
    assert cli(store, "say", "/digest pause")[0] == 0


def test_where_nobody_may_write_every_task_says_so_and_a_backup_can_be_made(tmp_path: Path, sealed):
    (tmp_path / "data").mkdir()
    store = tmp_path / "data" / "s.db"
    assert cli(store, "say", DAILY)[0] == 0
    before = store.read_bytes()
    there = sealed(tmp_path / "data")
    for task in (["say", "/digest list"], ["run"], ["chat"], ["restore", str(tmp_path / "b")]):
        if task[0] == "restore":
            assert cli(there / "s.db", "backup", str(tmp_path / "b"))[0] == 0
        code, _, said = cli(there / "s.db", *task, STANDFIRST_EXAMPLE__TOKEN="x")
        assert (code, said.count("\n")) == (3, 1), task
        assert "cannot be written" in said
    code, _, said = cli(store, "backup", str(there / "b"))
    assert code == 3 and "cannot be written to" in said
    assert store.read_bytes() == before
    assert "daily" in cli(store, "say", "/digest list")[1]


def beginning(whole: bytes) -> bytes:
    return b"\0" * 64 + whole[64:]


def middle(whole: bytes) -> bytes:
    return whole[:8_192] + b"\xff" * (len(whole) - 8_192 - 65_536) + whole[-65_536:]


def shortened(whole: bytes) -> bytes:
    return whole[: len(whole) // 3 + 100]


@pytest.mark.parametrize("damage", [beginning, middle, shortened])
async def test_a_damaged_store_is_said_to_be_and_restored_goes_on_where_readers_are(tmp_path: Path, damage):
    (tmp_path / "data").mkdir()
    store = tmp_path / "data" / "s.db"
    bot = await build(Settings(database=store, zone="Europe/London"))
    room = Room(bot)
    await room.say(DAILY)
    back_up(store, tmp_path / "b", SUNDAY)
    assert await room.wave(DUE) == 1
    await bot.close()
    broken = damage(read(store))
    write(store, broken)
    code, out, said = cli(store, "say", "/digest status")
    assert code == 3
    assert "standfirst restore" in said + " ".join(out.split())
    code, _, said = cli(store, "backup", str(tmp_path / "c"))
    assert code == 3 and "standfirst restore" in said
    assert read(store)[64:8_000] == broken[64:8_000]  # what is left of it stays
    code, said, _ = cli(store, "restore", str(tmp_path / "b"))
    assert code == 0 and f"kept in {tmp_path / 'data' / 's.before-'}" in said
    bot = await build(Settings(database=store, zone="Europe/London"))
    restored = Room(bot)
    restored.channel.posts = room.channel.posts
    restored.deliver.now = DUE + HOUR
    # The wall clock that stood when it was put back is the machine's; nothing is posted that is there.
    assert [await restored.wave(DUE + HOUR), await restored.wave(DUE + 2 * HOUR), await restored.wave(DUE + DAY)] == [0, 0, 1]
    await bot.close()


def read(file: Path) -> bytes:
    return file.read_bytes()


def write(file: Path, whole: bytes) -> None:
    file.write_bytes(whole)


async def test_a_store_that_lost_its_log_looks_for_what_it_forgot_to_have_posted(tmp_path: Path):
    bot = await build(Settings(database=tmp_path / "a" / "s.db", zone="Europe/London"))
    room = Room(bot)
    await room.say(DAILY)
    with bot.storage.delivering():
        assert await room.wave(DUE) == 1
        # As after a power cut, with the log gone: what the file alone has, and what was noted beside it.
        (tmp_path / "b").mkdir()
        for name in ("s.db", "s.db.delivering"):
            shutil.copy(tmp_path / "a" / name, tmp_path / "b" / name)
    await bot.close()
    bot = await build(Settings(database=tmp_path / "b" / "s.db", zone="Europe/London"))
    lost = Room(bot)
    lost.channel.posts = room.channel.posts
    if not await lost.editions():  # not even that was in the file
        await lost.say(DAILY)
    assert [await lost.wave(DUE + HOUR), await lost.wave(DUE + 2 * HOUR)] == [0, 0]
    [record] = await bot.storage.ledger.last(bot.asker.place, "daily", 9)
    assert (record.state, record.receipt) == ("sent", "fake:1")
    await bot.close()


# --- clocks and absences ---------------------------------------------------------------------------------------------


@pytest.fixture
async def room(bot):
    room = Room(bot)
    await room.say(DAILY)
    return room


async def test_a_clock_set_back_an_hour_doubles_nothing_and_loses_nothing(room):
    assert await room.wave(DUE + MINUTE) == 1
    for minutes in range(-58, 62, 10):
        assert await room.wave(DUE + minutes * MINUTE) == 0
    assert await room.wave(DUE + DAY) == 1
    assert room.dates() == ["2026-11-22", "2026-11-23"]


async def test_set_back_before_a_retry_it_comes_once_on_its_day(room):
    room.channel.script = [Again(5 * MINUTE, "Busy.")]
    assert await room.wave(DUE) == 0
    posted = [await room.wave(DUE + minutes * MINUTE) for minutes in range(-60, 70, 10)]
    assert sum(posted) == 1
    assert section(await room.say("/digest status"), "So far")[0].startswith("Sun 22 Nov")


async def test_set_back_between_two_runs_what_was_being_sent_is_looked_for_and_comes_once(room):
    await room.deliver.plan_at(DUE)
    [taken] = await room.bot.storage.ledger.claim("dead", DUE, HOUR, 9, ["console"])
    await room.channel.publish(taken.place, taken.message, taken.key)
    another = Clocked(room.bot.storage, {"console": room.channel}, worker="w2")
    another.now = DUE - HOUR
    await another.begin()
    for minutes in (2, 30, 60, 61, 120):
        await another.run_at(DUE - HOUR + minutes * MINUTE)
    [record] = await room.bot.storage.ledger.last(room.bot.asker.place, "daily", 9)
    assert (record.state, len(room.channel.posts)) == ("sent", 1)


async def test_what_is_approved_while_the_clock_is_behind_is_news_all_the_same(room):
    assert await room.wave(DUE) == 1
    room.at(DUE - HOUR)
    await room.bot.storage.shelf.put_article(an_article(handle="ferry"))
    await room.bot.storage.shelf.put_brief(a_brief("ferry", approved=DUE - 50 * MINUTE))
    assert await room.wave(DUE + DAY) == 1
    [latest, _] = await room.bot.storage.ledger.last(room.bot.asker.place, "daily", 9)
    assert latest.delivery.briefs == ("ferry",)


async def test_after_a_week_offline_every_day_is_told_and_one_edition_comes(room):
    # The last evening: one was being sent when the power went.
    await room.deliver.plan_at(DUE)
    [taken] = await room.bot.storage.ledger.claim("dead", DUE, HOUR, 9, ["console"])
    await room.channel.publish(taken.place, taken.message, taken.key)
    room.channel.posts.clear()  # nobody can see so far back
    back = DUE + 7 * DAY + HOUR
    another = Clocked(room.bot.storage, {"console": room.channel}, worker="w2")
    another.now = back
    await another.begin()
    await another.run_at(back + 2 * MINUTE)
    assert len(room.channel.posts) == 1
    records = await room.bot.storage.ledger.last(room.bot.asker.place, "daily", 9)
    assert [(record.delivery.meant_for.day, record.state.value) for record in records] == [
        (29, "sent"),
        *((day, "skipped") for day in range(28, 22, -1)),
        (22, "unknown"),
    ]
    assert {record.reason for record in records if record.state == "skipped"} == {
        "the bot was not running at its time, nor within six hours of it"
    }
    assert records[-1].reason == LOST
    room.at(back + 3 * MINUTE)
    status = section(await room.say("/digest status"), "The latest")
    assert "late" in status[0] and all("the bot was not running" in line for line in status[1:7])
    # What came up meanwhile is not told twice: the next edition is the next day's.
    await another.run_at(back + 2 * HOUR)
    assert len(room.channel.posts) == 1


async def test_a_week_after_the_backup_every_day_is_accounted_for_and_one_edition_comes(tmp_path: Path):
    bot = await build(Settings(database=tmp_path / "s.db", zone="Europe/London"))
    room = Room(bot)
    await room.say(DAILY)
    back_up(bot.storage.file, tmp_path / "b", SUNDAY)
    for days in range(7):
        assert await room.wave(DUE + days * DAY) == 1
    await bot.close()
    put_back(tmp_path / "b", tmp_path / "elsewhere.db", DUE + 7 * DAY)
    bot = await build(Settings(database=tmp_path / "elsewhere.db", zone="Europe/London"))
    restored = Room(bot)
    restored.channel.posts = list(room.channel.posts)
    assert await restored.wave(DUE + 7 * DAY + HOUR) == 1
    records = await bot.storage.ledger.last(bot.asker.place, "daily", 9)
    assert [record.state for record in records] == ["sent"] * 8
    assert len({key for _, key, _ in restored.channel.posts}) == len(restored.channel.posts) == 8
    assert isinstance(await restored.channel.find(bot.asker.place, records[0].delivery.key), Sent)
    await bot.close()
