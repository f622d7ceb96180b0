"""The bot's pace on Discord: on a clock that nobody waits for, and at a Discord of our own that counts what comes too early."""

import asyncio
import itertools
import time
from datetime import timedelta

import discord
import pytest
from discord.http import Route
from yarl import URL

from adapters.discord.pace import ALL, GLOBAL_MAX, LATE_MAX, OURS, REFUSED_FOR, REFUSED_MAX, Pace
from adapters.discord.publisher import BEGIN_MAX, LOOK_MAX, POST_MAX, STORE_MAX
from adapters.discord.tries import heed, is_paced, route_of
from briefs.digest import Again, Later, Place, Sent
from briefs.ports.publisher import POSTED_WITHIN
from tests.adapters.discord.publishing import on_discord
from tests.adapters.virtual_clock import VirtualClock
from tests.builders import a_message
from tests.loopback.discord_world import FORUM
from tests.loopback.process import started

KEY = "digest:discord:1:2:daily:2026-11-22:1"
POSTS, LOOKS = "POST /channels/1/messages", "GET /channels/1/messages"


@pytest.fixture
def clock():
    return VirtualClock()


@pytest.fixture
def pace(clock):
    return Pace(4, now=clock, sleep=clock.sleep)


async def turn(pace, clock, route=ALL, patience=60.0):
    """When the turn came, and how long it would have been where it did not."""
    wait = await pace.turn(route, patience)
    return round(clock.now - 100, 6), round(wait, 6)


# On a clock that nobody waits for.


async def test_turns_are_spread_evenly_and_a_pause_saves_none_up(pace, clock):
    assert await clock.run(*(turn(pace, clock) for _ in range(3))) == [(0, 0), (0.25, 0), (0.5, 0)]
    clock.now = 200.0
    assert await clock.run(*(turn(pace, clock) for _ in range(2))) == [(100, 0), (100.25, 0)]


async def test_whose_turn_is_too_far_away_is_told_so_at_once_and_takes_none(pace, clock):
    told = await clock.run(*(turn(pace, clock, patience=0.5) for _ in range(5)))
    assert told == [(0, 0), (0.25, 0), (0.5, 0), (0, 0.75), (0, 0.75)]
    assert await clock.run(turn(pace, clock)) == [(0.75, 0)]


async def test_no_route_goes_while_discord_wants_nothing_and_then_they_go_one_by_one(pace, clock):
    async def told():
        await clock.sleep(0.3)
        pace.hold(5)

    turns = await clock.run(told(), *(turn(pace, clock, f"route {number}") for number in range(4)))
    came = [at for at, _ in turns[1:]]
    assert came[:2] == [0, 0.25]
    assert min(came[2:]) >= 5.3
    assert all(later - earlier >= 0.25 for earlier, later in itertools.pairwise(sorted(came)))


async def test_a_route_that_waits_keeps_no_other_waiting(pace, clock):
    pace.hold(5, POSTS)
    assert await clock.run(turn(pace, clock, POSTS), turn(pace, clock, LOOKS)) == [(5, 0), (0, 0)]


async def test_who_waits_for_its_turn_when_its_route_is_stopped_waits_on(pace, clock):
    async def told():
        pace.hold(5, POSTS)

    await clock.run(turn(pace, clock))
    assert (await clock.run(turn(pace, clock, POSTS), told()))[0] == (5, 0)


async def test_a_hold_is_never_shortened(pace, clock):
    pace.hold(5)
    pace.hold(1)
    assert await clock.run(turn(pace, clock)) == [(5, 0)]


@pytest.mark.parametrize("stalls", [(0.3,), (5.0,), (0.3, 0.3, 0.3)])
async def test_after_the_process_stood_still_no_second_has_more_than_discord_takes(clock, stalls):
    pace = Pace(OURS, now=clock, sleep=clock.sleep)

    async def stands_still():
        for seconds in stalls:
            await clock.sleep(0.5)
            clock.now += seconds

    turns = await clock.run(stands_still(), *(turn(pace, clock) for _ in range(200)))
    came = sorted(at for at, _ in turns[1:])
    assert all(later - first >= 1 for first, later in zip(came, came[GLOBAL_MAX:], strict=False))
    assert came[-1] < 200 / OURS + sum(stalls) + 1  # and nobody waits much longer for it


