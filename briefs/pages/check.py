"""Evidence: every line beside its sentences, or one of them, one sentence with its neighbours, a citation to copy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from briefs.article import Approval, Article, CitedLine, Sentence, Wording
from briefs.brief import Brief, Correction
from briefs.day import calendar
from briefs.message import (
    Block,
    Button,
    Buttons,
    CheckedLine,
    Copyable,
    Evidence,
    Field,
    Fields,
    Heading,
    Message,
    Prose,
    Section,
    SmallPrint,
    SourceSentence,
    words,
)
from briefs.pages.corrections import corrections_of, corrections_section, day_of
from briefs.pages.presses import asking, press, turn
from briefs.pages.wording import SEPARATOR, both_forms, day, line, plural, published, verdict, wording_note
from briefs.quoting import WHOLE, excerpt

LINES_A_PAGE: Final = 4
ALL_WHOLE: Final[Mapping[str, int]] = {}
NEIGHBOURS: Final = 1  # sentences shown before and after the one asked for


@dataclass(frozen=True, slots=True)
class Claim:
    """A line to check, who approved it, and whether it is a curator's note on the source.

    Args:
        of: the brief it is a line of; None: it stands on a card.
    """

    line: CitedLine
    approval: Approval | None
    note: bool = False
    of: Brief | None = None

    @property
    def corrected(self) -> Correction | None:
        """Its last correction; None where it never was corrected."""
        mended = self.of.mended if self.of else ()
        return next((correction for correction in reversed(mended) if correction.line == self.line), None)


def claims_of(brief: Brief, lines: Sequence[CitedLine]) -> list[Claim]:
    """Lines of a brief to check."""
    return [Claim(line, brief.approval, note=line in brief.oddities, of=brief) for line in lines]


def page_of(position: int) -> int:
    """The page a line stands on; both counted from 1."""
    return -(-position // LINES_A_PAGE)


def check_page(
    title: str,
    asked: str,
    claims: Sequence[Claim],
    articles: Mapping[str, Article],
    *,
    page: int,
    part: str = "",
    most: Mapping[str, int] = ALL_WHOLE,
) -> Message:
    """Four lines a page, each beside the sentences it rests on; the first page begins with what was corrected.

    Args:
        most: article id → how many words of its sentences are shown in a row; all there are where it is not named.
        asked: what the reader named: a slug, several, or an entity's label; presses repeat it.
        page: counted from 1; one beyond the last shows the last.
        part: the part of a brief asked for; empty for all of it.
    """
    pages = page_of(len(claims))
    page = min(max(page, 1), pages)
    first = (page - 1) * LINES_A_PAGE
    options: dict[str, str | int] = {"part": part} if part else {}
    blocks: list[Block] = [Heading(f"Check every line: {title}")]
    if page == 1 and (corrected := corrections_of(tuple({claim.of.slug: claim.of for claim in claims if claim.of}.values()))):
        blocks.append(corrected)
    for position, claim in enumerate(claims[first : first + LINES_A_PAGE], start=first + 1):
        blocks.append(_checked(position, len(claims), claim, articles, asked, options, most))
    notes = sum(claim.note for claim in claims)
    of_them = f", {notes} of them a curator's notes on the source" if notes else ""
    blocks.append(SmallPrint(words(f"page {page} of {pages}{SEPARATOR}{plural(len(claims), 'line')}{of_them}")))
    row = [turn("◀ Previous", "source", asked, **options, page=page - 1)] if page > 1 else []
    row += [turn("Next ▶", "source", asked, **options, page=page + 1)] if page < pages else []
    if row:
        blocks.append(Buttons(tuple(row)))
    return Message(
        f"Lines {first + 1} to {min(first + LINES_A_PAGE, len(claims))} of {len(claims)}, each with its sentence.", tuple(blocks)
    )


def line_page(
    title: str,
    asked: str,
    claims: Sequence[Claim],
    articles: Mapping[str, Article],
    *,
    position: int,
    part: str = "",
    most: Mapping[str, int] = ALL_WHOLE,
) -> Message:
    """One of those lines beside the sentences it rests on, and what was corrected in it.

    Args:
        position: which of the claims, counted from 1.
        most, asked, part: as for `check_page`.
    """
    claim, total = claims[position - 1], len(claims)
    options: dict[str, str | int] = {"part": part} if part else {}
    blocks: list[Block] = [Heading(f"Check a line: {title}")]
    if claim.of is not None and (told := [one for one in claim.of.mended if one.line == claim.line]):
        blocks.append(corrections_section(claim.of, told))
    blocks.append(_checked(position, total, claim, articles, asked, options, most))
    row = [turn("◀ Line before", "source", asked, **options, line=position - 1)] if position > 1 else []
    row += [turn("Line after ▶", "source", asked, **options, line=position + 1)] if position < total else []
    every = press("Check every line", "source", asked, **options, page=page_of(position))
    return Message(f"Line {position} of {total}: {both_forms(claim.line)}", (*blocks, Buttons((*row, every))))


def sentence_page(article: Article, sentence: Sentence, brief: Brief | None, most: int = WHOLE) -> Message:
    """One sentence of an article with its neighbours, what is marked in it, and the lines that rest on it.

    Args:
        most: how many words of a sentence are shown in a row.
    """
    ref = f"{article.handle}:{sentence.number}"
    lines, approval = (brief.lines, brief.approval) if brief else ((), None)
    resting = [Claim(c, approval) for c in lines if any(x.sentence == sentence.number for x in c.citations)]
    around = range(sentence.number - NEIGHBOURS, sentence.number + NEIGHBOURS + 1)
    near = [s for n in around if (s := article.sentence(n)) is not None]
    resting_text = " ".join(claim.line.text for claim in resting)
    shown = tuple(_source(article, s, most, resting_text, cited=s.number == sentence.number) for s in near)
    blocks: list[Block] = [
        Heading(f"Sentence {sentence.number} of {len(article.sentences)}, paragraph {sentence.paragraph} · {ref}"),
        Evidence(shown, _note(article, near, most)),
    ]
    if fields := _marked(sentence):
        blocks.append(Fields(fields))
    if resting:
        blocks.append(Section("Lines that rest on it", tuple(line(claim.line) for claim in resting)))
        blocks.append(Prose(words(verdict(resting[0].line, resting[0].approval))))
    blocks.append(SmallPrint(words(_source_line(article))))
    row = [
        press("Copy as citation", "source", ref, **{"as": "citation"}),
        asking(press("Something wrong?", "standfirst wrong", ref), "said"),
    ]
    if sentence.number > 1:
        row.insert(0, turn("◀ Sentence before", "source", f"{article.handle}:{sentence.number - 1}"))
    if sentence.number < len(article.sentences):
        row.append(turn("Sentence after ▶", "source", f"{article.handle}:{sentence.number + 1}"))
    if brief is not None:
        row.append(press("Check every line", "source", brief.slug))
    return Message(f"{ref}: {excerpt(sentence.text, most)}", (*blocks, Buttons(tuple(row))))


def sentence_citation_page(article: Article, sentence: Sentence, most: int = WHOLE) -> Message:
    """A sentence as a citation to copy: at most so many of its words, outlet, date, sentence, where it stands, article id."""
    own = article.wording is Wording.ORIGINAL
    told = f"“{excerpt(sentence.text, most)}”" if own else f"{sentence.text} (our retelling, not the article's wording)"
    return _copy(f"{told} — {_reference(article, [sentence.number])}")


def line_citation_page(claim: Claim, articles: Mapping[str, Article]) -> Message:
    """A line as a citation to copy: text, how it was made, and for each source outlet, date, sentence, article id."""
    by_article: dict[str, list[int]] = {}
    for citation in claim.line.citations:
        by_article.setdefault(citation.article, []).append(citation.sentence)
    sources = "; ".join(_reference(articles[id_], numbers) for id_, numbers in by_article.items() if id_ in articles)
    made = f"{claim.line.level.value}, approved by {claim.approval.by}" if claim.approval else claim.line.level.value
    return _copy(f"{both_forms(claim.line)} ({made}) — {sources}")


def _copy(text: str) -> Message:
    return Message(text, (Copyable(text), SmallPrint(words("Copy the text above as it stands."))))


def _reference(article: Article, numbers: Sequence[int]) -> str:
    where = ", ".join(str(n) for n in numbers)
    parts = [
        *([article.title] if article.title else []),
        article.outlet or "outlet not given",
        day(article.published) if article.published else "date not given",
        f"{'sentence' if len(numbers) == 1 else 'sentences'} {where}",
        *([article.link] if article.link else []),
        f"article {article.id}",
    ]
    return ", ".join(parts)


def _checked(
    position: int,
    total: int,
    claim: Claim,
    articles: Mapping[str, Article],
    asked: str,
    options: Mapping[str, str | int],
    most: Mapping[str, int],
) -> CheckedLine:
    cited = claim.line.beside(articles)
    notes = dict.fromkeys(note for article, s in cited if (note := _note(article, [s], most.get(article.id, WHOLE))))
    several = len({article.handle for article in articles.values()}) > 1
    handles = {id_: article.handle for id_, article in articles.items()} if several else None
    row: tuple[Button, ...] = tuple(
        press("Before and after" if len(cited) == 1 else f"Before and after {s.number}", "source", f"{a.handle}:{s.number}")
        for a, s in cited
    )
    row += (press("Copy as citation", "source", asked, **options, line=position, **{"as": "citation"}),)
    row += (asking(press("Something wrong?", "standfirst wrong", asked, **options, line=position), "said"),)
    return CheckedLine(
        position=position,
        total=total,
        verdict=f"{_judged(claim)}{SEPARATOR}from {_where([s for _, s in cited])}",
        line=line(claim.line, handles),
        evidence=Evidence(tuple(_source(a, s, most.get(a.id, WHOLE), claim.line.text, cited=True) for a, s in cited), " ".join(notes)),
        kept=claim.line.kept or (*claim.line.attributions, *claim.line.hedges),
        buttons=row,
    )


def _judged(claim: Claim) -> str:
    told = "CURATOR’S NOTE" if claim.note else verdict(claim.line, claim.approval)
    return f"{told}{SEPARATOR}corrected {day(day_of(claim.corrected))}" if claim.corrected else told


def _where(sentences: Sequence[Sentence]) -> str:
    """Where sentences stand: "sentences 4 and 5, paragraph 3; sentence 7, paragraph 4"."""
    by_paragraph: dict[int, list[str]] = {}
    for sentence in sentences:
        by_paragraph.setdefault(sentence.paragraph, []).append(str(sentence.number))
    return "; ".join(
        f"{'sentence' if len(numbers) == 1 else 'sentences'} {' and '.join(numbers)}, paragraph {paragraph}"
        for paragraph, numbers in by_paragraph.items()
    )


def _source(article: Article, sentence: Sentence, most: int, near: str, *, cited: bool) -> SourceSentence:
    retelling = article.wording is Wording.RETELLING
    return SourceSentence(sentence.number, sentence.paragraph, excerpt(sentence.text, most, near), cited=cited, retelling=retelling)


def _note(article: Article, shown: Sequence[Sentence], most: int) -> str:
    """Whose words they are, and that a sentence is not shown whole."""
    cut = most != WHOLE and any(len(sentence.text.split()) > most for sentence in shown)
    notes = [wording_note(article), f"At most {most} words in a row are shown: its licence does not say that more may be." if cut else ""]
    return " ".join(note for note in notes if note)


def _marked(sentence: Sentence) -> tuple[Field, ...]:
    fields: list[Field] = []
    if sentence.attributions:
        said = dict.fromkeys(a.who if a.words == a.who else f"{a.who} (“{a.words}”)" for a in sentence.attributions)
        fields.append(Field("Who says it", words("; ".join(said))))
    if sentence.hedges:
        fields.append(Field("How surely", words("; ".join(dict.fromkeys(f"“{h.words}” ({h.of})" for h in sentence.hedges)))))
    for figure in sentence.figures:
        told = " ".join(part for part in (figure.hedge, figure.value, figure.unit, figure.noun) if part)
        fields.append(Field("Figure", words(f"{told} (whose: {figure.whose or 'not said'})")))
    for date in sentence.dates:
        if date.relative and date.resolved:
            fields.append(Field("When", words(f"“{date.words}” ({calendar(date.resolved)}, counted from the day of publication)")))
    return tuple(fields)


def _source_line(article: Article) -> str:
    parts = ["SAMPLE"] if article.sample else []
    parts += [article.outlet or "outlet not given", published(article.published), f"article {article.id[:12]}…"]
    if article.licence:
        parts.append(f"licence {article.licence}")
    return SEPARATOR.join(parts)
