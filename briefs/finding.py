"""What a look at the installation found."""

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How a finding is to be taken."""

    FINE = "fine"
    NOTE = "note"  # worth knowing; nothing is broken
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Args:
        about: what it is, in a few words.
        told: how it is with it, a sentence; never a token.
        mend: what to do, a sentence; never empty where something is wrong.
    """

    about: str
    told: str
    mend: str = ""
    grade: Grade = Grade.FINE

    def __post_init__(self) -> None:
        """Whoever is told that something is wrong is told what to do."""
        if self.grade is Grade.WRONG and not self.mend:
            raise ValueError(f"{self.about}: wrong, and no word of how to mend it")


def fine(about: str, told: str) -> Finding:
    """Nothing to do."""
    return Finding(about, told)


def note(about: str, told: str, mend: str = "") -> Finding:
    """Worth knowing."""
    return Finding(about, told, mend, Grade.NOTE)


def wrong(about: str, told: str, mend: str) -> Finding:
    """Something to mend."""
    return Finding(about, told, mend, Grade.WRONG)
