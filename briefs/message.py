"""The platform-neutral document: a closed union of blocks that say what a part IS, never how it looks."""

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
class _Cleaned:
    """Whatever text a part of a message is made with, it holds it cleaned: no renderer can forget to."""

    def __post_init__(self) -> None:
        """Clean every field that is text."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str) and not isinstance(value, StrEnum):
                object.__setattr__(self, field.name, clean(value))


# --- parts of a line -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Words(_Cleaned):
    """Plain words."""

    text: str
    kind: Literal["words"] = "words"


@dataclass(frozen=True, slots=True)
class Said(_Cleaned):
    """An attribution: who says it."""

    text: str
    kind: Literal["said"] = "said"


@dataclass(frozen=True, slots=True)
class Hedged(_Cleaned):
    """A hedge: how surely it is said."""

    text: str
    kind: Literal["hedged"] = "hedged"


@dataclass(frozen=True, slots=True)
class Label(_Cleaned):
    """The words at the head of a line that name what follows ("Undated article:")."""

    text: str
    kind: Literal["label"] = "label"


@dataclass(frozen=True, slots=True)
class Typed(_Cleaned):
    """Something to type, exactly as it stands (a command, an option, a reference)."""

    text: str
    kind: Literal["typed"] = "typed"


@dataclass(frozen=True, slots=True)
class Moment:
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
class Line:
    """One line and the sentences it rests on.

    Args:
        cites: sentence numbers, counted from 1; empty only where the line says nothing about the news.
    """

    spans: Rich
    cites: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Button(_Cleaned):
    """Something to press: the label, and the command line a press asks."""

    label: str
    command: str


# --- blocks ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heading(_Cleaned):
    """The headline of the message."""

    text: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Lead:
    """The line that carries the point, with its label ("Bottom line")."""

    label: str
    line: Line
    kind: Literal["lead"] = "lead"


@dataclass(frozen=True, slots=True)
class Section:
    """A titled group of lines; never empty."""

    title: str
    lines: tuple[Line, ...]
    kind: Literal["section"] = "section"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader must not miss before reading on ("Undated article: …")."""

    spans: Rich
    kind: Literal["notice"] = "notice"


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph of the bot's own, about itself or about what was asked; never news."""

    spans: Rich
    kind: Literal["prose"] = "prose"


@dataclass(frozen=True, slots=True)
class Field:
    """A named property of the thing shown ("Kind")."""

    label: str
    spans: Rich


@dataclass(frozen=True, slots=True)
class Fields:
    """Named properties, in order."""

    fields: tuple[Field, ...]
    kind: Literal["fields"] = "fields"


@dataclass(frozen=True, slots=True)
class SourceSentence(_Cleaned):
    """A sentence of the source, as evidence.

    Args:
        number, paragraph: counted from 1 within the article.
        cited: this is the sentence asked for; otherwise a neighbour, shown for context.
        retelling: the words are our retelling's, the article not being attached.
    """

    number: int
    paragraph: int
    text: str
    cited: bool = True
    retelling: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """Sentences of one source in reading order, with a note on whose words they are."""

    sentences: tuple[SourceSentence, ...]
    note: str = ""
    kind: Literal["evidence"] = "evidence"


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """A line of ours beside the sentences it rests on.

    Args:
        position, total: "line 3 of 11", counted from 1.
        verdict: the gate's verdict and who approved it, in words.
        kept: what the curator took care to keep.
        buttons: what can be done with this one line.
    """

    position: int
    total: int
    verdict: str
    line: Line
    evidence: Evidence
    kept: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    kind: Literal["checked_line"] = "checked_line"


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One aspect of two things, side by side; a side may be empty."""

    label: str
    left: tuple[Line, ...]
    right: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two things side by side."""

    left: str
    right: str
    rows: tuple[ComparedRow, ...]
    kind: Literal["comparison"] = "comparison"


@dataclass(frozen=True, slots=True)
class DatedLine:
    """One step of a timeline; `when` as the source gives it."""

    when: str
    dated: bool
    line: Line


@dataclass(frozen=True, slots=True)
class Timeline:
    """Steps, oldest first, undated ones last; never empty."""

    steps: tuple[DatedLine, ...]
    kind: Literal["timeline"] = "timeline"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to pick.

    Args:
        label: its name.
        tail: what tells it from the others ("Lebanon").
        command: the command line that picks it.
        detail: a line about it; may be empty.
    """

    label: str
    tail: str
    command: str
    detail: Line = Line(())


@dataclass(frozen=True, slots=True)
class Choices:
    """Things to pick from, best first; never empty.

    Args:
        title: what they are ("Entities"), or the question.
    """

    title: str
    choices: tuple[Choice, ...]
    kind: Literal["choices"] = "choices"


@dataclass(frozen=True, slots=True)
class Story:
    """One brief within a digest.

    Args:
        number: counted from 1 within the digest.
        lines: the point, and what is not known.
        about: outlet, date, how many sources.
        open: opens the brief.
    """

    number: int
    headline: str
    lines: tuple[Line, ...]
    about: Rich
    open: Button
    kind: Literal["story"] = "story"


@dataclass(frozen=True, slots=True)
class Usage:
    """How a command is written, what it does, and lines to try."""

    form: str
    does: str
    who: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manual:
    """Commands explained."""

    commands: tuple[Usage, ...]
    kind: Literal["manual"] = "manual"


@dataclass(frozen=True, slots=True)
class Copyable(_Cleaned):
    """Text made to be copied as it stands."""

    text: str
    kind: Literal["copyable"] = "copyable"


@dataclass(frozen=True, slots=True)
class SmallPrint:
    """Where it comes from, how it was made and checked."""

    spans: Rich
    kind: Literal["small_print"] = "small_print"


@dataclass(frozen=True, slots=True)
class Buttons:
    """What can be done next; never empty."""

    buttons: tuple[Button, ...]
    kind: Literal["buttons"] = "buttons"


Block: TypeAlias = (
    Heading
    | Lead
    | Section
    | Notice
    | Prose
    | Fields
    | Evidence
    | CheckedLine
    | Comparison
    | Timeline
    | Choices
    | Story
    | Manual
    | Copyable
    | SmallPrint
    | Buttons
)


class Outcome(StrEnum):
    """What kind of answer a message is."""

    ANSWER = "answer"
    CHOICE = "choice"
    NOT_FOUND = "not_found"
    BAD_INPUT = "bad_input"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Message(_Cleaned):
    """What a reader gets, on any platform.

    Args:
        summary: one plain line that carries the point: notifications, screen readers, Slack's `text`.
        blocks: in reading order; never empty.
        only_asker: nobody but the asker sees it.
    """

    summary: str
    blocks: tuple[Block, ...]
    only_asker: bool = True
    outcome: Outcome = Outcome.ANSWER


def words(text: str) -> Rich:
    """Plain words as a line's spans."""
    return (Words(text),)


def buttons(message: Message) -> tuple[Button, ...]:
    """Everything that can be pressed in a message, in reading order: what a console numbers 1, 2, 3 …."""
    found: list[Button] = []
    for block in message.blocks:
        match block:
            case Buttons(buttons=row) | CheckedLine(buttons=row):
                found += row
            case Choices(choices=choices):
                found += [Button(f"{c.label} · {c.tail}" if c.tail else c.label, c.command) for c in choices]
            case Story(open=button):
                found.append(button)
            case _:
                pass
    return tuple(found)
