"""The `Subscriptions` port over SQL."""

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, func, insert, literal_column, select, update

from adapters.storage.bodies import body, micros, moment, read
from adapters.storage.engine import Engine
from adapters.storage.ledger_stopped import UNSUBSCRIBED, resting, settle_owed
from adapters.storage.tables import SUBSCRIPTION
from briefs.brief import Size
from briefs.digest import Empty, Place, Slot, Subscription

log = logging.getLogger(__name__)

LEFT_ALONE: Final = timedelta(hours=1)  # how long one that cannot be read is not looked at; its zone may come back

_C = SUBSCRIPTION.c

# Written out, not as a parameter, so that the engine sees that the index of those that run serves.
RUNNING: Final = _C.paused == literal_column("''")

# Put together once: every list of briefs asks for the channel's topics.
_OF_PLACE: Final = select(SUBSCRIPTION).where(_C.space == bindparam("its_space"), _C.channel == bindparam("its_channel")).order_by(_C.name)

Due = tuple[tuple[Subscription, Slot], ...]


def row_of(subscription: Subscription) -> dict[str, Any]:
    """A subscription as columns, without its slot."""
    return {
        "space": subscription.space,
        "channel": subscription.channel,
        "name": subscription.name,
        "at": subscription.at.isoformat(),
        "zone": subscription.zone.key,
        "days": "".join(str(day) for day in sorted(subscription.days)),
        "topics": body(subscription.topics),
        "size": subscription.size,
        "empty": subscription.empty.value,
        "asked_by": subscription.by,
        "paused": subscription.paused,
    }


def slot_columns(slot: Slot) -> dict[str, Any]:
    """A slot as columns."""
    return {"next_utc": micros(slot.utc), "meant_for": slot.meant_for.isoformat()}


def _read(row: Row[Any]) -> tuple[Subscription, Slot]:
    subscription = Subscription(
        space=row.space,
        channel=row.channel,
        name=row.name,
        at=time.fromisoformat(row.at),
        zone=ZoneInfo(row.zone),
        days=frozenset(int(day) for day in row.days),
        topics=read(tuple[str, ...], row.topics),
        size=Size(row.size),
        empty=Empty(row.empty),
        by=row.asked_by,
        paused=row.paused,
    )
    return subscription, Slot(moment(row.next_utc), date.fromisoformat(row.meant_for))


