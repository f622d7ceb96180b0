"""The store's file: made on first use, brought up to date whole or not at all, and every trouble told in a sentence."""

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event, inspect

from adapters.storage import schema, storage
from adapters.storage.documents import of_brief
from adapters.storage.engine import Engine, _prepare
from adapters.storage.faults import as_storage_down
from adapters.storage.fulltext import DOCUMENT_TEXT
from adapters.storage.storage import SqliteStorage, open_storage
from adapters.storage.tables import METADATA
from briefs.brief import Step
from briefs.digest import Place
from briefs.errors import StorageDown
from tests.builders import NOON, a_brief, a_delivery, a_line, a_message, a_slot, a_subscription, an_article
from tests.contracts.test_storage_ledger import ALL, owed

ROOT = Path(__file__).parents[2]
SPACE_TABLES = {"subscription", "delivery", "delivery_brief", "ask"}


async def refused(where, **options) -> str:
    """The sentence with which opening is refused."""
    with pytest.raises(StorageDown) as caught:
        await open_storage(where, **options)
    return plain(caught.value)


def plain(error: StorageDown) -> str:
    """The error's sentence, which must be one a reader understands."""
    sentence = str(error)
    assert sentence.endswith(".") and "\n" not in sentence and len(sentence) < 250
    for gibberish in ("Traceback", "sqlite3", "sqlalchemy", "Errno", "SELECT", "INSERT", "PRAGMA", "OperationalError", "http"):
        assert gibberish not in sentence
    return sentence


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- first use -------------------------------------------------------------------------------------------------------


async def test_folder_and_file_are_made_for_their_owner_only(tmp_path: Path):
    file = tmp_path / "a" / "b" / "standfirst.db"
    store = await open_storage(file)
    await store.close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (file.parent, file.parent.parent)} == {0o700}


@pytest.mark.parametrize("prefix", ["", "sqlite:///"])
async def test_a_path_and_a_url_name_the_same_file(tmp_path: Path, prefix):
    store = await open_storage(f"{prefix}{tmp_path}/x.db")
    assert store.file == tmp_path / "x.db" and store.file.exists()
    await store.close()


