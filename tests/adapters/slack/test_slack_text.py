"""Words and spans in Slack: what is read is what was written, and nothing of it acts."""

import re
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.limits import PERSON_BUDGET, SUMMARY_BUDGET
from adapters.slack.text import (
    MORE,
    bold_text,
    cited,
    escape,
    isolated,
    plain_text,
    plain_words,
    rich,
    shortened,
    size,
    small,
    summary_text,
)
from briefs.message import Hedged, Label, Line, Link, Moment, Person, Said, Typed, Words, clean
from tests.adapters.slack.payloads import acting, read, without_isolates

AT = datetime(2026, 11, 22, 6, 52, tzinfo=UTC)
PIECES = [
    "*",
    "_",
    "~",
    "`",
    "＊",
    "＿",
    "＞",
    ">",
    "<",
    "&",
    ":",
    ":smile:",
    "10:30:45",
    "<@U1>",
    "<!channel>",
    "<#C1|x>",
    "<http://x.yz|y>",
]
PIECES += ["@here", "@channel", "#general", "http://x.yz", "&amp;", "&lt;", "b", "word", " ", ". ", "(", "א", "שלום", "1", "👍🏽", "|", "^"]
HOSTILE = st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=20)
CLEAN = HOSTILE.map(clean)
SPANS = st.lists(
    st.one_of([st.builds(kind, HOSTILE) for kind in (Words, Said, Hedged, Label, Typed)] + [st.builds(Person, st.just("U7"), HOSTILE)])
    | st.just(Moment(AT, "Europe/London")),
    max_size=6,
).map(tuple)


def squeezed(text):
    return "".join(text.split())


@pytest.mark.parametrize(
    "text", ["*b*", "a _i_ c", "~s~", "`c`", ":smile:", "<@U1>", "<!here>", "a & b", "@here", "> q", "＊b＊", "10:30:45"]
)
def test_the_model_sees_what_acts(text):
    assert acting(text)


@pytest.mark.parametrize(
    "text", ["plain", "2 * 3 * 4", "a_b", "next: soon", "&amp; &lt;", "<!date^1^{date_short} {time}|1 Jan 1970 00:00 UTC>"]
)
def test_the_model_lets_pass_what_does_not_act(text):
    assert acting(text) == []


@pytest.mark.parametrize(
    ("text", "long"),
    [("", 0), ("abc", 3), ("a & b < c", 16), (">", 4), ("é", 1), ("👍🏽", 4), ("🇮🇶", 4), ("👨‍👩‍👧", 8), ("א", 1)],
)
def test_size_is_counted_after_escaping_in_utf16_units(text, long):
    assert size(text) == long
    assert long == max(len(escape(text)), len(escape(text).encode("utf-16-le")) // 2)


@given(CLEAN | st.text(max_size=300).map(clean), st.integers(5, 160))
def test_a_shortened_text_is_a_beginning_in_the_size_asked_for(text, most):
    short = shortened(text, most)
    assert size(short) <= most
    if short != isolated(text):
        assert short.endswith(MORE)
        assert size(isolated(text)) > most
        assert text.startswith(without_isolates(short)[:-1])


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        pytest.param("one two three", 9, "one two…", id="after a word"),
        pytest.param("one two", 7, "one two", id="whole"),
        pytest.param("aaaaaaaaaaaaa", 5, "aaaa…", id="one word"),
        pytest.param("aaaa & bb", 11, "aaaa &…", id="escaped"),
        pytest.param("aaaa & bb", 10, "aaaa…", id="an entity stays whole"),
        pytest.param("aaaaa👨‍👩‍👧aaa", 12, "aaaaa…", id="a family stays whole"),
        pytest.param("aaaa👍🏽a", 8, "aaaa…", id="a skin tone stays with its hand"),
        pytest.param("aaaae\u0301aaaa", 6, "aaaa…", id="an accent stays with its letter"),
        pytest.param("aaaa🇮🇶🇮🇷a", 11, "aaaa🇮🇶…", id="a flag stays whole"),
        pytest.param("aaaa 🇮🇶 bbbb", 10, "aaaa 🇮🇶…", id="a flag before a blank"),
    ],
)
def test_a_text_is_cut_between_words_or_characters(text, most, short):
    assert shortened(text, most) == short


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("50,000 of them", "50,000 of them"),
        ("the שלום group", "the \u2068שלום\u2069 group"),
        ("حزب الله, 12", "\u2068حزب الله\u2069, 12"),
        ("א 12 ב", "\u2068א\u2069 12 \u2068ב\u2069"),
    ],
)
def test_a_right_to_left_run_stands_apart_and_counts_outside(text, shown):
    assert isolated(text) == shown


@given(SPANS)
def test_spans_in_rich_text_are_what_was_written(spans):
    elements = rich(spans)
    assert without_isolates("".join(e.get("text", e.get("fallback")) for e in elements)) == plain_words(spans)
    assert {e["type"] for e in elements} <= {"text", "date"}
    assert all(e["text"] for e in elements if e["type"] == "text")


