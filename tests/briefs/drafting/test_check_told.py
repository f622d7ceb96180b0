"""Who says it and what is denied, where a right line has it in other words, and what the gate says where a line loses it."""

import pytest

from briefs.article import Sentence
from briefs.drafting.grounding import check

ALERT = (
    "According to Port Radio, quoting South Suland's main news agency Suland Morning News (SMN), "
    "the country's navy has been placed on alert."
)
AGENCY = "According to Port Radio news agency, South Suland's navy has been placed on alert."
NONE = "No thefts or fires were reported in the market halls on either bank, but South Suland moved about 30 sailors out of Brekke."
SHUT = "The mill will be shut for a week, according to the Holm Herald."


def cited(*texts: str) -> tuple[Sentence, ...]:
    return tuple(Sentence(number, number, text) for number, text in enumerate(texts, start=1))


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        pytest.param(ALERT, "South Suland's navy on alert, according to Port Radio, quoting SMN", id="two-speakers-behind"),
        pytest.param(
            ALERT, "The country's navy has been placed on alert, according to Port Radio, quoting South Suland's SMN.", id="its-owner"
        ),
        pytest.param(ALERT, "The country's navy has been placed on alert, Port Radio reports, quoting SMN.", id="reports"),
        pytest.param(SHUT, "The mill will be shut for a week, the Holm Herald reports.", id="reports-at-the-end"),
        pytest.param(AGENCY, "South Suland's navy has been placed on alert, Port Radio news agency reports.", id="agency-reports"),
        pytest.param(SHUT, "The mill will be shut for a week, the Holm Herald reported.", id="reported-at-the-end"),
        pytest.param(SHUT, "The Holm Herald reports that the mill will be shut for a week.", id="reports-before"),
        pytest.param(NONE, "No thefts or fires were reported, and South Suland moved about 30 sailors out of Brekke.", id="were-reported"),
        pytest.param(NONE, "No thefts or fires were reported.", id="were-reported-alone"),
        pytest.param(
            NONE, "South Suland moved about 30 sailors out of Brekke; no thefts or fires were reported.", id="were-reported-behind"
        ),
    ],
)
def test_who_says_it_may_stand_elsewhere_in_a_line(source: str, claim: str) -> None:
    assert check(claim, cited(source)).reasons == ()


@pytest.mark.parametrize(
    ("source", "claim", "reason"),
    [
        pytest.param(NONE, "Fires were reported in the market halls on either bank.", "drops “No”", id="no-before-the-second"),
        pytest.param(NONE, "Thefts were reported in the market halls.", "drops “No”", id="no-before-the-first"),
        pytest.param("The guild has no boats, nets and hooks.", "The guild has hooks.", "drops “no”", id="no-of-a-list"),
        pytest.param(ALERT, "North Suland's navy has been placed on alert, according to Port Radio.", "“North", id="north-for-south"),
        pytest.param(SHUT, "According to the Holm Herald.", "leaves out what is said", id="nothing-is-said"),
        pytest.param(ALERT, "The news is according to Port Radio.", "leaves out what is said", id="speaker-without-news"),
        pytest.param(
            "It is known that according to a note found on Friday, the mill will be shut.",
            "It is known that according to a note found on Friday",
            "leaves out what is said",
            id="cut-before-the-news",
        ),
        pytest.param(SHUT, "The mill will be shut for a week.", "leaves out who says it", id="nobody-says-it"),
        pytest.param(SHUT, "The mill will be shut for a week, Port Radio reports.", "“Port", id="another-one-reports"),
    ],
)
def test_a_refusal_names_what_is_lost(source: str, claim: str, reason: str) -> None:
    assert any(reason in told for told in check(claim, cited(source)).reasons)
