"""The example's chat: who may in, what is typed, what is posted."""

import asyncio
import hmac
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from typing import Final

from adapters.example.render import render
from briefs.commands.answer import Commands
from briefs.commands.ask import Asker, Role
from briefs.digest import Place, Refused, Sent
from briefs.errors import BadInput
from briefs.message import Message
from briefs.ports import Absent

LINE_MAX: Final = 4_096  # bytes; whoever sends more without a line end is let go
BEHIND_MAX: Final = 1_000_000  # bytes unread by a client, after which it is let go
WELCOME: Final = "You are in. Try /brief, or /standfirst help.\n"
PATIENCE: Final = 10  # seconds to send the token
SPOKEN: Final = Refused("What went out over a line of text cannot be changed any more.")


class ExampleChat:
    """One room on 127.0.0.1, and its `Publisher`; see the port. The room, and what was posted there, end with the process.

    Args:
        token: what a client says first; never empty.
        port: 0: any that is free, `port` then tells which.
    """

    def __init__(self, token: str, port: int) -> None:
        if not token:
            raise ValueError("the example adapter needs a token")
        self.port = port
        self._token = token.encode()
        self._clients: set[asyncio.StreamWriter] = set()
        self._posted: dict[tuple[Place, str], Sent] = {}

    @property
    def connected(self) -> bool:
        """See `Platform`: whoever wants to be connected knocks."""
        return True

    @property
    def at_once(self) -> int:
        """See the port."""
        return 100

    async def publish(self, channel: Place, message: Message, key: str) -> Sent:
        """See the port."""
        self._posted[channel, key] = sent = Sent(f"example:{len(self._posted) + 1}")
        for client in tuple(self._clients):
            self._write(client, render(message))
        return sent

    async def find(self, channel: Place, key: str) -> Sent | Absent:
        """See the port."""
        return self._posted.get((channel, key), Absent.ABSENT)

    async def edit(self, channel: Place, receipt: str, message: Message) -> Refused:  # noqa: ARG002 see the port
        """See the port: text that was read is read."""
        return SPOKEN

    async def direct(self, person: str) -> None:
        """See the port: there is one room."""

    def address(self, channel: Place, receipt: str) -> str:  # noqa: ARG002 see the port
        """See the port: a socket has no page."""
        return ""

    def split(self, message: Message) -> tuple[Message, ...]:
        """See the port: a line may be as long as it likes."""
        return (message,)

    async def tell(self, space: str, user: str, message: Message) -> bool:  # noqa: ARG002 see the port
        """See the port: there is one room, and nobody in it has a name."""
        return False

    @asynccontextmanager
    async def serve(self, commands: Commands) -> AsyncIterator[Awaitable[None]]:
        """Let clients in for as long as the context lasts."""

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            # A client that sends too long a line (ValueError), is silent too long, or goes away is simply let go.
            with suppress(ValueError, OSError, asyncio.IncompleteReadError):
                await self._talk(commands, reader, writer)
            self._clients.discard(writer)
            writer.close()

        try:
            server = await asyncio.start_server(talk, "127.0.0.1", self.port, limit=LINE_MAX)
        except OSError as error:
            raise BadInput(f"Port {self.port} on 127.0.0.1 cannot be used. Choose another: STANDFIRST_EXAMPLE__PORT.") from error
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield asyncio.get_running_loop().create_future()  # a socket of our own never ends by itself
        finally:
            server.close()
            for client in tuple(self._clients):
                client.close()

    async def _talk(self, commands: Commands, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        said = await asyncio.wait_for(reader.readline(), PATIENCE)
        if not hmac.compare_digest(said.strip(), self._token):
            self._write(writer, "That is not the token.\n")
            return
        self._clients.add(writer)
        self._write(writer, WELCOME)
        asker = Asker("example", "room", "guest", frozenset({Role.MANAGER}))  # whoever knows the token
        while raw := await reader.readline():
            if line := raw.decode("utf-8", errors="replace").strip():
                self._write(writer, render(await commands.answer_line(line, asker)))
                await writer.drain()

    def _write(self, client: asyncio.StreamWriter, text: str) -> None:
        client.write(text.encode())
        if client.transport.get_write_buffer_size() > BEHIND_MAX:
            client.transport.abort()
