"""The control routes of the loopback Slack: make a world, script its faults, push envelopes, see what readers see."""

from typing import Any
from uuid import uuid4

from aiohttp import web

from tests.loopback.hostility import Hostility
from tests.loopback.slack_faults import Fault, Faults, Limits
from tests.loopback.slack_socket import Sockets
from tests.loopback.slack_triggers import Triggers
from tests.loopback.slack_world import World
from tests.loopback.trace import Trace

ACK_SECONDS = 3  # Slack waits no longer


class Control:
    """Everything under /_control; bodies and answers are JSON."""

    def __init__(self, world: World, faults: Faults, limits: dict[str, Limits], sockets: Sockets, triggers: Triggers, trace: Trace) -> None:
        self.hostility = Hostility()
        self._world, self._faults, self._limits, self._sockets, self._triggers = world, faults, limits, sockets, triggers
        self._trace = trace

    def routes(self) -> list[web.RouteDef]:
        """The routes, to be added to an application."""
        return [
            web.post("/_control/note", self._note),
            web.post("/_control/fault", self._fault),
            web.post("/_control/limits", self._set_limits),
            web.post("/_control/hostile", self._hostile),
            web.post("/_control/push", self._push),
            web.post("/_control/interact", self._interact),
            web.post("/_control/disconnect", self._disconnect),
            web.post("/_control/cut", self._cut),
            web.post("/_control/older", self._older),
            web.get("/_control/seen", self._seen),
            web.get("/_control/requests", self._all_requests),
            web.get("/_control/counted", self._counted),
        ]

    async def _note(self, request: web.Request) -> web.Response:
        """A list of events; see the world. A post may have an `age` in seconds."""
        return web.json_response([self._world.note(event) for event in await request.json()])

    async def _fault(self, request: web.Request) -> web.Response:
        """A fault's fields; `{}` forgets those still to come."""
        given = await request.json()
        if given:
            self._faults.script(Fault(**given))
        else:
            self._faults.clear()
        return web.json_response({"ok": True})

    async def _set_limits(self, request: web.Request) -> web.Response:
        """{team} and the fields of its limits; what was used of them so far is forgotten, what was earned is not."""
        given = await request.json()
        team = given.pop("team")
        self._limits[team] = Limits(**given, earned=self._limits[team].earned)
        return web.json_response({"ok": True})

    async def _hostile(self, request: web.Request) -> web.Response:
        """The fields of `hostility.Hostility`; `{}` makes it friendly again."""
        self.hostility = Hostility(**await request.json())
        return web.json_response({"ok": True})

    async def _counted(self, request: web.Request) -> web.Response:
        """How many 429s were earned by calling too often, and how many blows of each kind were dealt."""
        earned = sum(limits.earned for limits in self._limits.values())
        return web.json_response({"earned": earned, "dealt": self.hostility.dealt})

    async def _interact(self, request: web.Request) -> web.Response:
        """A trigger_id and a response_url for {team, channel, user, original}, for a payload that the test sends itself."""
        return web.json_response(self._interaction(request, await request.json()))

    async def _push(self, request: web.Request) -> web.Response:
        """Send {type, payload, team, channel, user} down a socket and await its acknowledgement.

        A slash command or an interaction gets a trigger_id and a response_url of its own, unless its payload has them.
        What a command's acknowledgement carries is shown as its answer.
        """
        given = await request.json()
        space, kind, payload = self._world.workspaces[given["team"]], given["type"], given["payload"]
        if kind in {"slash_commands", "interactive"}:
            payload = self._interaction(request, given) | payload
        answers = kind == "slash_commands"
        envelope = {"type": kind, "payload": payload, "envelope_id": given.get("envelope_id") or uuid4().hex}
        envelope |= {"accepts_response_payload": answers}
        told = await self._sockets.push(space.app_token, envelope, given.get("patience", ACK_SECONDS), given.get("socket", 0))
        if answers and told.get("payload"):
            self._triggers.acked(payload["response_url"], told["payload"])
        return web.json_response(told | {"sent_payload": payload})

    async def _disconnect(self, request: web.Request) -> web.Response:
        """{team, reason, socket}: `warning`, `refresh_requested` or `link_disabled`."""
        given = await request.json()
        told = await self._sockets.disconnect(self._app(given), given["reason"], given.get("socket", 0))
        return web.json_response({"told": told})

    async def _cut(self, request: web.Request) -> web.Response:
        given = await request.json()
        return web.json_response({"cut": self._sockets.cut(self._app(given), given.get("socket", 0))})

    async def _older(self, request: web.Request) -> web.Response:
        """{seconds}: triggers and response_urls grow older by so much."""
        self._triggers.older += (await request.json())["seconds"]
        return web.json_response({"ok": True})

    async def _seen(self, request: web.Request) -> web.Response:
        """What readers see in the workspace `team`, and the sockets of all."""
        space = self._world.workspaces[request.query["team"]]
        return web.json_response(
            {
                "messages": {channel.id: channel.messages for channel in space.channels.values()},
                "ephemerals": space.ephemerals,
                "homes": space.homes,
                "modals": space.modals,
                "sockets": self._sockets.seen(),
                "connections": self._sockets.connections,
            }
        )

    async def _all_requests(self, request: web.Request) -> web.Response:
        """The calls received, in order, of one `team` where it is given: at (seconds), method, args, status, error."""
        team = request.query.get("team", "")
        return web.json_response([call for call in self._trace.requests if team in {"", call["team"]}])

    def _app(self, given: dict[str, Any]) -> str:
        return self._world.workspaces[given["team"]].app_token

    def _interaction(self, request: web.Request, given: dict[str, Any]) -> dict[str, str]:
        path = self._triggers.hook(given["team"], given.get("channel", ""), given.get("user", ""), given.get("original", ""))
        url = f"http://{request.host}{path}"
        return {"trigger_id": self._triggers.trigger(given["team"]), "response_url": url}
