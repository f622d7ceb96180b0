"""Lives of a bot: started, killed, asked to stop, beside a second copy."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
STOPS_WITHIN: Final = 20.0  # seconds after SIGTERM
BUSY: Final = 2  # the exit code of a copy that may not deliver


@dataclass(frozen=True, slots=True)
class Life:
    """One process."""

    process: "subprocess.Popen[bytes]"

    @property
    def pid(self) -> int:
        """Its number."""
        return self.process.pid

    @property
    def ended(self) -> bool:
        """Whether it has ended by itself."""
        return self.process.poll() is not None

    def kill(self) -> None:
        """SIGKILL."""
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()

    async def runs(self) -> None:
        """Wait until it says its first word on standard output: it has started."""
        assert self.process.stdout is not None  # it was begun to be listened to
        await asyncio.to_thread(self.process.stdout.readline)

    async def stop(self, within: float = STOPS_WITHIN) -> bool:
        """SIGTERM; whether it ended well, in time. What did not is killed."""
        self.process.send_signal(signal.SIGTERM)
        try:
            code = await asyncio.to_thread(self.process.wait, within)
        except subprocess.TimeoutExpired:
            self.kill()
            return False
        return code == 0


def begin(arguments: Sequence[str], environment: Mapping[str, str], folder: Path, log: str, *, listen: bool = False) -> Life:
    """Start `python -m arguments…`; what it says on standard error is added to the log in the folder.

    Args:
        listen: whether it is waited for with `Life.runs`.
    """
    given = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(folder), **environment}
    with (folder / log).open("ab") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            env=given,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if listen else subprocess.DEVNULL,
            stderr=errors,
        )
    return Life(process)
