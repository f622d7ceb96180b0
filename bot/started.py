"""How the program is called where it was started: what is told to be typed must work there."""

import re
import shlex
import shutil
import sys
from functools import cache
from pathlib import Path
from typing import Final

from bot.exits import EXITS

NAME: Final = "standfirst"
# The name with a task behind it; not a chat's /standfirst, and not what stands in a path.
_CALLED: Final = re.compile(rf"(?<![\w/@.-]){NAME}(?= (?:{'|'.join(EXITS)})\b)")


def as_started(text: str) -> str:
    """The text, with `standfirst run` as it has to be typed here: `.venv/bin/standfirst run`, `python -m bot run`."""
    return _CALLED.sub(lambda _: here(), text)


@cache
def here() -> str:
    """What has to be typed before a task in the folder where this process was started."""
    return program(sys.argv[0], sys.executable, Path.cwd())


def program(argument: str, python: str, folder: Path) -> str:
    """What has to be typed before a task.

    Args:
        argument: what the process was started as: a path to the command or to the package's `__main__.py`.
        python: the interpreter's path.
        folder: where it was started.
    """
    started = Path(argument)
    if started.name == "__main__.py":
        names = [name for name in ("python", "python3") if (found := shutil.which(name)) and Path(found).absolute() == Path(python)]
        return f"{names[0] if names else _typed(Path(python), folder)} -m bot"
    # Whatever else runs it (a test, another program) can only be told its name.
    if started.stem != NAME:
        return NAME
    found = shutil.which(NAME)
    return NAME if found and _same(Path(found), folder / started) else _typed(started, folder)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _typed(path: Path, folder: Path) -> str:
    """The path as short as it can be typed in the folder."""
    return shlex.quote(str(path.relative_to(folder) if path.is_relative_to(folder) else path))
