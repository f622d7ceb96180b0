"""Who says what in one sentence."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.article import Attribution
from briefs.reading.attributions import attributions
from briefs.reading.quotes import quotes
from tests.briefs.reading.attribution_cases import Case, bare, cases

FRESH = Path(__file__).with_name("attributions_fresh.txt")
# Sentences that are read wrongly, and why nothing is done about it.
MISREAD = {
    "Officials insist the water is safe to drink, though few residents believe them.": "whose a clause after “though” is cannot be seen",
}
PIECES = (
    "said",
    "told",
    "that",
    "“",
    "”",
    '"',
    "'",
    ",",
    ".",
    " ",
    "(",
    ")",
    "according to",
    "Ann Hill",
    "the",
    "was",
    "reported",
    "claim",
    "saying",
    "é",
    "\n",
)


def told(text: str) -> tuple[Attribution, ...]:
    return attributions(text, quotes(text))


def table(path: Path | None = None) -> list[object]:
    found = cases(path) if path else cases()
    marks = [pytest.mark.xfail(strict=True, reason=MISREAD[case.text]) if case.text in MISREAD else () for case in found]
    return [pytest.param(case, id=case.text[:60], marks=mark) for case, mark in zip(found, marks, strict=True)]


@pytest.mark.parametrize("case", [*table(), *table(FRESH)])
def test_a_sentence_says_what_the_table_says(case: Case):
    assert tuple((one.who, one.cue, bare(one.of), one.nominal) for one in told(case.text)) == case.told


def test_the_tables_hold_at_least_250_sentences_of_which_at_least_40_say_nothing():
    found = [*cases(), *cases(FRESH)]
    assert len(found) >= 250
    assert sum(not case.told for case in found) >= 40


@pytest.mark.parametrize("case", [*cases(), *cases(FRESH)], ids=lambda case: case.text[:40])
def test_offsets_are_those_of_the_content_and_words_are_the_sentences_own(case: Case):
    for one in told(case.text):
        assert case.text[one.start : one.end] == one.of
        assert 0 <= one.start < one.end <= len(case.text)
        assert one.words in case.text
        assert one.cue in case.text
        assert one.who in case.text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The rebels have not claimed the blast.", "The rebels have not claimed"),
        ("The bridge is safe, said Ann Hill, an engineer.", "said Ann Hill"),
        ("The bridge is safe, according to the town's engineer.", "according to the town's engineer"),
        ("Ann Hill, an engineer, said the bridge was safe.", "Ann Hill, an engineer, said"),
        ("The mayor left, saying he was tired.", "saying"),
        ("The army has not admitted the raid, nor said that it was an error.", "nor said"),
        ("It was reported that the mayor had left.", "It was reported"),
    ],
)
def test_the_words_to_keep_have_the_speaker_and_what_denies(text: str, words: str):
    assert words in [one.words for one in told(text)]


def test_an_inner_speaker_comes_after_the_outer_one_and_within_its_content():
    outer, inner = told("Envoys said Ankara had told them the road would open, the Post reported.")[:2]
    assert (outer.who, inner.who) == ("the Post", "Envoys")
    assert outer.start <= inner.start < inner.end <= outer.end


@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join) | st.text(max_size=80))
def test_any_text_is_read_without_fault_and_with_offsets_inside_it(text: str):
    found = told(text)
    assert found == told(text)
    assert all(0 <= one.start < one.end <= len(text) and text[one.start : one.end] == one.of for one in found)


def test_an_endless_sentence_tells_nothing_instead_of_taking_for_ever():
    assert len(told("The mayor said he left, and " * 50)) > 40
    assert told("The mayor said he left, and " * 5_000) == ()


def test_the_first_article_names_every_speaker_and_no_other(shared):
    from briefs.reading import read
    from briefs.reading.names import mentions

    article = read((shared / "articles" / "iraq-militias.txt").read_text("utf-8"), handle="x", names=mentions)
    assert {s.number: [(one.who, one.cue) for one in s.attributions] for s in article.sentences if s.attributions} == {
        7: [("a Kataeb Hezbollah commander", "said")],
        12: [("Reuters", "reported"), ("American officials", "told")],
        15: [("Iran", "insists")],
        23: [("Trump", "saying")],
        24: [("Trump", "wrote")],
        25: [("Trump", "wrote")],
        26: [("Trump", "wrote")],
        27: [("The Houthis", "acknowledged"), ("The Houthis", "claimed"), ("some", "suggested")],
        28: [("The Houthis", "say")],
        29: [("the Hamas-run health ministry", "according to")],
    }
    assert {s.number: [quote.who for quote in s.quotes] for s in article.sentences if s.quotes} == {
        1: [""],
        7: ["a Kataeb Hezbollah commander"],
        22: ["Trump"],
        24: ["Trump"],
        25: ["Trump"],
        26: ["Trump"],
    }
    assert all(a.end <= b.end or a.start >= b.end for s in article.sentences for b, a in pairwise(s.attributions) if s.number == 12)
