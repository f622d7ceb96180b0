"""What became of editions, a local date each, as those who manage them are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Final, assert_never

from briefs.digest import DeliveryState, Record
from briefs.message import Label, Line, Link, Moment, Rich, Span, Words, words
from briefs.pages.wording import SEPARATOR, day, plural

ON_TIME: Final = timedelta(minutes=1)  # what comes within it is not called late
_OWED: Final = (DeliveryState.PENDING, DeliveryState.SENDING)


class Fate(StrEnum):
    """What became of an edition as a whole."""

    SENT = "sent"
    UNDER_WAY = "on its way"
    UNKNOWN = "unknown"  # it may or may not have arrived, or a part of it
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Past:
    """An edition of one local date.

    Args:
        records: what the ledger has of its parts, in their order; never empty.
        address: where it can be seen, an https address; empty where it is nowhere, or the platform has none.
    """

    records: tuple[Record, ...]
    address: str = ""

    @property
    def meant_for(self) -> date:
        """Its local date."""
        return self.records[0].delivery.meant_for

    @property
    def name(self) -> str:
        """The edition's name."""
        return self.records[0].delivery.name

    @property
    def due(self) -> datetime:
        """When it was due, aware, UTC."""
        return self.records[0].delivery.due

    @property
    def fate(self) -> Fate:
        """Of a part that is worse off than the others, the whole."""
        states = {record.state for record in self.records}
        if states & set(_OWED):
            return Fate.UNDER_WAY
        worst = (DeliveryState.UNKNOWN, DeliveryState.FAILED, DeliveryState.SKIPPED)
        return next((Fate(state.value) for state in worst if state in states), Fate.SENT)

    @property
    def sent(self) -> tuple[Record, ...]:
        """The parts that are in the channel for certain."""
        return tuple(record for record in self.records if record.state is DeliveryState.SENT)

    @property
    def arrived(self) -> datetime | None:
        """When the last of those parts was known to be there; None where none is."""
        return max((record.settled for record in self.sent if record.settled), default=None)

    @property
    def reason(self) -> str:
        """Why it is not there, without a full stop; may be empty."""
        return next((r.reason.rstrip(".") for r in self.records if r.state.value == self.fate.value and r.reason), "")

    @property
    def used_up(self) -> bool:
        """Whether no other edition may come for that date: any of it is there, may be, or is on its way."""
        used = {*_OWED, DeliveryState.SENT, DeliveryState.UNKNOWN}
        return any(record.state in used for record in self.records)

    @property
    def wanting(self) -> tuple[Record, ...]:
        """The parts a manager may have sent again: made, not there for certain, and not on their way."""
        return tuple(r for r in self.records if r.state not in {*_OWED, DeliveryState.SENT} and was_made(r))


def come_since(past: Past, others: Sequence[Past]) -> Past | None:
    """The first later edition of that name that has come, may have, or is on its way; None where there is none."""
    later = [other for other in others if other.name == past.name and other.meant_for > past.meant_for and other.used_up]
    return min(later, key=lambda other: other.meant_for, default=None)


def out_of_turn(past: Past, others: Sequence[Past]) -> bool:
    """Whether none of it has come and a later one has, which had its news: sent again, it would only repeat that."""
    return not past.used_up and come_since(past, others) is not None


def was_made(record: Record) -> bool:
    """Whether there is a message to send; where none was made, the ledger says in its place why."""
    return not record.delivery.message.only_asker  # whatever is posted is for everyone


def pasts(records: Sequence[Record]) -> tuple[Past, ...]:
    """The records as editions; those of one edition of one local date stand together."""
    grouped = groupby(records, key=lambda record: (record.delivery.name, record.delivery.meant_for))
    return tuple(Past(tuple(parts)) for _, parts in grouped)


def on(local: date) -> str:
    """A local date with its weekday: Sun 22 Nov 2026."""
    return f"{local:%a} {day(local)}"


def short(local: date) -> str:
    """A local date of these days, as a button has it: Sun 22 Nov."""
    return f"{local:%a} {local.day} {local:%b}"


def past_line(past: Past, zone: str) -> Line:
    """An edition in one line: which date, what became of it, how late it came, and where it is.

    Args:
        zone: the IANA name of the zone its moments are written in where the platform has no better way.
    """
    spans: list[Span] = [Words(f"{on(past.meant_for)}: "), *_told(past, zone)]
    total, there = len(past.records), len(past.sent)
    if total > 1:
        spans.append(Words(f"{SEPARATOR}{there} of {plural(total, 'part')}{'' if past.fate is Fate.SENT else ' in the channel'}"))
    if past.address:
        spans += [Words(SEPARATOR), *where(past.address)]
    return Line(tuple(spans))


def where(address: str) -> Rich:
    """Where a post can be seen."""
    return (Link("the post", address),)


def _told(past: Past, zone: str) -> Rich:
    why = f": {past.reason}" if past.reason else ""
    match past.fate:
        case Fate.SENT:
            return _sent(past, at, zone) if (at := past.arrived) else words("sent")
        case Fate.UNDER_WAY:
            return _under_way(past, zone)
        case Fate.UNKNOWN:
            return (Label("unknown"), Words(f", it may have arrived{why}"))
        case Fate.FAILED:
            return (Label("failed"), Words(why))
        case Fate.SKIPPED:
            return (Label("skipped") if past.wanting else Words("skipped"), Words(why))
        case _:
            assert_never(past.fate)


def _under_way(past: Past, zone: str) -> Rich:
    if any(record.delivery.insisted for record in past.records):
        return words("on its way again")
    looked_for = any(r.state is DeliveryState.SENDING and r.delivery.attempt > 1 for r in past.records)
    told = "; an answer was lost, so it is looked for in the channel before it is sent again" if looked_for else ""
    return (Words("on its way since "), Moment(past.due, zone), Words(told))


def _sent(past: Past, at: datetime, zone: str) -> Rich:
    # After a try that was cut off, that is when it was found or posted anew, and the ledger does not tell which.
    looked_for = any(record.delivery.attempt > 1 for record in past.sent)
    if any(record.delivery.insisted for record in past.sent):
        how = ": found there or posted anew" if looked_for else ""
        return (Words("sent "), Moment(at, zone), Words(f", once a manager had it sent again{how}"))
    if looked_for:
        return (Words("sent, found in the channel or posted anew "), Moment(at, zone), Words(" after a try that was cut off"))
    return (Words("sent "), Moment(at, zone), Words(f", {_how_late(past, at)}"))


def _how_late(past: Past, arrived: datetime) -> str:
    # Editions are due on the minute; one that is owed at some other moment was asked for then.
    if past.due.second or past.due.microsecond:
        return "by hand"
    late = arrived - past.due
    return "on time" if late < ON_TIME else f"{_span(late)} late"


def _span(time: timedelta) -> str:
    """A time in hours and minutes: 3 min, 2 h 5 min."""
    hours, minutes = divmod(time // timedelta(minutes=1), 60)
    return " ".join([*([f"{hours} h"] if hours else []), *([f"{minutes} min"] if minutes or not hours else [])])
