"""The `Seen` port over SQL."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, Delete, bindparam, delete, select, tuple_
from sqlalchemy.sql.dml import ReturningInsert

from adapters.storage.bodies import micros, short_id
from adapters.storage.engine import Engine
from adapters.storage.inserts import insertion
from adapters.storage.tables import SEEN

FORGOTTEN_AT_ONCE: Final = 100  # old ones a call takes along: many more than the one it adds, so that they never pile up

_C = SEEN.c


class SqlSeen:
    """See the port."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def first(self, space: str, token: str, now: datetime, keep: timedelta) -> bool:
        """See the port."""
        # The id, not the token: it may be long, and hold what an engine cannot store as text.
        return await self._engine.write(_first, space, short_id(token), micros(now), micros(now + keep))


def _first(connection: Connection, space: str, token: str, now: int, until: int) -> bool:
    forgetting, taking = _statements(connection.dialect.name)
    connection.execute(forgetting, {"now": now})
    return connection.execute(taking, {"space": space, "token": token, "until": until, "now": now}).first() is not None


@cache
def _statements(dialect: str) -> tuple[Delete, ReturningInsert[Any]]:
    """What forgets some old ones, and what takes a new one.

    Put together once: a statement holds itself, and one for every command would lie about until the collector comes.
    """
    now: BindParameter[int] = bindparam("now")
    # Rows that another worker is just forgetting are passed over where rows can be locked, see `ledger_claim`.
    old = select(_C.space, _C.token).where(_C.until <= now).order_by(_C.until).limit(FORGOTTEN_AT_ONCE)
    forgetting = delete(SEEN).where(tuple_(_C.space, _C.token).in_(old.with_for_update(skip_locked=True)))
    new = insertion(dialect, SEEN)
    # One that is still there although its time is over is taken as new.
    taken = new.on_conflict_do_update(index_elements=[_C.space, _C.token], set_={"until": new.excluded.until}, where=_C.until <= now)
    return forgetting, taken.returning(_C.token)
