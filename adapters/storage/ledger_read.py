"""What stands in the ledger."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select, tuple_

from adapters.storage.bodies import moment
from adapters.storage.tables import DELIVERY, DELIVERY_BRIEF, EDITION
from briefs.digest import Delivery, DeliveryState, Place
from briefs.message import Message, Prose, words
from briefs.message_json import from_json
from briefs.ports import Record

_C = DELIVERY.c
_B = DELIVERY_BRIEF.c
_BATCH: Final = 500
# One whose arrival nobody can tell counts as carried: the same news twice is worse than once.
_CARRYING: Final = tuple(s.value for s in (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN))


def next_due(connection: Connection) -> datetime | None:
    """See the port."""
    pending = connection.scalar(select(func.min(_C.due)).where(_C.state == "pending"))
    leases = connection.scalar(select(func.min(_C.lease_until)).where(_C.state == "sending"))
    return min((moment(found) for found in (pending, leases) if found is not None), default=None)


def carried(connection: Connection, place: Place, name: str) -> frozenset[str]:
    """See the port."""
    same = (_B.space == _C.space) & (_B.channel == _C.channel) & (_B.key == _C.key)
    of_edition = (_C.space == place.space, _C.channel == place.channel, _C.name == name)
    query = select(_B.slug).join(DELIVERY, same).where(*of_edition, _C.state.in_(_CARRYING)).distinct()
    return frozenset(connection.scalars(query))


def begun(connection: Connection, place: Place, name: str) -> datetime | None:
    """See the port."""
    of_edition = (_C.space == place.space, _C.channel == place.channel, _C.name == name)
    first = connection.scalar(select(func.min(_C.due)).where(*of_edition, _C.state.in_(_CARRYING)))
    return None if first is None else moment(first)


def last(connection: Connection, place: Place, name: str, limit: int) -> tuple[Record, ...]:
    """See the port."""
    query = select(DELIVERY).where(_C.space == place.space, _C.channel == place.channel, _C.name == name)
    rows = connection.execute(query.order_by(_C.meant_for.desc(), _C.part.desc(), _C.due.desc(), _C.key.desc()).limit(max(limit, 0))).all()
    return tuple(
        Record(delivery, row.state, None if row.settled is None else moment(row.settled), row.receipt, row.reason)
        for row, delivery in zip(rows, deliveries_of(connection, rows), strict=True)
    )


def deliveries_of(connection: Connection, rows: Sequence[Row[Any]], *, one_more_attempt: bool = False) -> tuple[Delivery, ...]:
    """The deliveries of those rows of the ledger, in their order; a message that many share is read once."""
    messages = _messages(connection, {row.edition for row in rows})
    briefs = _briefs(connection, rows)
    return tuple(
        Delivery(
            key=row.key,
            place=Place(row.space, row.channel),
            name=row.name,
            meant_for=date.fromisoformat(row.meant_for),
            due=moment(row.due),
            # A skipped edition was never made; why it was skipped is all there is to say.
            message=messages.get(row.edition) or Message(row.reason, (Prose(words(row.reason)),)),
            briefs=briefs.get((row.space, row.channel, row.key), ()),
            part=row.part,
            attempt=row.attempt + one_more_attempt,
        )
        for row in rows
    )


def _messages(connection: Connection, hashes: set[str]) -> dict[str, Message]:
    frozen = EDITION.c
    asked = sorted(hashes)
    return {
        row.hash: from_json(row.message)
        for at in range(0, len(asked), _BATCH)
        for row in connection.execute(select(frozen.hash, frozen.message).where(frozen.hash.in_(asked[at : at + _BATCH])))
    }


def _briefs(connection: Connection, rows: Sequence[Row[Any]]) -> dict[tuple[str, str, str], tuple[str, ...]]:
    keys = [(row.space, row.channel, row.key) for row in rows]
    found: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for at in range(0, len(keys), _BATCH):
        batch = tuple_(_B.space, _B.channel, _B.key).in_(keys[at : at + _BATCH])
        for row in connection.execute(select(DELIVERY_BRIEF).where(batch).order_by(_B.space, _B.channel, _B.key, _B.place)):
            key = (row.space, row.channel, row.key)
            found[key] = (*found.get(key, ()), row.slug)
    return found
