"""From an answer to what Discord shows: at once or deferred, private or public, in as many messages as it takes."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

import discord

from adapters.discord.limits import THREAD_NAME_MAX
from adapters.discord.looking import receipt, receipt_of
from adapters.discord.presses import too_long
from adapters.discord.render import DoesNotFit, fits, render
from briefs.errors import BriefsError
from briefs.message import Message, Outcome, Prose, title_of, words
from briefs.message.split import split
from briefs.message.tear import shortened
from briefs.pages.problem import fault_page, reader_page
from briefs.pages.shared import headline_of
from briefs.ports import Asks

PATIENCE: Final = 1.0  # seconds an answer may take before the reader is told to wait; Discord gives up after three
ENDS_WITHIN: Final = 2.5  # seconds that what is being answered has when the bot stops
TOO_LATE: Final = 10062  # the interaction is unknown: we came too late, or it was answered elsewhere
ANSWERED: Final = 40060
NOBODY: Final = discord.AllowedMentions.none()
SHARED: Final = Message("Shared.", (Prose(words("Shared.")),))

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]
Views = Sequence[discord.ui.LayoutView]
Posts = list[tuple[Message, str]]  # what was shown to everyone, each part with its receipt
# Told of what was shown to everyone: the whole answer, its posts, and since when it was on its way.
Remember = Callable[[Interaction, Message, Posts, datetime], Awaitable[None]]


async def _forget(interaction: Interaction, answer: Message, posts: Posts, asked: datetime) -> None:
    """Remember nothing."""


@dataclass(frozen=True, slots=True)
class Answering:
    """Sends answers to interactions."""

    asks: Asks
    remember: Remember = _forget
    under_way: set[asyncio.Task[Any]] = field(default_factory=set)

    async def send(self, interaction: Interaction, space: str, answer: "asyncio.Task[Message]", *, in_place: bool = False) -> None:
        """Show the answer once it is there; where it takes longer than `PATIENCE`, say first that it is coming.

        Args:
            in_place: a private answer may take the place of the message that was pressed.
        """
        task, asked = asyncio.current_task(), discord.utils.utcnow()
        assert task is not None
        self.under_way.add(task)
        try:
            ready = asyncio.create_task(self._ready(space, answer))
            done, _ = await asyncio.wait({ready}, timeout=PATIENCE)
            if not done:
                await interaction.response.defer(ephemeral=True, thinking=not in_place)
            message, parts, views = await ready
            # What is no answer ("You ask faster than …") must not cost the reader the page that was pressed.
            in_place = in_place and message.outcome is Outcome.ANSWER
            if message.only_asker:
                await self._show(interaction, views, in_place=in_place)
                return
            posts = await self._show_everyone(interaction, message, parts, views, in_place=in_place)
            await self.remember(interaction, message, posts, asked)
        except Exception as error:  # noqa: BLE001 whatever happened, the reader is told
            await self.failed(interaction, error)
        finally:
            self.under_way.discard(task)

    async def finish(self) -> None:
        """Wait until what is being answered is; what takes longer than `ENDS_WITHIN` is left."""
        if self.under_way:
            await asyncio.wait(tuple(self.under_way), timeout=ENDS_WITHIN)

    async def failed(self, interaction: Interaction, error: Exception) -> None:
        """Tell the reader, in private, why there is no answer: what was foreseen says it itself, a fault has its number."""
        if isinstance(error, discord.HTTPException) and error.code in {TOO_LATE, ANSWERED}:
            log.warning("an answer came too late for Discord (code %s)", error.code)
            return
        if isinstance(error, BriefsError):
            log.warning("%s", error)
            page = reader_page(error)
        else:
            number = uuid4().hex[:6]
            log.error("fault %s while answering on Discord", number, exc_info=error)
            page = fault_page(number)
        try:
            await _first(interaction, render(page), in_place=False)
        except discord.HTTPException:
            log.warning("the reader could not be told: %s", page.summary)

    async def _show(self, interaction: Interaction, views: Views, *, in_place: bool) -> None:
        await _first(interaction, views[0], in_place=in_place and len(views) == 1)
        await _behind(interaction, views[1:], private=True)

    async def _show_everyone(
        self, interaction: Interaction, message: Message, parts: Sequence[Message], views: Views, *, in_place: bool
    ) -> Posts:
        """Show it to everyone, and what it was posted as."""
        if message.in_thread:
            return await self._in_thread(interaction, message, parts, views)
        posted: list[int] = []
        if interaction.response.is_done():
            # What was deferred in private stays private; what is for everyone is a message of its own behind it.
            await _first(interaction, render(SHARED), in_place=in_place)
        else:
            posted.append(await _first_for_everyone(interaction, views[0]))
        posted += await _behind(interaction, views[len(posted) :], private=False)
        return list(zip(parts, _receipts(interaction, posted), strict=True))

    async def _ready(self, space: str, answer: "asyncio.Task[Message]") -> tuple[Message, Sequence[Message], Views]:
        """The answer, and how it is shown: as one of Discord's messages, or as several where it does not fit in one."""
        message = await answer
        shorts = await self.asks.keep_all(space, long) if (long := too_long(message)) else {}
        try:
            return message, [message], [render(message, shorts=shorts)]
        except DoesNotFit:
            parts = split(message, fits)
            return message, parts, [render(part, shorts=shorts) for part in parts]

    async def _in_thread(self, interaction: Interaction, message: Message, parts: Sequence[Message], views: Views) -> Posts:
        """The headline for everyone, and the rest below it in a thread; where no thread can be made, below it all the same."""
        headline = headline_of(message)
        if interaction.response.is_done():
            await _first(interaction, render(SHARED), in_place=False)
            posted: Any = await interaction.followup.send(view=render(headline), allowed_mentions=NOBODY, wait=True)
        else:
            await interaction.response.send_message(view=render(headline), allowed_mentions=NOBODY)
            posted = await interaction.original_response()
        receipts = _receipts(interaction, [posted.id])
        try:
            thread = await posted.create_thread(name=shortened(title_of(message), THREAD_NAME_MAX))
            for view in views:
                receipts.append(receipt(await thread.send(view=view, allowed_mentions=NOBODY, silent=True)))
        except (discord.HTTPException, ValueError, TypeError) as error:  # no right to, or a place that has no threads
            log.info("what was shared could not be put into a thread: %s", type(error).__name__)
            receipts += _receipts(interaction, await _behind(interaction, views[len(receipts) - 1 :], private=False))
        return list(zip((headline, *parts), receipts, strict=True))


