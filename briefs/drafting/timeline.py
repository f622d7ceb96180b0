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
from briefs.reading.nouns import is_plural

STEPS_MAX: Final = 12
_SPAN: Final = re.compile(
    r"\b(?:over|during|in|for|throughout) (?:the |recent )|\b(?:past|previous|coming|recent) |^the (?:last|next) \w+ \w+|decade|century",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(  # only what governs the date itself
    r"\b(?:(?:until|till|before|by|after|following|from)(?: the| early| late| mid)?(?: (?:start|end|beginning|middle|eve) of)?"
    r"|(?:before|after|following) (?:the |an? )?[a-z-]+(?: of [A-Z][\w’'-]*)?(?: of| in| on)"
    r"|(?:before|after|following) [A-Z][\w’'-]* (?:took|left|won|lost|began|resigned|died)[a-z ]{0,12} (?:in|on)) $",
    re.IGNORECASE,
)
_OWNS: Final = re.compile(r"^(?:’s|'s)")
_TILL: Final = re.compile(r"^ ?(?:to|until|till|through|–|-) ?\d{4}\b")
_FROM_YEAR: Final = re.compile(r"\b(?:from|between) \d{4} ?(?:to|until|till|through|and|–|-) ?$")
_BARE: Final = re.compile(r"\d{4}")
_DECADE: Final = re.compile(r"\d{3}0s\b")
_COUNTED: Final = re.compile(r"^ (?P<noun>[a-z]+)")
_IN: Final = re.compile(r"\b(?:in|since|during|early|late|mid) $", re.IGNORECASE)
_OTHER_EVENT: Final = re.compile(r"\b(?:before|after|since|than) (?:the )?$", re.IGNORECASE)
_SINCE: Final = re.compile(r"\bsince (?:early |late |the )?$", re.IGNORECASE)  # what is told began then, or has not been since
_ASIDE: Final = re.compile(r", (?:which|who|whose|where|when)\b[^,]*$")
_NO_YEAR: Final = re.compile("|".join(month_name[1:]))


def timeline_of(story: Story, slugs: Mapping[int, str], bottom: int = 0) -> tuple[Step, ...]:
    """One step for each line that tells when: oldest first, those no calendar has at the end and in the article's order.

    Args:
        slugs: of the groups that have one, by their places.
        bottom: the number of the sentence that the bottom line was made of, which may tell what deal "the deal" is; 0 for none.
    """
    steps: list[tuple[str, Step, Drafted]] = []
    for number in story.usable:
        mark = _when(story.sentence(number))
        drafted = line_of(story, number, beside=bottom) if mark is not None else None
        if mark is None or drafted is None or mark.words not in drafted.line.text:
            continue
        here = (group for cited in drafted.line.citations for group in _named(story, cited.sentence, drafted.line.text))
        named = tuple(dict.fromkeys(slugs[group] for group in here if group in slugs))
        step = Step(_written(mark, story.sentence(number)), bool(mark.resolved), drafted.line, named)
        steps.append((mark.resolved, step, drafted))
        if len(steps) == STEPS_MAX:
            break
    dated = sorted((one for one in steps if one[0]), key=lambda one: (one[0], one[2].number))
    return tuple(step for _, step, _ in (*dated, *(one for one in steps if not one[0])))


def _named(story: Story, number: int, text: str) -> list[int]:
    """The groups a sentence names, those of a sentence that is cited beside it only where the line has their names."""
    return [story.group_of[mention] for mention in story.names[number - 1] if mention.text in text]


def _when(sentence: Sentence) -> DateMark | None:
    """The first time of a sentence that is a moment and no span, and stands outside quotations."""
    for mark in sentence.dates:
        quoted = mark.quoted or any(quote.start <= mark.start < quote.end for quote in sentence.quotes)
        before = sentence.text[: mark.start]
        if not (quoted or _SPAN.search(mark.words) or _ASIDE.search(before) or _SINCE.search(before) or _is_no_moment(mark, sentence)):
            return mark
    return None


def _is_no_moment(mark: DateMark, sentence: Sentence) -> bool:
    """Whether the words only tell one thing from others ("this year's theme"), name a span, or count something."""
    before, after = sentence.text[: mark.start], sentence.text[mark.end :]
    owns = bool(_OWNS.match(after)) and not mark.words.casefold().startswith("next")
    spans = bool(_DECADE.search(mark.words) or _FROM_YEAR.search(before) or (before.endswith("from ") and _TILL.match(after)))
    counted = _COUNTED.match(after)
    if _BARE.fullmatch(mark.words) and counted and not _IN.search(before):
        many = is_plural(counted["noun"]) or counted["noun"].endswith(("ren", "men"))
        return spans or many or bool(_OTHER_EVENT.search(before))
    return owns or spans


def _written(mark: DateMark, sentence: Sentence) -> str:
    """As the article has it, and the date where that is certain and says more; an open one says so."""
    before = _BEFORE.search(sentence.text[: mark.start])
    words = f"{before[0].strip()} {mark.words}" if before else mark.words
    if not mark.resolved:
        return f"{words}, {'year' if _NO_YEAR.search(words) else 'date'} not given"
    return f"{words} ({calendar(mark.resolved)})" if mark.relative else words
