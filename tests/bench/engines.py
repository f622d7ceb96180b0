"""The engine's parts as thin callables, for the scoring scripts beside the checkout (eval/*.py)."""

from itertools import pairwise

from briefs.article import Sentence
from briefs.drafting.case import case
from briefs.drafting.grounding import check
from briefs.drafting.select import select as select_sentences
from briefs.entity import Kind
from briefs.reading import read
from briefs.reading.grouping import Name
from briefs.reading.grouping import group as group_names
from briefs.reading.names import mentions
from briefs.reading.sentences import split

REASON_COSTS = 0.1  # of a score, for each reason the gate has against a claim
KINDS = {"PER": Kind.PERSON, "ORG": Kind.ORGANISATION, "LOC": Kind.PLACE}


def group(mentions):
    """eval_alias.py: one cluster id a mention."""
    return list(group_names([Name(m["text"], KINDS.get(m["type"])) for m in mentions]))


def gate(source_sentences, claim):
    """eval_edits.py --gate: whether the gate lets the claim stand beside the sentences, and why not."""
    verdict = check(claim, [Sentence(number, 1, text) for number, text in enumerate(source_sentences, start=1)])
    return verdict.passes, list(verdict.reasons)


def sentences(text):
    """eval_sents.py: the spans of the sentences."""
    return [(start, end) for _, start, end in split(text)]


LABELS = {Kind.PERSON: "PER", Kind.ORGANISATION: "ORG", Kind.PLACE: "LOC", None: "MISC"}


def entities(text):
    """Named spans of a text with an empty lexicon: (start, end, PER | ORG | LOC | MISC)."""
    spans = [(start, end) for _, start, end in split(text)]
    return [
        (spans[m.sentence - 1][0] + m.start, spans[m.sentence - 1][0] + m.end, LABELS[m.kind])
        for m in mentions([text[start:end] for start, end in spans])
    ]


def attributions(text):
    """Who says what in a text: (content_start, content_end, source or None, cue or None), offsets into the text."""
    shift = len(text) - len(text.lstrip())
    article = read(text, handle="bench", names=mentions)
    return [
        (shift + sentence.start + one.start, shift + sentence.start + one.end, one.who or None, one.cue or None)
        for sentence in article.sentences
        for one in sentence.attributions
    ]


def score(source, claim):
    """eval_edits.py --pairs: how well the source bears the claim; more is better, at most 1."""
    found = case(claim, [Sentence(1, 1, source)])
    to, heavy = found.alignment.to, [word.at for word in found.claim if word.heavy]
    if not heavy:
        return 0.0
    kept = sum(found.alignment.kept[i] for i in heavy) / len(heavy)
    runs = sum(to[a] >= 0 and to[b] == to[a] + (b - a) for a, b in pairwise(heavy)) / max(1, len(heavy) - 1)
    return (kept + runs) / 2 - REASON_COSTS * len(check(claim, [Sentence(1, 1, source)]).reasons)


def select(sentences, k):
    """eval_summ.py: the places of the k sentences that carry the article."""
    return list(select_sentences(sentences, k))
