"""The name for which a line's first words stand, where the sentence before leaves but one."""

import re
from collections.abc import Iterator
from typing import Final

from briefs.drafting.above import outside_quotes, subject_of
from briefs.drafting.story import Story
from briefs.entity import Kind, Mention
from briefs.folding import fold
from briefs.reading import grammar as g
from briefs.reading.given_names import Sex, sex_of

_PRONOUN: Final = re.compile(r"^(?P<subject>He|She|It)\b|^(?P<owner>His|Her|Its)\b")
_SEX: Final = {"He": Sex.MALE, "His": Sex.MALE, "She": Sex.FEMALE, "Her": Sex.FEMALE}
_DEFINITE: Final = re.compile(r"^The (?P<noun>[a-z]+)\b(?! (?:of|in|on|at|that|who|which|between|against|for)\b)")
_BEFORE_NAME: Final = re.compile(r"(?P<article>\b[Tt]he )?(?P<owner>(?:[A-Z][\w-]*(?:['’]s|s['’]) )*)$")
_TOLD_APART: Final = re.compile(
    r"\bthe (?=(?P<whole>(?P<noun>[a-z]+) (?:in|of|on|between|against|with|over) (?:the )?[A-Z][\w’'-]*[\w](?: [A-Z][\w’'-]*\w)*))",
    re.IGNORECASE,
)
_NO_PERSON_AFTER: Final = frozenset({"the", "a", "an", "in", "on", "at", "into", "its", "called"})
_LOOKED_BACK: Final = 2  # sentences


def with_antecedent(story: Story, number: int, text: str) -> Iterator[tuple[str, int]]:
    """A form of a sentence with its first words' antecedent named, and the number of the sentence that has the name.

    Nothing where more than one could be meant.
    """
    if match := _PRONOUN.match(text):
        found = _person(story, number, match[0]) if match[0] in _SEX else _thing(story, number)
        if found is not None:
            name = written(story, found)
            ending = "" if match["subject"] else "’s"
            yield f"{name}{ending}{text[match.end() :]}", found.sentence
    elif match := _DEFINITE.match(text):
        yield from ((f"The {whole}{text[match.end() :]}", where) for whole, where in _whole_noun(story, number, match["noun"]))


def _person(story: Story, number: int, pronoun: str) -> Mention | None:
    """The only person whom the nearest sentence with one names."""
    for back in range(number - 1, max(0, number - 1 - _LOOKED_BACK), -1):
        here = outside_quotes(story, back)
        people = [mention for mention in here if mention.kind is Kind.PERSON]
        unsure = [mention for mention in here if mention.kind is None and not _is_by_the_way(story, mention)]
        if not people and not unsure:
            continue
        fitting = len({story.group_of[mention] for mention in people}) == 1 and not unsure
        group = story.gathered.groups[story.group_of[people[0]]] if fitting else None
        contradicted = group is not None and sex_of(fold(group.name.split()[0])).against(_SEX[pronoun])
        return people[0] if fitting and not contradicted else None
    return None


def _is_by_the_way(story: Story, mention: Mention) -> bool:
    """Whether a name of unknown kind is no person's to all appearance: after "the" or "in", or part of another name."""
    before = story.sentence(mention.sentence).text[: mention.start].split()
    return bool(before) and before[-1].casefold() in _NO_PERSON_AFTER


def _thing(story: Story, number: int) -> Mention | None:
    """The organisation or place that begins the sentence before, where that names no other organisation."""
    if number < 2:
        return None
    names = outside_quotes(story, number - 1)
    if not names or names[0] != subject_of(story, number - 1) or names[0].kind not in (Kind.ORGANISATION, Kind.PLACE):
        return None
    others = {story.group_of[m] for m in names if m.kind in (Kind.ORGANISATION, None)} - {story.group_of[names[0]]}
    return names[0] if not others else None


def written(story: Story, mention: Mention) -> str:
    """The name with its article and its owners, where it has them ("The Dockers' Union"), as it begins a sentence."""
    match = _BEFORE_NAME.search(story.sentence(mention.sentence).text[: mention.start])
    article, owner = (match["article"], match["owner"]) if match else ("", "")
    return f"{'The ' if article else ''}{owner}{mention.text}"


def _whole_noun(story: Story, number: int, noun: str) -> Iterator[tuple[str, int]]:
    """The noun with what told it from others when it was spoken of: "war in Gaza" for "the war"."""
    for back in range(number - 1, max(0, number - 1 - _LOOKED_BACK), -1):
        found = _told_apart(story.sentence(back).text, noun)
        wholes = {whole for whole in found if not any(g.is_time(word.casefold()) for word in whole.split())}
        if wholes:
            if len(wholes) == 1:
                yield wholes.pop(), back
            return


def _told_apart(text: str, noun: str) -> Iterator[str]:
    """The noun with what tells it from others, wherever a text has both; none within another."""
    end = 0
    for match in _TOLD_APART.finditer(text):
        if match["noun"].casefold() == noun and match.start() >= end:
            end = match.end("whole")
            yield match["whole"]
