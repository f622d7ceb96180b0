"""A curator decides which names are one thing: merged, kept apart, or parted again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from briefs.article import Article, Citation, CitedLine
from briefs.decision import Act
from briefs.desk.card_holders import CardsDecided, Holder, OnApproved, OnDraft, OnShelf, there
from briefs.desk.deciding import Curator, Deciding, cited, judge, numbers_of, own_words, sentences_of
from briefs.entity import Alias, Entity, EntityCard, Fact
from briefs.errors import BadInput, NotFound, shown
from briefs.folding import fold
from briefs.identity import CardChange, are_apart, kept_apart, merged, name_both, parted, with_aliases
from briefs.review import Stage


@dataclass(frozen=True, slots=True)
class Identity:
    """Merges, splits, keeps apart; every one is logged and can be undone."""

    deciding: Deciding

    async def holder(self, draft: str, version: int = 0) -> Holder:
        """Where the cards lie: with that draft, or on the shelf, where the draft was approved or none is named."""
        if not draft:
            return OnShelf(self.deciding)
        on = await self.deciding.any_dossier(draft)
        if on.review.stage is not Stage.APPROVED:
            return OnDraft(self.deciding, await self.deciding.dossier(draft, version))
        await self.deciding.seen(on.review, version)
        return OnApproved(self.deciding, on)

    async def together(self, name: str, other: str, *, draft: str = "", version: int = 0) -> str:
        """The sentence in which both names stand side by side, as those of two do; empty where there is none.

        A name within the other, or in brackets behind it, is no second name.
        """
        holder = await self.holder(draft, version)
        one, two = await holder.find(name), await holder.find(other)
        cards = [card for card in (one, two) if card is not None]
        articles = await self.deciding.articles([*(line for card in cards for line in card.lines), *await holder.lines()])
        sentences = (sentence.text for article in articles.values() for sentence in article.sentences)
        # Somebody may have typed a label, of which no sentence has the tail.
        ones, twos = ({typed, card.entity.name} if card else {typed} for typed, card in ((name, one), (other, two)))
        return next((text for text in sentences if any(name_both(text, a, b) for a, b in product(ones, twos) if fold(a) != fold(b))), "")

    async def merge(
        self, curator: Curator, name: str, other: str, *, draft: str = "", version: int = 0, sure: bool = False
    ) -> CardsDecided:
        """The two are one: the first one's card stays, and the other's names are aliases of it.

        In a draft the other may also be an entity of the shelf, whose card then stays.

        Raises:
            NotFound: neither has a card, and no question was asked about them.
            BadInput: they are one already; or were kept apart, and it is not `sure`.
        """
        _refuse_one_name(name, other)
        holder = await self.holder(draft, version)
        one, two = await holder.find(name), await holder.find(other)
        if one is not None and one == two:
            raise BadInput(f"“{shown(name)}” and “{shown(other)}” are names of one card already: {one.entity.label}.")
        question = holder.question(name, other)
        if holder.drafted and not (one and two):
            one, two = await self._with_shelf(one, two, name, other)
        changes = self._as_one(one, two, name, other, curator, sure=sure)
        if not changes and question is None:
            raise NotFound("card", name if one is None else other, hint="Two names can be merged where at least one has a card.")
        return await holder.decide(curator, Act.MERGED, changes, f"“{name}” and “{other}”", question=question)

    async def _with_shelf(
        self, one: EntityCard | None, two: EntityCard | None, name: str, other: str
    ) -> tuple[EntityCard | None, EntityCard | None]:
        """A name that no card of the draft bears may be an entity's of the shelf, under the whole of its label."""
        shelf = OnShelf(self.deciding)
        if one is None and two is not None and " · " in name:
            return await shelf.find(name), two
        if two is None and one is not None and " · " in other:
            return one, await shelf.find(other)
        return one, two

    def _as_one(
        self, one: EntityCard | None, two: EntityCard | None, name: str, other: str, curator: Curator, *, sure: bool
    ) -> Sequence[CardChange]:
        if one is None and two is None:
            return ()
        if one is None or two is None:
            kept, alias = (one, other) if two is None else (two, name)
            assert kept is not None
            entity = with_aliases(kept.entity, (Alias(alias, f"as the article has it, merged by {curator.name}"),))
            return (CardChange(kept, replace(kept, entity=entity)),)
        if are_apart(one, two) and not sure:
            raise BadInput(f"“{one.entity.label}” and “{two.entity.label}” are kept apart. Say sure:yes if they are one after all.")
        if one.approval is None and two.approval is not None:  # the shelf's card stays what it is, and gets what the draft says
            return (CardChange(one, replace(one, entity=with_aliases(two.entity, _as_aliases(one, curator)))),)
        if two.approval is None and one.approval is not None:
            return (CardChange(two, replace(two, entity=with_aliases(one.entity, _as_aliases(two, curator)))),)
        return (CardChange(one, merged(one, two, curator.name)), CardChange(two, None))

    async def apart(
        self, curator: Curator, name: str, other: str, *, draft: str = "", why: str = "", cites: str = "", version: int = 0
    ) -> CardsDecided:
        """The two are two: both cards say so, beside a sentence, and nobody is asked again.

        Args:
            why: a sentence; empty: that the curator keeps them apart.
            cites: the sentences it rests on; empty: the first that names each.
        """
        _refuse_one_name(name, other)
        holder = await self.holder(draft, version)
        one, two = await holder.find(name), await holder.find(other)
        if holder.drafted:
            one, two = await self._with_shelf(one, two, name, other)
        question = holder.question(name, other)
        if one is not None and one == two:
            raise BadInput(f"“{shown(name)}” and “{shown(other)}” are names of one card: /curate split parts them.")
        if one is None or two is None:
            if question is None:
                raise NotFound("card", name if one is None else other, hint="Both need a card, or a question about them.")
            return await holder.decide(curator, Act.KEPT_APART, (), f"“{name}” and “{other}”", question=question)
        line = await self._why(holder, one, two, why, cites)
        changes = [
            CardChange(card, kept_apart(card, against.entity, line))
            for card, against in ((one, two), (two, one))
            if (card.approval is None) == holder.drafted
        ]
        return await holder.decide(curator, Act.KEPT_APART, changes, f"“{one.entity.label}” and “{two.entity.label}”", question=question)

    async def _why(self, holder: Holder, one: EntityCard, two: EntityCard, why: str, cites: str) -> CitedLine:
        text = " ".join(why.split()) or f"{one.entity.name} and {two.entity.name} are not the same: the curator keeps them apart."
        articles = await self.deciding.articles([*one.lines, *two.lines, *await holder.lines()])
        citations = _typed_citations(articles.values(), cites) if cites else _naming(articles.values(), one.entity, two.entity)
        if not citations:
            raise BadInput("Say which sentence keeps them apart: cites:12.")
        line = CitedLine(text, citations)
        verdict = judge(line, articles, note=True)
        if not verdict.passes or not cited(line, articles):
            reasons = " ".join(verdict.reasons)
            raise BadInput(
                f"{reasons} Readers see the reason on both cards, beside its sentence, so it must say no more than that one: "
                "mend why:, name the sentence with cites:12, or leave both out.".strip()
            )
        return line

    async def split(self, curator: Curator, name: str, alias: str, *, draft: str = "", tail: str = "", version: int = 0) -> CardsDecided:
        """That alias is another thing after all: it gets a card of its own, and both say that they are two."""
        holder = await self.holder(draft, version)
        card = there(await holder.find(name), name, holder)
        if fold(alias) not in {fold(one.text) for one in card.entity.aliases}:
            known = ", ".join(one.text for one in card.entity.aliases) or "none"
            raise BadInput(f"“{shown(alias)}” is no other name of {card.entity.label}. It has: {known}.")
        articles = await self.deciding.articles([*card.lines, *await holder.lines()])
        own = await self._new(card.entity, alias, tail)
        naming = next(_sentences_naming(articles.values(), alias), None)
        fact = Fact(own_words(*naming)) if naming else None
        left, right = parted(card, alias, own, fact)
        if not right.facts:
            raise BadInput(f"No sentence names “{shown(alias)}”, so there is nothing its card could say.")
        line = await self._why(holder, left, right, "", "")
        changes = (CardChange(card, kept_apart(left, own, line)), CardChange(None, kept_apart(right, left.entity, line)))
        return await holder.decide(curator, Act.SPLIT, changes, f"“{alias}” from “{card.entity.label}”")

    async def _new(self, old: Entity, alias: str, tail: str) -> Entity:
        from briefs.drafting.cards import slug_of

        plain = slug_of(alias) or "entity"
        slug, number = plain, 2
        while slug == old.slug or await self.deciding.shelf.card(slug) is not None:
            slug, number = f"{plain}-{number}", number + 1
        return Entity(slug, alias, old.kind, tail or old.kind.value)


