"""The one road from an ask to an answer, for every adapter."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final
from uuid import uuid4

from briefs.commands.ask import Ask, Asker, Attached, Role
from briefs.commands.catalogue import CATALOGUE
from briefs.commands.grammar import checked, parse
from briefs.commands.registry import Command
from briefs.commands.rights import Rights
from briefs.commands.sharing import offer_share
from briefs.desk.desk import Desk
from briefs.desk.pace import Pace
from briefs.errors import BadInput, BriefsError, NotAllowed, StorageDown, TooSoon
from briefs.message import Message
from briefs.pages.presses import bare
from briefs.pages.problem import fault_page, problem_page, store_page

MAY: Final[Mapping[Role, str]] = {
    Role.MANAGER: "Only people who manage this channel's digests may do that: admins here, unless it was set otherwise. Ask one of them.",
    Role.ADMIN: "Only admins of this server or workspace may do that; ask one of them.",
    Role.CURATOR: "Only curators may do that; ask one of them.",
    Role.OPERATOR: "Only whoever runs this installation may do that.",
}

Fetch = Callable[[], Awaitable[Attached]]
Reads = Callable[[str], Awaitable[Attached]]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Commands:
    """What every adapter mounts: the catalogue, and answers to asks.

    Args:
        rights: who may do what beyond reading; adapters make an asker's roles with it.
        pace: how often each person may ask; whoever runs the installation may as often as they like, and so may all where
            there is none.
    """

    desk: Desk
    catalogue: Sequence[Command] = CATALOGUE
    rights: Rights = field(default_factory=Rights)
    pace: Pace | None = None

    async def answer(self, ask: Ask, fetch: Fetch | None = None) -> Message:
        """The answer to an ask; never raises: what was foreseen becomes a page that says what to do, all else a fault.

        A fault is logged under a short number, which is all the reader sees of it.

        Args:
            fetch: reads the file that the ask names, once it is known that its asker may; a `BriefsError` of it is answered.
        """
        try:
            return await self._answer(ask, fetch)
        except StorageDown as error:
            log.warning("%s", error)
            return problem_page(error, ask.command) if Role.OPERATOR in ask.asker.roles else store_page()
        except BriefsError as error:
            return problem_page(error, ask.command)
        except Exception:  # the one place where a fault becomes a page
            number = uuid4().hex[:6]
            log.exception("fault %s while answering /%s", number, ask.command)
            return fault_page(number)

    async def answer_line(self, line: str, asker: Asker, reads: Reads | None = None) -> Message:
        """The answer to a line as typed, or to the command of a pressed button; never raises.

        Args:
            reads: reads the file of a name that is typed, where the platform lets files be named.
        """
        try:
            parsed = parse(bare(line), self.catalogue)  # where there are no forms, it is the line
        except BriefsError as error:
            return problem_page(error, "")
        named = parsed.options.get(parsed.command.file.name, "") if parsed.command.file else ""
        fetch = partial(reads, named) if reads is not None and named else None
        return await self.answer(Ask(asker, parsed.command.name, parsed.options), fetch)

    async def _answer(self, ask: Ask, fetch: Fetch | None) -> Message:
        command = next((c for c in self.catalogue if c.name == ask.command), None)
        if command is None:
            raise BadInput("That button or command is out of date. Try /standfirst help.")
        if command.who is not None and command.who not in ask.asker.roles:
            raise NotAllowed(MAY[command.who])
        self._keep_pace(ask.asker)
        ask = replace(ask, options=checked(command, ask.options))
        if command.file is not None and command.file.name in ask.options and ask.attached is None:
            if fetch is None:
                raise BadInput(f"{command.file.name}: no file came with that. Attach it to the command, or paste its text instead.")
            ask = replace(ask, attached=await fetch())
        return await offer_share(await command.answer(ask, self.desk), command, ask, self.desk)

    def _keep_pace(self, asker: Asker) -> None:
        if self.pace is None or Role.OPERATOR in asker.roles:
            return
        if wait := self.pace.take((asker.space, asker.user), self.desk.now()):
            raise TooSoon("You ask faster than anybody can read.", wait)
