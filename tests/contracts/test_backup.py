"""Backups of the store's file and putting them back: whole or not at all, and nothing that was there is lost."""

import asyncio
import shutil
import sqlite3
import stat
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from adapters.storage import restore
from adapters.storage.backup import back_up
from adapters.storage.engine import Engine
from adapters.storage.files import look_through, looked_into
from adapters.storage.restore import put_back
from adapters.storage.storage import open_storage
from briefs.digest import Place
from briefs.errors import BadInput, Busy, StorageDown
from tests.builders import NOON, a_brief, a_delivery, a_message, a_slot, a_subscription, an_article
from tests.contracts.test_storage_file import a_file_of_the_first_revision, files_in, plain
from tests.contracts.test_storage_ledger import owe

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def store(tmp_path: Path) -> Path:
    """A store with something of everything, closed."""
    return await a_store(tmp_path / "s.db")


async def a_store(file: Path, handle: str = "ferry") -> Path:
    storage = await open_storage(file)
    article = an_article(*(f"Sentence {number} of many." for number in range(300)), handle=handle)
    await storage.shelf.put_article(article)
    await storage.shelf.put_brief(a_brief(handle, article=article))
    await owe(storage, a_delivery(Place("s", "c"), message=a_message("Hello.")))
    await storage.subscriptions.put(a_subscription(Place("s", "c")), a_slot())
    await storage.close()
    return file


def rows(file: Path) -> dict[str, list]:
    """All that is in a store's own tables."""
    with closing(sqlite3.connect(file)) as connection:
        names = [
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_%' ESCAPE '\\'")
        ]
        return {name: sorted(map(repr, connection.execute(f"SELECT * FROM {name}"))) for name in names}


def refused_backup(*given, **options) -> str:
    with pytest.raises((StorageDown, BadInput)) as caught:
        back_up(*given, NOON, **options)
    return plain(caught.value)


def refused(backup: Path, store: Path) -> str:
    with pytest.raises((StorageDown, BadInput, Busy)) as caught:
        put_back(backup, store, NOON)
    return plain(caught.value)


# --- backup ----------------------------------------------------------------------------------------------------------


def test_a_backup_holds_all_and_is_its_owners_alone(store: Path, tmp_path: Path):
    made = back_up(store, tmp_path / "b", NOON)
    assert rows(tmp_path / "b") == rows(store)
    assert stat.S_IMODE((tmp_path / "b").stat().st_mode) == 0o600
    told = made.contents
    assert (told.articles, told.briefs, told.drafts, told.subscriptions, told.channels) == (1, 1, 0, 1, 1)
    assert (told.deliveries, told.owed, told.unknown, made.astray, made.size) == (1, 1, 0, 0, (tmp_path / "b").stat().st_size)
    assert files_in(tmp_path) == ["b", "s.db"]


async def test_a_backup_has_what_is_in_the_log_only(tmp_path: Path, store: Path):
    storage = await open_storage(store)
    await storage.spaces.note("s", "n", "just now")
    back_up(store, tmp_path / "b", NOON)
    assert rows(tmp_path / "b")["subscription"] == rows(store)["subscription"]
    with closing(sqlite3.connect(tmp_path / "b")) as connection:
        assert connection.execute("SELECT value FROM space_note WHERE name = 'n'").fetchall() == [('"just now"',)]
    await storage.close()


async def test_backups_made_while_others_write_are_whole_and_hold_up_nobody(store: Path, tmp_path: Path):
    storage = await open_storage(store)
    writing = True

    async def write() -> int:
        number = 0
        while writing:
            asked = [a_delivery(Place("s", f"c{c}"), "", key=f"review:{number}:1", message=a_message(f"{number}")) for c in range(20)]
            await storage.ledger.owe(asked)
            number += 1
        return number

    task = asyncio.create_task(write())
    sizes = []
    for number in range(5):
        await asyncio.sleep(0.05)
        made = await asyncio.to_thread(back_up, store, tmp_path / f"b{number}", NOON)
        # One moment: what one commit owed is there whole, with the message it points to.
        assert (made.contents.deliveries - 1) % 20 == 0 and made.astray == 0
        sizes.append(made.contents.deliveries)
    writing = False
    assert await task > 5
    assert sizes == sorted(sizes) and sizes[0] < sizes[-1]
    await storage.close()


