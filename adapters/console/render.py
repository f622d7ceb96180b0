"""From a message to the lines of a terminal: a match over the blocks that ends in `assert_never`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final, assert_never
from zoneinfo import ZoneInfo

from rich.text import Text

from adapters.console.layout import NBSP, beside, cells, fold, hanging, in_rows, indented
from adapters.console.spans import CITED, TO_TYPE, told, with_citations
from briefs.message import (
    Block,
    Button,
    Buttons,
    CheckedLine,
    Choice,
    Choices,
    ComparedRow,
    Comparison,
    Copyable,
    DatedLine,
    Evidence,
    Fields,
    Heading,
    Lead,
    Line,
    Manual,
    Message,
    Notice,
    Prose,
    Section,
    SmallPrint,
    SourceSentence,
    Story,
    Timeline,
    Usage,
)
from briefs.pages.presses import typed

WIDTH_MIN: Final = 20  # cells; below it nothing can be read, and the terminal folds what does not fit
MEASURE: Final = 100  # cells; longer lines are hard to read, however wide the terminal
CHECKED_BESIDE: Final = 100  # cells from which a line and its source stand side by side
COMPARED_BESIDE: Final = 80  # cells from which two things compared do
ROOMY: Final = 60  # cells from which labels stand in a column of their own
NARROW: Final = 44  # cells below which a hanging indent takes too much of the line
LABELS_MAX: Final = 20  # cells of such a column
KEY: Final = "bold cyan"  # the number to type; written "3)", so that it is never taken for a citation, "[3]"
QUIET: Final = "dim"
BETWEEN: Final = Text(" │ ", QUIET)


def render(message: Message, *, width: int, first: int | None = 1, zone: ZoneInfo | None = None) -> list[Text]:
    """The message as lines of at most `width` cells, and of at most `MEASURE`; a text to copy keeps its one line.

    Args:
        first: the number of its first button; the others follow in the order of `briefs.message.buttons`. None: nothing
            can be pressed here, and each button shows its command line instead.
        zone: the reader's own, for moments; None: each moment's.
    """
    view = _View(max(WIDTH_MIN, min(width, MEASURE)), zone, None if first is None else count(first))
    lines: list[Text] = []
    before: Block | None = None
    for block in message.blocks:
        if before is not None and not _close(before, block):
            lines.append(Text())
        lines += _block(block, view)
        before = block
    return lines


@dataclass(frozen=True, slots=True)
class _View:
    """How wide the lines are, the reader's zone, and the numbers of the buttons still to come."""

    width: int
    zone: ZoneInfo | None
    numbers: Iterator[int] | None

    def key(self) -> Text:
        """What to type for the next button, or nothing where nothing can be pressed."""
        return Text() if self.numbers is None else Text(f"{next(self.numbers)}) ".replace(" ", NBSP), KEY)


def _close(before: Block, after: Block) -> bool:
    """Whether no empty line stands between the two."""
    return isinstance(before, Prose) and isinstance(after, Prose)


def _block(block: Block, view: _View) -> list[Text]:  # noqa: PLR0911, PLR0912 one branch a block is a renderer's shape
    width = view.width
    match block:
        case Heading(text):
            return fold(Text(text, "bold"), width)
        case Lead(label, line):
            return fold(Text.assemble((f"{label}: ", "bold"), with_citations(line, view.zone)), width)
        case Section(title, lines):
            return [*fold(Text(title, "bold"), width), *_bullets(lines, view, width)]
        case Notice(spans):
            return hanging(Text("⚠ ", "yellow"), told(spans, view.zone), width)
        case Prose(spans):
            return fold(told(spans, view.zone), width)
        case Fields(fields):
            return _labelled([(field.label, told(field.spans, view.zone)) for field in fields], width)
        case Evidence():
            return _evidence(block, width)
        case CheckedLine():
            return _checked_line(block, view)
        case Comparison():
            return _comparison(block, view)
        case Timeline(steps):
            return _timeline(steps, view)
        case Choices(title, choices):
            return _choices(title, choices, view)
        case Story():
            return _story(block, view)
        case Manual(commands):
            return [line for place, usage in enumerate(commands) for line in _usage(usage, width, first=place == 0)]
        case Copyable(text):
            return [Text(text)]  # never folded: what is copied must have no line ends that were not there
        case SmallPrint(spans):
            return fold(_quiet(told(spans, view.zone)), width)
        case Buttons(buttons):
            return _buttons(buttons, view)
        case _:
            assert_never(block)


