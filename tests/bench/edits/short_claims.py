"""Short claims beside invented sentences, written by hand: false ones, whose verb, object, place or one word nobody says, and true ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from briefs.article import Sentence
from briefs.drafting.grounding import check

FILE: Final = Path(__file__).with_name("short_claims.txt")
TRUE: Final = "true"


@dataclass(frozen=True)
class ShortClaim:
    """A claim and the sentences it cites. `kind` says what of it they do not say, or that it is true."""

    kind: str
    sentences: tuple[str, ...]
    claim: str

    @property
    def passes(self) -> bool:
        """Whether the gate lets the claim stand."""
        return check(self.claim, [Sentence(number, 1, text) for number, text in enumerate(self.sentences, start=1)]).passes


def short_claims() -> Iterator[ShortClaim]:
    """Every claim of the file."""
    cited: tuple[str, ...] = ()
    for line in FILE.read_text("utf-8").splitlines():
        sign, _, rest = line.partition(" ")
        if sign in ("=", "+"):
            cited = (*cited, rest) if sign == "+" else (rest,)
        elif sign == "!":
            kind, _, claim = rest.partition(": ")
            yield ShortClaim(kind, cited, claim)
        elif sign == "~":
            yield ShortClaim(TRUE, cited, rest)


def by_kind() -> dict[str, list[ShortClaim]]:
    """The claims of each kind, kinds in the order of the alphabet."""
    found: dict[str, list[ShortClaim]] = {}
    for one in short_claims():
        found.setdefault(one.kind, []).append(one)
    return dict(sorted(found.items()))
