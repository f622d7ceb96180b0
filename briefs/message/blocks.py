"""The blocks of a message: a closed union that says what a part IS, never how it looks."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from briefs.message.parts import Button, Cleaned, Line, Rich

NO_LINE: Final = Line(())


@dataclass(frozen=True, slots=True)
class Heading(Cleaned):
    """The headline of the message."""

    text: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Lead(Cleaned):
    """The line that carries the point, with its label ("Bottom line")."""

    label: str
    line: Line
    kind: Literal["lead"] = "lead"


@dataclass(frozen=True, slots=True)
class Section(Cleaned):
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
class Field(Cleaned):
    """A named property of the thing shown ("Kind")."""

    label: str
    spans: Rich


@dataclass(frozen=True, slots=True)
class Fields:
    """Named properties, in order."""

    fields: tuple[Field, ...]
    kind: Literal["fields"] = "fields"


@dataclass(frozen=True, slots=True)
class SourceSentence(Cleaned):
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
class Evidence(Cleaned):
    """Sentences of one source in reading order, with a note on whose words they are."""

    sentences: tuple[SourceSentence, ...]
    note: str = ""
    kind: Literal["evidence"] = "evidence"


@dataclass(frozen=True, slots=True)
class CheckedLine(Cleaned):
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
class ComparedRow(Cleaned):
    """One aspect of two things, side by side; a side may be empty."""

    label: str
    left: tuple[Line, ...]
    right: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Comparison(Cleaned):
    """Two things side by side."""

    left: str
    right: str
    rows: tuple[ComparedRow, ...]
    kind: Literal["comparison"] = "comparison"


@dataclass(frozen=True, slots=True)
class DatedLine(Cleaned):
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
class Choice(Cleaned):
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
    detail: Line = NO_LINE


@dataclass(frozen=True, slots=True)
class Choices(Cleaned):
    """Things to pick from, best first; never empty.

    Args:
        title: what they are ("Entities"), or the question.
    """

    title: str
    choices: tuple[Choice, ...]
    kind: Literal["choices"] = "choices"


@dataclass(frozen=True, slots=True)
class Story(Cleaned):
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
class Usage(Cleaned):
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
class Copyable(Cleaned):
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
