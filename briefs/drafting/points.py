"""The lines of a brief, section by section: each sentence at most once, each section only where a sentence says it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from briefs.article import Sentence
from briefs.brief import STANDARD_LINES_MAX, KeyPoint, Section, Size
from briefs.drafting.antecedents import written
from briefs.drafting.confusable import confusable
from briefs.drafting.duplicates import likeness
from briefs.drafting.grounding import check
from briefs.drafting.lines import cited_line, line_of
from briefs.drafting.sections import background, matters, not_known, whats_next
from briefs.drafting.select import select
from briefs.drafting.story import Drafted, Story
from briefs.drafting.words import words
from briefs.reading.gathering import Apart

HAPPENED_MAX: Final = 5
HAPPENED_MIN: Final = 3  # where fewer are news, what is always so fills up
MATTERS_MAX: Final = 2
NOT_KNOWN_MAX: Final = 2
NEXT_MAX: Final = 2
FIGURES_MAX: Final = 2
APART_MAX: Final = 2
SHORT_LINES: Final = 2  # of What happened, which digests show as well
WORDS_MIN: Final = 7  # of a key point
ALIKE: Final = 0.5  # of the words of two lines: they say the same
COVERED: Final = 0.45  # of a line's words: the headline and the bottom line say them

Says = Callable[[Sentence], bool]


def points_of(story: Story, bottom: Drafted, head: Drafted) -> tuple[tuple[KeyPoint, Drafted], ...]:
    """The key points of a brief whose headline and bottom line are there already.

    Returns:
        In the order of the sections; within What happened as the article tells it. Together with the bottom line they
        are no more than the standard size shows.
    """
    order = [story.usable[at] for at in select([story.sentence(number).text for number in story.usable], len(story.usable))]
    taken = {bottom.number, head.number}
    told = list(dict.fromkeys((bottom.line.text, head.line.text)))
    found: dict[Section, list[Drafted]] = {
        Section.NOT_THE_SAME: list(_apart(story, taken)),
        Section.FIGURES: list(_figures(story, taken)),
    }
    told += [drafted.line.text for lines in found.values() for drafted in lines]
    for section, says, most in (
        (Section.NOT_KNOWN, not_known, NOT_KNOWN_MAX),
        (Section.WHATS_NEXT, whats_next, NEXT_MAX),
        (Section.WHY_IT_MATTERS, matters, MATTERS_MAX),
    ):
        found[section] = list(_told(story, (n for n in order if says(story.sentence(n))), taken, told, most, bottom.number))
    room = STANDARD_LINES_MAX - 1 - sum(map(len, found.values()))
    slots = _with_slots(story, order)
    fresh = [number for number in slots if not background(story.sentence(number))]
    happened = list(_told(story, fresh, taken, told, min(HAPPENED_MAX, room), bottom.number))
    if (missing := min(HAPPENED_MIN, room) - len(happened)) > 0:
        happened += _told(story, (number for number in slots if number not in fresh), taken, told, missing, bottom.number)
    found[Section.WHAT_HAPPENED] = sorted(happened, key=lambda drafted: drafted.number)
    return tuple(_points(found))


def _points(found: dict[Section, list[Drafted]]) -> Iterator[tuple[KeyPoint, Drafted]]:
    for section in Section:
        for at, drafted in enumerate(found[section]):
            short = section is Section.WHAT_HAPPENED and at < SHORT_LINES
            yield KeyPoint(section, drafted.line, Size.SHORT if short else Size.STANDARD), drafted


def _told(story: Story, numbers: Iterable[int], taken: set[int], told: list[str], most: int, bottom: int) -> Iterator[Drafted]:
    """Up to so many lines from sentences that have none yet, none of them saying what another one says."""
    left = most
    for number in numbers:
        if left < 1:
            return
        drafted = line_of(story, number, beside=bottom) if number not in taken else None
        if drafted is None or len(drafted.line.text.split()) < WORDS_MIN or _is_told(drafted.line.text, told):
            continue
        taken.add(number)
        told.append(drafted.line.text)
        left -= 1
        yield drafted


def _is_told(text: str, told: list[str]) -> bool:
    """Whether one line says much of what another one does, or those of the head of the brief most of it."""
    return any(likeness(text, one) >= ALIKE for one in told) or _covered(text, " ".join(told[:2])) >= COVERED


def _covered(text: str, by: str) -> float:
    """The share of a line's words of weight that another text has, from 0 to 1."""
    mine, theirs = ({word.stem for word in words(line) if word.heavy} for line in (text, by))
    return len(mine & theirs) / len(mine) if mine else 1.0


def _with_slots(story: Story, order: list[int]) -> list[int]:
    """The order of importance, with a figure and somebody's telling brought among the first, where the article has them."""
    first, rest = order[: HAPPENED_MAX - 2], order[HAPPENED_MAX - 2 :]
    for has in (_has_figure, _has_speaker):
        if not any(has(story.sentence(number)) for number in first):
            found = next((number for number in rest if has(story.sentence(number))), None)
            if found is not None:
                first, rest = [*first, found], [number for number in rest if number != found]
    return [*first, *rest]


def _has_figure(sentence: Sentence) -> bool:
    return any(figure.noun for figure in sentence.figures)


def _has_speaker(sentence: Sentence) -> bool:
    return any(said.who for said in sentence.attributions)


def _figures(story: Story, taken: set[int]) -> Iterator[Drafted]:
    for pair in confusable(story):
        lines = [line_of(story, placed.number) for placed in pair]
        whole = [drafted for drafted, placed in zip(lines, pair, strict=True) if drafted and placed.figure.value in drafted.line.text]
        if len(whole) == FIGURES_MAX and not taken & {placed.number for placed in pair}:
            taken |= {placed.number for placed in pair}
            yield from whole
            return


def _apart(story: Story, taken: set[int]) -> Iterator[Drafted]:
    told: set[str] = set()
    for edge in story.gathered.apart[:APART_MAX]:
        drafted = apart_line(story, edge) if edge.sentence not in taken else None
        if drafted is not None and drafted.line.text not in told:
            taken.add(edge.sentence)
            told.add(drafted.line.text)
            yield drafted


def apart_line(story: Story, edge: Apart) -> Drafted | None:
    """What the article itself keeps apart, with the name put where its sentence has but a pronoun; None where it cannot be told."""
    if edge.sentence not in story.usable:
        return None
    if drafted := line_of(story, edge.sentence):
        return drafted
    pronoun, _, rest = story.sentence(edge.sentence).text.partition(" ")
    mention = next((m for m in reversed(story.gathered.groups[edge.one].mentions) if m.sentence == edge.sentence - 1), None)
    if mention is None or pronoun not in {"It", "They", "He", "She"}:
        return None
    line, cited = f"{written(story, mention)} {rest}", (edge.sentence - 1, edge.sentence)
    verdict = check(line, [story.sentence(number) for number in cited])
    return Drafted(cited_line(story, line, cited, verdict), verdict, edge.sentence) if verdict.passes else None
