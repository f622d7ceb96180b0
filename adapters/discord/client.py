"""The bot's connection: what comes in is answered, what happens to a server is heard, reconnecting starts nothing twice."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

import discord
from discord import app_commands

from adapters.discord.answering import Answering, Posts
from adapters.discord.files import FILE_MAX, fetch, uploaded
from adapters.discord.forms import modal
from adapters.discord.inbound import asker_of, form_values, space_of
from adapters.discord.mount import mount
from adapters.discord.presses import Pressed, is_menu, press_id, pressed, too_long
from adapters.discord.sync import sync
from briefs.commands.answer import Commands, Fetch
from briefs.commands.ask import Ask, Asker
from briefs.commands.complete import complete_option
from briefs.commands.form import Form, form_for, form_of
from briefs.commands.registry import Command, Option, Suggestion
from briefs.digest import Again, Place, Refused
from briefs.errors import BriefsError
from briefs.message import Button, Buttons, Message, Outcome, Prose, words
from briefs.pages.shared import with_presses
from briefs.ports import Publisher, Storage

ADDED_LATELY: Final = timedelta(days=1)  # a hello later than that is no hello
HELLO_TRIES: Final = 3  # channels; where all of them refuse, it stays unsaid
OUT_OF_DATE: Final = "That button is out of date. Type /brief, or /standfirst help."
COMMAND_CHANGED: Final = "That command has changed since Discord last heard of it. Type /standfirst help; it is brought up to date soon."
# What discord.py says of a command that Discord knows otherwise than we do.
CHANGED: Final = (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch, app_commands.TransformerError)
CHANNEL_GONE: Final = "The channel was deleted; ask for a digest in another one with /digest subscribe."

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]


class Client(discord.AutoShardedClient):
    """One bot on Discord. It needs no privileged intent: it reads its own commands and presses, and hears of servers.

    Args:
        publisher: posts the hello.
        file_max: bytes of a file that is attached.
    """

    def __init__(self, commands: Commands, storage: Storage, publisher: Publisher | None = None, *, file_max: int = FILE_MAX) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        self.commands = commands
        self.storage = storage
        self.publisher = publisher
        self.file_max = file_max
        self.answering = Answering(storage.asks, self._remember)
        self.tree = Tree(self)
        for command in mount(commands.catalogue, self._asked, self._completed):
            self.tree.add_command(command)
        self._connected: bool | None = None  # None: not yet

    @property
    def connected(self) -> bool:
        """Whether Discord is connected now."""
        return self._connected is True and not self.is_closed()

    async def setup_hook(self) -> None:
        """Once, before the first connection: let Discord know the commands where they changed."""
        try:
            await sync(self.tree, self.storage.spaces)
        except BriefsError as error:
            log.warning("%s", error)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Presses, picks and forms; commands go through the tree."""
        try:
            if interaction.type is discord.InteractionType.component:
                await self._pressed(interaction)
            elif interaction.type is discord.InteractionType.modal_submit:
                await self._submitted(interaction)
        except Exception as error:  # noqa: BLE001 whatever happened, whoever pressed is told
            await self.answering.failed(interaction, error)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Say hello, once, where people will see it and we may write."""
        space = space_of(guild.id, None)
        channels = _sensible(guild)
        if not channels or self.publisher is None:
            return
        if hello := await self.commands.desk.join.joined(space):
            for channel in channels:  # what the rights say is not all: a channel may still refuse
                posted = await self.publisher.publish(Place(space, str(channel.id)), hello, f"hello:{space}")
                if not isinstance(posted, Refused | Again):
                    return

    async def on_ready(self) -> None:
        """Say hello where we were added while nobody was at home; a connection made anew says nothing twice."""
        lately = discord.utils.utcnow() - ADDED_LATELY
        for guild in self.guilds:
            if guild.me is not None and guild.me.joined_at is not None and guild.me.joined_at > lately:
                await self.on_guild_join(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Removed from a server: its digests rest."""
        await self.commands.desk.join.left(space_of(guild.id, None), self.commands.desk.now())

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel is gone: its digests rest, and whoever asked for them hears of it."""
        await self._lost(channel.guild.id, channel.id)

    async def on_raw_thread_delete(self, thread: discord.RawThreadDeleteEvent) -> None:
        """A thread or forum post is gone, known to us before or not: as with a channel."""
        await self._lost(thread.guild_id, thread.thread_id)

    async def on_disconnect(self) -> None:
        """Say once that the connection is lost; discord.py goes on trying by itself."""
        if self._connected is not False and not self.is_closed():
            log.warning("The connection to Discord was lost. It is tried again until it is back; digests wait meanwhile.")
        self._connected = False

    async def on_connect(self) -> None:
        """The connection is there, for the first time or again."""
        self._connected = True

    async def on_resumed(self) -> None:
        """The connection is back."""
        self._connected = True

    async def _remember(self, interaction: Interaction, answer: Message, posts: Posts, asked: datetime) -> None:
        """Note what somebody shared, so that what is corrected is put right there, too."""
        place = Place(space_of(interaction.guild_id, interaction.channel_id), str(interaction.channel_id))
        await self.commands.desk.sharing.posts.remember(place, str(interaction.user.id), answer, posts, asked)

    async def _lost(self, guild: int, channel: int) -> None:
        desk = self.commands.desk
        await desk.deliver.lost(Place(space_of(guild, None), str(channel)), CHANNEL_GONE)

    async def _asked(self, interaction: Interaction, command: Command, options: Mapping[str, str], file: discord.Attachment | None) -> None:
        asker = asker_of(interaction, self.commands.rights)
        form = form_for(command, options)
        if form is not None and _is_for(form, asker):
            await self._ask_for_more(interaction, form, asker)
            return
        answer = asyncio.create_task(self.commands.answer(Ask(asker, command.name, options), self._fetch(file)))
        await self.answering.send(interaction, asker.space, answer)

    async def _completed(self, interaction: Interaction, command: Command, option: Option, typed: str) -> Sequence[Suggestion]:
        return await complete_option(self.commands, command, option, typed, asker_of(interaction, self.commands.rights))

    async def _pressed(self, interaction: Interaction) -> None:
        data: Any = interaction.data or {}
        custom_id = str(data.get("custom_id", ""))
        found = pressed(str((data.get("values") or [""])[0]) if is_menu(custom_id) else custom_id)
        asker = asker_of(interaction, self.commands.rights)
        line = await self._line_of(found, asker)
        if found is None or not line:
            await self.answering.send(interaction, asker.space, _at_once(_told(OUT_OF_DATE)))
            return
        form = form_of(line, self.commands.catalogue)
        if form is not None and _is_for(form, asker):
            await self._ask_for_more(interaction, form, asker)
            return
        ours = interaction.message is not None and interaction.message.flags.ephemeral
        answer = asyncio.create_task(self.commands.answer_line(line, asker))
        await self.answering.send(interaction, asker.space, answer, in_place=found.turns and ours)

    async def _line_of(self, found: Pressed | None, asker: Asker) -> str:
        """The command line behind a press or a form; empty where it is not ours, or kept no more."""
        if found is None:
            return ""
        return found.line or await self.storage.asks.recall(asker.space, found.short) or ""

    async def _ask_for_more(self, interaction: Interaction, form: Form, asker: Asker) -> None:
        asks = Button("", form.line)
        long = too_long(Message("", (Buttons((asks,)),)))
        shorts = await self.storage.asks.keep_all(asker.space, long) if long else {}
        await interaction.response.send_modal(modal(form, press_id(0, asks.command, shorts), asker))

    async def _submitted(self, interaction: Interaction) -> None:
        data: Any = interaction.data or {}
        asker = asker_of(interaction, self.commands.rights)
        line = await self._line_of(pressed(str(data.get("custom_id", ""))), asker)
        form = form_of(line, self.commands.catalogue) if line else None
        if form is None:
            await self.answering.send(interaction, asker.space, _at_once(_told(OUT_OF_DATE)))
            return
        values = form_values(interaction)
        file = uploaded(interaction, form.command.file.name) if form.command.file is not None else None
        if form.command.file is not None:
            values[form.command.file.name] = file.filename if file is not None else ""
        await self.answering.send(interaction, asker.space, asyncio.create_task(self._answer_form(form, values, file, asker)))

    async def _answer_form(self, form: Form, values: Mapping[str, str], file: discord.Attachment | None, asker: Asker) -> Message:
        """The answer to a form; where something in it was not understood, with a press that opens it again as it was."""
        answer = await self.commands.answer(Ask(asker, form.command.name, form.filled(values)), self._fetch(file))
        return with_presses(answer, Button("Fill it in again", form.reopened(values))) if answer.outcome is Outcome.BAD_INPUT else answer

    def _fetch(self, file: discord.Attachment | None) -> Fetch | None:
        return partial(fetch, file, self.file_max) if file is not None else None


class Tree(app_commands.CommandTree[Client]):
    """The commands; what Discord sends that we do not know is answered, never dropped."""

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """A command that was renamed or changed since Discord was told of it; all else is a fault."""
        if interaction.type is discord.InteractionType.autocomplete:
            log.warning("nothing could be offered: %s", error)
        elif isinstance(error, CHANGED):
            log.warning("a command could not be answered: %s", error)
            space = space_of(interaction.guild_id, interaction.channel_id)
            await self.client.answering.send(interaction, space, _at_once(_told(COMMAND_CHANGED)))
        else:
            fault = error.original if isinstance(error, app_commands.CommandInvokeError) else error
            await self.client.answering.failed(interaction, fault)


def _is_for(form: Form, asker: Asker) -> bool:
    return form.command.who is None or form.command.who in asker.roles


def _told(text: str) -> Message:
    return Message(text, (Prose(words(text)),))


def _at_once(message: Message) -> "asyncio.Task[Message]":
    async def answer() -> Message:
        return message

    return asyncio.create_task(answer())


def _sensible(guild: discord.Guild) -> list[discord.TextChannel]:
    """Channels for a hello, the one for system messages first, then from the top: those where we may write, at most three."""
    candidates = dict.fromkeys([*([guild.system_channel] if guild.system_channel else []), *guild.text_channels])
    ours = ((channel, channel.permissions_for(guild.me)) for channel in candidates)
    return [channel for channel, may in ours if may.view_channel and may.send_messages][:HELLO_TRIES]
