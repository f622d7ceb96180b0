"""Sentences a line can be made of."""

import pytest

from briefs.drafting.lines import line_of
from briefs.drafting.story import said_whole
from tests.briefs.drafting.stories import story


def test_a_quotation_that_goes_on_is_closed_where_its_speaker_stands_before_it():
    told = story('Fire chief Ana Brekke, on the radio, said "All the wounded have been taken to Teslin.\nNobody is left in the hall."\n')
    assert said_whole(told.sentence(1)).endswith('taken to Teslin."')
    assert line_of(told, 1).line.text.endswith('taken to Teslin."')


def test_what_is_told_before_a_colon_is_a_sentence_and_that_somebody_spoke_is_none():
    told = story("In a letter to the harbour office, the union denied these reports:\n\nThe mayor of Veldmar said on Monday in a letter:\n")
    assert said_whole(told.sentence(1)).endswith("denied these reports.")
    assert told.usable == (1,)


@pytest.mark.parametrize(
    "text", ['Clerks said maps would be there for schools," For example, pupils draw ships".', "Wait until the sun is out."]
)
def test_a_stray_mark_and_an_order_make_no_line(text):
    assert 1 not in story(f"{text} The ferry sank in Teslin.").usable
