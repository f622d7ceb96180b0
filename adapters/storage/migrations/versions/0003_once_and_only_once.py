"""What once-only digests need: how far readers have read, until when a delivery counts, briefs of an edition kept once.

Subscriptions and deliveries are laid out anew, in the order of their keys, so that a wave reads and writes them in a row.
"""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SIX_HOURS = 6 * 60 * 60 * 1_000_000  # microseconds
KEY = "'digest:' || space || ':' || channel || ':' || name || ':' || meant_for || ':' || part"


def text(name: str, *, key: bool = False, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=key, nullable=False, server_default=default)


def big(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=nullable)


def small(name: str, *, key: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=key, autoincrement=False, nullable=False)


def worked_out(name: str, how: str) -> sa.Column[str]:
    """A column that the engine works out; PostgreSQL keeps it, SQLite need not."""
    return sa.Column(name, sa.Text, sa.Computed(how, persisted=not _on_sqlite()), nullable=False)


def upgrade() -> None:
    op.create_table("edition_brief", text("edition", key=True), small("place", key=True), text("slug"))
    op.create_index("edition_brief_by_slug", "edition_brief", ["slug"])
    # A message names its briefs, so that all deliveries of one edition carry the same ones.
    op.execute(
        "INSERT INTO edition_brief (edition, place, slug)"
        " SELECT d.edition, b.place, min(b.slug) FROM delivery d"
        " JOIN delivery_brief b ON b.space = d.space AND b.channel = d.channel AND b.key = d.key"
        " WHERE d.edition <> '' GROUP BY d.edition, b.place"
    )
    op.drop_table("delivery_brief")
    _subscriptions()
    _deliveries()


def _subscriptions() -> None:
    platform = "substr(space, 1, instr(space || ':', ':') - 1)" if _on_sqlite() else "split_part(space, ':', 1)"
    _anew(
        "subscription",
        *(text("space", key=True), text("channel", key=True), text("name", key=True)),
        *(text("at"), text("zone"), text("days"), text("topics"), text("entities", default="[]"), text("size"), text("empty")),
        *(text("asked_by"), big("next_utc"), text("meant_for"), big("wake")),
        *(text("paused", default=""), text("progress", default=""), worked_out("platform", platform)),
        new={"entities": "'[]'", "progress": "''"},
    )
    _index("subscription_due", "subscription", "platform", "wake", "space", "channel", "name", where="paused = ''")


def _deliveries() -> None:
    _anew(
        "delivery",
        *(text("space", key=True), text("channel", key=True), text("name", key=True), text("meant_for", key=True)),
        *(small("part", key=True), text("own_key", key=True)),
        *(big("due"), big("until"), text("platform"), big("retry_at"), text("edition"), text("state"), text("owner")),
        *(big("lease_until", nullable=True), small("attempt"), sa.Column("insisted", sa.Boolean, nullable=False)),
        *(text("receipt"), text("reason"), big("settled", nullable=True)),
        worked_out("key", f"CASE own_key WHEN '' THEN {KEY} ELSE own_key END"),
        new={"own_key": f"CASE key WHEN {KEY} THEN '' ELSE key END", "until": f"due + {SIX_HOURS}", "insisted": "false"},
    )
    _index("delivery_pending", "delivery", "platform", "retry_at", "part", where="state = 'pending'")
    _index("delivery_sending", "delivery", "platform", "lease_until", where="state = 'sending'")
    _index("delivery_alone", "delivery", "space", "channel", "own_key", where="name = ''", unique=True)


def _anew(table: str, *columns: sa.Column[str] | sa.Column[int] | sa.Column[bool], new: Mapping[str, str]) -> None:
    """Make the table anew with what is in it; `new` says what is to stand in columns that were not there."""
    op.create_table(f"new_{table}", *columns, sqlite_with_rowid=False)
    names = [column.name for column in columns if column.computed is None]
    values = ", ".join(new.get(name, name) for name in names)
    op.execute(f"INSERT INTO new_{table} ({', '.join(names)}) SELECT {values} FROM {table}")  # noqa: S608 (names of ours)
    op.drop_table(table)
    op.rename_table(f"new_{table}", table)


def _index(name: str, table: str, *columns: str, where: str, unique: bool = False) -> None:
    op.create_index(name, table, list(columns), unique=unique, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def downgrade() -> None:
    raise NotImplementedError("What is no longer to be posted would be posted; put back a backup instead.")
