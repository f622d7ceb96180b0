"""HTTP mode lets in what Slack has signed, once; a stranger learns a status, and costs next to nothing."""

import asyncio
import hashlib
import hmac
import json
import logging
import time
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.slack.http import BODY_MAX, DEPTH_MAX, PATH, SKEW_MAX, Refused, is_signed, listening, understood
from briefs.errors import BadInput
from tests.adapters.slack.workspace import SECRET
from tests.loopback.slack_remote import signed

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


def now():
    return int(time.time())


def command(world, **more):
    given = {"command": "/standfirst", "text": "about", "team_id": world.remote.team, "channel_id": "C1", "user_id": "UANNA"}
    return urlencode(given | {"trigger_id": "1.2", "response_url": f"{world.remote.base}/hooks/none"} | more)


async def refused(world, status, body, form=FORM, **headers):
    told = await world.raw(body, form, **headers)
    assert (told["status"], told["text"]) == (status, "")


def test_the_signature_is_slacks_own():
    # The base string and the digest as docs.slack.dev/authentication/verifying-requests-from-slack describes them.
    body, at = b"token=x&command=%2Fbrief", b"1531420618"
    digest = hmac.new(b"secret", b"v0:1531420618:token=x&command=%2Fbrief", hashlib.sha256).hexdigest()
    assert is_signed(b"secret", at, body, f"v0={digest}".encode())
    assert not is_signed(b"other", at, body, f"v0={digest}".encode())
    assert not is_signed(b"secret", b"1531420619", body, f"v0={digest}".encode())
    assert not is_signed(b"secret", at, body + b" ", f"v0={digest}".encode())


async def test_a_body_changed_by_one_byte_after_signing_is_refused(web):
    body = command(web, text="a b")
    assert "+" in body
    await refused(web, 401, body.replace("+", "%20"), **signed(SECRET, body, now()))


async def test_what_is_typed_in_bytes_that_are_no_text_gets_a_clear_reply(web, caplog):
    body = command(web, command="/brief", text="iraq").replace("text=iraq", "text=%00%ff%fe")
    assert (await web.raw(body))["status"] == 200
    [told] = await web.until(web.whispers)
    assert told["text"].startswith("No brief called")
    assert "Traceback" not in caplog.text


async def test_a_press_of_nobody_in_no_workspace_is_refused(web, caplog):
    press = {"type": "block_actions", "actions": [{"action_id": "press:0", "value": "l:/brief", "type": "button", "block_id": "b"}]}
    told = await web.raw(urlencode({"payload": json.dumps(press)}))
    assert (told["status"], told["text"]) == (400, "")
    assert "could not be read" in caplog.text
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("signature", ["", "v0=", "v1=00", "v0=" + "0" * 64, "é" * 67, "v0=é", "x" * 5_000])
async def test_a_wrong_signature_is_refused(web, signature):
    body = command(web)
    raw = {"X-Slack-Request-Timestamp": str(now()), "X-Slack-Signature": signature}
    status, _, text = await exchange(web, body.encode(), raw)
    assert (status, text) == (401, b"")


