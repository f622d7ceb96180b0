"""Scores, ratios and votes: two figures in one order, each its own party's, however they are written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from briefs.drafting.case import Case, parts
from briefs.drafting.lexicon import lemma, row
from briefs.drafting.verbs import is_passive
from briefs.drafting.whole_names import CALENDAR, same_name, whole_names
from briefs.drafting.words import Sort, Word

_WON: Final = frozenset(
    map(
        lemma,
        row(
            "beat defeat win thrash trounce edge overcome outplay crush topple rout hammer triumph prevail upset eliminate oust conquer "
            "vanquish stun victory"
        ),
    )
)
_LOST: Final = frozenset(map(lemma, row("lose fall succumb loss")))
_DEFEAT: Final = lemma("defeat")
_NOUN_REACH: Final = 2  # words between a score and the noun of which it is ("a 2-1 home win")
_CHANGES: Final = frozenset({"from", "between"})  # "from 9 to 10" tells no score
_CHANGES_REACH: Final = 3  # words before a figure among which that is sought
_LARGE: Final = re.compile(r"\d{4,}")


@dataclass(frozen=True, slots=True)
class _Score:
    """Two figures of a text and those beside them.

    Args:
        at: the place of the first figure.
        values: both, as written.
        before, behind: names before and behind it, in its clause.
        winner, loser: who has more and who has less of it, where a verb of winning or the place tells; empty where nothing does.
        wrong: who has won has less.
    """

    at: int
    values: tuple[int, int]
    before: tuple[range, ...]
    behind: tuple[range, ...]
    winner: tuple[range, ...] = ()
    loser: tuple[range, ...] = ()
    wrong: bool = False

    @property
    def told(self) -> bool:
        """Whether it is told who has more."""
        return bool(self.winner or self.loser)


def score_places(text: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """The places of both figures of each score, ratio or vote of a text: "3-1", "3 to 1"."""
    for at in range(len(text) - 1):
        if not _is_figure(text[at]) or text[at + 1].at == 0:
            continue
        if text[at + 1].before == "-" and _is_figure(text[at + 1]):
            yield at, at + 1
        spelt = at + 2 < len(text) and text[at + 1].plain == "to" and text[at + 2].at > 0 and _is_figure(text[at + 2])
        before = {word.plain for word in text[at - min(text[at].at, _CHANGES_REACH) : at]}
        if spelt and not before & _CHANGES and not before & CALENDAR:
            yield at, at + 2


def _is_figure(word: Word) -> bool:
    return word.sort is Sort.NUMBER and word.stem.isdecimal() and not _LARGE.fullmatch(word.stem)


def scores(case: Case) -> Iterator[str]:
    """What is wrong with the claim's scores, ratios and votes, as sentences."""
    mine = _scores(case.claim)
    if not mine:
        return
    theirs = _scores(case.source)
    for score in mine:
        written = f"{score.values[0]}-{score.values[1]}"
        if score.at in case.remark:
            continue
        alike = [other for other in theirs if other.values in (score.values, score.values[::-1])]
        if score.wrong:
            yield f"The line has somebody win with the smaller figure of {written}."
        elif not alike:
            yield f"No cited sentence has {written}."
        elif not any(_agrees(case, score, other) for other in alike):
            same = next((other for other in alike if other.values == score.values), None)
            found = alike[0].values
            yield (
                f"The sentence has {written} of others."
                if same
                else f"The line has {written} where the sentence has {found[0]}-{found[1]}."
            )


def _scores(text: Sequence[Word]) -> list[_Score]:
    places = list(score_places(text))
    names = whole_names(text, frozenset(word.plain for word in text if word.sort is Sort.NAME)) if places else ()
    found = []
    border = 0
    for number, (at, last) in enumerate(places):
        stop = places[number + 1][0] if number + 1 < len(places) else len(text)
        found.append(_score(text, names, (at, last), (border, stop)))
        border = last + 1
    return found


def _score(text: Sequence[Word], names: Sequence[range], figures: tuple[int, int], within: tuple[int, int]) -> _Score:
    at, last = figures
    first = _begin(text, names, at, within[0])
    end = next((k for k in range(last + 1, within[1]) if text[k].at == 0 or parts(text[k]) or text[k].plain in ("and", "while")), within[1])
    before = tuple(name for name in names if first <= name.start < at)
    behind = tuple(name for name in names if last < name.start < end)
    values = (int(text[at].stem), int(text[last].stem))
    outcome = _outcome(text, range(first, end), figures)
    if outcome is None:
        beside = values[0] != values[1] and before and behind and before[-1].stop == at and behind[0].start == last + 1
        sides = (before[-1:], behind[:1]) if beside else ((), ())
        winner, loser = sides if values[0] > values[1] else sides[::-1]
        return _Score(at, values, before, behind, winner, loser)
    verb, won, passive = outcome
    doer = tuple(name for name in (*before, *behind) if name.start < min(verb, at))
    rest = tuple(name for name in (*before, *behind) if name not in doer)
    winner, loser = (doer, rest) if won is not passive else (rest, doer)
    return _Score(at, values, before, behind, winner, loser, wrong=won and not passive and values[0] < values[1])


def _outcome(text: Sequence[Word], clause: range, figures: tuple[int, int]) -> tuple[int, bool, bool] | None:
    """The word that tells who won: its place, whether it is of winning, whether who stands before it has undergone it."""
    for at in sorted(clause, key=lambda k: abs(k - figures[0])):
        kind = lemma(text[at].plain)
        if text[at].sort is not Sort.CONTENT or kind not in _WON | _LOST | {_DEFEAT}:
            continue
        noun = figures[1] < at <= figures[1] + 1 + _NOUN_REACH and not text[at].plain.endswith(("ed", "ing"))
        if kind == _DEFEAT and noun:
            return at, any(word.plain == "of" for word in text[at + 1 : at + 2]), False
        return at, kind not in _LOST, not noun and is_passive(text, at)
    return None


def _begin(text: Sequence[Word], names: Sequence[range], at: int, border: int) -> int:
    """Where the clause of a score begins: at the nearest sign that leaves a name before the score."""
    for k in range(at, border - 1, -1):
        if text[k].at == 0:
            return k
        named = any(k <= name.start < at for name in names)
        if parts(text[k]) and (named or ";" in text[k].before):
            return k
    return border


def _agrees(case: Case, mine: _Score, theirs: _Score) -> bool:
    """Whether a score of the sentences is the claim's, of the same parties."""
    if mine.told and theirs.told:
        return _same_side(case, mine.winner, theirs.winner, theirs.loser) and _same_side(case, mine.loser, theirs.loser, theirs.winner)
    if mine.values != theirs.values:
        return False
    return _same_side(case, (*mine.before, *mine.behind), (*theirs.before, *theirs.behind), ()) and (
        mine.told or theirs.told or _same_side(case, mine.before, theirs.before, theirs.behind)
    )


def _same_side(case: Case, mine: Sequence[range], own: Sequence[range], others: Sequence[range]) -> bool:
    """Whether some name of the claim is one of a side of the sentence; where either has none, whether it is none of the other side's."""
    if mine and own:
        return _meet(case, mine, own)
    return not _meet(case, mine, others)


def _meet(case: Case, mine: Sequence[range], theirs: Sequence[range]) -> bool:
    return any(same_name(case.claim[one.start : one.stop], case.source[other.start : other.stop]) for one in mine for other in theirs)
