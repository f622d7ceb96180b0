"""The log of decisions: what curators did, when, what stood before and what after."""

from typing import Any, Final

from sqlalchemy import Connection, insert, select

from adapters.storage.bodies import askable, micros, moment
from adapters.storage.standing import as_written, standing, written
from adapters.storage.tables_desk import DECISION, DECISION_CHANGE
from briefs.decision import Act, Change, Decision, Shelved
from briefs.errors import Overtaken

_C = DECISION.c
_D = DECISION_CHANGE.c

# What somebody did to a thing, where the word of the log does not say it with "it" behind.
_DID: Final = {Act.SET: "changed it", Act.KEPT_APART: "kept it apart", Act.UNDID: "took back what was done to it"}


def add(connection: Connection, decision: Decision) -> int:
    """Write a decision into the log; its number."""
    d = decision
    # Half a surrogate pair, which a chat may send, is no text an engine can hold.
    texts = {name: askable(getattr(d, name)) for name in ("about", "by", "person", "told", "reason")}
    row = insert(DECISION).values(act=d.act.value, at=micros(d.at), undoes=d.undoes, **texts).returning(_C.number)
    number: int = connection.execute(row).scalar_one()
    changes = [
        {
            "number": number,
            "place": place,
            "kind": one.kind.value,
            "key": one.key,
            "before": written(one.before),
            "after": written(one.after),
        }
        for place, one in enumerate(d.changes)
    ]
    if changes:
        connection.execute(insert(DECISION_CHANGE), changes)
    return number


def decision_of(connection: Connection, number: int) -> Decision | None:
    """See the port: `decision`."""
    row = connection.execute(select(DECISION).where(_C.number == number)).first()
    if row is None:
        return None
    changes = connection.execute(select(DECISION_CHANGE).where(_D.number == number).order_by(_D.place)).all()
    return _decision(row, tuple(map(_change, changes)))


def log(connection: Connection, *, about: str, before: int, limit: int) -> tuple[Decision, ...]:
    """See the port."""
    query = select(DECISION).order_by(_C.number.desc()).limit(max(limit, 0))
    if about:
        query = query.where(_C.about == askable(about))
    if before:
        query = query.where(_C.number < before)
    return tuple(_decision(row) for row in connection.execute(query))


def undone(connection: Connection, number: int) -> Decision | None:
    """See the port."""
    query = select(DECISION).where(_C.undoes == number, _C.undoes != 0).order_by(_C.number.desc()).limit(1)
    row = connection.execute(query).first()
    return None if row is None else _decision(row)


def overtaken(connection: Connection, change: Change, decision: Decision) -> Overtaken:
    """That what the decision was to change is not as it has it before; with who did that, as far as the log knows."""
    of_thing = (_D.kind == change.kind.value, _D.key == change.key)
    last = connection.execute(select(DECISION_CHANGE).where(*of_thing).order_by(_D.number.desc(), _D.place.desc()).limit(1)).first()
    # What was loaded or put since is nobody's decision.
    if last is None or _change(last).after != standing(connection, change.kind, change.key):
        return Overtaken("It has changed since you looked at it.", decision.about)
    made = connection.execute(select(DECISION).where(_C.number == last.number)).one()
    at = moment(made.at)
    day = "" if at.date() == decision.at.astimezone(at.tzinfo).date() else f" on {at.day} {at:%B %Y}"
    act = Act(made.act)
    own = bool(made.person) and (made.person, made.by) == (decision.person, decision.by)
    return Overtaken(
        f"{'You' if own else made.by} {_DID.get(act, f'{act.value} it')}{day} at {at:%H:%M} UTC.", decision.about, by_asker=own
    )


def _decision(row: Any, changes: tuple[Change, ...] = ()) -> Decision:
    return Decision(
        Act(row.act), row.about, row.by, row.person, moment(row.at), row.told, row.reason, changes, undoes=row.undoes, number=row.number
    )


def _change(row: Any) -> Change:
    kind = Shelved(row.kind)
    return Change(kind, row.key, as_written(kind, row.before), as_written(kind, row.after))
