"""Whether a word that may tell is a verb where it stands, or the noun it looks like."""

from typing import Final

from briefs.reading import grammar as g
from briefs.reading.cues import NOUN_TOO, SAYING, Form
from briefs.reading.frames import Chain
from briefs.reading.line import Line
from briefs.reading.noun_phrases import Span, head
from briefs.reading.nouns import POSSESSIVE
from briefs.reading.wordlist import words

_PLURALS: Final = words("police people media men women children militia militias staff troops residents others we they i you who and")
_NOUN_HEADS: Final = words("police news media press insurance intelligence court medical official unconfirmed early initial")
_BEFORE_NOUNS: Final = (g.DETERMINERS | g.QUANTIFIERS | POSSESSIVE) - {"others"}
_OF: Final = words("of by from about")


def is_verb(line: Line, chain: Chain, at: int, who: Span | None) -> bool:
    """Whether the word is a verb here.

    Args:
        chain: what stands before the word.
        who: the subject it would have.
    """
    word, form, before = line.at(at), SAYING[line.at(at)][1], line.at(chain.first - 1)
    after_noun = before in _BEFORE_NOUNS or (before in g.PREPOSITIONS and not line.capital(chain.first - 1))
    if chain.helped:
        found = form != Form.THIRD
    elif after_noun:
        found = before in g.SUBJECTS and word not in NOUN_TOO
    elif form & (Form.PAST | Form.PARTICIPLE) and not form & Form.BASE:
        found = not (form & Form.PARTICIPLE and g.is_past(word) and _modifies(line, at))
    elif who is None:
        found = word not in NOUN_TOO and not form & Form.BASE
    else:
        found = _agrees(line, at, who, form)
    return found


def _agrees(line: Line, at: int, who: Span, form: Form) -> bool:
    """Whether a verb in that form goes with the subject: "officials report", "she reports"; not "police reports"."""
    noun = head(line, who)
    name = line.capital(noun)
    plural = _is_plural(line, who, noun)
    if form & Form.BASE and not form & Form.PAST:
        return plural or (name and line.at(at) not in NOUN_TOO)
    if line.at(at) not in NOUN_TOO:
        return name or not plural
    follows_noun = g.is_finite(line.at(at + 1)) or line.at(at + 1) in _OF
    if who == (0, 1) and name:
        return line.at(0) not in _NOUN_HEADS and not g.is_finite(line.at(at + 1))
    named_last = line.at(who[0] - 1) == "," and line.at(at + 1) in {"", "."} and any(map(line.capital, range(*who)))
    singular = name or named_last or line.at(who[0]) in g.DETERMINERS or line.at(who[0]) in {"he", "she", "it"}
    return singular and not plural and not follows_noun


def _is_plural(line: Line, who: Span, noun: int) -> bool:
    word = line.at(noun)
    common = noun == 0 or not line.capital(noun)
    return word in _PLURALS or (common and word.endswith("s") and not word.endswith("ss")) or "and" in line.low[who[0] : who[1]]


def _modifies(line: Line, at: int) -> bool:
    """Whether a participle belongs to the noun before it ("the man accused of", "a plan announced by")."""
    return line.at(at + 1) in {"by", "of", "in", "as"} and any(g.is_finite(line.at(n)) for n in range(at + 1, len(line)))
