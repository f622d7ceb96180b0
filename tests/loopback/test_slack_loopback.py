"""The loopback Slack does what it says, as seen by the real slack_sdk and slack_bolt."""

import asyncio
import time

import aiohttp
import pytest
import pytest_asyncio
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.loopback.process import running
from tests.loopback.slack_remote import a_workspace, signed

SERVER = "tests.loopback.slack"
BLOCKS = [{"type": "section", "block_id": "one", "text": {"type": "mrkdwn", "text": "hello"}}]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def base():
    async with running(SERVER) as url:
        yield url


@pytest_asyncio.fixture
async def remote(base):
    async with a_workspace(base) as workspace:
        yield workspace


@pytest.fixture
def client(remote):
    return AsyncWebClient(remote.token, base_url=remote.api, retry_handlers=[])


async def refused(call):
    with pytest.raises(SlackApiError) as error:
        await call
    return error.value.response["error"]


async def until(look):
    async with asyncio.timeout(60):
        while not await look():  # noqa: ASYNC110 it happens in another process
            await asyncio.sleep(0.02)


# --- the Web API ------------------------------------------------------------------------------------------------------


async def test_a_post_is_what_readers_see(client, remote):
    answer = await client.chat_postMessage(channel="C1", text="hello", blocks=BLOCKS)
    [seen] = await remote.messages("C1")
    assert (seen["ts"], seen["text"], seen["user"]) == (answer["ts"], "hello", f"U{remote.team}BOT")
    assert seen["blocks"] == BLOCKS


async def test_history_comes_in_pages_newest_first(client, remote):
    posted = [await remote.says("C1", f"m{n}") for n in range(7)]
    first = await client.conversations_history(channel="C1", limit=3, oldest=posted[0])
    assert [m["ts"] for m in first["messages"]] == posted[:3:-1]
    rest = await client.conversations_history(channel="C1", oldest=posted[0], cursor=first["response_metadata"]["next_cursor"])
    assert [m["ts"] for m in rest["messages"]] == posted[3:0:-1]
    assert (first["has_more"], rest["has_more"]) == (True, False)


async def test_metadata_is_shown_to_who_asks_for_it(client):
    await client.chat_postMessage(channel="C1", text="x", metadata={"event_type": "e", "event_payload": {}})
    bare = await client.conversations_history(channel="C1")
    whole = await client.conversations_history(channel="C1", include_all_metadata=True)
    assert ("metadata" in bare["messages"][0], "metadata" in whole["messages"][0]) == (False, True)


async def test_an_update_replaces_the_blocks(client, remote):
    ts = (await client.chat_postMessage(channel="C1", text="x", blocks=BLOCKS))["ts"]
    await client.chat_update(channel="C1", ts=ts, text="y")
    [seen] = await remote.messages("C1")
    assert (seen["text"], seen["blocks"]) == ("y", [])
    assert await refused(client.chat_update(channel="C1", ts=ts, text="y" * 4_001)) == "msg_too_long"
    assert await refused(client.chat_update(channel="C1", ts="1.000000", text="y")) == "message_not_found"
    assert await refused(client.chat_update(channel="C1", ts=await remote.says("C1", "mine"), text="y")) == "cant_update_message"


async def test_an_ephemeral_message_is_seen_by_one_person(client, remote):
    await client.chat_postEphemeral(channel="C1", user="UHUMAN", text="only you")
    seen = await remote.seen()
    assert [(m["to"], m["channel"], m["text"]) for m in seen["ephemerals"]] == [("UHUMAN", "C1", "only you")]
    assert seen["messages"]["C1"] == []
    assert await refused(client.chat_postEphemeral(channel="C1", user="UNOBODY", text="x")) == "user_not_in_channel"


