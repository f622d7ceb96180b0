"""The one place that knows how SQLite searches text; another engine brings its own `fulltext`.

Nothing anybody types is syntax here: words are folded to letters and digits first, and each is quoted.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import BindParameter, Connection, TableClause, bindparam, column, delete, func, insert, select, table, text

# FTS5 is asked through a hidden column that bears the table's name.
DOCUMENT_TEXT: Final = table("document_text", *map(column, ("rowid", "title", "line", "whole", "document_text")))


class Trigrams:
    """The three-letter runs of a table of names, and the questions asked of them, put together once."""

    def __init__(self, name: str) -> None:
        self.index = table(name, *map(column, ("rowid", "folded", name)))
        counts = table(f"{name}_counts", *map(column, ("term", "doc"))).c
        rows = table(f"{name}_rows", *map(column, ("term", "doc"))).c
        among: BindParameter[list[str]] = bindparam("runs", expanding=True)
        self.counted = select(counts.term, counts.doc).where(counts.term.in_(among))
        shared = func.count().desc()
        self.sharing = select(rows.doc).where(rows.term.in_(among)).group_by(rows.doc).order_by(shared).limit(bindparam("most"))


# By the table of names they belong to.
TRIGRAMS: Final = {"entity_name": Trigrams("entity_trigram"), "brief_name": Trigrams("brief_trigram")}

COUNTS_MAX: Final = 20_000  # three-letter runs whose count a connection remembers
POSTINGS_MAX: Final = 2_000  # how many rows the trigrams asked for may have together, so that the answer is quick
# The stemmer would cut "killing" to "kill", and a half-typed "killin" would find nothing; so all words stand in the
# column `whole` a second time, in letters the stemmer does not know.
_UNKNOWN_TO_STEMMER: Final = str.maketrans("abcdefghijklmnopqrstuvwxyz", "".join(chr(0x250 + at) for at in range(26)))


_D = DOCUMENT_TEXT.c
_NEWEST: Final = (
    select(_D.rowid, _D.title, _D.line)
    .where(_D.document_text.bool_op("MATCH")(bindparam("asked")), _D.rowid.between(bindparam("first"), bindparam("last")))
    .order_by(_D.rowid.desc())
    .limit(bindparam("most"))
)


def add_documents(connection: Connection, documents: Iterable[tuple[int, str, str]]) -> None:
    """Make documents findable: number, folded title, folded line."""
    rows = [
        {"rowid": number, "title": title, "line": line, "whole": f"{title} {line}".translate(_UNKNOWN_TO_STEMMER)}
        for number, title, line in documents
    ]
    if rows:
        connection.execute(insert(DOCUMENT_TEXT), rows)


def remove_documents(connection: Connection, numbers: Sequence[int]) -> None:
    """Documents are found no longer."""
    _remove(connection, DOCUMENT_TEXT, numbers)


def newest_documents(connection: Connection, words: Sequence[str], numbers: tuple[int, int], limit: int) -> list[tuple[int, str, str]]:
    """The documents with all the words, highest number first, as number, folded title, folded line.

    `words` are folded and never empty; the last one may be the beginning of a word, which counts where fewer than
    `limit` have it whole. `numbers` are the lowest and the highest number that count.
    """
    last = words[-1]
    found = _matching(connection, [f'{{title line}} : "{word}"' for word in words], numbers, limit)
    if len(found) == limit:
        # The beginning of a common word is dear: FTS5 first gathers every word that begins with it.
        return found
    begun = [f'{{title line}} : "{word}"' for word in words[:-1]] + [f'whole : "{last.translate(_UNKNOWN_TO_STEMMER)}" *']
    found += _matching(connection, begun, numbers, limit)
    return sorted(set(found), reverse=True)[:limit]


def _matching(connection: Connection, asked: Sequence[str], numbers: tuple[int, int], limit: int) -> list[tuple[int, str, str]]:
    given = {"asked": " AND ".join(asked), "first": numbers[0], "last": numbers[1], "most": limit}
    return [(number, title, line) for number, title, line in connection.execute(_NEWEST, given).all()]


def add_trigrams(connection: Connection, names: str, rows: Iterable[tuple[int, str]]) -> None:
    """Make names findable by parts of them: row number in the table `names`, folded name."""
    added = [{"rowid": number, "folded": folded} for number, folded in rows]
    if added:
        connection.execute(insert(TRIGRAMS[names].index), added)


def remove_trigrams(connection: Connection, names: str, numbers: Sequence[int]) -> None:
    """Names are found no longer."""
    _remove(connection, TRIGRAMS[names].index, numbers)


def sharing_trigrams(connection: Connection, names: str, folded: str, limit: int) -> list[int]:
    """Row numbers of names that share most three-letter runs with `folded`, at most `limit`; none for a shorter text.

    The rarest runs are asked for first and common ones left out: they tell little and cost most.
    """
    runs = sorted({folded[at : at + 3] for at in range(len(folded) - 2)})
    asked: list[str] = []
    postings = 0
    for count, run in sorted(zip(_counts(connection, names, runs), runs, strict=True)):
        postings += count
        if asked and postings > POSTINGS_MAX:
            break
        asked.append(run)
    return list(connection.scalars(TRIGRAMS[names].sharing, {"runs": asked, "most": limit})) if asked else []


def _counts(connection: Connection, names: str, runs: Sequence[str]) -> list[int]:
    """How many names have each run, more or less: a connection remembers, for it only decides what is asked first."""
    known: dict[str, int] = connection.info.setdefault(f"counts of {names}", {})
    if len(known) > COUNTS_MAX:
        known.clear()
    unknown = [run for run in runs if run not in known]
    if unknown:
        known.update(dict.fromkeys(unknown, 0))
        known.update(connection.execute(TRIGRAMS[names].counted, {"runs": unknown}).all())
    return [known[run] for run in runs]


def tidy(connection: Connection) -> None:
    """After very many changes: put the index in one piece, which is read several times faster."""
    connection.execute(insert(DOCUMENT_TEXT), {"document_text": "optimize"})
    for trigrams in TRIGRAMS.values():
        connection.execute(insert(trigrams.index), {trigrams.index.name: "optimize"})


def is_available(connection: Connection) -> bool:
    """Whether this SQLite was built with full-text search."""
    return bool(connection.scalar(text("SELECT sqlite_compileoption_used('ENABLE_FTS5')")))


def _remove(connection: Connection, fulltext: TableClause, numbers: Sequence[int]) -> None:
    for number in numbers:
        connection.execute(delete(fulltext).where(fulltext.c.rowid == number))
