"""Tellings with an infinitive or a participle: "declined to say whether", "…, saying that", "with X saying"."""

from collections.abc import Sequence
from typing import Final

from briefs.reading import grammar as g
from briefs.reading.contents import begins_after
from briefs.reading.cues import GOING_ON, REFUSING, SAYING, Takes
from briefs.reading.frames import Frame, chain_before
from briefs.reading.line import QUOTED, Line
from briefs.reading.noun_phrases import Span, ending_at, starting_at
from briefs.reading.speakers import main_subject, subject
from briefs.reading.wordlist import words

_DOCUMENTS: Final = words(
    """
    message messages letter letters statement email note notes sign signs banner banners poster posters report reports post posts tweet
    tweets text texts document documents article articles story stories memo leaflet leaflets graffiti release
    """
)
_DASHES: Final = frozenset({",", QUOTED, "—", "–", "--"})
_BEFORE: Final = _DASHES | words("while by after before and whilst despite") | {""}
_LOOSE: Final = words("saying claiming arguing insisting alleging stating")  # hang on the subject without a comma


def infinitive(line: Line, at: int, verb: int, takes: Takes) -> Frame | None:
    """The telling of "declined to say whether" or "went on to deny that"."""
    governs = at - 2 if line.at(at - 1) == "to" else at - 3
    governs -= line.at(governs) == "on"
    word = line.at(governs)
    if word not in REFUSING and word not in GOING_ON:
        return None
    who = subject(line, chain_before(line, governs).first)
    start = begins_after(line, verb, takes)
    if who is None or start is None:
        return None
    return Frame(who, (governs if word in REFUSING else at, verb + 1), who[0], start, start)


def participle(line: Line, at: int, verb: int, takes: Takes, earlier: Sequence[Frame]) -> Frame | None:
    """The telling of "…, saying that", "with X saying" or "quoted Y as saying"."""
    start = begins_after(line, verb, takes)
    if start is None:
        return None
    before, cue = line.at(at - 1), (at, verb + 1)
    accompanied = ending_at(line, at)
    if before == "as":
        return Frame(ending_at(line, at - 1), cue, at, start, start) if _quotes_another(line, at, earlier) else None
    if accompanied is not None and line.at(accompanied[0] - 1) == "with":
        return Frame(accompanied, cue, accompanied[0] - 1, start, start)
    who = accompanied if accompanied is not None and before in _DOCUMENTS else None
    hangs = before in _BEFORE or (accompanied is not None and _is_loose(line, at))
    if who is None and hangs:
        who = _owner(line, at, earlier)
    return None if who is None else Frame(who, cue, at, start, start)


def _quotes_another(line: Line, at: int, earlier: Sequence[Frame]) -> bool:
    """Whether the verb before tells whom it quotes as saying this."""
    if not earlier or SAYING[line.at(earlier[-1].cue[0])][0] != "quote":
        return False
    return earlier[-1].start == earlier[-1].cue[1] <= at


def _is_loose(line: Line, at: int) -> bool:
    return line.at(at) in _LOOSE and line.at(at - 1) not in g.PREPOSITIONS and line.at(at - 1) not in SAYING


def _owner(line: Line, at: int, earlier: Sequence[Frame]) -> Span | None:
    """Whose participle it is."""
    told = [frame for frame in earlier if frame.who is not None]
    if not told:
        return main_subject(line, at) or (_subject_after(line, at) if at == 0 else None)
    last = told[-1]
    says = last.start is not None and line.at(last.start) != QUOTED and SAYING[line.at(last.cue[0])][0] == "say"
    if line.at(at) == "saying" and says and last.start is not None:
        # Nobody says, saying: it is the one of whom it is said.
        inner = next((subject(line, n) for n in range(last.start + 1, at) if g.is_finite(line.at(n))), None)
        return inner if inner is not None and inner[0] >= last.start else last.who
    return last.who


def _subject_after(line: Line, at: int) -> Span | None:
    """The subject of the sentence that a participle opens: after the first comma before a noun phrase and its verb."""
    for comma in range(at, len(line)):
        if line.at(comma) == ",":
            found = starting_at(line, comma + 1)
            if found is not None and g.is_finite(line.at(found[1])):
                return found
    return None
