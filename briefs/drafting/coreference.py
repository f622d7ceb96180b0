"""Whether a name of one sentence is whom another one means by a pronoun, or by a description."""

from collections.abc import Sequence
from typing import Final

from briefs.drafting.case import Case, parts
from briefs.drafting.lexicon import row
from briefs.drafting.neighbours import preposition
from briefs.drafting.sides import Side
from briefs.drafting.whole_names import same_name
from briefs.drafting.words import Word
from briefs.folding import fold
from briefs.reading.given_names import Sex, sex_of
from briefs.reading.places import places

_HE: Final = {"he": Sex.MALE, "him": Sex.MALE, "she": Sex.FEMALE, "her": Sex.FEMALE}
_PLACES: Final = row("country nation city town village state region island province")


def may_stand_for(case: Case, name: range, there: Side, at: int, names: Sequence[range], *, others: Sequence[range], shared: bool) -> bool:
    """Whether a name that the sentence of `at` does not have may be who stands there.

    Args:
        name: places in the claim.
        there: who stands beside the verb at `at` of the sources, without a name.
        names: all names of the sources.
        others: names on the other side of that verb, whom a pronoun does not mean.
        shared: the claim has a word of that noun phrase.
    """
    mine = case.claim[name.start : name.stop]
    number = case.owner[at]
    if there.pronoun >= 0:
        plain = case.source[there.pronoun].plain
        if plain in _HE and sex_of(fold(mine[0].plain)).against(_HE[plain]):
            return False
        before = (other for other in names if case.owner[other.start] == number and other.start < there.pronoun and other not in others)
        if any(_acts(case.source, other) and (plain not in _HE or not _is_place(case.source, other)) for other in before):
            return False
        return any(_leads(case, mine, other, names) for other in names if case.owner[other.start] < number)
    if any(case.source[j].plain in _PLACES for j in there.words):
        return not any(_is_place(case.source, other) for other in names if case.owner[other.start] == number and other.start < at)
    return there.definite or shared


def _acts(text: Sequence[Word], name: range) -> bool:
    """Whether a name may be who a pronoun behind it means: no preposition stands before it."""
    return not preposition(text, name.start)


def _is_place(text: Sequence[Word], name: range) -> bool:
    return any(key.startswith("@") for at in name for key in text[at].keys) or places().find(_written(text, name)) is not None


def _leads(case: Case, mine: Sequence[Word], other: range, names: Sequence[range]) -> bool:
    """Whether the name is the first of its sentence that no preposition stands before, or the only one there."""
    if not same_name(mine, case.source[other.start : other.stop]):
        return False
    here = [one for one in names if case.owner[one.start] == case.owner[other.start]]
    first = next((one for one in here if _acts(case.source, one)), here[0])
    return other == first or _begins_clause(case.source, other) or all(_is_place(case.source, one) for one in here if one != other)


def _begins_clause(text: Sequence[Word], name: range) -> bool:
    """Whether a sign stands before the name: it acts in a clause of its own."""
    return parts(text[name.start])


def _written(text: Sequence[Word], name: range) -> str:
    return " ".join(text[at].text for at in name)
