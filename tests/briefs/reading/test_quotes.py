"""Words in quotation marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.reading.attributions import attributions
from briefs.reading.quotes import quoted_spans, quotes
from briefs.reading.spoken import spoken


def quoted(text: str) -> list[str]:
    return [text[quote.start : quote.end] for quote in quotes(text)]


def speakers(text: str) -> list[str]:
    told = attributions(text, quotes(text))
    return [quote.who for quote in spoken(text, quotes(text), told)]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        pytest.param("“We left,” she said, “at dawn.”", ["We left,", "at dawn."], id="curly"),
        pytest.param('"We left," she said, "at dawn."', ["We left,", "at dawn."], id="straight"),
        pytest.param("“He said ‘stop’ to us,” she said.", ["He said ‘stop’ to us,", "stop"], id="nested"),
        pytest.param("\"He said 'stop' to us,\" she said.", ["He said 'stop' to us,", "stop"], id="nested-straight"),
        pytest.param("The boys’ toys and the dog's bowl weren’t theirs.", [], id="apostrophes"),
        pytest.param("It was rock ’n’ roll, from the ’90s.", [], id="letters-left-out"),
        pytest.param("The ‘safe’ bridge fell.", ["safe"], id="single-alone"),
        pytest.param("“The boys’ toys are ‘theirs’,” he said.", ["The boys’ toys are ‘theirs’,", "theirs"], id="plural-inside"),
        pytest.param('The 6\'2" guard shouted "stop" twice.', ["stop"], id="inches"),
        pytest.param("“This one goes on.", ["This one goes on."], id="opens-only"),
        pytest.param("and ends here,” she said.", ["and ends here,"], id="closes-only"),
        pytest.param('She said," It is late".', ["It is late"], id="blank-on-the-wrong-side"),
        pytest.param("He sold it for «nothing», he said.", ["nothing"], id="guillemets"),
        pytest.param("““”” \"\" ‘’ '' ” “", [], id="empty"),
    ],
)
def test_quotations_of_a_sentence(text: str, inside: list[str]):
    assert quoted(text) == inside


def test_a_quotation_runs_through_paragraphs_that_open_it_anew():
    text = "“We left.\n“We came back,” she said.\nHe did not."
    assert [text[start:end] for start, end in quoted_spans(text)] == ["We left.", "We came back,"]


def test_a_quotation_never_closed_ends_with_its_paragraph():
    text = 'He said, "We left.\nNobody "answered" him.'
    assert [text[start:end] for start, end in quoted_spans(text)] == ["We left.", "answered"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        pytest.param("“We left,” said Ann Hill.", ["Ann Hill"], id="said"),
        pytest.param("The so-called “ghost fleet” sailed.", [""], id="so-called"),
        pytest.param("Ann Hill said the so-called “ghost fleet” sailed.", [""], id="so-called-in-speech"),
        pytest.param("Ann Hill said it was “no accident”.", ["Ann Hill"], id="partial"),
        pytest.param("The mayor has vowed to “crush” the gangs.", ["The mayor"], id="vowed"),
        pytest.param("The mayor condemned the “cowardly” raid.", ["The mayor"], id="condemned"),
        pytest.param("The girls were given a “medal of courage”.", [""], id="nobody-says"),
        pytest.param("A hotel named “Blue Whale” burned down.", [""], id="name"),
        pytest.param("The song “Never Say Never” was played.", [""], id="title"),
        pytest.param("“He told me, ‘Go home,’ and I went,” said Ann Hill.", ["Ann Hill", "He"], id="nested"),
        pytest.param("“These ‘events’ are staged,” said Ann Hill.", ["Ann Hill", ""], id="scare-quote-within"),
        pytest.param("The judge called the evidence “thin”.", ["The judge"], id="called"),
    ],
)
def test_speakers_of_quotations(text: str, who: list[str]):
    assert speakers(text) == who


@given(st.text(alphabet=st.sampled_from("ab .,'’‘“”\"«»\n()"), max_size=60))
def test_quotations_are_in_order_inside_the_text_and_have_no_blank_ends(text: str):
    spans = [(quote.start, quote.end) for quote in quotes(text)]
    assert spans == sorted(spans, key=lambda span: (span[0], -span[1]))
    for start, end in (*spans, *quoted_spans(text)):
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
