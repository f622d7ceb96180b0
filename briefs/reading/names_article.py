"""What the whole article tells of its names: which capitals at the head of a sentence are names, and of what kind a name is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from briefs.reading.equivalents import equivalents
from briefs.reading.given_names import given_names
from briefs.reading.names_pieces import Piece, is_headline
from briefs.reading.names_runs import Run, runs
from briefs.reading.names_split import Found, split_run
from briefs.reading.names_words import (
    ALSO_IN_NAMES,
    MONTHS_AND_DAYS,
    OPENERS,
    ORGANISATION_WORDS,
    OTHER_WORDS,
    PEOPLES,
    PLACE_WORDS,
    SMALL,
    SPEAKING,
)
from briefs.reading.places import key, places
from briefs.reading.titles import HONORIFICS, NAME_TITLES, OFFICES, PORTFOLIOS, ROLES

_LIKE_OPENERS: Final = ("ing", "ed", "ly", "ers", "ists", "ments", "tions", "ties")
_RANKS: Final = (OFFICES | ROLES | HONORIFICS.keys()) - NAME_TITLES
_ROMAN: Final = re.compile(r"[IVXL]{2,}")
_COMMON: Final = OPENERS | PEOPLES | ORGANISATION_WORDS | OTHER_WORDS | PLACE_WORDS | ALSO_IN_NAMES
_CAPITALS: Final = (
    OPENERS | SMALL | frozenset({"vip", "dna", "tv", "pm", "ceo", "cfo", "mp", "dj", "id", "ok", "phd", "covid", "hiv", "aids", "gdp"})
)
_CURRENCIES: Final = frozenset("$€£¥")
_NEVER_ALONE: Final = OPENERS | _RANKS
_BEFORE_NAMES: Final = _RANKS | PORTFOLIOS | NAME_TITLES
_LONGEST: Final = 6  # words of a name looked for in a headline


@dataclass(slots=True)
class Seen:
    """What was seen in an article.

    Args:
        middle: names, folded, that stand with a capital where nothing but being a name asks for one.
        words: words of longer names among them.
        small: words that stand without a capital somewhere.
        people: full names, folded, that begin with a given name.
        names: for each sentence the names in each of its runs.
    """

    middle: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    small: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    names: list[dict[Run, tuple[Found, ...]]] = field(default_factory=list)

    def is_name(self, name: Found, sentence: Sequence[Piece]) -> bool:
        """Whether a name is one: those at the head of a sentence need more than their capital."""
        start, end = name.pieces
        piece = sentence[start]
        if end - start > 1:
            return True
        if _is_no_name(name, sentence):
            return False
        if len(piece.text) == 1:
            return not piece.first and piece.text not in {"I", "A"} and (end >= len(sentence) or sentence[end].text != ".")
        return piece.bound or not piece.first or self._has_evidence(name, sentence)

    def _has_evidence(self, name: Found, sentence: Sequence[Piece]) -> bool:
        piece = sentence[name.pieces[0]]
        after = sentence[name.pieces[1]].folded if name.pieces[1] < len(sentence) else ""
        if piece.folded in OPENERS and not piece.text.isupper():
            return False
        if (
            name.kind
            or name.sure
            or piece.folded in self.middle
            or piece.folded in PEOPLES
            or (piece.text.isupper() and len(piece.text) > 1)
        ):
            return True
        if piece.folded in self.small or piece.folded.endswith(_LIKE_OPENERS):
            return False
        has_verb = after in SPEAKING or after == "s"
        return piece.folded in self.words or piece.folded in given_names() or (has_verb and not piece.folded.endswith("s"))

    def known_runs(self, sentence: Sequence[Piece]) -> Iterator[Run]:
        """The names in a headline: only those the article or a table knows."""
        at = 0
        while at < len(sentence):
            size = next((n for n in range(min(_LONGEST, len(sentence) - at), 0, -1) if self._knows(sentence[at : at + n])), 0)
            if size:
                yield at, at + size
            at += size or 1

    def _knows(self, run: Sequence[Piece]) -> bool:
        if not (run[0].capital and run[-1].capital) or any(not piece.gap for piece in run[1:]):
            return False
        name = " ".join(piece.folded for piece in run)
        if len(run) == 1 and run[0].folded in _NEVER_ALONE:
            return False
        text = " ".join(piece.text for piece in run)
        table = places()
        return bool(name in self.middle or table.find(text) or table.country_of(text) or equivalents().main(None, key(text)))


def _is_no_name(name: Found, sentence: Sequence[Piece]) -> bool:
    """Whether one capitalised word is an office, a number, a currency, a month, or a word shouted."""
    start, end = name.pieces
    piece = sentence[start]
    if piece.folded in MONTHS_AND_DAYS or _ROMAN.fullmatch(piece.text) or _is_office(sentence, start):
        return True
    if piece.folded in _RANKS and not name.sure:
        return True
    is_shouted = piece.text.isupper() and len(piece.text) > 1 and not name.kind and piece.folded in _CAPITALS
    return is_shouted or (end < len(sentence) and sentence[end].text in _CURRENCIES)


def _is_office(sentence: Sequence[Piece], at: int) -> bool:
    """Whether a word is the last of an office: the "State" of "the Secretary of State"."""
    return at > 1 and sentence[at].folded in PORTFOLIOS and sentence[at - 1].folded in {"of", "for"} and sentence[at - 2].folded in OFFICES


def survey(texts: Sequence[str], article: Sequence[Sequence[Piece]]) -> Seen:
    """See which words stand with a capital within sentences, and which without one."""
    seen = Seen()
    for text, sentence in zip(texts, article, strict=True):
        seen.small.update(piece.folded for piece in sentence if not piece.capital)
        here = {} if is_headline(sentence) else {run: tuple(split_run(sentence, text, run)) for run in runs(sentence)}
        seen.names.append(here)
        for name in (name for names in here.values() for name in names):
            start, end = name.pieces
            words = [piece.folded for piece in sentence[start:end]]
            if not sentence[start].first or name.sure:
                seen.middle.add(" ".join(words))
            if len(words) > 1:
                seen.words.update(words)
                if words[0] in given_names() and words[-1] not in ORGANISATION_WORDS:
                    seen.people.add(" ".join(words))
    return seen


def trusted(sentence: Sequence[Piece], run: Run, seen: Seen) -> Run:
    """The run without a first word that only opens its sentence: "Citing Interfax" is "Interfax"."""
    start, end = run
    first = sentence[start]
    if end - start > 2 and first.folded not in given_names() and " ".join(p.folded for p in sentence[start + 1 : end]) in seen.people:
        return start + 1, end
    if not first.first or end - start == 1 or first.bound or (first.text.isupper() and len(first.text) > 1):
        return run
    whole = " ".join(piece.folded for piece in sentence[start:end])
    rest = " ".join(piece.folded for piece in sentence[start + 1 : end])
    if whole in seen.middle or first.folded in given_names() or first.folded in _BEFORE_NAMES:
        return run
    table = places()
    text = " ".join(piece.text for piece in sentence[start + 1 : end])
    rest_is_name = rest in seen.middle or table.find(text) or table.country_of(text)
    opens = first.folded in OPENERS or first.folded in seen.small or first.folded.endswith(("ing", "ly"))
    return (start + 1, end) if opens and rest_is_name else run
