"""Mending the borders that a general splitter sets wrongly in news: titles, credits, datelines, glued captions, lists."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

CAPTION_WORDS_MAX: Final = 15  # a longer beginning without a stop is a sentence, not a caption
NAMES_ONLY_MAX: Final = 8  # words of a caption that ends in a name
CREDIT_WORDS_MAX: Final = 12  # words that say whose a picture is
SPEAKER_MAX: Final = 90  # characters of whoever is named below a quotation that stands alone
LOOK_BACK: Final = 60  # characters before a stop that tell whether it ends a sentence

_WEEKDAY: Final = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH: Final = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"

# Words that begin a sentence with a capital and are no names, so that a stop before them is the end of one.
_OPENER: Final = (
    r"(?:He|She|It|They|We|You|The|This|That|These|Those|There|Here|His|Her|Its|Their|Our|But|And|Or|So|Yet|Nor|However|Meanwhile|According"
    r"|In|On|At|As|After|Before|Since|During|Despite|From|By|With|Without|When|While|Where|If|Unless|Although|Though|Because|Until"
    r"|Some|Many|Most|Both|Another|Others?|Several|Few|Nobody|None|Not|Now|Then|Once|Among|About|Also|Earlier|Later|Today|Yesterday"
    r"|What|Who|Why|How|Which)(?![\w.])"
)
# Those of them that no name begins with, so that they end initials too: "Malcolm X. He", but "U.S. Most Wanted".
_NO_NAME: Final = re.compile(
    r"[“\"‘'(]?(?:He|She|It|They|We|You|The|This|That|These|Those|There|His|Her|Its|Their|But|And|However|Meanwhile|According|Then|In|On|At"
    r"|As|After|When|While|Nobody|None|Several|Now)\b"
)
_PREPOSITION: Final = r"(?:In|On|At|After|Before|During|Despite|According|When|While|As|Since|Although|However|Following|Under)"

# Before a name or a number these never end a sentence.
_NEVER_LAST: Final = re.compile(
    r"(?<![\w.])(?:Messrs|Mr|Mrs|Ms|Mx|Dr|Prof|Rev|Hon|Gov|Sens?|Reps?|Pres|Atty|Amb|Supt|Det|Insp|Sgt|Cpl|Pvt|Pfc|Capt|Cmdr|Cdr|Maj"
    r"|Lt|Col|Gen|Brig|Adm|Ft|Mt|Rs|approx|cf|e\.g|i\.e|vs?|viz)\.$"
)
_BEFORE_A_NUMBER: Final = re.compile(r"(?<![\w.])(?:Nos?|Art|Sec|pp?|Vol|Ch|Fig|(?i:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec))\.$")
_NUMBER_OF_AN_ITEM: Final = re.compile(r"\s*\d{1,2}\.")
_INITIALS: Final = re.compile(r"(?<![\w.])(?:[A-Z]\.\s?)*[A-Z]\.$")
_DATELINE: Final = re.compile(r"[A-Z][\w .,'’/-]{1,40}\([^()]{2,30}\)")
_DASHED_SPEAKER: Final = re.compile(rf"[-–—]{{1,2}}\s?[A-Z][^.!?]{{1,{SPEAKER_MAX}}}\.?")
_BARE_NAME: Final = re.compile(r"(?:[A-Z][\w’'-]+\.? ){1,2}[A-Z][\w’'-]+")

# "Malcolm X. He …", "Washington, D.C. Then …", "Jumbo Inc. He …"
_STOP_THEN_OPENER: Final = re.compile(rf"(?<=[\w)]\.)[”\"’')\]]*(?:\[\d+\])*\s+(?=[“\"‘'(]?{_OPENER})")
# What stands in every paragraph that has such a border, which saves the search; and the border.
_CUTS: Final[tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]] = (
    # "www.example.org. Names …"
    (
        ("http", "www."),
        re.compile(r"(?:https?://|www\.)[^\s,;]{1,200}(?<=[\w/]\.)\s+(?=[A-Z“\"])"),
    ),
    # "… for truth ...". As …", "… [...]. The …"
    (
        ('".', "”.", "’.", "'.", ").", "]."),
        re.compile(r"(?:[.!?…][”\"’')\]]+|\[(?:\.{3}|…)\])\.\s+(?=[“\"‘'(]?[A-Z\d])"),
    ),
    (
        ("[",),
        re.compile(rf"\[(?:\.{{3}}|…)\]\s+(?={_OPENER})"),
    ),
    # "… the decision.“ However …": a closing mark turned the wrong way
    (
        (".“", ".”", '."'),
        re.compile(rf"\w\.[“”\"]\s+(?={_OPENER})"),
    ),
    # "The old bridge Image: Ann Bray."
    (
        (":",),
        re.compile(
            r"[\w.,”\")]\s+(?=(?:File photo|Photo(?:graph)?s?(?: credit)?|Images?|Pictures?|Credits?|Illustration|Video|Graphic): ?"
            rf"(?:(?:[A-Z@][\w’'-]*|of|for|the|by|via|and|from|[/|&–-])[ ,/]*){{1,{CREDIT_WORDS_MAX}}}(?:\.(?:\s|$)|$))"
        ),
    ),
    # "Monday, March 4, 2019 On Tuesday …"
    (
        (", 1", ", 2"),
        re.compile(rf"^(?:{_WEEKDAY}, )?{_MONTH} \d{{1,2}}, \d{{4}}\s+(?={_OPENER})"),
    ),
    # "• one • two"
    (
        tuple("•‣▪◦●"),
        re.compile(r"\S\s+(?=[•‣▪◦●] ?\S)"),
    ),
)
_CAPTION: Final = re.compile(
    rf"(?P<caption>[A-Z][^.!?;:“”\"]{{1,150}}?)\s+(?={_PREPOSITION} [a-z])(?P<rest>.{{40,}}[.!?][”\"’)]*)$", re.DOTALL
)
_BEFORE_A_TITLE: Final = frozenset(
    ("called", "named", "titled", "entitled", "the", "a", "an", "of", "to", "and", "or", "by", "with", "for")
)
_ITEM: Final = re.compile(r"(?:[•‣▪◦●*–—-]|\d{1,2}[.)]|\([a-z\d]\)|[a-z]\))\s+\S")


def mend(paragraph: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences of a paragraph with their borders mended.

    Args:
        spans: (start, end) of its sentences as a general splitter sees them, in order; never empty.

    Returns:
        Spans that cover the same words, in order; never empty.
    """
    first, last = spans[0][0], spans[-1][1]
    kept = {start for start, _ in spans[1:] if not _joined(paragraph, spans, start)}
    starts = [first, *sorted(start for start in kept.union(_new_starts(paragraph)) if first < start < last)]
    ends = [*starts[1:], last]
    return [(start, start + len(paragraph[start:end].rstrip())) for start, end in zip(starts, ends, strict=True)]


