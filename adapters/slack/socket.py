"""Socket Mode: a connection that the bot opens itself, and opens anew whenever it is lost or Slack wants it to."""

import asyncio
import itertools
import json
import logging
from collections import deque
from typing import Any, Final, TypeAlias

import aiohttp
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.client import retry_after
from adapters.slack.outcomes import code_of
from adapters.slack.work import Work
from briefs.errors import BadInput

PING_EVERY: Final = 2.0  # seconds of silence after which the connection is asked for a sign of life, which has half as long
OPEN_SECONDS: Final = 10.0  # for a connection to be made
LINGER: Final = 10.0  # seconds an old connection is still read after its successor is there; Slack warns as long before
BACKOFF: Final = (0.0, 1.0, 2.0, 5.0, 10.0, 30.0)  # seconds before each try; apps.connections.open is of tier 1
KNOWN_MAX: Final = 1_000  # envelopes remembered; what comes again later is known by what it holds
# docs.slack.dev/reference/methods/apps.connections.open: what no trying again will change.
ENDED: Final = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type", "missing_scope"}
)
UNREACHABLE: Final = "Slack cannot be reached. Look whether this machine is online, then start again."

Socket: TypeAlias = aiohttp.ClientWebSocketResponse

log = logging.getLogger(__name__)


class Connection:
    """The app's connection to Slack, one socket at a time but for the moments in which one gives way to the next.

    The SDK's own client is not used: it comes back after up to two pings instead of at once, tries an address that
    Slack has given out once again and again, and logs that address, which is as good as a password.

    Args:
        client: of any token; the app token is given with its own call.
        session: whose connections are used.
    """

    def __init__(self, app: AsyncApp, app_token: str, client: AsyncWebClient, session: aiohttp.ClientSession, work: Work) -> None:
        self._app, self._token, self._client, self._session, self._work = app, app_token, client, session, work
        self._known: deque[str] = deque(maxlen=KNOWN_MAX)
        self._open: set[Socket] = set()

    @property
    def connected(self) -> bool:
        """Whether there is a socket that is read."""
        return any(not socket.closed for socket in self._open)

    async def begin(self) -> Socket:
        """The first socket.

        Raises:
            BadInput: Slack does not take the app token, or cannot be reached.
        """
        try:
            return await self._dial()
        except SlackApiError as error:
            raise BadInput(refusal(code_of(error))) from None
        except (aiohttp.ClientError, OSError):
            raise BadInput(UNREACHABLE) from None

    async def keep(self, socket: Socket) -> None:
        """Read this socket, and its successors, until cancelled.

        Raises:
            BadInput: Slack will not have us any more.
        """
        while True:
            leaving = asyncio.Event()
            reading = asyncio.create_task(self._read(socket, leaving))
            reading.add_done_callback(lambda _, leaving=leaving: leaving.set())  # type: ignore[misc]  # bound to this round's
            try:
                await leaving.wait()
                successor = await self._successor()
            except BaseException:
                reading.cancel()
                raise
            # The old one is closed only now, and not before it has been read out, so that nothing falls between them.
            self._work.start(self._read_out(reading, socket))
            socket = successor

    async def close(self) -> None:
        """Close every socket."""
        await asyncio.gather(*(socket.close() for socket in tuple(self._open)), return_exceptions=True)

    async def _successor(self) -> Socket:
        for failures in itertools.count():
            await asyncio.sleep(BACKOFF[min(failures, len(BACKOFF) - 1)])
            try:
                socket = await self._dial()
            except SlackApiError as error:
                if code_of(error) in ENDED:
                    raise BadInput(refusal(code_of(error))) from None
                if code_of(error) == "ratelimited":
                    await asyncio.sleep(retry_after(getattr(error.response, "headers", {})))
            except (aiohttp.ClientError, OSError):
                pass
            else:
                if failures:
                    log.warning("The connection to Slack is back.")
                return socket
            if not failures:
                log.warning("The connection to Slack was lost. It is tried again until it is back; digests wait meanwhile.")
        raise AssertionError("counting never ends")

    async def _dial(self) -> Socket:
        async with asyncio.timeout(OPEN_SECONDS):
            # An address opens one socket, once.
            address = (await self._client.apps_connections_open(app_token=self._token))["url"]
            socket = await self._session.ws_connect(address, heartbeat=PING_EVERY, timeout=aiohttp.ClientWSTimeout(ws_close=1.0))
        self._open.add(socket)
        return socket

    async def _read(self, socket: Socket, leaving: asyncio.Event) -> None:
        """Read a socket until it is closed; `leaving` is set where Slack says that it soon will be."""
        async for message in socket:
            if message.type is not aiohttp.WSMsgType.TEXT:
                continue
            envelope = _envelope(message.data)
            if envelope.get("type") == "disconnect":
                leaving.set()
            elif isinstance(envelope.get("envelope_id"), str):
                self._work.start(self._answer(socket, envelope))
        # Not where this was broken off: then somebody has yet to close it.
        self._open.discard(socket)

    async def _read_out(self, reading: "asyncio.Task[None]", socket: Socket) -> None:
        await asyncio.wait({reading}, timeout=LINGER)
        reading.cancel()
        await socket.close()
        self._open.discard(socket)

    async def _answer(self, socket: Socket, envelope: dict[str, Any]) -> None:
        """Acknowledge an envelope, whatever is in it; one that comes again is acknowledged again, and that is all."""
        envelope_id, payload = envelope["envelope_id"], envelope.get("payload")
        answer: dict[str, Any] = {"envelope_id": envelope_id}
        if isinstance(payload, dict) and envelope_id not in self._known:
            self._known.append(envelope_id)
            answer |= await self._answered(payload)
        try:
            await socket.send_json(answer)
        except (aiohttp.ClientError, OSError):
            log.info("an acknowledgement could not be sent")

    async def _answered(self, payload: dict[str, Any]) -> dict[str, Any]:
        try:
            answer = await self._app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=payload))
            return {"payload": json.loads(answer.body)} if answer.status == 200 and answer.body else {}
        except Exception as error:  # noqa: BLE001 something that Bolt cannot read; its traceback would hold the whole of it
            log.warning("something of Slack's could not be read: %s", type(error).__name__)
            return {}


def refusal(code: str) -> str:
    """Why there is no connection, and what to click."""
    where = "Make one in the app's settings under Basic Information, App-Level Tokens, with the scope connections:write."
    return f"Slack does not take STANDFIRST_SLACK__APP_TOKEN ({code or 'no reason given'}). {where} Socket Mode must be on there, too."


def _envelope(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    return found if isinstance(found, dict) else {}
