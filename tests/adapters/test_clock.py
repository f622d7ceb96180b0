"""The alarm clock: it wakes, and goes on waking."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from adapters.clock import AlarmClock
from briefs.errors import StorageDown


async def woken(wake, times):
    """Run a clock until `wake` was called that often; the moments it was given."""
    moments = []
    enough = asyncio.Event()

    async def counted():
        moments.append(datetime.now(UTC))
        if len(moments) >= times:
            enough.set()
        return await wake(moments[-1])

    async with AlarmClock({"console": counted}, poll=timedelta(milliseconds=300)):
        await asyncio.wait_for(enough.wait(), 60)
    return moments


async def test_it_wakes_at_once_and_then_at_the_latest_after_its_poll():
    async def wake(now):
        return None

    moments = await woken(wake, 3)
    assert all(m.tzinfo is not None for m in moments)
    assert moments == sorted(moments)


async def test_a_wish_is_kept_and_not_early():
    wishes = []

    async def wake(now):
        wishes.append(now + timedelta(milliseconds=250))
        return wishes[-1]

    moments = await woken(wake, 3)
    assert all(moment >= wish for moment, wish in zip(moments[1:], wishes, strict=False))


async def test_a_tick_that_fails_is_not_the_last_one(caplog):
    async def wake(now):
        raise RuntimeError("boom")

    assert len(await woken(wake, 2)) == 2
    assert "a tick of console failed" in caplog.text


async def test_a_trouble_that_was_foreseen_is_said_once_in_a_sentence_and_so_is_its_end(caplog):
    async def wake(now):
        times.append(now)
        if len(times) < 4:
            raise StorageDown("The disk is full.")

    times = []
    await woken(wake, 5)
    assert [record.getMessage() for record in caplog.records if record.name == "adapters.clock"] == [
        "nothing can be delivered on console just now; it is tried again every few seconds. The disk is full.",
        "deliveries on console go on",
    ]
    assert "Traceback" not in caplog.text


async def test_a_wish_that_stays_in_the_past_does_not_spin():
    async def wake(now):
        return datetime(2020, 1, 1, tzinfo=UTC)

    moments = await woken(wake, 3)
    assert min(b - a for a, b in pairwise(moments)) >= timedelta(milliseconds=150)


async def test_a_wall_clock_that_is_set_back_does_not_stop_the_ticks(monkeypatch):
    back = timedelta()

    class Wall(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) - back

    for module in ("adapters.clock", "apscheduler.schedulers.base"):
        monkeypatch.setattr(f"{module}.datetime", Wall)
    ticks = asyncio.Queue()

    async def wake():
        ticks.put_nowait("tick")

    async with AlarmClock({"console": wake}, poll=timedelta(milliseconds=200)):
        await ticks.get()
        back = timedelta(hours=1)
        for _ in range(3):
            await asyncio.wait_for(ticks.get(), 60)


async def test_a_tick_under_way_comes_to_its_end_before_the_clock_stops():
    begun, ended = asyncio.Event(), asyncio.Event()

    async def wake():
        begun.set()
        await asyncio.sleep(0.2)
        ended.set()

    async with AlarmClock({"console": wake}):
        await begun.wait()
    assert ended.is_set()


async def test_one_that_takes_long_keeps_no_other_waiting():
    release, ticks = asyncio.Event(), []

    async def slow():
        await release.wait()

    async def quick():
        ticks.append(datetime.now(UTC))
        if len(ticks) == 3:
            release.set()

    async with AlarmClock({"slack": slow, "discord": quick}, poll=timedelta(milliseconds=200)):
        await asyncio.wait_for(release.wait(), 60)
    assert len(ticks) >= 3


async def test_a_ring_is_a_tick_at_once():
    ticks = asyncio.Queue()

    async def wake():
        ticks.put_nowait("tick")

    async with AlarmClock({"console": wake}, poll=timedelta(hours=1)) as clock:
        await asyncio.wait_for(ticks.get(), 60)
        await asyncio.sleep(0.05)  # the first tick has come to its end
        clock.ring("console")
        clock.ring("nothing of that name")
        await asyncio.wait_for(ticks.get(), 60)
