"""From a typed line to a command and its options: `/verb [subverb] [what] [key:value …]`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Final

from briefs.commands.registry import Command
from briefs.errors import BadInput, shown
from briefs.message import clean, whole
from briefs.pages.presses import QUOTES

LINE_MAX: Final = 500  # characters; nobody types a longer question
WORDS_MAX: Final = 60
_TOKEN: Final = re.compile(r'(?:(?P<key>[A-Za-z]+)[:=])?"(?P<quoted>[^"]*)(?:"|$)|(?P<bare>\S+)')
_KEYED: Final = re.compile(r"(?P<key>[A-Za-z]+)[:=](?P<value>.*)", re.DOTALL)
_FOLLOWING: Final = re.compile(r"\s*\Z|\s+(?P<key>[A-Za-z]+)[:=]")
_NEAR: Final = 70  # likeness, 0…100, above which a verb or key is taken for a typing error
_NEAR_ENOUGH: Final = 50  # the same for a subcommand, where there are few to choose from


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a line: its key where it has one, its value, and where it begins."""

    key: str
    value: str
    quoted: bool
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """A line understood."""

    command: Command
    options: dict[str, str]


def straighten(line: str) -> str:
    """The line with curly quotes made straight; each character keeps its place."""
    return line.translate(QUOTES)


def tokens(line: str) -> list[Token]:
    """The pieces of a straightened line; quotes keep words together, an open quote runs to the end."""
    found: list[Token] = []
    for match in _TOKEN.finditer(line):
        if match["bare"] is None:
            found.append(Token((match["key"] or "").casefold(), match["quoted"], True, match.start(), match[0]))
        elif keyed := _KEYED.fullmatch(match["bare"]):
            found.append(Token(keyed["key"].casefold(), keyed["value"], False, match.start(), match[0]))
        else:
            found.append(Token("", match["bare"], False, match.start(), match[0]))
    return found


def parse(line: str, catalogue: Sequence[Command]) -> Parsed:
    """Understand a line; the text of a long option may have any length and any number of lines, nothing else may.

    Raises:
        BadInput: it cannot be; the sentence names what was not understood and the nearest thing that would be.
    """
    head, text = _apart(line, catalogue)
    parsed = _parsed(head, catalogue)
    return Parsed(parsed.command, parsed.options | text)


def _parsed(line: str, catalogue: Sequence[Command]) -> Parsed:
    if len(line) > LINE_MAX:
        raise BadInput(f"That is too long: {len(line):,} characters, and a command has at most {LINE_MAX}. Shorten it and try again.")
    line = straighten(clean(line)).strip()
    pieces = tokens(line)
    if len(pieces) > WORDS_MAX:
        raise BadInput(f"That has too many words: {len(pieces):,}, and a command has at most {WORDS_MAX}.")
    if not pieces:
        raise BadInput("Nothing was typed. Try /brief, or /standfirst help.")
    verb = pieces[0].text.lstrip("/").casefold()
    rest: Sequence[Token] = pieces[1:]
    group = [command for command in catalogue if command.path[0] == verb]
    if not group:
        if verb in {"help", "?", "h", ""}:
            return _help(catalogue, rest[0].text if rest else "")
        raise BadInput(_no_such_command(pieces[0].text, catalogue))
    if verb == "standfirst" and rest and not any(c.path[1] == rest[0].text.casefold() for c in group):
        if not any(c.path[0] == rest[0].text.lstrip("/").casefold() for c in catalogue):
            _subcommand(group, rest)
        return _parsed(line[rest[0].start :], catalogue)
    if len(group[0].path) == 1:
        command = group[0]
    elif not rest or (verb != "standfirst" and rest[0].text.casefold() == "help"):
        return _help(catalogue, "" if verb == "standfirst" else verb)
    else:
        command, rest = _subcommand(group, rest)
    if len(rest) == 1 and rest[0].text.casefold() == "help" and command.name != "standfirst help":
        return _help(catalogue, command.name)
    return Parsed(command, _with_rest(command, rest, line) if command.positional and command.positional.rest else options_of(command, rest))


