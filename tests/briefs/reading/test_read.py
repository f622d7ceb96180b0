"""What only the surroundings of a sentence tell: quotations that run on, pronouns, dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.article import Article
from briefs.entity import Kind, Mention
from briefs.errors import BrokenArticle
from briefs.reading import read


def people(*names: str):
    """A finder of these people and of nobody else."""

    def find(texts):
        return [
            Mention(n, text.find(name), text.find(name) + len(name), name, Kind.PERSON)
            for n, text in enumerate(texts, 1)
            for name in names
            if name in text
        ]

    return find


def said(article: Article) -> list[list[str]]:
    return [[one.who for one in sentence.attributions] for sentence in article.sentences]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        pytest.param('"We left," Ann Hill said. "We came back."', [["Ann Hill"], ["Ann Hill"]], id="runs-on"),
        pytest.param("“We left. We came back. We stayed,” said Ann Hill.", [["Ann Hill"]] * 3, id="through-sentences"),
        pytest.param("Ann Hill said: “We left. We came back.”", [["Ann Hill"]] * 2, id="from-the-first"),
        pytest.param("“We left,” said Ann Hill. “We came back.\n“We stayed.”", [["Ann Hill"]] * 3, id="through-paragraphs"),
        pytest.param("“We left,” said Ann Hill.\n“We came back.”", [["Ann Hill"], []], id="a-new-paragraph-may-be-another's"),
        pytest.param("Ann Hill said the dam was safe. “We checked it.”", [["Ann Hill"], ["Ann Hill"]], id="after-a-telling"),
        pytest.param("Ann Hill tweeted from the dam:\n“We checked it.”", [[], ["Ann Hill"]], id="introduced"),
        pytest.param("The dam broke. “We checked it.”", [[], []], id="nobody"),
    ],
)
def test_speakers_of_quotations_that_run_on(text: str, who: list[list[str]]):
    assert said(read(text, handle="x")) == who


def test_a_carried_speaker_has_words_that_make_sense_without_the_other_sentence():
    article = read('"We left," Ann Hill said. "We came back."', handle="x")
    assert article.sentences[1].attributions[0].words == "Ann Hill said"
    assert [quote.who for sentence in article.sentences for quote in sentence.quotes] == ["Ann Hill", "Ann Hill"]


@pytest.mark.parametrize(
    ("text", "names", "who"),
    [
        pytest.param("Carl Voss said no. The town slept.\n“I stay,” he said.", ("Carl Voss",), "Carl Voss", id="one-candidate"),
        pytest.param("Carl Voss said no. He met Jan Berg.\n“I stay,” he said.", ("Carl Voss", "Jan Berg"), "he", id="two-people"),
        pytest.param("Ms Voss said no. The town slept.\n“I stay,” he said.", ("Voss",), "he", id="title-says-otherwise"),
        pytest.param("The ministry said no. The town slept.\n“I stay,” he said.", (), "he", id="no-person"),
        pytest.param("Carl Voss said no.\nThe town slept.\nIt rained.\n“I stay,” he said.", ("Carl Voss",), "he", id="too-far"),
    ],
)
def test_he_is_somebody_only_where_one_person_fits(text: str, names: tuple[str, ...], who: str):
    last = read(text, handle="x", names=people(*names)).sentences[-1]
    assert [one.who for one in last.attributions] == [who]
    assert [one.words for one in last.attributions] == ["he said"]


def test_without_a_finder_of_names_a_pronoun_stays_as_written():
    article = read("Carl Voss said no. The town slept.\n“I stay,” he said.", handle="x")
    assert said(article)[-1] == ["he"]


def test_relative_dates_need_a_publication_date():
    text = "The dam broke yesterday."
    undated = read(text, handle="x").sentences[0].dates
    dated = read(text, handle="x", published=date(2024, 5, 2)).sentences[0].dates
    assert [(one.words, one.resolved) for one in undated] == [("yesterday", "")]
    assert [(one.words, one.resolved) for one in dated] == [("yesterday", "2024-05-01")]


def test_a_straight_mark_is_read_with_its_whole_paragraph():
    text = '"We left. The 3 of us came back," said Ann Hill, "at 3". Nobody "knew" of it.'
    quotes = [[s.text[q.start : q.end] for q in s.quotes] for s in read(text, handle="x").sentences]
    assert quotes[0] == ["We left."]
    assert quotes[-1] == ["knew"]


@given(st.text(alphabet=st.sampled_from("ab X.,“”\"‘’' \n:said"), max_size=120))
def test_any_text_is_read_with_marks_inside_its_sentences(text: str):
    try:
        article = read(text, handle="x")
    except BrokenArticle:
        return
    assert article == read(text, handle="x")
    for sentence in article.sentences:
        for mark in (*sentence.quotes, *sentence.attributions):
            assert 0 <= mark.start < mark.end <= len(sentence.text)
