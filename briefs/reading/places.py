"""Countries, regions, cities and waters, and the adjectives and people named after countries."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Final

from briefs.folding import fold

_DATA: Final = "data/places.txt"
_STOPS: Final = re.compile(r"(?<=\b[A-Z])\.")


class Sort(StrEnum):
    """How large a place is."""

    COUNTRY = "country"
    REGION = "region"
    AREA = "area"
    CITY = "city"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the table, under one of its names.

    Args:
        name: its main name, as `key` writes it; names of one country, region or area share it.
        sort: the largest thing the name means; Georgia is a country before it is a region.
        within: codes of the countries ("IQ") and regions ("US-TX") in which a place of that name lies.
        capitals: the name is written in capitals only ("US"), and "us" is not meant by it.
    """

    name: str
    sort: Sort
    within: frozenset[str] = frozenset()
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """The table; every key is what `key` makes of a name.

    Args:
        named: place by name.
        adjectives: country by adjective ("iraqi").
        people: country by the name of its people ("iraqis"); adjectives are not among them.
        codes: codes by the main name of a country or region.
        cities: codes by the name of a city.
    """

    named: dict[str, Place] = field(default_factory=dict)
    adjectives: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    codes: dict[str, frozenset[str]] = field(default_factory=dict)
    cities: dict[str, list[str]] = field(default_factory=dict)

    def find(self, text: str) -> Place | None:
        """The place of that name as written; None where the table has none, or the name is some other word."""
        name = key(text)
        place = self.named.get(name)
        if place is not None:
            return place if text.isupper() or not place.capitals else None
        if name in self.cities and text[:1].isupper():
            return Place(name, Sort.CITY, frozenset(self.cities[name]))
        return None

    def within(self, text: str) -> frozenset[str]:
        """The codes of all countries and regions in which a place of that name lies."""
        place = self.find(text)
        return place.within | frozenset(self.cities.get(key(text), ())) if place else frozenset()

    def country_of(self, text: str) -> str:
        """The main name of the country whose adjective this is ("Iraqi"), empty where it is none."""
        return self.adjectives.get(key(text), "")


@lru_cache(maxsize=4_096)
def key(name: str) -> str:
    """A name as the tables write it: folded, the stops of "U.S." gone, without "the" before it."""
    folded = fold(_STOPS.sub("", name))
    return folded.removeprefix("the ")


@lru_cache(maxsize=1)
def places() -> Places:
    """The table, read on first use."""
    table = Places()
    for section, line in _lines():
        match section:
            case "countries":
                _country(table, line)
            case "regions":
                country, names = line.split("|")
                for same in names.split(";"):
                    _region(table, country, same.split("="))
            case "areas":
                for same in line.split(";"):
                    _add(table, same.split("="), Sort.AREA, "")
            case _:
                code, names = line.split("|")
                for name in names.split(";"):
                    table.cities.setdefault(name, []).append(code)
    return table


def _lines() -> Iterator[tuple[str, str]]:
    section = ""
    for line in files("briefs.reading").joinpath(_DATA).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif not line.startswith("#"):
            yield section, line


def _country(table: Places, line: str) -> None:
    code, name, others, adjectives, people = line.split("|")
    names = [name, *filter(None, others.split(";"))]
    _add(table, names, Sort.COUNTRY, code)
    table.codes[key(name)] = frozenset({code})
    table.adjectives.update((key(word), key(name)) for word in adjectives.split(";") if word)
    table.people.update((key(word), key(name)) for word in people.split(";") if word)


def _region(table: Places, country: str, names: list[str]) -> None:
    code = names.pop(0) if "-" in names[0][:3] and names[0].isupper() else ""
    _add(table, names, Sort.REGION, code or country)
    if code:
        table.codes[key(names[0])] = table.codes.get(key(names[0]), frozenset()) | {code}


def _add(table: Places, names: list[str], sort: Sort, code: str) -> None:
    codes = frozenset({code} - {""})
    for name in names:
        known = table.named.get(key(name))
        if known is None:
            table.named[key(name)] = Place(key(names[0]), sort, codes, name.isupper())
        else:
            table.named[key(name)] = Place(known.name, known.sort, known.within | codes, known.capitals)
