"""A brief as readers see it, and the list of today's."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from briefs.article import Article, CitedLine, Wording
from briefs.brief import Brief, KeyPoint, Section, Size
from briefs.message import (
    Block,
    Buttons,
    Choice,
    Choices,
    Heading,
    Label,
    Lead,
    Line,
    Message,
    Notice,
    Outcome,
    Prose,
    Rich,
    SmallPrint,
    Span,
    Story,
    Words,
    words,
)
from briefs.message import Section as SectionBlock
from briefs.pages.corrections import corrections_section
from briefs.pages.presses import press
from briefs.pages.wording import SEPARATOR, both_forms, line, made, plural, published, source_words, sources

_QUESTION_WORDS: Final = {"Whether", "What", "Who", "How", "When", "Where", "Why"}
ODDITIES: Final = "Odd in the source, shown as written"
CORRECTIONS_MAX: Final = 3  # under a headline; all of them stand in the full brief
STORY_LINES_MAX: Final = 3  # of a story at size short: the point, one more, and what is not known
OLD: Final = 2  # days from which the age of news is told
ARCHIVE: Final = 7  # days from which it is no news any more


def brief_page(brief: Brief, article: Article, size: Size, *, cards: int) -> Message:
    """A brief: headline first, then the bottom line, section by section, with what it rests on in small print.

    Args:
        size: what it leaves out waits behind **Full brief**.
        cards: how many of those it names have a card that readers can open.
    """
    points = brief.shown(size)
    new = (brief.difference,) if brief.difference else ()
    shown: tuple[CitedLine, ...] = (brief.headline, *new, brief.bottom_line, *(point.line for point in points))
    corrections = brief.mended if size is Size.FULL else brief.mended[-CORRECTIONS_MAX:]
    blocks: list[Block] = [Heading(both_forms(brief.headline))]
    if corrections:
        blocks.append(corrections_section(brief, corrections))
    if brief.difference is not None:
        blocks.append(Lead(f"Update on “{brief.updates}”", line(brief.difference)))
    blocks.append(Lead("Bottom line", line(brief.bottom_line)))
    if brief.published is None:
        blocks.append(Notice((Label("Undated article:"), Words(" whatever it says is happening is as of the article, not as of today."))))
    for section in Section:
        if lines := tuple(line(point.line) for point in points if point.section is section):
            blocks.append(SectionBlock(section.value, lines))
    if size is Size.FULL and brief.oddities:
        shown += brief.oddities
        blocks.append(SectionBlock(ODDITIES, tuple(map(line, brief.oddities))))
    blocks.append(SmallPrint(_small_print(brief, article, shown)))
    row = [press("Check every line", "source", brief.slug)]
    if cards:
        row.append(press(f"Who ({cards})", "entity", **{"in": brief.slug}))
    if brief.timeline:
        row.append(press("Timeline", "timeline", brief.slug))
    if len(shown) < len(brief.lines) or len(corrections) < len(brief.mended):
        row.append(press("Full brief", "brief", brief.slug, size="full"))
    if brief.updates:
        row.append(press("What it continues", "brief", brief.updates))
    return Message(
        _summary(brief, len(shown)),
        (*blocks, Buttons(tuple(row))),
        menus=_menus(brief, shown),
        line=press("", "brief", brief.slug, size=size.value).command,
    )


def _menus(brief: Brief, shown: Sequence[CitedLine]) -> tuple[Choices, ...]:
    """A short cut to the sentences of each line shown, named by its citations: a menu cuts words, and with them who said it."""
    places = {id(cited): place for place, cited in enumerate(brief.lines, start=1)}
    lines = tuple(
        Choice(
            f"Line {place}", f"[{', '.join(str(c.sentence) for c in cited.citations)}]", press("", "source", brief.slug, line=place).command
        )
        for cited in shown
        if (place := places.get(id(cited)))
    )
    return (Choices("The sentences behind a line …", lines),)


def briefs_page(briefs: Sequence[Brief]) -> Message:
    """Today's list: a story each, newest first."""
    blocks: list[Block] = [Heading("Newest briefs")]
    blocks += [story(number, brief) for number, brief in enumerate(briefs, start=1)]
    headlines = "; ".join(both_forms(brief.headline) for brief in briefs)
    blocks.append(SmallPrint(words("curated · [n] = sentence n of the story's article")))
    blocks.append(Buttons((press("Check every line", "source", ",".join(brief.slug for brief in briefs)),)))
    return Message(f"{plural(len(briefs), 'brief')}: {headlines}", tuple(blocks))


