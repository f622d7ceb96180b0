"""Forms of a sentence short enough for a headline: its setting, its asides and its last phrases left out."""

import re
from collections.abc import Iterator
from typing import Final

from briefs.article import ModalKind
from briefs.drafting.trim import is_complete, joins_clause, keeps_pairs, may_go, without
from briefs.reading import grammar as g
from briefs.reading.line import Line, lines
from briefs.reading.marks import Marks, mark
from briefs.reading.wordlist import words

Span = tuple[int, int]

LEAST: Final = 5  # words of a form
HELD: Final = 8  # words after "first" or "only" that may be what it is said of
COST: Final = 3  # words that a weak border is worth: what a phrase with "for" says belongs more to its noun than where it was

_FRONT: Final = re.compile(
    r"^(?:(?:In|On|At|During|Over|Since|While|As|After|Following|With|Amid|Before|When)\b[^“”\"]{3,160}?|Yesterday|Today|Earlier)"
    r"(?:, [^,“”\"]{3,60})?, (?=[A-Za-z])"
)
_TELLING: Final = re.compile(r", (?:according to [^,;“”\"]+|[^,;“”\"]{2,50} (?:says?|said|reported|reports))\.?$")
_HOPING: Final = re.compile(
    r"in (?:the hopes? of|order to|an? (?:effort|bid|attempt) to)\b"
    r"|at the (?:end|conclusion|close|start|beginning) of\b"
)
_AGE: Final = re.compile(r", \d{1,3},(?= [a-z])")
_ASIDE: Final = re.compile(
    r", (?:\d{1,3}, )?(?:(?:of|from|near|in) [^,“”\"]{2,60}(?:, [A-Z][\w-]*)?|(?:like|who|which|whose|an?|the)\b[^,“”\"]{2,90}),(?= [a-z])"
)
_FROM: Final = re.compile(r" from [A-Z][\w-]*(?:, [A-Z][\w-]*,?)?(?= (?:is|are|was|were|has|have)\b)")
_LONG_SOURCE: Final = re.compile(r"^An? (?:[a-z-]+ ){1,4}?[a-z]+(?P<source> (?:from|at) the [A-Z][^,“”\"]{20,200}?)(?= (?:has|have) )")
_INITIALS: Final = re.compile(r"(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)+) \((?P<initials>[A-Z]{2,6})\)")
_STRONG: Final = words("in at on near during after as while following amid since outside throughout across before aboard")
_WEAK: Final = words("for from by")
_BORDERS: Final = _STRONG | _WEAK
_WHEN: Final = words("after as while following amid during by")  # what may follow a passive
_TIED: Final = words(
    """
    rise fall increase decrease drop cut interest role part decline change stake belief growth confidence ban attack attacks effect
    effects war tax taxes focus step such known so long soon just only even as well far same most least more less need call calls
    demand demands reason vote bid plan search support responsible responsibility away apart up out back off down aware afraid tired
    interested able ready forced
    """
)
_HOLDING: Final = words("first last only second third few fewer never every any more less least than most no without unless if")
_INSTEAD: Final = words("place lieu favour favor exchange return response")
_POINTING: Final = words("this that these those")
_POINT_BACK: Final = g.PRONOUNS | _POINTING
_SUBORDINATE: Final = words("that which who whose where whether how why what")


def shorter(text: str, most: int) -> list[str]:
    """Forms of at most `most` words, the best first: long, and cut at a border where little is lost.

    No form drops words of somebody's telling, a condition or half of a quotation; under a negation or after "the first" nothing
    that says where, when or why is left out, since it may be what the sentence is about.
    """
    found: dict[str, int] = {}
    bases = list(_bases(text))
    for base in reversed(bases):
        for form, cost in _endings(base):
            if form != text and LEAST <= len(form.split()) <= most and is_complete(form) and keeps_pairs(form, text):
                found.setdefault(form, cost + (base != bases[-1]))
    return sorted(found, key=lambda form: (COST * found[form] - len(form.split()), form))


def with_initials(text: str) -> str:
    """The sentence with a name left out right before its initials in brackets: "Suland Morning News (SMN)" is "SMN"."""

    def initials(match: re.Match[str]) -> str:
        words_of = match["name"].split()
        long = len(match["initials"])
        spelt = "".join(word[0] for word in words_of[-long:])
        return " ".join([*words_of[:-long], match["initials"]]) if spelt == match["initials"] else match[0]

    return _INITIALS.sub(initials, text)


def without_source(text: str) -> Iterator[str]:
    """The sentence without the long list of houses its subject comes from ("A team [from the University of …] has found")."""
    if match := _LONG_SOURCE.match(text):
        yield without(text, [match.span("source")])


