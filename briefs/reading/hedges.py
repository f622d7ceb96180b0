"""Words that say how surely: before numbers ("an estimated") and before statements ("reportedly", "it is unclear whether")."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from briefs.article import Figure, Hedge
from briefs.reading.scope import after, before, lowered

WORDS_OF_A_NOUN_MAX: Final = 5

# Before a number, the longest first.
BEFORE_NUMBER: Final = (
    r"(?:more\s+than\s+an\s+estimated|at\s+least\s+an\s+estimated|an?\s+(?:estimated|approximate|average\s+of|minimum\s+of|maximum\s+of|additional)"
    r"|(?:is|are|was|were)\s+estimated\s+at|estimated(?:\s+(?:at|to\s+be))?|(?:well|far|slightly|just|little|significantly|much)\s+(?:over|under|above|below|more\s+than"
    r"|less\s+than|fewer\s+than)|no\s+(?:more|fewer|less)\s+than|not\s+(?:more|fewer|less)\s+than|more\s+than|fewer\s+than|less\s+than|at\s+(?:least|most|about|around)"
    r"|as\s+(?:many|much|few|little|high|low)\s+as|up\s+to|upwards?\s+of|in\s+excess\s+of|close\s+to|near\s+to|in\s+the\s+region\s+of|anywhere\s+from"
    r"|approximately|approx\.?|roughly|reportedly|nearly|almost|virtually|around|about|circa|some|over|under|above|below|possibly|perhaps|maybe|probably)"
)
AFTER_NUMBER: Final = re.compile(
    r"\s*(?:or\s+(?:so|more|fewer|less)\b|-odd\b|-plus\b|\+)|(?:\s+[\w-]+){0,3}?\s+or\s+(?:so|more|fewer|less)\b", re.IGNORECASE
)
DOUBTFUL: Final = frozenset({"about", "around", "some", "over", "under", "above", "below", "up to", "close to"})

# What says how surely of the words that follow in its clause.
_CLAUSE: Final = re.compile(
    r"""(?<![\w-])(?:
        (?:it\s+(?:is|was|remains|remained)\s+|remains?\s+|remained\s+|is\s+|was\s+|are\s+|were\s+)(?:still\s+)?
            (?:not\s+(?:yet\s+)?(?:\w+ly\s+)?(?:clear|known|certain|confirmed|verified)|unclear|unknown|uncertain|unconfirmed|disputed|to\s+be\s+seen)
            (?:\s+(?:whether|if|how|why|who|what|when|where|that))?
      | not\s+(?:yet\s+)?immediately\s+(?:clear|known)(?:\s+(?:whether|if|how|why|who|what|when|where))?
      | (?:could|can|have|has)\s*not\s+(?:been\s+|be\s+)?(?:\w+ly\s+)?(?:verif(?:y|ied)|confirm(?:ed)?)
      | reportedly | allegedly | apparently | purportedly | supposedly | seemingly | presumably | ostensibly | possibly | perhaps | maybe
      | probably | potentially | conceivably | arguably | evidently | tentatively | provisionally
      | (?:(?:is|are|was|were|be|been|being|['’]s|['’]re)\s+)?(?:\w+ly\s+)?(?:believed|thought|said|alleged|understood|reported|rumou?red
            |suspected|presumed|feared|assumed|claimed|considered)\s+to(?=\s+[a-z])
      | (?:is|are|was|were|been)\s+(?:accused|suspected)\s+of
      | (?:appear|seem)(?:s|ed)?\s+(?:not\s+)?to | (?:appear|seem)(?:s|ed)(?=\s+(?:that|as|likely|set|to)\b)
      | (?:almost|nearly|virtually|practically|effectively|essentially|narrowly
            |partly|partially|largely|mostly|mainly|in\s+part|generally|usually|sometimes)(?=\s+[a-z])
      | (?:many|most|some|several|few|half|one|the\s+majority|a\s+majority|a\s+minority)\s+of(?=\s)
    )(?![\w-])""",
    re.VERBOSE,
)  # fmt: skip
# What says so of the noun that follows.
_NOUN: Final = re.compile(
    r"(?<![\w-])(?:so-called|self-(?:styled|proclaimed|described)|alleged|suspected|presumed|purported|supposed|reputed|unconfirmed|unverified"
    r"|apparent|possible|potential|likely|would-be|estimated|provisional|preliminary|initial|early|tentative|disputed)(?![\w-])(?=\s)"
    r"(?!\s+(?:to|of|that|in|on|by|for)\b)"
)
_RELATIVE: Final = re.compile(r"\s+(?:which|whom|who|whose)\b")
_NOT_HEDGED: Final = re.compile(r"\s*(?:as\b|known\s+as|for\b|that\s+way)", re.IGNORECASE)
_NOUN_PHRASE: Final = re.compile(
    r"[“\"‘'](?P<quoted>[^“”\"‘’]{1,80})[”\"’]"
    r"|[\w’'-]+(?:\s(?!(?:in|on|at|of|to|for|from|by|with|and|or|but|as|that|which|who|was|were|is|are|had|has|have|will|after|before|said|fled|went|left"
    rf"|\w{{2,}}ed)\b)[\w’'-]+){{0,{WORDS_OF_A_NOUN_MAX - 1}}}"
)
_PRELIMINARY: Final = frozenset({"initial", "early"})
_FINDINGS: Final = re.compile(
    r"\s+(?:reports?|results?|findings?|estimates?|figures?|counts?|indications?|signs?|investigations?)\b", re.IGNORECASE
)


@lru_cache(maxsize=512)
def statement_hedges(text: str) -> tuple[Hedge, ...]:
    """The hedges of a sentence that weaken what is said, in reading order, each with the words it weakens."""
    found = [*_clauses(text), *_nouns(text)]
    return tuple(sorted(found, key=lambda hedge: hedge.start))


def number_hedges(figures: tuple[Figure, ...], text: str) -> tuple[Hedge, ...]:
    """The hedges of figures, each with the number it weakens; "or so" stands behind it."""
    found = []
    for figure in figures:
        if figure.hedge:
            start = text.rfind(figure.hedge, 0, figure.start)
            start = start if start >= 0 and figure.start - start < len(figure.hedge) + 16 else text.find(figure.hedge, figure.end)
            found.append(Hedge(figure.hedge, figure.value, start, start + len(figure.hedge)))
    return tuple(found)


def _clauses(text: str) -> Iterator[Hedge]:
    for match in _CLAUSE.finditer(lowered(text)):
        # "He left, apparently." weakens what stands before it.
        # "…, many of which they made" weakens what they made.
        relative = _RELATIVE.match(text, match.end())
        of = after(text, relative.end() if relative else match.end()) or before(text, len(text[: match.start()].rstrip(" ,")))
        if not _NOT_HEDGED.match(of) and of:
            yield Hedge(text[match.start() : match.end()], of, match.start(), match.end())


def _nouns(text: str) -> Iterator[Hedge]:
    for match in _NOUN.finditer(lowered(text)):
        if match[0] in _PRELIMINARY and not _FINDINGS.match(text, match.end()):
            continue
        if phrase := _NOUN_PHRASE.match(text, match.end() + 1):
            yield Hedge(text[match.start() : match.end()], phrase["quoted"] or phrase[0], match.start(), match.end())
