"""Taking deliveries and recording what became of them."""

import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final, assert_never

from sqlalchemy import ColumnElement, Connection, Update, bindparam, case, exists, func, literal_column, null, or_, select, update

from adapters.storage.bodies import micros
from adapters.storage.bulk import Gathered, Key, given, giving
from adapters.storage.frozen import Frozen
from adapters.storage.ledger_edits import leave_the_earlier
from adapters.storage.ledger_read import IN_ITS_TURN, PENDING, SENDING, TAKEN, UNREADABLE, to_be_sent
from adapters.storage.ledger_stopped import UNSUBSCRIBED, forget_progress, resting, stopped, unposted
from adapters.storage.restored import restored
from adapters.storage.tables import DELIVERY, SUBSCRIPTION
from briefs.digest import Again, Delivery, DeliveryState, Later, Place, Refused, Sent, Settlement, Skipped, Unknown

log = logging.getLogger(__name__)

_C = DELIVERY.c
_S = SUBSCRIPTION.c
_KEY: Final = ("space", "channel", "name", "meant_for", "part", "key")  # what tells a row from every other
_THIS: Final = tuple(_C[name] == bindparam(f"of_{name}") for name in _KEY)
_OF_PART: Final = ("of_space", "of_channel", "of_name", "of_day", "of_part")
_BEHIND: Final = (
    *(_C[name] == bindparam(f"of_{name}") for name in ("space", "channel", "name")),
    *(_C.meant_for == bindparam("of_day"), _C.part > bindparam("of_part"), PENDING),
)
Part = tuple[str, str, str, str, int]  # space, channel, name, local date as ISO text, number of the part
PART_MISSING: Final = "the part before it is not there"
HELD: Final = DeliveryState.SENDING.value
PENDING_STATE: Final = DeliveryState.PENDING.value
SENT: Final = DeliveryState.SENT.value
NOT_CERTAIN: Final = tuple(s.value for s in (DeliveryState.UNKNOWN, DeliveryState.FAILED, DeliveryState.SKIPPED))


def _free_in(state: ColumnElement[bool], *order: ColumnElement[Any], fresh: bool, also: Sequence[ColumnElement[bool]] = ()) -> Gathered:
    """The rows of a state and a platform that may be taken by a moment: a walk along that state's index.

    Args:
        fresh: no try of them is cut off since they were owed, or owed again.
        also: what else is true of them.
    """
    of = (_S.space == _C.space) & (_S.channel == _C.channel) & (_S.name == _C.name)
    before = DELIVERY.alias()
    b = before.c
    same = (b.space == _C.space, b.channel == _C.channel, b.name == _C.name, b.meant_for == _C.meant_for, b.part < _C.part)
    # A part follows those before it, and no other way: not side by side, and not where one of them is missing.
    in_turn = or_(_C.part == 1, ~exists().where(*same, b.state != literal_column("'sent'")))
    walk = (
        select(*(_C[name] for name in TAKEN), _S.paused.label("rests"), literal_column(str(int(fresh))).label("fresh"))
        .join(SUBSCRIPTION, of, isouter=True)
        .where(state, _C.platform == bindparam("of_platform"), order[0] <= bindparam("by"), in_turn, *also)
        .order_by(*order)
        .limit(bindparam("most"))
    )
    # Where rows can be locked (PostgreSQL), those that another worker is just taking are passed over; SQLite has one
    # writer at a time and needs no such thing.
    return Gathered(walk.with_for_update(skip_locked=True, of=DELIVERY))


_FREE: Final = (_free_in(PENDING, _C.retry_at, _C.part, fresh=True, also=(IN_ITS_TURN,)), _free_in(SENDING, _C.lease_until, fresh=False))


def _this(given_rows: Any) -> tuple[ColumnElement[bool], ...]:
    """The row of the ledger that a row handed over is about."""
    return tuple(_C[name] == given_rows[name] for name in _KEY)


@cache
def _taking(dialect: str) -> Update:
    """Deliveries taken by a worker."""
    these = update(DELIVERY).where(*_this(given(dialect, *_KEY, numbers=("part",)).c))
    return these.values(state=HELD, owner=bindparam("by"), lease_until=bindparam("free_at"), attempt=_C.attempt + 1)


@cache
def _settling(dialect: str) -> Update:
    """What became of deliveries that are still ours; the attempt too, for a worker that was thought dead may bear the same name."""
    columns = ("state", "owner", "lease_until", "retry_at", "attempt_then", "receipt", "reason", "settled")
    numbers = ("part", "attempt", "lease_until", "retry_at", "attempt_then", "settled")
    to = given(dialect, *_KEY, "attempt", *columns, numbers=numbers).c
    values = {name: to[name] for name in ("state", "owner", "lease_until", "receipt", "reason", "settled")}
    changed = update(DELIVERY).where(*_this(to), *_ours(to))
    return changed.values(retry_at=func.coalesce(to.retry_at, _C.retry_at), attempt=to.attempt_then, **values)


