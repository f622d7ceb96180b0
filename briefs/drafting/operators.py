"""Words that deny, that keep an act from being done, or that say how surely: what they govern must be the same on both sides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from briefs.article import Hedge, Modal, ModalKind, Negation
from briefs.drafting.alignment import NOWHERE
from briefs.drafting.case import Case, parts
from briefs.drafting.lexicon import lemma, row
from briefs.drafting.words import Sort, Word
from briefs.reading.marks import Marks

_SUPPOSING: Final = frozenset({"would", "could", "might", "may"})
_PHRASE_ENDS: Final = row("in on at by for with from as")
CLAUSE_WORDS: Final = 6  # words after an "if" among which one it governs is sought
_SCOPE: Final = 12  # words after its cue within which a word is still governed
_NOUN_PHRASE: Final = 4  # words of what there is none of: "no current plans"
_TIES: Final = frozenset({"that", "to"})
_OPEN: Final = frozenset({"whether", "if", "or"})
_LISTS: Final = frozenset({"or", "and", "nor"})
_BEHIND: Final = 6  # words before a cue that it may govern: "disarming is being considered"


@dataclass(frozen=True, slots=True)
class Operator:
    """A cue in the claim or in the sources.

    Args:
        words: as written.
        kind: cues of one kind may stand for one another.
        first, last: places of its first and last word.
        governed: place of the first word of full meaning that it governs; NOWHERE where none is seen.
        measures: it says how much or how surely, of things as of acts ("one of", "reportedly").
    """

    words: str
    kind: str
    first: int
    last: int
    governed: int
    measures: bool = False


# Cues that weigh otherwise than their neighbours of the same mark: who vows has not planned, who plans will not surely do.
_FINER: Final = {
    word: kind
    for kind, words in {
        "vows": "vow pledg promis swear undertak commit",
        "plans": "plan intend intent intention aim",
        "is prepared": "prepar prepared ready willing",
        "will": "wil 'll wo won't shal",
        "is about to": "verge brink cusp poised about",
    }.items()
    for word in row(words)
}
_WIDE: Final = frozenset({"condition"})  # cues that govern a clause, whose subject may be named or not
_OF_NUMBERS: Final = frozenset({"almost", "probably", "perhaps", "hearsay"})  # what the check of numbers looks at, before a number
_HEDGES: Final = {
    kind: row(words)
    for kind, words in {
        "many": "many", "most": "most majority", "some": "some several number", "few": "few", "half": "half", "part": "part parts minority",
        "one": "one",
        "hearsay": "reportedly allegedly purportedly supposedly said alleged reported rumoured rumored claimed accused",
        "suspected": "suspected presumed suspicion", "believed": "believed thought understood assumed considered", "feared": "feared",
        "perhaps": "possibly perhaps maybe potentially conceivably possible potential", "probably": "probably likely presumably",
        "apparently": "apparently seemingly appear appears appeared seem seems seemed evidently apparent ostensibly",
        "unclear": "clear unclear unknown known certain uncertain confirmed unconfirmed verified disputed seen verify confirm unverified",
        "almost": "almost nearly virtually practically effectively", "narrowly": "narrowly", "partly": "partly partially",
        "mostly": "largely mostly mainly generally usually", "so-called": "so-called self-styled self-proclaimed self-described",
        "early": "preliminary provisional initial early tentative tentatively provisionally",
    }.items()
}  # fmt: skip


def operators(case: Case) -> Iterator[str]:
    """What the claim denies, does, or is sure of otherwise than its sentences, as sentences."""
    mine = tuple(_found(case.marks, case.claim, 0))
    theirs = tuple(op for source in case.sources for op in _found(source.marks, source.words, source.first))
    yield from _lost(case, mine, theirs)
    yield from _unconditional(case, mine, theirs)
    yield from _unfounded(case, mine)
    yield from _unsettled(case, mine)
    yield from _added(case, mine, theirs)


def _found(marks: Marks, words: tuple[Word, ...], first: int) -> Iterator[Operator]:
    for negation in marks.negations:
        yield _operator(negation, "denies", words, first)
    for modal in marks.modals:
        yield _operator(modal, _modal_kind(modal), words, first)
    for hedge in marks.hedges:
        if not any(figure.value == hedge.of for figure in marks.figures):  # else the check of numbers looks at it
            yield _operator(hedge, _hedge_kind(hedge), words, first)


def _operator(cue: Negation | Modal | Hedge, kind: str, words: tuple[Word, ...], first: int) -> Operator:
    inside = [word.at for word in words if cue.start < word.end and word.start < cue.end]
    if not inside:
        return Operator(cue.words, kind, first, first, NOWHERE)
    measures = isinstance(cue, Hedge)
    governed = _governed(cue, words, inside)
    return Operator(cue.words, kind, first + inside[0], first + inside[-1], governed if governed == NOWHERE else first + governed, measures)


def _governed(cue: Negation | Modal | Hedge, words: tuple[Word, ...], inside: list[int]) -> int:
    """The first word of full meaning behind the cue; where the cue ends its clause, the last one before it."""
    full = (Sort.CONTENT, Sort.NAME, Sort.NUMBER)
    for word in words[inside[-1] + 1 : inside[-1] + 8]:
        if parts(word):
            break
        if word.sort in full:
            return word.at
        if isinstance(cue, Modal) and word.plain in _PHRASE_ENDS:
            return NOWHERE
    if not isinstance(cue, Hedge):
        return NOWHERE
    return next((w.at for w in reversed(words[max(0, inside[0] - 8) : inside[0]]) if w.sort in full), NOWHERE)


def _modal_kind(modal: Modal) -> str:
    if modal.kind is ModalKind.INTENDS:
        return next((_FINER[lemma(part)] for part in modal.words.casefold().replace("’", "'").split() if lemma(part) in _FINER), "is to")
    return modal.kind.value


def _hedge_kind(hedge: Hedge) -> str:
    words = set(hedge.words.casefold().split())
    return next((kind for kind, cues in _HEDGES.items() if words & cues), hedge.words.casefold())


def _lost(case: Case, mine: tuple[Operator, ...], theirs: tuple[Operator, ...]) -> Iterator[str]:
    spent: set[int] = set()
    for operator in theirs:
        i = _in_claim(case, operator)
        if i == NOWHERE or i in case.remark or _is_of_others(case, operator):
            continue
        found = [other for other in mine if _covers(other, i) and other.kind == operator.kind and _serves(case, other, i, spent)]
        if found:
            spent.add(min(found, key=lambda other: (other.first in spent, abs(other.last - i))).first)
        elif not _kept(case, operator, mine):
            yield f"The line drops “{operator.words}”, which the sentence has for “{case.claim[i].text}”."


def _in_claim(case: Case, operator: Operator) -> int:
    """The place in the claim of what a cue governs; where that is left out, of what is joined to it: "no thefts or fires"."""
    j = operator.governed
    while j != NOWHERE and case.alignment.back[j] == NOWHERE:
        j = _joined(case, j) if operator.kind == "denies" and case.source[operator.first].plain == "no" else NOWHERE
    return NOWHERE if j == NOWHERE else case.alignment.back[j]


def _joined(case: Case, j: int) -> int:
    """The noun of a list behind a noun of it; NOWHERE where the list ends."""
    for at in range(j + 1, min(j + 3, len(case.source))):
        word = case.source[at]
        if word.at == 0 or not (word.plain in _LISTS or word.before.strip() == "," or case.source[at - 1].plain in _LISTS):
            return NOWHERE
        if word.sort is Sort.CONTENT:
            return at
    return NOWHERE


def _unconditional(case: Case, mine: tuple[Operator, ...], theirs: tuple[Operator, ...]) -> Iterator[str]:
    """Conditions left out of which the claim keeps what depends on them."""
    if any(other.kind == "condition" for other in mine):
        return
    for operator in theirs:
        condition = _clause(case, operator.first) if operator.kind == "condition" else range(0)
        if not condition or any(case.alignment.back[j] != NOWHERE for j in condition if case.source[j].heavy):
            continue
        main = [j for j in _main_clause(case, condition) if case.source[j].sort is Sort.CONTENT]
        if main and 2 * sum(case.alignment.back[j] != NOWHERE for j in main) >= len(main):
            yield f"The line leaves out the condition: “{' '.join(case.source[j].text for j in condition)}”."


def _unfounded(case: Case, mine: tuple[Operator, ...]) -> Iterator[str]:
    """What there is no sign of, or no plan for, told as if there were: "no evidence that it works", "no plans to move"."""
    if any(other.kind == "denies" for other in mine):
        return
    for j, word in enumerate(case.source):
        if word.plain != "no" or j in case.hedging[1]:
            continue
        follows = range(j + 1, min(j + 2 + _NOUN_PHRASE, len(case.source)))
        tie = next((k for k in follows if case.source[k].plain in _TIES and case.source[k].at > word.at), NOWHERE)
        if tie <= j + 1 or any(parts(case.source[k]) or case.source[k].sort is Sort.LOADED for k in range(j + 1, tie + 1)):
            continue
        told = [k for k in _clause(case, tie) if case.source[k].heavy]
        if told and 2 * sum(case.alignment.back[k] != NOWHERE for k in told) >= len(told):
            yield f"The line leaves out “{' '.join(case.source[k].text for k in range(j, tie + 1))}”."


def _unsettled(case: Case, mine: tuple[Operator, ...]) -> Iterator[str]:
    """What the sentence asks or leaves open, told as if it were so: "whether it works"."""
    if mine or any(word.plain in _OPEN for word in case.claim):
        return
    for j, word in enumerate(case.source):
        if word.plain != "whether" or case.alignment.back[j] != NOWHERE:
            continue
        # What is open is behind the "whether", and nothing before it is told.
        told = [k for k in _clause(case, j) if case.source[k].sort in (Sort.CONTENT, Sort.NAME)]
        elsewhere = {key for k, other in enumerate(case.source) if k not in told and other.heavy for key in other.keys}
        kept = [k for k in told if case.alignment.back[k] != NOWHERE]
        if len(kept) > 1 and 2 * len(kept) >= len(told) and any(not case.source[k].keys & elsewhere for k in kept):
            yield f"The line tells as settled what the sentence leaves open: “whether {' '.join(case.source[k].text for k in told)}”."


def _clause(case: Case, first: int) -> range:
    """The words from a conjunction to the next sign, or to the end of its sentence."""
    last = first + 1
    while last < len(case.source) and case.source[last].at and not parts(case.source[last]):
        last += 1
    return range(first, last)


def _main_clause(case: Case, condition: range) -> range:
    """The clause that depends on a condition: the one before it, or the one behind where the sentence begins with it."""
    last = condition.start
    first = last
    while first > 0 and case.source[first].at and not (first < last and parts(case.source[first])):
        first -= 1
    if first < last:
        return range(first, last)
    return _clause(case, condition.stop) if condition.stop < len(case.source) else range(0)


def _is_of_others(case: Case, operator: Operator) -> bool:
    """Whether what a cue governs is a name, which an act is not done to or by, or a number, which is looked at elsewhere."""
    named = case.source[operator.governed].sort is Sort.NAME and not operator.measures
    return named or _of_a_number(operator, case.source)


def _serves(case: Case, operator: Operator, i: int, spent: set[int]) -> bool:
    """Whether a cue of the claim may answer for a word: the first it governs, or one joined to that by "and"."""
    if operator.first not in spent:
        return True
    first, last = sorted((max(operator.governed, operator.last), i))
    return any(word.plain in ("and", "or") for word in case.claim[first:last])


def _kept(case: Case, operator: Operator, mine: tuple[Operator, ...]) -> bool:
    """Whether the claim has the cue itself, if in another form ("preparing", "preparations"), and of no other words."""
    cue = [j for j in range(operator.first, operator.last + 1) if case.source[j].heavy]
    places = [case.alignment.back[j] for j in cue if case.alignment.back[j] != NOWHERE]
    if not places or (len(cue) > 1 and len(places) < len(cue)):
        return False
    reader = next((other for other in mine if other.first <= places[0] <= other.last), None)
    return reader is None or reader.governed == NOWHERE or len(cue) > 1 or _covers(operator, case.alignment.to[reader.governed])


def _of_a_number(operator: Operator, text: Sequence[Word]) -> bool:
    return text[operator.governed].sort is Sort.NUMBER and operator.kind in _OF_NUMBERS


def _covers(operator: Operator, place: int) -> bool:
    return operator.first - _BEHIND <= place <= operator.last + _SCOPE


def _added(case: Case, mine: tuple[Operator, ...], theirs: tuple[Operator, ...]) -> Iterator[str]:
    for operator in mine:
        j = NOWHERE if operator.governed == NOWHERE else case.alignment.to[operator.governed]
        if j == NOWHERE or operator.first in case.remark or _of_a_number(operator, case.claim):
            continue
        if operator.kind == "condition" and supposes(case, operator.first):
            continue
        if not any(_answers(case, other, operator) for other in theirs if other.kind == operator.kind):
            yield f"The line says “{operator.words}” of “{case.claim[operator.governed].text}”, which the sentence does not."


def _answers(case: Case, theirs: Operator, mine: Operator) -> bool:
    """Whether a cue of the sentences governs what a cue of the claim governs, or is the same and governs an "it"."""
    to = case.alignment.to
    reach = CLAUSE_WORDS if mine.kind in _WIDE else 1
    governed = [to[i] for i in range(mine.governed, min(mine.governed + reach, len(to))) if to[i] != NOWHERE]
    same = {to[i] for i in range(mine.first, mine.last + 1)} & set(range(theirs.first, theirs.last + 1))
    return any(_covers(theirs, j) for j in governed) or (theirs.governed == NOWHERE and bool(same))


def supposes(case: Case, i: int) -> bool:
    """Whether an "if" of the claim tells what the sentence tells with "would": "if they disarmed", "disarming would"."""
    if case.claim[i].plain != "if":
        return False
    clause = (case.alignment.to[at] for at in range(i + 1, min(i + 1 + _SCOPE, len(case.claim))))
    gerunds = (j for j in clause if j != NOWHERE and case.source[j].plain.endswith("ing"))
    return any(word.plain in _SUPPOSING for j in gerunds for word in case.source[j + 1 : j + 4])
