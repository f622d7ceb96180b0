"""What an article itself says of its names: that two are one ("the Aid Fund (AF)"), or that two are not ("a separate group from")."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from briefs.entity import Kind, Mention
from briefs.folding import fold
from briefs.reading.places import key, places
from briefs.reading.scope import lowered

_CUE: Final = re.compile(  # of a sentence in small letters, as the next one
    r"\b(?:(?:separate|different|distinct)(?: \w+){0,2} (?:from|to|than)|(?:not |n[o’']t )(?:to )?be confused with"
    r"|not the same(?: \w+){0,2} as"
    r"|unrelated to|not related to|no relation (?:to|of)|not (?:directly )?(?:affiliated|associated|connected) (?:with|to)"
    r"|no (?:connection|link|links|ties|relationship) (?:to|with)|independent (?:from|of))\b"
)
_BOTH: Final = re.compile(r"\b(?:are|were) (?:unrelated|not related|not connected|not the same|(?:two )?(?:separate|different|distinct))\b")
_REACH: Final = 90  # characters between a cue and the name it speaks of
_BREAK: Final = re.compile(r"[.;:!?]\s|,\s(?:but|and|which|who)\b")
_BRACKET: Final = re.compile(r"\s?[(\[]$")
_POINTS_BACK: Final = re.compile(
    r"^\W*(?:It|They|He|She|This|That|The (?:group|party|company|organi[sz]ation|militia|movement|town|city|man|woman|two))\b"
)


@dataclass(frozen=True, slots=True)
class Edge:
    """Two mentions that a sentence keeps apart.

    Args:
        one, other: places in the list of mentions.
        sentence: the number of the sentence that says so.
        words: the words it says it with.
    """

    one: int
    other: int
    sentence: int
    words: str


def defined(sentences: Sequence[str], mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Pairs of mentions that an article makes one: a name, and in brackets after it the letters it is shortened to."""
    for number, (one, other) in enumerate(pairwise(mentions)):
        text = sentences[one.sentence - 1]
        if (
            one.sentence != other.sentence
            or not _BRACKET.fullmatch(text[one.end : other.start])
            or text[other.end : other.end + 1] not in {")", "]"}
        ):
            continue
        short, long = sorted((one.text, other.text), key=len)
        letters = fold(short).replace(" ", "")
        if short.isupper() and " " in long and _are_in_order(letters, fold(long)):
            yield number, number + 1


def _are_in_order(letters: str, name: str) -> bool:
    """Whether a name has all the letters in order, beginning with its own first one."""
    rest = iter(name.replace(" ", ""))
    return name[:1] == letters[:1] and all(letter in rest for letter in letters)


def kept_apart(sentences: Sequence[str], mentions: Sequence[Mention]) -> Iterator[Edge]:
    """Pairs of mentions that a sentence says are two things; nothing where it is not sure which two are meant."""
    by_sentence: dict[int, list[int]] = {}
    for number, mention in enumerate(mentions):
        if not _describes(mention):
            by_sentence.setdefault(mention.sentence, []).append(number)
    for sentence, here in by_sentence.items():
        text = sentences[sentence - 1]
        low = lowered(text)
        for cue in _CUE.finditer(low):
            other = _after(text, cue.end(), here, mentions)
            one = _meant(text, cue.start(), other, here, by_sentence.get(sentence - 1, []), mentions) if other is not None else None
            if one is not None and other is not None:
                yield Edge(one, other, sentence, text[cue.start() : cue.end()])
        for cue in _BOTH.finditer(low):
            before = [n for n in here if mentions[n].end <= cue.start()]
            if len(before) == 2 and re.fullmatch(r"\W*and (?:the )?", text[mentions[before[0]].end : mentions[before[1]].start]):
                yield Edge(before[0], before[1], sentence, text[cue.start() : cue.end()])


def _describes(mention: Mention) -> bool:
    return mention.kind is Kind.PLACE and bool(places().country_of(mention.text))


def _after(text: str, at: int, here: Sequence[int], mentions: Sequence[Mention]) -> int | None:
    """The first name after a cue, in the same clause."""
    for number in here:
        start = mentions[number].start
        if start >= at:
            return number if start - at <= _REACH and not _BREAK.search(text[at:start]) else None
    return None


def _meant(text: str, at: int, other: int, here: Sequence[int], before: Sequence[int], mentions: Sequence[Mention]) -> int | None:
    """What is kept apart from `other`: a look-alike in the sentence or, after "It is", in the one before; else the only name."""
    for candidates in (
        [n for n in here if mentions[n].end <= at],
        list(before) if _POINTS_BACK.match(text) else [],
    ):
        fitting = [n for n in candidates if key(mentions[n].text) != key(mentions[other].text) and _can_be(mentions[n], mentions[other])]
        alike = [n for n in fitting if _share_a_word(mentions[n], mentions[other])]
        if alike:
            return alike[-1]
        if len({key(mentions[n].text) for n in fitting}) == 1:
            return fitting[-1]
    return None


def _can_be(one: Mention, other: Mention) -> bool:
    return one.kind is other.kind or one.kind is None or other.kind is None


def _share_a_word(one: Mention, other: Mention) -> bool:
    return bool(set(key(one.text).split()) & set(key(other.text).split()))
