"""Times and zones as people write them."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.errors import BadInput
from briefs.zones import parse_time, parse_zone, suggest_zones, zone_names


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("07:30", time(7, 30)),
        ("7:30", time(7, 30)),
        ("7.30am", time(7, 30)),
        ("08.30", time(8, 30)),
        ("7pm", time(19)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("noon", time(12)),
        ("Midnight", time(0)),
        ("٠٨:٣٠", time(8, 30)),
        ("０７：３０", time(7, 30)),
        ("7:30 p.m.", time(19, 30)),
    ],
)
def test_a_time_is_understood(typed, meant):
    assert parse_time(typed) == meant


@pytest.mark.parametrize("typed", ["25:00", "7:60", "13pm", "0am", "730", "", "later", "-1:00", "*/1 * * * *", "1e3", "7:3"])
def test_what_is_no_time_is_refused_with_an_example(typed):
    with pytest.raises(BadInput, match=r"07:30|7\.30am"):
        parse_time(typed)


def test_25_00_says_which_hours_there_are():
    with pytest.raises(BadInput, match="an hour from 00 to 23"):
        parse_time("25:00")


@given(st.text())
def test_any_text_is_a_time_or_a_clear_refusal(typed):
    try:
        assert isinstance(parse_time(typed), time)
    except BadInput as error:
        assert str(error).isprintable()


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/London", "Europe/London"),
        ("europe/london", "Europe/London"),
        ("new york", "America/New_York"),
        ("Baghdad", "Asia/Baghdad"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_is_found_whatever_its_case(typed, zone):
    assert parse_zone(typed).key == zone


@pytest.mark.parametrize(
    "typed", ["Factory", "localtime", "right/UTC", "posix/UTC", "posixrules", "../../etc/passwd", "", "/etc/localtime", "\0"]
)
def test_what_is_no_zone_is_refused_and_opens_no_file(typed):
    with pytest.raises(BadInput, match="No time zone"):
        parse_zone(typed)


@pytest.mark.parametrize(("typed", "nearest"), [("Europe/Londen", "Europe/London"), ("Londn", "Europe/London"), ("bagdad", "Asia/Baghdad")])
def test_a_mistyped_zone_is_refused_with_the_nearest(typed, nearest):
    with pytest.raises(BadInput, match=f"Did you mean {nearest}"):
        parse_zone(typed)


def test_an_offset_is_refused_with_its_turned_sign_explained():
    with pytest.raises(BadInput, match="Etc/GMT-5"):
        parse_zone("GMT+5")


def test_every_name_offered_is_a_zone():
    for name in zone_names():
        assert parse_zone(name).key == name


@given(st.text(max_size=80))
def test_suggestions_are_zones_for_any_text(typed):
    assert set(suggest_zones(typed)) <= set(zone_names())


def test_the_beginning_of_a_later_part_is_enough():
    assert suggest_zones("lond") == ["Europe/London"]