def _apart(line: str, catalogue: Sequence[Command]) -> tuple[str, dict[str, str]]:
    """The line without the text of its command's long option, and that text as it stands, by the option's name."""
    line = line.replace("\r\n", "\n").replace("\r", "\n").strip()
    plain = straighten(line)
    pieces = tokens(plain[:LINE_MAX])  # the text begins in what a line may have, or is none
    if (found := _with_long(pieces, catalogue)) is None:
        return line, {}
    command, named, rest = found
    begins = _text_begins(command, named, rest, line)
    if begins is None:
        return line, {}
    text, after = _text(command, line, plain, begins[1])
    return f"{line[: begins[0]]} {after}", {named: text}


def _with_long(pieces: Sequence[Token], catalogue: Sequence[Command]) -> tuple[Command, str, Sequence[Token]] | None:
    """The command with a long option that the pieces name, that option's name, and the pieces behind; None for any other."""
    words = [clean(piece.text).lstrip("/").casefold() for piece in pieces[:3]]
    for skipped in (0, 1)[: 1 + (words[:1] == ["standfirst"])]:
        for command in catalogue:
            behind = skipped + len(command.path)
            if command.long is not None and tuple(words[skipped:behind]) == command.path:
                return command, command.long.name, pieces[behind:]
    return None


def before_text(line: str, catalogue: Sequence[Command]) -> str | None:
    """What has to stand between the line and a text of several lines that is added to it; None where its command takes none.

    Empty where the line has come to its text already, the option's name where not.
    """
    found = _with_long(tokens(straighten(line[:LINE_MAX])), catalogue)
    if found is None:
        return None
    command, named, rest = found
    if _text_begins(command, named, rest, line) is not None:
        return ""
    return f"{named}: " if line[-1:].isspace() else f" {named}: "


def file_named(line: str, catalogue: Sequence[Command]) -> str | None:
    """What is named so far of a file at the end of a line that is being typed; None where no file is."""
    pieces = tokens(straighten(line[:LINE_MAX]))
    found = _with_long(pieces, catalogue)
    file = None if found is None else found[0].file
    if file is None or pieces[-1].key != file.name or line[-1:].isspace():
        return None
    return pieces[-1].value


def _text_begins(command: Command, named: str, pieces: Sequence[Token], line: str) -> tuple[int, int] | None:
    """Where the long option begins, and where its text does; None where it is not given.

    Behind the command, or behind the options at its head, it needs no name, unless unnamed words are another option's.
    """
    unnamed = command.positional is None or command.positional.name == named
    if unnamed and [piece.text.casefold() for piece in pieces] == ["help"]:
        return None
    rest = command.positional is not None and command.positional.rest
    before: Token | None = None
    for piece in pieces:
        fresh = rest or before is None or before.quoted or _closed(command, before.key)
        below = before is not None and "\n" in line[before.start : piece.start]
        if unnamed and (below or (fresh and command.option(piece.key) is None)):
            return piece.start, piece.start
        if piece.key == named:
            return piece.start, piece.start + len(named) + 1
        before = piece if command.option(piece.key) else before
    return None


def _text(command: Command, line: str, plain: str, at: int) -> tuple[str, str]:
    """The text that begins there, and what of the line is behind it: nothing, unless quotes end it."""
    close = plain.find('"', at + 1)
    if plain[at : at + 1] != '"':
        return line[at:].strip(), ""
    if close < 0:
        return line[at + 1 :].strip(), ""
    following = _FOLLOWING.match(plain, close + 1)
    if following and (following["key"] is None or command.option(following["key"].casefold())):
        return line[at + 1 : close].strip(), line[close + 1 :]
    return line[at:].strip(), ""


def _with_rest(command: Command, pieces: Sequence[Token], line: str) -> dict[str, str]:
    """The keyed options at the head, and the rest of the line as it stands."""
    assert command.positional is not None
    named = command.positional.name
    head = list(takewhile(lambda piece: piece.key and command.option(piece.key) and piece.key != named, pieces))
    given = options_of(command, head)
    if tail := pieces[len(head) :]:
        first = tail[0]
        given[named] = first.value if len(tail) == 1 and (first.quoted or first.key == named) else line[first.start :]
    return given


