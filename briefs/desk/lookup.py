"""Finding what a reader asks for: briefs, cards, sentences, steps."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from briefs.article import Article, Sentence, Wording
from briefs.brief import Brief, Step
from briefs.desk.quotes import Quotes
from briefs.digest import Place
from briefs.entity import Entity, EntityCard
from briefs.errors import BadInput, NotFound, shown
from briefs.hit import Hit
from briefs.ports import Shelf, Subscriptions

NAME_MAX: Final = 100  # characters; no name is longer
CHOICES_MAX: Final = 10  # more is a list, not a choice
NEAR: Final = 70.0  # likeness, 0…100, above which a name is offered for what was typed
NEAR_MAX: Final = 5  # entities offered for a name that none bears
WORD_MIN: Final = 3  # letters of a word by which entities are offered
TODAY_MAX: Final = 5  # briefs in today's list
HITS_MAX: Final = 100  # hits of any kind among which briefs are looked for
_REF: Final = re.compile(r"(?P<handle>[^\s:]+):(?P<number>\d{1,6})")
_MEANT_AS_REF: Final = re.compile(r"(?P<handle>[^\s:,]+):\S*")


class SamplePolicy(StrEnum):
    """When the bundled SAMPLE is shown: until a real brief is approved, always, or never."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Several:
    """More than one entity fits what was asked, or none does exactly and these are near."""

    entities: tuple[Entity, ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A brief with the article it rests on."""

    brief: Brief
    article: Article


@dataclass(frozen=True, slots=True)
class Cited:
    """One sentence, its article, and the brief made from it (None where there is none yet)."""

    article: Article
    sentence: Sentence
    brief: Brief | None


@dataclass(frozen=True, slots=True)
class Lookup:
    """What readers may see of the shelf."""

    shelf: Shelf
    subscriptions: Subscriptions
    quotes: Quotes
    sample: SamplePolicy

    async def shows_sample(self) -> bool:
        """Whether lists, digests, search and completion still include the bundled SAMPLE."""
        if self.sample is SamplePolicy.AUTO:
            return not await self.shelf.has_own_briefs()
        return self.sample is SamplePolicy.ALWAYS

    async def today(self, place: Place) -> tuple[Brief, ...]:
        """The newest briefs for that channel, at most five: on its editions' topics, where all name some and any has news."""
        found, sample = await asyncio.gather(self.subscriptions.of(place), self.shows_sample())
        asked_for = [subscription.topics for subscription, _ in found]
        topics = tuple(dict.fromkeys(t for ts in asked_for for t in ts)) if all(asked_for) else ()
        on_topic = await self.shelf.briefs(sample=sample, limit=TODAY_MAX, topics=topics)
        return on_topic or await self.shelf.briefs(sample=sample, limit=TODAY_MAX)

    async def topics_without_briefs(self, topics: Sequence[str]) -> tuple[str, ...]:
        """Those of the topics that no approved brief bears."""
        found = await asyncio.gather(*(self.shelf.briefs(sample=True, limit=1, topics=(topic,)) for topic in topics))
        return tuple(topic for topic, briefs in zip(topics, found, strict=True) if not briefs)

    async def told(self, brief: Brief) -> Told:
        """The brief with its article.

        Raises:
            NotFound: the article is not on the shelf.
        """
        article = await self.shelf.article(brief.article)
        if article is None:
            raise NotFound("article", brief.slug, hint="The brief stands without its article; a curator has to look into it.")
        # An original that was attached may say what its retelling could not.
        known = replace(brief, outlet=article.outlet or brief.outlet, published=article.published or brief.published)
        return Told(known, article)

    async def brief(self, asked: str) -> Told | tuple[Brief, ...]:
        """The brief of that slug, or the one whose headline has those words; several where several fit.

        Raises:
            NotFound: none does; the nearest are named.
        """
        _bounded(asked, "brief")
        if exact := await self.shelf.brief(asked.strip().casefold()):
            return await self.told(exact)
        sample = await self.shows_sample()
        hits = [h.ref for h in await self.shelf.find(asked, sample=sample, drafts=False, limit=HITS_MAX) if h.kind == "brief"]
        found = [b for slug in hits[:CHOICES_MAX] if (b := await self.shelf.brief(slug))]
        if len(found) == 1:
            return await self.told(found[0])
        if found:
            return tuple(found)
        near = [b.slug for b in await self.shelf.suggest_briefs(asked, sample=sample, limit=2)]
        raise NotFound("brief", asked, near, hint="List them with /brief.")

    async def entity(self, asked: str) -> EntityCard | Several:
        """The card of the one entity that bears that name, or a choice: a look-alike is never guessed.

        Raises:
            NotFound: nothing bears it, and nothing is near.
        """
        _bounded(asked, "entity")
        sample = self.sample is not SamplePolicy.NEVER
        named = await self.shelf.named(asked, sample=sample, limit=CHOICES_MAX)
        exact = [entity for entity in named if entity.label.casefold() == asked.strip().casefold()]
        if len(exact) == 1 or len(named) == 1:
            card = await self.shelf.card((exact or named)[0].slug)
            if card is not None:
                return card
        if named:
            return Several(named, exact=True)
        near = await self.near(asked, sample=sample)
        if near:
            return Several(near, exact=False)
        raise NotFound("entity", asked, hint="List everyone named with /entity, or search with /find.")

    async def other_entity(self, asked: str, first: Entity) -> EntityCard | Several:
        """The card of the entity to compare `first` with: as `entity`, but never `first` itself where others bear the name.

        Raises:
            NotFound: nothing bears the name, and nothing is near.
        """
        found = await self.entity(asked)
        if isinstance(found, Several):
            others = tuple(entity for entity in found.entities if entity.slug != first.slug)
            if found.exact and len(others) == 1 and (card := await self.shelf.card(others[0].slug)):
                return card
            return Several(others or found.entities, found.exact)
        return found

    async def near(self, asked: str, *, sample: bool) -> tuple[Entity, ...]:
        """The entities to offer for a name that none bears, at most five: those spelt alike, else those that share a word."""
        alike = await self.shelf.suggest_entities(asked, sample=sample, limit=NEAR_MAX)
        if found := tuple(s.entity for s in alike if s.score >= NEAR):
            return found
        sharing: dict[str, Entity] = {}
        for word in sorted(asked.split(), key=len, reverse=True)[:NEAR_MAX]:
            if len(word) >= WORD_MIN:
                named = await self.shelf.named(word, sample=sample, limit=NEAR_MAX)
                sharing.update({entity.slug: entity for entity in named})
        return tuple(sharing.values())[:NEAR_MAX]

    async def who(self, asked: str) -> tuple[Brief, tuple[Entity, ...]]:
        """Everyone a brief names, in its order.

        Raises:
            NotFound: no such brief.
        """
        try:
            told = await self.brief(asked)
        except NotFound as error:
            raise NotFound("brief", asked, error.nearest, hint="List them with /brief.", option="in") from error
        if not isinstance(told, Told):
            raise BadInput(f"Several briefs fit “{shown(asked)}”: {', '.join(b.slug for b in told)}. Name one.")
        return told.brief, await self.shelf.entities(told.brief.entities)

    async def sentence(self, ref: str, *, drafts: bool) -> Cited:
        """The sentence a reference like `iraq:12` names.

        Args:
            ref: handle or beginning of an id, a colon, the sentence's number.
            drafts: also articles that have no approved brief.

        Raises:
            BadInput: the number is not one.
            NotFound: no such article or sentence.
        """
        match = _REF.fullmatch(ref.strip())
        if match is None:
            handle = bad["handle"] if (bad := _MEANT_AS_REF.fullmatch(ref.strip())) else "iraq"
            raise BadInput(f"“{shown(ref)}” names no sentence. Write the article and a number, for example {shown(handle)}:12.")
        article = await self.shelf.article(match["handle"].casefold())
        brief = await self.shelf.brief_of_article(article.id) if article else None
        if article is None or (brief is None and not drafts):
            raise NotFound("article", match["handle"], hint="List the briefs with /brief.")
        sentence = article.sentence(int(match["number"]))
        if sentence is None:
            total = len(article.sentences)
            near = 1 if int(match["number"]) < 1 else total
            raise NotFound("sentence", ref, [f"{article.handle}:{near}"], hint=f"The article has {total} sentences.")
        return Cited(article, await self._marked(article, sentence), brief)

    async def _marked(self, article: Article, sentence: Sentence) -> Sentence:
        """The sentence with what a curator marked in its retelling, where the original has no marks of its own."""
        if sentence.hedges or sentence.attributions or sentence.figures or article.wording is Wording.RETELLING:
            return sentence
        retelling = await self.shelf.article(article.id, wording=Wording.RETELLING)
        told = retelling.sentence(sentence.number) if retelling else None
        if told is None:
            return sentence
        return replace(sentence, hedges=told.hedges, attributions=told.attributions, figures=told.figures)

    async def briefs_naming(self, entity: str, limit: int) -> tuple[Brief, ...]:
        """The newest approved briefs that name the entity of that slug."""
        return await self.shelf.briefs_naming(entity, sample=self.sample is not SamplePolicy.NEVER, limit=limit)

    async def steps_of(self, entity: str) -> tuple[tuple[Brief, Step], ...]:
        """The steps of approved timelines that concern the entity of that slug, brief by brief, newest brief first."""
        briefs = await self.briefs_naming(entity, CHOICES_MAX)
        return tuple((brief, step) for brief in briefs for step in brief.timeline if entity in step.entities)

    async def find(self, query: str, *, drafts: bool, limit: int) -> tuple[Hit, ...]:
        """Briefs, entities and sentences with all those words, best first; may be empty."""
        _bounded(query, "text")
        return await self.shelf.find(query, sample=await self.shows_sample(), drafts=drafts, limit=limit)

    async def articles(self, articles: Sequence[str]) -> dict[str, Article]:
        """The articles of those ids, by id; those not on the shelf are left out."""
        found = {id_: await self.shelf.article(id_) for id_ in dict.fromkeys(articles)}
        return {id_: article for id_, article in found.items() if article is not None}


def names_a_sentence(asked: str) -> bool:
    """Whether what was asked is meant as a reference like `iraq:12`, right or wrong, and not as a name."""
    return _MEANT_AS_REF.fullmatch(asked) is not None


def _bounded(asked: str, kind: str) -> None:
    if len(asked) > NAME_MAX:
        raise BadInput(f"That is too long for a {kind}: {len(asked):,} characters, at most {NAME_MAX}.")
