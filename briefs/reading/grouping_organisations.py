"""Which names of organisations are one organisation: acronyms, company endings, institutions with and without their country."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from briefs.entity import Kind
from briefs.reading.equivalents import equivalents
from briefs.reading.grouping_forms import Clusters, Form
from briefs.reading.places import places
from briefs.reading.word_lists import word_set

# All folded.
COMPANY_ENDINGS: Final = word_set(
    """
    inc incorporated corp corporation co company ltd limited plc llc llp lp gmbh ag sa nv bv ab asa oyj spa kk group holdings
    holding
    """
)
_FIRST_WORD_IS_ENOUGH: Final = (
    word_set("associates school college motor partners brothers industries technologies international") | COMPANY_ENDINGS
)
# What one country has one of, so that it goes without the country's name where only one is spoken of.
INSTITUTIONS: Final = word_set(
    """
    court parliament senate congress ministry department government navy army cabinet treasury embassy legislature assembly
    presidency representatives commons lords reserve service survey military
    """
)
_ALONE: Final = frozenset({"congress", "senate", "treasury", "navy", "army"})  # one word names them; "Parliament" alone is any country's
_INSTITUTION_ENDINGS: Final = (
    ("air", "force"),
    ("central", "bank"),
    ("coast", "guard"),
    ("home", "office"),
    ("foreign", "office"),
    ("security", "council"),
)
_TURNED: Final = frozenset({"department", "ministry", "embassy", "government", "parliament", "office"})
_AFFAIRS: Final = frozenset({"affairs", "the"})
_AMERICAN: Final = {"defence": "defense", "centre": "center", "centres": "centers", "programme": "program"}
_SMALL: Final = frozenset(
    {"of", "the", "and", "for", "in", "on", "to", "de", "at", "a", "y", "e", "des", "du", "la", "et", "und", "von", "against"}
)
_TAILS: Final = frozenset({"in", "of", "for"})
GENERIC_HEADS: Final = word_set(
    """
    court church university school trust agreement administration council committee navy army ministry department college union
    """
)


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation's name taken apart.

    Args:
        country: the main name of the country, region or world body that stands before or after it; empty where none does.
        rest: its other words, "ministry of health" turned to "health ministry", company endings gone.
    """

    country: str
    rest: tuple[str, ...]

    @property
    def is_institution(self) -> bool:
        """Whether a country has one of it."""
        if len(self.rest) == 1:
            return self.rest[0] in _ALONE
        return len(self.rest) > 1 and (
            self.rest[-1] in INSTITUTIONS or self.rest[-2:] in _INSTITUTION_ENDINGS or self.rest[:2] == ("supreme", "court")
        )


@lru_cache(maxsize=4_096)
def body(key: str) -> Body:
    """Take an organisation's name apart; `key` is what `places.key` made of it."""
    country, words = _country_before(tuple(_spelling(word) for word in key.split()))
    if not country:
        country, words = _country_after(words)
    if len(words) > 2 and words[1] == "of" and words[0] in _TURNED:
        words = (*(word for word in words[2:] if word not in _AFFAIRS), words[0])
    while len(words) > 1 and words[-1] in COMPANY_ENDINGS:
        words = words[:-1]
    return Body(country, tuple(word for word in words if word != "and"))


def _spelling(word: str) -> str:
    """The American spelling of a word that names of organisations have in both."""
    return _AMERICAN.get(word, word.replace("isation", "ization"))


