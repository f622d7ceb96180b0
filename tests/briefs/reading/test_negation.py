"""Words that deny are seen, and those that only look so are not."""

import pytest

from briefs.reading.negation import negations


@pytest.mark.parametrize(
    ("text", "words", "of"),
    [
        ("They have not admitted the raid.", "not", "admitted the raid"),
        ("They didn’t go.", "didn’t", "go"),
        ("They cannot go.", "cannot", "go"),
        ("He never left.", "never", "left"),
        ("No boats sank.", "No", "boats sank"),
        ("No one left.", "No one", "left"),
        ("Nobody left.", "Nobody", "left"),
        ("It sank without a sound.", "without", "a sound"),
        ("He left, nor did he call.", "nor", "did he call"),
        ("Neither left.", "Neither", "left"),
        ("They no longer fish.", "no longer", "fish"),
        ("He failed to call.", "failed to", "call"),
        ("He refused to call.", "refused to", "call"),
        ("He has yet to call.", "yet to", "call"),
        ("The talks failed.", "failed", ""),
        ("She denied the claim.", "denied", "the claim"),
        ("They rejected the plan.", "rejected", "the plan"),
        ("She ruled out a truce.", "ruled out", "a truce"),
        ("They lack boats.", "lack", "boats"),
        ("They hardly spoke.", "hardly", "spoke"),
        ("They avoided the port.", "avoided", "the port"),
    ],
)
def test_a_denial_is_seen_with_what_it_denies(text: str, words: str, of: str) -> None:
    assert [(found.words, found.of) for found in negations(text)] == [(words, of)]


@pytest.mark.parametrize(
    "text",
    [
        "No. 5 left.",
        "He came not only to fish.",
        "No more than ten came.",
        "No doubt it sank.",
        "He goes whether or not it rains.",
        "The no-fly zone holds.",
        "A notable knot of boats.",
        "It sank no later than noon.",
    ],
)
def test_what_only_looks_like_a_denial_is_none(text: str) -> None:
    assert negations(text) == ()
