"""Words that may stand for one another without being known as the same: of one meaning, or the claim's of a wider one."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from briefs.drafting.lexicon import lemma, opposites


def is_kin(claim: str, source: str) -> bool:
    """Whether a claim may have a word where its sentence has another: a thesaurus gives them one meaning, or the claim's a wider one.

    Args:
        claim, source: plain words.
    """
    mine, theirs = lemma(claim), lemma(source)
    if theirs in opposites().get(mine, frozenset()):
        return False
    members, rows = _thesaurus()
    return any(mine in rows[row] for row in members.get(theirs, ()))


@cache
def _thesaurus() -> tuple[dict[str, tuple[int, ...]], tuple[frozenset[str], ...]]:
    """Plain form → the rows in which it is meant; and for each row the plain forms that may stand for a word of it."""
    members: dict[str, list[int]] = {}
    rows: list[frozenset[str]] = []
    for own, wider in _rows():
        same = frozenset(map(lemma, own))
        for word in same:
            members.setdefault(word, []).append(len(rows))
        rows.append(same.union(map(lemma, wider)))
    return {word: tuple(found) for word, found in members.items()}, tuple(rows)


def _rows() -> Iterator[tuple[list[str], list[str]]]:
    for line in files("briefs.drafting").joinpath("data", "thesaurus.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            own, _, wider = line.partition(">")
            yield own.split(), wider.split()
