"""A channel's editions as their managers see them: asked for, listed, paused, tried."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from briefs.digest import DeliveryState, Empty, Slot, Subscription
from briefs.entity import Entity
from briefs.message import (
    Block,
    Button,
    Buttons,
    Channel,
    Choice,
    Choices,
    Field,
    Fields,
    Heading,
    Label,
    Line,
    Message,
    Notice,
    Outcome,
    Prose,
    Rich,
    Section,
    Typed,
    Words,
    words,
)
from briefs.pages.card import ENTITY_CHOICE
from briefs.pages.history import Past, on, short
from briefs.pages.presses import press
from briefs.pages.terms import NAMELESS, Standing, local, slot_line, subscribe_line, terms
from briefs.pages.wording import SEPARATOR, plural

IN_ROWS: Final = 3  # editions whose presses stand below the list; of more, each leads to a page with its own


def subscribed_page(
    subscription: Subscription,
    slots: Sequence[Slot],
    before: Standing | None,
    undo: str,
    *,
    names: Mapping[str, str] = NAMELESS,
    kept: bool,
    passed: bool,
    today: Slot | None = None,
    hindrance: str,
    missing: Sequence[str],
    unnamed: Sequence[str] = (),
) -> Message:
    """What was asked for and the next runs in the channel's zone, with a way back.

    Args:
        slots: the next three.
        before: the edition it replaces; None where it is new.
        undo: the command line that takes it back.
        names: what entities are called, by slug.
        kept: the edition that was due under the former terms comes now, under these.
        passed: a local date was passed over, because it has had this edition already.
        today: today's slot, where it has passed without an edition; None where it has not.
        hindrance: why it cannot be posted as things stand, a sentence; empty where it can.
        missing: topics that no brief bears yet.
        unnamed: slugs of entities that no brief names yet.
    """
    name = subscription.name
    first = f"Edition “{name}” of this channel: {terms(subscription, names)}."
    blocks: list[Block] = [Prose(words(first))]
    if hindrance:
        blocks.append(Notice((Label("Not yet:"), Words(f" {hindrance}"))))
    if missing:
        blocks.append(Notice((Label("No brief yet"), Words(f" is on {', '.join(missing)}; look whether that is how it is spelt here."))))
    if unnamed:
        blocks.append(Notice((Label("No brief yet"), Words(f" names {', '.join(names.get(slug, slug) for slug in unnamed)}."))))
    if before is not None:
        blocks.append(Prose(words(f"It was: {terms(before.subscription, names)}.")))
        if not before.runs:
            blocks.append(
                Prose(words("It was resting and comes again with this. Undo brings back what it was; pause it again if it is to rest."))
            )
    if kept:
        blocks.append(Prose(words("The edition that is due just now comes all the same, as you ask for it here.")))
    if passed:
        blocks.append(Prose(words("The edition before that one has come already; none comes twice for one date.")))
    if today is not None:
        blocks.append(Notice(words(_passed(today, subscription))))
    blocks.append(Section("Next three", tuple(slot_line(slot, subscription) for slot in slots)))
    row = (
        *([_send_today(name)] if today else []),
        press("Preview", "digest preview", name=name),
        press("Post a test", "digest test", name=name),
        press("All editions", "digest list"),
    )
    take_back = Button("Undo", undo)
    return Message(f"{first} Next: {local(slots[0], subscription)}.", (*blocks, Buttons((*row, take_back))))


def _passed(today: Slot, subscription: Subscription) -> str:
    return (
        f"Today's {today.utc.astimezone(subscription.zone):%H:%M} has passed, so {short(today.meant_for)} has none unless it is sent now."
    )


def _send_today(name: str) -> Button:
    return press("Send today's now", "digest now", name=name)


def unsubscribed_page(before: Standing, undo: str, withheld: Past | None, due: Slot | None = None) -> Message:
    """What was forgotten, with a way back, and what the way back does not bring back.

    Args:
        withheld: the edition that was just being posted, and is not any more; None where there was none.
        due: the slot of an edition that was due and not made yet; None where there was none.
    """
    subscription = before.subscription
    text = f"This channel no longer gets “{subscription.name}” ({subscription.at:%H:%M}, {subscription.zone.key})."
    blocks = [Prose(words(text))]
    if not before.runs:
        blocks.append(Prose(words("It was resting. Undo asks for it again, and then it comes; pause it again if it is to rest.")))
    if withheld is not None:
        how = (Words("Undo does not bring that one back; "), Typed("/digest status"), Words(" does, once it is asked for again."))
        blocks.append(Prose((*_withheld(withheld), *how)))
    if due is not None:
        blocks.append(Prose(words(f"{_was_due(due)} To have it all the same, press Undo, then “Send today's now”.")))
    return Message(text, (*blocks, Buttons((Button("Undo", undo),))))


def _was_due(due: Slot) -> str:
    return f"The edition of {on(due.meant_for)} was due and had not been posted; it stays away."


def paused_page(
    subscription: Subscription,
    until: date | None,
    slot: Slot | None,
    withheld: Past | None,
    due: Slot | None = None,
    *,
    several: bool = False,
) -> Message:
    """What rests now, with a way back, and what the way back does not bring back.

    Args:
        until: the local date up to which it rests; None: until it is resumed.
        slot: the one it then comes at; None as `until` is.
        withheld, due: see `unsubscribed_page`.
        several: the channel has other editions, too.
    """
    name = subscription.name
    text = f"“{name}” rests: nothing{' of it' if several else ''} is posted in this channel until it is resumed."
    if until is not None and slot is not None:
        text = f"“{name}” rests until {on(until)}, then comes again by itself. Next: {local(slot, subscription)}."
    blocks = [Prose(words(text))]
    row = [press("Resume", "digest resume", name=name)]
    if withheld is not None:
        day = withheld.meant_for
        how: Rich = (Words("Resume does not bring that one back; after it, "), Typed("/digest status"), Words(" does."))
        if until is not None:
            how = words("To have that one all the same, press Resend.")
            row.append(press(f"Resend {short(day)}", "digest resend", date=day.isoformat(), name=name))
        blocks.append(Prose((*_withheld(withheld), *how)))
    if due is not None:
        how_then = "Resume brings it, soon enough" if until is None else "To have it all the same, press Resume, then “Send today's now”"
        blocks.append(Prose(words(f"{_was_due(due)} {how_then}.")))
    row.append(press("Status", "digest status", name=name))
    return Message(text, (*blocks, Buttons(tuple(row))))


def _withheld(past: Past) -> Rich:
    if any(record.state is DeliveryState.UNKNOWN for record in past.records):
        return words(f"The edition of {on(past.meant_for)} was just being posted: it may have arrived. ")
    return words(f"The edition of {on(past.meant_for)} was about to be posted and stays away. ")


def resumed_page(
    subscription: Subscription,
    slot: Slot,
    wanting: Past | None,
    names: Mapping[str, str] = NAMELESS,
    *,
    comes_now: bool = False,
    today: Slot | None = None,
) -> Message:
    """What comes again, and when.

    Args:
        wanting: today's edition, where the rest kept it away; None where it did not.
        comes_now: the slot is due already.
        today: see `subscribed_page`.
    """
    name = subscription.name
    after = f"The edition of {on(slot.meant_for)} was due while it rested and comes now." if comes_now else ""
    text = f"“{name}” comes again: {terms(subscription, names)}. {after or f'Next: {local(slot, subscription)}.'}"
    row = [press("Pause", "digest pause", name=name), press("Status", "digest status", name=name)]
    blocks: list[Block] = [Prose(words(text))]
    if wanting is not None:
        day = wanting.meant_for
        blocks.append(Prose(words(f"The edition of {on(day)} stayed away; Resend posts it now.")))
        row.insert(0, press(f"Resend {short(day)}", "digest resend", date=day.isoformat(), name=name))
    if today is not None:
        blocks.append(Notice(words(_passed(today, subscription))))
        row.insert(0, _send_today(name))
    return Message(text, (*blocks, Buttons(tuple(row))))


def lost_page(subscription: Subscription, reason: str, names: Mapping[str, str] = NAMELESS) -> Message:
    """What whoever asked for an edition is told privately when its channel can no longer be posted to."""
    told = _asked_for(subscription, names)
    where = (Words(f"{told} in "), Channel(subscription.channel), Words(f" rests now. {reason}"))
    how = Prose((Words("If that can be mended, "), Typed("/digest resume"), Words(" in that channel lets it come again.")))
    return Message(f"{told} rests now. {reason}", (Prose(where), how))


def empty_days_page(subscription: Subscription, days: int, last: date | None = None, names: Mapping[str, str] = NAMELESS) -> Message:
    """What whoever asked for an edition is told privately when there was nothing new for it several times in a row.

    Args:
        days: how many times.
        last: the local date of the last edition with news; None where there has been none.
    """
    told = _asked_for(subscription, names)
    quiet = f"has had nothing new {days} times in a row{f'; the last one with news was that of {on(last)}' if last else ''}."
    can: list[Rich] = []
    if subscription.topics or subscription.entities:
        everything = subscribe_line(replace(subscription, topics=(), entities=()))
        can.append((Words("Hear of everything: "), Typed(everything), Words(", or of more with further topics: or entities:.")))
    if subscription.empty is Empty.SKIP:
        can.append((Words("Have it say so on such days: "), Typed(subscribe_line(replace(subscription, empty=Empty.SAY)))))
    can.append((Words("Stop it: "), Typed(f"/digest unsubscribe name:{subscription.name}"), Words(".")))
    where = Prose((Words(f"{told} in "), Channel(subscription.channel), Words(f" {quiet}")))
    fine = Prose(words("Nothing has to be done: it comes again as soon as there is news."))
    return Message(f"{told} {quiet}", (where, fine, Section("What you can do in that channel", tuple(map(Line, can)))))


def _asked_for(subscription: Subscription, names: Mapping[str, str]) -> str:
    return f"The digest “{subscription.name}” you asked for ({terms(subscription, names)})"


def editions_page(found: Sequence[Standing], names: Mapping[str, str] = NAMELESS) -> Message:
    """The channel's editions with their next runs, or how to get one."""
    if not found:
        text = "This channel gets no digest yet."
        how = Prose((Words("Ask for one: "), Typed("/digest subscribe at:07:30 tz:Europe/London")))
        return Message(f"{text} /digest subscribe at:07:30 tz:Europe/London asks for one.", (Prose(words(text)), how))
    title = "This channel's editions"
    summary = f"{plural(len(found), 'edition')}: {', '.join(s.subscription.name for s in found)}."
    if len(found) > IN_ROWS:
        choices = tuple(
            Choice(
                s.subscription.name,
                "",
                press("", "digest status", name=s.subscription.name).command,
                Line(_standing(s, names)),
            )
            for s in found
        )
        return Message(summary, (Choices(f"{title}: pick one to change it", choices),))
    fields = Fields(tuple(Field(s.subscription.name, _standing(s, names)) for s in found))
    row: list[Button] = []
    for label, verb, chosen in (
        ("Resume", "resume", [s for s in found if not s.runs]),
        ("Status", "status", found),
        ("Preview", "preview", found),
        ("Unsubscribe", "unsubscribe", found),
    ):
        row += [press(f"{label} {s.subscription.name}", f"digest {verb}", name=s.subscription.name) for s in chosen]
    return Message(summary, (Heading(title), fields, Buttons(tuple(row))))


