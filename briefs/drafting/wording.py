"""Words that a claim has in the place of others, adds, or leaves out at the cost of the sense."""

from collections.abc import Iterator
from typing import Final

from briefs.drafting.alignment import NOWHERE
from briefs.drafting.case import Case, Gap, parts
from briefs.drafting.lexicon import lemma, opposites, row
from briefs.drafting.naming import told_apart
from briefs.drafting.operators import supposes
from briefs.drafting.parties import is_short
from briefs.drafting.verbs import is_verb, phrase, subject
from briefs.drafting.words import Sort, Word

VERB_REACH: Final = 4  # words between a verb and a word of its own clause
UNSUPPORTED_SHARE: Final = 0.2  # of a longer claim's words of weight that may come from nowhere

# What a line about an article may say of its own.
_REMARKS: Final = frozenset(
    map(
        lemma,
        row(
            "article source sentence background given name named call called known say told tell mention described spelling note read "
            "reading order people person group place event case number total time way thing fact country city town man woman same both "
            "unnamed undated written figure stand elsewhere together speak in_addition as_well"
        ),
    )
)
# Verbs that say nothing of their own beside the noun of an act: "made threats", "the purchase was made", "took place".
_BEARERS: Final = frozenset(map(lemma, row("make take give hold put carry")))
_TAKES_PLACE: Final = f"{lemma('take')}_{lemma('place')}"
_ACT_ENDINGS: Final = ("tion", "tions", "sion", "sions", "ment", "ments")
_ACTS: Final = frozenset(
    map(
        lemma,
        row(
            "threat attack call claim offer plan promise visit vote strike raid search purchase appeal demand request attempt effort "
            "warning arrest change deal comment remark pledge bid speech trip"
        ),
    )
)
_COPULAS: Final = frozenset({f"{lemma('make')}_up", *map(lemma, row("comprise constitute exist"))})  # for "is" and "are"
_BE: Final = row("is are was were")
# Small words whose loss takes nothing from what is left.
_MAY_GO: Final = row(
    "also already still again even while whereas but however yet though although through either alone since later subsequently "
    "afterwards then several various once during amid across rather instead because until till from toward towards between among "
    "inside within throughout over whether too earlier previously any"
)
# What ties a clause or a phrase to another that is so either way.
_CONNECTS: Final = row("after following before once since because until till despite although though against over under above below from")
_SINCE: Final = frozenset({"after", "once", "following", "as"})
_MAY_COME: Final = row("also while but though although however both during when then where through from again still whether")
# Prepositions that a rewording needs, where they stand for no other.
_TIES: Final = row("against between among towards toward across within inside until")
_DENIALS: Final = frozenset({"not", "n't", "no", "none", "nobody", "neither"})
_TOPICS: Final = frozenset({"about", "over"})
_ACCORDING: Final = "according"
# Words that keep what they stand before from being what it is called.
_NARROWS: Final = frozenset(
    map(
        lemma,
        row(
            "former alleged suspected accused so-called attempted potential possible proposed planned would-be future fake false acting "
            "deputy vice interim unofficial preliminary provisional indirect self-styled purported supposed apparent likely unlikely "
            "presumed prospective aspiring failed mock hypothetical estimated partial nearly ex prime assistant semi-official "
            "unconfirmed unverified"
        ),
    )
)


def wording(case: Case) -> Iterator[str]:
    """What is wrong with the claim's choice of words, as sentences."""
    unsupported: list[Word] = []
    yield from _turned(case)
    for gap in case.gaps:
        yield from _dropped(case, gap)
        yield from _foreign(case, gap, unsupported)
    yield from _too_many(case, unsupported)


def _turned(case: Case) -> Iterator[str]:
    """Words whose opposite the sentences have, and the claim does not."""
    lost = {lemma(word.plain): word for j, word in enumerate(case.source) if word.heavy and case.alignment.back[j] == NOWHERE}
    for i, word in enumerate(case.claim):
        if not word.heavy or i in case.remark or _as_it_stands(case, i):
            continue
        for opposite in sorted(opposites().get(lemma(word.plain), frozenset()) & lost.keys()):
            yield _instead(word.text, lost[opposite].text)


