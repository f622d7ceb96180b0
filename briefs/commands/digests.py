"""A channel's digests: ask for one, see them, try them. Managers may."""

import re
from datetime import time
from typing import Final
from zoneinfo import ZoneInfo

from briefs.brief import Size
from briefs.commands import completers
from briefs.commands.ask import Ask, Role
from briefs.commands.registry import Command, Option
from briefs.desk.desk import Desk
from briefs.digest import DAILY, EVERY_DAY, WEEKDAYS, Again, Empty, Refused, Sent, Subscription, Unknown, next_slot, next_slots
from briefs.errors import BadInput, shown
from briefs.message import Message
from briefs.pages.digest import preview_page
from briefs.pages.editions import editions_page, paused_page, resumed_page, subscribed_page, tested_page, unsubscribed_page
from briefs.pages.presses import press
from briefs.zones import parse_time, parse_zone

TOPICS_MAX: Final = 200  # characters: the whole line has to come back by a press
MANAGERS_WISH: Final = "a manager paused it."
NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,23}")
_ANY: Final = Option("name", "Which edition, where the channel has several", complete=completers.editions)
_SPANS: Final = {"weekdays": frozenset(range(5)), "weekend": frozenset({5, 6}), "daily": EVERY_DAY, "all": EVERY_DAY}


async def _subscribe(ask: Ask, desk: Desk) -> Message:
    options = ask.options
    name = options.get("name", DAILY).casefold()
    if not NAME.fullmatch(name):
        raise BadInput(f"name: is one word of letters, digits and hyphens, at most 24, for example mena; “{shown(name)}” is not.")
    subscription = Subscription(
        space=ask.asker.space,
        channel=ask.asker.channel,
        name=name,
        at=parse_time(options["at"]),
        zone=_zone(ask),
        days=parse_days(options.get("days", "all")),
        topics=parse_topics(options.get("topics", "")),
        size=Size(options.get("size", Size.SHORT)),
        empty=Empty(options.get("empty", Empty.SKIP)),
        by=ask.asker.user,
    )
    now = desk.now()
    slot, before = await desk.subscribe.put(subscription, now)
    undo = subscribe_line(before) if before else press("", "digest unsubscribe", name=name).command
    passed = next_slot(subscription, now) != slot
    slots = (slot, *next_slots(subscription, slot.utc, 2))
    missing = await desk.lookup.topics_without_briefs(subscription.topics)
    return subscribed_page(subscription, slots, before, undo, passed=passed, hindrance=ask.asker.hindrance, missing=missing)


async def _unsubscribe(ask: Ask, desk: Desk) -> Message:
    forgotten = await desk.subscribe.remove(ask.asker.place, await _which(ask, desk), desk.now())
    return unsubscribed_page(forgotten, subscribe_line(forgotten))


async def _pause(ask: Ask, desk: Desk) -> Message:
    name = await _which(ask, desk)
    return paused_page(await desk.subscribe.pause(ask.asker.place, name, MANAGERS_WISH, desk.now()))


async def _resume(ask: Ask, desk: Desk) -> Message:
    subscription, slot = await desk.subscribe.resume(ask.asker.place, await _which(ask, desk), desk.now())
    return resumed_page(subscription, slot)


async def _list(ask: Ask, desk: Desk) -> Message:
    return editions_page(await desk.subscribe.all(ask.asker.place))


async def _preview(ask: Ask, desk: Desk) -> Message:
    subscription, planned = await _chosen(ask, desk)
    now = desk.now()
    today = now.astimezone(subscription.zone).date()
    edition = await desk.deliver.edition(subscription, today, next_slot(subscription, now) if planned else None)
    return preview_page(edition.message if edition else None, subscription, planned=planned)


async def _test(ask: Ask, desk: Desk) -> Message:
    subscription, planned = await _chosen(ask, desk)
    now = desk.now()
    match await desk.deliver.post_test(subscription, now, next_slot(subscription, now) if planned else None):
        case Sent():
            then = "the next edition comes as planned" if planned else "this channel has no digest yet"
            return tested_page(f"Posted once in this channel, marked TEST. It counts for nothing: {then}.")
        case Refused(reason=reason) | Unknown(reason=reason):
            return tested_page(f"The test was not posted: {reason}")
        case Again(reason=reason):
            return tested_page(f"The test was not posted just now: {reason} Try again in a minute.")


async def _which(ask: Ask, desk: Desk) -> str:
    """The edition meant: the one named, or the channel's only one."""
    if name := ask.options.get("name"):
        return name.casefold()
    names = [subscription.name for subscription, _ in await desk.subscribe.all(ask.asker.place)]
    if len(names) > 1 and DAILY not in names:
        raise BadInput(f"This channel has {', '.join(names)}. Say which, for example name:{names[0]}.")
    return names[0] if len(names) == 1 else DAILY


