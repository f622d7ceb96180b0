"""A file that is named at the console: whoever types here may read it, and nobody else's names are ever opened."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Final

from briefs.commands.answer import Reads
from briefs.commands.ask import Attached
from briefs.errors import BadInput, shown

FILE_MAX: Final = 5_000_000  # bytes, where the settings say nothing else


def reading(most: int) -> Reads:
    """What reads a file by the path that was typed, relative to where the console was started; "~" is the user's home.

    What it gives raises `BadInput` where that cannot be read, or is more than `most` bytes.
    """
    return partial(_attached, most=most)


async def _attached(typed: str, *, most: int) -> Attached:
    return await asyncio.to_thread(_read, typed, most)


def _read(typed: str, most: int) -> Attached:
    named = shown(typed)
    try:
        path = Path(typed).expanduser()
        if not path.is_file():  # a pipe or a device could keep us for ever
            raise BadInput(f"“{named}” is not a file. Name a text file." if path.exists() else f"There is no file “{named}”.")
        with path.open("rb") as file:
            content = file.read(most + 1)
    except (OSError, ValueError, RuntimeError) as error:  # no such home, or no path at all
        why = (error.strerror if isinstance(error, OSError) else None) or "it is no path"
        raise BadInput(f"“{named}” cannot be read: {why}.") from error
    if len(content) > most:
        raise BadInput(f"“{named}” is too large: at most {most:,} bytes are taken (setting STANDFIRST_MAX_ARTICLE_BYTES).")
    return Attached(path.name, content)
