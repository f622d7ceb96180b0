"""Many rows at once, handed over and taken back as one JSON value.

A driver lets go of the interpreter's lock at every row, and waits for it again: for hundreds of rows beside a busy loop
that takes longer than all the engine does. As one value they are one step.
"""

from collections import namedtuple
from collections.abc import Collection, Mapping, Sequence
from json import dumps, loads
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    Text,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    tuple_,
    type_coerce,
)
from sqlalchemy.sql.selectable import Subquery

Key = tuple[str, ...]  # a space, a channel of it, and what tells a row of that channel from the others

GIVEN: Final = "given"
AT: Final = "at"


def given(dialect: str, *columns: str, numbers: Collection[str] = ()) -> Subquery:
    """The rows that `giving` hands over, as a table with those columns; text, or whole numbers where they are named so.

    Where each stands among them, counted from 0, is one column more, `at`.
    """
    on_sqlite = dialect == "sqlite"
    if on_sqlite:
        table = func.json_each(bindparam(GIVEN)).table_valued("value", "key", name="one")
        at: ColumnElement[int] = table.c.key
    else:
        # Loading a dialect takes time that a cold answer on the other one need not spend.
        from sqlalchemy.dialects.postgresql import JSONB

        table = func.jsonb_array_elements(cast(bindparam(GIVEN), JSONB)).table_valued("value", with_ordinality="ordinality", name="one")
        at = table.c.ordinality - 1
    kinds = [BigInteger if name in numbers else Text for name in columns]
    # SQLite gives text as text and numbers as numbers; PostgreSQL has to be told.
    typed: Any = type_coerce if on_sqlite else cast
    parts = [typed(table.c.value.op("->>")(literal_column(str(n))), kind).label(columns[n]) for n, kind in enumerate(kinds)]
    return select(*parts, at.label(AT)).subquery(GIVEN)


def giving(rows: Sequence[Sequence[Any]]) -> dict[str, str]:
    """The parameter of a statement that has `given` or `among` in it."""
    return {GIVEN: dumps(rows)}


def among(dialect: str, *columns: ColumnElement[Any]) -> ColumnElement[bool]:
    """Rows with one of the keys that `giving` hands over; the columns are those of the key, in the order of an index."""
    names = [f"key{at}" for at in range(len(columns))]
    keys = given(dialect, *names).c
    return tuple_(*columns).in_(select(*(keys[name] for name in names)))


class Gathered:
    """A query whose rows come as one value, in their order."""

    def __init__(self, query: Select[Any]) -> None:
        names = list(query.selected_columns.keys())
        self._row: Any = namedtuple("Row", names)  # type: ignore[misc]
        self._ordered = query.subquery("ordered")
        self._asking: dict[str, Select[Any]] = {}

    def all(self, connection: Connection, parameters: Mapping[str, Any] | None = None) -> list[Any]:
        """The rows, each with its columns by name."""
        return [self._row._make(row) for row in self.bare(connection, parameters)]

    def bare(self, connection: Connection, parameters: Mapping[str, Any] | None = None) -> list[list[Any]]:
        """The rows, each with its columns in their order."""
        dialect = connection.dialect.name
        if dialect not in self._asking:
            columns = self._ordered.c
            if dialect == "sqlite":
                whole = func.json_group_array(func.json_array(*columns))
            else:
                whole = func.json_agg(func.json_build_array(*columns))
            self._asking[dialect] = select(cast(whole, Text))
        rows: list[list[Any]] = loads(connection.scalar(self._asking[dialect], parameters) or "[]")
        return rows
