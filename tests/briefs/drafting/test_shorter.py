"""Headlines cut from long leads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.drafting.shorter import shorter, with_initials, without_source


@pytest.mark.parametrize(
    ("sentence", "form"),
    [
        pytest.param(
            "The council sold the old theatre at a crowded meeting in Teslin.", "The council sold the old theatre.", id="where it was"
        ),
        pytest.param("With winter close, the council shut the old bridge.", "The council shut the old bridge.", id="a setting before it"),
        pytest.param("Ana Brekke, 42, of Teslin, was elected mayor of the town.", "Ana Brekke was elected mayor of the town.", id="an age"),
        pytest.param(
            "Ana Brekke, 42, from Teslin, Norlund, was elected mayor of it.",
            "Ana Brekke was elected mayor of it.",
            id="a place and its land",
        ),
        pytest.param(
            "The dockers are weighing a strike in the hopes of saving jobs.", "The dockers are weighing a strike.", id="in the hopes of"
        ),
        pytest.param(
            "The storm sank two ferries, drowning nine sailors, according to the coast guard.",
            "The storm sank two ferries, according to the coast guard.",
            id="what stands before its speaker",
        ),
    ],
)
def test_a_setting_an_aside_and_a_last_phrase_may_go(sentence, form):
    assert form in shorter(sentence, 12)


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        pytest.param("The mayor was not arrested by the police for theft on Monday.", "on Monday", id="what a negation may be about"),
        pytest.param("The pilots will strike in the port after the talks fail if nobody pays.", "if nobody pays", id="a condition"),
        pytest.param("The town opened the tallest tower of glass in the whole north.", "in the whole north", id="a superlative"),
        pytest.param("The union shut the harbour of Veldmar for the first time.", "for the first time", id="the first time"),
        pytest.param("The council reported a steady rise in thefts of bicycles.", "in thefts", id="what belongs to its noun"),
        pytest.param("The ferry sank in the bay near Teslin, the coast guard said.", "the coast guard said", id="who says it"),
        pytest.param("The ferry carried mail to Teslin, Veldmar and Norlund in winter.", "Veldmar and Norlund", id="half of a list"),
    ],
)
def test_no_form_is_cut_where_the_sense_would_turn(sentence, kept):
    assert all(kept in form for form in shorter(sentence, 12))


def test_a_subject_goes_without_the_houses_it_comes_from():
    whole = "A survey team from the Technical College of Teslin and the Maritime Institute of Veldmar has mapped the sea floor."
    assert list(without_source(whole)) == ["A survey team has mapped the sea floor."]
    assert not list(without_source("The team from the Technical College of Teslin has mapped the sea floor."))


@given(st.text(max_size=200), st.integers(1, 30))
def test_any_text_has_forms_no_longer_than_asked(text, most):
    assert all(len(form.split()) <= most and form != text for form in shorter(text, most))


@pytest.mark.parametrize(
    ("sentence", "form"),
    [
        pytest.param("The Suland Morning News (SMN) closed.", "The SMN closed.", id="its initials"),
        pytest.param("Harbour chief Suland Morning News (SMN) closed.", "Harbour chief SMN closed.", id="what stands before the name"),
        pytest.param("Brekke Boats (SMN) closed.", "Brekke Boats (SMN) closed.", id="other letters"),
    ],
)
def test_a_name_goes_where_its_initials_stand_behind_it(sentence, form):
    assert with_initials(sentence) == form
