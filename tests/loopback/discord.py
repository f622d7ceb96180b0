"""A Discord of our own on 127.0.0.1: `python -m tests.loopback.discord` prints its port and runs until SIGTERM.

It speaks enough of Discord's API for the real discord.py with `discord.http.Route.BASE` pointed at <it>/api/v10, and its
gateway's address is what GET /gateway/bot says. It is as strict as Discord is where that is documented, and it can be told
to fail in every way that has been seen; see `discord_control`.
"""

import argparse
import asyncio
import json
import signal
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.loopback.discord_control import Control
from tests.loopback.discord_faults import Fault, Faults, Limits
from tests.loopback.discord_gateway import Gateway
from tests.loopback.discord_hooks import Hooks
from tests.loopback.discord_hostile import fault_of
from tests.loopback.discord_rest import Given, Rest
from tests.loopback.discord_world import Bot, DiscordSays, World
from tests.loopback.trace import Trace

API = "/api/v10"
BODY_MAX = 26_214_400  # bytes: 25 MiB (docs: reference, uploading files)
JSON = "application/json"  # without a charset: discord.py reads nothing else as JSON
MAJOR = ("channel", "guild", "hook")  # what a bucket is counted by besides its route (docs: topics/rate-limits)


class Loopback:
    """The server's parts and its doors: the API, the gateway, and the control routes beside them."""

    def __init__(self, journal: Path | None = None, trace: Path | None = None) -> None:
        self.world, self.faults, self.limits, self.trace = World(journal), Faults(), Limits(), Trace(trace)
        self.gateway, self.hooks, self.rest = Gateway(self.world), Hooks(self.world), Rest(self.world)
        self.control = Control(self.world, self.faults, self.limits, self.gateway, self.hooks, self.trace)
        self._apart: set[asyncio.Task[Any]] = set()

    def app(self) -> web.Application:
        """The application to serve."""
        app = web.Application(client_max_size=BODY_MAX)
        app.add_routes([web.route(method, API + path, self._bots(answer)) for method, path, answer in self.rest.routes])
        app.add_routes([web.route(method, API + path, self._anyones(answer)) for method, path, answer in self.hooks.routes])
        app.add_routes([web.get(f"{API}/gateway{bot}", self._bots(self._address)) for bot in ("", "/bot")])
        app.add_routes([web.get("/gateway/", self.gateway.serve), web.get("/gateway", self.gateway.serve), *self.control.routes()])
        app.on_shutdown.append(lambda _: self.gateway.end())
        return app

    async def _address(self, bot: Bot, given: Given) -> Any:
        left = {"total": 1000, "remaining": 1000 - self.gateway.identified, "reset_after": 1000, "max_concurrency": 1}
        return {"url": f"ws://{given['host']}/gateway", "shards": 1, "session_start_limit": left}

    def _bots(self, answer: Callable[[Bot, Given], Awaitable[Any]]) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """A route that a bot's token opens."""

        async def door(request: web.Request) -> web.StreamResponse:
            token = request.headers.get("Authorization", "").removeprefix("Bot ")
            bot = self.world.bots.get(token)

            async def act(given: Given) -> Any:
                if bot is None:
                    raise DiscordSays(401, 0, "401: Unauthorized")
                return await answer(bot, given)

            return await self._asked(request, bot.token if bot else "", act, bot=token)

        return door

    def _anyones(self, answer: Callable[[Given], Awaitable[Any]]) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """A route that needs no other key than its own path."""

        async def door(request: web.Request) -> web.StreamResponse:
            made = self.hooks.by_token.get(request.match_info["hook"])
            return await self._asked(request, made.bot.token if made else "", answer)

        return door

    async def _asked(
        self, request: web.Request, token: str, act: Callable[[Given], Awaitable[Any]], *, bot: str = ""
    ) -> web.StreamResponse:
        """One request, written down before anything is done with it; `bot` is whose requests are counted over all routes."""
        body = await _body(request)
        path = request.path.removeprefix(API)
        told = self.trace.asked({"at": time.time(), "token": token, "method": request.method, "path": path, "body": body, "status": 0})
        given = {"host": request.host, **request.query, **(body if isinstance(body, dict) else {"list": body}), **request.match_info}
        posts = request.method == "POST" and path.endswith("/messages")
        looks = request.method == "GET" and path.endswith("/messages")
        limits, early = self.limits.ask(_bucket(request, token), time.time(), posts=posts, bot=bot)
        kind, fault = "scripted", self.faults.take(request.method, path, token)
        if fault is None:
            kind, fault = "earned", early
        if fault is None and (blow := self.control.hostility.blow() if posts else self.control.hostility.hides() if looks else None):
            kind, fault = blow.kind, fault_of(blow)
        status, answer, headers = await self._carried_out(act, given, fault)
        told |= {"status": status, "code": answer.get("code", 0) if isinstance(answer, dict) and status >= 400 else 0}
        self.trace.answered(told, fault=fault and kind, mark=given.get("nonce"), until=time.time())
        return await _sent(request, fault.cut if fault else "", status, answer, limits | headers)

    async def _carried_out(
        self, act: Callable[[Given], Awaitable[Any]], given: Given, fault: Fault | None
    ) -> tuple[int, Any, dict[str, str]]:
        """Status, body and headers of the answer, once the request is carried out, refused or spoiled."""
        status, answer = 200, None
        if fault is not None:
            await asyncio.sleep(fault.wait)
        if fault is not None and fault.apart:
            task = asyncio.create_task(_apart(act, given, fault.apart))
            self._apart.add(task)
            task.add_done_callback(self._apart.discard)
        elif fault is None or fault.does:
            try:
                answer = await act(given)
                status = 204 if answer is None else 200
            except DiscordSays as refused:
                status, answer = refused.status, refused.body
        if fault is None:
            return status, answer, {}
        await asyncio.sleep(fault.lag)
        if fault.status or fault.body:
            return fault.status or status, fault.answer, fault.headers
        return status, answer, fault.headers


