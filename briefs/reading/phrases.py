"""Tellings without a verb of their own: "according to X", "citing X", "in X's words", "per X"."""

from collections.abc import Iterator
from typing import Final

from briefs.reading import grammar as g
from briefs.reading.frames import Frame
from briefs.reading.line import Line
from briefs.reading.noun_phrases import Span, starting_at
from briefs.reading.wordlist import words

_NOT_SPEAKERS: Final = words(
    """
    plan plans schedule need needs taste tastes age ages size tradition custom law merit ability height weight rank
    """
)
_SOURCES: Final = words(
    """
    officials official source sources witnesses witness police ministry people residents report reports document documents data
    figures lawyer lawyers diplomats diplomat analysts experts researchers media statement statements records agency spokesman
    spokeswoman spokesperson spokespeople commander employees insiders executives scientists doctors study letter email memo
    """
)
_INTERRUPTED: Final = words("but and meanwhile which who that because although while when whereas though if")
_WORDS: Final = frozenset({"words", "view", "opinion", "telling", "account", "estimation"})


def phrases(line: Line) -> Iterator[Frame]:
    """Every such telling in the line."""
    for at, word in enumerate(line.low):
        if word == "according" and line.at(at + 1) == "to":
            yield from _according(line, at, 2)
        elif word == "per" and at == 0:
            yield from _according(line, at, 1)
        elif word in {"citing", "quoting"} and at and line.at(at - 1) in {",", "and"}:
            yield from _citing(line, at)
        elif word == "in":
            yield from _in_words(line, at)


def _according(line: Line, at: int, length: int) -> Iterator[Frame]:
    who = starting_at(line, at + length)
    if who is None or line.at(who[1] - 1) in _NOT_SPEAKERS:
        return
    cue = (at, at + length)
    opens = at == 0 or line.at(at - 1) in {"that", "and", "but", ";", ":"} or (line.at(at - 1) == "," and line.at(at - 2) in _INTERRUPTED)
    if opens:
        start = _past_aside(line, who)
        if start is not None:
            yield Frame(who, cue, at, start, start)
        return
    right = who[1]
    goes_on = line.at(right) == "," and line.at(at - 1) == "," and not any(g.is_finite(line.at(n)) for n in range(at - 1))
    yield Frame(who, cue, at, right, right + 1 if goes_on else None, before=True)


def _past_aside(line: Line, who: Span) -> int | None:
    """The first word of what is said after the comma that ends the telling; None without one."""
    comma = next((at for at in range(who[1], len(line)) if line.at(at) == ","), None)
    if comma is None:
        return who[1] if who[1] < len(line) - 1 else None
    if any(g.is_finite(line.at(at)) and not line.capital(at) for at in range(who[1] + 1, comma)):
        return who[1]
    following = next((at for at in range(comma + 1, len(line)) if line.at(at) == ","), None)
    if following is None:
        return comma + 1
    first = line.at(comma + 1)
    verbless = not any(g.is_finite(line.at(at)) for at in range(comma + 1, following))
    named = line.capital(who[1] - 1)
    names = all(line.capital(at) for at in range(comma + 1, following))
    apposed = verbless and ((named and first in {"a", "an", "the"}) or (names and not named))
    if apposed or first in {"who", "which", "whose"} or first in {"citing", "quoting", "speaking", "writing"}:
        return following + 1
    return comma + 1


def _citing(line: Line, at: int) -> Iterator[Frame]:
    who = starting_at(line, at + 1)
    if who is None:
        return
    speaks = line.capital(who[1] - 1) or any(line.at(n) in _SOURCES for n in range(*who))
    if speaks and line.at(who[1]) != "as":
        yield Frame(who, (at, at + 1), at, who[1], before=True, shares=True)


def _in_words(line: Line, at: int) -> Iterator[Frame]:
    """The tellings of "in the words of X" and "in X's view"."""
    if line.at(at + 1) == "the" and line.at(at + 2) in _WORDS and line.at(at + 3) == "of":
        who = starting_at(line, at + 4)
        if who is not None:
            yield Frame(who, (at, at + 4), at, who[1], _past_commas(line, who[1]))
    elif line.at(at + 1) in g.POSSESSIVES and line.at(at + 2) in _WORDS and line.at(at + 3) == ",":
        yield Frame((at + 1, at + 2), (at + 2, at + 3), at, at + 3, at + 4)


def _past_commas(line: Line, at: int) -> int:
    """After the names and titles between commas that follow a speaker."""
    while line.at(at) == ",":
        end = next((n for n in range(at + 1, len(line)) if line.at(n) in g.STOPS), None)
        if end is None or line.at(end) != "," or any(g.is_finite(line.at(n)) for n in range(at + 1, end)):
            return at + 1
        at = end
    return at
