"""Every request that discord.py makes: when it may begin, what its answer's head tells, what became of its earlier tries.

discord.py repeats requests by itself and tells of the last one only.
"""

import asyncio
import math
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import Enum, auto
from types import SimpleNamespace
from typing import Final, TypeVar

import aiohttp
import discord
from yarl import URL

from adapters.discord.pace import ALL, Pace

# Answers to interactions do not count for the limit over all routes, and must be given within three seconds.
EXEMPT: Final = frozenset({"interactions", "webhooks"})
WALL: Final = 600.0  # seconds to wait after a 429 of the wall in front of Discord that names no time
REFUSALS: Final = frozenset({401, 403, 429})


class Did(Enum):
    """What a request that would change something may have done."""

    NOTHING = auto()  # it was not sent, or was refused
    PERHAPS = auto()  # it was sent, and no answer says what became of it
    DONE = auto()


class NotYet(Exception):
    """A request was not begun, or did nothing, because its time has not come.

    Args:
        seconds: after which to ask again.
        asked: Discord asked to wait; otherwise too many others are before it.
    """

    def __init__(self, seconds: float, *, asked: bool = False) -> None:
        super().__init__(f"no turn for {seconds:.1f} seconds")
        self.seconds, self.asked = seconds, asked


class Perhaps(Exception):
    """A request was not repeated: an earlier one may have done what must not be done twice."""


@dataclass(slots=True)
class Tries:
    """The requests made so far within a block that change something, in order.

    Args:
        begin_by: no request begins later, on the loop's clock.
        once: nothing tells Discord that a repeat is one: none is made where the first may have done it.
    """

    begin_by: float = math.inf
    once: bool = False
    did: list[Did] = field(default_factory=list)

    @property
    def left(self) -> float:
        """Seconds within which another request may begin."""
        return max(0.0, self.begin_by - asyncio.get_running_loop().time())

    @property
    def may_have_posted(self) -> bool:
        """Whether any of them may have done something."""
        return any(did is not Did.NOTHING for did in self.did)

    @property
    def earlier_may_have_posted(self) -> bool:
        """Whether any but the last may have."""
        return any(did is not Did.NOTHING for did in self.did[:-1])


T = TypeVar("T")

_TRIES: ContextVar[Tries | None] = ContextVar("tries", default=None)


@contextmanager
def counted(seconds: float = math.inf) -> Iterator[Tries]:
    """The requests that are made within the block by a client that is watched; none begins after so many seconds."""
    tries = Tries(asyncio.get_running_loop().time() + seconds)
    token = _TRIES.set(tries)
    try:
        yield tries
    finally:
        _TRIES.reset(token)


async def in_turn(tries: Tries, call: Callable[[], Awaitable[T]]) -> T:
    """What a call gives, made again where Discord asked to wait and there is time: the pace lets nothing begin before.

    Raises:
        NotYet: there is not; or an earlier request of the call may have done what must not be done twice.
    """
    while True:
        try:
            return await call()
        except NotYet as late:
            if not late.asked or late.seconds > tries.left or tries.may_have_posted:
                raise


def watch(client: discord.Client, pace: Pace) -> bool:
    """Have the client's requests paced, and seen by `counted`; whether they are from now on.

    It must not have logged in yet.
    """
    if client.http.token is not None or client.http.http_trace is not None:
        return False
    watching = _Watching(pace)
    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(watching.begins)
    trace.on_request_headers_sent.append(watching.leaves)
    trace.on_request_end.append(watching.answered)
    client.http.http_trace = trace
    return True


class _Watching:
    """What aiohttp calls for each request; whatever is raised here ends it."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    async def begins(self, _: aiohttp.ClientSession, __: SimpleNamespace, params: aiohttp.TraceRequestStartParams) -> None:
        tries = _TRIES.get()
        if tries is not None and tries.once and tries.may_have_posted:
            raise Perhaps
        if not is_paced(params.url):
            return
        if tries is not None and params.method != "GET":
            tries.did.append(Did.NOTHING)
        if wait := await self._pace.turn(route_of(params.method, params.url), tries.left if tries is not None else math.inf):
            raise NotYet(wait)

    async def leaves(self, _: aiohttp.ClientSession, __: SimpleNamespace, params: aiohttp.TraceRequestHeadersSentParams) -> None:
        _note(params.method, Did.PERHAPS)

    async def answered(self, _: aiohttp.ClientSession, __: SimpleNamespace, params: aiohttp.TraceRequestEndParams) -> None:
        status = params.response.status
        if status in REFUSALS:
            self._pace.refused()
        if status < 500:
            _note(params.method, Did.DONE if status < 400 else Did.NOTHING)
        if not is_paced(params.url):
            return
        route, tries = route_of(params.method, params.url), _TRIES.get()
        wait, everywhere = heed(self._pace, route, status, params.response.headers)
        # What discord.py waits for over all routes it waits for with all its requests, and for ever where that wait is
        # broken off. Here whoever made the request waits for its next turn, or does not.
        if wait and tries is not None and (everywhere or wait > tries.left):
            raise NotYet(wait, asked=True)


def _note(method: str, did: Did) -> None:
    tries = _TRIES.get()
    if tries is not None and method != "GET" and tries.did:
        tries.did[-1] = did


def is_paced(url: URL) -> bool:
    """Whether a request counts for the limit over all routes: answers to interactions and the gateway do not."""
    return url.scheme in {"http", "https"} and EXEMPT.isdisjoint(url.parts)


def route_of(method: str, url: URL) -> str:
    """The route, with the channel or server it is counted by and without any other id ("POST /api/v10/channels/1/messages")."""
    parts = url.parts[1:]
    known = next((place for place, part in enumerate(parts) if part in {"channels", "guilds"}), len(parts))
    named = ["…" if part.isdecimal() and place > known + 1 else part for place, part in enumerate(parts)]
    return f"{method} /{'/'.join(named)}"


def heed(pace: Pace, route: str, status: int, headers: Mapping[str, str]) -> tuple[float, bool]:
    """Let nothing begin before the head of an answer wants it; the seconds a 429 asks to wait, and whether on every route.

    Of one request in flight discord.py minds the answer; but those that came to a route before its limit was known, and
    those that had begun to wait, go on.
    """
    if status == 429:
        everywhere = "Via" not in headers or headers.get("X-RateLimit-Scope") == "global" or "X-RateLimit-Global" in headers
        wait = _seconds(headers, "Retry-After", "X-RateLimit-Reset-After") or WALL
        pace.hold(wait, ALL if everywhere else route)
        return wait, everywhere
    if headers.get("X-RateLimit-Remaining") == "0":
        pace.hold(_seconds(headers, "X-RateLimit-Reset-After"), route)
    return 0.0, False


def _seconds(headers: Mapping[str, str], *names: str) -> float:
    for name in names:
        try:
            seconds = float(headers.get(name, ""))
        except ValueError:
            continue
        if math.isfinite(seconds) and seconds > 0:
            return seconds
    return 0.0
