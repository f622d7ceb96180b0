"""Posts to the channels of Slack."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.client import SLACK, posting_client
from adapters.slack.installations import Installation, Installations, team_of
from adapters.slack.keys import mark_of
from adapters.slack.outcomes import RETRY, code_of, outcome_of
from adapters.slack.pace import LOOKS, POSTS, Pace
from adapters.slack.presses import mark_in, too_long
from adapters.slack.render import Rendered, fits, render
from briefs.digest import Again, Place, Refused, Sent, Unknown
from briefs.errors import BriefsError
from briefs.message import Message
from briefs.message.split import split
from briefs.ports import Absent, Asks

# No edition is posted more than six hours late, so that nothing older is ever owed again; a day leaves room for clocks.
HORIZON: Final = timedelta(hours=24)
PAGE: Final = 100  # messages asked for at once; Slack may give fewer
PAGES_MAX: Final = 30  # of one look; a channel that had more in a day cannot be told
LOOK_MAX: Final = 40  # seconds of one look with all its pages, so that a look and a post fit a lease

log = logging.getLogger(__name__)

_NOT_INSTALLED: Final = Refused("The bot is not installed in this workspace. Install the app again.", channel_lost=True)
_TOO_LONG: Final = Refused("The message does not fit Slack. This is a fault of the bot: tell whoever runs it.")


class SlackPublisher:
    """The publisher of every workspace the bot is installed in; see the port.

    A place is Place("slack:<team id>", "<channel id>"), a receipt "slack:<channel id>/<ts>". Slack knows no key that
    would make a post happen once, so a call whose answer is lost is never repeated here: its outcome is Unknown, and
    `find` looks for the mark, which stands in the first block's id. It stands there alone, for metadata could be read
    by every other app of the workspace and would tell no more. Only the bot's own messages are looked at, so that
    nobody else can pass for a delivery; threads are not, for no delivery goes there.

    Args:
        asks: keeps the lines that are too long for a button.
        base_url: where Slack is.
        pace: shared by all that post with the same tokens; None: one of its own.
        timeout: seconds of one request; None: the client's own.
        now: the clock that says how far back is a day.
    """

    def __init__(
        self,
        installations: Installations,
        asks: Asks,
        *,
        base_url: str = SLACK,
        pace: Pace | None = None,
        timeout: int | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._installations, self._asks = installations, asks
        self._base_url, self._timeout = base_url, timeout
        self._pace = pace or Pace()
        self._now = now

    async def publish(self, channel: Place, message: Message, key: str) -> Sent | Refused | Again | Unknown:
        """See the port. Slack has no silent posts; nobody is mentioned."""
        try:
            installation = await self._installations.of(team_of(channel.space))
            if installation is None:
                return _NOT_INSTALLED
            rendered = await self._rendered(channel.space, message, mark_of(channel.channel, key))
        except BriefsError as error:  # the store is down, and nothing was posted
            return Again(RETRY, str(error))
        except ValueError:
            log.exception("a message that does not fit Slack")
            return _TOO_LONG
        return await self._post(installation, channel.channel, rendered)

    async def find(self, channel: Place, key: str) -> Sent | Absent:
        """See the port. A day is looked back; what cannot be read to that horizon cannot be told."""
        try:
            installation = await self._installations.of(team_of(channel.space))
            if installation is None:
                return Absent.CANNOT_TELL
            async with asyncio.timeout(LOOK_MAX):
                return await self._look(installation, channel.channel, mark_of(channel.channel, key))
        except Exception as error:  # noqa: BLE001 whatever keeps us from reading, we cannot tell
            log.info("a channel of Slack cannot be read: %s", code_of(error) or type(error).__name__)
            return Absent.CANNOT_TELL

    def split(self, message: Message) -> tuple[Message, ...]:
        """See the port."""
        return split(message, fits)

    async def tell(self, space: str, user: str, message: Message) -> bool:
        """See the port. `user` is Slack's id of a person ("U…"); a message that does not fit comes as several."""
        try:
            installation = await self._installations.of(team_of(space))
            if installation is None:
                return False
            channel = await _direct(self._client(installation), user)
            for part in self.split(message):
                if not isinstance(await self._post(installation, channel, await self._rendered(space, part, "")), Sent):
                    return False
        except Exception as error:  # noqa: BLE001 the port: never raises
            log.info("somebody on Slack cannot be told: %s", code_of(error) or type(error).__name__)
            return False
        return True

    async def _rendered(self, space: str, message: Message, mark: str) -> Rendered:
        long = too_long(message)
        return render(message, shorts=await self._asks.keep_all(space, long) if long else {}, mark=mark)

    async def _post(self, installation: Installation, channel: str, rendered: Rendered) -> Sent | Refused | Again | Unknown:
        """Post once, when it is the channel's turn."""
        if wait := await self._pace.turn(installation.team_id, channel):
            return Again(timedelta(seconds=wait), "Many messages wait to be posted in this workspace.")
        try:
            answer = await self._client(installation).chat_postMessage(
                channel=channel,
                text=rendered.text,
                blocks=rendered.blocks,
                # Slack's defaults differ between links, media and kinds of text: none is relied on.
                unfurl_links=False,
                unfurl_media=False,
                parse="none",
                link_names=False,
            )
        except Exception as error:  # noqa: BLE001 the port: whatever goes wrong is returned
            return outcome_of(error)
        finally:
            self._pace.posted(installation.team_id, channel)
        ts = answer.get("ts")
        return Sent(f"slack:{channel}/{ts}") if ts else Unknown("Slack took the message without saying where it is.")

    async def _look(self, installation: Installation, channel: str, mark: str) -> Sent | Absent:
        """Go through the bot's own messages, newest first, back to the horizon."""
        client, team = self._client(installation, LOOKS), installation.team_id
        oldest, cursor = f"{(self._now() - HORIZON).timestamp():.6f}", None
        for _ in range(PAGES_MAX):
            if await self._pace.look(team, LOOK_MAX):
                return Absent.CANNOT_TELL
            page = await client.conversations_history(channel=channel, oldest=oldest, limit=PAGE, cursor=cursor)
            for post in page["messages"]:
                if post.get("user") == installation.bot_user and mark in _marks(post.get("blocks") or ()):
                    return Sent(f"slack:{channel}/{post['ts']}")
            if page.get("has_more") is False:
                return Absent.ABSENT
            cursor = page["response_metadata"]["next_cursor"]
            if not cursor:
                break
        return Absent.CANNOT_TELL

    def _client(self, installation: Installation, line: str = POSTS) -> AsyncWebClient:
        async def pause(seconds: float) -> None:
            await self._pace.pause(installation.team_id, seconds, line)

        given = {} if self._timeout is None else {"timeout": self._timeout}
        return posting_client(installation.token, base_url=self._base_url, pause=pause, **given)


async def _direct(client: AsyncWebClient, user: str) -> str:
    """The direct channel with a person."""
    try:
        return str((await client.conversations_open(users=user))["channel"]["id"])
    except SlackApiError as error:
        if code_of(error) == "missing_scope":
            return user  # a post to a person's own id needs no right to open channels
        raise


def _marks(blocks: Sequence[dict[str, Any]]) -> set[str]:
    return {mark_in(str(block.get("block_id", ""))) for block in blocks}