async def _chosen(ask: Ask, desk: Desk) -> tuple[Subscription, bool]:
    """The edition to look at, and whether the channel has asked for it; where it has none yet, the one it would get."""
    found = await desk.subscribe.all(ask.asker.place)
    if not found and "name" not in ask.options:
        zone = ask.asker.zone or ZoneInfo("UTC")  # nothing is planned: no more than today's date depends on it
        return Subscription(ask.asker.space, ask.asker.channel, time(7, 30), zone, ask.asker.user), False
    return await desk.subscribe.named(ask.asker.place, await _which(ask, desk)), True


def _zone(ask: Ask) -> ZoneInfo:
    if typed := ask.options.get("tz"):
        return parse_zone(typed)
    if ask.asker.zone is not None:
        return ask.asker.zone
    raise BadInput("Which time zone? Name it, for example tz:Europe/London.")


def parse_days(typed: str) -> frozenset[int]:
    """Days of the week as people write them: `weekdays`, `weekend`, `all`, `mon,thu`, `monday tuesday`.

    Raises:
        BadInput: a word that is no day.
    """
    days: set[int] = set()
    for word in re.split(r"[,\s]+", typed.strip().casefold()):
        if word in _SPANS:
            days |= _SPANS[word]
        elif word[:3] in WEEKDAYS and len(word) >= 3:
            days.add(WEEKDAYS.index(word[:3]))
        else:
            raise BadInput(f"days: does not know “{shown(word)}”. Write weekdays, weekend, all, or days like mon,thu.")
    return frozenset(days)


def parse_topics(typed: str) -> tuple[str, ...]:
    """Topics with commas between, each once.

    Raises:
        BadInput: there are so many that no button could repeat them.
    """
    if len(typed) > TOPICS_MAX:
        raise BadInput(f"topics: are {len(typed)} characters; name fewer, at most {TOPICS_MAX} characters in all.")
    return tuple(dict.fromkeys(t.strip().casefold() for t in typed.split(",") if t.strip()))


def subscribe_line(subscription: Subscription) -> str:
    """The command line that asks for exactly this edition: what Undo asks."""
    days = {} if subscription.days == EVERY_DAY else {"days": ",".join(WEEKDAYS[d] for d in sorted(subscription.days))}
    topics = {"topics": ",".join(subscription.topics)} if subscription.topics else {}
    return press(
        "",
        "digest subscribe",
        at=f"{subscription.at:%H:%M}",
        tz=subscription.zone.key,
        name=subscription.name,
        **days,
        **topics,
        size=subscription.size.value,
        empty=subscription.empty.value,
    ).command


DIGESTS: Final = (
    Command(
        path=("digest", "subscribe"),
        help="A digest in this channel every day at your local time",
        answer=_subscribe,
        options=(
            Option("at", "When: 07:30, 7.30am, noon", required=True, complete=completers.times),
            Option("tz", "Time zone; without it, yours where it is known", complete=completers.zones, in_form=True),
            Option("name", "A name for it, where the channel has several"),
            Option("days", "weekdays, weekend, or mon,thu; without it, every day", in_form=True),
            Option("topics", "Only briefs on these topics: iraq,iran", in_form=True),
            Option("size", "How much of each brief", choices=(Size.SHORT, Size.STANDARD)),
            Option("empty", "On a day without news: skip it, or say so", choices=tuple(Empty)),
        ),
        examples=("/digest subscribe at:07:30 tz:Europe/London", "/digest subscribe at:18:00 days:weekdays name:evening tz:Asia/Baghdad"),
        who=Role.MANAGER,
    ),
    Command(
        path=("digest", "unsubscribe"),
        help="Stop a digest of this channel",
        answer=_unsubscribe,
        options=(_ANY,),
        examples=("/digest unsubscribe",),
        who=Role.MANAGER,
    ),
    Command(
        path=("digest", "pause"),
        help="Let a digest of this channel rest until it is resumed",
        answer=_pause,
        options=(_ANY,),
        examples=("/digest pause",),
        who=Role.MANAGER,
    ),
    Command(
        path=("digest", "resume"),
        help="Let a digest that rests come again",
        answer=_resume,
        options=(_ANY,),
        examples=("/digest resume",),
        who=Role.MANAGER,
    ),
    Command(
        path=("digest", "list"),
        help="This channel's digests and when each comes next",
        answer=_list,
        examples=("/digest list",),
        who=Role.MANAGER,
    ),
    Command(
        path=("digest", "preview"),
        help="The next digest as it would be now, for you alone",
        answer=_preview,
        options=(_ANY,),
        examples=("/digest preview",),
        who=Role.MANAGER,
    ),
    Command(
        path=("digest", "test"),
        help="Post the digest here once, marked TEST; it counts for nothing",
        answer=_test,
        options=(_ANY,),
        examples=("/digest test",),
        who=Role.MANAGER,
    ),
)
