"""Names gathered into the things they are names of. What is ambiguous is never joined."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from briefs.entity import Kind
from briefs.reading.equivalents import equivalents
from briefs.reading.grouping_forms import Clusters, Form, Name, forms_of
from briefs.reading.grouping_organisations import body, join_acronyms, join_organisations, spells
from briefs.reading.grouping_people import join_people
from briefs.reading.grouping_places import join_places
from briefs.reading.places import places

_MEMBERS: Final = ("is", "ans", "ims", "ites", "ists")

__all__ = ["Name", "group", "grouped"]


def group(names: Sequence[Name], *, same: Iterable[tuple[int, int]] = (), apart: Iterable[tuple[int, int]] = ()) -> tuple[int, ...]:
    """Say which names are names of one thing.

    Names of different kinds, of different entries of the lexicon, or that the article or the public keeps apart are never
    joined, whatever way round. A short name is joined with a longer one only where exactly one has it.

    Args:
        names: of one article, in text order.
        same: pairs of places in `names` that the article itself makes one ("the Aid Fund (AF)").
        apart: pairs that the article itself keeps apart ("a separate group from").

    Returns:
        One number a name: equal numbers, one thing. A group's number is the place of its first name's form, so that the
        same names always give the same numbers.
    """
    return grouped(*forms_of(names), same=same, apart=apart)


def grouped(
    forms: Sequence[Form], where: Sequence[int], *, same: Iterable[tuple[int, int]], apart: Iterable[tuple[int, int]]
) -> tuple[int, ...]:
    """As `group`, of names whose forms are known: the forms, and for each name the number of its own, as `forms_of` returned them."""
    kept_apart = {frozenset((where[a], where[b])) for a, b in apart if where[a] != where[b]}
    clusters = Clusters(forms, kept_apart | set(_without_sense(forms)))
    _join_known(clusters)
    for a, b in same:
        clusters.join(where[a], where[b])
    by_kind: dict[Kind | None, list[int]] = {}
    for number, form in enumerate(forms):
        by_kind.setdefault(form.kind, []).append(number)
    join_places(forms, by_kind.get(Kind.PLACE, []), clusters)
    join_organisations(forms, by_kind.get(Kind.ORGANISATION, []), clusters)
    join_people(forms, by_kind.get(Kind.PERSON, []), clusters)
    join_acronyms(forms, by_kind.get(None, []), clusters)
    _join_unknown_kinds(clusters)
    return tuple(clusters.head[number] for number in where)


def _without_sense(forms: Sequence[Form]) -> Iterator[frozenset[int]]:
    """Pairs of a form whose sense nothing tells and one whose sense is told, where a name has several: either could be meant."""
    alike: dict[tuple[Kind | None, str], list[int]] = defaultdict(list)
    for number, form in enumerate(forms):
        alike[form.kind, form.key].append(number)
    for numbers in alike.values():
        told = [n for n in numbers if forms[n].sense]
        if len({forms[n].sense for n in told}) > 1:
            yield from (frozenset((n, m)) for n in numbers for m in told if not forms[n].sense)


def _join_known(clusters: Clusters) -> None:
    """Join what the lexicon gives one entry, what is written alike, and what the public knows as one."""
    first: dict[object, int] = {}
    for number, form in enumerate(clusters.forms):
        marks: list[object] = [(form.kind, form.key if form.kind else form.text), (form.kind, _singular(form), "one")]
        if form.slug:
            marks.append(form.slug)
        if main := _known(form, clusters.forms):
            marks.append((form.kind, main, "known"))
        for mark in marks:
            clusters.join(first.setdefault(mark, number), number)


def _singular(form: Form) -> str:
    """The name of a people or a movement without the s of its members ("Salafis"); the name itself where it is none."""
    if form.kind in (Kind.PERSON, Kind.PLACE) or not form.key.endswith(_MEMBERS):
        return form.text
    return form.text.removesuffix("s")


def _known(form: Form, forms: Sequence[Form]) -> str:
    """The well-known thing of that name; empty for an acronym that could as well be of another name in the article."""
    known = equivalents()
    if form.kind is None:
        return ""
    main = known.main(form.kind, form.key)
    if not main and form.kind is Kind.ORGANISATION:
        whole = body(form.key)
        main = "" if whole.country else known.main(form.kind, " ".join(whole.rest))
    if main and form.is_acronym:
        letters = form.letters.casefold()
        for other in forms:
            if len(other.words) > 1 and spells(letters, other.words) and known.main(other.kind, other.key) != main:
                return ""
    return main


def _join_unknown_kinds(clusters: Clusters) -> None:
    """Join a name of unknown kind with the names written alike, where those are of one kind only."""
    forms = clusters.forms
    for number, form in enumerate(forms):
        if form.kind is None:
            alike = [n for n, other in enumerate(forms) if other.kind is not None and other.key == form.key]
            person = any(forms[n].kind is Kind.PERSON for n in alike)
            if person and form.key in places().named:
                continue  # a Washington of whom nothing is told may be the place
            if len({forms[n].kind for n in alike}) == 1 and len(clusters.heads(alike)) == 1:
                clusters.join(alike[0], number)