async def test_a_turn_that_cannot_be_made_up_for_in_time_is_told_so(pace, clock):
    async def stands_still():
        await clock.sleep(0.1)
        clock.now += 60

    asked = (turn(pace, clock, patience=patience) for patience in [100] * (LATE_MAX + 2) + [61, 10])
    [_, *turns] = await clock.run(stands_still(), *asked)
    assert turns == [(0, 0)] + [(60.1, 0)] * (LATE_MAX + 1) + [(60.1, 1.5)] * 2


async def test_what_is_remembered_of_routes_does_not_grow_for_ever(pace, clock):
    for number in range(25_000):
        pace.hold(0.01, f"route {number}")
        clock.now += 0.01
    assert len(pace._held) <= 10_001


async def test_short_of_the_refusals_after_which_discord_lets_nothing_through_everything_waits(pace, clock):
    for _ in range(REFUSED_MAX - 1):
        pace.refused()
        clock.now += 0.05
    assert await clock.run(turn(pace, clock)) != []
    began = clock.now - (REFUSED_MAX - 1) * 0.05
    pace.refused()
    [(came, _)] = await clock.run(turn(pace, clock, patience=1_000))
    assert came == pytest.approx(began + REFUSED_FOR - 100)


async def test_refusals_over_a_longer_time_hold_nothing_up(pace, clock):
    for _ in range(2 * REFUSED_MAX):
        pace.refused()
        clock.now += REFUSED_FOR / REFUSED_MAX
    began = clock.now - 100
    assert await clock.run(turn(pace, clock)) == [(pytest.approx(began, abs=1e-3), 0)]


# What an answer's head tells.


VIA = {"Via": "1.1 google"}


@pytest.mark.parametrize(
    ("status", "headers", "held", "everything"),
    [
        pytest.param(429, VIA | {"Retry-After": "7"}, 7, False, id="a-route"),
        pytest.param(429, VIA | {"Retry-After": "7", "X-RateLimit-Scope": "shared"}, 7, False, id="what-is-shared-with-others"),
        pytest.param(429, VIA | {"Retry-After": "7", "X-RateLimit-Scope": "global"}, 7, True, id="over-all-routes"),
        pytest.param(429, VIA | {"Retry-After": "7", "X-RateLimit-Global": "true"}, 7, True, id="over-all-routes-in-other-words"),
        pytest.param(429, {"Retry-After": "7"}, 7, True, id="the-wall-in-front"),
        pytest.param(429, {}, 600, True, id="the-wall-that-names-no-time"),
        pytest.param(429, VIA | {"X-RateLimit-Reset-After": "2.5"}, 2.5, False, id="another-name-for-the-time"),
        pytest.param(200, VIA | {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "2.5"}, 2.5, False, id="used-up"),
        pytest.param(404, VIA | {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "2.5"}, 2.5, False, id="used-up-by-a-refusal"),
        pytest.param(200, VIA | {"X-RateLimit-Remaining": "1", "X-RateLimit-Reset-After": "2.5"}, 0, False, id="some-are-left"),
        pytest.param(200, VIA | {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "soon"}, 0, False, id="no-number"),
        pytest.param(200, {}, 0, False, id="nothing-said"),
    ],
)
async def test_what_an_answers_head_tells_is_kept(pace, clock, status, headers, held, everything):
    assert heed(pace, POSTS, status, headers) == ((held, everything) if status == 429 else (0, False))
    other = await clock.run(turn(pace, clock, LOOKS, patience=0))
    assert other == [(0, held if everything else 0)]
    clock.now += 1
    own = await clock.run(turn(pace, clock, POSTS, patience=0))
    assert own == [(1, max(0, held - 1))]


