"""From an answer to what Slack shows: private or public, in as many messages as it takes, and never twice."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import uuid4

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.calls import Call, Calls
from adapters.slack.inbound import Came
from adapters.slack.installations import space_of
from adapters.slack.limits import RESPONSE_URL_USES_MAX
from adapters.slack.presses import too_long
from adapters.slack.render import Rendered, fits, render
from briefs.errors import BriefsError
from briefs.message import Message, Prose, words
from briefs.message.split import split
from briefs.pages.problem import fault_page, reader_page
from briefs.pages.shared import headline_of
from briefs.ports import Asks

PATIENCE: Final = 1.5  # seconds an answer may take before the reader is told to wait; Slack itself shows nothing meanwhile
WAITING: Final = Message("One moment …", (Prose(words("One moment …")),))

# Slack's defaults differ between links, media, kinds of text, and sending or updating: none is relied on.
QUIET: Final[dict[str, Any]] = {"unfurl_links": False, "unfurl_media": False, "parse": "none", "link_names": False}


Posts = list[tuple[Message, str]]  # what was shown to everyone, each part with its receipt
Parts = Sequence[tuple[Message, Rendered]]
# Told of what was shown to everyone: the whole answer, its posts, and since when it was on its way.
Remember = Callable[[Came, Message, Posts, datetime], Awaitable[None]]


def _told(text: str) -> Message:
    return Message(text, (Prose(words(text)),))


NOT_IN_CHANNEL: Final = _told("I am not in this channel, so I can make no thread here. Type /invite and my name, or use Share here.")
LOST: Final = _told("Slack did not say whether it is there. Look, and share it again in a moment where it is not.")
THREAD_CUT: Final = _told("Slack did not take all of it: what is missing in the thread can be shared again in a moment.")

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Reply:
    """The answers to one command or press, in order; a response_url takes five, what comes after goes by the Web API."""

    calls: Calls
    came: Came
    left: int = RESPONSE_URL_USES_MAX

    async def add(self, rendered: Rendered, *, public: bool = False, replace: bool = False) -> bool:
        """Show one message; False where Slack takes it neither way.

        Args:
            replace: it takes the place of what was pressed.

        Raises:
            ValueError: Slack refuses the form of the message.
        """
        if self.came.url and self.left > 0:
            self.left -= 1
            where = {"thread_ts": self.came.thread} if self.came.thread and not replace else {}
            kind = {"response_type": "in_channel" if public else "ephemeral", "replace_original": replace}
            if await self.calls.respond(self.came.url, {"text": rendered.text, "blocks": rendered.blocks, **kind, **where, **QUIET}):
                return True
        return await self._by_call(rendered, public=public)

    async def _by_call(self, rendered: Rendered, *, public: bool) -> bool:
        came = self.came
        if public or not came.channel:
            return await self.post(rendered, came.channel or came.user, came.thread) != ""
        given: dict[str, Any] = {"thread_ts": came.thread or None, "parse": "none", "link_names": False}

        async def whisper(client: AsyncWebClient) -> Any:
            return await client.chat_postEphemeral(
                channel=came.channel, user=came.user, text=rendered.text, blocks=rendered.blocks, **given
            )

        return await self.calls.make(came.team, whisper) is not None

    async def share(self, rendered: Rendered) -> tuple[bool, str]:
        """Show one message to everyone: whether it is there, or may be, and its receipt.

        A post of the bot's own can be put right later. Where it is not in the channel, the response_url still posts there, and
        what came that way nobody can change: there is no receipt.
        """
        channel = self.came.channel or self.came.user
        ts, refused = await self.calls.posted(self.came.team, self._call(rendered, channel, self.came.thread))
        if ts:
            return True, receipt_of(channel, ts)
        if not refused:
            await self.add(render(LOST))
            return True, ""
        return await self.add(rendered, public=True), ""

    async def post(self, rendered: Rendered, channel: str, thread: str = "") -> str:
        """Post a message where everyone sees it; its ts, empty where the bot may not post there."""
        return (await self.calls.posted(self.came.team, self._call(rendered, channel, thread)))[0]

    @staticmethod
    def _call(rendered: Rendered, channel: str, thread: str) -> Call:
        given = {"text": rendered.text, "blocks": rendered.blocks, "thread_ts": thread or None, **QUIET}

        async def call(client: AsyncWebClient) -> Any:
            return await client.chat_postMessage(channel=channel, **given)

        return call


def receipt_of(channel: str, ts: str) -> str:
    """The platform's id of a post, as the publisher gives it."""
    return f"slack:{channel}/{ts}"


