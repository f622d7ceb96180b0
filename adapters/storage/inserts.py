"""Inserting rows that may be there already, said as each engine wants it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import sqlite

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


def insertion(dialect: str, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """An INSERT that can be told what to do about a row that is there already."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    # Loading a dialect takes time that a cold answer on the other one need not spend.
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


def insert_new(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> int:
    """Insert the rows whose key is not there yet, and say how many; the others stay as they are."""
    if not rows:
        return 0
    return connection.execute(insertion(connection.dialect.name, table).on_conflict_do_nothing(), list(rows)).rowcount
