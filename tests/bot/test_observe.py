"""A running bot, asked from outside how it is: by monitoring and by `standfirst health`."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.bot.test_run import talk
from tests.loopback.process import start as start_server
from tests.loopback.slack_remote import a_workspace

REPOSITORY = Path(__file__).parents[2]
TOKEN = "open-sesame"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def environment(tmp_path):
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(REPOSITORY),
        "HOME": str(tmp_path),
        "STANDFIRST_DATABASE": str(tmp_path / "s.db"),
        "STANDFIRST_LOG_LEVEL": "info",
        "STANDFIRST_EXAMPLE__TOKEN": TOKEN,
        "STANDFIRST_EXAMPLE__PORT": str(free_port()),
        "STANDFIRST_OBSERVE__PORT": str(free_port()),
    }


@contextmanager
def running(environment, cwd):
    with (cwd / "bot.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "bot", "run"], env=environment, cwd=cwd, stdout=subprocess.PIPE, stderr=log)
    try:
        assert process.stdout.readline().startswith(b"Running")
        yield process
    finally:
        process.kill()
        process.communicate()


def ask(environment, path):
    """Status and body."""
    try:
        with urlopen(f"http://127.0.0.1:{environment['STANDFIRST_OBSERVE__PORT']}{path}", timeout=60) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


async def until(environment, path, said):
    """Once that is said there."""
    async with asyncio.timeout(60):
        while said not in (await asyncio.to_thread(ask, environment, path))[1]:  # noqa: ASYNC110 the other side is a process
            await asyncio.sleep(0.1)


def health(environment, cwd):
    done = subprocess.run(
        [sys.executable, "-m", "bot", "health"], env=environment, cwd=cwd, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1
    return done.returncode, done.stdout.strip()


def test_a_bot_that_is_well_says_so_and_tells_its_figures_and_nobodys_words(environment, tmp_path):
    with running(environment, tmp_path) as process:
        assert "considering disarm" in talk(int(environment["STANDFIRST_EXAMPLE__PORT"]), TOKEN, "/brief", "/find missiles")
        assert ask(environment, "/healthz") == (200, '{"ok": true, "problems": [], "platforms": ["example"]}')
        assert ask(environment, "/readyz")[0] == 200
        status, figures = ask(environment, "/metrics")
        assert status == 200
        assert 'standfirst_command_seconds_count{command="brief",outcome="answer"} 1.0' in figures
        assert 'standfirst_deliveries_owed{platform="example"} 0.0' in figures
        assert "process_resident_memory_bytes" in figures
        assert ask(environment, "/")[0] == 404
        assert health(environment, tmp_path) == (0, "Well: it serves example.")
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    lines = [json.loads(line) for line in (tmp_path / "bot.log").read_text().splitlines()]
    assert [line["event"] for line in lines] == ["running", "command", "command", "stopping", "stopped"]
    assert {line.get("command") for line in lines} == {None, "brief", "find"}
    everything = (tmp_path / "bot.log").read_text() + figures
    assert not any(word in everything for word in (TOKEN, "missiles", "disarm"))


def test_a_bot_that_stands_still_or_is_gone_is_not_well(environment, tmp_path):
    with running(environment, tmp_path) as process:
        process.send_signal(signal.SIGSTOP)
        code, said = health(environment, tmp_path)
        assert (code, said[:26]) == (1, "Not well: nothing answers ")
        process.send_signal(signal.SIGCONT)
        assert health(environment, tmp_path)[0] == 0
    assert health(environment, tmp_path)[0] == 1


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.0 200 OK\r\n\r\nhello", b"HTTP/1.0 200 OK\r\n\r\n[]", b"220 mail\r\n"], ids=["text", "list", "mail"]
)
def test_what_is_not_the_bot_is_not_well(environment, tmp_path, answer):
    with socket.create_server(("127.0.0.1", int(environment["STANDFIRST_OBSERVE__PORT"]))) as other:

        def serve():
            client, _ = other.accept()
            with client:
                client.recv(1_000)
                client.sendall(answer)

        serving = threading.Thread(target=serve)
        serving.start()
        code, said = health(environment, tmp_path)
        serving.join()
    assert (code, said[:9]) == (1, "Not well:")


def test_without_a_port_nobody_listens_and_health_says_what_to_set(environment, tmp_path):
    port = environment.pop("STANDFIRST_OBSERVE__PORT")
    with running(environment, tmp_path):
        code, said = health(environment, tmp_path)
        assert code == 1
        assert "STANDFIRST_OBSERVE__PORT" in said
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", int(port))) != 0


def test_a_port_that_is_taken_is_one_sentence(environment, tmp_path):
    with socket.create_server(("127.0.0.1", int(environment["STANDFIRST_OBSERVE__PORT"]))):
        done = subprocess.run(
            [sys.executable, "-m", "bot", "run"], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
        )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "STANDFIRST_OBSERVE__PORT" in done.stderr


async def test_a_platform_that_is_lost_is_not_ready_and_alive_for_a_while(environment, tmp_path):
    server = await asyncio.to_thread(start_server, "tests.loopback.slack")
    try:
        async with a_workspace(server.base) as remote:
            given = environment | {
                "STANDFIRST_EXAMPLE__TOKEN": "",
                "STANDFIRST_SLACK__BOT_TOKEN": remote.token,
                "STANDFIRST_SLACK__APP_TOKEN": remote.app_token,
                "STANDFIRST_SLACK__BASE_URL": remote.api,
            }
            with running(given, tmp_path):
                await until(given, "/metrics", 'standfirst_platform_connected{platform="slack"} 1.0')
                assert ask(given, "/readyz")[0] == 200
                server.kill()
                await until(given, "/metrics", 'errors_total{kind="lost",platform="slack"} 1.0')
                assert json.loads(ask(given, "/readyz")[1])["problems"] == ["slack is not connected."]
                assert ask(given, "/readyz")[0] == 503
                assert ask(given, "/healthz")[0] == 200
        assert "The connection to Slack was lost" in (tmp_path / "bot.log").read_text()
        assert remote.token not in (tmp_path / "bot.log").read_text()
    finally:
        server.end()
