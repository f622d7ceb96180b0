"""Everything that comes from Slack, in either way, and who answers it: acknowledged first, worked on afterwards."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from traceback import walk_tb
from typing import Any, Final
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.answering import Answering
from adapters.slack.filling import WRONG, Forms, SentIn, reopening
from adapters.slack.forms import CALLBACK, Kept, kept_in
from adapters.slack.home import home_view
from adapters.slack.inbound import Came, came_by_command, came_by_press, line_of, pressed_value
from adapters.slack.installations import Installations, space_of
from adapters.slack.people import People
from adapters.slack.presses import ACTION_IDS, Pressed, pressed
from adapters.slack.replays import Replays
from adapters.slack.text import plain_text
from adapters.slack.work import Work
from briefs.commands.answer import Commands
from briefs.commands.grammar import Parsed, parse
from briefs.errors import BriefsError
from briefs.message import Message, Prose, words
from briefs.pages.presses import AGAIN, bare
from briefs.ports import Asks

OUT_OF_DATE: Final = "That button is out of date. Type /brief, or /standfirst help."
FORM_OUT_OF_DATE: Final = "This form is out of date. Type its command again, or /standfirst help."
FORM_PATIENCE: Final = 2.0  # seconds a form waits for its answer, of the three that Slack does
ANY: Final = re.compile("")
log = logging.getLogger(__name__)

Body = Mapping[str, Any]


class Listeners:
    """The listeners of the Bolt app.

    Args:
        left: told when the bot is no longer in a workspace.
    """

    def __init__(
        self,
        commands: Commands,
        answering: Answering,
        people: People,
        replays: Replays,
        work: Work,
        asks: Asks,
        forms: Forms,
        left: Callable[[], None],
    ) -> None:
        self._commands, self._answering, self._people = commands, answering, people
        self._replays, self._work, self._asks, self._forms, self._left = replays, work, asks, forms, left
        self._verbs = frozenset(command.path[0] for command in commands.catalogue)

    def app(self, installations: Installations, client: AsyncWebClient, signing_secret: str) -> AsyncApp:
        """The Bolt app with every listener, for both ways in.

        It answers before anything else is done (`process_before_response`): as it comes, Bolt looks every 10 ms whether
        an acknowledgement is there, and loses it where the listener fails meanwhile.
        """
        quiet = logging.getLogger(f"{__name__}.bolt")
        quiet.setLevel(logging.CRITICAL)  # it logs whole requests; what goes wrong is told by us
        app = AsyncApp(
            name="standfirst",
            logger=quiet,
            client=client,
            signing_secret=signing_secret,
            authorize=_authorizing(installations),
            process_before_response=True,
        )
        app.use(_keeping_out(installations))
        app.command(ANY)(self.command)
        app.action(ANY)(self.press)
        app.view(ANY)(self.form)
        app.options(ANY)(self.options)
        app.shortcut(ANY)(self.other)
        app.event("app_home_opened")(self.home_opened)
        app.event(re.compile("^(?:app_uninstalled|tokens_revoked)$"))(self.gone)
        app.event(ANY)(self.other)
        app.error(_failed)
        return app

    async def command(self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """A slash command."""
        await ack()
        came = came_by_command(_team(context), body)
        self._work.start(self._answering.send(came, self._answer(came, body, line_of(body, self._verbs))))

    async def press(self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """A press of a button, or a pick from a menu of a message or of the Home tab."""
        await ack()
        came = came_by_press(_team(context), body)
        action, value = pressed_value(body)
        found = (pressed(value) if ACTION_IDS.fullmatch(action) else None) or Pressed()
        self._work.start(self._answering.send(came, self._pressed(came, body, found), in_place=found.turns))

    async def form(self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """A form sent in; what is wrong with it is told in the form itself, so that nothing typed is lost."""
        view = body.get("view")
        remembered = kept_in(view) if isinstance(view, dict) and view.get("callback_id") == CALLBACK else None
        if remembered is None:
            await ack(response_action="update", view=_told_in_modal(FORM_OUT_OF_DATE))
            return
        came = remembered.came(came_by_press(_team(context), body))
        sent = asyncio.create_task(self._sent_once(came, remembered, body))
        done, _ = await asyncio.wait({sent}, timeout=FORM_PATIENCE)
        wrong = sent.result().wrong if done else {}
        await ack(**wrong)
        if not wrong:
            self._work.start(self._answering.send(came, _late(sent)))

    async def options(self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """What a menu of a form offers while somebody types in it."""
        offered: list[dict[str, Any]] = []
        try:
            async with asyncio.timeout(FORM_PATIENCE):
                offered = await self._forms.offered(came_by_press(_team(context), body), body)
        except Exception:  # nothing to offer is no reason to disturb somebody who is typing
            log.exception("fault while offering options on Slack")
        await ack(options=offered)

    async def home_opened(self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody opens the Home tab; it is made anew."""
        await ack()
        event = body["event"]
        if event.get("tab") == "home":
            came = Came(_team(context), str(event.get("user", "")), str(event.get("channel", "")))
            self._work.start(self._show_home(came, body))

    async def gone(self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """The bot was removed, or its token revoked; either may come first, and each does the same."""
        await ack()
        tokens = body["event"].get("tokens")
        if isinstance(tokens, dict) and not tokens.get("bot"):
            return  # people's own tokens, of which we have none
        self._work.start(self._leave(_team(context), body))

    async def other(self, ack: AsyncAck) -> None:
        """Something we asked for no longer, or never."""
        await ack()

    async def _pressed(self, came: Came, body: Body, found: Pressed) -> Message | None:
        line = found.line or (await self._asks.recall(space_of(came.team), found.short) if found.short else "")
        if line:
            return await self._answer(came, body, line)
        return _told(OUT_OF_DATE) if await self._replays.first(came.team, body) else None

    async def _answer(self, came: Came, body: Body, line: str) -> Message | None:
        """The answer to a line; None where it came a second time, or a form asks for what it lacks."""
        first = asyncio.create_task(self._replays.first(came.team, body))
        asker = await self._people.asker(came)
        parsed = self._meant(line)
        command = parsed.command if parsed is not None else None
        form = self._forms.of(line)
        # Remembering takes as long as a disk does. What only reads need not wait for it; its answer does.
        # What is not understood only reads: its answer says what is wrong.
        if (form is not None or (command is not None and not command.shared)) and not await first:
            return None
        if form is not None and await self._forms.open(came, form, asker):
            return None
        if command is not None:
            asker = await self._people.posting(came, asker, command.name)
        answer = await self._commands.answer_line(line, asker)
        if parsed is not None and parsed.command.long and parsed.command.long.name in parsed.options and answer.outcome in WRONG:
            # Slack has emptied the line it was typed in.
            answer = reopening(answer, f"{AGAIN}{bare(line)}")
        return answer if await first else None

    def _meant(self, line: str) -> Parsed | None:
        """What a line asks; None where it is not understood."""
        try:
            return parse(bare(line), self._commands.catalogue)
        except BriefsError:
            return None

    async def _sent_once(self, came: Came, remembered: Kept, body: Body) -> SentIn:
        """What comes of a form, the first time it comes."""
        if not await self._replays.first(came.team, body):
            return SentIn()
        sent = await self._forms.sent(came, remembered, body["view"])
        if sent is None:
            gone = _told(FORM_OUT_OF_DATE)
            return SentIn(gone, {"response_action": "update", "view": _told_in_modal(FORM_OUT_OF_DATE)}, gone)
        return sent

    async def _show_home(self, came: Came, body: Body) -> None:
        if not await self._replays.first(came.team, body):
            return
        asker = await self._people.asker(came)
        try:
            digests = await self._commands.desk.subscribe.subscriptions.of_space(asker.space)
            view = await home_view(self._commands, asker, digests, lambda message: self._answering.rendered(came.team, message))
        except BriefsError as error:  # the tab stays as it is
            log.warning("%s", error)
            return
        await self._answering.calls.make(came.team, lambda client: client.views_publish(user_id=came.user, view=view))

    async def _leave(self, team: str, body: Body) -> None:
        if not await self._replays.first(team, body):
            return
        desk = self._commands.desk
        await desk.join.left(space_of(team), desk.now())
        self._left()


def _team(context: AsyncBoltContext) -> str:
    return context.team_id or ""


def _authorizing(installations: Installations) -> Callable[..., Awaitable[AuthorizeResult]]:
    """Who we are in a workspace, known by heart: Bolt's own way asks Slack (auth.test) for every request."""

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        found = await installations.of(team_id or "")
        if found is None:
            return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=found.team_id, bot_user_id=found.bot_user, bot_token=found.token)

    return authorize


def _keeping_out(installations: Installations) -> Callable[..., Awaitable[BoltResponse | None]]:
    """Nothing of a workspace in which we are not installed goes further; Bolt's own way tells it so at length, before it answers."""

    async def ours(context: AsyncBoltContext, next: Callable[[], Awaitable[Any]]) -> BoltResponse | None:
        if await installations.of(_team(context)) is None:
            return BoltResponse(status=200, body="")
        await next()
        return None

    return ours


async def _failed(error: Exception) -> None:
    """Whatever a listener raises before its acknowledgement, or Bolt on its way to it."""
    ours = any(frame.f_globals.get("__name__", "").startswith(("adapters.", "briefs.")) for frame, _ in walk_tb(error.__traceback__))
    log.error("fault %s in what Slack sent: %s", uuid4().hex[:6], type(error).__name__, exc_info=error if ours else None)


def _told(text: str) -> Message:
    return Message(text, (Prose(words(text)),))


async def _late(sent: "asyncio.Task[SentIn]") -> Message | None:
    return (await sent).late


def _told_in_modal(text: str) -> dict[str, Any]:
    return {"type": "modal", "title": plain_text("Standfirst"), "blocks": [{"type": "section", "text": plain_text(text)}]}
