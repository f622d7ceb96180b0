"""What a line may point at in the line above it."""

import pytest

from briefs.drafting.above import above, subject_of
from briefs.drafting.lines import line_of
from tests.briefs.drafting.stories import story


def below(text: str, number: int = 2, beside: int = 1) -> str:
    made = line_of(story(text), number, beside=beside, below=True)
    return made.line.text if made else ""


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("A crane fell on a hall in Teslin and killed two men. The accident was caused by a storm.", id="accident"),
        pytest.param("Divers accuse Norlund Lines of theft. The company called these accusations a lie.", id="accusations"),
        pytest.param("About 900 people live on the island. The mayor of Teslin puts that number at 700.", id="that-number"),
        pytest.param("Researchers studied mussels in the bay. The scientists found fewer of them.", id="scientists"),
        pytest.param("The dockers came to Teslin. They were turned away twice.", id="they"),
        pytest.param("Norlund Lines plans two votes in May. The first vote is to be held on Monday.", id="the-first"),
    ],
)
def test_what_the_line_right_above_speaks_of_may_be_pointed_at(text):
    assert below(text) == text.partition(". ")[2]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("Gulls circled over the bay. They were gone by noon.", 2, id="they-are-no-people"),
        pytest.param(
            "The site of the harbour is closed. The plan stood on the website Veldmar Today. The site explains it.", 3, id="brought-in"
        ),
        pytest.param("The crew left Teslin. A Norwegian crew came. The crew was tired.", 3, id="another-crew"),
        pytest.param("Ana Brekke met Joren Halvik in Teslin. He was tired.", 2, id="two-persons"),
    ],
)
def test_what_could_be_another_may_not(text, number):
    assert below(text, number) == ""


def test_no_pronoun_points_over_another_line():
    seen = story("The dockers came to Teslin. A storm broke out at noon. They were turned away.")
    assert "they" in above(seen, 1, 2).pronouns
    assert above(seen, 1, 3).pronouns == frozenset()


def test_the_subject_of_a_sentence_may_follow_its_setting():
    assert subject_of(story("In March, Norlund Lines bought a ship."), 1).text == "Norlund Lines"
    assert subject_of(story("The ship was bought by Norlund Lines."), 1) is None


def test_they_said_by_one_person_are_others():
    assert line_of(story("Two letters were found. Clerk Ana Brekke said they belong in the town hall."), 2) is None
