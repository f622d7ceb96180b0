"""People, organisations and places: their names, and cards of cited facts about them."""

from dataclasses import dataclass
from enum import StrEnum

from briefs.article import Approval, CitedLine


class Kind(StrEnum):
    """What sort of thing an entity is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"


# A name in a text: where it begins and ends, in characters, and its kind, None where it is none of the three.
Span = tuple[int, int, Kind | None]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as it stands in an article.

    Args:
        sentence: its number, counted from 1 within the article.
        start, end: character offsets into the sentence's own text.
        text: as written, without "the" before it, a title or a possessive "'s".
        kind: None where neither the name nor its surroundings tell. A country's adjective ("Iraqi") is a place where it
            stands before what it describes, and has no kind where it means people.
        slug: the entity of the curated lexicon whose name it is; empty where it is none's, or several could be meant.
    """

    sentence: int
    start: int
    end: int
    text: str
    kind: Kind | None = None
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name for an entity, and where that name comes from.

    Args:
        text: as people write it.
        origin: where it comes from, in words a reader understands ("sentence 19", "other spelling, added by the curator").
    """

    text: str
    origin: str


@dataclass(frozen=True, slots=True)
class Entity:
    """One person, organisation or place.

    Args:
        slug: lower-case name of its file, unique on the installation ("kataeb-hezbollah").
        name: the name its card bears.
        tail: one or two words that tell it from its look-alikes ("Lebanon").
        aliases: other names; the name itself is not among them.
    """

    slug: str
    name: str
    kind: Kind
    tail: str
    aliases: tuple[Alias, ...] = ()

    @property
    def label(self) -> str:
        """Name and tail: what a choice shows, and what names exactly this entity when typed."""
        return f"{self.name} · {self.tail}"


@dataclass(frozen=True, slots=True)
class Fact:
    """A cited statement about the entity of its card."""

    line: CitedLine


@dataclass(frozen=True, slots=True)
class Relation:
    """How an entity stands to another one, cited.

    Args:
        to: the other entity's slug.
        name: the other entity's name, as shown.
    """

    to: str
    name: str
    line: CitedLine


@dataclass(frozen=True, slots=True)
class NotTheSame:
    """An entity that is taken for this one and is not.

    Args:
        other: the other entity's slug.
        name: the other entity's name, as shown.
        line: why they are two; its citation is the sentence that keeps them apart.
    """

    other: str
    name: str
    line: CitedLine


@dataclass(frozen=True, slots=True)
class EntityCard:
    """What our articles say about one entity; nothing else.

    Args:
        entity: whose card it is.
        facts: in the order readers see; the first one says who or what it is. Never empty.
        notes: the curator's notes, each cited.
        approval: who approved it; readers see no other cards.
        sample: the card belongs to the bundled SAMPLE.
        formerly: slugs of cards that were merged into this one.
    """

    entity: Entity
    facts: tuple[Fact, ...]
    relations: tuple[Relation, ...] = ()
    not_the_same: tuple[NotTheSame, ...] = ()
    notes: tuple[CitedLine, ...] = ()
    approval: Approval | None = None
    sample: bool = False
    formerly: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[CitedLine, ...]:
        """Every line of the card in the order shown: facts, not the same, relations, notes."""
        apart = (other.line for other in self.not_the_same)
        return (*(fact.line for fact in self.facts), *apart, *(relation.line for relation in self.relations), *self.notes)
