"""Fixtures of Discord's tests: a bot on the bundled library, in a server in memory."""

import asyncio
import os

import pytest

from bot.settings import PREFIX, Settings
from bot.wiring import build
from tests.adapters.discord.server import opened


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch, tmp_path):
    """Whatever the machine has set or lies in its `.env` is not ours."""
    for name in list(os.environ):
        if name.startswith(PREFIX) and name != "STANDFIRST_SHARED":
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


@pytest.fixture
async def server(prepared, tmp_path):
    """The server with the bot in it."""
    async with opened(prepared, tmp_path) as server:
        yield server