def _country_before(words: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    for size in (4, 3, 2, 1):
        if len(words) > size and (country := _country(" ".join(words[:size]))):
            return country, words[size:]
    return "", words


def _country_after(words: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    for at in range(len(words) - 2, 0, -1):
        if words[at] == "of":
            tail = words[at + 1 :]
            country = _country(" ".join(tail[1:] if tail[0] == "the" else tail))
            return (country, words[:at]) if country else ("", words)
    return "", words


def _country(name: str) -> str:
    table = places()
    if name in table.adjectives:
        return table.adjectives[name]
    place = table.named.get(name)
    if place and place.name in table.codes and len(place.within) == 1 and "-" not in next(iter(place.within)):
        return place.name
    known = equivalents().one.get((Kind.ORGANISATION, name), "")
    return known if known in {"united nations", "european union"} else ""


def spells(letters: str, words: Sequence[str]) -> bool:
    """Whether an acronym is made of the words' first letters; small words may be left out, other words may not.

    Args:
        letters, words: folded.
    """
    if not words:
        return not letters
    first = words[0]
    if letters and first[0] == letters[0] and spells(letters[1:], words[1:]):
        return True
    # A word that is itself an acronym gives all its letters: the US of USGS.
    if len(first) == 2 and letters.startswith(first) and spells(letters[2:], words[1:]):
        return True
    return first in _SMALL and spells(letters, words[1:])


def join_acronyms(forms: Sequence[Form], numbers: Sequence[int], clusters: Clusters) -> None:
    """Join each acronym of three letters or more with the one long name it can stand for.

    A well-known acronym is never taken for something else, and a short one is only joined where the public knows it.
    """
    known = equivalents()
    long = [n for n in numbers if len(forms[n].words) > 1]
    for n in numbers:
        form = forms[n]
        if not form.is_acronym or len(form.letters) < 3 or known.main(form.kind, form.key):
            continue
        letters = form.letters.casefold()
        meant = [m for m in long if len(forms[m].words) <= 2 * len(letters) + 2 and spells(letters, forms[m].words)]
        if len(clusters.heads(meant)) == 1:
            clusters.join(meant[0], n)


def join_organisations(forms: Sequence[Form], numbers: Sequence[int], clusters: Clusters) -> None:
    """Join the forms of those numbers that are one organisation's."""
    bodies = {n: body(forms[n].key) for n in numbers}
    for n in numbers:
        for m in numbers:
            if m > n and bodies[n] == bodies[m] and _ending_is_all(forms[n], forms[m]):
                clusters.join(n, m)
    join_acronyms(forms, numbers, clusters)
    for n in numbers:
        for m in (*_with_country(n, bodies, clusters), *_longer(n, forms, bodies, clusters), *_head_only(n, forms, clusters, numbers)):
            clusters.join(m, n)


def _ending_is_all(one: Form, two: Form) -> bool:
    """Whether what a name loses with its company ending leaves a name: "News Corp" is not "News"."""
    return min(len(one.letters), len(two.letters)) > 2 and not {one.key, two.key} & {"news", "general", "first", "united", "national"}


def _with_country(n: int, bodies: dict[int, Body], clusters: Clusters) -> Iterator[int]:
    """The one institution that is this one with its country's name."""
    own = bodies[n]
    if own.country or not own.is_institution:
        return
    size = len(own.rest)
    rivals = [m for m in bodies if m != n and (bodies[m].rest[-size:] == own.rest or bodies[m].rest[:size] == own.rest)]
    named = [m for m in rivals if bodies[m].country]
    if len(clusters.heads(rivals)) == 1 and named and (bodies[named[0]].rest == own.rest or own.rest == ("supreme", "court")):
        yield named[0]


def _longer(n: int, forms: Sequence[Form], bodies: dict[int, Body], clusters: Clusters) -> Iterator[int]:
    """The one organisation whose name begins with this one and goes on with nothing that makes it another."""
    own = forms[n].words
    begun = [m for m in bodies if len(forms[m].words) > len(own) and forms[m].words[: len(own)] == own]
    ended = [m for m in bodies if len(forms[m].words) > len(own) and forms[m].words[-len(own) :] == own]
    if not begun or len(clusters.heads([*begun, *ended])) != 1:
        return
    longest = begun[0]
    tail = forms[longest].words[len(own) :]
    if len(own) == 1:
        if tail[-1] in _FIRST_WORD_IS_ENOUGH and not places().find(forms[n].text):
            yield longest
    elif tail[0] in _TAILS and len(tail) > 1 and not _is_its_own(forms[n], bodies[longest], tail):
        yield longest


def _is_its_own(short: Form, whole: Body, tail: tuple[str, ...]) -> bool:
    """Whether the short name is another organisation than its branches: "al-Qaeda", a university, a country's party."""
    known = equivalents().main(short.kind, short.key)
    of_country = tail[0] == "of" and whole.country and not whole.is_institution
    return bool(known or of_country) or "university" in short.words or short.words[0] in {"al", "el"}


def _head_only(n: int, forms: Sequence[Form], clusters: Clusters, numbers: Sequence[int]) -> Iterator[int]:
    """The one organisation that "the Court" or "the Church" means."""
    own = forms[n].words
    if len(own) == 1 and own[0] in GENERIC_HEADS and forms[n].text[0].isupper():
        meant = [m for m in numbers if m != n and len(forms[m].words) > 1 and own[0] in forms[m].words]
        if len(clusters.heads(meant)) == 1:
            yield meant[0]
