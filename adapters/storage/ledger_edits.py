"""Edits of posts: of one post one edit is under way at a time, and a later one takes the place of those that wait."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, literal_column, select, update

from adapters.storage.bodies import askable, micros
from adapters.storage.bulk import among, giving
from adapters.storage.frozen import Carried, editions
from adapters.storage.ledger_read import CARRYING, NONE, PENDING, another_edit, record
from adapters.storage.tables import DELIVERY, EDITION_BRIEF
from briefs.digest import Delivery, DeliveryState, Record
from briefs.message import Message

OVERTAKEN: Final = "overtaken by a later one"

_C = DELIVERY.c
_B = EDITION_BRIEF.c
_OF_POST: Final = (_C.space, _C.channel, _C.edits)
_WAITING_FOR_POST: Final = (*(column == bindparam(f"of_{column.name}") for column in _OF_POST), _C.edits != NONE, PENDING)
_OVERTAKEN: Final = {"state": DeliveryState.SKIPPED.value, "reason": OVERTAKEN, "settled": bindparam("at"), "owner": ""}

Post = tuple[str, str, str]  # space, channel, receipt


def rounds(deliveries: Iterable[Delivery]) -> Iterator[Sequence[Delivery]]:
    """The deliveries in their order, of each post one edit at a time."""
    several: list[Delivery] = []
    posts: set[Post] = set()
    for delivery in deliveries:
        if delivery.edits and _post(delivery) in posts:
            yield several
            several, posts = [], set()
        several.append(delivery)
        posts.add(_post(delivery))
    yield several


def give_way(connection: Connection, deliveries: Sequence[Delivery]) -> None:
    """What waits to edit a post that one of these edits, too, is overtaken; those that are in the ledger already do nothing."""
    edits = {(d.place.space, d.place.channel, d.key): d for d in deliveries if d.edits}
    if not edits:
        return
    keys = (_C.space, _C.channel, _C.own_key)
    there = select(*keys).where(_C.name == NONE, among(connection.dialect.name, *keys))
    known = {(space, channel, key) for space, channel, key in connection.execute(there, giving(list(edits)))}
    of = [{**_of_post(d), "at": micros(d.due)} for key, d in edits.items() if key not in known]
    if of:
        connection.execute(update(DELIVERY).where(*_WAITING_FOR_POST).values(_OVERTAKEN), of)


def leave_the_earlier(connection: Connection, put_back: Iterable[Delivery], now: datetime) -> None:
    """Of these, which were under way and are pending again, those are overtaken whose post another edit waits for."""
    of = [{**_of_post(d), "of_key": d.key, "at": micros(now)} for d in put_back if d.edits]
    if of:
        these = (*_WAITING_FOR_POST, _C.own_key == bindparam("of_key"), another_edit("pending"))
        connection.execute(update(DELIVERY).where(*these).values(_OVERTAKEN), of)


def posts_carrying(connection: Connection, slug: str, since: datetime) -> tuple[Record, ...]:
    """See the port."""
    of_brief = select(_B.edition).where(_B.slug == askable(slug))
    sent = (_C.edition != NONE, _C.state == literal_column("'sent'"), _C.edits == NONE, _C.receipt != "", _C.settled >= micros(since))
    newest_first = (_C.settled.desc(), _C.space, _C.channel, _C.name, _C.part, _C.own_key)
    posts = connection.execute(select(DELIVERY).where(_C.edition.in_(of_brief), *sent).order_by(*newest_first)).all()
    edits = _edits_of(connection, [(row.space, row.channel, row.receipt) for row in posts])
    frozen = editions(connection, {row.edition for row in (*posts, *(edit for several in edits.values() for edit in several))})
    found: list[Record] = []
    for row in posts:
        own = frozen.get(row.edition)
        versions = [*edits.get((row.space, row.channel, row.receipt), ()), row]
        # One that cannot be read goes out nowhere.
        standing = next((frozen[version.edition] for version in versions if version.edition in frozen), None)
        if standing is not None:
            found.append(_as_it_stands(record(row, standing), own))
    return tuple(found)


def _as_it_stands(there: Record, own: tuple[Message, Carried] | None) -> Record:
    carried = dict.fromkeys((*(own[1] if own else ()), *there.delivery.briefs))
    return replace(there, delivery=replace(there.delivery, briefs=tuple(carried)))


def _edits_of(connection: Connection, posts: Sequence[Post]) -> dict[Post, list[Row[Any]]]:
    """The edits of each post that are owed or were made, the newest first."""
    if not posts:
        return {}
    query = select(DELIVERY).where(among(connection.dialect.name, *_OF_POST), _C.edits != NONE, _C.state.in_(CARRYING))
    found: dict[Post, list[Row[Any]]] = {}
    for row in sorted(connection.execute(query, giving(posts)).all(), key=_newness, reverse=True):
        found.setdefault((row.space, row.channel, row.edits), []).append(row)
    return found


def _newness(edit: Row[Any]) -> tuple[bool, bool, int, int, str]:
    """One that waits was made from the one under way, and that one from those before it."""
    waits, under_way = edit.state == DeliveryState.PENDING.value, edit.state == DeliveryState.SENDING.value
    return waits, under_way, edit.settled or 0, edit.due, edit.own_key


def _post(delivery: Delivery) -> Post:
    return delivery.place.space, delivery.place.channel, delivery.edits


def _of_post(delivery: Delivery) -> dict[str, str]:
    return dict(zip(("of_space", "of_channel", "of_edits"), _post(delivery), strict=True))
