"""The store's file: made on first use, brought up to date whole or not at all, and every trouble told in a sentence."""

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event, inspect

from adapters.storage import ledger_read, schema, storage
from adapters.storage.bodies import body, micros
from adapters.storage.documents import of_brief
from adapters.storage.engine import Engine, _prepare
from adapters.storage.faults import as_storage_down
from adapters.storage.fulltext import DOCUMENT_TEXT
from adapters.storage.seen import FORGOTTEN_AT_ONCE
from adapters.storage.storage import SqliteStorage, open_storage
from adapters.storage.tables import METADATA
from briefs.brief import Correction, State, Step
from briefs.decision import Act, Change, Decision, Shelved
from briefs.digest import Again, Due, Place, Sent
from briefs.errors import Overtaken, StorageDown
from briefs.message_json import to_json
from briefs.ports import Library
from briefs.report import Report
from briefs.review import Dossier, Review, Stage
from tests.builders import NOON, TODAY, a_brief, a_delivery, a_line, a_message, a_slot, a_subscription, an_article
from tests.contracts.books import due
from tests.contracts.test_storage_ledger import ALL, owe, owed, plan

ROOT = Path(__file__).parents[2]
SPACE_TABLES = {"subscription", "delivery", "delivery_brief", "ask", "space_note", "seen", "report"}


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
    await plan(store, owed(a_delivery()))
    asked.clear()
    await store.subscriptions.due(NOON, 9, {"console"})
    await store.subscriptions.due(NOON, 9, {"console"}, Due(a_subscription(), a_slot(), None))
    await store.subscriptions.next_due({"console"})
    await store.ledger.claim("w", NOON, timedelta(minutes=1), 9, {"console"})
    questions = [
        (text, given) for text, given in asked if "FROM subscription" in text or ("FROM delivery" in text and "delivery.state" in text)
    ]

    def plans(connection):
        return [" ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", given)) for text, given in questions]

    steps = await store._engine.read(plans)
    found = [step.split("INDEX ")[1].split()[0] if "INDEX" in step else step.split(" (")[0] for step in steps]
    one = "SEARCH subscription USING PRIMARY KEY"
    assert found == ["subscription_due", one, "subscription_due", "subscription_due"] + ["delivery_pending", "delivery_sending"] * 2
    assert "(platform=? AND wake<?)" in steps[0] and "(platform=? AND (wake" in steps[2] and "(platform=?)" in steps[3]
    # Nothing is sorted: of a million that are due at one moment only those that are taken are looked at.
    assert not [step for step in steps if "TEMP" in step or "SCAN delivery" in step or "SCAN subscription" in step]
    await store.close()


