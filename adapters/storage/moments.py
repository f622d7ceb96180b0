"""Things of the shelf and the desk with their moments in UTC: so they are stored, and so two of them are compared."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import assert_never

from adapters.storage.bodies import published_utc
from briefs.article import Approval
from briefs.brief import Brief
from briefs.decision import Value
from briefs.entity import EntityCard
from briefs.review import Review


def in_utc(value: Value) -> Value:
    """The same thing, its moments in UTC."""
    match value:
        case Brief():
            return brief_in_utc(value)
        case EntityCard():
            return card_in_utc(value)
        case Review():
            return review_in_utc(value)
        case str():
            return value
        case _:
            assert_never(value)


def brief_in_utc(brief: Brief) -> Brief:
    """See `in_utc`."""
    corrections = tuple(replace(made, at=_moment(made.at), undone=published_utc(made.undone)) for made in brief.corrections)
    return replace(brief, published=published_utc(brief.published), approval=_approval(brief.approval), corrections=corrections)


def card_in_utc(card: EntityCard) -> EntityCard:
    """See `in_utc`."""
    return replace(card, approval=_approval(card.approval))


def review_in_utc(review: Review) -> Review:
    """See `in_utc`."""
    eyes = tuple(replace(eye, at=eye.at.astimezone(UTC)) for eye in review.eyes)
    return replace(review, cards=tuple(map(card_in_utc, review.cards)), eyes=eyes)


def _moment(at: date | datetime) -> date | datetime:
    return at.astimezone(UTC) if isinstance(at, datetime) else at


def _approval(approval: Approval | None) -> Approval | None:
    return approval and replace(approval, at=approval.at.astimezone(UTC))
