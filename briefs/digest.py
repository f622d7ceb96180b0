"""Editions of a channel: who asked for which, when each is due, and what became of it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from briefs.brief import Size
from briefs.message import Message

DAILY: Final = "daily"  # the edition's name unless another is given
KEPT: Final = timedelta(days=4)  # how long before an edition a brief may have come, to wait for the next one; see `kept_since`
LATE_MIN: Final = timedelta(minutes=30)  # and an edition that is no later than this is posted whatever the day
LATE_MAX: Final = timedelta(hours=6)  # an edition later than this is skipped, not posted
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY: Final = frozenset(range(7))


class Empty(StrEnum):
    """What to do on a day without news: stay silent, or say so."""

    SKIP = "skip"
    SAY = "say"


@dataclass(frozen=True, slots=True)
class Subscription:
    """One named edition of one channel.

    Args:
        space: the Discord server, Slack workspace or console it belongs to.
        channel: the platform's id of the channel.
        name: unique within the channel, lower case.
        at: local wall-clock time.
        zone: an IANA zone.
        days: weekdays it appears on, Monday = 0; never empty.
        topics, entities: only briefs that bear one of the topics or name one of the entities (slugs); both empty means all.
        size: how much of each brief it shows.
        by: who asked for it; empty once they asked to be forgotten.
        paused: why it rests, a sentence for the channel's manager; empty: it runs.
    """

    space: str
    channel: str
    at: time
    zone: ZoneInfo
    by: str
    name: str = DAILY
    days: frozenset[int] = EVERY_DAY
    topics: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    size: Size = Size.SHORT
    empty: Empty = Empty.SKIP
    paused: str = ""

    @property
    def place(self) -> "Place":
        """The channel it appears in."""
        return Place(self.space, self.channel)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A channel of a space: everything a space owns is looked up by it."""

    space: str
    channel: str

    @property
    def platform(self) -> str:
        """The platform the channel is on: the part of its space before the colon."""
        return self.space.partition(":")[0]


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A moment an edition is due (aware, UTC), and the local date it is meant for."""

    utc: datetime
    meant_for: date


def next_slot(subscription: Subscription, after: datetime) -> Slot:
    """The first moment strictly later than `after` at which this subscription's edition is due.

    Args:
        subscription: its `at` is local wall-clock time.
        after: an aware datetime, of any zone.

    Returns:
        The slot in UTC and the local date it is meant for, which is what the ledger is keyed on. Where clocks spring
        over `at`, the slot moves on by the gap (02:30 becomes 03:30); where `at` comes twice, the first one counts;
        a date that the zone left out altogether has no slot.

    Raises:
        ValueError: `after` is naive.
    """
    if after.tzinfo is None:
        raise ValueError("next_slot needs an aware datetime")
    return _next(subscription.at, subscription.zone, subscription.days, after)


@lru_cache(maxsize=4_096)  # many channels ask for the same time
def _next(at: time, zone: ZoneInfo, days: frozenset[int], after: datetime) -> Slot:
    # Two days back: a slot that a gap pushed past midnight is meant for the day before.
    day = after.astimezone(zone).date() - timedelta(days=2)
    while True:
        if day.weekday() in days and _exists(day, zone):
            slot = _utc(day, at, zone)
            if slot > after:
                return Slot(utc=slot, meant_for=day)
        day += timedelta(days=1)


def slot_after(subscription: Subscription, slot: Slot, after: datetime | None = None) -> Slot:
    """The next slot on a later local date than that one's, and later than `after` (its own moment, where not given)."""
    then = next_slot(subscription, after or slot.utc)
    while then.meant_for <= slot.meant_for:
        then = next_slot(subscription, then.utc)
    return then


def last_moment(slot: Slot, zone: ZoneInfo) -> datetime:
    """The moment from which an edition due then is no longer posted: six hours later, or (half an hour at least) midnight."""
    tomorrow = _utc(slot.utc.astimezone(zone).date() + timedelta(days=1), time.min, zone)
    return min(slot.utc + LATE_MAX, max(tomorrow, slot.utc + LATE_MIN))


def _utc(day: date, at: time, zone: ZoneInfo) -> datetime:
    # fold=0: zoneinfo reads a time inside a gap with the offset from before it, which lands after the gap, and a
    # doubled time as its first passage.
    return datetime.combine(day, at, tzinfo=zone).replace(fold=0).astimezone(UTC)


