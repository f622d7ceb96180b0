"""Parts of a line, and the cleaning that every part of a message goes through."""

import re
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal, TypeAlias

# Control characters, bidirectional overrides and isolates, invisible characters that only disguise, the Unicode tag
# block, and halves of surrogate pairs. Zero-width joiner and non-joiner stay: Persian and emoji need them.
_DISGUISE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e0fff]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """The text without what a reader must never receive: controls, direction overrides, invisible disguises.

    Line ends and tabs become blanks; half a surrogate pair becomes U+FFFD. Stored articles are never cleaned, only
    what is shown.
    """
    text = text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ")
    return _SURROGATE.sub("\ufffd", _DISGUISE.sub("", text))


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Whatever text a part of a message is made with, it holds it cleaned: no renderer can forget to."""

    def __post_init__(self) -> None:
        """Clean every field that is text, and the texts in every tuple."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str) and not isinstance(value, StrEnum):
                object.__setattr__(self, field.name, clean(value))
            elif isinstance(value, tuple) and any(isinstance(part, str) for part in value):
                object.__setattr__(self, field.name, tuple(clean(part) if isinstance(part, str) else part for part in value))


@dataclass(frozen=True, slots=True)
class Words(Cleaned):
    """Plain words."""

    text: str
    kind: Literal["words"] = "words"


@dataclass(frozen=True, slots=True)
class Said(Cleaned):
    """An attribution: who says it."""

    text: str
    kind: Literal["said"] = "said"


@dataclass(frozen=True, slots=True)
class Hedged(Cleaned):
    """A hedge: how surely it is said."""

    text: str
    kind: Literal["hedged"] = "hedged"


@dataclass(frozen=True, slots=True)
class Label(Cleaned):
    """The words at the head of a line that name what follows ("Undated article:")."""

    text: str
    kind: Literal["label"] = "label"


@dataclass(frozen=True, slots=True)
class Typed(Cleaned):
    """Something to type, exactly as it stands (a command, an option, a reference)."""

    text: str
    kind: Literal["typed"] = "typed"


@dataclass(frozen=True, slots=True)
class Moment(Cleaned):
    """A moment, shown in the reader's own time where the platform can.

    Args:
        at: aware.
        zone: the IANA name of the zone it is written in where the platform cannot; "UTC" unless a channel has its own.
    """

    at: datetime
    zone: str = "UTC"
    kind: Literal["moment"] = "moment"


Span: TypeAlias = Words | Said | Hedged | Label | Typed | Moment
Rich: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Line(Cleaned):
    """One line and the sentences it rests on.

    Args:
        cites: as shown within brackets: a sentence's number ("12"), or with its article's handle ("iraq:12") where
            lines of several articles stand together. Empty only where the line says nothing about the news.
    """

    spans: Rich
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Button(Cleaned):
    """Something to press: the label, and the command line a press asks."""

    label: str
    command: str
