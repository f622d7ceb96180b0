"""The lines of a brief, section by section: each sentence at most once, each section only where a sentence says it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from briefs.article import Level, Sentence
from briefs.brief import STANDARD_LINES_MAX, KeyPoint, Section, Size
from briefs.drafting.antecedents import written
from briefs.drafting.confusable import confusable
from briefs.drafting.duplicates import are_alike, is_covered, stems
from briefs.drafting.grounding import check
from briefs.drafting.lines import cited_line, line_of
from briefs.drafting.sections import accuses, answers, background, matters, may_answer, not_known, whats_next
from briefs.drafting.select import select
from briefs.drafting.story import Drafted, Story
from briefs.reading.gathering import Apart
from briefs.reading.negation import negations

HAPPENED_MAX: Final = 5
HAPPENED_MIN: Final = 3  # where fewer are news, what is always so fills up
MATTERS_MAX: Final = 2
NOT_KNOWN_MAX: Final = 2
NEXT_MAX: Final = 2
FIGURES_MAX: Final = 2
APART_MAX: Final = 2
SHORT_LINES: Final = 2  # of What happened, which digests show as well
WORDS_MIN: Final = 7  # of a key point
NEAR: Final = 10  # of the order of importance: beyond them and its first half, nothing is the news
SHARED: Final = 2  # words of weight that a sentence without any of the head's names shares with it
ABOVE_MAX: Final = 4  # lines above that may tell what a line speaks of
BLAMING: Final = 3  # sentences of the beginning that may lay something at somebody's door
TOP: Final = 5  # sentences of the beginning that are of the news whatever they say

Says = Callable[[Sentence], bool]
_SECTIONS: Final[tuple[tuple[Section, Says, int], ...]] = (
    (Section.NOT_KNOWN, not_known, NOT_KNOWN_MAX),
    (Section.WHATS_NEXT, whats_next, NEXT_MAX),
    (Section.WHY_IT_MATTERS, matters, MATTERS_MAX),
)


def points_of(story: Story, bottom: Drafted, head: Drafted) -> tuple[tuple[KeyPoint, Drafted], ...]:
    """The key points of a brief whose headline and bottom line are there already.

    Returns:
        In the order of the sections; within What happened as the article tells it. Together with the bottom line they
        are no more than the standard size shows.
    """
    order = [story.usable[at] for at in select([story.sentence(number).text for number in story.usable], len(story.usable))]
    page = _Page(story, (bottom.number, head.number), {bottom.number, head.number}, list(dict.fromkeys((bottom.line.text, head.line.text))))
    found: dict[Section, list[Drafted]] = {
        Section.NOT_THE_SAME: list(_apart(story, page.taken)),
        Section.FIGURES: list(_figures(story, page)),
    }
    page.told.extend(drafted.line.text for lines in found.values() for drafted in lines)
    saying = {section: [number for number in order if says(story.sentence(number))] for section, says, _ in _SECTIONS}
    for section, _, most in _SECTIONS:
        found[section] = _told(page, saying[section], most, [])
    room = STANDARD_LINES_MAX - 1 - sum(map(len, found.values()))
    happened = _happened(page, order, room)
    # What stands above may tell what else a section's lines speak of.
    for section, _, most in _SECTIONS:
        free = min(most - len(found[section]), room - len(happened))
        more = _told(page, saying[section], free, [*happened, *found[section]])
        found[section] += more
        room -= len(more)
    found[Section.WHAT_HAPPENED] = happened
    found = {section: sorted(lines, key=lambda drafted: drafted.number) for section, lines in found.items()}
    return tuple(_points(found, {drafted.number for drafted in [one for one in happened if _by_itself(one, page)][:SHORT_LINES]}))


@dataclass(frozen=True, slots=True)
class _Page:
    """A brief while it is put together.

    Args:
        heads: the numbers of the sentences of the bottom line and the headline.
        taken: numbers of the sentences that have a line.
        told: the lines, those of the head first.
    """

    story: Story
    heads: tuple[int, int]
    taken: set[int]
    told: list[str]


def _points(found: dict[Section, list[Drafted]], short: set[int]) -> Iterator[tuple[KeyPoint, Drafted]]:
    for section in Section:
        for drafted in found[section]:
            is_short = section is Section.WHAT_HAPPENED and drafted.number in short
            yield KeyPoint(section, drafted.line, Size.SHORT if is_short else Size.STANDARD), drafted


def _by_itself(drafted: Drafted, page: _Page) -> bool:
    """Whether a line can be read without any but the bottom line, as in a digest."""
    cited = {citation.sentence for citation in drafted.line.citations} - {drafted.number}
    return cited <= {page.heads[0]} or drafted.line.level is not Level.VERBATIM


def _happened(page: _Page, order: list[int], room: int) -> list[Drafted]:
    """What happened, the weightiest first, with the answer to what somebody is blamed for; what fills up comes last."""
    story = page.story
    slots = _with_slots(story, order)
    near = slots[: max(NEAR, len(slots) // 2)]  # of the rest nothing is the news
    near = [number for number in near if not _is_of_the_outlet(story, number)]
    fresh = _of_the_news(page, [number for number in near if not background(story.sentence(number))])
    happened = _told(page, fresh, min(HAPPENED_MAX, room), [], first=True)
    answered = _answered(page, order, happened)
    while len(happened) + len(answered) > min(HAPPENED_MAX, room) and (spare := _least(happened, answered)) is not None:
        page.taken.discard(spare.number)
        happened.remove(spare)
    answered = answered or [one for one in happened if answers(story.sentence(one.number))][:1]
    rest = [one for one in happened if one not in answered]
    at = len(answered)  # a digest that has room for two lines shows both sides of the news, and not half of another quarrel
    happened = [*rest[:at], *answered, *rest[at:]]
    if (missing := min(HAPPENED_MIN, room) - len(happened)) > 0:
        happened += _told(page, [number for number in near if number not in fresh], missing, happened, first=True)
    return happened


def _is_of_the_outlet(story: Story, number: int) -> bool:
    """Whether it tells what the outlet itself did: no news to anybody else."""
    return bool(story.article.outlet) and story.sentence(number).text.startswith(story.article.outlet)


def _least(happened: Sequence[Drafted], answered: Sequence[Drafted]) -> Drafted | None:
    """The line that may go first: of the least weight, and not one that another line rests on."""
    held = {c.sentence for one in (*happened, *answered) for c in one.line.citations if c.sentence != one.number}
    return next((one for one in reversed(happened) if one.number not in held), None)


def _answered(page: _Page, order: list[int], happened: Sequence[Drafted]) -> list[Drafted]:
    """The answer to what the article lays at somebody's door; where it is not said in so many words, with what it answers.

    None where no line can be made of it, or one is shown already.
    """
    story = page.story
    blaming = {*page.heads, *story.usable[:BLAMING], *(one.number for one in happened)}
    if not any(accuses(story.sentence(number).text) for number in blaming):
        return []
    plain = [number for number in order if answers(story.sentence(number))]
    if plain:
        return [] if page.taken & set(plain) else _answer(page, plain, happened)
    told = frozenset().union(*(stems(story.sentence(number).text) for number in sorted(blaming)))
    named = {group for number in page.heads for group in story.groups(number)}
    may = [number for number in order if may_answer(story.sentence(number))]
    others = [n for n in may if named & set(story.groups(n)[:1]) or len(told & stems(story.sentence(n).text)) > SHARED]
    if not others or page.taken & set(others) or not (found := _answer(page, others, happened)):
        return []
    at = story.usable.index(found[0].number)
    return [*_answer(page, story.usable[max(0, at - 1) : at], happened), *found]


def _answer(page: _Page, numbers: Iterable[int], happened: Sequence[Drafted]) -> list[Drafted]:
    """One line, which may say it in the words of what it answers."""
    aside = _Page(page.story, page.heads, page.taken, [])
    return _told(aside, numbers, 1, happened, first=True)


def _of_the_news(page: _Page, numbers: Sequence[int]) -> list[int]:
    """The sentences that stand at the top, name anybody the head of the brief names, or share several of its words."""
    story = page.story
    named = {group for head in page.heads for group in story.groups(head)}
    told = frozenset().union(*(stems(text) for text in page.told[:2]), *(stems(story.sentence(head).text) for head in page.heads))
    found = []
    for number in numbers:
        near = number in story.usable[:TOP] or named & set(story.groups(number))
        if near or len(told & stems(story.sentence(number).text)) >= SHARED:
            found.append(number)
    return found


def _told(page: _Page, numbers: Iterable[int], most: int, above: Sequence[Drafted], *, first: bool = False) -> list[Drafted]:
    """Up to so many lines from sentences that have none yet, none of them saying what another one says.

    Args:
        above: lines that are shown above or among them, each in the order of their sentences.
        first: they are shown right below the bottom line.
    """
    found: list[Drafted] = []
    for number in numbers:
        if len(found) >= most:
            break
        drafted = _line(page, number, [one.number for one in (*above, *found)], first=first) if number not in page.taken else None
        if drafted is None or len(drafted.line.text.split()) < WORDS_MIN or _is_told(drafted.line.text, page.told):
            continue
        page.taken.add(number)
        page.told.append(drafted.line.text)
        found.append(drafted)
    return found


def _line(page: _Page, number: int, above: Sequence[int], *, first: bool) -> Drafted | None:
    """A line of a sentence that stands by itself, or with the bottom line or one of the nearest above it."""
    drafted = line_of(page.story, number, beside=page.heads[0], below=first)
    for beside in sorted((one for one in above if one < number), reverse=True)[:ABOVE_MAX]:
        drafted = drafted or line_of(page.story, number, beside=beside, below=True)
    return drafted


def _is_told(text: str, told: list[str]) -> bool:
    """Whether one line says much of what another one does, or those of the head of the brief most of it.

    What denies in words that deny nothing there says something else.
    """
    denies = bool(negations(text))
    same = [one for one in told if not denies or negations(one)]
    head = " ".join(told[:2])
    return any(are_alike(text, one) for one in same) or ((not denies or bool(negations(head))) and is_covered(text, head))


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


def _figures(story: Story, page: _Page) -> Iterator[Drafted]:
    taken = page.taken
    for pair in confusable(story):
        lines = [line_of(story, pair[0].number, beside=page.heads[0]), line_of(story, pair[1].number, beside=pair[0].number, below=True)]
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
