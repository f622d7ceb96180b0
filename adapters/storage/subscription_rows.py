"""A subscription, its slot and its readers' progress as the columns of a row, and back."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from functools import cache, lru_cache, reduce
from json import dumps, loads
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Row, Text, cast, literal, literal_column, select

from adapters.storage.bodies import micros, moment
from adapters.storage.bulk import Gathered, Key, among, giving
from adapters.storage.tables import SUBSCRIPTION
from briefs.brief import Size
from briefs.digest import Due, Empty, Progress, Slot, Subscription

_C = SUBSCRIPTION.c
_TERMS: Final = ("at", "zone", "days", "topics", "entities", "size", "empty", "asked_by", "paused")
_PARTED: Final = "\x1f"  # between the columns of `WHOLE`; none but the last can hold it

# What is read of a row.
COLUMNS: Final = tuple(_C[name] for name in ("space", "channel", "name", *_TERMS, "next_utc", "meant_for", "progress", "wake"))

# Terms and slot of one that runs as one text, to be compared with `whole`.
WHOLE: Final[ColumnElement[str]] = reduce(
    lambda told, column: told + literal(_PARTED) + column,
    (*(_C[name] for name in _TERMS[:-2]), cast(_C.next_utc, Text), _C.meant_for, _C.asked_by),
)
# Written out, not as a parameter, so that the engine sees that the index of those that run serves.
RUNNING: Final = _C.paused == literal_column("''")


def row_of(subscription: Subscription) -> dict[str, Any]:
    """A subscription as columns, without its slot."""
    terms = dict(zip(_TERMS, _terms_of(subscription), strict=True))
    return {"space": subscription.space, "channel": subscription.channel, "name": subscription.name, **terms}


def slot_columns(slot: Slot, prefix: str = "") -> dict[str, Any]:
    """A slot as columns, or as parameters that begin so."""
    return {f"{prefix}next_utc": micros(slot.utc), f"{prefix}meant_for": slot.meant_for.isoformat()}


def subscription_of(row: Row[Any]) -> tuple[Subscription, Slot]:
    """What stands in a row.

    Raises:
        ValueError, KeyError, OSError, OverflowError: it cannot be read.
    """
    subscription = Subscription(
        row.space,
        row.channel,
        _time(row.at),
        ZoneInfo(row.zone),
        row.asked_by,
        row.name,
        _days(row.days),
        _words(row.topics),
        _words(row.entities),
        Size(row.size),
        Empty(row.empty),
        row.paused,
    )
    return subscription, _slot(row.next_utc, row.meant_for)


def due_of(row: Row[Any]) -> Due:
    """What stands in a row, with how far its readers have read; raises as `subscription_of`."""
    subscription, slot = subscription_of(row)
    return Due(subscription, slot, _progress(row.progress))


@lru_cache(maxsize=4_096)  # the channels of a wave have read alike
def progress_column(progress: Progress | None) -> str:
    """How far readers have read, as a column."""
    if progress is None:
        return ""
    since = None if progress.since is None else micros(progress.since)
    return dumps([since, progress.carried, progress.last and progress.last.isoformat(), progress.empty_days])


def whole(subscription: Subscription, slot: Slot) -> str:
    """Terms and slot of one that runs as `WHOLE` has them."""
    s = subscription
    terms = _whole_terms(s.at, s.zone.key, s.days, s.topics, s.entities, s.size, s.empty)
    return f"{terms}{_PARTED}{_whole_slot(slot)}{_PARTED}{s.by}"


@lru_cache(maxsize=4_096)
def _whole_terms(
    at: time, zone: str, days: frozenset[int], topics: tuple[str, ...], entities: tuple[str, ...], size: Size, empty: Empty
) -> str:
    columns = (at.isoformat(), zone, _day_column(days), _words_column(topics), _words_column(entities), size.value, empty.value)
    return _PARTED.join(columns)


@lru_cache(maxsize=4_096)
def _whole_slot(slot: Slot) -> str:
    return f"{micros(slot.utc)}{_PARTED}{slot.meant_for.isoformat()}"


def unchanged(connection: Connection, read: Sequence[tuple[Subscription, Slot]]) -> Collection[Key]:
    """Those of the subscriptions that run and are in all their terms and their slot as they were read: space, channel, name."""
    keys = [(subscription.space, subscription.channel, subscription.name) for subscription, _ in read]
    rows = _standing(connection.dialect.name).bare(connection, giving(keys))
    now = {(space, channel, name): text for space, channel, name, text in rows}
    pairs = zip(keys, read, strict=True)
    return {key for key, (subscription, slot) in pairs if not subscription.paused and now.get(key) == whole(subscription, slot)}


@cache
def _standing(dialect: str) -> Gathered:
    """Subscriptions that run, as they are now, held so until the commit; SQLite has one writer at a time, and locks no rows."""
    these = among(dialect, _C.space, _C.channel, _C.name)
    return Gathered(select(_C.space, _C.channel, _C.name, WHOLE.label("whole")).where(these, RUNNING).with_for_update())


def _terms_of(subscription: Subscription) -> tuple[str, ...]:
    return (
        subscription.at.isoformat(),
        subscription.zone.key,
        _day_column(subscription.days),
        _words_column(subscription.topics),
        _words_column(subscription.entities),
        subscription.size.value,
        subscription.empty.value,
        subscription.by,
        subscription.paused,
    )


# Many channels ask for the same.
@lru_cache(maxsize=4_096)
def _time(written: str) -> time:
    return time.fromisoformat(written)


@lru_cache(maxsize=256)
def _days(written: str) -> frozenset[int]:
    return frozenset(int(day) for day in written)


@lru_cache(maxsize=256)
def _day_column(days: frozenset[int]) -> str:
    return "".join(str(day) for day in sorted(days))


@lru_cache(maxsize=4_096)
def _words(written: str) -> tuple[str, ...]:
    words = loads(written)
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise ValueError("no list of words")
    return tuple(words)


@lru_cache(maxsize=4_096)
def _words_column(words: tuple[str, ...]) -> str:
    return dumps(words, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=4_096)
def _slot(utc: int, meant_for: str) -> Slot:
    return Slot(moment(utc), date.fromisoformat(meant_for))


@lru_cache(maxsize=4_096)
def _progress(written: str) -> Progress | None:
    if not written:
        return None
    since, carried, last, empty_days = loads(written)
    return Progress(_moment(since), tuple(carried), last and date.fromisoformat(last), empty_days)


def _moment(stored: int | None) -> datetime | None:
    return None if stored is None else moment(stored)
