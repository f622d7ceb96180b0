"""Words that several pages share: lines with their citations, dates, sources, approvals."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from briefs.article import Approval, Article, CitedLine, Level, Wording
from briefs.brief import Brief
from briefs.day import calendar
from briefs.message import Hedged, Line, Moment, Rich, Said, Words

SEPARATOR: Final = " · "
_CLOSES: Final = re.compile(r"(?:['’]s?(?!\w))?[”\"’']?")
RETELLING_NOTE: Final = "Our retelling; the article is not attached, so its wording cannot be shown."

_Mark = type[Words] | type[Said] | type[Hedged]
_Piece = tuple[_Mark, str]


def line(cited: CitedLine, handles: Mapping[str, str] | None = None, *, told: str = "") -> Line:
    """A cited line with its attributions and hedges marked, and its relative dates in both forms.

    Args:
        handles: article id → handle, where lines of several articles stand together; None: the numbers alone.
        told: what stands right before the line and has some of its dates in both forms already.
    """
    spans = tuple(mark(text) for mark, text in _with_dates(_marked(cited), _in_full(cited, told)))
    return Line(spans, tuple(cite(c.article, c.sentence, handles) for c in cited.citations))


def both_forms(cited: CitedLine) -> str:
    """The words of a line where nothing is marked, its relative dates in both forms."""
    return "".join(text for _, text in _with_dates([(Words, cited.text)], _in_full(cited)))


def _marked(cited: CitedLine) -> list[_Piece]:
    """The text in pieces that are an attribution, a hedge or neither."""
    marks: Mapping[str, _Mark] = dict.fromkeys(cited.attributions, Said) | dict.fromkeys(cited.hedges, Hedged)
    if not marks:
        return [(Words, cited.text)]
    longest_first = sorted(marks, key=len, reverse=True)
    pieces = re.split("(" + "|".join(map(re.escape, longest_first)) + ")", cited.text)
    return [(marks.get(piece, Words), piece) for piece in pieces if piece]


def _in_full(cited: CitedLine, told: str = "") -> list[tuple[int, str]]:
    """The second form of each relative date, and the place in the text that it goes to."""
    shown = ((_behind(cited.text, date.end), f" ({calendar(date.resolved)})") for date in cited.dates)
    return [(place, full) for place, full in shown if full not in told]


def _behind(text: str, end: int) -> int:
    """The place behind a word that ends there, its "'s" and the quotation mark that closes with it."""
    closed = _CLOSES.match(text, end)
    return closed.end() if closed else end


def _with_dates(pieces: Sequence[_Piece], dates: Sequence[tuple[int, str]]) -> list[_Piece]:
    """The pieces with the dates put in at their places; plain words beside plain words are one piece."""
    found: list[_Piece] = []
    start, waiting = 0, list(dates)
    for mark, text in pieces:
        done = 0
        while waiting and waiting[0][0] <= start + len(text):
            place, full = waiting.pop(0)
            found += [(mark, text[done : place - start]), (Words, full)]
            done = place - start
        found.append((mark, text[done:]))
        start += len(text)
    joined: list[_Piece] = []
    for mark, text in found:
        if joined and mark is Words and joined[-1][0] is Words:
            joined[-1] = (Words, joined[-1][1] + text)
        elif text:
            joined.append((mark, text))
    return joined


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


def sources(brief: Brief) -> str:
    """How many articles tell it, as far as a curator found; its lines rest on the first."""
    return "one source" if not brief.also else f"{1 + len(brief.also)} sources"


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
