"""What a curator marked on a sentence by hand, and whether a line keeps it."""

from collections.abc import Iterator
from functools import lru_cache

from briefs.article import Sentence
from briefs.drafting.case import Case


def stands(words: str, text: str) -> bool:
    """Whether `words` stand in `text`, beginning where a word begins ("disarm" stands in "disarming"); case does not count."""
    plain, sought = _plain(text), _plain(words)
    at = plain.find(sought)
    while at > 0 and sought[:1].isalnum() and plain[at - 1].isalnum():
        at = plain.find(sought, at + 1)
    return at >= 0


@lru_cache(maxsize=1_024)
def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


def required(text: str, sentence: Sentence) -> Iterator[tuple[str, str, str]]:
    """The hedges and attributions marked by hand that a line citing this sentence must keep, given what it repeats of it.

    Yields:
        ("hedges" or "attributions", the words to keep, the words of the line that call for them).
    """
    for hedge in sentence.hedges:
        if not hedge.end and stands(hedge.of, text):
            yield "hedges", hedge.words, hedge.of
    for attribution in sentence.attributions:
        if not attribution.end and stands(attribution.of, text):
            yield "attributions", attribution.words, attribution.of


def marked(case: Case) -> Iterator[str]:
    """What the claim loses of what was marked by hand, as sentences."""
    for source in case.sources:
        for kind, words, of in required(case.text, source.sentence):
            if stands(words, case.text):
                continue
            if kind == "hedges":
                yield f"The line drops “{words}”, which the sentence has for “{of}”."
            else:
                yield f"The line leaves out who says it: “{words}”."
