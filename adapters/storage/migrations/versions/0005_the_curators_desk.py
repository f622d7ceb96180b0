"""The curators' desk: reviews, the log of decisions, notes, what readers found wrong, edits of posts."""

from json import dumps
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# As it was at this revision.
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def text(name: str, *, key: bool = False, nullable: bool = False, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=key, nullable=nullable, server_default=default)


def big(name: str, *, key: bool = False, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, primary_key=key, autoincrement=False, nullable=nullable)


def number() -> sa.Column[int]:
    """A number that the engine gives out."""
    return sa.Column("number", NUMBER, primary_key=True, nullable=False)


def upgrade() -> None:
    _reviews()
    _decisions()
    _reports()
    # Whatever was there is a post of its own, and so is what an earlier version that is still up puts there.
    op.add_column("delivery", text("edits", default=""))
    _index("delivery_edits", "delivery", "space", "channel", "edits", where="edits <> ''")
    _index("delivery_of_edition", "delivery", "edition", where="edition <> ''")


def _reviews() -> None:
    table = op.create_table("review", text("slug", key=True), text("stage"), big("since"), text("body"))
    op.create_index("review_by_stage", "review", ["stage", "since", "slug"])
    drafts = op.get_bind().execute(sa.text("SELECT slug, arrived FROM brief WHERE state = 'draft'")).all()
    rows = [{"slug": slug, "stage": "waiting", "since": arrived, "body": dumps(_review(slug))} for slug, arrived in drafts]
    if rows:
        op.bulk_insert(table, rows)


def _review(slug: str) -> dict[str, Any]:
    """One of which nothing is known but its draft."""
    empty: dict[str, Any] = {"cards": [], "merges": [], "like": [], "eyes": []}
    return {"slug": slug, **empty, "stage": "waiting", "reason": "", "version": 1, "given_by": ""}


def _decisions() -> None:
    op.create_table(
        "decision",
        number(),
        *(text("act"), text("about"), text("by"), text("person"), big("at"), text("told"), text("reason"), big("undoes")),
    )
    op.create_index("decision_about", "decision", ["about", "number"])
    _index("decision_undoing", "decision", "undoes", "number", where="undoes <> 0")
    op.create_table(
        "decision_change",
        big("number", key=True),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False, nullable=False),
        *(text("kind"), text("key"), text("before", nullable=True), text("after", nullable=True)),
    )
    op.create_index("decision_change_of", "decision_change", ["kind", "key", "number", "place"])
    op.create_table("note", text("name", key=True), text("value"))


def _reports() -> None:
    op.create_table("report_number", number())
    op.create_table(
        "report",
        *(text("space", key=True), big("number", key=True), text("channel"), text("user"), text("brief"), text("line")),
        *(text("refs"), text("said"), big("at"), text("answer"), text("answered_by"), big("answered", nullable=True), text("token")),
    )
    op.create_index("report_by_number", "report", ["number"], unique=True)
    op.create_index("report_same", "report", ["space", "token"], unique=True)
    op.create_index("report_of_user", "report", ["space", "user", "number"])
    _index("report_open", "report", "number", where="answered IS NULL")
    _index("report_by_answer", "report", "answered", where="answered IS NOT NULL")


def _index(name: str, table: str, *columns: str, where: str) -> None:
    op.create_index(name, table, list(columns), sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    raise NotImplementedError("What curators decided would be lost; put back a backup instead.")
