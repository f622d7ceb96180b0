"""What an interaction's own token opens at the loopback Discord: the first answer, its edits, and messages behind it."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from tests.loopback.discord_form import EPHEMERAL, V2, faults, is_empty
from tests.loopback.discord_payloads import message, user
from tests.loopback.discord_rest import Given
from tests.loopback.discord_world import UNKNOWN_MESSAGE, Bot, DiscordSays, World

FIRST_ANSWER = 3.0  # seconds (docs: interactions/receiving-and-responding)
TOKEN_LIFE = 15 * 60.0
MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE = 4, 5, 6, 7
Answer: TypeAlias = Callable[[Given], Awaitable[Any]]


@dataclass(slots=True)
class Interaction:
    """One thing a person did; `original` and `behind` are what the bot showed for it, ephemeral or not.

    Args:
        callback: the body of the first answer; None: not answered yet.
        took: seconds until then.
        changed: a component's own message was changed instead of answering below it.
    """

    id: str
    token: str
    bot: Bot
    kind: int
    channel: str
    begun: float
    source: dict[str, Any] | None = None
    callback: dict[str, Any] | None = None
    took: float = 0.0
    original: dict[str, Any] | None = None
    private: bool = False
    changed: bool = False
    behind: list[dict[str, Any]] = field(default_factory=list)

    def seen(self) -> dict[str, Any]:
        """As a test sees it."""
        names = ("id", "channel", "callback", "took", "original", "private", "changed", "behind")
        return {name: getattr(self, name) for name in names}


class Hooks:
    """The interactions so far, by their tokens; `routes` are method, path, and what answers."""

    def __init__(self, world: World) -> None:
        self.by_token: dict[str, Interaction] = {}
        self._world = world
        hook = "/webhooks/{application}/{hook}"
        self.routes: list[tuple[str, str, Answer]] = [
            ("POST", "/interactions/{id}/{hook}/callback", self._callback),
            ("POST", hook, self._follow),
            ("GET", f"{hook}/messages/@original", self._original),
            ("PATCH", f"{hook}/messages/@original", self._edit_original),
            ("DELETE", f"{hook}/messages/@original", self._drop_original),
            ("PATCH", f"{hook}/messages/{{message}}", self._edit),
        ]

    def begin(self, bot: Bot, made: Interaction) -> None:
        """From now on its token is good."""
        self.by_token[made.token] = made

    async def _callback(self, given: Given) -> Any:
        made = self._known(given, FIRST_ANSWER, 10062, "Unknown interaction")
        if made.callback is not None:
            raise DiscordSays(400, 40060, "Interaction has already been acknowledged.")
        kind, data = given["type"], given.get("data") or {}
        if kind in {MESSAGE, UPDATE}:
            _check(data if kind == MESSAGE else (made.source or {}) | data)
        made.callback = {"type": kind, "data": data}
        made.took = self._now(made.bot) - made.begun
        made.private = bool((data.get("flags") or 0) & EPHEMERAL)
        if kind == MESSAGE:
            made.original = self._shown(made, data)
        elif kind in {UPDATE, DEFERRED_UPDATE}:
            made.original, made.changed = made.source, True
            self._change(made, made.original, data)
        told = {"id": made.id, "type": made.kind, "response_message_ephemeral": made.private, "response_message_loading": kind == DEFERRED}
        if made.original is None:
            return {"interaction": told}
        resource = {"type": kind, "message": made.original}
        return {"interaction": told | {"response_message_id": made.original["id"]}, "resource": resource}

    async def _follow(self, given: Given) -> Any:
        made = self._answered(given)
        _check(given)
        if made.callback and made.callback["type"] == DEFERRED and made.original is None:
            made.original = self._shown(made, _as_deferred(made, given))
            return made.original
        told = self._shown(made, given)
        made.behind.append(told)
        return told

    async def _original(self, given: Given) -> Any:
        return self._first(self._answered(given))

    async def _edit_original(self, given: Given) -> Any:
        made = self._answered(given)
        if made.original is None and made.callback and made.callback["type"] == DEFERRED:
            _check(given)
            made.original = self._shown(made, _as_deferred(made, given))
            return made.original
        told = self._first(made)
        _check(told | {name: value for name, value in given.items() if value is not None})
        self._change(made, told, given)
        return told

    async def _drop_original(self, given: Given) -> Any:
        made = self._answered(given)
        told = self._first(made)
        if not told["flags"] & EPHEMERAL:
            self._world.note({"do": "drop", "channel": made.channel, "id": told["id"]})
        made.original = None

    async def _edit(self, given: Given) -> Any:
        made = self._answered(given)
        for told in made.behind:
            if told["id"] == given["message"]:
                _check(told | given)
                self._change(made, told, given)
                return told
        raise DiscordSays(*UNKNOWN_MESSAGE)

    def _shown(self, made: Interaction, data: dict[str, Any]) -> dict[str, Any]:
        """A new message: in the channel for all, or for the asker alone."""
        told = message(self._world, user(made.bot.id, bot=True), made.channel, data) | {"application_id": made.bot.application}
        if not told["flags"] & EPHEMERAL:
            self._world.note({"do": "post", "channel": made.channel, "message": told})
        return told

    def _change(self, made: Interaction, told: dict[str, Any] | None, data: dict[str, Any]) -> None:
        if told is None:
            return
        told.update({name: data[name] for name in ("content", "components", "embeds") if data.get(name) is not None})
        told["flags"] |= (data.get("flags") or 0) & V2
        told["edited"] = True

    def _first(self, made: Interaction) -> dict[str, Any]:
        if made.original is None:
            raise DiscordSays(*UNKNOWN_MESSAGE)
        return made.original

    def _answered(self, given: Given) -> Interaction:
        made = self._known(given, TOKEN_LIFE, 50027, "Invalid Webhook Token")
        if made.callback is None:
            raise DiscordSays(404, 10015, "Unknown Webhook")
        return made

    def _known(self, given: Given, life: float, code: int, words: str) -> Interaction:
        made = self.by_token.get(given["hook"])
        if made is None or self._now(made.bot) - made.begun > life:
            raise DiscordSays(404 if code != 50027 else 401, code, words)
        return made

    def _now(self, bot: Bot) -> float:
        return time.time() + bot.older


def _as_deferred(made: Interaction, given: Given) -> Given:
    """What follows a deferred answer is as private as that said, whatever it says itself."""
    flags = (given.get("flags") or 0) & ~EPHEMERAL
    return given | {"flags": flags | EPHEMERAL * made.private}


def _check(given: Given) -> None:
    if is_empty(given):
        raise DiscordSays(400, 50006, "Cannot send an empty message")
    if wrong := list(faults(given)):
        raise DiscordSays(400, 50035, "Invalid Form Body", {"message": {"_errors": [{"code": "INVALID", "message": w} for w in wrong]}})
