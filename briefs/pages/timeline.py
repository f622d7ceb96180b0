"""Steps in time, each with its sentence; an undated one says so."""

from collections.abc import Mapping, Sequence

from briefs.brief import Brief, Step
from briefs.entity import Entity
from briefs.message import Block, Buttons, DatedLine, Heading, Message, Prose, SmallPrint, Timeline, words
from briefs.pages.presses import press, turn
from briefs.pages.wording import SEPARATOR, line, plural, source_words, sources


def brief_timeline_page(brief: Brief) -> Message:
    """The timeline of a brief, oldest first, undated steps last."""
    title = f"Timeline: {brief.headline.text}"
    if not brief.timeline:
        return _nothing(f"The brief “{brief.slug}” has no timeline.", brief.slug)
    blocks: list[Block] = [Heading(title), Timeline(_steps(brief.timeline, None))]
    parts = [*(["SAMPLE"] if brief.sample else []), sources(brief), source_words(brief), "dates as the article gives them"]
    blocks.append(SmallPrint(words(SEPARATOR.join(parts))))
    row = (press("Check every line", "source", brief.slug, part="timeline"), turn("Back to the brief", "brief", brief.slug))
    return Message(
        f"{title}. {plural(len(brief.timeline), 'step')}.", (*blocks, Buttons(row)), line=press("", "timeline", brief.slug).command
    )


def entity_timeline_page(entity: Entity, found: Sequence[tuple[Brief, Step]], handles: Mapping[str, str]) -> Message:
    """The steps that concern one entity, brief by brief, newest brief first."""
    if not found:
        return _nothing(f"No timeline has a step about {entity.label}.", "")
    briefs = list(dict.fromkeys(brief.slug for brief, _ in found))
    cites = handles if len(briefs) > 1 else None
    title = f"Timeline: {entity.label}"
    blocks: list[Block] = [Heading(title), Timeline(_steps([step for _, step in found], cites))]
    sample = ["SAMPLE"] if any(brief.sample for brief, _ in found) else []
    blocks.append(SmallPrint(words(SEPARATOR.join([*sample, f"from {', '.join(briefs)}", "dates as the articles give them"]))))
    row = [press(f"Card: {entity.label}", "entity", entity.label), *(press(f"Timeline: {slug}", "timeline", slug) for slug in briefs[:3])]
    return Message(f"{title}. {plural(len(found), 'step')}.", (*blocks, Buttons(tuple(row))))


def _steps(steps: Sequence[Step], handles: Mapping[str, str] | None) -> tuple[DatedLine, ...]:
    return tuple(DatedLine(step.when, step.dated, line(step.line, handles, told=step.when)) for step in steps)


def _nothing(text: str, slug: str) -> Message:
    row = (turn("Back to the brief", "brief", slug),) if slug else (press("Briefs", "brief"),)
    return Message(text, (Prose(words(text)), Buttons(row)))
