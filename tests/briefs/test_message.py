"""Messages: cleaned at construction, the same as JSON and back."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.message import (
    Button,
    Buttons,
    Choice,
    Choices,
    Heading,
    Line,
    Message,
    Moment,
    Said,
    Section,
    Words,
    buttons,
    clean,
    whole,
    words,
)
from briefs.message_json import from_json, to_json

FORBIDDEN = [*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *"\u202a\u202e\u2066\u2069\u200b\ufeff\u00ad\U000e0041", "\ud800"]


@pytest.mark.parametrize("character", [pytest.param(c, id=f"U+{ord(c):04X}") for c in FORBIDDEN])
def test_no_part_of_a_message_holds_a_character_that_could_disguise(character):
    for part in (Words(f"a{character}b"), Heading(f"a{character}b"), Said(f"a{character}b")):
        assert character not in part.text
    assert character not in Message(f"a{character}b", (Heading("x"),)).summary
    assert character not in Button(f"a{character}b", "x").label
    assert character == "\n" or character not in Button("x", f"a{character}b").command


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)


def test_joiners_that_persian_and_emoji_need_stay():
    assert clean("می\u200cخواهم 👨\u200d👩\u200d👧") == "می\u200cخواهم 👨\u200d👩\u200d👧"


def test_a_line_end_becomes_a_blank_and_words_do_not_run_together():
    assert clean("one\r\ntwo\nthree\tfour") == "one two three four"


def test_a_message_survives_json():
    line = Line((Words("a"), Said("Reuters reported"), Moment(datetime(2026, 11, 22, tzinfo=UTC), "Europe/London")), ("1", "iraq:2"))
    choice = Choices("Which?", (Choice("Hezbollah", "Lebanon", "/entity x"),))
    message = Message("s", (Heading("h"), Section("t", (line,)), choice, Buttons((Button("b", "/brief"),))), only_asker=False)
    assert from_json(to_json(message)) == message


def test_what_is_no_message_is_refused_as_json():
    with pytest.raises(ValueError, match="summary"):
        from_json('{"blocks": []}')


def test_buttons_are_counted_in_reading_order():
    message = Message("s", (Choices("q", (Choice("A", "x", "/1"),)), Buttons((Button("B", "/2"),))))
    assert [b.command for b in buttons(message)] == ["/1", "/2"]


def test_words_are_plain():
    assert words("x") == (Words("x"),)


@pytest.mark.parametrize(
    ("text", "told"), [("\ud83d\ude00", "😀"), ("\ude00\ud83d", "\ufffd\ufffd"), ("a\ud800b", "a\ufffdb"), ("😀\n\u200b", "😀\n\u200b")]
)
def test_half_a_character_becomes_a_sign_that_one_is_missing(text, told):
    assert whole(text) == told


@pytest.mark.parametrize("sign", ["\u206a", "\u206f", "\u180e", "\ufff9", "\udb40\udc41"])
def test_what_unicode_has_given_up_or_hides_reaches_no_reader(sign):
    assert clean(f"a{sign}b") == "ab"