@given(SPANS)
def test_small_print_reads_as_it_was_written_and_nothing_in_it_acts(spans):
    elements = small(spans)
    assert elements is not None
    assert squeezed("".join(map(read, elements))) == squeezed(plain_words(spans))
    assert bool(elements) is bool(plain_words(spans).strip())


@given(CLEAN)
def test_a_headline_in_bold_reads_as_it_was_written_and_nothing_in_it_acts(text):
    assert read(bold_text(f"1  {text}")).strip() == f"1  {text}".strip()


@given(HOSTILE | st.text(max_size=6000))
def test_in_the_notification_text_nothing_acts_and_it_is_never_empty_or_too_long(text):
    told = summary_text(clean(text))
    assert acting(told) == []
    assert not re.search(r"[@#＠＃]\w|://", told)
    assert 0 < len(told.encode("utf-16-le")) // 2 <= SUMMARY_BUDGET


def test_a_long_summary_ends_after_a_sentence():
    told = summary_text("It is a sentence of a length & more. " * 200)
    assert told.endswith("&amp; more. …")
    assert len(told) <= SUMMARY_BUDGET


def test_common_words_stand_in_the_notification_text_as_they_are():
    text = "Iraq: “considering” is as of 07:30, according to A & B; 11 lines."
    assert summary_text(text) == escape(text)


def test_styles_are_of_what_the_words_are():
    spans = (Words("a "), Said("b"), Words(" "), Hedged("c"), Label("d"), Typed("/e"))
    assert [(e["text"], [*e.get("style", {})]) for e in rich(spans)] == [
        ("a ", []),
        ("b", ["italic"]),
        (" ", []),
        ("cd", ["bold"]),
        ("/e", ["code"]),
    ]
    assert small((*spans[:3], Hedged("c"), Words(". "), Typed("/e")))[0]["text"] == "a _b_ *c*. `/e`"


@pytest.mark.parametrize(("before", "after"), [("a", " b"), ("a ", "b"), ("“", "”"), ("a ", "中")])
def test_a_style_that_might_be_shown_as_marks_is_left_out(before, after):
    assert small((Words(before), Label("x"), Words(after)))[0]["text"] == f"{before}x{after}"


def test_blanks_stay_outside_a_style():
    assert small((Words("a"), Label(" x "), Words("b")))[0]["text"] == "a *x* b"


def test_a_person_is_named_and_not_called():
    assert rich((Person("U042", "Anna"),)) == [{"type": "text", "text": "Anna"}]
    assert rich((Person("U042", " "),)) == [{"type": "text", "text": "U042"}]
    assert len(rich((Person("U042", "A" * 500),))[0]["text"]) == PERSON_BUDGET


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        ("UTC", "22 Nov 2026 06:52 UTC"),
        ("America/Argentina/Buenos_Aires", "22 Nov 2026 03:52 Buenos Aires"),
        ("Etc/GMT-5", "22 Nov 2026 11:52 Etc/GMT-5"),
    ],
)
def test_a_moment_is_a_date_whose_fallback_names_its_zone(zone, written):
    moment = Moment(AT, zone)
    assert rich((moment,)) == [{"type": "date", "timestamp": 1795330320, "format": "{date_short} {time}", "fallback": written}]
    assert small((moment,))[0]["text"] == f"<!date^1795330320^{{date_short}} {{time}}|{written}>"


def test_a_date_keeps_its_place_among_words_that_cannot_stand_in_mrkdwn():
    elements = small((Words("a*b, "), Moment(AT), Words(" c")))
    assert [e["type"] for e in elements] == ["plain_text", "mrkdwn", "plain_text"]


def test_more_dates_than_small_print_holds_are_told():
    assert small((Words("*"), *(Moment(AT), Words(" and ")) * 6)) is None


def test_citations_stand_behind_the_line():
    assert [e["text"] for e in cited(Line((Words("It is."),), ("4", "iraq:5")))] == ["It is. [4, iraq:5]"]
    assert [e["text"] for e in cited(Line((), ("4",)))] == ["[4]"]
    assert cited(Line(())) == []


def test_what_is_to_be_typed_has_no_character_that_was_not_there():
    assert rich((Typed("/find שלום"),))[0]["text"] == "/find שלום"


@given(CLEAN, st.integers(5, 150))
def test_a_plain_text_is_never_empty_and_makes_no_emoji(text, most):
    shown = plain_text(text, most)
    assert shown["emoji"] is False
    assert 0 < size(shown["text"]) <= most
    assert not any(unicodedata.category(c) == "Cc" for c in shown["text"])


def test_only_an_https_address_becomes_a_link():
    post = "https://example.slack.com/archives/C1/p1700000000000100"
    assert rich((Link("the post", post),)) == [{"type": "link", "url": post, "text": "the post"}]
    assert rich((Link("the post", "javascript:alert(1)"),)) == [{"type": "text", "text": "the post"}]
