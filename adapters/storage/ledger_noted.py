"""Posts that nobody owed: noted once they are there, counted, and forgotten with whoever made them."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, delete, func, select

from adapters.storage.bodies import askable
from adapters.storage.bulk import among, giving
from adapters.storage.frozen import Frozen
from adapters.storage.ledger_read import NONE
from adapters.storage.tables import DELIVERY, EDITION, EDITION_BRIEF

_C = DELIVERY.c
_OF_POST: Final = (_C.space, _C.channel, _C.edits)


def noted(connection: Connection, space: str, begins: str) -> int:
    """See the port."""
    count: int = connection.execute(select(func.count()).select_from(DELIVERY).where(*_of(space, begins))).scalar_one()
    return count


def forget(connection: Connection, space: str, begins: str, frozen: Frozen) -> int:
    """See the port."""
    posts = connection.execute(select(_C.space, _C.channel, _C.receipt, _C.edition).where(*_of(space, begins))).all()
    if not posts:
        return 0
    receipts = giving([(row.space, row.channel, row.receipt) for row in posts])
    edits = (among(connection.dialect.name, *_OF_POST), _C.edits != NONE)
    hashes = {row.edition for row in posts} | set(connection.scalars(select(_C.edition).where(*edits), receipts))
    connection.execute(delete(DELIVERY).where(*edits), receipts)
    connection.execute(delete(DELIVERY).where(*_of(space, begins)))
    pointed = set(connection.scalars(select(_C.edition).where(_C.edition.in_(hashes)).distinct()))
    gone: Sequence[Any] = sorted(hashes - pointed)
    frozen.dropped(gone)
    connection.execute(delete(EDITION_BRIEF).where(EDITION_BRIEF.c.edition.in_(gone)))
    connection.execute(delete(EDITION).where(EDITION.c.hash.in_(gone)))
    return len(posts)


def _of(space: str, begins: str) -> tuple[ColumnElement[bool], ...]:
    return (_C.name == NONE, _C.space == askable(space), _C.own_key.startswith(askable(begins), autoescape=True))
