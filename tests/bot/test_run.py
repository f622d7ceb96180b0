"""The digest on schedule, and the task that runs every platform: real clock, real processes."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.clock import AlarmClock
from briefs.digest import Slot
from briefs.message import Story
from tests.builders import a_subscription

REPOSITORY = Path(__file__).parents[2]


async def test_the_clock_wakes_the_desk_and_the_edition_is_in_the_console_channel(bot):
    subscription = a_subscription(bot.asker.place)
    due = datetime.now(UTC) + timedelta(seconds=1)
    await bot.storage.subscriptions.put(subscription, Slot(due, due.date()))
    arrived = asyncio.Event()
    bot.console.on_post = lambda _: arrived.set()
    async with AlarmClock(await bot.begin()):
        await asyncio.wait_for(arrived.wait(), 60)
    [post] = bot.console.unseen()
    assert any(isinstance(block, Story) for block in post.message.blocks)
    [record] = await bot.storage.ledger.last(bot.asker.place, "daily", 5)
    assert record.state == "sent"
    assert record.receipt
    assert record.settled >= due


@pytest.fixture
def environment(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(REPOSITORY),
        "HOME": str(tmp_path),
        "STANDFIRST_DATABASE": str(tmp_path / "s.db"),
        "STANDFIRST_EXAMPLE__PORT": str(port),
    }


def start(environment, cwd):
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], env=environment, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def talk(port: int, *lines: str) -> str:
    """What the example's room answers to the lines; the first one is the token."""
    with contextlib.closing(socket.create_connection(("127.0.0.1", port), timeout=60)) as room:
        room.sendall("".join(f"{line}\n" for line in lines).encode())
        room.shutdown(socket.SHUT_WR)
        heard = b""
        while piece := room.recv(65536):
            heard += piece
        return heard.decode()


def test_run_serves_the_platform_whose_token_is_set_until_it_is_told_to_stop(environment, tmp_path):
    process = start({**environment, "STANDFIRST_EXAMPLE__TOKEN": "open-sesame"}, tmp_path)
    try:
        assert "Running: example" in process.stdout.readline()
        port = int(environment["STANDFIRST_EXAMPLE__PORT"])
        assert "considering disarm" in talk(port, "open-sesame", "/brief")
        assert "not the token" in talk(port, "guess", "/brief")
        assert "07:30, Europe/London" in talk(port, "open-sesame", "/digest subscribe at:07:30 tz:Europe/London")
    finally:
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert "open-sesame" not in out


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "No chat platform has a token"),
        ({"STANDFIRST_EXAMPLE__TOKEN": "x", "STANDFIRST_EXAMPLE__PORT": "taken"}, "Choose another: STANDFIRST_EXAMPLE__PORT"),
        ({"STANDFIRST_ZONE": "Mars"}, "STANDFIRST_ZONE: No time zone called “Mars”"),
        ({"STANDFIRST_DATABASE": "/proc/nowhere/s.db", "STANDFIRST_EXAMPLE__TOKEN": "x"}, "cannot be opened"),
        ({"STANDFIRST_LIBRARY": "/nowhere", "STANDFIRST_EXAMPLE__TOKEN": "x"}, "STANDFIRST_LIBRARY: there is no folder /nowhere"),
    ],
    ids=["no-token", "port-taken", "no-zone", "no-folder", "no-library"],
)
def test_what_keeps_it_from_starting_is_one_sentence(environment, tmp_path, changes, says):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        changes = {k: str(taken.getsockname()[1]) if v == "taken" else v for k, v in changes.items()}
        process = start({**environment, **changes}, tmp_path)
        out, err = process.communicate(timeout=60)
    assert process.returncode == (3 if "cannot be opened" in says else 2)
    assert says in err
    assert "Traceback" not in err
    assert err.count("\n") == 1
    assert out == ""


def test_two_chats_share_one_store(environment, tmp_path):
    lines = b"/digest subscribe at:noon tz:UTC\n/digest list\n"
    chats = [
        subprocess.Popen(
            [sys.executable, "-m", "bot", "chat"], env=environment, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(2)
    ]
    for chat in chats:
        out, _ = chat.communicate(lines, timeout=60)
        assert b"daily" in out
        assert chat.returncode == 0


def test_a_second_process_that_would_deliver_is_refused_and_a_kill_frees_the_place(environment, tmp_path):
    given = {**environment, "STANDFIRST_EXAMPLE__TOKEN": "x"}
    first = start(given, tmp_path)
    try:
        assert "Running" in first.stdout.readline()
        second = start(given, tmp_path)
        out, err = second.communicate(timeout=60)
        assert (second.returncode, out, err.count("\n")) == (2, "", 1)
        assert f"Another process (number {first.pid}) delivers digests" in err
        beside = subprocess.run([sys.executable, "-m", "bot", "say", "/brief"], env=given, cwd=tmp_path, capture_output=True, timeout=60)
        assert beside.returncode == 0
    finally:
        first.kill()
        first.communicate()
    third = start(given, tmp_path)
    try:
        assert "Running" in third.stdout.readline()
    finally:
        third.kill()
        third.communicate()


def test_run_is_told_that_a_chat_is_open_and_starts_once_that_is_left_as_it_says(environment, tmp_path):
    given = {**environment, "STANDFIRST_EXAMPLE__TOKEN": "x"}
    chat = subprocess.Popen(
        [sys.executable, "-m", "bot", "chat"], env=given, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        chat.stdin.write("/help\n")
        chat.stdin.flush()
        assert chat.stdout.readline()
        refused = start(given, tmp_path)
        _, err = refused.communicate(timeout=60)
        assert refused.returncode == 2
        assert err.startswith(f"A chat that is open in a terminal (process number {chat.pid}) delivers from ")
        assert "nobody serves Slack and Discord. End it with q or Ctrl-D in it" in err
        chat.stdin.write("q\n")
        chat.stdin.flush()
        assert chat.wait(timeout=60) == 0
    finally:
        chat.kill()
        chat.communicate()
    process = start(given, tmp_path)
    try:
        assert "Running" in process.stdout.readline()
    finally:
        process.kill()
        process.communicate()
