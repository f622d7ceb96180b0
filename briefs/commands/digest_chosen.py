"""Which edition of a channel a command is about."""

from collections.abc import Awaitable, Callable
from datetime import time
from typing import Final
from zoneinfo import ZoneInfo

from briefs.commands import completers
from briefs.commands.ask import Ask
from briefs.commands.registry import Answer, Option
from briefs.desk.desk import Desk
from briefs.digest import DAILY, Subscription
from briefs.message import Message
from briefs.pages.editions import which_edition_page

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
        names = [subscription.name for subscription in found]
        if len(names) > 1 and DAILY not in names:
            return which_edition_page(ask.command, ask.options, found)
        return await answer(ask, desk, names[0] if len(names) == 1 else DAILY)

    return of_the_one


async def one_to_try(ask: Ask, desk: Desk, name: str) -> tuple[Subscription, bool]:
    """The edition to look at, and whether the channel has asked for it; where it has none yet, the one it would get.

    Raises:
        NotFound: the channel has editions, and none of that name.
    """
    if "name" not in ask.options and not await desk.subscribe.all(ask.asker.place):
        zone = ask.asker.zone or ZoneInfo("UTC")  # nothing is planned: no more than today's date depends on it
        return Subscription(ask.asker.space, ask.asker.channel, time(7, 30), zone, ask.asker.user), False
    return await desk.subscribe.named(ask.asker.place, name), True
