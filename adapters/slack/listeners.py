"""Everything that comes from Slack, in either way, and who answers it: acknowledged first, worked on afterwards."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from traceback import walk_tb
from typing import Any, Final
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.answering import Answering
from adapters.slack.forms import CALLBACK, Kept, block_of, field_to_blame, fits_in_modal, kept, kept_in, modal, options_for
from adapters.slack.home import home_view
from adapters.slack.inbound import Came, came_by_command, came_by_press, form_values, line_of, pressed_value
from adapters.slack.installations import Installations, space_of
from adapters.slack.people import People
from adapters.slack.presses import ACTION_IDS, Pressed, pressed
from adapters.slack.replays import Replays
from adapters.slack.text import plain_text
from adapters.slack.work import Work
from briefs.commands.answer import Commands
from briefs.commands.ask import Ask, Asker
from briefs.commands.complete import complete_option
from briefs.commands.form import Form, form_of
from briefs.commands.grammar import parse
from briefs.commands.registry import Command
from briefs.errors import BriefsError
from briefs.message import Message, Outcome, Prose, words
from briefs.ports import Asks

OUT_OF_DATE: Final = "That button is out of date. Type /brief, or /standfirst help."
FORM_OUT_OF_DATE: Final = "This form is out of date. Type its command again, or /standfirst help."
FORM_PATIENCE: Final = 2.0  # seconds a form waits for its answer, of the three that Slack does
ANY: Final = re.compile("")
WRONG: Final = frozenset({Outcome.BAD_INPUT, Outcome.NOT_FOUND})

PLANS: Final = "digest subscribe"  # what is worth asking Slack whether the bot can post in the channel

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
        left: Callable[[], None],
    ) -> None:
        self._commands, self._answering, self._people = commands, answering, people
        self._replays, self._work, self._asks, self._left = replays, work, asks, left
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
        wrong = sent.result()[1] if done and sent.exception() is None else {}
        await ack(**wrong)
        if not wrong:
            self._work.start(self._answering.send(came, _message_of(sent)))

    async def options(self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """What a menu of a form offers while somebody types in it."""
        offered: list[dict[str, Any]] = []
        try:
            async with asyncio.timeout(FORM_PATIENCE):
                offered = await self._offered(came_by_press(_team(context), body), body)
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
        command = self._meant(line)
        form = form_of(line, self._commands.catalogue)
        # Remembering takes as long as a disk does. What only reads need not wait for it; its answer does.
        # What is not understood only reads: its answer says what is wrong.
        if (form is not None or (command is not None and not command.shared)) and not await first:
            return None
        if form is not None and await self._opened(came, form, asker):
            return None
        if command is not None and command.name == PLANS:
            asker = replace(asker, hindrance=await self._people.hindrance(came))
        answer = await self._commands.answer_line(line, asker)
        return answer if await first else None

    def _meant(self, line: str) -> Command | None:
        """The command of a line; None where it is not understood."""
        try:
            return parse(line, self._commands.catalogue).command
        except BriefsError:
            return None

    async def _opened(self, came: Came, form: Form, asker: Asker) -> bool:
        """Open the form; False where it is not for the asker, or Slack opens none."""
        if not came.trigger or (form.command.who is not None and form.command.who not in asker.roles):
            return False
        short = "" if fits_in_modal(form.line, came) else await self._asks.keep(asker.space, form.line)
        view = modal(form, asker, kept(form.line, came, short))
        return await self._answering.calls.make(came.team, lambda client: client.views_open(trigger_id=came.trigger, view=view)) is not None

    async def _form(self, came: Came, line: str, short: str) -> Form | None:
        found = line or await self._asks.recall(space_of(came.team), short) or ""
        return form_of(found, self._commands.catalogue) if found else None

    async def _sent_once(self, came: Came, remembered: Kept, body: Body) -> tuple[Message | None, dict[str, Any]]:
        """As `_sent`, for the first time it comes; nothing for any other."""
        if not await self._replays.first(came.team, body):
            return None, {}
        return await self._sent(came, remembered.line, remembered.short, body["view"])

    async def _sent(self, came: Came, line: str, short: str, view: Body) -> tuple[Message, dict[str, Any]]:
        """The answer to a form, and where that says what is wrong with the form, how it is shown there."""
        asker = await self._people.asker(came)
        form = await self._form(came, line, short)
        if form is None:
            return _told(FORM_OUT_OF_DATE), {"response_action": "update", "view": _told_in_modal(FORM_OUT_OF_DATE)}
        typed = form_values(view)
        if form.command.name == PLANS:
            asker = replace(asker, hindrance=await self._people.hindrance(came))
        answer = await self._commands.answer(Ask(asker, form.command.name, form.filled(typed)))
        if answer.outcome not in WRONG:
            return answer, {}
        if field := field_to_blame(form, answer.summary, typed):
            return answer, {"response_action": "errors", "errors": {block_of(field): answer.summary}}
        again = modal(form, asker, str(view.get("private_metadata", "")), typed=typed, problem=answer.summary)
        return answer, {"response_action": "update", "view": again}

    async def _offered(self, came: Came, body: Body) -> list[dict[str, Any]]:
        view = body.get("view")
        remembered = kept_in(view) if isinstance(view, dict) else None
        form = await self._form(came, remembered.line, remembered.short) if remembered else None
        option = form.command.option(str(body.get("action_id", ""))) if form else None
        if remembered is None or form is None or option is None:
            return []
        asker = await self._people.asker(remembered.came(came))
        typed = str(body.get("value") or "")
        return options_for(typed, await complete_option(self._commands, form.command, option, typed, asker))

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


async def _message_of(sent: "asyncio.Task[tuple[Message | None, dict[str, Any]]]") -> Message | None:
    return (await sent)[0]


def _told_in_modal(text: str) -> dict[str, Any]:
    return {"type": "modal", "title": plain_text("Standfirst"), "blocks": [{"type": "section", "text": plain_text(text)}]}
