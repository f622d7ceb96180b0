"""All marks of one sentence, taken together."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.reading.marks import mark
from briefs.reading.sentences import split

PIECES = st.sampled_from(
    [
        "about ",
        "12",
        " boats",
        "may ",
        "not ",
        "if ",
        "“",
        "”",
        "said ",
        "Ann ",
        ", ",
        ". ",
        "\n",
        "Tuesday",
        " of ",
        "will ",
        "’s",
        "½",
        "\u200b",
        "é",
    ]
)


@given(st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=30).map("".join)))
def test_every_mark_stands_inside_the_text_where_it_says(text: str) -> None:
    marks = mark(text)
    assert all(text[m.start : m.end] == m.words for m in (*marks.hedges, *marks.modals, *marks.negations, *marks.dates))
    assert all(m.words for m in (*marks.hedges, *marks.modals, *marks.negations, *marks.dates))
    assert all(text[f.start : f.end] == f.value for f in marks.figures)
    assert all(0 <= m.start <= m.end <= len(text) for m in (*marks.quotes, *marks.attributions))
    assert all(m.of in text for m in (*marks.hedges, *marks.modals, *marks.negations))


def test_a_figure_has_the_speaker_of_its_clause() -> None:
    (figure,) = mark("More than 50 boats sank, according to the harbour office.").figures
    assert (figure.hedge, figure.value, figure.noun, figure.whose) == ("More than", "50", "boats", "the harbour office")


def test_the_marks_are_the_same_whatever_the_hash_seed() -> None:
    code = "from briefs.reading.marks import mark; print(mark('On Monday about 12 boats may not sail, if it rains, he said.'))"
    found = {
        subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("0", "1", "2")
    }
    assert len(found) == 1


def _of_first_article(shared: Path) -> list[str]:
    text = (shared / "articles" / "iraq-militias.txt").read_text("utf-8")
    return [text[start:end] for _, start, end in split(text)]


def test_the_figures_of_the_first_article_are_all_found_and_no_others(shared: Path) -> None:
    found = [(n, f.value, f.noun, f.hedge) for n, text in enumerate(_of_first_article(shared), start=1) for f in mark(text).figures]
    assert found == [
        (3, "two", "years", ""),
        (9, "three", "US soldiers", ""),
        (10, "50,000", "fighters", "an estimated"),
        (20, "two", "years", ""),
        (22, "two", "years", "almost"),
        (28, "1,100", "people", "more than"),
        (28, "200", "kidnapping", "more than"),
        (29, "50,000", "Palestinians", "more than"),
    ]


def test_no_date_of_the_first_article_is_invented(shared: Path) -> None:
    found = [(n, d.words, d.resolved) for n, text in enumerate(_of_first_article(shared), start=1) for d in mark(text).dates]
    assert [(n, resolved) for n, _, resolved in found if resolved] == [(8, "2023"), (18, "2003"), (19, "2020")]
    assert {n for n, *_ in found} == {3, 8, 9, 10, 17, 18, 19, 20, 23, 28}


@pytest.mark.parametrize("number", [1, 3, 7, 12, 13, 15, 17, 20, 22, 28])
def test_what_is_not_done_in_the_first_article_is_marked_so(shared: Path, number: int) -> None:
    assert mark(_of_first_article(shared)[number - 1]).modals
