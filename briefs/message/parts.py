"""Parts of a line, and the cleaning that every part of a message goes through."""

import re
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final, Literal, TypeAlias

# Control characters, bidirectional overrides and isolates, invisible characters that only disguise or that Unicode itself
# has given up, the Unicode tag block, and halves of surrogate pairs. Zero-width joiner and non-joiner stay: Persian and
# emoji need them.
_BAD: Final = "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u180e\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
_DISGUISE: Final = re.compile(f"[{_BAD}]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_ANYTHING: Final = re.compile(f"[{_BAD}\ud800-\udfff\t\n]")


def clean(text: str) -> str:
    """The text without what a reader must never receive: controls, direction overrides, invisible disguises.

    Line ends and tabs become blanks; half a surrogate pair becomes U+FFFD. Stored articles are never cleaned, only
    what is shown.
    """
    if _ANYTHING.search(text) is None:  # nearly every text, and an answer has hundreds of them
        return text
    text = text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ")
    return _DISGUISE.sub("", whole(text))


def whole(text: str) -> str:
    """The text with two halves of a surrogate pair as the one character they mean, and U+FFFD for half a pair alone.

    Whatever comes from outside as a text goes through it: no store, file or platform takes half a character.
    """
    if _SURROGATE.search(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def clean_lines(text: str) -> str:
    """As `clean`, line by line: the line ends stay. Only for what is never shown, but asked."""
    return "\n".join(map(clean, text.replace("\r\n", "\n").split("\n")))


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Whatever text a part of a message is made with, it holds it cleaned: no renderer can forget to."""

    def __post_init__(self) -> None:
        """Clean every field that is text, and the texts in every tuple."""
        kind = type(self)
        texts, rows = _TEXTS.get(kind) or _text_fields(kind)
        for name in texts:
            value = getattr(self, name)
            if (cleaned := clean(value)) is not value:
                object.__setattr__(self, name, cleaned)
        for name in rows:
            object.__setattr__(self, name, tuple(map(clean, getattr(self, name))))


# The fields of each kind of part that are text, and those that are rows of texts; looked up once a kind.
_TEXTS: Final[dict[type[Cleaned], tuple[tuple[str, ...], tuple[str, ...]]]] = {}


def _text_fields(kind: type[Cleaned]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    typed = [(field.name, field.type) for field in fields(kind)]
    _TEXTS[kind] = found = tuple(n for n, t in typed if t is str), tuple(n for n, t in typed if t == tuple[str, ...])
    return found


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


@dataclass(frozen=True, slots=True)
class Person(Cleaned):
    """Somebody of this platform, named so that nobody else can pass for them, and never called by it.

    Args:
        user: the platform's id of the person.
        name: as the platform shows it; may be anything, and anybody's.
    """

    user: str
    name: str
    kind: Literal["person"] = "person"


@dataclass(frozen=True, slots=True)
class Channel(Cleaned):
    """A channel of this platform, by the platform's id of it; shown by its name where the platform can, to whoever may see it."""

    channel: str
    kind: Literal["channel"] = "channel"


@dataclass(frozen=True, slots=True)
class Link(Cleaned):
    """Words that lead to a post of our own; never to what an article names.

    Args:
        address: an https address, as a publisher gives it.
    """

    text: str
    address: str
    kind: Literal["link"] = "link"


Span: TypeAlias = Words | Said | Hedged | Label | Typed | Moment | Person | Channel | Link
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
    """Something to press.

    Args:
        command: the command line a press asks; of several lines where an option of it is.
        turns: what it asks is another page of the same message, which a platform may put in the place of this one.
    """

    label: str
    command: str
    turns: bool = False

    def __post_init__(self) -> None:
        """Clean both; a text of several lines in the command stays one."""
        object.__setattr__(self, "label", clean(self.label))
        object.__setattr__(self, "command", clean_lines(self.command))