@pytest.mark.parametrize(
    ("address", "paced"),
    [
        pytest.param("https://discord.com/api/v10/channels/1/messages", True, id="a-post"),
        pytest.param("https://discord.com/api/v10/gateway/bot", True, id="where-the-gateway-is"),
        pytest.param("https://discord.com/api/v10/interactions/1/token/callback", False, id="an-answer"),
        pytest.param("https://discord.com/api/v10/webhooks/1/token/messages/@original", False, id="a-later-answer"),
        pytest.param("wss://gateway.discord.gg/?v=10", False, id="the-gateway"),
    ],
)
def test_answers_to_interactions_and_the_gateway_wait_for_nothing(address, paced):
    assert is_paced(URL(address)) is paced


@pytest.mark.parametrize(
    ("method", "path", "route"),
    [
        ("POST", "/api/v10/channels/12/messages", "POST /api/v10/channels/12/messages"),
        ("GET", "/api/v10/channels/12/messages?limit=100&before=99", "GET /api/v10/channels/12/messages"),
        ("GET", "/api/v10/channels/12/messages/34", "GET /api/v10/channels/12/messages/…"),
        ("GET", "/api/v10/guilds/12/members/34", "GET /api/v10/guilds/12/members/…"),
        ("POST", "/api/v10/users/@me/channels", "POST /api/v10/users/@me/channels"),
    ],
)
def test_a_route_is_counted_by_its_channel_or_server(method, path, route):
    assert route_of(method, URL(f"https://discord.com{path}")) == route


def test_a_post_ends_within_what_the_port_says():
    assert timedelta(seconds=STORE_MAX + POST_MAX) < POSTED_WITHIN
    assert BEGIN_MAX <= POST_MAX - 40  # what begins last has time to be answered
    assert timedelta(seconds=LOOK_MAX) < POSTED_WITHIN


# At a Discord of our own.


REAL = {"posts_most": 5, "posts_seconds": 5.0, "global_most": 50}
FASTER = 2  # times as many requests a second, on both sides; many more, and a busy machine stands still for too many of them


@pytest.fixture
def strict():
    """One that insists on Discord's limits, as far as they are known."""
    with started("tests.loopback.discord") as server:
        yield server


async def earned(here):
    async with here.remote.http.get(f"{here.remote.base}/_control/counted") as answer:
        return (await answer.json())["earned"]


async def in_order(here, place, parts):
    return [await here.publisher.publish(place, a_message(), f"{KEY}:{place.channel}:{part}") for part in range(parts)]


async def test_a_wave_of_200_channels_with_two_parts_each_earns_no_429(strict):
    async with on_discord(strict.base, pace=Pace(OURS * FASTER)) as here:
        noted = await here.remote.control("note", [{"do": "channel", "guild": here.remote.guild} for _ in range(200)])
        places = [Place(here.main.space, channel["id"]) for channel in noted]
        await here.remote.control("limits", REAL | {"global_most": 50 * FASTER})
        done = await asyncio.gather(*(in_order(here, place, 2) for place in places))
        assert all(isinstance(outcome, Sent) for parts in done for outcome in parts)
        assert await earned(here) == 0


async def test_without_a_pace_the_same_wave_earns_some(strict):
    async with on_discord(strict.base, pace=Pace(1e9)) as here:
        noted = await here.remote.control("note", [{"do": "channel", "guild": here.remote.guild} for _ in range(100)])
        await here.remote.control("limits", REAL)
        await asyncio.gather(*(in_order(here, Place(here.main.space, channel["id"]), 1) for channel in noted))
        assert await earned(here) > 0


async def test_many_parts_in_one_channel_and_in_a_forum_and_looks_between_them_earn_no_429(strict):
    async with on_discord(strict.base) as here:
        forum = await here.place(kind=FORUM)
        await here.remote.control("limits", REAL | {"posts_seconds": 1.0, "most": 5})
        done = await asyncio.gather(
            in_order(here, here.main, 6), in_order(here, forum, 4), *(here.publisher.find(here.other, f"{KEY}{n}") for n in range(4))
        )
        assert [type(outcome) for outcome in (*done[0], *done[1])] == [Sent] * 10
        assert await earned(here) == 0


