"""Entity cards on the shelf, and entities by name."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, Select, bindparam, delete, func, insert, or_, select

from adapters.storage.bodies import askable, body, read
from adapters.storage.documents import of_card, replace_documents
from adapters.storage.moments import card_in_utc
from adapters.storage.names import (
    CANDIDATES_MAX,
    FIRST_OF_ALL,
    LABEL,
    LATER_WORD,
    LATER_WORD_SCORE,
    PREFIX_SCORE,
    TYPED_MAX,
    WHOLE,
    add_names,
    near,
    remove_names,
    rows_of,
)
from adapters.storage.tables import CARD, ENTITY_NAME
from briefs.entity import Entity, EntityCard
from briefs.folding import fold, is_blank
from briefs.ports import Suggested

_EXACT_SCORE: Final = 100.0
_PAGES_MAX: Final = 25  # a name with very many aliases must not make a suggestion slow

_N = ENTITY_NAME.c
_BEGUN: Final = (
    select(_N.slug, _N.text, _N.folded)
    # Without SAMPLE where `sample` is false, with it where it is true.
    .where(_N.part == bindparam("part"), _N.folded >= bindparam("start"), _N.folded < bindparam("end"), _N.sample <= bindparam("sample"))
    .order_by(_N.folded, _N.sample, _N.slug)
    .limit(CANDIDATES_MAX)
    .offset(bindparam("skipped"))
)
_ENTITIES: Final = select(CARD.c.slug, CARD.c.entity).where(CARD.c.slug.in_(bindparam("slugs", expanding=True)))


def _named() -> Select[Any]:
    """Which entities have a run of whole words in a name; put together once, since that takes as long as asking."""
    c = ENTITY_NAME.c
    start: BindParameter[str] = bindparam("start")
    end: BindParameter[str] = bindparam("end")
    # "!" is the first character after the blank, so this is the words alone, or the words and more.
    runs = [(c.folded >= start) & (c.folded < end) & (c.part == part) for part in (WHOLE, LATER_WORD)]
    whole = func.max((c.part != LATER_WORD) & (c.folded == start)).label("whole")
    return (
        select(c.slug, whole)
        # Without SAMPLE where `sample` is false, with it where it is true.
        .where(or_(*runs, (c.part == LABEL) & (c.folded == start)), c.sample <= bindparam("sample"))
        .group_by(c.slug)
        .order_by(whole.desc(), func.min(c.name_key), c.slug)
        .limit(bindparam("most"))
    )


_NAMED: Final = _named()


def put_card(connection: Connection, card: EntityCard) -> None:
    """See the port."""
    remove(connection, (card.entity.slug,))
    add(connection, (card,), library="")
    replace_documents(connection, [f"card:{card.entity.slug}"], of_card(card))


def take_away(connection: Connection, slug: str) -> None:
    """Forget a card and all that can be found of it."""
    remove(connection, (slug,))
    replace_documents(connection, [f"card:{slug}"], ())


def add(connection: Connection, cards: Sequence[EntityCard], *, library: str) -> None:
    """Store cards as a curator's (no `library`) or a library's; none of their slugs is taken."""
    rows: list[dict[str, Any]] = []
    names: list[dict[str, Any]] = []
    for card in map(card_in_utc, cards):
        entity = card.entity
        same = {"slug": entity.slug, "name_key": fold(entity.name), "sample": card.sample}
        rows.append({**same, "library": library, "entity": body(entity), "body": body(card)})
        names += [{**row, **same} for row in _name_rows(entity)]
    if rows:
        connection.execute(insert(CARD), rows)
    add_names(connection, ENTITY_NAME, names)


def _name_rows(entity: Entity) -> list[dict[str, Any]]:
    labels = [{**row, "part": LABEL} for row in rows_of((entity.label,)) if row["part"] == WHOLE]
    return rows_of((entity.name, *(alias.text for alias in entity.aliases))) + labels


def remove(connection: Connection, slugs: Sequence[str]) -> None:
    """Forget cards and their names; what could be found of them is their caller's to remove."""
    remove_names(connection, ENTITY_NAME, slugs)
    for slug in slugs:
        connection.execute(delete(CARD).where(CARD.c.slug == slug))


