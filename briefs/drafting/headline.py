"""The headline and the bottom line of a draft."""

from itertools import accumulate
from typing import Final

from briefs.article import Level
from briefs.brief import BOTTOM_LINE_WORDS_MAX
from briefs.drafting.grounding import check
from briefs.drafting.lines import cited_line, line_of, says_something
from briefs.drafting.story import Drafted, Story
from briefs.drafting.trim import cuts
from briefs.errors import BrokenArticle

HEADLINE_WORDS: Final = 14  # a headline is made this short where its sentence can be cut so far
LED_BY: Final = 3  # sentences of the beginning that may carry the title
_FROM_THE_TOP: Final = 12  # usable sentences among which a bottom line is sought


def bottom_line(story: Story) -> Drafted:
    """The first sentence that can stand at the head of a brief, whole or cut.

    Raises:
        BrokenArticle: none can be cut to the length of a bottom line without losing who says it, or how surely.
    """
    for number in story.usable[:_FROM_THE_TOP]:
        drafted = line_of(story, number, words=BOTTOM_LINE_WORDS_MAX, words_max=BOTTOM_LINE_WORDS_MAX)
        if drafted is not None:
            return drafted
    raise BrokenArticle(
        f"No bottom line could be drafted: no sentence near the beginning stands by itself in {BOTTOM_LINE_WORDS_MAX} words. "
        "Write one, and the rest can be drafted."
    )


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
    forms = [form.rstrip(".") for form in cuts(bottom.line.text, HEADLINE_WORDS) if says_something(form)]
    for text in forms:
        verdict = check(text, [story.sentence(number) for number in cited])
        if verdict.level in (Level.VERBATIM, Level.CUT, bottom.verdict.level):
            return Drafted(cited_line(story, text, cited, verdict), verdict, bottom.number)
    return bottom
