"""`standfirst slack manifest`, and `standfirst run` on Slack as a process of its own: what it prints, and how it ends."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import asynccontextmanager
from pathlib import Path
from socket import create_server
from urllib.parse import urlencode

import aiohttp
import pytest

from adapters.slack.http import PATH
from adapters.slack.manifest import manifest
from bot.__main__ import BAD_INPUT, FOUND, main
from briefs.commands.catalogue import CATALOGUE
from tests.loopback.process import running
from tests.loopback.slack_remote import a_workspace, signed

REPOSITORY = Path(__file__).parents[2]
SECRET = "signing-secret-of-a-test"
URL = f"https://example.org{PATH}"
WITHIN = 30  # seconds for a process to begin or to end


def test_the_manifest_is_printed_and_nothing_else(capsys):
    assert main(["slack", "manifest"]) == FOUND
    assert capsys.readouterr() == (manifest(CATALOGUE), "")


def test_with_an_address_it_is_for_http_mode(capsys):
    assert main(["slack", "manifest", "--url", URL, "--prefix", "news"]) == FOUND
    assert capsys.readouterr().out == manifest(CATALOGUE, mode="http", url=URL, prefix="news")


@pytest.mark.parametrize("wrong", [("--url", "example.org"), ("--prefix", "two words")])
def test_what_cannot_be_in_a_manifest_is_one_sentence(capsys, wrong):
    assert main(["slack", "manifest", *wrong]) == BAD_INPUT
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1


@pytest.fixture
async def remote():
    async with running("tests.loopback.slack") as base, a_workspace(base) as workspace:
        yield workspace


@pytest.fixture
def environment(tmp_path, remote):
    slack = "STANDFIRST_SLACK__"
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(REPOSITORY),
        "HOME": str(tmp_path),
        "STANDFIRST_DATABASE": str(tmp_path / "s.db"),
        "STANDFIRST_LOG_LEVEL": "debug",
        f"{slack}BOT_TOKEN": remote.token,
        f"{slack}APP_TOKEN": remote.app_token,
        f"{slack}BASE_URL": remote.api,
    }


@asynccontextmanager
async def the_bot(environment, cwd):
    """The process; killed, if it has not ended by itself."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=environment, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def ended(process):
    """Exit code, output and errors of a process that is about to end."""
    out, err = await asyncio.wait_for(process.communicate(), WITHIN)
    return process.returncode, out.decode(), err.decode()


async def whisper(remote):
    async with asyncio.timeout(WITHIN):
        while not (found := (await remote.seen())["ephemerals"]):  # noqa: ASYNC110 it happens in another process
            await asyncio.sleep(0.02)
    return found[0]["text"]


def asking(remote):
    return {"command": "/brief", "text": "iraq", "team_id": remote.team, "channel_id": "C1", "user_id": "UHUMAN", "user_name": "anna"}


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_it_runs_answers_and_stops_when_asked_to_and_shows_no_secret(environment, remote, tmp_path, mode):
    if mode == "http":
        with create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        del environment["STANDFIRST_SLACK__APP_TOKEN"]
        environment |= {"STANDFIRST_SLACK__SIGNING_SECRET": SECRET, "STANDFIRST_SLACK__PORT": str(port)}
    async with the_bot(environment, tmp_path) as process:
        assert b"Running: slack" in await asyncio.wait_for(process.stdout.readline(), WITHIN)
        if mode == "socket":
            assert (await remote.push("slash_commands", asking(remote), channel="C1", user="UHUMAN"))["acked"]
        else:
            made = await remote.control("interact", {"team": remote.team, "channel": "C1", "user": "UHUMAN"})
            body = urlencode(asking(remote) | made)
            headers = {"Content-Type": "application/x-www-form-urlencoded", **signed(SECRET, body, int(time.time()))}
            async with aiohttp.ClientSession() as http, http.post(f"http://127.0.0.1:{port}{PATH}", data=body, headers=headers) as answer:
                assert (answer.status, await answer.text()) == (200, "")
        assert "Iraq" in await whisper(remote)
        process.send_signal(signal.SIGTERM)
        code, _, errors = await ended(process)
    assert code == 0
    assert "Traceback" not in errors
    assert [secret for secret in (remote.token, remote.app_token, SECRET, "ticket=") if secret in errors] == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        pytest.param("BOT_TOKEN", "nobodys-token", "OAuth & Permissions", id="bot-token"),
        pytest.param("APP_TOKEN", "nobodys-token", "App-Level Tokens", id="app-token"),
        pytest.param("APP_TOKEN", "", "STANDFIRST_SLACK__SIGNING_SECRET", id="no-way-in"),
        pytest.param("BASE_URL", "http://127.0.0.1:9/api/", "cannot be reached", id="unreachable"),
    ],
)
async def test_what_keeps_it_from_beginning_is_one_sentence_that_says_what_to_do(environment, tmp_path, name, value, said):
    environment |= {f"STANDFIRST_SLACK__{name}": value, "STANDFIRST_LOG_LEVEL": "warning"}
    async with the_bot(environment, tmp_path) as process:
        code, out, errors = await ended(process)
    assert (code, out) == (BAD_INPUT, "")
    assert said in errors
    assert len(errors.splitlines()) == 1
    assert "nobodys" not in errors


async def test_removed_from_its_workspace_it_ends_with_a_sentence(environment, remote, tmp_path):
    async with the_bot(environment | {"STANDFIRST_LOG_LEVEL": "warning"}, tmp_path) as process:
        await asyncio.wait_for(process.stdout.readline(), WITHIN)
        event = {"type": "event_callback", "event_id": "E1", "team_id": remote.team, "event": {"type": "app_uninstalled"}}
        assert (await remote.push("events_api", event))["acked"]
        code, _, errors = await ended(process)
    assert code == BAD_INPUT
    assert "Install the app again" in errors
    assert "Traceback" not in errors
    assert json.dumps(event) not in errors
