"""Posts to the channels of Discord."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Final

import discord

from adapters.discord.edits import NO_POST, edited, put
from adapters.discord.inbound import PLATFORM, space_of
from adapters.discord.keys import mark_of
from adapters.discord.layout import shortened
from adapters.discord.limits import THREAD_NAME_MAX
from adapters.discord.looking import address, look, receipt, received
from adapters.discord.outcomes import OUTCOMES, PERHAPS, RETRY, STOPPED, TURNS, deleted, is_token_refused, outcome_of, unread
from adapters.discord.pace import Pace
from adapters.discord.presses import too_long
from adapters.discord.render import DoesNotFit, fits, render
from adapters.discord.tries import NotYet, Tries, counted, in_turn, watch
from briefs.digest import Again, Later, Place, Refused, Sent, Unknown
from briefs.errors import BriefsError
from briefs.message import Message, title_of
from briefs.message.split import split
from briefs.ports import Absent, Asks
from briefs.ports.publisher import LOOKED_BACK

# Seconds. A post ends within 90 (see the port): 10 for the store, 70 for all its requests, of which none begins in the
# last 40, so that each has time to be answered, and what discord.py repeats (after 1, 3, 5, 7 and 9 seconds) mostly too.
STORE_MAX: Final = 10
POST_MAX: Final = 70
BEGIN_MAX: Final = 30
LOOK_MAX: Final = 40
AT_ONCE: Final = 200  # 40 posts a second
NOBODY: Final = discord.AllowedMentions.none()
UNTITLED: Final = "Briefing"
FORUM: Final = 40058  # Discord's code for a plain message in a forum

log = logging.getLogger(__name__)

_NO_CHANNEL: Final = OUTCOMES[10003]
_NO_ROOM: Final = Refused("With what was corrected the post is longer than Discord allows. It stays as it was posted.")
_TOO_LONG: Final = Refused("The message does not fit Discord. This is a fault of the bot: tell whoever runs it.")


class DiscordPublisher:
    """The publisher of every server the bot is in; see the port.

    A place is Place("discord:<server id>", "<channel id>"), a receipt "discord:<channel id>/<message id>".

    A delivery's mark is its nonce, so that within a few minutes Discord itself answers a repeat with the first message,
    and stands in the id of the message's first button, where `find` looks for it. In a forum or media channel a delivery
    is a post of its own; Discord takes no nonce there, so that only `find` keeps a repeat from becoming a second one.

    Args:
        client: not logged in yet: only then it can be seen whether discord.py, which repeats what a server failed at, had
            already sent what the last try says was not posted. Of one that is logged in, such a post is Unknown, and no pace
            is kept.
        asks: keeps the lines that are too long for a button.
        pace: of all requests with the same token; None: one of its own. It is kept by every request of the client.
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
        self._watched = watch(client, self._pace)
        self._forums: set[int] = set()
        self._stopped = False

    @property
    def at_once(self) -> int:
        """See the port: five seconds' worth."""
        return AT_ONCE

    @property
    def stopped(self) -> bool:
        """Whether Discord refused the token: nothing is asked of it any more, for refused requests count against us."""
        return self._stopped

    async def publish(self, channel: Place, message: Message, key: str) -> Sent | Refused | Again | Unknown:
        """See the port."""
        if self._stopped:
            return STOPPED
        if not channel.channel.isdecimal():
            return _NO_CHANNEL
        mark = mark_of(channel.channel, key)
        try:
            async with asyncio.timeout(STORE_MAX):
                view = await self._rendered(channel.space, message, mark)
        except TimeoutError:
            return Again(RETRY, "The store is slow.")
        except BriefsError as error:  # the store is down, and nothing was posted
            return Again(RETRY, str(error))
        except ValueError:
            log.exception("a message that does not fit Discord")
            return _TOO_LONG
        return await self._posted(int(channel.channel), message, view, mark)

    async def find(self, channel: Place, key: str) -> Sent | Absent | Later:
        """See the port. A day is looked back; what cannot be read to that horizon cannot be told."""
        if self._stopped:
            return Later(STOPPED.after, STOPPED.reason)
        if not channel.channel.isdecimal():
            return Absent.CANNOT_TELL
        with counted(LOOK_MAX):
            try:
                async with asyncio.timeout(LOOK_MAX):
                    return await look(self._client, channel, mark_of(channel.channel, key), self._now() - LOOKED_BACK)
            except Exception as error:  # noqa: BLE001 the port: whatever goes wrong is returned
                self._heed(error)
                log.info("a channel of Discord cannot be read: %s", _named(error))
                return unread(error) or Absent.CANNOT_TELL

    async def edit(self, channel: Place, receipt: str, message: Message) -> Sent | Refused | Again:
        """See the port. What is more than a post may hold, Discord's own limits may still leave room for."""
        if self._stopped:
            return STOPPED
        if (post := received(receipt)) is None:
            return NO_POST
        with counted(BEGIN_MAX) as tries:
            try:
                async with asyncio.timeout(POST_MAX):
                    await put(self._client, post, lambda mark: self._rendered(channel.space, message, mark, edited=True), tries)
            except BriefsError as error:  # the store is down, and nothing was changed
                return Again(RETRY, str(error))
            except DoesNotFit:
                return _NO_ROOM
            except Exception as error:  # noqa: BLE001 the port: whatever goes wrong is returned
                self._heed(error)
                return edited(error)
        return Sent(receipt)

    async def direct(self, person: str) -> Place | None:
        """See the port. Of a role, and of whoever has no account any more, Discord says that it knows no such person."""
        platform, _, name = person.partition(":")
        if self._stopped or platform != PLATFORM or not name.isdecimal():
            return None
        try:
            with counted(BEGIN_MAX) as tries:
                async with asyncio.timeout(LOOK_MAX):
                    theirs = await in_turn(tries, lambda: self._client.create_dm(discord.Object(int(name))))
        except Exception as error:  # noqa: BLE001 the port: never raises
            self._heed(error)
            log.info("somebody has no channel of their own on Discord: %s", _named(error))
            return None
        return Place(space_of(None, theirs.id), str(theirs.id))

    @staticmethod
    def address(channel: Place, receipt: str) -> str:
        """See the port."""
        return address(channel, receipt)

    @staticmethod
    def split(message: Message) -> tuple[Message, ...]:
        """See the port."""
        return split(message, lambda part: fits(part, marked=True))

    async def tell(self, space: str, user: str, message: Message) -> bool:  # noqa: ARG002 a person is the same on every server
        """See the port. `user` is Discord's id of a person; a message that does not fit comes as several."""
        if self._stopped or not user.isdecimal():
            return False
        person = discord.Object(int(user))
        try:
            with counted(BEGIN_MAX) as tries:
                async with asyncio.timeout(POST_MAX):
                    direct = await in_turn(tries, lambda: self._client.create_dm(person))
                    for part in split(message, fits):
                        # What is pressed there is asked from there: the lines are kept for that space, not for the server's.
                        send = partial(direct.send, view=await self._rendered(space_of(None, direct.id), part, ""))
                        await in_turn(tries, partial(send, allowed_mentions=NOBODY))
        except Exception as error:  # noqa: BLE001 the port: never raises
            self._heed(error)
            log.info("somebody on Discord cannot be told: %s", _named(error))
            return False
        return True

    async def _rendered(self, space: str, message: Message, mark: str, *, edited: bool = False) -> discord.ui.LayoutView:
        shorts = await self._asks.keep_all(space, too_long(message, marked=bool(mark)))
        return render(message, shorts=shorts, mark=mark, edited=edited)

    async def _posted(self, channel_id: int, message: Message, view: discord.ui.LayoutView, mark: str) -> Sent | Refused | Again | Unknown:
        with counted(BEGIN_MAX) as tries:
            try:
                async with asyncio.timeout(POST_MAX):
                    return Sent(receipt(await in_turn(tries, lambda: self._post(channel_id, message, view, mark, tries))))
            except Exception as error:  # noqa: BLE001 the port: whatever goes wrong is returned
                return self._outcome(error, tries)

    async def _post(self, channel_id: int, message: Message, view: discord.ui.LayoutView, mark: str, tries: Tries) -> discord.Message:
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
        tries.once = True  # there is no nonce: what discord.py would repeat might be there twice
        made = await forum.create_thread(name=_title(message), view=view, silent=True, allowed_mentions=NOBODY)
        return made.message

    def _outcome(self, error: Exception, tries: Tries) -> Refused | Again | Unknown:
        """What became of a post that ended with this error, all its tries considered."""
        self._heed(error)
        if isinstance(error, TimeoutError | NotYet):
            nothing = outcome_of(error) if isinstance(error, NotYet) else TURNS
            return PERHAPS if tries.may_have_posted or not self._watched else nothing
        outcome = outcome_of(error)
        if tries.earlier_may_have_posted and not deleted(outcome):
            return PERHAPS
        return PERHAPS if isinstance(outcome, Again) and not self._watched else outcome

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
