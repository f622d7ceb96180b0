"""Posts to the channels of Discord."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

import discord

from adapters.discord.inbound import space_of
from adapters.discord.keys import mark_of
from adapters.discord.layout import shortened
from adapters.discord.limits import THREAD_NAME_MAX
from adapters.discord.looking import look, receipt
from adapters.discord.outcomes import OUTCOMES, RETRY, is_token_refused, outcome_of
from adapters.discord.pace import Pace
from adapters.discord.presses import too_long
from adapters.discord.render import fits, render
from adapters.discord.tries import Tries, counted, watch
from briefs.digest import Again, Place, Refused, Sent, Unknown
from briefs.errors import BriefsError
from briefs.message import Message, title_of
from briefs.message.split import split
from briefs.ports import Absent, Asks

# No edition is posted more than six hours late, so that nothing older is ever owed again; a day leaves room for clocks.
HORIZON: Final = timedelta(hours=24)
# Seconds of one look and of one post with all that discord.py repeats (25 seconds of pauses after a server's faults):
# both, and the wait for a turn, fit a lease of two minutes, so that nobody else posts while a request may be under way.
LOOK_MAX: Final = 30
POST_MAX: Final = 45
NOBODY: Final = discord.AllowedMentions.none()
UNTITLED: Final = "Briefing"
FORUM: Final = 40058  # Discord's code for a plain message in a forum

log = logging.getLogger(__name__)

_NO_CHANNEL: Final = OUTCOMES[10003]
_TOO_LONG: Final = Refused("The message does not fit Discord. This is a fault of the bot: tell whoever runs it.")
_STOPPED: Final = Again(timedelta(minutes=10), "Discord no longer takes the bot's token. Whoever runs the bot must set a new one.")
_PERHAPS: Final = Unknown("Discord failed while it took the message, which may or may not be in the channel.")


class DiscordPublisher:
    """The publisher of every server the bot is in; see the port.

    A place is Place("discord:<server id>", "<channel id>"), a receipt "discord:<channel id>/<message id>".

    A delivery's mark is its nonce, so that within a few minutes Discord itself answers a repeat with the first message,
    and stands in the id of the message's first button, where `find` looks for it. In a forum or media channel a delivery
    is a post of its own; Discord takes no nonce there, so that only `find` keeps a repeat from becoming a second one.

    Args:
        client: not logged in yet: only then it can be seen whether discord.py, which repeats what a server failed at, had
            already sent what the last try says was not posted. Of one that is logged in, such a post is Unknown.
        asks: keeps the lines that are too long for a button.
        pace: of all requests with the same token; None: one of its own.
        now: the clock that says how far back is a day.
    """

    def __init__(
        self,
        client: discord.Client,
        asks: Asks,
        *,
        pace: Pace | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._client, self._asks = client, asks
        self._pace, self._now = pace or Pace(), now
        self._watched = watch(client)
        self._forums: set[int] = set()
        self._stopped = False

    @property
    def stopped(self) -> bool:
        """Whether Discord refused the token: nothing is asked of it any more, for refused requests count against us."""
        return self._stopped

    async def publish(self, channel: Place, message: Message, key: str) -> Sent | Refused | Again | Unknown:
        """See the port."""
        if self._stopped:
            return _STOPPED
        if not channel.channel.isdecimal():
            return _NO_CHANNEL
        mark = mark_of(channel.channel, key)
        try:
            view = await self._rendered(channel.space, message, mark)
        except BriefsError as error:  # the store is down, and nothing was posted
            return Again(RETRY, str(error))
        except ValueError:
            log.exception("a message that does not fit Discord")
            return _TOO_LONG
        await self._pace.turn()
        with counted() as tries:
            try:
                async with asyncio.timeout(POST_MAX):
                    posted = await self._post(int(channel.channel), message, view, mark)
            except Exception as error:  # noqa: BLE001 the port: whatever goes wrong is returned
                return self._outcome(error, tries)
        return Sent(receipt(channel, posted))

    async def find(self, channel: Place, key: str) -> Sent | Absent:
        """See the port. A day is looked back; what cannot be read to that horizon cannot be told."""
        if self._stopped or not channel.channel.isdecimal():
            return Absent.CANNOT_TELL
        await self._pace.turn()
        try:
            async with asyncio.timeout(LOOK_MAX):
                return await look(self._client, channel, mark_of(channel.channel, key), self._now() - HORIZON)
        except Exception as error:  # noqa: BLE001 whatever keeps us from reading, we cannot tell
            self._heed(error)
            log.info("a channel of Discord cannot be read: %s", _named(error))
            return Absent.CANNOT_TELL

    @staticmethod
    def split(message: Message) -> tuple[Message, ...]:
        """See the port."""
        return split(message, lambda part: fits(part, marked=True))

    async def tell(self, space: str, user: str, message: Message) -> bool:  # noqa: ARG002 a person is the same on every server
        """See the port. `user` is Discord's id of a person; a message that does not fit comes as several."""
        if self._stopped or not user.isdecimal():
            return False
        try:
            async with asyncio.timeout(POST_MAX):
                await self._pace.turn()
                direct = await self._client.create_dm(discord.Object(int(user)))
                for part in split(message, fits):
                    # What is pressed there is asked from there: the lines are kept for that space, not for the server's.
                    view = await self._rendered(space_of(None, direct.id), part, "")
                    await self._pace.turn()
                    await direct.send(view=view, allowed_mentions=NOBODY)
        except Exception as error:  # noqa: BLE001 the port: never raises
            self._heed(error)
            log.info("somebody on Discord cannot be told: %s", _named(error))
            return False
        return True

    async def _rendered(self, space: str, message: Message, mark: str) -> discord.ui.LayoutView:
        shorts = await self._asks.keep_all(space, too_long(message, marked=bool(mark)))
        return render(message, shorts=shorts, mark=mark)

    async def _post(self, channel_id: int, message: Message, view: discord.ui.LayoutView, mark: str) -> discord.Message:
        """Post in whatever kind of channel it is; which kind is known, was learned, or is told by Discord's refusal."""
        channel = self._client.get_channel(channel_id)
        if not isinstance(channel, discord.ForumChannel) and channel_id not in self._forums:
            # No cache is needed to write to a channel. No live address stands in what we render, so that there is no
            # preview to suppress.
            there = self._client.get_partial_messageable(channel_id)
            try:
                return await there.send(view=view, nonce=mark, silent=True, allowed_mentions=NOBODY)
            except discord.HTTPException as error:
                if error.code != FORUM:
                    raise
            self._forums.add(channel_id)
        forum = channel if isinstance(channel, discord.ForumChannel) else await self._client.fetch_channel(channel_id)
        if not isinstance(forum, discord.ForumChannel):
            raise discord.InvalidData("a channel that is a forum and is none")
        made = await forum.create_thread(name=_title(message), view=view, silent=True, allowed_mentions=NOBODY)
        return made.message

    def _outcome(self, error: Exception, tries: Tries) -> Refused | Again | Unknown:
        self._heed(error)
        outcome = outcome_of(error)
        if isinstance(outcome, Again) and (tries.earlier_may_have_posted or not self._watched):
            return _PERHAPS
        return outcome

    def _heed(self, error: Exception) -> None:
        if is_token_refused(error) and not self._stopped:
            self._stopped = True
            log.error("Discord no longer takes the bot's token; nothing is posted until it is started with a new one")


def _title(message: Message) -> str:
    """The name of a forum's post."""
    return shortened(title_of(message), THREAD_NAME_MAX) or UNTITLED


def _named(error: Exception) -> str:
    """What went wrong, without anything that was sent."""
    return f"code {error.code}, status {error.status}" if isinstance(error, discord.HTTPException) else type(error).__name__
