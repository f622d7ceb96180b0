"""Tellings with a verb that has a subject: "X said that", "that, said X", "that, X said, and"."""

from collections.abc import Sequence
from typing import Final

from briefs.reading import grammar as g
from briefs.reading.clauses import is_clause
from briefs.reading.contents import after_frame, begins_after
from briefs.reading.cues import INVERTING, NOUN_TOO, SAYING, Form, Takes
from briefs.reading.frames import Chain, Frame, chain_before
from briefs.reading.line import BRACKETED, QUOTED, Line
from briefs.reading.noun_phrases import Span, starting_at
from briefs.reading.participles import infinitive, participle
from briefs.reading.passive import passive
from briefs.reading.speakers import main_subject, subject
from briefs.reading.verbhood import is_verb

_PARTICLES: Final = {"point": "out", "speak": "out", "cry": "out", "call": "out"}
_SHARED: Final = frozenset({"and", "but", "nor", "or", "then", ","})
_FINAL: Final = frozenset({"", ".", "!", "?", ",", ";", "—", "–", "--", ":", QUOTED, BRACKETED})
_DASHES: Final = frozenset({",", QUOTED, "—", "–", "--"})
_EXPLETIVES: Final = g.PRONOUNS - frozenset({"he", "she", "they", "it", "i", "we"})


def tellings(line: Line) -> list[Frame]:
    """Every telling with a verb in the line, in the order of their verbs."""
    found: list[Frame] = []
    for at, word in enumerate(line.low):
        if word in SAYING and not (at and line.capital(at)):
            frame = _telling(line, at, found)
            if frame is not None:
                found.append(frame)
    return found


def _telling(line: Line, at: int, earlier: Sequence[Frame]) -> Frame | None:
    lemma, forms, takes = SAYING[line.at(at)]
    with_particle = line.at(at + 1) == _PARTICLES.get(lemma)
    if lemma == "point" and not with_particle:
        return None
    verb = at + with_particle
    chain = chain_before(line, at)
    if chain.to:
        return infinitive(line, at, verb, takes)
    if chain.passive and forms & Form.PARTICIPLE:
        return passive(line, chain, at, takes)
    if Form.ING in forms and not chain.helped:
        return participle(line, at, verb, takes, earlier)
    return _finite(line, chain, (at, verb + 1), earlier)


def _finite(line: Line, chain: Chain, cue: Span, earlier: Sequence[Frame]) -> Frame | None:
    at, verb = cue[0], cue[1] - 1
    takes = SAYING[line.at(at)][2]
    who = subject(line, chain.first)
    if not is_verb(line, chain, at, who):
        return None
    start = begins_after(line, verb, takes)
    inverted = _inverted(line, cue, chain)
    if inverted is not None and (who is None or line.at(at - 1) in _DASHES) and not _prefers_normal(line, who, start):
        return inverted
    if who is None:
        shared = _shared(line, at, chain, earlier)
        return None if shared is None or start is None else Frame(shared, cue, chain.first, verb + 1, start)
    quote_before = line.at(who[0] - 1) == QUOTED or (line.at(who[0] - 1) == "," and line.at(who[0] - 2) == QUOTED)
    quotes_first = quote_before and start is not None and Takes.ANYTHING not in takes and not is_clause(line, start)
    if start is not None and not quotes_first:
        return Frame(who, cue, who[0], start, start, before=quote_before and line.at(start) == QUOTED)
    return _behind(line, who, cue, after_frame(line, verb, takes))


