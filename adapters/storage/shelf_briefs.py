"""Briefs on the shelf."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, insert, or_, select, union_all

from adapters.storage import shelf_articles, shelf_corrections
from adapters.storage.bodies import askable, body, micros, read
from adapters.storage.documents import of_brief, replace_documents
from adapters.storage.moments import brief_in_utc
from adapters.storage.names import TYPED_MAX, add_names, between, near, remove_names, rows_of
from adapters.storage.tables import BRIEF, BRIEF_ENTITY, BRIEF_NAME, BRIEF_TOPIC
from briefs.brief import Brief, State
from briefs.folding import fold, is_blank

# Both down, so that the index is walked backwards: many briefs of a library bear the same moment.
_NEWEST = (BRIEF.c.approved.desc(), BRIEF.c.slug.desc())
_LATEST_TO_COME = (BRIEF.c.arrived.desc(), BRIEF.c.slug.desc())
_APPROVED = BRIEF.c.state == State.APPROVED
# Put together once: that takes as long as asking. Without SAMPLE where `sample` is false, with it where it is true.
_NAMING = (
    select(BRIEF.c.body)
    .join(BRIEF_ENTITY, BRIEF_ENTITY.c.slug == BRIEF.c.slug)
    .where(BRIEF_ENTITY.c.tag == bindparam("tag"), BRIEF_ENTITY.c.sample <= bindparam("sample"))
    .order_by(BRIEF_ENTITY.c.approved.desc(), BRIEF_ENTITY.c.slug.desc())
    .limit(bindparam("most"))
)

# Put together once: what is asked for again and again.
_NEWEST_ALL = select(BRIEF.c.body).where(_APPROVED).order_by(*_NEWEST).limit(bindparam("most"))
_NEWEST_OWN = _NEWEST_ALL.where(BRIEF.c.sample.is_(False))
_ANY_OWN = select(BRIEF.c.slug).where(_APPROVED, BRIEF.c.sample.is_(False)).limit(1)
_OF_ARTICLE = select(BRIEF.c.body).where(BRIEF.c.article == bindparam("article"), _APPROVED).order_by(*_NEWEST).limit(1)
_OF_SLUG = select(BRIEF.c.body).where(BRIEF.c.slug == bindparam("slug"), _APPROVED)


Tag = tuple[Table, str]  # a table of what briefs bear, and what one of them bears


def put_brief(connection: Connection, brief: Brief) -> None:
    """See the port."""
    before = connection.scalar(select(BRIEF.c.article).where(BRIEF.c.slug == brief.slug))
    known = arrivals(connection, BRIEF.c.slug == brief.slug)
    remove(connection, (brief.slug,))
    add(connection, (brief,), library="", known=known)
    replace_documents(connection, [f"brief:{brief.slug}"], of_brief(brief))
    # Readers find an article's sentences while a brief of it is approved.
    for article in {brief.article, before or brief.article}:
        shelf_articles.index(connection, article)


def take_away(connection: Connection, slug: str) -> None:
    """Forget a brief and all that can be found of it."""
    article = connection.scalar(select(BRIEF.c.article).where(BRIEF.c.slug == slug))
    remove(connection, (slug,))
    shelf_corrections.forget(connection, slug)
    replace_documents(connection, [f"brief:{slug}"], ())
    if article is not None:
        shelf_articles.index(connection, article)


def arrivals(connection: Connection, which: ColumnElement[bool]) -> dict[str, int]:
    """When the approved briefs among those came to the shelf, by slug."""
    return dict(connection.execute(select(BRIEF.c.slug, BRIEF.c.arrived).where(which, _APPROVED)).all())


def add(connection: Connection, briefs: Sequence[Brief], *, library: str, known: Mapping[str, int], now: int | None = None) -> None:
    """Store briefs as a curator's (no `library`) or a library's; none of their slugs is taken.

    Args:
        known: when those that were there before came.
        now: when the others come; None: when each was approved.
    """
    rows: list[dict[str, Any]] = []
    names: list[dict[str, Any]] = []
    tags: dict[Table, list[dict[str, Any]]] = {BRIEF_TOPIC: [], BRIEF_ENTITY: []}
    for brief in map(brief_in_utc, briefs):
        approved = micros(brief.approval.at) if brief.approval else 0
        same = {"slug": brief.slug, "approved": approved, "sample": brief.sample}
        arrived = known.get(brief.slug, approved if now is None else now)
        rows.append({**same, "arrived": arrived, "article": brief.article, "state": brief.state, "library": library, "body": body(brief)})
        if brief.state is State.APPROVED:
            names += [{**row, **same} for row in rows_of((brief.slug, brief.headline.text))]
            tags[BRIEF_TOPIC] += [{**same, "tag": topic} for topic in dict.fromkeys(brief.topics)]
            tags[BRIEF_ENTITY] += [{**same, "tag": slug} for slug in dict.fromkeys(brief.entities)]
    for table, added in {BRIEF: rows, **tags}.items():
        if added:
            connection.execute(insert(table), added)
    add_names(connection, BRIEF_NAME, names)
    shelf_corrections.keep(connection, briefs, now=now)


def remove(connection: Connection, slugs: Sequence[str]) -> None:
    """Forget briefs and their names; what could be found of them is their caller's to remove."""
    remove_names(connection, BRIEF_NAME, slugs)
    for slug in slugs:
        for table in (BRIEF_TOPIC, BRIEF_ENTITY):
            connection.execute(delete(table).where(table.c.slug == slug))
        connection.execute(delete(BRIEF).where(BRIEF.c.slug == slug))