@cache
def _settling_sent(dialect: str) -> Update:
    """The same for those that were sent, as nearly all are."""
    to = given(dialect, *_KEY, "attempt", "receipt", numbers=("part", "attempt")).c
    settled = bindparam("at", type_=_C.settled.type)
    return (
        update(DELIVERY)
        .where(*_this(to), *_ours(to))
        .values(state=SENT, lease_until=null(), receipt=to.receipt, reason=literal_column("''"), settled=settled)
    )


def _ours(given_rows: Any) -> tuple[ColumnElement[bool], ...]:
    return _C.state == HELD, _C.owner == bindparam("by"), _C.attempt == given_rows.attempt


def claim(
    connection: Connection, worker: str, now: datetime, lease: timedelta, limit: int, platforms: Collection[str], frozen: Frozen
) -> tuple[Delivery, ...]:
    """See the port."""
    while rows := _free(connection, now, limit, platforms):
        held = [row for row in rows if not _why_stopped(row)]
        _close(connection, [(row, unposted(why, row.attempt)) for row in rows if (why := _why_stopped(row))], now)
        readable = to_be_sent(connection, held, frozen)
        if len(readable) < len(held):
            there = {_key(delivery) for delivery in readable}
            _fail(connection, [row for row in held if _row_key(row) not in there], now)
        if readable:
            by = {"by": worker, "free_at": micros(now + lease)}
            connection.execute(_taking(connection.dialect.name), {**giving([_key(delivery) for delivery in readable]), **by})
            return readable
        # None of these runs or could be read, which says nothing of the next ones.
    return ()


def adopt(connection: Connection, worker: str, free: datetime, platforms: Collection[str]) -> int:
    """See the port."""
    # Also what would be free sooner: the dead may have been about to post when they should not have been any more.
    anothers = (SENDING, _C.platform.in_(sorted(platforms)), _C.owner.not_in((worker, "")))
    return connection.execute(update(DELIVERY).where(*anothers).values(lease_until=micros(free))).rowcount


def resend(connection: Connection, place: Place, name: str, meant_for: date, now: datetime, until: datetime) -> int:
    """See the port."""
    if stopped(connection, {(place.space, place.channel, name)}):
        return 0
    of_edition = (_C.space == place.space, _C.channel == place.channel, _C.name == name, _C.meant_for == meant_for.isoformat())
    since = restored(connection)
    doubtful = or_(_C.state == DeliveryState.UNKNOWN.value, *([_C.settled <= micros(since)] if since else []))
    values = {
        "state": DeliveryState.PENDING.value,
        "retry_at": micros(now),
        "until": micros(until),
        "insisted": True,
        "attempt": case((doubtful, 1), else_=0),
        "owner": "",
        "reason": "",
        "settled": None,
    }
    owed = connection.execute(update(DELIVERY).where(*of_edition, _C.state.in_(NOT_CERTAIN), _C.edition != "").values(values)).rowcount
    if owed:
        forget_progress(connection, {(place.space, place.channel, name)})
    return owed


def _free(connection: Connection, now: datetime, limit: int, platforms: Collection[str]) -> list[Any]:
    """The rows to be taken, in the order they were due, each with why its edition rests (None: it is there no longer)."""
    asked = {"by": micros(now), "most": limit}
    rows = [row for platform in sorted(platforms) for query in _FREE for row in query.all(connection, {**asked, "of_platform": platform})]
    return sorted(rows, key=lambda row: (row.due, row.part))[:limit]


def _why_stopped(row: Any) -> str:
    """Why a row is not to be posted; empty where it is. What belongs to no edition (a review request) runs by itself."""
    if not row.name or row.rests == "":
        return ""
    return UNSUBSCRIBED if row.rests is None else resting(row.rests)


def _fail(connection: Connection, rows: Sequence[Any], now: datetime) -> None:
    """What cannot be read now cannot be read later: it must not keep the others waiting."""
    # Where a try was cut off it may have arrived, and nothing may take the place of what may have.
    _close(connection, [(row, Unknown(UNREADABLE) if row.attempt else Refused(UNREADABLE)) for row in rows], now)
    forget_progress(connection, {(row.space, row.channel, row.name) for row in rows if row.name and not row.attempt})
    for row in rows:
        log.error("delivery %s failed: %s", row.key, UNREADABLE)


def _close(connection: Connection, closed: Sequence[tuple[Any, Refused | Unknown | Skipped]], now: datetime) -> None:
    """Settle what nobody holds."""
    if not closed:
        return
    values: dict[str, Any] = {"state": bindparam("new_state"), "reason": bindparam("new_reason")}
    changes = [
        {**{f"of_{name}": getattr(row, name) for name in _KEY}, "new_state": state.value, "new_reason": reason}
        for row, (state, _, reason) in ((row, _outcome(settlement)) for row, settlement in closed)
    ]
    connection.execute(update(DELIVERY).where(*_THIS).values({**values, "settled": micros(now), "lease_until": None}), changes)
    _leave_the_rest(connection, [_part(row) for row, _ in closed if row.name], now)


