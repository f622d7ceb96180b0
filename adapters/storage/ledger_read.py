"""What stands in the ledger."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, func, literal_column, select

from adapters.storage.bodies import moment
from adapters.storage.bulk import Key, among, giving
from adapters.storage.frozen import Carried, Frozen, editions
from adapters.storage.tables import DELIVERY, EDITION_BRIEF
from briefs.digest import Delivery, DeliveryState, Place, Progress, Record
from briefs.message import Message, Prose, words

_C = DELIVERY.c
_B = EDITION_BRIEF.c
_OF_EDITION: Final = (_C.space, _C.channel, _C.name)

# Written out, not as parameters, so that the engine sees that the index of that state serves.
PENDING: Final = _C.state == literal_column("'pending'")
SENDING: Final = _C.state == literal_column("'sending'")

# What a delivery is made of.
TAKEN: Final = ("space", "channel", "key", "name", "meant_for", "due", "until", "edition", "part", "attempt", "insisted")

NOTHING: Final = Progress()  # of which nothing was owed yet
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


def progress(connection: Connection, editions: Collection[tuple[Place, str]]) -> dict[tuple[Place, str], Progress]:
    """See the port."""
    keys = [(place.space, place.channel, name) for place, name in editions]
    these = (among(connection.dialect.name, *_OF_EDITION), _C.state.in_(CARRYING))
    first, last_day = func.min(_C.due), func.max(_C.meant_for)
    known = select(*_OF_EDITION, first, last_day).where(*these).group_by(*_OF_EDITION)
    begun = {row[:3]: row[3:] for row in connection.execute(known, giving(keys))}
    carrying = select(*_OF_EDITION, _B.slug).join(EDITION_BRIEF, _B.edition == _C.edition).where(*these)
    carried: dict[Key, dict[str, None]] = {}
    for space, channel, name, slug in connection.execute(carrying.order_by(_C.meant_for, _C.part, _B.place), giving(keys)):
        carried.setdefault((space, channel, name), {})[slug] = None
    return {
        (place, name): Progress(moment(begun[key][0]), tuple(carried.get(key, ())), date.fromisoformat(begun[key][1]))
        if (key := (place.space, place.channel, name)) in begun
        else NOTHING
        for place, name in editions
    }


def carrying(
    connection: Connection, editions: Collection[tuple[Place, str]], marks: Collection[str]
) -> dict[tuple[Place, str], frozenset[str]]:
    """See the port."""
    # The few messages that have any of them first: most channels have had none.
    slugs: dict[str, set[str]] = {}
    for edition, slug in connection.execute(select(_B.edition, _B.slug).where(_B.slug.in_(sorted(marks)))):
        slugs.setdefault(edition, set()).add(slug)
    keys = [(place.space, place.channel, name) for place, name in editions]
    query = select(_C.space, _C.channel, _C.name, _C.edition).where(
        among(connection.dialect.name, _C.space, _C.channel, _C.name), _C.state.in_(CARRYING)
    )
    found: dict[tuple[Place, str], frozenset[str]] = {}
    for space, channel, name, edition in connection.execute(query, giving(keys)) if slugs else ():
        if carried := slugs.get(edition):
            of = (Place(space, channel), name)
            found[of] = found.get(of, frozenset()) | carried
    return found


def had(connection: Connection, place: Place, name: str, since: date) -> frozenset[date]:
    """See the port."""
    of_edition = (_C.space == place.space, _C.channel == place.channel, _C.name == name)
    query = select(_C.meant_for).where(*of_edition, _C.meant_for >= since.isoformat(), _C.state.in_(CARRYING)).distinct()
    return frozenset(date.fromisoformat(day) for day in connection.scalars(query))


def last(connection: Connection, place: Place, name: str, limit: int) -> tuple[Record, ...]:
    """See the port."""
    of_edition = (_C.space == place.space, _C.channel == place.channel, _C.name == name)
    days = select(_C.meant_for).where(*of_edition).distinct().order_by(_C.meant_for.desc()).limit(max(limit, 0))
    rows = connection.execute(
        select(DELIVERY).where(*of_edition, _C.meant_for.in_(days)).order_by(_C.meant_for.desc(), _C.part, _C.key)
    ).all()
    return _records(connection, rows)


def of_day(connection: Connection, place: Place, meant_for: date) -> tuple[Record, ...]:
    """See the port."""
    of_place = (_C.space == place.space, _C.channel == place.channel, _C.name != "")
    there = (_C.meant_for == meant_for.isoformat(), _C.state.in_((DeliveryState.SENT.value, DeliveryState.UNKNOWN.value)))
    return _records(connection, connection.execute(select(DELIVERY).where(*of_place, *there).order_by(_C.name, _C.part, _C.key)).all())


def _records(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[Record, ...]:
    frozen = editions(connection, [row.edition for row in rows])
    return tuple(
        Record(
            # A skipped edition was never made; why it was skipped is all there is to say.
            _delivery(row, frozen.get(row.edition) or (_instead(row.reason or UNREADABLE), ()), row.attempt),
            DeliveryState(row.state),
            None if row.settled is None else moment(row.settled),
            row.receipt,
            row.reason,
        )
        for row in rows
    )


def _instead(sentence: str) -> Message:
    return Message(sentence, (Prose(words(sentence)),))


def to_be_sent(connection: Connection, rows: Sequence[Any], frozen: Frozen) -> tuple[Delivery, ...]:
    """Those of the rows' deliveries that can be read, in their order, as they are once they are taken."""
    known = frozen.read(connection, {row.edition for row in rows})
    return tuple(_delivery(row, known[row.edition], row.attempt + 1) for row in rows if row.edition in known)


def _delivery(row: Any, frozen: tuple[Message, Carried], attempt: int) -> Delivery:
    return Delivery(
        row.key,
        Place(row.space, row.channel),
        row.name,
        date.fromisoformat(row.meant_for),
        moment(row.due),
        moment(row.until),
        frozen[0],
        frozen[1],
        row.part,
        attempt,
        bool(row.insisted),
    )