async def test_the_home_folder_may_be_written_as_a_tilde(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    store = await open_storage("~/x.db")
    await store.close()
    assert (tmp_path / "x.db").exists()


async def test_what_was_put_is_there_after_closing(tmp_path: Path):
    for number in range(2):
        store = await open_storage(tmp_path / "x.db")
        assert (await store.shelf.brief("ferry") is not None) is bool(number)
        await store.shelf.put_brief(a_brief("ferry"))
        await store.close()


async def test_the_file_is_kept_safely(tmp_path: Path):
    store = await open_storage(tmp_path / "x.db")

    def settings(connection):
        return [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]

    assert await store._engine.read(settings) == ["wal", 2, 1, 5000]
    assert await store._engine.write(settings) == ["wal", 2, 1, 5000]
    await store.close()


async def test_after_closing_one_file_is_left_and_nothing_may_be_asked(tmp_path: Path):
    store = await open_storage(tmp_path / "x.db")
    await store.shelf.put_brief(a_brief())
    await store.close()
    await store.close()
    assert files_in(tmp_path) == ["x.db"]
    with pytest.raises(StorageDown) as caught:
        await store.shelf.brief("ferry")
    assert "closed" in plain(caught.value)


@pytest.mark.parametrize("journal", ["wal", "delete"])
async def test_a_file_is_written_ahead_to_a_log_even_where_a_backup_was_not(tmp_path: Path, journal):
    await (await open_storage(tmp_path / "x.db")).close()
    backup = sqlite3.connect(tmp_path / "x.db")
    assert backup.execute(f"PRAGMA journal_mode = {journal}").fetchone() == (journal,)
    backup.close()
    store = await open_storage(tmp_path / "x.db")
    assert await store._engine.read(lambda connection: connection.exec_driver_sql("PRAGMA journal_mode").scalar()) == "wal"
    await store.close()


async def test_a_new_file_that_another_holds_for_a_moment_is_waited_for(tmp_path: Path):
    holder = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    opening = asyncio.create_task(open_storage(tmp_path / "x.db"))
    await asyncio.sleep(0.2)
    assert not opening.done()
    holder.execute("ROLLBACK")
    holder.close()
    await (await opening).close()


async def test_a_new_file_that_another_holds_is_refused_after_patience_and_let_go(tmp_path: Path):
    holder = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert "locked by another program" in await refused(tmp_path / "x.db", patience=timedelta(milliseconds=50))
    holder.execute("ROLLBACK")
    holder.close()


def test_a_connection_that_cannot_be_prepared_is_closed(tmp_path: Path):
    connection = sqlite3.connect(tmp_path / "x.db", factory=FailingConnection)
    with pytest.raises(sqlite3.OperationalError):
        _prepare(connection, None)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.cursor()


class FailingConnection(sqlite3.Connection):
    """One that nothing can be asked of."""

    def execute(self, *_):
        raise sqlite3.OperationalError("disk I/O error")


async def test_two_that_open_a_new_file_at_once_both_get_it(tmp_path: Path):
    stores = await asyncio.gather(*(open_storage(tmp_path / "x.db") for _ in range(4)))
    for number, store in enumerate(stores):
        await store.shelf.put_brief(a_brief(f"b{number}"))
    assert len(await stores[0].shelf.briefs(sample=False, limit=9)) == 4
    for store in stores:
        await store.close()


def test_a_cold_answer_imports_neither_alembic_nor_the_test_tools(tmp_path: Path):
    code = (
        "import asyncio, sys; from adapters.storage.storage import open_storage\n"
        "async def main():\n"
        " store = await open_storage(sys.argv[1]); await store.shelf.brief('x'); await store.close()\n"
        "asyncio.run(main()); print('alembic' in sys.modules)"
    )
    command = [sys.executable, "-W", "error", "-c", code, str(tmp_path / "x.db")]
    said = [subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip() for _ in range(2)]
    assert said == ["True", "False"]


# --- the schema ------------------------------------------------------------------------------------------------------


def scripts() -> ScriptDirectory:
    return ScriptDirectory(str(schema.MIGRATIONS))


def test_the_head_known_to_the_code_is_the_migrations_head():
    assert scripts().get_heads() == [schema.HEAD]


async def test_the_migrations_make_the_tables_as_declared(tmp_path: Path):
    store = await open_storage(tmp_path / "x.db")

    def differences(connection):
        names = set(METADATA.tables) | {"alembic_version"}

        def ours(_, name, kind, *__):
            return kind != "table" or name in names

        return compare_metadata(MigrationContext.configure(connection, opts={"include_object": ours}), METADATA)

    assert await store._engine.read(differences) == []
    await store.close()


async def test_what_is_asked_at_every_wake_is_answered_from_the_indexes(tmp_path: Path):
    store = await open_storage(tmp_path / "x.db")
    asked: list[tuple] = []
    event.listen(store._engine._engine, "before_cursor_execute", lambda _, __, statement, given, *___: asked.append((statement, given)))
    await store.ledger.plan([owed(a_delivery())], NOON)
    asked.clear()
    await store.subscriptions.due(NOON, 9)
    await store.subscriptions.next_due()
    await store.ledger.claim("w", NOON, timedelta(minutes=1), 9, {"console"})
    questions = [
        (text, given) for text, given in asked if "FROM subscription" in text or ("FROM delivery" in text and "delivery.state" in text)
    ]

    def plans(connection):
        return [" ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", given)) for text, given in questions]

    found = [plan.split("INDEX ")[1].split()[0] for plan in await store._engine.read(plans)]
    assert found == ["subscription_due"] * 2 + ["delivery_pending", "delivery_sending"] * 2
    assert not [plan for plan in (await store._engine.read(plans))[2:] if "TEMP" in plan]
    await store.close()


def test_every_table_of_a_space_has_the_space_first_in_its_key():
    for table in METADATA.tables.values():
        keys = [column.name for column in table.primary_key]
        assert (keys[0] == "space") is (table.name in SPACE_TABLES), table.name


async def test_a_migration_that_fails_half_way_leaves_nothing_and_can_be_run_again(tmp_path: Path, monkeypatch):
    def fail(connection, cursor, statement, *rest):
        if DOCUMENT_TEXT.name in statement:
            raise sqlite3.OperationalError("database or disk is full")

    def broken(*args, **kwargs):
        engine = Engine(*args, **kwargs)
        event.listen(engine._engine, "before_cursor_execute", fail)
        return engine

    with monkeypatch.context() as patched:
        patched.setattr(storage, "Engine", broken)
        await refused(tmp_path / "x.db")
    left = sqlite3.connect(tmp_path / "x.db")
    assert left.execute("SELECT name FROM sqlite_master").fetchall() == []
    left.close()
    store = await open_storage(tmp_path / "x.db")
    assert "document" in await store._engine.read(lambda connection: inspect(connection).get_table_names())
    await store.close()


async def test_a_newer_schema_is_refused(tmp_path: Path):
    store = await open_storage(tmp_path / "x.db")
    await store._engine.write(lambda connection: connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'"))
    await store.close()
    assert "newer Standfirst" in await refused(tmp_path / "x.db")


# --- troubles --------------------------------------------------------------------------------------------------------


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path):
    (tmp_path / "x.db").write_bytes(b"This is a letter to my mother.\n" * 200)
    assert "is not a Standfirst database" in await refused(tmp_path / "x.db")
    assert (tmp_path / "x.db").read_bytes().startswith(b"This is a letter")


