"""Taking deliveries and recording what became of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, assert_never

from sqlalchemy import Connection, bindparam, select, update

from adapters.storage.bodies import micros
from adapters.storage.ledger_read import deliveries_of
from adapters.storage.tables import DELIVERY
from briefs.digest import Again, Delivery, DeliveryState, Refused, Sent, Settlement, Skipped, Unknown

_C = DELIVERY.c
_THIS = (_C.space == bindparam("of_space"), _C.channel == bindparam("of_channel"), _C.key == bindparam("of_key"))


def claim(connection: Connection, worker: str, now: datetime, lease: timedelta, limit: int) -> tuple[Delivery, ...]:
    """See the port."""
    # Two queries, for each state has its own index. Where rows can be locked (PostgreSQL), rows that another worker is
    # just taking are passed over; SQLite has one writer at a time and needs no such thing.
    pending = select(DELIVERY).where(_C.state == "pending", _C.due <= micros(now)).order_by(_C.due, _C.part)
    left = select(DELIVERY).where(_C.state == "sending", _C.lease_until <= micros(now)).order_by(_C.lease_until)
    rows = [row for query in (pending, left) for row in connection.execute(query.limit(limit).with_for_update(skip_locked=True))]
    rows = sorted(rows, key=lambda row: (row.due, row.part))[:limit]
    if not rows:
        return ()
    taken = {"state": DeliveryState.SENDING.value, "owner": worker, "lease_until": micros(now + lease), "attempt": _C.attempt + 1}
    keys = [{"of_space": row.space, "of_channel": row.channel, "of_key": row.key} for row in rows]
    connection.execute(update(DELIVERY).where(*_THIS).values(taken), keys)
    return deliveries_of(connection, rows, one_more_attempt=True)


def settle(connection: Connection, settled: Sequence[tuple[Delivery, Settlement]], worker: str, now: datetime) -> None:
    """See the port."""
    # The attempt too: a worker that was thought dead may bear the same name as the one that took over.
    still_ours = (_C.state == "sending", _C.owner == bindparam("by"), _C.attempt == bindparam("at_attempt"))
    change = update(DELIVERY).where(*_THIS, *still_ours)
    final: list[dict[str, Any]] = []
    again: list[dict[str, Any]] = []
    for delivery, settlement in settled:
        this: dict[str, Any] = {"of_space": delivery.place.space, "of_channel": delivery.place.channel, "of_key": delivery.key}
        this |= {"by": worker, "at_attempt": delivery.attempt}
        if isinstance(settlement, Again):
            back = {"new_due": micros(now + settlement.after), "new_reason": settlement.reason, "new_attempt": delivery.attempt - 1}
            again.append({**this, **back})
        else:
            state, receipt, reason = _outcome(settlement)
            final.append({**this, "new_state": state.value, "new_receipt": receipt, "new_reason": reason, "new_settled": micros(now)})
    if final:
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("state", "receipt", "reason", "settled")}
        connection.execute(change.values({**values, "lease_until": None}), final)
    if again:
        values = {name: bindparam(f"new_{name}") for name in ("due", "reason", "attempt")}
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
