"""A store that was put back, or lost what was written to it last: what it owes is to be looked for."""

import asyncio
import signal
import sqlite3
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.storage.engine import COMMITS_MAX, Engine, commits, set_commits
from adapters.storage.owner import noted
from adapters.storage.restored import made_at, mark_of
from adapters.storage.storage import open_storage
from briefs.digest import DeliveryState, Place, Sent
from briefs.ports import Ledger
from tests.builders import NOON, TODAY, a_delivery, a_message, a_slot, a_subscription
from tests.contracts.books import ALL
from tests.contracts.test_storage_ledger import owe, owed, plan

ROOT = Path(__file__).parents[2]
MINUTE = timedelta(minutes=1)
LEASE = timedelta(minutes=5)


async def test_a_new_store_was_never_restored(ledger: Ledger):
    assert await ledger.restored() is None


async def test_what_is_owed_with_a_try_keeps_it_and_is_not_taken_at_once(storage):
    here, there = Place("s", "c1"), Place("s", "c2")
    doubted = owed(replace(a_delivery(here), attempt=1)), owed(a_delivery(there))
    for planned in doubted:
        await storage.subscriptions.put(planned.subscription, planned.slot)
    taken = await storage.ledger.plan(doubted, NOON, worker="w", lease=LEASE, limit=9)
    assert [(d.place, d.attempt) for d in taken] == [(there, 1)]
    [claimed] = await storage.ledger.claim("w", NOON, LEASE, 9, ALL)
    assert (claimed.place, claimed.attempt) == (here, 2)


def number_of(file: Path) -> int:
    connection = sqlite3.connect(file)
    try:
        return connection.execute("PRAGMA user_version").fetchone()[0]
    finally:
        connection.close()


async def test_commits_are_counted_while_somebody_delivers_and_only_then(tmp_path: Path):
    store = await open_storage(tmp_path / "s.db")
    await store.spaces.note("s", "n", "1")
    with store.delivering():
        assert noted(store.file) == 0
        for number in range(3):
            await store.spaces.note("s", "n", str(number))
        assert noted(store.file) == 3
        await store.spaces.noted("s", "n")
        assert noted(store.file) == 3
    await store.spaces.note("s", "n", "x")
    await store.close()
    assert (noted(store.file), number_of(store.file)) == (3, 3)


async def test_a_commit_that_fails_is_not_told_of(tmp_path: Path):
    store = await open_storage(tmp_path / "s.db")
    with store.delivering():
        await store.spaces.note("s", "n", "1")
        with pytest.raises(ValueError, match="no"):
            await store._engine.write(fail)
        assert noted(store.file) == 1
        await store.spaces.note("s", "n", "2")
    assert noted(store.file) == number_of(store.file) == 2
    await store.close()


def fail(connection):
    raise ValueError("no")


def test_the_count_ends_where_the_header_does(tmp_path: Path):
    engine = Engine(tmp_path / "s.db")
    told = []
    engine.count_commits(told.append)
    engine.write_now(set_commits, COMMITS_MAX - 1)
    engine.write_now(lambda _: None)
    assert told == [COMMITS_MAX, COMMITS_MAX]
    assert engine.read_now(commits) == COMMITS_MAX
    engine.close_now()


async def test_a_store_that_lacks_commits_looks_for_what_it_owes(tmp_path: Path, caplog):
    store = await open_storage(tmp_path / "s.db")
    await plan(store, owed(a_delivery()))
    await store.close()
    before = store.file.read_bytes()
    store = await open_storage(store.file)
    with store.delivering():
        [delivery] = await store.ledger.claim("w", NOON, LEASE, 9, ALL)
        await store.ledger.settle([(delivery, Sent("m"))], "w", NOON)
    await store.close()
    store.file.write_bytes(before)  # an older copy, by hand
    store = await open_storage(store.file, clock=lambda: NOON + MINUTE)
    assert await store.ledger.restored() == NOON + MINUTE
    [record] = await store.ledger.last(delivery.place, "daily", 9)
    assert (record.state, record.delivery.attempt) == (DeliveryState.PENDING, 1)
    [again] = await store.ledger.claim("w", NOON, LEASE, 9, ALL)
    assert again.attempt == 2
    await store.close()
    assert "lacks what was written to it last" in caplog.text
    # Said once: from now on it knows as much as was told of.
    store = await open_storage(store.file, clock=lambda: NOON + LEASE)
    assert await store.ledger.restored() == NOON + MINUTE
    await store.close()
    assert len([record for record in caplog.records if record.name == "adapters.storage.restored"]) == 1


