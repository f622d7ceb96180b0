"""Articles from text files."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.sources.files import FIELD_MAX, OPTION_NAMES, decode, handle_of, read_file, read_text
from briefs.article import article_id
from briefs.commands.catalogue import CATALOGUE
from briefs.errors import BrokenArticle

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def read(path, max_bytes=1_000_000):
    return read_file(path, max_bytes=max_bytes, now=NOW)


def test_front_matter_is_read_and_is_no_part_of_the_article(tmp_path):
    file = tmp_path / "Harbour News.txt"
    file.write_text(
        '---\ntitle: "A ferry"\noutlet: Harbour News\npublished: 2026-03-02\nlicence: CC0\n---\n\nIt sank.\n\nNobody was hurt.\n'
    )
    article = read(file).article
    assert (article.handle, article.title, article.outlet, article.published) == (
        "harbour-news",
        "A ferry",
        "Harbour News",
        date(2026, 3, 2),
    )
    assert [s.text for s in article.sentences] == ["It sank.", "Nobody was hurt."]
    assert article.id == read_text("It sank.\n\nNobody was hurt.", handle="x", now=NOW).article.id


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param(b"caf\xe9", "café", id="latin-1"),
        pytest.param("\ufeffcafé".encode(), "café", id="utf-8-mark"),
        pytest.param("café".encode("utf-16"), "café", id="utf-16-mark-wins"),
        pytest.param(b"caf\x81", "caf\ufffd", id="unknown-byte"),
    ],
)
def test_bytes_become_text(raw, text):
    assert decode(raw) == text


@pytest.mark.parametrize("raw", [b"PK\x03\x04../../x", b"%PDF-1.7 text", b"a\x00b", bytes(range(1, 9)) * 20])
def test_what_is_no_text_is_refused(raw):
    with pytest.raises(BrokenArticle, match="not a text file"):
        decode(raw)


@pytest.mark.parametrize("raw", [b"Rain fell.\x1b", b"\x07It rained.", b"a\x0bb\x0cc", ("word \x1b" * 9).encode()])
def test_a_stray_control_character_makes_no_text_binary(raw):
    assert decode(raw) == raw.decode()


@pytest.mark.parametrize("end", ["\v", "\f", "\x85", "\u2028", "\u2029", "\r", "\r\n"])
def test_line_ends_of_every_kind_part_words_and_paragraphs(end):
    article = read_text(f"Rain fell.{end}Nobody came.", handle="x", now=NOW).article
    assert [(s.paragraph, s.text) for s in article.sentences] == [(1, "Rain fell."), (2, "Nobody came.")]
    assert article.id == article_id(article.text)


@given(st.text(alphabet="ab. \n\r\v\f\x85\u2028\u2029\x1b", max_size=60))
def test_an_article_that_is_stored_and_read_again_is_the_same(text):
    try:
        article = read_text(text, handle="x", now=NOW).article
    except BrokenArticle:
        return
    assert read_text(article.text, handle="x", now=NOW).article.id == article.id == article_id(article.text)


def test_a_paste_with_half_a_character_is_an_article_that_can_be_kept():
    article = read_text("Rain \ud83d fell \ud83d\ude00.", handle="x", now=NOW).article
    assert article.text == "Rain \ufffd fell 😀."
    assert article.text.encode()


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_a_clear_refusal(raw):
    try:
        decode(raw)
    except BrokenArticle as error:
        assert str(error).isprintable()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "nothing to brief: no text"),
        ("---\ntitle: x\n---\n\n", "nothing to brief: no text"),
        ("<!doctype html><p>Rain fell.", "looks like a web page"),
        ("---\npublished: yesterday\n---\nRain fell.", "2026-11-22"),
        ("---\npublished: 2026-13-40\n---\nRain fell.", "is not a date"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_names_the_file(tmp_path, content, says):
    (tmp_path / "a.txt").write_text(content)
    with pytest.raises(BrokenArticle) as caught:
        read(tmp_path / "a.txt")
    assert str(caught.value).startswith("a.txt: ")
    assert says in str(caught.value)


def test_a_file_that_is_too_large_is_refused_and_names_the_setting(tmp_path):
    (tmp_path / "big.txt").write_text("x" * 2000)
    with pytest.raises(BrokenArticle, match="STANDFIRST_MAX_ARTICLE_BYTES"):
        read(tmp_path / "big.txt", max_bytes=1000)


def test_a_file_that_is_not_there_is_refused_without_its_folder(tmp_path):
    with pytest.raises(BrokenArticle) as caught:
        read(tmp_path / "none.txt")
    assert str(caught.value) == "none.txt: no such file."


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(BrokenArticle, match="not a file"):
        read(tmp_path)


def test_a_date_in_the_future_and_an_unknown_field_are_remarked_on():
    found = read_text("---\npublished: 2099-01-01\nauthor: x\n---\nRain fell.", handle="x", now=NOW)
    assert ["future" in r for r in found.remarks] == [False, True]
    assert "author" in found.remarks[0]


def test_a_moment_without_a_zone_is_utc():
    assert read_text("---\npublished: 2026-03-02T07:30\n---\nRain.", handle="x", now=NOW).article.published == datetime(
        2026, 3, 2, 7, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("A\u200b \u202eferry\x07", "A ferry"),
        ("\u200b\u2060", ""),
        ("\u200d", ""),
        ("\u3164", ""),
        ("می\u200cروم", "می\u200cروم"),
        ("a" * FIELD_MAX, "a" * FIELD_MAX),
    ],
)
def test_a_title_has_nothing_unseen_in_it(typed, title):
    assert read_text(f"---\ntitle: {typed}\n---\nRain fell.", handle="x", now=NOW).article.title == title


@pytest.mark.parametrize("key", ["title", "outlet"])
def test_a_title_or_an_outlet_that_is_too_long_is_refused(key):
    with pytest.raises(BrokenArticle, match=f"{key}: too long .301 characters; at most 300"):
        read_text(f"---\n{key}: {'a' * 301}\n---\nRain fell.", handle="x", now=NOW)


@pytest.mark.parametrize("stem", sorted(OPTION_NAMES))
def test_a_handle_is_no_options_name(stem):
    assert handle_of(stem.upper()) == f"{stem}-article"


def test_every_option_of_a_command_is_known_as_one():
    assert {option.name for command in CATALOGUE for option in command.options} - OPTION_NAMES == set()


@pytest.mark.parametrize(
    ("stem", "handle"), [("Iraq Militias", "iraq-militias"), ("Café №5", "cafe-no5"), ("雨", "article"), ("a" * 90, "a" * 40)]
)
def test_a_handle_is_short_and_plain(stem, handle):
    assert handle_of(stem) == handle


def test_all_shared_articles_are_read(shared):
    files = sorted((shared / "articles").rglob("*.txt"))
    assert len(files) > 20
    for file in files:
        found = read(file)
        assert found.article.sentences, file.name
        assert not found.remarks, file.name
