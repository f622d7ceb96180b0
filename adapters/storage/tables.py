"""Every table, declared once: the installation's first, then those a space owns, whose key begins with the space.

Moments are whole microseconds since 1970 in UTC, dates are ISO text: both sort, on every engine. Bodies are JSON. The
full-text tables are the engine's own affair and stand in `fulltext.py`, those of the curators' desk in `tables_desk.py`.
"""

from typing import Any, Final

from sqlalchemy import BigInteger, Boolean, Column, Computed, Index, Integer, MetaData, Table, Text, text

METADATA: Final = MetaData()

# Text whose order must be that of its code points, because ranges of it are read: SQLite's own; PostgreSQL must be told.
SORTED: Final = Text().with_variant(Text(collation="C"), "postgresql")
# A row number the engine gives out; SQLite only does so for a plain INTEGER.
NUMBER: Final = BigInteger().with_variant(Integer(), "sqlite")

# The key of a delivery; that of an edition's part is worked out.
KEY: Final = (
    "CASE own_key WHEN '' THEN 'digest:' || space || ':' || channel || ':' || name || ':' || meant_for || ':' || part ELSE own_key END"
)

# --- the installation's ----------------------------------------------------------------------------------------------

LIBRARY: Final = Table(
    "library",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("edition", Text, nullable=False),
)

# `library` names the library that brought a row; it is empty once a curator has put it, and from then on it stays.
ARTICLE: Final = Table(
    "article",
    METADATA,
    Column("id", SORTED, primary_key=True),
    Column("handle", Text, nullable=False, unique=True),
    Column("sample", Boolean, nullable=False),
)
WORDING: Final = Table(
    "wording",
    METADATA,
    Column("article", Text, primary_key=True),
    Column("wording", Text, primary_key=True),
    Column("library", Text, nullable=False),
    Column("body", Text, nullable=False),
)

