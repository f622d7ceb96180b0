"""Times, places and manners of telling between a verb and what is said: "on Tuesday", "in a statement"."""

from typing import Final

from briefs.reading import grammar as g
from briefs.reading.cues import NOUN_TOO
from briefs.reading.line import QUOTED, Line
from briefs.reading.noun_phrases import starting_at
from briefs.reading.wordlist import words

REACH: Final = 14  # words of one such phrase
ENDS: Final = frozenset({"", ".", "!", "?", ",", ";", "—", "–", "-", "--", ")"})
_PREPOSITIONS: Final = words("in during via through at on after before following from by ahead outside")
_BEFORE_TIMES: Final = words("on in at over by since last this")
_EARLY: Final = words("late early earlier later")
_WITH_TIMES: Final = words("the late early last this earlier same following previous that")
_DAYS: Final = g.WEEKDAYS | {"yesterday", "today", "tonight"}
_NOT_MANNERS: Final = words("not all both once here only")
_AFTER_MANNERS: Final = g.PREPOSITIONS | {"that", ",", ":", QUOTED, ""}
_LINKS: Final = words("of to with on in for by")


def after_settings(line: Line, at: int) -> int:
    """The word after every such phrase that begins with the word `at`."""
    while True:
        manner = g.is_adverb(line.at(at)) and line.at(at) not in _NOT_MANNERS and line.at(at + 1) in _AFTER_MANNERS
        end = at + 1 if manner else _time_end(line, at) or _setting_end(line, at)
        if end is None:
            return at
        at = end


def _time_end(line: Line, at: int) -> int | None:
    word = line.at(at)
    end = at
    if word in _BEFORE_TIMES or word in _EARLY:
        end += 1
        while line.at(end) in _WITH_TIMES:
            end += 1
        number = line.at(end)[:1].isdigit()
        named = g.is_time(line.at(end)) or (number and g.is_time(line.at(end + 1)))
        if not named and (number or word not in _EARLY):
            return None
    elif word not in _DAYS:
        return None
    while g.is_time(line.at(end)) or (line.at(end).isdigit() and g.is_time(line.at(end - 1))):
        end += 1
    return end if end > at else None


def _setting_end(line: Line, at: int) -> int | None:
    if line.at(at) not in _PREPOSITIONS:
        return None
    if line.at(at + 1) == QUOTED and line.at(at + 2) in ENDS:
        return at + 2
    end = _border(line, at)
    if end is None:
        return _known_setting_end(line, at)
    word = line.at(end)
    told = word in {"that", ":", QUOTED} or (word == "," and line.at(end + 1) == QUOTED)
    return end if told or any(line.at(n) in g.SETTINGS for n in range(at + 1, end)) else None


def _border(line: Line, at: int) -> int | None:
    """The mark or "that" which ends the phrase; None where a verb comes first."""
    for end in range(at + 1, min(len(line) + 1, at + REACH)):
        word = line.at(end)
        if (word == "that" and end > at + 1) or word in {",", ":", QUOTED, ".", "", ";"}:
            return end
        if end > at + 1 and g.is_finite(word) and word not in NOUN_TOO and not line.capital(end):
            return None
    return None


def _known_setting_end(line: Line, at: int) -> int | None:
    """After "in a statement to reporters" where a clause follows without "that"."""
    for end in range(at + 1, min(len(line), at + REACH)):
        word = line.at(end)
        if word in g.SETTINGS and line.at(end + 1) not in g.SETTINGS:
            return _past_links(line, end + 1)
        if word in g.STOPS or word in g.AUXILIARIES:
            return None
    return None


def _past_links(line: Line, at: int) -> int:
    """After what hangs on the setting with a preposition ("in a letter to parents")."""
    while line.at(at) in _LINKS:
        phrase = starting_at(line, at + 1)
        if phrase is None:
            return at
        at = phrase[1]
    return at
