"""What to ask for in a form, where a command was given without all it needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from briefs.commands.ask import Asker
from briefs.commands.grammar import parse
from briefs.commands.registry import Command, Option
from briefs.errors import BriefsError
from briefs.message import Button
from briefs.pages.presses import AGAIN, ASKING, asked_by, bare, press, with_text

FIELDS_MAX: Final = 5  # of Discord's modals


@dataclass(frozen=True, slots=True)
class Form:
    """A command to be filled in.

    Args:
        given: what is known already, by option.
        fields: what is asked for, at most five, the required ones first. One that is `long` wants much room for several
            lines, one that is a `file` wants a file: then `Ask.attached` is what it holds, and its name the value.
        mark: what its line begins with, where that asks for a form: `ASKING` or `AGAIN`; else empty.
    """

    command: Command
    given: Mapping[str, str]
    fields: tuple[Option, ...]
    mark: str = ""

    @property
    def line(self) -> str:
        """The command line so far; a form sent in adds its fields to it."""
        return self.mark + line_with(self.command, self.given)

    def filled(self, values: Mapping[str, str]) -> dict[str, str]:
        """The options once it is filled in; a field left empty is left out."""
        shown = {field.name for field in self.fields}
        kept = {name: value for name, value in self.given.items() if name not in shown}
        asked = {name: value.strip() for name, value in values.items() if name in shown and value.strip()}
        return {**kept, **asked}

    def required(self, option: Option, asker: Asker) -> bool:
        """Whether the field must be filled in: where nobody knows the asker's zone, they have to say it.

        Of a long text and a file that stand in one form either will do; the core says so where neither is there.
        """
        if option.long and any(field.file for field in self.fields):
            return False
        return option.required or (option.name == "tz" and asker.zone is None)

    def reopened(self, values: Mapping[str, str]) -> str:
        """The line that opens the form once more with those values in it: for one that was not understood."""
        return (self.mark or AGAIN) + line_with(self.command, self.filled(values))

    def first_value(self, option: Option, asker: Asker) -> str:
        """What stands in a field before anything is typed; of a long one it may be longer than a platform's field holds."""
        if option.name == "tz" and asker.zone is not None:
            return asker.zone.key
        return self.given.get(option.name, "")


def form_of(line: str, catalogue: Sequence[Command]) -> Form | None:
    """The form for a line that lacks what its command needs, or that asks for one; None where it lacks nothing, or is no command."""
    try:
        parsed = parse(bare(line), catalogue)
    except BriefsError:
        return None  # its answer says what is wrong
    return form_for(parsed.command, parsed.options, mark=asked_by(line))


def form_for(command: Command, given: Mapping[str, str], *, mark: str = "") -> Form | None:
    """The form for a command with those options; None where it lacks nothing.

    Args:
        mark: `ASKING`: for all that it needs, lacking or not, but for what is meant; `AGAIN`: for that as well.
    """
    known = {option.name for option in command.options if option.meant and given.get(option.name)} if mark == ASKING else set()
    every = [option for option in command.options if option.name not in known]
    needed = [option for option in every if option.required] if mark else list(command.lacking(given))
    also = [option for option in every if option.in_form and not option.required and (mark or option.name not in given)]
    given = {name: value for name, value in given.items() if value}
    if not needed and not (mark and also):
        return None
    # Where there is room, what is too long to be typed can come as a file.
    if command.file is not None and command.file not in also and any(option.long for option in needed):
        also.append(command.file)
    return Form(command, given, tuple([*needed, *also][:FIELDS_MAX]), mark)


def line_with(command: Command, options: Mapping[str, str]) -> str:
    """The command line with those options; a file is left out, for a line holds only its name."""
    given = {name: value for name, value in options.items() if command.file is None or name != command.file.name}
    text = given.pop(command.long.name, "") if command.long else ""
    what = given.pop(command.positional.name, "") if command.positional and not command.positional.long else ""
    made: Button = press("", command.name, what, **given)
    return (with_text(made, command.long.name, text) if command.long and text else made).command
