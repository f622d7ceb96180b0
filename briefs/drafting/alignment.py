"""Which word of the cited sentences each word of a claim stands for, by meaning and by order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from briefs.drafting.kin import is_kin
from briefs.drafting.words import Sort, Word

_WEIGHT: Final = {Sort.NAME: 3.0, Sort.NUMBER: 3.0, Sort.CONTENT: 3.0, Sort.LOADED: 2.0, Sort.LIGHT: 0.5}
_OTHER_WORD: Final = 0.7  # how much a match by a synonym counts beside one of the same word
_ADJACENT: Final = 1.5  # for a pair right after another pair: runs hold together
_NEAR: Final = 1.0  # for a pair after another one with but light words between, and not the same on both sides
_NEXT_LIGHT: Final = 0.25  # for each light word that stands before both words of a pair
NOWHERE: Final = -1


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a claim lies upon its sources.

    Args:
        to: for each word of the claim the place of its word among the sources', or NOWHERE.
        kept: for each word of the claim whether it is in order: together these words are the longest part of the claim
            that runs as the sources do; the others were moved or come from nowhere.
        back: for each word of the sources the place of the claim's word that stands for it, or NOWHERE.
    """

    to: tuple[int, ...]
    kept: tuple[bool, ...]
    back: tuple[int, ...]


def align(claim: Sequence[Word], source: Sequence[Word]) -> Alignment:
    """Align a claim with the words of the sentences it cites, these one after another."""
    places: dict[str, list[int]] = {}
    for j, word in enumerate(source):
        if word.heavy:
            for key in word.keys:
                places.setdefault(key, []).append(j)
    pairs = [(i, j) for i, word in enumerate(claim) if word.heavy for j in _candidates(word, places)]
    to = [NOWHERE] * len(claim)
    kept = [False] * len(claim)
    used: set[int] = set()
    for i, j in _chain(pairs, claim, source):
        to[i], kept[i] = j, True
        used.add(j)
    _place_the_moved(claim, source, to, used, places)
    _place_the_kin(claim, source, to, kept, used)
    _place_the_light(claim, source, to, kept, used)
    back = [NOWHERE] * len(source)
    for i, j in enumerate(to):
        if j != NOWHERE and (back[j] == NOWHERE or kept[i]):
            back[j] = i
    return Alignment(tuple(to), tuple(kept), tuple(back))


def _candidates(word: Word, places: dict[str, list[int]]) -> list[int]:
    return sorted({j for key in word.keys for j in places.get(key, ())})


def _chain(pairs: list[tuple[int, int]], claim: Sequence[Word], source: Sequence[Word]) -> list[tuple[int, int]]:
    """The heaviest set of pairs that runs forward on both sides."""
    mine, theirs = _weighty_before(claim), _weighty_before(source)
    best: list[float] = []
    before: list[int] = []
    for at, (i, j) in enumerate(pairs):
        score, came = 0.0, -1
        for earlier in range(at):
            a, b = pairs[earlier]
            if a < i and b < j:
                found = best[earlier]
                if mine[i] == mine[a] + 1 and theirs[j] == theirs[b] + 1:
                    found += _bonus(claim[a + 1 : i], source[b + 1 : j])
                if found > score:
                    score, came = found, earlier
        best.append(score + _weight(claim, i, source, j))
        before.append(came)
    found_pairs: list[tuple[int, int]] = []
    at = max(range(len(best)), key=best.__getitem__, default=-1)
    while at >= 0:
        found_pairs.append(pairs[at])
        at = before[at]
    return found_pairs[::-1]


def _weighty_before(text: Sequence[Word]) -> list[int]:
    """For each word how many words of weight stand before it."""
    found, count = [], 0
    for word in text:
        found.append(count)
        count += word.heavy
    return found


def _bonus(mine: Sequence[Word], theirs: Sequence[Word]) -> float:
    """What a pair gains from the pair before it, given the light words between on both sides."""
    return _ADJACENT if [word.plain for word in mine] == [word.plain for word in theirs] else _NEAR


def _weight(claim: Sequence[Word], i: int, source: Sequence[Word], j: int) -> float:
    here, there = claim[i], source[j]
    same = 1.0 if here.plain == there.plain else 0.9 if here.stem == there.stem else _OTHER_WORD
    light = 0.0
    while i and j and not claim[i - 1].heavy and claim[i - 1].plain == source[j - 1].plain:
        i, j, light = i - 1, j - 1, light + _NEXT_LIGHT
    return _WEIGHT[here.sort] * same + light


def _place_the_moved(claim: Sequence[Word], source: Sequence[Word], to: list[int], used: set[int], places: dict[str, list[int]]) -> None:
    """Give each word that is out of order the free word it most likely is: next to its neighbour's, of the same form."""
    for i, word in enumerate(claim):
        if to[i] != NOWHERE or not word.heavy:
            continue
        found = _candidates(word, places)
        if not found:
            continue
        left = next((to[a] for a in range(i - 1, -1, -1) if to[a] != NOWHERE), None)
        right = next((to[a] for a in range(i + 1, len(claim)) if to[a] != NOWHERE), None)

        def cost(j: int, word: Word = word, left: int | None = left, right: int | None = right) -> tuple[bool, bool, bool, int]:
            near = min(abs(j - left - 1) if left is not None else 99, abs(right - 1 - j) if right is not None else 99)
            return (j in used, word.stem != source[j].stem, word.plain != source[j].plain and near > 2, near)

        best = min(found, key=cost)
        if word.sort is Sort.LOADED and best in used:
            continue  # a second "not" is not the first one
        to[i] = best
        used.add(best)


def _place_the_kin(claim: Sequence[Word], source: Sequence[Word], to: list[int], kept: list[bool], used: set[int]) -> None:
    """Give a word that no sentence has the free word that means the same to a thesaurus, between the same neighbours."""
    for i, word in enumerate(claim):
        if to[i] != NOWHERE or word.sort is not Sort.CONTENT:
            continue
        first = next((to[a] + 1 for a in range(i - 1, -1, -1) if kept[a]), 0)
        last = next((to[a] for a in range(i + 1, len(claim)) if kept[a]), len(source))
        for j in range(first, last):
            if j not in used and source[j].sort is Sort.CONTENT and is_kin(word.plain, source[j].plain):
                to[i], kept[i] = j, True
                used.add(j)
                break


def _place_the_light(claim: Sequence[Word], source: Sequence[Word], to: list[int], kept: list[bool], used: set[int]) -> None:
    """Light words go with their neighbours; one that has no like beside them stands for nothing."""
    heavy = [i for i, word in enumerate(claim) if word.heavy]
    anchors = [i for i in heavy if kept[i]]
    for first, last in zip([NOWHERE, *anchors], [*anchors, len(claim)], strict=True):
        at = to[first] + 1 if first >= 0 else 0
        end = to[last] if last < len(claim) else len(source)
        for i in range(first + 1, last):
            if to[i] != NOWHERE or claim[i].heavy:
                continue
            j = next((j for j in range(at, end) if j not in used and source[j].plain == claim[i].plain), NOWHERE)
            if j != NOWHERE:
                to[i], kept[i], at = j, True, j + 1
                used.add(j)
