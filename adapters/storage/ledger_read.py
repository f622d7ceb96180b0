"""What stands in the ledger."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, func, literal_column, select

from adapters.storage.bodies import moment
from adapters.storage.keys import Key, among, in_batches
from adapters.storage.tables import DELIVERY, DELIVERY_BRIEF, EDITION
from briefs.digest import Delivery, DeliveryState, Place, Record
from briefs.message import Message, Prose, words
from briefs.message_json import from_json

_C = DELIVERY.c
_B = DELIVERY_BRIEF.c
_BATCH: Final = 500

# Written out, not as parameters, so that the engine sees that the index of that state serves.
PENDING: Final = _C.state == literal_column("'pending'")
SENDING: Final = _C.state == literal_column("'sending'")

UNREADABLE: Final = "its message in the database cannot be read"
# One whose arrival nobody can tell counts as carried: the same news twice is worse than once.
CARRYING: Final = tuple(s.value for s in (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN))


def next_due(connection: Connection, platforms: Collection[str]) -> datetime | None:
    """See the port."""
    # One platform at a time: the first of each is one step into its index.
    firsts = [
        connection.scalar(select(func.min(moved)).where(state, _C.platform == platform))
        for platform in sorted(platforms)
        for state, moved in ((PENDING, _C.retry_at), (SENDING, _C.lease_until))
    ]
    return min((moment(first) for first in firsts if first is not None), default=None)


def carried(connection: Connection, place: Place, name: str) -> frozenset[str]:
    """See the port."""
    same = (_B.space == _C.space) & (_B.channel == _C.channel) & (_B.key == _C.key)
    of_edition = (_C.space == place.space, _C.channel == place.channel, _C.name == name)
    query = select(_B.slug).join(DELIVERY, same).where(*of_edition, _C.state.in_(CARRYING)).distinct()
    return frozenset(connection.scalars(query))


def begun(connection: Connection, place: Place, name: str) -> datetime | None:
    """See the port."""
    of_edition = (_C.space == place.space, _C.channel == place.channel, _C.name == name)
    first = connection.scalar(select(func.min(_C.due)).where(*of_edition, _C.state.in_(CARRYING)))
    return None if first is None else moment(first)


def had(connection: Connection, place: Place, name: str, since: date) -> frozenset[date]:
    """See the port."""
    of_edition = (_C.space == place.space, _C.channel == place.channel, _C.name == name)
    query = select(_C.meant_for).where(*of_edition, _C.meant_for >= since.isoformat(), _C.state.in_(CARRYING)).distinct()
    return frozenset(date.fromisoformat(day) for day in connection.scalars(query))


def last(connection: Connection, place: Place, name: str, limit: int) -> tuple[Record, ...]:
    """See the port."""
    query = select(DELIVERY).where(_C.space == place.space, _C.channel == place.channel, _C.name == name)
    rows = connection.execute(query.order_by(_C.meant_for.desc(), _C.part.desc(), _C.due.desc(), _C.key.desc()).limit(max(limit, 0))).all()
    messages, briefs = _messages(connection, rows), _briefs(connection, rows)
    return tuple(
        Record(
            # A skipped edition was never made; why it was skipped is all there is to say.
            _delivery(row, messages.get(row.edition) or _instead(row.reason or UNREADABLE), briefs),
            row.state,
            None if row.settled is None else moment(row.settled),
            row.receipt,
            row.reason,
        )
        for row in rows
    )


def _instead(sentence: str) -> Message:
    return Message(sentence, (Prose(words(sentence)),))


def to_be_sent(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[Delivery, ...]:
    """Those of the rows' deliveries that can be read, in their order; a message that many share is read once."""
    messages, briefs = _messages(connection, rows), _briefs(connection, rows)
    return tuple(_delivery(row, messages[row.edition], briefs) for row in rows if row.edition in messages)


def _delivery(row: Row[Any], message: Message, briefs: Mapping[Key, tuple[str, ...]]) -> Delivery:
    return Delivery(
        key=row.key,
        place=Place(row.space, row.channel),
        name=row.name,
        meant_for=date.fromisoformat(row.meant_for),
        due=moment(row.due),
        message=message,
        briefs=briefs.get(key_of(row), ()),
        part=row.part,
        attempt=row.attempt,
    )


def key_of(row: Row[Any]) -> Key:
    """What tells the row from every other: a key alone would not, see `ledger_plan`."""
    return row.space, row.channel, row.key


def _messages(connection: Connection, rows: Iterable[Row[Any]]) -> dict[str, Message]:
    """The frozen messages of those rows by hash, without those that cannot be read."""
    frozen = EDITION.c
    asked = sorted({row.edition for row in rows} - {""})
    found: dict[str, Message] = {}
    for at in range(0, len(asked), _BATCH):
        for row in connection.execute(select(frozen.hash, frozen.message).where(frozen.hash.in_(asked[at : at + _BATCH]))):
            with suppress(ValueError):
                found[row.hash] = from_json(row.message)
    return found


def _briefs(connection: Connection, rows: Sequence[Row[Any]]) -> dict[Key, tuple[str, ...]]:
    keys = [key_of(row) for row in rows]
    found: dict[Key, tuple[str, ...]] = {}
    for batch in in_batches(keys):
        query = select(DELIVERY_BRIEF).where(among((_B.space, _B.channel, _B.key), batch))
        for row in connection.execute(query.order_by(_B.space, _B.channel, _B.key, _B.place)):
            found[key_of(row)] = (*found.get(key_of(row), ()), row.slug)
    return found