def _standing(standing: Standing, names: Mapping[str, str]) -> Rich:
    subscription = standing.subscription
    told = terms(subscription, names)
    if subscription.paused:
        return words(f"{told}{SEPARATOR}paused: {subscription.paused}")
    return words(f"{told}{SEPARATOR}{'rests until' if standing.held else 'next:'} {local(standing.slot, subscription)}")


def which_edition_page(verb: str, options: Mapping[str, str], found: Sequence[Subscription]) -> Message:
    """The channel has several editions and none was named: a choice.

    Args:
        verb: the command that was asked, without its slash.
        options: what was given with it.
    """
    title = "This channel has several editions. Which one?"
    choices = tuple(Choice(s.name, f"{s.at:%H:%M}, {s.zone.key}", press("", verb, **{**options, "name": s.name}).command) for s in found)
    return Message(f"{title} {', '.join(s.name for s in found)}", (Choices(title, choices),), outcome=Outcome.CHOICE)


def which_entity_page(asked: str, entities: Sequence[Entity], lines: Sequence[str], *, exact: bool) -> Message:
    """A name among those an edition is to be about is a name of several, or of none and these are near: a choice.

    Args:
        lines: the command line that picks each, in their order.
    """
    several = f"Several names have “{asked}” in them. Which one is the edition to be about?"
    none = f"No entity called “{asked}”. Did you mean {'this one' if len(entities) == 1 else 'one of these'}?"
    title = several if exact else none
    choices = tuple(Choice(e.name, e.tail, line, Line(words(e.kind.value))) for e, line in zip(entities, lines, strict=True))
    names = ", ".join(e.label for e in entities)
    return Message(f"{title} {names}", (Choices(title, choices), Prose(words(ENTITY_CHOICE))), outcome=Outcome.CHOICE)


def tested_page(said: str) -> Message:
    """What became of a test post."""
    return Message(said, (Prose(words(said)),))
