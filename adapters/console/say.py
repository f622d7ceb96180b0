"""One answer on standard output, for scripts and for a first look. Starts quickly: no line editor is imported."""

from collections.abc import Mapping
from typing import Final

from adapters.console.files import FILE_MAX, reading
from adapters.console.screen import Screen
from briefs.commands.answer import Commands
from briefs.commands.ask import Asker
from briefs.message import Outcome
from briefs.message_json import to_json

EXIT_CODES: Final[Mapping[Outcome, int]] = {
    Outcome.ANSWER: 0,
    Outcome.CHOICE: 0,
    Outcome.NOT_FOUND: 1,
    Outcome.BAD_INPUT: 2,
    Outcome.FAULT: 3,
}


async def say(
    commands: Commands, asker: Asker, line: str, *, as_json: bool = False, screen: Screen | None = None, file_max: int = FILE_MAX
) -> int:
    """Write the answer to one line and return the exit code: 0 an answer or a choice, 1 not found, 2 bad input, 3 a fault.

    Args:
        as_json: write the message as one line of JSON instead.
        file_max: bytes of a file that the line names.
        screen: None: standard output, moments in the asker's own zone.
    """
    screen = screen or Screen(zone=asker.zone)
    message = await commands.answer_line(line, asker, reading(file_max))
    if as_json:
        screen.plain(to_json(message))
    else:
        # Nothing can be pressed once the process is gone: buttons show their commands.
        screen.show(message, first=None)
    return EXIT_CODES[message.outcome]
