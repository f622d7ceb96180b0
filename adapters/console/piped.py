"""A conversation without a terminal: lines from a pipe or a file, answers on standard output."""

import asyncio
import os
from collections.abc import AsyncIterator
from typing import Final

from adapters.console.files import FILE_MAX, reading
from adapters.console.inbound import Presses
from adapters.console.screen import Screen
from briefs.commands.answer import Commands
from briefs.commands.ask import Asker

_CHUNK: Final = 65_536  # bytes asked for at a time
LINE_MAX: Final = 65_536  # bytes of a line that are kept; no command is that long, and it is told so


async def converse_piped(commands: Commands, asker: Asker, source: int, screen: Screen, file_max: int = FILE_MAX) -> int:
    """Answer line by line until the source ends or says `q`; the exit code, 0.

    Empty lines and lines that begin with # are passed over. A number presses a button of what was answered before.

    Args:
        source: the number of an open file.
        file_max: bytes of a file that is named.
    """
    presses, reads = Presses(), reading(file_max)
    answered = 0
    async for raw in _lines(source):
        typed = raw.decode("utf-8", errors="replace").strip()
        if not typed or typed.startswith("#"):
            continue
        meant = presses.read(typed)
        if meant.leave:
            break
        if answered:
            screen.note()
        answered += 1
        if meant.note or meant.fill:
            screen.note(meant.note or f"Type it as it shall be: {meant.fill}")
        else:
            message = await commands.answer_line(meant.line, asker, reads)
            screen.show(message, first=presses.number(message))
    return 0


async def _lines(source: int) -> AsyncIterator[bytes]:
    """The lines as they come, without holding up the loop (its clock may have digests to post meanwhile)."""
    held = b""
    while chunk := await _read(source):
        *lines, held = (held + chunk).split(b"\n")
        for line in lines:
            yield line[:LINE_MAX]
        held = held[:LINE_MAX]
    if held:
        yield held


async def _read(source: int) -> bytes:
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    try:
        # No thread: one that waits in a read would keep the process from ending.
        loop.add_reader(source, ready.set)
    except PermissionError:
        return os.read(source, _CHUNK)  # a file on a disk never makes anybody wait, and cannot be waited for
    try:
        await ready.wait()
    finally:
        loop.remove_reader(source)
    return os.read(source, _CHUNK)
