"""Hedges are seen, each with the words it weakens."""

import pytest

from briefs.reading.marks import mark


@pytest.mark.parametrize(
    ("text", "words", "of"),
    [
        pytest.param("He was reportedly killed in a raid.", "reportedly", "killed in a raid", id="reportedly"),
        pytest.param("The boat, allegedly stolen, sank.", "allegedly", "stolen", id="allegedly"),
        pytest.param("He left, apparently.", "apparently", "He left", id="at-the-end"),
        pytest.param("The alleged thief fled.", "alleged", "thief", id="alleged"),
        pytest.param("Two suspected smugglers in the port were held.", "suspected", "smugglers", id="suspected"),
        pytest.param("They left the so-called “ring of steel”.", "so-called", "ring of steel", id="so-called"),
        pytest.param("It is unclear whether he left.", "It is unclear whether", "he left", id="unclear"),
        pytest.param("It was not immediately clear who fired.", "It was not immediately clear who", "fired", id="not-immediately-clear"),
        pytest.param("It remains to be seen if it works.", "It remains to be seen if", "it works", id="remains-to-be-seen"),
        pytest.param("He is believed to have fled.", "is believed to", "have fled", id="believed"),
        pytest.param("He was thought to be ill.", "was thought to", "be ill", id="thought"),
        pytest.param("The plan appears to have failed.", "appears to", "have failed", id="appears"),
        pytest.param("The storm almost sank the boat.", "almost", "sank the boat", id="almost"),
        pytest.param("It is one of the oldest boats.", "one of", "the oldest boats", id="one-of"),
        pytest.param("Most of them left.", "Most of", "them left", id="most-of"),
        pytest.param("They wore hats, many of which they made.", "many of", "they made", id="many-of-which"),
        pytest.param("Initial reports were wrong.", "Initial", "reports", id="initial-reports"),
        pytest.param("An unconfirmed report says so.", "unconfirmed", "report says so", id="unconfirmed"),
        pytest.param("The figure could not be verified.", "could not be verified", "The figure", id="not-verified"),
        pytest.param("Some 300 boats sank.", "Some", "300", id="number"),
        pytest.param("They lost 300 boats or more.", "or more", "300", id="behind-the-number"),
        pytest.param("It had an estimated cost of $ 26 million.", "estimated", "cost", id="estimated-cost"),
    ],
)
def test_a_hedge_is_seen_with_what_it_weakens(text: str, words: str, of: str) -> None:
    assert (words, of) in [(hedge.words, hedge.of) for hedge in mark(text).hedges]


@pytest.mark.parametrize(
    "text",
    [
        "He is known as Bob.",
        "She left early in the day.",
        "The boat sank as part of a storm.",
        "Some boats sank.",
        "It was a talk about boats.",
        "The initial plan failed.",
    ],
)
def test_what_weakens_nothing_is_no_hedge(text: str) -> None:
    assert mark(text).hedges == ()


def test_a_number_has_one_hedge_not_two() -> None:
    assert [(h.words, h.of) for h in mark("It took almost two years.").hedges] == [("almost", "two")]