def brief_of(connection: Connection, slug: str) -> Brief | None:
    """See the port: `brief`."""
    found = connection.scalar(_OF_SLUG, {"slug": askable(slug)})
    return None if found is None else read(Brief, found)


def lying(connection: Connection, slug: str) -> Brief | None:
    """The brief of that slug, in whatever state; None where there is none."""
    found = connection.scalar(select(BRIEF.c.body).where(BRIEF.c.slug == askable(slug)))
    return None if found is None else read(Brief, found)


def newest(
    connection: Connection,
    *,
    sample: bool,
    limit: int,
    topics: Sequence[str] = (),
    entities: Sequence[str] = (),
    since: datetime | None = None,
) -> tuple[Brief, ...]:
    """See the port: `briefs`."""
    tags = [(BRIEF_TOPIC, topic) for topic in topics] + [(BRIEF_ENTITY, slug) for slug in entities]
    if since is not None:
        return _arrived(connection, since, sample=sample, limit=limit, tags=tags)
    if tags:
        return _bodies(connection, _newest_with(connection, tags, sample=sample, limit=limit))
    found = connection.scalars(_NEWEST_ALL if sample else _NEWEST_OWN, {"most": max(limit, 0)})
    return tuple(read(Brief, body) for body in found)


def _arrived(connection: Connection, since: datetime, *, sample: bool, limit: int, tags: Sequence[Tag]) -> tuple[Brief, ...]:
    query = select(BRIEF.c.body).where(_APPROVED, BRIEF.c.arrived > micros(since)).order_by(*_LATEST_TO_COME).limit(max(limit, 0))
    if tags:
        query = query.where(or_(*(BRIEF.c.slug.in_(select(table.c.slug).where(table.c.tag == askable(tag))) for table, tag in tags)))
    if not sample:
        query = query.where(BRIEF.c.sample.is_(False))
    return tuple(read(Brief, found) for found in connection.scalars(query))


def naming(connection: Connection, slug: str, *, sample: bool, limit: int) -> tuple[Brief, ...]:
    """See the port: `briefs_naming`."""
    asked = {"tag": askable(slug), "sample": sample, "most": max(limit, 0)}
    return tuple(read(Brief, found) for found in connection.scalars(_NAMING, asked))


def _newest_with(connection: Connection, tags: Sequence[Tag], *, sample: bool, limit: int) -> list[str]:
    # The newest with each tag alone is a short walk along the index; the newest of all are among them.
    walks = []
    for table, tag in dict.fromkeys(tags):
        c = table.c
        walk = select(c.slug, c.approved).where(c.tag == askable(tag)).order_by(c.approved.desc(), c.slug.desc()).limit(max(limit, 0))
        walks.append(select((walk if sample else walk.where(c.sample.is_(False))).subquery()))
    rows = connection.execute(union_all(*walks)).all()
    ordered = sorted(rows, key=lambda row: (row[1], row[0]), reverse=True)
    return list(dict.fromkeys(slug for slug, _ in ordered))[: max(limit, 0)]


def _bodies(connection: Connection, slugs: Sequence[str]) -> tuple[Brief, ...]:
    bodies = dict(connection.execute(select(BRIEF.c.slug, BRIEF.c.body).where(BRIEF.c.slug.in_(slugs))).all())
    return tuple(read(Brief, bodies[slug]) for slug in slugs)


def has_own(connection: Connection) -> bool:
    """See the port: `has_own_briefs`."""
    return connection.scalar(_ANY_OWN) is not None


def of_article(connection: Connection, article: str) -> Brief | None:
    """See the port: `brief_of_article`. Of several, the newest."""
    found = connection.scalar(_OF_ARTICLE, {"article": askable(article)})
    return None if found is None else read(Brief, found)


def suggest(connection: Connection, typed: str, *, sample: bool, limit: int) -> tuple[Brief, ...]:
    """See the port: `suggest_briefs`."""
    if is_blank(typed):
        return newest(connection, sample=sample, limit=limit)
    folded = fold(typed)[:TYPED_MAX].rstrip()
    if not folded or limit < 1:
        return ()
    c = BRIEF_NAME.c
    begun = select(c.slug, c.approved).where(between(c.folded, folded)).distinct().order_by(c.approved.desc(), c.slug).limit(limit)
    slugs = [row.slug for row in connection.execute(begun if sample else begun.where(c.sample.is_(False)))]
    if len(slugs) < limit:
        offered = [candidate.slug for candidate in near(connection, BRIEF_NAME, folded, sample=sample)]
        slugs = list(dict.fromkeys((*slugs, *offered)))[:limit]
    return _bodies(connection, slugs)
