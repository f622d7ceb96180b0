"""How a command is declared: name, options, who may, what to try, and the function that answers."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from briefs.commands.ask import Ask, Asker, Role
from briefs.desk.desk import Desk
from briefs.message import Message

SUGGESTIONS_MAX: Final = 25  # Discord's limit for autocomplete; more is no help on any platform


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value offered while typing.

    Args:
        value: what is put in.
        tail: what tells it from its look-alikes; may be empty.
    """

    value: str
    tail: str = ""


Answer: TypeAlias = Callable[[Ask, Desk], Awaitable[Message]]
Complete: TypeAlias = Callable[[str, Asker, Desk], Awaitable[tuple[Suggestion, ...]]]


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a command.

    Args:
        name: the key in `key:value`.
        help: at most 100 characters (Discord's limit for a description).
        positional: it takes the words that have no key; at most one in a command, declared first.
        choices: the only values allowed; empty means any text.
        complete: what to offer while typing.
        in_form: a form that asks for what is lacking asks for this as well.
        number: a whole number from 1 up.
        rest: positional, and takes the rest of the line as it stands, quotes and keys included.
        long: text of several lines, as long as the platform lets it be: asked for in a form, where it has much room. At most
            one in a command; in a line it takes the rest as it stands, or is put in quotes that hold no other quote.
        file: a text file, which a platform takes in its own way (an attachment; in the console, a path); what it holds
            comes as `Ask.attached`, and its name as the option's value. At most one in a command; it will do in the place
            of a long text that is required.
        meant: what the command is about; a press that knows it is not asked for it once more in a form.
        hidden: only presses give it; help and a platform's own list of options leave it out.
    """

    name: str
    help: str
    positional: bool = False
    required: bool = False
    choices: tuple[str, ...] = ()
    complete: Complete | None = None
    in_form: bool = False
    number: bool = False
    rest: bool = False
    long: bool = False
    file: bool = False
    meant: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command, described here and nowhere else.

    Args:
        path: its words: ("brief",) or ("digest", "subscribe").
        help: what it does, at most 100 characters.
        examples: command lines that work as they stand on the bundled library.
        who: the role it takes; None: everyone.
        shared: its answer may be shared with a channel.
    """

    path: tuple[str, ...]
    help: str
    answer: Answer
    options: tuple[Option, ...] = ()
    examples: tuple[str, ...] = ()
    who: Role | None = None
    shared: bool = False

    @property
    def name(self) -> str:
        """Its words, without the slash."""
        return " ".join(self.path)

    @property
    def form(self) -> str:
        """How it is written: `/entity [name] [compare:…]`."""
        return " ".join([f"/{self.name}", *(_form(option) for option in self.options if not option.hidden)])

    @property
    def positional(self) -> Option | None:
        """The option that takes the words without a key."""
        return next((option for option in self.options if option.positional), None)

    @property
    def long(self) -> Option | None:
        """The option that is a text of several lines."""
        return next((option for option in self.options if option.long), None)

    @property
    def file(self) -> Option | None:
        """The option that is a file."""
        return next((option for option in self.options if option.file), None)

    def lacking(self, given: Mapping[str, str]) -> tuple[Option, ...]:
        """The required options that are not among those given; a file will do in the place of a long text."""
        brought = self.file is not None and bool(given.get(self.file.name, "").strip())
        absent = (option for option in self.options if option.required and not given.get(option.name, "").strip())
        return tuple(option for option in absent if not (option.long and brought))

    def option(self, name: str) -> Option | None:
        """The option of that name."""
        return next((option for option in self.options if option.name == name), None)


def _form(option: Option) -> str:
    value = "|".join(option.choices) if option.choices else "…"
    inner = f"<{value if option.choices else option.name}>" if option.positional else f"{option.name}:{value}"
    if option.positional and not option.required:
        return f"[{option.name}]"
    return inner if option.required else f"[{inner}]"
