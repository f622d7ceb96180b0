"""TOML files as tables that know the line to blame when something in them is wrong."""

import difflib
import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final, TypeVar

from briefs.errors import BrokenLibrary

_E = TypeVar("_E", bound=StrEnum)
_STRING: Final = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'')
_HEADER: Final = re.compile(r"\s*\[{1,2}\s*([\w-]+)\s*\]{1,2}\s*(?:#.*)?$")
_KEY: Final = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*=")
_AT_LINE: Final = re.compile(r"\(at line (\d+),")  # how tomllib says where, Python 3.11 to 3.13
_TRIPLES: Final = ('"""', "'''")


def nearest(word: str, known: Collection[str]) -> str:
    """Which of the known words was probably meant, as the end of a sentence; without a near one, all of them."""
    if near := difflib.get_close_matches(word, known, n=1, cutoff=0.6):
        return f"did you mean “{near[0]}”?"
    if not known:
        return "there is none yet."
    return f"write {'one of ' if len(known) > 1 else ''}{', '.join(f'“{each}”' for each in known)}."


def no_card(slug: str, slugs: Collection[str]) -> str:
    """What to say of a slug that no file of entities/ has."""
    near = difflib.get_close_matches(slug, slugs, n=1, cutoff=0.6)
    return f"“{slug}” has no card: " + (f"did you mean “{near[0]}”?" if near else f"write entities/{slug}.toml, or take it out.")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a TOML file.

    Args:
        file: the file's name below the library's root.
        source: the file's text.
        header: the table's header ("point"); empty for what stands above the first one.
        index: which of the tables of that header it is, counted from 0.
        values: what stands in it.
        within: the key of its parent that it is the value of, for a table written in braces.
    """

    file: str
    source: str = field(repr=False)
    values: Mapping[str, object]
    header: str = ""
    index: int = 0
    within: str = ""

    def broken(self, mend: str, key: str = "", near: str = "") -> BrokenLibrary:
        """What to raise when the key (or the table as a whole) is wrong.

        Args:
            near: words that stand on the very line, where the key's value goes over several.
        """
        places = _places(self.source)
        keys = ((self.header, self.index, self.within or key), (key, 0, ""), (self.header, self.index, ""))
        line = next((places[each] for each in keys if each in places), 1)
        if near or self.within:
            line = _line_with(near or str(next(iter(self.values.values()), "")), self.source, line)
        return BrokenLibrary(self.file, line, mend)

    def only(self, *known: str) -> None:
        """Refuse a key that nobody reads."""
        for key in self.values:
            if key not in known:
                raise self.broken(f"“{key}” is not known here: {nearest(key, known)}", key)

    def text(self, key: str, default: str | None = None) -> str:
        """The words under the key; without a default they must be there and not be blank."""
        value = self.values.get(key, default)
        if value is None:
            raise self.broken(f'“{key}” is missing: add {key} = "…".')
        if not isinstance(value, str):
            raise self.broken(f"“{key}” must be words in quotation marks.", key)
        if not value.strip() and default is None:
            raise self.broken(f"“{key}” is empty: write it, or take the whole entry out.", key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of words under the key; empty where it is not given."""
        return tuple(value for value in self._list(key, str, "words in quotation marks") if isinstance(value, str))

    def numbers(self, key: str) -> tuple[int, ...]:
        """The list of whole numbers under the key; empty where it is not given."""
        return tuple(value for value in self._list(key, int, "whole numbers") if isinstance(value, int))

    def number(self, key: str) -> int:
        """The whole number under the key, which must be there."""
        value = self.values.get(key)
        if value is None:
            raise self.broken(f"“{key}” is missing: add {key} = 1, or whichever it is.")
        if type(value) is not int:
            raise self.broken(f"“{key}” must be a whole number.", key)
        return value

    def truth(self, key: str, default: bool | None = None) -> bool:
        """The true or false under the key."""
        value = self.values.get(key, default)
        if value is None:
            raise self.broken(f"“{key}” is missing: add {key} = true, or false.")
        if not isinstance(value, bool):
            raise self.broken(f"“{key}” must be true or false, without quotation marks.", key)
        return value

    def moment(self, key: str) -> datetime:
        """The date, time and offset under the key, which must be there."""
        value = self.values.get(key)
        if not isinstance(value, datetime) or value.tzinfo is None:
            raise self.broken(f"“{key}” must be a date with time and offset, such as 2026-11-22T06:52:00Z, without quotation marks.", key)
        return value

    def day(self, key: str) -> date | datetime:
        """The day under the key, which must be there, or the moment of a day: with time and offset."""
        value = self.values.get(key)
        if value is None:
            raise self.broken(f"“{key}” is missing: add {key} = 2026-11-22, or whichever day it was.")
        if not isinstance(value, date) or (isinstance(value, datetime) and value.tzinfo is None):
            example = "2026-11-22, or with time and offset, 2026-11-22T06:52:00Z"
            raise self.broken(f"“{key}” must be a day such as {example}, without quotation marks.", key)
        return value

    def one_of(self, key: str, kinds: type[_E], default: _E | None = None) -> _E:
        """The member of a closed list that the key names."""
        written = self.text(key, default)
        try:
            return kinds(written)
        except ValueError:
            raise self.broken(f"“{written}” is not a {key}: {nearest(written, tuple(kinds))}", key) from None

    def tables(self, key: str) -> tuple["Table", ...]:
        """The tables under the key: [[key]] sections, or a list in braces within a section; empty where there are none."""
        given = self.values.get(key, [])
        if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
            raise self.broken(f"“{key}” must be {_listed(key, self.header)}.", key)
        if self.header:
            return tuple(Table(self.file, self.source, each, self.header, self.index, key) for each in given)
        return tuple(Table(self.file, self.source, each, key, index) for index, each in enumerate(given))

    def table(self, key: str) -> "Table":
        """The one table under [key], which must be there."""
        value = self.values.get(key)
        if not isinstance(value, dict):
            raise self.broken(f"[{key}] is missing: add it with the lines that belong to it.", key)
        return Table(self.file, self.source, value, key)

    def _list(self, key: str, of: type, what: str) -> list[object]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(type(each) is of for each in value):
            raise self.broken(f"“{key}” must be a list of {what}, in square brackets.", key)
        return value


