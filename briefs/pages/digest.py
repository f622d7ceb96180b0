"""Editions: as posted, as listed, as subscribed to."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from briefs.brief import Brief, Size
from briefs.digest import DAILY, EVERY_DAY, WEEKDAYS, Empty, Slot, Subscription
from briefs.message import (
    Block,
    Button,
    Buttons,
    Field,
    Fields,
    Heading,
    Line,
    Message,
    Moment,
    Prose,
    Section,
    SmallPrint,
    Span,
    Story,
    Typed,
    Words,
    words,
)
from briefs.pages.brief import story
from briefs.pages.presses import press
from briefs.pages.wording import SEPARATOR, clock, long_day, plural

WORDS_A_SECOND: Final = 4  # an attentive reader of news, about 240 words a minute
TEST: Final = "TEST · "


def digest_page(
    subscription: Subscription,
    meant_for: date,
    briefs: Sequence[Brief],
    *,
    waiting: int,
    first: bool,
    then: Slot | None,
    test: bool,
) -> Message:
    """An edition as posted: public, a story each, when the next one comes.

    Args:
        meant_for: the local date it is for.
        waiting: new briefs that did not fit and come with the next edition.
        first: the channel has had no edition of that name yet.
        then: when the next one is due; None: not said.
        test: marked TEST.
    """
    title = _title(subscription)
    mark = TEST if test else ""
    stories = [story(number, brief, subscription.size) for number, brief in enumerate(briefs, start=1)]
    counted = f"first edition{SEPARATOR}{plural(len(briefs), 'brief')}" if first else f"{len(briefs)} new since the last edition"
    more = f"{SEPARATOR}{waiting} more wait for the next one" if waiting and not first else ""
    blocks: list[Block] = [
        Heading(f"{mark}{title} · {long_day(meant_for)}"),
        SmallPrint(words(f"{counted}{more}{SEPARATOR}{_reading_time(stories)}")),
        *stories,
        SmallPrint(_colophon(subscription, meant_for, then)),
        Buttons(
            (
                press("Check every line", "source", ",".join(brief.slug for brief in briefs)),
                press("Digest settings", "digest list"),
            )
        ),
    ]
    headlines = "; ".join(brief.headline.text for brief in briefs)
    short = f"{meant_for:%a} {meant_for.day} {meant_for:%b}"
    return Message(f"{mark}{title}, {short}: {headlines}", tuple(blocks), only_asker=False)


def nothing_new_page(subscription: Subscription, meant_for: date, then: Slot | None, *, test: bool) -> Message:
    """An edition of a day without news, for a channel that wants to hear so."""
    mark = TEST if test else ""
    title = f"{mark}{_title(subscription)} · {long_day(meant_for)}"
    text = "Nothing new has been approved since the last edition."
    blocks = (Heading(title), Prose(words(text)), SmallPrint(_colophon(subscription, meant_for, then)))
    return Message(f"{title}: {text}", blocks, only_asker=False)


def preview_page(edition: Message | None, subscription: Subscription, *, planned: bool) -> Message:
    """The next edition as it would be now, for the asker alone; or that it would stay silent.

    Args:
        planned: the channel has asked for it; otherwise it is shown what one would look like.
    """
    if edition is None:
        text = f"Nothing new: the edition “{subscription.name}” would stay silent today. With empty:say it would say so."
        return Message(text, (Prose(words(text)),))
    how = "" if planned else " This channel has no digest yet; /digest subscribe at:07:30 asks for one like this."
    note = Prose(words(f"Preview: only you see this, and nothing was posted.{how}"))
    return Message(f"Preview. {edition.summary}", (note, *edition.blocks))


def subscribed_page(
    subscription: Subscription, slots: Sequence[Slot], before: Subscription | None, undo: str, *, passed: bool = False
) -> Message:
    """What was asked for and the next runs in the channel's zone, with a way back.

    Args:
        before: the edition it replaces; None where it is new.
        undo: the command line that takes it back.
        passed: a local date was passed over, because it has had this edition already.
    """
    name = subscription.name
    first = f"Edition “{name}” of this channel: {_terms(subscription)}."
    blocks: list[Block] = [Prose(words(first))]
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


def editions_page(found: Sequence[tuple[Subscription, Slot]]) -> Message:
    """The channel's editions with their next runs, or how to get one."""
    if not found:
        text = "This channel gets no digest yet."
        how = Prose((Words("Ask for one: "), Typed("/digest subscribe at:07:30 tz:Europe/London")))
        return Message(f"{text} /digest subscribe at:07:30 asks for one.", (Prose(words(text)), how))
    blocks: list[Block] = [Heading("This channel's editions")]
    fields: list[Field] = []
    for subscription, slot in found:
        told = f"{_terms(subscription)}{SEPARATOR}next: "
        fields.append(Field(subscription.name, (Words(told), Moment(slot.utc, subscription.zone.key))))
    blocks.append(Fields(tuple(fields)))
    row = [press(f"Preview {s.name}", "digest preview", name=s.name) for s, _ in found[:3]]
    row += [press(f"Unsubscribe {s.name}", "digest unsubscribe", name=s.name) for s, _ in found[:3]]
    return Message(f"{plural(len(found), 'edition')}: {', '.join(s.name for s, _ in found)}.", (*blocks, Buttons(tuple(row))))


def tested_page(said: str) -> Message:
    """What became of a test post."""
    return Message(said, (Prose(words(said)),))


def _title(subscription: Subscription) -> str:
    if subscription.name != DAILY:
        return f"{subscription.name.capitalize()} briefing"
    hour = subscription.at.hour
    part = "Morning" if 4 <= hour < 12 else "Afternoon" if 12 <= hour < 17 else "Evening" if 17 <= hour < 22 else "Night"
    return f"{part} briefing"


def _reading_time(stories: Sequence[Story]) -> str:
    text = " ".join(span.text for s in stories for line in s.lines for span in line.spans if not isinstance(span, Moment))
    seconds = max(10, round(len(text.split()) / WORDS_A_SECOND / 10) * 10)
    return f"{seconds} seconds" if seconds < 120 else plural(round(seconds / 60), "minute")


def _colophon(subscription: Subscription, meant_for: date, then: Slot | None) -> tuple[Span, ...]:
    told = f"Edition {meant_for.isoformat()} {subscription.name}{SEPARATOR}curated{SEPARATOR}[n] = sentence n of the story's article"
    if then is None:
        return words(told)
    return (Words(f"{told}{SEPARATOR}next: "), Moment(then.utc, subscription.zone.key))


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