async def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path):
    other = sqlite3.connect(tmp_path / "x.db")
    other.execute("CREATE TABLE bookmarks (url)")
    other.close()
    assert "belongs to another program" in await refused(tmp_path / "x.db")
    other = sqlite3.connect(tmp_path / "x.db")
    assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]
    other.close()


async def test_a_folder_in_its_place_is_refused(tmp_path: Path):
    assert "is a folder" in await refused(tmp_path)


async def test_a_file_in_the_folders_place_is_refused(tmp_path: Path):
    (tmp_path / "file").touch()
    assert "not a folder" in await refused(tmp_path / "file" / "deeper" / "x.db")


async def test_a_name_too_long_is_refused(tmp_path: Path):
    assert "too long" in await refused(tmp_path / ("x" * 300))


@pytest.mark.parametrize("where", ["", "  ", "sqlite:///", "a\0b"])
async def test_no_name_is_refused(where):
    assert "No database file is named" in await refused(where)


async def test_another_kind_of_database_is_refused_without_its_password():
    sentence = await refused("postgresql://anna:secret@host/db")
    assert "postgresql" in sentence and "secret" not in sentence


async def test_an_old_sqlite_is_refused(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 39, 9))
    assert "SQLite 3.40 or later" in await refused(tmp_path / "x.db")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
async def test_a_folder_without_rights_is_refused(tmp_path: Path):
    (tmp_path / "closed").mkdir(mode=0o500)
    assert "right" in await refused(tmp_path / "closed" / "x.db")


async def test_a_locked_file_is_refused_after_patience(tmp_path: Path):
    store = await open_storage(tmp_path / "x.db", patience=timedelta(milliseconds=50))
    holder = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageDown) as caught:
        await store.shelf.put_brief(a_brief())
    assert "locked by another program" in plain(caught.value)
    assert await store.shelf.brief("ferry") is None  # reading goes on meanwhile
    holder.execute("ROLLBACK")
    holder.close()
    await store.shelf.put_brief(a_brief())
    await store.close()


@pytest.fixture
async def opened(tmp_path: Path):
    store = await open_storage(tmp_path / "x.db", readers=1)
    yield store
    await store.close()


async def every_write(store: SqliteStorage) -> None:
    """One write of each port; each must be refused."""
    place = Place("s", "c")
    writes = (
        lambda: store.shelf.put_article(an_article()),
        lambda: store.shelf.put_brief(a_brief()),
        lambda: store.subscriptions.put(a_subscription(place), a_slot()),
        lambda: store.ledger.plan([owed(a_delivery(place, key="new"))], NOON),
        lambda: store.ledger.claim("w", NOON, timedelta(minutes=1), 9, ALL),
        lambda: store.asks.keep("s", "x" * 100_000),
    )
    for write in writes:
        with pytest.raises(StorageDown) as caught:
            await write()
        yield plain(caught.value)


async def test_a_read_only_file_is_told_in_a_sentence(opened: SqliteStorage):
    await opened.ledger.plan([owed(a_delivery())], NOON)
    await opened._engine.write(lambda connection: connection.exec_driver_sql("PRAGMA query_only = 1"))
    for _ in range(2):  # whichever connection of the pool is taken next
        await opened._engine.read(lambda connection: connection.exec_driver_sql("PRAGMA query_only = 1"))
    assert {("cannot be written to" in sentence) async for sentence in every_write(opened)} == {True}


async def test_a_full_disk_is_told_in_a_sentence_and_nothing_is_half_done(opened: SqliteStorage):
    def fill(connection):
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    await opened._engine.write(fill)
    with pytest.raises(StorageDown) as caught:
        await opened.shelf.put_article(an_article(*(f"Sentence {number} of many." for number in range(2_000))))
    assert "is full" in plain(caught.value)
    assert await opened.shelf.article("ferry") is None


async def test_a_damaged_file_is_told_in_a_sentence(tmp_path: Path):
    store = await open_storage(tmp_path / "x.db")
    await store.shelf.put_article(an_article(*(f"Sentence {number} of many." for number in range(500))))
    await store.close()
    data = bytearray((tmp_path / "x.db").read_bytes())
    data[8192:] = b"\xff" * (len(data) - 8192)
    (tmp_path / "x.db").write_bytes(data)
    with pytest.raises(StorageDown) as caught:
        store = await open_storage(tmp_path / "x.db")
        try:
            await store.shelf.article("ferry")
        finally:
            await store.close()
    assert "damaged" in plain(caught.value) or "backup" in plain(caught.value)


