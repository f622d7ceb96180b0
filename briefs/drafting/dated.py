"""The relative dates of a line, and the days they stand for in the sentences it rests on."""

import re
from collections.abc import Iterable
from typing import Final

from briefs.article import DateMark, Sentence
from briefs.day import LineDate
from briefs.reading.dates import dates

_ON: Final = re.compile(r"\bon $", re.IGNORECASE)
_OPENS: Final = re.compile(r"((?:['’]s)?[”\"’']?) \($")


def dates_of(text: str, sentences: Iterable[Sentence]) -> tuple[LineDate, ...]:
    """The dates of a line that its sentences resolve, in reading order; the line's own words stay as they are.

    Words that stand for two days in the sentences, for none, or for somebody's own "yesterday" in a quotation are left as
    written: the reader is shown no guess.

    Args:
        sentences: the cited ones, their dates resolved beside the day of publication.
    """
    days: dict[str, set[str]] = {}
    relative: set[str] = set()
    for mark in (mark for sentence in sentences for mark in sentence.dates):
        days.setdefault(_plain(mark.words), set()).add("" if mark.quoted else mark.resolved)
        if mark.relative and mark.resolved:
            relative.add(_plain(mark.words))
    if not relative:
        return ()
    found = [(mark, _plain(mark.words)) for mark in dates(text)]
    return tuple(
        LineDate(mark.start, mark.end, day) for mark, words in found if words in relative and len(days[words]) == 1 for day in days[words]
    )


def as_the_sentences_say(claim: str, sentences: Iterable[Sentence]) -> str:
    """The claim with dates in full put back into its sentences' own words: "on Tuesday (14 May 2024)" as "on Tuesday".

    Only dates that the day of publication makes certain are; another day stays, and is seen to be another.
    """
    known: dict[str, tuple[DateMark, bool]] = {}
    for sentence in sentences:
        for mark in sentence.dates:
            if mark.relative and mark.resolved and not mark.quoted:
                known.setdefault(mark.resolved, (mark, _ON.search(sentence.text[: mark.start]) is not None))
    if not known:
        return claim
    for mark in reversed(dates(claim)):
        if mark.relative or mark.resolved not in known:
            continue
        own, on = known[mark.resolved]
        before, behind = claim[: mark.start], claim[mark.end :]
        if behind.startswith(")") and (opened := _OPENS.search(before)) and _plain(before[: opened.start()]).endswith(_plain(own.words)):
            claim = before[: opened.start()] + opened[1] + behind[1:]
        else:
            claim = (before if on else _ON.sub("", before)) + own.words + behind
    return claim


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
