"""The `Subscriptions` port over SQL."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, delete, func, insert, select

from adapters.storage.bodies import body, micros, moment, read
from adapters.storage.engine import Engine
from adapters.storage.tables import SUBSCRIPTION
from briefs.brief import Size
from briefs.digest import Empty, Place, Slot, Subscription

_C = SUBSCRIPTION.c


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
    )
    return subscription, Slot(moment(row.next_utc), date.fromisoformat(row.meant_for))


class SqlSubscriptions:
    """See the port."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def put(self, subscription: Subscription, next_slot: Slot, now: datetime) -> None:  # noqa: ARG002 (a later engine may keep it)
        """See the port."""
        await self._engine.write(_put, subscription, next_slot)

    async def remove(self, place: Place, name: str) -> bool:
        """See the port."""
        return await self._engine.write(_remove, place, name)

    async def of(self, place: Place) -> tuple[tuple[Subscription, Slot], ...]:
        """See the port."""
        return await self._engine.read(_of, place)

    async def due(self, now: datetime, limit: int) -> tuple[tuple[Subscription, Slot], ...]:
        """See the port."""
        return await self._engine.read(_due, now, limit)

    async def next_due(self) -> datetime | None:
        """See the port."""
        return await self._engine.read(_next_due)


def _put(connection: Connection, subscription: Subscription, next_slot: Slot) -> None:
    _remove(connection, subscription.place, subscription.name)
    connection.execute(insert(SUBSCRIPTION).values(**row_of(subscription), **slot_columns(next_slot)))


def _remove(connection: Connection, place: Place, name: str) -> bool:
    there = (_C.space == place.space, _C.channel == place.channel, _C.name == name)
    return connection.execute(delete(SUBSCRIPTION).where(*there)).rowcount > 0


def _of(connection: Connection, place: Place) -> tuple[tuple[Subscription, Slot], ...]:
    query = select(SUBSCRIPTION).where(_C.space == place.space, _C.channel == place.channel).order_by(_C.name)
    return tuple(_read(row) for row in connection.execute(query))


def _due(connection: Connection, now: datetime, limit: int) -> tuple[tuple[Subscription, Slot], ...]:
    query = select(SUBSCRIPTION).where(_C.next_utc <= micros(now))
    query = query.order_by(_C.next_utc, _C.space, _C.channel, _C.name).limit(limit)
    return tuple(_read(row) for row in connection.execute(query))


def _next_due(connection: Connection) -> datetime | None:
    found = connection.scalar(select(func.min(_C.next_utc)))
    return None if found is None else moment(found)
