"""Posts to the channels of Slack."""

import asyncio
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.client import SLACK, posting_client
from adapters.slack.edits import NO_POST, edited, put
from adapters.slack.installations import Installation, Installations, space_of, team_of
from adapters.slack.keys import mark_of
from adapters.slack.outcomes import RETRY, code_of, outcome_of, unread, wait_of
from adapters.slack.pace import LOOKS, PATIENCE, Pace
from adapters.slack.presses import mark_in, too_long
from adapters.slack.render import Rendered, fits, render
from briefs.digest import Again, Later, Place, Refused, Sent, Unknown
from briefs.errors import BriefsError
from briefs.message import Message
from briefs.message.split import split
from briefs.ports import Absent, Asks
from briefs.ports.publisher import LOOKED_BACK

PAGE: Final = 200  # messages asked for at once, the most that is advised; Slack may give fewer
PAGES_MAX: Final = 30  # of one look; a channel that had more in a day cannot be told
# Seconds. A post ends within 90 (see the port): 10 for the store, and no request begins later than 45 after that, each of
# which takes 15 at most. A look ends within 60: 10 for the store, 10 until it begins, 40 with all its pages.
STORE_MAX: Final = 10
BEGIN_MAX: Final = 45
LOOK_MAX: Final = 40

DIRECTS_MAX: Final = 1_000  # people whose direct channels are remembered at once
AT_ONCE: Final = 60  # 3 posts a second and workspace

log = logging.getLogger(__name__)

