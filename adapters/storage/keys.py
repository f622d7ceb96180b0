"""Rows asked for by a key of several columns."""

from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import Column, ColumnElement, and_, tuple_

Key = tuple[str, str, str]  # a space, a channel of it, and a name or key in that channel

_BATCH: Final = 500  # keys of one statement; https://www.sqlite.org/limits.html allows 32,766 parameters


def in_batches(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    """The keys, as many at a time as one statement takes."""
    return (keys[at : at + _BATCH] for at in range(0, len(keys), _BATCH))


def among(columns: tuple[Column[str], Column[str], Column[str]], keys: Sequence[Key]) -> ColumnElement[bool]:
    """Rows with one of the keys; the columns are those of the key, the space first."""
    # The space by itself too: for a tuple in a list of tuples alone, SQLite reads the whole table.
    return and_(columns[0].in_(sorted({key[0] for key in keys})), tuple_(*columns).in_(keys))
