"""Stores that know less than their channels: put back from a backup, or with what was written to them last lost.

What such a store owes may have been posted since, and so may the editions of all slots up to now. Nothing of it is posted
before it was looked for: a delivery that counts as tried already is.
"""

import logging
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Connection, false, update

from adapters.storage.engine import Engine, commits, set_commits
from adapters.storage.ledger_read import PENDING, SENDING
from adapters.storage.spaces import note, noted
from adapters.storage.tables import DELIVERY
from briefs.ports.spaces import INSTALLATION

RESTORED: Final = "restored"  # the note that says since when nothing is missing any more
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE: Final = timedelta(minutes=1)
_C = DELIVERY.c

log = logging.getLogger(__name__)


def mark_of(made: datetime) -> int:
    """What stands in a backup's header where a store numbers its commits: minutes, below 0, until somebody delivers from it."""
    return min(-1, -((made - _EPOCH) // _MINUTE))


def made_at(mark: int) -> datetime:
    """When the backup with that mark was made, to the minute."""
    return _EPOCH - mark * _MINUTE


def own_up(engine: Engine, told: int, now: datetime) -> None:
    """Where the store was put back, or lacks commits, mark what it owes as to be looked for, and remember since when.

    Args:
        told: the number of the last commit that whoever delivers from it has told of.
        now: aware, UTC.
    """
    number = engine.read_now(commits)
    if not _lacks(number, told):
        return
    if engine.write_now(_own_up, told, now):
        why = f"was put back from a backup of {made_at(number):%d %b %Y %H:%M} UTC" if number < 0 else "lacks what was written to it last"
        log.warning("%s %s: what may have been posted since is looked for in its channel before it is posted", engine.file, why)


def restored(connection: Connection) -> datetime | None:
    """See `Ledger.restored`."""
    since = noted(connection, INSTALLATION, RESTORED)
    return datetime.fromisoformat(since) if since else None


def _lacks(number: int, told: int) -> bool:
    return number < 0 or number < told


def _own_up(connection: Connection, told: int, now: datetime) -> bool:
    # Asked again, now that nobody else can write: two programs may have started at once.
    if not _lacks(commits(connection), told):
        return False
    connection.execute(update(DELIVERY).where(PENDING, _C.attempt == 0).values(attempt=1))
    # Whatever a manager insisted on may have been done since.
    for state in (PENDING, SENDING):
        connection.execute(update(DELIVERY).where(state, _C.insisted).values(insisted=false()))
    note(connection, INSTALLATION, RESTORED, now.isoformat())
    set_commits(connection, told)
    return True