def brief_choice_page(asked: str, briefs: Sequence[Brief]) -> Message:
    """Several briefs fit what was asked: a choice."""
    title = f"Several briefs fit “{asked}”. Which one?"
    choices = tuple(Choice(b.headline.text, source_words(b), press("", "brief", b.slug).command) for b in briefs)
    return Message(title, (Choices(title, choices),), outcome=Outcome.CHOICE)


def no_briefs_page() -> Message:
    """Nothing is approved yet."""
    text = "No brief has been approved yet. Once a curator approves one, it appears here."
    return Message(text, (Prose(words(text)),))


def story(number: int, brief: Brief, size: Size = Size.SHORT, *, today: date | None = None, lines_max: int = STORY_LINES_MAX) -> Story:
    """A brief as one story among others: the point, what is not known, where it comes from and how old it is.

    Args:
        today: the local date it is read on; None: how old it is is not told.
        lines_max: how many lines at size short.
    """
    points = brief.shown(size)
    if size is Size.SHORT:
        points = _foremost(points, lines_max - 1)
    lines = [line(brief.bottom_line)]
    if brief.difference is not None:
        new = line(brief.difference)
        lines.insert(0, Line((Label("Update:"), Words(" "), *new.spans), new.cites))
    for point in points:
        told = line(point.line)
        if point.section is Section.NOT_KNOWN:
            told = Line((Label("Not known:"), Words(" "), *_within_a_line(told.spans)), told.cites)
        lines.append(told)
    return Story(number, both_forms(brief.headline), tuple(lines), _about(brief, today), press("Open", "brief", brief.slug))


def _foremost(points: Sequence[KeyPoint], most: int) -> tuple[KeyPoint, ...]:
    """At most so many points, in their order; what is not known is the last to be left out."""
    unknown = [point for point in points if point.section is Section.NOT_KNOWN][: max(most, 0)][:1]
    others = [point for point in points if point.section is not Section.NOT_KNOWN][: max(most - len(unknown), 0)]
    return tuple(point for point in points if any(point is kept for kept in (*others, *unknown)))


def _about(brief: Brief, today: date | None) -> Rich:
    """Outlet, date and age, how many sources; that it is undated or no news of today stands out."""
    outlet = brief.outlet or "outlet not given"
    head = f"SAMPLE{SEPARATOR}{outlet}" if brief.sample else outlet
    tail = f"{SEPARATOR}{sources(brief)}"
    if brief.published is None:
        return (Words(head + SEPARATOR), Label("undated"), Words(tail))
    dated = f"{head}{SEPARATOR}{published(brief.published)}"
    on = brief.published.date() if isinstance(brief.published, datetime) else brief.published
    age = (today - on).days if today is not None else 0
    if age >= ARCHIVE:
        return (Words(dated + SEPARATOR), Label("archive: not today's news"), Words(tail))
    return words(f"{dated}{SEPARATOR}{age} days old{tail}" if age >= OLD else f"{dated}{tail}")


def _within_a_line(spans: Rich) -> Rich:
    """The line as it reads after a label: a question word loses its capital."""
    match spans:
        case (Words(text=text), *rest) if text.partition(" ")[0] in _QUESTION_WORDS:
            return (Words(text[0].lower() + text[1:]), *rest)
        case _:
            return spans


def _small_print(brief: Brief, article: Article, shown: Sequence[CitedLine]) -> tuple[Span, ...]:
    parts: list[str] = []
    if brief.sample:
        parts.append("SAMPLE")
    if article.wording is Wording.RETELLING:
        parts.append("sentences in our own retelling")
    parts += [sources(brief), source_words(brief), f"[n] = sentence n of {len(article.sentences)}"]
    return (Words(SEPARATOR.join(parts) + SEPARATOR), *made(shown, brief))


def _summary(brief: Brief, lines: int) -> str:
    dated = "undated" if brief.published is None else source_words(brief)
    sample = "SAMPLE: " if brief.sample else ""
    return f"{sample}{both_forms(brief.bottom_line)} {plural(lines, 'line')}, {sources(brief)}, {dated}."
