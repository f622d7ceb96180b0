"""Tellings with a noun: "the claim that", "X's allegation that", "reports of", "a warning from X that"."""

from collections.abc import Iterator
from typing import Final

from briefs.reading import grammar as g
from briefs.reading.contents import ends_at
from briefs.reading.cues import NOUN_TOO, NOUNS, OF_NOUNS, SAYING, Form
from briefs.reading.frames import Frame
from briefs.reading.line import QUOTED, Line
from briefs.reading.noun_phrases import Span, ending_at, starting_at

_HELPERS: Final = g.AUXILIARIES | {"not"}
_NEWS: Final = frozenset({"report", "reports", "word", "story", "stories", "rumour", "rumours", "rumor", "rumors", "news"})
_BARE: Final = frozenset({"fears", "concerns", "claims", "reports", "allegations", "rumours", "rumors", "suspicions"})  # "fears it would"
_BEFORE_NOUNS: Final = g.DETERMINERS | g.PREPOSITIONS | {"to"}
_REACH: Final = 5  # words between a possessor and the noun


def nominals(line: Line, taken: frozenset[int]) -> Iterator[Frame]:
    """Every telling with a noun that has content in the line.

    Args:
        taken: numbers of the words that belong to tellings with a verb.
    """
    for at, word in enumerate(line.low):
        if word in NOUNS and at not in taken and not (line.capital(at) and at):
            frame = _nominal(line, at)
            if frame is not None:
                yield frame


def _nominal(line: Line, at: int) -> Frame | None:
    left, who = _possessor(line, at)
    after = at + 1
    if line.at(after) in {"by", "from"}:
        agent = starting_at(line, after + 1)
        if agent is not None:
            agent = _without_charge(line, at, agent)
            named = who is None and (line.at(after) == "by" or line.at(at) not in _NEWS)
            who, after = (agent if named else who), agent[1]
    start = _content(line, at, after)
    if start is None:
        return None
    return Frame(who, (at, at + 1), left, start, start, end=_end(line, left, start), nominal=True)


def _without_charge(line: Line, noun: int, agent: Span) -> Span:
    """The agent of "allegations by a nurse of neglect" without what is alleged."""
    if line.at(agent[1]) == "that" or line.at(noun) not in OF_NOUNS:
        return agent
    charge = next((at for at in range(agent[0], agent[1]) if line.at(at) == "of"), agent[1])
    return agent[0], charge


def _possessor(line: Line, at: int) -> tuple[int, Span | None]:
    """Where the noun's phrase begins, and whose it is."""
    first = at
    while first > 0 and at - first < _REACH:
        word = line.at(first - 1)
        if word in g.POSSESSIVES:
            return first - 1, (first - 1, first) if word != "whose" else None
        if word in {"'s", "'"} and first >= 2:
            owner = _owner(line, first - 1)
            return (owner[0], owner) if owner is not None else (first, None)
        if word in g.DETERMINERS:
            return first - 1, None
        if not g.is_name_part(word) or g.is_finite(word) or word in g.STOPS or word == QUOTED:
            break
        first -= 1
    return first, None


def _owner(line: Line, end: int) -> Span | None:
    return ending_at(line, end)


def _content(line: Line, noun: int, after: int) -> int | None:
    word = line.at(after)
    if word == "that" and not g.is_finite(line.at(after + 1)) and line.at(after + 1) != "don":
        return after + 1 if any(g.is_finite(line.at(n)) for n in range(after + 2, len(line))) else None
    if word == "of" and line.at(noun) in OF_NOUNS and after + 1 < len(line):
        return after + 1
    bare = line.at(after) in g.PRONOUNS and g.is_finite(line.at(after + 1)) and line.at(noun) in _BARE
    return after if bare and line.at(noun - 1) in {"amid", "over", "despite", "on", "after", "were", "are"} else None


def _end(line: Line, left: int, start: int) -> int | None:
    """Where the content ends before the sentence's own verb; None where the noun is not its subject."""
    if any(g.is_finite(line.at(at)) and at - 1 >= 0 and not line.capital(at) for at in range(left)):
        return None
    if line.at(left - 1) in g.PREPOSITIONS or (left and line.at(0) in {"amid", "despite", "after"}):
        return ends_at(line, start, [at for at in range(start, len(line)) if line.at(at) == ","])
    own_clause = line.at(start - 1) == "that" or line.at(start) in g.PRONOUNS
    groups = _verb_groups(line, start)
    wanted = 1 if own_clause else 0
    return groups[wanted] if len(groups) > wanted else None


def _verb_groups(line: Line, start: int) -> list[int]:
    """Where each finite verb with its helpers begins."""
    found: list[int] = []
    at = start
    while at < len(line):
        word = line.at(at)
        verb = g.is_finite(word) and not line.capital(at) and line.at(at - 1) not in _BEFORE_NOUNS
        if verb and at > start and not _is_noun(line, at):
            found.append(at)
            at += 1
            if word in g.AUXILIARIES:
                while g.is_adverb(line.at(at)) or line.at(at) in _HELPERS:
                    at += 1
                takes = g.is_past(line.at(at)) or g.is_plain_verb(line.at(at)) or line.at(at).endswith("ing") or line.at(at) in SAYING
                at += 1 if takes else 0
            continue
        at += 1
    return found


def _is_noun(line: Line, at: int) -> bool:
    word = line.at(at)
    return word in NOUN_TOO and not SAYING[word][1] & Form.PAST
