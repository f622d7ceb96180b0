"""An article comes in."""

from asyncio import to_thread
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from briefs.article import Article, Wording
from briefs.brief import Brief
from briefs.decision import Act, Change, Decision, Shelved
from briefs.desk.deciding import Curator
from briefs.desk.quotes import Quotes
from briefs.desk.requests import Requests, about_review
from briefs.digest import review_key
from briefs.entity import Entity, Mention
from briefs.errors import BrokenArticle
from briefs.folding import fold
from briefs.pages.review import review_page
from briefs.ports import Curation, Shelf, Stored
from briefs.review import Review

if TYPE_CHECKING:
    from briefs.drafting.draft import Draft

KNOWN_MAX: Final = 5_000  # entities of the shelf whose names are found first
LONG: Final = 1_000  # sentences; of a longer text only the beginning is drafted, and its names matter little
PROBES: Final = 4  # sentences by whose words near-duplicates are looked for
PROBE_WORDS: Final = 8
QUESTIONS_MAX: Final = 40  # about names of one draft; nobody decides on more, and every decision keeps them all
LIKE_MAX: Final = 5  # articles compared for each of them


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of an article that came in: as it stands on the shelf now, and what storing it did.

    Args:
        draft: what was made of it; None where it was not drafted.
        why_not: then the reason, a sentence; empty where it was drafted, or only stored.
        like: handles of articles on the shelf that tell the same in the same words.
        asked: curators are asked for a review of the draft.
    """

    article: Article
    stored: Stored
    draft: "Draft | None" = None
    why_not: str = ""
    like: tuple[str, ...] = ()
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Ingest:
    """Puts articles on the shelf, and drafts on the curators' desk.

    Args:
        clock: the present moment, aware, UTC.
    """

    shelf: Shelf
    curation: Curation
    requests: Requests
    quotes: Quotes
    clock: Callable[[], datetime]

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

    async def take_in(self, article: Article, by: Curator) -> Ingested:
        """Store the article and a draft of it, which readers do not see before a curator approves it, and ask for a review.

        One of which a draft or a brief is there, in whatever state, is not drafted again.

        Raises:
            BrokenArticle: as `put`; that nothing can be drafted is no error, but told in what is returned.
        """
        # The language engine takes a while to load, and a cold answer does not need it.
        from briefs.drafting.draft import draft
        from briefs.drafting.story import LINE_WORDS_MAX

        known = [found.entity for found in await self.shelf.suggest_entities("", sample=True, limit=KNOWN_MAX)]
        anew, names = await to_thread(_read_anew, article, known) if len(article.sentences) <= LONG else (article, None)
        done = await self.put(anew)
        slug = done.article.handle
        if (there := await self.curation.brief(slug)) is not None:
            return replace(done, why_not=await self._there(done, there))
        like = await self._like(done.article)
        try:
            longest = await self.quotes.most(done.article) or LINE_WORDS_MAX
            # Beside the loop: it takes seconds for a long article, and nobody else is to wait for them.
            made = await to_thread(draft, done.article, known=known, names=names, longest=longest)
        except BrokenArticle as error:
            return replace(done, why_not=str(error), like=like)
        made = replace(made, duplicate_of=like)
        asked = await self._onto_the_desk(made, by)
        return replace(done, draft=made, like=like, asked=asked)

    async def _there(self, done: Ingested, there: Brief) -> str:
        if there.article != done.article.id:
            return f"Another article's brief is called “{there.slug}”."
        dossier = await self.curation.dossier(there.slug)
        stage = dossier.review.stage.value if dossier else there.state.value
        return f"What was made of it is {stage}."

    async def _onto_the_desk(self, made: "Draft", by: Curator) -> bool:
        """Store the draft with its review, and owe the request for it; whether anybody is asked."""
        brief, given = made.brief, by.name
        review = Review(brief.slug, made.cards, made.suggestions[:QUESTIONS_MAX], made.duplicate_of, given_by=given)
        changes = (Change(Shelved.BRIEF, brief.slug, None, brief), Change(Shelved.REVIEW, brief.slug, None, review))
        decision = Decision(Act.ADDED, brief.slug, given, by.person, self.clock(), told=f"“{brief.headline.text}”", changes=changes)
        # With the moment: a draft that was taken back, or swept away, and is made again is asked for again.
        key = review_key(brief.slug, f"{brief.article[:12]}:{decision.at:%Y%m%dT%H%M%S.%f}")
        owed = await self.requests.owed(key, review_page(brief, review), about_review(brief.slug))
        await self.curation.decide(decision, owed)
        self.requests.hurry(owed)
        return bool(owed)

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
        link=article.link,
        names=names,
    )
    return anew, found


def _shape(article: Article) -> tuple[int, ...]:
    """The paragraph of each sentence: two wordings of one article have the same."""
    return tuple(sentence.paragraph for sentence in article.sentences)


def _told(article: Article) -> str:
    return f"{len(article.sentences)} sentences in {article.paragraphs} paragraphs"
