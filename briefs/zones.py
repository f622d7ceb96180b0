"""Times and zones as people write them."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import time
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from briefs.errors import BadInput, shown

_CLOCK: Final = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?")
_NAMED: Final = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_NOT_PLACES: Final = {"Factory", "localtime", "posixrules"}
_NEAR: Final = 75  # likeness, 0…100, above which a zone is offered for what was typed
_OFFSET: Final = re.compile(r"(?:GMT|UTC)\s*([+-])\s*(\d{1,2})(?::?00)?", re.IGNORECASE)


def parse_time(typed: str) -> time:
    """A wall-clock time as people write it: `07:30`, `7:30`, `7.30am`, `7pm`, `noon`, digits of any script.

    Raises:
        BadInput: it is not one; the sentence shows how to write it.
    """
    plain = unicodedata.normalize("NFKC", typed).strip().casefold()
    if plain in _NAMED:
        return _NAMED[plain]
    match = _CLOCK.fullmatch("".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in plain))
    if match is None or (match[2] is None and match[3] is None):
        raise BadInput(f"“{shown(typed)}” is not a time of day. Write it like 07:30, 7.30am or noon.")
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        if not 1 <= hour <= 12:
            raise BadInput(f"“{shown(typed)}” is not a time of day: with am or pm, an hour from 1 to 12. For example 7.30am.")
        hour = hour % 12 + (12 if match[3].startswith("p") else 0)
    if hour > 23 or minute > 59:
        raise BadInput(f"“{shown(typed)}” is not a time of day: an hour from 00 to 23, minutes from 00 to 59. For example 07:30.")
    return time(hour, minute)


@cache
def zone_names() -> tuple[str, ...]:
    """Every real IANA zone name, sorted; not `Factory`, `localtime`, `posix/…` or `right/…`."""
    names = (n for n in available_timezones() if n not in _NOT_PLACES and not n.startswith(("posix/", "right/")))
    return tuple(sorted(names))


@cache
def _folded_zones() -> dict[str, str]:
    return {_fold(name): name for name in zone_names()}


def _fold(name: str) -> str:
    return name.strip().casefold().replace(" ", "_")


def parse_zone(typed: str) -> ZoneInfo:
    """The zone of that IANA name, whatever its case; a bare city is enough where only one zone bears it.

    Raises:
        BadInput: no such zone; the nearest are named.
    """
    folded = _fold(typed)
    if name := _folded_zones().get(folded):
        return ZoneInfo(name)
    if offset := _OFFSET.fullmatch(typed.strip()):
        sign = "-" if offset[1] == "+" else "+"
        raise BadInput(
            f"“{shown(typed)}” is not a time zone. Name a city there, so that clock changes are kept, for example Europe/London; "
            f"the fixed offset is called Etc/GMT{sign}{int(offset[2])} (its sign is turned round)."
        )
    cities = [n for n in zone_names() if "/" in n and _fold(n.rpartition("/")[2]) == folded]
    if len(cities) == 1:
        return ZoneInfo(cities[0])
    nearest = cities or suggest_zones(typed, limit=2)
    offer = f" Did you mean {' or '.join(nearest)}?" if nearest else " Name a city, for example Europe/London."
    raise BadInput(f"No time zone called “{shown(typed)}”.{offer}")


def suggest_zones(typed: str, limit: int = 25) -> Sequence[str]:
    """Zone names for a half-typed one: by beginning, then by a later part's beginning, then by likeness; may be empty."""
    folded = _fold(typed)
    if not folded:
        return [n for n in ("UTC", "Europe/London", "America/New_York", "Asia/Baghdad") if n in zone_names()][:limit]
    # Etc/GMT+1 is an hour behind, not ahead, of UTC: nobody who types "GMT+1" means it.
    names = {key: name for key, name in _folded_zones().items() if not name.startswith("Etc/GMT")}
    first = [names[k] for k in names if k.startswith(folded)]
    later = [names[k] for k in names if not k.startswith(folded) and any(p.startswith(folded) for p in k.split("/")[1:])]
    found = [*first, *later]
    if not found and len(folded) <= 64:
        # Only a mistyped name needs it, and it takes a cold answer's time to load.
        from rapidfuzz import fuzz, process

        # A city is mistyped more often than named in full: the part after the last slash counts, too.
        whole = process.extract(folded, list(names), scorer=fuzz.ratio, limit=limit, score_cutoff=_NEAR)
        cities = {key: key.rpartition("/")[2] for key in names}
        city = process.extract(folded, cities, scorer=fuzz.ratio, limit=limit, score_cutoff=_NEAR)
        scored = [(score, key) for key, score, _ in whole] + [(score, key) for _, score, key in city]
        found = list(dict.fromkeys(names[key] for _, key in sorted(scored, key=lambda pair: (-pair[0], pair[1]))))
    return found[:limit]
