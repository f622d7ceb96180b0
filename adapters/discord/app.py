"""Discord as a platform: connected for as long as it is served."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from typing import Final

import aiohttp
import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord.client import Client
from adapters.discord.files import FILE_MAX
from adapters.discord.publisher import DiscordPublisher
from adapters.discord.sync import sync
from briefs.commands.answer import Commands
from briefs.digest import Again, Later, Place, Refused, Sent, Unknown
from briefs.errors import BadInput
from briefs.message import Message
from briefs.ports import Absent, Storage

NOT_TAKEN: Final = "Discord does not take STANDFIRST_DISCORD__TOKEN. Copy it anew from your application's page, under Bot, Reset Token."
# Voice is nothing of ours: what it lacks is no news to whoever runs the bot.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False

CLOSE_SECONDS: Final = 1.5  # for the connection to be closed when the bot stops
UNREACHABLE: Final = "Discord cannot be reached. Look whether this machine is online{also}, then start the bot again."
# Close codes after which Discord will not have us back (topics/opcodes-and-status-codes).
ENDED: Final = {
    4004: NOT_TAKEN,
    4010: "Discord ended the connection: the shards are set wrongly. Start the bot again.",
    4011: "Discord ended the connection: the bot is in so many servers that it needs more shards. Start it again.",
    4012: "Discord ended the connection: this version of discord.py is too old. Upgrade it.",
    4013: "Discord ended the connection: it does not know an intent. This is a fault of ours; please report it.",
    4014: "Discord ended the connection: an intent is not allowed. This is a fault of ours, since none is privileged; please report it.",
}


class Discord:
    """The bot on Discord; see the port `Publisher`, and `Platform`."""

    def __init__(self, token: str, storage: Storage, api_url: str = "", *, file_max: int = FILE_MAX) -> None:
        self._token, self._file_max = token, file_max
        self._storage = storage
        self._publisher: DiscordPublisher | None = None
        self._client: Client | None = None
        self._own_address = bool(api_url)
        if api_url:
            Route.BASE = api_url.rstrip("/")

    @property
    def connected(self) -> bool:
        """See `Platform`."""
        return self._client is not None and self._client.connected

    @property
    def at_once(self) -> int:
        """See the port."""
        return self._posting.at_once

    async def publish(self, channel: Place, message: Message, key: str) -> Sent | Refused | Again | Unknown:
        """See the port."""
        return await self._posting.publish(channel, message, key)

    async def find(self, channel: Place, key: str) -> Sent | Absent | Later:
        """See the port."""
        return await self._posting.find(channel, key)

    async def edit(self, channel: Place, receipt: str, message: Message) -> Sent | Refused | Again:
        """See the port."""
        return await self._posting.edit(channel, receipt, message)

    async def direct(self, person: str) -> Place | None:
        """See the port."""
        return await self._posting.direct(person)

    def address(self, channel: Place, receipt: str) -> str:
        """See the port."""
        return DiscordPublisher.address(channel, receipt)

    def split(self, message: Message) -> tuple[Message, ...]:
        """See the port."""
        return DiscordPublisher.split(message)

    async def tell(self, space: str, user: str, message: Message) -> bool:
        """See the port."""
        return await self._posting.tell(space, user, message)

    @asynccontextmanager
    async def serve(self, commands: Commands) -> AsyncIterator[Awaitable[None]]:
        """Log in, and stay connected; what is given ends, with a sentence, when Discord will not have us any more.

        Raises:
            BadInput: the token is not taken, or Discord cannot be reached.
        """
        for name in ("discord.client", "discord.shard"):
            logging.getLogger(name).addFilter(_told_by_us)
        self._client = client = Client(commands, self._storage, file_max=self._file_max)
        self._publisher = client.publisher = DiscordPublisher(client, self._storage.asks)
        await log_in(client, self._token, own_address=self._own_address)
        if self._own_address:
            # discord.py connects again to Discord's own gateway, whatever it was told at first.
            address = (await client.http.get_bot_gateway())[1]
            DiscordWebSocket.DEFAULT_GATEWAY = type(DiscordWebSocket.DEFAULT_GATEWAY)(address)
        connection = asyncio.create_task(_connect(client))
        try:
            yield connection
        finally:
            await client.answering.finish()
            # discord.py waits half a minute for Discord to say good-bye.
            with suppress(TimeoutError):
                async with asyncio.timeout(CLOSE_SECONDS):
                    await client.close()
            connection.cancel()
            await asyncio.gather(connection, client.http.close(), return_exceptions=True)

    async def sync(self, commands: Commands, *, force: bool) -> bool:
        """Log in, tell Discord the commands where they changed, and leave; whether it was told.

        Raises:
            BadInput: the token is not taken, Discord cannot be reached, or it will not have the commands.
        """
        client = Client(commands, self._storage)
        client.setup_hook = _nothing  # type: ignore[method-assign]  # telling is what we came for, with its outcome
        await log_in(client, self._token, own_address=self._own_address)
        try:
            return await sync(client.tree, self._storage.spaces, force=force)
        finally:
            await client.close()

    @property
    def _posting(self) -> DiscordPublisher:
        if self._publisher is None:
            raise RuntimeError("Discord is not served yet")
        return self._publisher


def _told_by_us(record: logging.LogRecord) -> bool:
    """Whether a line of discord.py's is let through: each try to connect again is a traceback, and the client says it once."""
    return not str(record.msg).startswith(("Attempting a reconnect", "Failed to connect for shard_id"))


async def log_in(client: discord.Client, token: str, *, own_address: bool = False) -> None:
    """Log in.

    Args:
        own_address: the API's address was set; it may be what is wrong.

    Raises:
        BadInput: the token is not taken, or Discord cannot be reached.
    """
    try:
        await client.login(token)
    except discord.LoginFailure:
        await client.close()
        raise BadInput(NOT_TAKEN) from None
    except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
        await client.close()
        raise BadInput(UNREACHABLE.format(also=" and STANDFIRST_DISCORD__API_URL right" if own_address else "")) from error


async def _connect(client: discord.Client) -> None:
    try:
        await client.connect(reconnect=True)
    except discord.ConnectionClosed as error:
        raise BadInput(ENDED.get(error.code or 0, f"Discord ended the connection (code {error.code}). Start the bot again.")) from error
    except discord.PrivilegedIntentsRequired as error:
        raise BadInput(ENDED[4014]) from error


async def _nothing() -> None:
    """Instead of the set-up."""
