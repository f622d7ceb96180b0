"""Which sentences say what is always so."""

import pytest

from briefs.drafting.sections import answers, background, may_answer, not_known, whats_next
from briefs.reading import read


@pytest.mark.parametrize(
    ("text", "always"),
    [
        pytest.param("Most salt in the valley comes from three old mines.", True, id="the habitual present"),
        pytest.param("Dockers face long nights in winter.", True, id="a plural and its verb"),
        pytest.param("The harbour closed after the storm.", False, id="the past"),
        pytest.param("The dockers are striking in the harbour.", False, id="what is going on"),
        pytest.param("The harbour opens on Monday.", False, id="a day"),
        pytest.param("The mayor says the harbour is closed.", False, id="somebody's telling"),
    ],
)
def test_what_is_always_so_is_told_from_news(text, always):
    assert background(read(text, handle="a").sentences[0]) is always


@pytest.mark.parametrize(
    ("says", "text", "so"),
    [
        pytest.param(answers, "In a letter, the union denied these claims.", True, id="denied"),
        pytest.param(answers, "Speaking in the guards' defense, Ana Brekke said they had no choice.", True, id="in-defence"),
        pytest.param(answers, "The council denied visas to the crew.", False, id="denied-visas"),
        pytest.param(may_answer, "Harbour officials have stated that they have not seen the papers.", True, id="stated-not"),
        pytest.param(may_answer, "Harbour officials have not stated when the papers came.", False, id="not-stated"),
        pytest.param(not_known, "The council has not said why the ferry was stopped.", True, id="not-said-why"),
        pytest.param(not_known, "Last week a hotel fell in Teslin, the cause of which is unknown.", False, id="by-the-way"),
        pytest.param(whats_next, "The dockers are concerned that the mayor will close the pier.", False, id="a-fear"),
        pytest.param(whats_next, "Yesterday the mayor met the dockers and will meet Brekke.", False, id="begins-in-the-past"),
        pytest.param(whats_next, "The mayor will meet Brekke on Friday.", True, id="ahead"),
    ],
)
def test_a_section_is_filled_from_sentences_that_say_it(says, text, so):
    assert says(read(text, handle="a").sentences[0]) is so
