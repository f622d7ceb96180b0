"""The bot's own books: what the soak asks for is put there, and what became of it is read there."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo

from adapters.storage.bodies import micros
from adapters.storage.storage import SqliteStorage, open_storage
from briefs.brief import Size
from briefs.digest import Empty, Place, Slot, Subscription, digest_key
from tests.builders import a_brief, an_article
from tests.soak.counting import Asked, Edition, Row

Kind = Literal["short", "silent", "long"]
KINDS: Final[tuple[Kind, ...]] = ("short", "silent", "long")

MICRO: Final = 1_000_000
ZONES: Final = ("Asia/Baghdad", "Europe/London", "America/New_York", "Asia/Tokyo", "Pacific/Auckland", "America/Los_Angeles", "UTC")
FAR_FROM_MIDNIGHT: Final = range(2, 20)  # hours: what is due then is not given up for its date during a run of an hour
SHORT: Final = "short"  # the topic of a brief that takes one message
LONG: Final = "long"  # of several that take several
_OWED: Final = "SELECT platform, state, count(*) FROM delivery WHERE state IN ('pending', 'sending') GROUP BY platform, state"
_UNPLANNED: Final = "SELECT platform, 'due', count(*) FROM subscription WHERE paused = '' AND next_utc <= ? GROUP BY platform"
_ROWS: Final = "SELECT space, channel, name, meant_for, part, state, reason, attempt, due, key FROM delivery"


async def opened(database: Path) -> SqliteStorage:
    """The store, with what its editions are made of."""
    storage = await open_storage(str(database))
    if not await storage.shelf.has_own_briefs():
        approved = datetime.now(UTC) - timedelta(days=1)
        for slug, topic, lines in (("short", SHORT, 0), *((f"long{number}", LONG, 10) for number in range(3))):
            points = [_sentence(slug, line) for line in range(lines)]
            article = an_article(*points, handle=slug)
            await storage.shelf.put_article(article)
            await storage.shelf.put_brief(a_brief(slug, article=article, points=points, topics=(topic,), approved=approved))
    return storage


def _sentence(story: str, line: int) -> str:
    return f"Line {line} of story {story}: " + "the ferry went out and came back with nobody hurt and nothing lost, " * 6 + "as it should."


def a_slot(due: datetime) -> tuple[ZoneInfo, Slot]:
    """A zone in which that moment is far from midnight, and the slot of its local date."""
    zones = [ZoneInfo(name) for name in ZONES]
    zone = next(zone for zone in zones if due.astimezone(zone).hour in FAR_FROM_MIDNIGHT)
    return zone, Slot(due, due.astimezone(zone).date())


def a_subscription(place: Place, name: str, kind: Kind, due: datetime) -> tuple[Subscription, Slot]:
    """An edition due at that moment, and at that time of day ever after.

    Args:
        kind: "short" carries one brief, "silent" says that there is nothing new, "long" takes several messages.
    """
    zone, slot = a_slot(due)
    subscription = Subscription(
        space=place.space,
        channel=place.channel,
        at=due.astimezone(zone).time(),
        zone=zone,
        by={"discord": "900", "slack": "UHUMAN"}.get(place.space.partition(":")[0], "console:anna"),
        name=name,
        topics={"short": (SHORT,), "silent": ("no such topic",), "long": (LONG,)}[kind],
        size=Size.FULL if kind == "long" else Size.SHORT,
        empty=Empty.SAY,
    )
    return subscription, slot


def edition_of(subscription: Subscription, slot: Slot) -> Asked:
    """What is owed at that slot."""
    return Asked(Edition(subscription.place, subscription.name, slot.meant_for.isoformat()), slot.utc.timestamp())


def owed(database: Path, now: datetime) -> Counter[tuple[str, str]]:
    """By platform and state ("pending", "sending", and "due" for what is not planned yet): how many."""
    with closing(sqlite3.connect(database, timeout=30)) as books:
        rows = [*books.execute(_OWED), *books.execute(_UNPLANNED, [micros(now)])]
    return Counter({(platform, state): number for platform, state, number in rows})


def ledger(database: Path) -> list[Row]:
    """The whole ledger."""
    with closing(sqlite3.connect(database, timeout=30)) as books:
        return [
            Row(Edition(Place(space, channel), name, day), part, state, reason, attempt, due / MICRO, key)
            for space, channel, name, day, part, state, reason, attempt, due, key in books.execute(_ROWS)
        ]


def subscribed(database: Path) -> set[Edition]:
    """The editions that subscriptions are next due with."""
    with closing(sqlite3.connect(database, timeout=30)) as books:
        found = books.execute("SELECT space, channel, name, meant_for FROM subscription")
        return {Edition(Place(space, channel), name, day) for space, channel, name, day in found}


def resting(database: Path) -> list[tuple[Place, str]]:
    """Channel and name of the subscriptions that rest."""
    with closing(sqlite3.connect(database, timeout=30)) as books:
        found = books.execute("SELECT space, channel, name FROM subscription WHERE paused <> ''")
        return [(Place(space, channel), name) for space, channel, name in found]


def known_keys(asked: Iterable[Asked], rows: Sequence[Row]) -> list[tuple[str, Edition, int]]:
    """The key of every part that is in the ledger, and of the first part of every edition that was asked for."""
    firsts = [(digest_key(e.place, e.name, datetime.fromisoformat(e.meant_for).date()), e, 1) for e in (one.edition for one in asked)]
    return [*firsts, *((row.key, row.edition, row.part) for row in rows)]
