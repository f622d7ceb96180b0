"""A Slack of our own, started once for all tests of a file, and a publisher in a workspace of its own."""

import asyncio
import os

import pytest
import pytest_asyncio

from adapters.slack.pace import Pace
from bot.settings import PREFIX, Settings
from bot.wiring import build
from tests.adapters.slack.publishing import on_slack
from tests.adapters.slack.workspace import MODES, in_slack
from tests.desk_commands import Asked, desk_commands
from tests.loopback.process import running, started


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def base():
    """Where the loopback Slack is."""
    async with running("tests.loopback.slack") as url:
        yield url


class Sleeps(list):
    """A sleep that only notes how long it would have been."""

    async def __call__(self, seconds):
        self.append(seconds)


@pytest.fixture
def slept():
    """The seconds the publisher would have slept."""
    return Sleeps()


@pytest_asyncio.fixture
async def slack(base, slept):
    """A publisher that need not wait, with everything around it."""
    async with on_slack(base, pace=Pace(sleep=slept), timeout=5) as on:
        yield on


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch, tmp_path):
    """Whatever the machine has set or lies in its `.env` is not ours."""
    for name in list(os.environ):
        if name.startswith((PREFIX, "SLACK_")) and name != "STANDFIRST_SHARED":
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """A store that has the bundled library, made once and copied for each test."""
    file = tmp_path_factory.mktemp("prepared") / "standfirst.db"

    async def make():
        bot = await build(Settings(_env_file=None, database=file, zone="Europe/London"))
        await bot.close()

    asyncio.run(make())
    return file


@pytest.fixture(scope="session")
def loopback():
    """Where the loopback Slack for the whole bot is; every test has a workspace of its own in it."""
    with started("tests.loopback.slack") as server:
        yield server.base


@pytest.fixture(params=MODES)
async def world(request, loopback, prepared, tmp_path):
    """A workspace with the whole bot in it, in each mode."""
    async with in_slack(loopback, request.param, prepared, tmp_path / "one") as world:
        yield world


@pytest.fixture
async def web(loopback, prepared, tmp_path):
    """The same in HTTP mode alone."""
    async with in_slack(loopback, "http", prepared, tmp_path / "one") as world:
        yield world


@pytest.fixture
async def socket(loopback, prepared, tmp_path):
    """The same in Socket Mode alone."""
    async with in_slack(loopback, "socket", prepared, tmp_path / "one") as world:
        yield world


@pytest.fixture
def asked():
    """What the commands of the tiny desk were asked."""
    return Asked()


@pytest.fixture(params=MODES)
async def desk(request, loopback, prepared, tmp_path, asked):
    """A workspace with the tiny desk beside the real commands; an article has at most 5,000 bytes."""
    tiny = [command for command in desk_commands(asked) if command.path[0] == "desk"]
    async with in_slack(loopback, request.param, prepared, tmp_path / "one", tiny, max_article_bytes=5_000) as world:
        yield world


@pytest.fixture(params=MODES)
async def newsroom(request, loopback, prepared, tmp_path):
    """A workspace in which Anna is a curator."""
    async with in_slack(loopback, request.param, prepared, tmp_path / "one", curates=True) as world:
        yield world