def toml_table(file: str, source: str) -> Table:
    """Read a TOML file.

    Raises:
        BrokenLibrary: it is empty, or no TOML; with the line.
    """
    if not source.strip():
        raise BrokenLibrary(file, 1, "The file is empty: fill it, or delete it.")
    try:
        return Table(file, source, tomllib.loads(source))
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        line = int(at[1]) if at else source.rstrip().count("\n") + 1
        raise BrokenLibrary(file, line, f"This is not TOML: {error}. Are quotation marks and brackets closed?") from error


def _listed(key: str, header: str) -> str:
    return "a list of { … } in square brackets" if header else f"sections that each begin with [[{key}]]"


def _line_with(words: str, source: str, start: int) -> int:
    """The first line from `start` on that has the words; `start` where none has."""
    lines = source.split("\n")
    return next((number for number in range(start, len(lines) + 1) if words in lines[number - 1]), start)


def _places(source: str) -> dict[tuple[str, int, str], int]:
    """The line of every header (under the key "") and key, by header and how many of that header came before."""
    found: dict[tuple[str, int, str], int] = {}
    seen: Counter[str] = Counter()
    header, index = "", 0
    for number, line in _statements(source):
        if match := _HEADER.match(line):
            header, index = match[1], seen[match[1]]
            seen[header] += 1
            found[header, index, ""] = number
        elif match := _KEY.match(line):
            found.setdefault((header, index, match[1]), number)
    return found


def _statements(source: str) -> Iterator[tuple[int, str]]:
    """The lines on which a statement begins: none from within a list or a string of several lines."""
    depth, until = 0, ""
    for number, line in enumerate(source.split("\n"), start=1):
        if until:
            until = "" if until in line else until
            continue
        if depth == 0:
            yield number, line
        bare = _STRING.sub("", line.replace('"""', "\0").replace("'''", "\1")).split("#")[0]
        for mark, triple in zip("\0\1", _TRIPLES, strict=True):
            if bare.count(mark) % 2:
                until = triple
        if not _HEADER.match(line):
            depth = max(0, depth + sum(map(bare.count, "[{")) - sum(map(bare.count, "]}")))
