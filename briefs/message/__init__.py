"""The platform-neutral document that every answer and every digest is."""

from dataclasses import dataclass
from enum import StrEnum

from briefs.message.blocks import (
    Block,
    Buttons,
    CheckedLine,
    Choice,
    Choices,
    ComparedRow,
    Comparison,
    Copyable,
    DatedLine,
    Evidence,
    Field,
    Fields,
    Heading,
    Lead,
    Manual,
    Notice,
    Prose,
    Section,
    SmallPrint,
    SourceSentence,
    Story,
    Timeline,
    Usage,
)
from briefs.message.parts import (
    Button,
    Channel,
    Cleaned,
    Hedged,
    Label,
    Line,
    Link,
    Moment,
    Person,
    Rich,
    Said,
    Span,
    Typed,
    Words,
    clean,
    whole,
)

__all__ = [
    "Block",
    "Button",
    "Buttons",
    "Channel",
    "CheckedLine",
    "Choice",
    "Choices",
    "ComparedRow",
    "Comparison",
    "Copyable",
    "DatedLine",
    "Evidence",
    "Field",
    "Fields",
    "Heading",
    "Hedged",
    "Label",
    "Lead",
    "Line",
    "Link",
    "Manual",
    "Message",
    "Moment",
    "Notice",
    "Outcome",
    "Person",
    "Prose",
    "Rich",
    "Said",
    "Section",
    "SmallPrint",
    "SourceSentence",
    "Span",
    "Story",
    "Timeline",
    "Typed",
    "Usage",
    "Words",
    "buttons",
    "clean",
    "title_of",
    "whole",
    "words",
]


class Outcome(StrEnum):
    """What kind of answer a message is."""

    ANSWER = "answer"
    CHOICE = "choice"
    NOT_FOUND = "not_found"
    BAD_INPUT = "bad_input"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Message(Cleaned):
    """What a reader gets, on any platform.

    Args:
        summary: one plain line that carries the point: notifications, screen readers, Slack's `text`.
        blocks: in reading order; never empty.
        only_asker: nobody but the asker sees it.
        in_thread: everyone sees its summary, and finds the rest below it in a thread, where the platform has them.
        line: the command line that shows this again, whatever came since; empty: the one that was asked.
        menus: short cuts a platform with menus may offer below; a button or a command leads to each of them as well.
    """

    summary: str
    blocks: tuple[Block, ...]
    only_asker: bool = True
    outcome: Outcome = Outcome.ANSWER
    menus: tuple[Choices, ...] = ()
    in_thread: bool = False
    line: str = ""


def words(text: str) -> Rich:
    """Plain words as a line's spans."""
    return (Words(text),)


def title_of(message: Message) -> str:
    """Its headline, or its summary where it has none."""
    return next((block.text for block in message.blocks if isinstance(block, Heading)), message.summary)


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
