"""What the contracts put on the curators' desk."""

from datetime import datetime

from briefs.brief import Brief, State
from briefs.decision import Act, Change, Decision, Shelved, Value
from briefs.entity import EntityCard
from briefs.review import Review
from tests.builders import NOON, a_brief


def a_draft(slug: str = "ferry", headline: str = "") -> Brief:
    """A draft brief."""
    return a_brief(slug, headline=headline, state=State.DRAFT)


def a_change(before: Value | None, after: Value | None, name: str = "") -> Change:
    """The change from one thing to another; `name` is that of a note."""
    match before if after is None else after:
        case Brief(slug=slug):
            return Change(Shelved.BRIEF, slug, before, after)
        case EntityCard(entity=entity):
            return Change(Shelved.CARD, entity.slug, before, after)
        case Review(slug=slug):
            return Change(Shelved.REVIEW, slug, before, after)
        case _:
            return Change(Shelved.NOTE, name, before, after)


def a_decision(
    *changes: Change,
    act: Act = Act.EDITED,
    about: str = "ferry",
    by: str = "Anna",
    person: str = "console:anna",
    at: datetime = NOON,
    told: str = "",
    reason: str = "",
    undoes: int = 0,
) -> Decision:
    """A decision of Anna's on the ferry, at noon."""
    return Decision(act, about, by, person, at, told, reason, changes, undoes)
