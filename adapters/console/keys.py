"""The line that is typed: what TAB offers, what is remembered, what the keys do."""

import os
from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.completion import CompleteEvent, Completer, Completion, PathCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from adapters.console.inbound import one_line
from briefs.commands.answer import Commands
from briefs.commands.ask import Asker
from briefs.commands.complete import complete_line
from briefs.commands.grammar import before_text, file_named
from briefs.commands.registry import Command
from briefs.message import clean
from briefs.message.parts import clean_lines

PASTE_MAX: Final = 2_000  # characters of a paste that are kept: more than a command may have, and it is told so
LEAVE_HINT: Final = "Ctrl-D leaves."


class LineCompleter(Completer):
    """Offers what `complete_line` offers, with the tails that tell look-alikes apart beside it; and paths where a file is named."""

    def __init__(self, commands: Commands, asker: Asker) -> None:
        self._commands, self._asker = commands, asker
        self._paths = PathCompleter(expanduser=True)

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:  # noqa: ARG002 the library's
        """Nothing: the line editor asks the other method, which may wait for the store."""
        return ()

    async def get_completions_async(self, document: Document, complete_event: CompleteEvent) -> AsyncGenerator[Completion, None]:
        """What could stand at the cursor, best first."""
        typed = document.text_before_cursor
        if (named := file_named(typed, self._commands.catalogue)) is not None:
            for path in self._paths.get_completions(Document(named), complete_event):
                yield path
            return
        for found in await complete_line(self._commands, typed, self._asker):
            yield Completion(found.text, found.start - len(typed), display=clean(found.shown), display_meta=clean(found.tail))


class LineHistory(History):
    """What was typed, in a file for its owner alone. Where that cannot be read or written, it is remembered until the end.

    Numbers are left out: what 3 presses is another thing tomorrow; so are whole articles.
    """

    def __init__(self, path: Path | None) -> None:
        super().__init__()
        self._file = None if path is None else FileHistory(str(path))
        self._path = path

    def load_history_strings(self) -> Iterable[str]:
        """The newest first."""
        if self._file is None:
            return ()
        try:
            return list(self._file.load_history_strings())
        except OSError:
            return ()

    def store_string(self, string: str) -> None:
        """Add a line."""
        if self._file is None or self._path is None or len(string) > PASTE_MAX or string.strip("[]). ").isdigit():
            return
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600))
            self._file.store_string(string)


def line_keys(note: Callable[[str], None], catalogue: Sequence[Command], text_max: int) -> KeyBindings:
    """Ctrl-C empties the line, and on an empty one says how to leave; a paste becomes one line, or a command's text of several.

    Args:
        note: writes a line above the prompt.
        text_max: characters of a text of several lines.
    """
    keys = KeyBindings()

    @keys.add("c-c")
    @keys.add("<sigint>")
    def _(event: KeyPressEvent) -> None:
        line = event.app.current_buffer
        if line.text:
            line.reset()
        else:
            run_in_terminal(lambda: note(LEAVE_HINT))

    @keys.add(Keys.BracketedPaste)
    def _(event: KeyPressEvent) -> None:
        typing = event.current_buffer
        before = before_text(typing.text, catalogue) if typing.document.is_cursor_at_the_end else None
        if before is None:
            typing.insert_text(clean(one_line(event.data)[:PASTE_MAX]))
        elif len(event.data) > text_max:
            run_in_terminal(lambda: note(f"That paste has {len(event.data):,} characters, at most {text_max:,} are taken. Name a file."))
        else:
            typing.insert_text(before + clean_lines(event.data.replace("\r\n", "\n").replace("\r", "\n")).strip("\n"))

    return keys