async def test_no_delivery_makes_the_store_read_a_whole_table(tmp_path: Path):
    store = await open_storage(tmp_path / "x.db")
    places = [Place("s", f"c{number}") for number in range(3)]
    for place in places:
        await store.subscriptions.put(a_subscription(place), a_slot())
    with statements(store) as told:
        await owe(store, *(a_delivery(place, briefs=["a"]) for place in places))
        await store.subscriptions.remove(places[0], "daily", NOON)
        await owe(store, a_delivery(places[0], briefs=["a"]))  # what was skipped gives way
        claimed = await store.ledger.claim("w", NOON, timedelta(minutes=1), 9, ALL)
        await store.ledger.settle([(delivery, Sent("m")) for delivery in claimed], "w", NOON)
        await store.ledger.last(places[1], "daily", 9)
        await store.ledger.had(places[1], "daily", TODAY)
        await store.ledger.progress([(places[1], "daily")])
        await store.ledger.carrying([(places[1], "daily")], {"a"})
        await store.ledger.of_day(places[1], TODAY)
        await store.ledger.resend(places[1], "daily", TODAY, NOON, NOON)
        edits = [replace(a_delivery(places[1], key=f"edit:{number}"), name="", edits="m") for number in range(2)]
        await store.ledger.owe(edits)
        await store.ledger.owe([replace(edits[0], key="edit:2")])
        await store.ledger.posts_carrying("a", NOON)
        for state in (Sent("m"), Again(timedelta(), "busy")):
            claimed = await store.ledger.claim("w", NOON, timedelta(minutes=1), 9, ALL)
            await store.ledger.settle([(delivery, state) for delivery in claimed], "w", NOON)
            await store.ledger.owe([replace(edits[0], key="edit:3")])
        await store.ledger.adopt("w2", NOON, timedelta(minutes=1), ALL)
        await store.subscriptions.move([(a_subscription(places[1]), a_slot(), a_slot())])
        await store.subscriptions.pause(places[1], "Gone.", NOON)
        await store.subscriptions.resume(places[1], "daily", a_slot())
        await store.subscriptions.pause_space("s", "Gone.", NOON)
        await store.ledger.expire(NOON + timedelta(days=99), 9)
        await store.ledger.expire(NOON + timedelta(days=99), 9)
    read = ("SELECT", "UPDATE", "DELETE", "INSERT INTO delivery")
    asked = [(text, given[0] if isinstance(given, list) else given) for text, given in told if text.startswith(read)]

    def steps(connection):
        return {row[3] for text, given in asked for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", given)}

    tables = ("subscription", "delivery", "edition", "edition_brief")
    found = await store._engine.read(steps)
    assert [step for step in found if "SEARCH edition_brief" in step]
    # How far readers have read is a few steps along the ledger's own order, and of what they carried its end alone.
    assert [step for step in found if "SEARCH delivery" in step and "meant_for>?" in step]
    assert not [step for step in found if step.startswith(tuple(f"SCAN {table}" for table in tables))]
    await store.close()


async def test_what_was_corrected_is_sought_in_the_ledger_and_not_among_all_that_is_read_of_it(tmp_path: Path):
    store = await open_storage(tmp_path / "x.db")
    place, days = Place("s", "c"), [TODAY + timedelta(days=number) for number in range(50)]
    for number, day in enumerate(days):
        await owe(store, a_delivery(place, meant_for=day, due=NOON + number * timedelta(days=1), briefs=[f"b{number}"]))
    rows: list[int] = []

    def question(connection):
        execute = connection.execute

        def counted(*args):
            found = execute(*args).all()
            rows.append(len(found))
            return found

        connection.execute = counted
        return ledger_read.carrying(connection, [(place, "daily")], {"b7", "x"})

    assert await store._engine.read(question) == {(place, "daily"): {"b7"}}
    assert rows == [1, 1]
    await store.close()


async def test_what_was_corrected_before_that_was_noted_came_when_it_was_made(tmp_path: Path):
    engine = Engine(tmp_path / "x.db")
    engine.write_now(lambda connection: command.upgrade(schema._config(connection), "0003"))
    at = {"days": date(2020, 1, 1), "moment": NOON - timedelta(days=800), "withdrawn": NOON - timedelta(days=700)}
    briefs = [
        replace(a_brief(slug, state=State.WITHDRAWN if slug == "withdrawn" else State.APPROVED), corrections=(Correction(made, was=was),))
        for (slug, made), was in zip(at.items(), ("It was otherwise.", "It was otherwise.", ""), strict=True)
    ]
    briefs += [a_brief("bare", state=State.WITHDRAWN, approved=NOON - timedelta(days=600)), a_brief("sound")]
    row = "INSERT INTO brief VALUES (?, ?, ?, ?, ?, 0, 'mine', ?)"
    values = [(b.slug, b.article, b.state, micros(b.approval.at), micros(b.approval.at), body(b)) for b in briefs]
    engine.write_now(lambda connection: connection.exec_driver_sql(row, values))
    engine.close_now()
    store = await open_storage(tmp_path / "x.db")
    told = await store.shelf.corrected(datetime(2000, 1, 1, tzinfo=UTC), sample=True)
    assert [brief.slug for brief, _ in told] == ["days", "moment", "withdrawn", "bare"]
    # What a library brings again has been there all the while.
    library = Library("mine", "2", tuple(an_article(handle=b.slug) for b in briefs), tuple(briefs), ())
    await store.shelf.load_library(library, NOON)
    assert await store.shelf.corrected(NOON - timedelta(days=30), sample=True) == ()
    await store.close()


async def test_drafts_that_were_there_before_reviews_were_lie_on_the_desk(tmp_path: Path):
    engine = Engine(tmp_path / "x.db")
    engine.write_now(lambda connection: command.upgrade(schema._config(connection), "0004"))
    row = "INSERT INTO brief VALUES (?, ?, ?, 0, ?, 0, 'mine', ?)"
    briefs = {"late": 2, "early": 1}
    drafts = [a_brief(slug, state=State.DRAFT) for slug in briefs]
    values = [(b.slug, b.article, b.state, briefs[b.slug], body(b)) for b in drafts] + [("done", "a", "approved", 0, body(a_brief("done")))]
    engine.write_now(lambda connection: connection.exec_driver_sql(row, values))
    engine.close_now()
    store = await open_storage(tmp_path / "x.db")
    assert await store.curation.queue(Stage, 9) == tuple(Dossier(draft, Review(draft.slug)) for draft in drafts[::-1])
    assert await store.curation.stands(Change(Shelved.REVIEW, "late", Review("late"), None))
    await store.close()


async def test_what_curators_ask_is_answered_from_the_indexes(tmp_path: Path):
    store = await open_storage(tmp_path / "x.db")
    draft, seen = a_brief("ferry", state=State.DRAFT), Change(Shelved.REVIEW, "ferry", None, Review("ferry"))
    change = Change(Shelved.BRIEF, "ferry", None, draft)
    with statements(store) as told:
        await store.curation.decide(Decision(Act.ADDED, "ferry", "Anna", "console:anna", NOON, changes=(change, seen)))
        with pytest.raises(Overtaken):
            await store.curation.decide(Decision(Act.ADDED, "ferry", "Anna", "console:anna", NOON, changes=(change,)))
        await store.curation.decide(Decision(Act.UNDID, "ferry", "Anna", "console:anna", NOON, changes=(change.undone,), undoes=1))
        await store.curation.dossier("ferry")
        await store.curation.queue([Stage.WAITING], 9)
        await store.curation.log(about="ferry", before=9, limit=9)
        await store.curation.decision(1)
        await store.curation.undone(1)
        await store.reports.put(Report(Place("s", "c"), "7", "ferry", "It sank.", (), "No.", NOON))
        await store.reports.open(9)
        await store.reports.answer(1, "Anna", "Yes.", NOON)
        await store.reports.of("s", "7", 9)
        await store.reports.expire(NOON)
        await store.reports.forget("s", "7")

    tables = ("FROM brief ", "FROM review", "JOIN brief", "decision", "report", "FROM note")
    asked = [(text, given) for text, given in told if not text.startswith("INSERT") and any(f"{name}" in text for name in tables)]

    def steps(connection):
        return {row[3] for text, given in asked for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", given)}

    walked = {"SCAN report USING INDEX report_open"}  # those that are open, in their order
    found = await store._engine.read(steps)
    assert walked < found
    assert [step for step in found - walked if "SCAN" in step or "TEMP" in step] == []
    await store.close()


async def test_the_indexes_are_those_declared_with_their_conditions(tmp_path: Path):
    declared = create_engine("sqlite://")
    with declared.begin() as connection:
        METADATA.create_all(connection)
        wanted = indexes(connection)
    declared.dispose()
    store = await open_storage(tmp_path / "x.db")
    assert await store._engine.read(indexes) == wanted
    assert "WHERE paused = ''" in wanted["subscription_due"]
    await store.close()


def indexes(connection) -> dict[str, str]:
    """Every index with the statement that makes it."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    return {name: " ".join(sql.split()) for name, sql in rows}


async def test_old_tokens_are_found_by_an_index_and_do_not_pile_up(tmp_path: Path):
    store = await open_storage(tmp_path / "x.db")
    await store._engine.write(
        lambda connection: connection.exec_driver_sql(
            "INSERT INTO seen VALUES (?, ?, ?)", [("slack:T", f"old{number}", number) for number in range(2 * FORGOTTEN_AT_ONCE + 5)]
        )
    )
    left = []
    for number in range(4):
        assert await store.seen.first("slack:T", f"new{number}", NOON, timedelta(hours=1))
        left.append(await store._engine.read(lambda connection: connection.exec_driver_sql("SELECT count(*) FROM seen").scalar()))
    assert left == [FORGOTTEN_AT_ONCE + 6, 7, 3, 4]

    with statements(store) as asked:
        await store.seen.first("slack:T", "new", NOON, timedelta(hours=1))
    deletes = [(text, given) for text, given in asked if text.startswith("DELETE FROM seen")]

    def plans(connection):
        return [row[3] for text, given in deletes for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", given)]

    steps = await store._engine.read(plans)
    assert [step for step in steps if "seen_by_end" in step]
    assert not [step for step in steps if step.startswith("SCAN") or "TEMP B-TREE" in step]
    await store.close()


@contextmanager
def statements(store: SqliteStorage) -> Iterator[list[tuple]]:
    """What the store is told meanwhile, with the values given."""
    told: list[tuple] = []

    def tell(_, __, statement, given, *___):
        told.append((statement, given))

    event.listen(store._engine._engine, "before_cursor_execute", tell)
    yield told
    event.remove(store._engine._engine, "before_cursor_execute", tell)


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


def a_file_of_the_first_revision(file: Path) -> dict[str, list[tuple]]:
    """Make a store as the first revision made it, with rows in it; what its tables hold."""
    subscriptions = [
        ("discord:1", "general", "daily", "07:30:00", "Europe/Berlin", "0123456", "[]", "short", "skip", "console:anna"),
        ("slack:T", "general", "daily", "07:30:00", "Mars/Olympus_Mons", "0123456", "[]", "short", "skip", "console:anna"),
    ]
    delivery = ("discord:1", "general", "daily:1", "daily", TODAY.isoformat(), 1, micros(NOON), "discord", micros(NOON), "e1")
    rows = {
        "library": [("sample", "7")],
        "brief": [("ferry", "0" * 64, "approved", micros(NOON), micros(NOON), 0, "", body(a_brief("ferry")))],
        "subscription": [(*s, micros(NOON) + number, TODAY.isoformat(), micros(NOON) + number) for number, s in enumerate(subscriptions)],
        "ask": [("discord:1", "x" * 22, '"/brief iraq"')],
        "edition": [("e1", "1", to_json(a_message()))],
        "delivery": [(*delivery, "pending", "", None, 0, "", "", None)],
        "delivery_brief": [("discord:1", "general", "daily:1", 0, "ferry")],
    }
    engine = Engine(file)
    engine.write_now(lambda connection: command.upgrade(schema._config(connection), "0001"))
    for table, values in rows.items():
        places = ", ".join("?" * len(values[0]))
        engine.write_now(lambda connection, t=table, p=places, v=values: connection.exec_driver_sql(f"INSERT INTO {t} VALUES ({p})", v))
    engine.close_now()
    return rows


async def test_a_file_of_the_first_revision_comes_up_to_date_with_its_data(tmp_path: Path):
    rows = a_file_of_the_first_revision(tmp_path / "x.db")
    assert schema.HEAD != "0001"
    store = await open_storage(tmp_path / "x.db")
    running, slot, delivery = a_subscription(Place("discord:1", "general")), a_slot(), a_delivery(Place("discord:1", "general"))
    assert await store.subscriptions.of(running.place) == ((running, slot),)
    assert await due(store.subscriptions, NOON, 9) == ((running, slot),)
    assert await store.ledger.claim("w", NOON, timedelta(minutes=1), 9, ALL) == (
        replace(delivery, key="daily:1", briefs=("ferry",), attempt=1),
    )
    assert await store.asks.recall("discord:1", "x" * 22) == "/brief iraq"
    assert await store.shelf.library_edition("sample") == "7"
    assert await store.shelf.brief("ferry") == a_brief("ferry")
    assert [s.place for s in await store.subscriptions.pause(running.place, "Gone.", NOON)] == [running.place]
    assert await store.spaces.note_once("discord:1", "n", "v")
    assert await store.seen.first("discord:1", "t", NOON, timedelta(hours=1))
    await store.close()
    after = sqlite3.connect(tmp_path / "x.db")
    assert after.execute("SELECT version_num FROM alembic_version").fetchall() == [(schema.HEAD,)]
    assert after.execute("SELECT edition, place, slug FROM edition_brief").fetchall() == [("e1", 0, "ferry")]
    kept = {t: len(v) for t, v in rows.items() if t != "delivery_brief"}
    assert {table: after.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in kept} == kept
    after.close()


async def test_what_an_earlier_version_that_is_still_up_puts_there_is_due(opened: SqliteStorage):
    names = "space, channel, name, at, zone, days, topics, size, empty, asked_by, next_utc, meant_for, wake"
    row = ("general", "daily", "07:30:00", "Europe/Berlin", "0123456", "[]", "short", "skip", "console:anna")
    rows = [(space, *row, micros(NOON), TODAY.isoformat(), micros(NOON)) for space in ("discord:1", "console", "s:a:b")]
    insert = f"INSERT INTO subscription ({names}) VALUES ({', '.join('?' * len(rows[0]))})"
    await opened._engine.write(lambda connection: connection.exec_driver_sql(insert, rows))
    for platform, space in (("discord", "discord:1"), ("console", "console"), ("s", "s:a:b")):
        assert await opened.subscriptions.next_due({platform}) == NOON
        assert [s.space for s, _ in await due(opened.subscriptions, NOON, 9, {platform})] == [space]


async def test_an_upgrade_that_fails_half_way_leaves_the_file_as_it_was_and_can_be_run_again(tmp_path: Path, monkeypatch):
    rows = a_file_of_the_first_revision(tmp_path / "x.db")
    before = everything(tmp_path / "x.db")

    def fail(connection, cursor, statement, *rest):
        if "CREATE INDEX seen_by_end" in statement:
            raise sqlite3.OperationalError("database or disk is full")

    def broken(*args, **kwargs):
        engine = Engine(*args, **kwargs)
        event.listen(engine._engine, "before_cursor_execute", fail)
        return engine

    with monkeypatch.context() as patched:
        patched.setattr(storage, "Engine", broken)
        await refused(tmp_path / "x.db")
    assert everything(tmp_path / "x.db") == before
    store = await open_storage(tmp_path / "x.db")
    assert len(await store.subscriptions.of(Place("discord:1", "general"))) == len(rows["subscription"]) - 1  # one has no zone
    await store.close()


def everything(file: Path) -> list[str]:
    """The file's tables, indexes and rows, as statements."""
    connection = sqlite3.connect(file)
    try:
        names = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        rows = [
            str(connection.execute(f"SELECT * FROM {table}").fetchall()) for table in ("alembic_version", "subscription", "delivery", "ask")
        ]
        return [*map(str, names), *rows]
    finally:
        connection.close()


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


async def test_lines_that_are_kept_already_wait_for_nobody_who_writes(tmp_path: Path):
    store = await open_storage(tmp_path / "x.db", patience=timedelta(milliseconds=50))
    short = await store.asks.keep("s", "/brief")
    many = [f"/brief b{number}" for number in range(1_200)]
    kept = await store.asks.keep_all("s", many)
    await store.spaces.note("s", "welcome", "x")
    holder = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert await store.asks.keep("s", "/brief") == short
    assert await store.asks.keep_all("s", ["/brief", "/brief", *many]) == {"/brief": short, **kept}
    assert await store.spaces.note_once("s", "welcome", "y") is False
    with pytest.raises(StorageDown):
        await store.asks.keep_all("s", ["/brief", "/entity"])
    holder.execute("ROLLBACK")
    holder.close()
    await store.close()


async def test_what_is_said_to_be_one_commit_is_one(opened: SqliteStorage):
    here = Place("s", "c")
    await opened.subscriptions.put(a_subscription(here), a_slot())
    await opened.spaces.note("s", "n", "v")
    writes = (
        lambda: opened.asks.keep_all("s", [f"/brief b{number}" for number in range(1_200)]),
        lambda: opened.subscriptions.pause(here, "Gone.", NOON, "daily"),
        lambda: opened.subscriptions.resume(here, "daily", a_slot()),
        lambda: opened.seen.first("s", "t", NOON, timedelta(hours=1)),
        lambda: opened.spaces.forget("s"),
    )
    for write in writes:
        with statements(opened) as told:
            await write()
        assert [text for text, _ in told].count("BEGIN IMMEDIATE") == 1


async def test_a_space_is_forgotten_whole_or_not_at_all(opened: SqliteStorage):
    short = await opened.asks.keep("s", "/brief")
    await opened.spaces.note("s", "n", "v")

    def fail(connection, cursor, statement, *rest):
        if statement.startswith("DELETE FROM ask"):
            raise sqlite3.OperationalError("disk I/O error")

    event.listen(opened._engine._engine, "before_cursor_execute", fail)
    with pytest.raises(StorageDown):
        await opened.spaces.forget("s")
    event.remove(opened._engine._engine, "before_cursor_execute", fail)
    assert (await opened.spaces.noted("s", "n"), await opened.asks.recall("s", short)) == ("v", "/brief")


@pytest.fixture
async def opened(tmp_path: Path):
    store = await open_storage(tmp_path / "x.db", readers=1)
    yield store
    await store.close()


async def every_write(store: SqliteStorage) -> None:
    """Writes of each port; each must be refused."""
    place = Place("s", "c")
    writes = (
        lambda: store.shelf.put_article(an_article()),
        lambda: store.shelf.put_brief(a_brief()),
        lambda: store.subscriptions.put(a_subscription(place), a_slot()),
        lambda: store.ledger.plan([owed(a_delivery(place, key="new"))], NOON),
        lambda: store.ledger.claim("w", NOON, timedelta(minutes=1), 9, ALL),
        lambda: store.asks.keep("s", "x" * 100_000),
        lambda: store.asks.keep_all("s", ["x", "y"]),
        lambda: store.subscriptions.pause(place, "Gone.", NOON),
        lambda: store.subscriptions.pause_space("s", "Gone.", NOON),
        lambda: store.subscriptions.resume(place, "daily", a_slot()),
        lambda: store.spaces.note("s", "n", "v"),
        lambda: store.spaces.note_once("s", "n", "v"),
        lambda: store.spaces.forget("s"),
        lambda: store.seen.first("s", "t", NOON, timedelta(hours=1)),
    )
    for write in writes:
        with pytest.raises(StorageDown) as caught:
            await write()
        yield plain(caught.value)


async def test_a_read_only_file_is_told_in_a_sentence(opened: SqliteStorage):
    await plan(opened, owed(a_delivery()))
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
    await owe(opened, *bad, good, lost)
    await opened._engine.write(
        lambda connection: [
            connection.exec_driver_sql("UPDATE edition SET message = '{' WHERE message LIKE '%Bad.%'"),
            connection.exec_driver_sql("DELETE FROM edition WHERE message LIKE '%Lost.%'"),
        ]
    )
    restarted = await open_storage(opened.file)  # whoever froze a message still knows it
    # A batch in which nothing can be read is not the end.
    assert [d.place for d in await restarted.ledger.claim("w", NOON, timedelta(minutes=1), 2, ALL)] == [good.place]
    assert await restarted.ledger.claim("w", NOON, timedelta(minutes=1), 9, ALL) == ()
    await restarted.close()
    for delivery in (*bad, lost):
        [record] = await opened.ledger.last(delivery.place, "daily", 9)
        assert (record.state, record.settled) == ("failed", NOON) and "cannot be read" in record.reason
        assert "cannot be read" in record.delivery.message.summary
    assert [record.levelname for record in caplog.records] == ["ERROR"] * 4


async def test_a_message_that_cannot_be_read_may_have_arrived_where_a_try_was_cut_off(opened: SqliteStorage, caplog):
    await plan(opened, owed(a_delivery()))
    await opened.ledger.claim("dead", NOON, timedelta(minutes=1), 9, ALL)
    await opened._engine.write(lambda connection: connection.exec_driver_sql("UPDATE edition SET message = '{'"))
    restarted = await open_storage(opened.file)  # whoever froze a message still knows it
    assert await restarted.ledger.claim("w", NOON + timedelta(minutes=1), timedelta(minutes=1), 9, ALL) == ()
    await restarted.close()
    [record] = await opened.ledger.last(a_delivery().place, "daily", 9)
    assert record.state == "unknown" and "cannot be read" in record.reason


async def test_a_message_that_cannot_be_read_does_not_hide_the_ledger(opened: SqliteStorage):
    await plan(opened, owed(a_delivery()))
    await opened._engine.write(lambda connection: connection.exec_driver_sql("UPDATE edition SET message = '{'"))
    [record] = await opened.ledger.last(a_delivery().place, "daily", 9)
    assert record.state == "pending" and "cannot be read" in record.delivery.message.summary


async def test_a_post_of_which_no_message_can_be_read_is_left_out(opened: SqliteStorage):
    await owe(opened, a_delivery(briefs=["ferry"], message=a_message("Bad.")))
    for delivery in await opened.ledger.claim("w", NOON, timedelta(minutes=1), 9, ALL):
        await opened.ledger.settle([(delivery, Sent("m"))], "w", NOON)
    await opened._engine.write(lambda connection: connection.exec_driver_sql("UPDATE edition SET message = '{'"))
    assert await opened.ledger.posts_carrying("ferry", NOON) == ()
    edits = [replace(a_delivery(key=f"edit:{text}", message=a_message(text)), name="", edits="m") for text in ("Mended.", "Broken.")]
    await opened.ledger.owe(edits[:1])
    for delivery in await opened.ledger.claim("w", NOON, timedelta(minutes=1), 9, ALL):
        await opened.ledger.settle([(delivery, Sent("m"))], "w", NOON)
    await opened.ledger.owe(edits[1:])
    await opened._engine.write(
        lambda connection: connection.exec_driver_sql("UPDATE edition SET message = '{' WHERE message LIKE '%Broken.%'")
    )
    [record] = await opened.ledger.posts_carrying("ferry", NOON)
    assert record.delivery.message.summary == "Mended."


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
    await owe(opened, *(a_delivery(Place("s", f"c{number}")) for number in range(300)))
    run = [sys.executable, "-c", _WORKER, str(opened.file)]
    workers = [await asyncio.create_subprocess_exec(*run, f"w{number}", cwd=ROOT, stdout=asyncio.subprocess.PIPE) for number in range(3)]
    said = [(await worker.communicate())[0].decode().split() for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0, 0]
    taken = [channel for channels in said for channel in channels]
    assert len(taken) == len(set(taken)) == 300


_SEER = """
import asyncio, sys
from datetime import timedelta
from adapters.storage.storage import open_storage
from tests.builders import NOON

async def main():
    store = await open_storage(sys.argv[1])
    for number in range(100):
        if await store.seen.first("slack:T", f"Ev{number}", NOON, timedelta(hours=1)):
            print(f"Ev{number}")
        if await store.spaces.note_once("slack:T", f"n{number}", sys.argv[2]):
            print(f"n{number}")
    await store.close()

asyncio.run(main())
"""


async def test_of_several_processes_one_sees_first_and_notes_once(opened: SqliteStorage):
    run = [sys.executable, "-c", _SEER, str(opened.file)]
    workers = [await asyncio.create_subprocess_exec(*run, f"w{number}", cwd=ROOT, stdout=asyncio.subprocess.PIPE) for number in range(3)]
    said = [(await worker.communicate())[0].decode().split() for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0, 0]
    assert sorted(line for lines in said for line in lines) == sorted(f"{kind}{number}" for kind in ("Ev", "n") for number in range(100))
    assert not await opened.seen.first("slack:T", "Ev7", NOON, timedelta(hours=1))
