"""What the exit codes of each task of the `standfirst` command mean; the reference prints them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_WRONG: Final = "something given is wrong"  # an argument, a file, a setting
_BROKE: Final = "something broke"  # the store, a disk, a platform; or a fault of ours, which then has a number in the log
_SERVED: Final[Mapping[int, str]] = {0: "asked to end, it did", 2: _WRONG, 3: _BROKE}

# By task; Ctrl-C is 130 everywhere.
EXITS: Final[Mapping[str, Mapping[int, str]]] = MappingProxyType(
    {
        "init": {0: "set up", 2: "no more answers, or `.env` cannot be written"},
        "doctor": {0: "nothing is wrong", 1: "something is to be mended"},
        "chat": _SERVED,
        "say": {0: "an answer, or a choice", 1: "no such thing", 2: _WRONG, 3: _BROKE},
        "run": _SERVED,
        "health": {0: "the bot is well", 1: "it is not, or nothing answers", 2: _WRONG},
        "ingest": {0: "every file was read", 2: "some were refused, the others stored", 3: _BROKE},
        "check": {0: "the claim may be shown", 2: _WRONG, 3: "the claim is refused, or something broke"},
        "backup": {0: "the copy is whole", 2: _WRONG, 3: _BROKE},
        "restore": {0: "it is in its place", 2: _WRONG, 3: _BROKE},
        "log": {0: "printed", 2: _WRONG, 3: _BROKE},
        "discord": {0: "done", 2: _WRONG, 3: _BROKE},
        "slack": {0: "printed", 2: _WRONG},
        "reference": {0: "printed", 2: _WRONG},
    }
)
