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
AGAIN: Final = "/form "  # before a line: ask for all of it once more, with what was given filled in


@dataclass(frozen=True, slots=True)
class Form:
    """A command to be filled in.

    Args:
        given: what is known already, by option.
        fields: what is asked for, at most five, the required ones first.
        again: it was opened once more, with what was given filled in.
    """

    command: Command
    given: Mapping[str, str]
    fields: tuple[Option, ...]
    again: bool = False

    @property
    def line(self) -> str:
        """The command line so far; a form sent in adds its fields to it."""
        return AGAIN * self.again + line_with(self.command, self.given)

    def filled(self, values: Mapping[str, str]) -> dict[str, str]:
        """The options once it is filled in; a field left empty is left out."""
        shown = {field.name for field in self.fields}
        kept = {name: value for name, value in self.given.items() if name not in shown}
        asked = {name: value.strip() for name, value in values.items() if name in shown and value.strip()}
        return {**kept, **asked}

    def required(self, option: Option, asker: Asker) -> bool:
        """Whether the field must be filled in: where nobody knows the asker's zone, they have to say it."""
        return option.required or (option.name == "tz" and asker.zone is None)

    def reopened(self, values: Mapping[str, str]) -> str:
        """The line that opens the form once more with those values in it: for one that was not understood."""
        return AGAIN + line_with(self.command, self.filled(values))

    def first_value(self, option: Option, asker: Asker) -> str:
        """What stands in a field before anything is typed."""
        if option.name == "tz" and asker.zone is not None:
            return asker.zone.key
        return self.given.get(option.name, "")


def form_of(line: str, catalogue: Sequence[Command]) -> Form | None:
    """The form for a line that lacks what its command needs, or that asks for one; None where it lacks nothing, or is no command."""
    again = line.startswith(AGAIN)
    try:
        parsed = parse(line.removeprefix(AGAIN), catalogue)
    except BriefsError:
        return None  # its answer says what is wrong
    options = parsed.command.options
    needed = [option for option in options if option.required and (again or not parsed.options.get(option.name, "").strip())]
    if not needed:
        return None
    also = [option for option in options if option.in_form and (again or option.name not in parsed.options)]
    return Form(parsed.command, parsed.options, tuple([*needed, *also][:FIELDS_MAX]), again)


def line_with(command: Command, options: Mapping[str, str]) -> str:
    """The command line with those options."""
    given = dict(options)
    what = given.pop(command.positional.name, "") if command.positional else ""
    return press("", command.name, what, **given).command
