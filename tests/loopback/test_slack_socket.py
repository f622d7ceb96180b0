"""Socket Mode of the loopback Slack, as seen by the real slack_bolt."""

import asyncio
from contextlib import asynccontextmanager

import aiohttp
import pytest
import pytest_asyncio
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.loopback.process import running
from tests.loopback.slack_remote import a_workspace


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def base():
    async with running("tests.loopback.slack") as url:
        yield url


@pytest_asyncio.fixture
async def remote(base):
    async with a_workspace(base) as workspace:
        yield workspace


@pytest.fixture
def client(remote):
    return AsyncWebClient(remote.token, base_url=remote.api, retry_handlers=[])


async def until(look):
    async with asyncio.timeout(60):
        while not await look():  # noqa: ASYNC110 it happens in another process
            await asyncio.sleep(0.02)


@asynccontextmanager
async def bolt(remote):
    """A Bolt app with one command, connected."""
    app = AsyncApp(token=remote.token, client=AsyncWebClient(remote.token, base_url=remote.api))

    @app.command("/greet")
    async def _(ack, respond, command, client):
        await ack(text="acked")
        await respond(text=f"hello {command['user_id']}")

    @app.event("app_home_opened")
    async def _(event):
        pass

    handler = AsyncSocketModeHandler(app, remote.app_token)
    handler.client.ping_interval = 0.2
    await handler.connect_async()
    await until(lambda: sockets(remote))
    try:
        yield handler
    finally:
        await handler.close_async()


async def sockets(remote):
    return [s["number"] for s in (await remote.seen())["sockets"] if s["app_token"] == remote.app_token]


GREET = {"command": "/greet", "text": "", "user_id": "UHUMAN", "channel_id": "C1"}


async def greet(remote, **more):
    payload = GREET | {"team_id": remote.team}
    return await remote.push("slash_commands", payload, channel="C1", user="UHUMAN", **more)


async def test_a_command_reaches_bolt_and_its_answers_are_seen(remote):
    async with bolt(remote):
        told = await greet(remote)
        assert told["acked"] and 0 < told["latency_ms"] < 3_000
        await until(lambda: said(remote, 2))
        assert await said(remote, 2) == ["acked", "hello UHUMAN"]


async def said(remote, count):
    found = sorted(m["text"] for m in (await remote.seen())["ephemerals"])
    return found if len(found) == count else []


async def test_an_event_is_acked(remote):
    async with bolt(remote):
        event = {"type": "app_home_opened", "user": "UHUMAN", "tab": "home"}
        payload = {"type": "event_callback", "event_id": "Ev1", "team_id": remote.team, "event": event}
        assert (await remote.push("events_api", payload))["acked"]


async def test_an_envelope_nobody_answers_is_not_acked(remote):
    async with bolt(remote):
        assert not (await remote.push("slash_commands", GREET | {"command": "/other"}, patience=0.2))["acked"]


async def test_without_a_socket_nothing_is_sent(remote):
    assert await greet(remote) | {"sent_payload": None} == {"sent": False, "acked": False, "sent_payload": None}


@pytest.mark.parametrize("reason", ["refresh_requested", "warning", "cut"])
async def test_a_client_that_must_go_comes_back(remote, reason):
    async with bolt(remote):
        before = await sockets(remote)
        await remote.control(
            *(("cut", {"team": remote.team}) if reason == "cut" else ("disconnect", {"team": remote.team, "reason": reason}))
        )

        async def fresh():
            now = await sockets(remote)
            return now and now != before

        await until(fresh)
        assert (await greet(remote))["acked"]


async def test_an_app_has_ten_sockets_at_most(remote, client):
    async with aiohttp.ClientSession() as http:
        open_ones = []
        for _ in range(11):
            url = (await client.apps_connections_open(app_token=remote.app_token))["url"]
            open_ones.append(await http.ws_connect(url))
        told = [await ws.receive_json() for ws in open_ones]
        assert [t["type"] for t in told] == ["hello"] * 10 + ["disconnect"]
        assert told[-1]["reason"] == "too_many_websockets"
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await http.ws_connect(url)


async def test_an_app_token_that_is_none_opens_nothing(client):
    with pytest.raises(SlackApiError, match="invalid_auth"):
        await client.apps_connections_open(app_token="nobodys")
