"""A Slack of our own on 127.0.0.1: `python -m tests.loopback.slack` prints its port and runs until SIGTERM.

It speaks enough of Slack for the real slack_sdk and slack_bolt with `base_url` pointed at <it>/api/. It is as strict as
Slack is where that is documented, and it can be told to fail in every way that has been seen; see `slack_control`.
"""

import argparse
import asyncio
import signal
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.loopback.hostility import Blow
from tests.loopback.slack_control import Control
from tests.loopback.slack_faults import Fault, Faults, Limits
from tests.loopback.slack_files import Files
from tests.loopback.slack_hostile import fault_of
from tests.loopback.slack_methods import Methods
from tests.loopback.slack_socket import Sockets
from tests.loopback.slack_triggers import Triggers
from tests.loopback.slack_world import SlackSays, Workspace, World
from tests.loopback.slack_written import unpacked
from tests.loopback.trace import Trace

BODY_MAX = 4_000_000  # bytes of a request


class Loopback:
    """The server's parts and its three doors: the Web API, the hooks, the sockets; and the control routes beside them."""

    def __init__(self, journal: Path | None = None, trace: Path | None = None) -> None:
        self.world, self.faults, self.sockets, self.trace = World(journal), Faults(), Sockets(), Trace(trace)
        self.limits: defaultdict[str, Limits] = defaultdict(Limits)
        self.triggers = Triggers(self.world)
        self.methods = Methods(self.world, self.triggers, lambda team: self.limits[team].history_most)
        self.control = Control(self.world, self.faults, self.limits, self.sockets, self.triggers, self.trace)
        self._apart: set[asyncio.Task[Any]] = set()

    def app(self) -> web.Application:
        """The application to serve."""
        app = web.Application(client_max_size=BODY_MAX)
        app.add_routes([web.post("/api/{method}", self._call), web.get("/api/{method}", self._call)])
        app.add_routes([web.post("/hooks/{name}", self._hook), web.get("/socket", self.sockets.serve)])
        app.add_routes(Files(self.world, self.trace).routes())
        app.add_routes(self.control.routes())
        app.on_shutdown.append(lambda _: self.sockets.close())
        return app

    async def _call(self, request: web.Request) -> web.StreamResponse:
        """One call of the Web API, written down before anything is done with it."""
        method, args = request.match_info["method"], await _arguments(request)
        token = _token(request, args)
        team = next((space.team for space in self.world.workspaces.values() if token in {space.token, space.app_token}), "")
        call = self.trace.asked({"at": time.time(), "method": method, "team": team, "args": args, "status": 0, "error": ""})
        channel = str(args.get("channel", ""))
        kind, fault = "scripted", self.faults.take(method, team, channel)
        if fault is None and (blow := self._blow(method)):
            kind, fault = blow.kind, fault_of(blow)
        body, status, headers = await self._answered(method, token, args, fault)
        call |= {"status": status, "error": body.get("error", "") if isinstance(body, dict) else "no JSON"}
        earned = status == 429 and fault is None
        mark = next((block.get("block_id") for block in unpacked(args.get("blocks")) or ()), None)
        self.trace.answered(call, channel=channel, fault="earned" if earned else fault and kind, mark=mark, until=time.time())
        return await _sent(request, fault.cut if fault else "", body, status, headers)

    def _blow(self, method: str) -> Blow | None:
        if method == "chat.postMessage":
            return self.control.hostility.blow()
        return self.control.hostility.hides() if method == "conversations.history" else None

    async def _answered(
        self, method: str, token: str, args: dict[str, Any], fault: Fault | None
    ) -> tuple[dict[str, Any] | str, int, dict[str, str]]:
        """Body, status and headers of the answer, once the call is carried out or refused."""
        body: dict[str, Any] | str = {"ok": True}
        if fault is not None:
            await asyncio.sleep(fault.wait)
        if fault is None or fault.does:
            try:
                if late := self._too_fast(method, token, args):
                    return {"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(late)}
                if fault is None or not fault.apart:
                    body = self._done(method, token, args)
            except SlackSays as refused:
                body = refused.body
        head = self._head(method, token, body)
        if fault is None:
            return body, 200, head
        if fault.apart:
            task = asyncio.create_task(self._done_apart(method, token, args, fault.apart))
            self._apart.add(task)
            task.add_done_callback(self._apart.discard)
        await asyncio.sleep(fault.lag)
        return (body if fault.body is None else fault.body), fault.status or 200, head | fault.headers

    def _head(self, method: str, token: str, body: dict[str, Any] | str) -> dict[str, str]:
        """Slack tells a token's scopes in the head of an answer (docs: authentication, tokens)."""
        told = method == "auth.test" and isinstance(body, dict) and body["ok"]
        return {"x-oauth-scopes": ",".join(sorted(self.world.by_token(token).scopes))} if told and token else {}

    async def _done_apart(self, method: str, token: str, args: dict[str, Any], seconds: float) -> None:
        await asyncio.sleep(seconds)
        with suppress(SlackSays):
            self._done(method, token, args)

    def _done(self, method: str, token: str, args: dict[str, Any]) -> dict[str, Any]:
        if method == "apps.connections.open":
            if not any(space.app_token == token and token for space in self.world.workspaces.values()):
                raise SlackSays("invalid_auth" if token else "not_authed")
            return {"ok": True, "url": self.sockets.ticket(token)}
        space = self.world.by_token(token)
        if method not in self.methods.by_name:
            raise SlackSays("unknown_method")
        return self.methods.by_name[method](space, args)

    def _too_fast(self, method: str, token: str, args: dict[str, Any]) -> int:
        if method == "apps.connections.open":
            return 0
        space: Workspace = self.world.by_token(token)
        return self.limits[space.team].seconds(method, str(args.get("channel", "")), time.monotonic())

    async def _hook(self, request: web.Request) -> web.Response:
        """One answer to a response_url; Slack's refusals are 404 with the error in the body."""
        name, body = request.match_info["name"], await request.json()
        call = self.trace.asked({"at": time.time(), "method": "response_url", "team": "", "args": body, "status": 200, "error": ""})
        try:
            self.triggers.respond(name, body)
        except SlackSays as refused:
            call |= {"status": 404, "error": refused.body["error"]}
            return web.json_response(refused.body, status=404)
        return web.Response(text="ok")


async def _arguments(request: web.Request) -> dict[str, Any]:
    """What a call was given, as JSON, as a form or in its address."""
    args: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        args |= await request.json()
    elif request.method == "POST":
        args |= dict(await request.post())
    return args


def _token(request: web.Request, args: dict[str, Any]) -> str:
    """The token of a call; it never reaches what is written down."""
    given = str(args.pop("token", ""))
    return request.headers.get("Authorization", "").removeprefix("Bearer ").strip() or given


async def _sent(request: web.Request, cut: str, body: dict[str, Any] | str, status: int, headers: dict[str, str]) -> web.StreamResponse:
    if isinstance(body, dict) and str(body.get("url", "")).startswith("/socket"):
        body = body | {"url": f"ws://{request.host}{body['url']}"}
    answer = web.json_response(body) if isinstance(body, dict) else web.Response(text=body, content_type="text/html")
    answer.set_status(status)
    answer.headers.update(headers)
    if cut == "half":
        assert isinstance(answer.body, bytes)
        partial = web.StreamResponse(status=status, headers={"Content-Type": "application/json", "Content-Length": str(len(answer.body))})
        with suppress(ConnectionError):  # nobody may be there any more
            await partial.prepare(request)
            await partial.write(answer.body[: len(answer.body) // 2])
            await asyncio.sleep(0.01)  # an abort would throw away what is not yet written
        answer, cut = partial, "all"  # type: ignore[assignment] # one variable for what goes out
    if cut and request.transport is not None:
        request.transport.abort()
    return answer


async def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    reader = argparse.ArgumentParser(prog="python -m tests.loopback.slack")
    reader.add_argument("--journal", type=Path, help="what happened, one JSON object a line; read at the start")
    reader.add_argument("--trace", type=Path, help="what it was asked and what became of it, one JSON object a line")
    reader.add_argument("--port", type=int, default=0)
    given = reader.parse_args()
    runner = web.AppRunner(Loopback(given.journal, given.trace).app(), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", given.port)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    ended = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, ended.set)
    await ended.wait()
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main())