def _key(delivery: Delivery) -> tuple[str | int, ...]:
    """What tells a delivery from every other: its key alone would be the same for space "a:b" with channel "c" and "a" with "b:c"."""
    d, place = delivery, delivery.place
    return place.space, place.channel, d.name, d.meant_for.isoformat(), d.part, d.key


def _row_key(row: Any) -> tuple[str | int, ...]:
    return tuple(getattr(row, name) for name in _KEY)


def _edition(delivery: Delivery) -> Key:
    return delivery.place.space, delivery.place.channel, delivery.name


def _unless_stopped(delivery: Delivery, settlement: Settlement, why: Mapping[Key, str]) -> Settlement:
    """The settlement, but nothing is tried or looked for again of an edition that runs no longer."""
    reason = why.get(_edition(delivery))
    if reason and isinstance(settlement, Again):
        # This try did not arrive; those before it were cut off.
        return unposted(reason, delivery.attempt - 1)
    if reason and isinstance(settlement, Later):
        return unposted(reason, delivery.attempt)
    return settlement


def sent(settled: Sequence[tuple[Delivery, Settlement]]) -> Mapping[str, str]:
    """Those that were sent, as they are handed over: worked out beside the writing thread."""
    return giving([(*_key(delivery), delivery.attempt, said.receipt) for delivery, said in settled if isinstance(said, Sent)])


def settle(
    connection: Connection, settled: Sequence[tuple[Delivery, Settlement]], sent: Mapping[str, str], worker: str, now: datetime
) -> None:
    """See the port."""
    dialect = connection.dialect.name
    connection.execute(_settling_sent(dialect), {**sent, "by": worker, "at": micros(now)})
    others = [one for one in settled if not isinstance(one[1], Sent)]
    if not others:
        return
    why = stopped(connection, {_edition(delivery) for delivery, said in others if delivery.name and isinstance(said, Again | Later)})
    final = [(delivery, _unless_stopped(delivery, said, why)) for delivery, said in others]
    rows = [(*_key(d), d.attempt, *_as_row(d, said, worker, now)) for d, said in final]
    connection.execute(_settling(dialect), {**giving(rows), "by": worker})
    leave_the_earlier(connection, [d for d, s in final if isinstance(s, Again)], now)
    _leave_the_rest(connection, [_part_of(d) for d, s in final if d.name and not isinstance(s, Again | Later)], now)
    _put_off_the_rest(connection, [(_part_of(d), micros(now + s.after)) for d, s in final if d.name and isinstance(s, Again | Later)])
    forget_progress(connection, {_edition(d) for d, s in final if d.name and isinstance(s, Refused | Skipped)})


def _as_row(delivery: Delivery, settlement: Settlement, worker: str, now: datetime) -> tuple[Any, ...]:
    """State, owner, end of the lease, next try (None: as it was), attempt, receipt, reason, moment of settling."""
    match settlement:
        case Again(after, reason):
            return PENDING_STATE, "", None, micros(now + after), delivery.attempt - 1, "", reason, None
        case Later(after, reason):
            return HELD, "", micros(now + after), None, delivery.attempt, "", reason, None
        case _:
            state, receipt, reason = _outcome(settlement)
            return state.value, worker, None, None, delivery.attempt, receipt, reason, micros(now)


def _leave_the_rest(connection: Connection, missing: Sequence[Part], now: datetime) -> None:
    """Settle the parts that come behind one which is not there for certain: nobody reads the end without the beginning."""
    # One that was sent again may have arrived before.
    state = case((_C.attempt == 0, DeliveryState.SKIPPED.value), else_=DeliveryState.UNKNOWN.value)
    left = update(DELIVERY).where(*_BEHIND).values(state=state, reason=PART_MISSING, settled=micros(now))
    if missing:
        connection.execute(left, [dict(zip(_OF_PART, part, strict=True)) for part in missing])


def _put_off_the_rest(connection: Connection, put_off: Sequence[tuple[Part, int]]) -> None:
    """What comes behind a part that is tried, or looked for, later is not due before it."""
    if put_off:
        later = update(DELIVERY).where(*_BEHIND).values(retry_at=bindparam("then"))
        connection.execute(later, [{**dict(zip(_OF_PART, part, strict=True)), "then": then} for part, then in put_off])


def _part(row: Any) -> Part:
    """The part of an edition that a row is."""
    return row.space, row.channel, row.name, row.meant_for, row.part


def _part_of(delivery: Delivery) -> Part:
    return delivery.place.space, delivery.place.channel, delivery.name, delivery.meant_for.isoformat(), delivery.part


def _outcome(settlement: Sent | Refused | Unknown | Skipped) -> tuple[DeliveryState, str, str]:
    """State, receipt and reason."""
    match settlement:
        case Sent(receipt):
            return DeliveryState.SENT, receipt, ""
        case Refused(reason):
            return DeliveryState.FAILED, "", reason
        case Unknown(reason):
            return DeliveryState.UNKNOWN, "", reason
        case Skipped(reason):
            return DeliveryState.SKIPPED, "", reason
        case _:
            assert_never(settlement)
