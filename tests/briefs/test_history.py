"""What managers are told of editions that were."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.console.spans import told as shown
from briefs.digest import DeliveryState, Record
from briefs.message import Label, Link, Message, Moment, Prose, words
from briefs.pages.history import Fate, Past, out_of_turn, past_line, pasts
from tests.builders import a_delivery

DUE = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
PENDING, SENDING, SENT, UNKNOWN, FAILED, SKIPPED = DeliveryState


def a_record(state, *, part=1, reason="", after=timedelta(seconds=2), made=True, **changes):
    """An entry of the ledger, settled some time after it was due."""
    message = {} if made else {"message": Message(reason, (Prose(words(reason)),))}  # as the ledger says that none was made
    delivery = replace(a_delivery(meant_for=DUE.date(), due=DUE, part=part, **message), **changes)
    settled = None if state in {PENDING, SENDING} else DUE + after
    return Record(delivery, state, settled, "m1" if state is SENT else "", reason)


def told(*records, address=""):
    return shown(past_line(Past(records, address), "Europe/London").spans, None).plain.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("states", "fate"),
    [
        ((SENT,), Fate.SENT),
        ((SENT, SENT), Fate.SENT),
        ((SENT, PENDING), Fate.UNDER_WAY),
        ((SENDING, UNKNOWN), Fate.UNDER_WAY),
        ((SENT, UNKNOWN), Fate.UNKNOWN),
        ((FAILED, UNKNOWN), Fate.UNKNOWN),
        ((SENT, FAILED), Fate.FAILED),
        ((SENT, SKIPPED), Fate.SKIPPED),
        ((SKIPPED, FAILED), Fate.FAILED),
    ],
)
def test_an_edition_is_as_badly_off_as_its_worst_part(states, fate):
    assert Past(tuple(a_record(state, part=part) for part, state in enumerate(states, start=1))).fate is fate


@pytest.mark.parametrize(
    ("after", "late"),
    [
        (timedelta(0), "on time"),
        (timedelta(seconds=-3), "on time"),
        (timedelta(seconds=59), "on time"),
        (timedelta(minutes=1), "1 min late"),
        (timedelta(minutes=3, seconds=50), "3 min late"),
        (timedelta(hours=2), "2 h late"),
        (timedelta(hours=5, minutes=9), "5 h 9 min late"),
    ],
)
def test_how_late_an_edition_came_is_said_in_minutes_and_hours(after, late):
    assert told(a_record(SENT, after=after)).endswith(f", {late}")


def test_an_edition_that_came_says_when_and_where():
    line = past_line(Past((a_record(SENT),), "https://chat.example/1"), "Europe/London")
    assert [span.at for span in line.spans if isinstance(span, Moment)] == [DUE + timedelta(seconds=2)]
    assert Link("the post", "https://chat.example/1") in line.spans
    assert told(a_record(SENT)) == "Sun 22 Nov 2026: sent 22 Nov 2026 07:30 London, on time"


def test_the_parts_of_an_edition_are_one_line():
    assert told(a_record(SENT), a_record(SENT, part=2)).endswith("on time · 2 of 2 parts")
    assert told(a_record(SENT), a_record(FAILED, part=2, reason="The channel is gone.")).endswith(
        "failed: The channel is gone · 1 of 2 parts in the channel"
    )


def test_the_last_part_says_how_late_it_was():
    assert "9 min late" in told(a_record(SENT), a_record(SENT, part=2, after=timedelta(minutes=9)))


@pytest.mark.parametrize(
    ("record", "says"),
    [
        (a_record(PENDING), "on its way since"),
        (a_record(SENDING, attempt=1), "on its way since"),
        (a_record(SENDING, attempt=2), "it is looked for in the channel before it is sent again"),
        (a_record(PENDING, insisted=True), "on its way again"),
        (a_record(UNKNOWN, reason="nobody could look."), "it may have arrived: nobody could look"),
        (a_record(FAILED, reason="It is too long."), "failed: It is too long"),
        (a_record(SKIPPED, reason="nothing new", made=False), "skipped: nothing new"),
        (a_record(SENT, insisted=True, after=timedelta(days=2)), "once a manager had it sent again"),
    ],
)
def test_what_became_of_it_is_said_in_plain_words(record, says):
    assert says in told(record)


@pytest.mark.parametrize(
    ("record", "stands_out"),
    [
        (a_record(SENT), False),
        (a_record(PENDING), False),
        (a_record(UNKNOWN), True),
        (a_record(FAILED), True),
        (a_record(SKIPPED, reason="paused: a manager paused it."), True),
        (a_record(SKIPPED, reason="nothing new", made=False), False),
    ],
)
def test_what_a_manager_can_mend_stands_out(record, stands_out):
    assert any(isinstance(span, Label) for span in past_line(Past((record,)), "UTC").spans) is stands_out
    assert bool(Past((record,)).wanting) is stands_out


def test_only_the_parts_that_are_not_there_can_be_sent_again():
    records = (a_record(SENT), a_record(UNKNOWN, part=2), a_record(SENDING, part=3))
    assert Past(records).wanting == (records[1],)


@pytest.mark.parametrize(
    ("state", "used"), [(PENDING, True), (SENDING, True), (SENT, True), (UNKNOWN, True), (FAILED, False), (SKIPPED, False)]
)
def test_a_date_is_used_up_by_what_came_or_may_have(state, used):
    assert Past((a_record(FAILED), a_record(state, part=2))).used_up is used


def test_records_are_gathered_by_name_and_date_in_their_order():
    days = [DUE.date(), DUE.date() - timedelta(days=1)]
    records = [a_record(SENT, part=part, name=name, meant_for=day) for day in days for name in ("a", "b") for part in (1, 2)]
    found = pasts(records)
    assert [(past.meant_for, past.name, len(past.records)) for past in found] == [(day, name, 2) for day in days for name in ("a", "b")]
    assert pasts([]) == ()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"attempt": 2}, "found in the channel or posted anew 22 Nov 2026 09:35 London after a try that was cut off"),
        ({"attempt": 2, "insisted": True}, "once a manager had it sent again: found there or posted anew"),
        ({"attempt": 1, "due": DUE + timedelta(seconds=17)}, "by hand"),
    ],
)
def test_what_was_found_later_or_sent_by_hand_is_not_called_late(changes, says):
    line = told(a_record(SENT, after=timedelta(hours=2, minutes=5), **changes))
    assert line.endswith(says)
    assert "late" not in line


@pytest.mark.parametrize(
    ("state", "later", "late"), [(FAILED, SENT, True), (SKIPPED, UNKNOWN, True), (FAILED, FAILED, False), (UNKNOWN, SENT, False)]
)
def test_one_that_did_not_come_is_out_of_turn_once_a_later_one_has_its_news(state, later, late):
    past, after = Past((a_record(state),)), Past((a_record(later, meant_for=DUE.date() + timedelta(days=1)),))
    assert out_of_turn(past, [after, past]) is late
    assert out_of_turn(after, [after, past]) is False
