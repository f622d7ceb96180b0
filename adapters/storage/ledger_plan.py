"""Owing deliveries: the message frozen once, the rows that point to it, and the subscription moved on, in one commit."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, delete, update
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
NOT_HAD: Final = {SKIPPED, DeliveryState.FAILED.value}  # states in which nobody has read a delivery, nor will

Edition = tuple[str, str, str, str]  # a space, a channel of it, a name in that channel, and a local date as ISO text


def plan(connection: Connection, planned: Sequence[Planned], now: datetime) -> None:
    """See the port."""
    current = _unchanged(connection, planned)
    if not current:
        return
    known = _known(connection, current)
    owing = [one for one in current if one.deliveries and {row.state for row in known.get(_edition_of(one), ())} <= NOT_HAD]
    _forget(connection, [(row.space, row.channel, row.key) for one in owing for row in known.get(_edition_of(one), ())])
    _owe(connection, [delivery for one in owing for delivery in one.deliveries])
    skipped = [_skipped(one, now) for one in current if one.skipped and not one.deliveries and _edition_of(one) not in known]
    insert_new(connection, DELIVERY, skipped)
    _move_on(connection, current)


def _unchanged(connection: Connection, planned: Sequence[Planned]) -> list[Planned]:
    """Those whose subscription runs and is in every column as it was read, each once."""
    c = SUBSCRIPTION.c
    query = select_(SUBSCRIPTION).where(RUNNING).with_for_update()  # SQLite has one writer at a time, and needs no such thing
    rows = {
        (row["space"], row["channel"], row["name"]): row
        for batch in in_batches([_subscription_of(one) for one in planned])
        for row in connection.execute(query.where(among((c.space, c.channel, c.name), batch))).mappings()
    }
    found: dict[Key, Planned] = {}
    for one in planned:
        read = {**row_of(one.subscription), **slot_columns(one.slot)}
        row = rows.get(_subscription_of(one))
        if row is not None and all(row[name] == value for name, value in read.items()):
            found.setdefault(_subscription_of(one), one)
    return list(found.values())


def _subscription_of(one: Planned) -> Key:
    return one.subscription.space, one.subscription.channel, one.subscription.name


def _edition_of(one: Planned) -> Edition:
    return *_subscription_of(one), one.slot.meant_for.isoformat()


def _known(connection: Connection, planned: Sequence[Planned]) -> dict[Edition, list[Row[Any]]]:
    """What is in the ledger already of each of those editions, be it of parts that are planned no longer."""
    c = DELIVERY.c
    query = select_(*(c[name] for name in ("space", "channel", "name", "meant_for", "key", "state")))
    days = sorted({one.slot.meant_for.isoformat() for one in planned})
    found: dict[Edition, list[Row[Any]]] = {}
    for batch in in_batches([_subscription_of(one) for one in planned]):
        for row in connection.execute(query.where(among((c.space, c.channel, c.name), batch), c.meant_for.in_(days))):
            found.setdefault((row.space, row.channel, row.name, row.meant_for), []).append(row)
    return found


def _owe(connection: Connection, deliveries: Sequence[Delivery]) -> None:
    frozen: dict[int, str] = {}
    editions: dict[str, dict[str, Any]] = {}
    for delivery in deliveries:
        if id(delivery.message) not in frozen:
            frozen[id(delivery.message)] = _freeze(delivery.message, editions)
    insert_new(connection, EDITION, list(editions.values()))
    new = {_key_of(delivery): delivery for delivery in deliveries}
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
    this = (c.space == bindparam("of_space"), c.channel == bindparam("of_channel"), c.name == bindparam("of_name"))
    values: dict[str, Any] = {"next_utc": bindparam("then_utc"), "meant_for": bindparam("then_for"), "wake": bindparam("then_utc")}
    moves = [
        {"of_space": one.subscription.space, "of_channel": one.subscription.channel, "of_name": one.subscription.name}
        | {"then_utc": micros(one.then.utc), "then_for": one.then.meant_for.isoformat()}
        for one in planned
    ]
    connection.execute(update(SUBSCRIPTION).where(*this).values(values), moves)
