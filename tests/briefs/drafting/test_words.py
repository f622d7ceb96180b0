"""Words as the gate compares them, and how a claim's words are laid upon its sentences'."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.drafting.alignment import NOWHERE, align
from briefs.drafting.lexicon import lemma
from briefs.drafting.words import Sort, value, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("three hundred", "300", id="spelled-out"),
        pytest.param("1.5 million", "1,500,000", id="scaled"),
        pytest.param("twenty-one", "21", id="with-a-hyphen"),
        pytest.param("US", "United States", id="country"),
        pytest.param("Norwegians", "Norway", id="people"),
        pytest.param("carried out", "conducted", id="phrase"),
        pytest.param("negotiations", "negotiate", id="derived"),
        pytest.param("hadn't", "not", id="contracted"),
    ],
)
def test_words_that_may_stand_for_one_another_share_a_key(one: str, other: str) -> None:
    assert words(f"So {one}")[1].keys & words(f"So {other}")[1].keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("3 million", "3 billion", id="scale"),
        pytest.param("us", "US", id="pronoun"),
        pytest.param("may", "May", id="month"),
        pytest.param("before", "after", id="order"),
        pytest.param("killed", "wounded", id="harm"),
        pytest.param("Niger", "Nigeria", id="look-alike"),
    ],
)
def test_words_that_differ_share_none(one: str, other: str) -> None:
    assert not words(f"So {one}")[1].keys & words(f"So {other}")[1].keys


def test_a_name_joined_to_what_is_said_of_it_is_two_words() -> None:
    assert [(word.text, word.sort) for word in words("Suland-backed rebels")][:2] == [("Suland", Sort.CONTENT), ("backed", Sort.CONTENT)]
    assert [word.text for word in words("a well-known man")] == ["a", "well-known", "man"]


@pytest.mark.parametrize(
    ("written", "number"), [("50,000", "50000"), ("2.50", "2.5"), ("twelve", "12"), ("one", ""), ("2-1", "2-1"), ("ten", "10")]
)
def test_numbers_have_one_value_however_written(written: str, number: str) -> None:
    assert value(written) == number


@pytest.mark.parametrize(("form", "plain"), [("threatened", "threatens"), ("moved", "moving"), ("fell", "fallen"), ("cities", "city")])
def test_forms_of_one_word_have_one_plain_form(form: str, plain: str) -> None:
    assert lemma(form) == lemma(plain)


@given(st.text(max_size=200))
def test_words_stand_where_they_say_in_any_text(text: str) -> None:
    for word in words(text):
        assert text[word.start : word.end] == word.text


@given(st.text(max_size=80), st.text(max_size=80))
def test_an_alignment_stays_inside_both_texts_and_what_is_kept_runs_forward(claim: str, source: str) -> None:
    mine, theirs = words(claim), words(source)
    found = align(mine, theirs)
    assert len(found.to) == len(found.kept) == len(mine)
    assert all(j == NOWHERE or 0 <= j < len(theirs) for j in found.to)
    kept = [j for j, is_kept in zip(found.to, found.kept, strict=True) if is_kept]
    assert kept == sorted(set(kept))
    assert all(i == NOWHERE or found.to[i] == j for j, i in enumerate(found.back))


def test_what_runs_as_the_sentence_does_is_kept_and_what_was_moved_is_not() -> None:
    found = align(words("On Monday the crane fell"), words("The crane fell on Monday"))
    assert [kept for kept, word in zip(found.kept, words("On Monday the crane fell"), strict=True) if word.heavy] == [False, True, True]
