"""Owing deliveries: the message frozen once, the rows that point to it, and the subscription moved on, in one commit."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, Final

from sqlalchemy import Connection, Executable, Update, bindparam, delete, false, literal_column, true, update
from sqlalchemy import select as select_

from adapters.storage import ledger_edits
from adapters.storage.bodies import micros
from adapters.storage.bulk import AT, Gathered, Key, among, given, giving
from adapters.storage.frozen import Carried, Frozen, keep
from adapters.storage.inserts import insert_new, insertion
from adapters.storage.subscription_rows import RUNNING, WHOLE, progress_column, whole
from adapters.storage.tables import DELIVERY, SUBSCRIPTION
from briefs.digest import Delivery, DeliveryState, Planned, Sent, digest_key

SKIPPED: Final = DeliveryState.SKIPPED.value
PENDING: Final = DeliveryState.PENDING.value
SENDING: Final = DeliveryState.SENDING.value
NOT_HAD: Final = {SKIPPED, DeliveryState.FAILED.value}  # states in which nobody has read a delivery, nor will

_C = DELIVERY.c
_S = SUBSCRIPTION.c
_EDITION: Final = ("space", "channel", "name", "meant_for")
_GIVEN: Final = (*_EDITION, "part", "own_key", "due", "until", "platform", "edition", "reason", "edits")
_SAME: Final = ("state", "owner", "lease_until", "attempt", "settled")  # of all rows that are put in at once

NO_ROWS: Final = giving(())
NOBODY: Final[frozenset[str]] = frozenset()

Rows = list[tuple[Any, ...]]
Given = Mapping[str, str]
States = Mapping[int, Set[str]]  # by the number of a plan, those of what is in the ledger of its edition


@dataclass(frozen=True, slots=True)
class Taking:
    """Who takes how much of what is owed at once, and until when."""

    worker: str
    until: datetime
    most: int


@dataclass(frozen=True, slots=True)
class Handing:
    """What one commit hands over to the engine, as `giving` has it, and what is taken with it, as it was before."""

    taken: Sequence[Delivery]
    held: Given
    left: Given
    doubted: Given
    skipped: Given
    moved: Given


@dataclass(frozen=True, slots=True)
class Prepared:
    """Plans worked out beside the writing thread, so that it need not wait for the interpreter.

    Args:
        editions: the keys of what is planned, one for each plan.
        read: each subscription as it was read, see `whole`; empty where it rested.
        rows: of each plan, those of what is owed, in the order of its deliveries.
        frozen: the editions that these point to, where the store may not have them.
        all: what to hand over where nothing has changed since it was read, as is the rule.
    """

    planned: Sequence[Planned]
    editions: Sequence[Key]
    asking: Given
    read: Sequence[str]
    rows: Sequence[Rows]
    frozen: Mapping[str, tuple[str, Carried]]
    all: Handing


def prepare(planned: Sequence[Planned], now: datetime, frozen: Frozen, taking: Taking) -> Prepared:
    """The plans as they are handed over."""
    writing = _Writing(frozen)
    rows = [[writing.row(delivery) for delivery in one.deliveries] for one in planned]
    read = ["" if one.subscription.paused else whole(one.subscription, one.slot) for one in planned]
    editions = [_edition_of(one) for one in planned]
    free = dict.fromkeys(range(len(planned)), NOBODY)
    return Prepared(
        planned, editions, giving(editions), read, rows, frozen.unsure(writing.editions), _handing(planned, rows, free, now, taking)
    )


def _handing(planned: Sequence[Planned], rows: Sequence[Rows], standing: States, now: datetime, taking: Taking) -> Handing:
    """What to hand over where only those plans stand, with what is in the ledger of their editions."""
    taken: list[Delivery] = []
    held: Rows = []
    left: Rows = []
    doubted: Rows = []
    skipped: Rows = []
    moved: Rows = []
    for number, states in standing.items():
        one = planned[number]
        not_had = states <= NOT_HAD
        if not_had:
            for at, (delivery, row) in enumerate(zip(one.deliveries, rows[number], strict=True)):
                if delivery.attempt:
                    doubted.append(row)
                elif at == 0 and delivery.part == 1 and len(taken) < taking.most and delivery.due <= now:
                    taken.append(delivery)
                    held.append(row)
                else:
                    left.append(row)
        if one.skipped and not states and not one.deliveries:
            skipped.append(_skipped(one))
        s, then = one.subscription, one.then
        # Where an edition was had already, what its readers have read is not what was thought.
        told = progress_column(one.progress) if not_had or not one.deliveries else ""
        moved.append((s.space, s.channel, s.name, _micros(then.utc), _day(then.meant_for), told))
    return Handing(taken, giving(held), giving(left), giving(doubted), giving(skipped), giving(moved))


def plan(connection: Connection, prepared: Prepared, now: datetime, taking: Taking) -> Sequence[Delivery]:
    """See the port; what was taken, as it was before."""
    planned, standing = prepared.planned, _standing(connection, prepared)
    as_read = len(standing) == len(planned) and not any(standing.values())
    handing = prepared.all if as_read else _handing(planned, prepared.rows, standing, now, taking)
    _forget(connection, [prepared.editions[n] for n, states in standing.items() if states and states <= NOT_HAD and planned[n].deliveries])
    keep(connection, prepared.frozen)
    _insert(connection, handing.held, state=SENDING, owner=taking.worker, lease_until=micros(taking.until), attempt=1)
    _insert(connection, handing.left)
    _insert(connection, handing.doubted, attempt=1)
    _insert(connection, handing.skipped, state=SKIPPED, settled=micros(now))
    if standing:
        connection.execute(_moving(connection.dialect.name), handing.moved)
    return handing.taken


def owe(connection: Connection, deliveries: Sequence[Delivery], frozen: Frozen) -> int:
    """See the port."""
    writing = _Writing(frozen)
    owed = 0
    for several in ledger_edits.rounds(deliveries):
        rows = [writing.row(delivery) for delivery in several]
        ledger_edits.give_way(connection, several)
        owed += _insert(connection, giving(rows))
    keep(connection, frozen.unsure(writing.editions))
    return owed


def note(connection: Connection, posts: Sequence[tuple[Delivery, Sent]], frozen: Frozen, now: datetime) -> None:
    """See the port: `note_posts`."""
    writing = _Writing(frozen)
    there = {"state": DeliveryState.SENT.value, "owner": "", "attempt": 1, "insisted": False, "settled": micros(now)}
    rows = [
        {**dict(zip(_GIVEN, writing.row(delivery), strict=True)), "retry_at": micros(delivery.due), "receipt": sent.receipt, **there}
        for delivery, sent in posts
    ]
    insert_new(connection, DELIVERY, rows)
    keep(connection, frozen.unsure(writing.editions))


def _insert(
    connection: Connection,
    rows: Given,
    *,
    state: str = PENDING,
    owner: str = "",
    lease_until: int | None = None,
    attempt: int = 0,
    settled: int | None = None,
) -> int:
    """Put rows into the ledger, those left out whose key is there; how many."""
    if rows == NO_ROWS:
        return 0
    same = {"of_state": state, "of_owner": owner, "of_lease_until": lease_until, "of_attempt": attempt, "of_settled": settled}
    return connection.execute(_inserting(connection.dialect.name), {**rows, **same}).rowcount


@cache
def _inserting(dialect: str) -> Executable:
    found = given(dialect, *_GIVEN, numbers=("part", "due", "until")).c
    columns = {
        **{name: found[name] for name in _GIVEN},
        **{name: bindparam(f"of_{name}", type_=_C[name].type) for name in _SAME},
        "retry_at": found.due,
        "insisted": false(),
        "receipt": literal_column("''"),
    }
    # "WHERE true" keeps SQLite from reading the ON of ON CONFLICT as that of a join.
    return insertion(dialect, DELIVERY).from_select(list(columns), select_(*columns.values()).where(true())).on_conflict_do_nothing()


def _edition_of(one: Planned) -> Key:
    s = one.subscription
    meant_for = one.deliveries[0].meant_for if one.deliveries else one.slot.meant_for
    return s.space, s.channel, s.name, _day(meant_for)


def _standing(connection: Connection, prepared: Prepared) -> States:
    """Which of the plans are of a subscription that is as it was read, each with the states of what is in the ledger of its edition."""
    found: dict[int, set[str]] = {}
    seen: set[Key] = set()
    for number, text, state in _as_it_is(connection.dialect.name).bare(connection, prepared.asking):
        if number in found:
            found[number].add(state)
            continue
        key = prepared.editions[number][:3]
        if text == prepared.read[number] and key not in seen:
            seen.add(key)
            found[number] = {state} if state else set()
    return found


@cache
def _as_it_is(dialect: str) -> Gathered:
    """The subscriptions of editions, and the states of what is in the ledger of these, be it of parts that are planned no longer.

    Subscriptions stay so until the commit; SQLite has one writer at a time, and locks no rows.
    """
    of = given(dialect, *_EDITION)
    its_own = (_S.space == of.c.space) & (_S.channel == of.c.channel) & (_S.name == of.c.name) & RUNNING
    edition = (_C.space == of.c.space) & (_C.channel == of.c.channel) & (_C.name == of.c.name) & (_C.meant_for == of.c.meant_for)
    there = of.join(SUBSCRIPTION, its_own).join(DELIVERY, edition, isouter=True)
    return Gathered(select_(of.c[AT].label("number"), WHOLE.label("whole"), _C.state).select_from(there).with_for_update(of=SUBSCRIPTION))


@cache
def _moving(dialect: str) -> Update:
    """Subscriptions moved on to their next slot and progress."""
    to = given(dialect, "space", "channel", "name", "utc", "meant_for", "progress", numbers=("utc",)).c
    this = (_S.space == to.space, _S.channel == to.channel, _S.name == to.name)
    return update(SUBSCRIPTION).where(*this).values(next_utc=to.utc, meant_for=to.meant_for, wake=to.utc, progress=to.progress)


def _forget(connection: Connection, editions: Sequence[Key]) -> None:
    """What is in the ledger of editions that nobody has read gives way."""
    if editions:
        these = among(connection.dialect.name, *(_C[name] for name in _EDITION))
        connection.execute(delete(DELIVERY).where(these), giving(editions))


# A wave has the same moments again and again.
_micros = lru_cache(maxsize=4_096)(micros)
_day = lru_cache(maxsize=256)(date.isoformat)


class _Writing:
    """Deliveries as rows, and the editions these point to: many have the same one."""

    def __init__(self, frozen: Frozen) -> None:
        self._frozen = frozen
        self._hashes: dict[tuple[int, int], str] = {}  # by message and what it carries, which the deliveries keep alive
        self.editions: dict[str, tuple[str, Carried]] = {}

    def row(self, delivery: Delivery) -> tuple[Any, ...]:
        """The columns `_GIVEN` of what is owed."""
        d, place, day = delivery, delivery.place, _day(delivery.meant_for)
        same = (id(d.message), id(d.briefs))
        digest = self._hashes.get(same)
        if digest is None:
            digest, text = self._frozen.of(d.message, d.briefs)
            self._hashes[same] = digest
            self.editions[digest] = (text, d.briefs)
        own_key = "" if d.name and d.key == digest_key(place, d.name, d.meant_for, d.part) else d.key
        space = place.space
        return space, place.channel, d.name, day, d.part, own_key, _micros(d.due), _micros(d.until), place.platform, digest, "", d.edits


def _skipped(one: Planned) -> tuple[Any, ...]:
    """The columns `_GIVEN` of what is not to be owed."""
    s, slot = one.subscription, one.slot
    due = _micros(slot.utc)
    return s.space, s.channel, s.name, _day(slot.meant_for), 1, "", due, due, s.place.platform, "", one.skipped, ""
