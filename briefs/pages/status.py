"""What became of an edition and what comes next, as its managers see it; sending one now, or again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from briefs.digest import Slot, Subscription
from briefs.message import Block, Button, Buttons, Heading, Label, Line, Message, Moment, Notice, Outcome, Prose, Section, Words, words
from briefs.pages.history import Fate, Past, on, out_of_turn, past_line, short
from briefs.pages.presses import press
from briefs.pages.terms import NAMELESS, Standing, local, slot_line, terms
from briefs.pages.wording import long_day, plural

LOOK_FIRST = "It may be in the channel already: look there first."


@dataclass(frozen=True, slots=True)
class Report:
    """What a manager is told of one edition.

    Args:
        standing: None where the channel no longer asks for it.
        pasts: newest first; may be empty.
        due: the slot that has come and is not in the ledger yet; None where there is none.
        coming: the next slots; empty where it rests or is not asked for.
        used_up: none can be sent early today: today's has come, may have, or is on its way.
    """

    name: str
    standing: Standing | None
    pasts: tuple[Past, ...]
    due: Slot | None
    coming: tuple[Slot, ...]
    used_up: bool = False


def status_page(report: Report, names: Mapping[str, str] = NAMELESS) -> Message:
    """The last editions: when each came and how late, or why not; what can be sent again; and the next ones."""
    name, standing = report.name, report.standing
    zone = standing.subscription.zone.key if standing else "UTC"
    blocks: list[Block] = [Heading(f"Status of “{name}”"), *_how_it_stands(standing, names)]
    lines = [past_line(past, zone) for past in report.pasts]
    if report.due is not None:
        due = (Words(f"{on(report.due.meant_for)}: due since "), Moment(report.due.utc, zone), Words(", on its way"))
        lines.insert(0, Line(due))
    if lines:
        blocks.append(Section("The latest" if len(lines) > 1 else "So far", tuple(lines)))
    else:
        blocks.append(Prose(words("None has come yet.")))
    if standing and report.coming:
        blocks.append(Section("Next three", tuple(slot_line(slot, standing.subscription) for slot in report.coming)))
    blocks.append(
        Buttons((*(_resend(past) for past in report.pasts if past.wanting and not out_of_turn(past, report.pasts)), *_presses(report)))
    )
    return Message(_summary(report), tuple(blocks))


def _how_it_stands(standing: Standing | None, names: Mapping[str, str]) -> list[Block]:
    if standing is None:
        return [Notice(words("This channel no longer asks for it."))]
    blocks: list[Block] = [Prose(words(f"{terms(standing.subscription, names)}."))]
    if standing.subscription.paused:
        blocks.append(Notice((Label("It rests:"), Words(f" {standing.subscription.paused}"))))
    elif standing.held:
        blocks.append(Notice((Label("It rests"), Words(f" until {on(standing.slot.meant_for)}, then comes again by itself."))))
    return blocks


def _resend(past: Past) -> Button:
    return press(f"Resend {short(past.meant_for)}", "digest resend", date=past.meant_for.isoformat(), name=past.name)


def _presses(report: Report) -> list[Button]:
    name, standing = report.name, report.standing
    if standing is None:
        return [press("All editions", "digest list")]
    row = [press("Preview", "digest preview", name=name)]
    if standing.runs:
        row += [] if report.used_up else [press("Send today's now", "digest now", name=name)]
        row.append(press("Pause", "digest pause", name=name))
    else:
        row.append(press("Resume", "digest resume", name=name))
    return [*row, press("Unsubscribe", "digest unsubscribe", name=name), press("All editions", "digest list")]


def _summary(report: Report) -> str:
    told = [f"“{report.name}”:"]
    if report.due:
        told.append(f"{on(report.due.meant_for)} on its way;")
    elif report.pasts:
        told.append(f"{on(report.pasts[0].meant_for)} {report.pasts[0].fate.value};")
    else:
        told.append("none has come yet;")
    if report.standing and report.coming:
        told.append(f"next {local(report.coming[0], report.standing.subscription)}.")
    else:
        told.append("it rests." if report.standing else "it is no longer asked for.")
    return " ".join(told)


def send_now_page(subscription: Subscription, today: date, then: Slot) -> Message:
    """The question before today's edition is sent early."""
    name = subscription.name
    text = (
        f"This sends today's edition “{name}” ({long_day(today)}) now and uses it up; the next one then comes {local(then, subscription)}."
    )
    row = (press("Send it now", "digest now", name=name, sure="yes"), press("Preview", "digest preview", name=name))
    return Message(text, (Prose(words(text)), Buttons(row)), outcome=Outcome.CHOICE)


def under_way_page(name: str, meant_for: date, then: Slot | None, subscription: Subscription) -> Message:
    """An edition is on its way, and where to see what becomes of it.

    Args:
        then: when the next one comes; None: not said.
    """
    text = f"It is on its way: “{name}” of {long_day(meant_for)}, in a moment in this channel."
    more = f" The next one comes {local(then, subscription)}." if then else ""
    see = Buttons((press("Status", "digest status", name=name),))
    return Message(text, (Prose(words(f"{text}{more} Status shows what became of it.")), see))


def had_page(past: Past, standing: Standing) -> Message:
    """Today's edition cannot be sent early: it has come, or may have, or is on its way."""
    name, zone = past.name, standing.subscription.zone.key
    said = {
        Fate.SENT: f"Today's edition “{name}” has come already, and none comes twice for one date.",
        Fate.UNDER_WAY: f"Today's edition “{name}” is on its way already.",
        Fate.UNKNOWN: f"Nobody can tell whether today's edition “{name}” came. {LOOK_FIRST}",
    }.get(past.fate, f"A part of today's edition “{name}” has come already.")
    blocks: list[Block] = [Prose(words(said)), Section("Today", (past_line(past, zone),))]
    if standing.runs:
        blocks.append(Prose(words(f"The next one comes {local(standing.slot, standing.subscription)}.")))
    row = [_resend(past)] if past.wanting else []
    return Message(said, (*blocks, Buttons((*row, press("Status", "digest status", name=name)))))


def not_sent_page(said: str, name: str) -> Message:
    """Why nothing is sent, with where to look further."""
    return Message(said, (Prose(words(said)), Buttons((press("Status", "digest status", name=name),))))


def send_again_page(past: Past, zone: str, since: Past | None = None) -> Message:
    """The question before an edition is sent again that may have arrived.

    Args:
        since: a later one that has come; None where there is none.
    """
    day = past.meant_for
    later = f" Later editions have come since, that of {long_day(since.meant_for)} first." if since else ""
    said = f"Nobody can tell whether “{past.name}” of {long_day(day)} arrived. {LOOK_FIRST}{later} Send it again?"
    again = press("Send it again", "digest resend", date=day.isoformat(), name=past.name, sure="yes")
    row = (again, press("Status", "digest status", name=past.name))
    return Message(said, (Prose(words(said)), Section("What is known", (past_line(past, zone),)), Buttons(row)), outcome=Outcome.CHOICE)


def sent_again_page(name: str, meant_for: date, parts: int) -> Message:
    """What was owed again, and where to see what becomes of it."""
    counted = f", {plural(parts, 'part')}" if parts > 1 else ""
    text = (
        f"It is on its way again: “{name}” of {long_day(meant_for)}{counted}, in a moment in this channel. Status shows what became of it."
    )
    return not_sent_page(text, name)
