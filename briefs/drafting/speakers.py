"""Who says it: a claim that repeats what somebody said must say so, of the same one, in the same way."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from briefs.article import Attribution
from briefs.drafting.alignment import NOWHERE
from briefs.drafting.case import Case
from briefs.drafting.lexicon import lemma, row
from briefs.drafting.verbs import is_verb
from briefs.drafting.words import Sort, Word, words

REPEATED_MIN: Final = 2  # words of what somebody said that make a claim a repetition of it
SPEAKER_REACH: Final = 5  # words between a speaker and what tells that they speak

_ARTICLE: Final = frozenset(map(lemma, row("the article source sentence sentences report text")))
_ACCORDING: Final = "according"
_PRONOUNS: Final = row("he she they it we i who which")
_KINDS: Final = {
    "says": (
        "say tell state add note remark comment report write announce declare mention according observe reply respond answer statement "
        "explain speak post tweet blog quote describe reveal disclose inform notify message word account repeat reiterate"
    ),
    "doubtful": "claim allege allegation accuse accusation maintain contend purport",
    "insists": "insist stress emphasise emphasize argue assert affirm reaffirm argument underline",
    "confirms": "confirm acknowledge admit concede verify confess recognise recognize",
    "denies": "deny reject dismiss refute rebut dispute denial contest",
    "believes": "believe think consider feel suspect assume belief opinion view hold",
    "warns": "warn caution warning alert",
    "expects": "expect predict forecast anticipate prediction",
    "hopes": "hope",
    "fears": "fear worry concern",
    "asks": "ask urge request appeal call demand want",
    "promises": "promise vow pledge swear promise",
    "threatens": "threaten threat",
    "estimates": "estimate reckon put",
    "finds": "find show conclude suggest indicate determine",
    "nobody": "reportedly allegedly supposedly purportedly rumour rumor",
    "complains": "complain protest criticise criticize condemn",
    "agrees": "agree",
    "hears": "hear learn understand",
}
_KIND: Final = {lemma(word): kind for kind, row in _KINDS.items() for word in row.split()}
# What may be told with a plain "said" without more being said.
_PLAINLY: Final = frozenset({"doubtful", "insists", "confirms", "warns", "complains", "finds", "promises", "says"})


@dataclass(frozen=True, slots=True)
class _Said:
    """An attribution with the places of its words.

    Args:
        content: places of the words of full meaning that are said.
        who: words that name the speaker.
    """

    mark: Attribution
    content: frozenset[int]
    who: tuple[Word, ...]


def speakers(case: Case) -> Iterator[str]:
    """What the claim loses or changes of who says it, as sentences."""
    mine = [_said(mark, case.claim, 0) for mark in case.marks.attributions]
    theirs = [_said(mark, source.words, source.first) for source in case.sources for mark in source.marks.attributions]
    for said in theirs:
        repeated = _repeated(case, said, mine)
        if not repeated or _tells(case, said):
            continue
        if not any(_same(case, other, said) and other.content & repeated for other in mine):
            yield _told(case, said, [other for other in mine if other.content & repeated])
    yield from _cut_off(case, theirs)
    for said in mine:
        yield from _invented(case, said, theirs)


def _cut_off(case: Case, theirs: list[_Said]) -> Iterator[str]:
    """Speakers kept of whom the claim does not tell what they say: "It is known that according to the harbour office"."""
    kept = frozenset(case.alignment.to) - {NOWHERE}
    if not any(word.plain == _ACCORDING for word in case.claim):
        return
    for said in theirs:
        named = said.who and all(_is_kept(case, word, kept) for word in said.who)
        if said.mark.cue.casefold().startswith(_ACCORDING) and named and said.content and not said.content & kept:
            yield f"The line leaves out what is said: “{said.mark.words}” stands without it."


def _is_kept(case: Case, word: Word, kept: frozenset[int]) -> bool:
    return any(case.source[j].plain == word.plain for j in kept)


def _tells(case: Case, said: _Said) -> bool:
    """Whether the claim has the same cue, right after the same speaker where there is one, in a turn that is not read as one."""
    cues = {lemma(part) for part in said.mark.cue.casefold().split()}
    if not said.mark.who:
        return any(lemma(word.plain) in cues and word.heavy and case.alignment.to[word.at] != NOWHERE for word in case.claim)
    known = {key for word in (*said.who, *case.by_hand) for key in word.keys}
    for word in case.claim:
        if lemma(word.plain) in cues and word.heavy and word.at not in case.telling:
            return any(other.keys & known for other in case.claim[max(0, word.at - 3) : word.at] if other.heavy)
    return False


def _said(mark: Attribution, text: tuple[Word, ...], first: int) -> _Said:
    speaker = frozenset(
        word.at for word in text if (at := mark.words.find(word.text)) >= 0 and at >= 0 and not mark.start <= word.start < mark.end
    )
    # A new main clause is the article's own again, unless all of it is quoted.
    stop = next((word.start for word in text if mark.start < word.start and ";" in word.before), mark.end)
    content = frozenset(
        first + word.at
        for word in text
        if word.start < stop
        and mark.start <= word.start < mark.end
        and word.heavy
        and word.sort is not Sort.LOADED
        and word.at not in speaker
    )
    return _Said(mark, content, tuple(word for word in words(f"{mark.who} {mark.words}") if word.heavy))


def _repeated(case: Case, said: _Said, mine: list[_Said]) -> frozenset[int]:
    """The claim's words that repeat what was said and stand nowhere else in the sentences; empty where they are too few."""
    elsewhere = {key for j, word in enumerate(case.source) if j not in said.content and word.heavy for key in word.keys}
    speaking = {word.at for other in mine for word in case.claim if word.text in other.mark.words.split() and word.at not in other.content}
    found = frozenset(
        i
        for i, j in enumerate(case.alignment.to)
        if j in said.content and i not in speaking and i not in case.remark and not case.claim[i].keys & elsewhere
    )
    content = sum(case.claim[i].sort is not Sort.NAME for i in found)
    weighty = [i for i, word in enumerate(case.claim) if word.heavy and word.sort is not Sort.LOADED and i not in speaking]
    told = {key for j in said.content for key in case.source[j].keys}
    inside = [i for i in weighty if case.claim[i].keys & told]
    # All that the claim says was said, or its verb was, of what it was said of: another sentence may have the rest of the words.
    if found and content and (len(inside) == len(weighty) or (len(inside) >= REPEATED_MIN and any(is_verb(case.claim, i) for i in found))):
        return found
    tells = len(found) > REPEATED_MIN or any(is_verb(case.claim, i) for i in found) or 2 * len(found) >= len(said.content)
    return found if len(found) >= REPEATED_MIN and content and tells else frozenset()