def _as_it_stands(case: Case, i: int) -> bool:
    """Whether the sentences have the very word, and it stands for no other one of the claim."""
    j = case.alignment.to[i]
    return j != NOWHERE and case.source[j].stem == case.claim[i].stem and case.alignment.back[j] == i


def _aliens(case: Case, gap: Gap) -> list[int]:
    named = {name.start for name in told_apart(case)}  # of which the check of names tells
    return [i for i in gap.claim if case.alignment.to[i] == NOWHERE and i not in case.remark and i not in named]


def _instead(said: str, sentence: str) -> str:
    return f"The line says “{said}” where the sentence says “{sentence}”."


def _dropped(case: Case, gap: Gap) -> Iterator[str]:
    """Words left out that the rest of the claim needs."""
    lost = [j for j in gap.source if case.alignment.back[j] == NOWHERE and j not in case.hedging[1]]
    tight = bool(lost) and case.tight(gap)
    for j in lost:
        word = case.source[j]
        if tight and (act := _acted_on(case, j)):
            yield f"The line drops “{word.text}” before “{act.text}”."
        if not _needed(word) or (word.plain in _SINCE and _has_when(case, gap)):
            continue
        governed = case.governed(j)
        if governed != NOWHERE and not tight and _stands_twice(case, governed):
            continue
        if governed != NOWHERE and case.alignment.back[governed] != NOWHERE and not _aliens(case, gap) and not _own_clause(case, gap, word):
            yield f"The line drops “{word.text}” before “{case.source[governed].text}”."


def _has_when(case: Case, gap: Gap) -> bool:
    """Whether the claim has "when" where the sentence has "after" or "once"."""
    return any(word.plain == "when" for word in case.claim[max(gap.left, 0) : gap.right + 1])


def _acted_on(case: Case, j: int) -> Word | None:
    """The verb that a verb left out stands right before, where the claim keeps it: "considering closing", "refused to stop"."""
    follows = [word for word in case.source[j + 1 : j + 3] if word.at]
    to = bool(follows) and follows[0].plain == "to"
    if case.source[j].sort is not Sort.CONTENT or case.source[j].plain.endswith("ly") or len(follows) <= to:
        return None
    if case.source[j].plain == "order" and case.source[j - 1].plain == "in":
        return None  # "in order to" is "to"
    act = follows[to]
    place = j + 1 + to
    if parts(act) or parts(follows[0]) or act.sort is not Sort.CONTENT or case.alignment.back[place] == NOWHERE:
        return None
    return act if (to and is_verb(case.source, place)) or (not to and act.plain.endswith("ing") and is_verb(case.source, j)) else None


def _stands_twice(case: Case, j: int) -> bool:
    """Whether the sentences have a word again, so that the claim's may be the other one."""
    return any(k != j and word.keys & case.source[j].keys for k, word in enumerate(case.source) if word.heavy)


def _own_clause(case: Case, gap: Gap, word: Word) -> bool:
    """Whether the claim begins a clause where the word stood: what came to pass after something came to pass."""
    begins = gap.left == NOWHERE or (gap.right < len(case.claim) and parts(case.claim[gap.left + 1])) or not case.tight(gap)
    return begins and word.plain in _CONNECTS


def _needed(word: Word) -> bool:
    if word.sort is Sort.LOADED:
        return word.plain not in _MAY_GO
    return lemma(word.plain) in _NARROWS and "_" not in word.stem  # "prime minister" is one word


