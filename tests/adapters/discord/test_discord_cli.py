"""`standfirst discord`: the invitation, telling Discord the commands, and that a token is shown to nobody."""

import json
import os
import re
import subprocess
import sys
import threading
from base64 import urlsafe_b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import discord
import pytest

from adapters.discord import app
from adapters.discord.invite import PERMISSIONS, SCOPES, application_id, invite
from briefs.errors import BadInput

REPOSITORY = Path(__file__).parents[3]
APPLICATION = "123456789012345678"
REFUSED = (400, '{"code": 50035, "message": "Invalid Form Body"}')
TOKEN = f"{urlsafe_b64encode(APPLICATION.encode()).decode().rstrip('=')}.a-test.never-a-token"


class Api(BaseHTTPRequestHandler):
    """As much of Discord's API as telling it the commands takes."""

    def do_GET(self):
        if self.headers["Authorization"] != f"Bot {TOKEN}":
            self.answer(401, '{"message": "401: Unauthorized", "code": 0}')
        elif self.path == "/users/@me":
            self.answer(200, f'{{"id": "{APPLICATION}", "username": "standfirst", "discriminator": "0", "avatar": null, "bot": true}}')
        else:
            owner = {"id": "1", "username": "owner", "discriminator": "0", "avatar": None}
            told = {"id": APPLICATION, "name": "standfirst", "description": "", "icon": None, "owner": owner, "team": None}
            self.answer(200, json.dumps({**told, "verify_key": "", "bot_public": True, "bot_require_code_grant": False}))

    def do_PUT(self):
        self.server.told.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.answer(*self.server.takes)

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *told):
        """Nothing on the tests' own standard error."""


@pytest.fixture
def api():
    """An API on 127.0.0.1, and what it was told."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Api)
    server.told, server.takes = [], (200, "[]")
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def standfirst(folder, *arguments, token=TOKEN, url="http://127.0.0.1:9"):
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(REPOSITORY),
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
        "STANDFIRST_LOG_LEVEL": "debug",
        "STANDFIRST_DISCORD__API_URL": url,
        "STANDFIRST_DISCORD__TOKEN": token,
    }
    command = [sys.executable, "-m", "bot", "discord", *arguments]
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False, timeout=60)


def everything_written(folder, *done):
    files = [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
    return b"".join([*files, *((one.stdout + one.stderr).encode() for one in done)])


def test_the_invitation_asks_for_four_rights_and_two_scopes_and_explains_each():
    told = invite(TOKEN)
    found = re.search(r"https://discord\.com/oauth2/authorize\?client_id=(\d+)&scope=([\w.+]+)&permissions=(\d+)$", told, re.MULTILINE)
    assert found
    assert found[1] == APPLICATION
    assert found[2].split("+") == ["bot", "applications.commands"]
    # Bits of Discord's own reference (topics/permissions): see, send, send in threads, read history.
    assert int(found[3]) == 1 << 10 | 1 << 11 | 1 << 38 | 1 << 16 == discord.Permissions(**dict.fromkeys(PERMISSIONS, True)).value
    explained = [*SCOPES.items(), *PERMISSIONS.values()]
    assert all(re.search(rf"^  {re.escape(name)} +{re.escape(why)}$", told, re.MULTILINE) for name, why in explained)
    assert TOKEN not in told


@pytest.mark.parametrize(
    "token", ["", ".", "a-test", "no token at all", "ünïcode.x.y", "aGVsbG8.x.y", "Bot 123", "\x00.x.y", "²²²"], ids=ascii
)
def test_what_is_no_token_is_refused_in_one_sentence_that_does_not_repeat_it(token):
    with pytest.raises(BadInput) as refused:
        application_id(token)
    assert "is no bot token" in str(refused.value)
    assert len(token) < 3 or token not in str(refused.value)


@pytest.mark.parametrize(
    ("token", "code", "told"),
    [
        pytest.param(TOKEN, 0, f"client_id={APPLICATION}", id="token"),
        pytest.param("", 2, "Set STANDFIRST_DISCORD__TOKEN first", id="no-token"),
        pytest.param("mistyped-in-haste", 2, "is no bot token", id="bad-token"),
    ],
)
def test_the_exit_code_of_an_invitation_tells_whether_there_is_one(tmp_path, token, code, told):
    done = standfirst(tmp_path, "invite", token=token)
    assert done.returncode == code
    assert told in (done.stderr if code else done.stdout)
    assert done.stderr.count("\n") == (1 if code else 0)
    assert not token or token.encode() not in everything_written(tmp_path, done)


def test_discord_is_told_the_commands_once_and_again_where_that_is_forced(tmp_path, api):
    done = [standfirst(tmp_path, "sync", *more, url=api.url) for more in ((), (), ("--force",))]
    assert [one.returncode for one in done] == [0, 0, 0]
    assert [one.stdout for one in done] == [
        "Discord knows the commands now.\n",
        "Discord knows the commands already; nothing was sent.\n",
        "Discord knows the commands now.\n",
    ]
    assert len(api.told) == 2
    assert api.told[0] == api.told[1]
    assert TOKEN.encode() not in everything_written(tmp_path, *done)


@pytest.mark.parametrize(
    ("token", "takes", "told"),
    [
        pytest.param("MTIz.another.one", (200, "[]"), "does not take STANDFIRST_DISCORD__TOKEN", id="token-refused"),
        pytest.param(
            TOKEN, (400, '{"code": 50035, "message": "Invalid Form Body"}'), "did not take the commands (code 50035)", id="commands-refused"
        ),
    ],
)
def test_what_discord_refuses_is_told_in_one_sentence(tmp_path, api, token, takes, told):
    api.takes = takes
    done = standfirst(tmp_path, "sync", token=token, url=api.url)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
    assert token.encode() not in everything_written(tmp_path, done)


def test_commands_that_were_refused_are_told_again_the_next_time(tmp_path, api):
    api.takes = REFUSED
    standfirst(tmp_path, "sync", url=api.url)
    api.takes = (200, "[]")
    assert "now" in standfirst(tmp_path, "sync", url=api.url).stdout


def test_where_discord_cannot_be_reached_one_sentence_says_so(tmp_path):
    done = standfirst(tmp_path, "sync")
    assert done.returncode == 2
    assert "Discord cannot be reached" in done.stderr
    assert done.stderr.count("\n") == 1


class Ended:
    """A client whose connection ends with a code."""

    def __init__(self, code):
        self.code = code

    async def connect(self, *, reconnect):
        class Socket:
            close_code = self.code

        raise discord.ConnectionClosed(Socket(), shard_id=0)


@pytest.mark.parametrize(("code", "told"), [(4004, "does not take"), (4011, "more shards"), (4014, "intent"), (4999, "code 4999")])
async def test_a_connection_that_discord_ends_for_good_says_why(code, told):
    with pytest.raises(BadInput, match=told):
        await app._connect(Ended(code))
