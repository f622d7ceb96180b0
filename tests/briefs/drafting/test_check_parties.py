"""Claims that join whoever acts and whoever is acted upon from two places, and honest ones in other words."""

import pytest

from briefs.article import Level, Sentence
from briefs.drafting.grounding import check
from briefs.drafting.kin import is_kin
from tests.bench.edits.outsiders import outsiders

NO_SIGN = "There is no evidence that the new fence keeps wolves away, the ranger said."
NO_PLANS = "The council has no current plans to move the market to the harbour."
CALLED = "Petra Sund called former sailors of the Aurora, who helped her leave the ship."
CRITICAL = "The bakers' guild is sharply critical of Mayor Holt."
SPOKE = "The minister spoke after farmers attacked the tax office."
CRATES = "Inspectors found 400 bottles of wine in a cellar."


def cited(*texts: str) -> tuple[Sentence, ...]:
    return tuple(Sentence(number, number, text) for number, text in enumerate(texts, start=1))


@pytest.mark.parametrize(
    ("sources", "claim"),
    [
        pytest.param((NO_SIGN,), "The new fence keeps wolves away, the ranger said.", id="no-evidence-that"),
        pytest.param((NO_PLANS,), "The council has plans to move the market to the harbour.", id="no-plans-to"),
        pytest.param((NO_PLANS,), "The council plans to move the market to the harbour.", id="no-plans-told-as-a-verb"),
        pytest.param((CALLED,), "Petra Sund helped former sailors of the Aurora leave the ship.", id="who-helped-her"),
        pytest.param(("Nora Lind, who taught him to row, beat Tor Dahl.",), "Tor Dahl taught Nora Lind to row.", id="who-taught-him"),
        pytest.param(("Boys threw snow at the guards, who answered with whistles.",), "Boys answered the guards.", id="the-last-noun"),
        pytest.param(("Tor Dahl, whom the club sued in 2010, left.",), "Tor Dahl sued the club in 2010.", id="whom-the-club-sued"),
        pytest.param(("Experts are unsure whether the seals drowned in nets.",), "The seals drowned in nets.", id="unsure-whether"),
        pytest.param(
            ("Snow broke a bridge at Holm, cutting off three farms.",), "Snow broke three bridges at Holm.", id="number-of-a-later-clause"
        ),
        pytest.param((CRITICAL,), "Mayor Holt is sharply critical of the bakers' guild.", id="critical-of"),
        pytest.param(("Foxes are afraid of the dogs.",), "The dogs are afraid of foxes.", id="afraid-of"),
        pytest.param((SPOKE,), "Farmers attacked the minister.", id="object-from-before-the-verb"),
        pytest.param((CRATES,), "Inspectors found a cellar.", id="object-from-a-phrase"),
        pytest.param((CRATES,), "Inspectors found 400 cellars of wine.", id="number-of-another-thing"),
        pytest.param(
            ("Holt has vowed to stop them after years of pirate attacks on ships.", "On Sunday Holt showed a film."),
            "Pirates attacked Holt on Sunday.",
            id="parties-of-two-sentences",
        ),
    ],
)
def test_a_claim_that_gives_an_act_to_others_is_refused(sources: tuple[str, ...], claim: str) -> None:
    assert check(claim, cited(*sources)).level is Level.REFUSED


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        pytest.param(NO_SIGN, "There is no evidence that the fence keeps wolves away, the ranger said.", id="no-evidence-kept"),
        pytest.param(NO_PLANS, "The council has no plans to move the market to the harbour.", id="no-plans-kept"),
        pytest.param(CALLED, "Former sailors of the Aurora helped Petra Sund leave the ship.", id="who-helped-her"),
        pytest.param(CRITICAL, "The bakers' guild is critical of Mayor Holt.", id="critical-of"),
        pytest.param(SPOKE, "Farmers attacked the tax office.", id="object-of-its-verb"),
        pytest.param(NO_PLANS, "The council does not plan to move the market to the harbour.", id="no-plans-told-as-a-verb"),
        pytest.param("The closure of the mill cost jobs.", "Closing the mill cost jobs.", id="noun-of-a-verb"),
        pytest.param(CRATES, "Inspectors found 400 bottles of wine.", id="number-of-its-thing"),
        pytest.param("Two men were killed in an explosion.", "An explosion killed two men.", id="event-that-acts"),
        pytest.param("Talks over the fishing grounds failed.", "Talks about the fishing grounds failed.", id="about-for-over"),
        pytest.param("They built a wall in order to keep sand out.", "They built a wall to keep sand out.", id="in-order-to"),
        pytest.param("At least 12 were killed in the storm.", "At least 12 people were killed in the storm.", id="people"),
        pytest.param("Prime Minister Ann Rask left on Friday.", "Ann Rask left on Friday.", id="title-dropped"),
        pytest.param("A storm hurled boats onto the pier.", "A storm threw boats onto the pier.", id="wider-word"),
        pytest.param("North Suland closed a Suland bridge.", "North Suland shut a Suland bridge.", id="same-meaning"),
    ],
)
def test_an_honest_line_in_other_words_passes(source: str, claim: str) -> None:
    assert check(claim, cited(source)).reasons == ()


@pytest.mark.parametrize(
    ("claim", "source", "kin"),
    [("threw", "hurled", True), ("hurled", "threw", True), ("fell", "rose", False)],
)
def test_a_wider_word_may_stand_for_a_narrower_one(claim: str, source: str, kin: bool) -> None:
    assert is_kin(claim, source) is kin


def test_an_outsiders_false_claims_are_refused_and_honest_ones_not_all() -> None:
    told = [(check(made.claim, cited(made.source)).passes, honest) for made, honest in outsiders()]
    false, true = ([passes for passes, honest in told if honest is kind] for kind in (False, True))
    assert sum(false) <= 0.08 * len(false)
    # Nine in ten is the goal; most of what is refused says it in words whose likeness nothing here knows.
    assert sum(true) >= 0.25 * len(true)
