"""Briefs of a library: brief.toml and timeline.toml."""

import difflib
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from adapters.sources.library_lines import LINE_KEYS, line_of_article
from adapters.sources.toml_tables import Table, no_card, toml_table
from briefs.article import Approval, Article, CitedLine
from briefs.brief import BOTTOM_LINE_WORDS_MAX, STANDARD_LINES_MAX, Brief, Correction, KeyPoint, Section, Size, State, Step


def read_steps(file: str, source: str, article: Article, slugs: Collection[str]) -> tuple[Step, ...]:
    """Read timeline.toml, in its order.

    Raises:
        BrokenLibrary: with the line and what to mend.
    """
    top = toml_table(file, source)
    top.only("step")
    steps: list[Step] = []
    for table in top.tables("step"):
        table.only("when", "dated", "entities", *LINE_KEYS)
        dated = table.truth("dated")
        if dated and steps and not steps[-1].dated:
            raise table.broken("A dated step stands below one without a date: undated steps come last.", "dated")
        steps.append(Step(table.text("when"), dated, line_of_article(table, article), known_slugs(table, "entities", slugs)))
    return tuple(steps)


def read_brief(file: str, source: str, article: Article, approval: Approval, slugs: Collection[str], steps: tuple[Step, ...]) -> Brief:
    """Read brief.toml.

    Args:
        approval: the library's, for a brief that does not name its own.
        slugs: of every entity of the library.
        steps: of the brief's timeline.

    Raises:
        BrokenLibrary: with the line and what to mend.
    """
    top = toml_table(file, source)
    top.only("headline", "bottom_line", "point", "oddity", "topics", "entities", "state", "approved_by", "approved", "correction")
    headline, bottom = top.table("headline"), top.table("bottom_line")
    for table in (headline, bottom, *top.tables("oddity")):
        table.only(*LINE_KEYS)
    _refuse_long(bottom)
    state = top.one_of("state", State, State.APPROVED)
    brief = Brief(
        slug=article.handle,
        article=article.id,
        headline=line_of_article(headline, article),
        bottom_line=line_of_article(bottom, article),
        points=_points(top, article),
        timeline=steps,
        oddities=tuple(line_of_article(table, article, note=True) for table in top.tables("oddity")),
        entities=known_slugs(top, "entities", slugs),
        topics=_topics(top),
        outlet=article.outlet,
        published=article.published,
        state=state,
        approval=None if state is State.DRAFT else _approval(top, approval),
        sample=article.sample,
    )
    return replace(brief, corrections=_corrections(top, brief))


def known_slugs(table: Table, key: str, slugs: Collection[str]) -> tuple[str, ...]:
    """The slugs under the key, each of which has a card."""
    given = table.texts(key)
    for slug in given:
        if slug not in slugs:
            raise table.broken(no_card(slug, slugs), key, slug)
        if given.count(slug) > 1:
            raise table.broken(f"“{slug}” stands here twice: keep one.", key, slug)
    return given


def _refuse_long(bottom: Table) -> None:
    words = len(bottom.text("text").split())
    if words > BOTTOM_LINE_WORDS_MAX:
        over = words - BOTTOM_LINE_WORDS_MAX
        raise bottom.broken(f"The bottom line has {words} words, at most {BOTTOM_LINE_WORDS_MAX}: cut {over}.", "text")


def _points(top: Table, article: Article) -> tuple[KeyPoint, ...]:
    points: list[KeyPoint] = []
    shown = 1  # the bottom line
    for table in top.tables("point"):
        table.only("section", "size", *LINE_KEYS)
        section, size = table.one_of("section", Section), table.one_of("size", Size, Size.STANDARD)
        shown += Size.STANDARD.shows(size)
        if shown > STANDARD_LINES_MAX:
            raise table.broken(f'More than {STANDARD_LINES_MAX} lines at the standard size: add size = "full" here or above.')
        points.append(KeyPoint(section, line_of_article(table, article), size))
    order = tuple(Section)
    return tuple(sorted(points, key=lambda point: order.index(point.section)))


def _topics(top: Table) -> tuple[str, ...]:
    for topic in top.texts("topics"):
        if topic != topic.strip().lower() or not topic:
            raise top.broken(f"A topic is written in small letters: “{topic.strip().lower()}”.", "topics")
    return top.texts("topics")


def _corrections(top: Table, brief: Brief) -> tuple[Correction, ...]:
    """What changed since readers had the brief, newest last; a line that was corrected is named by its words as they stand now."""
    lines = {line.text: line for line in (*brief.lines, *(step.line for step in brief.timeline))}
    found: list[Correction] = []
    for table in top.tables("correction"):
        table.only("at", "was", "now", "why", "by")
        at = table.day("at")
        if found and _is_older(at, found[-1].at):
            raise table.broken("This correction is older than the one above it: the newest comes last.", "at")
        found.append(Correction(at, _stands_now(table, lines), _was(table, brief.state), table.text("why", ""), table.text("by", "")))
    return tuple(found)


def _stands_now(table: Table, lines: dict[str, CitedLine]) -> CitedLine | None:
    """The line as it stands now; None where it was taken out."""
    if "now" not in table.values:
        return None
    now = table.text("now")
    if now not in lines:
        near = difflib.get_close_matches(now, lines, n=1, cutoff=0.6)
        meant = f"did you mean “{near[0]}”?" if near else "write the line as it stands above, or leave “now” out if it was taken out."
        raise table.broken(f"“{now}” is no line of this brief, letter for letter: {meant}", "now")
    if now == table.text("was"):
        raise table.broken("“was” and “now” are the same words: write under “was” what readers had before.", "was")
    return lines[now]


def _was(table: Table, state: State) -> str:
    """What readers had; nothing where the whole brief was withdrawn."""
    if "was" not in table.values and "now" not in table.values:
        if state is not State.WITHDRAWN:
            raise table.broken('“was” is missing: write what readers had (or state = "withdrawn" above, if the brief was withdrawn).')
        return ""
    return table.text("was")


def _is_older(at: date | datetime, than: date | datetime) -> bool:
    """Moments are compared as such; where either is but a day, days are."""
    if isinstance(at, datetime) and isinstance(than, datetime):
        return at < than
    return _day(at) < _day(than)


def _day(at: date | datetime) -> date:
    return at.date() if isinstance(at, datetime) else at


def _approval(top: Table, library: Approval) -> Approval:
    at: datetime = top.moment("approved") if "approved" in top.values else library.at
    return Approval(top.text("approved_by", library.by), at)
