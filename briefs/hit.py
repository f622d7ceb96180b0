"""What a search finds."""

from dataclasses import dataclass
from enum import StrEnum


class HitKind(StrEnum):
    """What kind of thing was found."""

    BRIEF = "brief"
    ENTITY = "entity"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found.

    Args:
        ref: what opens it: a brief's slug, an entity's slug, or `handle:number` of a sentence.
        title: headline, label, or the article's handle and sentence number.
        text: the line that matched.
        sentences: the numbers of the sentences the line rests on.
        draft: only curators may see it.
    """

    kind: HitKind
    ref: str
    title: str
    text: str
    sentences: tuple[int, ...] = ()
    sample: bool = False
    draft: bool = False
