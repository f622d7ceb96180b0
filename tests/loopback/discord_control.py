"""The control routes of the loopback Discord: make a world, script its faults, let people press and type, see what they see."""

import time
from typing import Any

from aiohttp import web

from tests.loopback.discord_faults import Fault, Faults, Limits
from tests.loopback.discord_gateway import Gateway
from tests.loopback.discord_hooks import Hooks, Interaction
from tests.loopback.discord_payloads import PERSON, channel, guild, guild_created, member, message, user
from tests.loopback.discord_world import DM, THREAD, USUAL, World
from tests.loopback.hostility import Hostility
from tests.loopback.trace import Trace


class Control:
    """Everything under /_control; bodies and answers are JSON."""

    def __init__(self, world: World, faults: Faults, limits: Limits, gateway: Gateway, hooks: Hooks, trace: Trace) -> None:
        self.hostility = Hostility()
        self._world, self._faults, self._limits, self._gateway, self._hooks = world, faults, limits, gateway, hooks
        self._trace = trace

    def routes(self) -> list[web.RouteDef]:
        """The routes, to be added to an application."""
        return [
            web.post("/_control/note", self._note),
            web.post("/_control/say", self._say),
            web.post("/_control/fault", self._fault),
            web.post("/_control/limits", self._set_limits),
            web.post("/_control/hostile", self._hostile),
            web.post("/_control/older", self._older),
            web.post("/_control/dispatch", self._dispatch),
            web.post("/_control/interact", self._interact),
            web.post("/_control/close", self._close),
            web.get("/_control/seen", self._seen),
            web.get("/_control/requests", self._all_requests),
            web.get("/_control/counted", self._counted),
        ]

    async def _note(self, request: web.Request) -> web.Response:
        """A list of events, see the world; one without an id gets a new one. Bots that are connected hear of servers and channels."""
        noted = []
        for event in await request.json():
            if event["do"] in {"guild", "channel"}:
                event.setdefault("id", self._world.snowflake())
            known = event.get("id") in self._world.channels
            before = self._world.channels.get(event.get("id", ""))
            noted.append(self._world.note(event))
            if event["do"] == "guild":
                await self._tell_of_guild(event)
            elif event["do"] == "channel" and (told := before or self._world.channels.get(event["id"])) and told.guild:
                kind = "THREAD" if told.kind == THREAD else "CHANNEL"
                what = "DELETE" if event.get("gone") else "UPDATE" if known else "CREATE"
                for bot in self._world.bots.values():
                    if told.guild in bot.guilds:
                        await self._gateway.push(bot.token, f"{kind}_{what}", channel(self._world, told))
        return web.json_response(noted)

    async def _tell_of_guild(self, event: dict[str, Any]) -> None:
        bot = self._world.bots[event["token"]]
        if event.get("gone"):
            await self._gateway.push(bot.token, "GUILD_DELETE", {"id": event["id"]})
        else:
            await self._gateway.push(bot.token, "GUILD_CREATE", guild_created(self._world, bot, bot.guilds[event["id"]], joined=True))

    async def _say(self, request: web.Request) -> web.Response:
        """Somebody posts {channel, user, age, times, …the body of a message}; answers with the ids."""
        given = await request.json()
        author, place, age = user(given.get("user", PERSON)), given["channel"], given.get("age", 0.0)
        ids = []
        for later in range(given.get("times", 1)):
            told = message(self._world, author, place, given, age=age - later / 1000 if age else 0.0)
            self._world.note({"do": "post", "channel": place, "message": told})
            ids.append(told["id"])
        return web.json_response(ids)

    async def _fault(self, request: web.Request) -> web.Response:
        """A fault's fields; {token} alone forgets those still to come for that bot."""
        given = await request.json()
        if set(given) == {"token"}:
            self._faults.clear(given["token"])
        else:
            self._faults.script(Fault(**given))
        return web.json_response({"ok": True})

    async def _set_limits(self, request: web.Request) -> web.Response:
        self._limits.set(**await request.json())
        return web.json_response({"ok": True})

    async def _hostile(self, request: web.Request) -> web.Response:
        """The fields of `hostility.Hostility`; `{}` makes it friendly again."""
        self.hostility = Hostility(**await request.json())
        return web.json_response({"ok": True})

    async def _counted(self, request: web.Request) -> web.Response:
        """How many 429s were earned by asking too often, and how many blows of each kind were dealt."""
        return web.json_response({"earned": self._limits.earned, "dealt": self.hostility.dealt})

    async def _older(self, request: web.Request) -> web.Response:
        """{token, seconds}: the bot's nonces and interactions grow older by so much."""
        given = await request.json()
        bot = self._world.bots[given["token"]]
        self._world.note({"do": "bot", "token": bot.token, "older": bot.older + given["seconds"]})
        return web.json_response({"ok": True})

    async def _dispatch(self, request: web.Request) -> web.Response:
        """{token, event, data}: push any event."""
        given = await request.json()
        return web.json_response({"reached": await self._gateway.push(given["token"], given["event"], given["data"])})

    async def _interact(self, request: web.Request) -> web.Response:
        """Somebody does something in a channel: {token, channel, type, data, user, bits, message, locale}.

        `type` and `data` are as in Discord's documents; `message` is the id of the one whose component was pressed, or all
        of it where it is ephemeral; `bits` are what the person may do there. Answers with the interaction's id and token.
        """
        given = await request.json()
        bot = self._world.bots[given["token"]]
        payload = self._payload(given)
        source = payload.get("message")
        made = Interaction(
            payload["id"], payload["token"], bot, given["type"], given["channel"], begun=time.time() + bot.older, source=source
        )
        self._hooks.begin(bot, made)
        reached = await self._gateway.push(bot.token, "INTERACTION_CREATE", payload)
        return web.json_response({"id": made.id, "token": made.token, "reached": reached})

    def _payload(self, given: dict[str, Any]) -> dict[str, Any]:
        bot, place = self._world.bots[given["token"]], self._world.channel(given["channel"])
        person, made = given.get("user", PERSON), self._world.snowflake()
        payload: dict[str, Any] = {
            "id": made,
            "token": f"interaction-{made}",
            "application_id": bot.application,
            "version": 1,
            "type": given["type"],
            "data": given["data"],
            "channel": channel(self._world, place),
            "channel_id": place.id,
            "locale": given.get("locale", "en-GB"),
            "app_permissions": str(self._world.bits(place)),
            "attachment_size_limit": 10 * 1024 * 1024,
            "entitlements": [],
            "authorizing_integration_owners": {"0": place.guild or "0"},
            "context": 1 if place.kind == DM else 0,
        }
        if told := given.get("message"):
            payload["message"] = told if isinstance(told, dict) else self._world.message(place, told)
        if not place.guild:
            return payload | {"user": user(person)}
        server = {"guild_id": place.guild, "guild": guild(bot.guilds[place.guild]), "guild_locale": "en-US"}
        return payload | server | {"member": member(person, permissions=str(given.get("bits", USUAL)))}

    async def _close(self, request: web.Request) -> web.Response:
        """{token, code, forget, reconnect}: close the sockets with a code, 0 cuts them; or ask the bot to connect again."""
        given = await request.json()
        if given.get("forget"):
            self._gateway.forget(given["token"])
        if given.get("reconnect"):
            await self._gateway.reconnect(given["token"])
            return web.json_response({"ok": True})
        return web.json_response({"closed": await self._gateway.close(given["token"], given.get("code", 0))})

    async def _seen(self, request: web.Request) -> web.Response:
        """Everything there is to see for the bot `token`: channels with their messages, answers, commands, sessions."""
        bot = self._world.bots[request.query["token"]]
        mine = [c for c in self._world.channels.values() if c.guild in bot.guilds or c.owner == bot.id]
        return web.json_response(
            {
                "channels": {c.id: channel(self._world, c) | {"messages": c.messages} for c in mine},
                "interactions": {i.token: i.seen() for i in self._hooks.by_token.values() if i.bot is bot},
                "commands": bot.commands,
                "sessions": self._gateway.seen(bot.token),
                "identified": self._gateway.identified,
            }
        )

    async def _all_requests(self, request: web.Request) -> web.Response:
        """The requests received, in order, of one bot where `token` is given: at (seconds), method, path, body, status, code."""
        token = request.query.get("token", "")
        return web.json_response([told for told in self._trace.requests if token in {"", told["token"]}])
