"""What every proposer of names keeps to, whatever tagger it has inside."""

from itertools import pairwise

import pytest

from adapters.tagger.spacy import SpacyNames
from briefs.entity import Kind

SENTENCES = ("The Harbour Board met Ann Bray in Oslo on Friday.", "", "Nothing has a name here.", "Ann Bray left Oslo; the Vikings stayed.")
PATTERNS = (
    ("ORG", "Harbour Board"),
    ("PERSON", "Ann Bray"),
    ("GPE", "Oslo"),
    ("NORP", "Vikings"),
    ("DATE", "Friday"),
)


class _Name:
    def __init__(self, label, start, end):
        self.label_, self.start_char, self.end_char = label, start, end


class _Document:
    def __init__(self, text):
        places = sorted((text.find(words), label, words) for label, words in PATTERNS if words in text)
        self.ents = [_Name(label, at, at + len(words)) for at, label, words in places]


def _scripted():
    return SpacyNames(lambda texts: map(_Document, texts))


def _blank_pipeline():
    spacy = pytest.importorskip("spacy", reason="the extra “tagger” is not installed")
    pipeline = spacy.blank("en")
    pipeline.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": words} for label, words in PATTERNS])
    return SpacyNames(pipeline.pipe)


@pytest.fixture(params=[pytest.param(_scripted, id="scripted"), pytest.param(_blank_pipeline, id="spacy")])
def finder(request):
    return request.param()


async def test_it_answers_for_each_sentence_in_order(finder):
    found = await finder.find(SENTENCES)
    assert [[text[start:end] for start, end, _ in spans] for text, spans in zip(SENTENCES, found, strict=True)] == [
        ["Harbour Board", "Ann Bray", "Oslo"],
        [],
        [],
        ["Ann Bray", "Oslo", "Vikings"],
    ]


async def test_it_tells_people_organisations_places_and_other_names_apart_and_leaves_dates_out(finder):
    first, *_, last = await finder.find(SENTENCES)
    assert [kind for *_, kind in first] == [Kind.ORGANISATION, Kind.PERSON, Kind.PLACE]
    assert [kind for *_, kind in last] == [Kind.PERSON, Kind.PLACE, None]


async def test_its_spans_are_in_order_not_empty_and_do_not_overlap(finder):
    for spans in await finder.find(SENTENCES):
        assert all(start < end for start, end, _ in spans)
        assert all(one[1] <= other[0] for one, other in pairwise(spans))


async def test_the_same_sentences_give_the_same_spans(finder):
    assert await finder.find(SENTENCES) == await finder.find(SENTENCES)


def test_a_model_that_is_not_installed_is_an_os_error():
    pytest.importorskip("spacy", reason="the extra “tagger” is not installed")
    with pytest.raises(OSError, match="no_such_model"):
        SpacyNames.load("no_such_model")
