"""Decisions of curators: who, when, what, why; what stood before and what after, so that each can be told and undone."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from briefs.brief import Brief
from briefs.entity import EntityCard
from briefs.review import Review


class Act(StrEnum):
    """What a curator did, in the words of the log."""

    ADDED = "added"
    EDITED = "edited"
    DROPPED = "dropped"
    SWAPPED = "swapped"
    MOVED = "moved"
    SET = "set"
    APPROVED = "approved"
    HELD = "held"
    RELEASED = "released"
    REJECTED = "rejected"
    MERGED = "merged"
    SPLIT = "split"
    KEPT_APART = "kept apart"
    CORRECTED = "corrected"
    WITHDREW = "withdrew"
    ANSWERED = "answered"
    UNDID = "undid"


class Shelved(StrEnum):
    """A kind of thing that a decision changes."""

    BRIEF = "brief"
    CARD = "card"
    REVIEW = "review"
    NOTE = "note"  # a short text of the installation's own, under a name the code chooses


# What stands under a kind and a key: a text where the kind is NOTE.
Value: TypeAlias = Brief | EntityCard | Review | str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing changed.

    Args:
        key: the slug of a brief, a card or a review's brief; the name of a note.
        before, after: None: it was not there, or is not any more.
    """

    kind: Shelved
    key: str
    before: Value | None
    after: Value | None

    @property
    def undone(self) -> "Change":
        """The change that takes it back."""
        return Change(self.kind, self.key, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of the log.

    Args:
        about: what it was about: the slug of a brief, or of a card that belongs to no draft; "" for the installation.
        by: the curator's name, as shown to readers.
        person: the curator, as the settings name people ("slack:T1/U1"); empty once they asked to be forgotten.
        at: aware, UTC.
        told: what was done, in words ("line 3: “…”, was “…”"); may be empty.
        reason: the curator's own words; may be empty.
        changes: what it changed; may be empty.
        undoes: the number of the decision it takes back; 0: none.
        number: its place in the log, counted from 1; 0 until it is there.
    """

    act: Act
    about: str
    by: str
    person: str
    at: datetime
    told: str = ""
    reason: str = ""
    changes: tuple[Change, ...] = ()
    undoes: int = 0
    number: int = 0
