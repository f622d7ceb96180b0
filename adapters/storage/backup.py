"""A backup: the whole store in one file, as it is at one moment, while others read and write it."""

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from adapters.storage import schema
from adapters.storage.faults import PRIMARY, as_storage_down, damaged
from adapters.storage.files import Contents, beside, contents, look_through, looked_into, revision, sentences
from adapters.storage.restored import mark_of
from adapters.storage.storage import make_folder
from briefs.errors import BadInput, StorageDown


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made, looked through, and is on the disk.

    Args:
        size: bytes.
        astray: rows that name another which is not there.
    """

    file: Path
    size: int
    made: datetime
    contents: Contents
    astray: int


def back_up(store: Path, to: Path, now: datetime, *, force: bool = False, folder: bool = False) -> Backup:
    """Make a backup of the store; a folder gets a file with the moment in its name.

    It appears under its name once it is whole and on the disk, or not at all. Its header says that it is a backup, so that
    whoever delivers from it, however it was put back, looks before posting.

    Args:
        now: aware, UTC.
        force: whether another backup that is there may be replaced.
        folder: whether `to` is meant as a folder, which is made where it is not there.

    Raises:
        BadInput: there is no store, or there is a file of that name already.
        StorageDown: the store is damaged, or the backup cannot be written.
    """
    to = to.expanduser().absolute()
    if not store.is_file():
        raise BadInput(f"There is no database at {store} yet, so there is nothing to back up.")
    if folder and not to.is_dir():
        _make(to)
    to = _named(store, to, now)
    _refuse(store, to, force=force)
    fresh = to.with_name(f"{to.name}.{os.getpid()}.new")
    try:
        with sentences(to):
            os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600))
        _copy(store, fresh, to, now)
        kept, astray = _check(fresh, to)
        size = fresh.stat().st_size
        with sentences(to):
            on_disk(fresh)
            _refuse(store, to, force=force)  # asked again: copying takes its time
            fresh.replace(to)
            on_disk(to.parent)
    finally:
        for left in (fresh, *beside(fresh)):
            with suppress(OSError):
                left.unlink()
    return Backup(to, size, now, kept, astray)


def on_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _make(folder: Path) -> None:
    if folder.exists():
        raise BadInput(f"{folder} is a file, not a folder: leave out the slash behind it, or name another folder.")
    with sentences(folder):
        make_folder(folder)


def _named(store: Path, to: Path, now: datetime) -> Path:
    return to / f"{store.stem}-{now:%Y%m%d-%H%M%S}.db" if to.is_dir() else to


def _refuse(store: Path, to: Path, *, force: bool) -> None:
    if any(to.exists() and one.exists() and to.samefile(one) for one in (store, *beside(store))):
        raise BadInput(f"{to} is the database itself: give the backup another name.")
    if to.is_dir():
        raise BadInput(f"{to} is a folder: give the backup another name.")
    if to.exists() and not force:
        raise BadInput(f"{to} is there already: give the backup another name, or replace it with --force.")


def _copy(store: Path, fresh: Path, to: Path, now: datetime) -> None:
    with looked_into(store, ours=True) as connection:
        found = revision(connection)
        if found is None:
            raise schema.not_ours(store)
        try:
            # Reads every page of every table, in one reading transaction: nobody waits for it, and it waits for nobody.
            connection.execute("VACUUM INTO ?", [str(fresh)])
        except sqlite3.DatabaseError as error:
            # What is damaged is what was read; all else is what was to be written.
            code = getattr(error, "sqlite_errorcode", 0) & PRIMARY
            raise (damaged(store) if code == sqlite3.SQLITE_CORRUPT else as_storage_down(error, to) or error) from error
    with sentences(to), closing(sqlite3.connect(fresh, isolation_level=None)) as copied:
        copied.execute("PRAGMA synchronous = FULL")
        copied.execute(f"PRAGMA user_version = {mark_of(now)}")


def _check(fresh: Path, to: Path) -> tuple[Contents, int]:
    with looked_into(fresh) as connection:
        try:
            return contents(connection), look_through(connection, to)
        except (sqlite3.DatabaseError, StorageDown) as error:
            raise StorageDown(f"The backup could not be read again, and was not kept: see to the disk that holds {to}.") from error
