"""Editions: as posted, as listed, as subscribed to."""

from collections.abc import Sequence
from datetime import date, tzinfo
from typing import Final

from briefs.brief import Brief, Correction, Size
from briefs.digest import DAILY, Progress, Slot, Subscription
from briefs.message import (
    Block,
    Button,
    Buttons,
    Channel,
    Heading,
    Label,
    Line,
    Message,
    Moment,
    Person,
    Prose,
    Section,
    SmallPrint,
    Span,
    Story,
    Words,
    words,
)
from briefs.pages.brief import STORY_LINES_MAX, story
from briefs.pages.corrections import TITLE, told_line
from briefs.pages.presses import press
from briefs.pages.wording import SEPARATOR, both_forms, long_day, plural

WORDS_A_SECOND: Final = 4  # an attentive reader of news, about 240 words a minute
TEST: Final = "TEST · "
SCREEN_MAX: Final = 1_500  # characters of headlines and lines, corrections among them: about what a telephone shows at once
CORRECTIONS_MAX: Final = 3  # told in full
CORRECTED_MAX: Final = 700  # characters of them, unless the first alone has more
NAMED_MAX: Final = 5  # of those that are only named
CHECKED_MAX: Final = 6  # briefs that one press checks: its line has to stay one


def digest_page(
    subscription: Subscription,
    meant_for: date,
    briefs: Sequence[Brief],
    *,
    waiting: int,
    progress: Progress,
    corrections: Sequence[tuple[Brief, Correction]] = (),
    then: Slot | None,
    test: bool,
) -> Message:
    """An edition as posted: public, corrections first, a story each, when the next one comes.

    At size short it is a screen at most: see `SCREEN_MAX`.

    Args:
        meant_for: the local date it is for.
        briefs: those it tells, the newest first; may be empty where there are corrections.
        waiting: new briefs that did not fit and come with the next edition.
        progress: how far its readers have read; whether it is their first edition, and when they had the last one.
        corrections: what was corrected in briefs they had, or which of them were withdrawn, the first to come first.
        then: when the next one is due; None: not said.
        test: marked TEST.
    """
    title, mark = _title(subscription), TEST if test else ""
    mended = _corrections(corrections, subscription.zone)
    stories = _stories(briefs, subscription, meant_for, SCREEN_MAX - _length(mended))
    more = f"{SEPARATOR}{waiting} more wait for the next one" if waiting and progress.since else ""
    blocks: list[Block] = [
        Heading(f"{mark}{title} · {long_day(meant_for)}"),
        SmallPrint(
            words(f"{_counted(meant_for, len(briefs), len(corrections), progress)}{more}{SEPARATOR}{_reading_time(mended, stories)}")
        ),
        *([Section(TITLE, mended)] if mended else []),
        *stories,
        SmallPrint(_colophon(subscription, meant_for, then)),
        Buttons(_row(briefs, corrections)),
    ]
    told = [plural(len(corrections), "correction")] if corrections else []
    headlines = "; ".join(told + [both_forms(brief.headline) for brief in briefs])
    short = f"{meant_for:%a} {meant_for.day} {meant_for:%b}"
    return Message(f"{mark}{title}, {short}: {headlines}", tuple(blocks), only_asker=False)


def nothing_new_page(subscription: Subscription, meant_for: date, then: Slot | None, *, test: bool, last: date | None = None) -> Message:
    """An edition of a day without news, for a channel that wants to hear so; `last` is the local date of its last edition."""
    mark = TEST if test else ""
    title = f"{mark}{_title(subscription)} · {long_day(meant_for)}"
    text = f"Nothing new has been approved since {_edition_of(last, meant_for)}."
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


def _counted(meant_for: date, new: int, corrected: int, progress: Progress) -> str:
    """How much there is, and since when."""
    first = f"{plural(corrected, 'correction')}{SEPARATOR}" if corrected else ""
    if progress.since is None:
        return f"{first}first edition{SEPARATOR}{plural(new, 'brief')}"
    return f"{first}{new or 'nothing'} new since {_edition_of(progress.last, meant_for)}"


