"""What a look at the installation found, for whoever runs it."""

from collections.abc import Sequence

from briefs.finding import Finding, Grade
from briefs.message import Block, Heading, Label, Line, Message, Section, SmallPrint, Words, words
from briefs.pages.wording import plural


def doctor_page(findings: Sequence[Finding]) -> Message:
    """What is to be mended first, with how; what is worth knowing; and what was found to be fine, by name alone."""
    wrong = [finding for finding in findings if finding.grade is Grade.WRONG]
    noted = [finding for finding in findings if finding.grade is Grade.NOTE]
    fine = dict.fromkeys(finding.about for finding in findings if finding.grade is Grade.FINE)
    summary = f"{plural(len(wrong), 'thing')} to mend" if wrong else f"Nothing is wrong ({plural(len(findings), 'thing')} looked at)"
    blocks: list[Block] = [Heading(summary)]
    blocks += [Section(title, tuple(map(_line, found))) for title, found in (("To mend", wrong), ("Worth knowing", noted)) if found]
    if fine:
        blocks.append(SmallPrint(words(f"Fine: {', '.join(fine)}")))
    return Message(f"{summary}.", tuple(blocks))


def _line(finding: Finding) -> Line:
    return Line((Label(f"{finding.about}:"), Words(f" {finding.told} {finding.mend}".rstrip())))