async def test_after_a_429_that_somebody_else_earned_nothing_goes_before_its_time(strict):
    """Of the limit over all routes: whatever had begun to wait for its turn waits on."""
    async with on_discord(strict.base) as here:
        noted = await here.remote.control("note", [{"do": "channel", "guild": here.remote.guild} for _ in range(30)])
        await here.remote.fault(status=429, retry_after=1.5, everywhere=True, does=False)
        done = await asyncio.gather(*(in_order(here, Place(here.main.space, channel["id"]), 1) for channel in noted))
        assert all(isinstance(outcome, Sent) for [outcome] in done)
        requests = await here.remote.requests()
        [refused] = [request["at"] for request in requests if request["status"] == 429]
        under_way = refused + 0.2  # what had left before the answer came
        assert [request for request in requests if under_way < request["at"] < refused + 1.5] == []
        assert len(requests) == 31


async def test_a_post_that_is_broken_off_while_all_routes_wait_keeps_no_other_waiting_for_ever(strict):
    """discord.py lets everything go on only where its own wait has come to its end."""
    async with on_discord(strict.base) as here:
        await here.remote.fault(status=429, retry_after=0.5, everywhere=True, does=False)
        post = asyncio.create_task(here.publisher.publish(here.main, a_message(), KEY))
        async with asyncio.timeout(60):
            while not await here.remote.requests():  # noqa: ASYNC110 the server's moment
                await asyncio.sleep(0.02)
        post.cancel()
        async with asyncio.timeout(60):
            assert isinstance(await here.publisher.publish(here.other, a_message(), KEY), Sent)


async def test_after_a_429_of_one_channel_the_others_go_on_and_it_waits(strict):
    async with on_discord(strict.base) as here:
        await here.remote.fault(path=f"/channels/{here.main.channel}/messages$", status=429, retry_after=1.0, does=False)
        await asyncio.gather(in_order(here, here.main, 1), in_order(here, here.other, 3))
        requests = await here.remote.requests()
        refused, repeated = [r["at"] for r in requests if here.main.channel in r["path"]]
        others = [r["at"] for r in requests if here.other.channel in r["path"]]
        assert repeated - refused >= 1.0
        assert max(others) < repeated


async def test_a_wait_longer_than_a_post_may_take_is_left_to_the_ledger_at_once(strict):
    async with on_discord(strict.base) as here:
        await here.remote.fault(status=429, retry_after=45, everywhere=True, does=False)
        began = time.monotonic()
        outcome = await here.publisher.publish(here.main, a_message(), KEY)
        assert time.monotonic() - began < 5
        assert isinstance(outcome, Again)
        assert outcome.after == timedelta(seconds=45)
        other = await here.publisher.publish(here.other, a_message(), KEY)
        assert isinstance(other, Again)
        assert timedelta(seconds=40) < other.after <= timedelta(seconds=45)
        assert isinstance(await here.publisher.find(here.other, KEY), Later)
        assert len(await here.remote.requests()) == 1


async def test_a_post_whose_turn_comes_too_late_is_not_begun(strict):
    pace = Pace()
    async with on_discord(strict.base, pace=pace) as here:
        pace.hold(BEGIN_MAX + 1)
        assert isinstance(await here.publisher.publish(here.main, a_message(), KEY), Again)
        assert await here.remote.requests() == []


async def test_an_answer_to_an_interaction_goes_out_while_everything_else_waits(strict):
    pace = Pace()
    async with on_discord(strict.base, pace=pace) as here:
        pace.hold(60)
        async with asyncio.timeout(60):
            with pytest.raises(discord.NotFound):
                await here.client.http.request(Route("POST", "/interactions/1/nobodys/callback"), json={"type": 5})
