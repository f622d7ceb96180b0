"""The gate: whether a line may stand beside the sentences it cites, and how far its words are from theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from briefs.article import CITATIONS_MAX, Article, Level, Sentence
from briefs.drafting.bearing import bearing
from briefs.drafting.case import case
from briefs.drafting.cut import is_cut, is_whole
from briefs.drafting.dated import as_the_sentences_say
from briefs.drafting.figures import numbers
from briefs.drafting.marked import marked
from briefs.drafting.naming import names
from briefs.drafting.operators import operators
from briefs.drafting.quotations import quotations
from briefs.drafting.roles import roles
from briefs.drafting.scores import scores
from briefs.drafting.speakers import speakers
from briefs.drafting.wording import wording
from briefs.drafting.words import Sort, Word, words

CANDIDATES: Final = 4  # sentences of an article that are tried for a claim

_WEIGHT: Final = {Sort.NAME: 3, Sort.NUMBER: 3, Sort.CONTENT: 2, Sort.LOADED: 1, Sort.LIGHT: 0}
_CHECKS: Final = (numbers, scores, names, operators, speakers, marked, quotations, wording, roles, bearing)
_CHECKS_OF_NOTES: Final = (numbers, scores, names, marked, quotations)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says of a line.

    Args:
        reasons: why it is refused, each a sentence, each once; empty unless it is.
    """

    level: Level
    reasons: tuple[str, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether the line may stand; a reworded one only once a curator has approved it."""
        return self.level is not Level.REFUSED


def check(claim: str, sentences: Sequence[Sentence], *, note: bool = False) -> Verdict:
    """Hold a line against the sentences it cites, and against nothing else.

    Args:
        claim: the line.
        sentences: those it cites; what a curator marked on them counts beside what can be seen in their text.
        note: the line is a curator's note on the article itself ("it is called two things"), whose words no sentence has:
            only its numbers, names, quotations and what was marked by hand are held against the sentences.

    Returns:
        VERBATIM where the line is one of them whole (a first capital and a last stop do not count), CUT where its words
        stand in one of them in that order and only phrases that can go are left out, REWORDED where the words are others
        but nothing is wrong that this gate can see, else REFUSED with all reasons.
    """
    written = as_the_sentences_say(claim, sentences)
    found = case(written, sentences)
    if not any(word.heavy for word in found.claim):
        return Verdict(Level.REFUSED, ("The line says nothing that a sentence could bear out.",))
    if is_whole(found) and written == claim:
        return Verdict(Level.VERBATIM)
    reasons = tuple(dict.fromkeys(reason for test in (_CHECKS_OF_NOTES if note else _CHECKS) for reason in test(found)))
    if reasons:
        return Verdict(Level.REFUSED, reasons)
    return Verdict(Level.CUT if written == claim and is_cut(found) else Level.REWORDED)


def support(claim: str, article: Article) -> tuple[tuple[Sentence, ...], Verdict]:
    """The sentences of an article that a claim rests on best, and the verdict beside them.

    Returns:
        One to three sentences in reading order, as few as will do, each with a name or more than one word of its own; none where
        the article has no word of the claim, and then the verdict is REFUSED.
    """
    sought = [word for word in words(claim) if word.heavy]
    ranked = _ranked(sought, article)
    best: tuple[tuple[Sentence, ...], Verdict] | None = None
    for count in range(1, min(CITATIONS_MAX, len(ranked)) + 1):
        for chosen in combinations(ranked, count):
            ordered = tuple(sorted(chosen, key=lambda sentence: sentence.number))
            if any(_only_lends(sought, one, ordered) for one in ordered):
                continue
            verdict = check(claim, ordered)
            if verdict.passes:
                return ordered, verdict
            if best is None or len(verdict.reasons) < len(best[1].reasons):
                best = ordered, verdict
    return best or ((), Verdict(Level.REFUSED, ("No sentence of the article says anything of it.",)))


def _only_lends(sought: Sequence[Word], one: Sentence, chosen: Sequence[Sentence]) -> bool:
    """Whether a sentence has nothing of the claim but what others have and one word: a word alone says nothing of the claim."""
    if len(chosen) == 1:
        return False
    others = {key for other in chosen if other is not one for key in _keys(other)}
    own = [word for word in sought if word.keys & _keys(one) and not word.keys & others]
    return not own or (len(own) == 1 and own[0].sort is not Sort.NAME and not own[0].capital)


def _keys(sentence: Sentence) -> set[str]:
    return {key for word in words(sentence.text) if word.heavy for key in word.keys}


def _ranked(sought: Sequence[Word], article: Article) -> list[Sentence]:
    scored: list[tuple[int, int, Sentence]] = []
    for sentence in article.sentences:
        keys = _keys(sentence)
        if score := sum(_WEIGHT[word.sort] for word in sought if word.keys & keys):
            scored.append((-score, sentence.number, sentence))
    return [sentence for _, _, sentence in sorted(scored, key=lambda entry: entry[:2])[:CANDIDATES]]
