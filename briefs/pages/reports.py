"""What readers find wrong: as they are thanked, as curators are told, and what came of it."""

from collections.abc import Sequence

from briefs.article import CitedLine
from briefs.message import (
    Block,
    Button,
    Buttons,
    Channel,
    Choice,
    Choices,
    Heading,
    Label,
    Line,
    Message,
    Moment,
    Prose,
    Section,
    SmallPrint,
    Typed,
    Words,
    words,
)
from briefs.pages.presses import asking, press, with_text
from briefs.pages.wording import SEPARATOR, plural
from briefs.report import Report


def reported_page(number: int, title: str, told: CitedLine, refs: Sequence[str], asked: str, part: str = "") -> Message:
    """Thanks for a report, with the words it is on, and where to see what came of it.

    Args:
        title: which line or sentence it is on ("Line 3 of “iraq”").
        asked, part: what shows the lines with their numbers, as `/source` takes it.
    """
    numbers = press("The lines by number", "source", asked, **({"part": part} if part else {}))
    text = f"Thank you: the curators have it, as report {number}. You will be told what comes of it."
    other = SmallPrint((Words("Another line was meant? Tell of that one, too: "), Typed(numbers.command), Words(" numbers them.")))
    row = (press("My reports", "standfirst reported"), numbers)
    return Message(text, (Prose(words(text)), Section(title, (Line(words(told.text), tuple(refs)),)), other, Buttons(row)))


def report_page(report: Report, number: int = 0) -> Message:
    """Tell the curators of a report: the line, its sentences, the reader's words, and what can be done or was answered.

    Args:
        number: the line's in the brief, which can be corrected; 0: it is no line that readers have in a brief now.
    """
    cites = tuple(report.refs)
    answer = (Section(f"Answered by {report.answered_by}", (Line(words(report.answer)),)),) if report.answered else ()
    blocks: tuple[Block, ...] = (
        Heading(f"A reader finds something wrong · report {report.number}"),
        Section("The line", (Line(words(report.line), cites),)),
        Section("The reader says", (Line(words(report.said)),)),
        *answer,
        SmallPrint((Words(f"{report.brief}{SEPARATOR}from "), Channel(report.place.channel), Words(SEPARATOR), Moment(report.at))),
        Buttons(_row(report, number)),
    )
    return Message(f"Report {report.number}, on “{report.brief}”: {report.said}", blocks, only_asker=False)


def report_gone_page(number: int) -> Message:
    """What the post that told curators of a report says once its reader asked to be forgotten."""
    text = f"Report {number} is gone: its reader asked to be forgotten."
    return Message(text, (Prose(words(text)),), only_asker=False)


def _row(report: Report, number: int) -> tuple[Button, ...]:
    row = [] if report.answered else [asking(press("Answer", "curate answer", str(report.number)), "text")]
    if number:
        row.append(asking(with_text(press("Correct", "curate correct", report.brief, line=number), "text", report.line)))
    row += [press(f"Sentence {report.refs[0]}", "source", report.refs[0])] if report.refs else []
    return (*row, press("All reports", "curate reports"))


def reports_page(waiting: Sequence[Report], *, more: bool) -> Message:
    """Reports that wait for an answer, the oldest first."""
    if not waiting:
        text = "No report waits for an answer."
        return Message(text, (Prose(words(text)),))
    choices = tuple(
        Choice(f"Report {one.number}", one.brief, press("", "curate reports", str(one.number)).command, Line(words(f"{one.said}")))
        for one in waiting
    )
    blocks: list[Block] = [Heading("What readers find wrong"), Choices("Which one?", choices)]
    if more:
        blocks.append(SmallPrint(words("The others come up as these are answered.")))
    return Message(f"{plural(len(waiting), 'report')} {'waits' if len(waiting) == 1 else 'wait'} for an answer.", tuple(blocks))


def answered_page(report: Report) -> Message:
    """Tell a reader what came of a report."""
    text = f"About what you found wrong in “{report.brief}”: {report.answer}"
    blocks = (Prose(words(text)), Section("The line was", (Line(words(report.line), report.refs),)), SmallPrint(words(_by(report))))
    return Message(text, blocks)


def own_reports_page(own: Sequence[Report]) -> Message:
    """A reader's own reports, the newest first, and what came of each."""
    if not own:
        text = "You have reported nothing. Something wrong? stands under every line that is checked."
        return Message(text, (Prose(words(text)),))
    lines = tuple(
        Line((Label(f"{one.number}"), Words(f" “{one.line}”: {one.said} → {one.answer or 'not answered yet'}")), one.refs) for one in own
    )
    return Message(f"{plural(len(own), 'report')} of yours.", (Heading("What you found wrong"), Section("The newest first", lines)))


def _by(report: Report) -> str:
    return f"report {report.number}{SEPARATOR}answered by {report.answered_by}"
