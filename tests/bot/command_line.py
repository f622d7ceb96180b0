"""The real command line as a process, in a folder of its own, against platforms of our own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from discord.http import Route

from bot.doctor.examine import Examination
from bot.settings import PREFIX, Settings, load
from briefs.errors import BriefsError
from briefs.finding import Grade

REPOSITORY = Path(__file__).parents[2]
HUMBLY = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
needs_humility = pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root may write anywhere")
COMMAND = Path(sys.executable).with_name("standfirst")
NOWHERE = "http://127.0.0.1:9"  # nothing listens there


@dataclass
class Shell:
    """A folder, and the environment of what is started in it.

    Args:
        humble: it is started without root's leave to read and write anywhere, even where root runs the tests.
        program: what is typed before a task.
    """

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    humble: bool = False
    program: tuple[str, ...] = ("standfirst",)

    @property
    def env(self) -> Path:
        """The file `.env`."""
        return self.folder / ".env"

    @property
    def full(self) -> dict[str, str]:
        """The whole environment."""
        basic = {
            "PATH": f"{COMMAND.parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(REPOSITORY),
            "HOME": str(self.folder),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        return basic | self.environment

    def run(self, *arguments: str, typed: tuple[str, ...] | None = None) -> subprocess.CompletedProcess[str]:
        """Run it to its end; `typed` are the lines it is given, after which there are no more."""
        text = "".join(f"{line}\n" for line in typed or ())
        command = [*(HUMBLY if self.humble and os.geteuid() == 0 else ()), *self.program, *arguments]
        return subprocess.run(command, input=text, env=self.full, cwd=self.folder, capture_output=True, text=True, check=False, timeout=60)

    def doctor(self) -> tuple[int, list[dict[str, str]]]:
        """The exit code of `doctor --json`, and its findings."""
        done = self.run("doctor", "--json")
        told = json.loads(done.stdout)
        assert told["fine"] == (done.returncode == 0)
        assert done.stderr == ""
        return done.returncode, told["findings"]

    def wrong(self) -> list[str]:
        """What doctor says is wrong, each with how to mend it, as one text."""
        code, findings = self.doctor()
        found = [" ".join((f["about"] + ":", f["told"], f["mend"])) for f in findings if f["grade"] == "wrong"]
        assert code == bool(found)
        return found

    async def wrong_here(self) -> list[str]:
        """As `wrong`, without a process of its own, which takes much longer."""
        with self._entered():
            try:
                settings: Settings | BriefsError = load()
            except BriefsError as error:
                settings = error
            found = await Examination(settings, self.folder).findings()
        return [f"{f.about}: {f.told} {f.mend}" for f in found if f.grade is Grade.WRONG]

    @contextmanager
    def _entered(self) -> Iterator[None]:
        """This process in the folder and environment, for a while."""
        before, folder, api = dict(os.environ), Path.cwd(), Route.BASE
        try:
            for name in [name for name in before if name.startswith(PREFIX)]:
                del os.environ[name]
            os.environ.update(self.environment | {"HOME": str(self.folder)})
            os.chdir(self.folder)
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)
            os.chdir(folder)
            Route.BASE = api

    def everything(self) -> dict[str, bytes]:
        """Every file below the folder, by name."""
        return {str(p.relative_to(self.folder)): p.read_bytes() for p in sorted(self.folder.rglob("*")) if p.is_file()}

    @contextmanager
    def started(self, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
        """A process that is spoken to while it runs."""
        process = subprocess.Popen(
            [*self.program, *arguments],
            env=self.full,
            cwd=self.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            yield process
        finally:
            process.kill()
            process.communicate()
