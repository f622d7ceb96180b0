"""Hedges and speakers that are plain to see in a sentence nobody has marked; a doubtful one is let through."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from briefs.article import Sentence
from briefs.drafting.words import WORD, is_number, numbered, stem

NEAR: Final = 5  # words around a number in which a line may keep its hedge
SMALL: Final = 12  # up to here "about", "over" and their like are more often no hedges: "a row over two seats"
CLAUSE_WORDS_MIN: Final = 2  # content words of a reported clause; fewer tell nothing
SPEAKER_WORDS_MAX: Final = 7

# How a hedge is written before its number, and what else in a line keeps it.
_KINDS: Final = (
    (
        ("estimated", "nearly", "almost", "roughly", "approximately", "about", "around", "some"),
        ("circa", "estimate", "estimates", "close to", "just under", "or so", "up to", "as many as", "fewer than", "less than"),
    ),
    (("more than", "at least", "over"), ("above", "exceeding", "exceeds", "or more", "upwards of", "no fewer than", "not less than")),
    (
        ("fewer than", "less than", "as many as", "up to"),
        ("under", "below", "at most", "or fewer", "or less", "no more than", "nearly", "almost"),
    ),
)
_DOUBTFUL: Final = frozenset(("about", "around", "some", "over", "up to"))
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_SPEAKS: Final = "said|says|say|reported|reports"
_LAST: Final = re.compile(
    rf"(?P<clause>[^;]+),[”\"’]? (?P<cue>according to (?P<of>[^,;]+?)|(?P<who>[^,;“”]+) (?:{_SPEAKS})|said (?P<by>[^,;]+?))\.?"
)
_FIRST: Final = re.compile(
    r"(?P<cue>According to (?P<of>[^,;]+)), (?P<clause>[^;]+)|(?P<said>(?P<who>[^,;“”]+) (?:said|says|say)) that (?P<clause2>[^;]+)"
)
_NO_SPEAKER: Final = frozenset(("who", "which", "that", "what", "if", "when", "as", "not", "never", "no", "nobody"))
_CUES: Final = frozenset(
    numbered(
        "said says say saying according report reports reported reportedly told tells claim claims claimed stated states announced "
        "announces added wrote writes insists insisted argued argues alleged allegedly quoted confirmed warned believe believes"
    )
)
_SMALL_WORDS: Final = frozenset(
    numbered("that this these those with from have been were will would than they them their there into also when which")
)


def lost_hedges(text: str, sentences: Sequence[Sentence]) -> Iterator[str]:
    """Numbers of the line whose hedge, right before them in every sentence that has them, is gone."""
    line = numbered(text)
    for at, value in enumerate(line):
        found = [hedge for sentence in sentences for hedge in _hedges(value, sentence)]
        if not is_number(value) or not found or None in found:
            continue
        near = _around(line, at)
        if not any(f" {words} " in near for hedge in found for kind in _KINDS if hedge in kind[0] for words in (*kind[0], *kind[1])):
            yield f"“{value}” lost its hedge: “{found[0]}” stands before it in the sentence"


def lost_speakers(text: str, sentences: Sequence[Sentence]) -> Iterator[str]:
    """Sentences that are one reported clause, told again without whoever says it."""
    line = set(map(stem, numbered(text)))
    if line & set(map(stem, _CUES)):
        return
    for sentence in sentences:
        clause, cue = _reported(sentence)
        content = _content(clause)
        if len(content) < CLAUSE_WORDS_MIN or 2 * len(content & line) < len(content):
            continue
        if not (_content(cue) - content) & line:
            yield f"the line drops who says it: keep “{cue}” (sentence {sentence.number})"


def _hedges(value: str, sentence: Sentence) -> Iterator[str | None]:
    """The hedge before each place of the number in the sentence; None where none stands, or the number has been marked."""
    words = numbered(sentence.text)
    marked = {number for figure in sentence.figures for number in numbered(figure.value)}
    for at, word in enumerate(words):
        if word == value:
            yield None if value in marked or _YEAR.fullmatch(value) else _hedge(words[:at], value)


def _hedge(before: tuple[str, ...], value: str) -> str | None:
    for hedges, _ in _KINDS:
        for hedge in hedges:
            length = len(hedge.split())
            if " ".join(before[-length:]) != hedge or before[-length - 1 : -length] in (("no",), ("not",)):
                continue
            if hedge not in _DOUBTFUL or (value.isdecimal() and int(value) > SMALL):
                return hedge
    return None


def _around(words: tuple[str, ...], at: int) -> str:
    """The words around words[at], on either side as far as the next number, blanks around each."""
    before, after = words[max(0, at - NEAR) : at], words[at + 1 : at + 1 + NEAR]
    start = max((i + 1 for i, word in enumerate(before) if is_number(word)), default=0)
    end = next((i for i, word in enumerate(after) if is_number(word)), len(after))
    return f" {' '.join((*before[start:], '0', *after[:end]))} "


def _reported(sentence: Sentence) -> tuple[str, str]:
    """The reported clause and the words that say whose it is; empty where the sentence is more, or has been marked."""
    match = None if sentence.attributions else _LAST.fullmatch(sentence.text) or _FIRST.fullmatch(sentence.text)
    if match is None:
        return "", ""
    groups = match.groupdict()
    who = WORD.findall(next(filter(None, map(groups.get, ("of", "who", "by")))).casefold())
    if len(who) > SPEAKER_WORDS_MAX or _NO_SPEAKER & set(who):
        return "", ""
    return groups["clause"] or groups.get("clause2") or "", groups["cue"] or groups.get("said") or ""


def _content(text: str) -> set[str]:
    return {stem(word) for word in numbered(text) if len(word) > len("and") and word not in _SMALL_WORDS}
