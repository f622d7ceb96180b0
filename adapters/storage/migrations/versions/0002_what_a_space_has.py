"""What a space has: editions that rest, notes, and what it has sent already."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def text(name: str, *, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=key, nullable=False)


def upgrade() -> None:
    # Whatever was there runs, and so does what an earlier version that is still up puts there.
    op.add_column("subscription", sa.Column("paused", sa.Text, nullable=False, server_default=""))
    # Worked out by the engine, for such a version does not name it; PostgreSQL keeps it, SQLite can only add one it does not.
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    platform = "substr(space, 1, instr(space || ':', ':') - 1)" if on_sqlite else "split_part(space, ':', 1)"
    op.add_column("subscription", sa.Column("platform", sa.Text, sa.Computed(platform, persisted=not on_sqlite), nullable=False))
    op.drop_index("subscription_due", "subscription")
    running = sa.text("paused = ''")
    op.create_index("subscription_due", "subscription", ["platform", "wake"], sqlite_where=running, postgresql_where=running)
    op.create_table("space_note", text("space", key=True), text("name", key=True), text("value"))
    op.create_table(
        "seen",
        *(text("space", key=True), text("token", key=True)),
        sa.Column("until", sa.BigInteger, nullable=False),
    )
    op.create_index("seen_by_end", "seen", ["until"])


def downgrade() -> None:
    raise NotImplementedError("What rests would run again; put back a backup instead.")
