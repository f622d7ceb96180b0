"""A whole bot on the bundled library, in a folder of its own."""

import os
from pathlib import Path

import pytest

from bot.settings import PREFIX, Settings
from bot.wiring import Bot, build
from tests.bot.command_line import Shell
from tests.bot.platforms import SEEN_ONLY, Platforms
from tests.loopback.discord_remote import a_bot
from tests.loopback.process import started
from tests.loopback.slack_remote import a_workspace


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch, tmp_path):
    """Whatever the machine has set or lies in its `.env` is not ours."""
    for name in list(os.environ):
        if name.startswith(PREFIX) and name != "STANDFIRST_SHARED":
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
async def bot(tmp_path):
    bot = await build(Settings(database=tmp_path / "standfirst.db", zone="Europe/London"))
    yield bot
    await bot.close()


@pytest.fixture
def say(bot: Bot):
    """Ask a line as the console's user; the neutral message."""

    async def ask(line: str):
        return await bot.commands.answer_line(line, bot.asker)

    return ask


@pytest.fixture
def example(shared) -> Path:
    """The original of the first article."""
    return shared / "articles" / "iraq-militias.txt"


@pytest.fixture(scope="module")
def loopbacks():
    """The addresses of a Discord and a Slack of our own, shared by a file's tests: each has a bot of its own."""
    with started("tests.loopback.discord") as discord, started("tests.loopback.slack") as slack:
        yield discord.base, slack.base


@pytest.fixture
async def platforms(loopbacks, tmp_path):
    """Both platforms with a bot on each, and a shell that is told where they are; see `platforms.py`."""
    async with a_bot(loopbacks[0]) as discord, a_workspace(loopbacks[1]) as slack:
        await discord.note("guild", id=discord.guild, name="Newsroom")
        news = await discord.channel(name="news", kind=0)
        quiet = await discord.channel(name="quiet", kind=0, bits=SEEN_ONLY)
        await discord.channel(name="secret", kind=0, bits=0)
        where = {"STANDFIRST_DISCORD__API_URL": discord.api, "STANDFIRST_SLACK__BASE_URL": slack.api}
        yield Platforms(Shell(tmp_path, where), discord, slack, news, quiet)
