"""How much of somebody else's article may be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.quoting import WHOLE, excerpt, is_open, repeated_of, run_of, words_in


@pytest.mark.parametrize(
    "licence", ["CC BY 2.5", "cc-by-4.0", "CC BY-SA 4.0", "CC0", "CC-0 1.0", "Public Domain", "own", "Open Government Licence v3.0"]
)
def test_an_open_licence_is_known_however_it_is_written(licence):
    assert is_open(licence)


@pytest.mark.parametrize("licence", ["", "all rights reserved", "CC BY-NC 4.0", "CC BY-NC-ND", "NonCommercial", "known", "by"])
def test_no_other_licence_is_taken_for_an_open_one(licence):
    assert not is_open(licence)


SPOKEN = ("the", "ferry", "sank", "in", "harbour", "of", "a", "small", "town", "on", "Sunday")
WORDS = st.lists(st.sampled_from(SPOKEN), min_size=1, max_size=60)


@given(words=WORDS, most=st.integers(min_value=1, max_value=30), near=WORDS)
def test_an_excerpt_is_a_run_of_the_text_no_longer_than_allowed_and_says_where_it_was_cut(words, most, near):
    text = " ".join(words)
    cut = excerpt(text, most, " ".join(near))
    bare = cut.removeprefix("… ").removesuffix(" …")
    assert bare in text
    assert len(bare.split()) == min(most, len(words))
    assert cut.startswith("… ") is not text.startswith(bare) or len(words) > most
    assert (cut == text) is (len(words) <= most)


def test_the_part_that_the_line_is_about_is_shown():
    text = "one two three four five six the ferry sank in the harbour seven eight nine ten"
    assert excerpt(text, 6, "The ferry sank in the harbour.") == "… the ferry sank in the harbour …"


def test_all_of_it_is_shown_where_all_may():
    assert excerpt("one two three", WHOLE) == "one two three"


@pytest.mark.parametrize(
    ("line", "sources", "run"),
    [
        pytest.param("The ferry sank on Sunday.", ["On Monday the FERRY sank, on Sunday it was raised."], 5, id="case-and-stops"),
        pytest.param("A boat went down.", ["The ferry sank."], 0, id="other-words"),
        pytest.param("It sank. It was raised.", ["It sank.", "It was raised."], 3, id="the-longest-of-several"),
    ],
)
def test_the_words_in_a_row_a_line_has_from_its_sentences(line, sources, run):
    assert run_of(line, sources) == run


@given(source=WORDS, lines=st.lists(WORDS, max_size=4))
def test_no_more_of_a_text_is_repeated_than_it_has(source, lines):
    text = " ".join(source)
    repeated = repeated_of(text, [" ".join(line) for line in lines])
    assert 0 <= repeated <= words_in(text)
    assert repeated_of(text, [text, f"{text}."]) == words_in(text)


def test_lines_that_repeat_other_words_count_together():
    assert repeated_of("The ferry sank on Sunday in the harbour.", ["The ferry sank.", "It sank in the harbour."]) == 6
