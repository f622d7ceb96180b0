"""From text to numbered sentences."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.article import article_id
from briefs.errors import BrokenArticle
from briefs.reading import read
from briefs.reading.sentences import split


def test_the_first_article_has_29_sentences_in_17_paragraphs(shared):
    text = (shared / "articles" / "iraq-militias.txt").read_text(encoding="utf-8")
    article = read(text, handle="iraq")
    assert (len(article.sentences), article.paragraphs) == (29, 17)
    assert [s.number for s in article.sentences if s.paragraph == 10] == [18, 19]  # "… Guards Corp. Its leader …"


def test_offsets_point_into_the_untouched_text(shared):
    for file in sorted((shared / "articles").rglob("*.txt")):
        article = read(file.read_text(encoding="utf-8"), handle="x")
        assert all(article.text[s.start : s.end] == s.text for s in article.sentences), file.name


@given(st.text(alphabet=st.sampled_from("ab .\n\t!?“”AÉ1\u200b"), max_size=200))
def test_sentences_are_in_order_do_not_overlap_and_lose_no_word(text):
    spans = split(text)
    assert all(a[2] <= b[1] for a, b in pairwise(spans))
    covered = "".join(text[start:end] for _, start, end in spans)
    assert [c for c in covered if c.isalnum()] == [c for c in text if c.isalnum()]


def test_single_line_ends_do_not_part_a_paragraph_where_blank_lines_do():
    assert [p for p, _, _ in split("One.\nTwo.\n\nThree.")] == [1, 1, 2]


def test_every_line_is_a_paragraph_where_no_blank_lines_are():
    assert [p for p, _, _ in split("One.\nTwo.\nThree.")] == [1, 2, 3]


def test_the_same_text_is_the_same_article_however_its_lines_end():
    assert article_id("One.\r\nTwo.\r\n") == article_id("One.\nTwo.") == article_id("\nOne.\rTwo.\n\n")


def test_another_text_is_another_article():
    assert article_id("One.") != article_id("One!")


@pytest.mark.parametrize("text", ["", "   \n\n", "…\n***\n"])
def test_no_text_is_refused(text):
    with pytest.raises(BrokenArticle, match="no text in it"):
        read(text, handle="x")


def test_one_sentence_is_an_article():
    assert [s.text for s in read("One sentence only.", handle="x").sentences] == ["One sentence only."]


@pytest.mark.parametrize(
    "text",
    [pytest.param("word " * 400_000, id="no-full-stop"), pytest.param("<div>" * 100_000 + "x" + "</div>" * 100_000, id="deep-markup")],
)
def test_an_endless_paragraph_is_one_sentence(text):
    assert len(read(text, handle="x").sentences) == 1
