"""What answers leave behind is let go of in quiet moments."""

import asyncio
import gc
import weakref

import pytest

from bot.collector import tidy


class Left:
    """Something that holds itself, as a view of discord.py does."""

    def __init__(self):
        self.itself = self


@pytest.fixture
def _no_collector():
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("_no_collector")
@pytest.mark.parametrize("at_rest", [True, False])
async def test_it_is_let_go_of_only_while_no_digests_go_out(at_rest):
    looked = asyncio.Semaphore(0)

    def asked():
        looked.release()
        return at_rest

    left = weakref.ref(Left())
    tidying = asyncio.create_task(tidy(asked, every=0.001))
    for _ in range(2):  # once it asks again, it has done what came of the first answer
        await asyncio.wait_for(looked.acquire(), 60)
    tidying.cancel()
    assert (left() is None) is at_rest
