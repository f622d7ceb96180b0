"""Entity cards, timelines and questions of drafts."""

import pytest

from briefs.drafting.cards import slug_of
from briefs.drafting.draft import draft
from briefs.drafting.oddities import oddities_of
from briefs.drafting.timeline import timeline_of
from tests.briefs.drafting.stories import HARBOUR, PUBLISHED, article, story


def cards(text: str = HARBOUR):
    return {card.entity.name: card for card in draft(article(text)).cards}


def test_a_card_says_who_it_is_and_what_it_does():
    card = cards()["Norlund Lines"]
    assert [fact.line.citations[0].sentence for fact in card.facts] == [3, 12]


def test_a_person_s_tail_is_the_role_the_article_gives():
    assert cards()["Ana Brekke"].entity.label == "Ana Brekke · leader"


def test_another_name_tells_the_sentence_it_comes_from():
    assert [(alias.text, alias.origin) for alias in cards()["Ana Brekke"].entity.aliases] == [("Brekke", "sentence 11")]


def test_a_bare_mention_makes_no_card():
    assert "Teslin" not in cards(HARBOUR + "\nA choir from Teslin sang in the hall on Sunday.\n")


def test_a_fact_is_about_the_one_whose_card_it_stands_on():
    for card in draft(article()).cards:
        known = {card.entity.name, *(alias.text for alias in card.entity.aliases)}
        assert all(any(name in fact.line.text for name in known) for fact in card.facts)


def test_look_alikes_that_the_article_keeps_apart_are_two_with_the_sentence_that_says_so():
    text = (
        "The Veldmar Front holds three seats in the council of Teslin. The Veldmar Front is a separate party from the New Veldmar Front. "
        "The New Veldmar Front won no seat.\n"
    )
    made = draft(article(text))
    apart = {card.entity.slug: [(other.other, other.line.citations[0].sentence) for other in card.not_the_same] for card in made.cards}
    assert apart["veldmar-front"] == [("new-veldmar-front", 2)]
    assert apart["new-veldmar-front"] == [("veldmar-front", 2)]


def test_slugs_are_different_and_typeable():
    assert slug_of("Dockers' Union of Veldmár") == "dockers-union-of-veldmar"
    assert slug_of("港") == ""
    slugs = [card.entity.slug for card in draft(article()).cards]
    assert len(slugs) == len(set(slugs))


def test_steps_with_a_date_come_first_and_oldest_first():
    steps = timeline_of(story(published=PUBLISHED), {})
    assert [step.when for step in steps] == ["March 2019", "Tuesday (14 May 2024)", "next week, date not given", "Friday, date not given"]
    assert [step.dated for step in steps] == [True, True, False, False]


def test_a_day_without_its_year_says_so():
    [step] = timeline_of(story("The bridge at Teslin was closed on 4 March after a storm.\n"), {})
    assert step.when == "4 March, year not given"


def test_what_happened_after_a_date_does_not_bear_it():
    [step] = timeline_of(story("The bridge at Teslin was closed after the flood of 2011.\n"), {})
    assert step.when == "after the flood of 2011"


def odd(text: str) -> list[str]:
    return [line.text for line in oddities_of(story(text))]


def test_a_threat_whose_condition_seems_to_lack_a_not_is_a_question():
    [line] = odd("The mayor of Teslin has threatened the union with a fine if it does sign the deal.\n")
    assert "“does sign”" in line
    assert odd("The mayor of Teslin has threatened the union with a fine if it does not sign the deal.\n") == []


def test_one_of_the_largest_here_and_the_largest_there_is_a_question():
    first, second = (
        "Norlund Lines is one of the most powerful companies in the region.",
        "Norlund Lines, the most powerful company, owns a pier.",
    )
    assert len(odd(f"{first}\n\nThe town lies by the sea.\n\n{second}\n")) == 1
    assert odd(f"{first}\n\nThe town lies by the sea.\n") == []


def test_two_counts_of_one_event_are_a_question_with_both_numbers():
    text = (
        "The blast at the Teslin chemical warehouse killed 12 workers.\n\nThe town lies by the sea.\n\nA choir sang there on Sunday.\n\n"
        "The warehouse blast in Teslin killed 14 workers of the chemical company.\n"
    )
    [line] = odd(text)
    assert line == "Is this one event? The article has 12 workers here and 14 workers there."
    assert odd(text.replace("killed 14", "killed 12")) == []  # there is nothing to ask


