"""An article comes in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from briefs.article import Article, Wording
from briefs.entity import Entity, Mention
from briefs.errors import BrokenArticle
from briefs.folding import fold
from briefs.ports import Shelf, Stored

if TYPE_CHECKING:
    from briefs.drafting.draft import Draft

KNOWN_MAX: Final = 5_000  # entities of the shelf whose names are found first
LONG: Final = 1_000  # sentences; of a longer text only the beginning is drafted, and its names matter little
PROBES: Final = 4  # sentences by whose words near-duplicates are looked for
PROBE_WORDS: Final = 8
LIKE_MAX: Final = 5  # articles compared for each of them


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of an article that came in: as it stands on the shelf now, and what storing it did.

    Args:
        draft: what was made of it; None where it was not drafted.
        why_not: then the reason, a sentence; empty where it was drafted, or only stored.
        like: handles of articles on the shelf that tell the same in the same words.
    """

    article: Article
    stored: Stored
    draft: "Draft | None" = None
    why_not: str = ""
    like: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ingest:
    """Puts articles on the shelf, and drafts."""

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

    async def take_in(self, article: Article) -> Ingested:
        """Store the article and a draft of it, which readers do not see before a curator approves it.

        Only what is new is drafted: of an article that was there, in whatever wording, a curator may have a brief.

        Raises:
            BrokenArticle: as `put`; that nothing can be drafted is no error, but told in what is returned.
        """
        # The language engine takes a while to load, and a cold answer does not need it.
        from briefs.drafting.draft import draft

        known = [found.entity for found in await self.shelf.suggest_entities("", sample=True, limit=KNOWN_MAX)]
        anew, names = _read_anew(article, known) if len(article.sentences) <= LONG else (article, None)
        done = await self.put(anew)
        if done.stored is not Stored.NEW:
            return replace(done, why_not="It was here before, and what was made of it stays as it is.")
        like = await self._like(done.article)
        if await self.shelf.brief(done.article.handle) is not None:
            return replace(done, why_not=f"Another article's brief is called “{done.article.handle}”.", like=like)
        try:
            made = draft(done.article, known=known, names=names)
        except BrokenArticle as error:
            return replace(done, why_not=str(error), like=like)
        await self.shelf.put_brief(made.brief)
        return replace(done, draft=replace(made, duplicate_of=like), like=like)

    async def _like(self, article: Article) -> tuple[str, ...]:
        """Handles of the near-duplicates among the articles that have some of its sentences."""
        from briefs.drafting.duplicates import near_duplicates

        sentences = [sentence.text for sentence in article.sentences if len(sentence.text.split()) >= PROBE_WORDS]
        handles: dict[str, None] = {}
        for text in sentences[:: max(1, len(sentences) // PROBES)][:PROBES]:
            query = " ".join(fold(text).split()[:PROBE_WORDS])
            hits = await self.shelf.find(query, sample=True, drafts=True, limit=LIKE_MAX)
            handles |= {hit.ref.partition(":")[0]: None for hit in hits if hit.kind == "sentence"}
        others = [found for handle in handles if (found := await self.shelf.article(handle)) is not None]
        return tuple(other.handle for other in near_duplicates(article, others))


def _read_anew(article: Article, known: Sequence[Entity]) -> tuple[Article, Sequence[Mention]]:
    """The article read with the names that are known, so that "he said" is somebody's where only one can be meant, and the names."""
    from briefs.reading import read
    from briefs.reading.names import Lexicon, mentions

    found: list[Mention] = []

    def names(sentences: Sequence[str]) -> Sequence[Mention]:
        found[:] = mentions(sentences, Lexicon.of(known))
        return found

    anew = read(
        article.text,
        handle=article.handle,
        title=article.title,
        outlet=article.outlet,
        byline=article.byline,
        published=article.published,
        licence=article.licence,
        names=names,
    )
    return anew, found


def _shape(article: Article) -> tuple[int, ...]:
    """The paragraph of each sentence: two wordings of one article have the same."""
    return tuple(sentence.paragraph for sentence in article.sentences)


def _told(article: Article) -> str:
    return f"{len(article.sentences)} sentences in {article.paragraphs} paragraphs"
