"""Words that name a time, and the calendar date they stand for where that is certain."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from briefs.article import DateMark
from briefs.reading import days
from briefs.reading.days import MONTHS, WEEKDAYS, Resolver
from briefs.reading.quotes import quotes

_MONTH: Final = rf"(?P<month>{'|'.join(MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.|\b(?=\s\d)))"
_WEEKDAY: Final = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
_YEAR: Final = r"(?P<year>1[5-9]\d\d|20\d\d)(?![\d%]|[.,/:]\d)"
_DAY: Final = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_MONTH_HINT: Final = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_PART: Final = r"(?:(?i:early|late|mid)[- ]|(?i:the\s+(?:beginning|start|end|middle)\s+of)\s+)?"

_SPAN: Final = r"(?:\w+\s+){0,2}?(?:days?|weeks?|months?|years?|decades?|hours?)"
_NAMES: Final = "|".join((*WEEKDAYS, *MONTHS))


@dataclass(frozen=True, slots=True)
class _Kind:
    """One way to name a time.

    Args:
        hint: one of these, separated by |, stands in every sentence that has it, which saves the search; empty where three digits do.
        relative: it needs a day to count from, unless it names a year.
    """

    hint: str
    pattern: str
    resolver: Resolver
    relative: bool = True


# Of two that overlap the earlier one here counts.
_WRITTEN: Final = (
    _Kind("", r"\d{4}-\d\d-\d\d(?!-)", days.written_out, relative=False),
    _Kind(_MONTH_HINT, rf"(?:{_WEEKDAY},?\s+)?(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?", days.named),
    _Kind(_MONTH_HINT, rf"(?:{_WEEKDAY},?\s+)?{_MONTH}\s+{_DAY}(?![\d:%]|[.,]\d)(?:,?\s+{_YEAR})?", days.named),
    _Kind(_MONTH_HINT, rf"{_PART}{_MONTH},?\s+(?:of\s+)?{_YEAR}", days.named),
    _Kind("", rf"(?i:(?:the\s+)?(?:spring|summer|autumn|fall|winter))\s+(?:of\s+)?{_YEAR}", days.only_year, relative=False),
    _Kind("", r"(?i:(?:the\s+)?(?:early\s+|late\s+|mid-?\s?)?)(?:1[5-9]|20)\d0s", days.unknown, relative=False),
    _Kind("", rf"{_PART}{_YEAR}", days.only_year, relative=False),
    _Kind(
        "ago",
        r"(?i:(?P<count>\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?P<unit>day|week|month|year)s?\s+ago)",
        days.ago,
    ),
    _Kind(
        "past|last|previous|coming|next",
        rf"(?i:(?:(?:over|during|in|for|throughout)\s+)?the\s+(?:past|last|previous|coming|next)\s+{_SPAN})",
        days.unknown,
    ),
    _Kind("day|night|morrow|this", r"(?i:yesterday|today|tonight|tomorrow|last\s+night|this\s+(?:morning|afternoon|evening))", days.near),
    _Kind("this|last|next", r"(?i:(?P<turn>(?:earlier\s+|later\s+)?this|last|next)\s+(?P<what>month|year))", days.period),
    _Kind(
        "last|this|next|previous|following|same|coming|past|preceding",
        r"(?i:(?:earlier|later)\s+this\s+week|(?:last|this|next|the\s+(?:previous|following|same|coming|past|preceding))\s+"
        rf"(?:week(?:end)?|month|year|decade|century|day|spring|summer|autumn|winter|{_NAMES}))",
        days.unknown,
    ),
    _Kind(
        "day|weekend|recent|earlier|later|before",
        r"(?i:the\s+day\s+(?:before|after)(?:\s+(?:yesterday|tomorrow))?|(?:(?:over|at|on|during)\s+)?the\s+weekend"
        r"|in\s+recent\s+(?:days|weeks|months|years|decades)"
        r"|(?:a|one|two|three|four|five|six|\d+)\s+(?:day|week|month|year|decade)s?\s+(?:earlier|later|before))",
        days.unknown,
    ),
    _Kind("day", rf"(?:(?i:early|late)\s+(?:on\s+)?)?{_WEEKDAY}(?:\s+(?i:morning|afternoon|evening|night))?", days.weekday),
    _Kind(_MONTH_HINT, rf"{_PART}(?P<month>{'|'.join(MONTHS)})", days.unknown),
)
_KINDS: Final = tuple(
    (tuple(kind.hint.casefold().split("|")), re.compile(rf"(?<![\w$£€.,/:-])(?:{kind.pattern})(?![\w])"), kind) for kind in _WRITTEN
)
_DIGITS: Final = re.compile(r"\d{3}")

# A number between these is a count, though it could be a year.
_COUNT_BEFORE: Final = re.compile(
    r"(?:more than|fewer than|less than|at least|estimated|nearly|almost|some|about|up to|No\.|[$£€])\s*$", re.IGNORECASE
)
_COUNT_AFTER: Final = re.compile(
    r"\s+(?:people|men|women|children|soldiers|troops|fighters|homes|houses|votes|workers|jobs|students|police|km|miles|metres|meters"
    r"|per ?cent)\b"
)
# "March" and "May" are a month only where a time is expected.
_TIME_BEFORE: Final = re.compile(
    r"\b(?:in|of|by|since|until|till|from|during|this|last|next|and|to|early|late|mid|or|between|through|before|after)[\s-]$", re.IGNORECASE
)
_FUTURE: Final = re.compile(
    r"\b(?:(?i:will|shall|won['’]t|expected|scheduled|due|plans?|next|until|if|may|might|could|would|should|must|unless|each|every"
    # Whoever was invited to the talks on Friday may be told so before Friday.
    r"|invited|summoned|called|asked|ordered|agreed|ahead)"
    # "Went to the house" has no verb behind its "to".
    r"|[Tt]o(?! (?:the|an?|his|her|its|their|this|that|[A-Z\d])))\b|['’]ll\b"
)
_PAST: Final = re.compile(
    r"\b(?:\w{2,}ed|was|were|had|did|said|told|went|came|took|met|won|lost|left|began|fell|rose|held|shot|sent|found|made|got|gave|saw|struck"
    r"|broke|spoke|wrote|fought|led|fled|became|ran|paid|sold|bought|brought|caught|built|kept|felt|drew|flew|grew|knew|stood|threw)\b"
)
_SEGMENT: Final = re.compile(r",(?!\d)|[;:()]|\s(?:that|as|when|while|after|before|but|which|who|where)\s")


@lru_cache(maxsize=512)
def dates(text: str) -> tuple[DateMark, ...]:
    """The words of a sentence that name a time, in reading order; those that need no day to count from are resolved."""
    found: list[DateMark] = []
    said = quotes(text)
    for start, end, relative, resolved in sorted(_found(text)):
        if not found or start >= found[-1].end:
            past = relative and _is_past(text, start, end)
            quoted = any(quote.start <= start and end <= quote.end for quote in said)
            found.append(DateMark(text[start:end], start, end, resolved, relative, past, quoted))
    return tuple(found)


def resolve(mark: DateMark, published: date | datetime | None) -> DateMark:
    """The mark with its date where that follows from its words and the publication date; else as it is.

    "Yesterday" is a day, "last month" a month, "last year" a year. A bare weekday is the latest one up to the day of
    publication, where the words around it tell of what has happened. A day or month without its year, "last
    Thursday", "over the weekend" and the like stay open: they could be two dates. So does whatever stands in quotation
    marks, since the day it was spoken is not known.

    Args:
        published: a datetime counts in its own zone; None leaves every relative mark open.
    """
    if mark.resolved or mark.quoted or published is None:
        return mark
    day = published.date() if isinstance(published, datetime) else published
    for _, pattern, kind in _KINDS:
        if match := pattern.fullmatch(mark.words):
            try:
                return replace(mark, resolved=kind.resolver(match, day, mark.past))
            except OverflowError:  # at the very end of the calendar
                return mark
    return mark


def _found(text: str) -> Iterator[tuple[int, int, bool, str]]:
    taken: list[tuple[int, int]] = []
    low = text.casefold()
    stands: dict[tuple[str, ...], bool] = {("",): _DIGITS.search(text) is not None}
    for hints, pattern, kind in _KINDS:
        if hints not in stands:
            stands[hints] = any(map(low.__contains__, hints))
        if not stands[hints]:
            continue
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(start < b and a < end for a, b in taken) and _is_date(match, text):
                taken.append((start, end))
                relative = kind.relative and not match.groupdict().get("year")
                yield start, end, relative, kind.resolver(match, None, False)


def _is_date(match: re.Match[str], text: str) -> bool:
    words = match[0]
    before = text[max(0, match.start() - 20) : match.start()]
    if words.isdecimal():
        return not (_COUNT_BEFORE.search(before) or _COUNT_AFTER.match(text, match.end()))
    if words in {"March", "May", "April", "June", "August"}:
        return bool(_TIME_BEFORE.search(before))
    return True


def _is_past(text: str, start: int, end: int) -> bool:
    """Whether the words around text[start:end] tell of what has happened, and nothing near says it is still to come."""
    left = 0
    for border in _SEGMENT.finditer(text, 0, start):
        left = border.end() if border.end() <= start else left
    # "On Sunday, the team won": what the date opens goes on behind its comma.
    opens = text[left:start].strip().casefold() in {"", "on"} and text[end : end + 1] == ","
    right = _SEGMENT.search(text, end + opens)
    around = text[left:start] + " " + text[end : right.start() if right else len(text)]
    return bool(_PAST.search(around)) and not _FUTURE.search(around)