@pytest.mark.parametrize("timestamp", ["", "0", "x", "1e9", "-5", "٣", "9" * 30, " ", "1.5"])
async def test_a_timestamp_that_is_none_or_long_ago_is_refused(web, timestamp):
    body = command(web)
    good = signed(SECRET, body, 0)["X-Slack-Signature"]
    status, _, text = await exchange(web, body.encode(), {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": good})
    assert (status, text) == (401, b"")


@pytest.mark.parametrize("skew", [-SKEW_MAX - 5, SKEW_MAX + 5])
async def test_a_signature_of_another_time_is_refused(web, skew):
    body = command(web)
    await refused(web, 401, body, **signed(SECRET, body, now() + skew))


async def test_what_nobody_signed_is_refused(web):
    await refused(web, 401, command(web), **{"X-Nothing": "1"})


@pytest.mark.parametrize(
    ("body", "form"),
    [
        pytest.param(b"{", JSON, id="cut"),
        pytest.param(b"[]", JSON, id="list"),
        pytest.param(b"3", JSON, id="number"),
        pytest.param(b"", JSON, id="empty"),
        pytest.param(b"\xff\xfe", FORM, id="not-utf-8"),
        pytest.param(b'{"a": "\xe9"}', JSON, id="latin-1"),
        pytest.param(b"[" * 200_000, JSON, id="very-deep"),
        pytest.param(b'{"a":' + b"[" * DEPTH_MAX + b"]" * DEPTH_MAX + b"}", JSON, id="deep"),
        pytest.param(b'{"a":' * 900 + b"1" + b"}" * 900, JSON, id="deep-objects"),
        pytest.param(b'{"a":' + b"9" * 5_000 + b"}", JSON, id="huge-number"),
        pytest.param(b"payload=%7B", FORM, id="cut-payload"),
        pytest.param(b"payload=[]", FORM, id="payload-list"),
        pytest.param(b"payload=" + b"[" * 50_000, FORM, id="deep-payload"),
        pytest.param(b"payload=", FORM, id="empty-payload"),
        pytest.param(b"&".join(b"payload=%7B%7D" for _ in range(500)), FORM, id="many-fields"),
        pytest.param(b'{"type": "event_callback", "event": "x"}', JSON, id="event-that-is-a-text"),
        pytest.param(b'{"type": "event_callback", "event": null}', JSON, id="event-that-is-nothing"),
    ],
)
async def test_a_signed_body_that_cannot_be_read_is_refused_without_a_traceback(web, caplog, body, form):
    await refused(web, 400, body, form, **signed(SECRET, body, now()))
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "block_actions"},
        {"type": "block_actions", "actions": []},
        {"type": "block_actions", "actions": [None]},
        {"type": "block_actions", "actions": [{"action_id": 3}], "user": [], "team": "x", "container": 5},
        {"type": "view_submission", "view": None},
        {"type": "view_submission", "view": {"callback_id": "form", "private_metadata": 3}},
        {"type": "block_suggestion", "view": {}, "action_id": None},
        {"type": "something_new"},
        {"type": "shortcut", "callback_id": "x", "trigger_id": "1"},
        {},
    ],
    ids=str,
)
async def test_a_signed_payload_of_a_strange_shape_is_survived(web, caplog, payload):
    body = urlencode({"payload": json.dumps({"team": {"id": web.remote.team}, "user": {"id": "UANNA"}} | payload)})
    told = await web.raw(body)
    assert told["status"] in {200, 400}
    assert "Traceback" not in told["text"] + caplog.text
    assert (await web.ask("/standfirst about"))["text"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=300), form=st.sampled_from([b"application/json", b"application/x-www-form-urlencoded", b""]))
def test_any_body_is_read_or_refused(body, form):
    try:
        understood(body, form)
    except Refused as error:
        assert error.status == 400


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PROPFIND"])
async def test_only_posts_are_answered(web, method):
    async with web.http.request(method, web.url) as answer:
        assert answer.status == 405


@pytest.mark.parametrize("path", ["/", "/slack", "/slack/events/", "/slack/install", "/slack/oauth_redirect", "/%2e%2e"])
async def test_other_paths_are_not_there(web, path):
    async with web.http.post(web.url.removesuffix(PATH) + path) as answer:
        assert (answer.status, await answer.text()) == (404, "")


async def test_a_challenge_is_answered_only_when_it_is_signed(web):
    body = json.dumps({"type": "url_verification", "challenge": "c" * 20, "token": "x"})
    assert "c" * 20 in (await web.raw(body, JSON))["text"]
    await refused(web, 401, body, JSON, **{"X-Nothing": "1"})


async def test_an_ssl_check_is_answered_with_nothing(web):
    await refused(web, 200, "ssl_check=1&token=x", **{"X-Nothing": "1"})
    assert (await web.raw("ssl_check=1&token=x"))["status"] == 200


async def test_a_stranger_is_told_nothing_of_what_serves(web):
    async with web.http.post(web.url, data=b"x") as answer:
        assert {name.lower() for name in answer.headers} == {"content-type", "content-length", "connection"}


