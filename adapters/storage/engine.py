"""Connections and threads: one thread writes, a few read, and whatever the driver complains of becomes a sentence."""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, TypeVar

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.exc import DBAPIError

from adapters.storage.faults import PRIMARY, as_storage_down
from briefs.errors import StorageDown

P = ParamSpec("P")
R = TypeVar("R")

READERS: Final = 2
PATIENCE: Final = timedelta(seconds=5)  # how long a write waits for another process's
CACHE_KIB: Final = 16_384  # pages kept by each connection
CHECKPOINT_PAGES: Final = 1_000  # of 4 KiB: how long the write-ahead log may grow before it is folded in
COMMITS_MAX: Final = 2**31 - 1  # the largest that fits; https://www.sqlite.org/pragma.html#pragma_user_version

_WRITES: Final = "standfirst_writes"
_PAUSE: Final = 0.01  # seconds between two tries to change how the file is written


class Engine:
    """A store's connections.

    Reads see one moment of the store; a write begins by taking the one lock there is (BEGIN IMMEDIATE), so that what
    it read is still true when it writes. Changes to the schema are part of the transaction too.
    """

    def __init__(self, file: Path, *, readers: int = READERS, patience: timedelta = PATIENCE) -> None:
        self.file = file
        self._patience = patience
        self._engine = create_engine(
            URL.create("sqlite", database=str(file)),
            connect_args={"check_same_thread": False, "timeout": patience.total_seconds(), "cached_statements": 256},
            pool_size=readers + 1,
            max_overflow=0,
            hide_parameters=True,  # what an error tells of goes to the log, and messages have no business there
        )
        self._writing = self._engine.execution_options(**{_WRITES: True})
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="standfirst-writes")
        self._readers = ThreadPoolExecutor(readers, thread_name_prefix="standfirst-reads")
        self._counted: Callable[[int], None] | None = None
        event.listen(self._engine, "connect", _prepare)
        event.listen(self._engine, "begin", _begin)

    async def read(self, question: Callable[Concatenate[Connection, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Ask in a reading thread.

        Raises:
            StorageDown: the store cannot be reached.
        """
        return await self._in(self._readers, lambda: self.read_now(question, *args, **kwargs))

    async def write(self, change: Callable[Concatenate[Connection, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Change something in the writing thread, in one commit; nothing of it remains where it fails.

        Raises:
            StorageDown: the store cannot be reached.
        """
        return await self._in(self._writer, lambda: self.write_now(change, *args, **kwargs))

    def read_now(self, question: Callable[Concatenate[Connection, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """As `read`, in this thread."""
        with self._sentences(), self._engine.begin() as connection:
            return question(connection, *args, **kwargs)

    def write_now(self, change: Callable[Concatenate[Connection, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """As `write`, in this thread."""
        with self._sentences():
            with self._writing.begin() as connection:
                done = change(connection, *args, **kwargs)
                number = _count(connection) if self._counted else 0
            if self._counted and number:
                self._counted(number)
            return done

    def count_commits(self, counted: Callable[[int], None] | None) -> None:
        """Number what is written from now on in the file itself, and tell `counted` the number once it is there; None: no longer.

        A file that knows fewer than were told has lost something, whoever took it away; see `restored.py`.
        """
        self._counted = counted

    def log_ahead_now(self) -> None:
        """Have the file written ahead to a log, so that reading goes on beside a write; it stays so once it is.

        Raises:
            StorageDown: another program held the file for longer than our patience.
        """
        with self._sentences():
            pooled = self._engine.raw_connection()
            try:
                connection = pooled.driver_connection
                assert isinstance(connection, sqlite3.Connection)
                _log_ahead(connection, time.monotonic() + self._patience.total_seconds())
            finally:
                pooled.close()

    async def close(self) -> None:
        """Wait for what is under way, then let go of every connection; closing twice is closing once."""
        await asyncio.to_thread(self.close_now)

    def close_now(self) -> None:
        """As `close`, in this thread."""
        self._writer.shutdown()
        self._readers.shutdown()
        self._engine.dispose()

    async def _in(self, threads: ThreadPoolExecutor, work: Callable[[], R]) -> R:
        try:
            future = asyncio.get_running_loop().run_in_executor(threads, work)
        except RuntimeError as error:
            raise StorageDown(f"{self.file} has been closed: start the program again.") from error
        return await future

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite3.Error, OSError) as error:
            sentence = as_storage_down(error, self.file)
            if sentence is None:
                raise
            raise sentence from error


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    """Set a new connection up; https://www.sqlite.org/pragma.html."""
    # The driver must not begin or end transactions by itself: it would leave changes to the schema outside of them.
    connection.isolation_level = None
    try:
        for pragma in (
            "synchronous = FULL",
            "foreign_keys = ON",
            "temp_store = MEMORY",
            f"cache_size = -{CACHE_KIB}",
            f"wal_autocheckpoint = {CHECKPOINT_PAGES}",
        ):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()  # the pool does not know it yet, and would leave it open
        raise


def _log_ahead(connection: sqlite3.Connection, until: float) -> None:
    """Try until that moment (monotonic seconds): for this one change SQLite does not wait for whoever reads or writes."""
    while True:
        try:
            if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & PRIMARY in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
            if not busy or time.monotonic() >= until:
                raise
        else:
            return
        time.sleep(_PAUSE)


def commits(connection: Connection) -> int:
    """How many commits were numbered in this file; below 0: it is a backup, see `restored.py`."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar() or 0)


def set_commits(connection: Connection, number: int) -> None:
    """Number the last commit so; the file's header has 32 bits for it."""
    connection.exec_driver_sql(f"PRAGMA user_version = {min(number, COMMITS_MAX)}")


def _count(connection: Connection) -> int:
    number = min(max(commits(connection), 0) + 1, COMMITS_MAX)
    set_commits(connection, number)
    return number


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
