"""Asking the bot to stop in the middle of a wave, on platforms that take their time."""

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from briefs.digest import Place
from tests.soak import books
from tests.soak.counting import Count
from tests.soak.platforms import HUMAN, SLACK_TEAM, Platforms
from tests.soak.run import SPACES, Plan, Soak, counted, database_in
from tests.soak.state import State

WITHIN: Final = 30.0  # seconds after which a bot that does not stop is killed
# Half of all posts take up to six seconds, which is longer than the bot waits for them when it is stopped.
SLOW: Final[Mapping[str, float]] = {"late": 0.5, "late_most": 6.0, "lost": 0.05, "silence_most": 6.0}
SETTLE: Final = 7  # seconds; longer than any of that
CHANNELS: Final = {"discord": (40, 5), "slack": (10, 4), "console": (2, 5)}  # and editions in each
AT_ONCE: Final = 3  # people who ask on Slack, one command after the other


async def stops(folder: Path, times: int, wave: Mapping[str, tuple[int, int]] = CHANNELS) -> tuple[list[float], Count, tuple[int, int]]:
    """How many seconds each stop took; what readers saw in the end; commands acknowledged while stopping, and answers to them.

    Raises:
        AssertionError: a bot did not end by itself, or not well.
    """
    seconds, acked, state = [], 0, State.of(folder)
    with Platforms(folder) as platforms:
        storage = await books.opened(database_in(folder))
        soak = Soak(Plan(folder, 0, settle=SETTLE, wave=False, settings={"STANDFIRST_ASKS_A_MINUTE": "0"}), platforms, storage, state)
        try:
            for number in range(times):
                platforms.hostile(**SLOW, seed=number)
                taken, asked = await _one_stop(soak, wave)
                seconds.append(taken)
                acked += asked
            await soak.peace()
        finally:
            await storage.close()
        answers = platforms.tell("slack", f"seen?team={SLACK_TEAM}")["ephemerals"]
    shown = sum("considering disarming" in answer.get("text", "") for answer in answers)
    return seconds, counted(folder, state), (acked, shown)


async def _one_stop(soak: Soak, wave: Mapping[str, tuple[int, int]]) -> tuple[float, int]:
    soak.state.cycles += 1
    await soak.put(_wave(soak, wave))
    bot = soak.start(listen=True)
    asking: list[asyncio.Task[int]] = []
    try:
        await bot.runs()
        async with asyncio.timeout(60):
            while not (owed := books.owed(soak.database, datetime.now(UTC)))["discord", "sending"] or not owed["slack", "sending"]:  # noqa: ASYNC110 it is told in a file
                await asyncio.sleep(0.05)
        asking = [asyncio.create_task(_ask(soak.platforms)) for _ in range(AT_ONCE)]
        await asyncio.sleep(0.3)
        begun = time.monotonic()
        assert await bot.stop(WITHIN), "the bot did not stop well; see bot.log"
        taken = time.monotonic() - begun
        return taken, sum(await asyncio.gather(*asking))
    finally:
        bot.kill()
        for task in asking:
            task.cancel()


def _wave(soak: Soak, wave: Mapping[str, tuple[int, int]]) -> list[Any]:
    """Editions that are all due now, in fresh channels."""
    fresh = {name: soak.platforms.channels(name, wave[name][0]) for name in ("discord", "slack")}
    soak.use(fresh | {"console": [f"stop{soak.state.cycles}-{number}" for number in range(wave["console"][0])]})
    due = datetime.now(UTC)
    places = [Place(SPACES[name], channel) for name, ids in soak.state.channels.items() for channel in ids for _ in range(wave[name][1])]
    return [books.a_subscription(place, f"soak{soak.state.cycles}x{n}", "silent", due) for n, place in enumerate(places)]


async def _ask(platforms: Platforms) -> int:
    """Ask for a brief again and again until nobody acknowledges it any more; how many were."""
    acked = 0
    with suppress(OSError):
        while True:
            command = {"command": "/brief", "text": "iraq", "channel_id": "C1", "user_id": HUMAN, "team_id": SLACK_TEAM}
            given = {"team": SLACK_TEAM, "type": "slash_commands", "payload": command, "channel": "C1", "user": HUMAN}
            told = await asyncio.to_thread(platforms.tell, "slack", "push", given)
            if not told.get("acked"):
                return acked
            acked += 1
    return acked