async def exchange(world, body, headers, *, length=None, sent=True):
    """Status, seconds and body of an answer to a request written by hand; `sent`: with its body."""
    reader, writer = await asyncio.open_connection("127.0.0.1", world.app.port)
    head = [f"POST {PATH} HTTP/1.1", "Host: x", f"Content-Type: {FORM}"]
    head += [f"Content-Length: {len(body) if length is None else length}"] if length != 0 else ["Transfer-Encoding: chunked"]
    lines = "\r\n".join([*head, *(f"{name}: {value}" for name, value in headers.items())]) + "\r\n\r\n"
    began = time.perf_counter()
    writer.write(lines.encode() + (body if sent else b""))
    try:
        answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 60)
        return int(answer.split()[1]), time.perf_counter() - began, await asyncio.wait_for(reader.read(), 60) if b"close" in answer else b""
    finally:
        writer.close()


async def test_a_body_that_is_too_long_is_refused_before_any_of_it_is_read(web):
    headers = signed(SECRET, b"", now())
    assert (await exchange(web, b"", headers, length=30 << 20, sent=False))[0] == 413


async def test_what_nobody_signed_is_refused_before_any_of_it_is_read(web):
    for length in (0, BODY_MAX - 1):
        assert (await exchange(web, b"", {"X-Slack-Request-Timestamp": str(now())}, length=length, sent=False))[0] == 401


async def test_a_body_of_unknown_length_is_read_no_further_than_the_cap(web):
    reader, writer = await asyncio.open_connection("127.0.0.1", web.app.port)
    headers = signed(SECRET, b"x", now())
    lines = [f"POST {PATH} HTTP/1.1", "Host: x", "Transfer-Encoding: chunked", *(f"{n}: {v}" for n, v in headers.items())]
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
    piece, written = b"10000\r\n" + b"x" * 65_536 + b"\r\n", 0
    try:
        while written < 30 << 20:
            writer.write(piece)
            written += 65_536
            await writer.drain()
            await asyncio.sleep(0)
    except ConnectionError:
        pass  # closed under our hands, as it should be
    writer.close()
    assert written < 30 << 20 or (await reader.read(12)).endswith(b"413")
    assert (await web.ask("/standfirst about"))["text"]


async def test_a_body_that_never_ends_is_given_up(web, monkeypatch):
    monkeypatch.setattr("adapters.slack.http.READ_SECONDS", 0.05)
    assert (await exchange(web, b"x", signed(SECRET, b"", now()), length=100))[0] == 408


async def test_a_signed_request_sent_again_has_one_effect_and_the_same_answer(web):
    first = await web.command("/digest test")
    await web.until(lambda: web.remote.messages("C1"))
    for _ in range(3):
        again = await web.again()
        assert (again["status"], again["text"]) == (first["status"], first["text"]) == (200, "")
    await web.settled()
    assert len(await web.remote.messages("C1")) == 1


async def test_a_command_of_a_workspace_we_are_not_in_is_answered_with_nothing_of_ours(web, caplog):
    caplog.set_level(logging.DEBUG)
    told = await web.raw(command(web, team_id="TSTRANGER", response_url=""))
    assert told["status"] == 200
    assert web.remote.token not in told["text"] + caplog.text
    assert await web.whispers() == []


async def test_an_address_that_is_taken_is_one_sentence(web):
    with pytest.raises(BadInput, match="STANDFIRST_SLACK__PORT"):
        listening("127.0.0.1", web.app.port)
    with pytest.raises(BadInput, match="Cannot listen on nowhere.invalid"):
        listening("nowhere.invalid", 0)


async def test_it_listens_where_the_setting_says_and_nowhere_else(web):
    with listening("127.0.0.2", web.app.port) as other:  # would be taken, if we listened everywhere
        assert other.getsockname()[0] == "127.0.0.2"


async def test_stopping_leaves_nothing_listening(web):
    port = web.app.port
    await web.stack.aclose()
    listening("127.0.0.1", port).close()