async def test_what_slack_refuses_is_refused(client, remote):
    long = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3_000}}] * 5
    assert await refused(client.chat_postMessage(channel="C1", text="x", blocks=[{"type": "banner"}])) == "invalid_blocks"
    assert await refused(client.chat_postMessage(channel="C1", text="x", blocks=long)) == "msg_blocks_too_long"
    assert await refused(client.api_call("chat.postMessage", json={"channel": "C1"})) == "no_text"
    assert await refused(client.chat_postMessage(channel="CNONE", text="x")) == "channel_not_found"
    assert await refused(client.api_call("no.such")) == "unknown_method"
    await remote.note("channel", id="C2", members=["UHUMAN"])
    assert await refused(client.chat_postMessage(channel="C2", text="x")) == "not_in_channel"
    assert await refused(client.conversations_history(channel="C2")) == "not_in_channel"
    await remote.note("workspace", scopes=["chat:write", "chat:write.public"])
    assert (await client.chat_postMessage(channel="C2", text="x"))["ok"]
    assert await refused(client.conversations_history(channel="C1")) == "missing_scope"
    await remote.note("channel", id="C1", archived=True)
    assert await refused(client.chat_postMessage(channel="C1", text="x")) == "is_archived"


async def test_a_token_opens_its_own_workspace_only(client, remote, base):
    assert (await client.auth_test())["team_id"] == remote.team
    assert await refused(AsyncWebClient("nobodys", base_url=remote.api).auth_test()) == "invalid_auth"
    assert await refused(AsyncWebClient(base_url=remote.api).auth_test()) == "not_authed"
    async with a_workspace(base) as other:
        await other.note("channel", id="CTHEIRS")
        assert await refused(client.chat_postMessage(channel="CTHEIRS", text="x")) == "channel_not_found"


async def test_people_and_channels_are_told(client, remote):
    await remote.note("user", id="UBOSS", is_admin=True, tz="Asia/Baghdad", locale="ar-IQ")
    user = (await client.users_info(user="UBOSS", include_locale=True))["user"]
    assert (user["is_admin"], user["is_owner"], user["tz"], user["locale"]) == (True, False, "Asia/Baghdad", "ar-IQ")
    assert "locale" not in (await client.users_info(user="UBOSS"))["user"]
    assert (await client.conversations_info(channel="C1"))["channel"]["is_member"]
    assert (await client.conversations_open(users="UBOSS"))["channel"]["id"] == "DUBOSS"
    assert await refused(client.users_info(user="UNOBODY")) == "user_not_found"


async def test_a_channels_pace_has_bursts_and_a_retry_after(client, remote):
    await remote.limits(channel_every=60, channel_burst=2)
    for _ in range(2):
        await client.chat_postMessage(channel="C1", text="x")
    with pytest.raises(SlackApiError) as error:
        await client.chat_postMessage(channel="C1", text="x")
    assert error.value.response.status_code == 429
    assert 50 < int(error.value.response.headers["Retry-After"]) <= 60
    assert (await client.chat_postMessage(channel="C2", text="x"))["ok"]


async def test_tokens_are_not_written_down(client, remote):
    await client.auth_test()
    await client.apps_connections_open(app_token=remote.app_token)
    async with remote.http.get(f"{remote.base}/_control/requests") as answer:
        assert f"token-of-{remote.team}" not in await answer.text()


async def test_a_fault_meets_the_calls_it_was_scripted_for(client, remote):
    await remote.fault("chat.postMessage", channel="C2", times=2, does=False, body={"ok": False, "error": "internal_error"})
    assert (await client.chat_postMessage(channel="C1", text="x"))["ok"]
    for _ in range(2):
        assert await refused(client.chat_postMessage(channel="C2", text="x")) == "internal_error"
    assert (await client.chat_postMessage(channel="C2", text="x"))["ok"]
    assert len(await remote.messages("C2")) == 1


async def test_a_call_is_carried_out_even_if_its_client_is_gone(client, remote):
    await remote.fault(wait=2)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.chat_postMessage(channel="C1", text="late"), 0.5)
    assert await remote.messages("C1") == []
    await until(lambda: remote.messages("C1"))


# --- interactions -----------------------------------------------------------------------------------------------------