def test_a_folder_gets_a_backup_with_the_moment_in_its_name(store: Path, tmp_path: Path):
    (tmp_path / "kept").mkdir()
    assert back_up(store, tmp_path / "kept", NOON).file == tmp_path / "kept" / "s-20260302-120000.db"


def test_nothing_is_overwritten_unless_it_is_said(store: Path, tmp_path: Path):
    (tmp_path / "b").write_text("mine")
    assert "is there already" in refused_backup(store, tmp_path / "b") and "--force" in refused_backup(store, tmp_path / "b")
    assert (tmp_path / "b").read_text() == "mine"
    back_up(store, tmp_path / "b", NOON, force=True)
    assert rows(tmp_path / "b") == rows(store)


@pytest.mark.parametrize("name", ["s.db", "link", "s.db-wal"])
async def test_the_store_itself_is_never_overwritten(store: Path, tmp_path: Path, name):
    (tmp_path / "link").symlink_to(store)
    storage = await open_storage(store)
    assert "is the database itself" in refused_backup(store, tmp_path / name, force=True)
    await storage.close()


def test_what_is_no_store_cannot_be_backed_up(tmp_path: Path):
    assert "nothing to back up" in refused_backup(tmp_path / "none.db", tmp_path / "b")
    (tmp_path / "letter").write_text("Dear mother. " * 100)
    assert "is not a Standfirst database" in refused_backup(tmp_path / "letter", tmp_path / "b")
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE bookmarks (url)")
    assert "belongs to another program" in refused_backup(tmp_path / "other.db", tmp_path / "b")
    assert files_in(tmp_path) == ["letter", "other.db"]


def test_a_damaged_store_makes_no_backup_and_leaves_nothing(store: Path, tmp_path: Path):
    damage_pages(store)
    assert "is damaged" in refused_backup(store, tmp_path / "b")
    assert files_in(tmp_path) == ["s.db"]


def test_a_folder_that_is_not_there_is_told(store: Path, tmp_path: Path):
    assert "see that its folder exists" in refused_backup(store, tmp_path / "no" / "b")


def test_a_row_that_names_another_which_is_not_there_is_told_of(store: Path, tmp_path: Path):
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("DELETE FROM edition")
    assert back_up(store, tmp_path / "b", NOON).astray == 1


def test_a_store_of_an_earlier_version_is_backed_up_as_it_is(tmp_path: Path):
    a_file_of_the_first_revision(tmp_path / "s.db")
    back_up(tmp_path / "s.db", tmp_path / "b", NOON)
    assert rows(tmp_path / "b") == rows(tmp_path / "s.db")
    with looked_into(tmp_path / "b") as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)


# --- restore ---------------------------------------------------------------------------------------------------------


async def test_what_was_there_is_kept_aside_with_what_was_written_last(store: Path, tmp_path: Path):
    back_up(store, tmp_path / "b", NOON)
    storage = await open_storage(store)
    await storage.shelf.put_brief(a_brief("quay"))
    await storage.close()
    then = rows(store)
    done = put_back(tmp_path / "b", store, NOON)
    assert done.aside == tmp_path / "s.before-20260302-120000.db"
    assert rows(done.aside) == then
    assert rows(store) == rows(tmp_path / "b")
    assert stat.S_IMODE(done.aside.stat().st_mode) == 0o600
    assert files_in(tmp_path) == ["b", "s.before-20260302-120000.db", "s.db", "s.db.delivering"]
    # Twice in one second: neither takes the other's name.
    assert put_back(tmp_path / "b", store, NOON).aside == tmp_path / "s.before-20260302-120000-2.db"


def test_it_says_what_is_in_it_and_what_has_come_due_since(store: Path, tmp_path: Path):
    back_up(store, tmp_path / "b", NOON - MINUTE)
    done = put_back(tmp_path / "b", tmp_path / "new" / "folder" / "x.db", NOON)
    assert (done.made, done.due, done.contents.owed, done.aside) == (NOON - MINUTE, 1, 1, None)
    assert put_back(tmp_path / "b", store, NOON - MINUTE).due == 0
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


