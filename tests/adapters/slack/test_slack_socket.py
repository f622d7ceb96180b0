"""Socket Mode: a lost connection is back at once, nothing falls between two, and what cannot go on is one sentence."""

import asyncio
import logging
import time

import pytest

from adapters.slack import socket as socket_mode
from adapters.slack.app import NO_WAY_IN, REVOKED, Slack
from adapters.slack.manifest import SCOPES
from briefs.digest import Refused
from briefs.errors import BadInput
from tests.adapters.slack.workspace import SECRET, app_for
from tests.builders import a_message, a_place


async def sockets(world):
    return [s["number"] for s in (await world.remote.seen())["sockets"] if s["app_token"] == world.remote.app_token]


async def successor(world, before):
    async def fresh():
        return [number for number in await sockets(world) if number not in before]

    return await world.until(fresh)


async def test_a_cut_connection_is_back_before_slack_bolt_would_have_noticed(socket):
    """By itself it looks every ten seconds; a little less leaves room for a slow machine."""
    before = await sockets(socket)
    began = time.perf_counter()
    await socket.remote.control("cut", {"team": socket.remote.team})
    await successor(socket, before)
    assert time.perf_counter() - began < 8
    assert (await socket.ask("/brief iraq"))["text"]


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_a_connection_that_must_go_is_read_until_its_successor_is_there(socket, reason):
    [old] = await sockets(socket)
    await socket.remote.fault("apps.connections.open", team="", lag=0.3)
    await socket.remote.control("disconnect", {"team": socket.remote.team, "reason": reason})
    assert (await socket.command("/brief iraq", socket=old))["acked"]
    [new] = await successor(socket, [old])
    for number in (old, new):  # what was on its way down the old one is not lost
        assert (await socket.command("/brief iraq", socket=number))["acked"]

    async def all_three():
        return len(await socket.whispers()) == 3

    await socket.until(all_three)


async def test_it_tries_until_the_connection_is_back_and_says_so_once(socket, caplog, monkeypatch):
    monkeypatch.setattr(socket_mode, "BACKOFF", (0.0, 0.01))
    caplog.set_level(logging.WARNING)
    before = await sockets(socket)
    await socket.remote.fault("apps.connections.open", team="", times=4, status=500, body="down")
    await socket.remote.control("cut", {"team": socket.remote.team})
    await successor(socket, before)
    told = [r.getMessage() for r in caplog.records if r.name.startswith("adapters.slack")]
    assert [("was lost" in line, "is back." in line) for line in told] == [(True, False), (False, True)]
    assert "Traceback" not in caplog.text
    assert (await socket.ask("/standfirst about"))["text"]


async def test_a_429_is_waited_out(socket, monkeypatch):
    monkeypatch.setattr(socket_mode, "BACKOFF", (0.0, 0.01))
    before = await sockets(socket)
    await socket.remote.fault(
        "apps.connections.open", team="", status=429, headers={"Retry-After": "1"}, body={"ok": False, "error": "ratelimited"}, does=False
    )
    began = time.perf_counter()
    await socket.remote.control("cut", {"team": socket.remote.team})
    await successor(socket, before)
    assert time.perf_counter() - began >= 1


async def test_an_app_token_revoked_meanwhile_ends_it_with_a_sentence(socket):
    await socket.remote.fault("apps.connections.open", team="", body={"ok": False, "error": "token_revoked"}, does=False)
    await socket.remote.control("cut", {"team": socket.remote.team})
    with pytest.raises(BadInput, match="STANDFIRST_SLACK__APP_TOKEN"):
        await asyncio.wait_for(socket.ended, 60)


async def test_the_same_envelope_is_acknowledged_twice_and_answered_once(socket):
    first = await socket.command("/brief iraq", envelope_id="E1")
    again = await socket.command("/brief iraq", envelope_id="E1")  # with a trigger of its own, as if it were new
    assert first["acked"] and again["acked"]
    assert len(await socket.settled()) == 1


@pytest.mark.parametrize("kind", ["slash_commands", "interactive", "events_api", "something_new"])
@pytest.mark.parametrize(
    "payload", [{}, {"type": "nothing"}, {"event": "x", "type": "event_callback"}, {"actions": [None], "type": "block_actions"}]
)
async def test_whatever_comes_is_acknowledged(socket, kind, payload, caplog):
    assert (await socket.remote.push(kind, {"team_id": socket.remote.team} | payload))["acked"]
    assert "Traceback" not in caplog.text


