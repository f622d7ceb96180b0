"""What must stand in no text on any platform, and what a message may name: read from the texts alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass

from briefs.message import Channel, Link, Message, Moment, Person

# Controls, direction overrides, invisible disguises, the tag block, halves of pairs. A joiner and a non-joiner may stand.
NEVER = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u180e\u200b\u2028-\u202e\u2060-\u2067\u206a-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)

ISOLATED = re.compile("\u2068[^\u2068\u2069]*\u2069")


def hidden(text: str, *, line_ends: bool = True) -> list[str]:
    """What a reader must never receive in a text, and isolates that are not closed."""
    found = [f"U+{ord(sign):04X}" for sign in NEVER.findall(text)] if NEVER.search(text) else []
    found += ["a line end"] * (not line_ends and ("\n" in text or "\t" in text))
    closed = ISOLATED.sub("", text)
    return found + ["an open isolate"] * ("\u2068" in closed or "\u2069" in closed)


@dataclass(frozen=True)
class Named:
    """What a message itself may point to: nothing else in it may lead anywhere or name anybody."""

    people: frozenset[str]
    channels: frozenset[str]
    addresses: frozenset[str]
    moments: frozenset[int]


def named(message: Message) -> Named:
    """Who and what the parts of a message name on purpose."""
    parts = list(parts_of(message))
    return Named(
        frozenset(part.user for part in parts if isinstance(part, Person)),
        frozenset(part.channel for part in parts if isinstance(part, Channel)),
        frozenset(part.address for part in parts if isinstance(part, Link)),
        frozenset(int(part.at.timestamp()) for part in parts if isinstance(part, Moment)),
    )


def parts_of(value: object) -> Iterator[object]:
    """Every part of a message, from the whole to the spans."""
    if isinstance(value, tuple):
        for part in value:
            yield from parts_of(part)
    elif is_dataclass(value):
        yield value
        for field in fields(value):
            yield from parts_of(getattr(value, field.name))
