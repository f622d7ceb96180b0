"""Socket Mode of the loopback Slack: sockets of an app, envelopes sent down one of them, acknowledgements timed."""

import asyncio
import itertools
import json
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from aiohttp import WSMsgType, web

SOCKETS_MAX = 10  # of one app at once
LIFE = 3_600  # seconds, as `hello` tells them


@dataclass(slots=True)
class Socket:
    """One open socket; `number` counts from 1 over the life of the server."""

    number: int
    app_token: str
    ws: web.WebSocketResponse
    request: web.Request
    opened: float = field(default_factory=time.time)


class Sockets:
    """All sockets of all apps."""

    def __init__(self) -> None:
        self._tickets: dict[str, str] = {}
        self._open: list[Socket] = []
        self._waiting: dict[str, asyncio.Future[tuple[dict[str, Any], float]]] = {}
        self._numbers, self._turns = itertools.count(1), itertools.count()
        self.connections = 0

    def ticket(self, app_token: str) -> str:
        """The path and query of a new socket's url; it opens one socket, once."""
        ticket = uuid4().hex
        self._tickets[ticket] = app_token
        return f"/socket?ticket={ticket}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Hold one socket open: hello, acknowledgements, until it closes."""
        app_token = self._tickets.pop(request.query.get("ticket", ""), None)
        if app_token is None:
            return web.Response(status=403)
        ws = web.WebSocketResponse(autoping=True)
        await ws.prepare(request)
        if len(self._of(app_token)) >= SOCKETS_MAX:
            await ws.send_json({"type": "disconnect", "reason": "too_many_websockets", "debug_info": {"host": "loopback"}})
            await ws.close()
            return ws
        socket = Socket(next(self._numbers), app_token, ws, request)
        self._open.append(socket)
        self.connections += 1
        try:
            debug = {"host": "loopback", "approximate_connection_time": LIFE}
            hello = {"type": "hello", "num_connections": len(self._of(app_token)), "debug_info": debug, "connection_info": {"app_id": "A1"}}
            await ws.send_json(hello)
            async for message in ws:
                if message.type is WSMsgType.TEXT:
                    self._acked(json.loads(message.data))
        finally:
            self._open.remove(socket)
        return ws

    async def push(self, app_token: str, envelope: dict[str, Any], patience: float, number: int = 0) -> dict[str, Any]:
        """Send an envelope down one of the app's sockets and wait for its acknowledgement.

        Returns:
            sent: False where no socket is open; acked, latency_ms and payload: of the acknowledgement; socket: its number.
        """
        sockets = [socket for socket in self._of(app_token) if number in {0, socket.number}]
        if not sockets:
            return {"sent": False, "acked": False}
        socket = sockets[next(self._turns) % len(sockets)]
        told = {"sent": True, "socket": socket.number, "envelope_id": envelope["envelope_id"]}
        waiting = self._waiting[envelope["envelope_id"]] = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        try:
            await socket.ws.send_json(envelope)
            answer, at = await asyncio.wait_for(waiting, patience)
        except (TimeoutError, ConnectionError):
            return {**told, "acked": False}
        finally:
            self._waiting.pop(envelope["envelope_id"], None)
        return {**told, "acked": True, "latency_ms": (at - began) * 1_000, "payload": answer.get("payload")}

    async def disconnect(self, app_token: str, reason: str, number: int = 0) -> int:
        """Tell sockets to go; how many were told. They close themselves, as Slack's clients do."""
        told = [socket for socket in self._of(app_token) if number in {0, socket.number}]
        for socket in told:
            await socket.ws.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "loopback"}})
        return len(told)

    def cut(self, app_token: str, number: int = 0) -> int:
        """Cut sockets without a word; how many."""
        cut = [socket for socket in self._of(app_token) if number in {0, socket.number}]
        for socket in cut:
            if socket.request.transport is not None:
                socket.request.transport.abort()
        return len(cut)

    async def close(self) -> None:
        """Close every socket."""
        for socket in tuple(self._open):
            await socket.ws.close()

    def seen(self) -> list[dict[str, Any]]:
        """The sockets that are open."""
        return [{"number": socket.number, "app_token": socket.app_token, "opened": socket.opened} for socket in self._open]

    def _of(self, app_token: str) -> list[Socket]:
        return [socket for socket in self._open if socket.app_token == app_token and not socket.ws.closed]

    def _acked(self, answer: dict[str, Any]) -> None:
        waiting = self._waiting.get(answer.get("envelope_id", ""))
        if waiting is not None and not waiting.done():
            waiting.set_result((answer, time.perf_counter()))
