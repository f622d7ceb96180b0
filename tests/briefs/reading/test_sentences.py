"""Sentences end where a reader would say they do."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syntok import segmenter

from briefs.reading.sentences import split, without_inner_words

CASES = [line for line in (Path(__file__).with_name("sentences.txt")).read_text("utf-8").splitlines() if line and not line.startswith("# ")]
END_F1_MIN = 0.975  # over all text, captions and lists included
BODY_F1_MIN = 0.985


@pytest.mark.parametrize("case", CASES)
def test_a_paragraph_is_parted_at_its_borders_only(case: str) -> None:
    text = case.replace(" ¦ ", " ")
    assert " ¦ ".join(text[start:end] for _, start, end in split(text)) == case


def test_items_of_a_list_are_sentences_though_no_blank_lines_part_them() -> None:
    text = "Blank lines part this text.\n\nThe plan is this:\n- close the bridge\n- open the road\n\nThat is all."
    assert [text[a:b] for _, a, b in split(text)][1:4] == ["The plan is this:", "- close the bridge", "- open the road"]


def test_a_heading_above_wrapped_text_stands_alone() -> None:
    text = "Harbour reopens\nThe harbour of the old town was opened again\nby the mayor on Monday.\n\nThat is all."
    assert next(text[a:b] for _, a, b in split(text)) == "Harbour reopens"


def test_a_line_broken_for_want_of_room_goes_on() -> None:
    text = "A line that is broken for want of room by a friend of the\nMayor of the old town goes on.\n\nThat is all."
    assert len(split(text)) == 2


@given(st.text(alphabet=st.sampled_from("aB .\n!?;“”\"'…[]()-–•12:U.SIn,"), max_size=120))
def test_sentences_never_overlap_never_are_empty_and_lose_no_letter(text: str) -> None:
    spans = split(text)
    assert all(start < end for _, start, end in spans)
    assert all(a[2] <= b[1] for a, b in pairwise(spans))
    covered = "".join(text[start:end] for _, start, end in spans)
    assert [c for c in covered if c.isalnum()] == [c for c in text if c.isalnum()]


@given(st.text(max_size=200))
def test_no_text_whatever_is_too_odd_to_be_parted_twice_in_the_same_way(text: str) -> None:
    assert split(text) == split(text)


def borders(paragraph: str) -> list[tuple[int, int]]:
    parts = (list(sentence) for part in segmenter.analyze(paragraph) for sentence in part)
    return [(words[0].offset, words[-1].offset + len(words[-1].value)) for words in parts]


WORDS = (
    *(
        "the",
        "council",
        "Dale",
        "Mr.",
        "U.S.",
        "No.",
        "5",
        "1,000",
        "Jan.",
        "said,",
        "met.",
        "Who?",
        "ended.”",
        "“It",
        "(see",
        "(see)",
        "[2]",
        "of)",
    ),
    *("it’s", "well-known", "—", ";", "...", "The", "I", "and", "a\nline"),
)


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_the_splitter_sets_the_same_borders_without_inner_words(found: list[str]) -> None:
    paragraph = " ".join(found)
    assert borders(without_inner_words(paragraph)) == borders(paragraph)


def test_the_splitter_reads_what_stands_beside_stops_and_in_brackets() -> None:
    text = "The mayor of the old town met his council (all of its members came) in the new hall by the sea at noon. He left at once."
    left = "The his council (all of its members came) in at noon. He left at once."
    assert " ".join(without_inner_words(text).split()) == left


def gold(shared: Path) -> list[dict]:
    file = shared / "eval" / "data" / "gum_news.jsonl"
    if not file.is_file():
        pytest.skip(f"needs the scored reports ({file} is not there)")
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def score(pairs: list[tuple[set[int], set[int]]]) -> float:
    right = sum(len(found & wanted) for found, wanted in pairs)
    return 2 * right / sum(len(found) + len(wanted) for found, wanted in pairs)


def test_sentence_ends_of_24_reports_are_found(shared: Path) -> None:
    assert score([({end for *_, end in split(d["text"])}, {end for _, end in d["sents"]}) for d in gold(shared)]) >= END_F1_MIN


def test_sentence_ends_of_their_body_text_are_found(shared: Path) -> None:
    pairs = []
    for document in gold(shared):
        found, at = split(document["text"]), 0
        for line in document["text"].split("\n"):
            wanted = [(a, b) for a, b in document["sents"] if at <= a < at + len(line)]
            # Body text: every sentence of the line ends with a stop, and the line credits no picture.
            if wanted and "Image:" not in line and all(document["text"][a:b].rstrip("”\"’')]“")[-1:] in {*".!?…"} for a, b in wanted):
                pairs.append(({e for _, s, e in found if at <= s < at + len(line)}, {e for _, e in wanted}))
            at += len(line) + 1
    assert len(pairs) > 200
    assert score(pairs) >= BODY_F1_MIN
