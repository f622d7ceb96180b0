"""What an article says of its names, and what a curator is asked about them."""

import pytest

from briefs.reading.gathering import gather
from briefs.reading.names import mentions
from briefs.reading.places import Sort, places


def gathered(*sentences):
    return gather(sentences, mentions(sentences))


def groups(*sentences):
    return [{mention.text for mention in group.mentions} for group in gathered(*sentences).groups]


def apart(*sentences):
    told = gathered(*sentences)
    return [(told.groups[edge.one].name, told.groups[edge.other].name, edge.sentence) for edge in told.apart]


def asked(*sentences):
    return [suggestion.reason for suggestion in gathered(*sentences).suggestions]


@pytest.mark.parametrize(
    ("sentences", "edges"),
    [
        pytest.param(
            ("The Vasq Front attacked.", "It is a separate group from the Front of Oslo."),
            [("Vasq Front", "Front of Oslo", 2)],
            id="separate",
        ),
        pytest.param(("Apple Corps, not to be confused with Apple Inc, sued.",), [("Apple Corps", "Apple Inc", 1)], id="confused"),
        pytest.param(("Ann Bray is no relation to Tom Bray.",), [("Ann Bray", "Tom Bray", 1)], id="no-relation"),
        pytest.param(("Delta Cargo is unrelated to Delta Air Lines.",), [("Delta Cargo", "Delta Air Lines", 1)], id="unrelated"),
        pytest.param(("The Oslo Party and the Bergen Party are unrelated.",), [("Oslo Party", "Bergen Party", 1)], id="both"),
        pytest.param(
            ("The Vasq Front met the Oslo Council.", "It is distinct from the Bergen Board."), [], id="nothing-where-two-could-be-meant"
        ),
        pytest.param(("The plan is different from what Ann Bray said.",), [], id="nothing-where-no-name-is-kept-apart"),
    ],
)
def test_a_sentence_that_keeps_two_names_apart(sentences, edges):
    assert apart(*sentences) == edges


def test_what_a_sentence_keeps_apart_is_not_joined_and_not_asked_about():
    sentences = ("Ann Bray spoke.", "This is no relation to Bray of Oslo.", "Bray spoke.")
    told = gathered(*sentences)
    assert [edge.words for edge in told.apart] == ["no relation to"]
    assert told.suggestions == ()


def test_letters_in_brackets_are_one_with_the_name_before_them():
    assert {"Harbour Authority", "HA"} in groups("The Harbour Authority (HA) met.", "The HA left.")
    assert {"Oslo"} in groups("The talks in Oslo (HA) met.", "The HA left.")


def test_adjectives_are_gathered_with_their_country_and_people_are_not():
    told = groups("Norway agreed.", "A Norwegian base closed.", "Many Norwegians left.")
    assert told == [{"Norway", "Norwegian"}, {"Norwegians"}]


def test_one_name_of_two_places_is_told_apart_by_what_stands_beside_it():
    assert len(groups("They met in Atlanta in Georgia.", "They met in Tbilisi in Georgia.")) == 4


def test_a_groups_name_is_a_persons_longest_and_otherwise_no_acronym():
    told = gathered("Ann Bray left the North Harbour Authority.", "Bray called it the NHA.", "The NHA and NHA staff knew Bray.")
    assert [group.name for group in told.groups] == ["Ann Bray", "North Harbour Authority"]


@pytest.mark.parametrize(
    ("sentences", "reasons"),
    [
        pytest.param(
            ("Ann Bray met Tom Bray.", "Later Bray left."),
            ["“Bray” is part of “Ann Bray”: the same, or another?", "“Bray” is part of “Tom Bray”: the same, or another?"],
            id="two-bearers",
        ),
        pytest.param(("Minister Ann Buchtmann met Mr Bauchtmann.",), [], id="one-word-of-two"),
        pytest.param(
            ("Minister Buchtman met Ms Buchtmann.",), ["“Buchtman” and “Buchtmann” are spelled almost alike."], id="spelled-almost-alike"
        ),
        pytest.param(("The Vasq Front opened the Vasq Front Science Fair.",), [], id="what-tells-one-fair-from-others"),
        pytest.param(("Ann Bray left.", "Ann was glad."), [], id="a-given-name"),
        pytest.param(("They flew from Iran to Iraq.",), [], id="two-well-known-places"),
        pytest.param(("They left North Vasq City for South Vasq City.",), [], id="two-directions"),
    ],
)
def test_a_curator_is_asked_what_rules_may_not_decide(sentences, reasons):
    assert asked(*sentences) == reasons


def test_every_suggestion_names_two_groups_of_kinds_that_agree():
    told = gathered("The Vasq Front met Ann Bray.", "Vasq met the Vasq Front of Oslo.", "Bray and Tom Bray met the VFO.")
    assert told.suggestions
    for suggestion in told.suggestions:
        one, other = told.groups[suggestion.one], told.groups[suggestion.other]
        assert suggestion.one < suggestion.other
        assert one.kind is other.kind or None in {one.kind, other.kind}


def test_the_table_of_places_knows_countries_their_adjectives_and_cities():
    table = places()
    assert len({place.name for place in table.named.values() if place.sort is Sort.COUNTRY}) > 190
    assert (table.country_of("Iraqi"), table.country_of("Nigerien"), table.country_of("Nigerian")) == ("iraq", "niger", "nigeria")
    assert [table.find(text).name for text in ("US", "U.S.", "America")] == ["united states"] * 3
    assert table.find("us") is None
    assert table.within("Houston") == {"US-TX"}
    assert table.within("Georgia") == {"GE", "US-GA"}
