"""Whether the store's tables are those this version knows, and making them so.

Alembic is imported only where there is something to do: a cold answer must not wait for it.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, text

from adapters.storage import fulltext
from adapters.storage.engine import Engine
from briefs.errors import StorageDown

if TYPE_CHECKING:
    from alembic.config import Config

HEAD: Final = "0005"  # the newest revision in migrations/versions; a test compares
MIGRATIONS: Final = Path(__file__).parent / "migrations"
REVISIONS: Final = "alembic_version"  # the table that says which one a store has


def bring_up_to_date(engine: Engine) -> None:
    """Make the tables, or bring those of an earlier version up to date, in one commit: all of it or nothing.

    Raises:
        StorageDown: a later version made them, or another program did.
    """
    revision = engine.read_now(revision_of)
    if revision is None:
        raise not_ours(engine.file)
    # Here, not at each connection: the file keeps it. A backup that was put back may have lost it.
    engine.log_ahead_now()
    if revision != HEAD:
        engine.write_now(_migrate, engine.file)


def revision_of(connection: Connection) -> str | None:
    """The revision of the tables; empty where there is none yet, None where they are not ours."""
    tables = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))
    if REVISIONS not in tables:
        return None if tables else ""
    return connection.scalar(text(f"SELECT version_num FROM {REVISIONS}")) or ""  # noqa: S608 (a constant)


def _migrate(connection: Connection, file: Path) -> None:
    # Asked again, now that nobody else can write: two programs may have started at once.
    revision = revision_of(connection)
    if revision == HEAD:
        return
    if revision is None:
        raise not_ours(file)
    if not fulltext.is_available(connection):
        raise StorageDown("This Python's SQLite has no full-text search (FTS5): use another build of Python.")
    from alembic import command

    if revision and revision not in known_revisions():
        raise newer(file)
    command.upgrade(_config(connection), "head")


def known_revisions() -> tuple[str, ...]:
    """Those that can be brought up to date, the first one first."""
    from alembic.script import ScriptDirectory

    return tuple(script.revision for script in reversed([*ScriptDirectory(str(MIGRATIONS)).walk_revisions()]))


def _config(connection: Connection) -> "Config":
    """What Alembic is told: where the migrations are, and to use this connection."""
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def newer(file: Path) -> StorageDown:
    """A later version made it."""
    return StorageDown(f"{file} was made by a newer Standfirst: install that version, or name another file with STANDFIRST_DATABASE.")


def not_ours(file: Path) -> StorageDown:
    """Its tables are not those of a store."""
    return StorageDown(f"{file} belongs to another program: name another file with STANDFIRST_DATABASE.")
