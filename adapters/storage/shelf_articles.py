"""Articles on the shelf: an original, a retelling, or both under one id and one handle."""

from dataclasses import replace
from itertools import count
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from adapters.storage.bodies import askable, body, published_utc, read
from adapters.storage.documents import Document, of_article, replace_documents
from adapters.storage.names import between
from adapters.storage.tables import ARTICLE, BRIEF, WORDING
from briefs.article import Article, Wording
from briefs.brief import State
from briefs.ports import Stored

ID_BEGINNING_MIN: Final = 8  # digits of an id that are enough to name an article
_ID_DIGITS: Final = frozenset("0123456789abcdef")

# Put together once: nearly every answer reads an article.
_WORDINGS: Final = select(WORDING.c.wording, WORDING.c.body, ARTICLE.c.handle, ARTICLE.c.sample).join(
    ARTICLE, ARTICLE.c.id == WORDING.c.article
)
_OF_ID: Final = _WORDINGS.where(WORDING.c.article == bindparam("ref"))
_OF_HANDLE: Final = _WORDINGS.where(ARTICLE.c.handle == bindparam("ref"))


def put_article(connection: Connection, article: Article) -> Stored:
    """See the port."""
    stored = store(connection, article, library="")
    if stored is not Stored.SAME:
        index(connection, article.id)
    return stored


def take(connection: Connection, article: Article, *, library: str) -> set[str]:
    """Store one wording of an article as a library's, before which what other libraries brought gives way.

    Returns:
        The ids of the articles whose sentences are to be indexed anew.
    """
    same = (WORDING.c.article == article.id, WORDING.c.wording == article.wording)
    connection.execute(delete(WORDING).where(*same, WORDING.c.library.not_in(("", library))))
    settle_rows(connection, {article.id})
    touched = {article.id}
    if "" not in _libraries(connection, article.id):
        touched |= _make_way(connection, article, library)
        handle = _free_handle(connection, article)
        connection.execute(update(ARTICLE).where(ARTICLE.c.id == article.id).values(handle=handle))
    store(connection, article, library=library)
    return touched


def _make_way(connection: Connection, article: Article, library: str) -> set[str]:
    """Have the other libraries' article of that handle bear another one; its id."""
    bearer = connection.scalar(select(ARTICLE.c.id).where(ARTICLE.c.handle == article.handle, ARTICLE.c.id != article.id))
    if bearer is None or not {"", library}.isdisjoint(_libraries(connection, bearer)):
        return set()
    connection.execute(update(ARTICLE).where(ARTICLE.c.id == bearer).values(handle=_numbered(connection, article.handle)))
    return {bearer}


def _libraries(connection: Connection, article: str) -> set[str]:
    """Who has brought the wordings of the article; "" is a curator."""
    return set(connection.scalars(select(WORDING.c.library).where(WORDING.c.article == article)))


def store(connection: Connection, article: Article, *, library: str) -> Stored:
    """Store one wording of an article as a curator's (no `library`) or a library's; `index` makes it findable."""
    wordings = dict(connection.execute(select(WORDING.c.wording, WORDING.c.library).where(WORDING.c.article == article.id)).all())
    if article.wording in wordings or (wordings and article.wording is Wording.RETELLING and not library):
        if not library:
            # What a curator has put stays, even where a library had brought it before.
            connection.execute(
                update(WORDING).where(WORDING.c.article == article.id, WORDING.c.wording == article.wording).values(library="")
            )
        return Stored.SAME
    if not wordings:
        handle = _free_handle(connection, article)
        connection.execute(insert(ARTICLE).values(id=article.id, handle=handle, sample=article.sample))
    elif library:
        connection.execute(update(ARTICLE).where(ARTICLE.c.id == article.id).values(sample=article.sample))
    if wordings and article.wording is Wording.ORIGINAL:
        article = _with_what_was_given(article, _wording(connection, article.id, Wording.RETELLING))
    article = replace(article, published=published_utc(article.published))
    connection.execute(insert(WORDING).values(article=article.id, wording=article.wording, library=library, body=body(article)))
    return Stored.ATTACHED if wordings and article.wording is Wording.ORIGINAL else Stored.NEW


