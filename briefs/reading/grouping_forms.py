"""Names as grouping sees them: distinct forms, and clusters that hold forms never to be one apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from briefs.entity import Kind
from briefs.reading.equivalents import equivalents
from briefs.reading.places import key


@dataclass(frozen=True, slots=True)
class Name:
    """A name to be grouped.

    Args:
        text: as written; "the" before it and a possessive "'s" do no harm.
        kind: None where it is not known, or is none of the three.
        slug: the entity of the curated lexicon it is known to mean; empty where none is.
        sense: which of several things of that name its sentence means ("US-GA"); empty where nothing tells.
        adjective: it stands before what it describes, so that "Iraqi" means Iraq, and not Iraqis or their language.
    """

    text: str
    kind: Kind | None = None
    slug: str = ""
    sense: str = ""
    adjective: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """All names of one kind that are written alike.

    Args:
        key: what is compared (`places.key`).
        words: of its key.
    """

    text: str
    kind: Kind | None
    key: str
    words: tuple[str, ...]
    slug: str = ""
    sense: str = ""
    adjective: bool = False

    @property
    def letters(self) -> str:
        """The text without blanks and stops, as acronyms are compared."""
        return "".join(char for char in self.text if char.isalnum())

    @property
    def is_acronym(self) -> bool:
        """Whether it is one word that is mostly capitals ("IAEA", "DoJ", "U.S.")."""
        if len(self.words) > 1 and "." not in self.text:
            return False
        letters = self.letters
        capitals = sum(char.isupper() for char in letters)
        return " " not in self.text and len(letters) > 1 and capitals >= 2 and capitals * 5 >= len(letters) * 3


@dataclass(slots=True)
class Clusters:
    """Forms joined into clusters, by their numbers; what must stay apart is never joined, however long the way round.

    Args:
        forms: all of them.
        apart: pairs of form numbers that are not the same thing.
    """

    forms: Sequence[Form]
    apart: set[frozenset[int]]
    head: list[int] = field(default_factory=list)
    members: dict[int, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with every form by itself."""
        self.head = list(range(len(self.forms)))
        self.members = {n: [n] for n in self.head}

    def join(self, a: int, b: int) -> bool:
        """Make the clusters of two forms one, unless that brings together what is apart; says whether they are one now."""
        one, two = sorted((self.head[a], self.head[b]))
        if one == two:
            return True
        if any(self._are_apart(x, y) for x in self.members[one] for y in self.members[two]):
            return False
        for member in self.members.pop(two):
            self.head[member] = one
            self.members[one].append(member)
        return True

    def heads(self, numbers: Iterable[int]) -> set[int]:
        """The clusters in which forms are."""
        return {self.head[n] for n in numbers}

    def _are_apart(self, a: int, b: int) -> bool:
        one, two = self.forms[a], self.forms[b]
        if one.slug and two.slug and one.slug != two.slug:
            return True
        if one.kind and two.kind and one.kind != two.kind:
            return True
        if one.sense and two.sense and one.sense != two.sense:
            return True
        return frozenset((a, b)) in self.apart or well_known_two(one, two)


def well_known_two(one: Form, two: Form) -> bool:
    """Whether the public knows these two names as two things that are taken for one another."""
    known = equivalents()
    names = {one.key, known.main(one.kind, one.key)} - {""}
    others = {two.key, known.main(two.kind, two.key)} - {""}
    return any((a, b) in known.two for a in names for b in others)


def forms_of(names: Sequence[Name]) -> tuple[list[Form], list[int]]:
    """The distinct forms of names in order of appearance, and the number of each name's form."""
    numbers: dict[tuple[str, Kind | None, str, str, bool], int] = {}
    forms: list[Form] = []
    where: list[int] = []
    for name in names:
        text = _bare(name.text)
        folded = key(text) or text
        # Of a thing that is no person, organisation or place, capitals may be all that tells it from another (iOS, IOS).
        form = (folded if name.kind else text, name.kind, name.slug, name.sense, name.adjective)
        if form not in numbers:
            numbers[form] = len(forms)
            forms.append(Form(text, name.kind, folded, tuple(folded.split()), name.slug, name.sense, name.adjective))
        where.append(numbers[form])
    return forms, where


def _bare(text: str) -> str:
    bare = " ".join(text.split()).replace(" - ", "-").replace(" ’", "’").replace(" '", "'").replace(" & ", " and ")
    for tail in ("'s", "’s", "'", "’"):
        bare = bare.removesuffix(tail)
    return bare or text
