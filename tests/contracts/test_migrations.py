"""Migrations up from every earlier revision: the same tables as a new store, no row lost; or, where one fails, nothing at all."""

import asyncio
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import event

from adapters.storage import schema, storage
from adapters.storage.backup import back_up
from adapters.storage.bodies import body, micros
from adapters.storage.engine import Engine
from adapters.storage.files import looked_into
from adapters.storage.restore import put_back
from adapters.storage.storage import open_storage
from briefs.digest import Place, Slot
from briefs.errors import StorageDown
from briefs.message_json import to_json
from tests.builders import NOON, TODAY, a_brief, a_card, a_message, an_article
from tests.clocked import Clocked
from tests.contracts.test_storage_file import files_in, plain
from tests.fakes import FakePublisher

ROOT = Path(__file__).parents[2]
REVISIONS = schema.known_revisions()  # whatever comes later is tried as soon as it is there
EARLIER = REVISIONS[:-1]
ROWS = 3  # in every table
PLACES = [Place("discord:1", "general"), Place("slack:T", "C1"), Place("console", "main")]
ELSEWHERE = {"delivery_brief"}  # tables that are no more, whose rows went into others; each has a test of its own below
SHADOWS = ("_data", "_idx", "_content", "_docsize", "_config")  # https://www.sqlite.org/fts5.html#fts5_data_structures

# What stands in columns that something is made of; all else is any value of its kind.
TOLD = {
    ("brief", "slug"): lambda n: f"brief{n}",
    ("brief", "body"): lambda n: body(a_brief(f"brief{n}")),
    ("brief", "state"): lambda n: "approved",
    ("brief", "sample"): lambda n: 0,
    ("card", "body"): lambda n: body(a_card(f"Card {n}")),
    ("wording", "body"): lambda n: body(an_article(handle=f"h{n}")),
    ("subscription", "space"): lambda n: PLACES[n].space,
    ("subscription", "channel"): lambda n: PLACES[n].channel,
    ("subscription", "name"): lambda n: "daily",
    ("subscription", "at"): lambda n: "07:30:00",
    ("subscription", "zone"): lambda n: "Europe/Berlin",
    ("subscription", "days"): lambda n: "0123456",
    ("subscription", "topics"): lambda n: "[]",
    ("subscription", "entities"): lambda n: "[]",
    ("subscription", "size"): lambda n: "short",
    ("subscription", "empty"): lambda n: "skip",
    ("subscription", "asked_by"): lambda n: "console:anna",
    ("subscription", "paused"): lambda n: "",
    ("subscription", "progress"): lambda n: "",
    ("subscription", "meant_for"): lambda n: (TODAY + timedelta(days=1)).isoformat(),
    ("subscription", "next_utc"): lambda n: micros(NOON + timedelta(days=1)),
    ("subscription", "wake"): lambda n: micros(NOON + timedelta(days=1)),
    ("edition", "hash"): lambda n: f"hash{n}",
    ("edition", "message"): lambda n: to_json(a_message(f"Message {n}.")),
    ("edition_brief", "edition"): lambda n: f"hash{n}",
    ("delivery", "space"): lambda n: PLACES[n].space,
    ("delivery", "channel"): lambda n: PLACES[n].channel,
    ("delivery", "platform"): lambda n: PLACES[n].platform,
    ("delivery", "name"): lambda n: "daily",
    ("delivery", "key"): lambda n: f"digest:{PLACES[n].space}:{PLACES[n].channel}:daily:{TODAY}:1",
    ("delivery", "own_key"): lambda n: "",
    ("delivery", "meant_for"): lambda n: TODAY.isoformat(),
    ("delivery", "part"): lambda n: 1,
    ("delivery", "edition"): lambda n: f"hash{n}",
    ("delivery", "state"): lambda n: ("pending", "sending", "sent")[n],
    ("delivery", "attempt"): lambda n: n and 1,
    ("delivery", "due"): lambda n: micros(NOON),
    ("delivery", "until"): lambda n: micros(NOON + timedelta(hours=6)),
    ("delivery", "retry_at"): lambda n: micros(NOON),
    ("delivery", "lease_until"): lambda n: (None, micros(NOON), None)[n],
    ("delivery", "insisted"): lambda n: 0,
    ("delivery_brief", "space"): lambda n: PLACES[n].space,
    ("delivery_brief", "channel"): lambda n: PLACES[n].channel,
    ("delivery_brief", "key"): lambda n: TOLD["delivery", "key"](n),
    ("delivery_brief", "place"): lambda n: 0,
    ("delivery_brief", "slug"): lambda n: f"brief{n}",
    ("space_note", "value"): lambda n: '"value"',
}


