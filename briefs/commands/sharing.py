"""Sharing: the answer of another command, for everyone in the channel."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from briefs.commands.ask import Ask, Role
from briefs.commands.form import line_with
from briefs.commands.grammar import checked, parse
from briefs.commands.registry import Command, Option
from briefs.desk.desk import Desk
from briefs.errors import BadInput, NotAllowed
from briefs.message import Button, Message, Outcome
from briefs.pages.shared import shared_page, sharing_page, with_presses

SHARE: Final = "standfirst share"
THREAD: Final = "thread"


def share_command(others: Sequence[Command]) -> Command:
    """The command that shares the answers of those of the others that may be.

    Args:
        others: all that anybody might name, those that cannot be shared too.
    """

    async def answer(ask: Ask, desk: Desk) -> Message:
        asker = ask.asker
        parsed = parse(ask.options["line"], others)
        if not parsed.command.shared:
            raise BadInput("Only what reads the news can be shared: /brief, /entity, /source, /timeline, /find.")
        in_thread = ask.options.get("as") == THREAD
        if not asker.others:
            raise BadInput("Nobody else reads along here, so there is nobody to share it with.")
        if not asker.may_write:
            raise NotAllowed("You may not write in this channel, so the answer stays with you.")
        if in_thread and not asker.threads:
            raise NotAllowed("You and I may not both make threads here. Share it without as:thread.")
        # What is shared is what everyone may see: nothing that the sharer's own role shows.
        plain = Ask(replace(asker, roles=frozenset()), parsed.command.name, checked(parsed.command, parsed.options))
        message = await parsed.command.answer(plain, desk)
        if message.outcome is not Outcome.ANSWER:
            return message
        await desk.sharing.take(asker.place, asker.user, desk.now())
        return shared_page(message, asker.user, asker.name, in_thread=in_thread)

    return Command(
        path=("standfirst", "share"),
        help="Post the answer of a reading command here, for everyone, with your name",
        answer=answer,
        options=(
            Option("as", "In a thread of its own, where the platform has them", choices=(THREAD,)),
            Option("line", "The command, as you would type it", positional=True, required=True, rest=True),
        ),
        examples=("/standfirst share /brief iraq",),
    )


async def offer_share(message: Message, command: Command, ask: Ask, desk: Desk) -> Message:
    """The answer, with presses that share it where its asker may."""
    asker = ask.asker
    if not (command.shared and asker.others and asker.may_write and message.only_asker and message.outcome is Outcome.ANSWER):
        return message
    if not await desk.sharing.on(asker.space, desk.now()):
        return message
    line = message.line or line_with(command, ask.options)
    row = [Button("Share here", f"/{SHARE} {line}")]
    if asker.threads:
        row.append(Button("Open in a thread", f"/{SHARE} as:{THREAD} {line}"))
    return with_presses(message, *row)


async def _sharing(ask: Ask, desk: Desk) -> Message:
    on = ask.options["switch"] == "on"
    await desk.sharing.switch(ask.asker.space, desk.now(), on=on)
    return sharing_page(on=on)


SHARING: Final = Command(
    path=("standfirst", "sharing"),
    help="Let people here share answers with a channel, or not",
    answer=_sharing,
    options=(Option("switch", "on or off", positional=True, required=True, choices=("on", "off")),),
    examples=("/standfirst sharing on",),
    who=Role.ADMIN,
)
