"""What a word of a line can be in a noun phrase, by its form and its neighbours."""

from typing import Final

from briefs.reading import grammar as g
from briefs.reading.cues import NOUN_TOO, SAYING, Form
from briefs.reading.line import BRACKETED, QUOTED, Line
from briefs.reading.wordlist import words

POSSESSIVE: Final = frozenset({"'s", "'"})
_NOUNS_IN_ING: Final = words("posting warning finding ruling reading hearing meeting showing holding briefing")
_NOT_PLURAL: Final = words("sports business arts affairs")
_NAMES_TOO: Final = words("may march will us it in")  # with a capital they are names as often
_SIGNS: Final = frozenset("#@$£€&%")


def is_noun(line: Line, at: int) -> bool:
    """Whether the word can be a part of a noun phrase."""
    word = line.at(at)
    if word == QUOTED:
        return line.at(at - 1) in g.DETERMINERS or line.at(at - 1) == "so-called"
    opens_participle = at == 0 and word.endswith("ing") and line.at(1) in g.SMALL
    if not word or word in POSSESSIVE or opens_participle:
        return False
    known = SAYING.get(word)
    if known is not None and not line.capital(at):
        noun = word in NOUN_TOO or word in _NOUNS_IN_ING or not known[1] & (Form.PAST | Form.THIRD | Form.ING)
        return noun or line.at(at - 1) in g.DETERMINERS
    named = at > 0 and word in _NAMES_TOO and line.capital(at)
    return named or (g.is_name_part(word) and (word[0].isalnum() or word[0] in _SIGNS))


def is_reduced(line: Line, at: int) -> bool:
    """Whether the word is a participle on the noun before it ("officials quoted by the paper")."""
    known = SAYING.get(line.at(at))
    return known is not None and Form.PARTICIPLE in known[1] and line.at(at + 1) in {"by", "in"} and is_noun(line, at - 1)


def is_plural(word: str) -> bool:
    """Whether the word looks like a plural."""
    singular = word.endswith(("ss", "us", "news", "ics", "'s")) or word in _NOT_PLURAL
    return word == "people" or (word.endswith("s") and not singular)


def continues(line: Line, at: int, start: int) -> bool:
    """Whether the noun phrase that began with the word `start` goes on with this word."""
    word, before = line.at(at), line.at(at - 1)
    if word == BRACKETED:
        return True
    if at == start:
        return is_noun(line, at)
    if word in POSSESSIVE:
        return True
    name = line.capital(at)
    names_time = g.is_time(word) and line.at(at + 1) not in POSSESSIVE and not (name and line.capital(at + 1))
    begins_another = word in g.DETERMINERS and before not in g.PREPOSITIONS and before not in g.QUANTIFIERS
    finite = g.is_finite(word) and word not in NOUN_TOO and before not in g.DETERMINERS
    verb = not name and (finite or g.is_adverb(word) or (g.is_plain_verb(word) and before.endswith("s")))
    return not (names_time or begins_another or verb) and is_noun(line, at)
