"""Short claims: every word of weight in them needs a sentence that says it, of those of whom the claim says it."""

import pytest

from briefs.article import Level, Sentence
from briefs.drafting.grounding import check
from tests.bench.edits.short_claims import TRUE, by_kind, short_claims

FALSE_MIN = 60
THREATS = ("Militias fear airstrikes after warnings by Trump.", "Trump has threatened Iran with the use of military force.")


def refusal(claim: str, *texts: str) -> str:
    verdict = check(claim, [Sentence(number, 1, text) for number, text in enumerate(texts, start=1)])
    assert verdict.level is Level.REFUSED
    return " ".join(verdict.reasons)


@pytest.mark.parametrize("cited", [THREATS, THREATS[1:]], ids=["two sentences", "one sentence"])
def test_a_verb_that_no_sentence_says_is_refused_by_its_name(cited: tuple[str, ...]) -> None:
    assert "“attacked”" in refusal("Trump attacked Iran.", *cited)


@pytest.mark.parametrize(
    ("claim", "cited", "reason"),
    [
        ("The clerk painted the hall.", ("The clerk swept the yard.", "Guests left the hall."), "“painted”"),
        (
            "Norland raided the depot.",
            ("The depot was raided in May.", "Norland denied it."),
            "No cited sentence says “raided” of “Norland”.",
        ),
        ("Norland fears Suland.", ("Villagers fear storms.", "Norland met Suland."), "“fears”"),
        ("Divers lifted the anchor and the bell.", ("Divers lifted the anchor from the bay.",), "“bell”"),
        ("Guards have disarmed.", ("Guards held talks about disarming.",), "“disarmed”"),
    ],
)
def test_a_short_claim_is_refused_for_one_word_or_one_party_from_nowhere(claim: str, cited: tuple[str, ...], reason: str) -> None:
    assert reason in refusal(claim, *cited)


@pytest.mark.parametrize("name", ["Denmark", "Erdogan"])
def test_a_name_that_opens_a_long_line_is_held_against_the_sentences_too(name: str) -> None:
    told = "closed eleven schools, cut power to 4,000 homes and delayed trains between Karsby and Holm in eastern Norland."
    assert f"“{name}” is a name that no cited sentence has." in refusal(f"{name} {told}", f"On Monday storms {told}")


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("The museum has made threats.", "The museum threatened its lenders with a suit."),
        ("The sale was made by the museum.", "The museum sold a painting."),
        ("Students made up most of the crowd.", "Most of the crowd were students."),
        ("The town banned fires.", "The town imposed a ban on fires."),
        ("Guards disarmed two men.", "The guards went in, disarming two men."),
    ],
)
def test_verbs_that_only_bear_an_act_and_nouns_of_acts_say_nothing_new(claim: str, cited: str) -> None:
    assert check(claim, [Sentence(1, 1, cited)]).reasons == ()


def test_nearly_every_false_short_claim_is_refused_and_most_true_ones_are_not() -> None:
    true = by_kind()[TRUE]
    false = [one for one in short_claims() if one.kind != TRUE]
    assert len(false) >= FALSE_MIN
    assert sum(not one.passes for one in false) / len(false) >= 0.99
    assert sum(one.passes for one in true) / len(true) >= 0.8
