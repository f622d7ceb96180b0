"""Taking deliveries and recording what became of them."""

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, assert_never

from sqlalchemy import Connection, Row, bindparam, select, update

from adapters.storage.bodies import micros
from adapters.storage.keys import Key
from adapters.storage.ledger_read import PENDING, SENDING, UNREADABLE, key_of, to_be_sent
from adapters.storage.ledger_stopped import stopped, unposted
from adapters.storage.tables import DELIVERY
from briefs.digest import Again, Delivery, DeliveryState, Refused, Sent, Settlement, Skipped, Unknown

log = logging.getLogger(__name__)

_C = DELIVERY.c
_THIS = (_C.space == bindparam("of_space"), _C.channel == bindparam("of_channel"), _C.key == bindparam("of_key"))


def claim(
    connection: Connection, worker: str, now: datetime, lease: timedelta, limit: int, platforms: Collection[str]
) -> tuple[Delivery, ...]:
    """See the port."""
    taken = {"state": DeliveryState.SENDING.value, "owner": worker, "lease_until": micros(now + lease), "attempt": _C.attempt + 1}
    while rows := _free(connection, now, limit, platforms):
        why = stopped(connection, {_edition_of(row) for row in rows})
        _close(connection, [(row, unposted(why[_edition_of(row)], row.attempt)) for row in rows if _edition_of(row) in why], now)
        running = [row for row in rows if _edition_of(row) not in why]
        readable = to_be_sent(connection, running)
        there = {(delivery.place.space, delivery.place.channel, delivery.key) for delivery in readable}
        _fail(connection, [row for row in running if key_of(row) not in there], now)
        if readable:
            connection.execute(update(DELIVERY).where(*_THIS).values(taken), [_this(delivery) for delivery in readable])
            return tuple(replace(delivery, attempt=delivery.attempt + 1) for delivery in readable)
        # None of these runs or could be read, which says nothing of the next ones.
    return ()


def _free(connection: Connection, now: datetime, limit: int, platforms: Collection[str]) -> list[Row[Any]]:
    """The rows to be taken, in the order they were due."""
    # A query for each platform and state, for each is a walk along an index. Where rows can be locked (PostgreSQL), rows
    # that another worker is just taking are passed over; SQLite has one writer at a time and needs no such thing.
    queries = [
        select(DELIVERY).where(state, _C.platform == platform, order[0] <= micros(now)).order_by(*order)
        for platform in sorted(platforms)
        for state, order in ((PENDING, (_C.retry_at, _C.part)), (SENDING, (_C.lease_until,)))
    ]
    rows = [row for query in queries for row in connection.execute(query.limit(limit).with_for_update(skip_locked=True))]
    return sorted(rows, key=lambda row: (row.due, row.part))[:limit]


def _edition_of(row: Row[Any]) -> Key:
    return row.space, row.channel, row.name


def _fail(connection: Connection, rows: Sequence[Row[Any]], now: datetime) -> None:
    """What cannot be read now cannot be read later: it must not keep the others waiting."""
    # Where a try was cut off it may have arrived, and nothing may take the place of what may have.
    _close(connection, [(row, Unknown(UNREADABLE) if row.attempt else Refused(UNREADABLE)) for row in rows], now)
    for row in rows:
        log.error("delivery %s failed: %s", row.key, UNREADABLE)


def _close(connection: Connection, closed: Sequence[tuple[Row[Any], Refused | Unknown | Skipped]], now: datetime) -> None:
    """Settle what nobody holds."""
    if not closed:
        return
    values: dict[str, Any] = {"state": bindparam("new_state"), "reason": bindparam("new_reason")}
    changes = [
        {"of_space": row.space, "of_channel": row.channel, "of_key": row.key, "new_state": state.value, "new_reason": reason}
        for row, (state, _, reason) in ((row, _outcome(settlement)) for row, settlement in closed)
    ]
    connection.execute(update(DELIVERY).where(*_THIS).values({**values, "settled": micros(now), "lease_until": None}), changes)


def _this(delivery: Delivery) -> dict[str, Any]:
    return {"of_space": delivery.place.space, "of_channel": delivery.place.channel, "of_key": delivery.key}


def _edition(delivery: Delivery) -> Key:
    return delivery.place.space, delivery.place.channel, delivery.name


def _unless_stopped(delivery: Delivery, settlement: Settlement, why: Mapping[Key, str]) -> Settlement:
    """The settlement, but nothing is tried again of an edition that runs no longer."""
    if isinstance(settlement, Again) and (reason := why.get(_edition(delivery))):
        # This try did not arrive; those before it were cut off.
        return unposted(reason, delivery.attempt - 1)
    return settlement


def settle(connection: Connection, settled: Sequence[tuple[Delivery, Settlement]], worker: str, now: datetime) -> None:
    """See the port."""
    # The attempt too: a worker that was thought dead may bear the same name as the one that took over.
    still_ours = (_C.state == "sending", _C.owner == bindparam("by"), _C.attempt == bindparam("at_attempt"))
    change = update(DELIVERY).where(*_THIS, *still_ours)
    why = stopped(connection, {_edition(delivery) for delivery, settlement in settled if isinstance(settlement, Again)})
    final: list[dict[str, Any]] = []
    again: list[dict[str, Any]] = []
    for delivery, said in settled:
        settlement = _unless_stopped(delivery, said, why)
        this = {**_this(delivery), "by": worker, "at_attempt": delivery.attempt}
        if isinstance(settlement, Again):
            back = {"new_retry_at": micros(now + settlement.after), "new_reason": settlement.reason, "new_attempt": delivery.attempt - 1}
            again.append({**this, **back})
        else:
            state, receipt, reason = _outcome(settlement)
            final.append({**this, "new_state": state.value, "new_receipt": receipt, "new_reason": reason, "new_settled": micros(now)})
    if final:
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("state", "receipt", "reason", "settled")}
        connection.execute(change.values({**values, "lease_until": None}), final)
    if again:
        values = {name: bindparam(f"new_{name}") for name in ("retry_at", "reason", "attempt")}
        connection.execute(change.values({**values, "state": DeliveryState.PENDING.value, "owner": "", "lease_until": None}), again)


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
