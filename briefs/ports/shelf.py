"""The port of what belongs to the installation: articles, briefs, cards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from briefs.article import Article, Wording
from briefs.brief import Brief, Correction
from briefs.entity import Entity, EntityCard
from briefs.hit import Hit


class Stored(StrEnum):
    """What storing an article did."""

    NEW = "new"
    SAME = "same"  # it was there already, word for word
    ATTACHED = "attached"  # only a retelling was there; now the original is


class Shelf(Protocol):
    """The installation's articles, briefs and cards.

    Where a method takes `sample`, False leaves out whatever is marked SAMPLE. Only approved briefs, and only articles
    and sentences of approved briefs, are returned, unless `drafts` is given.
    """

    async def put_article(self, article: Article) -> Stored:
        """Store an article; the same text twice is the same article and changes nothing.

        An original whose retelling is there is attached to it: handle, title, outlet and dates stay where they were
        given. A handle that another article has gets "-2", "-3" … appended.
        """
        ...

    async def article(self, ref: str, *, wording: Wording | None = None) -> Article | None:
        """The article of that id, handle, or beginning of an id (8 digits or more); None where there is none.

        The original where it is attached, else the retelling, unless `wording` names one.
        """
        ...

    async def put_brief(self, brief: Brief) -> None:
        """Store a brief as a curator's: it replaces the one of that slug, and no library will ever overwrite it."""
        ...

    async def put_card(self, card: EntityCard) -> None:
        """Store a card as a curator's: it replaces the one of that slug, and no library will ever overwrite it."""
        ...

    async def library_edition(self, library: str) -> str:
        """The edition of the named library loaded last; empty where it never was."""
        ...

    async def load_library(self, library: "Library", now: datetime) -> None:
        """Put a library on the shelf in one commit, replacing what an earlier edition of it brought.

        A brief that was there before came to the shelf when it first did; the others come at `now`.

        What a curator has put stays as the curator left it, whatever bears the same name in a library. What another
        library has brought gives way: of two briefs or cards of one slug, or two wordings of one text, the one loaded
        last is on the shelf; of two articles of one handle, the one loaded last has it and the other gets "-2".

        What the new edition no longer has goes, unless a curator has put it or what a curator has put rests on it. What
        had given way to it comes back when its own library is loaded again. An attached original stays attached.
        """
        ...

    async def brief(self, slug: str) -> Brief | None:
        """The approved brief of that slug, SAMPLE or not; None where there is none."""
        ...

    async def briefs(
        self, *, sample: bool, limit: int, topics: Sequence[str] = (), entities: Sequence[str] = (), since: datetime | None = None
    ) -> tuple[Brief, ...]:
        """The newest approved briefs first, at most `limit`.

        Where `topics` or `entities` (slugs) are given, only those that bear one of the topics or name one of the entities.

        With `since`, only those that came to the shelf later than that, the latest to come first. A curator's brief came
        when it was approved, a library's when it was first loaded.
        """
        ...

    async def corrected(self, since: datetime, *, sample: bool) -> tuple[tuple[Brief, Correction], ...]:
        """The corrections that came to the shelf later than `since`, each with its brief as it stands now, the first to come first.

        Of approved briefs what was corrected in them, of withdrawn ones that they were withdrawn; see `Brief.mended`. What
        a curator has put came at the moment it bears (one that bears a day, when that day was over in UTC), a library's when
        it was first loaded.
        """
        ...

    async def briefs_naming(self, slug: str, *, sample: bool, limit: int) -> tuple[Brief, ...]:
        """The newest approved briefs that name the entity of that slug, at most `limit`."""
        ...

    async def has_own_briefs(self) -> bool:
        """Whether an approved brief that is not SAMPLE is on the shelf."""
        ...

    async def brief_of_article(self, article: str) -> Brief | None:
        """The approved brief made from the article of that id; None where there is none."""
        ...

    async def card(self, slug: str) -> EntityCard | None:
        """The card of that slug; None where there is none."""
        ...

    async def entities(self, slugs: Sequence[str]) -> tuple[Entity, ...]:
        """The entities of those slugs, in that order; those that do not exist are left out."""
        ...

    async def named(self, words: str, *, sample: bool, limit: int) -> tuple[Entity, ...]:
        """The entities that have `words` as a run of whole words in their name or an alias, or as their whole label.

        Case, accents, apostrophes and invisible characters do not count. Exact names first, then by name.
        """
        ...

    async def suggest_entities(self, typed: str, *, sample: bool, limit: int) -> tuple["Suggested", ...]:
        """Entities for a half-typed name, each once, best first.

        Those with a name or alias that begins with it, then those with a later word that does, then, where these are
        fewer than `limit`, those with a name within reach of a typing error or another spelling. An empty `typed` gives
        the first ones by name.
        """
        ...

    async def suggest_briefs(self, typed: str, *, sample: bool, limit: int) -> tuple[Brief, ...]:
        """Approved briefs for a half-typed slug or word of a headline, newest first; then those within a typing error.

        An empty `typed` gives the newest.
        """
        ...

    async def find(self, query: str, *, sample: bool, drafts: bool, limit: int) -> tuple[Hit, ...]:
        """What has all the words of the query, best first, at most `limit`; the last word may be half-typed.

        Nothing in the query is syntax. Of very many matches only the newest 300 of each kind are ranked.

        Raises:
            BadInput: the query has more than twelve words.
        """
        ...


@dataclass(frozen=True, slots=True)
class Suggested:
    """An entity offered for what was typed, the name or alias that matched, and how near it is (0…100; 100 is exact)."""

    entity: Entity
    matched: str
    score: float


@dataclass(frozen=True, slots=True)
class Library:
    """A library as read from its files.

    Args:
        name: "sample" for the bundled one.
        edition: changes whenever a file of it does.
    """

    name: str
    edition: str
    articles: tuple[Article, ...]
    briefs: tuple[Brief, ...]
    cards: tuple[EntityCard, ...]
