"""Owing deliveries: the message frozen once, the rows that point to it, and the subscription moved on, in one commit."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, update
from sqlalchemy import select as select_

from adapters.storage.bodies import micros
from adapters.storage.inserts import insert_new
from adapters.storage.keys import Key, among, in_batches
from adapters.storage.subscriptions import RUNNING, row_of, slot_columns
from adapters.storage.tables import DELIVERY, DELIVERY_BRIEF, EDITION, SUBSCRIPTION
from briefs.digest import Delivery, DeliveryState, Place, Planned, digest_key
from briefs.message import Message
from briefs.message_json import to_json

RENDERER: Final = "1"  # raise it when the same Message would be posted otherwise, so that a frozen one is told apart
SKIPPED: Final = DeliveryState.SKIPPED.value


def plan(connection: Connection, planned: Sequence[Planned], now: datetime) -> None:
    """See the port."""
    resting = _resting(connection, planned)
    planned = [one for one in planned if one.subscription.paused or _edition_of(one) not in resting]
    _owe(connection, [delivery for one in planned for delivery in one.deliveries])
    skipped = [_skipped(one, now) for one in planned if one.skipped and not one.deliveries]
    insert_new(connection, DELIVERY, skipped)
    if planned:
        _move_on(connection, planned)


def _resting(connection: Connection, planned: Sequence[Planned]) -> set[Key]:
    """The editions among them that rest now, whatever they did when they were read."""
    c = SUBSCRIPTION.c
    query = select_(c.space, c.channel, c.name).where(c.paused != "")
    editions = [_edition_of(one) for one in planned]
    return {
        (space, channel, name)
        for batch in in_batches(editions)
        for space, channel, name in connection.execute(query.where(among((c.space, c.channel, c.name), batch)))
    }


def _edition_of(one: Planned) -> Key:
    return one.subscription.space, one.subscription.channel, one.subscription.name


def _owe(connection: Connection, deliveries: Sequence[Delivery]) -> None:
    frozen: dict[int, str] = {}
    editions: dict[str, dict[str, Any]] = {}
    for delivery in deliveries:
        if id(delivery.message) not in frozen:
            frozen[id(delivery.message)] = _freeze(delivery.message, editions)
    insert_new(connection, EDITION, list(editions.values()))
    known = _known(connection, deliveries)
    new = {key: delivery for delivery in deliveries if known.get(key := _key_of(delivery), SKIPPED) == SKIPPED}
    _forget(connection, [key for key in new if key in known])
    insert_new(connection, DELIVERY, [_row(delivery, frozen[id(delivery.message)]) for delivery in new.values()])
    carries = [
        {"space": space, "channel": channel, "key": key, "place": place, "slug": slug}
        for (space, channel, key), delivery in new.items()
        for place, slug in enumerate(delivery.briefs)
    ]
    insert_new(connection, DELIVERY_BRIEF, carries)


def _freeze(message: Message, editions: dict[str, dict[str, Any]]) -> str:
    """Put the message among the editions; returns its hash."""
    text = to_json(message)
    digest = sha256(f"{RENDERER}\n{text}".encode()).hexdigest()
    editions[digest] = {"hash": digest, "renderer": RENDERER, "message": text}
    return digest


def _known(connection: Connection, deliveries: Sequence[Delivery]) -> dict[Key, str]:
    """The states of those that are in the ledger already."""
    c = DELIVERY.c
    keys = [_key_of(delivery) for delivery in deliveries]
    query = select_(c.space, c.channel, c.key, c.state)
    return {
        (space, channel, key): state
        for batch in in_batches(keys)
        for space, channel, key, state in connection.execute(query.where(among((c.space, c.channel, c.key), batch)))
    }


def _forget(connection: Connection, keys: Sequence[Key]) -> None:
    for table in (DELIVERY, DELIVERY_BRIEF):
        for batch in in_batches(keys):
            connection.execute(delete(table).where(among((table.c.space, table.c.channel, table.c.key), batch)))


def _key_of(delivery: Delivery) -> Key:
    # With its place, for the text alone would be the same for space "a:b" with channel "c" and "a" with "b:c".
    return delivery.place.space, delivery.place.channel, delivery.key


def _row(delivery: Delivery, edition: str) -> dict[str, Any]:
    return {
        "space": delivery.place.space,
        "channel": delivery.place.channel,
        "key": delivery.key,
        "name": delivery.name,
        "meant_for": delivery.meant_for.isoformat(),
        "part": delivery.part,
        "due": micros(delivery.due),
        "platform": _platform(delivery.place),
        "retry_at": micros(delivery.due),
        "edition": edition,
        "state": DeliveryState.PENDING.value,
        "owner": "",
        "attempt": 0,
        "receipt": "",
        "reason": "",
        "settled": None,
    }


def _platform(place: Place) -> str:
    return place.space.partition(":")[0]


def _skipped(one: Planned, now: datetime) -> dict[str, Any]:
    place, name, slot = one.subscription.place, one.subscription.name, one.slot
    return {
        "space": place.space,
        "channel": place.channel,
        "key": digest_key(place, name, slot.meant_for),
        "name": name,
        "meant_for": slot.meant_for.isoformat(),
        "part": 1,
        "due": micros(slot.utc),
        "platform": _platform(place),
        "retry_at": micros(slot.utc),
        "edition": "",
        "state": SKIPPED,
        "owner": "",
        "attempt": 0,
        "receipt": "",
        "reason": one.skipped,
        "settled": micros(now),
    }


def _move_on(connection: Connection, planned: Sequence[Planned]) -> None:
    c = SUBSCRIPTION.c
    read = [{**row_of(one.subscription), **slot_columns(one.slot)} for one in planned]
    # Every column as it was read: a subscription that was changed since is another one, and keeps its own slot.
    unchanged = (RUNNING, *(c[name] == bindparam(f"read_{name}") for name in read[0]))
    values: dict[str, Any] = {"next_utc": bindparam("then_utc"), "meant_for": bindparam("then_for"), "wake": bindparam("then_utc")}
    moves = [
        {f"read_{name}": value for name, value in was.items()}
        | {"then_utc": micros(one.then.utc), "then_for": one.then.meant_for.isoformat()}
        for was, one in zip(read, planned, strict=True)
    ]
    connection.execute(update(SUBSCRIPTION).where(*unchanged).values(values), moves)
