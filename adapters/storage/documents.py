"""What can be found: one document for each line of a brief, each fact of a card and each sentence of an article.

A document's number says in its high digits what sort it is, and in its low ones how new. The full-text index can
therefore read the newest of one sort and touch nothing else.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select, union_all

from adapters.storage import fulltext
from adapters.storage.bodies import body
from adapters.storage.tables import DOCUMENT
from briefs.article import Article, CitedLine
from briefs.brief import Brief, State
from briefs.entity import EntityCard
from briefs.folding import fold
from briefs.hit import HitKind

_SORT_BITS: Final = 40  # a million million documents of each sort
_KINDS: Final = tuple(HitKind)


@dataclass(frozen=True, slots=True)
class Sort:
    """A kind of document, whether only curators may see it, and whether it is SAMPLE."""

    kind: HitKind
    draft: bool
    sample: bool

    @property
    def first(self) -> int:
        """The lowest number of this sort."""
        return (_KINDS.index(self.kind) * 4 + self.draft * 2 + self.sample) << _SORT_BITS

    @property
    def last(self) -> int:
        """The highest number of this sort."""
        return self.first + (1 << _SORT_BITS) - 1


def sort_of(number: int) -> Sort:
    """The sort of the document of that number."""
    sort = number >> _SORT_BITS
    return Sort(_KINDS[sort >> 2], bool(sort & 2), bool(sort & 1))


def age_of(number: int) -> int:
    """Higher for the newer one of two documents, of whatever sort."""
    return number & ((1 << _SORT_BITS) - 1)


def all_sorts() -> Iterator[Sort]:
    """Every sort there is."""
    return (Sort(kind, draft, sample) for kind in _KINDS for draft in (False, True) for sample in (False, True))


@dataclass(frozen=True, slots=True)
class Document:
    """A line to be found.

    Args:
        owner: what it goes with when that is changed or removed.
        names: more words it is found by, as if they stood in its title.
    """

    sort: Sort
    owner: str
    ref: str
    title: str
    line: str
    sentences: tuple[int, ...]
    names: str = ""


def of_brief(brief: Brief) -> list[Document]:
    """The lines of a brief; none of a withdrawn one, which nobody is shown."""
    if brief.state is State.WITHDRAWN:
        return []
    sort = Sort(HitKind.BRIEF, brief.state is State.DRAFT, brief.sample)
    lines = _distinct((*brief.lines, *(step.line for step in brief.timeline)))
    return [Document(sort, f"brief:{brief.slug}", brief.slug, brief.headline.text, line.text, _numbers(line)) for line in lines]


def of_card(card: EntityCard) -> list[Document]:
    """The lines of a card, each found by the entity's names too."""
    sort = Sort(HitKind.ENTITY, False, card.sample)
    entity = card.entity
    names = " ".join(alias.text for alias in entity.aliases)
    lines = _distinct(card.lines)
    return [Document(sort, f"card:{entity.slug}", entity.slug, entity.label, line.text, _numbers(line), names) for line in lines]


def of_article(article: Article, *, draft: bool) -> list[Document]:
    """The sentences of an article."""
    sort = Sort(HitKind.SENTENCE, draft, article.sample)
    refs = [(f"{article.handle}:{sentence.number}", sentence) for sentence in article.sentences]
    return [Document(sort, f"article:{article.id}", ref, ref, sentence.text, (sentence.number,)) for ref, sentence in refs]


def _distinct(lines: Iterable[CitedLine]) -> Iterable[CitedLine]:
    """Each text once for the sentences it rests on: a step of the timeline may be a key point too."""
    return {(line.text, line.citations): line for line in lines}.values()


def _numbers(line: CitedLine) -> tuple[int, ...]:
    return tuple(citation.sentence for citation in line.citations)


def replace_documents(connection: Connection, owners: Iterable[str], documents: Sequence[Document]) -> None:
    """Whatever the owners had is forgotten; the documents are the newest there are, the last one the newest of all."""
    for owner in owners:
        gone = list(connection.scalars(select(DOCUMENT.c.id).where(DOCUMENT.c.owner == owner)))
        if gone:
            fulltext.remove_documents(connection, gone)
            connection.execute(delete(DOCUMENT).where(DOCUMENT.c.owner == owner))
    if not documents:
        return
    newest = _newest(connection)
    # In the order of their numbers: the full-text index would write to disk at each step back.
    numbered = [(document.sort.first + newest + at, document) for at, document in enumerate(documents, 1)]
    rows = sorted(numbered, key=lambda row: row[0])
    connection.execute(
        insert(DOCUMENT),
        [
            {"id": number, "owner": d.owner, "ref": d.ref, "title": d.title, "line": d.line, "sentences": body(d.sentences)}
            for number, d in rows
        ],
    )
    fulltext.add_documents(connection, ((number, _found_by(d), fold(d.line)) for number, d in rows))


def _found_by(document: Document) -> str:
    # A sentence is found by its words, not by its article's handle: "iraq" would find all of iraq:1, iraq:2 …
    return "" if document.sort.kind is HitKind.SENTENCE else fold(f"{document.title} {document.names}")


def _newest(connection: Connection) -> int:
    numbers = union_all(*(select(func.max(DOCUMENT.c.id)).where(DOCUMENT.c.id.between(s.first, s.last)) for s in all_sorts()))
    return max((age_of(number) for number in connection.scalars(numbers) if number is not None), default=0)
