"""The routes of the loopback Discord that a bot's token opens."""

import math
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, TypeAlias

from tests.loopback.discord_form import V2, faults, is_empty
from tests.loopback.discord_payloads import application, channel, guild, member, message, moment, user
from tests.loopback.discord_world import (
    DM,
    FORUMS,
    HISTORY,
    MANAGE_THREADS,
    NO_PERMISSION,
    PUBLIC_THREADS,
    SEND,
    SEND_IN_THREADS,
    THREAD,
    UNKNOWN_MESSAGE,
    Bot,
    Channel,
    DiscordSays,
    Guild,
    World,
)

Given: TypeAlias = dict[str, Any]  # path parameters, query and body of a request, the last one winning
Answer: TypeAlias = Callable[[Bot, Given], Awaitable[Any]]
HISTORY_MAX = 100  # messages of one look (docs: resources/message)


class Rest:
    """What a bot may ask; `routes` are method, path, and what answers."""

    def __init__(self, world: World) -> None:
        self._world = world
        messages = "/channels/{channel}/messages"
        self.routes: list[tuple[str, str, Answer]] = [
            ("GET", "/users/@me", self._me),
            ("GET", "/users/@me/guilds", self._guilds),
            ("GET", "/users/{user}", self._user),
            ("GET", "/oauth2/applications/@me", self._application),
            ("POST", "/users/@me/channels", self._direct),
            ("GET", "/guilds/{guild}", self._guild),
            ("GET", "/guilds/{guild}/channels", self._channels),
            ("GET", "/guilds/{guild}/members/{user}", self._member),
            ("GET", "/guilds/{guild}/threads/active", self._active),
            ("GET", "/channels/{channel}", self._channel),
            ("GET", "/channels/{channel}/threads/archived/public", self._archived),
            ("POST", "/channels/{channel}/threads", self._forum_post),
            ("GET", messages, self._history),
            ("POST", messages, self._post),
            ("GET", f"{messages}/{{message}}", self._one),
            ("PATCH", f"{messages}/{{message}}", self._edit),
            ("DELETE", f"{messages}/{{message}}", self._drop),
            ("POST", f"{messages}/{{message}}/threads", self._thread_below),
            ("GET", "/applications/{application}/commands", self._commands),
            ("PUT", "/applications/{application}/commands", self._set_commands),
            ("GET", "/applications/{application}/guilds/{guild}/commands", self._commands),
            ("PUT", "/applications/{application}/guilds/{guild}/commands", self._set_commands),
        ]

    async def _me(self, bot: Bot, given: Given) -> Any:
        return user(bot.id, bot=True)

    async def _guilds(self, bot: Bot, given: Given) -> Any:
        told = [{"id": g.id, "name": g.name, "icon": None, "owner": False, "permissions": str(g.bits)} for g in bot.guilds.values()]
        return [one | {"features": []} for one in told]

    async def _user(self, bot: Bot, given: Given) -> Any:
        if given["user"] not in {bot.id, *bot.people}:
            raise DiscordSays(404, 10013, "Unknown User")
        return user(given["user"], bot=given["user"] == bot.id)

    async def _application(self, bot: Bot, given: Given) -> Any:
        return application(bot)

    async def _guild(self, bot: Bot, given: Given) -> Any:
        return guild(self._server(bot, given))

    async def _channels(self, bot: Bot, given: Given) -> Any:
        here = self._server(bot, given).id
        return [channel(self._world, c) for c in self._world.channels.values() if c.guild == here and c.kind != THREAD]

    async def _member(self, bot: Bot, given: Given) -> Any:
        self._server(bot, given)
        if given["user"] != bot.id:
            raise DiscordSays(404, 10007, "Unknown Member")
        return member(bot.id, bot=True)

    async def _active(self, bot: Bot, given: Given) -> Any:
        return self._listed(self._world.threads(self._server(bot, given).id, archived=False))

    async def _channel(self, bot: Bot, given: Given) -> Any:
        return channel(self._world, self._world.seen_by(bot, given["channel"]))

    async def _archived(self, bot: Bot, given: Given) -> Any:
        parent = self._world.seen_by(bot, given["channel"], HISTORY)
        before = datetime.fromisoformat(given["before"]).timestamp() if "before" in given else math.inf
        threads = [thread for thread in self._world.threads(parent.guild, parent.id, archived=True) if thread.archived_at < before]
        threads.sort(key=lambda thread: thread.archived_at, reverse=True)
        limit = int(given.get("limit", 50))
        return self._listed(threads[:limit]) | {"has_more": len(threads) > limit}

    async def _direct(self, bot: Bot, given: Given) -> Any:
        person = str(given["recipient_id"])
        if person in bot.nobody:
            raise DiscordSays(404, 10013, "Unknown User")
        for known in self._world.channels.values():
            if known.kind == DM and (known.owner, known.person) == (bot.id, person):
                return channel(self._world, known)
        made = self._world.snowflake()
        self._world.note({"do": "channel", "id": made, "kind": DM, "owner": bot.id, "person": person})
        return channel(self._world, self._world.channel(made))

    async def _history(self, bot: Bot, given: Given) -> Any:
        """Newest first. Without the right to read history no messages are returned, and no error either (docs: resources/message)."""
        place = self._world.seen_by(bot, given["channel"])
        limit = int(given.get("limit", 50))
        if not 1 <= limit <= HISTORY_MAX:
            raise _invalid([f"limit: {limit}"])
        if not self._world.bits(place) & HISTORY:
            return []
        before, after = int(given.get("before", 1 << 63)), int(given.get("after", 0))
        wanted = [told for told in place.messages if after < int(told["id"]) < before]
        return list(reversed(wanted[:limit] if "after" in given else wanted[-limit:]))

    async def _one(self, bot: Bot, given: Given) -> Any:
        return self._world.message(self._world.seen_by(bot, given["channel"], HISTORY), given["message"])

    async def _post(self, bot: Bot, given: Given) -> Any:
        place = self._world.seen_by(bot, given["channel"])
        self._may_write(bot, place)
        _check(given)
        nonce = str(given.get("nonce") or "")
        if nonce and given.get("enforce_nonce") and (known := self._same_nonce(bot, nonce)):
            return known
        told = message(self._world, user(bot.id, bot=True), place.id, given)
        self._world.note({"do": "post", "token": bot.token, "channel": place.id, "message": told})
        return told

    async def _edit(self, bot: Bot, given: Given) -> Any:
        place = self._world.seen_by(bot, given["channel"])
        told = self._own(bot, place, given["message"])
        if place.archived:
            raise DiscordSays(400, 50083, "Thread is archived")
        if told["flags"] & V2:
            given.setdefault("flags", V2)
        _check(told | given)
        change = {name: given[name] for name in ("content", "components", "embeds", "flags") if name in given}
        change["edited_timestamp"] = moment(self._world.snowflake())
        self._world.note({"do": "edit", "channel": place.id, "message": change | {"id": told["id"]}})
        return told

    async def _drop(self, bot: Bot, given: Given) -> Any:
        place = self._world.seen_by(bot, given["channel"])
        self._world.note({"do": "drop", "channel": place.id, "id": self._own(bot, place, given["message"])["id"]})
        return None

    async def _forum_post(self, bot: Bot, given: Given) -> Any:
        forum = self._world.seen_by(bot, given["channel"], SEND)
        if forum.kind not in FORUMS:
            raise DiscordSays(400, 50024, "Cannot execute action on this channel type")
        if forum.needs_tag and not given.get("applied_tags"):
            raise DiscordSays(400, 40067, "A tag is required to create a forum post in this channel")
        first = given["message"]
        _check(first)
        return self._new_thread(bot, forum, given["name"], {name: value for name, value in first.items() if name != "nonce"})

    async def _thread_below(self, bot: Bot, given: Given) -> Any:
        place = self._world.seen_by(bot, given["channel"], PUBLIC_THREADS)
        self._world.message(place, given["message"])
        if given["message"] in self._world.channels:
            raise DiscordSays(400, 160004, "A thread has already been created for this message")
        return self._new_thread(bot, place, given["name"], None, thread_id=given["message"])

    async def _commands(self, bot: Bot, given: Given) -> Any:
        return bot.commands.get(given.get("guild", ""), [])

    async def _set_commands(self, bot: Bot, given: Given) -> Any:
        """A bulk overwrite; an id stays with its name."""
        ids = {told["name"]: told["id"] for told in bot.commands.get(given.get("guild", ""), [])}
        made = {"application_id": bot.application, "version": self._world.snowflake(), "type": 1, "default_member_permissions": None}
        told = [made | body | {"id": ids.get(body["name"]) or self._world.snowflake()} for body in given["list"]]
        self._world.note({"do": "commands", "token": bot.token, "guild": given.get("guild", ""), "commands": told})
        return told

    def _server(self, bot: Bot, given: Given) -> Guild:
        if given["guild"] not in bot.guilds:
            raise DiscordSays(404, 10004, "Unknown Guild")
        return bot.guilds[given["guild"]]

    def _may_write(self, bot: Bot, place: Channel) -> None:
        bits = self._world.bits(place)
        if place.kind in FORUMS:
            raise DiscordSays(400, 40058, "Cannot send messages in a forum channel")
        if place.kind == DM and place.person in bot.refusing:
            raise DiscordSays(403, 50007, "Cannot send messages to this user")
        if not bits & (SEND_IN_THREADS if place.kind == THREAD else SEND):
            raise DiscordSays(*NO_PERMISSION)
        if place.locked and not bits & MANAGE_THREADS:
            raise DiscordSays(403, 160005, "Thread is locked")

    def _same_nonce(self, bot: Bot, nonce: str) -> dict[str, Any] | None:
        """The first message of that nonce, be it in another channel; None where there is none any more."""
        channel_id, message_id, when = bot.nonces.get(nonce, ("", "", 0.0))
        if not message_id or time.time() + bot.older - when >= bot.window:
            return None
        if channel_id not in self._world.channels:
            raise DiscordSays(*UNKNOWN_MESSAGE)
        return self._world.message(self._world.channels[channel_id], message_id)

    def _own(self, bot: Bot, place: Channel, message_id: str) -> dict[str, Any]:
        told = self._world.message(place, message_id)
        if told["author"]["id"] != bot.id:
            raise DiscordSays(403, 50005, "Cannot edit a message authored by another user")
        return told

    def _new_thread(self, bot: Bot, parent: Channel, name: str, first: dict[str, Any] | None, thread_id: str = "") -> Any:
        if not 1 <= len(name) <= 100:
            raise _invalid(["name: Must be between 1 and 100 in length."])
        told = message(self._world, user(bot.id, bot=True), "", first) if first else None
        made = thread_id or (told["id"] if told else self._world.snowflake())
        self._world.note(
            {"do": "channel", "id": made, "kind": THREAD, "guild": parent.guild, "parent": parent.id, "name": name, "owner": bot.id}
        )
        if told is None:
            return channel(self._world, self._world.channel(made))
        told["channel_id"] = made
        self._world.note({"do": "post", "channel": made, "message": told})
        return channel(self._world, self._world.channel(made)) | {"message": told}

    def _listed(self, threads: list[Channel]) -> dict[str, Any]:
        return {"threads": [channel(self._world, thread) for thread in threads], "members": []}


def _check(given: Given) -> None:
    """Refuse a message whose form Discord would refuse."""
    if is_empty(given):
        raise DiscordSays(400, 50006, "Cannot send an empty message")
    if wrong := list(faults(given)):
        raise _invalid(wrong)


def _invalid(wrong: list[str]) -> DiscordSays:
    errors = {name: {"_errors": [{"code": "INVALID", "message": told.strip()}]} for name, _, told in (one.partition(":") for one in wrong)}
    return DiscordSays(400, 50035, "Invalid Form Body", errors)
