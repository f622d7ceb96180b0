"""HTTP mode: a guard that lets in only what Slack has signed, in front of the Bolt app, on the address of the settings."""

import asyncio
import hashlib
import hmac
import json
import logging
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, MutableMapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Final, TypeAlias
from urllib.parse import parse_qs

import uvicorn
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

from briefs.errors import BadInput

PATH: Final = "/slack/events"  # what the manifest names
BODY_MAX: Final = 1 << 20  # bytes; Slack's own requests have some kilobytes
PING_MAX: Final = 1_000  # bytes of a request that bears no signature and may yet be an ssl_check
SKEW_MAX: Final = 5 * 60  # seconds (docs.slack.dev/authentication/verifying-requests-from-slack)
READ_SECONDS: Final = 5.0  # for a body to arrive; Slack itself waits no longer than three
DEPTH_MAX: Final = 100  # of nested lists and objects; Slack's have some twenty
STOP_SECONDS: Final = 1  # for what is under way when the bot stops

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers: TypeAlias = Mapping[bytes, bytes]
Nested: TypeAlias = dict[str, Any] | list[Any]

log = logging.getLogger(__name__)


class Refused(Exception):
    """A request that gets no more than a status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Guard:
    """The ASGI application. A stranger learns a status and nothing else, and costs next to nothing.

    Args:
        secret: the signing secret.
        clock: seconds since 1970.
    """

    def __init__(self, app: AsyncApp, secret: str, clock: Callable[[], float] = time.time) -> None:
        self._app, self._secret, self._clock = app, secret.encode(), clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        status, kind, body = 400, "text/plain", b""
        try:
            status, kind, body = await self._answer(scope, receive)
        except Refused as refused:
            status = refused.status
        except Exception as error:  # noqa: BLE001 a signed request that Bolt cannot read; its traceback would hold the request
            log.warning("a request of Slack's could not be read: %s", type(error).__name__)
        headers = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode())]
        # What is left of a refused request is not read.
        headers += [(b"connection", b"close")] if status >= 400 else []
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, scope: Scope, receive: Receive) -> tuple[int, str, bytes]:
        if scope["path"] != PATH:
            raise Refused(404)
        if scope["method"] != "POST":
            raise Refused(405)
        headers = dict(scope["headers"])
        length = int(headers.get(b"content-length", b"0"))
        if length > BODY_MAX:
            raise Refused(413)
        try:
            timestamp = self._fresh(headers)
        except Refused:
            if 0 < length <= PING_MAX and is_ssl_check(await _read(receive)):
                return 200, "text/plain", b""
            raise
        body = await _read(receive)
        if not is_signed(self._secret, timestamp, body, headers[b"x-slack-signature"]):
            raise Refused(401)
        try:
            text = understood(body, headers.get(b"content-type", b""))
        except Refused:
            log.warning("a signed request of Slack's could not be read: it is of no form that Slack describes")
            raise
        given = {name.decode("latin-1"): value.decode("latin-1") for name, value in headers.items()}
        answer = await self._app.async_dispatch(AsyncBoltRequest(body=text, headers={**given}))
        if answer.status >= 500:
            raise Refused(400)
        if answer.status != 200:
            # Signed, but nothing we know of: Slack has no use for an error.
            return 200, "text/plain", b""
        return 200, answer.headers.get("content-type", ["text/plain"])[0], (answer.body or "").encode()

    def _fresh(self, headers: Headers) -> bytes:
        """The timestamp of a request that could be signed, and not too long ago."""
        timestamp = headers.get(b"x-slack-request-timestamp", b"")
        if not headers.get(b"x-slack-signature") or not timestamp.isdigit() or len(timestamp) > 12:
            raise Refused(401)
        if abs(self._clock() - int(timestamp)) > SKEW_MAX:
            raise Refused(401)
        return timestamp


def is_signed(secret: bytes, timestamp: bytes, body: bytes, signature: bytes) -> bool:
    """Whether Slack, which alone knows the secret, has signed the body at that time (v0)."""
    expected = b"v0=" + hmac.new(secret, b"v0:%b:%b" % (timestamp, body), hashlib.sha256).hexdigest().encode()
    return hmac.compare_digest(expected, signature)


def is_ssl_check(body: bytes) -> bool:
    """Whether this is the question whether we are there, which Slack need not sign."""
    return parse_qs(body.decode("latin-1")).get("ssl_check") == ["1"]


def understood(body: bytes, content_type: bytes) -> str:
    """The body as text, once it is sure that it can be read.

    Raises:
        Refused: it is not UTF-8, no form and no JSON object, nested too deeply, or a press that nobody made.
    """
    fields: Mapping[str, list[str]] = {}
    try:
        text = body.decode()
        if content_type.startswith(b"application/json") or text.startswith("{"):
            found = json.loads(text)
        elif "payload" in (fields := parse_qs(text, keep_blank_values=True, max_num_fields=100)):
            found = json.loads(fields["payload"][-1])
        else:
            return text
    except (ValueError, RecursionError):
        raise Refused(400) from None
    if not isinstance(found, dict) or _depth(found) > DEPTH_MAX or not isinstance(found.get("event", {}), dict):
        raise Refused(400)
    if "payload" in fields and not found.get("user"):  # every press, menu and form names who it was
        raise Refused(400)
    return text


def listening(host: str, port: int) -> socket.socket:
    """A socket bound to exactly that address.

    Raises:
        BadInput: it cannot be; the sentence names both settings.
    """
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or "unknown reason"
        raise BadInput(f"Cannot listen on {host}:{port} ({why}). Change STANDFIRST_SLACK__HOST or STANDFIRST_SLACK__PORT.") from None


@asynccontextmanager
async def served(guard: Guard, door: socket.socket) -> AsyncIterator[None]:
    """Serve the guard behind that socket for as long as the context lasts; the socket is closed with it."""
    config = uvicorn.Config(
        guard,
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="error",  # what strangers send wrong is no news
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve([door]))
    try:
        yield
    finally:
        server.should_exit = True
        server.ending.set()
        await serving
        door.close()


class _Server(uvicorn.Server):
    """A server that ends when it is told to: as it comes, it looks ten times a second, and at the process's signals."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ending = asyncio.Event()

    async def main_loop(self) -> None:
        """Wait for the end."""
        await self.ending.wait()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to the bot, which has more to end than this server."""
        yield


async def _read(receive: Receive) -> bytes:
    """The body; what is too long or too slow is not read to its end."""
    found = bytearray()
    try:
        async with asyncio.timeout(READ_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Refused(400)
                found += message.get("body", b"")
                if len(found) > BODY_MAX:
                    raise Refused(413)
                if not message.get("more_body"):
                    return bytes(found)
    except TimeoutError:
        raise Refused(408) from None


def _depth(found: Nested) -> int:
    """How deeply lists and objects are nested; without recursion, which is what is to be prevented."""
    depth = 0
    level: list[Nested] = [found]
    while level:
        depth += 1
        inner = (part for value in level for part in (value.values() if isinstance(value, dict) else value))
        level = [part for part in inner if isinstance(part, dict | list)]
    return depth
