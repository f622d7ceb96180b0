"""The file `.env`, read and changed line by line, with the reader that the settings use."""

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Final
from uuid import uuid4

from dotenv.parser import Binding, parse_stream

from briefs.errors import BadInput

MODE: Final = 0o600  # tokens stand in it
_BOM: Final = "\ufeff"
# What is written needs no quotes, and nothing in it is read as anything but itself.
_PLAIN: Final = re.compile(r"[A-Za-z0-9._:/,+-]*")
_HEAD: Final = re.compile(r"\s*(?:export[^\S\r\n]+)?(?:'[^']+'|[^=#\s]+)[^\S\r\n]*=?[^\S\r\n]*")
_VALUE: Final = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|(?:(?!\s+\#)[^\r\n])*""", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """A setting as it stands in the file: its name in capitals, its value, its line counted from 1."""

    name: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class EnvFile:
    """What the file says.

    Args:
        entries: in order; of two of one name the last one counts.
        broken: lines that are neither a setting nor a remark, counted from 1.
        text: all of it.
    """

    entries: tuple[Entry, ...] = ()
    broken: tuple[int, ...] = ()
    text: str = ""

    def value(self, name: str) -> str:
        """The value of a setting; empty where it has none."""
        return next((entry.value for entry in reversed(self.entries) if entry.name == name), "")


def read_env(path: Path) -> EnvFile:
    """The file; an empty one where there is none.

    Raises:
        BadInput: it cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return EnvFile()
    except UnicodeDecodeError:
        raise BadInput(f"{path} is not UTF-8. Save it anew as UTF-8 in an editor, or move it away; it was left as it is.") from None
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}). It has to be a text file that you may read.") from None
    return _read(text)


def changed(text: str, changes: Mapping[str, str]) -> str:
    """The text with those settings at those values; every line of it stays, in its place, with its remarks.

    A name that stands there twice is changed twice. What is not there yet comes at the end.
    """
    for name, value in changes.items():
        if not _PLAIN.fullmatch(value):
            raise ValueError(f"{name}: a value that would need quotes")
    there: set[str] = set()
    parts: list[str] = []
    for binding in _bindings(text):
        name = (binding.key or "").upper()
        known = not binding.error and name in changes
        parts.append(_with_value(binding.original.string, changes[name]) if known else binding.original.string)
        there |= {name} if known else set()
    added = [f"{name}={value}\n" for name, value in changes.items() if name not in there]
    whole = "".join(parts)
    if added and whole and not whole.endswith(("\n", "\r")):
        whole += "\n"
    return (_BOM if text.startswith(_BOM) else "") + whole + "".join(added)


def save(path: Path, changes: Mapping[str, str]) -> None:
    """Put those settings into the file, which is made where there is none; for its owner's eyes only.

    All of it or nothing: the new file takes the old one's place in one step.

    Raises:
        BadInput: it cannot be read or written; it is as it was.
    """
    path = path.resolve()  # through a link, so that the link stays one
    text = changed(read_env(path).text, changes)
    fresh = path.with_name(f"{path.name}.{uuid4().hex[:8]}")
    try:
        _write(fresh, text, path)
        fresh.replace(path)
        _settle(path.parent)
    except OSError as error:
        why = error.strerror or "unknown reason"
        raise BadInput(f"{path} cannot be written ({why}); it is as it was. See that you may write in {path.parent}.") from None
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _write(fresh: Path, text: str, old: Path) -> None:
    file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, MODE)
    with os.fdopen(file, "w", encoding="utf-8", newline="") as stream:
        with suppress(OSError):  # it stays whose it was, where we may give it away
            was = old.stat()
            os.fchown(file, was.st_uid, was.st_gid)
        stream.write(text)
        stream.flush()
        os.fsync(file)


def _settle(folder: Path) -> None:
    """Have the disk keep the file's new name."""
    with suppress(OSError):  # not every file system can
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _read(text: str) -> EnvFile:
    entries: list[Entry] = []
    broken: list[int] = []
    for binding in _bindings(text):
        line = _line(binding)
        if binding.error:
            broken.append(line)
        elif binding.key:
            entries.append(Entry(binding.key.upper(), binding.value or "", line))
    return EnvFile(tuple(entries), tuple(broken), text)


def _bindings(text: str) -> list[Binding]:
    return list(parse_stream(StringIO(text, newline="")))


def _line(binding: Binding) -> int:
    """Where it begins: the blank lines before it belong to it, too."""
    before = binding.original.string[: len(binding.original.string) - len(binding.original.string.lstrip())]
    return binding.original.line + before.count("\n")


def _with_value(original: str, value: str) -> str:
    head = _HEAD.match(original)
    assert head is not None  # it was read as a setting
    old = _VALUE.match(original, head.end())
    rest = original[old.end() if old else head.end() :]
    return f"{head[0] if '=' in head[0] else head[0].rstrip() + '='}{value}{rest}"
