"""Loading a library: what an earlier edition or another library brought is replaced, what a curator has put stays."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from adapters.storage import fulltext, reviews, shelf_articles, shelf_briefs, shelf_cards
from adapters.storage.bodies import micros, read
from adapters.storage.documents import Document, of_brief, of_card, replace_documents
from adapters.storage.tables import BRIEF, CARD, LIBRARY
from briefs.entity import EntityCard
from briefs.ports import Library


def edition(connection: Connection, library: str) -> str:
    """See the port: `library_edition`."""
    return connection.scalar(select(LIBRARY.c.edition).where(LIBRARY.c.name == library)) or ""


def load(connection: Connection, library: Library, now: datetime) -> None:
    """See the port: `load_library`."""
    owners: set[str] = set()
    documents: list[Document] = []
    articles = _replace_articles(connection, library)
    documents += _replace_cards(connection, library, owners)
    documents += _replace_briefs(connection, library, owners, articles, now)
    for article in sorted(articles):
        owners.add(f"article:{article}")
        documents += shelf_articles.documents_of(connection, article)
    replace_documents(connection, sorted(owners), documents)
    fulltext.tidy(connection)
    connection.execute(delete(LIBRARY).where(LIBRARY.c.name == library.name))
    connection.execute(insert(LIBRARY).values(name=library.name, edition=library.edition))


def _replace_articles(connection: Connection, library: Library) -> set[str]:
    coming = {article.id for article in library.articles}
    touched = shelf_articles.remove_of_library(connection, library.name, _still_cited(connection) - coming)
    shelf_articles.settle_rows(connection, touched)
    for article in library.articles:
        touched |= shelf_articles.take(connection, article, library=library.name)
    return touched


def _still_cited(connection: Connection) -> frozenset[str]:
    """Articles that what a curator has put rests on: their sentences must stay to be shown."""
    cited = set(connection.scalars(select(BRIEF.c.article).where(BRIEF.c.library == "")))
    for found in connection.scalars(select(CARD.c.body).where(CARD.c.library == "")):
        cited.update(citation.article for line in read(EntityCard, found).lines for citation in line.citations)
    return frozenset(cited)


def _replace_cards(connection: Connection, library: Library, owners: set[str]) -> list[Document]:
    brought = dict(connection.execute(select(CARD.c.slug, CARD.c.library)).all())
    coming = [card for card in library.cards if brought.get(card.entity.slug) != ""]
    slugs = {card.entity.slug for card in coming}
    gone = sorted(slug for slug, by in brought.items() if by == library.name or slug in slugs)
    shelf_cards.remove(connection, gone)
    owners.update(f"card:{slug}" for slug in gone)
    shelf_cards.add(connection, coming, library=library.name)
    return [document for card in coming for document in of_card(card)]


def _replace_briefs(connection: Connection, library: Library, owners: set[str], articles: set[str], now: datetime) -> list[Document]:
    brought = {row.slug: row for row in connection.execute(select(BRIEF.c.slug, BRIEF.c.library, BRIEF.c.article))}
    coming = [brief for brief in library.briefs if brief.slug not in brought or brought[brief.slug].library]
    slugs = {brief.slug for brief in coming}
    gone = {slug: row.article for slug, row in brought.items() if row.library == library.name or slug in slugs}
    known = shelf_briefs.arrivals(connection, BRIEF.c.library != "")
    shelf_briefs.remove(connection, sorted(gone))
    owners.update(f"brief:{slug}" for slug in gone)
    for slug in sorted(gone.keys() - slugs):
        reviews.remove_review(connection, slug)
    shelf_briefs.add(connection, coming, library=library.name, known=known, now=micros(now))
    # Whether an article's sentences are found depends on its briefs, those that went included.
    articles.update(gone.values())
    articles.update(brief.article for brief in coming)
    return [document for brief in coming for document in of_brief(brief)]
