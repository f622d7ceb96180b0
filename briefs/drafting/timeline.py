"""The dated steps an article tells of."""

import re
from calendar import month_name
from collections.abc import Mapping
from typing import Final

from briefs.article import DateMark, Sentence
from briefs.brief import Step
from briefs.day import calendar
from briefs.drafting.lines import line_of
from briefs.drafting.story import Drafted, Story

STEPS_MAX: Final = 12
_SPAN: Final = re.compile(
    r"\b(?:over|during|in|for|throughout) (?:the |recent )|\b(?:past|previous|coming|recent) |^the (?:last|next) \w+ \w+|decade|century",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(r"\b(?:until|till|before|by|after|following|from) [^,;:–—]{0,60}$", re.IGNORECASE)
_SINCE: Final = re.compile(r"\bsince (?:early |late |the )?$", re.IGNORECASE)  # what is told began then, or has not been since
_ASIDE: Final = re.compile(r", (?:which|who|whose|where|when)\b[^,]*$")
_NO_YEAR: Final = re.compile("|".join(month_name[1:]))


def timeline_of(story: Story, slugs: Mapping[int, str]) -> tuple[Step, ...]:
    """One step for each line that tells when: oldest first, those no calendar has at the end and in the article's order.

    Args:
        slugs: of the groups that have one, by their places.
    """
    steps: list[tuple[str, Step, Drafted]] = []
    for number in story.usable:
        mark = _when(story.sentence(number))
        drafted = line_of(story, number) if mark is not None else None
        if mark is None or drafted is None or mark.words not in drafted.line.text:
            continue
        named = tuple(dict.fromkeys(slugs[group] for group in story.groups(number) if group in slugs))
        step = Step(_written(mark, story.sentence(number)), bool(mark.resolved), drafted.line, named)
        steps.append((mark.resolved, step, drafted))
        if len(steps) == STEPS_MAX:
            break
    dated = sorted((one for one in steps if one[0]), key=lambda one: (one[0], one[2].number))
    return tuple(step for _, step, _ in (*dated, *(one for one in steps if not one[0])))


def _when(sentence: Sentence) -> DateMark | None:
    """The first time of a sentence that is a moment and no span, and stands outside quotations."""
    for mark in sentence.dates:
        quoted = mark.quoted or any(quote.start <= mark.start < quote.end for quote in sentence.quotes)
        before = sentence.text[: mark.start]
        if not (quoted or _SPAN.search(mark.words) or _ASIDE.search(before) or _SINCE.search(before)):
            return mark
    return None


def _written(mark: DateMark, sentence: Sentence) -> str:
    """As the article has it, and the date where that is certain and says more; an open one says so."""
    before = _BEFORE.search(sentence.text[: mark.start])
    words = f"{before[0].strip()} {mark.words}" if before else mark.words
    if not mark.resolved:
        return f"{words}, {'year' if _NO_YEAR.search(words) else 'date'} not given"
    return f"{words} ({calendar(mark.resolved)})" if mark.relative else words
