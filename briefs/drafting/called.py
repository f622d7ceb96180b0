"""The whole names of a claim and of its sentences, and which of them may be one's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefs.drafting.case import Case
from briefs.drafting.whole_names import name_words, same_name, told_apart, whole_names
from briefs.drafting.words import Word


@dataclass(frozen=True, slots=True)
class Called:
    """The names of a case: ranges of places in the claim and in the sources.

    Args:
        mine: the claim's, but for speakers whom a curator marked by hand.
    """

    case: Case
    mine: tuple[range, ...]
    theirs: tuple[range, ...]

    def same(self, name: range, other: range) -> bool:
        """Whether a name of the sentences may be the claim's: not where it is longer, and the claim's stands in them for another."""
        mine, theirs = words_at(self.case.claim, name), words_at(self.case.source, other)
        if not same_name(mine, theirs):
            return False
        if len(theirs) <= len(mine) or not told_apart(mine, theirs) or "of" in [word.plain for word in theirs]:
            return True
        return not any(one != other and _equal(mine, words_at(self.case.source, one)) for one in self.theirs)

    def of(self, name: range, number: int | None = None) -> list[range]:
        """The names of the sentences, or of one of them, that may be the claim's."""
        return [other for other in self.theirs if number in (None, self.case.owner[other.start]) and self.same(name, other)]


def called(case: Case) -> Called:
    """All names of a case."""
    both = (*case.claim, *case.source)
    known, common = name_words(both), frozenset(word.plain for word in both if not word.capital)
    by_hand = {key for word in case.by_hand for key in word.keys}
    own = (name for name in whole_names(case.claim, known, common) if not all(case.claim[at].keys & by_hand for at in name))
    return Called(case, tuple(own), whole_names(case.source, known, common))


def words_at(text: Sequence[Word], places: range) -> Sequence[Word]:
    """The words of a name."""
    return text[places.start : places.stop]


def written(text: Sequence[Word], places: Iterable[int]) -> str:
    """The words at those places, with blanks between."""
    return " ".join(text[at].text for at in places)


def _equal(one: Sequence[Word], other: Sequence[Word]) -> bool:
    return [word.plain for word in one if word.heavy] == [word.plain for word in other if word.heavy]
