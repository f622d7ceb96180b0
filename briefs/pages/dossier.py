"""A draft on the curators' desk: line by line beside its sentences, with what is to be decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from briefs.article import Article, Sentence, Wording
from briefs.brief import Brief, State
from briefs.brief_lines import Numbered, Part
from briefs.message import (
    Block,
    Button,
    Buttons,
    CheckedLine,
    Evidence,
    Heading,
    Label,
    Line,
    Message,
    Notice,
    Section,
    SmallPrint,
    SourceSentence,
    Words,
    words,
)
from briefs.pages.presses import asking, press, turn, with_text
from briefs.pages.wording import SEPARATOR, line, plural, source_words, wording_note
from briefs.review import Dossier, Merge, Review, Stage

if TYPE_CHECKING:
    from briefs.drafting.grounding import Verdict

LINES_A_PAGE: Final = 4
MERGES_MAX: Final = 4  # asked about at once; the others come up when these are decided
CARDS_NAMED: Final = 8
_CALLED: Final = {Stage.WAITING: "Draft", Stage.HELD: "Draft", Stage.APPROVED: "Approved", Stage.REJECTED: "Rejected"}


@dataclass(frozen=True, slots=True)
class Judged:
    """A line of a draft with the gate's verdict and the sentences it cites."""

    one: Numbered
    verdict: "Verdict"
    sentences: tuple[tuple[Article, Sentence], ...]


def page_of(number: int) -> int:
    """The page on which the line of that number stands."""
    return (number - 1) // LINES_A_PAGE + 1


