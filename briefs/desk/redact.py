"""A curator mends a draft: its lines, their sentences, their order, what it is about."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from briefs.article import Article, CitedLine
from briefs.brief import STANDARD_LINES_MAX, Brief, Section, Size
from briefs.brief_lines import Numbered, Part, line_number, moved, with_line, with_point, without_line
from briefs.decision import Act, Change, Shelved
from briefs.desk.deciding import Curator, Decided, Deciding, kept_promises, numbers_of, own_words, sentences_of, typed_line
from briefs.desk.quotes import LICENCE
from briefs.errors import BadInput, LineRefused, NotFound
from briefs.pages.wording import published
from briefs.review import Dossier


@dataclass(frozen=True, slots=True)
class Terms:
    """What a brief bears beside its lines; None: as it is.

    Args:
        topics: lower case.
        licence: what may be done with the article.
        updates: slug of the brief it continues; empty: it continues none.
        difference: what is new since then, as typed; `cites` the sentences it rests on, as typed.
    """

    topics: tuple[str, ...] | None = None
    outlet: str | None = None
    licence: str | None = None
    published: date | datetime | None = None
    updates: str | None = None
    difference: str = ""
    cites: str = ""


@dataclass(frozen=True, slots=True)
class Redact:
    """Changes to a draft; each is one decision, and each line passes the gate before it is kept."""

    deciding: Deciding

    async def edit(self, curator: Curator, slug: str, number: int, text: str, *, cites: str = "", version: int = 0) -> Decided:
        """Put other words in the place of a line's, resting on the same sentences or on those of `cites` ("12,13").

        Raises:
            LineRefused: the gate will not have them; nothing is kept.
        """
        on = await self.deciding.dossier(slug, version)
        old = line_number(on.brief, number)
        article = await self._article(on.brief)
        line = typed_line(text, article, numbers_of(cites) if cites else _cited_numbers(old.line, article), note=old.part is Part.NOTE)
        return await self._put(curator, Act.EDITED, on, old, line)

    async def swap(self, curator: Curator, slug: str, number: int, cites: str, *, version: int = 0) -> Decided:
        """Have a line rest on other sentences; where its words cannot, it becomes those of the first of them."""
        on = await self.deciding.dossier(slug, version)
        old = line_number(on.brief, number)
        article = await self._article(on.brief)
        numbers = numbers_of(cites)
        try:
            line = typed_line(old.line.text, article, numbers, note=old.part is Part.NOTE)
        except LineRefused:
            line = own_words(article, sentences_of(article, numbers)[0].number)
        return await self._put(curator, Act.SWAPPED, on, old, line)

    async def point(
        self, curator: Curator, slug: str, cites: str, *, text: str = "", section: Section = Section.WHAT_HAPPENED, version: int = 0
    ) -> Decided:
        """One more key point: the typed words, or the sentence's own where none are typed."""
        on = await self.deciding.dossier(slug, version)
        article = await self._article(on.brief)
        numbers = numbers_of(cites)
        line = typed_line(text, article, numbers) if text else own_words(article, sentences_of(article, numbers)[0].number)
        size = Size.FULL if len(on.brief.shown(Size.STANDARD)) >= STANDARD_LINES_MAX - 1 else Size.STANDARD
        brief = kept_promises(lambda: with_point(on.brief, line, section, size))
        return await self.deciding.decide(
            curator, Act.EDITED, on, brief=brief, told=f"one more line under “{section.value}”: “{line.text}”"
        )

    async def drop(self, curator: Curator, slug: str, number: int, *, version: int = 0) -> Decided:
        """Take a line out."""
        on = await self.deciding.dossier(slug, version)
        old = line_number(on.brief, number)
        return await self.deciding.decide(
            curator, Act.DROPPED, on, brief=without_line(on.brief, number), told=f"line {number}: “{old.line.text}”"
        )

    async def move(
        self,
        curator: Curator,
        slug: str,
        number: int,
        *,
        before: int = 0,
        section: Section | None = None,
        size: Size | None = None,
        version: int = 0,
    ) -> Decided:
        """Put a key point before another one, into another section, or into another size."""
        on = await self.deciding.dossier(slug, version)
        brief = kept_promises(lambda: moved(on.brief, number, before=before, section=section, size=size))
        if brief == on.brief:
            raise BadInput(f"Line {number} stands there already.")
        where = f"before line {before}" if before else f"to “{section.value}”" if section else f"to size {size.value}" if size else ""
        return await self.deciding.decide(curator, Act.MOVED, on, brief=brief, told=f"line {number} {where}")

    async def set(self, curator: Curator, slug: str, terms: Terms, *, version: int = 0) -> Decided:
        """Topics, outlet, date, and which brief it continues with what is new."""
        on = await self.deciding.dossier(slug, version)
        brief, told = on.brief, list[str]()
        if terms.topics is not None:
            brief, told = replace(brief, topics=terms.topics), [*told, f"topics {', '.join(terms.topics) or 'none'}"]
        if terms.outlet is not None:
            brief, told = replace(brief, outlet=terms.outlet), [*told, f"outlet {terms.outlet or 'not given'}"]
        if terms.published is not None:
            brief, told = replace(brief, published=terms.published), [*told, f"published {published(terms.published)}"]
        if terms.updates is not None:
            brief, told = await self._updating(brief, terms), [*told, f"continues {terms.updates or 'none'}"]
        more = await self._licensed(brief, terms.licence) if terms.licence is not None else ()
        told += [f"licence {terms.licence or 'not given'}"] if more else []
        if not told:
            raise BadInput(
                "Say what to set: topics:, outlet:, date:, licence:, or updates: with new:. The headline is line 1: /curate edit."
            )
        return await self.deciding.decide(curator, Act.SET, on, brief=brief, told="; ".join(told), more=more)

    async def _licensed(self, brief: Brief, licence: str) -> tuple[Change, ...]:
        """The article's licence, as the installation notes it: the article itself stays as it came."""
        name = LICENCE + brief.article
        before = await self.deciding.curation.note(name)
        return (Change(Shelved.NOTE, name, before or None, licence or None),) if licence != before else ()

    async def _updating(self, brief: Brief, terms: Terms) -> Brief:
        if not terms.updates:
            return replace(brief, updates="", difference=None)
        other = await self.deciding.shelf.brief(terms.updates)
        if other is None or other.slug == brief.slug:
            raise NotFound("brief", terms.updates, hint="Name the approved brief that this one continues.")
        article = await self._article(brief)
        old = brief.bottom_line if brief.difference is None else brief.difference
        numbers = numbers_of(terms.cites) if terms.cites else _cited_numbers(old, article)
        if not terms.difference.strip():
            raise BadInput('Say what is new since then, in one sentence of its own: new:"…" and, where need be, cites:12.')
        return replace(brief, updates=other.slug, difference=typed_line(terms.difference, article, numbers))

    async def _put(self, curator: Curator, act: Act, on: Dossier, old: Numbered, line: CitedLine) -> Decided:
        if line == old.line:
            raise BadInput(f"Line {old.number} says just that already.")
        brief = kept_promises(lambda: with_line(on.brief, old.number, line))
        told = f"line {old.number}: “{line.text}”, was “{old.line.text}”"
        return await self.deciding.decide(curator, act, on, brief=brief, told=told)

    async def _article(self, brief: Brief) -> Article:
        article = await self.deciding.shelf.article(brief.article)
        if article is None:
            raise NotFound("article", brief.slug, hint="The draft stands without its article, and nothing can be checked.")
        return article


def _cited_numbers(line: CitedLine, article: Article) -> tuple[int, ...]:
    return tuple(citation.sentence for citation in line.citations if citation.article == article.id)
