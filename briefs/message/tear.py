"""One block in two, where it alone is too long for a message; and names made short enough to leave room for what they name."""

import unicodedata
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Final, TypeVar

from briefs.message.blocks import (
    Block,
    Buttons,
    CheckedLine,
    Choices,
    ComparedRow,
    Comparison,
    Copyable,
    Evidence,
    Fields,
    Heading,
    Lead,
    Notice,
    Prose,
    Section,
    SmallPrint,
    Story,
    Timeline,
)
from briefs.message.parts import Channel, Line, Moment, Person, Rich, Words

NAME_MAX: Final = 150  # characters of a title or label in a message that does not fit
HEADLINE_MAX: Final = 300  # characters of a story's headline, which says something and is therefore broken, not shortened
MORE: Final = "…"
LEAST: Final = 8  # characters that a text must have to be broken: each break adds two
_NAMES: Final = frozenset({"title", "label", "name", "tail", "verdict", "left", "right", "form", "does", "who"})
_LISTS: Final = frozenset({"kept", "examples", "cites"})

Value = TypeVar("Value")


def shortened(text: str, most: int) -> str:
    """The text in at most `most` characters: cut after a word, with "…" behind it."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    word = cut.rstrip().rpartition(" ")[0]
    return (word if len(word) >= most // 2 else cut).rstrip(" ,;:") + MORE


def short_names(value: Value) -> Value:
    """A block, or a part of one, whose titles and labels are short; what it says is as it was."""
    if isinstance(value, tuple):
        return tuple(map(short_names, value))  # type: ignore[return-value]  # a tuple of the same kind
    if not is_dataclass(value) or isinstance(value, type):
        return value
    new: dict[str, object] = {}
    for field in fields(value):
        old = getattr(value, field.name)
        if isinstance(old, str):
            new[field.name] = shortened(old, NAME_MAX) if field.name in _NAMES else old
        elif field.name in _LISTS:
            new[field.name] = tuple(shortened(text, NAME_MAX) for text in old)
        else:
            new[field.name] = short_names(old)
    return replace(value, **{name: now for name, now in new.items() if now is not getattr(value, name)})


def torn(block: Block) -> list[Block]:  # noqa: PLR0911, PLR0912 one branch a block
    """The block as two or more, each with less in it.

    Raises:
        ValueError: there is nothing in it that can be torn.
    """
    match block:
        case Heading(text):
            first, second = _halves(text)
            return [Heading(first), Prose((Words(second),))]
        case Copyable(text):
            return [Copyable(half) for half in _halves(text, mark="")]
        case Notice(spans) | Prose(spans) | SmallPrint(spans):
            return [replace(block, spans=half) for half in _torn_spans(spans)]
        case Lead(line=line):
            return [replace(block, line=half) for half in _torn_line(line)]
        case Section(lines=(line,)):
            return [replace(block, lines=(half,)) for half in _torn_line(line)]
        case Story() if len(block.headline) > HEADLINE_MAX:
            first, second = _halves(block.headline, near=HEADLINE_MAX)
            return [replace(block, headline=first, lines=(), about=()), replace(block, headline=second)]
        case Story() if block.about:
            return [replace(block, about=()), SmallPrint(block.about)]
        case Story(lines=(line,)):
            return [replace(block, lines=(half,)) for half in _torn_line(line)]
        case Fields(fields=(field,)):
            return [Fields((replace(field, spans=half),)) for half in _torn_spans(field.spans)]
        case Timeline(steps=(step,)) if len(step.when) > NAME_MAX:
            return [Prose((Words(step.when),)), replace(block, steps=(replace(step, when=shortened(step.when, NAME_MAX)),))]
        case Timeline(steps=(step,)):
            return [Timeline((replace(step, line=half),)) for half in _torn_line(step.line)]
        case Choices(choices=(choice,)):
            first_line, second_line = _torn_line(choice.detail)
            return [replace(block, choices=(replace(choice, detail=first_line),)), Section(choice.label, (second_line,))]
        case Evidence(note=note) if len(note) > NAME_MAX:
            return [replace(block, note=""), Prose((Words(note),))]
        case Evidence(sentences=(sentence,)):
            first, second = _halves(sentence.text)
            return [
                replace(block, sentences=(replace(sentence, text=first),), note=""),
                replace(block, sentences=(replace(sentence, text=second),)),
            ]
        case Comparison(rows=(row,)):
            return [replace(block, rows=(half,)) for half in _torn_row(row)]
        case CheckedLine():
            return _torn_check(block)
        case _:
            raise ValueError(f"Nothing in this {block.kind} can be broken.")


def _torn_check(block: CheckedLine) -> list[Block]:
    """A line and its evidence one after the other instead of side by side; then the line itself in two."""
    after: list[Block] = [Buttons(block.buttons)] if block.buttons else []
    if block.kept:
        after.insert(0, SmallPrint((Words(f"Kept: {' · '.join(block.kept)}"),)))
    if block.evidence.sentences or len(block.evidence.note) > NAME_MAX:
        return [replace(block, evidence=Evidence(()), kept=(), buttons=()), block.evidence, *after]
    if after:
        return [replace(block, kept=(), buttons=()), *after]
    first, second = _torn_line(block.line)
    return [replace(block, line=first), replace(block, line=second)]


def _torn_row(row: ComparedRow) -> Sequence[ComparedRow]:
    if row.left and row.right:
        return [replace(row, right=()), replace(row, left=())]
    if row.left:
        return [replace(row, left=half) for half in _torn_side(row.left)]
    return [replace(row, right=half) for half in _torn_side(row.right)]


def _torn_side(lines: tuple[Line, ...]) -> Sequence[tuple[Line, ...]]:
    if len(lines) > 1:
        return [lines[: len(lines) // 2], lines[len(lines) // 2 :]]
    if not lines:
        raise ValueError("Nothing in this comparison can be broken.")
    return [(half,) for half in _torn_line(lines[0])]


def _torn_line(line: Line) -> tuple[Line, Line]:
    """The line in two; its citations stand behind the second."""
    first, second = _torn_spans(line.spans)
    return Line(first), Line(second, line.cites)


def _torn_spans(spans: Rich) -> tuple[Rich, Rich]:
    """The spans in two of about one length, the longest span torn where that is needed."""
    sizes = [0 if isinstance(span, Channel | Moment | Person) else len(span.text) for span in spans]
    half, passed = sum(sizes) // 2, 0
    for place, (span, size) in enumerate(zip(spans, sizes, strict=True)):
        if passed + size > half and not isinstance(span, Channel | Moment | Person) and size >= LEAST:
            first, second = _halves(span.text, near=half - passed)
            return (*spans[:place], replace(span, text=first)), (replace(span, text=second), *spans[place + 1 :])
        passed += size
    if len(spans) < 2:
        raise ValueError("Nothing in this line can be broken.")
    return spans[: len(spans) // 2], spans[len(spans) // 2 :]


def _halves(text: str, near: int | None = None, mark: str = MORE) -> tuple[str, str]:
    """The text in two, between words where there are any near that place, never within a character that others make up."""
    if len(text) < LEAST:
        raise ValueError("Nothing in this text can be broken.")
    near = min(max(near if near is not None else len(text) // 2, 1), len(text) - 1)
    blank = text.rfind(" ", 0, near)
    cut = within = blank if blank > near // 2 else near
    while within > 1 and (unicodedata.combining(text[within]) or text[within] in "\u200d\ufe0f" or text[within - 1] == "\u200d"):
        within -= 1
    if within > len(MORE):  # else it is all one character, which only makes sense to break anywhere
        cut = within
    return text[:cut].rstrip() + mark, mark + text[cut:].lstrip()
