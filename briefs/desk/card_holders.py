"""Where a curator's cards lie: with a draft, or on the shelf; changed in one decision either way."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from briefs.article import CitedLine
from briefs.brief import Brief, Step
from briefs.decision import Act, Change, Decision, Shelved
from briefs.desk.deciding import Curator, Deciding
from briefs.entity import Entity, EntityCard
from briefs.errors import BadInput, NotFound, shown
from briefs.folding import fold
from briefs.identity import CardChange, bearing, once, renamed
from briefs.review import Dossier, Merge

SEVERAL_MAX: Final = 10
BRIEFS_MAX: Final = 1_000  # that name a card which is merged into another one


@dataclass(frozen=True, slots=True)
class CardsDecided:
    """What a decision on cards did: its number in the log, where its cards lie, and whether any of them was changed."""

    number: int
    holder: "Holder"
    on_cards: bool = True


class Holder(Protocol):
    """Cards that lie together."""

    @property
    def slug(self) -> str:
        """The draft's or the approved brief's; empty for the shelf."""
        ...

    @property
    def drafted(self) -> bool:
        """Whether they are not approved yet."""
        ...

    async def find(self, name: str) -> EntityCard | None:
        """The one card that bears the name; None where none does.

        Raises:
            BadInput: several do; the sentence names them.
        """
        ...

    async def lines(self) -> Sequence[CitedLine]:
        """Lines that rest on sentences in which these cards' names may stand."""
        ...

    def question(self, name: str, other: str) -> Merge | None:
        """The open question about those two names; None where nobody asks."""
        ...

    async def decide(
        self, curator: Curator, act: Act, changes: Sequence[CardChange], told: str, *, question: Merge | None = None
    ) -> CardsDecided:
        """Change cards; `question` is decided on with it."""
        ...


@dataclass(frozen=True, slots=True)
class _OfBrief:
    """Cards that belong to a brief, and its questions about them."""

    deciding: Deciding
    on: Dossier

    @property
    def slug(self) -> str:
        """See the protocol."""
        return self.on.review.slug

    async def lines(self) -> Sequence[CitedLine]:
        """See the protocol."""
        return self.on.brief.lines

    def question(self, name: str, other: str) -> Merge | None:
        """See the protocol."""
        both = {fold(name), fold(other)}
        return next((one for one in self.on.review.merges if {fold(one.one), fold(one.other)} == both), None)


@dataclass(frozen=True, slots=True)
class OnDraft(_OfBrief):
    """The cards that come with a draft."""

    @property
    def drafted(self) -> bool:
        """See the protocol."""
        return True

    async def find(self, name: str) -> EntityCard | None:
        """See the protocol."""
        return the_one(bearing(self.on.review.cards, name), name)

    async def decide(
        self, curator: Curator, act: Act, changes: Sequence[CardChange], told: str, *, question: Merge | None = None
    ) -> CardsDecided:
        """See the protocol: the draft's brief names what its cards are now."""
        review = self.on.review
        cards = list(review.cards)
        now: dict[str, str] = {}
        for change in changes:
            if change.before is not None and change.before in cards:
                at = cards.index(change.before)
                cards[at : at + 1] = [change.after] if change.after else []
            elif change.after is not None:
                cards.append(change.after)
            if change.before and change.after and change.before.entity.slug != change.after.entity.slug:
                now[change.before.entity.slug] = change.after.entity.slug
            if change.after is not None:
                now |= dict.fromkeys(change.after.formerly, change.after.entity.slug)
        merges = tuple(one for one in review.merges if one != question)
        brief = self.on.brief
        if now:
            steps = tuple(replace(step, entities=renamed(step.entities, now)) for step in brief.timeline)
            brief = replace(brief, entities=renamed(brief.entities, now), timeline=steps)
        review = replace(review, cards=tuple(cards), merges=merges)
        decided = await self.deciding.decide(curator, act, self.on, brief=brief, review=review, told=told)
        return CardsDecided(decided.number, OnDraft(self.deciding, decided.dossier), bool(changes))


