"""The `Asks` port over SQL."""

import json
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, insert, select

from adapters.storage.bodies import askable
from adapters.storage.engine import Engine
from adapters.storage.tables import ASK

SHORT_LENGTH: Final = 22  # characters of base64: 132 bits, so that two lines never share an id


class SqlAsks:
    """See the port."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def keep(self, space: str, line: str) -> str:
        """See the port."""
        short = urlsafe_b64encode(sha256(line.encode("utf-8", "surrogatepass")).digest()).decode()[:SHORT_LENGTH]
        if await self._engine.read(_recall, space, short) is None:
            await self._engine.write(_keep, space, short, line)
        return short

    async def recall(self, space: str, short: str) -> str | None:
        """See the port."""
        return await self._engine.read(_recall, space, askable(short))


def _keep(connection: Connection, space: str, short: str, line: str) -> None:
    if _recall(connection, space, short) is None:
        # As JSON, because a line may hold what an engine cannot store as text (half a surrogate pair, NUL).
        connection.execute(insert(ASK).values(space=space, short=short, line=json.dumps(line)))


def _recall(connection: Connection, space: str, short: str) -> str | None:
    found = connection.scalar(select(ASK.c.line).where(ASK.c.space == space, ASK.c.short == short))
    return None if found is None else str(json.loads(found))