async def test_what_was_settled_before_a_restore_is_looked_for_where_it_is_sent_again(tmp_path: Path):
    store = await open_storage(tmp_path / "s.db", clock=lambda: NOON + MINUTE)
    places = [Place("s", f"c{number}") for number in range(2)]
    for place in places:
        await store.subscriptions.put(a_subscription(place), a_slot())
    await owe(store, a_delivery(places[0], message=a_message("One.")), a_delivery(places[1], message=a_message("Two.")))
    await store.subscriptions.pause(places[0], "Gone.", NOON)
    await store._engine.write(set_commits, mark_of(NOON))
    await store.close()
    store = await open_storage(store.file, clock=lambda: NOON + MINUTE)
    await store.subscriptions.pause(places[1], "Gone.", NOON + 2 * MINUTE)
    for place in places:
        await store.subscriptions.resume(place, "daily", a_slot(NOON + timedelta(days=1)))
        assert await store.ledger.resend(place, "daily", TODAY, NOON + LEASE, NOON + timedelta(hours=6)) == 1
    claimed = await store.ledger.claim("w", NOON + LEASE, LEASE, 9, ALL)
    # The second was owed at the restore, and has had a try since: unknown when it was paused.
    assert {d.place: d.attempt for d in claimed} == {places[0]: 2, places[1]: 2}
    await store.close()


def test_a_mark_says_to_the_minute_when_the_backup_was_made():
    assert made_at(mark_of(NOON)) == NOON
    assert mark_of(NOON + timedelta(seconds=59)) == mark_of(NOON) < 0


_DELIVERER = """
import asyncio, os, signal, sys
from tests.builders import NOON, a_delivery, a_subscription, a_slot
from tests.contracts.test_storage_ledger import ALL
from adapters.storage.storage import open_storage
from briefs.digest import Sent
from datetime import timedelta

async def main():
    store = await open_storage(sys.argv[1])
    with store.delivering():
        [delivery] = await store.ledger.claim("w", NOON, timedelta(minutes=5), 9, ALL)
        await store.ledger.settle([(delivery, Sent("m"))], "w", NOON)
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


async def killed_while_delivering(file: Path) -> None:
    """Have a process post what is owed, settle it, and be killed then."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", _DELIVERER, str(file), cwd=ROOT)
    assert await process.wait() == -signal.SIGKILL


@pytest.mark.parametrize("gone", [True, False], ids=["log-gone", "log-there"])
async def test_a_log_that_is_gone_is_noticed_and_one_that_is_there_loses_nothing(tmp_path: Path, gone):
    store = await open_storage(tmp_path / "s.db")
    await plan(store, owed(a_delivery()))
    await store.close()
    await killed_while_delivering(store.file)
    log = store.file.with_name("s.db-wal")
    assert log.stat().st_size > 0
    if gone:
        log.unlink()
    store = await open_storage(store.file, clock=lambda: NOON + MINUTE)
    [record] = await store.ledger.last(a_delivery().place, "daily", 9)
    assert (record.state, await store.ledger.restored()) == (("pending", NOON + MINUTE) if gone else ("sent", None))
    assert record.delivery.attempt == 1
    await store.close()


async def test_somebody_who_looks_in_with_another_tool_after_a_crash_takes_nothing_away(tmp_path: Path):
    store = await open_storage(tmp_path / "s.db")
    await plan(store, owed(a_delivery()))
    await store.close()
    await killed_while_delivering(store.file)
    assert number_of(store.file) > 0  # the log is folded in, and gone, when this ends
    assert not store.file.with_name("s.db-wal").exists()
    store = await open_storage(store.file)
    assert await store.ledger.restored() is None
    await store.close()