def _same(case: Case, mine: _Said, theirs: _Said) -> bool:
    return _same_speaker(case, mine, theirs) and _same_way(mine.mark, theirs.mark)


def _same_speaker(case: Case, mine: _Said, theirs: _Said) -> bool:
    here, there = mine.mark.who.casefold(), theirs.mark.who.casefold()
    if not here or not there:
        return here == there
    if here in _PRONOUNS or there in _PRONOUNS:
        return here == there or _named(case, mine, theirs)
    sought = [word for word in words(mine.mark.who) if word.heavy]
    known = {key for word in theirs.who for key in word.keys}
    return any(word.keys & known for word in sought) and all(word.keys & known for word in sought if word.sort is Sort.NAME)


def _named(case: Case, mine: _Said, theirs: _Said) -> bool:
    """Whether one side has the name for which the other has a pronoun."""
    if mine.mark.who.casefold() in _PRONOUNS:
        known = {key for word in case.claim if word.heavy for key in word.keys}
        return any(word.keys & known for word in theirs.who if word.heavy)
    known = {key for word in case.source if word.heavy for key in word.keys} | {key for word in case.by_hand for key in word.keys}
    return all(word.keys & known for word in words(mine.mark.who) if word.heavy)


def _same_way(mine: Attribution, theirs: Attribution) -> bool:
    here, there = _way(mine.cue), _way(theirs.cue)
    return here == there or (here == "says" and there in _PLAINLY)


def _way(cue: str) -> str:
    kinds = [_KIND.get(lemma(part)) for part in cue.casefold().split()]
    return next((kind for kind in kinds if kind), lemma(cue.casefold()))


def _told(case: Case, said: _Said, others: list[_Said]) -> str:
    for other in others:
        if _same_speaker(case, other, said):
            return f"The line says “{other.mark.cue}” where the sentence says “{said.mark.cue}”."
        if other.mark.who:
            return f"The line has “{other.mark.who}” say what “{said.mark.who or said.mark.cue}” says in the sentence."
    return f"The line leaves out who says it: “{said.mark.words}”."


def _of_the_article(said: _Said) -> bool:
    return {lemma(part) for part in said.mark.who.casefold().split()} <= _ARTICLE


def _as_told(case: Case, said: _Said) -> bool:
    """Whether the sentence too has that cue right after that speaker, whatever of it was read as said."""
    cue = [word.at for word in case.claim if word.text in said.mark.cue.split() and word.at not in said.content]
    who = [word.at for word in case.claim if word.heavy and word.text in said.mark.who.split() and word.at not in said.content]
    there = [[case.alignment.to[i] for i in places if case.alignment.to[i] != NOWHERE] for places in (who, cue)]
    return (
        bool(there[0] and there[1])
        and abs(there[0][-1] - there[1][-1]) <= SPEAKER_REACH
        and case.owner[there[0][-1]] == case.owner[there[1][-1]]
    )


def _invented(case: Case, said: _Said, theirs: list[_Said]) -> Iterator[str]:
    """Words that the claim puts into somebody's mouth and the sentences do not."""
    content = {case.alignment.to[i] for i in said.content - case.telling} - {NOWHERE}
    if not content or not said.mark.who or any(i in case.remark for i in said.content) or _of_the_article(said) or _as_told(case, said):
        return
    if not any(other.content & content and _same(case, said, other) for other in theirs):
        if not any(other.content & content for other in theirs):
            yield f"The line has “{said.mark.who}” say what the sentence states of itself."
        else:
            yield f"The line has “{said.mark.who}” say what the sentence does not have from there."
