"""The parts of a line, as a terminal shows them."""

from datetime import datetime
from typing import Final, assert_never
from zoneinfo import ZoneInfo

from rich.text import Text

from adapters.console.layout import NBSP
from briefs.message import Channel, Hedged, Label, Line, Link, Moment, Person, Rich, Said, Typed, Words

CITED: Final = "dim"
TO_TYPE: Final = "cyan"
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # in English on every machine
_GLUED_MAX: Final = 12  # characters of citations that are kept on the line of the last word


def told(spans: Rich, zone: ZoneInfo | None) -> Text:
    """The spans as one text; moments in the reader's own zone where it is given.

    A text is never read as markup, emoji codes or escapes.
    """
    text = Text()
    for span in spans:
        match span:
            case Words():
                text.append(span.text)
            case Said():
                text.append(span.text, "italic")
            case Hedged() | Label():
                text.append(span.text, "bold")
            case Typed():
                text.append(span.text, TO_TYPE)
            case Link():
                text.append(f"{span.text}: {span.address}")
            case Person():
                text.append(span.name)
            case Channel():
                text.append(f"channel {span.channel}")
            case Moment():
                text.append(moment(span, zone).replace(" ", NBSP))
            case _:
                assert_never(span)
    return text


def with_citations(line: Line, zone: ZoneInfo | None) -> Text:
    """The line and behind it the sentences it rests on: … [4, 5]."""
    text = told(line.spans, zone)
    if line.cites:
        cited = f" [{', '.join(line.cites)}]" if text.plain else f"[{', '.join(line.cites)}]"
        text.append(cited.replace(" ", NBSP) if len(cited) <= _GLUED_MAX else cited, CITED)
    return text


def moment(span: Moment, zone: ZoneInfo | None) -> str:
    """A moment as "22 Nov 2026 06:52 UTC": in the reader's zone where it is given, else in its own."""
    own = zone or ZoneInfo(span.zone)
    return written(span.at.astimezone(own), own)


def written(at: datetime, zone: ZoneInfo) -> str:
    """A local time with its zone, named as people do: London, Buenos Aires, UTC."""
    place = "UTC" if zone.key in {"UTC", "Etc/UTC"} else zone.key if zone.key.startswith("Etc/") else zone.key.rpartition("/")[2]
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year} {at:%H:%M} {place.replace('_', ' ')}"
