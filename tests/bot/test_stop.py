"""The bot asked to stop while editions go out and people ask, on slow platforms, as a process of its own."""

import asyncio
import signal

import pytest

from tests.loopback.process import running
from tests.loopback.slack_remote import a_workspace
from tests.soak.lives import begin
from tests.soak.stops import stops

WAVE = {"discord": (12, 3), "slack": (4, 2), "console": (1, 2)}


async def test_a_bot_that_is_stopped_loses_and_doubles_nothing_and_answers_whom_it_acknowledged(tmp_path):
    seconds, found, (acked, answered) = await stops(tmp_path, 1, WAVE)
    assert len(seconds) == 1
    assert found.findings == ()
    assert found.once == found.deliveries == 46
    assert found.tries[2] > 0  # some were broken off, and looked for
    assert answered == acked > 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
async def test_a_bot_that_still_waits_for_a_platform_stops_as_well(tmp_path, number):
    async with running("tests.loopback.slack") as base, a_workspace(base) as remote:
        await remote.fault("auth.test", wait=60.0)
        environment = {
            "STANDFIRST_DATABASE": str(tmp_path / "s.db"),
            "STANDFIRST_SLACK__BOT_TOKEN": remote.token,
            "STANDFIRST_SLACK__APP_TOKEN": remote.app_token,
            "STANDFIRST_SLACK__BASE_URL": remote.api,
        }
        life = begin(["bot", "run"], environment, tmp_path, "bot.log")
        try:
            async with asyncio.timeout(60):
                while not await remote.requests("auth.test"):  # noqa: ASYNC110 the other side is a process
                    await asyncio.sleep(0.05)
            life.process.send_signal(number)
            assert await asyncio.to_thread(life.process.wait, 20) == 0
            assert (tmp_path / "bot.log").read_text() == ""
        finally:
            life.kill()
