"""Numbers of a claim, held against those of its sentences: which there are, what they count, how surely, whose they are."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from briefs.article import Figure
from briefs.drafting.alignment import NOWHERE
from briefs.drafting.case import Case, Source
from briefs.drafting.lexicon import row
from briefs.drafting.marked import stands
from briefs.drafting.neighbours import preposition
from briefs.drafting.words import Sort, Word, value, words

HEDGE_NEAR: Final = 5  # words around a number in which a line may keep its hedge
NEAR: Final = 8  # words around a number among which what it counts is sought

# How a hedge may be written without saying more or less.
_KINDS: Final = (
    ("about", "around", "some", "roughly", "approximately", "circa", "or so", "odd", "in the region of", "estimated", "approximate"),
    ("estimated", "estimated at", "approximately", "roughly"),
    ("more than", "over", "above", "in excess of", "upwards of", "upward of", "exceeding", "plus", "+"),
    ("at least", "no fewer than", "no less than", "not less than", "or more", "a minimum of", "minimum of", "as many as or more"),
    ("nearly", "almost", "close to", "near to", "virtually", "just under", "just below"),
    ("under", "below", "less than", "fewer than"),
    ("up to", "at most", "as many as", "as much as", "no more than", "not more than", "or fewer", "or less", "maximum of"),
    ("possibly", "perhaps", "maybe"),
    ("reportedly", "allegedly"),
)  # fmt: skip
_COUNTING: Final = frozenset({"total", "number", "figure", "sum", "estimate", "amount"})  # words for the number itself
_YEAR: Final = re.compile(r"1[5-9]\d\d|20\d\d")
_RELATIVES: Final = frozenset({"which", "who", "whose", "where"})
_APART: Final = frozenset({"in", "on", "at", "from", "by", "near", "inside", "under"})
_PEOPLE: Final = frozenset({"people", "persons", "person", "others"})
_SOMEBODY: Final = ("ees", "ants", "ists", "men", "women")
_PERSONS: Final = row(
    "people persons residents passengers workers soldiers fighters civilians patients children students pupils prisoners victims others "
    "employees members seekers hopefuls miners sailors villagers protesters demonstrators worshippers pilgrims adults boys girls citizens "
    "inhabitants refugees voters players tourists teachers doctors nurses officers police troops survivors hostages crew "
    "dead wounded injured"
)
_OTHERS: Final = row("more others of reportedly have had has dead wounded injured missing")
_IDLE: Final = row("an a well far slightly just little significantly much is are was were")


def numbers(case: Case) -> Iterator[str]:
    """What is wrong with the claim's numbers, as sentences."""
    theirs = [figure for source in case.sources for figure in _figures(source)]
    mine = {figure.start: figure for figure in case.marks.figures}
    for i, word in enumerate(case.claim):
        if word.sort is not Sort.NUMBER:
            continue
        if case.alignment.to[i] == NOWHERE:
            yield f"“{word.text}” is a number that no cited sentence has."
            continue
        figure = next((f for f in mine.values() if f.start <= word.start < f.end), None)
        same = [f for f in theirs if word.keys & {w.stem for w in words(f.value) if w.heavy}]
        if same:
            # Two sentences may have the same number for different things: the claim must be right about one of them.
            yield from min((tuple(_lost(case, word, figure, other)) for other in same), key=len)
        yield from _crossed(case, i, figure)


def _figures(source: Source) -> Sequence[Figure]:
    by_hand = [figure for figure in source.sentence.figures if not figure.end]
    values = {value(figure.value.casefold()) for figure in by_hand}
    return [*by_hand, *(figure for figure in source.marks.figures if value(figure.value.casefold()) not in values)]


def _lost(case: Case, word: Word, mine: Figure | None, theirs: Figure) -> Iterator[str]:
    kept, wanted = _hedge(mine.hedge if mine else ""), _hedge(theirs.hedge)
    if wanted and not kept and not _stands_near(case, word, wanted):
        yield f"The line drops “{_lower(theirs.hedge)}” before {word.text}."
    elif kept and wanted and not _alike(kept, wanted):
        yield f"The line says “{_lower(mine.hedge if mine else kept)}” where the sentence says “{_lower(theirs.hedge)}” before {word.text}."
    elif kept and not wanted:
        yield f"The line says “{_lower(mine.hedge if mine else kept)}” before {word.text}, which the sentence does not."
    if not theirs.end and theirs.noun and not _counts(case, word, theirs.noun):
        yield f"The line has another thing counted by {word.text}: the sentence counts “{theirs.noun}”."
    if theirs.whose and not theirs.end and not stands(theirs.whose.removeprefix("the "), case.text):
        yield f"The line leaves out whose figure {word.text} is: “{theirs.whose}”."


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _hedge(words: str) -> str:
    return " ".join(part for part in words.casefold().split() if part not in _IDLE)


