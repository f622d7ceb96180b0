"""From a message to a layout of Discord's: a match over the blocks that ends in `assert_never`."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, assert_never

from discord import ui

from adapters.discord.layout import NOTHING, Opener, Part, Text, container, menus, rows, with_place_for_mark, within_budget
from adapters.discord.markdown import bold, code, code_block, escape, heading, italic, labelled, told, with_citations
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

_NO_SHORTS: Final[Mapping[str, str]] = MappingProxyType({})


class DoesNotFit(ValueError):
    """A message that takes more than one of Discord's."""


def render(message: Message, *, shorts: Mapping[str, str] = _NO_SHORTS, mark: str = "", edited: bool = False) -> ui.LayoutView:
    """The message as one message of Discord's, to be made where a loop runs.

    The view is over before it is sent: discord.py keeps no finished view, and what is pressed is told by its id alone.

    Args:
        shorts: short ids (port `Asks`) of the lines that `presses.too_long` names.
        mark: 22 characters A–Z a–z 0–9 - _ for the id of the first button, where the channel's history shows them; a
            message in which nothing can be pressed gets a Help button for it.
        edited: it takes the place of a post, which was within our budget, and may take what Discord itself leaves.

    Raises:
        DoesNotFit: the message does not fit in one.
        ValueError: a line has no short id.
    """
    parts = _parts(message, marked=bool(mark))
    if not within_budget(parts, whole=edited):
        raise DoesNotFit("The message does not fit in one of Discord's; split it first.")
    view = ui.LayoutView(timeout=None)
    view.add_item(container(parts, shorts, mark))
    view.stop()
    return view


def fits(message: Message, *, marked: bool = False) -> bool:
    """Whether `render` can show the message as one, within our own budget (`limits`).

    Args:
        marked: it will carry a mark.
    """
    return within_budget(_parts(message, marked=marked))


def _parts(message: Message, *, marked: bool) -> list[Part]:
    parts = [part for block in message.blocks for part in _block(block)]
    parts += [part for menu in message.menus for part in menus(menu.title, menu.choices)]
    if not parts:
        parts = [Text(escape(message.summary.strip()) or NOTHING)]
    return with_place_for_mark(parts) if marked else parts


def _block(block: Block) -> list[Part]:  # noqa: PLR0911, PLR0912 one branch a block is a renderer's shape
    match block:
        case Heading(text):
            return _text([heading(text, 2)])
        case Lead(label, line):
            return _text([labelled(label, with_citations(line))])
        case Section(title, lines):
            return _text([heading(title, 3), *_bullets(lines)])
        case Notice(spans):
            return _text([_prefixed("⚠ ", told(spans))])
        case Prose(spans):
            return _text([told(spans)])
        case Fields(fields):
            return _text(labelled(field.label, told(field.spans)) for field in fields)
        case Evidence():
            return _text(_evidence(block))
        case CheckedLine():
            return [*_text(_checked_line(block)), *rows(block.buttons)]
        case Comparison(left, right, compared):
            return _text(line for row in compared for line in _compared(left, right, row))
        case Timeline(steps):
            return _text(map(_step, steps))
        case Choices(title, choices):
            return [*_text([heading(title, 3), *map(_choice, choices)]), *menus(title, choices)]
        case Story():
            return [Opener(_story(block), block.open)]
        case Manual(commands):
            return [part for usage in commands for part in _text(_usage(usage))]
        case Copyable(text):
            return _text([code_block(text)])
        case SmallPrint(spans):
            return _text([_prefixed("-# ", told(spans))])
        case Buttons(buttons):
            return rows(buttons)
        case _:
            assert_never(block)


def _text(lines: Iterable[str]) -> list[Part]:
    """The lines as one text, without those in which there is nothing to read: Discord refuses an empty text."""
    text = "\n".join(line for line in lines if line.strip())
    return [Text(text)] if text else []


def _prefixed(prefix: str, markdown: str) -> str:
    """A line with what says how it is to be shown; nothing where there is nothing to show."""
    return f"{prefix}{markdown.lstrip()}" if markdown.strip() else ""


def _bullets(lines: Iterable[Line]) -> list[str]:
    return [_prefixed("- ", with_citations(line)) for line in lines]


def _evidence(evidence: Evidence) -> list[str]:
    return [*map(_source_sentence, evidence.sentences), _prefixed("-# ", escape(evidence.note))]


def _source_sentence(sentence: SourceSentence) -> str:
    """The sentence as a quotation behind its number and paragraph; one that was asked for is pointed at."""
    place = f"{sentence.number}** ¶{sentence.paragraph}"
    return f"> **▸ {place} {escape(sentence.text)}" if sentence.cited else f"> **{place} {escape(sentence.text)}"


def _checked_line(checked: CheckedLine) -> list[str]:
    theirs = "Our retelling" if any(s.retelling for s in checked.evidence.sentences) else "Source says"
    verdict = f" · {escape(checked.verdict)}" if checked.verdict.strip() else ""
    return [
        f"**Line {checked.position} of {checked.total}**{verdict}",
        labelled("We say", with_citations(checked.line)),
        labelled(theirs, "") if checked.evidence.sentences else "",
        *_evidence(checked.evidence),
        labelled("Kept", escape(" · ".join(checked.kept))) if checked.kept else "",
    ]


def _compared(left: str, right: str, row: ComparedRow) -> list[str]:
    """One aspect, the two things below each other: columns would stack on a phone; an empty side says so."""
    lines = [heading(row.label, 3)]
    for name, side in ((left, row.left), (right, row.right)):
        if len(side) > 1:
            lines += [labelled(name, ""), *_bullets(side)]
        else:
            lines.append(labelled(name, (with_citations(side[0]) if side else "") or NOTHING))
    return lines


def _step(step: DatedLine) -> str:
    """The source's words for when, whether they are no date, and what happened."""
    when = ", ".join(filter(str.strip, (bold(step.when), "" if step.dated else "undated")))
    return _prefixed("- ", " — ".join(filter(str.strip, (when, with_citations(step.line)))))


def _choice(choice: Choice) -> str:
    names = filter(str.strip, (bold(choice.label), escape(choice.tail)))
    return _prefixed("- ", " — ".join(filter(str.strip, (" · ".join(names), with_citations(choice.detail)))))


def _story(story: Story) -> str:
    head = heading(f"{story.number} · {story.headline}", 3)
    return "\n".join(filter(str.strip, (head, *map(with_citations, story.lines), _prefixed("-# ", told(story.about)))))


def _usage(usage: Usage) -> list[str]:
    does = " · ".join(filter(str.strip, (escape(usage.does), italic(usage.who))))
    examples = " ".join(code(example) for example in usage.examples if example.strip())
    return [code(usage.form), does, f"try {examples}" if examples else ""]
