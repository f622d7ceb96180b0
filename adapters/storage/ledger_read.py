"""What stands in the ledger."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, ScalarSelect, Select, exists, func, literal_column, or_, select, true

from adapters.storage.bodies import micros, moment
from adapters.storage.bulk import Key, among, given, giving
from adapters.storage.frozen import Carried, Frozen, editions
from adapters.storage.tables import DELIVERY, EDITION_BRIEF
from briefs.digest import Delivery, DeliveryState, Place, Progress, Record, kept_since
from briefs.message import Message, Prose, words

_C = DELIVERY.c
_B = EDITION_BRIEF.c
_OF_EDITION: Final = (_C.space, _C.channel, _C.name)

# Written out, not as parameters, so that the engine sees that the index of that state serves.
PENDING: Final = _C.state == literal_column("'pending'")
SENDING: Final = _C.state == literal_column("'sending'")
NONE: Final[ColumnElement[str]] = literal_column("''")

# What a delivery is made of.
TAKEN: Final = ("space", "channel", "key", "name", "meant_for", "due", "until", "edition", "part", "attempt", "insisted", "edits")

MARKED: Final = "@"  # every mark of a correction has it, and no slug
AROUND: Final = timedelta(days=3)  # a local date and a moment within it, seen from whichever zone, are nearer than that

NOTHING: Final = Progress()  # of which nothing was owed yet
UNREADABLE: Final = "its message in the database cannot be read"
# One whose arrival nobody can tell counts as carried: the same news twice is worse than once.
CARRYING: Final = tuple(s.value for s in (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN))


def another_edit(state: str) -> ColumnElement[bool]:
    """Whether there is another edit of the same post in that state."""
    o = DELIVERY.alias().c
    same = (o.space == _C.space, o.channel == _C.channel, o.edits == _C.edits, o.edits != NONE, o.own_key != _C.own_key)
    return exists().where(*same, o.state == literal_column(f"'{state}'"))


# A post of its own, or an edit of a post of which no other edit is under way: that one could arrive after it.
IN_ITS_TURN: Final = or_(_C.edits == NONE, ~another_edit("sending"))


def next_due(connection: Connection, platforms: Collection[str]) -> datetime | None:
    """See the port."""
    # One platform at a time: the first of each is one step into its index.
    firsts = [
        connection.scalar(select(func.min(moved)).where(*free, _C.platform == platform))
        for platform in sorted(platforms)
        for free, moved in (((PENDING, IN_ITS_TURN), _C.retry_at), ((SENDING,), _C.lease_until))
    ]
    return min((moment(first) for first in firsts if first is not None), default=None)


def owed(connection: Connection, now: datetime, platforms: Collection[str]) -> dict[str, int]:
    """See the port."""
    due = ((PENDING, _C.retry_at <= micros(now)), (SENDING, true()))

    def number(platform: str) -> int:
        return sum(connection.scalar(select(func.count()).where(state, when, _C.platform == platform)) or 0 for state, when in due)

    return {platform: number(platform) for platform in platforms}


def progress(connection: Connection, editions: Collection[tuple[Place, str]]) -> dict[tuple[Place, str], Progress]:
    """See the port."""
    dialect = connection.dialect.name
    keys = [(place.space, place.channel, name) for place, name in editions]
    begun: dict[Key, tuple[datetime, str]] = {}
    for space, channel, name, first, due, last_day, before in connection.execute(_ends(dialect), giving(keys)):
        if first is not None:
            kept = kept_since(moment(due), None if before is None else date.fromisoformat(before))
            begun[space, channel, name] = (max(moment(first), kept), last_day)
    lately = [(*key, (since - AROUND).date().isoformat()) for key, (since, _) in begun.items()]
    carried: dict[Key, dict[str, None]] = {}
    for space, channel, name, slug in connection.execute(_carried_since(dialect), giving(lately)) if lately else ():
        carried.setdefault((space, channel, name), {})[slug] = None
    return {
        (place, name): Progress(begun[key][0], tuple(carried.get(key, ())), date.fromisoformat(begun[key][1]))
        if (key := (place.space, place.channel, name)) in begun
        else NOTHING
        for place, name in editions
    }


@cache
def _ends(dialect: str) -> Select[Any]:
    """Of each edition when the first was due, when the last one was and for which local date, and that of the one before.

    A few steps along the index each, however long the ledger is.
    """
    of = given(dialect, "space", "channel", "name")

    def one(what: str, *, newest: bool, earlier_than: ColumnElement[str] | None = None) -> ScalarSelect[Any]:
        d = DELIVERY.alias()
        c = d.c
        query = select(c[what]).where(c.space == of.c.space, c.channel == of.c.channel, c.name == of.c.name, c.state.in_(CARRYING))
        if earlier_than is not None:
            query = query.where(c.meant_for < earlier_than)
        return (
            query.order_by(*((c.meant_for.desc(), c.part.desc()) if newest else (c.meant_for, c.part)))
            .limit(1)
            .correlate(of)
            .scalar_subquery()
        )

    last = one("meant_for", newest=True)
    ends = (one("due", newest=False), one("due", newest=True), last, one("meant_for", newest=True, earlier_than=last))
    return select(of.c.space, of.c.channel, of.c.name, *ends)


@cache
def _carried_since(dialect: str) -> Select[Any]:
    """The slugs that each edition has carried on the local date given with it and later, as they came."""
    of = given(dialect, "space", "channel", "name", "since")
    its_own = (_C.space == of.c.space) & (_C.channel == of.c.channel) & (_C.name == of.c.name) & (_C.meant_for >= of.c.since)
    there = of.join(DELIVERY, its_own).join(EDITION_BRIEF, _B.edition == _C.edition)
    query = select(*_OF_EDITION, _B.slug).select_from(there).where(_C.state.in_(CARRYING), ~_B.slug.contains(MARKED))
    return query.order_by(_C.meant_for, _C.part, _B.place)


def carrying(
    connection: Connection, editions: Collection[tuple[Place, str]], marks: Collection[str]
) -> dict[tuple[Place, str], frozenset[str]]:
    """See the port."""
    # The few messages that have any of them first: most channels have had none.
    sought = _B.slug.in_(sorted(marks))
    slugs: dict[str, set[str]] = {}
    for edition, slug in connection.execute(select(_B.edition, _B.slug).where(sought)):
        slugs.setdefault(edition, set()).add(slug)
    if not slugs:
        return {}
    keys = [(place.space, place.channel, name) for place, name in editions]
    query = select(*_OF_EDITION, _C.edition).where(
        among(connection.dialect.name, *_OF_EDITION), _C.edition.in_(select(_B.edition).where(sought)), _C.state.in_(CARRYING)
    )
    found: dict[tuple[Place, str], frozenset[str]] = {}
    for space, channel, name, edition in connection.execute(query, giving(keys)):
        of = (Place(space, channel), name)
        found[of] = found.get(of, frozenset()) | slugs.get(edition, frozenset())
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
    # A skipped edition was never made; why it was skipped is all there is to say.
    return tuple(record(row, frozen.get(row.edition) or (_instead(row.reason or UNREADABLE), ())) for row in rows)


def record(row: Row[Any], frozen: tuple[Message, Carried]) -> Record:
    """The entry of the ledger that a row is, with its message and what that carries."""
    settled = None if row.settled is None else moment(row.settled)
    return Record(_delivery(row, frozen, row.attempt), DeliveryState(row.state), settled, row.receipt, row.reason)


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
        bool(row.insisted and getattr(row, "fresh", True)),  # wished for once: not where that try was cut off, too
        row.edits,
    )
