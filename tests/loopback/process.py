"""Loopback servers as processes of their own: started, waited for, and ended by their ids."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENDS_WITHIN = 30  # seconds from SIGTERM on; what takes longer is killed, and the test fails


@dataclass(frozen=True, slots=True)
class Server:
    """A loopback server that runs.

    Args:
        base: where it listens, "http://127.0.0.1:PORT".
    """

    process: "subprocess.Popen[str]"
    base: str

    @property
    def port(self) -> int:
        """To start another one in its place, with `--port`."""
        return int(self.base.rpartition(":")[2])

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait(ENDS_WITHIN)

    def end(self) -> None:
        """Ask it to end, and wait until it has."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(ENDS_WITHIN)
        finally:
            self.process.kill()
            self.process.wait(ENDS_WITHIN)


def start(module: str, *args: object) -> Server:
    """Start `python -m module args…`, which prints its port on its first line; returns once it listens."""
    command = [sys.executable, "-m", module, *map(str, args)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process.stdout:
        port = process.stdout.readline().strip()
    if not port.isdigit():
        process.kill()
        raise RuntimeError(f"{module} ended with {process.wait(ENDS_WITHIN)} instead of printing a port: {port!r}")
    return Server(process, f"http://127.0.0.1:{port}")


@contextmanager
def started(module: str, *args: object) -> Iterator[Server]:
    """A server for as long as the block lasts; for fixtures that many tests share."""
    server = start(module, *args)
    try:
        yield server
    finally:
        server.end()


@asynccontextmanager
async def running(module: str, *args: object) -> AsyncIterator[str]:
    """The address of a server that runs for as long as the block lasts."""
    server = await asyncio.to_thread(start, module, *args)
    try:
        yield server.base
    finally:
        await asyncio.to_thread(server.end)
