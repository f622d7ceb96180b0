"""The `Subscriptions` port over SQL."""

import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, func, insert, select, tuple_, update

from adapters.storage.bodies import askable, micros, moment
from adapters.storage.bulk import Gathered
from adapters.storage.engine import Engine
from adapters.storage.ledger_stopped import UNSUBSCRIBED, resting, settle_owed
from adapters.storage.subscription_rows import COLUMNS, RUNNING, due_of, row_of, slot_columns, subscription_of, unchanged
from adapters.storage.tables import SUBSCRIPTION
from briefs.digest import Due, Place, Slot, Subscription

log = logging.getLogger(__name__)

LEFT_ALONE: Final = timedelta(hours=1)  # how long one that cannot be read is not looked at; its zone may come back

_C = SUBSCRIPTION.c

# Put together once: every list of briefs asks for the channel's topics, and a wave asks again and again.
_OF_PLACE: Final = select(SUBSCRIPTION).where(_C.space == bindparam("its_space"), _C.channel == bindparam("its_channel")).order_by(_C.name)
_ORDER: Final = (_C.wake, _C.space, _C.channel, _C.name)
_WALK: Final = (
    select(*COLUMNS)
    .where(RUNNING, _C.platform == bindparam("of_platform"), _C.wake <= bindparam("by"))
    .order_by(*_ORDER)
    .limit(bindparam("most"))
)
_LAST: Final = ("after_wake", "after_space", "after_channel", "after_name")
_DUE: Final = (Gathered(_WALK), Gathered(_WALK.where(tuple_(*_ORDER) > tuple_(*map(bindparam, _LAST)))))
_LOOKED_AT: Final = select(_C.wake).where(
    *(_C[name] == bindparam(f"of_{name}") for name in ("space", "channel", "name")), _C.next_utc == bindparam("of_slot")
)
_FIRST: Final = select(func.min(_C.wake)).where(RUNNING, _C.platform == bindparam("of_platform"))
_THIS: Final = [_C[name] == bindparam(f"of_{name}") for name in ("space", "channel", "name")]

Entries = tuple[tuple[Subscription, Slot], ...]
T = TypeVar("T")


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
        found, _ = self._readable(await self._engine.write(_pause, of, reason, now), subscription_of)
        return tuple(replace(subscription, paused="") for subscription, _ in found)

    async def pause_space(self, space: str, reason: str, now: datetime) -> int:
        """See the port."""
        return len(await self._engine.write(_pause, (_C.space == space,), reason, now))

    async def resume(self, place: Place, name: str, next_slot: Slot) -> bool:
        """See the port."""
        return await self._engine.write(_resume, place, name, next_slot)

    async def of(self, place: Place) -> Entries:
        """See the port."""
        return self._readable(await self._engine.read(_of, place), subscription_of)[0]

    async def of_space(self, space: str) -> Entries:
        """See the port."""
        return self._readable(await self._engine.read(_of_space, space), subscription_of)[0]

    async def due(self, now: datetime, limit: int, platforms: Collection[str], after: Due | None = None) -> tuple[Due, ...]:
        """See the port."""
        while True:
            found, unreadable = await self._engine.read(self._due, now, limit, platforms, after)
            if unreadable:
                await self._engine.write(_leave_alone, unreadable, now)
            if found or not unreadable:
                return found
            # None of these could be read, which says nothing of the next ones.

    async def all(self, after: tuple[Place, str] | None, limit: int) -> Entries:
        """See the port."""
        while rows := await self._engine.read(_all, after, limit):
            if found := self._readable(rows, subscription_of)[0]:
                return found
            after = (Place(rows[-1].space, rows[-1].channel), rows[-1].name)
        return ()

    async def move(self, moved: Sequence[tuple[Subscription, Slot, Slot]]) -> int:
        """See the port."""
        return await self._engine.write(_move, moved) if moved else 0

    async def forget(self, space: str, user: str) -> int:
        """See the port."""
        return await self._engine.write(_forget_who_asked, space, user)

    async def next_due(self, platforms: Collection[str]) -> datetime | None:
        """See the port."""
        return await self._engine.read(_next_due, platforms)

    def _due(
        self, connection: Connection, now: datetime, limit: int, platforms: Collection[str], after: Due | None
    ) -> tuple[tuple[Due, ...], list[Row[Any]]]:
        """As `_readable`, of those that are due: in the reading thread, for they are many."""
        return self._readable(_due(connection, now, limit, platforms, after), due_of)

    def _readable(self, rows: Iterable[Row[Any]], of: Callable[[Row[Any]], T]) -> tuple[tuple[T, ...], list[Row[Any]]]:
        """What stands in the rows that can be read, and the other rows, each told once."""
        found: list[T] = []
        unreadable: list[Row[Any]] = []
        for row in rows:
            try:
                found.append(of(row))
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
    rows = connection.execute(update(SUBSCRIPTION).where(*of, RUNNING).values(paused=reason, progress="").returning(SUBSCRIPTION)).all()
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


