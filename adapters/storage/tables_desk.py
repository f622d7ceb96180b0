"""The tables of the curators' desk: the installation's own, then what readers found wrong, which belongs to their space."""

from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text, text

from adapters.storage.tables import METADATA, NUMBER

# What is decided on beside a draft brief, and since when it lies on the curators' desk.
REVIEW: Final = Table(
    "review",
    METADATA,
    Column("slug", Text, primary_key=True),
    Column("stage", Text, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
    Index("review_by_stage", "stage", "since", "slug"),
)

# The log: what curators decided. `undoes` is 0 where the decision takes none back.
DECISION: Final = Table(
    "decision",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("act", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("told", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("undoes", BigInteger, nullable=False),
    Index("decision_about", "about", "number"),
    Index("decision_undoing", "undoes", "number", sqlite_where=text("undoes <> 0")),
)

# What each decision changed, in its order: bodies, none where the thing was not there, or is not any more.
DECISION_CHANGE: Final = Table(
    "decision_change",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Index("decision_change_of", "kind", "key", "number", "place"),
)

# What is remembered of the installation itself.
NOTE: Final = Table(
    "note",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

# The last number given to a report, so that none is given again once the report is deleted.
REPORT_NUMBER: Final = Table("report_number", METADATA, Column("number", NUMBER, primary_key=True))

# What readers found wrong; `token` stands for who said what of which line, `answered` is empty while nobody has answered.
REPORT: Final = Table(
    "report",
    METADATA,
    Column("space", Text, primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("channel", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("brief", Text, nullable=False),
    Column("line", Text, nullable=False),
    Column("refs", Text, nullable=False),
    Column("said", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("answer", Text, nullable=False),
    Column("answered_by", Text, nullable=False),
    Column("answered", BigInteger),
    Column("token", Text, nullable=False),
    Index("report_by_number", "number", unique=True),
    Index("report_same", "space", "token", unique=True),
    Index("report_of_user", "space", "user", "number"),
    Index("report_open", "number", sqlite_where=text("answered IS NULL")),
    Index("report_by_answer", "answered", sqlite_where=text("answered IS NOT NULL")),
)
