"""Presses: what a button carries comes back as the line it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.limits import BLOCK_ID_MAX, BUTTON_VALUE_MAX, OPTION_VALUE_MAX
from adapters.slack.presses import ACTION_IDS, Controls, Pressed, block_id, mark_in, pressed, too_long, value_of
from adapters.slack.text import size
from briefs.message import Button, Buttons, CheckedLine, Choice, Choices, Evidence, Line, Message, Story

SHORT = "A-b_9" + "x" * 17
MARK = "-_" + "Z9" * 10
LINES = st.text(min_size=1, max_size=60) | st.lists(
    st.sampled_from(["%", "%26", "%2526", "&amp;", "<", ">", " ", "l:", "\n"]), min_size=1
).map("".join)


@given(LINES, st.booleans(), st.sampled_from([OPTION_VALUE_MAX, BUTTON_VALUE_MAX]))
def test_a_line_comes_back_as_it_was_or_as_its_short_id(line, turns, most):
    value = value_of(line, {line: SHORT}, most, turns=turns)
    assert 0 < max(len(value), size(value)) <= most
    came = pressed(value)
    assert came in {Pressed(line=line, turns=turns), Pressed(short=SHORT, turns=turns)}
    assert bool(came.line) or size(line) + 2 > most or any(c in line for c in "%&<>")


@given(LINES)
def test_nothing_slack_escapes_reaches_it(line):
    assert not set(value_of(line, {}, 10_000)) & set("&<>")


@pytest.mark.parametrize("value", ["", "l:", "L:", "s:", "/brief iraq", "x:/brief", "s:has blanks", "s:" + "x" * 23, "s:é", "ll:/brief"])
def test_a_foreign_value_is_no_press(value):
    assert pressed(value) is None


def test_a_long_line_that_was_not_kept_is_refused():
    with pytest.raises(ValueError, match="short id"):
        value_of("/find " + "x" * 80, {}, OPTION_VALUE_MAX)


def test_long_lines_are_told_once_wherever_they_stand():
    short, long, huge = "/brief iraq", "/find " + "x" * 80, "/find " + "y" * 2_000
    line = Line(())
    blocks = (
        Buttons((Button("a", short), Button("b", long), Button("c", huge))),
        CheckedLine(1, 1, "v", line, Evidence(()), (), (Button("d", huge + "z"),)),
        Story(1, "h", (), (), Button("e", huge + "a")),
        Choices("t", (Choice("l", "", short), Choice("m", "", long))),
    )
    menus = (Choices("t", (Choice("m", "", long), Choice("n", "", long + "z"))),)
    assert too_long(Message("s", blocks, menus=menus)) == (huge, huge + "z", huge + "a", long, long + "z")


@pytest.mark.parametrize(("line", "told"), [("x" * 73, ()), ("x" * 74, ("x" * 74,)), ("&" * 24, ()), ("&" * 25, ("&" * 25,))])
def test_the_limit_of_an_option_is_met_to_the_letter(line, told):
    message = Message("s", (Choices("t", (Choice("l", "", line),)),))
    assert too_long(message) == told
    assert size(value_of(line, dict.fromkeys(told, SHORT), OPTION_VALUE_MAX)) <= OPTION_VALUE_MAX


def test_every_control_has_an_id_of_its_own_that_a_listener_matches():
    controls = Controls({})
    made = [controls.button(Button("a", "/a")), controls.menu(Choices("t", (Choice("l", "", "/a"),))), controls.button(Button("a", "/a"))]
    ids = [control["action_id"] for control in made]
    assert ids == ["press:0", "menu:1", "press:2"]
    assert all(ACTION_IDS.match(one) for one in ids)
    assert not ACTION_IDS.match("press:0x")


def test_choices_that_ask_the_same_are_one_option_and_the_first():
    menu = Controls({}).menu(Choices("t", (Choice("a", "x", "/1"), Choice("b", "", "/2"), Choice("c", "", "/1"))))
    assert [(o["text"]["text"], o["value"]) for o in menu["options"]] == [("a · x", "l:/1"), ("b", "l:/2")]


def test_a_button_without_a_label_shows_what_it_asks():
    assert Controls({}).button(Button("", "/brief iraq"))["text"]["text"] == "/brief iraq"


def test_turning_is_told():
    assert pressed(Controls({}).button(Button("▶", "/source iraq page:2", turns=True))["value"]) == Pressed(
        "/source iraq page:2", turns=True
    )


def test_the_mark_stands_in_the_id_of_the_first_block():
    assert mark_in(block_id("0f" * 8, 0, MARK)) == MARK
    assert mark_in(block_id("0f" * 8, 0)) == ""
    assert len(block_id("0f" * 8, 49, MARK)) <= BLOCK_ID_MAX


@pytest.mark.parametrize("other", ["", "mark:", f"mark:{MARK}", f"mark:{MARK}x:1", f"xmark:{MARK}:1", f"mark:{MARK[1:]}:1"])
def test_another_id_bears_no_mark(other):
    assert mark_in(other) == ""


@pytest.mark.parametrize("mark", ["x", MARK + "x", MARK[:-1] + ":", MARK[:-1] + " "])
def test_what_is_no_mark_is_refused(mark):
    with pytest.raises(ValueError, match="no mark"):
        block_id("0f" * 8, 0, mark)
