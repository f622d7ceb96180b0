"""Which edition of a channel a command is about."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from briefs.commands import completers
from briefs.commands.ask import Ask
from briefs.commands.registry import Answer, Option
from briefs.desk.desk import Desk
from briefs.desk.subscribe import coming
from briefs.digest import DAILY, Slot, Subscription
from briefs.message import Buttons, Message, Outcome, SmallPrint, Typed, Words
from briefs.pages.editions import editions_page, which_edition_page

NEEDS_ONE: Final = ("digest unsubscribe", "digest pause", "digest resume")
WHICH: Final = Option("name", "Which edition, where the channel has several", complete=completers.editions)


def of_one(answer: Callable[[Ask, Desk, str], Awaitable[Message]]) -> Answer:
    """A command about one edition: the one named, the channel's only one, or “daily”; else a choice of them.

    Args:
        answer: given the edition's name.
    """

    async def of_the_one(ask: Ask, desk: Desk) -> Message:
        if name := ask.options.get("name"):
            return await answer(ask, desk, name.casefold())
        found = [subscription for subscription, _ in await desk.subscribe.all(ask.asker.place)]
        if not found and ask.command in NEEDS_ONE:
            return replace(editions_page(()), outcome=Outcome.NOT_FOUND)
        names = [subscription.name for subscription in found]
        if len(names) > 1 and DAILY not in names:
            return which_edition_page(ask.command, ask.options, found)
        return await answer(ask, desk, names[0] if len(names) == 1 else DAILY)

    return of_the_one


async def one_to_try(ask: Ask, desk: Desk, name: str, now: datetime) -> tuple[Subscription, bool, Slot | None]:
    """The edition to look at, whether the channel has asked for it, and when it comes next (None: it rests, or is not asked for).

    Where the channel has none yet, the one it would get.

    Raises:
        NotFound: the channel has editions, and none of that name.
    """
    if "name" not in ask.options and not await desk.subscribe.all(ask.asker.place):
        zone = ask.asker.zone or ZoneInfo("UTC")  # nothing is planned: no more than today's date depends on it
        return Subscription(ask.asker.space, ask.asker.channel, time(7, 30), zone, ask.asker.user), False, None
    standing = await desk.subscribe.standing(ask.asker.place, name, now)
    subscription, slot = standing.subscription, standing.slot
    ahead = slot if slot.utc > now else coming(subscription, slot, 2)[1]
    return subscription, True, None if subscription.paused else ahead


def while_open(ask: Ask, message: Message) -> Message:
    """The answer, in the console with when anything is posted there: nobody else may be running."""
    if ask.asker.place.platform != "console":
        return message
    said = SmallPrint((Words("It is posted while a chat or "), Typed("standfirst run"), Words(" is open.")))
    *blocks, last = message.blocks
    return replace(message, blocks=(*blocks, said, last) if isinstance(last, Buttons) else (*message.blocks, said))
