"""The registry as Discord's application commands: typed options, choices, autocomplete, groups, contexts, permissions."""

import inspect
import keyword
from collections.abc import Awaitable, Callable, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

import discord
from discord import app_commands

from adapters.discord.limits import CHOICE_NAME_MAX, CHOICE_VALUE_MAX, TEXT_INPUT_MAX, size
from briefs.commands.ask import Role
from briefs.commands.registry import Command, Option, Suggestion
from briefs.message.tear import shortened

Asked = Callable[[discord.Interaction[Any], Command, Mapping[str, str], discord.Attachment | None], Awaitable[None]]
Completed = Callable[[discord.Interaction[Any], Command, Option, str], Awaitable[Sequence[Suggestion]]]

TYPED_MAX: Final = 400  # characters of an option: with the command's words around it, still a line (`grammar.LINE_MAX`)

# What Discord asks of whoever sees the command; a server's admins may change it, so the core checks again at every press.
# Curators are named in our settings, and need have no right that Discord knows of: of what is theirs everybody sees the
# name, and the core answers only them.
SEEN_BY: Final[Mapping[Role, discord.Permissions | None]] = {
    Role.MANAGER: discord.Permissions(manage_guild=True),
    Role.ADMIN: discord.Permissions(manage_guild=True),
    Role.CURATOR: None,
    Role.OPERATOR: discord.Permissions(manage_guild=True),
}


def mount(
    catalogue: Sequence[Command], asked: Asked, completed: Completed
) -> tuple[app_commands.Command[Any, ..., Any] | app_commands.Group, ...]:
    """The commands of the catalogue as Discord takes them, one for each verb.

    Reading commands stand in servers, direct messages and, for whoever installs the bot for themselves, everywhere;
    those that change something stand where the bot itself is.

    Args:
        asked: answers a command with its options, those given only, as text; a file comes beside them, its name among them.
        completed: suggests values for an option while it is typed.
    """
    mounted: list[app_commands.Command[Any, ..., Any] | app_commands.Group] = []
    for verb, found in groupby(catalogue, key=lambda command: command.path[0]):
        commands = list(found)
        everyone = any(command.who is None for command in commands)
        contexts = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=everyone)
        installs = app_commands.AppInstallationType(guild=True, user=everyone)
        if len(commands[0].path) == 1:
            made = _command(commands[0], verb, asked, completed, contexts=contexts, installs=installs)
            mounted.append(made)
            continue
        group = app_commands.Group(
            name=verb,
            description=_described(commands),
            allowed_contexts=contexts,
            allowed_installs=installs,
            default_permissions=None if everyone else SEEN_BY[commands[0].who or Role.MANAGER],
        )
        for command in commands:
            group.add_command(_command(command, command.path[1], asked, completed))
        mounted.append(group)
    return tuple(mounted)


def _command(
    command: Command,
    name: str,
    asked: Asked,
    completed: Completed,
    *,
    contexts: app_commands.AppCommandContext | None = None,
    installs: app_commands.AppInstallationType | None = None,
) -> app_commands.Command[Any, ..., Any]:
    # Python has words of its own that an option may be called by ("in", "as"). A long text that must be there is asked for
    # in a form: there is more room than in a line, and it may have several.
    typed = [option for option in command.options if not (option.long and option.required)]
    names = {f"{option.name}_" if keyword.iskeyword(option.name) else option.name: option for option in typed}

    async def callback(interaction: discord.Interaction[Any], **values: Any) -> None:
        given = {names[name].name: value for name, value in values.items() if value is not None}
        file = next((value for value in given.values() if isinstance(value, discord.Attachment)), None)
        told = {name: value.filename if isinstance(value, discord.Attachment) else str(value) for name, value in given.items()}
        await asked(interaction, command, told, file)

    first = inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=discord.Interaction)
    parameters = [first, *(_parameter(name, option) for name, option in names.items())]
    callback.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # what inspect.signature reads first
    renamed = app_commands.rename(**{name: option.name for name, option in names.items() if name != option.name})
    described = app_commands.describe(**{name: option.help for name, option in names.items()})
    chosen = app_commands.choices(**{n: [app_commands.Choice(name=c, value=c) for c in o.choices] for n, o in names.items() if o.choices})
    made: app_commands.Command[Any, ..., Any] = app_commands.Command(
        name=name,
        description=command.help,
        callback=renamed(described(chosen(callback))),
        allowed_contexts=contexts,
        allowed_installs=installs,
    )
    if command.who is not None and len(command.path) == 1:
        made.default_permissions = SEEN_BY[command.who]
    for parameter, option in names.items():
        if option.complete is not None and not option.choices:
            made.autocomplete(parameter)(_completer(command, option, completed))
    return made


def _parameter(name: str, option: Option) -> inspect.Parameter:
    most = TEXT_INPUT_MAX if option.long else TYPED_MAX
    kind: Any = app_commands.Range[int, 1] if option.number else str if option.choices else app_commands.Range[str, 1, most]
    kind = discord.Attachment if option.file else kind
    if option.required:
        return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=kind)
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=kind, default=None)


def _completer(command: Command, option: Option, completed: Completed) -> Any:
    async def complete(interaction: discord.Interaction[Any], current: str) -> list[app_commands.Choice[str]]:
        suggestions = await completed(interaction, command, option, current)
        return [app_commands.Choice(name=_shown(s), value=s.value) for s in suggestions if size(s.value) <= CHOICE_VALUE_MAX]

    return complete


def _shown(suggestion: Suggestion) -> str:
    """The value with its telling tail; the tail is what is shortened."""
    told = f"{suggestion.value} · {suggestion.tail}" if suggestion.tail else suggestion.value
    while size(told) > CHOICE_NAME_MAX:
        told = shortened(told, len(told) - (size(told) - CHOICE_NAME_MAX))
    return told


def _described(commands: Sequence[Command]) -> str:
    return shortened(", ".join(command.path[1] for command in commands), 100)
