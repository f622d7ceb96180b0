"""The ports of what is kept for a space: long asks, notes, what came already."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol

INSTALLATION: Final = "installation"  # the space that what concerns all spaces is noted under


class Asks(Protocol):
    """Command lines too long for a platform's button, under a short id. A space never sees another's."""

    async def keep(self, space: str, line: str) -> str:
        """A short id (at most 22 characters of A–Z a–z 0–9 - _) for the line; the same line always gets the same id."""
        ...

    async def keep_all(self, space: str, lines: Sequence[str]) -> Mapping[str, str]:
        """As `keep`, for all the lines in one commit: the id of each line.

        Lines that are kept already are only read: nothing is written, and nobody who writes is waited for.
        """
        ...

    async def recall(self, space: str, short: str) -> str | None:
        """The line kept under that id in that space; None where there is none."""
        ...


class Spaces(Protocol):
    """What is remembered of a space itself: short notes under names that the code chooses. A space never sees another's."""

    async def note(self, space: str, name: str, value: str) -> None:
        """Remember the value under that name, replacing what was there."""
        ...

    async def noted(self, space: str, name: str) -> str:
        """What is remembered under that name; empty where nothing is."""
        ...

    async def note_once(self, space: str, name: str, value: str) -> bool:
        """Remember the value unless something, be it an empty text, is remembered under that name already.

        True where it is remembered now: for exactly one caller, even where several ask at the same moment.
        """
        ...

    async def forget(self, space: str) -> None:
        """Forget all notes of the space and the lines `Asks` kept for it, in one commit.

        Its subscriptions and what the ledger has of them stay.
        """
        ...


class Seen(Protocol):
    """What a platform has sent already, so that what it sends twice is done once. A space never sees another's."""

    async def first(self, space: str, token: str, now: datetime, keep: timedelta) -> bool:
        """Whether this is the first time that this token comes from that space; it is remembered for `keep` from then on.

        True for exactly one call while it is remembered, also of several processes and after a restart. A later call does
        not make it last longer. When its time is over it is forgotten, and would be the first again. What is forgotten
        makes room in the commits of later calls, a bounded number in each. Any text is a token.
        """
        ...
