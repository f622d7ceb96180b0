"""Looking whether the bot can do its work on Discord, by its API alone: no connection to the gateway is made."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

import aiohttp
import discord
from discord.http import Route

from adapters.discord.app import NOT_TAKEN, log_in
from adapters.discord.inbound import NEEDED, PLATFORM, space_of
from adapters.discord.invite import invitation
from adapters.discord.publisher import DiscordPublisher
from adapters.discord.registered import registered
from briefs.digest import Place
from briefs.errors import BadInput, shown
from briefs.finding import Finding, fine, note, wrong
from briefs.ports import Asks, Reach

LOG_IN_MAX: Final = 20  # seconds
UNREACHED: Final = "Discord cannot be reached. Look whether this machine is online, and STANDFIRST_DISCORD__API_URL unset or right."
SERVERS_MAX: Final = 25  # whose channels are looked at: three requests each
_RECEIPT: Final = re.compile(r"discord:([0-9]{1,20})/([0-9]{1,20})")
_NUMBER: Final = re.compile("[0-9]{5,20}")
# What Discord copies: an id, or a link to a channel or a message in it.
_LINK: Final = re.compile(
    r"(?:https://(?:\w+\.)?discord\.com/channels/(?P<guild>[0-9]{1,20})/)?(?P<channel>[0-9]{1,20})(?:/[0-9]{1,20})?/?"
)
_TOKEN: Final = re.compile(r"[!-~]+")  # what can stand in a header

APPLICATION, INTENTS, SERVERS = "Discord application", "Discord intents", "Discord servers"
GONE: Final = ("There is no such channel any more.", "Unsubscribe it, or name another channel.")
HIDDEN: Final = ("The bot may not see the channel.", "Add it to the channel's permissions with View Channel.")
_PRIVILEGED: Final = {
    "Presence": ("gateway_presence", "gateway_presence_limited"),
    "Server Members": ("gateway_guild_members", "gateway_guild_members_limited"),
    "Message Content": ("gateway_message_content", "gateway_message_content_limited"),
}


@asynccontextmanager
async def discord_checks(token: str, asks: Asks, api_url: str = "") -> AsyncIterator["DiscordChecks"]:
    """Look at the bot with that token for as long as the context lasts.

    Args:
        asks: for the publisher.
        api_url: another address of Discord's API.

    Raises:
        BadInput: Discord does not take the token, or cannot be reached.
    """
    if not _TOKEN.fullmatch(token):
        raise BadInput(NOT_TAKEN)
    if api_url:
        Route.BASE = api_url.rstrip("/")
    times = _Times()
    client = discord.Client(
        intents=discord.Intents.none(),
        allowed_mentions=discord.AllowedMentions.none(),
        max_messages=None,
    )
    publisher = DiscordPublisher(client, asks)  # before the client is logged in, see there; it watches all requests
    assert client.http.http_trace is not None
    client.http.http_trace.on_request_end.append(times.heard)
    try:
        try:
            async with asyncio.timeout(LOG_IN_MAX):
                await log_in(client, token)
        except TimeoutError:
            raise BadInput(UNREACHED) from None
        except BadInput as error:
            raise (error if str(error) == NOT_TAKEN else BadInput(UNREACHED)) from None
        yield DiscordChecks(client, publisher, times)
    finally:
        await client.close()


class DiscordChecks:
    """See the port `PlatformChecks`. Made by `discord_checks`."""

    def __init__(self, client: discord.Client, publisher: DiscordPublisher, times: "_Times") -> None:
        self._client, self._publisher, self._times = client, publisher, times

    @property
    def account(self) -> str:
        """See the port."""
        return f"{self._client.user} (application {self._client.application_id})"

    @property
    def ahead(self) -> timedelta | None:
        """See the port."""
        return self._times.ahead

    @property
    def publisher(self) -> DiscordPublisher:
        """See the port."""
        return self._publisher

    @property
    def invitation(self) -> str:
        """See the port."""
        return invitation(str(self._client.application_id))

    async def standing(self) -> tuple[Finding, ...]:
        """See the port: how the application is set up, its intents, its servers."""
        app = await _asked(self._client.application_info())
        found = [_intents(app)]
        if app.interactions_endpoint_url:
            told = "Commands and presses go to the application's Interactions Endpoint URL, so that the bot never hears of them."
            found.append(wrong(APPLICATION, told, "Clear that address: the application's page, General Information."))
        if app.bot_require_code_grant:
            mend = "Switch it off: the application's page, Bot, Requires OAuth2 Code Grant."
            found.append(wrong(APPLICATION, "Its invitation cannot be used: it asks for a code grant.", mend))
        if not app.bot_public:
            found.append(note(APPLICATION, "Only its owner can add it to servers: Public Bot is off."))
        names = [shown(guild.name) for guild in await self._guilds()]
        if names:
            found.append(fine(SERVERS, f"The bot is in {', '.join(names[:5])}{' and more' if names[5:] else ''}."))
        else:
            mend = "Open the link that standfirst discord invite prints, and add it to one."
            found.append(wrong(SERVERS, "The bot is in no server.", mend))
        return tuple(found)

    async def commands(self) -> Finding:
        """See the port."""
        return registered(self._client, await _asked(self._client.http.get_global_commands(self._client.application_id or 0)))

    async def channels(self) -> tuple[Reach, ...]:
        """See the port: text and announcement channels of the first servers, in the order Discord shows them."""
        found: list[Reach] = []
        for guild in (await self._guilds())[:SERVERS_MAX]:
            full, me = await self._inside(guild.id)
            plain = [channel for channel in await _asked(full.fetch_channels()) if isinstance(channel, discord.TextChannel)]
            found += [_reach(channel, channel.permissions_for(me)) for channel in sorted(plain, key=lambda c: (c.position, c.id))]
        return tuple(reach for reach in found if reach.lacks != HIDDEN[0])

    async def reach(self, place: Place) -> Reach:
        """See the port."""
        label = f"channel {place.channel} of Discord"
        if not place.channel.isdecimal():
            return Reach(place, label, *GONE)
        try:
            channel = await _asked(self._client.fetch_channel(int(place.channel)), seen=True)
            if isinstance(channel, discord.abc.PrivateChannel):
                return Reach(place, "a direct conversation on Discord")
            if place.space != space_of(channel.guild.id, None):
                told = f"The channel is not of that server, but of {channel.guild.id}."
                return Reach(place, label, told, f"Write {PLATFORM}:{channel.guild.id}/{channel.id}.")
            # As the server gives it: only so the channel knows the server's roles.
            guild, me = await self._inside(channel.guild.id)
            ruling = await _asked(guild.fetch_channel(channel.parent_id if isinstance(channel, discord.Thread) else channel.id), seen=True)
        except discord.NotFound:
            return Reach(place, label, *GONE)
        except discord.Forbidden:
            return Reach(place, label, *HIDDEN)
        return _reach(channel, ruling.permissions_for(me), me.guild.name)

    def principal(self, typed: str) -> str:
        """See the port: a number, or a mention."""
        number = typed.removeprefix(f"{PLATFORM}:").strip("<@!&>")
        return f"{PLATFORM}:{number}" if _NUMBER.fullmatch(number) else ""

    async def place(self, typed: str) -> Place | None:
        """See the port."""
        link = _LINK.fullmatch(typed)
        if link and link["guild"]:
            return Place(space_of(int(link["guild"]), None), link["channel"])
        if link is None:
            return None
        try:
            channel = await _asked(self._client.fetch_channel(int(link["channel"])), seen=True)
        except (discord.NotFound, discord.Forbidden):
            return None
        return None if isinstance(channel, discord.abc.PrivateChannel) else Place(space_of(channel.guild.id, None), str(channel.id))

    async def called(self, principal: str) -> str:
        """See the port: a person, or a role of one of the bot's servers."""
        platform, _, number = principal.partition(":")
        if platform != PLATFORM or not _NUMBER.fullmatch(number):
            return ""
        try:
            return f"@{shown((await _asked(self._client.fetch_user(int(number)), seen=True)).name)}"
        except discord.NotFound:
            pass
        for guild in (await self._guilds())[:SERVERS_MAX]:
            full = await _asked(self._client.fetch_guild(guild.id, with_counts=False))
            if role := full.get_role(int(number)):
                return f"the role {shown(role.name)} in {shown(full.name)}"
        return ""

    async def owner(self) -> str:
        """See the port."""
        app = await _asked(self._client.application_info())
        return f"{PLATFORM}:{app.team.owner_id if app.team else app.owner.id}"

    async def remove(self, place: Place, receipt: str) -> bool:  # noqa: ARG002 a receipt tells the channel as well
        """See the port."""
        post = _RECEIPT.fullmatch(receipt)
        if post is None:
            return False
        try:
            await self._client.get_partial_messageable(int(post[1])).get_partial_message(int(post[2])).delete()
        except (discord.DiscordException, aiohttp.ClientError, OSError):
            return False
        return True

    async def _guilds(self) -> list[discord.Guild]:
        found: list[discord.Guild] = await _asked(_gathered(self._client.fetch_guilds(limit=200, with_counts=False)))
        return found

    async def _inside(self, guild_id: int) -> tuple[discord.Guild, discord.Member]:
        """A server with its roles, and the bot as its member."""
        guild = await _asked(self._client.fetch_guild(guild_id, with_counts=False), seen=True)
        assert self._client.user is not None  # it is logged in
        return guild, await _asked(guild.fetch_member(self._client.user.id), seen=True)


