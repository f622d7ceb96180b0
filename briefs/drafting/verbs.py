"""Who acts and who is acted upon, as far as the order of words and the form of a verb tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from briefs.drafting.lexicon import irregular_verbs, row
from briefs.drafting.words import Sort, Word

_BE: Final = row("is are was were be been being get gets got getting 's 're")
AUXILIARIES: Final = _BE | row("has have had having do does did to will would may might could can should must shall 'd 've 'll")
_HAVE: Final = row("has have had having 've 'd")
_DETERMINERS: Final = row("a an the their his her its our my your these those this some any no every each")
PREPOSITIONS: Final = row(
    "in on at by for with from to into onto of over under about after before during against between near through via as since until "
    "within among amid despite because following around across toward towards upon without beyond behind above below"
)
_SAME_PAST: Final = row("hit put cut set let shut hurt quit split spread burst cast shed beat")
_SUBORDINATORS: Final = row("that which who whom whose where when while if because although as what how why whether and or but")
_ENDS: Final = PREPOSITIONS | _SUBORDINATORS - {"and"}
_PRONOUNS: Final = row("it they he she we i you there")
_CLAUSE_OPENERS: Final = row("after before since until as despite because following")
_RELATIVES: Final = frozenset({"that", "which", "who"})
_HANGS: Final = row("of to with about towards toward for")
_DEGREES: Final = row("very more less most so too not also quite rather")
_LEAST: Final = frozenset({"least", "most"})
_WHO: Final = frozenset({"who", "he", "she", "they"})
_AUXILIARY_REACH: Final = 4  # words a form of "be" may stand before its participle
_HANG_BY: Final = PREPOSITIONS - _CLAUSE_OPENERS
_CLAUSE_BORDERS: Final = _SUBORDINATORS | _CLAUSE_OPENERS
_NOUN_ENDS: Final = _ENDS - {"of"}
_BEFORE_ACTS: Final = AUXILIARIES | _WHO
_PARTICLES: Final = frozenset({"up", "out", "off"})
_SUBJECT_REACH: Final = 12


@cache
def _pasts() -> frozenset[str]:
    return _SAME_PAST | {form for form, base in irregular_verbs().items() if form != base and not form.endswith(("s", "ing"))}


def is_verb(text: Sequence[Word], at: int) -> bool:
    """Whether a word is a verb to all appearance: by its ending, its table, or the auxiliary before it."""
    word = text[at]
    if word.sort is not Sort.CONTENT:
        return False
    before = text[at - 1].plain if word.at else ""
    if before in _DETERMINERS or before == "'s" or (before in PREPOSITIONS and before != "to"):
        return False
    past = (word.plain.endswith("ed") and not word.plain.endswith("eed") and len(word.plain) > len("red")) or word.plain in _pasts()
    if before in _BE or before in _HAVE:
        return past or word.plain.endswith("ing")
    return past or (before in AUXILIARIES and not word.plain.endswith("s"))


def may_be_verb(text: Sequence[Word], at: int) -> bool:
    """Whether a word whose other form is a verb elsewhere can be one here ("bans"): no article, owner or preposition before it."""
    before = text[at - 1].plain if text[at].at else ""
    barred = before in _DETERMINERS or before == "'s" or (before in PREPOSITIONS and before != "to")
    return text[at].sort is Sort.CONTENT and not barred


def is_passive(text: Sequence[Word], at: int) -> bool:
    """Whether a verb is a participle whose subject is acted upon ("was arrested", "groups backed by")."""
    word = text[at]
    if not (word.plain.endswith(("ed", "en")) or word.plain in _pasts()):
        return False
    for place in range(at - 1, max(at - 1 - _AUXILIARY_REACH, -1), -1):
        plain = text[place].plain
        if plain in _BE:
            return True
        if text[place].heavy and not plain.endswith("ly") and text[place].sort is not Sort.LOADED:
            break
        if text[place + 1].at == 0:
            break
    return bool(agent(text, at))


def agent(text: Sequence[Word], at: int) -> tuple[int, ...]:
    """The places of the words after the "by" that follows a verb; empty where none follows."""
    last = min(at + 8, len(text))
    hangs = False
    for place in range(at + 1, last):
        if text[place].at == 0 or text[place].before.strip(" "):
            return ()
        hangs = hangs or text[place].plain in PREPOSITIONS
        if text[place].heavy and not hangs and not text[place].plain.endswith("ly"):
            return ()  # an object: "reached the final by beating"
        if text[place].plain == "by":
            return phrase(text, place + 1)
        if text[place].plain in _SUBORDINATORS or is_verb(text, place):
            return ()
    return ()


def phrase(text: Sequence[Word], start: int) -> tuple[int, ...]:
    """The places of the words of weight from `start` to the next preposition, conjunction, verb or sign; at most six words."""
    found: list[int] = []
    if start + 1 < len(text) and text[start].plain == "at" and text[start + 1].plain in _LEAST:
        start += 2  # "at least 14 tourists" is one phrase
    for place in range(start, min(start + 6, len(text))):
        word = text[place]
        if word.at == 0 or word.before.strip(" ") or word.plain in _ENDS:
            break
        if word.heavy:
            found.append(place)
    return tuple(found)


def subject(text: Sequence[Word], at: int) -> tuple[int, ...]:
    """The places of the words of weight before a verb, back to the sign, conjunction or verb that parts them from others.

    What hangs on a preposition ("of the group") is left out. Empty where a sign or a pronoun stands before the verb.
    """
    found: list[int] = []
    joined = 0
    relative = _before_relative(text, at)
    if relative < at and text[relative].before.strip(" "):
        return _antecedent(text, relative)
    at = relative
    for place in range(at - 1, max(at - 1 - _SUBJECT_REACH, -1), -1):
        if text[place + 1].at == 0 or text[place + 1].before.strip(" "):
            break
        word = text[place]
        if word.plain in _PRONOUNS and not found:
            break
        if word.plain in _HANG_BY:
            if joined:
                return tuple(found[:joined][::-1])  # "… for ten minutes, and fans threw": another clause's
            found = []
            continue
        if word.plain in _CLAUSE_BORDERS or (word.heavy and is_verb(text, place)):
            if word.plain != "and" or not found:
                break
            joined = len(found)
            continue
        if word.sort in (Sort.CONTENT, Sort.NAME) and not word.plain.endswith("ly"):
            found.append(place)
    return tuple(found[::-1])


def _before_relative(text: Sequence[Word], at: int) -> int:
    """The place of the "that" or "who" a verb stands right after, whose noun is its subject; else the verb's own."""
    place = at - 1
    while place > 0 and text[place].plain in AUXILIARIES and text[place + 1].at:
        place -= 1
    signed = text[place].before.strip(" ")
    relative = place > 0 and text[place].plain in _RELATIVES and text[place].at
    return place if relative and (not signed or (signed == "," and text[place].plain == "who")) else at


