"""One telling in a line: who, the words of saying, and where what is said stands beside them."""

from dataclasses import dataclass

from briefs.reading import grammar as g
from briefs.reading.cues import SAYING
from briefs.reading.line import Line
from briefs.reading.noun_phrases import Span, begins_clause, ending_at


@dataclass(frozen=True, slots=True)
class Frame:
    """A telling. All numbers count the words of its line.

    Args:
        who: the speaker; None where nobody is named.
        cue: the words of saying.
        left, right: the first word of the telling and the one after its last (speaker, cue, hearer, time and place).
        start: the first word of what is said where that follows; None where it does not.
        before: what is said (also) stands before the telling, back to the beginning of its clause.
        shares: what is said is what the telling before this one says ("the Post reported, citing officials").
        end: the word after the last one of what is said, where that is known already.
        nominal: the cue is a noun.
    """

    who: Span | None
    cue: Span
    left: int
    right: int
    start: int | None = None
    before: bool = False
    shares: bool = False
    end: int | None = None
    nominal: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """The auxiliaries, adverbs and denials before a verb.

    Args:
        first: the number of the first of them, or of the verb.
        passive: a form of "be" stands directly over a participle.
        to: the verb is an infinitive; `first` is then the verb that governs it, or the "to".
        helped: there is an auxiliary, so that the word is a verb.
    """

    first: int
    passive: bool = False
    to: bool = False
    helped: bool = False


def chain_before(line: Line, verb: int) -> Chain:
    """The chain of helping words that ends before the verb."""
    at = verb
    helpers: list[str] = []
    while at > 0:
        word = line.at(at - 1)
        shortened = word == "'s" and (line.at(at - 2) in g.PRONOUNS)
        if word in g.AUXILIARIES or word in {"not", "never"} or shortened:
            helpers.append("is" if shortened else word)
        elif not (g.is_adverb(word) and _between(line, at - 1)):
            break
        at -= 1
    if line.at(at - 1) == "to":
        return Chain(at - 1, to=True, helped=True)
    real = [word for word in helpers if word not in {"not", "never"}]
    return Chain(at, passive=bool(real) and real[0] in g.BE, helped=bool(real))


def _between(line: Line, adverb: int) -> bool:
    """Whether an adverb stands inside a verb's chain and does not open the sentence or end a phrase of its own."""
    return adverb > 0 and not line.capital(adverb)


def clause_start(line: Line, verb: int) -> int:
    """The first word of the clause whose verb begins at `verb`: its subject where one is seen, else the border before it."""
    found = ending_at(line, verb)
    if found is not None and (begins_clause(line, found[0]) or line.at(found[0] - 1) in SAYING):
        return found[0]
    at = found[0] if found is not None else verb
    at -= line.at(at - 1) in {"that", "which", "who"}
    while at > 0 and line.at(at - 1) not in g.STOPS and line.at(at - 1) not in {"that", "because", "although", "while", "when"}:
        at -= 1
    return at
