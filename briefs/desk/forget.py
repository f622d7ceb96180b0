"""What is kept of a person, and forgetting it."""

from dataclasses import dataclass
from typing import Final

from briefs.desk.deciding import Curator
from briefs.desk.requests import Requests, about_report
from briefs.desk.shared_posts import SharedPosts
from briefs.digest import Delivery
from briefs.pages.forget import Kept
from briefs.pages.reports import report_gone_page
from briefs.ports import Curation, Reports, Subscriptions

COUNTED_MAX: Final = 10_000  # of one's reports
LOG_READ: Final = 500  # decisions at a time


@dataclass(frozen=True, slots=True)
class Forget:
    """Tells what is kept of somebody, and forgets it."""

    reports: Reports
    subscriptions: Subscriptions
    curation: Curation
    requests: Requests
    shared: SharedPosts

    async def kept(self, space: str, user: str, curator: Curator) -> Kept:
        """How much is kept of the person: of what belongs to that space, and of what they decided anywhere.

        Args:
            user: the platform's id of the person.
            curator: the same person, as one who decides.
        """
        decisions, _ = await self._decisions(curator.person)
        own = await self.reports.of(space, user, COUNTED_MAX)
        asked = [one for one, _ in await self.subscriptions.of_space(space) if one.by == user]
        return Kept(len(own), len(asked), decisions, await self.shared.shared(space, user))

    async def forget(self, space: str, user: str, curator: Curator) -> Kept:
        """Forget all of it; how much that was.

        The posts that told curators of the person's reports lose the words, too.
        """
        owed: list[Delivery] = []
        for report in await self.reports.of(space, user, COUNTED_MAX):
            gone = report_gone_page(report.number)
            owed += await self.requests.edited(about_report(report.number), gone, "forgotten")
        reports = await self.reports.forget(space, user)
        await self.requests.owe(owed)
        digests = await self.subscriptions.forget(space, user)
        shared = await self.shared.forget(space, user)
        decisions, names = await self._decisions(curator.person)
        # Only names under which this person has decided something: another curator may be called like a reader.
        if names:
            await self.curation.forget(curator.person, names)
        return Kept(reports, digests, decisions, shared)

    async def _decisions(self, person: str) -> tuple[int, frozenset[str]]:
        """How many decisions in the log are the person's, and under which names."""
        before, count, names = 0, 0, set[str]()
        while found := await self.curation.log(before=before, limit=LOG_READ):
            theirs = [one for one in found if one.person == person]
            count += len(theirs)
            names |= {one.by for one in theirs}
            before = found[-1].number
            if before <= 1:
                break
        return count, frozenset(names)