def card_of(connection: Connection, slug: str) -> EntityCard | None:
    """See the port: `card`."""
    found = connection.scalar(select(CARD.c.body).where(CARD.c.slug == askable(slug)))
    return None if found is None else read(EntityCard, found)


def entities(connection: Connection, slugs: Sequence[str]) -> tuple[Entity, ...]:
    """See the port."""
    asked = [askable(slug) for slug in slugs]
    bodies = dict(connection.execute(_ENTITIES, {"slugs": asked}).all())
    return tuple(read(Entity, bodies[slug]) for slug in asked if slug in bodies)


def named(connection: Connection, words: str, *, sample: bool, limit: int) -> tuple[Entity, ...]:
    """See the port."""
    folded = fold(words)
    if not folded or len(folded) > TYPED_MAX or limit < 1:
        return ()
    asked = {"start": folded, "end": folded + "!", "sample": sample, "most": limit}
    return entities(connection, [row.slug for row in connection.execute(_NAMED, asked)])


def suggest(connection: Connection, typed: str, *, sample: bool, limit: int) -> tuple[Suggested, ...]:
    """See the port: `suggest_entities`."""
    if limit < 1:
        return ()
    if is_blank(typed):
        return _first_by_name(connection, sample=sample, limit=limit)
    folded = fold(typed)[:TYPED_MAX].rstrip()
    if not folded:
        return ()
    offered: dict[str, tuple[str, float]] = {}
    for slug, text, score in _offers(connection, folded, sample=sample):
        offered.setdefault(slug, (text, score))
        if len(offered) == limit:
            break
    found = {entity.slug: entity for entity in entities(connection, list(offered))}
    return tuple(Suggested(found[slug], text, score) for slug, (text, score) in offered.items())


def _first_by_name(connection: Connection, *, sample: bool, limit: int) -> tuple[Suggested, ...]:
    query = select(CARD.c.entity).order_by(CARD.c.name_key, CARD.c.slug).limit(limit)
    if not sample:
        query = query.where(CARD.c.sample.is_(False))
    first = [read(Entity, found) for found in connection.scalars(query)]
    return tuple(Suggested(entity, entity.name, 0.0) for entity in first)


def _offers(connection: Connection, folded: str, *, sample: bool) -> Iterator[tuple[str, str, float]]:
    """Slug, name and score, best first; lazily, for most of it is seldom needed."""
    # A label has the name's words and more, so one word alone is better matched by the name.
    labels = list(_begun(connection, folded, part=LABEL, sample=sample)) if " " in folded else []
    yield from ((slug, text, _EXACT_SCORE) for slug, text, label in labels if label == folded)
    for slug, text, name in _begun(connection, folded, part=WHOLE, sample=sample):
        yield slug, text, _EXACT_SCORE if name == folded else PREFIX_SCORE
    yield from ((slug, text, PREFIX_SCORE) for slug, text, _ in labels)
    for slug, text, _ in _begun(connection, folded, part=LATER_WORD, sample=sample):
        yield slug, text, LATER_WORD_SCORE
    for candidate in near(connection, ENTITY_NAME, folded, sample=sample):
        yield candidate.slug, candidate.text, candidate.score


def _begun(connection: Connection, folded: str, *, part: int, sample: bool) -> Iterator[tuple[str, str, str]]:
    """Rows that begin with what was typed, in their own order, page by page."""
    given = {"part": part, "start": folded, "end": folded + FIRST_OF_ALL, "sample": sample}
    for page in range(_PAGES_MAX):
        rows = connection.execute(_BEGUN, {**given, "skipped": page * CANDIDATES_MAX}).all()
        yield from rows
        if len(rows) < CANDIDATES_MAX:
            return