async def _apart(act: Callable[[Given], Awaitable[Any]], given: Given, seconds: float) -> None:
    await asyncio.sleep(seconds)
    with suppress(DiscordSays):
        await act(given)


def _bucket(request: web.Request, token: str) -> str:
    resource = request.match_info.route.resource
    route = f"{request.method} {resource.canonical if resource else ''}".replace(":", "")
    return f"{route}:{token}:{'/'.join(request.match_info.get(name, '') for name in MAJOR)}"


async def _body(request: web.Request) -> Any:
    raw = await request.read()
    if request.content_type == "multipart/form-data":
        form = await request.post()
        return json.loads(str(form["payload_json"]))
    return json.loads(raw) if raw else {}


async def _sent(request: web.Request, cut: str, status: int, answer: Any, headers: dict[str, str]) -> web.StreamResponse:
    plain = isinstance(answer, str)
    raw = b"" if answer is None else answer.encode() if plain else json.dumps(answer).encode()
    kind = {"Content-Type": "text/html" if plain or answer is None else JSON}
    if cut == "half":
        partial = web.StreamResponse(status=status, headers={**kind, "Content-Length": str(len(raw))})
        with suppress(ConnectionError):  # nobody may be there any more
            await partial.prepare(request)
            await partial.write(raw[: len(raw) // 2])
            await asyncio.sleep(0.01)  # an abort would throw away what is not yet written
    if cut and request.transport is not None:
        request.transport.abort()
    return web.Response(status=status, body=raw, headers={**kind, **headers})


async def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    reader = argparse.ArgumentParser(prog="python -m tests.loopback.discord")
    reader.add_argument("--journal", type=Path, help="what happened, one JSON object a line; read at the start")
    reader.add_argument("--trace", type=Path, help="what it was asked and what became of it, one JSON object a line")
    reader.add_argument("--port", type=int, default=0)
    given = reader.parse_args()
    runner = web.AppRunner(Loopback(given.journal, given.trace).app(), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", given.port)
    await site.start()
    ended = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, ended.set)
    print(runner.addresses[0][1], flush=True)
    await ended.wait()
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main())