def _quiet(text: Text) -> Text:
    text.stylize_before(QUIET)
    return text


def _bullets(lines: Sequence[Line], view: _View, width: int) -> list[Text]:
    return [folded for line in lines for folded in hanging("• ", with_citations(line, view.zone), width)]


def _labelled(rows: Sequence[tuple[str, Text]], width: int) -> list[Text]:
    """Labels and what they name: in two columns where there is room."""
    column = max((cells(label) for label, _ in rows), default=0) + 2
    lines: list[Text] = []
    for label, body in rows:
        if width >= ROOMY and column <= LABELS_MAX:
            lines += hanging(Text(label + " " * (column - cells(label)), QUIET), body, width)
        else:
            lines += fold(Text.assemble((f"{label}: ", QUIET), body), width, hang=2)
    return lines


def _evidence(evidence: Evidence, width: int) -> list[Text]:
    numbers = max((len(str(s.number)) for s in evidence.sentences), default=0)
    paragraphs = max((len(str(s.paragraph)) for s in evidence.sentences), default=0)
    lines = [line for s in evidence.sentences for line in _source_sentence(s, numbers, paragraphs, width)]
    return [*lines, *(fold(Text(evidence.note, "italic"), width) if evidence.note else [])]


def _source_sentence(sentence: SourceSentence, numbers: int, paragraphs: int, width: int) -> list[Text]:
    """The sentence behind its number and paragraph; one that was asked for is pointed at, its neighbours are dim."""
    look = "" if sentence.cited else QUIET
    mark = Text.assemble(
        ("▸ " if sentence.cited else "  ", KEY),
        (f"{sentence.number:>{numbers}} ", "bold" if sentence.cited else QUIET),
        (f"¶{sentence.paragraph:<{paragraphs}}  ", QUIET),
    )
    if width < NARROW:
        return fold(Text.assemble(mark, (sentence.text, look)), width, hang=2)
    return hanging(mark, Text(sentence.text, look), width)


def _checked_line(checked: CheckedLine, view: _View) -> list[Text]:
    ours = with_citations(checked.line, view.zone)
    theirs = "Our retelling" if any(s.retelling for s in checked.evidence.sentences) else "Source says"
    place = f"Line {checked.position} of {checked.total}"
    lines = fold(Text.assemble((place, "bold"), f" · {checked.verdict}"), view.width)
    if view.width >= CHECKED_BESIDE:
        half = (view.width - 3) // 2
        left = [Text("We say", QUIET), *fold(ours, half)]
        right = [Text(theirs, QUIET), *_evidence(checked.evidence, view.width - half - 3)]
        lines += beside(left, right, half, between=BETWEEN)
    elif view.width >= ROOMY:
        column = cells(theirs) + 2
        evidence = _evidence(checked.evidence, view.width - column)
        lines += hanging(Text("We say".ljust(column), QUIET), ours, view.width)
        lines += beside([Text(theirs, QUIET)], evidence, column, between="")
    else:
        lines += [Text("We say", QUIET), *indented(fold(ours, view.width - 2), 2)]
        lines += [Text(theirs, QUIET), *indented(_evidence(checked.evidence, view.width - 2), 2)]
    if checked.kept:
        lines += fold(Text.assemble(("Kept: ", QUIET), " · ".join(checked.kept)), view.width, hang=2)
    return [*lines, *_buttons(checked.buttons, view)]


def _comparison(comparison: Comparison, view: _View) -> list[Text]:
    if view.width < COMPARED_BESIDE:
        stacked = [_compared_stacked(comparison, row, view) for row in comparison.rows]
        return [line for place, row in enumerate(stacked) for line in ([Text()] if place else []) + row]
    half = (view.width - 3) // 2
    other = view.width - half - 3
    names = fold(Text(comparison.left, "bold"), half), fold(Text(comparison.right, "bold"), other)
    lines = beside(*names, half, between=BETWEEN)
    for row in comparison.rows:
        label = [Text(), *fold(Text(row.label, QUIET), half)]
        right = [*(Text() for _ in label), *_side(row.right, view, other)]
        lines += beside([*label, *_side(row.left, view, half)], right, half, between=BETWEEN)
    return lines


