"""The lock files, made from pyproject.toml: every version with its hashes, for every supported Python."""

import argparse
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement

REPOSITORY = Path(__file__).parents[1]
OLDEST = "3.11"


@dataclass(frozen=True)
class Lock:
    """One lock file.

    Args:
        wants: the requirements of pyproject.toml that it is made from.
        beside: locks whose versions it keeps to, so that one environment can hold both.
        extra: of ourselves, where it is what we need to run that is locked: the lock then says so.
    """

    file: str
    wants: tuple[str, ...]
    beside: tuple[str, ...] = ()
    extra: tuple[str, ...] | None = None


def locks(folder: Path = REPOSITORY) -> tuple[Lock, ...]:
    """The lock files, in the order in which they are made."""
    told = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    project = told["project"]
    runs, extras = tuple(project["dependencies"]), project["optional-dependencies"]
    run = Lock("requirements.lock", runs, extra=())
    dev = Lock("requirements-dev.lock", (*runs, *extras["dev"]), (run.file,), extra=("--extra", "dev"))
    build = Lock("requirements-build.lock", tuple(told["build-system"]["requires"]), (run.file, dev.file))
    return run, dev, build, Lock("requirements-audit.lock", tuple(extras["audit"]))


@dataclass(frozen=True)
class Locked:
    """One line of a lock: a version, what it is locked with, and for whom.

    Args:
        via: the packages that ask for it; "standfirst" is ourselves.
    """

    requirement: Requirement
    hashes: tuple[str, ...]
    via: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its name, written as the index does."""
        return self.requirement.name.lower().replace("_", "-").replace(".", "-")

    @property
    def version(self) -> str:
        """The one version it may have."""
        [pin] = self.requirement.specifier
        assert pin.operator == "==", self.requirement
        return pin.version


def read(file: Path) -> tuple[Locked, ...]:
    """The lines of a lock, in its order.

    Raises:
        ValueError: there is a line that is no requirement with its hashes.
    """
    found: list[Locked] = []
    for entry in file.read_text(encoding="utf-8").replace(" \\\n", " ").split("\n"):
        if entry.startswith(" ") or entry.startswith("#"):
            if told := _via(entry):
                last = found.pop()
                found.append(Locked(last.requirement, last.hashes, (*last.via, told)))
        elif entry:
            wanted, *hashes = entry.split(" --hash=")
            found.append(Locked(Requirement(wanted), tuple(part.strip() for part in hashes), ()))
    return tuple(found)


def _via(comment: str) -> str:
    """Who asks for the package above, where the comment says it."""
    told = comment.strip().removeprefix("#").strip().removeprefix("via").strip()
    return "" if told.startswith("-") else told.split(" ")[0]


def make(lock: Lock, *, upgrade: bool) -> None:
    """Write a lock anew; without `upgrade`, what is locked already stays as it is."""
    rules = ["--universal", "--python-version", OLDEST, "--generate-hashes", "--no-emit-index-url", "--no-header", "--quiet"]
    rules += [part for other in lock.beside for part in ("-c", other)] + ["--upgrade"] * upgrade
    source = ["-"] if lock.extra is None else [*lock.extra, "pyproject.toml"]
    command = [Path(sys.executable).with_name("uv"), "pip", "compile", *rules, "-o", lock.file, *source]
    subprocess.run(command, input="\n".join(lock.wants), text=True, cwd=REPOSITORY, check=True)


def main(given: Sequence[str] | None = None) -> None:
    """Make all of them."""
    reads = argparse.ArgumentParser(prog="python -m tests.locks", description=__doc__)
    reads.add_argument("--upgrade", action="store_true", help="the newest versions that pyproject.toml allows")
    for lock in locks():
        make(lock, upgrade=reads.parse_args(given).upgrade)
        print(f"{lock.file}: {len(read(REPOSITORY / lock.file))} packages")


if __name__ == "__main__":
    main()
