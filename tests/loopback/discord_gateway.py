"""The loopback Discord's gateway: identify, resume, heartbeats, and whatever is pushed through it."""

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from aiohttp import WSMsgType, web

from tests.loopback.discord_payloads import guild_created, user
from tests.loopback.discord_world import Bot, World

# Opcodes and close codes (docs: topics/opcodes-and-status-codes).
DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11
NOT_AUTHENTICATED, BAD_TOKEN, BAD_INTENTS = 4003, 4004, 4014
PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15  # members, presences, message content
BEAT = 41_250  # milliseconds between heartbeats


@dataclass(slots=True)
class Session:
    """One session of a bot's; what was sent is kept, so that a resumed one misses nothing."""

    id: str
    bot: Bot
    intents: int
    shard: list[int] | None
    socket: web.WebSocketResponse | None = None
    wire: asyncio.WriteTransport | None = None
    sent: list[dict[str, Any]] = field(default_factory=list)
    heartbeats: int = 0
    resumed: int = 0


class Gateway:
    """The sessions of all bots."""

    def __init__(self, world: World) -> None:
        self.sessions: list[Session] = []
        self.identified = 0
        self._world = world

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One socket, from HELLO until either side closes it."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": BEAT}})
        session: Session | None = None
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                break
            told = json.loads(frame.data)
            if told["op"] == HEARTBEAT:
                if session is not None:
                    session.heartbeats += 1
                await socket.send_json({"op": ACK})
            elif told["op"] == IDENTIFY:
                session = await self._identify(socket, request.host, told["d"])
            elif told["op"] == RESUME:
                session = await self._resume(socket, told["d"])
            elif session is None:
                await socket.close(code=NOT_AUTHENTICATED)
            if session is not None and session.socket is socket:
                session.wire = request.transport
        if session is not None and session.socket is socket:
            session.socket = None
        return socket

    async def push(self, token: str, event: str, data: Any) -> int:
        """Dispatch an event to the bot's sessions; how many are connected. Those that are not get it when they resume."""
        reached = 0
        for session in self.sessions:
            if session.bot.token == token:
                await self._dispatch(session, event, data)
                reached += session.socket is not None
        return reached

    async def close(self, token: str, code: int) -> int:
        """Close the bot's sockets with that code, or cut them where it is 0; how many there were.

        1000 and 1001 end the session as well, as a client's own closing does.
        """
        open_ones = [session for session in self.sessions if session.bot.token == token and session.socket is not None]
        for session in open_ones:
            assert session.socket is not None
            socket, session.socket = session.socket, None
            if code:
                await socket.close(code=code)
            elif session.wire is not None:
                session.wire.abort()
        return len(open_ones)

    async def reconnect(self, token: str) -> None:
        """Ask the bot to connect again."""
        for session in self.sessions:
            if session.bot.token == token and session.socket is not None:
                await session.socket.send_json({"op": RECONNECT, "d": None})

    def forget(self, token: str) -> None:
        """Let no session of the bot's be resumed."""
        self.sessions = [session for session in self.sessions if session.bot.token != token or session.socket is not None]
        for session in self.sessions:
            if session.bot.token == token:
                session.id = uuid4().hex

    def seen(self, token: str) -> list[dict[str, Any]]:
        """As a test sees them."""
        return [
            {"id": s.id, "open": s.socket is not None, "intents": s.intents, "heartbeats": s.heartbeats, "resumed": s.resumed}
            for s in self.sessions
            if s.bot.token == token
        ]

    async def end(self) -> None:
        """Close them all."""
        for session in self.sessions:
            if session.socket is not None:
                with suppress(ConnectionError, TimeoutError):
                    await asyncio.wait_for(session.socket.close(code=1001), 0.5)

    async def _identify(self, socket: web.WebSocketResponse, host: str, data: dict[str, Any]) -> Session | None:
        bot = self._world.bots.get(data["token"])
        if bot is None:
            await socket.close(code=BAD_TOKEN)
            return None
        if data["intents"] & PRIVILEGED & ~bot.privileged:
            await socket.close(code=BAD_INTENTS)
            return None
        self.identified += 1
        session = Session(uuid4().hex, bot, data["intents"], data.get("shard"), socket)
        self.sessions.append(session)
        ready: dict[str, Any] = {
            "v": 10,
            "user": user(bot.id, bot=True),
            "guilds": [{"id": guild_id, "unavailable": True} for guild_id in bot.guilds],
            "session_id": session.id,
            "resume_gateway_url": f"ws://{host}/gateway",
            "application": {"id": bot.application, "flags": 0},
        }
        await self._dispatch(session, "READY", ready | ({"shard": session.shard} if session.shard else {}))
        for guild in bot.guilds.values():
            await self._dispatch(session, "GUILD_CREATE", guild_created(self._world, bot, guild))
        return session

    async def _resume(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> Session | None:
        session = next((s for s in self.sessions if s.id == data["session_id"] and s.bot.token == data["token"]), None)
        if session is None:
            await socket.send_json({"op": INVALID, "d": False})
            return None
        session.socket, session.resumed = socket, session.resumed + 1
        for frame in session.sent[data["seq"] or 0 :]:
            await socket.send_json(frame)
        await self._dispatch(session, "RESUMED", {})
        return session

    async def _dispatch(self, session: Session, event: str, data: Any) -> None:
        frame = {"op": DISPATCH, "t": event, "s": len(session.sent) + 1, "d": data}
        session.sent.append(frame)
        if session.socket is not None and not session.socket.closed:
            await session.socket.send_json(frame)
