"""When corrections of briefs came, so that every edition tells what was corrected since the one before."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from json import loads
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

DAY = len("2026-11-22")


def upgrade() -> None:
    table = op.create_table(
        "brief_correction",
        sa.Column("slug", sa.Text, primary_key=True, nullable=False),
        sa.Column("number", sa.Integer, primary_key=True, nullable=False),
        sa.Column("arrived", sa.BigInteger, nullable=False),
    )
    op.create_index("brief_correction_by_arrival", "brief_correction", ["arrived", "slug", "number"])
    # Those that are there came when they were made: unknown, they would seem to come when a library is loaded next.
    told = sa.text("SELECT slug, state, approved, body FROM brief WHERE state <> 'draft'")
    rows = [
        {"slug": slug, "number": number, "arrived": made}
        for slug, state, approved, body in op.get_bind().execute(told).all()
        for number, made in _made(state, approved, loads(body).get("corrections", []))
    ]
    if rows:
        op.bulk_insert(table, rows)


def downgrade() -> None:
    op.drop_table("brief_correction")


def _made(state: str, approved: int, corrections: list[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    """What readers are told was corrected, by its place among the corrections from 1 (0: the brief's end without a word)."""
    numbered = list(enumerate(corrections, start=1))
    if state == "approved":
        yield from ((number, _micros(one["at"])) for number, one in numbered if one.get("was"))
        return
    ends = [(number, _micros(one["at"])) for number, one in numbered if not one.get("was")]
    yield ends[-1] if ends else (0, approved)


def _micros(at: str) -> int:
    """Microseconds since 1970; a day, when it was over."""
    moment = datetime.fromisoformat(at)
    over = moment.replace(tzinfo=UTC) + timedelta(days=1) if len(at) == DAY else moment
    return (over - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
