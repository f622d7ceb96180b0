"""The gate: whether a line may stand beside the sentences it cites, and how far its words are from theirs."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from briefs.article import Figure, Level, Sentence
from briefs.drafting.unmarked import lost_hedges, lost_speakers
from briefs.drafting.words import WORD, is_number, number, numbered, stem

NEAR: Final = 5  # words between a number and its noun
BEFORE: Final = 2  # words between a hedge and its number

_QUOTED: Final = re.compile("“([^”]*)”")


def faults(text: str, sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """Why a line may not stand beside the sentences it cites.

    Args:
        text: the line.
        sentences: those it cites, with their hedges, attributions and figures.

    Returns:
        Reasons in a curator's words, each once; empty when nothing is wrong that this gate can see: a number from
        elsewhere, a figure that lost its hedge, noun or owner, a lost hedge or speaker, a quotation nobody made. Where a
        sentence has no marks, only its plainest hedges and speakers are seen.
    """
    words = numbered(text)
    found = [
        *_foreign_numbers(text, sentences),
        *(fault for sentence in sentences for fault in _lost_words(text, sentence)),
        *_lost_figures(text, words, [figure for sentence in sentences for figure in sentence.figures]),
        *_false_quotations(text, sentences),
        *lost_hedges(text, sentences),
        *lost_speakers(text, sentences),
    ]
    return tuple(dict.fromkeys(found))


def level(text: str, sentences: Sequence[Sentence]) -> Level:
    """How far the line's words are from those of the sentences it cites.

    Returns:
        VERBATIM when it stands in one of them as it is (a first capital and a last stop do not count), CUT when its
        words stand in one of them in that order, else REWORDED.
    """
    bare = text.strip().rstrip(".!?…").rstrip()
    forms = (bare, bare[:1].swapcase() + bare[1:])
    if any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", sentence.text) for sentence in sentences for form in forms):
        return Level.VERBATIM
    orders = [WORD.findall(form) for form in forms]
    if any(_in_order(words, WORD.findall(sentence.text)) for sentence in sentences for words in orders):
        return Level.CUT
    return Level.REWORDED


def stands(words: str, text: str) -> bool:
    """Whether `words` stand in `text`, beginning where a word begins ("disarm" stands in "disarming"); case does not count."""
    plain, sought = _plain(text), _plain(words)
    at = plain.find(sought)
    while at > 0 and sought[:1].isalnum() and plain[at - 1].isalnum():
        at = plain.find(sought, at + 1)
    return at >= 0


def required(text: str, sentence: Sentence) -> Iterator[tuple[str, str, str]]:
    """The hedges and attributions that a line citing this sentence must keep, given what it repeats of it.

    Yields:
        ("hedges" or "attributions", the words to keep, the words of the line that call for them).
    """
    for hedge in sentence.hedges:
        if stands(hedge.of, text):
            yield "hedges", hedge.words, hedge.of
    for attribution in sentence.attributions:
        if stands(attribution.of, text):
            yield "attributions", attribution.words, attribution.of


def _foreign_numbers(text: str, sentences: Sequence[Sentence]) -> Iterator[str]:
    known = {word for sentence in sentences for word in numbered(sentence.text) if is_number(word)}
    for written in WORD.findall(text):
        value = number(written)
        if is_number(value) and value not in known:
            yield f"“{written}” is a number that no cited sentence has: take it out, or cite the sentence that has it"


def _lost_words(text: str, sentence: Sentence) -> Iterator[str]:
    for kind, words, of in required(text, sentence):
        if not stands(words, text):
            what = "how surely it is said" if kind == "hedges" else "who says it"
            yield f"“{of}” lost {what}: keep “{words}” (sentence {sentence.number})"


def _lost_figures(text: str, words: tuple[str, ...], figures: Sequence[Figure]) -> Iterator[str]:
    for value in dict.fromkeys(figure.value.casefold() for figure in figures):
        same = [figure for figure in figures if figure.value.casefold() == value]
        for at in _places(numbered(value), words):
            # Two sentences may have the same number for different things: the line must be right about one of them.
            yield from min((_lost(text, words, at, figure) for figure in same), key=len)


def _lost(text: str, words: tuple[str, ...], at: int, figure: Figure) -> tuple[str, ...]:
    found = []
    end = at + len(numbered(figure.value))
    if figure.hedge and not _stands_before(numbered(figure.hedge), words, at):
        hedge = figure.hedge[:1].lower() + figure.hedge[1:]
        found.append(f"“{figure.value}” lost its hedge: write “{hedge} {figure.value}”")
    if stem(numbered(figure.noun)[-1]) not in map(stem, _around(words, at, end)):
        found.append(f"“{figure.value}” lost what it counts: “{figure.noun}” must stand near it")
    if figure.whose and not stands(figure.whose.removeprefix("the "), text):
        found.append(f"“{figure.value}” lost whose figure it is: name {figure.whose}")
    return tuple(found)


def _stands_before(sought: tuple[str, ...], words: tuple[str, ...], at: int) -> bool:
    for start in _places(sought, words):
        between = words[start + len(sought) : at]
        if start + len(sought) <= at and len(between) <= BEFORE and not any(map(is_number, between)):
            return True
    return False


def _around(words: tuple[str, ...], start: int, end: int) -> Iterator[str]:
    """The words near words[start:end], on either side as far as the next number."""
    for side in (words[end : end + NEAR], words[max(0, start - NEAR) : start][::-1]):
        for word in side:
            if is_number(word):
                break
            yield word


def _false_quotations(text: str, sentences: Sequence[Sentence]) -> Iterator[str]:
    for quoted in _QUOTED.findall(text):
        if not any(stands(quoted, said) for sentence in sentences for said in _quotable(sentence)):
            yield f"“{quoted}” is not word for word in a cited sentence: take the quotation marks away, or quote exactly"


def _quotable(sentence: Sentence) -> Sequence[str]:
    # A retelling's sentence has no place in the article's text: only what it quotes itself are the article's words.
    return (sentence.text,) if sentence.end else _QUOTED.findall(sentence.text)


def _in_order(words: Sequence[str], sentence: Sequence[str]) -> bool:
    rest = iter(sentence)
    return all(word in rest for word in words)


def _places(sought: tuple[str, ...], words: tuple[str, ...]) -> Iterator[int]:
    return (at for at in range(len(words) - len(sought) + 1) if words[at : at + len(sought)] == sought)


@lru_cache(maxsize=1_024)
def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())
