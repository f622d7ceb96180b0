"""What an edition says: how much is new and since when, corrections first, how old each story is, on one screen."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.brief import Brief, Correction, KeyPoint, Section, Size, State
from briefs.digest import Progress, Slot
from briefs.message import Buttons, Heading, Message, Moment, SmallPrint, Story
from briefs.message import Section as SectionBlock
from briefs.pages.digest import NAMED_MAX, SCREEN_MAX, digest_page, nothing_new_page
from tests.builders import NOON, a_brief, a_line, a_subscription

SUNDAY = date(2026, 11, 22)
SINCE = datetime(2026, 11, 1, tzinfo=UTC)
YESTERDAYS = Progress(SINCE, last=SUNDAY - timedelta(days=1))


def edition(*briefs: Brief, progress: Progress = YESTERDAYS, corrections=(), waiting: int = 0, size: Size = Size.SHORT) -> Message:
    return digest_page(
        a_subscription(size=size), SUNDAY, briefs, waiting=waiting, progress=progress, corrections=corrections, then=None, test=False
    )


def text_of(block) -> str:
    spans = block.spans if isinstance(block, SmallPrint) else block.about if isinstance(block, Story) else block.line.spans
    return "".join(span.text for span in spans)


def first_line(message: Message) -> str:
    return text_of(next(block for block in message.blocks if isinstance(block, SmallPrint)))


def lines_of(message: Message) -> list[str]:
    [section] = [block for block in message.blocks if isinstance(block, SectionBlock)]
    return ["".join(span.text for span in line.spans) + "".join(f"[{cite}]" for cite in line.cites) for line in section.lines]


# --- how much, since when --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "words"),
    [
        pytest.param(date(2026, 11, 22), "2 new since today's edition · ", id="today"),
        pytest.param(date(2026, 11, 21), "2 new since yesterday's edition · ", id="yesterday"),
        pytest.param(date(2026, 11, 20), "2 new since Friday's edition · ", id="friday"),
        pytest.param(date(2026, 11, 16), "2 new since Monday's edition · ", id="six-days"),
        pytest.param(date(2026, 11, 15), "2 new since the edition of 15 Nov · ", id="a-week"),
        pytest.param(date(2025, 11, 15), "2 new since the edition of 15 Nov 2025 · ", id="last-year"),
        pytest.param(None, "2 new since the last edition · ", id="not-known"),
        pytest.param(date(2026, 11, 23), "2 new since the last edition · ", id="later-than-today"),
    ],
)
def test_the_first_line_says_how_much_is_new_since_which_edition(last, words):
    assert first_line(edition(a_brief("a"), a_brief("b"), progress=Progress(SINCE, last=last))).startswith(words)


def test_the_first_edition_says_that_it_is_and_nothing_of_what_waits():
    assert first_line(edition(a_brief(), progress=Progress(), waiting=4)) == "first edition · 1 brief · 10 seconds to read"


def test_what_waits_is_counted():
    assert "1 new since yesterday's edition · 4 more wait for the next one · " in first_line(edition(a_brief(), waiting=4))


def test_a_day_without_news_says_since_when():
    page = nothing_new_page(a_subscription(), SUNDAY, None, test=False, last=date(2026, 11, 20))
    assert "Nothing new has been approved since Friday's edition." in page.summary


# --- corrections -----------------------------------------------------------------------------------------------------


def a_correction(brief: Brief, was: str = "Ten people were hurt.", at: date | datetime = SUNDAY, why: str = "the number was wrong"):
    return brief, Correction(at, brief.bottom_line, was, why)


def test_corrections_come_first_and_say_what_was_what_is_and_why():
    message = edition(a_brief("new"), corrections=[a_correction(a_brief("ferry"))])
    kinds = [type(block) for block in message.blocks[:4]]
    assert kinds == [Heading, SmallPrint, SectionBlock, Story]
    assert lines_of(message) == [
        "Corrected 22 Nov in “Headline of ferry”: The number was wrong. Was: “Ten people were hurt.” Now: Bottom line of ferry.[ferry:1]"
    ]
    assert first_line(message).startswith("1 correction · 1 new since yesterday's edition")
    assert message.summary == "Morning briefing, Sun 22 Nov: 1 correction; Headline of new"


def test_a_line_that_was_taken_out_is_told_as_such():
    brief = a_brief("ferry")
    [told] = lines_of(edition(corrections=[(brief, Correction(SUNDAY, None, "Ten people were hurt."))]))
    assert told == "Corrected 22 Nov in “Headline of ferry”: Was: “Ten people were hurt.” It was taken out."


def test_a_brief_that_was_withdrawn_is_told_as_a_correction():
    brief = a_brief("ferry", state=State.WITHDRAWN)
    told = [(brief, Correction(SUNDAY, why="the outlet took it back.", by="anna")), (brief, Correction(SUNDAY))]
    message = edition(corrections=told)
    assert lines_of(message) == [
        "Withdrawn 22 Nov by anna: “Headline of ferry”. The outlet took it back.",
        "Withdrawn 22 Nov by the curator: “Headline of ferry”.",
    ]
    assert first_line(message).startswith("2 corrections · nothing new since yesterday's edition · ")
    assert [button.label for button in message.blocks[-1].buttons] == ["Digest settings"]  # there is nothing left to check


def test_a_moment_is_told_as_the_day_it_was_where_the_channel_is():
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)  # half past midnight in Berlin
    assert lines_of(edition(corrections=[a_correction(a_brief(), at=late)]))[0].startswith("Corrected 22 Nov")


def test_corrected_briefs_can_be_checked_like_the_others():
    message = edition(a_brief("new"), corrections=[a_correction(a_brief("ferry")), a_correction(a_brief("new"), was="Otherwise.")])
    buttons = message.blocks[-1]
    assert isinstance(buttons, Buttons)
    assert buttons.buttons[0].command == "/source new,ferry"


def test_many_corrections_are_named_and_none_is_left_unsaid():
    long = "x" * 600
    corrections = [a_correction(a_brief(f"b{number}"), was=long) for number in range(9)]
    corrections += [(a_brief("gone", state=State.WITHDRAWN), Correction(SUNDAY))]
    full, rest, gone = lines_of(edition(corrections=corrections))
    assert long in full
    named = ", ".join(f"/brief b{number}" for number in range(1, 1 + NAMED_MAX))
    assert rest == f"Also corrected: {named} and 3 more."
    assert gone == "Also withdrawn: “Headline of gone”."


# --- how old it is ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("published", "about"),
    [
        pytest.param(None, "The Wire · undated · one source", id="undated"),
        pytest.param(date(2026, 11, 22), "The Wire · 22 Nov 2026 · one source", id="today"),
        pytest.param(date(2026, 11, 21), "The Wire · 21 Nov 2026 · one source", id="yesterday"),
        pytest.param(date(2026, 11, 20), "The Wire · 20 Nov 2026 · 2 days old · one source", id="two-days"),
        pytest.param(datetime(2026, 11, 16, 9, tzinfo=UTC), "The Wire · 16 Nov 2026 · 6 days old · one source", id="six-days"),
        pytest.param(date(2015, 8, 21), "The Wire · 21 Aug 2015 · archive: not today's news · one source", id="old"),
    ],
)
def test_a_story_says_how_old_it_is(published, about):
    [story] = [block for block in edition(replace(a_brief(published=published), outlet="The Wire")).blocks if isinstance(block, Story)]
    assert text_of(story) == about


def test_an_outlet_that_is_not_known_is_said_once_and_a_sample_is_marked():
    [story] = [block for block in edition(a_brief(sample=True)).blocks if isinstance(block, Story)]
    assert text_of(story) == "SAMPLE · outlet not given · undated · one source"


# --- one screen ------------------------------------------------------------------------------------------------------

WORDS = st.text("abcdefg ", min_size=1, max_size=220).map(lambda text: " ".join(text.split()[:30]) or "x")


def prose_of(message: Message) -> int:
    stories = [block for block in message.blocks if isinstance(block, Story)]
    lines = [line for block in message.blocks if isinstance(block, Story | SectionBlock) for line in block.lines]
    return sum(len(story.headline) for story in stories) + sum(len(span.text) for line in lines for span in line.spans)


@st.composite
def some_brief(draw, slug: str) -> Brief:
    brief = a_brief(slug, headline=draw(WORDS)[:120], bottom_line=draw(WORDS))
    sections = draw(st.lists(st.sampled_from(list(Section)), max_size=9))
    return replace(brief, points=tuple(KeyPoint(section, a_line(draw(WORDS)), Size.SHORT) for section in sections))


@st.composite
def some_correction(draw, slug: str):
    brief = draw(some_brief(slug))
    return brief, Correction(SUNDAY, draw(st.sampled_from([None, brief.bottom_line])), draw(WORDS), draw(WORDS)[:80])


@given(st.tuples(*map(some_brief, "abc")), st.lists(st.sampled_from("defghi").flatmap(some_correction), max_size=5))
@settings(max_examples=60, deadline=None)
def test_an_edition_of_size_short_is_a_screen_at_most(briefs, corrections):
    message = edition(*briefs, corrections=corrections)
    stories = [block for block in message.blocks if isinstance(block, Story)]
    assert prose_of(message) <= SCREEN_MAX + 100  # names of what did not fit
    assert len(stories) == 3
    for brief, story in zip(briefs, stories, strict=True):
        told = [line.cites for line in story.lines]
        assert 1 <= len(told) <= 3
        assert all(told)
        assert story.lines[0].spans[0].text == brief.bottom_line.text


def test_what_is_not_known_is_the_last_to_be_left_out():
    points = [(Section.WHAT_HAPPENED, "One."), (Section.WHAT_HAPPENED, "Two."), (Section.NOT_KNOWN, "Whether three.")]
    brief = replace(a_brief(), points=tuple(KeyPoint(section, a_line(text), Size.SHORT) for section, text in points))
    [story] = [block for block in edition(brief).blocks if isinstance(block, Story)]
    told = ["".join(span.text for span in line.spans) for line in story.lines]
    assert told == ["Bottom line of ferry.", "One.", "Not known: whether three."]


def test_a_channel_that_asked_for_more_gets_all_of_it():
    points = tuple(KeyPoint(Section.WHAT_HAPPENED, a_line(f"{number} {'long ' * 60}")) for number in range(9))
    [story] = [block for block in edition(replace(a_brief(), points=points), size=Size.STANDARD).blocks if isinstance(block, Story)]
    assert len(story.lines) == 10


def test_when_the_next_one_comes_is_told_in_the_channels_zone():
    page = digest_page(
        a_subscription(zone="Europe/London"), SUNDAY, [a_brief()], waiting=0, progress=YESTERDAYS, then=Slot(NOON, SUNDAY), test=True
    )
    [colophon] = [block for block in page.blocks if isinstance(block, SmallPrint)][1:]
    assert colophon.spans[-1] == Moment(NOON, ZoneInfo("Europe/London").key)
    assert page.summary.startswith("TEST · Morning briefing")
