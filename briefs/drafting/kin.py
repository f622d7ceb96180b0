"""Words that may stand for one another without being known as the same: of one meaning, or the claim's of a wider one."""

from functools import cache
from importlib.resources import files
from typing import Final

from briefs.drafting.lexicon import lemma, opposites


def is_kin(claim: str, source: str) -> bool:
    """Whether a claim may have a word where its sentence has another: a thesaurus gives them one meaning, or the claim's a wider one.

    Args:
        claim, source: plain words.
    """
    mine, theirs = lemma(claim), lemma(source)
    if theirs in opposites().get(mine, frozenset()):
        return False
    return mine in map(lemma, _thesaurus().get(theirs, "").split())


_plain_form: Final = lemma.__wrapped__  # past the words that are kept, all of which so many would drive out


@cache
def _thesaurus() -> dict[str, str]:
    """Plain form → the words that may stand for it, with blanks between.

    They stay as written until somebody asks: few are asked for, and a set for each row would be more for the collector to walk than
    all the rest.
    """
    rows = files("briefs.drafting").joinpath("data", "thesaurus.txt").read_text("utf-8").splitlines()
    meant: dict[str, str] = {}
    for row in rows:
        if not row.startswith("#"):
            own, _, wider = row.partition(">")
            for word in set(map(_plain_form, own.split())):
                meant[word] = f"{meant.get(word, '')} {own} {wider}"
    return meant
