"""Which sentences say what is always so."""

import pytest

from briefs.drafting.sections import background
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
