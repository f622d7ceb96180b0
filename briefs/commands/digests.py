"""A channel's digests: ask for one, see them, let them rest, try them. Managers may."""

from typing import Final

from briefs.brief import Size
from briefs.commands import completers
from briefs.commands.ask import Ask, Role
from briefs.commands.dates import parse_date
from briefs.commands.digest_chosen import WHICH, of_one, one_to_try, while_open
from briefs.commands.digest_sent import NOW, RESEND, STATUS
from briefs.commands.digest_terms import (
    check_room,
    edition_name,
    entities_named,
    names_in,
    parse_days,
    parse_topics,
    subscribe_line,
    zone_of,
)
from briefs.commands.registry import Command, Option
from briefs.desk.desk import Desk
from briefs.desk.status import NEXT
from briefs.desk.subscribe import MANAGERS_WISH, coming
from briefs.digest import Again, Empty, Refused, Sent, Slot, Subscription, Unknown, next_slot
from briefs.errors import BadInput
from briefs.message import Message
from briefs.pages.digest import preview_page
from briefs.pages.editions import editions_page, paused_page, resumed_page, subscribed_page, tested_page, unsubscribed_page
from briefs.pages.history import on
from briefs.pages.presses import press
from briefs.zones import parse_time

PAUSE_MAX: Final = 366  # days; whoever wants a longer rest pauses without until:


async def _subscribe(ask: Ask, desk: Desk) -> Message:
    options = ask.options
    name, at, zone = edition_name(ask), parse_time(options["at"]), zone_of(ask)
    days, topics = parse_days(options.get("days", "all")), parse_topics(options.get("topics", ""))
    entities = await entities_named(ask, SUBSCRIBE, desk.lookup)
    if isinstance(entities, Message):
        return entities
    subscription = Subscription(
        space=ask.asker.space,
        channel=ask.asker.channel,
        name=name,
        at=at,
        zone=zone,
        days=days,
        topics=topics,
        entities=tuple(entity.slug for entity in entities),
        size=Size(options.get("size", Size.SHORT)),
        empty=Empty(options.get("empty", Empty.SKIP)),
        by=ask.asker.user,
    )
    check_room(subscribe_line(subscription, await names_in(desk, [subscription])))
    now = desk.now()
    slot, before = await desk.subscribe.put(subscription, now)
    today = await desk.subscribe.passed_today(subscription, slot, now)
    names = await names_in(desk, [subscription, *([before.subscription] if before else [])])
    page = subscribed_page(
        subscription,
        coming(subscription, slot, NEXT),
        before,
        subscribe_line(before.subscription, names) if before else press("", "digest unsubscribe", name=name).command,
        names=names.shown,
        kept=slot.utc <= now,
        passed=slot.utc > now and slot != next_slot(subscription, now),
        today=today,
        hindrance=ask.asker.hindrance,
        missing=await desk.lookup.topics_without_briefs(subscription.topics),
        unnamed=await _unnamed(subscription, desk),
    )
    return while_open(ask, page)


async def _unnamed(subscription: Subscription, desk: Desk) -> list[str]:
    """Slugs of those entities of the subscription that no brief names yet."""
    return [slug for slug in subscription.entities if not await desk.lookup.briefs_naming(slug, 1)]


async def _unsubscribe(ask: Ask, desk: Desk, name: str) -> Message:
    now = desk.now()
    before = await desk.subscribe.remove(ask.asker.place, name, now)
    undo = subscribe_line(before.subscription, await names_in(desk, [before.subscription]))
    due = await desk.subscribe.due(before, now)
    return unsubscribed_page(before, undo, await desk.subscribe.withheld(ask.asker.place, name, now), due)


async def _pause(ask: Ask, desk: Desk, name: str) -> Message:
    place, now = ask.asker.place, desk.now()
    before = await desk.subscribe.standing(place, name, now)
    due, several = await desk.subscribe.due(before, now), len(await desk.subscribe.all(place)) > 1
    if "until" not in ask.options:
        rests = await desk.subscribe.pause(place, name, MANAGERS_WISH, now)
        return paused_page(rests, None, None, await desk.subscribe.withheld(place, name, now), due, several=several)
    today = now.astimezone(before.subscription.zone).date()
    until = parse_date(ask.options["until"], today, option="until")
    if until <= today:
        raise BadInput(f"until: {on(until)} is {'today' if until == today else 'past'}. Name a later day, for example until:monday.")
    if (until - today).days > PAUSE_MAX:
        raise BadInput(f"until: {on(until)} is more than a year away. Without until: it rests until it is resumed.")
    rests, slot = await desk.subscribe.pause_until(place, name, until, now)
    return paused_page(rests, until, slot, await desk.subscribe.withheld(place, name, now), due, several=several)


