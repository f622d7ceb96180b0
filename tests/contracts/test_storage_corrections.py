"""The contract of `Shelf` for what was corrected in briefs, and for briefs that were withdrawn."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from pydantic import TypeAdapter

from briefs.brief import Brief, Correction, State
from briefs.ports import Library, Shelf
from tests.builders import NOON, a_brief, an_article

HOUR = timedelta(hours=1)
EVER = datetime(2000, 1, 1, tzinfo=UTC)


def a_correction(brief: Brief, at: date | datetime = NOON, was: str = "It was otherwise.") -> Correction:
    return Correction(at, brief.headline, was, "It was wrong.", "anna")


def corrected_brief(*at: date | datetime, slug: str = "ferry", sample: bool = False) -> Brief:
    brief = a_brief(slug, approved=NOON - HOUR, sample=sample)
    return replace(brief, corrections=tuple(a_correction(brief, each, f"It was {number}.") for number, each in enumerate(at)))


def a_library(edition: str, *briefs: Brief, name: str = "mine") -> Library:
    return Library(name, edition, tuple(an_article(handle=brief.slug) for brief in briefs), briefs, ())


async def told(shelf: Shelf, since: datetime = EVER, *, sample: bool = True) -> list[tuple[str, str]]:
    return [(brief.slug, correction.was) for brief, correction in await shelf.corrected(since, sample=sample)]


async def test_a_correction_comes_back_with_its_brief(shelf: Shelf):
    brief = corrected_brief(NOON)
    await shelf.put_brief(brief)
    assert await shelf.corrected(NOON - HOUR, sample=False) == ((brief, brief.corrections[0]),)


async def test_only_what_came_later_is_told_the_first_to_come_first(shelf: Shelf):
    await shelf.put_brief(corrected_brief(NOON, NOON + 3 * HOUR))
    await shelf.put_brief(corrected_brief(NOON + HOUR, slug="train"))
    assert await told(shelf) == [("ferry", "It was 0."), ("train", "It was 0."), ("ferry", "It was 1.")]
    assert await told(shelf, NOON) == [("train", "It was 0."), ("ferry", "It was 1.")]
    assert await told(shelf, NOON + 3 * HOUR) == []


async def test_a_correction_that_names_but_a_day_came_when_the_day_was_over(shelf: Shelf):
    await shelf.put_brief(corrected_brief(NOON.date()))
    over = datetime(2026, 3, 3, tzinfo=UTC)
    assert await told(shelf, over - HOUR) != []
    assert await told(shelf, over) == []


@pytest.mark.parametrize("at", [date(2026, 3, 2), datetime(2026, 3, 2, tzinfo=UTC), NOON], ids=str)
async def test_a_day_stays_a_day_and_a_moment_comes_back_in_utc(shelf: Shelf, at):
    await shelf.put_brief(corrected_brief(at if type(at) is date else at.astimezone(timezone(timedelta(hours=5)))))
    ((_, correction),) = await shelf.corrected(EVER, sample=False)
    assert correction.at == at
    assert type(correction.at) is type(at)
    assert type(at) is date or correction.at.utcoffset() == timedelta(0)


async def test_a_draft_tells_no_corrections(shelf: Shelf):
    await shelf.put_brief(replace(corrected_brief(NOON), state=State.DRAFT, approval=None))
    assert await told(shelf) == []


async def test_of_a_withdrawn_brief_only_that_is_told(shelf: Shelf):
    brief = corrected_brief(NOON)
    end = Correction(NOON + HOUR, why="The outlet took it back.")
    withdrawn = replace(brief, state=State.WITHDRAWN, corrections=(*brief.corrections, end))
    await shelf.put_brief(brief)
    await shelf.put_brief(withdrawn)
    assert await shelf.corrected(EVER, sample=False) == ((withdrawn, end),)
    assert await shelf.corrected(NOON, sample=False) == ((withdrawn, end),)


async def test_a_brief_withdrawn_without_a_word_was_so_when_its_approval_says(shelf: Shelf):
    await shelf.put_brief(a_brief("ferry", state=State.WITHDRAWN, approved=NOON))
    ((_, end),) = await shelf.corrected(NOON - HOUR, sample=False)
    assert (end.withdraws, end.at, end.by) == (True, NOON, "console:anna")
    assert await told(shelf, NOON) == []


async def test_what_is_approved_again_is_no_longer_told_as_withdrawn(shelf: Shelf):
    brief = corrected_brief(NOON)
    end = Correction(NOON + HOUR)
    await shelf.put_brief(replace(brief, state=State.WITHDRAWN, corrections=(*brief.corrections, end)))
    await shelf.put_brief(replace(brief, corrections=(*brief.corrections, end)))
    assert await told(shelf) == [("ferry", "It was 0.")]


async def test_a_correction_that_was_taken_back_is_told_no_more(shelf: Shelf):
    await shelf.put_brief(corrected_brief(NOON, NOON + HOUR))
    await shelf.put_brief(corrected_brief(NOON))
    assert await told(shelf) == [("ferry", "It was 0.")]


async def test_the_samples_corrections_are_left_out_where_the_sample_is(shelf: Shelf):
    await shelf.put_brief(corrected_brief(NOON, sample=True))
    assert await told(shelf) != []
    assert await told(shelf, sample=False) == []


async def test_a_librarys_correction_came_when_it_was_first_loaded(shelf: Shelf):
    long_ago = date(2020, 1, 1)
    await shelf.load_library(a_library("1", corrected_brief(long_ago)), NOON)
    assert await told(shelf, NOON) == []
    await shelf.load_library(a_library("2", corrected_brief(long_ago, long_ago)), NOON + HOUR)
    await shelf.load_library(a_library("3", corrected_brief(long_ago, long_ago)), NOON + 2 * HOUR)
    assert await told(shelf, NOON) == [("ferry", "It was 1.")]
    assert await told(shelf, NOON + HOUR) == []


async def test_what_a_library_no_longer_has_tells_nothing(shelf: Shelf):
    await shelf.load_library(a_library("1", corrected_brief(NOON)), NOON)
    await shelf.load_library(a_library("2"), NOON + HOUR)
    assert await told(shelf) == []


async def test_what_a_library_withdraws_is_told_when_it_was_loaded(shelf: Shelf):
    brief = a_brief("ferry", approved=NOON - HOUR)
    await shelf.load_library(a_library("1", brief), NOON)
    await shelf.load_library(a_library("2", replace(brief, state=State.WITHDRAWN)), NOON + HOUR)
    assert await told(shelf, NOON + HOUR - timedelta(seconds=1)) == [("ferry", "")]
    assert await shelf.brief("ferry") is None


async def test_a_line_that_is_back_comes_back_as_such(shelf: Shelf):
    brief = a_brief("ferry", approved=NOON - HOUR)
    text = brief.headline.text
    corrections = (Correction(NOON, None, text), Correction(NOON + HOUR, brief.headline, text, back=True))
    await shelf.put_brief(replace(brief, corrections=corrections))
    assert [(one.back, one.was) for _, one in await shelf.corrected(EVER, sample=False)] == [(False, text), (True, text)]


def test_a_brief_stored_before_a_line_could_come_back_can_still_be_read():
    adapter = TypeAdapter(Brief)
    brief = corrected_brief(NOON)
    old = adapter.dump_python(brief, mode="json")
    for correction in old["corrections"]:
        del correction["back"]
    assert adapter.validate_python(old) == brief


def test_a_brief_stored_before_there_were_corrections_can_still_be_read():
    adapter = TypeAdapter(Brief)
    old = adapter.dump_python(a_brief("ferry"), mode="json")
    del old["corrections"]
    assert adapter.validate_python(old) == a_brief("ferry")
