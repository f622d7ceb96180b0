"""Who delivers from a store: one process at a time, for as long as it lives."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from briefs.errors import Busy, StorageDown


@contextmanager
def sole_owner(store: Path) -> Iterator[None]:
    """Be the one process that delivers from that store; whoever only reads or writes it needs no leave.

    The lock is on a file beside the store, whatever path leads to it, and ends with the process, however it ends.

    Raises:
        Busy: another process delivers from it.
        StorageDown: the file beside the store cannot be made.
    """
    try:
        real = store.resolve()  # by a link to it, it is the same store
    except (OSError, RuntimeError) as error:
        raise StorageDown(f"{store} cannot be found: {error}.") from error
    path = real.with_name(f"{real.name}.delivering")
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StorageDown(f"{path} cannot be written: {error.strerror or error}.") from error
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(f"Another process ({_owner(file)}) delivers digests from {store}. Stop it first, or leave it to it.") from None
        os.ftruncate(file, 0)
        os.pwrite(file, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(file)


def _owner(file: int) -> str:
    with suppress(OSError, ValueError):
        return f"number {int(os.pread(file, 20, 0))}"
    return "of unknown number"
