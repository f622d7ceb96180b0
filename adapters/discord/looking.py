"""Looking through a channel's history for the post of a delivery."""

import re
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime
from typing import Final, TypeAlias

import discord

from adapters.discord.presses import mark_in
from briefs.digest import Place, Sent
from briefs.ports import Absent

MESSAGES_MAX: Final = 1_000  # of one look, ten requests; a channel that had more since the horizon cannot be told
THREADS_MAX: Final = 100  # archived posts of a forum that one look goes through; the same
_SPACE: Final = re.compile(r"discord:(?:([0-9]{1,20})|dm-[0-9]{1,20})")
_RECEIPT: Final = re.compile(r"discord:([0-9]{1,20})/([0-9]{1,20})")

Found: TypeAlias = discord.abc.GuildChannel | discord.abc.PrivateChannel | discord.Thread


async def look(client: discord.Client, place: Place, mark: str, horizon: datetime) -> Sent | Absent:
    """The bot's own message that carries the mark, where there is one since the horizon.

    Whoever lacks the right to read a channel's history gets no error but an empty history (docs: resources/message): so
    the right is made sure of first, and without it nothing can be told.

    Raises:
        discord.DiscordException, aiohttp.ClientError, OSError: Discord cannot be asked.
    """
    channel = await _readable(client, place)
    if channel is None:
        return Absent.CANNOT_TELL
    posts = _forum_posts(client, channel, horizon) if isinstance(channel, discord.ForumChannel) else _messages(channel, horizon)
    async for message in posts:
        if message is None:
            return Absent.CANNOT_TELL
        if message.author == client.user and mark in map(mark_in, _ids(message.components)):
            return Sent(receipt(message))
    return Absent.ABSENT


def receipt(message: discord.Message) -> str:
    """The platform's id of a post: "discord:<channel id>/<message id>"; a forum's post is a channel of the message's id."""
    return receipt_of(message.channel.id, message.id)


def receipt_of(channel: int, message: int) -> str:
    """The same for a message of which only the ids are known."""
    return f"discord:{channel}/{message}"


def received(receipt: str) -> tuple[int, int] | None:
    """The channel and the message of a receipt; None where it is none of ours."""
    post = _RECEIPT.fullmatch(receipt)
    return None if post is None else (int(post[1]), int(post[2]))


def address(place: Place, receipt: str) -> str:
    """Where that post can be seen, as Discord's own "Copy Message Link" has it; empty where it is no receipt of ours."""
    space, post = _SPACE.fullmatch(place.space), _RECEIPT.fullmatch(receipt)
    return f"https://discord.com/channels/{space[1] or '@me'}/{post[1]}/{post[2]}" if space and post else ""


def mark_of_post(message: discord.Message) -> str:
    """The mark a post of ours carries; empty where it carries none."""
    return next(filter(None, map(mark_in, _ids(message.components))), "")


async def _readable(client: discord.Client, place: Place) -> Found | None:
    """The channel, if we may see it and read its history; asked of Discord where it is not known here."""
    channel: Found | None = client.get_channel(int(place.channel))
    if isinstance(channel, discord.abc.PrivateChannel):
        return channel
    me = None if channel is None or client.user is None else channel.guild.get_member(client.user.id)
    if channel is None or me is None:
        return await _readable_as_fetched(client, int(place.channel))
    return channel if _may_read(channel.permissions_for(me)) else None


async def _readable_as_fetched(client: discord.Client, channel_id: int) -> Found | None:
    """The channel, if it belongs to no server or its server's roles let us read it; a thread goes by the channel it is in."""
    channel = await client.fetch_channel(channel_id)
    if isinstance(channel, discord.abc.PrivateChannel) or client.user is None:
        return channel
    guild = await client.fetch_guild(channel.guild.id, with_counts=False)
    me = await guild.fetch_member(client.user.id)
    ruling = await guild.fetch_channel(channel.parent_id if isinstance(channel, discord.Thread) else channel_id)
    if isinstance(ruling, discord.Thread) or not _may_read(ruling.permissions_for(me)):
        return None
    return channel if isinstance(channel, discord.Thread) else ruling


def _may_read(ours: discord.Permissions) -> bool:
    return ours.view_channel and ours.read_message_history


async def _messages(channel: Found, horizon: datetime) -> AsyncIterator[discord.Message | None]:
    """The messages since the horizon, newest first; None as the last one where there is more than can be looked at."""
    if not isinstance(channel, discord.abc.Messageable):
        yield None
        return
    looked = 0
    async for message in channel.history(limit=MESSAGES_MAX, after=horizon, oldest_first=False):
        looked += 1
        yield message
    if looked == MESSAGES_MAX:
        yield None


async def _forum_posts(client: discord.Client, forum: discord.ForumChannel, horizon: datetime) -> AsyncIterator[discord.Message | None]:
    """The first messages of our own posts since the horizon, newest first; None as the last where there may be more."""
    active = [thread for thread in await forum.guild.active_threads() if thread.parent_id == forum.id]
    for thread in sorted(active, key=lambda thread: thread.id, reverse=True):
        if message := await _first(client, thread, horizon):
            yield message
    looked = 0
    async for thread in forum.archived_threads(limit=THREADS_MAX):
        looked += 1
        if thread.archive_timestamp < horizon:  # they come by when they were archived, and none before it was posted
            return
        if message := await _first(client, thread, horizon):
            yield message
    if looked == THREADS_MAX:
        yield None


async def _first(client: discord.Client, thread: discord.Thread, horizon: datetime) -> discord.Message | None:
    """What one of our posts begins with; None where it is too old, another's, or its beginning was deleted."""
    if client.user is None or thread.owner_id != client.user.id or discord.utils.snowflake_time(thread.id) < horizon:
        return None
    try:
        return await thread.fetch_message(thread.id)
    except discord.NotFound:
        return None


def _ids(components: Sequence[object]) -> Iterator[str]:
    """The ids of components, and of those within them."""
    for component in components:
        custom_id = getattr(component, "custom_id", None)
        if custom_id:
            yield custom_id
        accessory = getattr(component, "accessory", None)
        yield from _ids([*getattr(component, "children", ()), *([accessory] if accessory is not None else [])])
