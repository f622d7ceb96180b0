"""Front matter is parted from its text, and a text is never taken for front matter."""

import pytest

from adapters.sources.front_matter import front_matter
from briefs.errors import BrokenArticle


def test_fields_body_and_the_bodys_first_line_are_parted() -> None:
    text = '---\ntitle: "A \\"quasi\\" state: told"\nOutlet: Wikinews\n# a note\n\nlicence: \'CC BY\'\nbyline:\n---\n\nText.\n'
    fields, body, line = front_matter(text)
    assert fields == {"title": 'A "quasi" state: told', "outlet": "Wikinews", "licence": "CC BY", "byline": ""}
    assert body == "\nText.\n"
    assert line == 9


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("Text: with a colon.\n---\nMore.", id="no-fence"),
        pytest.param("---\nOnce upon a time\nthere was: a colon.\n", id="a-rule-and-no-end"),
        pytest.param("---\nOnce upon a time.\n---\nMore.", id="prose-between-two-rules"),
        pytest.param("---\nOnce upon a time\ntitle: T\n", id="a-rule-and-a-field-but-no-end"),
        pytest.param("---\nOnce.\nShe said: yes.\n---\nMore.", id="prose-with-colons-between-two-rules"),
        pytest.param("---", id="nothing-but-a-fence"),
        pytest.param("---\nhttps://example.org\n", id="an-address-is-no-field"),
    ],
)
def test_a_text_without_front_matter_is_returned_as_it_is(text: str) -> None:
    assert front_matter(text) == ({}, text, 1)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_any_kind_end_a_line(end: str) -> None:
    assert front_matter(end.join(["\ufeff---", "title: T", "---", "One.", "Two."])) == ({"title": "T"}, f"One.{end}Two.", 4)


def test_front_matter_may_be_all_there_is() -> None:
    assert front_matter("---\ntitle: T\n---") == ({"title": "T"}, "", 4)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        pytest.param("---\ntitle: T\n\nText.", 4, "Line 4 stands in the front matter", id="unclosed-with-text"),
        pytest.param("---\ntitle: T\noutlet: O\n", 1, "never ends", id="unclosed"),
        pytest.param("---\ntitle: T\nno field\n---\nText.", 3, "no “key: value” line", id="a-line-that-is-no-field"),
        pytest.param("---\ntitle T\noutlet: O\n---\nText.", 2, "no “key: value” line", id="the-first-line-is-no-field"),
        pytest.param(
            "---\n\n# note\ntitle T\noutlet: O\n---\nText.", 4, "no “key: value” line", id="the-first-line-is-no-field-below-a-note"
        ),
        pytest.param("---\ntitle T\noutlet O\npublished: 2026-03-02\n---\nText.", 2, "no “key: value” line", id="two-lines-are-none"),
        pytest.param("---\ntitle: T\nTitle: U\n---\nText.", 3, "“title” twice", id="a-key-twice"),
    ],
)
def test_broken_front_matter_is_refused_with_its_line(text: str, line: int, says: str) -> None:
    with pytest.raises(BrokenArticle, match=says) as caught:
        front_matter(text)
    assert caught.value.line == line
