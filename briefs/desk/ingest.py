"""An article comes in."""

from dataclasses import dataclass

from briefs.article import Article
from briefs.ports import Shelf, Stored


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of an article that came in: as it stands on the shelf now, and what storing it did."""

    article: Article
    stored: Stored


@dataclass(frozen=True, slots=True)
class Ingest:
    """Puts articles on the shelf."""

    shelf: Shelf

    async def put(self, article: Article) -> Ingested:
        """Store the article; the same text twice is the same article."""
        stored = await self.shelf.put_article(article)
        return Ingested(await self.shelf.article(article.id) or article, stored)
