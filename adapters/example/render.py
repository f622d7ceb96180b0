"""From a message to plain text, one paragraph a block; buttons show the line to type."""

from collections.abc import Sequence
from typing import assert_never
from zoneinfo import ZoneInfo

from briefs.message import (
    Block,
    Button,
    Buttons,
    Channel,
    CheckedLine,
    Choices,
    Comparison,
    Copyable,
    Evidence,
    Fields,
    Heading,
    Hedged,
    Label,
    Lead,
    Line,
    Link,
    Manual,
    Message,
    Moment,
    Notice,
    Person,
    Prose,
    Rich,
    Said,
    Section,
    SmallPrint,
    Span,
    Story,
    Timeline,
    Typed,
    Words,
)
from briefs.pages.presses import typed


def render(message: Message) -> str:
    """The message as text; ends with a line end."""
    return "\n".join(row for block in message.blocks for row in _rows(block)) + "\n"


def _rows(block: Block) -> list[str]:  # noqa: PLR0911, PLR0912 one branch a block is a renderer's shape
    match block:
        case Heading(text) | Copyable(text):
            return [text]
        case Lead(label, line):
            return [f"{label}: {_line(line)}"]
        case Section(title, lines):
            return [title, *(f"* {_line(line)}" for line in lines)]
        case Notice(spans) | Prose(spans) | SmallPrint(spans):
            return [_told(spans)]
        case Fields(fields):
            return [f"{field.label}: {_told(field.spans)}" for field in fields]
        case Evidence(sentences, note):
            return [f"{'>' if s.cited else ' '} {s.number} (paragraph {s.paragraph}): {s.text}" for s in sentences] + [note] * bool(note)
        case CheckedLine():
            head = [f"Line {block.position} of {block.total}: {block.verdict}", f"We say: {_line(block.line)}"]
            kept = [f"Kept: {', '.join(block.kept)}"] if block.kept else []
            return [*head, *_rows(block.evidence), *kept, *_buttons(block.buttons)]
        case Comparison(left, right, compared):
            sides = [(row.label, name, side) for row in compared for name, side in ((left, row.left), (right, row.right))]
            return [f"{label}, {name}: {'; '.join(map(_line, side)) or '-'}" for label, name, side in sides]
        case Timeline(steps):
            return [f"{step.when}{'' if step.dated else ' (undated)'}: {_line(step.line)}" for step in steps]
        case Choices(title, choices):
            return [title, *(f"  {c.label} ({c.tail}), {_line(c.detail)}: {c.command}" for c in choices)]
        case Story():
            head = [f"{block.number}. {block.headline}", *map(_line, block.lines)]
            return [*head, _told(block.about), *_buttons((block.open,))]
        case Manual(commands):
            return [row for c in commands for row in (c.form, f"  {c.does} {c.who}", *(f"  try {e}" for e in c.examples))]
        case Buttons(buttons):
            return _buttons(buttons)
        case _:
            assert_never(block)


def _line(line: Line) -> str:
    return _told(line.spans) + (f" [{', '.join(line.cites)}]" if line.cites else "")


def _told(spans: Rich) -> str:
    return "".join(map(_span, spans))


def _span(span: Span) -> str:
    match span:
        case Words(text) | Said(text) | Hedged(text) | Label(text) | Typed(text):
            return text
        case Link(text, address):
            return f"{text}: {address}"
        case Person(name=name):
            return name
        case Channel(channel):
            return f"channel {channel}"
        case Moment(at, zone):
            return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} {zone}"
        case _:
            assert_never(span)


def _buttons(buttons: Sequence[Button]) -> list[str]:
    return [f"  {button.label}: {typed(button)}" for button in buttons]
