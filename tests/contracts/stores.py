"""The implementations of `Storage` that the contract tests run on, and how a test opens one."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from adapters.storage.storage import open_storage
from briefs.ports import Storage

Opener = Callable[[Path], Awaitable[Storage]]


async def open_sqlite(folder: Path) -> Storage:
    """A SQLite file of its own; opening it twice opens the same one."""
    return await open_storage(folder / "standfirst.db")


# A PostgreSQL engine becomes one more line here.
OPENERS: dict[str, Opener] = {"sqlite": open_sqlite}
