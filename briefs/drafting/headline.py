"""The headline and the bottom line of a draft."""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from briefs.article import Level
from briefs.brief import BOTTOM_LINE_WORDS_MAX
from briefs.drafting.duplicates import is_covered, stems
from briefs.drafting.grounding import check
from briefs.drafting.lines import cited_line, line_of, says_something
from briefs.drafting.shorter import LEAST, shorter, with_initials, without_source
from briefs.drafting.standing import stands_alone
from briefs.drafting.story import Drafted, Story
from briefs.drafting.trim import cuts
from briefs.errors import BrokenArticle

HEADLINE_WORDS: Final = 15  # a headline is made this short where its sentence can be cut so far
HEADLINE_WORDS_MAX: Final = 22  # else this short
LEAD_WORDS_MAX: Final = 40  # of a longer lead, cutting its end may leave out its news: a third of what it has of the title must stay
TRIED: Final = 10  # forms held against the sentence
LED_BY: Final = 3  # sentences of the beginning that may carry the title
_TIME_AT_END: Final = re.compile(r" (?:on|late on|early on) (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\.$| (?:yesterday|today)\.$")
_FROM_THE_TOP: Final = 12  # usable sentences among which a bottom line is sought


def heads(story: Story) -> tuple[Drafted, Drafted]:
    """The headline and the bottom line, both of the lead where one can be made of it.

    Where a lead is so short that both would be the same words and the next sentence tells that news again, more fully, that
    one is the bottom line.

    Raises:
        BrokenArticle: no sentence can be cut to the length of a bottom line without losing who says it, or how surely.
    """
    bottom = _bottom_line(story)
    head = headline(story, bottom)
    if head.line.text == bottom.line.text.rstrip(".") and _is_short(head):
        after = [number for number in story.usable[: LED_BY + 1] if number > bottom.number]
        fuller = (drafted for number in after if (drafted := _as_bottom_line(story, number)))
        return head, next((one for one in fuller if is_covered(head.line.text, one.line.text)), bottom)
    return head, bottom


def _is_short(head: Drafted) -> bool:
    return len(head.line.text.split()) <= HEADLINE_WORDS_MAX


def _bottom_line(story: Story) -> Drafted:
    for at, number in enumerate(story.usable[:_FROM_THE_TOP]):
        drafted = _as_bottom_line(story, number) or (_shortened(story, number) if at < LED_BY else None)
        if drafted is not None:
            return drafted
    raise BrokenArticle(
        f"No bottom line could be drafted: no sentence near the beginning stands by itself in {BOTTOM_LINE_WORDS_MAX} words. "
        "Write one, and the rest can be drafted."
    )


def _as_bottom_line(story: Story, number: int) -> Drafted | None:
    return line_of(story, number, words=BOTTOM_LINE_WORDS_MAX, words_max=BOTTOM_LINE_WORDS_MAX)


def _shortened(story: Story, number: int) -> Drafted | None:
    """A bottom line made of a long lead by leaving out where its subject comes from, or its last phrases."""
    whole = story.sentence(number).text
    ends = shorter(whole, min(BOTTOM_LINE_WORDS_MAX, story.longest))
    if len(whole.split()) > LEAD_WORDS_MAX:
        ends = [form for form in ends if story.article.title and 3 * _of_title(story, form) >= _of_title(story, whole)]
    for text in [*without_source(whole), *ends][:TRIED]:
        if len(text.split()) <= min(BOTTOM_LINE_WORDS_MAX, story.longest) and says_something(text) and _stands(story, text, number):
            verdict = check(text, [story.sentence(number)])
            if verdict.level is Level.CUT:
                return Drafted(cited_line(story, text, (number,), verdict), verdict, number)
    return None


def headline(story: Story, bottom: Drafted) -> Drafted:
    """The article's title where the gate passes it beside the sentences of the beginning; else the bottom line cut as short as it may."""
    title = " ".join(story.article.title.split())
    if title:
        first = story.usable[:LED_BY]
        for cited in (*((number,) for number in dict.fromkeys((bottom.number, *first))), *list(accumulate((n,) for n in first))[1:]):
            verdict = check(title, [story.sentence(number) for number in cited])
            if verdict.level is not Level.REFUSED:
                return Drafted(cited_line(story, title, cited, verdict), verdict, cited[0])
    return _cut(story, bottom)


def _cut(story: Story, bottom: Drafted) -> Drafted:
    cited = [citation.sentence for citation in bottom.line.citations]
    whole = bottom.line.text
    forms = _short_forms(whole) if len(whole.split()) > HEADLINE_WORDS else list(_without_time(whole))
    for form in sorted(forms[:TRIED], key=lambda form: -_of_title(story, form)):
        text = form.rstrip(".")
        if not says_something(form) or not _stands(story, form, bottom.number):
            continue
        verdict = check(text, [story.sentence(number) for number in cited])
        if verdict.passes:
            return Drafted(cited_line(story, text, cited, verdict), verdict, bottom.number)
    text = whole.rstrip(".")
    return Drafted(cited_line(story, text, cited, bottom.verdict), bottom.verdict, bottom.number)


def _of_title(story: Story, form: str) -> int:
    """How many of the title's words of weight a form has: they say what the news is, also where the title itself may not stand."""
    return len(stems(story.article.title) & stems(form))


def _without_time(text: str) -> Iterator[str]:
    """A short lead without the day at its end, so that the bottom line says more than the headline."""
    if (match := _TIME_AT_END.search(text)) and len(text[: match.start()].split()) >= LEAST:
        yield f"{text[: match.start()]}."


def _short_forms(text: str) -> list[str]:
    """Forms for a headline: the longest that are short enough, then longer ones, the shortest first."""
    brief = with_initials(text)
    forms = list(dict.fromkeys((*shorter(text, HEADLINE_WORDS_MAX), *(form for form in cuts(text, HEADLINE_WORDS) if form != text))))
    if brief != text:
        forms += [form for form in (brief, *shorter(brief, HEADLINE_WORDS_MAX)) if form not in forms]
    longer = sorted(
        (form for form in forms if HEADLINE_WORDS < len(form.split()) <= HEADLINE_WORDS_MAX), key=lambda form: len(form.split())
    )
    return [*(form for form in forms if len(form.split()) <= HEADLINE_WORDS)][: TRIED // 2] + longer


def _stands(story: Story, text: str, number: int) -> bool:
    return stands_alone(text, named=story.named(number, text), known=story.before[number - 1])
