"""The gate against edits and rewordings made at test time: of the articles beside the checkout, and of invented sentences."""

from pathlib import Path

import pytest

from tests.bench.edits.paraphrases import paraphrases
from tests.bench.edits.score import false_claims, false_paraphrases, honest_claims, share

CASES_MIN = 100  # of each kind of edit
HONEST_MIN = 200
BY_HAND_MIN = 80


@pytest.mark.parametrize("kind", ["hedges", "attributions", "modality", "roles"])
def test_nearly_every_falsified_sentence_is_refused(shared: Path, kind: str) -> None:
    claims = false_claims(shared)[kind]
    assert len(claims) >= CASES_MIN
    assert share(claims, passing=False) >= 0.99


def test_numbers_in_each_others_place_are_refused(shared: Path) -> None:
    assert share(false_claims(shared)["figures"], passing=False) == 1


def test_honest_rewordings_are_hardly_ever_refused(shared: Path) -> None:
    claims = honest_claims(shared)
    assert len(claims) >= HONEST_MIN
    assert share(claims, passing=True) >= 0.9


def test_rewordings_by_hand_are_mostly_let_through() -> None:
    claims = list(paraphrases())
    assert len(claims) >= BY_HAND_MIN
    assert len({one.source for one in claims}) >= BY_HAND_MIN - 10
    assert share(claims, passing=True) >= 0.9


def test_a_rewording_that_is_falsified_is_refused_too() -> None:
    claims = false_paraphrases()
    assert len(claims) >= CASES_MIN
    assert share(claims, passing=False) >= 0.99
