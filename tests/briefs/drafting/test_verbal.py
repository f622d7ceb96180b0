"""Verbs that could be nouns."""

import pytest

from briefs.drafting.verbal import has_verb


@pytest.mark.parametrize(
    "text",
    [
        "About 900 Teslinders praise the old harbour.",
        "The council elects 12 members of the board.",
        "The delay of the ferries results from a quarrel.",
        "Heavy rain affects traffic in Veldmar.",
        "The owners say the pier will open.",
        "Posters not only fill the hall.",
        "Norlund Lines cut 400 jobs in Veldmar.",
    ],
)
def test_a_noun_like_verb_is_one_where_its_subject_and_its_object_stand_around_it(text):
    assert has_verb(text)


@pytest.mark.parametrize(
    "text", ["The far end of the pier, shortly after dawn.", "Four of the ships in the harbour.", "The tax cut of 2019."]
)
def test_a_caption_has_none(text):
    assert not has_verb(text)
