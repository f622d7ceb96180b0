"""Presses on Discord: what is put into an id comes out of it, and fits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.limits import CUSTOM_ID_MAX, OPTION_VALUE_MAX, size
from adapters.discord.presses import Pressed, is_menu, mark_in, menu_id, press_id, pressed, too_long
from briefs.message import Button, Buttons, Choice, Choices, Evidence, Line, Message, Story
from briefs.message.blocks import CheckedLine

MARK = "edition-mark-000000001"
SHORT = "short_id-0000000000022"
LINES = st.text(min_size=1, max_size=120) | st.text("👍🏽/brief ", min_size=1, max_size=120)
MARKS = st.just("") | st.text("abcXYZ019-_", min_size=22, max_size=22)


@given(st.integers(0, 99), LINES, st.booleans(), MARKS)
def test_a_press_comes_back_as_it_was_and_fits(place, line, turns, mark):
    made = press_id(place, line, {line: SHORT}, turns=turns, mark=mark)
    assert max(len(made), len(made.encode("utf-16-le")) // 2) <= min(CUSTOM_ID_MAX, OPTION_VALUE_MAX)
    assert pressed(made) in (Pressed(line, "", turns), Pressed("", SHORT, turns))
    assert mark_in(made) == mark


@given(LINES, st.booleans(), MARKS)
def test_a_line_gets_a_short_id_only_where_it_does_not_fit(line, turns, mark):
    room = 94 - 23 * bool(mark)
    found = pressed(press_id(0, line, {line: SHORT}, turns=turns, mark=mark))
    assert bool(found.short) is (size(line) > room)


@given(st.integers(0, 99), st.integers(0, 99), st.text(min_size=1, max_size=70), st.booleans(), st.booleans())
def test_no_two_places_have_one_id(one, other, line, turns, turns_too):
    same = press_id(one, line, {}, turns=turns) == press_id(other, line, {}, turns=turns_too)
    assert not same or one == other


@pytest.mark.parametrize(
    ("place", "line", "shorts", "mark"),
    [
        pytest.param(0, "", {}, "", id="nothing-to-ask"),
        pytest.param(0, "x" * 95, {}, "", id="too-long-and-not-kept"),
        pytest.param(0, "x" * 72, {}, MARK, id="too-long-beside-a-mark"),
        pytest.param(0, "x" * 95, {"x" * 95: "s" * 23}, "", id="short-id-too-long"),
        pytest.param(0, "/brief", {}, "mark", id="mark-too-short"),
        pytest.param(0, "/brief", {}, "m:rk" * 5 + "mm", id="mark-of-other-letters"),
        pytest.param(100, "/brief", {}, "", id="no-such-place"),
        pytest.param(-1, "/brief", {}, "", id="place-below-0"),
    ],
)
def test_what_cannot_be_read_back_is_refused(place, line, shorts, mark):
    with pytest.raises(ValueError, match="place|press"):
        press_id(place, line, shorts, mark=mark)


@pytest.mark.parametrize(
    "custom_id", ["", "sf", "sf1", "sf1:", "sf1~", "sf100:/brief", "x sf1:/brief", "confirm", "sf1~" + "s" * 23, "sf=1", "sf²:/brief"]
)
def test_the_id_of_something_else_is_no_press(custom_id):
    assert pressed(custom_id) is None
    assert mark_in(custom_id) == ""


def test_the_id_of_a_menu_is_no_press():
    assert is_menu(menu_id(3))
    assert pressed(menu_id(3)) is None
    assert not is_menu(press_id(0, "/brief", {}))


def message(*blocks, menus=()):
    return Message("s", blocks, menus=menus)


LONG = "/find " + "x" * 89  # 95 characters
MIDDLING = "/find " + "x" * 66  # 72


def test_a_line_too_long_is_named_wherever_it_is_pressed():
    row = Buttons((Button("a", "/brief"), Button("b", LONG + "1")))
    checked = CheckedLine(1, 1, "v", Line(()), Evidence(()), (), (Button("c", LONG + "2"),))
    story = Story(1, "h", (), (), Button("Open", LONG + "3"))
    listed = Choices("t", (Choice("l", "", LONG + "4"),))
    menu = Choices("t", (Choice("l", "", LONG + "5"), Choice("l", "", LONG + "1"), Choice("l", "", "/brief")))
    assert too_long(message(row, checked, story, listed, menus=(menu,))) == tuple(f"{LONG}{n}" for n in range(1, 6))


@pytest.mark.parametrize(
    ("blocks", "kept"),
    [
        pytest.param((Buttons((Button("a", MIDDLING), Button("b", MIDDLING + "x"))),), (MIDDLING,), id="the-first-button"),
        pytest.param((Choices("t", (Choice("l", "", MIDDLING),)),), (), id="no-option"),
        pytest.param(
            (Choices("t", (Choice("l", "", MIDDLING),)), Buttons((Button("a", MIDDLING + "x"),))),
            (MIDDLING + "x",),
            id="the-first-button-behind-a-menu",
        ),
    ],
)
def test_a_mark_leaves_less_room_on_the_first_button_alone(blocks, kept):
    assert too_long(message(*blocks), marked=True) == kept
    assert too_long(message(*blocks)) == ()
