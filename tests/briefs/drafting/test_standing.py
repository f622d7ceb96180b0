"""Lines that can be read by themselves, and lines that cannot."""

import pytest

from briefs.drafting.standing import stands_alone
from briefs.drafting.words import words
from briefs.entity import Kind

BEFORE = "The union made a deal with the company. The harbour was closed, the museum burned, and the group left the town."
KNOWN = frozenset(word.stem for word in words(BEFORE) if word.heavy)
NAMED = [("Ana Brekke", Kind.PERSON), ("Norlund Lines", Kind.ORGANISATION), ("Veldmar", Kind.PLACE)]


def stands(text: str, told: str = "") -> bool:
    named = [(name, kind) for name, kind in NAMED if name in text]
    return stands_alone(text, named=named, known=KNOWN, told=frozenset(word.stem for word in words(told) if word.heavy))


@pytest.mark.parametrize(
    "text",
    [
        "He left the hall at noon.",
        "The new museum was sold in May.",
        "Ana Brekke led the group with 900 votes.",
        "The oldest of three teams won that match.",
        "Its leader was arrested on Monday.",
        "They were released in May.",
        "This was a surprise to many.",
        "The group has 400 members.",
        "The deal was signed in May.",
        "The museum reopened in May.",
        "Veldmar said the deal was off.",
        "However, Norlund Lines closed two piers.",
        "But Norlund Lines closed two piers.",
        "Both were released in May.",
        "At that time, nobody worked in Veldmar.",
        "Doing so could harm the islands.",
        "Ana Brekke met them in the hall.",
        "Norlund Lines has replaced it.",
        "“They will come back soon,” said Ana Brekke.",
        "We were in Veldmar in May.",
        "",
    ],
)
def test_what_points_at_another_sentence_does_not_stand_alone(text):
    assert not stands(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ana Brekke said she would leave.",
        "Norlund Lines sold its piers in May.",
        "It is not clear whether the piers will open.",
        "The deal with the pilots was signed in May.",
        "Norlund Lines said the company would close two piers.",
        "After she left, Ana Brekke wrote a book.",
        "The mayor of Veldmar called a vote this week.",
        "Dockers want their jobs back.",
        "Ana Brekke, who owns a boat, left it in Veldmar.",
        "“We want our jobs back,” said Ana Brekke.",
    ],
)
def test_what_names_all_it_speaks_of_stands_alone(text):
    assert stands(text)


def test_the_deal_stands_where_the_sentence_that_tells_of_it_is_cited_too():
    assert not stands("The deal was signed in May.")
    assert stands("The deal was signed in May.", told="The union made a deal with the company.")
    assert not stands("He signed the deal in May.", told="The union made a deal with the company.")