def _joined(paragraph: str, spans: Sequence[tuple[int, int]], start: int) -> bool:
    """Whether what begins at `start` goes on with the sentence before it."""
    before = paragraph[max(0, start - LOOK_BACK) : start].rstrip()
    after = paragraph[start : start + SPEAKER_MAX + 1]
    if before.endswith(";") or (_NEVER_LAST.search(before) and after[0] not in '“"'):
        return True
    if after[0].isdigit() and _BEFORE_A_NUMBER.search(before):
        return True
    if after[0] in "-–—" and _DATELINE.fullmatch(paragraph[:start].rstrip()):
        return True
    if start != spans[-1][0] or not before:
        return False
    if before[-1] in "”\"’'" and _DASHED_SPEAKER.fullmatch(after):
        return True
    return len(spans) == 2 and before[-1] in '.”"’' and bool(_BARE_NAME.fullmatch(after))


def _new_starts(paragraph: str) -> Iterator[int]:
    for match in _STOP_THEN_OPENER.finditer(paragraph):
        if not _goes_on(paragraph[max(0, match.start() - LOOK_BACK) : match.start()], paragraph[match.end() : match.end() + LOOK_BACK]):
            yield match.end()
    for hints, cut in _CUTS:
        if any(hint in paragraph for hint in hints):
            yield from (match.end() for match in cut.finditer(paragraph))
    yield from _after_caption(paragraph)
    yield from _lines(paragraph)


def _goes_on(before: str, after: str) -> bool:
    """Whether the stop `before` ends with is one of a title, of an item's number, or of initials that a name follows."""
    if _NEVER_LAST.search(before) or _BEFORE_A_NUMBER.search(before) or _NUMBER_OF_AN_ITEM.fullmatch(before):
        return True
    return bool(_INITIALS.search(before)) and not _NO_NAME.match(after)


def _after_caption(paragraph: str) -> Iterator[int]:
    """Where body text was glued to a caption without a stop: a preposition with a capital in mid-sentence."""
    match = _CAPTION.match(paragraph)
    if match is None:
        return
    words = match["caption"].split()
    most = CAPTION_WORDS_MAX if words[-1].islower() else NAMES_ONLY_MAX
    if 1 < len(words) <= most and words[-1] not in _BEFORE_A_TITLE:
        yield match.start("rest")


def _lines(paragraph: str) -> Iterator[int]:
    """Lines of one paragraph that begin on purpose: the items of a list, and the text below a heading."""
    if "\n" not in paragraph:
        return
    lines = paragraph.split("\n")
    width = max(map(len, lines))
    at = 0
    for number, line in enumerate(lines):
        bare = line.lstrip()
        if number and bare and (_ITEM.match(bare) or (number == 1 and _is_heading(lines[0].rstrip(), bare, width))):
            yield at + len(line) - len(bare)
        at += len(line) + 1


def _is_heading(line: str, below: str, width: int) -> bool:
    first = below.split(maxsplit=1)[0]
    broken_on_purpose = len(line) + 1 + len(first) <= width  # the next word had room
    return broken_on_purpose and line[-1:].isalnum() and first[:1].isupper() and len(line.split()) <= CAPTION_WORDS_MAX
