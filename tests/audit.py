"""The locked versions beside the weaknesses that are known of them (`make audit`); what could not be asked is never called sound."""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.locks import REPOSITORY, Locked, locks, read

TOOL = REPOSITORY / ".venv-audit" / "bin" / "pip-audit"
RULES = ("--disable-pip", "--no-deps", "--format", "json", "--progress-spinner", "off", "--timeout", "15")
SOUND, FOUND, UNKNOWN = 0, 1, 2  # the exit codes
NOTHING_CHECKED = "the vulnerability service could not be reached, so nothing was checked"

Told = dict[tuple[str, str], list[dict[str, object]]]


class NoAnswer(Exception):
    """The tool ended without a list."""


def audited(locked: Sequence[Locked], tool: Path = TOOL) -> tuple[int, str]:
    """The exit code for these versions, and what to tell of them."""
    told: Told = {}
    try:
        for once in _rounds(locked):
            told |= _asked(once, tool)
    except NoAnswer as error:
        return UNKNOWN, f"{NOTHING_CHECKED} ({error}). Run it again where it can be reached."
    weak = [f"{name} {version}: {_weaknesses(vulns)}" for (name, version), vulns in told.items() if vulns]
    if weak:
        return FOUND, "\n".join([*weak, "Raise what is named, in pyproject.toml or by make lock UPGRADE=1; then make test."])
    unknown = [line.name for line in locked if (line.name, line.version) not in told]
    if len(unknown) == len(locked):
        return UNKNOWN, f"{NOTHING_CHECKED} (it knew none of {len(locked)} packages). Run it again where it can be reached."
    if unknown:
        return UNKNOWN, f"{len(unknown)} of {len(locked)} packages could not be checked: {', '.join(unknown)}."
    return SOUND, f"{len(locked)} packages, no weakness known."


def _rounds(locked: Iterable[Locked]) -> list[list[Locked]]:
    """The lines in as many lists as it takes for none to name a package twice, which the tool refuses."""
    rounds: list[list[Locked]] = []
    for line in locked:
        for once in rounds:
            if line.name not in {other.name for other in once}:
                once.append(line)
                break
        else:
            rounds.append([line])
    return rounds


def _asked(locked: Sequence[Locked], tool: Path) -> Told:
    """What is known of each version; without those that the service does not know."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder, "requirements.txt")
        # Without their markers: what is locked for another Python is looked up, too.
        wanted.write_text("".join(f"{line.name}=={line.version}\n" for line in locked), encoding="utf-8")
        done = subprocess.run([tool, "-r", wanted, *RULES], capture_output=True, text=True, check=False)
    try:
        parts = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        named = re.match(r"[\w.]*?(\w+(?:Error|Timeout))\b", last)
        raise NoAnswer(named[1] if named else last[:200]) from None
    return {(part["name"], part["version"]): part["vulns"] for part in parts if "vulns" in part}


def _weaknesses(vulns: list[dict[str, object]]) -> str:
    return "; ".join(f"{v['id']} (mended in {', '.join(v['fix_versions']) or 'no version yet'})" for v in vulns)


def main() -> int:
    """Check every lock: a weakness found counts most, then what could not be checked."""
    codes = set()
    for lock in locks():
        code, said = audited(read(REPOSITORY / lock.file))
        codes.add(code)
        print(f"{lock.file}: {said}", file=sys.stderr if code else sys.stdout)
    return next((code for code in (FOUND, UNKNOWN) if code in codes), SOUND)


if __name__ == "__main__":
    sys.exit(main())
