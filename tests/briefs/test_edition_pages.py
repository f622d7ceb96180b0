"""What whoever asked for an edition is told of it in private, and its terms in words."""

from datetime import UTC, date, datetime, time

import pytest

from briefs.brief import Size
from briefs.digest import Empty, Slot
from briefs.message import Buttons, Channel
from briefs.pages.editions import empty_days_page, lost_page
from briefs.pages.terms import Standing, local, terms
from tests.builders import a_subscription
from tests.words import words_of

NAMES = {"hezbollah": "Hezbollah (Lebanon)"}


def test_quiet_days_are_told_with_since_when_and_what_can_be_done():
    told = empty_days_page(a_subscription(topics=["iraq"]), 3, date(2026, 11, 19))
    assert "has had nothing new 3 times in a row; the last one with news was that of Thu 19 Nov 2026." in told.summary
    assert "it comes again as soon as there is news" in words_of(told)
    for way in (
        "/digest subscribe at:07:30 tz:Europe/Berlin name:daily size:short empty:skip",
        "/digest subscribe at:07:30 tz:Europe/Berlin name:daily topics:iraq size:short empty:say",
        "/digest unsubscribe name:daily",
    ):
        assert way in words_of(told)


def test_quiet_days_before_any_news_say_nothing_of_a_last_one():
    assert empty_days_page(a_subscription(), 3).summary.endswith("has had nothing new 3 times in a row.")


def test_only_what_can_be_done_is_offered():
    told = words_of(empty_days_page(a_subscription(empty=Empty.SAY), 3))
    assert "topics:" not in told
    assert "/digest subscribe" not in told


@pytest.mark.parametrize("page", [empty_days_page(a_subscription(), 3), lost_page(a_subscription(), "The channel is gone.")])
def test_what_is_told_in_private_names_the_channel_and_has_no_press_that_would_act_elsewhere(page):
    assert any(isinstance(span, Channel) for block in page.blocks for span in getattr(block, "spans", ()))
    assert not any(isinstance(block, Buttons) for block in page.blocks)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "07:30, Europe/Berlin, every day"),
        ({"days": range(5)}, "07:30, Europe/Berlin, Monday to Friday"),
        ({"days": [6, 0], "at": time(0)}, "00:00, Europe/Berlin, on Mon, Sun"),
        ({"topics": ["iraq", "iran"]}, "07:30, Europe/Berlin, every day · only iraq, iran"),
        ({"entities": ["hezbollah"]}, "07:30, Europe/Berlin, every day · only what names Hezbollah (Lebanon)"),
        ({"entities": ["gone"], "topics": ["iraq"]}, "07:30, Europe/Berlin, every day · only iraq, or what names gone"),
        ({"size": Size.STANDARD, "empty": Empty.SAY}, "07:30, Europe/Berlin, every day · standard size · says so when there is nothing"),
    ],
)
def test_the_terms_of_an_edition_are_said_in_full(changes, said):
    assert terms(a_subscription(**changes), NAMES) == said


def test_a_slot_is_told_in_the_channels_own_time():
    slot = Slot(datetime(2026, 11, 22, 23, 30, tzinfo=UTC), date(2026, 11, 23))
    assert local(slot, a_subscription(zone="Asia/Tokyo")) == "Mon 23 Nov 2026, 08:30 Asia/Tokyo"


@pytest.mark.parametrize(("paused", "held", "runs"), [("", False, True), ("", True, False), ("It rests.", False, False)])
def test_an_edition_runs_where_it_neither_rests_nor_is_held(paused, held, runs):
    slot = Slot(datetime(2026, 11, 22, 6, 30, tzinfo=UTC), date(2026, 11, 22))
    assert Standing(a_subscription(paused=paused), slot, held).runs is runs