def _with_what_was_given(original: Article, retelling: Article) -> Article:
    return replace(
        original,
        title=retelling.title or original.title,
        outlet=retelling.outlet or original.outlet,
        byline=retelling.byline or original.byline,
        published=retelling.published or original.published,
        licence=original.licence or retelling.licence,
    )


def _free_handle(connection: Connection, article: Article) -> str:
    """The article's handle, or one with a number where another article has it."""
    others = ARTICLE.c.id != article.id
    if connection.scalar(select(ARTICLE.c.id).where(ARTICLE.c.handle == article.handle, others)) is None:
        return article.handle
    return _numbered(connection, article.handle, but=article.id)


def _numbered(connection: Connection, handle: str, *, but: str = "") -> str:
    """The handle with the first number that no article, but for one, has yet."""
    taken = set(connection.scalars(select(ARTICLE.c.handle).where(between(ARTICLE.c.handle, f"{handle}-"), ARTICLE.c.id != but)))
    return next(free for number in count(2) if (free := f"{handle}-{number}") not in taken)


def article_of(connection: Connection, ref: str, wording: Wording | None = None) -> Article | None:
    """See the port."""
    ref = askable(ref)
    rows = connection.execute(_OF_ID, {"ref": ref}).all() or connection.execute(_OF_HANDLE, {"ref": ref}).all()
    if not rows and (beginning := _by_beginning(connection, ref.lower())):
        rows = connection.execute(_OF_ID, {"ref": beginning}).all()
    found = {row.wording: row for row in rows}
    wanted = wording or (Wording.ORIGINAL if Wording.ORIGINAL in found else Wording.RETELLING)
    return _read(found[wanted]) if wanted in found else None


def _by_beginning(connection: Connection, ref: str) -> str | None:
    if len(ref) < ID_BEGINNING_MIN or not _ID_DIGITS.issuperset(ref):
        return None
    found = connection.scalars(select(ARTICLE.c.id).where(between(ARTICLE.c.id, ref)).limit(2)).all()
    # A beginning of two ids names neither of them.
    return found[0] if len(found) == 1 else None


def _wording(connection: Connection, article: str, wording: Wording) -> Article:
    return next(_read(row) for row in connection.execute(_OF_ID, {"ref": article}) if row.wording == wording)


def _read(row: Any) -> Article:
    return replace(read(Article, row.body), handle=row.handle, sample=row.sample)


def index(connection: Connection, article: str) -> None:
    """Make the article's sentences findable: the original's where it is attached, for all where a brief is approved."""
    replace_documents(connection, [f"article:{article}"], documents_of(connection, article))


def documents_of(connection: Connection, article: str) -> list[Document]:
    """The sentences of the article of that id that can be found; none where there is no such article."""
    shown = article_of(connection, article)
    return [] if shown is None else of_article(shown, draft=not _is_approved(connection, article))


def _is_approved(connection: Connection, article: str) -> bool:
    approved = select(BRIEF.c.slug).where(BRIEF.c.article == article, BRIEF.c.state == State.APPROVED).limit(1)
    return connection.scalar(approved) is not None


def remove_of_library(connection: Connection, library: str, kept: frozenset[str]) -> set[str]:
    """Take back the wordings a library has brought, but for the articles in `kept`; returns the ids it touched."""
    theirs = connection.execute(select(WORDING.c.article, WORDING.c.wording).where(WORDING.c.library == library)).all()
    gone = [row for row in theirs if row.article not in kept]
    for row in gone:
        connection.execute(delete(WORDING).where(WORDING.c.article == row.article, WORDING.c.wording == row.wording))
    return {row.article for row in gone}


def settle_rows(connection: Connection, articles: set[str]) -> None:
    """After wordings came and went: an article without any goes; one that is only a curator's is SAMPLE no longer."""
    for article in articles:
        libraries = _libraries(connection, article)
        if not libraries:
            connection.execute(delete(ARTICLE).where(ARTICLE.c.id == article))
        elif not any(libraries):
            connection.execute(update(ARTICLE).where(ARTICLE.c.id == article).values(sample=False))
