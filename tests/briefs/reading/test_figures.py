"""Figures keep their noun, unit, hedge and owner."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.article import Attribution, Figure
from briefs.reading.figures import figures, owned
from briefs.reading.numbers import amount


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # value/noun/unit/hedge, one after another
        pytest.param("An estimated 70,000 sailors left.", "70,000/sailors//An estimated", id="estimated"),
        pytest.param("More than two dozen people were hurt.", "two dozen/people//More than", id="spelled-out-dozen"),
        pytest.param(
            "It killed at least 1,300 people and wounded about 400.", "1,300/people//at least,400/wounded//about", id="two-figures"
        ),
        pytest.param("There was a turnout of 58%.", "58/turnout/%/", id="percent-of-before"),
        pytest.param("Some 12.5 percent of voters stayed away.", "12.5/voters/percent/Some", id="percent-of-after"),
        pytest.param("They gave £5m in aid.", "5m/aid/£/", id="money-short"),
        pytest.param("He paid US$20,000 bail.", "20,000/bail/US$/", id="money-compound"),
        pytest.param("It fined him nearly 3 million euros.", "3 million//euros/nearly", id="money-after"),
        pytest.param("They need between 5 and 10 boats.", "5 and 10/boats//between", id="between"),
        pytest.param("They need 5 to 10 boats.", "5 to 10/boats//", id="range"),
        pytest.param("They need 5–10 boats.", "5–10/boats//", id="range-with-dash"),
        pytest.param("They need two or three boats.", "two or three/boats//", id="either"),
        pytest.param("Seats rose from 9 to 10.", "9/Seats//,10/Seats//", id="from-to-is-two"),
        pytest.param("It cost between $5 and $10 a head.", "5 and $10//$/between", id="money-range"),
        pytest.param("Hurst won 2-1.", "2-1//score/", id="score"),
        pytest.param("It was a 3–0 victory.", "3–0/victory/score/", id="score-with-noun"),
        pytest.param("A 23-year-old man left.", "23/year-old man//", id="age"),
        pytest.param("They read the 131-page report.", "131/page report//", id="pages"),
        pytest.param("Three were killed.", "Three/killed//", id="no-noun-but-a-fate"),
        pytest.param("He met two of the captains.", "two/captains//", id="of-the"),
        pytest.param("Tens of thousands of people marched.", "Tens of thousands/people//", id="vague"),
        pytest.param("Two-thirds of the seats were lost.", "Two-thirds/seats//", id="fraction"),
        pytest.param("Up to 2.5 million more people fled.", "2.5 million/people//Up to", id="more-people"),
        pytest.param("About 300 or so boats sank.", "300/boats//About", id="hedge-before-wins"),
        pytest.param("Nearly 40 boats or more sank.", "40/boats//Nearly", id="hedge-on-both-sides"),
        pytest.param("They found 300 or so boats.", "300/boats//or so", id="or-so"),
        pytest.param("The port is 500 miles (800 km) away.", "500/miles//,800//km/", id="conversion"),
        pytest.param("One person died.", "One/person//", id="one-person"),
        pytest.param("The row over two seats ended.", "two/seats//", id="over-is-no-hedge"),
        pytest.param("It lasted over two years.", "two/years//over", id="over-is-a-hedge"),
        pytest.param("No fewer than 30 boats came.", "30/boats//No fewer than", id="no-fewer"),
        pytest.param("On Monday 12 boats sank.", "12/boats//", id="after-a-weekday"),
    ],
)
def test_a_sentence_has_these_figures(text: str, expected: str) -> None:
    assert ",".join(f"{f.value}/{f.noun}/{f.unit}/{f.hedge}" for f in figures(text)).replace(", ", " ") == expected


@pytest.mark.parametrize(
    "text",
    [
        "It began on March 7, 2019.",
        "In 2003 the harbour was closed.",
        "The 2016 elections were held.",
        "He came at 10:30 and left at 5 p.m.",
        "Apollo 11 landed.",
        "The Group of Seven met.",
        "An F-16 fell.",
        "It was ranked number 3 in the world.",
        "The #2 browser is free.",
        "One of them left.",
        "The 21st boat sank.",
        "In the 1990s it was new.",
        "See version 1.2.3 of it.",
    ],
)
def test_dates_times_ranks_and_names_are_no_figures(text: str) -> None:
    assert figures(text) == ()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("two dozen", 24), ("1.5 million", 1_500_000), ("£5m".strip("£"), 5_000_000), ("half a million", 500_000), ("two-thirds", 2 / 3),
        ("twenty-one", 21), ("two hundred and fifty", 250), ("50,000", 50_000), ("a thousand", 1_000), ("half", 0.5), ("2bn", 2 * 10**9),
        ("one hundred thousand", 100_000), ("dozens", None), ("tens of thousands", None), ("boats", None), ("", None),
    ],
)  # fmt: skip
def test_a_number_is_so_much_however_it_is_written(written: str, expected: float | None) -> None:
    assert amount(written) == expected


@given(st.integers(min_value=1, max_value=999_999))
def test_digits_are_what_they_say(number: int) -> None:
    assert amount(f"{number:,}") == amount(str(number)) == number


def test_a_figure_belongs_to_the_innermost_speaker_around_it() -> None:
    figure = Figure("12", "boats", start=40, end=42)
    outer = Attribution("the paper said", "the paper", "", start=0, end=90)
    inner = Attribution("police said", "police", "", start=30, end=60)
    assert owned([figure], [outer, inner])[0].whose == "police"
    assert owned([figure], [outer])[0].whose == "the paper"


def test_a_figure_outside_what_is_said_or_said_by_a_pronoun_has_no_owner() -> None:
    figure = Figure("12", "boats", start=40, end=42)
    assert owned([figure], [Attribution("police said", "police", "", start=0, end=20)])[0].whose == ""
    assert owned([figure], [Attribution("he said", "He", "", start=0, end=90)])[0].whose == ""


@given(st.text(alphabet=st.sampled_from("a1 2,.-–$%£midozenmor to¾²"), max_size=60))
def test_figures_stand_where_they_say_and_never_overlap(text: str) -> None:
    found = figures(text)
    assert all(text[f.start : f.end] == f.value for f in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(f.noun in text and f.unit in text for f in found)