def _receipts(interaction: Interaction, messages: Sequence[int]) -> list[str]:
    """The receipts of messages that an interaction was answered with; empty where the bot can never change them.

    It answers wherever somebody asks it, and changes what it posted only where it is itself, and may read.
    """
    may = interaction.app_permissions
    within = interaction.guild_id is not None and interaction.client.get_guild(interaction.guild_id) is not None
    reached = within and may.view_channel and may.read_message_history
    return [receipt_of(interaction.channel_id or 0, message) if reached and message else "" for message in messages]


async def _first(interaction: Interaction, view: discord.ui.LayoutView, *, in_place: bool) -> None:
    """The answer itself, for the asker alone."""
    kind = discord.InteractionResponseType
    match interaction.response.type:
        case None if in_place:
            await interaction.response.edit_message(view=view, allowed_mentions=NOBODY)
        case None:
            await interaction.response.send_message(view=view, ephemeral=True, allowed_mentions=NOBODY)
        case kind.deferred_channel_message:
            await interaction.edit_original_response(view=view, allowed_mentions=NOBODY)
        case kind.deferred_message_update if in_place:
            await interaction.edit_original_response(view=view, allowed_mentions=NOBODY)
        case _:  # the original is the page that was pressed, or stands there for everyone: it stays as it is
            await _behind(interaction, (view,), private=True)


async def _first_for_everyone(interaction: Interaction, view: discord.ui.LayoutView) -> int:
    """The answer itself, for everyone; the message's id, 0 where Discord does not say it."""
    made = await interaction.response.send_message(view=view, allowed_mentions=NOBODY)
    return made.message_id or 0


async def _behind(interaction: Interaction, views: Views, *, private: bool) -> list[int]:
    """What comes behind the answer; the ids of the messages."""
    made: list[int] = []
    for view in views:
        posted: Any = await interaction.followup.send(view=view, ephemeral=private, allowed_mentions=NOBODY, wait=True)
        made.append(posted.id)
    return made
