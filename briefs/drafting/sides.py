"""Who stands on either side of a verb: the names of a noun phrase, and what stands there instead of a name."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from briefs.drafting.case import parts
from briefs.drafting.lexicon import row
from briefs.drafting.verbs import AUXILIARIES, PREPOSITIONS, agent, is_passive, is_verb, phrase, subject
from briefs.drafting.words import Sort, Word

PRONOUNS: Final = row("he she it they him her them")
_REACH: Final = 16  # words of a noun phrase before its verb
_JOINED_REACH: Final = 24  # words between a verb and one joined to it
_APPOSITIONS: Final = 6  # that may stand between a name and its verb
_RELATIVES: Final = frozenset({"who", "which", "that", "whom", "whose"})
_BORDERS: Final = row(
    "that which who whom whose where when while if because although as what how why whether but or after before since until"
)
_DEFINITE: Final = row("the this that these those its his her their both")
_JOINING: Final = frozenset({"and", "but", "or"})
_SAID_OF: Final = frozenset({"aged", "called", "named", "based", "born"})  # what is joined behind them is none of theirs
_AMONG: Final = frozenset({"also", "then", "to", "been"})  # words of a verb of several
_OBJECTS: Final = row("him her it them")
_HANGING: Final = PREPOSITIONS - {"of"}


@dataclass(frozen=True, slots=True)
class Side:
    """A noun phrase beside a verb.

    Args:
        named: names that are it, or whose it is: ranges of places.
        near: names that hang on it by a preposition, or stand beside it between commas.
        pronoun: the place of a pronoun that is all of it; -1 where there is none.
        words: places of its words of full meaning that are no names.
        definite: it begins with "the", "this" or "their".
    """

    named: tuple[range, ...] = ()
    near: tuple[range, ...] = ()
    pronoun: int = -1
    words: tuple[int, ...] = ()
    definite: bool = False

    @property
    def seen(self) -> bool:
        """Whether anybody at all could be seen there."""
        return bool(self.named or self.near or self.words) or self.pronoun >= 0


NOBODY: Final = Side()


@dataclass(frozen=True, slots=True)
class Sides:
    """Who does and who undergoes what a verb says.

    Args:
        passive: who undergoes it stands before the verb.
    """

    doer: Side
    undergoer: Side
    passive: bool


@dataclass(slots=True)
class _Walk:
    places: list[int] = field(default_factory=list)
    hanging: list[int] = field(default_factory=list)
    apposed: list[int] = field(default_factory=list)
    pronoun: int = -1
    definite: bool = False


def sides(text: Sequence[Word], at: int, names: Sequence[range]) -> Sides:
    """Both sides of the verb at a place.

    Args:
        names: all names of the text.
    """
    before = _of_joined(text, at, names) if goes_on(text, at) else before_verb(text, at, names)
    if text[at].heavy and is_passive(text, at):
        by = agent(text, at)
        return Sides(_side(text, names, by) if by else NOBODY, before, passive=True)
    return Sides(before, _behind(text, at, names), passive=False)


def goes_on(text: Sequence[Word], at: int) -> bool:
    """Whether a verb tells, behind a comma, what its sentence's doer does beside: "Ann scored, putting Holm ahead"."""
    word = text[at]
    return word.sort is Sort.CONTENT and word.plain.endswith("ing") and word.at > 0 and word.before.strip() == ","


def before_verb(text: Sequence[Word], at: int, names: Sequence[range]) -> Side:
    """The noun phrase before a verb, past what stands beside it between commas; `NOBODY` where it cannot be told."""
    place = at - 1
    while place >= 0 and text[place + 1].at and not parts(text[place + 1]) and _belongs_to_verb(text[place]):
        place -= 1
    if place < 0 or text[place + 1].at == 0 or text[place + 1].plain == "to" or (place + 1 <= at and text[at - 1].plain == "to"):
        return NOBODY
    if text[place].plain in _RELATIVES and not parts(text[place + 1]):
        return _side(text, names, subject(text, at))
    if text[place].plain in _JOINING:
        return _of_joined(text, place, names)
    walk = _Walk()
    if parts(text[place + 1]):
        if (told := _told_before(text, place)) >= 0:
            return before_verb(text, told, names)
        place = _past_appositions(text, place, walk)
    if place < 0:
        return NOBODY
    _walk(text, place, walk)
    found = _side(text, names, walk.places, near=[*walk.hanging, *walk.apposed])
    return Side(found.named, found.near, walk.pronoun, found.words, walk.definite)


