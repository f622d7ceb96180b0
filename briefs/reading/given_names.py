"""Given names, and whether women or men bear them."""

from enum import Enum
from functools import lru_cache
from importlib.resources import files
from typing import Final

_DATA: Final = "data/given_names.txt"


class Sex(Enum):
    """What a title or a given name tells of its bearer."""

    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"

    def against(self, other: "Sex") -> bool:
        """Whether the two cannot be one person's."""
        return Sex.UNKNOWN not in (self, other) and self is not other


_SECTIONS: Final = {"[men]": Sex.MALE, "[women]": Sex.FEMALE, "[either]": Sex.UNKNOWN}


@lru_cache(maxsize=1)
def given_names() -> dict[str, Sex]:
    """The table, read on first use: sex by name."""
    table: dict[str, Sex] = {}
    section = Sex.UNKNOWN
    for line in files("briefs.reading").joinpath(_DATA).read_text(encoding="utf-8").splitlines():
        if line in _SECTIONS:
            section = _SECTIONS[line]
        elif not line.startswith("#"):
            table.update((name, section) for name in line.split())
    return table


def sex_of(name: str) -> Sex:
    """What a given name tells.

    Args:
        name: folded.
    """
    return given_names().get(name, Sex.UNKNOWN)