class SqlSubscriptions:
    """See the port."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._told: set[tuple[str, str, str]] = set()

    async def put(self, subscription: Subscription, next_slot: Slot) -> None:
        """See the port."""
        await self._engine.write(_put, subscription, next_slot)

    async def remove(self, place: Place, name: str, now: datetime) -> bool:
        """See the port."""
        return await self._engine.write(_remove, place, name, now)

    async def pause(self, place: Place, reason: str, now: datetime, name: str | None = None) -> tuple[Subscription, ...]:
        """See the port."""
        of = (_C.space == place.space, _C.channel == place.channel) if name is None else _named(place, name)
        found, _ = self._readable(await self._engine.write(_pause, of, reason, now))
        return tuple(replace(subscription, paused="") for subscription, _ in found)

    async def pause_space(self, space: str, reason: str, now: datetime) -> int:
        """See the port."""
        return len(await self._engine.write(_pause, (_C.space == space,), reason, now))

    async def resume(self, place: Place, name: str, next_slot: Slot) -> bool:
        """See the port."""
        return await self._engine.write(_resume, place, name, next_slot)

    async def of(self, place: Place) -> Due:
        """See the port."""
        found, _ = self._readable(await self._engine.read(_of, place))
        return found

    async def of_space(self, space: str) -> Due:
        """See the port."""
        found, _ = self._readable(await self._engine.read(_of_space, space))
        return found

    async def due(self, now: datetime, limit: int, platforms: Collection[str]) -> Due:
        """See the port."""
        while rows := await self._engine.read(_due, now, limit, platforms):
            found, unreadable = self._readable(rows)
            if unreadable:
                await self._engine.write(_leave_alone, unreadable, now)
            if found:
                return found
            # None of these could be read, which says nothing of the next ones.
        return ()

    async def next_due(self, platforms: Collection[str]) -> datetime | None:
        """See the port."""
        return await self._engine.read(_next_due, platforms)

    def _readable(self, rows: Iterable[Row[Any]]) -> tuple[Due, list[Row[Any]]]:
        """The subscriptions of the rows that can be read, and the other rows, each told once."""
        found: list[tuple[Subscription, Slot]] = []
        unreadable: list[Row[Any]] = []
        for row in rows:
            try:
                found.append(_read(row))
            except (ValueError, KeyError, OSError, OverflowError) as error:  # a zone that is not there is a KeyError
                unreadable.append(row)
                key = (row.space, row.channel, row.name)
                if key not in self._told:
                    self._told.add(key)
                    log.error("edition %s of %s in %s cannot be read and is not posted: %s", row.name, row.channel, row.space, error)  # noqa: TRY400 (it says all there is)
        return tuple(found), unreadable


def _put(connection: Connection, subscription: Subscription, next_slot: Slot) -> None:
    _forget(connection, subscription.place, subscription.name)
    slot = slot_columns(next_slot)
    connection.execute(insert(SUBSCRIPTION).values(**row_of(subscription), **slot, wake=slot["next_utc"]))


def _named(place: Place, name: str) -> tuple[ColumnElement[bool], ...]:
    return (_C.space == place.space, _C.channel == place.channel, _C.name == name)


def _forget(connection: Connection, place: Place, name: str) -> bool:
    return connection.execute(delete(SUBSCRIPTION).where(*_named(place, name))).rowcount > 0


def _remove(connection: Connection, place: Place, name: str, now: datetime) -> bool:
    settle_owed(connection, [(place.space, place.channel, name)], UNSUBSCRIBED, now)
    return _forget(connection, place, name)


def _pause(connection: Connection, of: Sequence[ColumnElement[bool]], reason: str, now: datetime) -> Sequence[Row[Any]]:
    """The rows that rest newly, by channel and name."""
    if not reason:
        raise ValueError("What rests needs a reason: without one it runs.")
    rows = connection.execute(update(SUBSCRIPTION).where(*of, RUNNING).values(paused=reason).returning(SUBSCRIPTION)).all()
    if rows:
        settle_owed(connection, [(row.space, row.channel, row.name) for row in rows], resting(reason), now)
    return sorted(rows, key=lambda row: (row.channel, row.name))


def _resume(connection: Connection, place: Place, name: str, next_slot: Slot) -> bool:
    slot = slot_columns(next_slot)
    there = _named(place, name)
    if connection.execute(update(SUBSCRIPTION).where(*there, _C.paused != "").values(paused="", **slot, wake=slot["next_utc"])).rowcount:
        return True
    return connection.scalar(select(_C.name).where(*there)) is not None


def _of(connection: Connection, place: Place) -> Sequence[Row[Any]]:
    return connection.execute(_OF_PLACE, {"its_space": place.space, "its_channel": place.channel}).all()


def _of_space(connection: Connection, space: str) -> Sequence[Row[Any]]:
    return connection.execute(select(SUBSCRIPTION).where(_C.space == space).order_by(_C.channel, _C.name)).all()


def _due(connection: Connection, now: datetime, limit: int, platforms: Collection[str]) -> Sequence[Row[Any]]:
    # One platform at a time: each is a walk along its part of the index.
    query = select(SUBSCRIPTION).where(RUNNING, _C.wake <= micros(now)).order_by(_C.wake, _C.space, _C.channel, _C.name).limit(limit)
    rows = [row for platform in sorted(set(platforms)) for row in connection.execute(query.where(_C.platform == platform))]
    return sorted(rows, key=lambda row: (row.wake, row.space, row.channel, row.name))[:limit]


def _leave_alone(connection: Connection, rows: Sequence[Row[Any]], now: datetime) -> None:
    # Only what is as it was read: one that was replaced meanwhile can be read again.
    this = [_C[name] == bindparam(f"of_{name}") for name in ("space", "channel", "name", "wake")]
    found = [{"of_space": row.space, "of_channel": row.channel, "of_name": row.name, "of_wake": row.wake} for row in rows]
    connection.execute(update(SUBSCRIPTION).where(*this).values(wake=micros(now + LEFT_ALONE)), found)


def _next_due(connection: Connection, platforms: Collection[str]) -> datetime | None:
    query = select(func.min(_C.wake)).where(RUNNING)
    firsts = [connection.scalar(query.where(_C.platform == platform)) for platform in sorted(set(platforms))]
    return min((moment(first) for first in firsts if first is not None), default=None)
