"""Finding briefs, entities and sentences by their words."""

from collections.abc import Iterable, Sequence
from math import log
from typing import Final

from sqlalchemy import Connection, select

from adapters.storage import fulltext
from adapters.storage.bodies import read
from adapters.storage.documents import Sort, age_of, all_sorts, sort_of
from adapters.storage.tables import DOCUMENT
from briefs.errors import BadInput
from briefs.folding import fold
from briefs.hit import Hit, HitKind

RANKED_MAX: Final = 300  # newest matches of each kind that are ranked; bm25 over all matches of common words takes a second
WORDS_MAX: Final = 12  # words of one query
_LENGTH_USUAL: Final = 120  # folded characters of a usual line
_SATURATION: Final = 1.2  # the k1 and b that Robertson and Zaragoza, "BM25 and Beyond" (2009), call usual
_LENGTH_COUNTS: Final = 0.75


def find(connection: Connection, query: str, *, sample: bool, drafts: bool, limit: int) -> tuple[Hit, ...]:
    """See the port."""
    words = fold(query).split()
    if len(words) > WORDS_MAX:
        raise BadInput(f"A search takes at most {WORDS_MAX} words; this one has {len(words)}. Leave the common ones out.")
    if not words or limit < 1:
        return ()
    candidates: list[tuple[int, str, str]] = []
    for kind in HitKind:
        sorts = [s for s in all_sorts() if s.kind is kind and (drafts or not s.draft) and (sample or not s.sample)]
        candidates += _newest(connection, words, sorts)
    best: dict[tuple[HitKind, str], Hit] = {}
    for numbers in _batches(_ranked(candidates, words), limit * 2):
        for hit in _hits(connection, numbers):
            best.setdefault((hit.kind, hit.ref), hit)
        if len(best) >= limit:
            break
    return tuple(best.values())[:limit]


def _newest(connection: Connection, words: Sequence[str], sorts: Iterable[Sort]) -> list[tuple[int, str, str]]:
    found = [row for sort in sorts for row in fulltext.newest_documents(connection, words, (sort.first, sort.last), RANKED_MAX)]
    return sorted(found, key=lambda row: -age_of(row[0]))[:RANKED_MAX]


def _ranked(candidates: Sequence[tuple[int, str, str]], words: Sequence[str]) -> list[int]:
    """The candidates' numbers, best first: all words in the title, then how often and how rare, then the newest."""
    # A leading blank lets one plain count find the words that begin with the one asked for.
    titles = [f" {title}" for _, title, _ in candidates]
    texts = [f" {title} {line} " for _, title, line in candidates]
    damped = [_SATURATION * (1 - _LENGTH_COUNTS + _LENGTH_COUNTS * len(text) / _LENGTH_USUAL) for text in texts]
    scores = [0.0] * len(texts)
    elsewhere = [False] * len(texts)
    for word in (f" {word}" for word in words):
        having = sum(f"{word} " in text for text in texts)
        rare = log(1 + (len(texts) + 1) / (having + 1))
        counts = [text.count(word) for text in texts]
        scores = [score + rare * count / (count + damp) for score, count, damp in zip(scores, counts, damped, strict=True)]
        elsewhere = [before or word not in title for before, title in zip(elsewhere, titles, strict=True)]
    order = sorted(zip(elsewhere, scores, candidates, strict=True), key=lambda rated: (rated[0], -rated[1], -age_of(rated[2][0])))
    return [number for _, _, (number, _, _) in order]


def _batches(numbers: Sequence[int], size: int) -> Iterable[Sequence[int]]:
    return (numbers[at : at + size] for at in range(0, len(numbers), size))


def _hits(connection: Connection, numbers: Sequence[int]) -> list[Hit]:
    rows = {row.id: row for row in connection.execute(select(DOCUMENT).where(DOCUMENT.c.id.in_(numbers)))}
    hits: list[Hit] = []
    for number in numbers:
        row, sort = rows[number], sort_of(number)
        hits.append(Hit(sort.kind, row.ref, row.title, row.line, read(tuple[int, ...], row.sentences), sort.sample, sort.draft))
    return hits
