"""What is odd in an article, as far as rules can see it: questions for a curator, never mended."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from briefs.article import CitedLine, Figure, ModalKind
from briefs.drafting.grounding import check
from briefs.drafting.lexicon import lemma, stem
from briefs.drafting.lines import cited_line
from briefs.drafting.story import Story
from briefs.drafting.words import Sort, Word, words
from briefs.reading import grammar as g
from briefs.reading.numbers import amount

ODDITIES_MAX: Final = 4
SHARED: Final = 4  # rare words that two sentences share where they may tell one event
SHARE: Final = 1 / 3  # of the words of the shorter of them
RARE: Final = 4  # sentences in which a rare word stands at most
APART: Final = 3  # sentences that lie between two tellings at least
_EMPHATIC: Final = re.compile(r"\b(?P<if>if|unless) (?P<who>[\w’' -]{1,40}?) (?P<do>does|do|did) (?P<verb>[a-z]+)\b")
_AFTER_DO: Final = frozenset({"not", "so", "nothing", "nor", "the", "a", "this", "that", "it", "more", "little", "much"})
_SUPERLATIVE: Final = re.compile(r"(?P<one>\bone of (?:[\w’']+ ){1,3}?)?\b(?:the )?most (?P<what>[a-z]+ [a-z]+)\b")


def oddities_of(story: Story) -> tuple[CitedLine, ...]:
    """Questions on the article's own words, each with the sentences it is about, in reading order of the first of them."""
    found: list[tuple[tuple[int, ...], str]] = [*_missing_not(story), *_superlatives(story), *_told_twice(story)]
    lines = []
    for cited, text in found:
        verdict = check(text, [story.sentence(number) for number in cited], note=True)
        if verdict.passes:
            lines.append((cited, cited_line(story, text, cited, verdict)))
    return tuple(line for _, line in sorted(lines, key=lambda one: one[0]))[:ODDITIES_MAX]


def _missing_not(story: Story) -> Iterator[tuple[tuple[int, ...], str]]:
    """A threat on a condition with a stressed verb ("if it does sign"): the sense may need a "not"."""
    for number in story.usable:
        sentence = story.sentence(number)
        match = _EMPHATIC.search(sentence.text)
        threatens = any(modal.kind is ModalKind.THREATENS for modal in sentence.modals)
        if match and threatens and match["verb"] not in _AFTER_DO:
            written = f"{match['do']} {match['verb']}"
            yield (number,), f"“{written}”: is a not missing here? It is shown as the article has it."


def _superlatives(story: Story) -> Iterator[tuple[tuple[int, ...], str]]:
    """One that is "one of the most …" here and "the most …" there."""
    told: dict[tuple[int, str], list[tuple[int, bool, str]]] = {}
    for number in story.usable:
        text = story.sentence(number).text
        for match in _SUPERLATIVE.finditer(text) if "most " in text else ():
            group = next(
                (story.group_of[m] for m in reversed(story.names[number - 1]) if m.end <= match.start() and match.start() - m.end < 20),
                None,
            )
            if group is not None:
                what = " ".join(stem(lemma(word)) for word in match["what"].split())
                told.setdefault((group, what), []).append((number, bool(match["one"]), match["what"]))
    for (group, _), here in told.items():
        kinds = {one_of for _, one_of, _ in here}
        if len(kinds) == 2:
            cited = tuple(dict.fromkeys(number for number, _, _ in here))[:2]
            name = story.gathered.groups[group].name
            yield cited, f"{name} is once “one of” the most {here[0][2]} and once “the most”: which is meant?"


def _told_twice(story: Story) -> Iterator[tuple[tuple[int, ...], str]]:
    """Two sentences far from each other that share an act and so many rare words that they may tell one event."""
    found = {number: words(story.sentence(number).text) for number in story.usable}
    sets = {number: {word.stem for word in text if word.sort in (Sort.CONTENT, Sort.NAME)} for number, text in found.items()}
    times = Counter(topic for here in sets.values() for topic in here)
    rare = {number: {topic for topic in here if times[topic] <= RARE} for number, here in sets.items()}
    for one, other in combinations(story.usable, 2):
        shared = rare[one] & rare[other] if other - one >= APART else set()
        if len(shared) < SHARED or len(shared) < SHARE * min(len(sets[one]), len(sets[other])):
            continue
        if not shared & _acts(found[one]) & _acts(found[other]):
            continue
        # Without a number that differs there is nothing to ask: the sentences are two, or say the same.
        if differing := _differing(story, one, other):
            yield (one, other), f"Is this one event? The article has {differing}."


def _acts(text: Sequence[Word]) -> set[str]:
    return {word.stem for word in text if g.is_past(word.plain) and not word.capital}


def _differing(story: Story, one: int, other: int) -> str:
    for a in story.sentence(one).figures:
        for b in story.sentence(other).figures:
            if a.noun and _head(a) == _head(b) and amount(a.value) != amount(b.value):
                return f"{a.value} {a.noun} here and {b.value} {b.noun} there"
    return ""


def _head(figure: Figure) -> str:
    return stem(lemma(figure.noun.split()[-1].casefold())) if figure.noun else ""
