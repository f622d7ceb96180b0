"""Editions: as posted, as listed, as subscribed to."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from briefs.brief import Brief
from briefs.digest import DAILY, Slot, Subscription
from briefs.message import (
    Block,
    Buttons,
    Channel,
    Heading,
    Message,
    Moment,
    Person,
    Prose,
    SmallPrint,
    Span,
    Story,
    Words,
    words,
)
from briefs.pages.brief import story
from briefs.pages.presses import press
from briefs.pages.wording import SEPARATOR, long_day, plural

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
    how = "" if planned else " This channel has no digest yet; /digest subscribe at:07:30 tz:Europe/London asks for one like this."
    note = Prose(words(f"Preview: only you see this, and nothing was posted.{how}"))
    return Message(f"Preview. {edition.summary}", (note, *edition.blocks))


def _title(subscription: Subscription) -> str:
    if subscription.name != DAILY:
        return f"{subscription.name.capitalize()} briefing"
    hour = subscription.at.hour
    part = "Morning" if 4 <= hour < 12 else "Afternoon" if 12 <= hour < 17 else "Evening" if 17 <= hour < 22 else "Night"
    return f"{part} briefing"


def _reading_time(stories: Sequence[Story]) -> str:
    text = " ".join(
        span.text for s in stories for line in s.lines for span in line.spans if not isinstance(span, Channel | Moment | Person)
    )
    seconds = max(10, round(len(text.split()) / WORDS_A_SECOND / 10) * 10)
    return f"{seconds} seconds" if seconds < 120 else plural(round(seconds / 60), "minute")


def _colophon(subscription: Subscription, meant_for: date, then: Slot | None) -> tuple[Span, ...]:
    told = f"Edition {meant_for.isoformat()} {subscription.name}{SEPARATOR}curated{SEPARATOR}[n] = sentence n of the story's article"
    if then is None:
        return words(told)
    return (Words(f"{told}{SEPARATOR}next: "), Moment(then.utc, subscription.zone.key))
