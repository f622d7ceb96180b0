"""Words that a claim has in quotation marks: they must be the article's own."""

from collections.abc import Iterator

from briefs.drafting.case import Case, Source
from briefs.drafting.marked import stands


def quotations(case: Case) -> Iterator[str]:
    """What is wrong with the claim's quotations, as sentences."""
    for quote in case.marks.quotes:
        said = case.text[quote.start : quote.end].strip(" ,.;:!?…")
        if said and not any(stands(said, words) for source in case.sources for words in _quotable(source)):
            yield f"“{said}” is not word for word in a cited sentence: take the quotation marks away, or quote exactly."


def _quotable(source: Source) -> tuple[str, ...]:
    # A sentence without a place in an article's text may be retold: only what it quotes itself are the article's words.
    if source.sentence.end:
        return (source.text,)
    return tuple(source.text[quote.start : quote.end] for quote in source.marks.quotes)
