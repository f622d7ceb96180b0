"""Which names of places are one place: with and without the region they lie in, with and without "Province" or "City"."""

from collections.abc import Sequence
from typing import Final

from briefs.reading.grouping_forms import Clusters, Form
from briefs.reading.places import Place, Sort, key, places
from briefs.reading.word_lists import word_set

# All folded.
_REGION_WORDS: Final = word_set("province prefecture oblast state")
_BEFORE: Final = ("state of ", "republic of ", "province of ", "region of ", "city of ", "town of ", "village of ")


def join_places(forms: Sequence[Form], numbers: Sequence[int], clusters: Clusters) -> None:
    """Join the forms of those numbers that are one place."""
    by_key: dict[str, list[int]] = {}
    for n in numbers:
        by_key.setdefault(forms[n].key, []).append(n)
    for n in numbers:
        for plain in filter(None, (_without_rank(forms[n]), _main_name(forms[n]), forms[n].key)):
            for m in by_key.get(plain, ()):
                clusters.join(m, n)
            by_key.setdefault(plain, []).append(n)
    _join_within(forms, numbers, clusters, by_key)


def _main_name(form: Form) -> str:
    """The main name of the country, region or area that a name or an adjective of the table means."""
    table = places()
    place = table.find(form.text)
    if place is not None and place.sort is not Sort.CITY:
        return place.name
    return table.country_of(form.text) if form.adjective else ""


def _without_rank(form: Form) -> str:
    """The name without "Province", "City" or "State of", where that leaves the same place; else empty."""
    table = places()
    words = form.words
    if len(words) > 1 and words[-1] in _REGION_WORDS:
        plain = " ".join(words[:-1])
        place = _entry(plain)
        # Kandahar Province is larger than Kandahar; Washington State is not Washington.
        safe = place is None or (place.sort is Sort.REGION and words[-1] != "state")
        return plain if safe and plain not in table.cities and words[-1] != "state" else ""
    if len(words) > 1 and words[-1] == "city":
        plain = " ".join(words[:-1])
        place = _entry(plain)
        return plain if place is not None and place.sort is Sort.CITY else ""
    for prefix in _BEFORE:
        if form.key.startswith(prefix):
            plain = form.key.removeprefix(prefix)
            place = _entry(plain)
            return plain if place is None or (len(place.within) == 1 and plain not in table.cities) else ""
    return ""


def _entry(name: str) -> Place | None:
    table = places()
    if name in table.named:
        return table.named[name]
    return Place(name, Sort.CITY, frozenset(table.cities[name])) if name in table.cities else None


def _join_within(forms: Sequence[Form], numbers: Sequence[int], clusters: Clusters, by_key: dict[str, list[int]]) -> None:
    """Join "Houston, Texas" with "Houston" where no other Houston is spoken of and Texas has the known one."""
    parts: dict[str, set[str]] = {}
    for n in numbers:
        head, _, tail = forms[n].text.partition(",")
        if tail:
            parts.setdefault(key(head), set()).add(key(tail.split(",")[0]))
    for n in numbers:
        head, _, tail = forms[n].text.partition(",")
        if not tail or len(parts[key(head)]) > 1 or not _lies_in(key(head), key(tail.split(",")[-1]), key(tail.split(",")[0])):
            continue
        for m in by_key.get(key(head), ()):
            clusters.join(m, n)
        for m in numbers:
            if forms[m].text != forms[n].text and key(forms[m].text.partition(",")[0]) == key(head):
                clusters.join(m, n)


def _lies_in(place: str, *wholes: str) -> bool:
    """Whether the only place of that name the table knows lies in one of those; true where it knows none."""
    table = places()
    entry = _entry(place)
    if entry is None:
        return True
    codes = entry.within | frozenset(table.cities.get(place, ()))
    if len(codes) > 1:
        return False
    mains = {table.named[whole].name for whole in wholes if whole in table.named}
    around = frozenset().union(*(table.codes.get(main, frozenset()) for main in mains))
    return any(code == whole or code.startswith(f"{whole}-") for code in codes for whole in around)
