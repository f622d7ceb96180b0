"""Tables of docs/reference and `.env.example`, printed from the code so that they cannot be wrong."""

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Final

from bot import settings
from bot.exits import EXITS
from briefs.commands.catalogue import CATALOGUE
from briefs.commands.operating import usage
from briefs.commands.registry import Command, Option
from briefs.ports.abilities import Abilities

# What readers look for in the table of adapters, by the ability's name.
_ABILITIES: Final[Mapping[str, str]] = {
    "private": "answers that only the asker sees",
    "forms": "forms for what a command lacks",
    "long_text": "texts of several lines",
    "files": "text files",
    "suggestions": "suggestions while typing",
    "turning": "pages turned in place",
    "threads": "an answer in a thread",
    "finds": "a post found again after a restart",
    "edits": "posts put right where they stand",
    "directs": "telling one person, found again",
    "addresses": "the address of a post",
}


def commands() -> str:
    """The registry as a Markdown table, in the order of help."""
    return _table(("command", "does", "who"), [(f"`{u.form}`", u.does, u.who) for u in map(usage, CATALOGUE)])


def options() -> str:
    """Every command with its options and examples, each under a heading of its own."""
    return "\n\n".join([*map(_explained, CATALOGUE), *_pressed()])


def _pressed() -> Iterable[str]:
    """What presses add to a command, and nobody needs to type."""
    hidden = dict.fromkeys((option.name, option.help) for command in CATALOGUE for option in command.options if option.hidden)
    for name, does in hidden:
        yield f"Presses add `{name}:`, which nobody needs to type. {does}."


def _explained(command: Command) -> str:
    told = usage(command)
    shown = [option for option in command.options if not option.hidden]
    table = _table(("option", "means", "takes"), [(f"`{o.name}`", o.help, _takes(o)) for o in shown])
    examples = "\n".join(f"    {example}" for example in told.examples)
    return "\n\n".join(filter(None, (f"### /{command.name}", f"{told.does} · {told.who}", table if shown else "", examples)))


def _takes(option: Option) -> str:
    kind = " or ".join(f"`{choice}`" for choice in option.choices) if option.choices else ""
    kind = kind or ("a number" if option.number else "a text file" if option.file else "text of several lines" if option.long else "text")
    notes = ["must be given"] * option.required + ["needs no key"] * option.positional
    return ", ".join([kind, *notes])


def settings_table() -> str:
    """Every setting as a Markdown table."""
    rows = [(f"`{name}`", f"`{default}`" if default else "(empty)", meaning) for name, default, meaning in settings.rows()]
    return _table(("setting", "default", "meaning"), rows)


def tasks() -> str:
    """Every task of the `standfirst` command, as it is typed and what it does."""
    from bot.__main__ import parser_of_tasks

    return _table(("task", "does"), [(f"`{form}`", does) for form, does in _tasks(parser_of_tasks())])


def _tasks(parser: argparse.ArgumentParser, does: str = "") -> Iterable[tuple[str, str]]:
    """The parser's own line, or those of its tasks; what is told of each is what `--help` says."""
    inner = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not inner:
        form = " ".join(parser.format_usage().removeprefix("usage: ").split()).replace(" [-h]", "")
        yield form, does
    for action in inner:
        for choice in action._choices_actions:
            yield from _tasks(action.choices[choice.dest], str(choice.help))


def exit_codes() -> str:
    """What the exit code of each task says."""
    codes = sorted({code for told in EXITS.values() for code in told})
    return _table(("task", *map(str, codes)), [(f"`{task}`", *(told.get(code, "") for code in codes)) for task, told in EXITS.items()])


def abilities() -> dict[str, Abilities]:
    """What each adapter can do, by its name."""
    from adapters.console.abilities import ABILITIES as CONSOLE
    from adapters.discord.abilities import ABILITIES as DISCORD
    from adapters.example.abilities import ABILITIES as EXAMPLE
    from adapters.slack.abilities import ABILITIES as SLACK

    return {"discord": DISCORD, "slack": SLACK, "console": CONSOLE, "example": EXAMPLE}


def adapters() -> str:
    """What every adapter can do, an ability a row."""
    known = abilities()
    names = [field.name for field in fields(Abilities) if field.name != "limits"]
    rows = [(_ABILITIES[name], *(getattr(able, name) or "no" for able in known.values())) for name in names]
    return _table(("", *known), rows)


def limits() -> str:
    """How much each platform takes at once, and how much of it is used."""
    rows = [
        (name, limit.what, f"{limit.most:,}" if limit.most else "none", f"{limit.used:,}")
        for name, able in abilities().items()
        for limit in able.limits
    ]
    return _table(("adapter", "what", "its limit", "we use"), rows)


def metrics() -> str:
    """Every figure that `/metrics` shows."""
    from adapters.observe.measures import Measures
    from bot import __version__

    told = sorted(Measures(__version__).families(), key=lambda family: family.name)
    rows = [(f"`{f.name}{{{','.join(f.labels)}}}`" if f.labels else f"`{f.name}`", f.kind, f.meaning) for f in told]
    return _table(("figure", "kind", "what it says"), rows)


def env_example() -> str:
    """What `.env.example` holds: every setting, commented out, at its default."""
    head = "# Settings of Standfirst: copy to .env and take the # away from what you change.\n"
    return head + "\n".join(f"\n# {meaning}\n# {name}={default}" for name, default, meaning in settings.rows()) + "\n"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head, *body = [f"| {' | '.join(map(_cell, line))} |" for line in (heads, *rows)]
    return "\n".join([head, "|---" * len(heads) + "|", *body])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


TABLES: Final[dict[str, Callable[[], str]]] = {
    "commands": commands,
    "options": options,
    "settings": settings_table,
    "tasks": tasks,
    "exit-codes": exit_codes,
    "adapters": adapters,
    "limits": limits,
    "metrics": metrics,
    "env": env_example,
}