def tables(connection: sqlite3.Connection) -> list[str]:
    """Those that have rows of their own."""
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    virtual = {name for name, sql in found if sql.startswith("CREATE VIRTUAL")}
    shadows = {f"{name}{end}" for name in virtual for end in SHADOWS}
    return [name for name, _ in found if name not in virtual | shadows | {schema.REVISIONS}]


def a_file_of(revision: str, file: Path) -> None:
    """Make a store as that revision made it, with rows in every table."""
    engine = Engine(file)
    engine.write_now(lambda connection: command.upgrade(schema._config(connection), revision))
    engine.close_now()
    with closing(sqlite3.connect(file)) as connection, connection:
        for table in tables(connection):
            # Hidden is what is worked out: https://www.sqlite.org/pragma.html#pragma_table_xinfo
            columns = [row for row in connection.execute(f"PRAGMA table_xinfo({table})") if not row[6]]
            for number in range(ROWS):
                row = {name: value(table, name, kind, number) for _, name, kind, *_ in columns}
                marks = ", ".join("?" * len(row))
                connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))


def value(table: str, name: str, kind: str, number: int):
    if (table, name) in TOLD:
        return TOLD[table, name](number)
    return f"{name}{number}" if kind == "TEXT" else number


def everything(file: Path) -> dict[str, list[dict]]:
    """Every row of every table."""
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        return {table: [dict(row) for row in connection.execute(f"SELECT * FROM {table}")] for table in tables(connection)}


def declared(file: Path) -> list[tuple]:
    """The tables, indexes and triggers, as they are declared."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name").fetchall()


@contextmanager
def failing_at(statement: int, monkeypatch) -> Iterator[list[str]]:
    """Have the store run out of disk at that statement of those it makes in its commit, counted from 0; -1: at none. What it made."""
    made: list[str] = []
    over = False

    def fail(connection, cursor, text, *rest):
        nonlocal over
        over = over or (bool(made) and text == "BEGIN")
        if not over and (made or text == "BEGIN IMMEDIATE"):
            made.append(text)
            if len(made) - 1 == statement:
                raise sqlite3.OperationalError("database or disk is full")

    def broken(*args, **kwargs):
        engine = Engine(*args, **kwargs)
        event.listen(engine._engine, "before_cursor_execute", fail)
        return engine

    with monkeypatch.context() as patched:
        patched.setattr(storage, "Engine", broken)
        yield made


def test_there_are_earlier_revisions_in_an_unbroken_row():
    assert REVISIONS[0] == "0001" and REVISIONS[-1] == schema.HEAD
    assert list(REVISIONS) == sorted(set(REVISIONS))


@pytest.mark.parametrize("revision", EARLIER)
async def test_an_earlier_store_ends_as_a_new_one_and_loses_no_row(tmp_path: Path, revision):
    a_file_of(revision, tmp_path / "old.db")
    before = everything(tmp_path / "old.db")
    assert all(len(rows) == ROWS for rows in before.values())
    for name in ("old.db", "new.db"):
        await (await open_storage(tmp_path / name)).close()
    assert declared(tmp_path / "old.db") == declared(tmp_path / "new.db")
    after = everything(tmp_path / "old.db")
    for table, rows in before.items():
        if table in ELSEWHERE:
            continue
        # Every row is there still, with all that it said.
        assert len(after[table]) >= len(rows), table
        for row in rows:
            assert any(all(there.get(name, told) == told for name, told in row.items()) for there in after[table]), (table, row)
    with looked_into(tmp_path / "old.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize("revision", [r for r in EARLIER if r < "0003"])
async def test_the_briefs_of_deliveries_are_those_of_their_editions(tmp_path: Path, revision):
    a_file_of(revision, tmp_path / "s.db")
    store = await open_storage(tmp_path / "s.db")
    for number, place in enumerate(PLACES):
        [record] = await store.ledger.last(place, "daily", 9)
        assert record.delivery.briefs == (f"brief{number}",)
    await store.close()


@pytest.mark.parametrize("revision", EARLIER)
async def test_what_an_earlier_store_owed_is_posted_once_by_this_version(tmp_path: Path, revision):
    a_file_of(revision, tmp_path / "s.db")
    store = await open_storage(tmp_path / "s.db")
    channel = FakePublisher()
    deliver = Clocked(store, {place.platform: channel for place in PLACES})
    await deliver.run_at(NOON + timedelta(minutes=5))
    # What was sent is not, and what was being sent was looked for.
    assert sorted(place.platform for place, _, _ in channel.posts) == ["discord", "slack"]
    for place in PLACES:
        [record] = await store.ledger.last(place, "daily", 9)
        assert record.state == "sent"
        [(subscription, slot)] = await store.subscriptions.of(place)
        assert (subscription.paused, slot) == ("", Slot(NOON + timedelta(days=1), TODAY + timedelta(days=1)))
    await store.close()


@pytest.mark.parametrize("revision", ["", *EARLIER], ids=lambda revision: revision or "new")
async def test_one_that_fails_anywhere_leaves_the_store_as_it_was_and_can_be_run_again(tmp_path: Path, monkeypatch, revision):
    file, original = tmp_path / "s.db", tmp_path / "original.db"
    if revision:
        a_file_of(revision, original)
        with failing_at(-1, monkeypatch) as made:
            copied(original, file)
            await (await open_storage(file)).close()
    else:
        with failing_at(-1, monkeypatch) as made:
            await (await open_storage(file)).close()
    steps = len(made)
    assert steps > 5
    # At the first, the last, and some between.
    for statement in sorted({1, steps // 4, steps // 2, 3 * steps // 4, steps - 1}):
        copied(original, file)
        was = (declared(file), everything(file)) if revision else None
        with failing_at(statement, monkeypatch), pytest.raises(StorageDown) as caught:
            await open_storage(file)
        assert plain(caught.value)
        assert (declared(file), everything(file)) == (was or ([], {}))
    await (await open_storage(file)).close()
    copied(original, tmp_path / "other.db")
    await (await open_storage(tmp_path / "other.db")).close()
    assert (declared(file), everything(file)) == (declared(tmp_path / "other.db"), everything(tmp_path / "other.db"))


def copied(original: Path, file: Path) -> None:
    """The original in that place, or nothing."""
    for old in file.parent.glob(f"{file.name}*"):
        old.unlink()
    if original.exists():
        file.write_bytes(original.read_bytes())
        log = original.with_name(f"{original.name}-wal")
        assert not log.exists()


_KILLED = """
import asyncio, os, signal, sys
from sqlalchemy import event
from adapters.storage import storage
from adapters.storage.engine import Engine

