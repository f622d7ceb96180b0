"""Words that several pages share: lines with their citations, dates, sources, approvals."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from briefs.article import Approval, Article, CitedLine, Level, Wording
from briefs.brief import Brief
from briefs.message import Hedged, Line, Moment, Rich, Said, Span, Words

SEPARATOR: Final = " · "
RETELLING_NOTE: Final = "Our retelling; the article is not attached, so its wording cannot be shown."


def line(cited: CitedLine, handles: Mapping[str, str] | None = None) -> Line:
    """A cited line with its attributions and hedges marked.

    Args:
        handles: article id → handle, where lines of several articles stand together; None: the numbers alone.
    """
    marks: dict[str, Span] = {part: Said(part) for part in cited.attributions}
    marks.update({part: Hedged(part) for part in cited.hedges})
    spans: list[Span] = []
    if marks:
        longest_first = sorted(marks, key=len, reverse=True)
        for piece in re.split("(" + "|".join(map(re.escape, longest_first)) + ")", cited.text):
            if piece:
                spans.append(marks.get(piece, Words(piece)))
    else:
        spans.append(Words(cited.text))
    return Line(tuple(spans), tuple(cite(c.article, c.sentence, handles) for c in cited.citations))


def cite(article: str, sentence: int, handles: Mapping[str, str] | None) -> str:
    """What stands within the brackets: the sentence's number, with its article's handle where there are several."""
    return str(sentence) if handles is None else f"{handles.get(article, article[:12])}:{sentence}"


def day(moment: date) -> str:
    """A date as small print has it: 22 Nov 2026."""
    return f"{moment.day} {moment:%b %Y}"


def long_day(moment: date) -> str:
    """A date as a heading has it: Sunday 22 November."""
    return f"{moment:%A} {moment.day} {moment:%B}"


def clock(moment: datetime) -> str:
    """A moment as plain words have it: Mon 23 Nov 2026, 07:30."""
    return f"{moment:%a} {moment.day} {moment:%b %Y, %H:%M}"


def published(moment: date | datetime | None) -> str:
    """When it was published, as small print has it."""
    return day(moment) if moment is not None else "undated"


def source_words(brief: Brief) -> str:
    """Outlet and date, or a visible note that they are not known."""
    if not brief.outlet and brief.published is None:
        return "outlet and date not given"
    return f"{brief.outlet or 'outlet not given'}{SEPARATOR}{published(brief.published)}"


def verdict(cited: CitedLine, approval: Approval | None) -> str:
    """The gate's verdict of a line and who approved it, in words."""
    return f"{cited.level.value.upper()}{f', approved by {approval.by}' if approval else ''}"


def approved(approval: Approval | None) -> Rich:
    """Who approved it and when, as small print goes on; nothing where nobody has."""
    return (Words(f", approved by {approval.by}, "), Moment(approval.at)) if approval else ()


def made(lines: Sequence[CitedLine], brief: Brief) -> Rich:
    """How many lines are shown, how they were made and who stands behind them; the share of reworded ones is said."""
    told = [line for line in lines if line not in brief.oddities]
    total = len(brief.lines) - len(brief.oddities)
    count = plural(total, "line") if len(told) == total else f"{len(told)} of {total} lines"
    reworded = sum(line.level is Level.REWORDED for line in told)
    share = "all reworded" if reworded == len(told) else f"{reworded} of them reworded" if reworded else "none reworded"
    return (Words(f"{count}, {share}; checked"), *approved(brief.approval))


def wording_note(article: Article) -> str:
    """A note on whose words an article's sentences are; empty for the article's own."""
    return RETELLING_NOTE if article.wording is Wording.RETELLING else ""


def plural(count: int, noun: str, nouns: str = "") -> str:
    """A number with its noun: "1 line", "12 lines"."""
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"
