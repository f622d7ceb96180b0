"""Values as they lie in columns: JSON bodies, moments as microseconds, text an engine can hold."""

from base64 import urlsafe_b64encode
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)

KEPT: Final = 128  # values read last that are kept: a day's briefs, their articles and cards

SHORT_LENGTH: Final = 22  # characters of base64: 132 bits, so that two texts never share an id

T = TypeVar("T")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """Built on first use: an answer that reads one kind of body builds one."""
    return TypeAdapter(kind)


def body(value: object) -> str:
    """A value of the core as JSON; the same value always gives the same text."""
    kind: Any = type(value)
    written: bytes = _adapter(kind).dump_json(value)
    return written.decode()


def read(kind: type[T], text: str) -> T:
    """The value that `body` wrote; values are frozen, so those asked for again and again are read once."""
    wanted: Any = kind
    value: T = _read(wanted, text)
    return value


@lru_cache(KEPT)
def _read(kind: Any, text: str) -> Any:
    return _adapter(kind).validate_json(text)


def micros(moment: datetime) -> int:
    """An aware moment as whole microseconds since 1970 in UTC.

    Raises:
        ValueError: the moment is naive.
    """
    if moment.tzinfo is None:
        raise ValueError("The store takes aware moments only.")
    return (moment - _EPOCH) // _MICROSECOND


def moment(stored: int) -> datetime:
    """The moment that `micros` wrote, in UTC."""
    return _EPOCH + stored * _MICROSECOND


def published_utc(published: date | datetime | None) -> date | datetime | None:
    """A publication date as it is; a moment in UTC."""
    return published.astimezone(UTC) if isinstance(published, datetime) else published


def askable(text: str) -> str:
    """What somebody typed, fit to be looked up: half a surrogate pair cannot be sent to an engine, and names nothing."""
    return text.encode("utf-8", "replace").decode()


def short_id(text: str) -> str:
    """22 characters of A–Z a–z 0–9 - _ that stand for the text, whatever it holds; always the same for the same text."""
    return urlsafe_b64encode(sha256(text.encode("utf-8", "surrogatepass")).digest()).decode()[:SHORT_LENGTH]