@dataclass(frozen=True, slots=True)
class OnShelf:
    """The approved cards."""

    deciding: Deciding

    @property
    def drafted(self) -> bool:
        """See the protocol."""
        return False

    @property
    def slug(self) -> str:
        """See the protocol."""
        return ""

    async def find(self, name: str) -> EntityCard | None:
        """See the protocol."""
        shelf = self.deciding.shelf
        named = await shelf.named(name, sample=True, limit=SEVERAL_MAX)
        exact = [entity for entity in named if fold(entity.label) == fold(name)]
        if len(exact) != 1 and len(named) > 1:
            raise BadInput(f"Several bear “{shown(name)}”: {_labels(named)}. Write the whole of one of them.")
        found = exact or list(named)
        return await shelf.card(found[0].slug) if found else None

    async def lines(self) -> Sequence[CitedLine]:
        """See the protocol."""
        return ()

    def question(self, name: str, other: str) -> Merge | None:  # noqa: ARG002 only drafts and their briefs have questions
        """See the protocol."""
        return None

    async def decide(
        self,
        curator: Curator,
        act: Act,
        changes: Sequence[CardChange],
        told: str,
        *,
        question: Merge | None = None,  # noqa: ARG002 only drafts have questions
    ) -> CardsDecided:
        """See the protocol: briefs that name what is gone name what it is now as well, so that who follows either is served."""
        made = await self.made(changes)
        about = (changes[0].after or changes[0].before).entity.slug  # type: ignore[union-attr]  # one of the two is there
        decision = Decision(act, about, curator.name, curator.person, self.deciding.clock(), told=told, changes=made)
        return CardsDecided(await self.deciding.curation.decide(decision), self)

    async def made(self, changes: Sequence[CardChange]) -> tuple[Change, ...]:
        """What changes on the shelf with those cards."""
        made = []
        for change in changes:
            slug = (change.before or change.after).entity.slug  # type: ignore[union-attr]  # one of the two is there
            made.append(Change(Shelved.CARD, slug, change.before, change.after))
        for change in changes:
            if change.after is not None and change.before is not None:
                for gone in set(change.after.formerly) - set(change.before.formerly):
                    made += await self._briefs(gone, change.after.entity.slug)
        return tuple(made)

    async def _briefs(self, gone: str, kept: str) -> list[Change]:
        found = await self.deciding.shelf.briefs_naming(gone, sample=True, limit=BRIEFS_MAX)
        return [Change(Shelved.BRIEF, brief.slug, brief, _also_naming(brief, gone, kept)) for brief in found]


@dataclass(frozen=True, slots=True)
class OnApproved(_OfBrief):
    """The approved cards, with the questions that were left open when the brief was approved."""

    @property
    def drafted(self) -> bool:
        """See the protocol."""
        return False

    async def find(self, name: str) -> EntityCard | None:
        """See the protocol: of several that bear the name, the one that the brief names is meant."""
        cards = [card for slug in self.on.brief.entities if (card := await self.deciding.shelf.card(slug)) is not None]
        return the_one(bearing(cards, name), name) or await OnShelf(self.deciding).find(name)

    async def decide(
        self, curator: Curator, act: Act, changes: Sequence[CardChange], told: str, *, question: Merge | None = None
    ) -> CardsDecided:
        """See the protocol: what the cards are now stands on the shelf, and the question is asked no more."""
        made, review = await OnShelf(self.deciding).made(changes), self.on.review
        if question is not None:
            left = tuple(one for one in review.merges if one != question)
            after = replace(review, merges=left, version=review.version + 1)
            made = (*made, Change(Shelved.REVIEW, self.slug, review, after))
        decision = Decision(act, self.slug, curator.name, curator.person, self.deciding.clock(), told=told, changes=made)
        return CardsDecided(await self.deciding.curation.decide(decision), self, bool(changes))


def _also_naming(brief: Brief, gone: str, kept: str) -> Brief:
    def step_naming(step: Step) -> Step:
        return replace(step, entities=once((kept, *step.entities))) if gone in step.entities else step

    return replace(brief, entities=once((kept, *brief.entities)), timeline=tuple(map(step_naming, brief.timeline)))


def the_one(found: Sequence[EntityCard], name: str) -> EntityCard | None:
    """The one card; None where there is none.

    Raises:
        BadInput: there are several.
    """
    if len(found) > 1:
        raise BadInput(f"Several bear “{shown(name)}”: {_labels([card.entity for card in found])}. Write the whole of one of them.")
    return found[0] if found else None


def there(card: EntityCard | None, name: str, holder: Holder) -> EntityCard:
    """The card.

    Raises:
        NotFound: it is None.
    """
    if card is None:
        where = f"List the draft's cards with /curate card {holder.slug}." if holder.slug else "List everyone named with /entity."
        raise NotFound("card", name, hint=where)
    return card


def _labels(entities: Sequence[Entity]) -> str:
    return "; ".join(entity.label for entity in entities)
