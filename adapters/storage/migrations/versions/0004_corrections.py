"""When corrections of briefs came, so that every edition tells what was corrected since the one before."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "brief_correction",
        sa.Column("slug", sa.Text, primary_key=True, nullable=False),
        sa.Column("number", sa.Integer, primary_key=True, nullable=False),
        sa.Column("arrived", sa.BigInteger, nullable=False),
    )
    op.create_index("brief_correction_by_arrival", "brief_correction", ["arrived", "slug", "number"])


def downgrade() -> None:
    op.drop_table("brief_correction")
