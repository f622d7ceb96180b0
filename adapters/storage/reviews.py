"""Reviews of draft briefs: what lies on the curators' desk."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from adapters.storage.bodies import askable, body, micros, read
from adapters.storage.moments import review_in_utc
from adapters.storage.tables import BRIEF
from adapters.storage.tables_desk import REVIEW
from briefs.brief import Brief
from briefs.review import Dossier, Review, Stage

_C = REVIEW.c
_DOSSIERS = select(BRIEF.c.body.label("brief"), _C.body.label("review")).join(BRIEF, BRIEF.c.slug == _C.slug)


def review_of(connection: Connection, slug: str) -> Review | None:
    """The review of the brief of that slug; None where there is none."""
    found = connection.scalar(select(_C.body).where(_C.slug == askable(slug)))
    return None if found is None else read(Review, found)


def put_review(connection: Connection, review: Review, now: datetime) -> None:
    """Store a review, which came to the desk at `now` unless it was there before."""
    values = {"stage": review.stage.value, "body": body(review_in_utc(review))}
    if not connection.execute(update(REVIEW).where(_C.slug == review.slug).values(values)).rowcount:
        connection.execute(insert(REVIEW).values(slug=review.slug, since=micros(now), **values))


def remove_review(connection: Connection, slug: str) -> None:
    """Forget the review of that brief."""
    connection.execute(delete(REVIEW).where(_C.slug == slug))


def dossier(connection: Connection, slug: str) -> Dossier | None:
    """See the port."""
    row = connection.execute(_DOSSIERS.where(_C.slug == askable(slug))).first()
    return None if row is None else Dossier(read(Brief, row.brief), read(Review, row.review))


def queue(connection: Connection, stages: Collection[Stage], limit: int) -> tuple[Dossier, ...]:
    """See the port."""
    asked = _DOSSIERS.where(_C.stage.in_(sorted(stages))).order_by(_C.since, _C.slug).limit(max(limit, 0))
    return tuple(Dossier(read(Brief, row.brief), read(Review, row.review)) for row in connection.execute(asked))