async def interaction(remote, **more):
    return await remote.control("interact", {"team": remote.team, "channel": "C1", "user": "UHUMAN", **more})


MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": [{"type": "divider"}]}


async def test_a_trigger_opens_one_view_in_three_seconds(client, remote):
    trigger = (await interaction(remote))["trigger_id"]
    view = (await client.views_open(trigger_id=trigger, view=MODAL))["view"]
    assert await refused(client.views_open(trigger_id=trigger, view=MODAL)) == "trigger_exchanged"
    await client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL | {"callback_id": "new"})
    assert await refused(client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL)) == "hash_conflict"
    assert [v["callback_id"] for v in (await remote.seen())["modals"].values()] == ["new"]
    old = (await interaction(remote))["trigger_id"]
    await remote.control("older", {"seconds": 4})
    assert await refused(client.views_open(trigger_id=old, view=MODAL)) == "trigger_expired"
    fresh = (await interaction(remote))["trigger_id"]
    long = MODAL | {"title": {"type": "plain_text", "text": "T" * 25}}
    assert await refused(client.views_open(trigger_id=fresh, view=long)) == "invalid_arguments"


async def test_a_home_view_is_one_persons(client, remote):
    await client.views_publish(user_id="UHUMAN", view={"type": "home", "blocks": BLOCKS})
    assert (await remote.seen())["homes"]["UHUMAN"]["blocks"] == BLOCKS
    assert await refused(client.views_publish(user_id="UHUMAN", view=MODAL)) == "invalid_arguments"


async def test_a_response_url_takes_five_messages_in_half_an_hour(remote):
    hook = AsyncWebhookClient((await interaction(remote))["response_url"])
    answers = [(await hook.send(text=f"a{n}")).status_code for n in range(6)]
    assert answers == [200] * 5 + [404]
    assert [m["text"] for m in (await remote.seen())["ephemerals"]] == [f"a{n}" for n in range(5)]
    late = AsyncWebhookClient((await interaction(remote))["response_url"])
    await remote.control("older", {"seconds": 31 * 60})
    assert (await late.send(text="late")).status_code == 404


async def test_a_response_replaces_deletes_or_goes_to_everyone(remote, client):
    ts = (await client.chat_postMessage(channel="C1", text="x", blocks=BLOCKS))["ts"]
    hook = AsyncWebhookClient((await interaction(remote, original=ts))["response_url"])
    await hook.send(text="y", replace_original=True)
    assert [m["text"] for m in await remote.messages("C1")] == ["y"]
    await hook.send(text="all", response_type="in_channel")
    await hook.send(delete_original=True)
    assert [m["text"] for m in await remote.messages("C1")] == ["all"]
    assert (await hook.send(text="x", blocks=[{"type": "banner"}])).status_code == 404


# --- the process ------------------------------------------------------------------------------------------------------


async def test_a_world_comes_back_from_its_journal(tmp_path):
    journal = tmp_path / "journal.jsonl"
    async with running(SERVER, "--journal", str(journal)) as url, a_workspace(url) as remote:
        await AsyncWebClient(remote.token, base_url=remote.api).chat_postMessage(channel="C1", text="kept", blocks=BLOCKS)
        before = (await remote.seen())["messages"]
    async with running(SERVER, "--journal", str(journal)) as url, aiohttp.ClientSession() as http:
        async with http.get(f"{url}/_control/seen", params={"team": remote.team}) as answer:
            assert (await answer.json())["messages"] == before
        again = AsyncWebClient(remote.token, base_url=f"{url}/api/")
        assert (await again.conversations_history(channel="C1"))["messages"][0]["text"] == "kept"


def test_a_signature_is_what_slacks_own_verifier_expects():
    now = int(time.time())
    headers = signed("secret", "command=%2Fbrief", now)
    assert SignatureVerifier("secret").is_valid_request("command=%2Fbrief", headers)
    assert not SignatureVerifier("other").is_valid_request("command=%2Fbrief", headers)
    assert not SignatureVerifier("secret").is_valid_request("command=%2Fx", headers)