_ID: Final = re.compile("[A-Z0-9]{1,30}")
_RECEIPT: Final = re.compile(r"slack:(?P<channel>[A-Z0-9]{1,30})/(?P<seconds>[0-9]{1,12})\.(?P<rest>[0-9]{6})")
_PERSON: Final = re.compile(r"slack:(?P<team>[A-Z0-9]{1,30})/(?P<user>[UW][A-Z0-9]{1,29})")
_URL: Final = re.compile(r"https://[a-z0-9.-]+/?")

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
        urls: where people see workspaces, by their ids.
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
        urls: Mapping[str, str] = MappingProxyType({}),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._installations, self._asks = installations, asks
        self._base_url, self._timeout = base_url, timeout
        self._pace = pace or Pace()
        self._urls, self._now = urls, now
        self._directs: dict[tuple[str, str], str] = {}

    @property
    def at_once(self) -> int:
        """See the port: ten seconds' worth of one workspace; those of others need no more."""
        return AT_ONCE

    async def publish(self, channel: Place, message: Message, key: str) -> Sent | Refused | Again | Unknown:
        """See the port. Slack has no silent posts; nobody is mentioned."""
        try:
            async with asyncio.timeout(STORE_MAX):
                installation = await self._installations.of(team_of(channel.space))
                if installation is None:
                    return _NOT_INSTALLED
                rendered = await self._rendered(channel.space, message, mark_of(channel.channel, key))
        except TimeoutError:
            return Again(RETRY, "The store is slow.")
        except BriefsError as error:  # the store is down, and nothing was posted
            return Again(RETRY, str(error))
        except ValueError:
            log.exception("a message that does not fit Slack")
            return _TOO_LONG
        return await self._post(installation, channel.channel, rendered)

    async def find(self, channel: Place, key: str) -> Sent | Absent | Later:
        """See the port. A day is looked back; what cannot be read to that horizon cannot be told."""
        try:
            async with asyncio.timeout(STORE_MAX):
                installation = await self._installations.of(team_of(channel.space))
            if installation is None:
                return Absent.CANNOT_TELL
            async with self._pace.looking(installation.team_id, PATIENCE) as wait:
                if wait:
                    return _later(wait)
                async with asyncio.timeout(LOOK_MAX):
                    return await self._look(installation, channel.channel, mark_of(channel.channel, key))
        except Exception as error:  # noqa: BLE001 the port: whatever goes wrong is returned
            log.info("a channel of Slack cannot be read: %s", code_of(error) or type(error).__name__)
            return unread(error) or Absent.CANNOT_TELL

    async def edit(self, channel: Place, receipt: str, message: Message) -> Sent | Refused | Again:
        """See the port. What is more than a post of ours holds, Slack's own limits may still leave room for."""
        if (post := _RECEIPT.fullmatch(receipt)) is None:
            return NO_POST
        try:
            async with asyncio.timeout(STORE_MAX):
                installation = await self._installations.of(team_of(channel.space))
                if installation is None:
                    return _NOT_INSTALLED
                shorts = await self._kept(channel.space, message)
        except (TimeoutError, BriefsError) as error:  # the store is slow or down, and nothing was changed
            return Again(RETRY, str(error) or "The store is slow.")
        where, begin_by = (post["channel"], f"{post['seconds']}.{post['rest']}"), self._pace.clock() + BEGIN_MAX

        def rendered(mark: str) -> Rendered:
            return render(message, shorts=shorts, mark=mark, edited=True)

        try:
            await put(self._client(installation), installation.team_id, where, rendered, self._pace, begin_by)
        except Exception as error:  # noqa: BLE001 the port: whatever goes wrong is returned
            log.info("a post on Slack was not changed: %s", code_of(error) or type(error).__name__)
            return edited(error)
        return Sent(receipt)

    async def direct(self, person: str) -> Place | None:
        """See the port. `person` is "slack:<team id>/<user id>"; a group of users is none."""
        if (found := _PERSON.fullmatch(person)) is None:
            return None
        try:
            async with asyncio.timeout(STORE_MAX):
                installation = await self._installations.of(found["team"])
            if installation is None:
                return None
            return Place(space_of(installation.team_id), await self._direct(installation, found["user"]))
        except Exception as error:  # noqa: BLE001 the port: never raises
            log.info("somebody has no channel of their own on Slack: %s", code_of(error) or type(error).__name__)
            return None

    def address(self, channel: Place, receipt: str) -> str:
        """See the port. As chat.getPermalink writes it; where the workspace's own address is not known, the channel's.

        The second is documented too (docs.slack.dev, Deep linking), but leads to no message.
        """
        team, post = team_of(channel.space), _RECEIPT.fullmatch(receipt)
        if post is None or not _ID.fullmatch(team):
            return ""
        if _URL.fullmatch(url := self._urls.get(team, "")):
            return f"{url.rstrip('/')}/archives/{post['channel']}/p{post['seconds']}{post['rest']}"
        return f"https://slack.com/app_redirect?team={team}&channel={post['channel']}"

    def split(self, message: Message) -> tuple[Message, ...]:
        """See the port."""
        return split(message, fits)

    async def tell(self, space: str, user: str, message: Message) -> bool:
        """See the port. `user` is Slack's id of a person ("U…"); a message that does not fit comes as several."""
        try:
            installation = await self._installations.of(team_of(space))
            if installation is None:
                return False
            channel = await self._direct(installation, user)
            for part in self.split(message):
                if not isinstance(await self._post(installation, channel, await self._rendered(space, part, "")), Sent):
                    return False
        except Exception as error:  # noqa: BLE001 the port: never raises
            log.info("somebody on Slack cannot be told: %s", code_of(error) or type(error).__name__)
            return False
        return True

    async def _direct(self, installation: Installation, user: str) -> str:
        """The direct channel with a person, which stays the same for ever."""
        known = (installation.team_id, user)
        if known not in self._directs:
            opened = await self._client(installation).conversations_open(users=user)
            if len(self._directs) >= DIRECTS_MAX:
                self._directs.clear()
            self._directs[known] = str(opened["channel"]["id"])
        return self._directs[known]

    async def _kept(self, space: str, message: Message) -> Mapping[str, str]:
        long = too_long(message)
        return await self._asks.keep_all(space, long) if long else {}

    async def _rendered(self, space: str, message: Message, mark: str) -> Rendered:
        return render(message, shorts=await self._kept(space, message), mark=mark)

    async def _post(self, installation: Installation, channel: str, rendered: Rendered) -> Sent | Refused | Again | Unknown:
        """Post once, when it is the channel's turn; again only where Slack said that it did nothing but ask to wait."""
        team, client = installation.team_id, self._client(installation)
        begin_by = self._pace.clock() + BEGIN_MAX
        while True:
            if wait := await self._pace.turn(team, channel, min(PATIENCE, begin_by - self._pace.clock())):
                return Again(timedelta(seconds=wait), "Many messages wait to be posted in this workspace.")
            try:
                answer = await client.chat_postMessage(
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
                wait = wait_of(error)
                if not wait:
                    return outcome_of(error)
                self._pace.hold(team, wait)
                if wait > PATIENCE:
                    return outcome_of(error)
            else:
                ts = answer.get("ts")
                return Sent(f"slack:{channel}/{ts}") if ts else Unknown("Slack took the message without saying where it is.")
            finally:
                self._pace.posted(team, channel)

    async def _look(self, installation: Installation, channel: str, mark: str) -> Sent | Absent | Later:
        """Go through the bot's own messages, newest first, back to the horizon."""
        client, team = self._client(installation), installation.team_id
        look_by = self._pace.clock() + LOOK_MAX
        oldest, cursor = f"{(self._now() - LOOKED_BACK).timestamp():.6f}", None
        for _ in range(PAGES_MAX):
            if wait := await self._pace.look(team, look_by - self._pace.clock()):
                return _later(wait)
            try:
                page = await client.conversations_history(channel=channel, oldest=oldest, limit=PAGE, cursor=cursor)
            except Exception as error:
                if wait := wait_of(error):
                    self._pace.hold(team, wait, LOOKS)
                raise
            for post in page["messages"]:
                if post.get("user") == installation.bot_user and mark in _marks(post.get("blocks") or ()):
                    return Sent(f"slack:{channel}/{post['ts']}")
            if page.get("has_more") is False:
                return Absent.ABSENT
            cursor = page["response_metadata"]["next_cursor"]
            if not cursor:
                break
        return Absent.CANNOT_TELL

    def _client(self, installation: Installation) -> AsyncWebClient:
        given = {} if self._timeout is None else {"timeout": self._timeout}
        return posting_client(installation.token, base_url=self._base_url, **given)


def _later(wait: float) -> Later:
    return Later(timedelta(seconds=wait), "Many channels of this workspace are being looked through.")


def _marks(blocks: Sequence[dict[str, Any]]) -> set[str]:
    return {mark_in(str(block.get("block_id", ""))) for block in blocks}
