"""What the public knows of names: which are one thing, and which are taken for one another and are not."""

from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Final

from briefs.entity import Kind
from briefs.reading.places import key

_DATA: Final = "data/equivalents.txt"
_KINDS: Final = {"PER": Kind.PERSON, "ORG": Kind.ORGANISATION, "LOC": Kind.PLACE}


@dataclass(frozen=True, slots=True)
class Equivalents:
    """The table; every name is what `key` makes of it.

    Args:
        one: main name by (kind, name).
        two: pairs of names, each way, that are never one.
    """

    one: dict[tuple[Kind, str], str] = field(default_factory=dict)
    two: set[tuple[str, str]] = field(default_factory=set)

    def main(self, kind: Kind | None, name: str) -> str:
        """The main name of the well-known thing of that name; empty where the table has none.

        Args:
            kind: None asks for an organisation, a place or a person, in that order.
            name: what `key` returned.
        """
        if kind is not None:
            return self.one.get((kind, name), "")
        return self.main(Kind.ORGANISATION, name) or self.main(Kind.PLACE, name) or self.main(Kind.PERSON, name)


@lru_cache(maxsize=1)
def equivalents() -> Equivalents:
    """The table, read on first use."""
    table = Equivalents()
    section = ""
    for line in files("briefs.reading").joinpath(_DATA).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line
        elif line and not line.startswith("#"):
            kind, _, names = line.partition(" ")
            if section == "[one]":
                same = [key(name) for name in names.split(" = ")]
                table.one.update({(_KINDS[kind], name): same[0] for name in same})
            else:
                apart = [key(name) for name in names.split(" | ")]
                table.two.update((a, b) for a in apart for b in apart if a != b)
    return table
