"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# As they were at this revision: a migration is history, and does not follow tables.py.
SORTED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT_SEARCH = (
    "CREATE VIRTUAL TABLE document_text USING fts5("
    "title, line, whole, tokenize = 'porter unicode61 remove_diacritics 2', prefix = '1 2 3')",
    "CREATE VIRTUAL TABLE entity_trigram USING fts5(folded, tokenize = 'trigram', detail = none)",
    "CREATE VIRTUAL TABLE entity_trigram_counts USING fts5vocab('entity_trigram', 'row')",
    "CREATE VIRTUAL TABLE entity_trigram_rows USING fts5vocab('entity_trigram', 'instance')",
    "CREATE VIRTUAL TABLE brief_trigram USING fts5(folded, tokenize = 'trigram', detail = none)",
    "CREATE VIRTUAL TABLE brief_trigram_counts USING fts5vocab('brief_trigram', 'row')",
    "CREATE VIRTUAL TABLE brief_trigram_rows USING fts5vocab('brief_trigram', 'instance')",
)


def text(name: str, *, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=key, nullable=False)


def sorted_text(name: str, *, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, SORTED, primary_key=key, nullable=False)


def big(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=nullable)


def small(name: str, *, key: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=key, nullable=False)


def flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False)


def upgrade() -> None:
    _shelf()
    _names()
    _spaces()
    _ledger()
    if op.get_bind().dialect.name == "sqlite":
        for statement in TEXT_SEARCH:
            op.execute(statement)


def _shelf() -> None:
    op.create_table("library", text("name", key=True), text("edition"))
    op.create_table("article", sorted_text("id", key=True), sa.Column("handle", sa.Text, nullable=False, unique=True), flag("sample"))
    op.create_table("wording", text("article", key=True), text("wording", key=True), text("library"), text("body"))
    op.create_table(
        "brief",
        *(text("slug", key=True), text("article"), text("state"), big("approved"), big("arrived")),
        *(flag("sample"), text("library"), text("body")),
    )
    op.create_index("brief_by_approval", "brief", ["state", "approved", "slug", "sample"])
    op.create_index("brief_by_arrival", "brief", ["state", "arrived", "slug", "sample"])
    op.create_index("brief_of_article", "brief", ["article", "state", "approved", "slug"])
    for name in ("brief_topic", "brief_entity"):
        op.create_table(name, text("tag", key=True), text("slug", key=True), big("approved"), flag("sample"))
        op.create_index(f"{name}_by_approval", name, ["tag", "approved", "slug", "sample"])
        op.create_index(f"{name}_of_brief", name, ["slug"])
    op.create_table("card", text("slug", key=True), sorted_text("name_key"), flag("sample"), text("library"), text("entity"), text("body"))
    op.create_index("card_by_name", "card", ["name_key", "slug", "sample"])
    op.create_table(
        "document",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=False),
        *(text("owner"), text("ref"), text("title"), text("line"), text("sentences")),
    )
    op.create_index("document_of", "document", ["owner"])


def _names() -> None:
    for name, also in (("entity_name", sorted_text("name_key")), ("brief_name", big("approved"))):
        op.create_table(
            name,
            sa.Column("id", NUMBER, primary_key=True),
            *(text("slug"), small("part"), text("text"), sorted_text("folded"), text("word"), sorted_text("sound"), flag("sample"), also),
        )
        op.create_index(f"{name}_by_word", name, ["word"])
        op.create_index(f"{name}_by_sound", name, ["sound", "sample"])
        op.create_index(f"{name}_of", name, ["slug"])
    op.create_index("entity_name_by_part", "entity_name", ["part", "folded", "sample", "slug"])
    op.create_index("brief_name_by_folded", "brief_name", ["folded", "approved", "sample", "slug"])


def _spaces() -> None:
    op.create_table(
        "subscription",
        *(text("space", key=True), text("channel", key=True), text("name", key=True)),
        *(text("at"), text("zone"), text("days"), text("topics"), text("size"), text("empty"), text("asked_by")),
        *(big("next_utc"), text("meant_for"), big("wake")),
    )
    op.create_index("subscription_due", "subscription", ["wake"])
    op.create_table("ask", text("space", key=True), text("short", key=True), text("line"))


def _ledger() -> None:
    op.create_table("edition", text("hash", key=True), text("renderer"), text("message"))
    op.create_table(
        "delivery",
        *(text("space", key=True), text("channel", key=True), text("key", key=True)),
        *(text("name"), text("meant_for"), small("part"), big("due")),
        *(text("platform"), big("retry_at"), text("edition"), text("state")),
        *(text("owner"), big("lease_until", nullable=True), small("attempt")),
        *(text("receipt"), text("reason"), big("settled", nullable=True)),
    )
    op.create_index("delivery_of_edition", "delivery", ["space", "channel", "name", "meant_for"])
    for state, columns in (("pending", ["platform", "retry_at", "part"]), ("sending", ["platform", "lease_until"])):
        where = sa.text(f"state = '{state}'")
        op.create_index(f"delivery_{state}", "delivery", columns, sqlite_where=where, postgresql_where=where)
    op.create_table(
        "delivery_brief",
        *(text("space", key=True), text("channel", key=True), text("key", key=True), small("place", key=True), text("slug")),
    )


def downgrade() -> None:
    raise NotImplementedError("There is nothing before the first tables; put back a backup instead.")
