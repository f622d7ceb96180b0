"""One tokenizer: what is a word, a number and a mark."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.reading.tokens import tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Iran’s navy", "Iran|’s|navy", id="possessive"),
        pytest.param("they'll say don't", "they|'ll|say|don't", id="contractions"),
        pytest.param("the sailors' pay", "the|sailors|'|pay", id="plural-possessive"),
        pytest.param("Iranian-backed al-Din O'Dale", "Iranian-backed|al-Din|O'Dale", id="joined"),
        pytest.param("an F-16, COVID-19", "an|F-16|,|COVID-19", id="names-with-numbers"),
        pytest.param("50,000 and 1.5 or 12.5%", "50,000|and|1.5|or|12.5|%", id="numbers"),
        pytest.param("won 2-1 or 3–0", "won|2-1|or|3–0", id="scores"),
        pytest.param("$1.5m at 10:30 a.m.", "$|1.5m|at|10:30|a.m.", id="money-and-time"),
        pytest.param("a 23-year-old", "a|23|-|year-old", id="age"),
        pytest.param("the U.S.-led force. Mr. Dale", "the|U.S.|-|led|force|.|Mr|.|Dale", id="stops"),
        pytest.param("“Go”... now -- or", "“|Go|”|...|now|--|or", id="marks"),
        pytest.param("the 21st, the 1990s", "the|21st|,|the|1990s", id="ordinals"),
    ],
)
def test_a_text_has_these_tokens(text: str, expected: str) -> None:
    assert [token.text for token in tokens(text)] == expected.split("|")


def test_an_accent_kept_apart_does_not_tear_its_word() -> None:
    assert [token.text for token in tokens("Cafe\u0301 noir")] == ["Cafe\u0301", "noir"]


@given(st.text(max_size=200))
def test_tokens_stand_where_they_say_in_order_and_lose_nothing_that_is_seen(text: str) -> None:
    found = tokens(text)
    assert all(text[token.start : token.end] == token.text for token in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert [c for c in text if c.isalnum()] == [c for token in found for c in token.text if c.isalnum()]


def test_only_words_and_numbers_are_words() -> None:
    assert [token.is_word for token in tokens("Go 12 %, ’s …")] == [True, True, False, False, True, False]


def test_a_plain_word_has_no_case_and_a_straight_apostrophe() -> None:
    assert [token.plain for token in tokens("Don’t")] == ["don't"]
