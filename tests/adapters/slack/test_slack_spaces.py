"""Two workspaces never see or change each other's: every command and every press, with the other's ids."""

from contextlib import AsyncExitStack

import pytest

from adapters.slack.installations import space_of
from briefs.commands.catalogue import CATALOGUE
from briefs.digest import Place
from tests.adapters.slack.workspace import MODES, controls, in_slack, shown
from tests.loopback.slack_remote import a_workspace

DIGEST = "/digest subscribe at:06:05 tz:Asia/Tokyo name:secret topics:submarines"
TRACES = ("06:05", "Tokyo", "secret", "submarines")
LINES = tuple(dict.fromkeys(e for command in CATALOGUE for e in (f"/{command.name}", *command.examples)))


@pytest.fixture(params=MODES)
async def two(request, loopback, prepared, tmp_path):
    """Two workspaces on one store, each with a bot of its own; the channels and people have the same ids in both."""
    async with AsyncExitStack() as stack:
        one = await stack.enter_async_context(in_slack(loopback, request.param, prepared, tmp_path / "one"))
        other = await stack.enter_async_context(in_slack(loopback, request.param, prepared, tmp_path / "two"))
        # From now on the second one's bot has the first one's store.
        await other.stack.aclose()
        own = other.bot
        await other.begin(one.bot)
        stack.push_async_callback(own.close)
        yield one, other
        await other.stack.aclose()
        other.bot = own


async def state(world):
    """All that a store has of a workspace."""
    storage, held = world.bot.storage, []
    for channel in ("C1", "C2", "UANNA", "DUANNA"):
        place = Place(world.space, channel)
        held.append(await storage.subscriptions.of(place))
        held.append([await storage.ledger.last(place, name, 9) for name in ("daily", "secret", "evening")])
    held.append([await storage.spaces.noted(world.space, name) for name in ("sharing", "hello")])
    return held


async def everything_seen(world):
    seen = await world.remote.seen()
    return shown([seen["ephemerals"], *seen["messages"].values(), *seen["homes"].values(), *seen["modals"].values()])


async def test_no_command_shows_or_changes_what_another_workspace_has(two):
    one, other = two
    await one.ask(DIGEST)
    await one.ask("/standfirst sharing off")
    before = await state(one)
    for line in LINES:
        await other.after(other.command(line))
    assert await state(one) == before
    seen = await everything_seen(other)
    assert [trace for trace in TRACES if trace in seen] == []


async def test_no_press_with_anothers_ids_shows_or_changes_what_it_has(two):
    one, other = two
    subscribed = await one.ask(DIGEST)
    checked = [subscribed, await one.ask("/digest list"), await one.ask("/digest preview name:secret")]
    shorts = await one.bot.storage.asks.keep_all(one.space, ["/digest unsubscribe name:secret", "/find submarines secret"])
    before = await state(one)
    for message in checked:
        for control in controls(message):
            await other.after(other.press(message, control["value"]))
    for short in shorts.values():
        actions = [{"type": "button", "action_id": "press:0", "block_id": "b", "value": f"s:{short}"}]
        await other.after(other.press(subscribed, controls(subscribed)[0]["value"], actions=actions))
        assert "out of date" in (await other.whispers())[-1]["text"]
    assert await state(one) == before


async def test_no_payload_that_names_another_workspace_reaches_it(two):
    one, other = two
    await one.ask(DIGEST)
    before, seen = await state(one), await one.remote.seen()
    # Signed with the other one's secret or down its socket, but in the first one's name.
    stolen = {"command": "/digest", "text": "unsubscribe name:secret", "team_id": one.remote.team, "channel_id": "C1", "user_id": "UANNA"}
    await other.deliver("slash_commands", stolen)
    await other.deliver(
        "events_api", {"type": "event_callback", "event_id": "E1", "team_id": one.remote.team, "event": {"type": "app_uninstalled"}}
    )
    await other.settled()
    assert await state(one) == before
    assert (await one.remote.seen())["messages"] == seen["messages"]
    assert not other.ended.done()


async def test_a_server_of_another_platform_with_the_same_id_is_another_space(two):
    one, _ = two
    await one.ask(DIGEST)
    team = one.remote.team
    assert await one.bot.storage.subscriptions.of(Place(f"discord:{team}", "C1")) == ()
    assert space_of(team) == one.space == f"slack:{team}"


async def test_removed_from_one_workspace_the_other_goes_on(two):
    one, other = two
    await one.ask(DIGEST)
    await other.ask("/digest subscribe at:07:30")
    before = await state(one)
    assert (await other.event("app_uninstalled"))["acked"]
    [(resting, _)] = await other.until(lambda: _resting(other))
    assert "removed" in resting.paused
    assert await state(one) == before


async def _resting(world):
    found = await world.bot.storage.subscriptions.of(Place(world.space, "C1"))
    return found if found[0][0].paused else None


async def test_the_rights_of_one_workspace_are_none_in_another(loopback, prepared, tmp_path):
    async with (
        a_workspace(loopback) as elsewhere,
        in_slack(loopback, "socket", prepared, tmp_path / "one", managers=f"slack:{elsewhere.team}/UBEN") as world,
    ):
        assert "manage" in (await world.ask("/digest list", user="UBEN"))["text"]
