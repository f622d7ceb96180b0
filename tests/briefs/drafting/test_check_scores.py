"""Scores, ratios and votes: pairs of figures that have an order, each the figure of its own parties."""

import pytest

from briefs.article import Level, Sentence
from briefs.drafting.grounding import check

DAY = "On Friday Holm beat Vik 3 – 1; Brekke beat newcomers Tarn 4 – 0; and Aurora lost 1 – 2 to Lund."
BOARD = "Group B — Holm 2 – 0 Vik"
HALF = "At the whistle the board showed 1 – 1 in the rain."
VOTE = "The council approved the toll 52-48 on Monday."
VOTED = "Members voted 7 to 2 against the merger."
MIXED = "The cement is mixed 3:1 with sand."
LED = "Captain Tor Dahl scored, putting Holm 1 – 0 up."
ENDED = "A long evening closed with Lund winning 2 – 1 and going through."


def cited(*texts: str) -> tuple[Sentence, ...]:
    return tuple(Sentence(number, number, text) for number, text in enumerate(texts, start=1))


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        pytest.param(DAY, "Holm beat Vik 4 – 0.", id="of-another-match"),
        pytest.param(DAY, "Holm beat Vik 4-0.", id="of-another-match-hyphen"),
        pytest.param(DAY, "Brekke beat newcomers Tarn 3 – 1.", id="of-the-match-before"),
        pytest.param(DAY, "Holm beat Vik 1 – 3.", id="turned-round"),
        pytest.param(DAY, "Holm beat Vik 1 to 3.", id="turned-round-words"),
        pytest.param(DAY, "Vik beat Holm 3 – 1.", id="who-won"),
        pytest.param(DAY, "Vik beat Holm 1 – 3.", id="who-won-turned-round"),
        pytest.param(DAY, "Holm beat Vik 3 – 0.", id="half-of-another"),
        pytest.param(DAY, "Aurora won 2 – 1 against Lund.", id="loser-won"),
        pytest.param(DAY, "Lund lost 1 – 2 to Aurora.", id="winner-lost"),
        pytest.param(DAY, "Lund beat Aurora 1 – 2.", id="winner-with-less"),
        pytest.param(BOARD, "Vik 2 – 0 Holm", id="scoreboard"),
        pytest.param(BOARD, "Holm 0 – 2 Vik", id="scoreboard-turned-round"),
        pytest.param(HALF, "At the whistle the board showed 1 – 0 in the rain.", id="board"),
        pytest.param(VOTE, "The council approved the toll 48-52 on Monday.", id="vote"),
        pytest.param(VOTE, "The council approved the toll 48 to 52.", id="vote-words"),
        pytest.param(VOTED, "Members voted 2 to 7 against the merger.", id="voted"),
        pytest.param(MIXED, "The cement is mixed 1:3 with sand.", id="ratio"),
        pytest.param(LED, "Captain Tor Dahl scored, putting Holm 0 – 1 up.", id="led"),
        pytest.param(ENDED, "A long evening closed with Lund winning 1 – 2.", id="winning-with-less"),
    ],
)
def test_a_score_of_another_order_or_of_others_is_refused(source: str, claim: str) -> None:
    assert check(claim, cited(source)).level is Level.REFUSED


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        pytest.param(DAY, "Holm beat Vik 3 – 1.", id="as-written"),
        pytest.param(DAY, "Holm beat Vik 3-1.", id="hyphen"),
        pytest.param(DAY, "Holm beat Vik 3–1.", id="dash-without-blanks"),
        pytest.param(DAY, "Holm beat Vik 3−1.", id="minus"),
        pytest.param(DAY, "Holm beat Vik 3:1.", id="colon"),
        pytest.param(DAY, "Holm beat Vik 3 to 1.", id="words"),
        pytest.param(DAY, "Brekke beat Tarn 4 – 0.", id="second-match"),
        pytest.param(DAY, "Aurora lost 1 – 2 to Lund.", id="lost"),
        pytest.param(DAY, "Aurora lost 2-1 to Lund.", id="lost-with-more-first"),
        pytest.param(DAY, "Vik were beaten 3-1 by Holm.", id="passive"),
        pytest.param(BOARD, "Holm 2-0 Vik", id="scoreboard"),
        pytest.param(HALF, "The board showed 1-1.", id="draw"),
        pytest.param(VOTE, "On Monday the council approved the toll 52–48.", id="vote"),
        pytest.param(VOTE, "The toll was approved 52 to 48 by the council on Monday.", id="vote-passive"),
        pytest.param(VOTED, "Members voted 7-2 against the merger.", id="voted"),
        pytest.param(MIXED, "The cement is mixed 3 to 1 with sand.", id="ratio"),
        pytest.param(LED, "Tor Dahl scored, putting Holm 1-0 up.", id="led"),
        pytest.param(ENDED, "A long evening closed with Lund winning 2-1.", id="winning"),
    ],
)
def test_a_score_written_otherwise_passes(source: str, claim: str) -> None:
    assert check(claim, cited(source)).reasons == ()


def test_a_score_of_one_sentence_is_not_given_to_the_match_of_another() -> None:
    assert check("Holm beat Vik 2 – 0.", cited("Holm beat Vik 3 – 1.", "Brekke beat Tarn 2 – 0.")).level is Level.REFUSED
