"""The `Spaces` port over SQL."""

import json
from typing import Any

from sqlalchemy import Connection, delete, select

from adapters.storage.engine import Engine
from adapters.storage.inserts import insertion
from adapters.storage.tables import ASK, SPACE_NOTE

_C = SPACE_NOTE.c


class SqlSpaces:
    """See the port."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def note(self, space: str, name: str, value: str) -> None:
        """See the port."""
        await self._engine.write(note, space, name, value)

    async def noted(self, space: str, name: str) -> str:
        """See the port."""
        return await self._engine.read(noted, space, name) or ""

    async def note_once(self, space: str, name: str, value: str) -> bool:
        """See the port."""
        # The usual answer is "no": it must not wait for the writing thread, nor cost a commit.
        if await self._engine.read(noted, space, name) is not None:
            return False
        return await self._engine.write(_note_once, space, name, value)

    async def forget(self, space: str) -> None:
        """See the port."""
        await self._engine.write(_forget, space)


def _row(space: str, name: str, value: str) -> dict[str, Any]:
    # As JSON, because a value may hold what an engine cannot store as text (half a surrogate pair, NUL).
    return {"space": space, "name": name, "value": json.dumps(value)}


def note(connection: Connection, space: str, name: str, value: str) -> None:
    """Remember the value under that name, replacing what was there."""
    new = insertion(connection.dialect.name, SPACE_NOTE).values(_row(space, name, value))
    connection.execute(new.on_conflict_do_update(index_elements=[_C.space, _C.name], set_={"value": new.excluded.value}))


def noted(connection: Connection, space: str, name: str) -> str | None:
    """What is remembered under that name; None where nothing is."""
    found = connection.scalar(select(_C.value).where(_C.space == space, _C.name == name))
    return None if found is None else str(json.loads(found))


def _note_once(connection: Connection, space: str, name: str, value: str) -> bool:
    new = insertion(connection.dialect.name, SPACE_NOTE).values(_row(space, name, value))
    return connection.execute(new.on_conflict_do_nothing().returning(_C.name)).first() is not None


def _forget(connection: Connection, space: str) -> None:
    for table in (SPACE_NOTE, ASK):
        connection.execute(delete(table).where(table.c.space == space))
