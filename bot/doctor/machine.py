"""What the machine brings: Python, the packages, time zones, SQLite, room on the disk."""

import platform
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, metadata, requires, version
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from adapters.storage.look import has_full_text
from adapters.storage.storage import SQLITE_MIN
from briefs.errors import shown
from briefs.finding import Finding, fine, note, wrong

PROJECT: Final = "standfirst"
TZDATA: Final = "tzdata"
ROOM_MIN: Final = 200 * 1024 * 1024  # bytes: a year of a large installation's digests
ZONES_TRIED: Final = ("Europe/London", "America/New_York", "Asia/Tehran")
INSTALL: Final = "Install what is meant: make run, or pip install -r requirements.lock."


def machine() -> Iterator[Finding]:
    """Python, packages, time zones, SQLite."""
    yield _python()
    yield _packages()
    yield _zones()
    yield _sqlite()


def room(file: Path) -> Finding:
    """How much room the disk of that file has left."""
    folder = next((folder for folder in file.parents if folder.is_dir()), Path("/"))
    free = shutil.disk_usage(folder).free
    told = f"{free / 1024**3:.1f} GiB are free where the database is."
    if free < ROOM_MIN:
        return wrong("Disk", told, f"Make room there: at least {ROOM_MIN // 1024**2} MiB.")
    return fine("Disk", told)


def _python() -> Finding:
    running = platform.python_version()
    try:
        bounds = str(metadata(PROJECT).json.get("requires_python", ""))
    except PackageNotFoundError:
        bounds = ""
    if not SpecifierSet(bounds).contains(running, prereleases=True):
        return wrong("Python", f"This is Python {running}; Standfirst needs {bounds}.", "Use another one: make PYTHON=python3.12 run.")
    return fine("Python", f"{running}{f' ({bounds} is needed)' if bounds else ''}.")


def _packages() -> Finding:
    """Every package that is needed here beside the bounds it was asked for with."""
    try:
        asked = [Requirement(line) for line in requires(PROJECT) or ()]
    except PackageNotFoundError:
        told = "Standfirst itself is not installed but runs from its folder, so that nobody knows which packages it needs."
        return note("Packages", told, INSTALL)
    needed = [one for one in asked if one.marker is None or one.marker.evaluate({"extra": ""})]
    lacking = [told for one in needed if (told := _lacking(one))]
    if lacking:
        return wrong("Packages", f"{'; '.join(lacking)}.", INSTALL)
    return fine("Packages", f"All {len(needed)} are there, in versions that fit.")


def _lacking(needed: Requirement) -> str:
    try:
        found = version(needed.name)
    except PackageNotFoundError:
        return f"{needed.name} is missing"
    return "" if needed.specifier.contains(found, prereleases=True) else f"{needed.name} is {found}, needed is {needed.specifier}"


def _zones() -> Finding:
    try:
        for name in ZONES_TRIED:
            ZoneInfo(name)
        rules = version(TZDATA)
    except (ZoneInfoNotFoundError, PackageNotFoundError):
        return wrong("Time zones", "The rules of time zones are missing.", INSTALL)
    year = rules.partition(".")[0]
    if year.isdecimal() and int(year) < datetime.now(UTC).year - 1:
        mend = f"Bring them up to date: pip install --upgrade {TZDATA}."
        return note("Time zones", f"The rules are of {shown(rules)}; some countries have changed theirs since.", mend)
    return fine("Time zones", f"Rules of {shown(rules)}.")


def _sqlite() -> Finding:
    if sqlite3.sqlite_version_info < SQLITE_MIN:
        needed = ".".join(str(number) for number in SQLITE_MIN)
        return wrong("SQLite", f"This Python has {sqlite3.sqlite_version}; {needed} or later is needed.", "Use a newer build of Python.")
    if not has_full_text():
        return wrong("SQLite", "This Python's SQLite has no full-text search (FTS5).", "Use another build of Python.")
    return fine("SQLite", f"{sqlite3.sqlite_version}, with full-text search.")
