"""What stands under a kind and a key, and something else put in its place."""

from datetime import datetime
from typing import Any, assert_never

from sqlalchemy import Connection, delete, select

from adapters.storage import reviews, shelf_briefs, shelf_cards
from adapters.storage.bodies import askable, body, read
from adapters.storage.inserts import insertion
from adapters.storage.moments import in_utc
from adapters.storage.tables_desk import NOTE
from briefs.brief import Brief
from briefs.decision import Change, Shelved, Value
from briefs.entity import EntityCard
from briefs.review import Review

_KINDS: dict[Shelved, Any] = {Shelved.BRIEF: Brief, Shelved.CARD: EntityCard, Shelved.REVIEW: Review, Shelved.NOTE: str}


def written(value: Value | None) -> str | None:
    """A thing as it lies in a column; None where there is none."""
    return None if value is None else body(in_utc(value))


def as_written(kind: Shelved, text: str | None) -> Value | None:
    """The thing of that kind that `written` wrote."""
    if text is None:
        return None
    value: Value = read(_KINDS[kind], text)
    return value


def standing(connection: Connection, kind: Shelved, key: str) -> Value | None:
    """What is there now; None where nothing is."""
    match kind:
        case Shelved.BRIEF:
            return shelf_briefs.lying(connection, key)
        case Shelved.CARD:
            return shelf_cards.card_of(connection, key)
        case Shelved.REVIEW:
            return reviews.review_of(connection, key)
        case Shelved.NOTE:
            return noted(connection, key)
        case _:
            assert_never(kind)


def stands(connection: Connection, change: Change) -> bool:
    """See the port."""
    before = None if change.before is None else in_utc(change.before)
    return standing(connection, change.kind, change.key) == before


def make(connection: Connection, change: Change, now: datetime) -> None:
    """Put what the change has after in the place of what was there.

    Raises:
        ValueError: what it has after is not of its kind, or has another key.
    """
    key = change.key
    match change.kind, change.after:
        case Shelved.BRIEF, Brief(slug=slug) as brief if slug == key:
            shelf_briefs.put_brief(connection, brief)
        case Shelved.BRIEF, None:
            shelf_briefs.take_away(connection, key)
        case Shelved.CARD, EntityCard() as card if card.entity.slug == key:
            shelf_cards.put_card(connection, card)
        case Shelved.CARD, None:
            shelf_cards.take_away(connection, key)
        case Shelved.REVIEW, Review(slug=slug) as review if slug == key:
            reviews.put_review(connection, review, now)
        case Shelved.REVIEW, None:
            reviews.remove_review(connection, key)
        case Shelved.NOTE, str() as value:
            _note(connection, key, value)
        case Shelved.NOTE, None:
            connection.execute(delete(NOTE).where(NOTE.c.name == key))
        case _:
            raise ValueError(f"What is to stand under “{key}” is not a {change.kind.value} of that name.")


def noted(connection: Connection, name: str) -> str | None:
    """The installation's note of that name; None where there is none."""
    found = connection.scalar(select(NOTE.c.value).where(NOTE.c.name == askable(name)))
    return None if found is None else read(str, found)


def _note(connection: Connection, name: str, value: str) -> None:
    new = insertion(connection.dialect.name, NOTE).values(name=name, value=body(value))
    connection.execute(new.on_conflict_do_update(index_elements=[NOTE.c.name], set_={"value": new.excluded.value}))