def dossier_page(on: Dossier, lines: Sequence[Judged], article: Article | None, *, page: int, problem: str = "") -> Message:
    """Four lines a page, each with its verdict and its sentence; the first page begins with what is to be decided.

    Args:
        article: the draft's; None: it is not on the shelf.
        page: counted from 1; one beyond the last shows the last.
        problem: why it cannot be approved as it is; empty where nothing is known to be in the way.
    """
    brief, review = on.brief, on.review
    pages = max(1, -(-len(lines) // LINES_A_PAGE))
    page = min(max(page, 1), pages)
    first = (page - 1) * LINES_A_PAGE
    blocks: list[Block] = [Heading(f"{_CALLED[review.stage]}: {brief.headline.text}")]
    if page == 1:
        blocks += [Notice((Label("Not yet:"), Words(f" {problem}")))] if problem and review.open else []
        blocks += _questions(on)
    blocks += [_checked(one, len(lines), review, brief.state) for one in lines[first : first + LINES_A_PAGE]]
    blocks.append(SmallPrint(words(_small_print(on, lines, article, page, pages))))
    blocks.append(Buttons(_row(brief, review, page, pages)))
    told = f"Lines {first + 1} to {min(first + LINES_A_PAGE, len(lines))} of {len(lines)} of “{brief.headline.text}”."
    return Message(told, tuple(blocks))


def _questions(on: Dossier) -> list[Block]:
    """What a curator has to look at before the lines: why it is held, what tells the same, which names are in doubt."""
    review, blocks = on.review, list[Block]()
    if review.stage is Stage.HELD:
        blocks.append(Notice((Label("Held:"), Words(f" {review.reason or 'no reason given'}"))))
    if review.stage is Stage.REJECTED:
        blocks.append(Notice((Label("Rejected:"), Words(f" {review.reason or 'no reason given'}"))))
    if review.eyes and review.open:
        blocks.append(Notice((Label("Approved so far by:"), Words(f" {', '.join(eye.by for eye in review.eyes)}; it takes one more"))))
    if review.like and review.open:
        told = f" {', '.join(review.like)} tells the same in much the same words. This may be another source of it, not news of its own."
        blocks.append(Notice((Label("Told before:"), Words(told))))
        blocks.append(
            Buttons(
                tuple(
                    press(f"Another source of {handle}", "curate also", review.slug, of=handle, v=review.version)
                    for handle in review.like[:2]
                )
            )
        )
    if review.merges and (review.open or review.stage is Stage.APPROVED):
        blocks += _merges(review)
    if review.cards:
        named = [f"{card.entity.label}" for card in review.cards[:CARDS_NAMED]]
        more = len(review.cards) - len(named)
        told = f"{plural(len(review.cards), 'card')}: {'; '.join(named)}{f' and {more} more' if more else ''}"
        blocks.append(Section("Cards that come with it", (Line(words(told)),)))
    return blocks


def _merges(review: Review) -> list[Block]:
    asked = review.merges[:MERGES_MAX]
    lines = tuple(Line(words(f"“{one.one}” and “{one.other}”: {one.reason}")) for one in asked)
    more = len(review.merges) - len(asked)
    row = [button for one in asked for button in _decide(review, one)]
    blocks: list[Block] = [Section("Names to decide on", lines)]
    blocks += [SmallPrint(words(f"{more} more {'comes' if more == 1 else 'come'} up as these are decided on."))] if more else []
    return [*blocks, Buttons(tuple(row))]


def _decide(review: Review, merge: Merge) -> tuple[Button, Button]:
    both: dict[str, str | int] = {"name": merge.one, "other": merge.other, "v": review.version}
    return (
        press(f"One: {merge.one} = {merge.other}", "curate merge", review.slug, **both),
        press(f"Two: {merge.one} ≠ {merge.other}", "curate apart", review.slug, **both),
    )


def _checked(judged: Judged, total: int, review: Review, state: State) -> CheckedLine:
    one = judged.one
    reasons = f": {' '.join(judged.verdict.reasons)}" if judged.verdict.reasons else ""
    cited = ", ".join(f"{sentence.number}" for _, sentence in judged.sentences) or "no sentence that is there"
    notes = dict.fromkeys(note for article, _ in judged.sentences if (note := wording_note(article)))
    return CheckedLine(
        position=one.number,
        total=total,
        verdict=f"{one.title}{SEPARATOR}{judged.verdict.level.value.upper()}{reasons}{SEPARATOR}from sentence {cited}",
        line=line(one.line),
        evidence=Evidence(tuple(source_sentence(article, sentence) for article, sentence in judged.sentences), " ".join(notes)),
        kept=(*one.line.attributions, *one.line.hedges),
        buttons=line_buttons(one, review, state),
    )


def line_buttons(one: Numbered, review: Review, state: State) -> tuple[Button, ...]:
    """What a curator can do with one line: mend it in a draft, correct it where readers have it."""
    if state is State.APPROVED:
        return (asking(with_text(press("Correct", "curate correct", review.slug, line=one.number), "text", one.line.text)),)
    if not review.open:
        return ()
    at: dict[str, str | int] = {"line": one.number, "v": review.version}
    edit = asking(with_text(press("Edit", "curate edit", review.slug, **at), "text", one.line.text))
    row = [edit, asking(press("Other sentence", "curate swap", review.slug, **at), "cites")]
    if one.part not in (Part.HEADLINE, Part.BOTTOM_LINE):
        row.append(press("Drop", "curate drop", review.slug, **at))
    return tuple(row)


def source_sentence(article: Article, sentence: Sentence) -> SourceSentence:
    """A sentence of the source as a curator sees it: whole."""
    return SourceSentence(sentence.number, sentence.paragraph, sentence.text, retelling=article.wording is Wording.RETELLING)


def _small_print(on: Dossier, lines: Sequence[Judged], article: Article | None, page: int, pages: int) -> str:
    brief, review = on.brief, on.review
    refused = sum(not one.verdict.passes for one in lines)
    parts = [review.slug, brief.state.value if brief.state is State.WITHDRAWN else review.stage.value, source_words(brief)]
    parts += [f"given by {review.given_by}"] if review.given_by else []
    parts += [f"topics {', '.join(brief.topics)}" if brief.topics else "no topics yet"]
    parts += [f"{refused} refused"] if refused else []
    parts += [f"{len(article.sentences)} sentences" if article else "its article is not on the shelf"]
    parts += [f"page {page} of {pages}"] if pages > 1 else []
    return SEPARATOR.join([*parts, "readers see none of it before it is approved"] if review.open else parts)


def _row(brief: Brief, review: Review, page: int, pages: int) -> tuple[Button, ...]:
    row = [turn("◀ Previous", "curate open", review.slug, page=page - 1)] if page > 1 else []
    row += [turn("Next ▶", "curate open", review.slug, page=page + 1)] if page < pages else []
    if review.stage is Stage.HELD:
        row.append(press("Release", "curate release", review.slug, v=review.version))
    elif review.open:
        row.append(press("Approve", "curate approve", review.slug, v=review.version))
        row.append(asking(press("Hold", "curate hold", review.slug, v=review.version), "reason"))
    if review.open:
        row.append(asking(press("Reject", "curate reject", review.slug, v=review.version), "reason"))
        row.append(asking(press("Topics, licence", "curate set", review.slug, v=review.version), "topics"))
    elif brief.state is State.APPROVED:
        row.append(press("Brief", "brief", review.slug))
        row.append(asking(press("Withdraw", "curate withdraw", review.slug), "why"))
    row += [press("Cards", "curate card", review.slug)] if review.cards else []
    return (*row, press("What was decided", "curate log", review.slug))
