"""Half-typed and mistyped names: which rows of a table of names are meant. What is found is offered, never decided."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import Connection, Row, Table, and_, bindparam, delete, insert, select

from adapters.storage import fulltext
from briefs.folding import fold, fold_closed, one_typo, sound_key

WHOLE: Final = 0  # a row that is a whole name or alias
LATER_WORD: Final = 1  # one that begins at a later word of it
LABEL: Final = 2  # one that is a whole label
TYPED_MAX: Final = 80  # characters of a half-typed name that are read; Discord sends at most 100
CANDIDATES_MAX: Final = 100  # rows taken from each way of finding near names
FIRST_OF_ALL: Final = "\U0010ffff"  # sorts after every other character

PREFIX_SCORE: Final = 95.0
LATER_WORD_SCORE: Final = 90.0
_NEAR_SCORE_MAX: Final = 89.0  # a guess always ranks after what was really typed
_SHORT_WORD_MAX: Final = 6  # letters; a typing error leaves such a word no three-letter run to be found by
_SHORT_WORD_MIN: Final = 4  # letters from which one typing error is forgiven


def rows_of(names: Iterable[str]) -> list[dict[str, Any]]:
    """The rows under which names can be begun to be typed: at their first word and at each later one."""
    rows: dict[tuple[str, int], dict[str, Any]] = {}
    for name in names:
        for folded in dict.fromkeys((fold(name), fold_closed(name))):
            words = folded.split()
            for at in range(len(words)):
                part = LATER_WORD if at else WHOLE
                rest = " ".join(words[at:])[:TYPED_MAX]
                row = {"part": part, "text": name, "folded": rest, "word": words[at], "sound": sound_key(rest)}
                rows.setdefault((rest, part), row)
    return list(rows.values())


def add_names(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Add what `rows_of` made, completed by the table's own columns."""
    if not rows:
        return
    numbers = connection.scalars(insert(table).returning(table.c.id, sort_by_parameter_order=True), list(rows)).all()
    whole = [(number, row["folded"]) for number, row in zip(numbers, rows, strict=True) if row["part"] == WHOLE]
    fulltext.add_trigrams(connection, table.name, whole)


def remove_names(connection: Connection, table: Table, slugs: Iterable[str]) -> None:
    """Forget what the table has of those slugs."""
    for slug in slugs:
        whole = select(table.c.id).where(table.c.slug == slug, table.c.part == WHOLE)
        fulltext.remove_trigrams(connection, table.name, connection.scalars(whole).all())
        connection.execute(delete(table).where(table.c.slug == slug))


def between(column: Any, start: str, end: str = FIRST_OF_ALL) -> Any:
    """What begins with `start`: a range of the index, where LIKE would give "%" and "_" a meaning."""
    return and_(column >= start, column < start + end)


@dataclass(frozen=True, slots=True)
class Near:
    """A name that may have been meant, and how near it is (below 90)."""

    slug: str
    text: str
    score: float


class _Ways:
    """The ways to near names in one table, put together once: it takes as long as asking them."""

    def __init__(self, table: Table) -> None:
        c = table.c
        # Without SAMPLE where `sample` is false, with it where it is true.
        names = select(c.id, c.slug, c.text, c.folded, c.sound).where(c.sample <= bindparam("sample")).limit(CANDIDATES_MAX)
        self.by_sound = names.where(c.sound >= bindparam("key"), c.sound < bindparam("end")).order_by(c.sound)
        self.by_number = names.where(c.id.in_(bindparam("numbers", expanding=True)))
        self.by_word = names.where(c.word.in_(bindparam("words", expanding=True)))


_ways = cache(_Ways)


def near(connection: Connection, table: Table, typed: str, *, sample: bool) -> Iterator[Near]:
    """Names within reach of a typing error or of another spelling, nearest first; a slug may come more than once.

    `typed` is folded.
    """
    # Loaded only where a name is guessed at: a cold answer seldom does.
    from adapters.storage.likeness import likeness

    found: dict[int, Near] = {}
    key = sound_key(typed)
    for row in _candidates(connection, table, typed, key, sample=sample):
        score = likeness(typed, key, row.folded, row.sound)
        if score:
            found[row.id] = Near(row.slug, row.text, min(score, 100.0) * _NEAR_SCORE_MAX / 100)
    return iter(sorted(found.values(), key=lambda n: (-n.score, len(n.text), n.text, n.slug)))


def _candidates(connection: Connection, table: Table, typed: str, key: str, *, sample: bool) -> Iterator[Row[*tuple[Any, ...]]]:
    ways = _ways(table)
    if len(key) > 1:
        yield from connection.execute(ways.by_sound, {"key": key, "end": key + FIRST_OF_ALL, "sample": sample}).all()
    numbers = fulltext.sharing_trigrams(connection, table.name, typed, CANDIDATES_MAX)
    if numbers:
        yield from connection.execute(ways.by_number, {"numbers": numbers, "sample": sample}).all()
    if _SHORT_WORD_MIN <= len(typed) <= _SHORT_WORD_MAX and typed.isascii() and " " not in typed:
        yield from connection.execute(ways.by_word, {"words": sorted(one_typo(typed)), "sample": sample}).all()
