"""Looking whether the bot can do its work on Slack, by its Web API alone: nothing is connected, nothing is posted."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.app import NO_WAY_IN, headers_of, identified, lacking_scopes
from adapters.slack.calls import new_client, new_session
from adapters.slack.client import SLACK
from adapters.slack.installations import OneWorkspace, space_of
from adapters.slack.manifest import SCOPES
from adapters.slack.outcomes import code_of
from adapters.slack.publisher import SlackPublisher
from adapters.slack.socket import UNREACHABLE, refusal
from briefs.digest import Place
from briefs.errors import BadInput, shown
from briefs.finding import Finding, fine, note, wrong
from briefs.ports import Asks, Reach

RIGHTS, CONNECTION = "Slack rights", "Slack connection"
UNREACHED: Final = "Slack cannot be reached. Look whether this machine is online, and STANDFIRST_SLACK__BASE_URL unset or right."
REINSTALL: Final = "Add them in the app's settings, OAuth & Permissions, Bot Token Scopes, then click Reinstall to Workspace there."
INVITE: Final = "Type /invite and the bot's @name in the channel."
_RECEIPT: Final = re.compile(r"slack:([A-Z0-9]{1,30})/([0-9]{1,12}\.[0-9]{6})")
_ID: Final = re.compile("[A-Z0-9]{1,30}")
_PERSON: Final = re.compile("[UW][A-Z0-9]{1,30}")
# What Slack copies: an id, or a link to a channel or a message in it.
_LINK: Final = re.compile(r"(?:https://[a-z0-9.-]+/archives/)?(?P<channel>[CDG][A-Z0-9]{1,30})(?:[/?].*)?")
_TOKEN: Final = re.compile(r"[!-~]+")  # what can stand in a header
_APP: Final = re.compile(r"xapp-[0-9]+-([A-Z0-9]+)-")

# What Slack says of a channel the bot cannot use: what is the case, and what to do.
HINDRANCES: Final = {
    "channel_not_found": ("There is no such channel, or it is private and the bot is not in it.", INVITE),
    "not_in_channel": ("The bot is not in the channel.", INVITE),
    "missing_scope": ("The bot may not read the channel's history, so that it cannot look whether a digest arrived.", REINSTALL),
}


@asynccontextmanager
async def slack_checks(
    bot_token: str, asks: Asks, *, app_token: str = "", signing_secret: str = "", base_url: str = ""
) -> AsyncIterator["SlackChecks"]:
    """Look at the bot with that token for as long as the context lasts.

    Args:
        asks: for the publisher.
        app_token: and `signing_secret`: how Slack is to reach the bot; looked at by `standing`.
        base_url: another address of Slack's API.

    Raises:
        BadInput: Slack does not take the bot token, or cannot be reached.
    """
    if not _TOKEN.fullmatch(bot_token):
        raise BadInput("STANDFIRST_SLACK__BOT_TOKEN is no token. Copy the Bot User OAuth Token: the app's settings, OAuth & Permissions.")
    base = f"{base_url.rstrip('/')}/" if base_url else SLACK
    async with new_session() as session:
        client = new_client(bot_token, base, session)
        try:
            told = await identified(client)
        except BadInput as error:
            raise (BadInput(UNREACHED) if str(error) == UNREACHABLE else error) from None
        yield SlackChecks(client, told, asks, base, app_token, signing_secret)


async def app_token_taken(app_token: str, base_url: str = "") -> None:
    """Ask Slack for an address to connect to, which it gives only for a good app token; the address is thrown away.

    Raises:
        BadInput: Slack does not take the app token, or cannot be reached.
    """
    if not _TOKEN.fullmatch(app_token):
        raise BadInput(refusal("invalid_auth"))
    async with new_session() as session:
        client = new_client("", f"{base_url.rstrip('/')}/" if base_url else SLACK, session)
        await _opened(client, app_token)


class SlackChecks:
    """See the port `PlatformChecks`. Made by `slack_checks`."""

    def __init__(self, client: AsyncWebClient, told: AsyncSlackResponse, asks: Asks, base: str, app_token: str, secret: str) -> None:
        self._client, self._told, self._app_token, self._secret = client, told, app_token, secret
        self._space = space_of(str(told["team_id"]))
        workspace = OneWorkspace(client.token or "", str(told["team_id"]), str(told["user_id"]), str(told.get("url", "")))
        self._publisher = SlackPublisher(workspace, asks, base_url=base, urls={workspace.team_id: workspace.url})
        self._ahead = _ahead(headers_of(told).get("date", ""))

    @property
    def account(self) -> str:
        """See the port."""
        return f"{shown(str(self._told.get('user', '')))} in {shown(str(self._told.get('team', '')))} ({self._space})"

    @property
    def ahead(self) -> timedelta | None:
        """See the port."""
        return self._ahead

    @property
    def publisher(self) -> SlackPublisher:
        """See the port."""
        return self._publisher

    @property
    def invitation(self) -> str:
        """See the port."""
        return f"Type /invite @{shown(str(self._told.get('user', '')))} in a channel of yours."

    async def standing(self) -> tuple[Finding, ...]:
        """See the port: the bot's rights, and how Slack reaches it."""
        return (self._scopes(), await self._way_in())

    async def commands(self) -> Finding:
        """See the port. Slack shows an app's commands only to those who may change the app."""
        mend = "After an update, paste what standfirst slack manifest prints: the app's settings, App Manifest."
        return note("Slack commands", "Slack does not tell a bot which commands it knows.", mend)

    async def channels(self) -> tuple[Reach, ...]:
        """See the port. Slack lists channels only for a right that the bot does without."""
        return ()

    async def reach(self, place: Place) -> Reach:
        """See the port. Whether a channel is archived shows at the next post: a right to ask for it is done without."""
        label = f"channel {place.channel} of Slack"
        if place.space != self._space:
            return Reach(place, label, f"The bot is in {self._space}, not in {place.space}.", f"Write {self._space}/{place.channel}.")
        if not _ID.fullmatch(place.channel):
            return Reach(place, label, *HINDRANCES["channel_not_found"])
        try:
            await self._client.conversations_history(channel=place.channel, limit=1)
        except SlackApiError as error:
            lacks = HINDRANCES.get(code_of(error))
            if lacks is None:
                raise BadInput(_unanswered(error)) from None
            return Reach(place, label, *lacks)
        except (aiohttp.ClientError, OSError):
            raise BadInput(UNREACHED) from None
        return Reach(place, label)

    def principal(self, typed: str) -> str:
        """See the port: a member's id."""
        user = typed.removeprefix(f"{self._space}/")
        return f"{self._space}/{user}" if _PERSON.fullmatch(user) else ""

    async def place(self, typed: str) -> Place | None:
        """See the port. Slack is not asked: `reach` does."""
        link = _LINK.fullmatch(typed)
        return Place(self._space, link["channel"]) if link else None

    async def called(self, principal: str) -> str:
        """See the port: a person of the workspace."""
        space, _, user = principal.partition("/")
        if space != self._space:
            return ""
        try:
            told: dict[str, Any] = (await self._client.users_info(user=user))["user"]
        except SlackApiError as error:
            if code_of(error) in {"user_not_found", "user_not_visible"}:
                return ""
            raise BadInput(_unanswered(error)) from None
        except (aiohttp.ClientError, OSError):
            raise BadInput(UNREACHED) from None
        return "" if told.get("deleted") else f"@{shown(str(told.get('name') or user))}"

    async def owner(self) -> str:
        """See the port."""
        return ""

    async def remove(self, place: Place, receipt: str) -> bool:  # noqa: ARG002 a receipt tells the channel as well
        """See the port."""
        post = _RECEIPT.fullmatch(receipt)
        if post is None:
            return False
        try:
            await self._client.chat_delete(channel=post[1], ts=post[2])
        except (SlackApiError, aiohttp.ClientError, OSError):
            return False
        return True

    def _scopes(self) -> Finding:
        lacking = lacking_scopes(self._told)
        if lacking is None:
            return note(RIGHTS, "Slack did not tell which rights the bot has.")
        if lacking:
            return wrong(RIGHTS, f"The bot lacks {', '.join(sorted(lacking))}.", REINSTALL)
        return fine(RIGHTS, f"The bot has the {len(SCOPES)} it needs.")

    async def _way_in(self) -> Finding:
        """Socket Mode where there is an app token, which is what `run` does as well."""
        if not self._app_token:
            if not self._secret:
                return wrong(CONNECTION, "Slack cannot reach the bot yet.", NO_WAY_IN.partition(". ")[2])
            return fine(CONNECTION, "HTTP mode, signed; whether the signing secret is right shows when Slack first calls.")
        try:
            await _opened(self._client, self._app_token)
        except BadInput as error:
            told, _, mend = str(error).partition(". ")
            return wrong(CONNECTION, f"{told}.", mend)
        theirs, ours = _APP.match(self._app_token), await self._app_id()
        if theirs and ours and theirs[1] != ours:
            mend = "Copy both from one app's settings: Basic Information, App-Level Tokens; OAuth & Permissions."
            return wrong(CONNECTION, f"The app token is of app {theirs[1]}, the bot token of app {ours}.", mend)
        return fine(CONNECTION, "Socket Mode, and Slack takes the app token.")

    async def _app_id(self) -> str:
        """The app the bot belongs to; empty where Slack does not say."""
        try:
            told: dict[str, Any] = (await self._client.bots_info(bot=str(self._told.get("bot_id", ""))))["bot"]
        except (SlackApiError, aiohttp.ClientError, OSError):
            return ""
        return str(told.get("app_id", ""))


async def _opened(client: AsyncWebClient, app_token: str) -> None:
    try:
        await client.apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        raise BadInput(refusal(code_of(error))) from None
    except (aiohttp.ClientError, OSError):
        raise BadInput(UNREACHED) from None


def _ahead(date: str) -> timedelta | None:
    try:
        return datetime.now(UTC) - parsedate_to_datetime(date).astimezone(UTC)
    except ValueError:
        return None


def _unanswered(error: SlackApiError) -> str:
    return f"Slack does not answer as it should ({code_of(error) or 'no reason given'}). Try again later."
