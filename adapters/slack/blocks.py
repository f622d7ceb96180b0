"""From a block of a message to blocks of Slack's: a match that ends in `assert_never`."""

from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias, assert_never

from adapters.slack.limits import ACTIONS_ELEMENTS_MAX, HEADER_BUDGET
from adapters.slack.presses import Controls
from adapters.slack.text import Payload, bold_text, cited, isolated, joined, plain_text, rich, small, words
from briefs.message import (
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
    Fields,
    Heading,
    Lead,
    Manual,
    Notice,
    Prose,
    Rich,
    Section,
    SmallPrint,
    SourceSentence,
    Story,
    Timeline,
    Usage,
    Words,
)

WARNING: Final = Words("⚠ ")
NOTHING: Final = "—"  # an empty side of a comparison
SEPARATOR: Final = " · "
_END: Final = words("\n")

Elements: TypeAlias = list[Payload]  # of rich_text


def blocks_of(block: Block, controls: Controls) -> list[Payload]:  # noqa: PLR0911, PLR0912 one branch a block is a renderer's shape
    """The block as Slack's, without ids; empty where there is nothing to show."""
    match block:
        case Heading(text):
            return _heading(text)
        case Lead(label, line):
            return _rich_text(_section([_labelled(label, cited(line))]))
        case Section(title, lines):
            return _rich_text(_section([words(title, "bold")]), _list(map(cited, lines)))
        case Notice(spans):
            return small_print((WARNING, *spans))
        case Prose(spans):
            return _rich_text(_section([rich(spans)]))
        case Fields(fields):
            return _rich_text(_section([_labelled(field.label, rich(field.spans)) for field in fields]))
        case Evidence():
            return _rich_text(*_evidence(block))
        case CheckedLine():
            return _checked_line(block, controls)
        case Comparison(left, right, rows):
            head = [*words(left, "bold"), *words(" and "), *words(right, "bold")]
            return _rich_text(_section([head]), *(part for row in rows for part in _compared(row, left, right)))
        case Timeline(steps):
            return _rich_text(_list(map(_step, steps)))
        case Choices(title, choices):
            listed = _rich_text(_section([words(title, "bold")]), _list(map(_choice, choices)))
            return listed + actions([controls.menu(block)] if choices else [])
        case Story():
            return _story(block, controls)
        case Manual(commands):
            return _rich_text(_section([line for place, usage in enumerate(commands) for line in _usage(usage, first=place == 0)]))
        case Copyable(text):
            # Not `words`: what is copied must have no character that was not there.
            copied = [{"type": "text", "text": text}] if text.strip() else []
            return _rich_text([{"type": "rich_text_preformatted", "elements": copied}] if copied else [])
        case SmallPrint(spans):
            return small_print(spans)
        case Buttons(buttons):
            return actions([controls.button(button) for button in buttons])
        case _:
            assert_never(block)


def actions(controls: Sequence[Payload]) -> list[Payload]:
    """Buttons and menus in as few blocks as hold them."""
    starts = range(0, len(controls), ACTIONS_ELEMENTS_MAX)
    return [{"type": "actions", "elements": list(controls[start : start + ACTIONS_ELEMENTS_MAX])} for start in starts]


def small_print(spans: Rich) -> list[Payload]:
    """The spans as small print, or as a line of common size where small print cannot hold so many dates."""
    elements = small(spans)
    if elements is None:
        return _rich_text(_section([rich(spans)]))
    return [{"type": "context", "elements": elements}] if elements else []


def _heading(text: str) -> list[Payload]:
    if not text.strip():
        return []
    head: Payload = {"type": "header", "text": plain_text(text, HEADER_BUDGET)}
    whole = head["text"]["text"] == isolated(text)
    return [head] if whole else [head, *_rich_text(_section([words(text, "bold")]))]


def _labelled(label: str, told: Elements) -> Elements:
    return [*words(f"{label}:", "bold"), *words(" "), *told] if label else told


def _evidence(evidence: Evidence) -> list[Elements]:
    note = _section([words(evidence.note, "italic")])
    return [_grouped("rich_text_quote", map(_source_sentence, evidence.sentences)), note]


