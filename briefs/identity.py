"""Which names are one thing: cards joined, parted and kept apart, each name keeping where it came from."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from briefs.article import CitedLine
from briefs.entity import Alias, Entity, EntityCard, Fact, NotTheSame
from briefs.folding import fold

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CardChange:
    """One card as it was and as it is to be; None: it was not there, or is not any more."""

    before: EntityCard | None
    after: EntityCard | None


def bearing(cards: Iterable[EntityCard], name: str) -> tuple[EntityCard, ...]:
    """The cards whose entity bears that name, as its label, its name or an alias; in their order."""
    sought = fold(name)
    return tuple(card for card in cards if sought in {fold(one) for one in names_of(card.entity)})


def names_of(entity: Entity) -> tuple[str, ...]:
    """Label, name and aliases."""
    return (entity.label, entity.name, *(alias.text for alias in entity.aliases))


def with_aliases(entity: Entity, aliases: Iterable[Alias]) -> Entity:
    """The entity with further names, each once; one that it bears already keeps where it came from."""
    known = {fold(alias.text): alias for alias in entity.aliases}
    for alias in aliases:
        if fold(alias.text) != fold(entity.name):
            known.setdefault(fold(alias.text), alias)
    return replace(entity, aliases=tuple(known.values()))


def merged(kept: EntityCard, gone: EntityCard, by: str) -> EntityCard:
    """Two cards of one thing as one: the first one's name and slug, all names and all that is said, each once.

    Args:
        by: the curator, whom each name that comes over names beside where it came from.
    """
    came = [Alias(gone.entity.name, f"card of its own, merged by {by}")]
    came += [Alias(alias.text, f"{alias.origin}; merged by {by}") for alias in gone.entity.aliases]
    both = {kept.entity.slug, gone.entity.slug}
    apart = {one.other: one for one in (*kept.not_the_same, *gone.not_the_same) if one.other not in both}
    return replace(
        kept,
        entity=with_aliases(kept.entity, came),
        facts=once((*kept.facts, *gone.facts)),
        relations=once(one for one in (*kept.relations, *gone.relations) if one.to not in both),
        not_the_same=tuple(apart.values()),
        notes=once((*kept.notes, *gone.notes)),
        formerly=once((*kept.formerly, gone.entity.slug, *gone.formerly)),
    )


def joined(there: EntityCard, new: EntityCard) -> EntityCard:
    """The card that is there with what a newly drafted one of the same entity says, each thing once.

    Of a SAMPLE card, whose facts are not readers' news, the names stay and what keeps it from look-alikes.
    """
    apart = {one.other: one for one in (*new.not_the_same, *there.not_the_same)}
    came = (Alias(new.entity.name, "the article"), *new.entity.aliases)
    return replace(
        there,
        entity=with_aliases(there.entity, came),
        facts=new.facts if there.sample else once((*there.facts, *new.facts)),
        relations=new.relations if there.sample else once((*there.relations, *new.relations)),
        not_the_same=tuple(apart.values()),
        notes=() if there.sample else there.notes,
        sample=False,
        formerly=once((*there.formerly, *new.formerly)),
    )


def kept_apart(card: EntityCard, other: Entity, line: CitedLine) -> EntityCard:
    """The card, saying that it is not the other one."""
    rest = tuple(one for one in card.not_the_same if one.other != other.slug)
    return replace(card, not_the_same=(*rest, NotTheSame(other.slug, other.name, line)))


def are_apart(one: EntityCard, other: EntityCard) -> bool:
    """Whether either card says that the two are not the same."""
    ones = {apart.other for apart in one.not_the_same}
    return other.entity.slug in ones or one.entity.slug in {apart.other for apart in other.not_the_same}


def name_both(text: str, name: str, other: str) -> bool:
    """Whether a sentence has both names side by side; a name within the other, or in brackets behind it, is no second one."""
    longer, shorter = sorted((fold(name), fold(other)), key=len, reverse=True)
    bracketed = re.sub(r"\s*\([^()]*\)", " ", text) if f"({shorter})" in text.casefold() else text
    plain = f" {fold(bracketed)} "
    rest = plain.replace(f" {longer} ", "  ")
    return rest != plain and f" {shorter} " in rest


def parted(card: EntityCard, alias: str, own: Entity, fact: Fact | None) -> tuple[EntityCard, EntityCard]:
    """The card without that name, and a card for what bears it: with the facts that name it.

    Args:
        own: the new entity, whose name the alias is.
        fact: what its card says where no fact of the old one names it; None: there is such a fact.
    """
    sought = fold(alias)
    moving = tuple(one for one in card.facts if sought in fold(one.line.text) and fold(card.entity.name) not in fold(one.line.text))
    staying = tuple(one for one in card.facts if one not in moving) or card.facts
    aliases = tuple(one for one in card.entity.aliases if fold(one.text) != sought)
    left = replace(card, entity=replace(card.entity, aliases=aliases), facts=staying)
    facts = moving or ((fact,) if fact else ())
    return left, EntityCard(own, facts, approval=card.approval)


def once(row: Iterable[T]) -> tuple[T, ...]:
    """Each of them once, in order."""
    return tuple(dict.fromkeys(row))


def renamed(slugs: Sequence[str], now: dict[str, str]) -> tuple[str, ...]:
    """Slugs as they are now, each once."""
    return once(now.get(slug, slug) for slug in slugs)
