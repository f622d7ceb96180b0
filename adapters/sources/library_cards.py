"""Entity cards of a library: one TOML file each."""

from collections.abc import Mapping

from adapters.sources.library_lines import LINE_KEYS, line_of_articles
from adapters.sources.toml_tables import Table, no_card
from briefs.article import Approval, Article
from briefs.entity import Alias, Entity, EntityCard, Fact, Kind, NotTheSame, Relation
from briefs.folding import fold


def read_entities(tables: Mapping[str, Table]) -> dict[str, Entity]:
    """Everyone's names, by slug, none of them somebody else's.

    Args:
        tables: the files' contents, by slug.

    Raises:
        BrokenLibrary: with the line and what to mend.
    """
    entities = {slug: _entity(slug, table) for slug, table in tables.items()}
    _refuse_shared_names(entities, tables)
    return entities


def read_card(
    entity: Entity, table: Table, entities: Mapping[str, Entity], articles: Mapping[str, Article], *, approval: Approval, sample: bool
) -> EntityCard:
    """The card of an entity whose names have been read.

    Raises:
        BrokenLibrary: with the line and what to mend.
    """
    facts = table.tables("fact")
    if not facts:
        raise table.broken("A card needs a fact that says who or what it is: add [[fact]] with “text” and “cites”.")
    for each in (*facts, *table.tables("note")):
        each.only(*LINE_KEYS)
    return EntityCard(
        entity,
        facts=tuple(Fact(line_of_articles(each, articles)) for each in facts),
        relations=tuple(
            Relation(other.slug, other.name, line_of_articles(each, articles))
            for each in table.tables("relation")
            for other in [_other(each, "to", entity, entities)]
        ),
        not_the_same=tuple(
            NotTheSame(other.slug, other.name, line_of_articles(each, articles, note=True))
            for each in table.tables("not_the_same")
            for other in [_other(each, "other", entity, entities)]
        ),
        notes=tuple(line_of_articles(each, articles, note=True) for each in table.tables("note")),
        approval=approval,
        sample=sample,
    )


def _entity(slug: str, table: Table) -> Entity:
    table.only("name", "kind", "tail", "alias", "fact", "relation", "not_the_same", "note")
    return Entity(
        slug,
        table.text("name"),
        table.one_of("kind", Kind),
        table.text("tail"),
        tuple(_alias(each) for each in table.tables("alias")),
    )


def _alias(table: Table) -> Alias:
    table.only("text", "origin")
    return Alias(table.text("text"), table.text("origin"))


def _refuse_shared_names(entities: Mapping[str, Entity], tables: Mapping[str, Table]) -> None:
    """Names, tails aside, may be alike; a label never is, and an alias is nobody else's name or alias."""
    labels: dict[str, str] = {}
    names: dict[str, str] = {}
    for slug, entity in entities.items():
        first = labels.setdefault(fold(entity.label), slug)
        if first != slug:
            raise tables[slug].broken(f"“{entity.label}” is {first}'s label too: give it another “tail”.", "tail")
        names.setdefault(fold(entity.name), slug)
    for slug, entity in entities.items():
        own = {fold(entity.name)}
        for table, alias in zip(tables[slug].tables("alias"), entity.aliases, strict=True):
            if fold(alias.text) in own:
                raise table.broken(f"“{alias.text}” is the name itself, or an alias given before: take it out.", "text")
            own.add(fold(alias.text))
            owner = names.setdefault(fold(alias.text), slug)
            if owner != slug:
                raise table.broken(f"“{alias.text}” is a name of {owner} already: one name cannot mean both.", "text")


def _other(table: Table, key: str, entity: Entity, entities: Mapping[str, Entity]) -> Entity:
    table.only(key, *LINE_KEYS)
    slug = table.text(key)
    if slug == entity.slug:
        raise table.broken(f"“{slug}” is this card's own entity.", key)
    if slug not in entities:
        raise table.broken(no_card(slug, tuple(entities)), key)
    return entities[slug]
