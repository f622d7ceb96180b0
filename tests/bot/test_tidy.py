"""What answers leave behind is let go of in quiet moments."""

import asyncio
import gc
import weakref

import pytest

from bot.collector import tidy

MANY = 2_000


class Left:
    """Something that holds itself, as a view of discord.py does."""

    def __init__(self):
        self.itself = self


@pytest.fixture
def _no_collector():
    gc.disable()
    gc.collect()  # what earlier tests have left counts for nothing
    yield
    gc.enable()


@pytest.fixture
def tidied():
    """Look twice; whether one such thing, left among many, is gone."""

    async def looks(at_rest, much):
        looked = asyncio.Semaphore(0)

        def asked():
            looked.release()
            return at_rest

        left = [weakref.ref(Left()) for _ in range(MANY)]
        tidying = asyncio.create_task(tidy(asked, every=0.001, much=much))
        for _ in range(2):  # once it asks again, it has done what came of the first answer
            await asyncio.wait_for(looked.acquire(), 60)
        tidying.cancel()
        return left[0]() is None

    return looks


@pytest.mark.usefixtures("_no_collector")
@pytest.mark.parametrize("at_rest", [True, False])
async def test_it_is_let_go_of_only_while_no_digests_go_out(tidied, at_rest):
    assert await tidied(at_rest, MANY) is at_rest


@pytest.mark.usefixtures("_no_collector")
async def test_it_is_looked_for_only_once_there_is_much(tidied):
    assert await tidied(at_rest=True, much=10 * MANY) is False
