"""Lines made of sentences: whole or cut, each able to stand by itself, each passed by the gate."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from briefs.article import Citation, CitedLine, Level, Sentence
from briefs.drafting.above import NOTHING, above
from briefs.drafting.antecedents import with_antecedent
from briefs.drafting.dated import dates_of
from briefs.drafting.grounding import Verdict, check
from briefs.drafting.standing import stands_alone
from briefs.drafting.story import LINE_WORDS_MAX, Drafted, Story, said_whole
from briefs.drafting.trim import begins_with_place, cuts
from briefs.drafting.verbal import has_verb
from briefs.reading.marks import mark
from briefs.reading.quotes import quotes

LINE_WORDS: Final = 32  # a line is made this short where its sentence can be cut so far
QUOTE_WORDS: Final = 4  # a quotation of more words than this needs its speaker in the line
TITLE_WORDS: Final = 8  # of one whose words have capitals all: it is a name
SMALL: Final = 3  # letters of a word that has none in a name ("The Sound of the Sea")
_TRIED: Final = 6  # forms of a sentence that are looked at

Shown = tuple[str, tuple[int, ...], bool]  # a form, the sentences it rests on, whether an antecedent is named in it


def line_of(
    story: Story, number: int, *, words: int = LINE_WORDS, words_max: int = LINE_WORDS_MAX, beside: int = 0, below: bool = False
) -> Drafted | None:
    """The best line that can be made of a sentence; None where none can.

    Args:
        words: the longest form of at most that many words is taken; where there is none, the shortest.
        words_max: a longer form is not taken, nor one longer than the story allows.
        beside: the number of a sentence that tells what deal it is, and is cited too where a line speaks of "the deal";
            0 where no line is to stand that needs another one.
        below: the line is shown right below that of `beside`, so that "he" may be the one who acts there.
    """
    words_max = min(words_max, story.longest)
    asked = (number, min(words, words_max), words_max, beside, below)
    if asked not in story.lines:
        story.lines[asked] = _best(story, *asked)
    return story.lines[asked]


def _best(story: Story, number: int, words: int, words_max: int, beside: int, below: bool) -> Drafted | None:
    sentence = story.sentence(number)
    whole = said_whole(sentence)
    if beside:
        by_itself = line_of(story, number, words=words, words_max=words_max)
        return by_itself or _passed(story, number, words_max, _below(story, number, _forms(whole, words, words_max), beside, below=below))
    if whole == sentence.text and len(whole.split()) <= words and not begins_with_place(whole) and _stands_whole(story, number):
        verdict = Verdict(Level.VERBATIM)
        return Drafted(cited_line(story, whole, (number,), verdict), verdict, number)
    return _passed(story, number, words_max, _by_themselves(story, number, _forms(whole, words, words_max)))


def _passed(story: Story, number: int, words_max: int, shown: Iterator[Shown]) -> Drafted | None:
    """The first of the forms that the gate lets pass as the sentence's own words, or with a name put in."""
    sentence = story.sentence(number)
    for text, cited, named in shown:
        if len(text.split()) > words_max:
            continue  # a name is longer than the pronoun it stands for
        # A sentence whole is verbatim whatever else the gate would look at.
        verdict = Verdict(Level.VERBATIM) if text == sentence.text else check(text, [story.sentence(one) for one in cited])
        if verdict.level in (Level.VERBATIM, Level.CUT) or (verdict.passes and named):
            return Drafted(cited_line(story, text, cited, verdict), verdict, number)
    return None


@lru_cache(maxsize=256)
def _forms(whole: str, words: int, words_max: int) -> tuple[str, ...]:
    """The sentence and its cuts, which are asked for once for each line it may stand below."""
    return tuple([form for form in cuts(whole, words) if len(form.split()) <= words_max][:_TRIED])


def _stands_whole(story: Story, number: int) -> bool:
    whole = story.sentence(number).text
    return says_something(whole) and stands_alone(whole, named=story.named(number, whole), known=story.before[number - 1])


def _by_themselves(story: Story, number: int, forms: Sequence[str]) -> Iterator[Shown]:
    """Forms that stand by themselves; those that have an antecedent named come last."""
    before = story.before[number - 1]
    for form in forms:
        if says_something(form) and stands_alone(form, named=story.named(number, form), known=before):
            yield form, (number,), False
    for form in forms:
        for text, other in with_antecedent(story, number, form):
            named = [*story.named(number, text), *story.named(other, text)]
            if says_something(text) and stands_alone(text, named=named, known=before):
                yield text, (other, number), True


def _below(story: Story, number: int, forms: Sequence[str], beside: int, *, below: bool) -> Iterator[Shown]:
    """Forms that need the line of an earlier sentence above them."""
    if beside >= number:
        return
    seen = above(story, beside, number)
    pronouns = seen.pronouns if below else NOTHING
    for form in forms:
        named = story.named(number, form)
        if says_something(form) and stands_alone(form, named=named, known=story.before[number - 1], told=seen.told, pronouns=pronouns):
            yield form, (beside, number), False


def says_something(text: str) -> bool:
    """Whether a form has a verb, and every quotation its speaker."""
    return has_verb(text) and keeps_speakers(text)


def keeps_speakers(text: str) -> bool:
    """Whether every quotation of a line has its speaker in it; what a thing is called needs none."""
    if all(_needs_none(text[quote.start : quote.end]) for quote in quotes(text)):
        return True
    return all(quote.who or _needs_none(text[quote.start : quote.end]) for quote in mark(text).quotes)


def _needs_none(quoted: str) -> bool:
    words = quoted.split()
    return len(words) <= QUOTE_WORDS or (
        len(words) <= TITLE_WORDS and all(w[:1].isupper() or w[:1].isdigit() or len(w) <= SMALL for w in words)
    )


def cited_line(story: Story, text: str, cited: Sequence[int], verdict: Verdict) -> CitedLine:
    """The line with its citations, and what readers see set off in it."""
    return marked_line(text, story.article.id, [story.sentence(number) for number in cited], verdict.level)


def marked_line(text: str, article: str, sentences: Sequence[Sentence], level: Level) -> CitedLine:
    """A line with who said it, how surely, and the days it names marked in it, as far as they can be seen.

    Args:
        article: the id of the article whose sentences these are.

    Raises:
        Ungrounded: no sentence, too many, or the level is REFUSED.
    """
    seen = mark(text)
    said = tuple(dict.fromkeys(one.words for one in seen.attributions if one.words and one.words in text))
    hedges = tuple(dict.fromkeys(hedge.words for hedge in seen.hedges if hedge.words in text))
    citations = tuple(Citation(article, sentence.number) for sentence in sentences)
    return CitedLine(text, citations, level, said, hedges, dates=dates_of(text, sentences))
