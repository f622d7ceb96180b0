"""Operating commands: help, and what the bot says of itself."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from briefs.commands.ask import Ask, Role
from briefs.commands.curate import curator_of
from briefs.commands.registry import Command, Option
from briefs.desk.desk import Desk
from briefs.errors import BadInput, shown
from briefs.message import Message, Usage
from briefs.pages.doctor import doctor_page
from briefs.pages.forget import forget_page, forgotten_page
from briefs.pages.hello import privacy_page
from briefs.pages.manual import about_page, help_page

EVERYONE: Final = "everyone"
YES: Final = "yes"


def usage(command: Command) -> Usage:
    """A command as help explains it."""
    return Usage(command.form, command.help, f"{command.who.value}s" if command.who else EVERYONE, command.examples)


def overview(commands: Sequence[Command], roles: frozenset[Role]) -> list[Usage]:
    """All commands in short, those of one verb together, as far as somebody with these roles may use them."""
    verbs: dict[str, list[Command]] = {}
    for command in commands:
        verbs.setdefault(command.path[0], []).append(command)
    return [_in_short(verb, together, roles) for verb, together in verbs.items()]


def _in_short(verb: str, together: Sequence[Command], roles: frozenset[Role]) -> Usage:
    if len(together) == 1:
        return replace(usage(together[0]), examples=together[0].examples[:1])
    theirs = [command for command in together if command.who is None or command.who in roles]
    whose = " and ".join(dict.fromkeys(usage(command).who for command in theirs or together))
    does = f"{len(theirs)} commands: {', '.join(' '.join(command.path[1:]) for command in theirs)}" if theirs else f"For {whose}"
    return Usage(f"/{verb} …", does, whose, (f"/standfirst help {verb}",))


async def _about(ask: Ask, desk: Desk) -> Message:
    return about_page(desk.about.version, desk.about.running, sample=await desk.lookup.shows_sample())


ABOUT: Final = Command(
    path=("standfirst", "about"),
    help="What this is, what it promises, what it runs on",
    answer=_about,
    examples=("/standfirst about",),
)


async def _privacy(ask: Ask, desk: Desk) -> Message:
    keeping = desk.retention.keeping
    return privacy_page(rejected=keeping.rejected, reports=keeping.reports, ledger=keeping.ledger)


PRIVACY: Final = Command(
    path=("standfirst", "privacy"),
    help="What this bot reads and what it stores",
    answer=_privacy,
    examples=("/standfirst privacy",),
)


async def _doctor(ask: Ask, desk: Desk) -> Message:
    return doctor_page(await desk.checks.findings())


DOCTOR: Final = Command(
    path=("standfirst", "doctor"),
    help="Look whether all is well with this installation, and how to mend what is not",
    answer=_doctor,
    examples=("/standfirst doctor",),
    who=Role.OPERATOR,
)


async def _forget(ask: Ask, desk: Desk) -> Message:
    asker = ask.asker
    who = (asker.space, asker.user, curator_of(asker))
    if ask.options.get("sure") == YES:
        return forgotten_page(await desk.forget.forget(*who))
    return forget_page(await desk.forget.kept(*who))


FORGET: Final = Command(
    path=("standfirst", "forget"),
    help="What is kept of you, and having it deleted; it asks first",
    answer=_forget,
    options=(Option("sure", "Yes: without asking first", choices=(YES,)),),
    examples=("/standfirst forget",),
)


def help_command(others: Sequence[Command]) -> Command:
    """The help command, which explains the others and itself."""

    async def answer(ask: Ask, desk: Desk) -> Message:
        topic = ask.options.get("command", "").lstrip("/").casefold()
        known = (*others, command)
        found = [c for c in known if not topic or c.name == topic or c.path[0] == topic]
        if not found:
            raise BadInput(f"No such command: “{shown(topic)}”. All commands: /standfirst help.")
        return help_page(topic, [usage(c) for c in found] if topic else overview(known, ask.asker.roles))

    command = Command(
        path=("standfirst", "help"),
        help="All commands, or one explained with examples",
        answer=answer,
        options=(Option("command", "The command to explain", positional=True),),
        examples=("/standfirst help", "/standfirst help digest", "/standfirst brief iraq"),
    )
    return command
