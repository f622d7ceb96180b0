"""A backup put back in the place of the store, which is kept aside."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from adapters.storage import schema
from adapters.storage.backup import on_disk
from adapters.storage.bodies import micros
from adapters.storage.engine import PATIENCE, Engine
from adapters.storage.faults import PRIMARY, as_storage_down
from adapters.storage.files import Contents, beside, contents, look_through, looked_into, revision, sentences
from adapters.storage.owner import Work, sole_owner
from adapters.storage.restored import made_at, mark_of
from adapters.storage.storage import make_folder
from briefs.errors import BadInput, StorageDown

_BROKEN: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


@dataclass(frozen=True, slots=True)
class Restored:
    """A store that was put back.

    Args:
        aside: what was in its place; None: nothing.
        made: when the backup was made, to the minute; of a plain copy of a store, when that was last written.
        due: how many editions have come due since, of those that run.
    """

    file: Path
    aside: Path | None
    made: datetime
    contents: Contents
    due: int


def put_back(backup: Path, store: Path, now: datetime) -> Restored:
    """Put a backup in the place of the store, brought up to date: all of it, or nothing is changed.

    Whoever opens the store next marks what it owes as to be looked for, see `restored.py`.

    Args:
        now: aware, UTC.

    Raises:
        BadInput: the backup is none, or it is the store itself.
        Busy: a process delivers from the store.
        StorageDown: the backup is damaged or made by a later version, or the store cannot be written.
    """
    backup = backup.expanduser().absolute()
    store = store.resolve()
    if not backup.is_file():
        raise BadInput(f"There is no file {backup}: name a backup that `standfirst backup` made.")
    if any(one.exists() and backup.samefile(one) for one in (store, *beside(store))):
        raise BadInput(f"{backup} is the database itself: name a backup of it.")
    with sentences(store):
        make_folder(store.parent)
    fresh = store.with_name(f"{store.name}.{os.getpid()}.restoring")
    try:
        with sole_owner(store, Work.RESTORE):
            made = _copy(backup, fresh)
            kept, due = _up_to_date(fresh, now)
            aside = _place(fresh, store, now)
    finally:
        for left in (fresh, *beside(fresh)):
            with suppress(OSError):
                left.unlink()
    return Restored(store, aside, made, kept, due)


def _copy(backup: Path, fresh: Path) -> datetime:
    """Copy the backup, marked as one, once it is known to be whole; when it was made."""
    with sentences(fresh):
        os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600))
    with _known(backup), looked_into(backup) as connection:
        if (found := revision(connection)) is None:
            raise _no_backup(backup)
        if found not in schema.known_revisions():
            raise schema.newer(backup)
        try:
            look_through(connection, backup)
        except StorageDown as error:
            raise _damaged_backup(backup) from error
        with closing(sqlite3.connect(fresh, isolation_level=None)) as copied:
            _copied(connection, copied, backup, fresh)
            mark = int(copied.execute("PRAGMA user_version").fetchone()[0])
            if mark >= 0:
                mark = mark_of(datetime.fromtimestamp(backup.stat().st_mtime, UTC))
                copied.execute(f"PRAGMA user_version = {mark}")
    return made_at(mark)


@contextmanager
def _known(backup: Path) -> Iterator[None]:
    """What cannot be a database at all is no backup, and for a damaged one there is only another."""
    try:
        yield
    except StorageDown as error:
        cause = error.__cause__
        code = _primary(cause) if isinstance(cause, sqlite3.DatabaseError) else sqlite3.SQLITE_OK
        if code == sqlite3.SQLITE_NOTADB:
            raise _no_backup(backup) from cause
        if code == sqlite3.SQLITE_CORRUPT:
            raise _damaged_backup(backup) from cause
        raise


def _no_backup(file: Path) -> BadInput:
    return BadInput(f"{file} is no backup of Standfirst, or its beginning is damaged: name a file that `standfirst backup` made.")


def _damaged_backup(file: Path) -> StorageDown:
    return StorageDown(f"The backup {file} is damaged, and nothing was changed: restore another one, for example the one before it.")


def _copied(source: sqlite3.Connection, to: sqlite3.Connection, read: Path, written: Path) -> None:
    """Copy one database over another, in one commit."""
    try:
        source.backup(to)
    except sqlite3.DatabaseError as error:
        broken = _primary(error) in _BROKEN
        raise (_damaged_backup(read) if broken else as_storage_down(error, written) or error) from error


def _up_to_date(fresh: Path, now: datetime) -> tuple[Contents, int]:
    """Bring the copy up to date, in a file of its own, so that nothing is changed where that fails; what is in it."""
    engine = Engine(fresh)
    try:
        schema.bring_up_to_date(engine)
    finally:
        engine.close_now()
    with sentences(fresh), closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        since = "SELECT count(*) FROM subscription WHERE paused = '' AND next_utc <= ?"
        found = contents(connection), int(connection.execute(since, [micros(now)]).fetchone()[0])
    with sentences(fresh):
        on_disk(fresh)
    return found


def _place(fresh: Path, store: Path, now: datetime) -> Path | None:
    """Put the copy in the place of the store; where that is kept."""
    aside = _free(store.with_name(f"{store.stem}.before-{now:%Y%m%d-%H%M%S}{store.suffix}"))
    if not store.exists() or not store.stat().st_size:
        _swap(fresh, store, aside)
        return None
    try:
        return _write_over(fresh, store, aside)
    except sqlite3.DatabaseError as error:
        if _primary(error) not in _BROKEN:
            raise as_storage_down(error, store) or error from error
    # Nobody can work with what is damaged, so that nobody has to be waited for.
    _swap(fresh, store, aside)
    return aside


def _write_over(fresh: Path, store: Path, aside: Path) -> Path:
    """Copy the store aside and the other one over it, with nobody between: whoever has it open sees the other one from then on."""
    timeout = PATIENCE.total_seconds()
    with closing(sqlite3.connect(store, timeout=timeout, isolation_level=None)) as there:
        there.execute("PRAGMA synchronous = FULL")
        there.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
        # Folds the log in, and ends where another has the file open.
        there.execute("PRAGMA journal_mode = DELETE").fetchone()
        there.execute("BEGIN EXCLUSIVE")
        there.execute("COMMIT")
        if revision(there) is None and there.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise schema.not_ours(store)
        with sentences(aside):
            os.close(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        try:
            with closing(sqlite3.connect(aside, isolation_level=None)) as kept:
                try:
                    there.backup(kept)
                except sqlite3.DatabaseError as error:
                    if _primary(error) in _BROKEN:
                        raise
                    raise as_storage_down(error, aside) or error from error
            with sentences(aside):
                on_disk(aside)
            with closing(sqlite3.connect(fresh, isolation_level=None)) as copied:
                copied.backup(there)
        except BaseException:
            aside.unlink()  # what is there is still there
            raise
    return aside


def _swap(fresh: Path, store: Path, aside: Path) -> None:
    """Put the file in the place of the other, which is kept with all that lies beside it; never is there none in that place."""
    with sentences(store):
        if store.exists():
            try:
                os.link(store, aside)
            except OSError:  # not every disk knows links
                shutil.copy2(store, aside)
            on_disk(aside)
        for left, kept in zip(beside(store), beside(aside), strict=True):
            if left.exists():
                left.rename(kept)
        fresh.replace(store)
        on_disk(store.parent)


def _free(path: Path) -> Path:
    """That name, or the first one like it that nothing bears."""
    number, free = 2, path
    while free.exists():
        free, number = path.with_name(f"{path.stem}-{number}{path.suffix}"), number + 1
    return free


def _primary(error: sqlite3.DatabaseError) -> int:
    return int(getattr(error, "sqlite_errorcode", None) or 0) & PRIMARY
