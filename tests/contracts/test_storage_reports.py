"""The contract of `Reports`: what readers found wrong, and what came of it."""

import asyncio
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from briefs.digest import Place
from briefs.ports import Reports
from briefs.report import Report
from tests.builders import NOON
from tests.contracts.stores import Opener

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HERE, THERE = Place("discord:1", "general"), Place("slack:T", "general")


def a_report(said: str = "It was two.", *, place: Place = HERE, user: str = "7", line: str = "The ferry sank.", at=NOON) -> Report:
    """A reader's words about the ferry."""
    return Report(place, user, "ferry", line, ("ferry:1", "ferry:2"), said, at)


async def test_a_report_comes_back_as_it_was_put(reports: Reports):
    report = a_report(said="Two “ferries”,\nnot one.\0", at=NOON.astimezone(ZoneInfo("Asia/Tokyo")))
    number = await reports.put(report)
    found = await reports.report(number)
    assert found == replace(report, number=number) and found.at.tzinfo is UTC
    assert await reports.report(number + 1) is None


async def test_reports_are_numbered_from_1_over_all_spaces(reports: Reports):
    assert [await reports.put(a_report(place=place)) for place in (HERE, THERE)] == [1, 2]


async def test_the_same_words_of_a_reader_on_a_line_are_one_report(reports: Reports):
    assert await reports.put(a_report()) == 1
    again = replace(a_report(at=NOON + DAY), place=Place(HERE.space, "elsewhere"))
    assert await reports.put(again) == 1
    assert await reports.report(1) == replace(a_report(), number=1)
    await reports.answer(1, "Anna", "It was one.", NOON)
    assert await reports.put(a_report()) == 1


async def test_other_words_another_line_reader_or_space_are_another_report(reports: Reports):
    others = [
        a_report(),
        a_report("It was three."),
        a_report(line="It swam."),
        a_report(user="8"),
        a_report(place=THERE),
        replace(a_report(), brief="boat"),
    ]
    assert [await reports.put(report) for report in others] == [1, 2, 3, 4, 5, 6]


async def test_the_same_words_at_once_are_one_report(opener: Opener, tmp_path: Path):
    stores = [await opener(tmp_path) for _ in range(2)]
    numbers = await asyncio.gather(*(store.reports.put(a_report(str(n))) for n in range(5) for store in stores))
    assert sorted(numbers) == sorted([*range(1, 6)] * 2)
    for store in stores:
        await store.close()


async def test_those_nobody_has_answered_come_the_oldest_first(reports: Reports):
    for n, place in enumerate((HERE, THERE, HERE), 1):
        await reports.put(a_report(str(n), place=place))
    await reports.answer(2, "Anna", "Thank you.", NOON)
    assert [report.number for report in await reports.open(9)] == [1, 3]
    assert [report.number for report in await reports.open(1)] == [1]
    assert await reports.open(0) == ()


async def test_a_report_is_answered_once(reports: Reports):
    await reports.put(a_report())
    answered = await reports.answer(1, "Anna", "It was mended.", NOON.astimezone(ZoneInfo("Asia/Tokyo")))
    assert answered == replace(a_report(), answer="It was mended.", answered_by="Anna", answered=NOON, number=1)
    assert answered.answered and answered.answered.tzinfo is UTC
    assert await reports.answer(1, "Björn", "No.", NOON) is None
    assert await reports.report(1) == answered
    assert await reports.answer(2, "Björn", "No.", NOON) is None


async def test_a_readers_own_come_the_newest_first(reports: Reports):
    for report in (a_report("1"), a_report("2", user="8"), a_report("3"), a_report("4", place=THERE)):
        await reports.put(report)
    assert [report.number for report in await reports.of(HERE.space, "7", 9)] == [3, 1]
    assert [report.number for report in await reports.of(HERE.space, "7", 1)] == [3]
    assert [report.number for report in await reports.of(THERE.space, "7", 9)] == [4]
    assert await reports.of(HERE.space, "9", 9) == await reports.of(HERE.space, "7", 0) == ()


async def test_what_a_reader_wrote_is_deleted_in_their_space_alone(reports: Reports):
    for report in (a_report("1"), a_report("2", user="8"), a_report("3"), a_report("4", place=THERE)):
        await reports.put(report)
    assert await reports.forget(HERE.space, "7") == 2
    assert [report.number for report in await reports.open(9)] == [2, 4]
    assert await reports.forget(HERE.space, "7") == 0


async def test_a_number_is_not_given_again_once_its_report_is_deleted(reports: Reports):
    assert [await reports.put(a_report(str(n))) for n in range(2)] == [1, 2]
    await reports.forget(HERE.space, "7")
    assert await reports.put(a_report()) == 3


async def test_what_was_answered_long_ago_is_deleted(reports: Reports):
    for n, at in enumerate((NOON - DAY, NOON, NOON + DAY), 1):
        await reports.put(a_report(str(n), at=NOON - 9 * DAY))
        await reports.answer(n, "Anna", "Thank you.", at)
    await reports.put(a_report("4", at=NOON - 9 * DAY))
    assert await reports.expire(NOON) == 1
    assert [await reports.report(n) is not None for n in (1, 2, 3, 4)] == [False, True, True, True]
    assert await reports.expire(NOON) == 0


async def test_half_of_a_character_is_kept_as_a_question_mark(reports: Reports):
    assert await reports.put(a_report("two\ud800", user="\ud800")) == 1
    assert await reports.put(a_report("two\ud800", user="\ud800")) == 1
    [found] = await reports.of(HERE.space, "\ud800", 9)
    assert found.said == "two?"
