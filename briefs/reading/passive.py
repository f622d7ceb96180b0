"""Tellings in the passive: "it was reported that", "is said to", "was accused of", "was quoted as saying"; and "reportedly"."""

from collections.abc import Iterator
from typing import Final

from briefs.reading.contents import begins_after
from briefs.reading.cues import MARKERS, SAYING, Takes
from briefs.reading.frames import Chain, Frame, chain_before, clause_start
from briefs.reading.line import Line
from briefs.reading.noun_phrases import Span, starting_at
from briefs.reading.speakers import subject
from briefs.reading.wordlist import words

_RAISING: Final = words("say believe think report allege claim understand estimate assume suspect fear feel")
_TIME_CLAUSES: Final = words("after when since before once")
_AFTER_REPORTED: Final = words(". in on at killed injured wounded missing dead stolen near from") | {""}
_OF_OTHERS: Final = frozenset({"accuse", "blame", "describe", "characterise", "characterize", "portray", "denounce"})
_HEARERS: Final = frozenset({"tell", "inform", "assure", "remind", "notify", "warn", "advise"})


def passive(line: Line, chain: Chain, at: int, takes: Takes) -> Frame | None:
    """The telling of a participle under a form of "be"; None where it tells nothing ("is called Long Lane")."""
    verb = SAYING[line.at(at)][0]
    who, after = _agent(line, at + 1)
    if verb == "quote" and line.at(after) == "as":
        return _quoted(line, chain, at, who, after)
    if line.at(chain.first - 1) in {"it", "as"}:
        return _impersonal(line, chain, at, who, after)
    if verb in _HEARERS:
        start = begins_after(line, after - 1, takes & ~Takes.HEARER | Takes.CLAUSE)
        told = start is not None and line.at(after) not in {"to", "of", "about"}
        return Frame(who, (at, at + 1), chain.first, start, start) if told and start is not None else None
    begun = clause_start(line, chain.first)
    return Frame(who, (at, at + 1), chain.first, after, begun) if _tells_all(line, verb, after, begun) else None


def _tells_all(line: Line, verb: str, after: int, begun: int) -> bool:
    """Whether the whole clause is what is said: "X is said to be", "X was accused of"."""
    word = line.at(after)
    if verb in _OF_OTHERS:
        return word in {"of", "as", "for"}
    told_of_time = begun > 0 and line.at(begun - 1) in _TIME_CLAUSES
    raised = word == "to" or word in {"dead", "missing"} or (verb == "report" and word in _AFTER_REPORTED)
    return verb in _RAISING and raised and not told_of_time


def _agent(line: Line, at: int) -> tuple[Span | None, int]:
    if line.at(at) != "by":
        return None, at
    who = starting_at(line, at + 1)
    return (who, who[1]) if who is not None else (None, at)


def _quoted(line: Line, chain: Chain, at: int, who: Span | None, after: int) -> Frame | None:
    """The telling of "X was quoted as saying that": X's own words."""
    if line.at(after + 1) not in SAYING:
        return None
    start = begins_after(line, after + 1, SAYING[line.at(after + 1)][2])
    speaker = subject(line, chain.first)
    if start is None or speaker is None:
        return None
    if who is not None:
        return Frame(who, (at, at + 1), speaker[0], after, speaker[0])
    return Frame(speaker, (at, after + 2), speaker[0], start, start)


def _impersonal(line: Line, chain: Chain, at: int, who: Span | None, after: int) -> Frame | None:
    """The telling of "it was reported (by X) that"; "as was reported" tells what stands before it."""
    if line.at(chain.first - 1) == "as":
        return Frame(who, (at, at + 1), chain.first - 1, after, before=True, shares=True)
    start = begins_after(line, after - 1, SAYING[line.at(at)][2] & ~Takes.HEARER | Takes.CLAUSE)
    if start is None or line.at(after) == "to":
        return Frame(who, (at, at + 1), chain.first, after, chain.first - 1) if line.at(after) == "to" else None
    if line.at(after) in {"in", "as", "at", "on", ","} and line.at(start - 1) != "that":
        return None
    return Frame(who, (at, at + 1), chain.first - 1, start, start)


def marked(line: Line) -> Iterator[Frame]:
    """Tellings of nobody: "reportedly", "allegedly"."""
    for at, word in enumerate(line.low):
        if word in MARKERS:
            after = at + 1
            if line.at(after) == ",":
                yield Frame(None, (at, after), at, after, after + 1)
            else:
                verb = chain_before(line, at).first
                yield Frame(None, (at, after), verb, after, min(clause_start(line, verb), at))


def quoted_subjects(line: Line, frames: list[Frame]) -> Iterator[Frame]:
    """The inner speaker of "She was quoted by the paper as saying that": she."""
    for frame in frames:
        after = frame.right
        if (
            line.at(frame.cue[0]) in {"quoted", "cited"}
            and line.at(after) == "as"
            and line.at(after + 1) in SAYING
            and frame.start == frame.left
        ):
            start = begins_after(line, after + 1, SAYING[line.at(after + 1)][2])
            chain = chain_before(line, frame.cue[0])
            speaker = subject(line, chain.first)
            if start is not None and speaker is not None and line.at(start) != "":
                yield Frame(speaker, (after + 1, after + 2), after, start, start)
