"""However many commands are answered on both platforms, nothing of them stays in the process."""

import asyncio
import json
import signal
import socket
from itertools import pairwise

from tests.bench.bench_run import ASKED, answered
from tests.soak.lives import begin
from tests.soak.platforms import Platforms

ROUND = 2 * len(ASKED)  # every line, on either platform
WINDOW = 5 * ROUND
WINDOWS = 3
AFTER = 0.5  # seconds until the last answers have gone out
OF_EACH = WINDOW // 2  # commands on one platform in a window


async def held(life):
    """What the process holds once whatever follows the last answer has ended."""
    await asyncio.sleep(AFTER)
    life.process.send_signal(signal.SIGUSR1)
    return json.loads(await asyncio.to_thread(life.process.stdout.readline))


def more(before, after):
    """Of what there is more, by one for every other command on one platform."""
    return {what for what, count in after.items() if count - before.get(what, 0) >= OF_EACH // 2}


async def test_nothing_of_a_command_stays(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with Platforms(tmp_path) as platforms:
        given = platforms.environment() | {
            "STANDFIRST_DATABASE": str(tmp_path / "standfirst.db"),
            "STANDFIRST_ASKS_A_MINUTE": "0",
            "STANDFIRST_OBSERVE__PORT": str(port),
        }
        life = begin(["tests.bot.counted"], given, tmp_path, "bot.log", listen=True)
        try:
            await life.runs()
            await answered(platforms, port, ROUND)
            counts = [await held(life)]
            for _ in range(WINDOWS):
                await answered(platforms, port, WINDOW)
                counts.append(await held(life))
            assert await life.stop()
        finally:
            life.kill()
    # What fills up to a bound does so once; of what is kept for good there is more after each window.
    assert set.intersection(*(more(before, after) for before, after in pairwise(counts))) == set()
