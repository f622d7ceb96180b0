"""The `Asks` port over SQL."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, select

from adapters.storage.bodies import askable, short_id
from adapters.storage.engine import Engine
from adapters.storage.inserts import insert_new
from adapters.storage.tables import ASK

_BATCH: Final = 500  # ids of one statement; https://www.sqlite.org/limits.html allows 32,766 parameters
_C = ASK.c


class SqlAsks:
    """See the port."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def keep(self, space: str, line: str) -> str:
        """See the port."""
        return (await self.keep_all(space, (line,)))[line]

    async def keep_all(self, space: str, lines: Sequence[str]) -> Mapping[str, str]:
        """See the port."""
        shorts = {line: short_id(line) for line in lines}
        if shorts:
            known = await self._engine.read(_known, space, tuple(shorts.values()))
            if new := {line: short for line, short in shorts.items() if short not in known}:
                await self._engine.write(_keep, space, new)
        return shorts

    async def recall(self, space: str, short: str) -> str | None:
        """See the port."""
        return await self._engine.read(_recall, space, askable(short))


def _known(connection: Connection, space: str, shorts: Sequence[str]) -> Collection[str]:
    query = select(_C.short).where(_C.space == space)
    batches = (shorts[at : at + _BATCH] for at in range(0, len(shorts), _BATCH))
    return {short for batch in batches for short in connection.scalars(query.where(_C.short.in_(batch)))}


def _keep(connection: Connection, space: str, shorts: Mapping[str, str]) -> None:
    # As JSON, because a line may hold what an engine cannot store as text (half a surrogate pair, NUL).
    insert_new(connection, ASK, [{"space": space, "short": short, "line": json.dumps(line)} for line, short in shorts.items()])


def _recall(connection: Connection, space: str, short: str) -> str | None:
    found = connection.scalar(select(_C.line).where(_C.space == space, _C.short == short))
    return None if found is None else str(json.loads(found))
