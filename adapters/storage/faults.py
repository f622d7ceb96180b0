"""What a driver complains about, as one sentence that says what to do."""

import errno
import sqlite3
from contextlib import suppress
from pathlib import Path
from shutil import disk_usage
from typing import Final

from sqlalchemy.exc import DBAPIError

from briefs.errors import StorageDown

_DAMAGED: Final = "{file} is damaged: put back a backup of it with `standfirst restore`, or move it away to begin anew."
_SENTENCES: Final = {
    sqlite3.SQLITE_FULL: "The disk that holds {file} is full: make room on it, then try again.",
    sqlite3.SQLITE_READONLY: "{file} cannot be written to: give this user the right to write to the file and its folder.",
    sqlite3.SQLITE_PERM: "{file} may not be opened: give this user the right to read and write the file and its folder.",
    sqlite3.SQLITE_AUTH: "{file} may not be opened: give this user the right to read and write the file and its folder.",
    sqlite3.SQLITE_NOTADB: "{file} is not a Standfirst database, or it is damaged: name another file with STANDFIRST_DATABASE, or put "
    "back a backup with `standfirst restore`.",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_BUSY: "{file} is locked by another program: wait until that is done, or end it, then try again.",
    sqlite3.SQLITE_LOCKED: "{file} is locked by another program: wait until that is done, or end it, then try again.",
    sqlite3.SQLITE_CANTOPEN: "{file} cannot be opened: see that its folder exists, and that this user may read and write both.",
    sqlite3.SQLITE_IOERR: "{file} cannot be read or written: the disk reports an error; see to the disk, then try again.",
    sqlite3.SQLITE_PROTOCOL: "{file} cannot be locked: keep it on a local disk, not on a network share.",
    sqlite3.SQLITE_TOOBIG: "Too much text at once for {file}: give a shorter one.",
    sqlite3.SQLITE_NOMEM: "There is not enough memory to use {file}: free some, then try again.",
}
_OTHERWISE: Final = "{file} cannot be used: put back a backup of it with `standfirst restore`, or move it away to begin anew."
_SYSTEM: Final = {
    errno.ENOSPC: _SENTENCES[sqlite3.SQLITE_FULL],
    errno.EDQUOT: _SENTENCES[sqlite3.SQLITE_FULL],
    errno.EROFS: _SENTENCES[sqlite3.SQLITE_READONLY],
    errno.EACCES: _SENTENCES[sqlite3.SQLITE_PERM],
    errno.EPERM: _SENTENCES[sqlite3.SQLITE_PERM],
    errno.EEXIST: "{file} cannot be made: a part of its path is a file, not a folder.",
    errno.ENOTDIR: "{file} cannot be made: a part of its path is a file, not a folder.",
    errno.EISDIR: "{file} is a folder: name a file in it, for example with STANDFIRST_DATABASE.",
    errno.ENAMETOOLONG: "The name of the database file is too long: choose a shorter one.",
}
ROOM: Final = 65_536  # bytes: less than SQLite asks for at once
PRIMARY: Final = 0xFF  # the low byte of SQLite's extended result codes, https://www.sqlite.org/rescode.html


def as_storage_down(error: Exception, file: Path) -> StorageDown | None:
    """What went wrong in the world as a sentence for the reader; None where the fault is our own and must be seen."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.DatabaseError):
        if isinstance(cause, sqlite3.IntegrityError | sqlite3.ProgrammingError | sqlite3.DataError | sqlite3.NotSupportedError):
            return None
        code = (getattr(cause, "sqlite_errorcode", None) or 0) & PRIMARY
        # What SQLite keeps in memory beside the file needs room on the disk, too, and its want is called an error of the disk.
        full = code == sqlite3.SQLITE_IOERR and _has_no_room(file.parent)
        return StorageDown(_SENTENCES.get(sqlite3.SQLITE_FULL if full else code, _OTHERWISE).format(file=file))
    if isinstance(cause, OSError):
        return StorageDown(_SYSTEM.get(cause.errno or 0, _SENTENCES[sqlite3.SQLITE_CANTOPEN]).format(file=file))
    return None


def damaged(file: Path) -> StorageDown:
    """It is, though SQLite did not complain."""
    return StorageDown(_DAMAGED.format(file=file))


def _has_no_room(folder: Path) -> bool:
    with suppress(OSError):
        return disk_usage(folder).free < ROOM
    return False
