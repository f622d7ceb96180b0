"""`python -m bot run` on Discord, as a process of its own against a Discord of our own: joined, asked, pressed, killed, digested."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from adapters.storage.storage import open_storage
from briefs.digest import Place, Slot
from tests.builders import a_subscription
from tests.loopback.process import running

REPOSITORY = Path(__file__).parents[2]
TOKEN = urlsafe_b64encode(b"700000000000000001").decode().rstrip("=") + ".for.tests"
GUILD, CHANNEL = "600000000000000001", "600000000000000002"
BOT = {"do": "bot", "token": TOKEN, "id": "700000000000000001", "application": "700000000000000001"}
BRIEF = {"id": "1", "type": 1, "name": "brief"}


class Remote:
    """The loopback's control routes."""

    def __init__(self, base, session):
        self.base, self.session = base, session

    async def do(self, what, body):
        async with self.session.post(f"{self.base}/_control/{what}", json=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def note(self, *events):
        await self.do("note", list(events))

    async def get(self, what):
        async with self.session.get(f"{self.base}/_control/{what}", params={"token": TOKEN}) as answer:
            return await answer.json()

    async def posts(self, channel=CHANNEL):
        return (await self.get("seen"))["channels"].get(channel, {}).get("messages", [])

    async def until(self, look, seconds=60):
        """What the look gives, as soon as it gives something."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := await look():
                return found
            await asyncio.sleep(0.05)
        raise AssertionError("it did not happen in time")


@pytest.fixture
async def remote():
    async with running("tests.loopback.discord") as base, aiohttp.ClientSession() as session:
        yield Remote(base, session)


@pytest.fixture
def environment(tmp_path, remote):
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(REPOSITORY),
        "HOME": str(tmp_path),
        "STANDFIRST_DATABASE": str(tmp_path / "s.db"),
        "STANDFIRST_DISCORD__TOKEN": TOKEN,
        "STANDFIRST_DISCORD__API_URL": f"{remote.base}/api/v10",
    }


@contextmanager
def bot(environment, cwd):
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], env=environment, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


async def connected(remote, times):
    """Wait until the bot has connected so often."""

    async def look():
        return (await remote.get("seen"))["identified"] >= times

    await remote.until(look, 30)
    await asyncio.sleep(0.3)


def texts(components):
    found = []
    for component in components:
        found += [component["content"]] if "content" in component else []
        found += texts(component.get("components", []))
    return found


def pressable(components):
    found = []
    for component in components:
        found += [component] if component.get("type") == 2 else []
        found += pressable([*component.get("components", []), *([component["accessory"]] if "accessory" in component else [])])
    return found


async def answers(remote):
    """Everything that was answered to interactions, in order."""
    bodies = [r["body"] for r in (await remote.get("requests")) if r["path"].endswith("/callback")]
    return [body["data"] for body in bodies if body.get("data", {}).get("components")]


async def test_the_whole_story(remote, environment, tmp_path):
    await remote.note(BOT)
    with bot(environment, tmp_path) as process:
        await connected(remote, 1)
        await remote.note({"do": "guild", "token": TOKEN, "id": GUILD}, {"do": "channel", "id": CHANNEL, "guild": GUILD, "kind": 0})
        await remote.do("interact", {"token": TOKEN, "channel": CHANNEL, "type": 2, "data": BRIEF})
        [brief] = await remote.until(lambda: answers(remote))
        assert "militias" in " ".join(texts(brief["components"]))
        check = next(button for button in pressable(brief["components"]) if button["label"] == "Check every line")
        storage = await open_storage(environment["STANDFIRST_DATABASE"])
        due = datetime.now(UTC) + timedelta(seconds=1)
        subscription = a_subscription(Place(f"discord:{GUILD}", CHANNEL))
        await storage.subscriptions.put(subscription, Slot(due, due.date()))
        await storage.close()
        process.send_signal(signal.SIGKILL)
        process.wait()

    with bot(environment, tmp_path) as process:
        await connected(remote, 2)
        digest = await remote.until(lambda: digests(remote))
        assert len(digest) == 1
        assert "SAMPLE" in " ".join(texts(digest[0]["components"]))
        # A press on the message from before it was killed.
        data = {"component_type": 2, "custom_id": check["custom_id"]}
        message = {"id": "600000000000000009", "flags": 64, "components": brief["components"]}
        await remote.do("interact", {"token": TOKEN, "channel": CHANNEL, "type": 3, "data": data, "message": message})
        told = (await remote.until(lambda: more_than_one(remote)))[-1]
        assert "Line 1 of" in " ".join(texts(told["components"]))
        process.terminate()
        out, errors = await asyncio.to_thread(process.communicate, timeout=60)
        assert process.returncode == 0, errors
        assert "Running: discord" in out
        assert "Traceback" not in errors
        assert TOKEN not in out + errors
    assert len(await digests(remote)) == 1


async def digests(remote):
    return [post for post in await remote.posts() if any("briefing" in text for text in texts(post["components"]))]


async def more_than_one(remote):
    found = await answers(remote)
    return found if len(found) > 1 else []


async def ended(environment, cwd):
    with bot(environment, cwd) as process:
        out, errors = await asyncio.to_thread(process.communicate, timeout=60)
        return process.returncode, out, errors


async def test_a_token_that_discord_does_not_take_is_one_sentence(remote, environment, tmp_path):
    code, out, errors = await ended(environment, tmp_path)
    assert (code, out) == (2, "")
    assert errors.strip().startswith("Discord does not take STANDFIRST_DISCORD__TOKEN.")
    assert len(errors.strip().splitlines()) == 1
    assert TOKEN not in errors


async def test_a_discord_that_cannot_be_reached_is_one_sentence(environment, tmp_path):
    code, _, errors = await ended({**environment, "STANDFIRST_DISCORD__API_URL": "http://127.0.0.1:9/api/v10"}, tmp_path)
    assert code == 2
    assert errors.strip().splitlines()[-1].startswith("Discord cannot be reached.")
    assert "Traceback" not in errors


async def test_a_gateway_that_will_not_have_us_any_more_ends_the_bot_with_a_sentence(remote, environment, tmp_path):
    await remote.note(BOT)
    with bot(environment, tmp_path) as process:
        await connected(remote, 1)
        await remote.do("close", {"token": TOKEN, "code": 4004})
        _, errors = await asyncio.to_thread(process.communicate, timeout=60)
    assert process.returncode == 2
    assert errors.strip().splitlines()[-1].startswith("Discord does not take STANDFIRST_DISCORD__TOKEN.")
    assert "Traceback" not in errors


async def test_a_gateway_that_is_lost_is_told_once_and_found_again(remote, environment, tmp_path):
    await remote.note(BOT)
    with bot(environment, tmp_path) as process:
        await connected(remote, 1)
        await remote.do("close", {"token": TOKEN, "code": 0, "forget": True})
        await connected(remote, 2)
        await remote.note({"do": "guild", "token": TOKEN, "id": GUILD}, {"do": "channel", "id": CHANNEL, "guild": GUILD, "kind": 0})
        await remote.do("interact", {"token": TOKEN, "channel": CHANNEL, "type": 2, "data": BRIEF})
        assert await remote.until(lambda: answers(remote), 30)
        process.terminate()
        _, errors = await asyncio.to_thread(process.communicate, timeout=60)
    assert errors.count("The connection to Discord was lost") == 1
    assert "Traceback" not in errors
