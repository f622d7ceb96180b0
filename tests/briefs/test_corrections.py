"""A corrected brief says so wherever it is read and checked."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from briefs.brief import Brief, Correction, KeyPoint, Section, Size, State
from briefs.errors import Ungrounded
from briefs.message import Buttons, CheckedLine, Heading, Lead
from briefs.message import Section as SectionBlock
from briefs.pages.brief import CORRECTIONS_MAX, brief_page
from briefs.pages.check import check_page, claims_of, line_page
from tests.builders import a_brief, a_line, an_article

DAY = date(2026, 11, 22)


def a_corrected(*corrections: Correction, **given) -> Brief:
    brief = a_brief(**given)
    return replace(brief, corrections=corrections or (Correction(DAY, brief.bottom_line, "It did not sink", "misread"),))


def told(message) -> list[str]:
    [section] = [block for block in message.blocks if isinstance(block, SectionBlock) and block.title == "Corrections"]
    return ["".join(span.text for span in line.spans) + "".join(f"[{cite}]" for cite in line.cites) for line in section.lines]


def test_a_correction_without_the_words_it_replaces_is_refused():
    with pytest.raises(Ungrounded, match="says what the line was"):
        Correction(DAY, a_line())


def test_a_line_that_is_back_stands_there():
    with pytest.raises(Ungrounded, match="is back stands there"):
        Correction(DAY, None, "It sank.", back=True)


def test_of_a_line_that_is_back_it_is_said_that_it_stands_again():
    brief = a_brief()
    gone = Correction(DAY, None, brief.bottom_line.text, "misread")
    back = Correction(DAY, brief.bottom_line, brief.bottom_line.text, "it was right", back=True)
    assert told(brief_page(a_corrected(gone, back), an_article(), Size.STANDARD, cards=0)) == [
        "Corrected 22 Nov 2026: It was right. Stands again: Bottom line of ferry.[1]",
        "Corrected 22 Nov 2026: Misread. Was: “Bottom line of ferry.” It was taken out.",
    ]


def test_where_a_line_was_corrected_twice_the_first_says_what_the_second_found():
    brief = a_brief()
    first, second = (Correction(DAY, brief.bottom_line, was) for was in ("It swam.", "It flew."))
    assert told(brief_page(a_corrected(first, second), an_article(), Size.STANDARD, cards=0)) == [
        "Corrected 22 Nov 2026: Was: “It flew.” Now: Bottom line of ferry.[1]",
        "Corrected 22 Nov 2026: Was: “It swam.” Then: “It flew.”",
    ]


def test_a_draft_has_none_to_tell_and_a_withdrawn_brief_only_its_end():
    wording, end = Correction(DAY, a_line(), "Otherwise."), Correction(DAY, why="Wrong.")
    brief = a_corrected(wording, end)
    assert brief.mended == (wording,)
    assert replace(brief, state=State.WITHDRAWN).mended == (end,)
    assert replace(brief, state=State.DRAFT, approval=None).mended == ()


def test_what_was_corrected_stands_under_the_headline():
    message = brief_page(a_corrected(), an_article(), Size.STANDARD, cards=0)
    assert [type(block) for block in message.blocks[:3]] == [Heading, SectionBlock, Lead]
    assert told(message) == ["Corrected 22 Nov 2026: Misread. Was: “It did not sink”. Now: Bottom line of ferry.[1]"]


def test_a_moment_is_told_as_its_day():
    at = datetime(2026, 11, 22, 23, tzinfo=UTC)
    [line] = told(brief_page(a_corrected(Correction(at, None, "It did not sink.")), an_article(), Size.STANDARD, cards=0))
    assert line == "Corrected 22 Nov 2026: Was: “It did not sink.” It was taken out."


def test_of_many_corrections_the_newest_are_told_and_the_full_brief_has_all():
    many = tuple(Correction(date(2026, 11, number), None, f"It was {number}.") for number in range(1, 6))
    brief = a_corrected(*many)
    short = brief_page(brief, an_article(), Size.STANDARD, cards=0)
    assert len(told(short)) == CORRECTIONS_MAX
    assert told(short)[0].startswith("Corrected 5 Nov 2026")
    [row] = [block for block in short.blocks if isinstance(block, Buttons)]
    assert "/brief ferry size:full" in [button.command for button in row.buttons]
    assert len(told(brief_page(brief, an_article(), Size.FULL, cards=0))) == 5


def test_a_brief_that_never_was_corrected_says_nothing_of_it():
    message = brief_page(a_brief(), an_article(), Size.STANDARD, cards=0)
    assert not any(isinstance(block, SectionBlock) for block in message.blocks)


def test_whoever_checks_every_line_sees_what_was_corrected_and_which_line_it_was():
    brief = a_corrected(points=("One.", "Two.", "Three."))
    article = an_article(handle="ferry")
    page = check_page("ferry", "ferry", claims_of(brief, brief.lines), {article.id: article}, page=1)
    assert len(told(page)) == 1
    verdicts = [block.verdict for block in page.blocks if isinstance(block, CheckedLine)]
    assert ["corrected 22 Nov 2026" in verdict for verdict in verdicts] == [False, True, False, False]
    second = check_page("ferry", "ferry", claims_of(brief, brief.lines), {article.id: article}, page=2)
    assert not any(isinstance(block, SectionBlock) for block in second.blocks)


def test_whoever_checks_one_line_sees_what_was_corrected_in_that_line_alone():
    brief = a_brief(points=("One.",))
    one, other = Correction(DAY, brief.bottom_line, "It did not sink."), Correction(DAY, brief.points[0].line, "Two.")
    claims = claims_of(replace(brief, corrections=(one, other)), brief.lines)
    assert told(line_page("ferry", "ferry", claims, {}, position=2)) == [
        "Corrected 22 Nov 2026: Was: “It did not sink.” Now: Bottom line of ferry.[1]"
    ]
    assert not any(isinstance(block, SectionBlock) for block in line_page("ferry", "ferry", claims, {}, position=1).blocks)


def test_where_several_briefs_are_checked_each_correction_names_its_brief():
    ferry, train = a_corrected(), a_brief("train")
    page = check_page("two", "ferry,train", [*claims_of(ferry, ferry.lines), *claims_of(train, train.lines)], {}, page=1)
    assert told(page) == ["Corrected 22 Nov in “Headline of ferry”: Misread. Was: “It did not sink”. Now: Bottom line of ferry.[ferry:1]"]


def test_a_note_of_the_curators_stays_one_among_the_lines_to_check():
    brief = replace(a_brief(points=("One.",)), oddities=(a_line("It says so twice."),))
    assert [claim.note for claim in claims_of(brief, brief.lines)] == [False, False, False, True]
    assert brief.points == (KeyPoint(Section.WHAT_HAPPENED, brief.points[0].line),)
