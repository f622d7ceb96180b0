"""Stores as files: opened as they are, without their ports, and looked through for damage."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from adapters.storage import schema
from adapters.storage.engine import PATIENCE
from adapters.storage.faults import PRIMARY, as_storage_down, damaged

BESIDE: Final = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file: https://www.sqlite.org/tempfiles.html
_CANNOT: Final = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR)

# Rows that name another row which has to be there.
_LEADS_NOWHERE: Final = {
    "delivery": "SELECT count(*) FROM delivery WHERE edition <> '' AND edition NOT IN (SELECT hash FROM edition)",
    "brief": "SELECT count(*) FROM brief WHERE article NOT IN (SELECT id FROM article)",
}


@dataclass(frozen=True, slots=True)
class Contents:
    """What a store holds, counted.

    Args:
        drafts: of the briefs, those that no reader sees yet.
        owed: of the deliveries, those that are still to be posted.
        unknown: of them, those of which nobody can tell whether they arrived.
    """

    articles: int
    briefs: int
    drafts: int
    cards: int
    subscriptions: int
    channels: int
    deliveries: int
    owed: int
    unknown: int


def beside(file: Path) -> list[Path]:
    """The files that SQLite may keep beside that one."""
    return [file.with_name(file.name + end) for end in BESIDE]


def _logs(file: Path) -> list[Path]:
    """Those of them that hold what is not in the file itself."""
    return [one for one in beside(file) if not one.name.endswith("-shm")]


@contextmanager
def sentences(file: Path) -> Iterator[None]:
    """What the driver or the system complains of becomes a sentence about that file.

    Raises:
        StorageDown: it did.
    """
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise as_storage_down(error, file) or error from error


@contextmanager
def looked_into(file: Path, *, ours: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection to read with, whoever writes beside it, also where nothing may be written.

    Args:
        ours: it is the store itself, so that what SQLite keeps beside it may be tidied up at the end.

    Raises:
        StorageDown: the file cannot be read.
    """
    with sentences(file), closing(_reading(file, "rw" if ours else "ro")) as connection:
        yield connection


def _reading(file: Path, mode: str) -> sqlite3.Connection:
    address = f"file:{quote(str(file))}?mode="
    connection = sqlite3.connect(f"{address}{mode}", uri=True, timeout=PATIENCE.total_seconds(), isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        # Where nothing can be made beside the file, SQLite only reads what nobody can be writing.
        if error.sqlite_errorcode & PRIMARY not in _CANNOT or not file.is_file() or any(map(_filled, _logs(file))):
            raise
        return sqlite3.connect(f"{address}ro&immutable=1", uri=True, isolation_level=None)
    except BaseException:
        connection.close()
        raise
    return connection


def _filled(file: Path) -> bool:
    with suppress(OSError):
        return file.stat().st_size > 0
    return False


def revision(connection: sqlite3.Connection) -> str | None:
    """The revision of a store; None where it is none of ours, or none yet."""
    try:
        row = connection.execute(f"SELECT version_num FROM {schema.REVISIONS}").fetchone()  # noqa: S608 (a constant)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & PRIMARY != sqlite3.SQLITE_ERROR:
            raise
        return None  # no such table
    return None if row is None else str(row[0])


def contents(connection: sqlite3.Connection) -> Contents:
    """What is in a store of any revision."""

    def count(what: str) -> int:
        return int(connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0])  # noqa: S608 (constants)

    return Contents(
        articles=count("article"),
        briefs=count("brief"),
        drafts=count("brief WHERE state = 'draft'"),
        cards=count("card"),
        subscriptions=count("subscription"),
        channels=count("(SELECT DISTINCT space, channel FROM subscription)"),
        deliveries=count("delivery"),
        owed=count("delivery WHERE state IN ('pending', 'sending')"),
        unknown=count("delivery WHERE state = 'unknown'"),
    )


def look_through(connection: sqlite3.Connection, file: Path) -> int:
    """Read all of a store, its indexes too; how many of its rows name another that is not there.

    Raises:
        StorageDown: it is damaged.
    """
    told = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
    if told != ["ok"] or connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise damaged(file)
    return sum(int(connection.execute(query).fetchone()[0]) for query in _LEADS_NOWHERE.values())