def _source_sentence(sentence: SourceSentence) -> Elements:
    """The sentence behind its number and paragraph; one that was asked for is pointed at."""
    number = words(f"▸ {sentence.number}", "bold") if sentence.cited else words(str(sentence.number))
    return [*number, *words(f" ¶{sentence.paragraph}  {sentence.text}")]


def _checked_line(checked: CheckedLine, controls: Controls) -> list[Payload]:
    place = words(f"Line {checked.position} of {checked.total}", "bold")
    verdict = words(f"{SEPARATOR}{checked.verdict}" if checked.verdict else "")
    head = [[*place, *verdict], _labelled("We say", cited(checked.line))]
    if checked.evidence.sentences:
        theirs = "Our retelling" if any(s.retelling for s in checked.evidence.sentences) else "Source says"
        head.append(words(f"{theirs}:", "bold"))
    quote, note = _evidence(checked.evidence)
    kept = _section([[*words("Kept:", "bold"), *words(f" {SEPARATOR.join(checked.kept)}")]] if checked.kept else [])
    return _rich_text(_section(head), quote, note, kept) + actions([controls.button(button) for button in checked.buttons])


def _compared(row: ComparedRow, left: str, right: str) -> list[Elements]:
    """An aspect, and below it a line for each side; several lines of one side stand below its name."""
    parts = [_section([words(row.label, "bold")])]
    for name, side in ((left, row.left), (right, row.right)):
        if len(side) > 1:
            parts += [_list([words(f"{name}:")]), _list(map(cited, side), indent=1)]
        else:
            parts.append(_list([[*words(f"{name}: "), *(cited(side[0]) if side else words(NOTHING))]]))
    return parts


def _step(step: DatedLine) -> Elements:
    """The source's words for when, whether they are no date, and what happened."""
    undated = "" if step.dated else f"{SEPARATOR}undated" if step.when else "undated"
    return [*words(step.when, "bold"), *words(f"{undated}: "), *cited(step.line)]


def _choice(choice: Choice) -> Elements:
    detail = cited(choice.detail)
    tail = f"{SEPARATOR}{choice.tail}" if choice.tail else ""
    return [*words(choice.label, "bold"), *words(f"{tail} – " if detail else tail), *detail]


def _story(story: Story, controls: Controls) -> list[Payload]:
    head: Payload = {"type": "section", "text": bold_text(f"{story.number}  {story.headline}")}
    head["accessory"] = controls.button(story.open)
    return [head, *_rich_text(_section(list(map(cited, story.lines)))), *small_print(story.about)]


def _usage(usage: Usage, *, first: bool) -> list[Elements]:
    does = f"{usage.does}{SEPARATOR}{usage.who}" if usage.who else usage.does
    form = words(usage.form, "code")
    lines = [form if first else [*_END, *form], words(does)]
    return [*lines, *([*words("try "), *words(example, "code")] for example in usage.examples)]


def _rich_text(*parts: Elements) -> list[Payload]:
    elements = [element for part in parts for element in part]
    return [{"type": "rich_text", "elements": elements}] if elements else []


def _section(lines: Iterable[Elements]) -> Elements:
    """The lines as one section, since sections of their own are drawn close together by some clients and apart by others."""
    return _grouped("rich_text_section", lines)


def _grouped(kind: str, lines: Iterable[Elements]) -> Elements:
    elements: Elements = []
    for line in filter(_says, lines):
        elements += [*(_END if elements else []), *line]
    return [{"type": kind, "elements": joined(elements)}] if elements else []


def _list(items: Iterable[Elements], *, indent: int = 0) -> Elements:
    sections = [{"type": "rich_text_section", "elements": joined(item)} for item in items if _says(item)]
    return [{"type": "rich_text_list", "style": "bullet", "indent": indent, "elements": sections}] if sections else []


def _says(line: Elements) -> bool:
    """Whether there is anything to see in the line."""
    return any(element["type"] != "text" or element["text"].strip() for element in line)
