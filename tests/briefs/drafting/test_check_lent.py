"""Names that one cited sentence lends to what another one tells of somebody else, and those that it rightly gives."""

import pytest

from briefs.article import Level, Sentence
from briefs.drafting.grounding import check, support
from tests.briefs.drafting.stories import article

CLOSED = "North Suland's harbour office closed two piers, the port radio said."
MOVED = "No boats were lost in the gale, but South Suland moved about 30 sailors out of the village of Brekke."
FIRED = "Yesterday South Suland fired flares at a lighthouse in North Suland that had gone dark."
TALKED = "The quarrel began after North and South Suland broke off talks on herring."
VOWED = "After the storm, South Suland stated it would tow away every unlit boat."
ALERT = "According to Port Radio, quoting South Suland's harbour office, the country's navy has been placed on alert."
SUED = "Nora Lind, head of the bakers' guild, sued the mill."
LEFT = "Tor Dahl left the guild on Friday."
LETTER = "The request was made by the Council of Brekke in 2010."
ASKED = "Letters have come from the Council of Holm, next to Vik."


def cited(*texts: str) -> tuple[Sentence, ...]:
    return tuple(Sentence(number, number, text) for number, text in enumerate(texts, start=1))


@pytest.mark.parametrize(
    ("sources", "claim"),
    [
        pytest.param((CLOSED, MOVED), "North Suland moved about 30 sailors out of Brekke.", id="active"),
        pytest.param((CLOSED, MOVED), "North Suland moved about 30 sailors out of Brekke; no boats were lost.", id="clause-behind"),
        pytest.param(
            (CLOSED, MOVED), "No boats were lost, but North Suland moved about 30 sailors out of the village of Brekke.", id="clause-before"
        ),
        pytest.param((CLOSED, MOVED), "About 30 sailors were moved out of Brekke by North Suland.", id="passive"),
        pytest.param((CLOSED, MOVED), "About 30 sailors were moved out of North Suland.", id="place-from-elsewhere"),
        pytest.param((TALKED, FIRED), "North Suland fired flares at a lighthouse in South Suland.", id="reversed-across-sentences"),
        pytest.param((TALKED, FIRED), "Flares were fired by North Suland at a lighthouse.", id="reversed-passive"),
        pytest.param((FIRED, VOWED), "North Suland stated it would tow away every unlit boat.", id="who-stated"),
        pytest.param((ALERT, TALKED), "North Suland's navy has been placed on alert, according to Port Radio.", id="owner-of-the-navy"),
        pytest.param((SUED, LEFT), "Tor Dahl sued the mill.", id="past-an-apposition"),
        pytest.param((SUED, LEFT), "Nora Lind left the guild on Friday.", id="who-left"),
        pytest.param((SUED, LEFT), "The mill was sued by Tor Dahl.", id="who-sued-passive"),
        pytest.param((ASKED, LETTER), "The Council of Holm made the request in 2010.", id="name-with-of"),
        pytest.param(("Holm is mainly Lutheran.", "Boats from Vik turn back at Holm."), "Vik is mainly Lutheran.", id="is"),
        pytest.param(
            ("Vik has turned boats away.", "Holm has lately clamped down on smuggling."),
            "Vik has lately clamped down on smuggling.",
            id="has-done",
        ),
        pytest.param(
            ("Vik had a larger share of the catch this spring.", "Holm met Brekke at the Tarn Arena."),
            "Holm had a larger share of the catch.",
            id="had",
        ),
        pytest.param(
            ("He was released on Friday.", "Ola Berg had read a letter that attacked Tor Dahl."),
            "Tor Dahl was released on Friday.",
            id="named-after",
        ),
        pytest.param(
            ("The Iron Guard, a young militia, fought at the bridge in 2003.", "Its leader died beside the Tarn Corps commander Ola Berg."),
            "The Tarn Corps fought at the bridge in 2003.",
            id="another-body",
        ),
        pytest.param(
            ("Old Aurora is another club than Aurora in Holm.", "Old Aurora has about 500 members."),
            "Aurora in Holm has about 500 members.",
            id="look-alike",
        ),
        pytest.param(
            ("Ann Rask is a sailor.", "Her uncle and Ann Rask's father, Ola Berg, sold the boat."), "Ann Rask sold the boat.", id="kin"
        ),
        pytest.param(
            ("Ann Rask, the mill's keeper, left with the pilot Tor Dahl.",),
            "Tor Dahl was the mill's keeper.",
            id="role-beside-a-name",
        ),
        pytest.param(
            ("Holm Council's Tor Dahl was voted in.", "Ola Berg of the Vik Council was voted in."),
            "Vik Council's Tor Dahl was voted in.",
            id="whose-he-is",
        ),
        pytest.param(
            ("The sailors saved included some from Holm.", "Vik and Brekke turn boats away."),
            "The sailors were from Vik.",
            id="were-from",
        ),
        pytest.param(
            ("Ann Rask resigned from the board in her guild.", "Aurora's Tor Dahl resigned from his board in Aurora."),
            "Ann Rask resigned from the board in Aurora.",
            id="in-another-body",
        ),
        pytest.param(
            ("Ann Rask was fined at her mill.", "Ann Rask met buyers at a hall in Vik, Norlund."),
            "Ann Rask was fined in Norlund.",
            id="other-event",
        ),
        pytest.param(
            ("Holm is not one of the ports covered by the toll.", "Boats from Brekke and Vik lay in port."),
            "Vik is not one of the ports covered by the toll.",
            id="is-not-one-of",
        ),
        pytest.param((CLOSED, MOVED), "Sailors in North Suland were moved out of Brekke.", id="place-before-the-verb"),
        pytest.param(
            ("Norwegian captain Ann Rask won the cup.", "Denmark met Norway in Vik."), "Denmark's Ann Rask won the cup.", id="whose-captain"
        ),
        pytest.param(
            ("Brekke's coach Ann Rask praised the crowd.", "Holm's coach Tor Dahl blamed the rain."),
            "Ann Rask blamed the rain.",
            id="who-blamed",
        ),
    ],
)
def test_a_name_of_one_sentence_does_not_take_the_place_of_another_ones(sources: tuple[str, ...], claim: str) -> None:
    assert check(claim, cited(*sources)).level is Level.REFUSED


