"""How often somebody may."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from briefs.desk.pace import REMEMBERED, Pace
from tests.builders import NOON

SECOND = timedelta(seconds=1)


def test_a_burst_is_let_through_and_what_follows_has_to_wait():
    pace = Pace(10 * SECOND, burst=3)
    assert [pace.take("anna", NOON) for _ in range(4)] == [timedelta()] * 3 + [10 * SECOND]


def test_after_the_wait_there_is_one_again_and_no_more():
    pace = Pace(10 * SECOND)
    pace.take("anna", NOON)
    later = NOON + pace.take("anna", NOON)
    assert [pace.take("anna", later) for _ in range(2)] == [timedelta(), 10 * SECOND]


def test_whoever_was_refused_does_not_wait_longer_for_it():
    pace = Pace(10 * SECOND)
    pace.take("anna", NOON)
    assert [pace.take("anna", NOON) for _ in range(3)] == [10 * SECOND] * 3


def test_each_is_counted_alone():
    pace = Pace(10 * SECOND)
    pace.take("anna", NOON)
    assert pace.take("bert", NOON) == timedelta()


def test_no_time_is_no_limit():
    pace = Pace(timedelta())
    assert not any(pace.take("anna", NOON) for _ in range(100))


def test_those_longest_unheard_of_are_forgotten():
    pace = Pace(timedelta(days=1))
    for who in range(REMEMBERED + 1):
        pace.take(who, NOON)
    assert pace.take(0, NOON) == timedelta()
    assert pace.take(2, NOON) > timedelta()


@given(st.lists(st.integers(0, 30), min_size=1, max_size=60), st.integers(1, 5))
def test_never_more_than_the_burst_and_one_for_each_time_that_passed(gaps, burst):
    pace, now, taken = Pace(7 * SECOND, burst), NOON, 0
    for gap in gaps:
        now += gap * SECOND
        taken += not pace.take("anna", now)
    assert taken <= burst + (now - NOON) // (7 * SECOND)
