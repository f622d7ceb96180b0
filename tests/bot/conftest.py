"""A whole bot on the bundled library, in a folder of its own."""

import os
from pathlib import Path

import pytest

from bot.settings import PREFIX, Settings
from bot.wiring import Bot, build


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