def _edition_of(last: date | None, today: date) -> str:
    """The last edition as its readers think of it, by its local date."""
    days = (today - last).days if last is not None else -1
    if last is None or days < 0:
        return "the last edition"
    if days < 2:
        return "yesterday's edition" if days else "today's edition"
    if days < 7:
        return f"{last:%A}'s edition"
    return f"the edition of {last.day} {last:%b}{'' if last.year == today.year else f' {last.year}'}"


def _corrections(corrections: Sequence[tuple[Brief, Correction]], zone: tzinfo) -> tuple[Line, ...]:
    """What was corrected, in full as far as there is room; the first one always is, and the others are named."""
    told: list[Line] = []
    for brief, correction in corrections[:CORRECTIONS_MAX]:
        one = told_line(brief, correction, zone)
        if told and _length((*told, one)) > CORRECTED_MAX:
            break
        told.append(one)
    rest = corrections[len(told) :]
    mended = list(dict.fromkeys(f"/brief {brief.slug}" for brief, correction in rest if not correction.withdraws))
    gone = list(dict.fromkeys(f"“{brief.headline.text}”" for brief, correction in rest if correction.withdraws))
    for label, named in (("Also corrected:", mended), ("Also withdrawn:", gone)):
        if named:
            more = f" and {len(named) - NAMED_MAX} more" if len(named) > NAMED_MAX else ""
            told.append(Line((Label(label), Words(f" {', '.join(named[:NAMED_MAX])}{more}."))))
    return tuple(told)


def _stories(briefs: Sequence[Brief], subscription: Subscription, meant_for: date, room: int) -> list[Story]:
    """A story each; at size short with as many lines as there is room for: the last stories are shortened first."""
    lines = [STORY_LINES_MAX] * len(briefs)

    def told() -> list[Story]:
        numbered = enumerate(zip(briefs, lines, strict=True), start=1)
        return [story(number, brief, subscription.size, today=meant_for, lines_max=most) for number, (brief, most) in numbered]

    stories = told()
    while subscription.size is Size.SHORT and max(lines, default=1) > 1 and _length_of(stories) > room:
        lines[len(lines) - 1 - lines[::-1].index(max(lines))] -= 1
        stories = told()
    return stories


def _row(briefs: Sequence[Brief], corrections: Sequence[tuple[Brief, Correction]]) -> tuple[Button, ...]:
    checked = dict.fromkeys([brief.slug for brief in briefs] + [brief.slug for brief, one in corrections if not one.withdraws])
    settings = press("Digest settings", "digest list")
    return (press("Check every line", "source", ",".join([*checked][:CHECKED_MAX])), settings) if checked else (settings,)


def _plain(lines: Sequence[Line]) -> str:
    return " ".join(span.text for line in lines for span in line.spans if not isinstance(span, Channel | Moment | Person))


def _length(lines: Sequence[Line]) -> int:
    return len(_plain(lines))


def _length_of(stories: Sequence[Story]) -> int:
    return sum(len(one.headline) + _length(one.lines) for one in stories)


def _reading_time(corrections: Sequence[Line], stories: Sequence[Story]) -> str:
    text = " ".join([_plain(corrections), *(_plain(one.lines) for one in stories)])
    seconds = max(10, round(len(text.split()) / WORDS_A_SECOND / 10) * 10)
    time = f"{seconds} seconds" if seconds < 120 else plural(round(seconds / 60), "minute")
    return f"{time} to read"


def _colophon(subscription: Subscription, meant_for: date, then: Slot | None) -> tuple[Span, ...]:
    told = f"Edition {meant_for.isoformat()} {subscription.name}{SEPARATOR}curated{SEPARATOR}[n] = sentence n of the story's article"
    if then is None:
        return words(told)
    return (Words(f"{told}{SEPARATOR}next: "), Moment(then.utc, subscription.zone.key))
