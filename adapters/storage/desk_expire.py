"""Drafts that were rejected long ago go from the curators' desk."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, exists, func, select

from adapters.storage import reviews, shelf_articles, shelf_briefs
from adapters.storage.bodies import micros
from adapters.storage.tables import BRIEF, CARD, WORDING
from adapters.storage.tables_desk import DECISION, DECISION_CHANGE, REVIEW
from briefs.brief import State
from briefs.decision import Shelved
from briefs.review import Stage

_OWN = (Shelved.BRIEF.value, Shelved.REVIEW.value)


def rejected(connection: Connection, before: datetime, limit: int) -> Sequence[str]:
    """The slugs of up to `limit` drafts on which nobody has decided since then, and which stand rejected."""
    query = select(REVIEW.c.slug).where(*_rejected(before)).order_by(REVIEW.c.since, REVIEW.c.slug).limit(max(limit, 0))
    return tuple(connection.scalars(query))


def _rejected(before: datetime) -> tuple[ColumnElement[bool], ...]:
    decided = select(func.max(DECISION.c.at)).where(DECISION.c.about == REVIEW.c.slug).scalar_subquery()
    draft = exists().where(BRIEF.c.slug == REVIEW.c.slug, BRIEF.c.state == State.DRAFT)
    long_ago = func.coalesce(decided, REVIEW.c.since) < micros(before)
    return (REVIEW.c.stage == Stage.REJECTED.value, REVIEW.c.since < micros(before), long_ago, draft)


def remove(connection: Connection, slugs: Sequence[str], before: datetime) -> int:
    """Take those drafts away that still stand so; how many."""
    gone = tuple(connection.scalars(select(REVIEW.c.slug).where(*_rejected(before), REVIEW.c.slug.in_(slugs))))
    for slug in gone:
        article = connection.scalar(select(BRIEF.c.article).where(BRIEF.c.slug == slug))
        shelf_briefs.take_away(connection, slug)
        reviews.remove_review(connection, slug)
        words = (DECISION_CHANGE.c.kind.in_(_OWN), DECISION_CHANGE.c.key == slug)
        connection.execute(delete(DECISION_CHANGE).where(*words))
        if article is not None and not _rested_on(connection, article):
            connection.execute(delete(WORDING).where(WORDING.c.article == article, WORDING.c.library == ""))
            shelf_articles.settle_rows(connection, {article})
            shelf_articles.index(connection, article)
    return len(gone)


def _rested_on(connection: Connection, article: str) -> bool:
    """Whether anything names the article: a brief, as its own or as another source, a card, or a draft's card."""
    bodies = (BRIEF.c.body, CARD.c.body, REVIEW.c.body)
    return any(connection.scalar(select(exists().where(column.contains(article, autoescape=True)))) for column in bodies)