def _compared_stacked(comparison: Comparison, row: ComparedRow, view: _View) -> list[Text]:
    lines = fold(Text(row.label, "bold"), view.width)
    for name, side in ((comparison.left, row.left), (comparison.right, row.right)):
        lines += [*fold(Text(name, QUIET), view.width), *indented(_side(side, view, view.width - 2), 2)]
    return lines


def _side(lines: Sequence[Line], view: _View, width: int) -> list[Text]:
    """One side of a comparison; an empty one says that there is nothing."""
    if len(lines) > 1:
        return _bullets(lines, view, width)
    return fold(with_citations(lines[0], view.zone) if lines else Text("—", QUIET), width)


def _timeline(steps: Sequence[DatedLine], view: _View) -> list[Text]:
    """When beside what; above it where one of the whens is long or the terminal narrow."""
    whens = [_when(step) for step in steps]
    column = max((cells(when.plain) for when in whens), default=0)
    lines: list[Text] = []
    for step, when in zip(steps, whens, strict=True):
        body = with_citations(step.line, view.zone)
        if view.width >= ROOMY and column <= LABELS_MAX:
            lines += beside([when], fold(body, view.width - column - 2), column, between="  ")
        else:
            lines += [*fold(when, view.width), *indented(fold(body, view.width - 2), 2)]
    return lines


def _when(step: DatedLine) -> Text:
    """The source's words for when, and whether they are no date."""
    if step.dated:
        return Text(step.when, "bold")
    return Text.assemble((f"{step.when} · " if step.when else "", "bold"), ("undated", QUIET))


def _choices(title: str, choices: Sequence[Choice], view: _View) -> list[Text]:
    lines = fold(Text(title, "bold"), view.width)
    for choice in choices:
        key = view.key()
        name = Text.assemble((choice.label, "bold"), f" · {choice.tail}" if choice.tail else "")
        if view.numbers is None:
            lines += in_rows([name, Text(choice.command, TO_TYPE)], view.width, gap=2)
        else:
            lines += hanging(key, name, view.width)
        if choice.detail.spans or choice.detail.cites:
            taken = cells(key.plain) or 2
            lines += indented(fold(_quiet(with_citations(choice.detail, view.zone)), view.width - taken), taken)
    return lines


def _story(story: Story, view: _View) -> list[Text]:
    """One brief of an edition. Its own number stands only where no number can be typed, or it would be mistaken for one."""
    if view.numbers is None:
        opens = Text.assemble(f"  {story.open.label}: ", (typed(story.open), TO_TYPE))
        head = hanging(f"{story.number}. ", Text.assemble((story.headline, "bold"), opens), view.width)
    else:
        opens = Text.assemble("  ", view.key(), story.open.label.replace(" ", NBSP))
        head = fold(Text.assemble((story.headline, "bold"), opens), view.width)
    lines = [line for told_line in story.lines for line in fold(with_citations(told_line, view.zone), view.width)]
    return [*head, *lines, *(fold(_quiet(told(story.about, view.zone)), view.width) if story.about else [])]


def _usage(usage: Usage, width: int, *, first: bool) -> list[Text]:
    lines = [] if first else [Text()]
    lines += fold(Text(usage.form, f"bold {TO_TYPE}"), width, hang=4)
    does = Text.assemble(usage.does, (f" · {usage.who}", CITED) if usage.who else "")
    lines += indented(fold(does, width - 2), 2)
    for example in usage.examples:
        lines += indented(hanging(Text("try ", QUIET), Text(example, TO_TYPE), width - 2), 2)
    return lines


def _buttons(buttons: Sequence[Button], view: _View) -> list[Text]:
    if view.numbers is None:
        return _labelled([(button.label, Text(typed(button), TO_TYPE)) for button in buttons], view.width)
    pieces = [Text.assemble(view.key(), button.label.replace(" ", NBSP)) for button in buttons]
    return in_rows(pieces, view.width, gap=3)
