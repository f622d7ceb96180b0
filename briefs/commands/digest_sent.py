"""What became of a channel's digests; sending one now, or again. Managers may."""

from typing import Final

from briefs.commands import completers
from briefs.commands.ask import Ask, Role
from briefs.commands.dates import parse_date
from briefs.commands.digest_chosen import WHICH, of_one, while_open
from briefs.commands.digest_terms import names_in
from briefs.commands.registry import Command, Option
from briefs.desk.desk import Desk
from briefs.desk.status import Status
from briefs.desk.subscribe import coming
from briefs.message import Message
from briefs.pages.editions import editions_page
from briefs.pages.history import Fate, Past, come_since, on, out_of_turn
from briefs.pages.status import had_page, not_sent_page, send_again_page, send_now_page, sent_again_page, status_page, under_way_page
from briefs.pages.terms import Standing

SURE: Final = Option("sure", "Do it without asking back", choices=("yes",))


async def _status(ask: Ask, desk: Desk, name: str) -> Message:
    place = ask.asker.place
    if "name" not in ask.options and not await desk.subscribe.all(place):
        return editions_page(())
    report = await Status(desk.subscribe).report(place, name, desk.now())
    standing = report.standing
    return status_page(report, (await names_in(desk, [standing.subscription] if standing else [])).shown)


async def _now(ask: Ask, desk: Desk, name: str) -> Message:
    place, now, status = ask.asker.place, desk.now(), Status(desk.subscribe)
    standing = await desk.subscribe.standing(place, name, now)
    subscription, slot = standing.subscription, standing.slot
    if not standing.runs:
        return not_sent_page(_rests(standing), name)
    today = now.astimezone(subscription.zone).date()
    if had := next((past for past in await status.lately(place, name) if past.meant_for == today and past.used_up), None):
        return had_page(had, standing)
    if slot.utc <= now:
        return while_open(ask, under_way_page(name, slot.meant_for, None, subscription))
    then = slot if slot.meant_for > today else coming(subscription, slot, 2)[1]
    if "sure" not in ask.options:
        return send_now_page(subscription, today, then)
    said = await desk.deliver.now_edition(subscription, slot)
    return not_sent_page(said, name) if said else while_open(ask, under_way_page(name, today, then, subscription))


def _rests(standing: Standing) -> str:
    subscription = standing.subscription
    why = f": {subscription.paused}" if subscription.paused else f" until {on(standing.slot.meant_for)}."
    return f"“{subscription.name}” rests{why} Resume it first."


async def _resend(ask: Ask, desk: Desk, name: str) -> Message:
    place, now, status = ask.asker.place, desk.now(), Status(desk.subscribe)
    standing = next((s for s in await desk.subscribe.standings(place, now) if s.subscription.name == name), None)
    zone = standing.subscription.zone.key if standing else "UTC"
    today = now.astimezone(standing.subscription.zone).date() if standing else now.date()
    day = parse_date(ask.options["date"], today, option="date", past=True)
    lately = await status.lately(place, name)
    past = next((past for past in lately if past.meant_for == day), None)
    if past is None:
        await status.report(place, name, now)  # not even an edition of that name
        if day > today:
            said = f"{on(day)} is still to come, so nothing of “{name}” can be sent again."
        else:
            said = f"There was no edition “{name}” on {on(day)}, or it was too long ago. Status shows the latest."
        return not_sent_page(said, name)
    if said := _not_again(past, standing):
        return not_sent_page(said, name)
    since = come_since(past, lately)
    if since is not None and out_of_turn(past, lately):
        return not_sent_page(
            f"“{name}” of {on(day)} did not come, and that of {on(since.meant_for)} was made since with what was new: "
            "sent now, it would repeat that out of order.",
            name,
        )
    if past.fate is Fate.UNKNOWN and "sure" not in ask.options:
        return send_again_page(past, zone, since)
    if parts := await status.resend(past, place, now):
        desk.deliver.hurry(place.platform)
        return while_open(ask, sent_again_page(name, past.meant_for, parts))
    return not_sent_page(f"Somebody has seen to “{name}” of {on(past.meant_for)} meanwhile.", name)


def _not_again(past: Past, standing: Standing | None) -> str:
    """Why an edition is not sent again, a sentence; empty where it may be."""
    which = f"“{past.name}” of {on(past.meant_for)}"
    if past.fate is Fate.UNDER_WAY:
        return f"{which} is on its way already."
    if past.fate is Fate.SENT:
        return f"{which} has come, and none comes twice. /brief {past.meant_for.isoformat()} shows it to you alone."
    if not past.wanting:
        return f"There is nothing to send of {which}: {past.reason or 'none was made'}."
    if standing is None:
        return f"This channel no longer asks for “{past.name}”, so nothing of it is posted. Ask for it again first: /digest subscribe."
    return _rests(standing) if standing.subscription.paused else ""


STATUS: Final = Command(
    path=("digest", "status"),
    help="The last seven editions: when each came, or why not; and the next three",
    answer=of_one(_status),
    options=(WHICH,),
    examples=("/digest status",),
    who=Role.MANAGER,
)
NOW: Final = Command(
    path=("digest", "now"),
    help="Send today's edition now, ahead of its time; it asks first",
    answer=of_one(_now),
    options=(WHICH, SURE),
    examples=("/digest now",),
    who=Role.MANAGER,
)
RESEND: Final = Command(
    path=("digest", "resend"),
    help="Send an edition again that did not come, or of which nobody knows",
    answer=of_one(_resend),
    options=(
        Option("date", "The day it was for: 2026-11-22, yesterday", required=True, complete=completers.days_to_resend),
        WHICH,
        SURE,
    ),
    examples=("/digest resend date:2026-11-22",),
    who=Role.MANAGER,
)
