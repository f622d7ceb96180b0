"""What the makers make, and the sentences they make it of."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from adapters.sources.front_matter import front_matter
from briefs.reading.sentences import split

WORDS_MIN, WORDS_MAX = 6, 45


@dataclass(frozen=True)
class Made:
    """A claim made out of one sentence. `held` marks the half that nobody tuned on: every other article."""

    kind: str
    source: str
    claim: str
    held: bool


Maker = Callable[[str, int], Iterator[tuple[str, str]]]  # sentence, its number → kind, claim


def sentences(shared: Path) -> list[tuple[str, bool]]:
    """The whole sentences of every article, and whether theirs is held out."""
    found = []
    for number, path in enumerate(sorted((shared / "articles").rglob("*.txt"))):
        body = front_matter(path.read_text("utf-8"))[1]
        for _, start, end in split(body):
            text = " ".join(body[start:end].split())
            if WORDS_MIN <= len(text.split()) <= WORDS_MAX and text[-1] in '.”"' and (text[0].isupper() or text[0] in '“"'):
                found.append((text, number % 2 == 1))
    return found


def made(shared: Path, makers: tuple[Maker, ...]) -> list[Made]:
    """Everything that the makers make of the articles' sentences, each claim once."""
    found: dict[tuple[str, str], Made] = {}
    for number, (text, held) in enumerate(sentences(shared)):
        for maker in makers:
            for kind, claim in maker(text, number):
                clean = tidy(claim)
                if clean != text and len(clean.split()) > 2:
                    found.setdefault((text, clean), Made(kind, text, clean, held))
    return list(found.values())


def tidy(claim: str) -> str:
    """A claim with one blank between words, none before a stop, and a capital at its head."""
    claim = re.sub(r"\s+([,.;:])", r"\1", " ".join(claim.split()))
    claim = re.sub(r",+([.;])", r"\1", claim)
    claim = re.sub(r"^[,;\s]+", "", claim)
    claim = re.sub(r"([\"”])(?=\w)(?<=\w.)", r"\1", claim)
    return claim[:1].upper() + claim[1:] if not claim[:1].isupper() else claim
