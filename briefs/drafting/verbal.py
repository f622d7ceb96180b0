"""Whether words have a verb of their own, also one that could be a noun ("change affects", "Greeks worship the gods")."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from briefs.reading import grammar as g
from briefs.reading.cues import SAYING, Form, third
from briefs.reading.nouns import is_plural
from briefs.reading.tokens import Token, tokens
from briefs.reading.wordlist import words

_PRESENT: Final = words(
    """
    affect aim argue assert attract bear blame block border boast call carry claim collect comprise confirm connect consist criticise
    criticize decide deny depict describe determine differ discuss employ enable enjoy ensure establish expand explain explore express
    feature fill form govern grant highlight honour illustrate impose indicate inform inhabit introduce justify mark mention merge note
    obtain operate organise organize own perform permit prevent prohibit promote protect publish push recall recognise recognize recommend
    record reduce regard reject relate rely reveal revolve rule serve shape speak specialise specialize specify strengthen suggest
    surround symbolise symbolize target teach treat undergo urge value vary warn
    """
)
_THIRDS: Final = frozenset(third(verb) for verb in _PRESENT)
_UNCHANGED: Final = words("cut put set let shed split spread cost quit burst cast")  # the past is the same word
_ADDED: Final = frozenset({"too", "only", "not"})
_OPENS_OBJECT: Final = g.DETERMINERS | frozenset({"that", "it", "them", "him", "us", "whether", "how", "several", "many"})
_NO_VERBS: Final = g.SMALL | g.CONJUNCTIONS | g.OBJECTS | g.QUANTIFIERS
_NO_NOUNS: Final = g.SMALL | g.CONJUNCTIONS | g.AUXILIARIES | g.PRONOUNS | g.QUANTIFIERS
_RELATIVES: Final = frozenset({"which", "who", "that", "where", "whom", "whose", "as"})


@lru_cache(maxsize=512)
def has_verb(text: str) -> bool:
    """Whether a word of the text is a verb with a subject to all appearance."""
    found = tokens(text)
    small = [at for at, token in enumerate(found) if token.text[0].islower() or token.text[0] in "'’"]
    return any(_is_plainly(found, at) for at in small) or any(_is_verb_here(found, at) for at in small if 0 < at < len(found) - 1)


def _is_plainly(found: Sequence[Token], at: int) -> bool:
    plain = found[at].plain
    before = found[at - 1].plain if at else ""
    return g.is_finite(plain) or (g.is_plain_verb(plain) and (before in g.SUBJECTS or is_plural(before)))


def _is_verb_here(found: Sequence[Token], at: int) -> bool:
    """Whether a word that can be a noun is a verb where it stands: a noun before it, its object or its preposition after it."""
    plain = found[at].plain
    before = _noun_before(found, at)
    if before is None or plain in _NO_VERBS or g.is_adverb(plain) or not plain.isalpha():
        return False
    if any(token.plain in _RELATIVES for token in found[max(0, at - 3) : at]):
        return False
    many = is_plural(before.plain)
    base = plain in _PRESENT or (plain in SAYING and bool(SAYING[plain][1] & Form.BASE))
    return (base if many else plain in _THIRDS) or _has_object(before, plain, found[at + 1], many=many)


def _has_object(before: Token, plain: str, after: Token, *, many: bool) -> bool:
    """Whether what follows can only be a verb's: "worship the gods", "cut 400 jobs", "results from"."""
    counted = after.text[0].isdigit() or after.plain in g.QUANTIFIERS
    opens = after.plain in _OPENS_OBJECT or (counted and plain.endswith("s"))
    if plain in _UNCHANGED:
        return opens or counted
    if opens and not g.is_time(before.plain) and not g.is_time(plain):
        return not plain.endswith(("ing", "ed")) and (many or plain.endswith("s") or before.text[0].isupper())
    return many and plain.endswith("s") and after.plain in {"from", "in"} and not plain.endswith("ss")


def _noun_before(found: Sequence[Token], at: int) -> Token | None:
    """The noun or name right before a word, past adverbs; None where something else stands there."""
    for n in range(at - 1, -1, -1):
        token = found[n]
        if g.is_adverb(token.plain) or token.plain in _ADDED:
            continue
        return token if token.text[0].isalpha() and token.plain not in _NO_NOUNS and not g.is_finite(token.plain) else None
    return None
