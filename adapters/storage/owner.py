"""Who delivers from a store: one process at a time, for as long as it lives; and how many commits it has made there.

All stands in a file beside the store: the number of the process, the number of its last commit, and what the process does. A
store that knows of fewer commits has lost some.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from briefs.errors import Busy, StorageDown

_LENGTH: Final = 22  # bytes: two numbers of ten digits, each with what parts it from the next
_WORK: Final = 10  # bytes behind them: a word


class Work(StrEnum):
    """What a process does while it delivers."""

    RUN = "run"  # serves every platform
    CHAT = "chat"  # serves the console alone
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class Owner:
    """The process that delivers.

    Args:
        number: 0 where it is not known.
        work: None where that is not known.
    """

    number: int
    work: Work | None

    def __str__(self) -> str:
        """As it is told."""
        return f"number {self.number}" if self.number else "of unknown number"


@contextmanager
def sole_owner(store: Path, work: Work = Work.RUN) -> Iterator[Callable[[int], None]]:
    """Be the one process that delivers from that store; whoever only reads or writes it needs no leave.

    The lock is on a file beside the store, whatever path leads to it, and ends with the process, however it ends. What the
    context gives notes the number of a commit that stands; it never fails.

    Raises:
        Busy: another process delivers from it.
        StorageDown: the file beside the store cannot be made.
    """
    path = _beside(store)
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StorageDown(f"{path} cannot be written: {error.strerror or error}.") from error
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(_busy(_owner(file), store)) from None

        def note(number: int) -> None:
            # Not forced to the disk: where a power cut forgets it, no more than this check is lost.
            with suppress(OSError):
                os.pwrite(file, f"{os.getpid():>10} {number:>10}\n".encode("ascii"), 0)

        note(_numbers(file)[1])
        with suppress(OSError):
            os.pwrite(file, f"{work:<{_WORK}}\n".encode("ascii"), _LENGTH)
        yield note
    finally:
        os.close(file)


def noted(store: Path) -> int:
    """The number of the last commit that whoever delivered from that store has noted; 0: none."""
    with suppress(OSError):
        file = os.open(_beside(store), os.O_RDONLY | os.O_CLOEXEC)
        try:
            return _numbers(file)[1]
        finally:
            os.close(file)
    return 0


def owner_of(store: Path) -> Owner | None:
    """The process that delivers from that store; None where none does.

    Nothing is made by looking. For a moment nobody else can begin to deliver.

    Raises:
        StorageDown: the file beside the store cannot be looked at.
    """
    try:
        file = os.open(_beside(store), os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageDown(f"Whether another process delivers from {store} cannot be seen: {error}.") from error
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _owner(file)
    finally:
        os.close(file)
    return None


def _busy(owner: Owner, store: Path) -> str:
    if owner.work is Work.CHAT:
        return (
            f"A chat that is open in a terminal (process {owner}) delivers from {store}, to the console alone: while it is open, "
            "nobody serves Slack and Discord. End it with q or Ctrl-D in it, then try again."
        )
    return f"Another process ({owner}) delivers digests from {store}. Stop it first, or leave it to it."


def _beside(store: Path) -> Path:
    try:
        real = store.resolve()  # by a link to it, it is the same store
    except (OSError, RuntimeError) as error:
        raise StorageDown(f"{store} cannot be found: {error}.") from error
    return real.with_name(f"{real.name}.delivering")


def _numbers(file: int) -> tuple[int, int]:
    """Of the process and of its last commit; 0 where the file has none."""
    told = os.pread(file, _LENGTH, 0).split()
    owner, number = (int(word) if word.isdigit() and len(word) <= 10 else 0 for word in (*told, b"", b"")[:2])
    return owner, number


def _owner(file: int) -> Owner:
    number, word = 0, ""
    with suppress(OSError):
        number = _numbers(file)[0]
        word = os.pread(file, _WORK, _LENGTH).decode("ascii", "replace").strip()
    return Owner(number, Work(word) if word in set(Work) else None)