def options_of(command: Command, pieces: Sequence[Token]) -> dict[str, str]:
    """The options that the pieces after a command's words give.

    Raises:
        BadInput: an option that the command does not have, one given twice, or words that belong to none.
    """
    given: dict[str, str] = {}
    last = command.positional.name if command.positional else ""
    for piece in pieces:
        token = _known(command, piece)
        if token.key:
            if token.key in given:
                raise BadInput(f"{token.key}: is given twice. Say it once.")
            given[token.key] = token.value.strip()
            last = token.key
        elif last and not (last in given and _closed(command, last)):
            given[last] = f"{given[last]} {token.value}" if last in given else token.value
        else:
            raise BadInput(f"“{shown(token.text)}” is not understood here. Write {command.form}.")
    return given


def _known(command: Command, piece: Token) -> Token:
    """The piece, its key kept only where the command has such an option; a mistyped key is refused."""
    if not piece.key or command.option(piece.key):
        return piece
    near = _nearest(piece.key, [option.name for option in command.options], _NEAR)
    if near or command.positional is None:
        offer = f"Did you mean {near}:?" if near else f"Write {command.form}."
        raise BadInput(f"/{command.name} has no option “{shown(piece.key)}:”. {offer}")
    return replace(piece, key="", value=piece.text.replace('"', ""))


def _closed(command: Command, name: str) -> bool:
    """Whether further words cannot belong to that option's value."""
    option = command.option(name)
    return option is None or bool(option.choices)


def checked(command: Command, given: Mapping[str, str]) -> dict[str, str]:
    """The options a command can answer: required ones are there, chosen ones are among their choices, empty ones are gone.

    Raises:
        BadInput: one is missing, or is not among its choices.
    """
    found: dict[str, str] = {}
    for option in command.lacking(given):
        meant = option.help[0].lower() + option.help[1:]
        examples = " or ".join(command.examples[: 1 + option.long])
        raise BadInput(f"/{command.name} needs “{option.name}” ({meant}). For example {examples}")
    for option in command.options:
        value = whole(given.get(option.name, "")).strip()
        if value and option.choices:
            value = value.casefold()
            if value not in option.choices:
                only = f"can only be {option.choices[0]}" if len(option.choices) == 1 else f"is one of {', '.join(option.choices)}"
                raise BadInput(f"{option.name}: {only}, not “{shown(value)}”.")
        if value:
            found[option.name] = value
    return found


def _subcommand(group: Sequence[Command], rest: Sequence[Token]) -> tuple[Command, Sequence[Token]]:
    word = rest[0].text.casefold()
    for command in group:
        if command.path[1] == word:
            return command, rest[1:]
    names = [command.path[1] for command in group]
    near = _nearest(word, names, _NEAR_ENOUGH)
    offer = f"Did you mean /{group[0].path[0]} {near}?" if near else f"It has {', '.join(names)}."
    raise BadInput(f"/{group[0].path[0]} has no “{shown(rest[0].text)}”. {offer}")


def _help(catalogue: Sequence[Command], topic: str) -> Parsed:
    command = next(c for c in catalogue if c.name == "standfirst help")
    return Parsed(command, {"command": topic} if topic else {})


def _no_such_command(typed: str, catalogue: Sequence[Command]) -> str:
    verbs = list(dict.fromkeys(command.path[0] for command in catalogue))
    if near := _nearest(typed.lstrip("/").casefold(), verbs, _NEAR):
        return f"No such command: “{shown(typed)}”. Did you mean /{near}?"
    if not typed.startswith("/"):
        return f"Commands begin with a slash. To look for “{shown(typed)}”, type /find {shown(typed)}; all commands: /standfirst help."
    return f"No such command: “{shown(typed)}”. There are {', '.join('/' + verb for verb in verbs)}."


def _nearest(typed: str, names: Sequence[str], least: int) -> str:
    """The name nearest to what was typed; empty where none is near enough."""
    # Only what was mistyped needs it, and it takes a cold answer's time to load.
    from rapidfuzz import fuzz, process

    near = process.extractOne(typed, names, scorer=fuzz.ratio, score_cutoff=least)
    return near[0] if near else ""