def _refuse_one_name(name: str, other: str) -> None:
    if fold(name) == fold(other):
        raise BadInput(f"“{shown(name)}” is one name, given twice: name two different ones.")


def _as_aliases(card: EntityCard, curator: Curator) -> tuple[Alias, ...]:
    return (Alias(card.entity.name, f"as the article has it, merged by {curator.name}"), *card.entity.aliases)


def _typed_citations(articles: Iterable[Article], cites: str) -> tuple[Citation, ...]:
    [article, *others] = articles
    if others:
        raise BadInput("These cards rest on several articles, so a number does not say which sentence is meant; leave cites: out.")
    return tuple(Citation(article.id, sentence.number) for sentence in sentences_of(article, numbers_of(cites)))


def _naming(articles: Iterable[Article], *entities: Entity) -> tuple[Citation, ...]:
    """The first sentence that names each, each once; one that names both serves for both."""
    found: dict[Citation, None] = {}
    there_are = list(articles)
    named = [[Citation(a.id, n) for a, n in _sentences_naming(there_are, entity.name)] for entity in entities]
    both = next((citation for citation in named[0] if citation in named[1]), None)
    if both is not None:
        return (both,)
    for citations in named:
        found |= dict.fromkeys(citations[:1])
    return tuple(found)


def _sentences_naming(articles: Iterable[Article], name: str) -> Iterator[tuple[Article, int]]:
    sought = f" {fold(name)} "
    for article in articles:
        for sentence in article.sentences:
            if sought in f" {fold(sentence.text)} ":
                yield article, sentence.number
