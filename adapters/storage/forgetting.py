"""Taking a person's name out of all that curators decided."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from json import dumps
from typing import Any, Final, TypeVar, assert_never

from sqlalchemy import Column, ColumnElement, Connection, Table, func, or_, select, update

from adapters.storage.bodies import body, read
from adapters.storage.standing import as_written, written
from adapters.storage.tables import BRIEF, CARD
from adapters.storage.tables_desk import DECISION, DECISION_CHANGE, REPORT, REVIEW
from briefs.article import Approval
from briefs.brief import Brief
from briefs.decision import Shelved, Value
from briefs.entity import EntityCard
from briefs.review import Review

SOMEBODY: Final = "a curator"
BOTH: Final = " and "
MERGED: Final = "merged by "

_C = DECISION.c
_D = DECISION_CHANGE.c

Names = frozenset[str]
T = TypeVar("T", Brief, EntityCard, Review)


def forget(connection: Connection, person: str, names: Names) -> int:
    """See the port.

    What decisions changed is rewritten like what stands, so that they can be undone as before.
    """
    names -= {"", SOMEBODY}
    theirs = (_C.person == person, _C.person != "")
    places = connection.execute(update(DECISION).where(*theirs).values(person="", by=SOMEBODY)).rowcount
    if not names:
        return places
    for name in sorted(names):
        # A decision that took another one back says whose that was.
        begins = (_C.undoes != 0, _C.told.startswith(f"{name} ", autoescape=True))
        places += connection.execute(update(DECISION).where(*begins).values(told=SOMEBODY + func.substr(_C.told, len(name) + 1))).rowcount
    answers = update(REPORT).where(REPORT.c.answered_by.in_(names)).values(answered_by=SOMEBODY)
    places += connection.execute(answers).rowcount
    places += _in_bodies(connection, BRIEF, Brief, _of_brief, names)
    places += _in_bodies(connection, CARD, EntityCard, _of_card, names)
    places += _in_bodies(connection, REVIEW, Review, _of_review, names)
    return places + _in_changes(connection, names)


def _in_bodies(connection: Connection, table: Table, kind: type[T], nameless: Callable[[T, Names], T], names: Names) -> int:
    c = table.c
    places = 0
    for slug, stored in connection.execute(select(c.slug, c.body).where(_having(c.body, names))).all():
        before = read(kind, stored)
        after = nameless(before, names)
        if after != before:
            connection.execute(update(table).where(c.slug == slug).values(body=body(after)))
            places += 1
    return places


def _in_changes(connection: Connection, names: Names) -> int:
    places = 0
    having = select(DECISION_CHANGE).where(or_(_having(_D.before, names), _having(_D.after, names)))
    for row in connection.execute(having).all():
        kind = Shelved(row.kind)
        was = [as_written(kind, text) for text in (row.before, row.after)]
        then = [None if value is None else _nameless(value, names) for value in was]
        if then != was:
            before, after = map(written, then)
            this = update(DECISION_CHANGE).where(_D.number == row.number, _D.place == row.place)
            connection.execute(this.values(before=before, after=after))
            places += 1
    return places


def _having(column: Column[Any], names: Iterable[str]) -> ColumnElement[bool]:
    """Bodies in which one of the names stands, be it as something else: those are read, and left as they are."""
    return or_(*(column.contains(dumps(name, ensure_ascii=False)[1:-1], autoescape=True) for name in sorted(names)))


def _nameless(value: Value, names: Names) -> Value:
    match value:
        case Brief():
            return _of_brief(value, names)
        case EntityCard():
            return _of_card(value, names)
        case Review():
            return _of_review(value, names)
        case str():
            return value
        case _:
            assert_never(value)


def _of_brief(brief: Brief, names: Names) -> Brief:
    corrections = tuple(replace(made, by=_of(made.by, names)) for made in brief.corrections)
    return replace(brief, approval=_of_approval(brief.approval, names), corrections=corrections)


def _of_card(card: EntityCard, names: Names) -> EntityCard:
    aliases = tuple(replace(alias, origin=_of_origin(alias.origin, names)) for alias in card.entity.aliases)
    return replace(card, entity=replace(card.entity, aliases=aliases), approval=_of_approval(card.approval, names))


def _of_origin(origin: str, names: Names) -> str:
    """Where an alias comes from, which names whoever merged it: "as the article has it; merged by Anna"."""
    pieces = origin.split(MERGED)
    named = ((_of(by, names), rest) for by, rest in (_first(piece) for piece in pieces[1:]))
    return MERGED.join((pieces[0], *(f"{by}{rest}" for by, rest in named)))


def _first(piece: str) -> tuple[str, str]:
    by, semicolon, rest = piece.partition("; ")
    return by, f"{semicolon}{rest}"


def _of_review(review: Review, names: Names) -> Review:
    eyes = tuple(replace(eye, by=_of(eye.by, names)) for eye in review.eyes)
    cards = tuple(_of_card(card, names) for card in review.cards)
    return replace(review, cards=cards, eyes=eyes, given_by=_of(review.given_by, names))


def _of_approval(approval: Approval | None, names: Names) -> Approval | None:
    return approval and replace(approval, by=_of(approval.by, names))


def _of(name: str, names: Names) -> str:
    """The name, or names of several who approved something together."""
    if name in names:
        return SOMEBODY
    parts = name.split(BOTH)
    return BOTH.join(SOMEBODY if part in names else part for part in parts)