async def test_a_plain_copy_of_a_store_is_put_back_too_and_is_looked_through_just_the_same(store: Path, tmp_path: Path):
    shutil.copy(store, tmp_path / "copy")
    put_back(tmp_path / "copy", tmp_path / "x.db", NOON)
    storage = await open_storage(tmp_path / "x.db", clock=lambda: NOON)
    assert await storage.ledger.restored() == NOON
    await storage.close()


async def test_a_backup_of_an_earlier_version_comes_up_to_date(tmp_path: Path):
    a_file_of_the_first_revision(tmp_path / "b")
    before = bytes_of(tmp_path / "b")
    done = put_back(tmp_path / "b", tmp_path / "s.db", NOON)
    assert (done.contents.subscriptions, done.contents.deliveries) == (2, 1)
    storage = await open_storage(tmp_path / "s.db")
    [record] = await storage.ledger.last(Place("discord:1", "general"), "daily", 9)
    assert (record.state, record.delivery.attempt) == ("pending", 1)
    await storage.close()
    assert bytes_of(tmp_path / "b") == before


async def test_whoever_delivers_is_not_disturbed(store: Path, tmp_path: Path):
    back_up(store, tmp_path / "b", NOON)
    storage = await open_storage(store)
    with storage.delivering():
        assert "delivers digests" in refused(tmp_path / "b", store)
    await storage.close()


async def test_whoever_has_it_open_is_not_disturbed_either(store: Path, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(restore, "PATIENCE", timedelta(milliseconds=50))
    back_up(store, tmp_path / "b", NOON)
    storage = await open_storage(store)
    assert "is locked by another program" in refused(tmp_path / "b", store)
    await storage.spaces.note("s", "n", "still here")
    await storage.close()
    storage = await open_storage(store)
    assert await storage.spaces.noted("s", "n") == "still here"
    await storage.close()
    assert files_in(tmp_path) == ["b", "s.db", "s.db.delivering"]


@pytest.mark.parametrize("kind", ["none", "itself", "letter", "bookmarks", "newer", "damaged", "short"])
def test_what_cannot_be_put_back_changes_nothing(store: Path, tmp_path: Path, kind):
    backup, before = tmp_path / "b", store.read_bytes()
    match kind:
        case "itself":
            backup.symlink_to(store)
        case "letter":
            backup.write_text("Dear mother. " * 100)
        case "bookmarks":
            with closing(sqlite3.connect(backup)) as other:
                other.execute("CREATE TABLE bookmarks (url)")
        case "newer" | "damaged" | "short":
            back_up(store, backup, NOON)
            if kind == "newer":
                with closing(sqlite3.connect(backup)) as connection, connection:
                    connection.execute("UPDATE alembic_version SET version_num = '9999'")
            elif kind == "damaged":
                damage_pages(backup)
            else:
                backup.write_bytes(backup.read_bytes()[:-30_000])
    said = refused(backup, store)
    assert {
        "none": "There is no file",
        "itself": "is the database itself",
        "letter": "is no backup of Standfirst",
        "bookmarks": "is no backup of Standfirst",
        "newer": "newer Standfirst",
        "damaged": f"The backup {backup} is damaged, and nothing was changed: restore another one",
        "short": f"The backup {backup} is damaged, and nothing was changed: restore another one",
    }[kind] in said
    assert store.read_bytes() == before
    assert set(files_in(tmp_path)) <= {"b", "s.db", "s.db.delivering"}


def test_another_programs_file_is_never_replaced(store: Path, tmp_path: Path):
    back_up(store, tmp_path / "b", NOON)
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE bookmarks (url)")
    assert "belongs to another program" in refused(tmp_path / "b", tmp_path / "other.db")
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]


async def test_a_store_of_a_newer_version_is_kept_and_the_backup_put_in_its_place(store: Path, tmp_path: Path):
    back_up(store, tmp_path / "b", NOON)
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert put_back(tmp_path / "b", store, NOON).aside is not None
    await (await open_storage(store)).close()


