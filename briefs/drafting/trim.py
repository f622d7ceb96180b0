"""Shorter forms of a sentence, cut at the borders of its clauses."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import Final

from briefs.article import ModalKind
from briefs.reading import grammar as g
from briefs.reading.line import Line, lines
from briefs.reading.marks import Marks, mark
from briefs.reading.wordlist import words

Span = tuple[int, int]
Part = tuple[Span, ...]  # what goes together

CUTS_MAX: Final = 5  # parts of one sentence that may go; more would be another sentence

_OPENING: Final = re.compile(
    r"^(?:(?:However|Meanwhile|Moreover|Furthermore|Additionally|In addition|Nevertheless|Nonetheless|Separately|Elsewhere|Later|Then"
    r"|Also|Besides|Still|Finally|Instead|Indeed|Therefore|Thus|Afterwards|As a result|In response|At the same time|For example"
    r"|For instance|Similarly|Subsequently|In turn),\s+"
    r"|(?:And|But|So|Yet)\s+(?![^,]{0,60}\b(?:not|only)\b))"
)
_DATELINE: Final = re.compile(r"^[A-Z][^—–-]{1,40}\s(?:—|–|--|-)\s(?=[A-Z“\"])")
_ASIDES: Final = re.compile(
    r",? (?:however|meanwhile|therefore|moreover|nevertheless|nonetheless|for example|for instance|in turn|instead),(?= )"
)
_SETTING: Final = re.compile(r"^(?:In|On|At|During|Over|Since|Last|This|Earlier|Late|Early|Yesterday|Today)\b[^,“\"]{0,45}, (?=[A-Za-z])")
_ROLE_FIRST: Final = re.compile(r"^(?:Its|His|Her|Their) [a-z][\w-]*(?: [a-z][\w-]*){0,3}, (?=[A-Z])")
_BRACKET: Final = re.compile(r"\s*\([^()]*\)|\s*\[\d+\]")
_DASHED: Final = re.compile(r"(?<!\d)\s[–—]\s(?!\d)[^–—;]*(?<!\d)\s[–—](?=\s(?!\d))")
# What may go wherever it stands, each with what stands in every text that has it, which saves the search.
_PHRASES: Final = (
    (("",), _OPENING),
    (("—", "–", "-"), _DATELINE),
    ((",",), _ASIDES),
    (("(", "["), _BRACKET),
    (("—", "–"), _DASHED),
)
_RELATIVES: Final = words("which who whose where whom")
_SUBORDINATORS: Final = words("as after while when since before amid following")
_NEVER: Final = words("but although though despite however unless if until only according whether except not nor because so")
_POINTING: Final = words("this that these those some others one its their and")
_TURNS: Final = _NEVER | g.PRONOUNS | _POINTING
_ARTICLES: Final = words("a an the one his its their her")
_OPEN_ENDS: Final = words("and or nor but of to for by with from into than as that which who whose the a an its their his her most more")
_PAIRS: Final = (("both", "and"), ("either", "or"), ("neither", "nor"), ("between", "and"))
_IN_TURN: Final = (("first", "then"), ("initially", "then"), ("once", "twice"))  # where one stays, the other does
_TOLL: Final = re.compile(r"\b(?:kill|wound|injur|dead|death|died|dying|casualt|missing)", re.IGNORECASE)
_ALLOWING: Final = frozenset({ModalKind.MAY, ModalKind.ALLOWS, ModalKind.SHOULD})
_BOUNDS: Final = re.compile(r"[ ,]*(?:in|at|on|only|for|during|within|inside|outside|near|from|to|under|without|unless|when|while|as)\b")
_PLACING: Final = words("in at on over near during around outside throughout across")
_HOLDING: Final = words("just only such even as so known soon long")
_JOINS: Final = words("and while with")
_TIMES: Final = words("after as while when following amid")
_NEAR: Final = 6  # words after a relative pronoun within which its clause cannot be cut short
_ENDED: Final = (".", "!", "?", ".”", '."', "!”", '!"', "?”", '?"', "…")
_LEAST: Final = 5  # words a line has


def cuts(text: str, words_max: int) -> Iterator[str]:
    """A sentence whole, then with parts left out that can go by themselves.

    The longest forms of at most `words_max` words come first, then longer ones, the shortest first.

    No part is offered that has words of somebody's telling, a condition, or half of a quotation.
    """
    seen = mark(text)
    parts = _separate([part for part in _parts(text, seen, words_max) if all(may_go(text, span, seen) for span in part)])
    forms = {text: None}
    for count in range(1, len(parts) + 1):
        for chosen in combinations(parts, count):
            spans = sorted(span for part in chosen for span in part)
            if all(a[1] <= b[0] for a, b in pairwise(spans)):
                forms[without(text, spans)] = None
    forms = {form: None for form in forms if form == text or (is_complete(form) and keeps_pairs(form, text))}
    forms = {form: None for form in forms if not begins_with_place(form)} or forms
    fitting = [form for form in forms if _LEAST <= len(form.split()) <= words_max]
    longer = [form for form in forms if len(form.split()) > words_max]
    yield from sorted(fitting, key=lambda form: -len(form.split()))
    yield from sorted(longer, key=lambda form: len(form.split()))


def begins_with_place(text: str) -> bool:
    """Whether a dateline stands before the sentence ("Teslin — The council …")."""
    return bool(_DATELINE.match(text))


def _begins_clause(rest: str) -> bool:
    """Whether a verb comes before the next comma, so that what begins here is no apposition."""
    return any(g.is_finite(word.casefold()) for word in rest.partition(",")[0].split()[1:])


def is_complete(form: str) -> bool:
    """Whether a form neither ends in the middle of a phrase ("published by.") nor has but the first half of a pair ("both …")."""
    low = [word.strip(".,;:!?\"'“”‘’()").casefold() for word in form.split()]
    if not low or low[-1] in _OPEN_ENDS:
        return False
    return all(second in low[low.index(first) :] for first, second in _PAIRS if first in low)


def keeps_pairs(form: str, text: str) -> bool:
    """Whether no "and" went that may be the second half of a "both" or "between" which stays."""
    low, whole = form.casefold().split(), text.casefold().split()
    paired = all(first not in low or low.count(second) == whole.count(second) for first, second in _PAIRS)
    return paired and all(not (first in low and second in whole) or second in low for first, second in _IN_TURN)


def _separate(parts: Sequence[Part]) -> list[Part]:
    """At most `CUTS_MAX`, in reading order; the later ones count more: a sentence says first what matters."""
    return sorted(sorted(set(parts), key=lambda part: -part[-1][1])[:CUTS_MAX])


def _parts(text: str, seen: Marks, words_max: int) -> Iterator[Part]:
    for hints, pattern in _PHRASES:
        if any(map(text.__contains__, hints)):
            yield from ((match.span(),) for match in pattern.finditer(text))
    if len(text.split()) > words_max:
        yield from ((match.span(),) for match in _SETTING.finditer(text) if _begins_clause(text[match.end() :]))
    if match := _ROLE_FIRST.match(text):
        closing = text.find(",", match.end())
        yield (match.span(),) if closing < 0 else (match.span(), (closing, closing + 1))
    around = lines(text, seen.quotes)
    if around:
        yield from ((span,) for span in _at_commas(around[0]))
        if len(text.split()) > words_max:
            yield from ((span,) for span in _settings(around[0]))


def _at_commas(line: Line) -> Iterator[Span]:
    commas = [at for at in range(1, len(line) - 1) if line.at(at) == ","]
    last = len(line) - 1 if line.at(len(line) - 1) in {".", "!", "?"} else len(line)
    for number, at in enumerate(commas):
        after = line.at(at + 1)
        if after in _NEVER or line.at(at - 1) in {"and", "or"}:
            continue
        closing = next((c for c in commas[number + 1 :] if _goes_on(line, c)), None)
        if (after in _ARTICLES or _is_name(line, at)) and closing is not None and _is_setting(line, at):
            continue
        if (after in _RELATIVES or after in _ARTICLES or _is_name(line, at)) and closing is not None:
            yield line.starts[at], line.ends[closing]
        whole = after in _RELATIVES and closing is not None
        if not whole and (
            after in _RELATIVES
            or after in _SUBORDINATORS
            or _is_participle(line, at + 1)
            or joins_clause(line, at + 1)
            or after == "including"
        ):
            yield line.starts[at], line.ends[last - 1]
            later = next((c for c in commas[number + 1 :] if line.at(c + 1) in {"and", "as", "while"}), None)
            if later is not None:
                yield line.starts[at], line.ends[later - 1]
        elif (
            after in _ARTICLES
            and line.at(at - 2) not in {"and", "or"}
            and not g.is_adverb(line.at(at - 1))
            and closing is None
            and not any(c > at for c in commas)
            and not _has_verb(line, at + 1, last)
        ):
            yield line.starts[at], line.ends[last - 1]
    semicolons = [at for at in range(1, last) if line.at(at) == ";"]
    # Several are a list of equals, and "; this …" turns to what was said before: half of either misleads.
    if len(semicolons) == 1 and line.at(semicolons[0] + 1) not in _TURNS:
        yield line.starts[semicolons[0]], line.ends[last - 1]
    yield from _joined(line, last)


def _is_setting(line: Line, comma: int) -> bool:
    """Whether what stands before a comma only says where, when or according to whom, so that the subject comes after it."""
    begins = max((at + 1 for at in range(comma) if line.at(at) == ","), default=0)
    opens = line.at(begins) in g.PREPOSITIONS or line.at(begins) == "according"
    return opens and not any(g.is_finite(line.at(at)) and not line.capital(at) for at in range(1, comma))


def _joined(line: Line, last: int) -> Iterator[Span]:
    """A time clause after the main clause, without a comma between them."""
    for at in range(_LEAST + 1, last - 3):
        loose = line.at(at - 1) in g.STOPS or line.at(at - 1) in _HOLDING
        if line.at(at) in _TIMES and not loose and not _within_aside(line, at):
            yield line.starts[at], line.ends[last - 1]


def _settings(line: Line) -> Iterator[Span]:
    """Where and when at the end of a sentence that is too long: the last phrases that begin with "in", "at" and the like."""
    last = len(line) - 1 if line.at(len(line) - 1) in {".", "!"} else len(line)
    for at in range(last - 2, _LEAST, -1):
        if line.at(at) in g.STOPS or (g.is_finite(line.at(at)) and not line.capital(at)):
            return
        before = line.at(at - 1)
        if line.at(at) in _PLACING and before not in g.SMALL and not g.is_finite(before) and not before.endswith(("ing", "ed", "ly")):
            yield line.starts[at], line.ends[last - 1]


def _within_aside(line: Line, at: int) -> bool:
    """Whether the clause before the word, from its comma or relative pronoun on, is too short to be left alone."""
    for before in range(at - 1, max(-1, at - _NEAR), -1):
        if line.at(before) == "," or line.at(before) in _RELATIVES or line.at(before) == "that":
            return True
    return False


def _goes_on(line: Line, comma: int) -> bool:
    """Whether the main clause goes on after a comma: its verb comes next."""
    return g.is_finite(line.at(comma + 1)) or (g.is_adverb(line.at(comma + 1)) and g.is_finite(line.at(comma + 2)))


def _is_name(line: Line, comma: int) -> bool:
    return line.capital(comma + 1) and line.capital(comma - 1)


def _is_participle(line: Line, at: int) -> bool:
    word = line.at(at)
    return (
        word.endswith("ing")
        and word not in {"according", "saying", "adding", "including", "noting", "during", "regarding"}
        and len(word) > 4
    )


def joins_clause(line: Line, at: int) -> bool:
    """Whether a clause of its own begins with the word, and not the last part of a list."""
    if line.at(at) not in _JOINS or "," in line.low[max(0, at - 5) : at - 1]:
        return False
    verb = next((n for n in range(at + 2, min(len(line), at + 12)) if g.is_finite(line.at(n)) and not line.capital(n)), None)
    return verb is not None and "," not in line.low[at:verb]


def _has_verb(line: Line, start: int, end: int) -> bool:
    return any(g.is_finite(line.at(at)) for at in range(start, end))


def may_go(text: str, span: Span, seen: Marks) -> bool:
    """Whether the part can go by itself.

    It has no words of somebody's telling, no condition, no hedge of what stays, no half of a quotation; it does not tell of
    dead and wounded, nor where or how something is allowed that would then be allowed everywhere.
    """
    start, end = span
    if start and _TOLL.search(text, start, end):
        return False
    if _BOUNDS.match(text, start) and any(modal.kind in _ALLOWING and modal.end <= start for modal in seen.modals):
        return False

    def inside(one: int) -> bool:
        return start <= one < end

    for quote in seen.quotes:
        if inside(quote.start) != inside(quote.end - 1):
            return False
    for said in seen.attributions:
        tells = inside(text.find(said.cue)) if said.cue else False
        if tells and not (inside(said.start) and said.end <= end + 2):
            return False
    opening = text[start:end].lstrip(" ,").split(" ", 2)[:2]
    if any(modal.kind is ModalKind.CONDITION and inside(modal.start) and modal.words.split()[0] in opening for modal in seen.modals):
        return False
    return not any(inside(hedge.start) and not (hedge.of and hedge.of in text[start:end]) for hedge in seen.hedges)


def without(text: str, spans: Sequence[Span]) -> str:
    """The text without those parts, which are in reading order and apart, with its capital and its stop put right."""
    left = ""
    at = 0
    for start, end in spans:
        left += text[at:start]
        at = end
        if left and not left.endswith((" ", "“", '"')) and text[end : end + 1].isalnum():
            left += " "
    left += text[at:]
    left = re.sub(r"\s+([,.;:!?])", r"\1", re.sub(r"\s{2,}", " ", left)).strip(" ,;–—")
    left = re.sub(r",([.!?])", r"\1", left)
    ended = left if left.endswith(_ENDED) else f"{left}."
    return ended[:1].upper() + ended[1:] if spans and spans[0][0] == 0 else ended
