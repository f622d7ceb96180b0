"""A reader says that something is wrong, curators hear of it, and the reader is told what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from briefs.article import CitedLine
from briefs.brief import State
from briefs.brief_lines import numbered
from briefs.decision import Act, Decision
from briefs.desk.deciding import Curator
from briefs.desk.requests import Requests, about_report
from briefs.digest import Place
from briefs.errors import BadInput, NotFound
from briefs.pages.reports import answered_page, report_page
from briefs.ports import Curation, Publisher, Reports
from briefs.report import Report

SAID_MAX: Final = 1_000  # characters of a reader's words, or of an answer
OWN_MAX: Final = 10  # of one's own reports, shown at once
OPEN_MAX: Final = 10


@dataclass(frozen=True, slots=True)
class Answered:
    """A report that was answered, and whether its reader could be told privately."""

    report: Report
    told: bool


@dataclass(frozen=True, slots=True)
class Reporting:
    """Takes reports in and answers them.

    Args:
        publishers: by platform.
        clock: the present moment, aware, UTC.
    """

    reports: Reports
    curation: Curation
    requests: Requests
    publishers: Mapping[str, Publisher]
    clock: Callable[[], datetime]

    async def report(self, place: Place, user: str, brief: str, line: CitedLine, refs: tuple[str, ...], said: str) -> int:
        """Store what a reader says of a line and have curators told; the report's number.

        Args:
            brief: the slug of the brief it stands in, or a card's label.

        Raises:
            BadInput: no words, or too many.
        """
        said = self._words(said)
        report = Report(place, user, brief, line.text, refs, said, self.clock())
        number = await self.reports.put(report)
        # The key is the report's: however often the same is sent, and wherever we were cut off, it is asked once.
        report, about = replace(report, number=number), about_report(number)
        owed = await self.requests.owed(about, report_page(report, await self.line_of(report)), about)
        await self.requests.owe(owed)
        return number

    async def answer(self, curator: Curator, number: int, text: str) -> Answered:
        """Tell the reader what came of a report.

        Raises:
            NotFound: there is no such report.
            BadInput: it was answered already, or there are no words.
        """
        text = self._words(text)
        there = await self.reports.report(number)
        if there is None:
            raise NotFound("report", str(number), hint="List those that are open with /curate reports.")
        report = await self.reports.answer(number, curator.name, text, self.clock())
        if report is None:
            raise BadInput(f"Report {number} was answered already, by {there.answered_by}: “{there.answer}”")
        decision = Decision(Act.ANSWERED, report.brief, curator.name, curator.person, self.clock(), told=f"report {number}", reason=text)
        owed = await self.requests.edited(about_report(number), report_page(report), "answered")
        await self.curation.decide(decision, owed)
        self.requests.hurry(owed)
        publisher = self.publishers.get(report.place.platform)
        told = bool(report.user) and publisher is not None and await publisher.tell(report.place.space, report.user, answered_page(report))
        return Answered(report, told)

    async def line_of(self, report: Report) -> int:
        """The number of the line that the report is on, in the brief that readers have; 0 where it stands in none."""
        brief = await self.curation.brief(report.brief)
        if brief is None or brief.state is not State.APPROVED:
            return 0
        return next((one.number for one in numbered(brief) if one.line.text == report.line), 0)

    async def open(self) -> tuple[Report, ...]:
        """Reports that wait for an answer, the oldest first; one more than is shown where there are more."""
        return await self.reports.open(OPEN_MAX + 1)

    async def own(self, space: str, user: str) -> tuple[Report, ...]:
        """A reader's own, the newest first."""
        return await self.reports.of(space, user, OWN_MAX)

    @staticmethod
    def _words(said: str) -> str:
        plain = said.strip()
        if not plain or len(plain) > SAID_MAX:
            raise BadInput("Say what is wrong, in a sentence or two." if not plain else f"At most {SAID_MAX:,} characters, please.")
        return plain
