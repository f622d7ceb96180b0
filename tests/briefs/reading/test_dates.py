"""Dates are resolved where they are certain, and nowhere else."""

import itertools
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.reading.dates import dates, resolve

THURSDAY = date(2024, 3, 14)


@pytest.mark.parametrize(
    ("text", "words", "resolved"),
    [
        ("It opened on August 20, 2015.", "August 20, 2015", "2015-08-20"),
        ("It opened on 20 August 2015.", "20 August 2015", "2015-08-20"),
        ("It opened on Thursday, 20 August 2015.", "Thursday, 20 August 2015", "2015-08-20"),
        ("It opened in early March 2003.", "early March 2003", "2003-03"),
        ("It opened in mid-2015.", "mid-2015", "2015"),
        ("It opened in the summer of 2015.", "the summer of 2015", "2015"),
        ("A 2020 storm closed it.", "2020", "2020"),
        ("Filed 2015-08-20.", "2015-08-20", "2015-08-20"),
        ("It opened in the 1990s.", "the 1990s", ""),
        ("It opened on 31 June 2015.", "31 June 2015", ""),
    ],
)
def test_an_absolute_date_needs_no_publication_date(text: str, words: str, resolved: str) -> None:
    (found,) = dates(text)
    assert (found.words, found.resolved, found.relative) == (words, resolved, False)


@pytest.mark.parametrize(
    ("text", "words", "resolved"),
    [
        ("Yesterday it closed.", "Yesterday", "2024-03-13"),
        ("It closes tomorrow.", "tomorrow", "2024-03-15"),
        ("It closed last night.", "last night", "2024-03-13"),
        ("It closed three days ago.", "three days ago", "2024-03-11"),
        ("It closed two months ago.", "two months ago", "2024-01"),
        ("It closed 30 years ago.", "30 years ago", "1994"),
        ("It closed last month.", "last month", "2024-02"),
        ("It closed earlier this year.", "earlier this year", "2024"),
        ("It closes next year.", "next year", "2025"),
        ("It closed on Monday.", "Monday", "2024-03-11"),
        ("It closed on Thursday.", "Thursday", "2024-03-14"),
        ("She walked to the town hall on Monday.", "Monday", "2024-03-11"),
        ("The pier was sold for 20,000 crowns on Monday.", "Monday", "2024-03-11"),
        ("He got a prize for “patience” on Monday.", "Monday", "2024-03-11"),
        ("On Sunday, the team won.", "Sunday", "2024-03-10"),
        ("The bridge fell on Friday night.", "Friday night", "2024-03-08"),
        ("It closed on Thursday, 7 March.", "Thursday, 7 March", "2024-03-07"),
        ("It closed on Saturday 23 December.", "Saturday 23 December", "2023-12-23"),
    ],
)
def test_a_relative_date_is_shown_in_both_forms_once_the_publication_is_known(text: str, words: str, resolved: str) -> None:
    (found,) = dates(text)
    assert (found.words, found.resolved, found.relative) == (words, "", True)
    known = resolve(found, THURSDAY)
    assert (known.words, known.start, known.end, known.resolved) == (words, found.start, found.end, resolved)
    assert resolve(found, None) == found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("It began on October 7.", id="a-day-without-its-year"),
        pytest.param("He took office in January.", id="a-month-without-its-year"),
        pytest.param("It closed over the weekend.", id="weekend"),
        pytest.param("It closed last Thursday.", id="last-Thursday"),
        pytest.param("They were invited to the harbour on Monday.", id="invited"),
        pytest.param("They decided to sail on Monday.", id="decided-to"),
        pytest.param("It will close on Friday.", id="a-weekday-to-come"),
        pytest.param("They are to meet on Friday.", id="a-weekday-they-are-to-meet-on"),
        pytest.param("Friday is the day of the boats.", id="a-weekday-at-no-time"),
        pytest.param("It was shut over the last year.", id="a-span"),
        pytest.param("It was shut two weeks ago.", id="weeks-are-not-counted-to-the-day"),
        pytest.param("It closed the following day.", id="counted-from-another-event"),
        pytest.param("It closed last week.", id="a-week"),
        pytest.param("“We learned a lot today,” she said.", id="in-a-quotation"),
    ],
)
def test_what_could_be_two_dates_stays_open(text: str) -> None:
    (found,) = dates(text)
    assert found.relative
    assert resolve(found, THURSDAY).resolved == ""


def test_each_weekday_of_a_sentence_has_its_own_time() -> None:
    said, planned = dates("She said on Monday that it will close on Friday.")
    assert [resolve(each, THURSDAY).resolved for each in (said, planned)] == ["2024-03-11", ""]


@pytest.mark.parametrize(
    "text", ["May he live long.", "They march on.", "He may go.", "Some 2000 people came.", "It cost $2015.", "2015 people came."]
)
def test_words_that_only_look_like_dates_are_none(text: str) -> None:
    assert dates(text) == ()


def test_a_moment_of_publication_counts_in_its_own_zone() -> None:
    (found,) = dates("It closed yesterday.")
    late = datetime(2024, 3, 14, 23, 30, tzinfo=timezone(timedelta(hours=-9)))
    assert resolve(found, late).resolved == "2024-03-13"
    assert resolve(found, late.astimezone(UTC)).resolved == "2024-03-14"


@given(st.dates())
def test_a_resolved_weekday_is_that_weekday_and_at_most_six_days_back(day: date) -> None:
    (found,) = dates("It closed on Tuesday.")
    resolved = resolve(found, day).resolved
    if resolved:
        then = date.fromisoformat(resolved)
        assert then.weekday() == 1
        assert 0 <= (day - then).days <= 6
    else:
        assert day < date(1, 1, 8)


@given(st.text(alphabet=st.sampled_from("1 2095,-May rchlastTuesdyowk"), max_size=60), st.dates())
def test_dates_stand_where_they_say_never_overlap_and_never_raise(text: str, day: date) -> None:
    found = dates(text)
    assert all(text[d.start : d.end] == d.words for d in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(resolve(d, day).words == d.words for d in found)