BRIEF: Final = Table(
    "brief",
    METADATA,
    Column("slug", Text, primary_key=True),
    Column("article", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("approved", BigInteger, nullable=False),
    Column("arrived", BigInteger, nullable=False),
    Column("sample", Boolean, nullable=False),
    Column("library", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("brief_by_approval", "state", "approved", "slug", "sample"),
    Index("brief_by_arrival", "state", "arrived", "slug", "sample"),
    Index("brief_of_article", "article", "state", "approved", "slug"),
)


def _tags(name: str) -> Table:
    """A table of what approved briefs bear, so that the newest that bear one are a short walk along its index."""
    return Table(
        name,
        METADATA,
        Column("tag", Text, primary_key=True),
        Column("slug", Text, primary_key=True),
        Column("approved", BigInteger, nullable=False),
        Column("sample", Boolean, nullable=False),
        Index(f"{name}_by_approval", "tag", "approved", "slug", "sample"),
        Index(f"{name}_of_brief", "slug"),
    )


BRIEF_TOPIC: Final = _tags("brief_topic")
BRIEF_ENTITY: Final = _tags("brief_entity")

CARD: Final = Table(
    "card",
    METADATA,
    Column("slug", Text, primary_key=True),
    Column("name_key", SORTED, nullable=False),
    Column("sample", Boolean, nullable=False),
    Column("library", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("card_by_name", "name_key", "slug", "sample"),
)


def _names(name: str, *indexed: Column[Any]) -> Table:
    """A table of names to be completed: one row for each word a name can be begun at.

    `part` is 0 where the row is a whole name, 1 where it begins at a later word, 2 where it is a whole label; `word` is
    its first word.
    """
    return Table(
        name,
        METADATA,
        Column("id", NUMBER, primary_key=True),
        Column("slug", Text, nullable=False),
        Column("part", Integer, nullable=False),
        Column("text", Text, nullable=False),
        Column("folded", SORTED, nullable=False),
        Column("word", Text, nullable=False),
        Column("sound", SORTED, nullable=False),
        Column("sample", Boolean, nullable=False),
        *indexed,
        Index(f"{name}_by_word", "word"),
        Index(f"{name}_by_sound", "sound", "sample"),
        Index(f"{name}_of", "slug"),
    )


ENTITY_NAME: Final = _names("entity_name", Column("name_key", SORTED, nullable=False))
Index("entity_name_by_part", ENTITY_NAME.c.part, ENTITY_NAME.c.folded, ENTITY_NAME.c.sample, ENTITY_NAME.c.slug)
BRIEF_NAME: Final = _names("brief_name", Column("approved", BigInteger, nullable=False))
Index("brief_name_by_folded", BRIEF_NAME.c.folded, BRIEF_NAME.c.approved, BRIEF_NAME.c.sample, BRIEF_NAME.c.slug)

# What can be found. The number says kind, draft and SAMPLE in its high digits (see `documents.py`), so that the full-text
# index alone can read the newest of one sort.
DOCUMENT: Final = Table(
    "document",
    METADATA,
    Column("id", NUMBER, primary_key=True, autoincrement=False),
    Column("owner", Text, nullable=False),
    Column("ref", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("line", Text, nullable=False),
    Column("sentences", Text, nullable=False),
    Index("document_of", "owner"),
)

# When what was corrected in a brief came to the shelf, by its place among the brief's corrections, from 1; 0: it was
# withdrawn without a word.
BRIEF_CORRECTION: Final = Table(
    "brief_correction",
    METADATA,
    Column("slug", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("arrived", BigInteger, nullable=False),
    Index("brief_correction_by_arrival", "arrived", "slug", "number"),
)

# --- a space's own ---------------------------------------------------------------------------------------------------

SUBSCRIPTION: Final = Table(
    "subscription",
    METADATA,
    Column("space", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("days", Text, nullable=False),
    Column("topics", Text, nullable=False),
    Column("entities", Text, nullable=False, server_default="[]"),
    Column("size", Text, nullable=False),
    Column("empty", Text, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("next_utc", BigInteger, nullable=False),
    Column("meant_for", Text, nullable=False),
    # When the row is looked at: at its slot, or later where it could not be read then.
    Column("wake", BigInteger, nullable=False),
    # Why it rests; empty where it runs.
    Column("paused", Text, nullable=False, server_default=""),
    # How far its readers have read; empty where only the ledger can tell.
    Column("progress", Text, nullable=False, server_default=""),
    # The part of the space before its colon. The engine works it out, so that an earlier version that is still up need
    # not know of it. How PostgreSQL says it stands in the migration alone.
    Column("platform", Text, Computed("substr(space, 1, instr(space || ':', ':') - 1)", persisted=False), nullable=False),
    # Only of those that run: whatever rests costs nothing at a wake. In the order a wave takes them, however many are due
    # at one moment. For PostgreSQL see the remark at `delivery`.
    Index("subscription_due", "platform", "wake", "space", "channel", "name", sqlite_where=text("paused = ''")),
    sqlite_with_rowid=False,
)

# A message frozen once, with the briefs it carries, however many channels get it; rows of the ledger point to it.
EDITION: Final = Table(
    "edition",
    METADATA,
    Column("hash", Text, primary_key=True),
    Column("renderer", Text, nullable=False),
    Column("message", Text, nullable=False),
)

EDITION_BRIEF: Final = Table(
    "edition_brief",
    METADATA,
    Column("edition", Text, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("slug", Text, nullable=False),
    Index("edition_brief_by_slug", "slug"),
)

# One tree holds the rows, finds them and keeps an edition to one row for each part: a wave writes little else.
DELIVERY: Final = Table(
    "delivery",
    METADATA,
    Column("space", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("meant_for", Text, primary_key=True),
    Column("part", Integer, primary_key=True, autoincrement=False),
    # Its key where that is not the one `digest_key` gives; else empty, for that one is as long as the rest of the row.
    Column("own_key", Text, primary_key=True),
    Column("due", BigInteger, nullable=False),
    # From when on it is no longer posted.
    Column("until", BigInteger, nullable=False),
    # The part of the space before its colon, and when the row may next be claimed: when it is due, or after a delay.
    Column("platform", Text, nullable=False),
    Column("retry_at", BigInteger, nullable=False),
    Column("edition", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("lease_until", BigInteger),
    Column("attempt", Integer, nullable=False),
    Column("insisted", Boolean, nullable=False),
    Column("receipt", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("settled", BigInteger),
    # The receipt of the post in the place of which the message is put; empty where it is a post of its own.
    Column("edits", Text, nullable=False, server_default=""),
    # As `digest_key` gives it. How PostgreSQL says it stands in the migration alone.
    Column("key", Text, Computed(KEY, persisted=False), nullable=False),
    # One index for each state that is asked for: an index on `state <> 'sent'` is not used for `state = 'pending'`.
    # The same for PostgreSQL stands in the migration alone: naming it here loads its dialect at every cold answer.
    Index("delivery_pending", "platform", "retry_at", "part", sqlite_where=text("state = 'pending'")),
    Index("delivery_sending", "platform", "lease_until", sqlite_where=text("state = 'sending'")),
    # What belongs to no edition is owed once, whatever the day.
    Index("delivery_alone", "space", "channel", "own_key", unique=True, sqlite_where=text("name = ''")),
    Index("delivery_edits", "space", "channel", "edits", sqlite_where=text("edits <> ''")),
    # Who has had an edition, in whose posts a line stands that was corrected; and whether anything points to it still.
    Index("delivery_of_edition", "edition", sqlite_where=text("edition <> ''")),
    sqlite_with_rowid=False,
)
ASK: Final = Table(
    "ask",
    METADATA,
    Column("space", Text, primary_key=True),
    Column("short", Text, primary_key=True),
    Column("line", Text, nullable=False),
)

# What is remembered of a space itself.
SPACE_NOTE: Final = Table(
    "space_note",
    METADATA,
    Column("space", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

# What a platform has sent already, as `short_id`, and until when that is remembered.
SEEN: Final = Table(
    "seen",
    METADATA,
    Column("space", Text, primary_key=True),
    Column("token", Text, primary_key=True),
    Column("until", BigInteger, nullable=False),
    Index("seen_by_end", "until"),
)
