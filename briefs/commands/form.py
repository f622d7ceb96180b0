"""What to ask for in a form, where a command was given without all it needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from briefs.commands.ask import Asker
from briefs.commands.grammar import parse
from briefs.commands.registry import Command, Option
from briefs.errors import BriefsError
from briefs.pages.presses import press

FIELDS_MAX: Final = 5  # of Discord's modals


@dataclass(frozen=True, slots=True)
class Form:
    """A command to be filled in.

    Args:
        given: what is known already, by option.
        fields: what is asked for, at most five, the required ones first.
    """

    command: Command
    given: Mapping[str, str]
    fields: tuple[Option, ...]

    @property
    def line(self) -> str:
        """The command line so far; a form sent in adds its fields to it."""
        return line_with(self.command, self.given)

    def filled(self, values: Mapping[str, str]) -> dict[str, str]:
        """The options once it is filled in; a field left empty is left out."""
        asked = {name: value.strip() for name, value in values.items() if self.command.option(name) and value.strip()}
        return {**self.given, **asked}

    def first_value(self, option: Option, asker: Asker) -> str:
        """What stands in a field before anything is typed."""
        if option.name == "tz" and asker.zone is not None:
            return asker.zone.key
        return self.given.get(option.name, "")


def form_of(line: str, catalogue: Sequence[Command]) -> Form | None:
    """The form for a line that lacks what its command needs; None where it lacks nothing, or is no command."""
    try:
        parsed = parse(line, catalogue)
    except BriefsError:
        return None  # its answer says what is wrong
    lacking = [option for option in parsed.command.options if option.required and not parsed.options.get(option.name, "").strip()]
    if not lacking:
        return None
    also = [option for option in parsed.command.options if option.in_form and option.name not in parsed.options]
    return Form(parsed.command, parsed.options, tuple([*lacking, *also][:FIELDS_MAX]))


def line_with(command: Command, options: Mapping[str, str]) -> str:
    """The command line with those options."""
    given = dict(options)
    what = given.pop(command.positional.name, "") if command.positional else ""
    return press("", command.name, what, **given).command
