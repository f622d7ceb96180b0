"""Calls to Slack that an answer needs: made once, and quietly given up where Slack will not have them."""

import logging
import re
from collections.abc import Awaitable, Callable
from typing import Final

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.client import SLACK
from adapters.slack.installations import Installations
from adapters.slack.limits import ACK_SECONDS
from adapters.slack.outcomes import code_of, disables_installation

CALL_MAX: Final = ACK_SECONDS  # seconds of one call: a trigger is worth nothing after as many
# What Slack says of a message that is wrong in itself, rather than of a response_url that is used up or too old.
WRONG_FORM: Final = re.compile(r"invalid_|no_text|too_long|too_many")

Call = Callable[[AsyncWebClient], Awaitable[AsyncSlackResponse]]

log = logging.getLogger(__name__)


def new_session() -> aiohttp.ClientSession:
    """Connections to Slack that are kept for a moment, since an answer rarely comes alone."""
    # Shorter than any server keeps an idle connection, so that none is closed under an answer.
    return aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=CALL_MAX), connector=aiohttp.TCPConnector(keepalive_timeout=5, limit=0)
    )


def new_client(token: str, base_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """A client that repeats nothing, and logs nothing that Slack says: an address of a socket is as good as a password."""
    quiet = logging.getLogger(f"{__name__}.sdk")
    quiet.setLevel(logging.INFO)
    return AsyncWebClient(token, base_url=base_url, timeout=CALL_MAX, session=session, retry_handlers=[], logger=quiet)


class Calls:
    """Calls on behalf of a workspace's installation, over one session.

    Nothing is repeated: an answer that came twice would be worse than one that its reader asks for again.

    Args:
        base_url: where Slack is.
        revoked: told when Slack no longer knows the bot in a workspace.
    """

    def __init__(
        self,
        installations: Installations,
        session: aiohttp.ClientSession,
        *,
        base_url: str = SLACK,
        revoked: Callable[[], None] = lambda: None,
    ) -> None:
        self._installations, self._session, self._base_url, self.revoked = installations, session, base_url, revoked

    async def make(self, team: str, call: Call) -> AsyncSlackResponse | None:
        """The answer to a call; None where the bot is not installed, Slack says no, or it cannot be reached."""
        return (await self._called(team, call))[0]

    async def token(self, team: str) -> str:
        """The bot's token in a workspace, for what is no call; empty where it is not installed."""
        installation = await self._installations.of(team)
        return installation.token if installation is not None else ""

    async def refused(self, team: str, call: Call) -> str:
        """Why Slack says no to a call; empty where it does not, or does not say."""
        return (await self._called(team, call))[1]

    async def posted(self, team: str, call: Call) -> tuple[str, bool]:
        """The ts of what a call posted, empty where nobody knows it, and whether Slack said that it posts nothing."""
        answer, refused = await self._called(team, call)
        return (str(answer.get("ts") or ""), False) if answer is not None else ("", bool(refused))

    async def _called(self, team: str, call: Call) -> tuple[AsyncSlackResponse | None, str]:
        """The answer to a call, or Slack's word for why there is none."""
        installation = await self._installations.of(team)
        if installation is None:
            return None, ""
        try:
            return await call(new_client(installation.token, self._base_url, self._session)), ""
        except (SlackApiError, aiohttp.ClientError, OSError) as error:
            log.info("a call to Slack failed: %s", code_of(error) or type(error).__name__)
            if disables_installation(error):
                self.revoked()
            return None, code_of(error) or ""

    async def respond(self, url: str, body: dict[str, object]) -> bool:
        """Post to a response_url; False where it takes nothing any more, or Slack cannot be reached.

        Raises:
            ValueError: Slack will not have what was sent, in that form.
        """
        try:
            async with self._session.post(url, json=body) as answer:
                if answer.status < 400:
                    return True
                code = (await answer.content.read(200)).decode("utf-8", "replace")
        except (aiohttp.ClientError, OSError, ValueError) as error:
            log.info("an answer could not be sent: %s", type(error).__name__)
            return False
        if WRONG_FORM.search(code):
            raise ValueError(f"Slack refused an answer ({answer.status}): {code}")
        log.info("an answer was not taken (%s)", answer.status)
        return False
