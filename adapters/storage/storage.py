"""Opening the store: the file made on first use, its tables brought up to date, the ports handed out."""

import asyncio
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from adapters.storage import owner, restored, schema
from adapters.storage.asks import SqlAsks
from adapters.storage.curation import SqlCuration
from adapters.storage.engine import PATIENCE, READERS, Engine
from adapters.storage.faults import as_storage_down
from adapters.storage.frozen import Frozen
from adapters.storage.ledger import SqlLedger
from adapters.storage.reports import SqlReports
from adapters.storage.seen import SqlSeen
from adapters.storage.shelf import SqlShelf
from adapters.storage.spaces import SqlSpaces
from adapters.storage.subscriptions import SqlSubscriptions
from briefs.errors import StorageDown

SQLITE_MIN: Final = (3, 40)  # what Debian 12 has, the oldest system this is tried on
_FOLDER_MODE: Final = 0o700  # nobody else's business: who asked for which digest
_FILE_MODE: Final = 0o600
_SQLITE_URL: Final = "sqlite:///"


class SqliteStorage:
    """See the port. Made by `open_storage`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._shelf = SqlShelf(engine)
        self._subscriptions = SqlSubscriptions(engine)
        frozen = Frozen()
        self._ledger = SqlLedger(engine, frozen)
        self._curation = SqlCuration(engine, frozen)
        self._reports = SqlReports(engine)
        self._asks = SqlAsks(engine)
        self._spaces = SqlSpaces(engine)
        self._seen = SqlSeen(engine)

    @property
    def file(self) -> Path:
        """The database file."""
        return self._engine.file

    @property
    def shelf(self) -> SqlShelf:
        """See the port."""
        return self._shelf

    @property
    def subscriptions(self) -> SqlSubscriptions:
        """See the port."""
        return self._subscriptions

    @property
    def ledger(self) -> SqlLedger:
        """See the port."""
        return self._ledger

    @property
    def curation(self) -> SqlCuration:
        """See the port."""
        return self._curation

    @property
    def reports(self) -> SqlReports:
        """See the port."""
        return self._reports

    @property
    def asks(self) -> SqlAsks:
        """See the port."""
        return self._asks

    @property
    def spaces(self) -> SqlSpaces:
        """See the port."""
        return self._spaces

    @property
    def seen(self) -> SqlSeen:
        """See the port."""
        return self._seen

    @contextmanager
    def delivering(self, work: owner.Work = owner.Work.RUN) -> Iterator[None]:
        """Be the one process that delivers from this store, for as long as the context lasts; see `owner.sole_owner`.

        Raises:
            Busy: another process does.
            StorageDown: the file beside the store cannot be made.
        """
        with owner.sole_owner(self.file, work) as note:
            self._engine.count_commits(note)
            try:
                yield
            finally:
                self._engine.count_commits(None)

    async def close(self) -> None:
        """See the port. Closing twice is closing once."""
        await self._engine.close()


async def open_storage(
    where: str | Path,
    *,
    readers: int = READERS,
    patience: timedelta = PATIENCE,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> SqliteStorage:
    """Open the store, making folder, file and tables where they are missing.

    Args:
        where: the path of a file, or `sqlite:///` and the path; "~" is the user's home.
        readers: threads that read side by side.
        patience: how long a write waits for another process's.
        clock: the present moment, aware, UTC.

    Raises:
        StorageDown: it cannot be opened; the sentence says what to do.
    """
    return await asyncio.to_thread(_open, where, readers, patience, clock)


def _open(where: str | Path, readers: int, patience: timedelta, clock: Callable[[], datetime]) -> SqliteStorage:
    if sqlite3.sqlite_version_info < SQLITE_MIN:
        needed = ".".join(str(number) for number in SQLITE_MIN)
        raise StorageDown(f"SQLite {needed} or later is needed, this Python has {sqlite3.sqlite_version}: use a newer build of Python.")
    file = file_of(where)
    _make(file)
    # Before anything is read of the store: the moment after, whoever delivers may be ahead of what was read.
    noted = owner.noted(file)
    engine = Engine(file, readers=readers, patience=patience)
    try:
        schema.bring_up_to_date(engine)
        restored.own_up(engine, noted, clock())
    except BaseException:
        engine.close_now()
        raise
    return SqliteStorage(engine)


def file_of(where: str | Path) -> Path:
    """The file that a setting names, be it there or not.

    Raises:
        StorageDown: it names none.
    """
    text = str(where)
    if "\0" in text or not text.strip() or text == _SQLITE_URL:
        raise StorageDown("No database file is named: set STANDFIRST_DATABASE to the path of a file.")
    if "://" in text and not text.startswith(_SQLITE_URL):
        kind = text.partition("://")[0]
        raise StorageDown(f"“{kind}” databases are not supported yet: set STANDFIRST_DATABASE to the path of a file.")
    try:
        return Path(text.removeprefix(_SQLITE_URL)).expanduser().absolute()
    except RuntimeError as error:
        raise StorageDown(f"There is no home folder for {text}: set STANDFIRST_DATABASE to a full path.") from error


def _make(file: Path) -> None:
    """Make the folder and the file, for their owner's eyes only; whatever is there already stays as it is."""
    try:
        if not file.parent.is_dir():
            make_folder(file.parent)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _FILE_MODE))
    except OSError as error:
        raise as_storage_down(error, file) or error from error


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, each with the same narrow rights: mkdir gives only the last one its mode."""
    if not folder.parent.is_dir():
        make_folder(folder.parent)
    folder.mkdir(mode=_FOLDER_MODE, exist_ok=True)