def _due(connection: Connection, now: datetime, limit: int, platforms: Collection[str], after: Due | None) -> Sequence[Row[Any]]:
    asked: dict[str, Any] = {"by": micros(now), "most": max(limit, 0)}
    if after is not None:
        s = after.subscription
        slot = micros(after.slot.utc)
        this = {"of_space": s.space, "of_channel": s.channel, "of_name": s.name, "of_slot": slot}
        # One that could not be read for a while stands where it was to be looked at again, not where its slot was. Where it
        # was moved on meanwhile, so were all those read with it.
        wake = connection.scalar(_LOOKED_AT, this)
        asked |= dict(zip(_LAST, (slot if wake is None else wake, s.space, s.channel, s.name), strict=True))
    # One platform at a time: each is a walk along its part of the index.
    query = _DUE[after is not None]
    rows = [row for platform in sorted(set(platforms)) for row in query.all(connection, {**asked, "of_platform": platform})]
    return sorted(rows, key=lambda row: (row.wake, row.space, row.channel, row.name))[:limit] if len(platforms) > 1 else rows


def _all(connection: Connection, after: tuple[Place, str] | None, limit: int) -> Sequence[Row[Any]]:
    query = select(SUBSCRIPTION).where(RUNNING).order_by(_C.space, _C.channel, _C.name).limit(limit)
    if after is not None:
        place, name = after
        query = query.where(tuple_(_C.space, _C.channel, _C.name) > tuple_(place.space, place.channel, name))
    return connection.execute(query).all()


def _move(connection: Connection, moved: Sequence[tuple[Subscription, Slot, Slot]]) -> int:
    current = unchanged(connection, [(subscription, slot) for subscription, slot, _ in moved])
    changes = [
        {"of_space": key[0], "of_channel": key[1], "of_name": key[2]} | slot_columns(slot, "to_") | {"to_wake": micros(slot.utc)}
        for subscription, _, slot in moved
        if (key := (subscription.space, subscription.channel, subscription.name)) in current
    ]
    if changes:
        to: dict[str, Any] = {name: bindparam(f"to_{name}") for name in ("next_utc", "meant_for", "wake")}
        connection.execute(update(SUBSCRIPTION).where(*_THIS).values(to), changes)
    return len(changes)


def _forget_who_asked(connection: Connection, space: str, user: str) -> int:
    theirs = (_C.space == space, _C.asked_by == askable(user), _C.asked_by != "")
    return connection.execute(update(SUBSCRIPTION).where(*theirs).values(asked_by="")).rowcount


def _leave_alone(connection: Connection, rows: Sequence[Row[Any]], now: datetime) -> None:
    # Only what is as it was read: one that was replaced meanwhile can be read again.
    this = [_C[name] == bindparam(f"of_{name}") for name in ("space", "channel", "name", "wake")]
    found = [{"of_space": row.space, "of_channel": row.channel, "of_name": row.name, "of_wake": row.wake} for row in rows]
    connection.execute(update(SUBSCRIPTION).where(*this).values(wake=micros(now + LEFT_ALONE)), found)


def _next_due(connection: Connection, platforms: Collection[str]) -> datetime | None:
    firsts = [connection.scalar(_FIRST, {"of_platform": platform}) for platform in sorted(set(platforms))]
    return min((moment(first) for first in firsts if first is not None), default=None)
