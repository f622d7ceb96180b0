"""The ports of the curators' desk: reviews, the log of decisions, what readers found wrong."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from briefs.brief import Brief
from briefs.decision import Change, Decision
from briefs.digest import Delivery
from briefs.report import Report
from briefs.review import Dossier, Stage


class Curation(Protocol):
    """Drafts, and every decision on what readers see. All of it belongs to the installation."""

    async def decide(self, decision: Decision, owed: Sequence[Delivery] = ()) -> int:
        """Make every change of the decision, log it, and owe the deliveries (see `Ledger.owe`), in one commit; its number.

        A brief or a card put this way is a curator's, as with `Shelf.put_brief`; one whose `after` is None goes.

        Raises:
            Overtaken: one of the things is not as the decision has it before; nothing is changed. The error bears the
                last decision that changed it.
        """
        ...

    async def stands(self, change: Change) -> bool:
        """Whether the thing is now as the change has it before."""
        ...

    async def brief(self, slug: str) -> Brief | None:
        """The brief of that slug in whatever state, a draft too; None where there is none."""
        ...

    async def dossier(self, slug: str) -> Dossier | None:
        """The brief of that slug with its review, in whatever stage; None where it never had a review."""
        ...

    async def queue(self, stages: Collection[Stage], limit: int) -> tuple[Dossier, ...]:
        """Reviews in those stages, the longest waiting first, at most `limit`."""
        ...

    async def note(self, name: str) -> str:
        """The installation's note of that name; empty where there is none."""
        ...

    async def decision(self, number: int) -> Decision | None:
        """The decision of that number; None where there is none."""
        ...

    async def log(self, *, about: str = "", before: int = 0, limit: int) -> tuple[Decision, ...]:
        """The newest decisions first, at most `limit`, without their changes.

        Args:
            about: only those on that; empty: all.
            before: only those with a lower number; 0: from the newest on.
        """
        ...

    async def undone(self, number: int) -> Decision | None:
        """The last decision that took that one back, without its changes; None where none did."""
        ...

    async def forget(self, person: str, names: Collection[str]) -> int:
        """Take the person's name out of the log, approvals, corrections, reviews and answers to readers; how many places.

        What they decided can be undone as before.

        Args:
            person: as the settings name people; of what the log has, only what that person decided changes.
            names: the names they were shown under; each becomes "a curator".
        """
        ...

    async def expire(self, before: datetime, limit: int) -> int:
        """Delete up to `limit` drafts that were rejected before then, with their reviews; how many.

        Their words go from the log, too: its entries stay, but can be taken back no longer. An article goes with its draft
        where no other brief, draft or card rests on it and no library has brought it.
        """
        ...


class Reports(Protocol):
    """What readers found wrong. A space never sees another's; curators see all of them."""

    async def put(self, report: Report) -> int:
        """Store it; its number. The same reader's same words on the same line are the same report, with the same number."""
        ...

    async def report(self, number: int) -> Report | None:
        """The report of that number; None where there is none. For curators."""
        ...

    async def open(self, limit: int) -> tuple[Report, ...]:
        """Those that nobody has answered, the oldest first. For curators."""
        ...

    async def answer(self, number: int, by: str, answer: str, at: datetime) -> Report | None:
        """Note what came of it; the report as it is then. None where there is none, or it has been answered already."""
        ...

    async def of(self, space: str, user: str, limit: int) -> tuple[Report, ...]:
        """A reader's own, the newest first."""
        ...

    async def forget(self, space: str, user: str) -> int:
        """Delete what that reader wrote; how many reports."""
        ...

    async def expire(self, before: datetime) -> int:
        """Delete those that were answered before then; how many."""
        ...
