"""Runs of capitalised words, and the small words that may stand within a name."""

from collections.abc import Iterator, Sequence
from typing import Final

from briefs.reading.given_names import given_names
from briefs.reading.names_pieces import Piece, says_nothing
from briefs.reading.names_words import ALSO_IN_NAMES, HEADS_BEFORE_IN, HEADS_BEFORE_OF, OPENERS, ORGANISATION_WORDS, OWNERS
from briefs.reading.places import places
from briefs.reading.word_lists import word_set

_PARTICLES: Final = word_set(
    """
    de da di du del della dos das van von der den bin ibn bint al el la le ter ten zu af y abu ul
    """
)
_AFTER_HEAD: Final = frozenset({"of", "for"})
_BEFORE_ON: Final = word_set("committee commission council conference convention institute forum coalition")
_ARTICLES: Final = frozenset({"the"})
_BEFORE_TASKS: Final = ORGANISATION_WORDS | {"centers", "centres", "secretary", "minister"}
_ALSO_SURNAMES: Final = frozenset({"may", "march", "august", "april"})
_OWNERS_MARKS: Final = frozenset({"'s", "’s"})

Run = tuple[int, int]  # of a sentence's pieces: the first one, and the one after the last


def runs(sentence: Sequence[Piece]) -> Iterator[Run]:
    """The runs of a sentence in order; words that only open a sentence, and months, are in none of them."""
    at, end = 0, len(sentence)
    while at < end:
        if not _begins(sentence, at):
            at += 1
            continue
        last = at
        while (following := _next(sentence, at, last)) > 0:
            last = following
        yield at, last + 1
        at = last + 1


def _begins(sentence: Sequence[Piece], at: int) -> bool:
    if not sentence[at].capital:
        return False
    if not says_nothing(sentence[at]):
        return True
    # "National Guard troops": a word that opens sentences, and names as well.
    return sentence[at].folded in ALSO_IN_NAMES and not sentence[at].bound and _capital(sentence, at + 1)


def _next(sentence: Sequence[Piece], start: int, last: int) -> int:
    """The piece with which a run that has come to `last` goes on; 0 where it ends."""
    at = last + 1
    if sentence[last].bound or at >= len(sentence):
        return 0
    word = sentence[at]
    if _joins(word, sentence[last]):
        return at + 1 if _capital(sentence, at + 1, touching=True) else 0
    if not word.gap:
        return 0
    if word.capital:
        return at if _goes_on(word, sentence, last) else 0
    if word.folded in _PARTICLES:
        return next((n for n in (at + 1, at + 2) if _capital(sentence, n)), 0) if _all_small(sentence, at) else 0
    return _after_head(sentence, start, last)


def _joins(word: Piece, before: Piece) -> bool:
    """Whether a mark ties the words on its two sides into one name: "A&B", "News/Star", "People's Party"."""
    if word.text in _OWNERS_MARKS:
        return before.folded in OWNERS and not before.first
    touches = word.text == "&" or (word.text == "/" and word.start == before.end)
    return touches and before.folded not in OPENERS


def _capital(sentence: Sequence[Piece], at: int, *, touching: bool = False) -> bool:
    return at < len(sentence) and sentence[at].capital and (sentence[at].gap or touching) and not says_nothing(sentence[at])


def _goes_on(word: Piece, sentence: Sequence[Piece], last: int) -> bool:
    """Whether a capitalised word belongs to the run: "Theresa May" does, "Interfax Friday" does not."""
    return not says_nothing(word) or (word.folded in _ALSO_SURNAMES and sentence[last].folded in given_names())


def _all_small(sentence: Sequence[Piece], at: int) -> bool:
    after = sentence[at + 1] if at + 1 < len(sentence) else None
    return after is not None and after.gap and (after.capital or after.folded in _PARTICLES or after.folded in _ARTICLES)


def _after_head(sentence: Sequence[Piece], start: int, last: int) -> int:
    """How "Ministry of Health" and "Centers for Disease Control and Prevention" go on after their first word."""
    run = sentence[start : last + 1]
    word = sentence[last + 1]
    target = last + 2
    if target < len(sentence) and sentence[target].folded in _ARTICLES and sentence[target].gap and not sentence[target].capital:
        target += 1
    if not _capital(sentence, target) or sentence[target].bound:
        return 0
    if word.folded in _AFTER_HEAD:
        return target if run[-1].folded in HEADS_BEFORE_OF or (run[0].folded in HEADS_BEFORE_OF and len(run) > 2) else 0
    if word.folded in {"on", "against"}:
        return target if run[-1].folded in _BEFORE_ON else 0
    if word.folded == "and":
        return target if _is_list_of_tasks(sentence, start, last, target) else 0
    if word.folded == "in" and len(run) > 1 and run[-1].folded in HEADS_BEFORE_IN:
        return target if places().find(sentence[target].text) else 0
    return 0


def _is_list_of_tasks(sentence: Sequence[Piece], start: int, last: int, target: int) -> bool:
    """Whether "and" stands within one name: after "Ministry of …", or before a word that makes an organisation of both."""
    run = sentence[start : last + 1]
    table = places()
    after = sentence[target]
    if table.find(after.text) or table.find(run[-1].text) or table.country_of(run[-1].text):
        return False
    if any(p.folded in {"of", "for"} for p in run) and run[0].folded in _BEFORE_TASKS:
        return after.folded not in ORGANISATION_WORDS and (target + 1 == len(sentence) or not sentence[target + 1].capital)
    beyond = sentence[target + 1] if target + 1 < len(sentence) else None
    is_headed = beyond is not None and beyond.capital and beyond.gap and beyond.folded in ORGANISATION_WORDS
    return is_headed and not any(p.folded in ORGANISATION_WORDS for p in run)
