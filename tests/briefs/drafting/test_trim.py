"""Shorter forms of a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.drafting.shorter import shorter
from briefs.drafting.trim import cuts


@pytest.mark.parametrize(
    ("sentence", "form"),
    [
        pytest.param("The ferry, which was built in 1970, sank in the bay.", "The ferry sank in the bay.", id="a relative clause"),
        pytest.param("The mayor, a former teacher, left the hall at noon.", "The mayor left the hall at noon.", id="an apposition"),
        pytest.param(
            "The storm hit the coast, leaving two villages without power.", "The storm hit the coast.", id="a trailing participle"
        ),
        pytest.param("However, the council closed the old bridge.", "The council closed the old bridge.", id="a connecting word"),
        pytest.param("Teslin — The council closed the old bridge.", "The council closed the old bridge.", id="a dateline"),
        pytest.param("Her deputy, Ana Brekke, was arrested on Monday.", "Ana Brekke was arrested on Monday.", id="whose deputy"),
        pytest.param("The party (PPT) won nine of the seats.", "The party won nine of the seats.", id="a bracket"),
    ],
)
def test_a_part_that_can_go_by_itself_may_go(sentence, form):
    assert form in list(cuts(sentence, 6))


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        pytest.param("The union will strike, if the talks fail next week.", "if the talks fail", id="a condition"),
        pytest.param("The bridge was unsafe, the engineers said, and had to close.", "the engineers said", id="who says it"),
        pytest.param("The plan was dropped, although the mayor denied it on Monday.", "denied it", id="a contrast"),
        pytest.param("The hall was, according to the mayor, sold in spring.", "according to the mayor", id="according to"),
        pytest.param("They paid, by an estimated margin, nearly 50 crowns for it.", "nearly 50", id="a hedge"),
    ],
)
def test_what_turns_the_sense_never_goes(sentence, kept):
    forms = list(cuts(sentence, 4))
    assert forms
    assert all(kept in form for form in forms)


def test_half_a_quotation_never_goes():
    sentence = "“The bridge, which we built, is safe,” said the engineer, who left the town."
    assert all(form.count("“") == form.count("”") == 1 for form in cuts(sentence, 5))


def test_the_longest_form_that_fits_comes_first():
    sentence = "The ferry, which was built in 1970, sank in the bay, leaving two men in the water."
    lengths = [len(form.split()) for form in cuts(sentence, 12)]
    fitting = [length for length in lengths if length <= 12]
    assert fitting
    assert lengths == sorted(fitting, reverse=True) + sorted(length for length in lengths if length > 12)


WORDS = st.sampled_from(
    ("the", "ferry", "sank", ",", "which", "who", "after", "in", "and", ";", "(", ")", "a", "leaving", "said", "Ana", "—")
)


@given(st.lists(WORDS, max_size=25), st.integers(3, 30))
def test_a_form_has_the_sentences_words_in_their_order_and_no_others(words, most):
    sentence = " ".join(words)
    own = [word.casefold() for word in words if word.isalpha()]
    for form in cuts(sentence, most):
        rest = iter(own)
        kept = [word.strip(",;.()—").casefold() for word in form.split()]
        assert all(word in rest for word in kept if word), form


def test_a_pair_never_loses_its_second_half_to_another_and():
    forms = list(cuts("Critics blame the plan both for making it easy to live and work there, and for being late.", 12))
    assert all("being late" in form for form in forms)


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        pytest.param("A wall fell on the market in Teslin, killing nine and wounding 30.", "killing nine", id="the dead"),
        pytest.param(
            "The court ruled that divers may work and meet at the old wreck.", "at the old wreck", id="where something is allowed"
        ),
        pytest.param("Ferries had 70 percent of the trade in 2009; this has dropped to 56 today.", "dropped to 56", id="half a comparison"),
        pytest.param("Oslo beat Teslin 1 – 0; Veldmar beat Norlund 3 – 0; and Vasq lost 1 – 2 to Bergen.", "Vasq lost", id="equals"),
        pytest.param(
            "The guard was first led to an office, where he was questioned and then arrested.", "then arrested", id="first and then"
        ),
    ],
)
def test_what_makes_the_point_never_goes(sentence, kept):
    assert all(kept in form for form in (*cuts(sentence, 8), *shorter(sentence, 8)))


def test_a_subject_after_a_setting_is_no_apposition():
    text = "In its first race, the crew's boat, called Brekke, won twice in the bay of Teslin."
    assert all("crew's boat" in form for form in cuts(text, 8))
