"""What the ledger needs no longer: old entries go, and the editions that nothing points to any more."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, or_, select, tuple_

from adapters.storage.bodies import micros
from adapters.storage.engine import Engine
from adapters.storage.frozen import Frozen
from adapters.storage.ledger_read import CARRYING, NONE
from adapters.storage.tables import DELIVERY, EDITION, EDITION_BRIEF
from briefs.digest import DeliveryState

LAST_KEPT: Final = 14  # local dates of an edition that stay: `progress` is worked out of fewer
LOOKED_AT: Final = 200  # editions at a time, a few steps along the index each

_C = DELIVERY.c
_OF: Final = (_C.space, _C.channel, _C.name)
_KEY: Final = (*_OF, _C.meant_for, _C.part, _C.own_key)
_NOT_HAD: Final = (DeliveryState.SKIPPED.value, DeliveryState.FAILED.value)
_ENDED: Final = (_C.state != DeliveryState.PENDING.value) & (_C.state != DeliveryState.SENDING.value)
_THIS: Final = tuple(column == bindparam(f"of_{column.name}") for column in _KEY)

Edition = tuple[str, str, str]  # space, channel, name
BEFORE_ALL: Final[Edition] = ("", "", "")


class Sweep:
    """Walks through the ledger, and then through the editions, a batch at a time; at its end it begins anew."""

    def __init__(self, engine: Engine, frozen: Frozen) -> None:
        self._engine, self._frozen = engine, frozen
        self._behind: Edition | None = BEFORE_ALL  # None: it is among the editions
        self._hash = ""

    async def batch(self, before: datetime, limit: int) -> int:
        """See the port: `expire`."""
        while self._behind is not None:
            rows, self._behind = await self._engine.read(_old, before, limit, self._behind)
            if rows and (count := await self._engine.write(_remove, rows)):
                return count
        while True:
            loose, behind = await self._engine.read(_loose, limit, self._hash)
            gone = [digest for digest in loose if not self._frozen.holds(digest)]
            self._hash = behind or ""
            if gone and (count := await self._engine.write(_remove_editions, gone)):
                return count
            if behind is None:
                self._behind = BEFORE_ALL
                return 0


def _old(connection: Connection, before: datetime, limit: int, behind: Edition) -> tuple[Sequence[Any], Edition | None]:
    """Up to `limit` entries that may go, and behind which edition to go on; None at the end."""
    found: list[Any] = []
    for _ in range(LOOKED_AT):
        following = select(*_OF).where(tuple_(*_OF) > tuple_(*behind)).order_by(*_OF).limit(1)
        edition = connection.execute(following).first()
        if edition is None:
            return found, None
        found += _old_of(connection, edition, before, limit - len(found))
        if len(found) >= limit:
            return found, behind  # the rest of this one comes next
        behind = (edition.space, edition.channel, edition.name)
    return found, behind


def _old_of(connection: Connection, edition: Any, before: datetime, limit: int) -> Sequence[Any]:
    of = (_C.space == edition.space, _C.channel == edition.channel, _C.name == edition.name)
    old = select(*_KEY).where(*of, _ENDED, _C.settled < micros(before)).order_by(*_KEY).limit(limit)
    if edition.name:
        dates = select(_C.meant_for).where(*of, _C.state.in_(CARRYING)).distinct().order_by(_C.meant_for.desc())
        kept = connection.scalar(dates.offset(LAST_KEPT - 1).limit(1)) or ""
        # Of what nobody has had, nothing is worked out.
        old = old.where(_C.meant_for < before.date().isoformat(), or_(_C.meant_for < kept, _C.state.in_(_NOT_HAD)))
    return connection.execute(old).all()


def _remove(connection: Connection, rows: Sequence[Any]) -> int:
    """Take those away that have still ended: somebody may have wished for one again meanwhile."""
    these = [{f"of_{name}": value for name, value in row._mapping.items()} for row in rows]
    return connection.execute(delete(DELIVERY).where(*_THIS, _ENDED), these).rowcount


def _loose(connection: Connection, limit: int, behind: str) -> tuple[Sequence[str], str | None]:
    """Editions that nothing points to, and behind which to go on; None at the end."""
    hashes = connection.scalars(select(EDITION.c.hash).where(EDITION.c.hash > behind).order_by(EDITION.c.hash).limit(limit)).all()
    pointed = _pointed(connection, hashes)
    return [digest for digest in hashes if digest not in pointed], hashes[-1] if len(hashes) == limit else None


def _pointed(connection: Connection, hashes: Sequence[str]) -> set[str]:
    return set(connection.scalars(select(_C.edition).where(_C.edition != NONE, _C.edition.in_(hashes)).distinct()))


def _remove_editions(connection: Connection, hashes: Sequence[str]) -> int:
    """Take those away that nothing points to even now."""
    gone = sorted(set(hashes) - _pointed(connection, hashes))
    connection.execute(delete(EDITION_BRIEF).where(EDITION_BRIEF.c.edition.in_(gone)))
    return connection.execute(delete(EDITION).where(EDITION.c.hash.in_(gone))).rowcount
