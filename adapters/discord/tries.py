"""What became of a request's earlier tries: discord.py repeats requests by itself, and tells of the last one only."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import SimpleNamespace

import aiohttp
import discord


@dataclass(slots=True)
class Tries:
    """The requests made so far within a block, in order.

    Args:
        perhaps: of each request, whether Discord may have carried it out although no answer said so.
    """

    perhaps: list[bool] = field(default_factory=list)

    @property
    def earlier_may_have_posted(self) -> bool:
        """Whether any but the last may have posted what the last one says was not posted."""
        return any(self.perhaps[:-1])


_TRIES: ContextVar[Tries | None] = ContextVar("tries", default=None)


def watch(client: discord.Client) -> bool:
    """Have the client's requests seen by `counted`; whether they are from now on. It must not have logged in yet."""
    if client.http.token is not None or client.http.http_trace is not None:
        return False
    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(_ended)
    trace.on_request_exception.append(_failed)
    client.http.http_trace = trace
    return True


@contextmanager
def counted() -> Iterator[Tries]:
    """The requests that are made within the block by a client that is watched."""
    tries = Tries()
    token = _TRIES.set(tries)
    try:
        yield tries
    finally:
        _TRIES.reset(token)


async def _ended(_: aiohttp.ClientSession, __: SimpleNamespace, params: aiohttp.TraceRequestEndParams) -> None:
    if (tries := _TRIES.get()) is not None:
        tries.perhaps.append(params.response.status >= 500)


async def _failed(_: aiohttp.ClientSession, __: SimpleNamespace, params: aiohttp.TraceRequestExceptionParams) -> None:
    if (tries := _TRIES.get()) is not None:
        tries.perhaps.append(not isinstance(params.exception, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError))