class _Times:
    """What Discord's answers say of the time: the last one's word counts."""

    def __init__(self) -> None:
        self.ahead: timedelta | None = None

    async def heard(self, _: object, __: object, told: aiohttp.TraceRequestEndParams) -> None:
        try:
            there = parsedate_to_datetime(told.response.headers.get("Date", ""))
        except ValueError:
            return
        self.ahead = datetime.now(UTC) - there.astimezone(UTC)


async def _gathered(guilds: AsyncIterator[discord.Guild]) -> list[discord.Guild]:
    return [guild async for guild in guilds]


async def _asked(question: Any, *, seen: bool = False) -> Any:
    """What Discord answers.

    Args:
        seen: that something is not there, or not for the bot, is an answer, and raised as it is.

    Raises:
        BadInput: it does not answer as it should.
        discord.NotFound, discord.Forbidden: only where `seen`.
    """
    try:
        return await question
    except discord.HTTPException as error:
        if seen and isinstance(error, discord.NotFound | discord.Forbidden):
            raise
        raise BadInput(f"Discord does not answer as it should (code {error.code}, status {error.status}). Try again later.") from None
    except (discord.DiscordException, aiohttp.ClientError, OSError):
        raise BadInput(UNREACHED) from None


def _intents(app: discord.AppInfo) -> Finding:
    on = [name for name, flags in _PRIVILEGED.items() if any(getattr(app.flags, flag) for flag in flags)]
    if on:
        told = f"{', '.join(on)} {'is' if len(on) == 1 else 'are'} on, which the bot neither needs nor asks for."
        return note(INTENTS, told, "You may switch it off: the application's page, Bot, Privileged Gateway Intents.")
    return fine(INTENTS, "No privileged intent is on, and none is needed.")


def _reach(channel: Any, ours: discord.Permissions, server: str = "") -> Reach:
    """The channel with what the bot lacks there."""
    thread = isinstance(channel, discord.Thread)
    place = Place(space_of(channel.guild.id, None), str(channel.id))
    label = f"#{shown(channel.name)} in {shown(server or channel.guild.name)}"
    if not ours.view_channel:
        return Reach(place, label, *HIDDEN)
    needed = dict(NEEDED)
    if thread:
        needed["send_messages_in_threads"] = "Send Messages in Threads"
        del needed["send_messages"]
        if channel.locked and not ours.manage_threads:
            return Reach(place, label, "The thread is locked.", "Unlock it, or subscribe another channel.")
    lacking = [name for right, name in needed.items() if not getattr(ours, right)]
    if not lacking:
        return Reach(place, label)
    return Reach(place, label, f"The bot lacks {' and '.join(lacking)} there.", "Give it that in the channel's permissions.")