def _bases(text: str) -> Iterator[str]:
    seen = mark(text)
    fronts = [match.span() for match in [_FRONT.match(text)] if match and _begins_clause(text[match.end() :])]
    sides = [match.span() for pattern in (_AGE, _ASIDE, _FROM) for match in pattern.finditer(text)]
    sides = sorted((span for span in sides if span[0] >= (fronts[0][1] if fronts else 0)), key=lambda span: (span[0], -span[1]))
    apart: list[Span] = []
    for span in sides:
        if (not apart or apart[-1][1] <= span[0]) and may_go(text, span, seen):
            apart.append(span)
    front = [span for span in fronts if may_go(text, span, seen)]
    yield without(text, front)
    if apart:
        yield without(text, [*front, *apart])


def _begins_clause(rest: str) -> bool:
    head = rest.partition(",")[0].split()
    return any(g.is_finite(word.casefold()) for word in head[1:])


def _endings(text: str) -> Iterator[tuple[str, int]]:
    """The text and its beginnings, each with what its border costs."""
    yield text, 0
    seen = mark(text)
    around = lines(text, seen.quotes)
    if not around:
        return
    line = around[0]
    last = len(line) - 1 if line.at(len(line) - 1) in {".", "!"} else len(line)
    telling = _TELLING.search(text)
    end = telling.start() if telling else line.ends[last - 1]
    opening = _FRONT.match(text)
    turns = [at for at in range(last) if line.at(at) == ";" and not _ends_clause(line, at)]
    for at in range(line.index_at(opening.end()) + 2 if opening else LEAST, last):
        if any(turn > at for turn in turns):
            continue  # half of a comparison, or of a list of equals, misleads
        if (cost := _cost(line, at, seen)) is None or not _says_whole(line, at) or line.starts[at] >= end:
            continue
        span = (line.starts[at], end)
        if may_go(text, span, seen):
            yield without(text, [span]), cost


def _cost(line: Line, at: int, seen: Marks) -> int | None:
    """What is lost where the sentence ends before that word; None where it may not."""
    word = line.at(at)
    if word in {",", ";"}:
        return 0 if _ends_clause(line, at) else None
    if word == "that" and line.capital(at - 1) and not line.capital(at):
        return 1
    # "And was …" is a second predicate of the same subject.
    if (hoping := bool(_HOPING.match(line.text, line.starts[at]))) or (word == "and" and line.at(at + 1) in g.AUXILIARIES):
        return 0 if hoping else 1
    if word not in _BORDERS or _is_tied(line, at) or _is_held(line, at, seen):
        return None
    before = line.at(at - 1)
    if g.is_finite(before) or before.endswith(("ing", "ed", "ly")):
        passive = before.endswith("ed") and any(low in g.BE for low in line.low[max(0, at - 3) : at - 1])
        return 0 if passive and word in _WHEN else None
    return 0 if word in _STRONG else 1


def _ends_clause(line: Line, at: int) -> bool:
    """Whether a clause ends at a comma or semicolon, so that what follows is no part of a list and turns nothing."""
    if line.at(at) == "," and _within_list(line, at):
        return False
    if line.at(at) == ";" and (line.low.count(";") > 1 or line.at(at + 1) in _POINT_BACK):
        return False
    return joins_clause(line, at + 1) or line.at(at + 1) not in {"and", "or", "but", "if", "unless"}


def _is_tied(line: Line, at: int) -> bool:
    """Whether the phrase belongs to the word before it ("a rise in"), or is itself the news ("for the first time")."""
    before = line.at(at - 1)
    if before in _TIED or before in g.SMALL or before in g.STOPS or before in g.CONJUNCTIONS:
        return True
    if line.at(at) == "in" and line.at(at + 1) in _INSTEAD:
        return True
    return line.at(at + 1) == "the" and line.at(at + 2) in _HOLDING


def _is_held(line: Line, at: int, seen: Marks) -> bool:
    """Whether a negation, a condition or a superlative before it may be said of the phrase alone."""
    if any(negation.start < line.starts[at] for negation in seen.negations):
        return True
    if any(modal.kind is ModalKind.CONDITION for modal in seen.modals):
        return True
    near = range(max(0, at - HELD), at)
    holding = any((line.at(n) in _HOLDING or line.at(n).endswith("est")) and not g.is_time(line.at(n + 1)) for n in near)
    return holding and not g.is_time(line.at(at - 1))


def _within_list(line: Line, comma: int) -> bool:
    """Whether a name or a noun or two stand between this comma and the next one, or an "and": the border would cut a list in half."""
    if line.at(comma + 1).endswith("ing") or line.at(comma + 1) in _SUBORDINATE:
        return False
    after = next((at for at in range(comma + 1, min(len(line), comma + 5)) if line.at(at) in {",", "and", "or"}), None)
    return after is not None and after > comma + 1 and not any(g.is_finite(line.at(at)) for at in range(comma + 1, after))


def _says_whole(line: Line, at: int) -> bool:
    """Whether a verb stands in the last clause that the beginning opens, and no list or pair is cut in half."""
    opened = max((n for n in range(at) if line.at(n) in _SUBORDINATE), default=0)
    verbs = [n for n in range(opened + 1, at) if g.is_finite(line.at(n)) and not line.capital(n)]
    commas = [n for n in range(at) if line.at(n) == ","]
    return bool(verbs) and (not commas or commas[-1] < verbs[-1])