def _foreign(case: Case, gap: Gap, unsupported: list[Word]) -> Iterator[str]:
    """Words that no cited sentence has; those that may be a way to say it are only counted."""
    aliens = _aliens(case, gap)
    lost = [j for j in gap.source if case.alignment.back[j] == NOWHERE]
    by_hand = {key for word in case.by_hand for key in word.keys}
    tight = case.tight(gap) and len(gap.claim) == len(aliens)
    for i in aliens:
        word = case.claim[i]
        if i in case.hedging[0] or (i in case.telling and (not word.capital or word.plain == _ACCORDING)):
            continue  # others look at what says how surely, and who says it
        if word.plain in _DENIALS and any(case.source[j].plain in _DENIALS for j in lost):
            continue  # "does not intend" for "has no intention": what is denied is looked at elsewhere
        if word.sort is Sort.LOADED:
            instead = any(case.source[j].sort is Sort.LOADED and not (_is_topic(case, i) and case.source[j].plain in _TOPICS) for j in lost)
            tied = (word.plain in _TIES and not (tight and lost)) or _is_topic(case, i)
            if (instead or not (tied or word.plain in _MAY_COME)) and not supposes(case, i):
                yield _no_cited(case, word, lost, tight=tight)
        elif word.sort is Sort.CONTENT and not {lemma(word.plain), word.stem} & _REMARKS and not word.keys & by_hand:
            if _bears(case, i):
                continue
            if tight or (word.capital and any(case.source[j].sort is Sort.NAME for j in lost)):
                yield _no_cited(case, word, lost, tight=True)
            elif verb := _other_verb(case, i):
                yield _instead(word.text, verb)
            else:
                unsupported.append(word)


def _is_topic(case: Case, i: int) -> bool:
    """Whether a word is the "about" or "over" of talks and quarrels: no number stands behind it."""
    return case.claim[i].plain in _TOPICS and all(word.sort is not Sort.NUMBER for word in case.claim[i + 1 : i + 3])


def _bears(case: Case, i: int) -> bool:
    """Whether a verb says nothing that the sentences do not: it only bears the noun of an act ("made a threat"), or stands for "is"."""
    word = case.claim[i]
    if word.stem in _COPULAS:
        return any(there.plain in _BE and case.alignment.back[j] == NOWHERE for j, there in enumerate(case.source))
    if lemma(word.plain) not in _BEARERS or _other_verb(case, i):
        return False
    passive = any(before.plain in _BE for before in case.claim[max(0, i - 2) : i]) or word.stem == _TAKES_PLACE
    acts = subject(case.claim, i)[-1:] + tuple(range(i)) if passive else phrase(case.claim, i + 1)
    return any(_is_act(case, at) for at in acts)


def _is_act(case: Case, i: int) -> bool:
    """Whether a word of the claim names an act that the sentences tell."""
    word, j = case.claim[i], case.alignment.to[i]
    if j == NOWHERE or word.sort is not Sort.CONTENT or is_verb(case.claim, i):
        return False
    return is_verb(case.source, j) or word.plain.endswith(_ACT_ENDINGS) or lemma(word.plain) in _ACTS


def _other_verb(case: Case, i: int) -> str:
    """The verb that the claim leaves out of the sentence whose words it has around a verb of its own; empty where there is none."""
    if not is_verb(case.claim, i):
        return ""
    around = [
        k
        for at in (*range(i - 1, -1, -1), *range(i + 1, len(case.claim)))
        if (k := case.alignment.to[at]) != NOWHERE and case.claim[at].heavy
    ]
    for j, word in enumerate(case.source):
        if around and case.owner[j] == case.owner[around[0]] and case.alignment.back[j] == NOWHERE and is_verb(case.source, j):
            near = min(abs(j - k) for k in around[:2])
            if near <= VERB_REACH:
                return word.text
    return ""


def _no_cited(case: Case, word: Word, lost: list[int], *, tight: bool) -> str:
    if tight and lost:
        return _instead(word.text, " ".join(case.source[j].text for j in lost))
    return f"The line says “{word.text}”, which no cited sentence says."


def _too_many(case: Case, unsupported: list[Word]) -> Iterator[str]:
    """Words from nowhere: none may stand in a short claim, few in a longer one."""
    weighty = sum(word.heavy and word.at not in case.remark for word in case.claim)
    allowed = 0 if is_short(case) else UNSUPPORTED_SHARE * weighty
    if len(unsupported) > allowed:
        told = ", ".join(f"“{word.text}”" for word in unsupported)
        yield f"No cited sentence says {told}."