made = []

def count(connection, cursor, text, *rest):
    if made or text == "BEGIN IMMEDIATE":
        made.append(text)
    if len(made) == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

def counted(*args, **kwargs):
    engine = Engine(*args, **kwargs)
    event.listen(engine._engine, "before_cursor_execute", count)
    return engine

storage.Engine = counted
asyncio.run(storage.open_storage(sys.argv[1]))
"""


async def test_a_process_killed_in_the_middle_leaves_the_store_as_it_was(tmp_path: Path, monkeypatch):
    a_file_of(EARLIER[0], tmp_path / "s.db")
    before = declared(tmp_path / "s.db"), everything(tmp_path / "s.db")
    with failing_at(-1, monkeypatch) as made:
        copied(tmp_path / "s.db", tmp_path / "other.db")
        await (await open_storage(tmp_path / "other.db")).close()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", _KILLED, str(tmp_path / "s.db"), str(len(made) // 2), cwd=ROOT)
    assert await process.wait() == -signal.SIGKILL
    assert (declared(tmp_path / "s.db"), everything(tmp_path / "s.db")) == before
    await (await open_storage(tmp_path / "s.db")).close()
    assert declared(tmp_path / "s.db") == declared(tmp_path / "other.db")


@pytest.mark.parametrize("revision", EARLIER)
async def test_a_backup_of_every_earlier_revision_can_be_put_back(tmp_path: Path, revision):
    a_file_of(revision, tmp_path / "s.db")
    made = back_up(tmp_path / "s.db", tmp_path / "b", NOON)
    done = put_back(tmp_path / "b", tmp_path / "elsewhere.db", NOON)
    assert (done.made, done.contents) == (NOON, made.contents)
    store = await open_storage(tmp_path / "elsewhere.db", clock=lambda: NOON)
    assert await store.ledger.restored() == NOON
    states = [(await store.ledger.last(place, "daily", 9))[0] for place in PLACES]
    assert [(record.state, record.delivery.attempt) for record in states] == [("pending", 1), ("sending", 1), ("sent", 1)]
    await store.close()


@pytest.mark.parametrize("how", ["opened", "put back"])
async def test_a_store_newer_than_the_code_gets_a_plain_sentence_and_stays_as_it_is(tmp_path: Path, how):
    await (await open_storage(tmp_path / "s.db")).close()
    with closing(sqlite3.connect(tmp_path / "s.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.execute("CREATE TABLE of_the_future (x)")
    before = declared(tmp_path / "s.db")
    with pytest.raises(StorageDown) as caught:
        if how == "opened":
            await open_storage(tmp_path / "s.db")
        else:
            put_back(tmp_path / "s.db", tmp_path / "other.db", NOON)
    assert "made by a newer Standfirst: install that version" in plain(caught.value)
    assert declared(tmp_path / "s.db") == before
    assert not {"other.db", "other.db-wal"} & set(files_in(tmp_path))
