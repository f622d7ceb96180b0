"""Looking at a store without touching it: nothing is made, migrated or written, not even a file beside it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import quote

from sqlalchemy import Connection, case, create_engine, distinct, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from adapters.storage.bodies import micros, moment, read
from adapters.storage.faults import as_storage_down
from adapters.storage.fulltext import is_available
from adapters.storage.schema import HEAD, revision_of
from adapters.storage.standing import noted
from adapters.storage.subscription_rows import COLUMNS, subscription_of
from adapters.storage.tables import ARTICLE, BRIEF, DELIVERY, SUBSCRIPTION, WORDING
from briefs.article import Article
from briefs.brief import Brief, State
from briefs.digest import DeliveryState, Place, Slot, Subscription

PATIENCE: Final = 2.0  # seconds for whoever writes
CHECKED_MAX: Final = 256 * 1024 * 1024  # bytes of a file that is read through from end to end

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Unwell:
    """Deliveries of one channel and state that did not go as they should.

    Args:
        count: how many.
        last: when the last of them was settled or, where it is not, was due; UTC.
        reason: why, of one of them; may be empty.
    """

    place: Place
    state: DeliveryState
    count: int
    last: datetime
    reason: str


class Look:
    """A store that is only read. Every method raises `StorageDown` where it cannot be."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._engine = create_engine("sqlite://", creator=self._connected, poolclass=NullPool)

    def revision(self) -> str | None:
        """The revision of its tables; empty where there is none yet, None where they are not ours."""
        return self._ask(revision_of)

    def is_newest(self) -> bool:
        """Whether this version of ours can ask anything else of it."""
        return self.revision() == HEAD

    def damage(self) -> str:
        """What SQLite finds wrong with the file, in its own words; empty where nothing is, or it is too large to be read through."""
        if self.file.stat().st_size > CHECKED_MAX:
            return ""
        said = self._ask(lambda connection: connection.scalar(text("PRAGMA quick_check(1)")))
        return "" if said == "ok" else str(said)

    def subscriptions(self) -> tuple[tuple[tuple[Subscription, Slot], ...], tuple[str, ...]]:
        """Every one that does not rest, with its next slot, that which is due first in front; and those that cannot be read, by name."""
        running = select(*COLUMNS).where(SUBSCRIPTION.c.paused == "").order_by(SUBSCRIPTION.c.next_utc)
        found: list[tuple[Subscription, Slot]] = []
        unread: list[str] = []
        for row in self._ask(lambda connection: connection.execute(running).all()):
            try:
                found.append(subscription_of(row))
            except (ValueError, KeyError, OSError, OverflowError):
                unread.append(f"“{row.name}” of {row.space}/{row.channel}")
        return tuple(found), tuple(unread)

    def resting(self) -> int:
        """How many subscriptions rest."""
        paused = select(func.count()).select_from(SUBSCRIPTION).where(SUBSCRIPTION.c.paused != "")
        return self._ask(lambda connection: connection.scalar(paused)) or 0

    def unwell(self, now: datetime, overdue: datetime, since: datetime) -> tuple[Unwell, ...]:
        """What is owed since before `overdue`, and what was settled as unknown or failed at `since` or later, by channel."""
        c = DELIVERY.c
        waiting = (c.state == DeliveryState.PENDING) & (c.due < micros(overdue)) & (c.retry_at < micros(now))
        settled = c.state.in_((DeliveryState.UNKNOWN, DeliveryState.FAILED)) & (c.settled >= micros(since))
        last = func.max(case((c.settled.is_(None), c.due), else_=c.settled))
        groups = (
            select(c.space, c.channel, c.state, func.count(), last, func.max(c.reason))
            .where(waiting | settled)
            .group_by(c.space, c.channel, c.state)
            .order_by(last.desc())
        )
        rows = self._ask(lambda connection: connection.execute(groups).all())
        return tuple(Unwell(Place(s, ch), DeliveryState(state), count, moment(when), why) for s, ch, state, count, when, why in rows)

    def without_sentences(self) -> tuple[str, ...]:
        """Slugs of approved briefs that cite a sentence the store does not have."""

        def ask(connection: Connection) -> list[str]:
            approved = select(BRIEF.c.slug, BRIEF.c.body).where(BRIEF.c.state == State.APPROVED).order_by(BRIEF.c.slug)
            known: dict[str, int] = {}
            for article, body in connection.execute(select(WORDING.c.article, WORDING.c.body)):
                known[article] = max(known.get(article, 0), len(read(Article, body).sentences))
            return [slug for slug, body in connection.execute(approved) if _cites_more(read(Brief, body), known)]

        return tuple(self._ask(ask))

    def note(self, name: str) -> str:
        """The installation's note of that name; empty where there is none."""
        return self._ask(lambda connection: noted(connection, name)) or ""

    def counts(self) -> tuple[int, int]:
        """How many articles and approved briefs there are."""
        articles = select(func.count(distinct(ARTICLE.c.id)))
        briefs = select(func.count()).select_from(BRIEF).where(BRIEF.c.state == State.APPROVED)
        return self._ask(lambda connection: (connection.scalar(articles) or 0, connection.scalar(briefs) or 0))

    def _ask(self, question: Callable[[Connection], T]) -> T:
        with self._sentences(), self._engine.connect() as connection:
            return question(connection)

    def _connected(self) -> sqlite3.Connection:
        # A store nobody has open has no file of shared memory beside it, and SQLite would make one even to read; it does
        # not for a file that it is told nobody changes. Where somebody has it open, it has to be read together with its log.
        shared = self.file.with_name(f"{self.file.name}-shm").exists()
        how = "mode=ro" if shared else "immutable=1"
        return sqlite3.connect(f"file:{quote(str(self.file))}?{how}", uri=True, timeout=PATIENCE, check_same_thread=False)

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite3.Error, OSError) as error:
            sentence = as_storage_down(error, self.file)
            if sentence is None:
                raise
            raise sentence from error


def has_full_text() -> bool:
    """Whether this Python's SQLite searches text."""
    engine = create_engine("sqlite://", poolclass=NullPool)
    with engine.connect() as connection:
        return is_available(connection)


def _cites_more(brief: Brief, known: dict[str, int]) -> bool:
    cited = [citation for line in brief.lines for citation in line.citations]
    return any(not 1 <= citation.sentence <= known.get(citation.article, 0) for citation in cited)