@pytest.mark.parametrize("kind", ["beginning", "middle", "short", "empty"])
def test_what_is_damaged_is_kept_as_it_is_and_the_backup_put_in_its_place(store: Path, tmp_path: Path, kind):
    back_up(store, tmp_path / "b", NOON)
    match kind:
        case "beginning":
            store.write_bytes(b"\0" * 100 + store.read_bytes()[100:])
        case "middle":
            damage_pages(store)
        case "short":
            store.write_bytes(store.read_bytes()[:9_000])
        case "empty":
            store.write_bytes(b"")
    damaged = store.read_bytes()
    done = put_back(tmp_path / "b", store, NOON)
    assert rows(store) == rows(tmp_path / "b")
    if kind == "empty":
        assert done.aside is None
    else:
        assert done.aside is not None and len(done.aside.read_bytes()) >= len(damaged) - 4096
    with looked_into(store) as connection:
        assert look_through(connection, store) == 0


async def test_a_log_without_its_database_is_kept_and_read_into_nothing(store: Path, tmp_path: Path):
    back_up(store, tmp_path / "b", NOON)
    storage = await open_storage(store)
    await storage.spaces.note("s", "n", "x")
    log = bytes_of(store.with_name("s.db-wal"))
    await storage.close()
    files_left(store, log)
    put_back(tmp_path / "b", store, NOON)
    assert rows(store) == rows(tmp_path / "b")
    assert (tmp_path / "s.before-20260302-120000.db-wal").read_bytes() == log


async def test_a_migration_that_fails_on_the_way_back_changes_nothing(tmp_path: Path, monkeypatch):
    a_file_of_the_first_revision(tmp_path / "b")
    store = await a_store(tmp_path / "s.db")
    before = bytes_of(store)

    def fail(connection, cursor, statement, *rest):
        if "CREATE INDEX seen_by_end" in statement:
            raise sqlite3.OperationalError("database or disk is full")

    def broken(*args, **kwargs):
        engine = Engine(*args, **kwargs)
        event.listen(engine._engine, "before_cursor_execute", fail)
        return engine

    with monkeypatch.context() as patched:
        patched.setattr(restore, "Engine", broken)
        refused(tmp_path / "b", store)
    assert bytes_of(store) == before
    assert files_in(tmp_path) == ["b", "s.db", "s.db.delivering"]
    put_back(tmp_path / "b", store, NOON)


def test_what_fails_while_it_is_written_over_leaves_what_was_there(store: Path, tmp_path: Path, monkeypatch):
    back_up(store, tmp_path / "b", NOON)
    before = rows(store)

    @contextmanager
    def failing(*given, **options):
        with closing(sqlite3.connect(*given, factory=FailingOver, **options)) as connection:
            yield connection

    monkeypatch.setattr(restore, "closing", lambda connection: failing(connection_of(connection), isolation_level=None))
    assert "is full" in refused(tmp_path / "b", store)
    assert rows(store) == before
    assert "s.before" not in "".join(files_in(tmp_path))


class FailingOver(sqlite3.Connection):
    """One that finds the disk full when it is copied from over the store."""

    def backup(self, target, **options):
        name = target.execute("PRAGMA database_list").fetchone()[2]
        if name.endswith("s.db"):
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error
        return super().backup(target, **options)


def connection_of(connection: sqlite3.Connection) -> str:
    name = connection.execute("PRAGMA database_list").fetchone()[2]
    connection.close()
    return name


def bytes_of(file: Path) -> bytes:
    return file.read_bytes()


def files_left(store: Path, log: bytes) -> None:
    """Take the database away, and leave its log."""
    store.unlink()
    store.with_name(f"{store.name}-wal").write_bytes(log)


def damage_pages(file: Path) -> None:
    """Overwrite pages in the middle of it."""
    whole = file.read_bytes()
    at = len(whole) // 2 // 4096 * 4096
    file.write_bytes(whole[:at] + b"\xff" * 12_288 + whole[at + 12_288 :])
