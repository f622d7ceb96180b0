"""A channel's editions as their managers see them: asked for, listed, paused, tried."""

from collections.abc import Sequence

from briefs.brief import Size
from briefs.digest import EVERY_DAY, WEEKDAYS, Empty, Slot, Subscription
from briefs.message import (
    Block,
    Button,
    Buttons,
    Channel,
    Field,
    Fields,
    Heading,
    Label,
    Line,
    Message,
    Moment,
    Notice,
    Prose,
    Section,
    Typed,
    Words,
    words,
)
from briefs.pages.presses import press
from briefs.pages.wording import SEPARATOR, clock, plural


def subscribed_page(
    subscription: Subscription,
    slots: Sequence[Slot],
    before: Subscription | None,
    undo: str,
    *,
    passed: bool,
    hindrance: str,
    missing: Sequence[str],
) -> Message:
    """What was asked for and the next runs in the channel's zone, with a way back.

    Args:
        before: the edition it replaces; None where it is new.
        undo: the command line that takes it back.
        passed: a local date was passed over, because it has had this edition already.
        hindrance: why it cannot be posted as things stand, a sentence; empty where it can.
        missing: topics that no brief bears yet.
    """
    name = subscription.name
    first = f"Edition “{name}” of this channel: {_terms(subscription)}."
    blocks: list[Block] = [Prose(words(first))]
    if hindrance:
        blocks.append(Notice((Label("Not yet:"), Words(f" {hindrance}"))))
    if missing:
        blocks.append(Notice((Label("No brief yet"), Words(f" is on {', '.join(missing)}; look whether that is how it is spelt here."))))
    if before is not None:
        blocks.append(Prose(words(f"It was: {_terms(before)}.")))
    if passed:
        blocks.append(Prose(words("The edition before that one has come already; none comes twice for one date.")))
    blocks.append(Section("Next three", tuple(_slot_line(slot, subscription) for slot in slots)))
    row = (
        press("Preview", "digest preview", name=name),
        press("Post a test", "digest test", name=name),
        press("All editions", "digest list"),
    )
    take_back = Button("Undo", undo)
    return Message(f"{first} Next: {_local(slots[0], subscription)}.", (*blocks, Buttons((*row, take_back))))


def unsubscribed_page(subscription: Subscription, undo: str) -> Message:
    """What was forgotten, with a way back."""
    text = f"This channel no longer gets “{subscription.name}” ({subscription.at:%H:%M}, {subscription.zone.key})."
    return Message(text, (Prose(words(text)), Buttons((Button("Undo", undo),))))


def paused_page(subscription: Subscription) -> Message:
    """What rests now, with a way back."""
    text = f"“{subscription.name}” rests: nothing is posted in this channel until it is resumed."
    return Message(text, (Prose(words(text)), Buttons((press("Resume", "digest resume", name=subscription.name),))))


def resumed_page(subscription: Subscription, slot: Slot) -> Message:
    """What comes again, and when."""
    text = f"“{subscription.name}” comes again: {_terms(subscription)}. Next: {_local(slot, subscription)}."
    return Message(text, (Prose(words(text)), Buttons((press("Pause", "digest pause", name=subscription.name),))))


def lost_page(subscription: Subscription, reason: str) -> Message:
    """What whoever asked for an edition is told privately when its channel can no longer be posted to."""
    told = f"The digest “{subscription.name}” you asked for ({_terms(subscription)})"
    where = (Words(f"{told} in "), Channel(subscription.channel), Words(f" rests now. {reason}"))
    how = Prose((Words("If that can be mended, "), Typed("/digest resume"), Words(" in that channel lets it come again.")))
    return Message(f"{told} rests now. {reason}", (Prose(where), how))


def editions_page(found: Sequence[tuple[Subscription, Slot]]) -> Message:
    """The channel's editions with their next runs, or how to get one."""
    if not found:
        text = "This channel gets no digest yet."
        how = Prose((Words("Ask for one: "), Typed("/digest subscribe at:07:30 tz:Europe/London")))
        return Message(f"{text} /digest subscribe at:07:30 tz:Europe/London asks for one.", (Prose(words(text)), how))
    blocks: list[Block] = [Heading("This channel's editions")]
    fields: list[Field] = []
    for subscription, slot in found:
        if subscription.paused:
            fields.append(Field(subscription.name, words(f"{_terms(subscription)}{SEPARATOR}paused: {subscription.paused}")))
            continue
        told = f"{_terms(subscription)}{SEPARATOR}next: "
        fields.append(Field(subscription.name, (Words(told), Moment(slot.utc, subscription.zone.key))))
    blocks.append(Fields(tuple(fields)))
    row = [press(f"Resume {s.name}", "digest resume", name=s.name) for s, _ in found if s.paused][:3]
    row += [press(f"Preview {s.name}", "digest preview", name=s.name) for s, _ in found[:3]]
    row += [press(f"Unsubscribe {s.name}", "digest unsubscribe", name=s.name) for s, _ in found[:3]]
    return Message(f"{plural(len(found), 'edition')}: {', '.join(s.name for s, _ in found)}.", (*blocks, Buttons(tuple(row))))


def tested_page(said: str) -> Message:
    """What became of a test post."""
    return Message(said, (Prose(words(said)),))


def _days(subscription: Subscription) -> str:
    if subscription.days == EVERY_DAY:
        return ", every day"
    if subscription.days == frozenset(range(5)):
        return ", Monday to Friday"
    return ", on " + ", ".join(WEEKDAYS[d].capitalize() for d in sorted(subscription.days))


def _terms(subscription: Subscription) -> str:
    """When and what a subscription is for, all of it."""
    return f"{subscription.at:%H:%M}, {subscription.zone.key}{_days(subscription)}{_extras(subscription)}"


def _extras(subscription: Subscription) -> str:
    topics = f"{SEPARATOR}only {', '.join(subscription.topics)}" if subscription.topics else ""
    empty = f"{SEPARATOR}says so when there is nothing" if subscription.empty is Empty.SAY else ""
    size = f"{SEPARATOR}{subscription.size.value} size" if subscription.size is not Size.SHORT else ""
    return topics + size + empty


def _slot_line(slot: Slot, subscription: Subscription) -> Line:
    return Line((Words(_local(slot, subscription)),))


def _local(slot: Slot, subscription: Subscription) -> str:
    return f"{clock(slot.utc.astimezone(subscription.zone))} {subscription.zone.key}"
