"""A curator mends a card: its names, its kind, what it says."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from briefs.article import Article
from briefs.decision import Act
from briefs.desk.card_holders import CardsDecided, Holder, OnApproved, OnDraft, there
from briefs.desk.deciding import Curator, Deciding, numbers_of, own_words, typed_line
from briefs.desk.identity import Identity
from briefs.entity import Alias, EntityCard, Fact, Kind
from briefs.errors import BadInput, NotFound, shown
from briefs.folding import fold
from briefs.identity import CardChange, with_aliases
from briefs.review import Stage

NAME_MAX = 100  # characters


@dataclass(frozen=True, slots=True)
class CardTerms:
    """What is to be changed on a card; what is empty stays.

    Args:
        alias, unalias: a name to add, one to take away.
        tail: one or two words that tell it from its look-alikes.
        fact: one more line, as typed; with `cites` alone, the sentence's own words.
        cites: the sentences it rests on, as typed ("12", "ferry:12").
        drop: the number of a fact to take out, counted from 1.
        remove: the card is not wanted at all.
    """

    alias: str = ""
    unalias: str = ""
    kind: Kind | None = None
    tail: str = ""
    rename: str = ""
    fact: str = ""
    cites: str = ""
    drop: int = 0
    remove: bool = False


@dataclass(frozen=True, slots=True)
class Cards:
    """Looks at cards and mends them; each change is one decision."""

    deciding: Deciding
    identity: Identity

    async def of_draft(self, draft: str) -> tuple[EntityCard, ...]:
        """The cards that come with a draft."""
        return (await self.deciding.any_dossier(draft)).review.cards

    async def card(self, name: str, draft: str) -> EntityCard:
        """The card that bears the name, of the draft or, where none is named, of the shelf.

        Raises:
            NotFound: none does.
        """
        if not draft:
            holder = await self.identity.holder("")
            return there(await holder.find(name), name, holder)
        on = await self.deciding.any_dossier(draft)
        lie = OnApproved(self.deciding, on) if on.review.stage is Stage.APPROVED else OnDraft(self.deciding, on)
        return there(await lie.find(name), name, lie)

    async def mend(
        self, curator: Curator, name: str, terms: CardTerms, *, draft: str = "", version: int = 0
    ) -> tuple[CardsDecided, EntityCard | None]:
        """Change a card; what was decided, and the card as it is now (None: it is gone).

        Raises:
            BadInput: nothing is to be changed, or what is left would be no card.
            LineRefused: the gate will not have the fact.
        """
        holder = await self.identity.holder(draft, version)
        card = there(await holder.find(name), name, holder)
        if terms.remove:
            gone = f"the card of {card.entity.label}, taken away"
            return await holder.decide(curator, Act.DROPPED, (CardChange(card, None),), gone), None
        after, told = card, list[str]()
        for change in (self._names(terms, curator), self._entity(terms), await self._facts(holder, card, terms)):
            after, said = change(after)
            told += said
        if after == card:
            raise BadInput("Say what to change: alias:, unalias:, kind:, tail:, rename:, fact: with cites:, drop:, or remove:yes.")
        decided = await holder.decide(curator, Act.EDITED, (CardChange(card, after),), f"{card.entity.label}: {'; '.join(told)}")
        return decided, after

    @staticmethod
    def _names(terms: CardTerms, curator: Curator) -> "Changing":
        def change(card: EntityCard) -> tuple[EntityCard, list[str]]:
            entity, told = card.entity, list[str]()
            if terms.unalias:
                kept = tuple(one for one in entity.aliases if fold(one.text) != fold(terms.unalias))
                if len(kept) == len(entity.aliases):
                    raise BadInput(f"{entity.label} has no other name “{shown(terms.unalias)}”.")
                entity, told = replace(entity, aliases=kept), [f"no longer “{terms.unalias}”"]
            if terms.alias:
                entity = with_aliases(entity, (Alias(_name(terms.alias), f"added by {curator.name}"),))
                told.append(f"also “{terms.alias}”")
            if terms.rename:
                old = Alias(entity.name, f"its name before {curator.name} changed it")
                others = tuple(one for one in entity.aliases if fold(one.text) != fold(terms.rename))
                entity = with_aliases(replace(entity, name=_name(terms.rename), aliases=others), (old,))
                told.append(f"now called “{terms.rename}”")
            return replace(card, entity=entity), told

        return change

    @staticmethod
    def _entity(terms: CardTerms) -> "Changing":
        def change(card: EntityCard) -> tuple[EntityCard, list[str]]:
            entity, told = card.entity, list[str]()
            if terms.kind is not None:
                entity, told = replace(entity, kind=terms.kind), [f"a {terms.kind.value}"]
            if terms.tail:
                entity = replace(entity, tail=_name(terms.tail))
                told.append(f"told by “{terms.tail}”")
            return replace(card, entity=entity), told

        return change

    async def _facts(self, holder: Holder, card: EntityCard, terms: CardTerms) -> "Changing":
        added = await self._fact(holder, card, terms) if terms.fact or terms.cites else None

        def change(now: EntityCard) -> tuple[EntityCard, list[str]]:
            facts, told = now.facts, list[str]()
            if terms.drop:
                if not 1 <= terms.drop <= len(facts):
                    raise BadInput(f"{now.entity.label} has facts 1 to {len(facts)}.")
                told = [f"without “{facts[terms.drop - 1].line.text}”"]
                facts = (*facts[: terms.drop - 1], *facts[terms.drop :])
            if added is not None:
                facts = (*facts, added)
                told.append(f"also “{added.line.text}”")
            if not facts:
                raise BadInput("A card says at least one thing. Give it another fact first, or take the card away with remove:yes.")
            return replace(now, facts=facts), told

        return change

    async def _fact(self, holder: Holder, card: EntityCard, terms: CardTerms) -> Fact:
        if not terms.cites:
            raise BadInput("Say which sentence the fact rests on: cites:12, or cites:ferry:12.")
        article = await self._article(holder, card, terms.cites)
        numbers = numbers_of(terms.cites)
        return Fact(typed_line(terms.fact, article, numbers) if terms.fact else own_words(article, numbers[0]))

    async def _article(self, holder: Holder, card: EntityCard, cites: str) -> Article:
        handle = cites.split(",", maxsplit=1)[0].rpartition(":")[0].strip() or holder.slug
        found = await self.deciding.shelf.article(handle or card.facts[0].line.citations[0].article)
        if found is None:
            raise NotFound("article", handle, hint="Name it before the number: cites:ferry:12.")
        return found


Changing = Callable[[EntityCard], tuple[EntityCard, list[str]]]


def _name(typed: str) -> str:
    plain = " ".join(typed.split())
    if len(plain) > NAME_MAX:
        raise BadInput(f"A name has at most {NAME_MAX} characters.")
    return plain