def _antecedent(text: Sequence[Word], relative: int) -> tuple[int, ...]:
    """The places of the words of weight that a ", who" tells of: the nearest noun, and one it hangs on by "of"."""
    found: list[int] = []
    for place in range(relative - 1, max(relative - 1 - _SUBJECT_REACH, -1), -1):
        word = text[place]
        if word.plain in _NOUN_ENDS or (word.heavy and is_verb(text, place)):
            break
        if word.sort in (Sort.CONTENT, Sort.NAME) and not word.plain.endswith("ly"):
            found.append(place)
        if word.at == 0 or word.before.strip(" "):
            break
    return tuple(found[::-1])


@dataclass(frozen=True, slots=True)
class Act:
    """Who does and who undergoes what a verb says: places of their words; empty where it cannot be seen.

    Args:
        hung: names that hang on the doer by a preposition ("exports to Asia").
    """

    passive: bool
    doers: frozenset[int]
    undergoers: frozenset[int]
    hung: frozenset[int] = frozenset()


def act(text: Sequence[Word], at: int) -> Act:
    """What can be seen of a verb's doers and undergoers."""
    before = frozenset(subject(text, at))
    if is_passive(text, at):
        return Act(True, frozenset(agent(text, at)), before)
    if whom := _whom(text, at):
        return Act(False, before, frozenset(whom))
    if _may_be_participle(text, at):
        return Act(False, frozenset(), frozenset())
    return Act(False, before, frozenset(phrase(text, at + 1)), frozenset(_hung(text, at)))


def _whom(text: Sequence[Word], at: int) -> tuple[int, ...]:
    """The places of whom a verb behind ", whom" is done to."""
    for place in range(at - 1, max(at - 1 - _AUXILIARY_REACH, 0), -1):
        if text[place].plain == "whom" and text[place].at:
            return _antecedent(text, place)
        if text[place].before.strip(" ") or is_verb(text, place):
            break
    return ()


def states(text: Sequence[Word], at: int) -> Act | None:
    """Of whom an adjective is said, and what hangs on it ("is critical of", "afraid of"); None where the word is none in such a place."""
    follows = at + 1
    if text[at].sort is not Sort.CONTENT or follows >= len(text) or text[follows].plain not in _HANGS or is_verb(text, at):
        return None
    place = at - 1
    while place > 0 and (text[place].plain.endswith("ly") or text[place].plain in _DEGREES) and text[place + 1].at:
        place -= 1
    if place <= 0 or text[place].plain not in _BE or not text[at].at:
        return None
    return Act(False, frozenset(subject(text, place)), frozenset(phrase(text, follows + 1)))


def _hung(text: Sequence[Word], at: int) -> tuple[int, ...]:
    """The names right before a verb that stand after a preposition other than "by", on a noun or on "those"."""
    place = at - 1
    while place > 0 and (text[place].plain in AUXILIARIES or text[place].plain.endswith("ly")) and text[place + 1].at:
        place -= 1
    last = place
    while place > 0 and text[place].sort is Sort.NAME and not text[place + 1].before.strip(" "):
        place -= 1
    hangs = text[place].plain in _HANG_BY and text[place].plain != "by" and place > 0
    noun = hangs and (text[place - 1].sort is Sort.CONTENT or text[place - 1].plain in ("those", "that"))
    return tuple(range(place + 1, last + 1)) if noun and not is_verb(text, place - 1) else ()


def _may_be_participle(text: Sequence[Word], at: int) -> bool:
    """Whether "the coalition made up of" could be an act or what was done to it: no auxiliary, and no object right behind."""
    if not (text[at].plain.endswith(("ed", "en")) or text[at].plain in _pasts()) or text[at - 1].plain in _BEFORE_ACTS:
        return False
    after = at + 1
    return (
        after >= len(text)
        or text[after].at == 0
        or bool(text[after].before.strip(" "))
        or text[after].plain in _ENDS
        or text[after].plain in _PARTICLES
    )