def test_a_sentence_of_small_words_alone_is_no_second_telling():
    assert odd("He was not there.\n\nThe council met in Veldmar.\n") == []


def tails(text: str) -> dict[str, str]:
    return {card.entity.name: card.entity.tail for card in draft(article(text)).cards}


def test_a_subject_after_according_to_is_no_apposition():
    text = "According to Ana Brekke, a pilot of the harbour office was paid for the ship. Ana Brekke leads the Veldmar Dockers.\n"
    assert tails(text)["Ana Brekke"] == "person"
    assert not any("pilot" in fact.line.text for fact in cards(text)["Ana Brekke"].facts)


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        pytest.param("Ana Brekke, a New Harbour MP, left the hall.", "MP", id="half-a-party"),
        pytest.param("Ana Brekke, the Secretary of State, left the hall.", "Secretary of State", id="compound"),
        pytest.param("Ana Brekke, a member of Scholars Abroad, left the hall.", "member of Scholars", id="member-alone-tells-nothing"),
        pytest.param("Ana Brekke, a former resident, left the hall.", "person", id="resident"),
        pytest.param("Veldmar's Prime Minister Ana Brekke left the hall.", "Prime Minister", id="prime-minister"),
    ],
)
def test_a_tail_is_a_whole_role(text, tail):
    assert tails(f"{text}\n")["Ana Brekke"] == tail


def test_what_only_repeats_somebody_is_no_fact_about_it():
    found = cards("The Veldmar Times observed that the ferry was late. Norlund Lines sold the ferry. The Norlund Lines ferry sank.\n")
    assert "Veldmar Times" not in found
    assert [fact.line.citations[0].sentence for fact in found["Norlund Lines"].facts] == [2]


def test_a_reduced_agent_is_no_subject_and_a_passive_s_agent_is_one():
    found = cards("The ferry passed piers held by the Veldmar Front. A bus was sold by the Teslin League on Monday.\n")
    assert list(found) == ["Teslin League"]


def test_a_title_with_its_office_stands_before_the_name_of_who_acts():
    assert "Ana Brekke" in cards("Harbour Council director General Ana Brekke closed the pier on Monday.\n")


def test_a_sentence_whose_pronoun_is_named_is_a_fact_about_that_one():
    found = cards("Ana Brekke was arrested in Teslin. She was released on Monday.\n")
    assert [fact.line.text for fact in found["Ana Brekke"].facts][-1] == "Ana Brekke was released on Monday."


def test_an_organisation_is_no_person_for_speaking():
    text = "Norlund Lines said that the cuts could not be avoided. The Harbour League called the cuts reckless.\n"
    assert {card.entity.kind.value for card in draft(article(text)).cards} == {"organisation"}


def whens(text: str, published=None) -> list[str]:
    return [step.when for step in timeline_of(story(text, published), {})]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        pytest.param("The bridge was sold by the Veldmar Council in May 2021.", ["May 2021"], id="an-agent-is-no-time"),
        pytest.param("The bridge was closed until March 2021.", ["until March 2021"], id="until-governs-the-date"),
        pytest.param("The survey reached 1850 drivers in the port of Veldmar.", [], id="a-count"),
        pytest.param("A survey of 1709 schoolchildren was made in Veldmar.", [], id="a-count-of-children"),
        pytest.param("The last vote was before the 2014 floods in Veldmar.", [], id="another-event-tells-when"),
        pytest.param("The taxes were owed from 2006 to 2009 in Veldmar.", [], id="a-span"),
        pytest.param("This year's theme was the harbour of Veldmar.", [], id="what-is-told-apart-by-a-time"),
        pytest.param("Bands played songs of the 1960s in Veldmar.", [], id="a-decade"),
    ],
)
def test_a_step_has_the_time_that_governs_it(text, when):
    assert whens(f"{text}\n", PUBLISHED) == when


def test_a_step_may_rest_on_the_bottom_line():
    text = "Norlund Lines bought a ship in Teslin. The town lies by the sea. In 2007, Norlund Lines sold the ship after a quarrel.\n"
    assert [step.when for step in timeline_of(story(text), {}, 1)] == ["2007"]