def _alike(one: str, other: str) -> bool:
    return one == other or any(one in row and other in row for row in _KINDS)


def _stands_near(case: Case, word: Word, wanted: str) -> bool:
    """Whether the hedge, or one that says the same, stands a little off: "an estimated total of 50,000", "50,000 or so"."""
    near = [other.at for other in _near(case.claim, word.at)]
    before = " ".join(case.claim[at].plain for at in sorted(near) if word.at - HEDGE_NEAR <= at < word.at)
    after = " ".join(case.claim[at].plain for at in sorted(near) if word.at < at <= word.at + HEDGE_NEAR)
    same = {wanted, *(hedge for row in _KINDS if wanted in row for hedge in row)}
    return any(f" {hedge} " in f" {before} " or (hedge.startswith("or ") and f" {hedge} " in f" {after} ") for hedge in same)


def _crossed(case: Case, i: int, figure: Figure | None) -> Iterator[str]:
    """A number that counts something else than in every sentence that has it."""
    if figure is None or not figure.noun:
        return
    keys = frozenset(key for word in words(figure.noun) if word.heavy and word.plain not in _COUNTING for key in word.keys)
    places = [j for j, word in enumerate(case.source) if word.keys & case.claim[i].keys]
    if _counts_people(case, figure.noun, places):
        return
    if keys and not any(keys & word.keys for j in places for word in _near(case.source, j) if not _of_another(case, j, word)):
        yield f"The line gives {case.claim[i].text} to “{figure.noun}”, which the sentence does not."


def _of_another(case: Case, j: int, word: Word) -> bool:
    """Whether a word behind a number has its own preposition, and other nouns stand right behind the number: "300 kilos in a box"."""
    if _before_its_own(case, j, word):
        return True
    behind = case.source[j + 1] if j + 1 < len(case.source) else None
    counted = behind is not None and behind.at > 0 and behind.sort is Sort.CONTENT and not behind.before.strip(" ")
    places = [k for k in range(j + 2, min(j + 1 + NEAR, len(case.source))) if case.source[k] is word]
    return counted and bool(places) and preposition(case.source, places[0]) in _APART


def _before_its_own(case: Case, j: int, word: Word) -> bool:
    """Whether a word stands in a clause before that of a number which has its own noun: "a bridge fell, cutting off three farms"."""
    behind = case.source[j + 1] if j + 1 < len(case.source) else None
    own = behind is not None and behind.at > 0 and behind.sort is Sort.CONTENT and behind.plain.endswith("s")
    places = [k for k in range(max(0, j - NEAR), j) if case.source[k] is word]
    return own and bool(places) and any("," in case.source[k].before for k in range(places[0] + 1, j + 1))


def _counts_people(case: Case, noun: str, places: Sequence[int]) -> bool:
    """Whether a claim counts "people" where the sentence counts somebody, or leaves out whom ("107 were killed")."""
    if noun.casefold() not in _PEOPLE:
        return False
    for j in places:
        behind = [word for word in case.source[j + 1 : j + 4] if word.at and not word.before.strip(" ")]
        if any(word.plain.endswith(_SOMEBODY) or word.plain in _PERSONS for word in behind):
            return True
        if behind and (behind[0].plain in _IDLE or behind[0].plain in _OTHERS or behind[0].plain.endswith("ed")):
            return True
    return False


def _counts(case: Case, word: Word, noun: str) -> bool:
    head = [w for w in words(noun) if w.heavy][-1:]
    return not head or any(head[0].keys & other.keys for other in _near(case.claim, word.at))


def _near(text: Sequence[Word], at: int) -> Iterator[Word]:
    """The words around a number, on either side as far as the next number or the end of the sentence."""
    for step in (1, -1):
        place = _beyond_clause(text, at + step) if step > 0 else at + step
        seen, weighty = 0, False
        while 0 <= place < len(text) and seen < NEAR:
            seen += 1
            # "12 to 7" is one figure, and a year counts nothing.
            if (text[place].sort is Sort.NUMBER and weighty and not _YEAR.fullmatch(text[place].plain)) or (
                text[place].at == 0 and step == 1
            ):
                break
            weighty = weighty or (text[place].heavy and text[place].sort is not Sort.NUMBER)
            yield text[place]
            if text[place].at == 0:
                break
            place = _beyond_clause(text, place + step) if step > 0 else place + step


def _beyond_clause(text: Sequence[Word], place: int) -> int:
    """Past a clause between commas that begins with "which" or "who"; the place itself where none begins there."""
    if place >= len(text) or text[place].plain not in _RELATIVES or "," not in text[place].before:
        return place
    return next((at for at in range(place + 1, len(text)) if "," in text[at].before and text[at].at), place)
