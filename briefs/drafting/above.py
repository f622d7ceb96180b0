"""What a line may point at in the line that stands right above it: a brief is read in order."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from briefs.drafting.duplicates import stems
from briefs.drafting.lexicon import lemma, stem
from briefs.drafting.story import Story
from briefs.entity import Kind, Mention
from briefs.folding import fold
from briefs.reading import grammar as g
from briefs.reading.given_names import Sex, sex_of
from briefs.reading.nouns import is_plural
from briefs.reading.places import places
from briefs.reading.scope import lowered
from briefs.reading.titles import OFFICES, ROLES
from briefs.reading.tokens import Token, tokens
from briefs.reading.wordlist import words

NOTHING: Final[frozenset[str]] = frozenset()
_HE: Final = words("he him his himself")
_SHE: Final = words("she her hers herself")
_IT: Final = words("it its itself")
_THEY: Final = words("they them their theirs themselves")
_PHRASE_MAX: Final = 4  # words of a first noun phrase without a name
_TELL_NOTHING: Final = words("whole entire same new old current all and 's")
_NO_MODIFIERS: Final = g.SMALL | g.CONJUNCTIONS | g.OBJECTS | g.QUANTIFIERS | _TELL_NOTHING
_NEW: Final = words("a an another second new one other")  # before a noun they bring in another one
# What happened in the sentence above, and the nouns that may stand for it.
_CALLED: Final = tuple(
    (re.compile(rf"\b(?:{told})"), words(nouns))  # of the sentence in small letters
    for told, nouns in (
        (r"kill|die[ds]\b|injur|wound|collaps|crash|explo|destroy|derail|sank\b|sink", "accident incident disaster tragedy crash event"),
        (r"attack|fired?\b|shot\b|shell|bomb|raid|struck\b|hack", "attack incident assault"),
        (r"ruled\b|rules\b|decided\b|court\b|voted\b|sentenced\b", "ruling decision verdict judgement judgment"),
        (r"announce|said\b|stated\b|reveal|report", "announcement news statement report"),
        (r"claim|accus|alleg|charge|blame|suspect", "allegation allegations accusation accusations claim claims charge charges"),
        (r"agree|signed\b|deal\b", "deal agreement accord"),
        (r"research|stud(?:y|ies|ied)\b|scientist|analy[sz]|survey", "study research survey results findings scientists researchers"),
        (r"election|vot(?:e|ed|ers)\b|poll\b|referendum|ballot", "results result vote ballot election"),
        (r"questionnaire|letter|memo\b|bill\b|draft\b", "document documents form forms paper"),
        (r"\b(?:child|baby|daughter|son)\b", "parents"),
        (r"plan|intend|propos|launch|considering", "plan plans move proposal"),
    )
)
_PLACES: Final = words("country nation")
_TOWNS: Final = words("city town village")
_GROUPS: Final = words("company firm group organisation organization party agency union club association")
_PEOPLE: Final = words(
    "person people man woman child boy girl student pupil worker resident villager passenger protester demonstrator soldier officer rebel "
    "militant docker farmer teacher doctor nurse parent researcher scientist author hacker pilgrim victim survivor migrant refugee player "
    "fan voter critic supporter opponent family team member union police"
)
_HELD: Final = OFFICES | ROLES
_PERSONS: Final = words("man woman")


@dataclass(frozen=True, slots=True)
class Above:
    """What a sentence whose line stands above leaves no doubt about.

    Args:
        told: stems of what it speaks of, so that "the deal" may be the one spoken of there.
        pronouns: those that can only mean its subject.
    """

    told: frozenset[str] = NOTHING
    pronouns: frozenset[str] = NOTHING


def above(story: Story, beside: int, number: int) -> Above:
    """What the line of a later sentence may point at in the line of an earlier one.

    A pronoun may only where no line can come between the two.

    Args:
        beside: the number of the sentence whose line stands above.
        number: that of the sentence whose line stands below.
    """
    told = set(_told(story, beside))
    between = [story.sentence(n) for n in range(beside + 1, number)]
    told -= frozenset().union(*(_brought_in(one.text) for one in between))
    for one in between:
        told -= _told_apart(one.text, told, told)
    return Above(frozenset(told), NOTHING if _are_parted(story, beside, number) else _pronouns(story, beside))


def _told(story: Story, number: int) -> frozenset[str]:
    """What a sentence right below may point at in one: many ask it of the few whose lines stand above."""
    if number not in story.told:
        sentence, before = story.sentence(number), story.before[number - 1]
        told = set(_spoken_of(sentence.text))
        for nouns, kind in ((_GROUPS, Kind.ORGANISATION), (_PERSONS, Kind.PERSON)):
            if len({story.group_of[m] for m in outside_quotes(story, number) if m.kind is kind}) == 1:
                told |= {stem(lemma(noun)) for noun in nouns}
        told |= {stem(lemma(noun)) for noun in _place_nouns(story, number)}
        if sentence.figures:
            told |= {stem(lemma("number")), stem(lemma("figure"))}
        # "The European team" is another than the one spoken of before: "the team" below it may be either.
        story.told[number] = frozenset(told - _told_apart(sentence.text, told & before, before))
    return story.told[number]


def _spoken_of(text: str) -> frozenset[str]:
    """The stems of what a sentence speaks of, and of the nouns that may stand for what happened in it."""
    low = lowered(text)
    called = (stem(lemma(noun)) for pattern, nouns in _CALLED if pattern.search(low) for noun in nouns)
    return stems(text).union(called)


def _place_nouns(story: Story, number: int) -> Iterator[str]:
    here = {story.group_of[m]: m for m in outside_quotes(story, number) if m.kind is Kind.PLACE}
    countries = [m for m in here.values() if (found := places().find(m.text)) is not None and found.name in places().codes]
    if len(countries) == 1:
        yield from _PLACES
    if len(here) - len(countries) == 1:
        yield from _TOWNS


@lru_cache(maxsize=512)
def _brought_in(text: str) -> frozenset[str]:
    """The stems of nouns of which a sentence brings in another one: "a second site", "the website Veldmar Today"."""
    found = tokens(text)
    nouns: set[str] = set()
    for at, token in enumerate(found[:-1]):
        after = found[at + 1]
        if token.plain in _NEW:
            nouns.update(_phrase_heads(found, at + 1))
        elif token.text[0].islower() and (after.text in {"“", '"', "‘"} or (after.text[0].isupper() and not g.is_finite(token.plain))):
            nouns |= {token.plain, token.plain.removeprefix("web")}
    return frozenset(stem(lemma(noun)) for noun in nouns)


def _told_apart(text: str, nouns: Set[str], known: Set[str]) -> set[str]:
    """Those of the nouns that a word which is not known tells from others in a text ("the European team")."""
    modified = _modified(text)
    here = nouns & modified.keys()
    return {noun for noun in here if any(plain not in known and base not in known for plain, base in modified[noun])}


@lru_cache(maxsize=512)
def _modified(text: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """By the stem of a word of a text, the words before it that may tell it from others, as written and by their stems."""
    found = tokens(text)
    modified: dict[str, tuple[tuple[str, str], ...]] = {}
    for before, token in pairwise(found):
        plain = before.plain
        if before.is_word and token.is_word and not (plain in _NO_MODIFIERS or g.is_finite(plain) or g.is_adverb(plain)):
            noun = stem(lemma(token.plain))
            modified[noun] = (*modified.get(noun, ()), (plain, stem(lemma(plain))))
    return modified


def _phrase_heads(found: tuple[Token, ...], at: int) -> Iterator[str]:
    for token in found[at : at + 3]:
        if not token.is_word or token.plain in g.SMALL or g.is_finite(token.plain):
            return
        yield token.plain


def outside_quotes(story: Story, number: int) -> list[Mention]:
    """The names of a sentence that stand outside its quotations."""
    quotes = story.sentence(number).quotes
    return [mention for mention in story.names[number - 1] if not any(q.start <= mention.start < q.end for q in quotes)]


def subject_of(story: Story, number: int) -> Mention | None:
    """The name that acts in a sentence: the first one, where no verb and no preposition stands before it."""
    first = next(iter(outside_quotes(story, number)), None)
    if first is None:
        return None
    before = [token.plain for token in tokens(story.sentence(number).text[: first.start])]
    clause = before[max((at + 1 for at, plain in enumerate(before) if plain == ","), default=0) :]
    acts = not any(g.is_finite(plain) or plain in g.PREPOSITIONS for plain in clause)
    return first if acts and (clause == before or before[0] in g.PREPOSITIONS) else None


def _pronouns(story: Story, number: int) -> frozenset[str]:
    """The pronouns that can only mean the subject of a sentence."""
    names = outside_quotes(story, number)
    people = {story.group_of[m] for m in names if m.kind is Kind.PERSON}
    subject = subject_of(story, number)
    if subject is None:
        return _THEY if _begins_with_many(story.sentence(number).text) and not people else NOTHING
    others = {story.group_of[m] for m in names} - {story.group_of[subject]}
    if subject.kind is Kind.PERSON and len(people) == 1:
        group = story.gathered.groups[story.group_of[subject]]
        sex = sex_of(fold(group.name.split()[0]))
        return (NOTHING if sex.against(Sex.MALE) else _HE) | (NOTHING if sex.against(Sex.FEMALE) else _SHE)
    if subject.kind is Kind.ORGANISATION and not any(story.gathered.groups[o].kind in (Kind.ORGANISATION, None) for o in others):
        return _IT | _THEY
    return NOTHING


def _begins_with_many(text: str) -> bool:
    """Whether the first noun phrase of a sentence is of several people ("The dockers", "Some 400 residents")."""
    found = tokens(text)
    verb = next((at for at, token in enumerate(found) if g.is_finite(token.plain)), 0)
    phrase = [token for token in found[:verb] if token.is_word]
    if not 0 < len(phrase) <= _PHRASE_MAX or any(token.plain in g.PREPOSITIONS for token in phrase):
        return False
    head = phrase[-1].plain
    return is_plural(head) and (lemma(head) in _PEOPLE or fold(head.removesuffix("s")) in _HELD)


def _are_parted(story: Story, beside: int, number: int) -> bool:
    """Whether a line could come between two sentences, or one between them names anybody of whom the one above does not speak."""
    between = range(beside + 1, number)
    if any(n in story.usable for n in between):
        return True
    known = set(story.groups(beside))
    return any(m.kind is not Kind.PLACE and story.group_of[m] not in known for n in between for m in story.names[n - 1])
