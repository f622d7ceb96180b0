"""The pace, on a clock that nobody waits for."""

import asyncio
import heapq
import itertools

import pytest

from adapters.slack.pace import CHANNEL_EVERY, HISTORY_EVERY, LOOKS, PATIENCE, WORKSPACE_EVERY, Pace


class Clock:
    """Time that passes only when everybody sleeps."""

    def __init__(self):
        self.now = 100.0
        self._sleepers, self._order = [], itertools.count()

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        woken = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.now + seconds, next(self._order), woken))
        await woken

    async def run(self, *coroutines):
        """Run them to their end, letting time pass; their results."""
        everybody = asyncio.gather(*coroutines)
        while not everybody.done():
            for _ in range(20):
                await asyncio.sleep(0)
            if not everybody.done():
                self.now, _, woken = heapq.heappop(self._sleepers)
                woken.set_result(None)
        return everybody.result()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def pace(clock):
    return Pace(clock, clock.sleep)


async def post(pace, clock, channel, workspace="T1", takes=0.0):
    """When the post left and how long it would have had to wait where it did not."""
    wait = await pace.turn(workspace, channel)
    left = clock.now
    await clock.sleep(takes)
    pace.posted(workspace, channel)
    return left - 100, wait


async def test_the_first_post_waits_for_nothing(pace, clock):
    assert await clock.run(post(pace, clock, "C1")) == [(0, 0)]


async def test_posts_in_one_channel_keep_a_second_between_them(pace, clock):
    posts = await clock.run(*(post(pace, clock, "C1") for _ in range(5)))
    times = sorted(left for left, _ in posts)
    assert all(later - earlier >= CHANNEL_EVERY for earlier, later in itertools.pairwise(times))
    assert times[-1] == pytest.approx(4 * CHANNEL_EVERY)


async def test_a_channels_second_runs_from_the_answer(pace, clock):
    async def both():
        await post(pace, clock, "C1", takes=5)
        return await post(pace, clock, "C1")

    [(left, _)] = await clock.run(both())
    assert left == pytest.approx(5 + CHANNEL_EVERY)


async def test_channels_of_a_workspace_share_its_pace(pace, clock):
    times = sorted(left for left, _ in await clock.run(*(post(pace, clock, f"C{n}") for n in range(10))))
    assert times == pytest.approx([n * WORKSPACE_EVERY for n in range(10)])


async def test_workspaces_do_not_wait_for_each_other(pace, clock):
    assert await clock.run(*(post(pace, clock, "C1", f"T{n}") for n in range(10))) == [(0, 0)] * 10


async def test_who_waits_for_a_channel_keeps_no_other_channel_waiting(pace, clock):
    posts = await clock.run(*(post(pace, clock, "C1") for _ in range(3)), post(pace, clock, "C2"))
    assert posts[-1][0] == pytest.approx(WORKSPACE_EVERY)


async def test_who_would_wait_longer_than_patience_is_told_how_long(pace, clock):
    posts = await clock.run(*(post(pace, clock, f"C{n}") for n in range(60)))
    refused = [wait for left, wait in posts if wait]
    assert len(posts) - len(refused) == int(PATIENCE / WORKSPACE_EVERY) + 1
    assert all(PATIENCE < wait < PATIENCE + 1 for wait in refused)


async def test_who_was_refused_took_nobodys_turn(pace, clock):
    await clock.run(*(post(pace, clock, f"C{n}") for n in range(60)))
    clock.now += 1
    assert [wait for _, wait in await clock.run(post(pace, clock, "C99"))] == [0]


async def test_nobody_goes_while_slack_wants_nothing_and_the_one_told_so_goes_first(pace, clock):
    async def told():
        await pace.turn("T1", "C1")
        await pace.pause("T1", 5)
        return clock.now - 100

    first, (second, _) = await clock.run(told(), post(pace, clock, "C2"))
    assert first == pytest.approx(5)
    assert second == pytest.approx(5 + CHANNEL_EVERY)


async def test_who_waits_for_its_turn_when_slack_wants_nothing_waits_on(pace, clock):
    async def told():
        await clock.sleep(WORKSPACE_EVERY / 2)
        await pace.pause("T1", 5)

    _, (early, _), (second, _) = await clock.run(told(), post(pace, clock, "C1"), post(pace, clock, "C2"))
    assert early == 0
    assert second == pytest.approx(WORKSPACE_EVERY / 2 + 5 + CHANNEL_EVERY)


async def test_a_long_pause_turns_others_away(pace, clock):
    _, (left, wait) = await clock.run(pace.pause("T1", 25), post(pace, clock, "C2"))
    assert (left, wait) == (0, 25 + CHANNEL_EVERY)


async def test_a_pause_of_looks_keeps_no_post_waiting(pace, clock):
    _, (left, wait) = await clock.run(pace.pause("T1", 25, LOOKS), post(pace, clock, "C2"))
    assert (left, wait) == (0, 0)


async def test_a_pause_in_one_workspace_is_none_in_another(pace, clock):
    _, (left, wait) = await clock.run(pace.pause("T1", 25), post(pace, clock, "C2", "T2"))
    assert (left, wait) == (0, 0)


async def test_looks_keep_their_own_pace(pace, clock):
    async def look():
        assert not await pace.look("T1", 40)
        return clock.now - 100

    assert await clock.run(*(look() for _ in range(4))) == pytest.approx([n * HISTORY_EVERY for n in range(4)])


async def test_what_is_remembered_does_not_grow_for_ever(pace, clock):
    for number in range(25_000):
        pace.posted("T1", f"C{number}")
        clock.now += 0.01
    assert len(pace._free) <= 10_001
