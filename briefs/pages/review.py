"""A draft that waits for a curator, as the review channel is told of it."""

from collections import Counter
from typing import Final

from briefs.article import Level
from briefs.brief import Brief
from briefs.message import Block, Heading, Line, Message, Prose, Section, SmallPrint, words
from briefs.pages.wording import SEPARATOR, both_forms, line, plural

LINES_MAX: Final = 8  # of the draft, told at once: a glance, which fits one message on every platform


def review_page(draft: Brief, suggestions: int) -> Message:
    """Ask for a review: the draft's lines with their sentences, how far each is from its own, and what is to be decided.

    Args:
        suggestions: names that may be the same, for the curator to decide.
    """
    lines = [draft.bottom_line, *(point.line for point in draft.points)]
    levels = Counter(cited.level for cited in lines)
    told = SEPARATOR.join(f"{levels[level]} {level.value}" for level in Level if levels[level])
    about = f"{plural(len(lines), 'line')}: {told}" + (f"{SEPARATOR}{plural(suggestions, 'name')} to decide on" if suggestions else "")
    shown: tuple[Line, ...] = tuple(line(cited) for cited in lines[:LINES_MAX])
    blocks: tuple[Block, ...] = (
        Heading(f"Draft: {both_forms(draft.headline)}"),
        Prose(words("It waits for a curator. No reader sees it, and no digest carries it, before it is approved.")),
        Section("Its lines", shown),
        SmallPrint(words(f"{draft.slug}{SEPARATOR}{about}{SEPARATOR}[n] = sentence n of the article")),
    )
    return Message(f"A draft waits for a curator: {both_forms(draft.headline)}", blocks, only_asker=False)
