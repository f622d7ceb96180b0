"""Whole processes: a cold answer, and what the open console weighs."""

import os
import pty
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from adapters.sources.library import bundled, read_library
from tests.bench.rows import Row, row_of

RUNS = 20
MIB = 1024 * 1024


def run() -> list[Row]:
    """Cold `standfirst say /brief`, and the resident memory of the console chat after some use."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "STANDFIRST_DATABASE": f"{folder}/standfirst.db"}
        first = _say(environment)  # makes the store: migrations, library
        samples = [_say(environment) for _ in range(RUNS)]
        memory = _console_memory(environment)
    return [
        row_of("the bundled library read", 0.25, [_library() for _ in range(RUNS)], "s", "when a store is made, or the library is new"),
        row_of("say /brief, first ever (makes the store)", 0, [first], "s", "cold process"),
        row_of("say /brief", 0.6, samples, "s", "cold process"),
        row_of("resident memory of the console", 90, [memory], "MiB", "after 8 commands and a completion"),
    ]


def _library() -> float:
    begun = time.perf_counter()
    read_library(bundled())
    return time.perf_counter() - begun


def _say(environment: dict[str, str]) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "bot", "say", "/brief"], env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def _console_memory(environment: dict[str, str]) -> float:
    """The chat on a terminal of its own, used like a person would; its resident memory in MiB."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "chat"], env={**environment, "TERM": "xterm"}, stdin=follower, stdout=follower, stderr=follower
    )
    try:
        time.sleep(2)
        for line in (
            "/brief",
            "/entity hezb\t",
            "\x15/source iraq",
            "/timeline",
            "/find missiles",
            "/entity in:iraq",
            "/standfirst help",
            "/digest list",
        ):
            os.write(leader, line.encode() + b"\r")
            time.sleep(0.5)
            _drain(leader)
        status = Path(f"/proc/{process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) * 1024 / MIB
    finally:
        process.terminate()
        process.wait(10)
        os.close(leader)
        os.close(follower)


def _drain(leader: int) -> None:
    os.set_blocking(leader, False)
    try:
        while os.read(leader, 65536):
            pass
    except BlockingIOError:
        pass
    finally:
        os.set_blocking(leader, True)
