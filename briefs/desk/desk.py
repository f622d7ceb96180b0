"""The desk: the use cases gathered, with the ports they speak to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from briefs.desk.curate import Curate
from briefs.desk.deliver import Deliver
from briefs.desk.forget import Forget
from briefs.desk.ingest import Ingest
from briefs.desk.join import Join
from briefs.desk.lookup import Lookup
from briefs.desk.reporting import Reporting
from briefs.desk.retention import Retention
from briefs.desk.sharing import Sharing
from briefs.desk.subscribe import Subscribe
from briefs.ports import ArticleSource, Checks


@dataclass(frozen=True, slots=True)
class About:
    """What the bot says of itself: its version, and what it runs on, in words."""

    version: str
    running: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a command may ask for.

    Args:
        now: the present moment, aware, UTC.
        checks: looks at the whole installation.
    """

    lookup: Lookup
    subscribe: Subscribe
    deliver: Deliver
    ingest: Ingest
    sharing: Sharing
    join: Join
    curate: Curate
    reporting: Reporting
    forget: Forget
    retention: Retention
    source: ArticleSource
    now: Callable[[], datetime]
    about: About
    checks: Checks
