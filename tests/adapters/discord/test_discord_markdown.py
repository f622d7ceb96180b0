"""Text in Discord's markdown: read letter for letter, and nothing of it acts."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.discord.markdown import code, code_block, escape, heading, labelled, told, told_plainly, with_citations
from briefs.message import Hedged, Label, Line, Link, Moment, Person, Said, Typed, Words, clean
from tests.adapters.discord.reader import plain, read

ACTING = [
    "[x](https://example.org)", "[x](javascript:y)", "https://example.org/a_b", "<https://example.org>", "discord.gg/abc",
    "<@12>", "<@!12>", "<@&12>", "<#12>", "<id:guide>", "</brief:12>", "<t:1795330320:R>", "<:a:12>", "<a:b:12>", ":smile:",
    "@everyone", "@here", "**b**", "*i*", "_i_", "__u__", "~~s~~", "||s||", "`c`", "``c``", "```py\nc```", "# h", "## h", "-# s",
    "> q", ">>> q", "- l", "* l", "+ l", "1. l", "12. l", " - l", "\\*a*", "\\", "\\\\*a*", "¯\\_(ツ)_/¯", "C#", "#", "a:", ":b:", "/x",
    "http", "://", "1", ".", " ", "*", "_", "`", "|", "<", ">", "[", "]", "(", ")", "@", "~", "-", "كتائب حزب الله", "حزب 47 كتائب،",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(ACTING) | st.text(max_size=8), max_size=8).map("".join).map(clean)
SPAN = st.builds(Words, TEXT) | st.builds(Said, TEXT) | st.builds(Hedged, TEXT) | st.builds(Label, TEXT) | st.builds(Typed, TEXT)
SPANS = st.lists(SPAN | st.builds(Person, st.just("nobody"), TEXT), max_size=6).map(tuple)
OURS = {Said: "italic", Hedged: "bold", Label: "bold", Typed: "code"}


@pytest.mark.parametrize("text", ACTING)
def test_what_acts_is_shown_instead(text):
    seen = read(escape(clean(text)))
    assert (plain(seen.text), seen.acts) == (clean(text), [])


@pytest.mark.parametrize("text", [text for text in ACTING if len(text) > 2 and text[0] not in "كح"])
def test_the_model_sees_what_acts(text):
    """Else the tests beside it prove nothing."""
    assert read(text).acts or text in {"C#", "http", "://"}


@given(TEXT)
@example("a ]( [b](c)")
def test_any_text_is_read_letter_for_letter_and_acts_nowhere(text):
    seen = read(escape(text))
    assert (plain(seen.text), seen.acts) == (text, [])


@given(SPANS)
@example((Words("1"), Words(". x")))
@example((Words("https"), Words("://example.org")))
@example((Words(":smile"), Words(":")))
@example((Hedged("a"), Said("b"), Label("c")))
@example((Typed("a"), Typed("b")))
@example((Said(" *a* "), Words("b")))
@example((Words("discord.gg"), Words("/abc")))
def test_a_line_is_read_letter_for_letter_and_only_its_own_styles_act(spans):
    seen = read(told(spans))
    assert plain(seen.text) == "".join(span.name if isinstance(span, Person) else span.text for span in spans)
    wanted = [(OURS[type(span)], span.text) for span in spans if type(span) in OURS]
    for kind, text in ((kind, plain(text)) for kind, text in seen.acts):
        place = next((i for i, (own, whole) in enumerate(wanted) if own == kind and text.strip() == whole.strip()), None)
        assert place is not None, f"{kind} {text!r} acts"
        del wanted[: place + 1]


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        pytest.param((Words("a "), Said("Reuters reported"), Words(".")), "a *Reuters reported*.", id="said"),
        pytest.param((Hedged("an estimated"), Words(" 50,000")), "**an estimated** 50,000", id="hedged"),
        pytest.param((Label("Not known:"), Words(" x")), "**Not known\\:** x", id="label"),
        pytest.param((Typed("/brief iraq"),), "`/brief iraq`", id="typed"),
        pytest.param((Moment(datetime(2026, 11, 22, 6, 52, tzinfo=UTC)),), "<t:1795330320:f>", id="moment"),
        pytest.param((Person("42", "@everyone"),), "<@42>", id="person"),
        pytest.param((Person("U1> <@42", "x"),), "x", id="person-of-elsewhere"),
        pytest.param((Said(" a "), Words("b")), " *a* b", id="blanks-outside"),
        pytest.param((Said("  "), Words("b")), "  b", id="nothing-said"),
        pytest.param((Hedged("more"), Said("he says"), Words("!")), "**more**he says!", id="marks-that-would-touch"),
    ],
)
def test_spans(spans, shown):
    assert told(spans) == shown


def test_citations_stand_in_code_behind_the_line():
    assert with_citations(Line((Words("a."),), ("4", "iraq:5"))) == "a. `[4, iraq:5]`"
    assert with_citations(Line((), ("4",))) == "`[4]`"
    assert with_citations(Line((Words("a."),))) == "a."


@given(TEXT)
@example("`")
@example(" `a` ")
@example("a ` b `` c")
def test_code_is_read_letter_for_letter_whatever_backticks_it_has(text):
    seen = read(code(text))
    assert plain(seen.text) == text
    assert seen.acts in ([], [("code", text)])


@given(TEXT.filter(str.strip))
@example("a```b")
def test_what_is_copied_is_what_was_meant(text):
    seen = read(code_block(text))
    assert plain(seen.text) == text
    assert [act for act in seen.acts if act not in (("block", text), ("code", text))] == []


@given(TEXT.filter(str.strip))
@example("C#")
@example("# #")
def test_a_heading_is_read_letter_for_letter(text):
    seen = read(heading(text, 2))
    assert plain(seen.text) == text.strip()
    assert [kind for kind, _ in seen.acts if kind != "bold"] == ["heading"]


@given(TEXT.filter(str.strip), TEXT)
def test_a_label_is_read_letter_for_letter(label, rest):
    seen = read(labelled(label, escape(rest)))
    assert plain(seen.text) == f"{label.strip()}:{' ' * bool(rest)}{rest}"
    assert [kind for kind, _ in seen.acts] == ["bold"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("the كتائب حزب الله say", "the \u2068كتائب حزب الله\u2069 say", id="one-run"),
        pytest.param("حزب 47 كتائب", "\u2068حزب\u2069 47 \u2068كتائب\u2069", id="count-outside"),
        pytest.param("\u200fabc", "\u200fabc", id="nothing-to-isolate"),
        pytest.param("no such thing", "no such thing", id="none"),
    ],
)
def test_right_to_left_words_are_set_apart(text, shown):
    assert escape(text) == shown


def test_words_without_markdown_name_the_zone():
    line = Line((Said("a*"), Moment(datetime(2026, 11, 22, 6, 52, tzinfo=UTC)), Person("42", " x")), ("4", "5"))
    assert told_plainly(line) == "a*2026-11-22 06:52 UTC x [4, 5]"


@pytest.mark.parametrize(
    "address", ["", "http://a.example/1", "https://a.example/1) [b](https://evil.example", "javascript:alert(1)", "https://a b"]
)
def test_only_the_address_of_a_post_becomes_a_link(address):
    assert told((Link("the *post*", "https://discord.com/channels/1/2/3"),)) == "[the \\*post\\*](https://discord.com/channels/1/2/3)"
    assert told((Link("the post", address),)) == "the post"


def test_what_a_links_label_says_can_not_end_it():
    shown = told((Link("[a](https://evil.example)", "https://a.example/1"),))
    assert shown == "[\\[a\\](https\\:\\/\\/evil.example)](https://a.example/1)"
