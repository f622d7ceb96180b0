"""What a curator decides on: a draft's cards, the names in doubt, where it stands and who has looked at it."""

from dataclasses import dataclass
from enum import StrEnum

from briefs.article import Approval
from briefs.brief import Brief
from briefs.entity import EntityCard


class Stage(StrEnum):
    """Where a review stands."""

    WAITING = "waiting"
    HELD = "held"  # somebody wants it left alone for now, and says why
    REJECTED = "rejected"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Merge:
    """Two names that may be one thing: a curator decides.

    Args:
        one, other: as the article has them.
        reason: why they might be, a sentence.
    """

    one: str
    other: str
    reason: str


@dataclass(frozen=True, slots=True)
class Review:
    """All that is decided on beside a draft brief's own lines; readers see none of it before the brief is approved.

    Args:
        slug: the brief's.
        cards: drafted of the article, the most important first; on the shelf once the brief is approved.
        merges: names no rule may decide on, that nobody has decided on yet.
        like: handles of articles that tell the same in the same words.
        reason: why it is held or rejected; else empty.
        eyes: who has approved it so far, where it takes more than one.
        version: counted from 1; one higher with every decision on the draft, so that a press knows what was seen.
        given_by: who gave the article, as shown; empty for a file of whoever runs the installation.
    """

    slug: str
    cards: tuple[EntityCard, ...] = ()
    merges: tuple[Merge, ...] = ()
    like: tuple[str, ...] = ()
    stage: Stage = Stage.WAITING
    reason: str = ""
    eyes: tuple[Approval, ...] = ()
    version: int = 1
    given_by: str = ""

    @property
    def open(self) -> bool:
        """Whether it still waits for a decision."""
        return self.stage in (Stage.WAITING, Stage.HELD)


@dataclass(frozen=True, slots=True)
class Dossier:
    """A draft with its review: what a curator has on the desk."""

    brief: Brief
    review: Review
