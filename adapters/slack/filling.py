"""Forms on Slack, opened, filled in and sent; what is wrong with one is told in it, so that nothing typed is lost."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final
from uuid import uuid4

from adapters.slack.calls import Calls
from adapters.slack.files import Chosen, Files, chosen_files
from adapters.slack.forms import Kept, block_of, field_to_blame, fits_in_modal, kept, kept_in, modal, options_for, roomy
from adapters.slack.inbound import Came, form_values
from adapters.slack.installations import space_of
from adapters.slack.people import People
from briefs.commands.answer import Commands, Fetch
from briefs.commands.ask import Ask, Asker
from briefs.commands.complete import complete_option
from briefs.commands.form import Form, form_for, form_of
from briefs.commands.grammar import parse
from briefs.errors import BriefsError
from briefs.message import Button, Copyable, Message, Outcome
from briefs.pages.presses import AGAIN, bare
from briefs.pages.problem import fault_page, reader_page
from briefs.pages.shared import with_presses
from briefs.ports import Asks

WRONG: Final = frozenset({Outcome.BAD_INPUT, Outcome.NOT_FOUND, Outcome.FAULT})
FILL_AGAIN: Final = "Fill it in again"
SHORT: Final = 100  # characters of what is soon typed again
PIECE: Final = 2_500  # characters of a text given back in one piece, which a message of Slack's holds

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SentIn:
    """What came of a form.

    Args:
        answer: what it is answered with; None where it is answered already.
        wrong: how Slack is told, in the form itself, what is wrong with it; empty where nothing is.
        late: the answer where the form has been closed meanwhile: as `answer`, and a way back to what was typed.
    """

    answer: Message | None = None
    wrong: dict[str, Any] = field(default_factory=dict)
    late: Message | None = None


class Forms:
    """The forms of every command, for whoever lacks something, or asks for one."""

    def __init__(self, commands: Commands, people: People, asks: Asks, calls: Calls, files: Files) -> None:
        self._commands, self._people, self._asks, self._calls, self._files = commands, people, asks, calls, files

    def of(self, line: str) -> Form | None:
        """The form for a line, as Slack shows it; None where it lacks nothing, or is no command.

        A line that names a file has one: no file comes with a line.
        """
        form = form_of(line, self._commands.catalogue)
        if form is None:
            try:
                parsed = parse(bare(line), self._commands.catalogue)
            except BriefsError:
                return None  # its answer says what is wrong
            file = parsed.command.file
            named = file is not None and file.name in parsed.options
            form = form_for(parsed.command, parsed.options, mark=AGAIN) if named else None
        return roomy(form) if form is not None else None

    async def open(self, came: Came, form: Form, asker: Asker) -> bool:
        """Open the form; False where it is not for the asker, or Slack opens none."""
        if not came.trigger or (form.command.who is not None and form.command.who not in asker.roles):
            return False
        short = "" if fits_in_modal(form.line, came) else await self._asks.keep(asker.space, form.line)
        view = modal(form, asker, kept(form.line, came, short))
        return await self._calls.make(came.team, lambda client: client.views_open(trigger_id=came.trigger, view=view)) is not None

    async def sent(self, came: Came, remembered: Kept, view: Mapping[str, Any]) -> SentIn | None:
        """What comes of a form that was sent in; None where it is not known what it asked for. Never raises."""
        typed = form_values(view)
        try:
            asker = await self._people.asker(came)
            form = await self._remembered(came.team, remembered)
            return None if form is None else await self._answered(came, asker, form, typed, view)
        except BriefsError as error:  # the store is down, before the core was asked
            log.warning("%s", error)
            answer = reader_page(error)
        except Exception:  # the reader is told of the fault, and loses nothing
            number = uuid4().hex[:6]
            log.exception("fault %s in a form on Slack", number)
            answer = fault_page(number)
        first = next((str(block["block_id"]) for block in view.get("blocks") or () if block.get("type") == "input"), "")
        wrong = {"response_action": "errors", "errors": {first: answer.summary}} if first else {}
        return SentIn(answer, wrong, giving_back(answer, typed))

    async def _answered(self, came: Came, asker: Asker, form: Form, typed: dict[str, str], view: Mapping[str, Any]) -> SentIn:
        asker = await self._people.posting(came, asker, form.command.name)
        options, fetch = self._given(came.team, form, typed, chosen_files(view))
        answer = await self._commands.answer(Ask(asker, form.command.name, options), fetch)
        if answer.outcome not in WRONG:
            return SentIn(answer, late=answer)
        back = giving_back(answer, typed) if answer.outcome is Outcome.FAULT else reopening(answer, form.reopened(typed))
        if blamed := field_to_blame(form, answer.summary, typed):
            return SentIn(answer, {"response_action": "errors", "errors": {block_of(blamed): answer.summary}}, back)
        again = modal(form, asker, str(view.get("private_metadata", "")), typed=typed, problem=answer.summary)
        return SentIn(answer, {"response_action": "update", "view": again}, back)

    def _given(self, team: str, form: Form, typed: dict[str, str], files: Mapping[str, Chosen]) -> tuple[dict[str, str], Fetch | None]:
        """The options with the file's name among them, and how it is fetched."""
        options, option = form.filled(typed), form.command.file
        chosen = files.get(option.name) if option is not None else None
        if option is None or chosen is None:
            return options, None
        return options | {option.name: chosen.name}, partial(self._files.fetch, team, option.name, chosen)

    async def offered(self, came: Came, body: Mapping[str, Any]) -> list[dict[str, Any]]:
        """What a menu of a form offers for what is typed in it."""
        view = body.get("view")
        remembered = kept_in(view) if isinstance(view, dict) else None
        form = await self._remembered(came.team, remembered) if remembered else None
        option = form.command.option(str(body.get("action_id", ""))) if form else None
        if remembered is None or form is None or option is None:
            return []
        asker = await self._people.asker(remembered.came(came))
        typed = str(body.get("value") or "")
        return options_for(typed, await complete_option(self._commands, form.command, option, typed, asker))

    async def _remembered(self, team: str, remembered: Kept) -> Form | None:
        line = remembered.line or await self._asks.recall(space_of(team), remembered.short) or ""
        return self.of(line) if line else None


def reopening(answer: Message, line: str) -> Message:
    """The answer with a press that opens its form as it was filled in.

    Args:
        line: one that asks for a form.
    """
    return with_presses(answer, Button(FILL_AGAIN, line))


def giving_back(answer: Message, typed: Mapping[str, str]) -> Message:
    """The answer with what was typed, to be copied: for when it can be kept nowhere else."""
    long = [text for text in typed.values() if len(text) > SHORT]
    rows = [row for text in long for row in text.splitlines() if row.strip()]
    pieces = [row[start : start + PIECE] for row in rows for start in range(0, len(row), PIECE)]
    return replace(answer, blocks=(*answer.blocks, *map(Copyable, pieces)))
