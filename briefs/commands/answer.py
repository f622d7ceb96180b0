"""The one road from an ask to an answer, for every adapter."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import uuid4

from briefs.commands.ask import Ask, Asker, Role
from briefs.commands.catalogue import CATALOGUE
from briefs.commands.grammar import checked, parse
from briefs.commands.registry import Command
from briefs.desk.desk import Desk
from briefs.errors import BadInput, BriefsError, NotAllowed
from briefs.message import Message
from briefs.pages.problem import fault_page, problem_page

MAY: Final[Mapping[Role, str]] = {
    Role.MANAGER: "Only people who manage this channel's digests may do that; ask one of them.",
    Role.CURATOR: "Only curators may do that; ask one of them.",
    Role.OPERATOR: "Only whoever runs this installation may do that.",
}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Commands:
    """What every adapter mounts: the catalogue, and answers to asks."""

    desk: Desk
    catalogue: Sequence[Command] = CATALOGUE

    async def answer(self, ask: Ask) -> Message:
        """The answer to an ask; never raises: what was foreseen becomes a page that says what to do, all else a fault.

        A fault is logged under a short number, which is all the reader sees of it.
        """
        try:
            return await self._answer(ask)
        except BriefsError as error:
            return problem_page(error, ask.command)
        except Exception:  # the one place where a fault becomes a page
            number = uuid4().hex[:6]
            log.exception("fault %s while answering /%s", number, ask.command)
            return fault_page(number)

    async def answer_line(self, line: str, asker: Asker) -> Message:
        """The answer to a line as typed, or to the command of a pressed button; never raises."""
        try:
            parsed = parse(line, self.catalogue)
        except BriefsError as error:
            return problem_page(error, "")
        return await self.answer(Ask(asker, parsed.command.name, parsed.options))

    async def _answer(self, ask: Ask) -> Message:
        command = next((c for c in self.catalogue if c.name == ask.command), None)
        if command is None:
            raise BadInput("That button or command is out of date. Try /standfirst help.")
        if command.who is not None and command.who not in ask.asker.roles:
            raise NotAllowed(MAY[command.who])
        return await command.answer(replace(ask, options=checked(command, ask.options)), self.desk)