def _exists(day: date, zone: ZoneInfo) -> bool:
    # A date that a zone skipped (Samoa had no 30 December 2011) begins at the very moment the next one does.
    return _utc(day, time.min, zone) < _utc(day + timedelta(days=1), time.min, zone)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the readers of an edition have read.

    Args:
        since: news is what came to the shelf later than that (aware); None before the first edition.
        carried: slugs of what came later and was carried already, in order.
        last: the local date of the last edition; None before the first.
        empty_days: how many times in a row there was nothing new.
    """

    since: datetime | None = None
    carried: tuple[str, ...] = ()
    last: date | None = None
    empty_days: int = 0


def kept_since(due: datetime, before: date | None) -> datetime:
    """What came to the shelf later than that is remembered, carried or not, once the edition due at `due` (UTC) has come.

    With the local date of the edition `before`, nothing that has been waiting for this one alone is forgotten.
    """
    kept = due - KEPT
    # Its local date began, in whatever zone, less than a day before that of UTC.
    return kept if before is None else min(kept, datetime.combine(before, time.min, UTC) - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Due:
    """A subscription whose slot has come, and how far its readers have read (None: only the ledger can tell)."""

    subscription: Subscription
    slot: Slot
    progress: Progress | None


class DeliveryState(StrEnum):
    """Where a delivery stands in the ledger."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"  # it may or may not have arrived; the channel's manager decides
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One part of one edition, or one review request, owed to a channel.

    Args:
        key: unique in the ledger and findable on the platform; see `digest_key` and `review_key`.
        name: the edition's; empty for a review request.
        due: aware, UTC.
        until: from that moment on (aware, UTC) it is no longer posted.
        meant_for: the local date.
        part: counted from 1; an edition that does not fit one message has several.
        message: frozen when the edition was made, so that a repeat is the same.
        briefs: slugs of the briefs it carries.
        attempt: 1 at the first claim; higher after a lease ran out.
        insisted: a manager wants it sent again although nobody can tell whether it arrived.
        edits: the receipt of the post in the place of which the message is put; empty: it is a post of its own.
    """

    key: str
    place: Place
    name: str
    meant_for: date
    due: datetime
    until: datetime
    message: Message
    briefs: tuple[str, ...] = ()
    part: int = 1
    attempt: int = 0
    insisted: bool = False
    edits: str = ""


def digest_key(place: Place, name: str, meant_for: date, part: int = 1) -> str:
    """The ledger's key of one part of an edition; the same edition of the same local date has the same key for ever."""
    return f"digest:{place.space}:{place.channel}:{name}:{meant_for.isoformat()}:{part}"


def review_key(draft: str, version: str) -> str:
    """The ledger's key of the request to review that version of a draft; asked for twice, it is the same request."""
    return f"review:{draft}:{version}"


@dataclass(frozen=True, slots=True)
class Sent:
    """The post is in the channel; `receipt` is the platform's id of it."""

    receipt: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform will not take it, now or later.

    Args:
        reason: a sentence for the channel's manager: what is wrong and what to do.
        channel_lost: nothing can be posted in that channel until a manager does something about it (it is gone, or the
            bot may not write there), so that its editions pause.
    """

    reason: str
    channel_lost: bool = False


@dataclass(frozen=True, slots=True)
class Again:
    """Nothing was posted; it may be tried again after `after`."""

    after: timedelta
    reason: str


@dataclass(frozen=True, slots=True)
class Later:
    """It may have been posted; after `after` it can be looked for."""

    after: timedelta
    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may or may not have been posted, and nobody can tell."""

    reason: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """It was not posted on purpose: too late, or nothing to say."""

    reason: str


Settlement = Sent | Refused | Again | Later | Unknown | Skipped


@dataclass(frozen=True, slots=True)
class Planned:
    """What to do with one due slot: owe these deliveries (none: nothing to say), or record why it is skipped.

    Args:
        subscription, slot: as they were when read.
        then: the slot it is due at next.
        deliveries: in order of their parts, all of one edition; of `slot`'s local date unless they say otherwise.
        skipped: why nothing is posted; empty where something is.
        progress: how far its readers have read then; None: only the ledger can tell.
    """

    subscription: Subscription
    slot: Slot
    then: Slot
    deliveries: tuple[Delivery, ...] = ()
    skipped: str = ""
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of the ledger: the delivery, its state, when it was settled, receipt and reason."""

    delivery: Delivery
    state: DeliveryState
    settled: datetime | None
    receipt: str
    reason: str
