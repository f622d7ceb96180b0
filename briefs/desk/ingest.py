"""An article comes in."""

from dataclasses import dataclass

from briefs.article import Article, Wording
from briefs.errors import BrokenArticle
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
        """Store the article; the same text twice is the same article.

        Raises:
            BrokenArticle: its retelling is on the shelf, and their sentences do not match one to one.
        """
        retelling = await self.shelf.article(article.id, wording=Wording.RETELLING)
        if retelling is not None and _shape(retelling) != _shape(article):
            raise BrokenArticle(
                f"This is the original of “{retelling.handle}”, but the two do not match: {_told(retelling)} in the retelling, "
                f"{_told(article)} in the original. Mend the retelling first, so that no line stands beside a wrong sentence."
            )
        stored = await self.shelf.put_article(article)
        return Ingested(await self.shelf.article(article.id) or article, stored)


def _shape(article: Article) -> tuple[int, ...]:
    """The paragraph of each sentence: two wordings of one article have the same."""
    return tuple(sentence.paragraph for sentence in article.sentences)


def _told(article: Article) -> str:
    return f"{len(article.sentences)} sentences in {article.paragraphs} paragraphs"
