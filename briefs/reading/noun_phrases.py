"""Noun phrases that end before a word or begin with one, with all that hangs on their nouns."""

from typing import Final

from briefs.reading import grammar as g
from briefs.reading.line import BRACKETED, QUOTED, Line
from briefs.reading.nouns import POSSESSIVE, continues, is_noun, is_plural, is_reduced
from briefs.reading.wordlist import words

Span = tuple[int, int]  # numbers of the first word and of the one after the last

PHRASE_MAX: Final = 24  # words of one speaker; more is a misreading
_ROLES: Final = words("ambassador adviser advisor envoy candidate secretary representative delegate aide heir successor")
_BOUNDARY: Final = g.STOPS | words("that and but or nor because although though while when as if whether") | {QUOTED, ""}
_NAME_JOINTS: Final = words("of for from at")
_NOUN_JOINTS: Final = words("of for from at in with to by on near")
_TRAILING: Final = _NOUN_JOINTS | g.DETERMINERS | {"and"}
_PEOPLE_IN_ED: Final = words("left accused deceased")


def begins_clause(line: Line, at: int) -> bool:
    """Whether a clause may begin with the word of that number."""
    return line.at(at - 1) in _BOUNDARY


def ending_at(line: Line, end: int) -> Span | None:
    """The noun phrase that ends before the word `end`; None where none does."""
    if line.at(end - 1) in g.SUBJECTS and line.at(end - 2) not in g.DETERMINERS and line.at(end - 2) not in g.QUANTIFIERS:
        return end - 1, end
    first = _first_word(line, end)
    if first >= end or not _sound(line, first, end):
        return None
    return _with_others(line, _with_bounds(line, _without_leading(line, first, end))), end


def _first_word(line: Line, end: int) -> int:
    """Where the nouns begin that prepositions hang on one another before `end`."""
    first, at = end, end - 1
    while end - at < PHRASE_MAX:
        begun = _chunk(line, at, at == end - 1)
        if begun > at:
            return first
        first, joint = begun, line.at(begun - 1)
        joins = joint in g.JOINING or (joint.endswith("ing") and len(joint) > 5)
        if joint == "as" and line.at(begun - 2) == "such" and is_noun(line, begun - 3):
            at = begun - 3
        elif joins and (is_noun(line, begun - 2) or is_reduced(line, begun - 2)):
            at = begun - 2
        else:
            return _after_place(line, begun, end) if joint in g.JOINING else first
    return first


def starting_at(line: Line, start: int) -> Span | None:
    """The noun phrase that begins with the word `start`; None where none does."""
    if line.at(start) in g.SUBJECTS and line.at(start + 1) != "of" and not is_noun(line, start + 1):
        return start, start + 1
    named = line.capital(start) and line.at(start) not in g.DETERMINERS
    joints = _NAME_JOINTS if named else _NOUN_JOINTS
    at = start
    while at < len(line) and at - start < PHRASE_MAX:
        word = line.at(at)
        if at > start and (word in joints or (word == "to" and line.at(at - 1) in _ROLES)):
            goes_on = _joins(line, at)
        elif at > start and word == "and":
            goes_on = line.capital(at + 1) and line.capital(at - 1)
        else:
            goes_on = continues(line, at, start)
        if not goes_on:
            break
        at += 1
    while at > start and line.at(at - 1) in _TRAILING:
        at -= 1
    return (start, at) if at > start and not g.is_time(line.at(at - 1)) else None


def _joins(line: Line, joint: int) -> bool:
    """Whether a preposition hangs another noun on the phrase, and no time, place of telling or act."""
    begun = joint + 1
    noun = line.at(_noun_after(line, begun))
    acts = line.at(begun).endswith("ing") and not line.capital(begun)
    begins = line.at(begun) in g.DETERMINERS or line.at(begun) in g.QUANTIFIERS or is_noun(line, begun)
    return begins and not (acts or noun in g.SETTINGS or g.is_time(noun))


def head(line: Line, phrase: Span) -> int:
    """The number of the noun that the phrase is about: the last one before what hangs on it."""
    for at in range(phrase[0] + 1, phrase[1]):
        if line.at(at) in g.PREPOSITIONS:
            return at - 1
    return phrase[1] - 1


