"""The lines of a brief by number, and a brief with one of them changed."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.brief import STANDARD_LINES_MAX, Brief, Correction, KeyPoint, Section, Size, Step
from briefs.brief_lines import Part, line_number, moved, numbered, with_line, with_line_again, with_point, without_line
from briefs.errors import BadInput, Ungrounded
from tests.builders import a_brief, a_line


def a_full_brief() -> Brief:
    points = (
        KeyPoint(Section.WHATS_NEXT, a_line("It will be raised.")),
        KeyPoint(Section.WHAT_HAPPENED, a_line("It sank on Sunday.")),
        KeyPoint(Section.WHAT_HAPPENED, a_line("Nobody was hurt.")),
    )
    steps = (Step("1990", True, a_line("It was built.")), Step("undated", False, a_line("It was sold.")))
    return replace(a_brief(), points=points, oddities=(a_line("It is called two things."),), timeline=steps)


def test_lines_are_numbered_in_the_order_readers_see_them():
    told = [(one.part, one.line.text) for one in numbered(a_full_brief())]
    assert told == [
        (Part.HEADLINE, "Headline of ferry"),
        (Part.BOTTOM_LINE, "Bottom line of ferry."),
        (Part.POINT, "It sank on Sunday."),
        (Part.POINT, "Nobody was hurt."),
        (Part.POINT, "It will be raised."),
        (Part.NOTE, "It is called two things."),
        (Part.STEP, "It was built."),
        (Part.STEP, "It was sold."),
    ]


def test_what_is_new_stands_between_headline_and_bottom_line():
    brief = replace(a_full_brief(), updates="harbour", difference=a_line("The ferry was raised."))
    assert [one.part for one in numbered(brief)][:3] == [Part.HEADLINE, Part.DIFFERENCE, Part.BOTTOM_LINE]
    assert numbered(brief)[1].line in brief.lines


@given(number=st.integers(min_value=1, max_value=8))
def test_a_line_is_put_where_it_was_and_nothing_else_changes(number):
    brief, new = a_full_brief(), a_line("Other words.")
    changed = with_line(brief, number, new)
    before, after = numbered(brief), numbered(changed)
    assert [one.line for one in after] == [new if one.number == number else one.line for one in before]
    assert [(one.part, one.title) for one in after] == [(one.part, one.title) for one in before]
    assert with_line(changed, number, before[number - 1].line) == brief


@given(number=st.integers(min_value=3, max_value=8))
def test_what_is_taken_out_is_gone_and_all_else_stays_in_order(number):
    brief = a_full_brief()
    left = [one.line for one in numbered(without_line(brief, number))]
    assert left == [one.line for one in numbered(brief) if one.number != number]


@given(st.permutations(range(8)), st.integers(1, 8))
def test_lines_that_were_taken_out_one_after_the_other_come_back_in_reverse_as_they_stood(order, how_many):
    brief = replace(a_full_brief(), updates="harbour", difference=a_line("The ferry was raised."))
    lines = [one.line for one in numbered(brief) if one.part not in {Part.HEADLINE, Part.BOTTOM_LINE}]
    gone = [lines[at] for at in order if at < len(lines)][:how_many]
    before = [brief]
    for line in gone:
        number = next(one.number for one in numbered(before[-1]) if one.line == line)
        before.append(without_line(before[-1], number))
    now = before.pop()
    for line in reversed(gone):
        stood = before.pop()
        now = with_line_again(now, stood, line)
        assert now == stood


def test_a_line_comes_back_behind_what_was_corrected_meanwhile():
    before = a_full_brief()
    new = a_line("It sank on Monday.")
    now = with_line(without_line(before, 4), 3, new)
    now = replace(now, corrections=(Correction(date(2026, 11, 22), new, "It sank on Sunday."),))
    assert [one.line.text for one in numbered(with_line_again(now, before, a_line("Nobody was hurt.")))][2:5] == [
        "It sank on Monday.",
        "Nobody was hurt.",
        "It will be raised.",
    ]


@pytest.mark.parametrize("number", [1, 2])
def test_headline_and_bottom_line_cannot_be_taken_out(number):
    with pytest.raises(BadInput, match="Give it other words: /curate"):
        without_line(a_full_brief(), number)


@pytest.mark.parametrize("number", [0, 9, -1])
def test_a_number_that_no_line_has_is_refused_with_those_there_are(number):
    with pytest.raises(BadInput, match="lines 1 to 8"):
        line_number(a_full_brief(), number)


def test_a_point_takes_the_section_of_the_one_it_is_put_before():
    brief = moved(a_full_brief(), 5, before=4)
    assert [(one.line.text, one.title) for one in numbered(brief)[2:5]] == [
        ("It sank on Sunday.", "What happened"),
        ("It will be raised.", "What happened"),
        ("Nobody was hurt.", "What happened"),
    ]


def test_a_point_put_into_another_section_is_its_last():
    brief = moved(a_full_brief(), 3, section=Section.WHATS_NEXT)
    assert [one.line.text for one in numbered(brief) if one.title == "What's next"] == ["It will be raised.", "It sank on Sunday."]


def test_a_point_in_its_own_section_stays_where_it_is():
    assert moved(a_full_brief(), 3, section=Section.WHAT_HAPPENED) == a_full_brief()


@pytest.mark.parametrize("number", [1, 2, 6, 7])
def test_only_key_points_are_moved(number):
    with pytest.raises(BadInput, match="only key points"):
        moved(a_full_brief(), number, before=3)


def test_a_line_too_many_at_the_standard_size_breaks_a_promise():
    brief = a_brief(points=[f"Point {number}." for number in range(STANDARD_LINES_MAX - 1)])
    with pytest.raises(Ungrounded, match="mark some as full"):
        with_point(brief, a_line("One more."), Section.WHATS_NEXT)
    assert len(numbered(with_point(brief, a_line("One more."), Section.WHATS_NEXT, Size.FULL))) == STANDARD_LINES_MAX + 2


def test_a_brief_that_continues_another_one_says_what_is_new():
    with pytest.raises(Ungrounded, match="says what is new"):
        replace(a_brief(), updates="harbour")
    with pytest.raises(Ungrounded, match="says what is new"):
        replace(a_brief(), difference=a_line("The ferry was raised."))