async def test_stopping_leaves_no_connection(socket):
    await socket.stack.aclose()
    assert await sockets(socket) == []


@pytest.mark.parametrize("event", ["app_uninstalled", "tokens_revoked"])
async def test_removed_its_digests_rest_and_it_ends_with_a_sentence(world, event):
    await world.ask("/digest subscribe at:07:30")
    more = {"tokens": {"bot": ["UBOT"], "oauth": []}} if event == "tokens_revoked" else {}
    assert (await world.event(event, **more))["acked"]
    with pytest.raises(BadInput, match="Install the app again"):
        await asyncio.wait_for(world.ended, 60)
    [(subscription, _)] = await world.bot.storage.subscriptions.of(a_place(world.space, "C1"))
    assert "removed" in subscription.paused


async def test_both_events_in_either_order_do_no_more_than_one(world):
    await world.ask("/digest subscribe at:07:30")
    for event in ("tokens_revoked", "app_uninstalled", "tokens_revoked"):
        assert (await world.event(event, tokens={"bot": ["UBOT"]}))["acked"]
    with pytest.raises(BadInput):
        await asyncio.wait_for(world.ended, 60)


async def test_a_persons_own_token_revoked_changes_nothing(world):
    await world.event("tokens_revoked", tokens={"oauth": ["UANNA"], "bot": []})
    assert (await world.ask("/standfirst about"))["text"]
    assert not world.ended.done()


async def test_an_event_of_a_workspace_we_are_not_in_ends_nothing(world):
    payload = {"type": "event_callback", "event_id": "E", "team_id": "TOTHER", "event": {"type": "app_uninstalled"}}
    assert (await world.deliver("events_api", payload))["acked"]
    assert (await world.ask("/standfirst about"))["text"]
    assert not world.ended.done()


async def test_a_token_revoked_meanwhile_ends_it_with_a_sentence(world):
    await world.remote.note("workspace", error="token_revoked")
    await world.command("/brief iraq")
    with pytest.raises(BadInput) as told:
        await asyncio.wait_for(world.ended, 60)
    assert str(told.value) == REVOKED


async def test_a_token_revoked_is_noticed_by_a_digest_too(world):
    await world.remote.note("workspace", error="account_inactive")
    assert isinstance(await world.app.publish(a_place(world.space, "C1"), a_message(), "k"), Refused)
    with pytest.raises(BadInput):
        await asyncio.wait_for(world.ended, 60)


async def begins(world, mode, *, token=None, **changes):
    app = app_for(world.remote, mode, world.bot.storage, **changes)
    if token is not None:
        app = Slack(token, world.bot.storage, base_url=world.remote.api, app_token=world.remote.app_token)
    async with app.serve(world.bot.commands):
        pass


async def test_a_wrong_bot_token_is_one_sentence_that_says_what_to_click(socket):
    with pytest.raises(BadInput, match=r"STANDFIRST_SLACK__BOT_TOKEN \(invalid_auth\).*OAuth & Permissions") as told:
        await begins(socket, "socket", token="nobodys")
    assert "nobodys" not in str(told.value)


async def test_a_wrong_app_token_is_one_sentence_that_says_what_to_click(socket):
    with pytest.raises(BadInput, match=r"STANDFIRST_SLACK__APP_TOKEN \(invalid_auth\).*App-Level Tokens") as told:
        await begins(socket, "socket", app_token="nobodys")
    assert "nobodys" not in str(told.value)


async def test_no_way_in_is_one_sentence_that_names_both(socket):
    with pytest.raises(BadInput) as told:
        await begins(socket, "socket", app_token="")
    assert str(told.value) == NO_WAY_IN


@pytest.mark.parametrize("scope", SCOPES)
async def test_a_missing_right_is_named_with_what_to_click(socket, scope):
    granted = ",".join(set(SCOPES) - {scope})
    await socket.remote.fault("auth.test", headers={"x-oauth-scopes": granted})
    with pytest.raises(BadInput, match=f"{scope}.*Reinstall"):
        await begins(socket, "socket")


async def test_an_unreachable_slack_is_one_sentence(socket):
    with pytest.raises(BadInput, match="cannot be reached"):
        await begins(socket, "socket", base_url="http://127.0.0.1:9/api/")


async def test_with_both_ways_open_socket_mode_is_taken(socket):
    app = app_for(socket.remote, "socket", socket.bot.storage, signing_secret=SECRET, port=0)
    async with app.serve(socket.bot.commands):
        assert len(await sockets(socket)) == 2
        assert app.port == 0
