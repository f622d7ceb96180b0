"""The pace, on a clock that nobody waits for."""

import itertools

import pytest

from adapters.slack.pace import (
    CHANNEL_EVERY,
    HISTORY_EVERY,
    HISTORY_SLOWEST,
    LOOKS,
    PATIENCE,
    SLOW_FOR,
    WORKSPACE_EVERY,
    Pace,
)
from tests.adapters.virtual_clock import VirtualClock


@pytest.fixture
def clock():
    return VirtualClock()


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


async def test_a_wave_of_400_posts_keeps_below_200_in_any_minute(pace, clock):
    async def patiently(channel):
        times = []
        while len(times) < 2:
            left, wait = await post(pace, clock, channel)
            if wait:
                await clock.sleep(wait)
            else:
                times.append(left)
        return times

    done = await clock.run(*(patiently(f"C{n}") for n in range(200)))
    times = sorted(left for both in done for left in both)
    assert len(times) == 400
    assert max(sum(at <= left < at + 60 for left in times) for at in times) < 200
    assert all(second - first >= CHANNEL_EVERY for first, second in done)


async def test_workspaces_do_not_wait_for_each_other(pace, clock):
    assert await clock.run(*(post(pace, clock, "C1", f"T{n}") for n in range(10))) == [(0, 0)] * 10


async def test_who_waits_for_a_channel_keeps_no_other_channel_waiting(pace, clock):
    posts = await clock.run(*(post(pace, clock, "C1") for _ in range(3)), post(pace, clock, "C2"))
    assert posts[-1][0] == pytest.approx(WORKSPACE_EVERY)


async def test_who_would_wait_longer_than_patience_is_told_a_moment_of_its_own(pace, clock):
    posts = await clock.run(*(post(pace, clock, f"C{n}") for n in range(60)))
    refused = [wait for left, wait in posts if wait]
    assert len(posts) - len(refused) == int(PATIENCE / WORKSPACE_EVERY) + 1
    assert min(refused) > PATIENCE
    assert all(later - earlier == pytest.approx(WORKSPACE_EVERY) for earlier, later in itertools.pairwise(refused))


async def test_who_comes_back_when_told_is_not_sent_away_again(pace, clock):
    async def until_posted(channel):
        times = 0
        while wait := (await post(pace, clock, channel))[1]:
            times += 1
            await clock.sleep(wait)
        return times, clock.now - 100

    done = await clock.run(*(until_posted(f"C{n}") for n in range(300)))
    assert max(times for times, _ in done) == 1
    assert max(at for _, at in done) == pytest.approx(300 * WORKSPACE_EVERY, abs=2)


async def test_who_was_refused_took_nobodys_turn(pace, clock):
    await clock.run(*(post(pace, clock, f"C{n}") for n in range(60)))
    clock.now += 1
    assert [wait for _, wait in await clock.run(post(pace, clock, "C99"))] == [0]


async def test_while_slack_wants_nothing_nobody_goes_and_then_they_go_one_by_one(pace, clock):
    async def told():
        await pace.turn("T1", "C1")
        pace.hold("T1", 5)
        return (await post(pace, clock, "C1"))[0]

    first, (second, _), (third, _) = await clock.run(told(), post(pace, clock, "C2"), post(pace, clock, "C3"))
    times = sorted((first, second, third))
    assert times[0] == pytest.approx(5)
    assert all(later - earlier >= WORKSPACE_EVERY - 1e-9 for earlier, later in itertools.pairwise(times))


async def test_who_waits_for_its_turn_when_slack_wants_nothing_waits_on(pace, clock):
    async def told():
        await clock.sleep(WORKSPACE_EVERY / 2)
        pace.hold("T1", 5)

    _, (early, _), (second, _) = await clock.run(told(), post(pace, clock, "C1"), post(pace, clock, "C2"))
    assert early == 0
    assert second == pytest.approx(WORKSPACE_EVERY / 2 + 5)


async def test_a_long_hold_turns_others_away(pace, clock):
    pace.hold("T1", 25)
    assert await clock.run(post(pace, clock, "C2")) == [(0, 25)]


async def test_a_pause_of_looks_keeps_no_post_waiting(pace, clock):
    pace.hold("T1", 25, LOOKS)
    assert await clock.run(post(pace, clock, "C2")) == [(0, 0)]


async def test_a_pause_in_one_workspace_is_none_in_another(pace, clock):
    pace.hold("T1", 25)
    assert await clock.run(post(pace, clock, "C2", "T2")) == [(0, 0)]


async def test_looks_keep_their_own_pace(pace, clock):
    async def look():
        assert not await pace.look("T1", 40)
        return clock.now - 100

    assert await clock.run(*(look() for _ in range(4))) == pytest.approx([n * HISTORY_EVERY for n in range(4)])


async def looks(pace, clock, count):
    """When so many looks one after the other had their turns."""
    times = []
    for _ in range(count):
        assert not await pace.look("T1", 1_000)
        times.append(clock.now)
    return times


async def test_where_slack_goes_on_asking_to_wait_looks_become_rarer_and_for_an_hour_only(pace, clock):
    """Some apps have one look a minute (docs.slack.dev, rate limits): a pace that earns a 429 each time is none."""
    for asked in range(9):
        pace.hold("T1", 1, LOOKS)
        clock.now += 1
        [(first, second)] = await clock.run(looks(pace, clock, 2))
        assert second - first == pytest.approx(min(HISTORY_SLOWEST, HISTORY_EVERY * 2 ** (asked + 1)))
    clock.now += SLOW_FOR
    [(first, second)] = await clock.run(looks(pace, clock, 2))
    assert second - first == pytest.approx(HISTORY_EVERY)


async def test_one_channel_of_a_workspace_is_looked_through_at_a_time():
    pace = Pace()
    async with pace.looking("T1", 1) as first, pace.looking("T2", 1) as other:
        assert (first, other) == (0, 0)
        waits = []
        for _ in range(3):
            async with pace.looking("T1", 0.01) as wait:
                waits.append(wait)
        assert waits == pytest.approx([HISTORY_EVERY, 2 * HISTORY_EVERY, 3 * HISTORY_EVERY], abs=0.1)
    async with pace.looking("T1", 1) as again:
        assert again == 0


async def test_what_is_remembered_does_not_grow_for_ever(pace, clock):
    for number in range(25_000):
        pace.posted("T1", f"C{number}")
        clock.now += 0.01
    assert len(pace._free) <= 10_001
