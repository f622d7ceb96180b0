"""The counting finds what it is there to find."""

import pytest

from briefs.digest import Place
from tests.soak.counting import Asked, Edition, Post, Row, count

PLACE = Place("discord:1", "2")
EDITION = Edition(PLACE, "soak1", "2026-03-02")
OTHER = Edition(PLACE, "soak2", "2026-03-02")


def asked(*editions):
    return [Asked(edition, 100.0) for edition in editions or (EDITION,)]


def row(state="sent", reason="", *, edition=EDITION, part=1, attempt=1):
    return Row(edition, part, state, reason, attempt, 100.0)


def post(at=101.0, *, edition=EDITION, part=1):
    return Post(edition, part, at, PLACE)


def what(found):
    return [(finding.what, finding.edition, finding.part) for finding in found.findings]


def test_an_edition_that_came_once_is_nothing_to_speak_of():
    found = count(asked(), [row()], [post(101.5)])
    assert (found.editions, found.deliveries, found.once, found.findings) == (1, 1, 1, ())
    assert found.late == (1.5,)


def test_a_planted_double_is_found():
    found = count(asked(EDITION, OTHER), [row(), row(edition=OTHER)], [post(101), post(101, edition=OTHER), post(160)])
    assert what(found) == [("doubled", EDITION, 1)]
    assert found.number("doubled") == 1
    assert found.late == (1.0, 1.0)


def test_a_planted_loss_is_found_whatever_the_ledger_says():
    assert what(count(asked(EDITION, OTHER), [row(), row(edition=OTHER)], [post(edition=OTHER)])) == [("lost", EDITION, 1)]


def test_an_edition_that_was_never_planned_is_lost():
    assert what(count(asked(EDITION, OTHER), [row()], [post()])) == [("lost", OTHER, 1)]


@pytest.mark.parametrize("state", ["pending", "sending"])
def test_what_is_owed_still_is_lost(state):
    assert what(count(asked(), [row(state)], [])) == [("lost", EDITION, 1)]


@pytest.mark.parametrize("state", ["unknown", "skipped", "failed"])
def test_what_did_not_come_must_say_why(state):
    assert what(count(asked(), [row(state)], [])) == [("lost", EDITION, 1)]
    told = count(asked(), [row(state, "a reason")], [])
    assert (told.findings, getattr(told, state)) == ((), 1)


def test_unknown_is_no_excuse_for_a_double():
    assert what(count(asked(), [row("unknown", "a reason")], [post(), post()])) == [("doubled", EDITION, 1)]


def test_an_unknown_one_may_have_come():
    found = count(asked(), [row("unknown", "a reason")], [post()])
    assert (found.unknown, found.once, found.findings) == (1, 0, ())


@pytest.mark.parametrize("state", ["pending", "sending", "skipped", "failed"])
def test_a_ledger_that_denies_what_readers_see_is_found(state):
    assert what(count(asked(), [row(state, "a reason")], [post()])) == [("misstated", EDITION, 1)]


def test_each_part_is_owed():
    found = count(asked(), [row(), row(part=2)], [post(), post(part=2), post(part=2)])
    assert what(found) == [("doubled", EDITION, 2)]
    assert what(count(asked(), [row(), row(part=2)], [post()])) == [("lost", EDITION, 2)]


def test_parts_come_in_order():
    rows = [row(), row(part=2)]
    assert count(asked(), rows, [post(101), post(102, part=2)]).findings == ()
    assert what(count(asked(), rows, [post(102), post(101, part=2)])) == [("disordered", EDITION, 0)]


def test_a_post_that_nobody_owed_is_found():
    found = count(asked(), [row()], [post(), Post(None, 1, 102.0, PLACE, "a stray")])
    assert [(finding.what, "a stray" in finding.why) for finding in found.findings] == [("unasked", True)]


def test_a_post_of_which_the_ledger_knows_nothing_is_found():
    assert what(count(asked(), [], [post()])) == [("misstated", EDITION, 1)]


def test_a_subscription_that_rests_is_not_lost():
    found = count(asked(), [], [], [(PLACE, "soak1")])
    assert (found.rested, found.findings) == (1, ())


def test_how_late_is_counted_from_when_it_was_due():
    rows = [row(edition=Edition(PLACE, f"soak{n}", "2026-03-02")) for n in range(100)]
    posts = [post(100.0 + n, edition=one.edition) for n, one in enumerate(rows)]
    found = count(asked(*(one.edition for one in rows)), rows, posts)
    assert (found.late_at(0.5), found.late_at(0.99)) == (49.0, 98.0)
    assert count([], [], []).late_at(0.5) == 0.0
