"""The garbage collector, so that it looks in quiet moments and not while digests go out."""

import asyncio
import gc
from collections.abc import Callable
from typing import Final

LOOK_EVERY: Final = 0.5  # seconds
MUCH: Final = 4_000  # objects that lie about, of some hundred and fifty answers: half a megabyte


def spare_what_stands() -> None:
    """Keep the garbage collector from looking through what stands for the life of the process again and again.

    Each look takes a tenth of a second, in which nothing else is done, and a wave of digests would have many. What a wave
    makes is let go without it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


async def tidy(at_rest: Callable[[], bool], every: float = LOOK_EVERY, much: int = MUCH) -> None:
    """Let go of what answers leave behind, in quiet moments, until cancelled: set as it is, the collector would come to it after days.

    A view of discord.py's and a statement of SQLAlchemy's hold themselves. What lies about at most is what the process weighs
    more than it needs, for good: so it is looked for once there is much, and not after a time in which there may be any amount.
    What stands for the life of the process is not looked through, so that a look takes milliseconds.

    Args:
        at_rest: whether no digests are going out: their wave makes too much to be looked through.
        every: seconds.
        much: objects that were made since the last look, and are not gone by themselves.
    """
    while True:
        await asyncio.sleep(every)
        if at_rest() and gc.get_count()[0] >= much:
            gc.collect()