async def test_a_message_that_cannot_be_read_fails_and_the_others_are_claimed(opened: SqliteStorage, caplog):
    bad = [a_delivery(Place("s", f"bad{number}"), message=a_message("Bad."), due=NOON - timedelta(hours=1)) for number in range(3)]
    good = a_delivery(Place("s", "good"), message=a_message("Good."))
    lost = a_delivery(Place("s", "lost"), message=a_message("Lost."))
    await opened.ledger.plan([owed(delivery) for delivery in (*bad, good, lost)], NOON)
    await opened._engine.write(
        lambda connection: [
            connection.exec_driver_sql("UPDATE edition SET message = '{' WHERE message LIKE '%Bad.%'"),
            connection.exec_driver_sql("DELETE FROM edition WHERE message LIKE '%Lost.%'"),
        ]
    )
    # A batch in which nothing can be read is not the end.
    assert [d.place for d in await opened.ledger.claim("w", NOON, timedelta(minutes=1), 2, ALL)] == [good.place]
    assert await opened.ledger.claim("w", NOON, timedelta(minutes=1), 9, ALL) == ()
    for delivery in (*bad, lost):
        [record] = await opened.ledger.last(delivery.place, "daily", 9)
        assert (record.state, record.settled) == ("failed", NOON) and "cannot be read" in record.reason
        assert "cannot be read" in record.delivery.message.summary
    assert [record.levelname for record in caplog.records] == ["ERROR"] * 4


async def test_a_message_that_cannot_be_read_does_not_hide_the_ledger(opened: SqliteStorage):
    await opened.ledger.plan([owed(a_delivery())], NOON)
    await opened._engine.write(lambda connection: connection.exec_driver_sql("UPDATE edition SET message = '{'"))
    [record] = await opened.ledger.last(a_delivery().place, "daily", 9)
    assert record.state == "pending" and "cannot be read" in record.delivery.message.summary


@pytest.mark.parametrize("code", range(256))
def test_no_sentence_names_a_command_that_does_not_exist(code):
    error = sqlite3.OperationalError("whatever")
    error.sqlite_errorcode = code
    assert "doctor" not in plain(as_storage_down(error, Path("x.db")))


async def test_a_missing_table_is_told_in_a_sentence(opened: SqliteStorage):
    await opened._engine.write(lambda connection: connection.exec_driver_sql("DROP TABLE ask"))
    with pytest.raises(StorageDown) as caught:
        await opened.asks.recall("s", "x")
    assert "cannot be used" in plain(caught.value)


async def test_our_own_fault_is_not_called_the_stores(opened: SqliteStorage):
    with pytest.raises(Exception, match="UNIQUE") as caught:
        await opened._engine.write(
            lambda connection: [connection.exec_driver_sql("INSERT INTO library VALUES ('a', '1')") for _ in range(2)]
        )
    assert not isinstance(caught.value, StorageDown)


def test_each_distinct_line_of_a_brief_is_one_document():
    built = a_line("It was built.")
    odd = a_line("That is odd.")
    brief = replace(
        a_brief("ferry", headline="Ferry sinks", points=["It sank."]),
        timeline=(Step("2003", True, built), Step("", False, built)),
        oddities=(odd,),
    )
    again = replace(brief, timeline=(*brief.timeline, Step("2004", True, brief.points[0].line)))
    for one in (brief, again):
        lines = [document.line for document in of_brief(one)]
        assert lines == ["Ferry sinks", "Bottom line of ferry.", "It sank.", "That is odd.", "It was built."]


# --- processes -------------------------------------------------------------------------------------------------------

_WORKER = """
import asyncio, sys
from datetime import timedelta
from adapters.storage.storage import open_storage
from tests.builders import NOON
from tests.contracts.test_storage_ledger import ALL

async def main():
    store = await open_storage(sys.argv[1])
    while claimed := await store.ledger.claim(sys.argv[2], NOON, timedelta(minutes=5), 10, ALL):
        print("\\n".join(delivery.place.channel for delivery in claimed))
    await store.close()

asyncio.run(main())
"""


async def test_two_processes_never_claim_the_same(opened: SqliteStorage):
    await opened.ledger.plan([owed(a_delivery(Place("s", f"c{number}"))) for number in range(300)], NOON)
    run = [sys.executable, "-c", _WORKER, str(opened.file)]
    workers = [await asyncio.create_subprocess_exec(*run, f"w{number}", cwd=ROOT, stdout=asyncio.subprocess.PIPE) for number in range(3)]
    said = [(await worker.communicate())[0].decode().split() for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0, 0]
    taken = [channel for channels in said for channel in channels]
    assert len(taken) == len(set(taken)) == 300
