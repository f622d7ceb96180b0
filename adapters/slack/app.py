"""Slack as a platform: served by Socket Mode or by HTTP for as long as the bot runs."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import Final

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.answering import Answering, Posts, Remember
from adapters.slack.calls import Calls, new_client, new_session
from adapters.slack.client import SLACK
from adapters.slack.files import Files
from adapters.slack.filling import Forms
from adapters.slack.http import Guard, listening, served
from adapters.slack.inbound import Came
from adapters.slack.installations import OneWorkspace, space_of
from adapters.slack.listeners import Listeners
from adapters.slack.manifest import SCOPES
from adapters.slack.outcomes import code_of
from adapters.slack.people import People
from adapters.slack.publisher import SlackPublisher
from adapters.slack.replays import Replays
from adapters.slack.socket import UNREACHABLE, Connection
from adapters.slack.work import Work
from briefs.commands.answer import Commands
from briefs.digest import Again, Later, Place, Refused, Sent, Unknown
from briefs.errors import BadInput
from briefs.message import Message
from briefs.ports import Absent, Storage

NO_WAY_IN: Final = (
    "Slack cannot reach the bot yet. Set STANDFIRST_SLACK__APP_TOKEN (the app's settings, Basic Information, App-Level Tokens, "
    "scope connections:write), or for HTTP mode STANDFIRST_SLACK__SIGNING_SECRET (Basic Information, App Credentials)."
)
REVOKED: Final = (
    "Slack no longer accepts the bot: it was removed, or its token revoked. Install the app again (the app's settings, Install App), "
    "copy the new token to STANDFIRST_SLACK__BOT_TOKEN, and start again."
)

log = logging.getLogger(__name__)


class Slack:
    """The bot on Slack; see the port `Publisher`, and `Platform`.

    Args:
        app_token: for Socket Mode, which is chosen where both ways are open.
        signing_secret: for HTTP mode.
        base_url: another address of Slack's API; empty: Slack's own.
        host: and `port`: what HTTP mode listens on; port 0 is any that is free, and stands in `port` while it is served.
        digests: "admins" or "members": who may change a channel's digests.
        max_file_bytes: a larger file that somebody attaches is refused.
    """

    def __init__(
        self,
        bot_token: str,
        storage: Storage,
        *,
        app_token: str = "",
        signing_secret: str = "",
        base_url: str = "",
        host: str = "127.0.0.1",
        port: int = 3000,
        digests: str = "admins",
        max_file_bytes: int = 1_000_000,
    ) -> None:
        self._token, self._app_token, self._secret = bot_token, app_token, signing_secret
        self._storage, self._digests, self._max_file_bytes = storage, digests, max_file_bytes
        self._base_url = f"{base_url.rstrip('/')}/" if base_url else SLACK
        self._host, self.port = host, port
        self._publisher: SlackPublisher | None = None
        self._look_whether_revoked: Callable[[], Awaitable[object]] = _nothing
        self._is_connected: Callable[[], bool] = lambda: False

    @property
    def connected(self) -> bool:
        """See `Platform`."""
        return self._is_connected()

    @property
    def at_once(self) -> int:
        """See the port."""
        return self._posting.at_once

    async def publish(self, channel: Place, message: Message, key: str) -> Sent | Refused | Again | Unknown:
        """See the port."""
        outcome = await self._posting.publish(channel, message, key)
        if isinstance(outcome, Refused) and outcome.channel_lost:
            await self._look_whether_revoked()
        return outcome

    async def find(self, channel: Place, key: str) -> Sent | Absent | Later:
        """See the port."""
        return await self._posting.find(channel, key)

    async def edit(self, channel: Place, receipt: str, message: Message) -> Sent | Refused | Again:
        """See the port."""
        outcome = await self._posting.edit(channel, receipt, message)
        if isinstance(outcome, Refused) and outcome.channel_lost:
            await self._look_whether_revoked()
        return outcome

    async def direct(self, person: str) -> Place | None:
        """See the port."""
        return await self._posting.direct(person)

    def address(self, channel: Place, receipt: str) -> str:
        """See the port."""
        return self._publisher.address(channel, receipt) if self._publisher else ""

    def split(self, message: Message) -> tuple[Message, ...]:
        """See the port."""
        return self._posting.split(message)

    async def tell(self, space: str, user: str, message: Message) -> bool:
        """See the port."""
        return await self._posting.tell(space, user, message)

    @asynccontextmanager
    async def serve(self, commands: Commands) -> AsyncIterator[Awaitable[None]]:
        """Be reached by Slack; what is given ends, with a sentence, when Slack will not have us any more.

        Raises:
            BadInput: a token is missing or not taken, a right is lacking, or Slack cannot be reached.
        """
        if not (self._app_token or self._secret):
            raise BadInput(NO_WAY_IN)
        ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        async with AsyncExitStack() as stack:
            session = await stack.enter_async_context(new_session())
            client = new_client(self._token, self._base_url, session)
            workspace = await signed_in(client)
            self._publisher = SlackPublisher(
                workspace, self._storage.asks, base_url=self._base_url, urls={workspace.team_id: workspace.url}
            )
            work = Work()
            stack.push_async_callback(work.finish)
            calls = Calls(workspace, session, base_url=self._base_url, revoked=lambda: _end(ended, BadInput(REVOKED)))
            self._look_whether_revoked = lambda: calls.make(workspace.team_id, lambda client: client.auth_test())
            files = Files(calls, session, base_url=self._base_url, max_bytes=self._max_file_bytes)
            app = self._bolt(commands, calls, work, workspace, client, files)
            way = self._by_socket(app, client, session, work, ended) if self._app_token else self._by_http(app)
            await stack.enter_async_context(way)
            stack.callback(_let_go, ended)
            stack.callback(setattr, self, "_look_whether_revoked", _nothing)
            yield ended

    def _bolt(
        self, commands: Commands, calls: Calls, work: Work, workspace: OneWorkspace, client: AsyncWebClient, files: Files
    ) -> AsyncApp:
        people = People(calls, commands.rights, self._digests)
        listeners = Listeners(
            commands,
            Answering(self._storage.asks, calls, _remembering(commands)),
            people,
            Replays(self._storage.seen, lambda: datetime.now(UTC)),
            work,
            self._storage.asks,
            Forms(commands, people, self._storage.asks, calls, files),
            calls.revoked,
        )
        return listeners.app(workspace, client, self._secret)

    @asynccontextmanager
    async def _by_socket(
        self, app: AsyncApp, client: AsyncWebClient, session: aiohttp.ClientSession, work: Work, ended: "asyncio.Future[None]"
    ) -> AsyncIterator[None]:
        connection = Connection(app, self._app_token, client, session, work)
        self._is_connected = lambda: connection.connected
        keeping = asyncio.create_task(connection.keep(await connection.begin()))
        keeping.add_done_callback(lambda done: None if done.cancelled() else _end(ended, done.exception()))
        try:
            yield
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)
            await connection.close()

    @asynccontextmanager
    async def _by_http(self, app: AsyncApp) -> AsyncIterator[None]:
        door = listening(self._host, self.port)
        self.port = door.getsockname()[1]
        async with served(Guard(app, self._secret), door):
            self._is_connected = lambda: True  # Slack knocks, and may for a day have no reason to
            yield

    @property
    def _posting(self) -> SlackPublisher:
        if self._publisher is None:
            raise RuntimeError("Slack is not served yet")
        return self._publisher


async def signed_in(client: AsyncWebClient) -> OneWorkspace:
    """The workspace the token belongs to, once it is sure that the bot has every right it needs there.

    Raises:
        BadInput: Slack does not take the token, a right is lacking, or Slack cannot be reached; the sentence says what to click.
    """
    told = await identified(client)
    if lacking := lacking_scopes(told):
        how = "Add it in the app's settings under OAuth & Permissions, Bot Token Scopes, then click Reinstall to Workspace there."
        raise BadInput(f"The bot lacks a right on Slack: {', '.join(sorted(lacking))}. {how}")
    ours = str(told["team_id"]), str(told["user_id"]), str(told.get("url", ""))
    return OneWorkspace(client.token or "", *ours)


async def identified(client: AsyncWebClient) -> AsyncSlackResponse:
    """What Slack knows of the token.

    Raises:
        BadInput: Slack does not take the token, or cannot be reached; the sentence says what to click.
    """
    try:
        return await client.auth_test()
    except SlackApiError as error:
        code = code_of(error) or "no reason given"
        where = "Copy the Bot User OAuth Token again: the app's settings, OAuth & Permissions."
        raise BadInput(f"Slack does not take STANDFIRST_SLACK__BOT_TOKEN ({code}). {where}") from None
    except (aiohttp.ClientError, OSError):
        raise BadInput(UNREACHABLE) from None


def lacking_scopes(told: AsyncSlackResponse) -> frozenset[str] | None:
    """The rights the bot needs and has not, by what Slack said when asked of the token; None where it does not tell."""
    granted = headers_of(told).get("x-oauth-scopes")
    return None if granted is None else frozenset(SCOPES) - {scope.strip() for scope in granted.split(",")}


def headers_of(told: AsyncSlackResponse) -> dict[str, str]:
    """The head of an answer of Slack's, its names in lower case."""
    return {name.lower(): str(value) for name, value in told.headers.items()}


async def _nothing() -> None:
    """Before it is served there is nothing to look at."""


def _end(ended: "asyncio.Future[None]", error: BaseException | None) -> None:
    if not ended.done() and error is not None:
        ended.set_exception(error)


def _let_go(ended: "asyncio.Future[None]") -> None:
    """Nobody may be waiting for it any more."""
    if ended.done() and not ended.cancelled():
        ended.exception()
    ended.cancel()


def _remembering(commands: Commands) -> Remember:
    """Notes what somebody shared, so that what is corrected is put right there, too."""

    async def remember(came: Came, answer: Message, posts: Posts, asked: datetime) -> None:
        place = Place(space_of(came.team), came.channel or came.user)
        await commands.desk.sharing.posts.remember(place, came.user, answer, posts, asked)

    return remember