def _behind(line: Line, who: Span, cue: Span, right: int) -> Frame | None:
    """A telling after what is said, or in its middle."""
    left = who[0]
    joint = line.at(left - 1)
    only_quotes = not SAYING[line.at(cue[0])][2] and joint != "as"
    if line.at(cue[0] - 1) in {"who", "which"} or (only_quotes and QUOTED not in (joint, line.at(left - 2))):
        return None
    if joint == "as" and (line.at(right) in _FINAL or line.at(right) in {"it", "this"}):
        right += line.at(right) in {"it", "this"}
        start = right + 1 if left == 1 and line.at(right) == "," else None
        return Frame(who, cue, left - 1, right, start, before=start is None, shares=start is None)
    ends = line.at(right) in _FINAL or g.is_finite(line.at(right))
    if left >= 2 and joint in _DASHES and ends:
        resumes = line.at(right) == "," and _resumes(line, left, right + 1)
        return Frame(who, cue, left, right, right + 1 if resumes else None, before=True)
    return Frame(who, cue, left, right, before=True) if left >= 1 and joint == QUOTED else None


def _resumes(line: Line, left: int, at: int) -> bool:
    """Whether what is said goes on after a telling in its middle."""
    if line.at(at) == QUOTED or (line.at(at) in {"that", "and"} and QUOTED in (line.at(at + 1), line.at(at + 2))):
        return True
    unfinished = not any(g.is_finite(line.at(n)) for n in range(left - 1))
    return unfinished or g.is_finite(line.at(at))


def _inverted(line: Line, cue: Span, chain: Chain) -> Frame | None:
    """The telling of "…," said X: the verb stands before its subject and after what is said."""
    at, after = cue
    lemma, forms, _ = SAYING[line.at(at)]
    inverts = lemma in INVERTING and (forms != Form.BASE or lemma == "say")
    if not inverts or chain.first != at or at < 1 or line.at(at - 1) not in _DASHES:
        return None
    if line.at(after) in _EXPLETIVES or line.at(after) in {"that", QUOTED, ":"}:
        return None
    who = starting_at(line, after)
    if who is None or line.at(who[1]) in g.DETERMINERS or (g.is_finite(line.at(who[1])) and line.at(who[1]) not in NOUN_TOO):
        return None
    right = _past_apposition(line, who[1])
    quoted_next = line.at(right + 1) in {QUOTED, "and", "but"} and QUOTED in (line.at(right + 1), line.at(right + 2))
    resumes = line.at(right) == "," and (quoted_next or g.is_finite(line.at(right + 1)))
    start = right + 1 if resumes else right if line.at(right) == QUOTED else None
    return Frame(who, cue, at, right, start, before=True)


def _past_apposition(line: Line, at: int) -> int:
    """After what hangs on an inverted speaker: ", a nurse from Hull", "on Monday", "in a statement"."""
    end = at
    for other in range(at, len(line)):
        word = line.at(other)
        if word in {QUOTED, ";", ":"}:
            return other - 1 if line.at(other - 1) == "," and other - 1 > at else max(end, other if word == QUOTED and other > at else end)
        if word in SAYING and word.endswith("ing"):
            return end
        if word == "," and line.at(other + 1) in g.AUXILIARIES:
            return other
        if word not in g.STOPS or word == ",":
            end = other + 1 if word != "," else end
    return end


def _prefers_normal(line: Line, who: Span | None, start: int | None) -> bool:
    """Whether "Ann Hill, a nurse, said" tells what follows it rather than what stands before."""
    if who is None or start is None:
        return False
    opens = who[0] == 0 or line.at(who[0] - 1) != ","
    return opens or line.at(start) == QUOTED or line.at(start - 1) == "that" or is_clause(line, start)


def _shared(line: Line, at: int, chain: Chain, earlier: Sequence[Frame]) -> Span | None:
    """The speaker of a second verb that names none: "X said … and added"."""
    if line.at(chain.first - 1) not in _SHARED:
        return None
    told = SAYING[line.at(at)][2]
    if Takes.HEARER in told and line.at(at + 1) == "that":
        return None  # "was arrested and told that": nobody says who told it
    named = [frame.who for frame in earlier if frame.who is not None]
    return named[-1] if named else main_subject(line, chain.first - 1)
