"""The curated lexicon: names whose entity is known, and where they stand in a sentence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from briefs.entity import Entity, Kind
from briefs.reading.names_pieces import Piece, pieces
from briefs.reading.names_runs import Run

_SHORT: Final = 4  # letters up to which a name's capitals count: "us" is not "US"


@dataclass(frozen=True, slots=True)
class Entry:
    """A name of the lexicon.

    Args:
        slug: its entity; empty where several entities bear the name.
        kind: of that entity, or of all of them; None where they differ.
        text: the name as the curator wrote it.
    """

    slug: str
    kind: Kind | None
    text: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Names of approved entities and their aliases, by their folded words."""

    entries: dict[tuple[str, ...], Entry] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)

    @staticmethod
    def of(entities: Iterable[Entity]) -> "Lexicon":
        """The lexicon of those entities; a name that several of them bear names none for certain."""
        lexicon = Lexicon()
        for entity in entities:
            for text in (entity.name, *(alias.text for alias in entity.aliases)):
                lexicon._add(text, entity)
        return lexicon

    def _add(self, text: str, entity: Entity) -> None:
        words = tuple(piece.folded for piece in pieces(text) if piece.folded)
        if words[:1] == ("the",) and len(words) > 1:
            words = words[1:]
        if not words:
            return
        known = self.entries.get(words)
        if known is None or known.slug == entity.slug:
            self.entries[words] = Entry(entity.slug, entity.kind, text)
        else:
            self.entries[words] = Entry("", known.kind if known.kind is entity.kind else None, known.text)
        self.longest[words[0]] = max(self.longest.get(words[0], 0), len(words))

    def matches(self, sentence: Sequence[Piece]) -> Iterator[tuple[Run, Entry]]:
        """Where names of the lexicon stand in a sentence: the longest at each place, in order, none within another."""
        at = 0 if self.entries else len(sentence)
        while at < len(sentence):
            for size in range(min(self.longest.get(sentence[at].folded, 0), len(sentence) - at), 0, -1):
                entry = self.entries.get(tuple(piece.folded for piece in sentence[at : at + size]))
                if entry and _written_alike(entry.text, sentence[at : at + size]):
                    yield (at, at + size), entry
                    at += size
                    break
            else:
                at += 1


def _written_alike(text: str, run: Sequence[Piece]) -> bool:
    """Whether the capitals agree: a name with capitals is not meant by small words, nor "US" by "us"."""
    letters = "".join(char for char in text if char.isalnum())
    if letters.isupper() and len(letters) <= _SHORT and len(run) == 1:
        return run[0].text.upper() == run[0].text and (not run[0].first or len(letters) > 1)
    return any(piece.capital for piece in run) or not any(char.isupper() for char in text)


EMPTY: Final = Lexicon()
