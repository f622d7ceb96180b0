"""The door for monitoring: `/metrics`, `/healthz` and `/readyz`, for whoever reaches the address; nobody else's business is told."""

import asyncio
import time
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Final

from aiohttp import web

from adapters.observe.measures import Measures
from adapters.observe.pulse import Pulse
from briefs.errors import BadInput, StorageDown
from briefs.ports import Ledger

EVERY: Final = 0.5  # seconds between two looks at the loop and the connections
STORE_SECONDS: Final = 3.0  # in which the store has to answer
EXPOSITION: Final = "text/plain; version=0.0.4; charset=utf-8"


class Door:
    """Answers monitoring.

    Args:
        platforms: those that may be owed something.
    """

    def __init__(self, measures: Measures, pulse: Pulse, platforms: Collection[str], ledger: Ledger) -> None:
        self._measures, self._pulse = measures, pulse
        self._platforms, self._ledger = platforms, ledger
        self._there: dict[str, bool] = {}

    def app(self) -> web.Application:
        """The routes."""
        app = web.Application()
        app.add_routes([web.get("/metrics", self._metrics), web.get("/healthz", self._health), web.get("/readyz", self._ready)])
        return app

    async def watch(self) -> None:
        """Look at the loop and the connections, until cancelled."""
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(EVERY)
            self._measures.lagged(time.perf_counter() - begun - EVERY)
            for platform, there in self._pulse.look().items():
                self._measures.connected(platform, is_connected=there)
                if self._there.get(platform) and not there:
                    self._measures.failed(platform, "lost")
                self._there[platform] = there

    async def _metrics(self, _: web.Request) -> web.Response:
        self._measures.owed(await self._owed())
        return web.Response(body=self._measures.exposition(), headers={"Content-Type": EXPOSITION})

    async def _health(self, _: web.Request) -> web.Response:
        return self._told(self._pulse.stalls())

    async def _ready(self, _: web.Request) -> web.Response:
        down = () if await self._owed() is not None else ("The store does not answer.",)
        return self._told((*self._pulse.hindrances(), *down))

    async def _owed(self) -> Mapping[str, int] | None:
        """How many deliveries are owed; None where the store does not answer."""
        try:
            async with asyncio.timeout(STORE_SECONDS):
                return await self._ledger.owed(datetime.now(UTC), self._platforms)
        except (StorageDown, TimeoutError):
            return None

    def _told(self, problems: tuple[str, ...]) -> web.Response:
        told = {"ok": not problems, "problems": problems, "platforms": self._pulse.platforms}
        return web.json_response(told, status=503 if problems else 200)


@asynccontextmanager
async def listening(door: Door, host: str, port: int) -> AsyncIterator[int]:
    """Answer monitoring there for as long as the context lasts; the port.

    Raises:
        BadInput: the address cannot be used.
    """
    runner = web.AppRunner(door.app(), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except (OSError, OverflowError) as error:
            why = getattr(error, "strerror", None) or "unknown reason"
            raise BadInput(
                f"Cannot listen on {host}:{port} ({why}). Change STANDFIRST_OBSERVE__HOST or STANDFIRST_OBSERVE__PORT."
            ) from None
        watching = asyncio.create_task(door.watch())
        try:
            yield int(runner.addresses[0][1])
        finally:
            watching.cancel()
    finally:
        await runner.cleanup()
