"""The files of the loopback Slack: who may read one gets it, whoever may not is sent to a page to sign in."""

import asyncio
from typing import Any

from aiohttp import web

from tests.loopback.slack_world import SlackSays, Workspace, World
from tests.loopback.trace import Trace

SIGN_IN = "<html><body>Sign in to read this file.</body></html>"


class Files:
    """What is behind a file's address. An event `file` brings one: {id, name, mimetype, content, …}.

    Of what else it says, `status` is answered instead, `location` is where one is sent, `wait` the seconds before the
    answer, `shown` an answer of HTML in its place, and `hidden` keeps its address out of what Slack says of it at first.
    """

    def __init__(self, world: World, trace: Trace) -> None:
        self._world, self._trace = world, trace

    def routes(self) -> list[web.RouteDef]:
        """The routes, to be added to an application."""
        return [web.get("/files-pri/{team}-{id}/download/{name}", self._file), web.get("/signin", self._sign_in)]

    async def _file(self, request: web.Request) -> web.Response:
        team, token = request.match_info["team"], request.headers.get("Authorization", "").removeprefix("Bearer ")
        space = self._world.workspaces[team]
        self._note("files.get", team, request)
        file = space.files.get(request.match_info["id"], {"status": 404})
        await asyncio.sleep(file.get("wait", 0))
        if file.get("status"):
            return web.Response(status=file["status"], text="not here")
        if token != space.token or "files:read" not in space.scopes:
            return web.Response(status=302, headers={"Location": f"http://localhost:{request.url.port}/signin?team={team}"})
        if file.get("location"):
            return web.Response(status=302, headers={"Location": file["location"]})
        if file.get("shown"):
            return web.Response(text=file["shown"], content_type="text/html")
        return web.Response(body=bytes.fromhex(file["content"]), content_type=file["mimetype"])

    async def _sign_in(self, request: web.Request) -> web.Response:
        self._note("files.signin", request.query.get("team", ""), request)
        return web.Response(text=SIGN_IN, content_type="text/html")

    def _note(self, method: str, team: str, request: web.Request) -> None:
        authorized = "Authorization" in request.headers
        self._trace.asked({"at": 0.0, "method": method, "team": team, "args": {"authorized": authorized}, "status": 0, "error": ""})


def info(space: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """files.info: what Slack says of a file."""
    if "files:read" not in space.scopes:
        raise SlackSays("missing_scope", needed="files:read")
    if args.get("file") not in space.files:
        raise SlackSays("file_not_found")
    return {"ok": True, "file": told(space.files[args["file"]])}


def told(file: dict[str, Any]) -> dict[str, Any]:
    """A file as Slack names it: nothing of what only the loopback knows."""
    return {name: file[name] for name in ("id", "name", "mimetype", "size", "url_private", "url_private_download") if name in file}