async def _resume(ask: Ask, desk: Desk, name: str) -> Message:
    place, now = ask.asker.place, desk.now()
    subscription, slot = await desk.subscribe.resume(place, name, now)
    wanting = await desk.subscribe.kept_away(subscription, now)
    today = None if wanting else await desk.subscribe.passed_today(subscription, slot, now)
    names = (await names_in(desk, [subscription])).shown
    return resumed_page(subscription, slot, wanting, names, comes_now=slot.utc <= now, today=today)


async def _list(ask: Ask, desk: Desk) -> Message:
    found = await desk.subscribe.standings(ask.asker.place, desk.now())
    return editions_page(found, (await names_in(desk, [standing.subscription for standing in found])).shown)


async def _preview(ask: Ask, desk: Desk, name: str) -> Message:
    now = desk.now()
    subscription, planned, then = await one_to_try(ask, desk, name, now)
    slot = Slot(now, now.astimezone(subscription.zone).date())
    edition = await desk.deliver.edition(subscription, slot, then)
    return preview_page(edition, subscription, planned=planned)


async def _test(ask: Ask, desk: Desk, name: str) -> Message:
    now = desk.now()
    subscription, planned, then = await one_to_try(ask, desk, name, now)
    desk.subscribe.take_test(ask.asker.place, now)
    match await desk.deliver.post_test(subscription, then):
        case Sent():
            comes = "the next edition comes as planned" if then else f"“{name}” rests as before"
            rest = comes if planned else "this channel has no digest yet"
            return tested_page(f"Posted once in this channel, marked TEST. It counts for nothing: {rest}.")
        case Refused(reason=reason) | Unknown(reason=reason):
            return tested_page(f"The test was not posted: {reason}")
        case Again(reason=reason):
            return tested_page(f"The test was not posted just now: {reason} Try again in a minute.")


SUBSCRIBE: Final = Command(
    path=("digest", "subscribe"),
    help="A digest in this channel every day at your local time",
    answer=_subscribe,
    options=(
        Option("at", "When: 07:30, 7.30am, noon", required=True, complete=completers.times),
        Option("tz", "Time zone; without it, yours where it is known", complete=completers.zones, in_form=True),
        Option("name", "A name for it, where the channel has several"),
        Option("days", "weekdays, weekend, or mon,thu; without it, every day", in_form=True),
        Option("topics", "Only briefs on these topics: iraq,iran", in_form=True),
        Option("entities", "Only briefs that name one of these: Houthis, IRGC", complete=completers.entity_names),
        Option("size", "How much of each brief", choices=(Size.SHORT, Size.STANDARD)),
        Option("empty", "On a day without news: skip it, or say so", choices=tuple(Empty)),
    ),
    examples=(
        "/digest subscribe at:07:30 tz:Europe/London",
        "/digest subscribe at:18:00 days:weekdays name:evening entities:Houthis,IRGC tz:Asia/Baghdad",
    ),
    who=Role.MANAGER,
)
DIGESTS: Final = (
    SUBSCRIBE,
    Command(
        path=("digest", "unsubscribe"),
        help="Stop a digest of this channel",
        answer=of_one(_unsubscribe),
        options=(WHICH,),
        examples=("/digest unsubscribe",),
        who=Role.MANAGER,
    ),
    Command(
        path=("digest", "pause"),
        help="Let a digest of this channel rest until some day, or until it is resumed",
        answer=of_one(_pause),
        options=(
            Option("until", "It comes again from that day on: 2026-12-01, 1 dec, monday, 3 days", complete=completers.days_ahead),
            WHICH,
        ),
        examples=("/digest pause until:monday", "/digest pause"),
        who=Role.MANAGER,
    ),
    Command(
        path=("digest", "resume"),
        help="Let a digest that rests come again",
        answer=of_one(_resume),
        options=(WHICH,),
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
    STATUS,
    Command(
        path=("digest", "preview"),
        help="The next digest as it would be now, for you alone",
        answer=of_one(_preview),
        options=(WHICH,),
        examples=("/digest preview",),
        who=Role.MANAGER,
    ),
    Command(
        path=("digest", "test"),
        help="Post the digest here once, marked TEST; it counts for nothing",
        answer=of_one(_test),
        options=(WHICH,),
        examples=("/digest test",),
        who=Role.MANAGER,
    ),
    NOW,
    RESEND,
)
