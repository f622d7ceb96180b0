"""From an answer to what Discord shows: at once or deferred, private or public, in as many messages as it takes."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

import discord

from adapters.discord.limits import THREAD_NAME_MAX
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


@dataclass(frozen=True, slots=True)
class Answering:
    """Sends answers to interactions."""

    asks: Asks
    under_way: set[asyncio.Task[Any]] = field(default_factory=set)

    async def send(self, interaction: Interaction, space: str, answer: "asyncio.Task[Message]", *, in_place: bool = False) -> None:
        """Show the answer once it is there; where it takes longer than `PATIENCE`, say first that it is coming.

        Args:
            in_place: a private answer may take the place of the message that was pressed.
        """
        task = asyncio.current_task()
        assert task is not None
        self.under_way.add(task)
        try:
            ready = asyncio.create_task(self._ready(space, answer))
            done, _ = await asyncio.wait({ready}, timeout=PATIENCE)
            if not done:
                await interaction.response.defer(ephemeral=True, thinking=not in_place)
            message, views = await ready
            # What is no answer ("You ask faster than …") must not cost the reader the page that was pressed.
            await self._show(interaction, message, views, in_place=in_place and message.outcome is Outcome.ANSWER)
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

    async def _show(self, interaction: Interaction, message: Message, views: Views, *, in_place: bool) -> None:
        if message.only_asker:
            await _first(interaction, views[0], in_place=in_place and len(views) == 1)
            rest = views[1:]
        elif message.in_thread:
            await self._in_thread(interaction, message, views)
            return
        elif interaction.response.is_done():
            # What was deferred in private stays private; what is for everyone is a message of its own behind it.
            await _first(interaction, render(SHARED), in_place=in_place)
            rest = views
        else:
            await interaction.response.send_message(view=views[0], allowed_mentions=NOBODY)
            rest = views[1:]
        await _behind(interaction, rest, private=message.only_asker)

    async def _ready(self, space: str, answer: "asyncio.Task[Message]") -> tuple[Message, Views]:
        """The answer, and how it is shown: as one of Discord's messages, or as several where it does not fit in one."""
        message = await answer
        shorts = await self.asks.keep_all(space, long) if (long := too_long(message)) else {}
        try:
            return message, [render(message, shorts=shorts)]
        except DoesNotFit:
            return message, [render(part, shorts=shorts) for part in split(message, fits)]

    async def _in_thread(self, interaction: Interaction, message: Message, views: Views) -> None:
        """The headline for everyone, and the rest below it in a thread; where no thread can be made, below it all the same."""
        headline = headline_of(message)
        if interaction.response.is_done():
            await _first(interaction, render(SHARED), in_place=False)
            posted: Any = await interaction.followup.send(view=render(headline), allowed_mentions=NOBODY, wait=True)
        else:
            await interaction.response.send_message(view=render(headline), allowed_mentions=NOBODY)
            posted = await interaction.original_response()
        there = 0
        try:
            thread = await posted.create_thread(name=shortened(title_of(message), THREAD_NAME_MAX))
            for view in views:
                await thread.send(view=view, allowed_mentions=NOBODY, silent=True)
                there += 1
        except (discord.HTTPException, ValueError, TypeError) as error:  # no right to, or a place that has no threads
            log.info("what was shared could not be put into a thread: %s", type(error).__name__)
            await _behind(interaction, views[there:], private=False)


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


async def _behind(interaction: Interaction, views: Views, *, private: bool) -> None:
    for view in views:
        await interaction.followup.send(view=view, ephemeral=private, allowed_mentions=NOBODY)
