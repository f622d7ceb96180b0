"""The mentions of an article gathered into the people, organisations and places they name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from briefs.entity import Kind, Mention
from briefs.folding import fold
from briefs.reading.grouping import grouped
from briefs.reading.grouping_forms import Name, forms_of
from briefs.reading.names_apart import defined, kept_apart
from briefs.reading.places import Sort, key, places
from briefs.reading.suggestions import Suggestion, suggest


@dataclass(frozen=True, slots=True)
class Group:
    """What several mentions name.

    Args:
        name: the fullest of its names, as the article writes it.
        mentions: in reading order; never empty.
        slug: its entity in the lexicon; empty where it has none yet.
    """

    name: str
    kind: Kind | None
    mentions: tuple[Mention, ...]
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Apart:
    """Two groups that a sentence keeps apart.

    Args:
        one, other: their places among the groups.
        sentence: its number.
        words: how it says so ("a separate group from").
    """

    one: int
    other: int
    sentence: int
    words: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """The groups of an article in the order of their first mentions, what keeps them apart, and what to ask a curator."""

    groups: tuple[Group, ...]
    apart: tuple[Apart, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


def gather(sentences: Sequence[str], mentions: Sequence[Mention]) -> Gathered:
    """Gather mentions into groups.

    Args:
        sentences: the texts the mentions count their offsets in.
        mentions: as `names.mentions` returned them.
    """
    names = [_name(mention, sentences[mention.sentence - 1], mentions) for mention in mentions]
    edges = list(kept_apart(sentences, mentions))
    forms, where = forms_of(names)
    numbers = grouped(forms, where, same=defined(sentences, mentions), apart=[(edge.one, edge.other) for edge in edges])
    places_of = {number: at for at, number in enumerate(dict.fromkeys(numbers))}
    members: list[list[int]] = [[] for _ in places_of]
    for at, number in enumerate(numbers):
        members[places_of[number]].append(at)
    groups = tuple(_group([mentions[at] for at in here]) for here in members)
    apart = tuple(
        dict.fromkeys(Apart(places_of[numbers[edge.one]], places_of[numbers[edge.other]], edge.sentence, edge.words) for edge in edges)
    )
    shown = [[forms[n] for n in dict.fromkeys(where[at] for at in here) if not forms[n].adjective] for here in members]
    return Gathered(groups, apart, suggest(shown, {frozenset((edge.one, edge.other)) for edge in apart}))


def _group(mentions: Sequence[Mention]) -> Group:
    kind = next((mention.kind for mention in mentions if mention.kind), None)
    slug = next((mention.slug for mention in mentions if mention.slug), "")
    return Group(_best_name(mentions, kind), kind, tuple(mentions), slug)


def _best_name(mentions: Sequence[Mention], kind: Kind | None) -> str:
    """A person's longest name; otherwise the one used most, rather no adjective and no acronym, the longest of equals.

    Where the one used most is a part of a longer one ("Church" of "Church of Veldmar"), that says whose it is.
    """
    texts = Counter(mention.text for mention in mentions if not places().country_of(mention.text)) or Counter(m.text for m in mentions)
    if kind is Kind.PERSON:
        return max(texts, key=lambda text: (len(key(text).split()), len(text), text))
    capitals = Counter({text: sum(char.isupper() for char in text) for text in texts})
    used = max(texts, key=lambda text: (not text.isupper(), texts[text], capitals[text], len(text), text))
    if kind is not Kind.ORGANISATION or len(used.split()) > 1 or used.isupper():
        return used
    fuller = [text for text in texts if len(text.split()) > 1 and fold(used) in fold(text).split()]
    return max(fuller, key=lambda text: (texts[text], len(text), text), default=used)


def _name(mention: Mention, sentence: str, mentions: Sequence[Mention]) -> Name:
    adjective = mention.kind is Kind.PLACE and bool(places().country_of(mention.text))
    sense = _sense(mention, sentence, mentions) if mention.kind is Kind.PLACE else ""
    return Name(mention.text, mention.kind, mention.slug, sense, adjective)


def _sense(mention: Mention, sentence: str, mentions: Sequence[Mention]) -> str:
    """Which of the places of one name its sentence speaks of: the Georgia of Atlanta, the Tripoli of "Tripoli, Lebanon"."""
    table = places()
    senses = table.within(mention.text)
    if len(senses) < 2:
        return ""
    place = table.find(mention.text)
    is_city = place is not None and place.sort is Sort.CITY
    told = set()
    for other in mentions:
        if other.sentence != mention.sentence or other.start == mention.start or other.kind is not Kind.PLACE:
            continue
        if is_city and sentence[mention.end : other.start] != ", ":
            continue
        whole = table.find(other.text)
        codes = (table.codes.get(whole.name) if whole and is_city else table.within(other.text)) or frozenset()
        told |= {sense for sense in senses if codes == {sense} or codes == {sense[:2]}}
    return told.pop() if len(told) == 1 else ""
