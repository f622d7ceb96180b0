"""`python -m bot run` on Slack, as a process of its own against a Slack of our own: asked, pressed, killed, digested, in both modes."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest

from adapters.storage.storage import open_storage
from briefs.digest import Place, Slot
from tests.briefs.drafting.stories import HARBOUR
from tests.builders import a_subscription
from tests.loopback.process import running
from tests.loopback.slack_remote import a_workspace, signed

REPOSITORY = Path(__file__).parents[2]
SECRET = "signing-for-tests"


@pytest.fixture
async def remote():
    async with running("tests.loopback.slack") as base, a_workspace(base) as remote:
        yield remote


def environment(remote, tmp_path, **more):
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(REPOSITORY),
        "HOME": str(tmp_path),
        "STANDFIRST_DATABASE": str(tmp_path / "s.db"),
        "STANDFIRST_SLACK__BOT_TOKEN": remote.token,
        "STANDFIRST_SLACK__BASE_URL": remote.api,
        **more,
    }


@pytest.fixture(params=["socket", "http"])
def way(request, remote, tmp_path):
    """How Slack reaches the bot: the settings, and the port of HTTP mode."""
    if request.param == "socket":
        return environment(remote, tmp_path, STANDFIRST_SLACK__APP_TOKEN=remote.app_token), 0
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return environment(remote, tmp_path, STANDFIRST_SLACK__SIGNING_SECRET=SECRET, STANDFIRST_SLACK__PORT=str(port)), port


@contextmanager
def bot(given, cwd):
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], env=given, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


async def running_now(process):
    assert (await asyncio.to_thread(process.stdout.readline)).startswith("Running: slack")


async def until(look, seconds=60):
    """What the look gives, as soon as it gives something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := await look():
            return found
        await asyncio.sleep(0.05)
    raise AssertionError("it did not happen in time")


async def send(remote, port, kind, payload):
    """What a person does, down the socket or over HTTP."""
    who = {"channel": "C1", "user": "UHUMAN"}
    if not port:
        assert (await remote.push(kind, payload, **who))["acked"]
        return
    full = await remote.control("interact", {"team": remote.team, "original": "", **who}) | payload
    form = full if kind == "slash_commands" else {"payload": json.dumps(full)}
    body = urlencode(form)
    headers = {**signed(SECRET, body, int(time.time())), "Content-Type": "application/x-www-form-urlencoded"}
    async with remote.http.post(f"http://127.0.0.1:{port}/slack/events", data=body, headers=headers) as answer:
        assert answer.status == 200, await answer.text()


def buttons(blocks):
    return [element for block in blocks for element in block.get("elements", []) if element.get("type") == "button"]


async def answers(remote):
    return [answer for answer in (await remote.seen())["ephemerals"] if answer.get("blocks")]


async def digests(remote):
    return [post for post in await remote.messages("C1") if "briefing" in post.get("text", "")]


async def test_the_whole_story(way, remote, tmp_path):
    given, port = way
    command = {"command": "/brief", "text": "", "channel_id": "C1", "user_id": "UHUMAN", "team_id": remote.team}
    with bot(given, tmp_path) as process:
        await running_now(process)
        await send(remote, port, "slash_commands", command)
        [brief] = await until(lambda: answers(remote))
        assert "considering disarming" in brief["text"]
        check = next(button for button in buttons(brief["blocks"]) if button["text"]["text"] == "Check every line")
        storage = await open_storage(given["STANDFIRST_DATABASE"])
        due = datetime.now(UTC) + timedelta(seconds=1)
        await storage.subscriptions.put(a_subscription(Place(f"slack:{remote.team}", "C1")), Slot(due, due.date()))
        await storage.close()
        process.send_signal(signal.SIGKILL)
        process.wait()

    with bot(given, tmp_path) as process:
        await running_now(process)
        assert len(await until(lambda: digests(remote))) == 1
        press = {
            "type": "block_actions",
            "user": {"id": "UHUMAN", "username": "anna", "team_id": remote.team},
            "team": {"id": remote.team},
            "channel": {"id": "C1"},
            "container": {"type": "message", "is_ephemeral": True, "message_ts": "1.2", "channel_id": "C1"},
            "actions": [{**check, "block_id": "b", "action_ts": str(time.time())}],
        }
        await send(remote, port, "interactive", press)
        told = (await until(lambda: more_than_one(remote)))[-1]
        assert "Line 1 of" in json.dumps(told["blocks"])
        process.terminate()
        _, errors = await asyncio.to_thread(process.communicate, timeout=60)
        assert process.returncode == 0, errors
        assert "Traceback" not in errors
        assert remote.token not in errors
    assert len(await digests(remote)) == 1


async def more_than_one(remote):
    found = await answers(remote)
    return found if len(found) > 1 else []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({"STANDFIRST_SLACK__BOT_TOKEN": "wrong"}, "STANDFIRST_SLACK__BOT_TOKEN", id="a bot token that is not taken"),
        pytest.param({"STANDFIRST_SLACK__APP_TOKEN": "wrong"}, "STANDFIRST_SLACK__APP_TOKEN", id="an app token that is not taken"),
        pytest.param({"STANDFIRST_SLACK__APP_TOKEN": ""}, "STANDFIRST_SLACK__SIGNING_SECRET", id="no way in"),
        pytest.param({"STANDFIRST_SLACK__BASE_URL": "http://127.0.0.1:9/api/"}, "cannot be reached", id="no Slack"),
    ],
)
async def test_what_keeps_it_from_starting_is_one_sentence(remote, tmp_path, changed, said):
    given = environment(remote, tmp_path, STANDFIRST_SLACK__APP_TOKEN=remote.app_token)
    with bot({**given, **changed}, tmp_path) as process:
        out, errors = await asyncio.to_thread(process.communicate, timeout=60)
    assert (process.returncode, out) == (2, "")
    assert said in errors
    assert len(errors.strip().splitlines()) == 1
    assert remote.token not in errors


async def test_a_curator_on_slack_is_told_of_an_article_that_comes_in_at_the_console(remote, tmp_path):
    given = environment(remote, tmp_path, STANDFIRST_SLACK__APP_TOKEN=remote.app_token, STANDFIRST_CURATORS=f"slack:{remote.team}/UHUMAN")
    with bot(given, tmp_path) as process:
        await running_now(process)
        await until(lambda: remote.requests("conversations.open"))
        say = [sys.executable, "-m", "bot", "say", f"/curate add {HARBOUR}"]
        done = await asyncio.to_thread(subprocess.run, say, env=given, cwd=tmp_path, capture_output=True, text=True, check=True)
        assert "Curators are asked for a review." in " ".join(done.stdout.split())
        await until(lambda: remote.requests("chat.postMessage"))
        [post] = await remote.requests("chat.postMessage")
        assert "A draft waits for a curator" in str(post)
