"""Whether words are a clause: a subject and its verb."""

from typing import Final

from briefs.reading import grammar as g
from briefs.reading.cues import SAYING
from briefs.reading.line import QUOTED, Line
from briefs.reading.nouns import is_plural
from briefs.reading.wordlist import words

REACH: Final = 18  # words of a subject before its verb
_RELATIVE: Final = words("which who whose that where")
_NOT_BEFORE_VERBS: Final = g.DETERMINERS | words("to who which and or but")
_BEFORE_NOUNS: Final = g.DETERMINERS | g.PREPOSITIONS | g.CONJUNCTIONS | g.STOPS | g.OBJECTS | g.QUANTIFIERS | {"", QUOTED, "not"}


def is_clause(line: Line, start: int) -> bool:
    """Whether a subject and its verb begin with the word `start`."""
    word, after = line.at(start), line.at(start + 1)
    if word in {"it", "you", "this", "these"}:
        return any(g.is_finite(line.at(at)) for at in range(start + 1, start + 5))
    if word in g.PRONOUNS or word == QUOTED:
        return True
    at_least = after in {"least", "most"} or after[:1].isdigit()
    return (word not in g.PREPOSITIONS or at_least) and _has_verb(line, start)


def _has_verb(line: Line, start: int) -> bool:
    """Whether the noun phrase that begins with `start` has a verb."""
    for at in range(start, min(len(line), start + REACH)):
        word = line.at(at)
        if word == QUOTED:
            return g.is_finite(_first_quoted(line, at))
        if at > start and _is_verb(line, at) and line.at(at - 1) not in _NOT_BEFORE_VERBS:
            return True
        ends = word in g.STOPS and (word != "," or line.at(at + 1) in g.CONJUNCTIONS) and word != "-"
        if ends or (at > start and word in _RELATIVE):
            return False
    return False


def _first_quoted(line: Line, at: int) -> str:
    """The first word of a quotation ("must", of "any process “must be well thought out”")."""
    return line.text[line.starts[at] : line.ends[at]].strip("\"“”‘’' ").split(" ")[0].lower()


def _is_verb(line: Line, at: int) -> bool:
    """Whether the word is a finite verb, and no participle before a noun ("bloodied bodies")."""
    word, after = line.at(at), line.at(at + 1)
    if line.capital(at):
        return False
    if not g.is_finite(word):
        return g.is_plain_verb(word) and is_plural(line.at(at - 1))
    if not word.endswith("ed") or word in SAYING or after in _BEFORE_NOUNS:
        return True
    return g.is_adverb(after) or g.is_plain_verb(after) or after.endswith("ing") or line.capital(at + 1) or after[:1].isdigit()
