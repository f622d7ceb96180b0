"""Slack in both modes, against the loopback: how soon a command is acknowledged and answered, what it weighs, what strangers cost."""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import aiohttp
import aiohttp.web

from adapters.slack.app import Slack
from bot.settings import Settings
from bot.wiring import build
from tests.bench.rows import Row, row_of
from tests.loopback.process import running
from tests.loopback.slack_remote import Remote, a_workspace, signed

COMMANDS = 500
SECRET = "signing-for-tests"
UNSIGNED = 30 * 1024 * 1024
MIB = 1024 * 1024


def command(remote: Remote, text: str = "brief iraq") -> dict[str, str]:
    """A slash command as Slack sends it."""
    number = uuid4().hex
    return {
        **{"command": "/standfirst", "text": text, "team_id": remote.team, "channel_id": "C1", "channel_name": "general"},
        **{"user_id": "UHUMAN", "user_name": "anna", "trigger_id": f"1.2.{number}", "response_url": f"{remote.base}/answers/{number}"},
        "api_app_id": "A1",
    }


@asynccontextmanager
async def answers():
    """Where answers are posted: a server of the bench's own, so that the moment each arrives is known."""
    arrived: dict[str, asyncio.Future] = {}

    async def take(request):
        arrived[request.match_info["number"]].set_result(time.perf_counter())
        return aiohttp.web.Response(text="ok")

    app = aiohttp.web.Application()
    app.add_routes([aiohttp.web.post("/{number}", take)])
    runner = aiohttp.web.AppRunner(app)
    await runner.setup()
    site = aiohttp.web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}", arrived
    finally:
        await runner.cleanup()


def environment(remote: Remote, folder: str, **more: str) -> dict[str, str]:
    return {
        **os.environ,
        "STANDFIRST_DATABASE": f"{folder}/s.db",
        "STANDFIRST_ASKS_A_MINUTE": "0",
        "STANDFIRST_SLACK__BOT_TOKEN": remote.token,
        "STANDFIRST_SLACK__BASE_URL": remote.api,
        **more,
    }


def resident(process: "subprocess.Popen[str]") -> float:
    """What a process holds in memory, in MiB."""
    return int(Path(f"/proc/{process.pid}/status").read_text().split("VmRSS:")[1].split()[0]) / 1024


@asynccontextmanager
async def bot(given: dict[str, str]):
    """`standfirst run`, ready."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        assert process.stdout is not None
        assert (await process.stdout.readline()).startswith(b"Running")
        yield process
    finally:
        process.terminate()
        await process.wait()


async def _by_http(remote: Remote, folder: str) -> list[Row]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = environment(remote, folder, STANDFIRST_SLACK__SIGNING_SECRET=SECRET, STANDFIRST_SLACK__PORT=str(port))
    acked, answered = [], []
    async with bot(given) as process, answers() as (where, arrived), aiohttp.ClientSession() as session:
        address = f"http://127.0.0.1:{port}/slack/events"
        for _ in range(COMMANDS):
            number = uuid4().hex
            arrived[number] = asyncio.get_running_loop().create_future()
            body = urlencode({**command(remote), "response_url": f"{where}/{number}"})
            headers = {**signed(SECRET, body, int(time.time())), "Content-Type": "application/x-www-form-urlencoded"}
            begun = time.perf_counter()
            async with session.post(address, data=body, headers=headers) as answer:
                assert answer.status == 200, await answer.text()
            acked.append((time.perf_counter() - begun) * 1_000)
            answered.append((await asyncio.wait_for(arrived[number], 60) - begun) * 1_000)
        weight = resident(process)
        strangers = [await _stranger(port, process) for _ in range(20)]
    return [
        row_of("slack, HTTP: command acknowledged", 5, acked),
        row_of("slack, HTTP: command answered", 15, answered, note="at the response_url"),
        row_of("slack, HTTP: resident memory of the bot", 120, [weight], "MiB", f"after {COMMANDS} commands"),
        row_of("slack, HTTP: unsigned 30 MB body, memory", 5, [cost for cost, _ in strangers], "MiB"),
        row_of("slack, HTTP: unsigned 30 MB body, refused after", 10, [took for _, took in strangers]),
    ]


async def _stranger(port: int, process) -> tuple[float, float]:
    """What 30 MB from nobody cost in memory, and how soon they are refused: they are sent for as long as nobody says no."""
    before, chunk = resident(process), b"x" * 65_536
    begun = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST /slack/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % UNSIGNED)
    refused = asyncio.ensure_future(reader.readline())
    for _ in range(UNSIGNED // len(chunk)):
        if refused.done() or writer.transport.is_closing():
            break
        writer.write(chunk)
        await asyncio.sleep(0)
    with suppress(ConnectionError):  # the door was shut while we still talked
        assert (await refused).split()[1] in {b"401", b"413"}
    took = (time.perf_counter() - begun) * 1_000
    writer.close()
    return max(0.0, resident(process) - before), took


async def _by_socket(remote: Remote, folder: str) -> list[Row]:
    given = environment(remote, folder, STANDFIRST_SLACK__APP_TOKEN=remote.app_token)
    acked, answered = [], []
    async with bot(given) as process, answers() as (where, arrived):
        for _ in range(COMMANDS):
            number = uuid4().hex
            arrived[number] = asyncio.get_running_loop().create_future()
            begun = time.perf_counter()
            told = await remote.push("slash_commands", {**command(remote), "response_url": f"{where}/{number}"})
            acked.append(told["latency_ms"])
            answered.append((await asyncio.wait_for(arrived[number], 60) - begun) * 1_000)
        weight = resident(process)
    return [
        row_of("slack, socket: command acknowledged", 5, acked),
        row_of("slack, socket: command answered", 15, answered, note="at the response_url, from the push on"),
        row_of("slack, socket: resident memory of the bot", 120, [weight], "MiB", f"after {COMMANDS} commands"),
    ]


async def _cut(remote: Remote, folder: str) -> list[Row]:
    """How soon a cut socket is noticed: another one is open."""
    built = await build(Settings(database=f"{folder}/cut.db", zone="UTC"))
    slack = Slack(remote.token, built.storage, app_token=remote.app_token, base_url=remote.api)
    samples = []
    async with slack.serve(built.commands):
        for _ in range(5):
            before = len(await remote.requests("apps.connections.open"))
            begun = time.perf_counter()
            await remote.control("cut", {"team": remote.team})
            while len(await remote.requests("apps.connections.open")) == before:  # noqa: ASYNC110 the other side is a process
                await asyncio.sleep(0.005)
            samples.append(time.perf_counter() - begun)
            await asyncio.sleep(1)
    await built.close()
    return [row_of("slack, socket: a cut is noticed", 1, samples, "s")]


async def _run() -> list[Row]:
    async with running("tests.loopback.slack") as base:
        rows = []
        for measure in (_by_socket, _by_http, _cut):
            with tempfile.TemporaryDirectory() as folder:
                async with a_workspace(base) as remote:
                    rows += await measure(remote, folder)
        return rows


def run() -> list[Row]:
    """Both modes; about half a minute."""
    return asyncio.run(_run())
