"""What a search found, kind by kind."""

from collections.abc import Sequence
from typing import Final

from briefs.hit import Hit, HitKind
from briefs.message import Block, Choice, Choices, Heading, Line, Message, Outcome, Prose, SmallPrint, words
from briefs.pages.presses import press
from briefs.pages.wording import SEPARATOR, plural
from briefs.quoting import WHOLE, excerpt

_TITLES: Final = {HitKind.BRIEF: "Briefs", HitKind.ENTITY: "People, organisations and places", HitKind.SENTENCE: "Sentences"}
_VERBS: Final = {HitKind.BRIEF: "brief", HitKind.ENTITY: "entity", HitKind.SENTENCE: "source"}


def found_page(query: str, hits: Sequence[Hit], *, limit: int, most: int = WHOLE) -> Message:
    """Briefs, then entities, then sentences that have the words, each a press away.

    Args:
        most: how many words of a sentence are shown in a row.
    """
    if not hits:
        return nothing_found_page(query)
    blocks: list[Block] = [Heading(f"Found for “{query}”")]
    for kind in HitKind:
        if choices := tuple(_choice(hit, query, most) for hit in hits if hit.kind is kind):
            blocks.append(Choices(_TITLES[kind], choices))
    parts = [*(["SAMPLE"] if any(hit.sample for hit in hits) else []), plural(len(hits), "hit")]
    if len(hits) >= limit:
        parts.append("there may be more: add a word to narrow it down")
    blocks.append(SmallPrint(words(SEPARATOR.join(parts))))
    return Message(f"{plural(len(hits), 'hit')} for “{query}”.", tuple(blocks))


def nothing_found_page(query: str) -> Message:
    """No hit, and what to try instead."""
    text = f"Nothing has “{query}”. Try fewer or other words, or list the briefs with /brief."
    return Message(text, (Prose(words(text)),), outcome=Outcome.NOT_FOUND)


def _choice(hit: Hit, query: str, most: int) -> Choice:
    tail = "only curators see this yet" if hit.draft else ""
    text = excerpt(hit.text, most, query) if hit.kind is HitKind.SENTENCE else hit.text
    # An entity's title is its label, which names exactly one; its slug could be a name of several.
    what = hit.title if hit.kind is HitKind.ENTITY else hit.ref
    return Choice(hit.title, tail, press("", _VERBS[hit.kind], what).command, Line(words(text), tuple(map(str, hit.sentences))))