def _of_joined(text: Sequence[Word], place: int, names: Sequence[range]) -> Side:
    """Who stands before the verb to which another one is joined: "she sang and danced"."""
    for k in range(place - 1, max(-1, place - 1 - _JOINED_REACH), -1):
        if is_verb(text, k) and text[k].at and text[k - 1].plain != "to" and text[k].plain not in _SAID_OF:
            return before_verb(text, k, names)
        if text[k].at == 0:
            break
    return NOBODY


def _told_before(text: Sequence[Word], place: int) -> int:
    """The verb of the words between the last sign and a comma, whose doer goes on to do more ("Ann came, saw and won"); -1 if none."""
    inside = _segment(text, place)
    if text[inside.start].plain in _RELATIVES:
        return -1
    return next((k for k in inside if is_verb(text, k) and not _modifies(text, k) and text[k - 1].plain != "to"), -1)


def _past_appositions(text: Sequence[Word], place: int, walk: _Walk) -> int:
    """The place of the last word before what stands between commas before a verb ("Ann Lee, 40, a nurse, fell"); -1 where none is."""
    for _ in range(_APPOSITIONS):
        beside = _segment(text, place)
        if text[beside.start].at == 0:
            return -1
        walk.apposed += beside
        place = beside.start - 1
        head = _segment(text, place)
        opening = text[head.start].plain
        hangs = opening in PREPOSITIONS or opening in _JOINING
        if not hangs and any(text[k].capital or text[k].plain in _DEFINITE for k in head):
            return place
    return -1


def _segment(text: Sequence[Word], place: int) -> range:
    first = place
    while text[first].at and not parts(text[first]):
        first -= 1
    return range(first, place + 1)


def _walk(text: Sequence[Word], place: int, walk: _Walk) -> None:
    """Collect the words of a noun phrase, from its last one back to a sign, a conjunction or a verb."""
    first = place
    while place >= 0 and first - place < _REACH:
        word = text[place]
        if word.plain in _BORDERS or (is_verb(text, place) and text[place + 1].before != "-" and not _modifies(text, place)):
            return
        if word.plain in PRONOUNS and not walk.places:
            walk.pronoun = place
            return
        if word.plain in _HANGING:
            begins = word.at == 0 or parts(word)
            if begins:  # "In Paris Ann fell": the last name is who fell
                walk.places = walk.places[:1]
                return
            walk.hanging += walk.places
            walk.places = []
        elif word.plain in _DEFINITE:
            walk.definite = True
        elif word.heavy and word.sort is not Sort.LOADED:
            walk.places.append(place)
            walk.definite = False
        if word.at == 0 or parts(word):
            return
        place -= 1


def _modifies(text: Sequence[Word], place: int) -> bool:
    """Whether a participle stands before its noun, behind an article or a hyphen: "the wounded sailors", "Iran-backed militias"."""
    return text[place].before == "-" or (text[place].at > 0 and text[place - 1].plain in _DEFINITE)


def _belongs_to_verb(word: Word) -> bool:
    return word.plain in AUXILIARIES or word.plain.endswith("ly") or word.sort is Sort.LOADED or word.plain in _AMONG


def _behind(text: Sequence[Word], at: int, names: Sequence[range]) -> Side:
    follows = at + 1
    if follows < len(text) and text[follows].at and text[follows].plain in _OBJECTS and not parts(text[follows]):
        return Side(pronoun=follows)
    places = phrase(text, follows)
    side = _side(text, names, places)
    definite = bool(places) and any(text[k].plain in _DEFINITE for k in range(follows, places[0] + 1))
    return Side(side.named, side.near, -1, side.words, definite)


def _side(text: Sequence[Word], names: Sequence[range], places: Sequence[int], *, near: Sequence[int] = ()) -> Side:
    """The names and the other words at those places."""
    here, beside = set(places), set(near)
    named = tuple(name for name in names if here & set(name))
    around = tuple(name for name in names if name not in named and beside & set(name))
    inside = {at for name in named for at in name}
    words = tuple(sorted(at for at in here - inside if text[at].sort is Sort.CONTENT))
    return Side(named, around, -1, words, any(at > 0 and text[at].at > 0 and text[at - 1].plain in _DEFINITE for at in places[-1:]))