@pytest.mark.parametrize(
    ("sources", "claim"),
    [
        pytest.param((CLOSED, MOVED), "South Suland moved about 30 sailors out of Brekke.", id="own-name"),
        pytest.param((TALKED, FIRED), "South Suland fired flares at a lighthouse in North Suland.", id="own-roles"),
        pytest.param((TALKED, FIRED), "Flares were fired by South Suland at a lighthouse in North Suland.", id="own-roles-passive"),
        pytest.param((MOVED, "The South closed two piers."), "South Suland closed two piers.", id="shorter-form"),
        pytest.param(
            ("Nora Lind runs the mill.", "She sold 40 sacks of flour on Friday."),
            "Nora Lind sold 40 sacks of flour on Friday.",
            id="pronoun",
        ),
        pytest.param(
            ("Port Radio has 12 masts.", "On Friday it bought two more boats."), "Port Radio bought two more boats on Friday.", id="it"
        ),
        pytest.param(("Tor Dahl, 40, is a sailor.", "Dahl won the regatta."), "Tor Dahl won the regatta.", id="family-name"),
        pytest.param((SUED, LEFT), "Nora Lind sued the mill, and Tor Dahl left the guild on Friday.", id="two-told-apart"),
        pytest.param(
            ("Ann Rask was sued alongside the mill's owner Tor Dahl.",), "Ann Rask and Tor Dahl were sued together.", id="alongside"
        ),
        pytest.param(
            ("Gulls attacked Holm boats at night, and Vik with beaks and claws.",),
            "Gulls attacked Vik with beaks and claws.",
            id="joined-by-and",
        ),
        pytest.param(
            ("The strike began after Brekke, on May 7, had closed Holm, sacked 40 dockers and fined 12.",),
            "The strike began after Brekke sacked 40 dockers and fined 12.",
            id="several-verbs",
        ),
        pytest.param(
            ("Aurora, the oldest club, met Holm in 2003.", "Ann Rask, its leader, was sued in 2020."),
            "Aurora's leader, Ann Rask, was sued in 2020.",
            id="its-leader",
        ),
        pytest.param(
            ("According to the Holm Herald, Ann Rask, who heads the guild, said the mill was shut.",),
            "Ann Rask, who heads the guild, said the mill was shut, the Holm Herald said.",
            id="said-for-according-to",
        ),
        pytest.param(
            ("The Holm council election was held on Sunday.", "Old hands stepped down in both camps."),
            "Old hands stepped down in the Holm council election.",
            id="name-before-its-noun",
        ),
        pytest.param(
            ("Tor Sund, 42, and his wife Ann Sund, 36, from Vik, Norlund, are running the mill.",),
            "Tor Sund and his wife Ann Sund are running the mill.",
            id="asides-between",
        ),
        pytest.param(
            ("The storm in Holm began on Friday.", "About 40 boats have been wrecked in the storm."),
            "About 40 boats have been wrecked in the Holm storm.",
            id="name-of-the-same-storm",
        ),
        pytest.param(("Ann Rask, the keeper of Holm, left with the pilot Tor Dahl.",), "Tor Dahl was the pilot.", id="own-role"),
        pytest.param(("Norwegian captain Ann Rask won the cup.",), "Norway's Ann Rask won the cup.", id="of-its-country"),
        pytest.param(("Ann Rask scored late, putting Holm ahead.",), "Ann Rask put Holm ahead.", id="putting"),
        pytest.param((SUED, LEFT), "Tor Dahl left the guild and Nora Lind sued the mill.", id="in-other-order"),
        pytest.param((ASKED, LETTER), "The Council of Brekke made the request in 2010.", id="name-with-of"),
        pytest.param((ALERT,), "South Suland's navy has been placed on alert, according to Port Radio.", id="the-countrys"),
        pytest.param(
            ("Holm beat Vik by two boats.", "Holm met Vik at the Tarn Arena."),
            "Holm beat Vik by two boats at the Tarn Arena.",
            id="place-of-the-same-event",
        ),
    ],
)
def test_a_name_that_is_proven_may_come_from_another_sentence(sources: tuple[str, ...], claim: str) -> None:
    assert check(claim, cited(*sources)).reasons == ()


def test_sentences_that_only_lend_a_name_are_no_support() -> None:
    assert not support("North Suland moved about 30 sailors out of Brekke.", article("\n\n".join((CLOSED, MOVED, TALKED))))[1].passes


def test_sentences_that_only_lend_a_word_are_no_support() -> None:
    whole = article("The council of Holm closed a school in Brekke. Parents in Vik had asked for a library.")
    assert not support("The council of Holm closed a library in Brekke.", whole)[1].passes
