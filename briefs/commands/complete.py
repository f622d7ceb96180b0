"""What to offer while somebody types: verbs, options, values."""

import logging
from dataclasses import dataclass

from briefs.commands.answer import Commands
from briefs.commands.ask import Asker
from briefs.commands.grammar import Token, straighten, tokens
from briefs.commands.registry import SUGGESTIONS_MAX, Command, Option, Suggestion
from briefs.errors import BriefsError
from briefs.pages.presses import quoted

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Completion:
    """What could stand in a line from `start` (a character's place, from 0) to the cursor.

    Args:
        text: what is put in there, quoted where it must be, with a blank after it where more may follow.
        shown: what the reader sees.
        tail: what tells it from its look-alikes, or what it does.
    """

    start: int
    text: str
    shown: str
    tail: str = ""


async def complete_option(commands: Commands, command: Command, option: Option, typed: str, asker: Asker) -> tuple[Suggestion, ...]:
    """Values for one option of a command, best first, at most 25; may be empty. For platforms with typed options."""
    if option.choices:
        return tuple(Suggestion(choice) for choice in option.choices if choice.startswith(typed.strip().casefold()))
    if option.complete is None or (command.who is not None and command.who not in asker.roles):
        return ()
    try:
        return (await option.complete(typed.strip(), asker, commands.desk))[:SUGGESTIONS_MAX]
    except BriefsError:
        return ()  # whoever types on is told when they ask
    except Exception:  # nothing to offer is no reason to disturb somebody who is typing
        log.exception("fault while completing %s of /%s", option.name, command.name)
        return ()


async def complete_line(commands: Commands, line: str, asker: Asker) -> tuple[Completion, ...]:
    """Completions for a line typed up to the cursor, best first; may be empty. For platforms with a plain line."""
    straight = straighten(line)
    pieces = tokens(straight)
    typing = not straight[-1:].isspace() or (bool(pieces) and pieces[-1].quoted and straight.count('"') % 2 == 1)
    if not pieces or (len(pieces) == 1 and typing):
        return _verbs(commands, pieces[0].text if pieces else "", len(straight) - len(straight.lstrip()))
    verb = pieces[0].text.lstrip("/").casefold()
    group = [command for command in commands.catalogue if command.path[0] == verb]
    if not group:
        return ()
    rest = pieces[1:]
    if len(group[0].path) == 2:
        if not rest or (len(rest) == 1 and typing):
            start = rest[0].start if rest else len(straight)
            word = rest[0].text.casefold() if rest else ""
            return tuple(Completion(start, f"{c.path[1]} ", c.path[1], c.help) for c in group if c.path[1].startswith(word))
        group = [command for command in group if command.path[1] == rest[0].text.casefold()]
        rest = rest[1:]
        if not group:
            return ()
    return await _options(commands, group[0], rest, straight, typing, asker)


def _verbs(commands: Commands, typed: str, start: int) -> tuple[Completion, ...]:
    word = typed.lstrip("/").casefold()
    verbs = dict.fromkeys(command.path[0] for command in commands.catalogue if command.path[0].startswith(word))
    return tuple(Completion(start, f"/{verb} ", f"/{verb}", _about(commands, verb)) for verb in verbs)


def _about(commands: Commands, verb: str) -> str:
    group = [command for command in commands.catalogue if command.path[0] == verb]
    return group[0].help if len(group) == 1 else ", ".join(command.path[1] for command in group)


async def _options(
    commands: Commands, command: Command, rest: list[Token], line: str, typing: bool, asker: Asker
) -> tuple[Completion, ...]:
    current = rest[-1] if rest and typing else None
    done = rest[:-1] if current else rest
    keyed = [token for token in rest if token.key and command.option(token.key)]
    if keyed and (keyed[-1] is current or (not command.positional and not typing and keyed[-1] is rest[-1] and not keyed[-1].value)):
        option = command.option(keyed[-1].key)
        assert option is not None
        value_start = keyed[-1].start + len(keyed[-1].key) + 1
        return await _values(commands, command, option, line[value_start:].replace('"', ""), value_start, asker)
    found: list[Completion] = []
    positional = command.positional
    if positional is not None and not keyed:
        start = rest[0].start if rest else len(line)
        found += await _values(commands, command, positional, line[start:].replace('"', ""), start, asker)
    given = {token.key for token in done}
    word = current.text.casefold() if current else ""
    start = current.start if current else len(line)
    names = [o for o in command.options if not o.positional and o.name not in given and o.name.startswith(word)]
    if not found or not word:
        found += [Completion(start, f"{o.name}:", f"{o.name}:", o.help) for o in names if done or positional is None or rest]
    return tuple(found[:SUGGESTIONS_MAX])


async def _values(commands: Commands, command: Command, option: Option, typed: str, start: int, asker: Asker) -> tuple[Completion, ...]:
    suggestions = await complete_option(commands, command, option, typed, asker)
    return tuple(Completion(start, f"{quoted(s.value)} ", s.value, s.tail) for s in suggestions)
