"""The `Shelf` port over SQL."""

from collections.abc import Sequence
from datetime import datetime

from adapters.storage import search, shelf_articles, shelf_briefs, shelf_cards, shelf_corrections, shelf_library
from adapters.storage.engine import Engine
from briefs.article import Article, Wording
from briefs.brief import Brief, Correction
from briefs.entity import Entity, EntityCard
from briefs.hit import Hit
from briefs.ports import Library, Stored, Suggested


class SqlShelf:
    """See the port."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def put_article(self, article: Article) -> Stored:
        """See the port."""
        return await self._engine.write(shelf_articles.put_article, article)

    async def article(self, ref: str, *, wording: Wording | None = None) -> Article | None:
        """See the port."""
        return await self._engine.read(shelf_articles.article_of, ref, wording)

    async def put_brief(self, brief: Brief) -> None:
        """See the port."""
        await self._engine.write(shelf_briefs.put_brief, brief)

    async def put_card(self, card: EntityCard) -> None:
        """See the port."""
        await self._engine.write(shelf_cards.put_card, card)

    async def library_edition(self, library: str) -> str:
        """See the port."""
        return await self._engine.read(shelf_library.edition, library)

    async def load_library(self, library: Library, now: datetime) -> None:
        """See the port."""
        await self._engine.write(shelf_library.load, library, now)

    async def brief(self, slug: str) -> Brief | None:
        """See the port."""
        return await self._engine.read(shelf_briefs.brief_of, slug)

    async def briefs(
        self, *, sample: bool, limit: int, topics: Sequence[str] = (), entities: Sequence[str] = (), since: datetime | None = None
    ) -> tuple[Brief, ...]:
        """See the port."""
        return await self._engine.read(shelf_briefs.newest, sample=sample, limit=limit, topics=topics, entities=entities, since=since)

    async def corrected(self, since: datetime, *, sample: bool) -> tuple[tuple[Brief, Correction], ...]:
        """See the port."""
        return await self._engine.read(shelf_corrections.corrected, since, sample=sample)

    async def briefs_naming(self, slug: str, *, sample: bool, limit: int) -> tuple[Brief, ...]:
        """See the port."""
        return await self._engine.read(shelf_briefs.naming, slug, sample=sample, limit=limit)

    async def has_own_briefs(self) -> bool:
        """See the port."""
        return await self._engine.read(shelf_briefs.has_own)

    async def brief_of_article(self, article: str) -> Brief | None:
        """See the port."""
        return await self._engine.read(shelf_briefs.of_article, article)

    async def card(self, slug: str) -> EntityCard | None:
        """See the port."""
        return await self._engine.read(shelf_cards.card_of, slug)

    async def entities(self, slugs: Sequence[str]) -> tuple[Entity, ...]:
        """See the port."""
        return await self._engine.read(shelf_cards.entities, slugs)

    async def named(self, words: str, *, sample: bool, limit: int) -> tuple[Entity, ...]:
        """See the port."""
        return await self._engine.read(shelf_cards.named, words, sample=sample, limit=limit)

    async def suggest_entities(self, typed: str, *, sample: bool, limit: int) -> tuple[Suggested, ...]:
        """See the port."""
        return await self._engine.read(shelf_cards.suggest, typed, sample=sample, limit=limit)

    async def suggest_briefs(self, typed: str, *, sample: bool, limit: int) -> tuple[Brief, ...]:
        """See the port."""
        return await self._engine.read(shelf_briefs.suggest, typed, sample=sample, limit=limit)

    async def find(self, query: str, *, sample: bool, drafts: bool, limit: int) -> tuple[Hit, ...]:
        """See the port."""
        return await self._engine.read(search.find, query, sample=sample, drafts=drafts, limit=limit)
