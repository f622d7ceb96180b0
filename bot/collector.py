"""The garbage collector, so that it looks in quiet moments and not while digests go out."""

import asyncio
import gc
from collections.abc import Callable
from typing import Final

TIDY_EVERY: Final = 30.0  # seconds


def spare_what_stands() -> None:
    """Keep the garbage collector from looking through what stands for the life of the process again and again.

    Each look takes a tenth of a second, in which nothing else is done, and a wave of digests would have many. What a wave
    makes is let go without it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


async def tidy(at_rest: Callable[[], bool], every: float = TIDY_EVERY) -> None:
    """Let go of what answers leave behind, in quiet moments, until cancelled: set as it is, the collector would come to it after days.

    What stands for the life of the process is not looked through, so that a look takes milliseconds.

    Args:
        at_rest: whether no digests are going out: their wave makes too much to be looked through.
        every: seconds.
    """
    while True:
        await asyncio.sleep(every)
        if at_rest():
            gc.collect()