def _chunk(line: Line, at: int, is_head: bool) -> int:
    """Where the noun and what stands before it begin; `at` + 1 where there is no noun."""
    begun = at + 1
    while begun > 0:
        before = begun - 1
        word = line.at(before)
        if word != BRACKETED and not (word in POSSESSIVE and is_noun(line, before - 1)):
            reduced = before == at and is_reduced(line, before)
            # "many people Ann Hill met": whom she met is not a part of her.
            others = begun <= at and line.capital(begun) and not line.capital(before) and is_plural(word)
            if not (reduced or is_noun(line, before)) or others or _ends_time(line, before, at, is_head):
                break
        begun = before
        if word in g.DETERMINERS:
            return begun - 1 if line.at(begun - 1) in {"all", "both", "half"} else begun
    return begun


def _ends_time(line: Line, at: int, head: int, is_head: bool) -> bool:
    """Whether the word names a time that stands before the phrase instead of in it ("On Monday officials")."""
    if not g.is_time(line.at(at)) or line.at(at + 1) in POSSESSIVE:
        return False
    if at == head:
        return is_head
    return not (line.capital(at) and line.capital(at + 1) and line.at(at - 1) in g.DETERMINERS)


def _sound(line: Line, first: int, end: int) -> bool:
    """Whether the words can be somebody: a noun at the end, and no piece of a verb."""
    last = end - 1
    while last > first and line.at(last) == BRACKETED:
        last -= 1
    word = line.at(last)
    if line.capital(last) and word not in g.DETERMINERS:
        return word not in g.LEADING or last > first
    determined = line.at(first) in g.DETERMINERS
    small = word in g.DETERMINERS and word not in g.QUANTIFIERS
    verb = (g.is_past(word) and word not in _PEOPLE_IN_ED) or (word.endswith("ing") and not determined)
    if small or verb or g.is_adverb(word) or not any(char.isalpha() for char in word):
        return False
    return determined or not (line.at(first - 1) in g.AUXILIARIES or line.at(first - 1) in {"not", "to"})


def _without_leading(line: Line, first: int, end: int) -> int:
    while first < end - 1 and (line.at(first) in g.LEADING or (g.is_adverb(line.at(first)) and line.at(first) not in g.QUANTIFIERS)):
        first += 1
    return first


def _with_bounds(line: Line, first: int) -> int:
    """With "at least", "more than" and "up to" before a number."""
    if line.at(first) in {"least", "most"} and line.at(first - 1) == "at":
        return first - 1
    if line.at(first - 2) in {"more", "less", "fewer", "up"} and line.at(first - 1) in {"than", "to"}:
        return first - 2
    return first - 1 if line.at(first - 1) in {"about", "around", "over"} and line.at(first)[:1].isdigit() else first


def _after_place(line: Line, first: int, end: int) -> int:
    """Where somebody begins after a place or setting without a comma: "In Oslo officials", "In a statement police"."""
    for at in range(first, end - 1):
        ends_place = line.capital(at) and not line.capital(at + 1) and line.at(at + 1) not in POSSESSIVE
        if (ends_place or line.at(at) in g.SETTINGS) and line.at(at) not in g.DETERMINERS:
            return at + 1
    return first


def _with_others(line: Line, first: int) -> int:
    """Where the phrase begins when "and" joins others to it ("Brazil and Chile", "A, B and C")."""
    if line.at(first - 1) not in {"and", "&", "or"} or first < 2:
        return first
    left = ending_at(line, first - 1)
    if left is None or g.is_finite(line.at(first - 2)):
        return first
    begun = left[0]
    while line.at(begun - 1) == "," and (more := ending_at(line, begun - 1)) is not None and not g.is_finite(line.at(begun - 2)):
        if line.at(more[0]).endswith("ing") or not (begins_clause(line, more[0]) or line.at(more[0] - 1) == ","):
            break
        begun = more[0]
    return begun if begins_clause(line, begun) and line.at(begun - 1) not in {"and", "or"} else first


def _noun_after(line: Line, at: int) -> int:
    while at + 1 < len(line) and is_noun(line, at + 1) and (not g.is_time(line.at(at))):
        at += 1
    return at