async def _forget(came: Came, answer: Message, posts: Posts, asked: datetime) -> None:
    """Remember nothing."""


@dataclass(frozen=True, slots=True)
class Answering:
    """Sends answers."""

    asks: Asks
    calls: Calls
    remember: Remember = _forget

    async def send(self, came: Came, answering: Coroutine[Any, Any, Message | None], *, in_place: bool = False) -> None:
        """Show the answer once it is there; where it takes longer than `PATIENCE`, say first that it is coming.

        Args:
            answering: gives the answer; None where there is nothing to show.
            in_place: the answer may take the place of the message that was pressed, where that is the presser's own.
        """
        reply, answer, asked = Reply(self.calls, came), asyncio.create_task(answering), datetime.now(UTC)
        try:
            done, _ = await asyncio.wait({answer}, timeout=PATIENCE)
            if not done:
                await reply.add(render(WAITING))
            message = await _foreseen(answer)
            if message is not None and message.only_asker:
                await self._show(reply, message, in_place=in_place and came.whispered)
            elif message is not None and (posts := await self._show_everyone(reply, message)):
                await self.remember(came, message, posts, asked)
        except Exception:  # the reader is told of the fault, and of nothing else
            number = uuid4().hex[:6]
            log.exception("fault %s while answering on Slack", number)
            await self._fault(reply, number)
        finally:
            answer.cancel()

    async def _show(self, reply: Reply, message: Message, *, in_place: bool) -> None:
        parts = await self._parts(reply.came.team, message)
        for _, part in parts:
            if not await reply.add(part, replace=in_place and len(parts) == 1):
                log.warning("an answer could not be shown on Slack")
                return

    async def _show_everyone(self, reply: Reply, message: Message) -> Posts:
        """Show it to everyone, and what it was posted as."""
        parts = await self._parts(reply.came.team, message)
        if message.in_thread:
            return await self._in_thread(reply, message, parts)
        posts: Posts = []
        for part, rendered in parts:
            there, receipt = await reply.share(rendered)
            if not there:
                log.warning("an answer could not be shown on Slack")
                break
            posts.append((part, receipt))
        return posts

    async def _in_thread(self, reply: Reply, message: Message, parts: Parts) -> Posts:
        """The headline for everyone, and the rest below it in a thread; the sharer is told where that cannot be."""
        channel, headline, posts = reply.came.channel or reply.came.user, headline_of(message), Posts()
        thread = reply.came.thread
        if not thread:
            thread = await reply.post(await self.rendered(reply.came.team, headline), channel)
            if not thread:
                await reply.add(render(NOT_IN_CHANNEL))
                return posts
            posts.append((headline, receipt_of(channel, thread)))
        for part, rendered in parts:
            ts = await reply.post(rendered, channel, thread)
            if not ts:
                await reply.add(render(THREAD_CUT))
                break
            posts.append((part, receipt_of(channel, ts)))
        return posts

    async def _parts(self, team: str, message: Message) -> Parts:
        try:
            return [(message, await self.rendered(team, message))]  # nearly every answer is one message, and drawing takes a while
        except ValueError:
            return [(part, await self.rendered(team, part)) for part in split(message, fits)]

    async def rendered(self, team: str, message: Message) -> Rendered:
        """The message as Slack takes it; what is too long for a button is kept.

        Raises:
            ValueError: it does not fit.
        """
        long = too_long(message)
        return render(message, shorts=await self.asks.keep_all(space_of(team), long) if long else {})

    async def _fault(self, reply: Reply, number: str) -> None:
        try:
            shown = await reply.add(render(fault_page(number)))
        except ValueError:
            shown = False
        if not shown:
            log.warning("the reader could not be told of fault %s", number)


async def _foreseen(answer: "asyncio.Task[Message | None]") -> Message | None:
    """The answer; what was foreseen to go wrong before the core was asked (the store is down) is told as the core does."""
    try:
        return await answer
    except BriefsError as error:
        log.warning("%s", error)
        return reader_page(error)
