"""When the bot counts as alive, and when as ready: on a clock of the test's own."""

import pytest

from adapters.observe.pulse import APART_MAX, IDLE_MAX, STARTED_WITHIN, UNDER_WAY_MAX, Pulse


class Life:
    """A bot on one platform, whose time and connection the test makes."""

    def __init__(self):
        self.now, self.there = 1_000.0, True
        self.pulse = Pulse(lambda: self.now)

    def runs(self):
        self.pulse.serve({"discord": lambda: self.there})
        self.ticks()
        return self

    def ticks(self, *, well=True):
        self.pulse.tick("discord")
        self.pulse.rest("discord", well=well)

    def passes(self, seconds):
        self.now += seconds
        return self.pulse.stalls()


def test_a_bot_that_ticks_and_is_connected_is_alive_and_ready():
    life = Life().runs()
    assert life.passes(IDLE_MAX - 1) == ()
    assert life.pulse.hindrances() == ()


def test_a_clock_that_comes_round_no_more_is_a_stall():
    life = Life().runs()
    assert life.passes(IDLE_MAX + 1) == ("The clock of discord has not got through for 46 seconds.",)
    life.ticks()
    assert life.pulse.stalls() == ()


def test_a_tick_that_fails_is_no_sign_of_life():
    life = Life().runs()
    for _ in range(10):
        life.passes(5)
        life.ticks(well=False)
    assert life.pulse.stalls() != ()


def test_a_long_tick_is_alive_for_as_long_as_something_gets_through():
    life = Life().runs()
    life.pulse.tick("discord")
    for _ in range(20):
        assert life.passes(UNDER_WAY_MAX - 1) == ()
        life.pulse.beat("discord")
    assert life.passes(UNDER_WAY_MAX + 1) != ()


def test_what_gets_through_outside_of_a_tick_does_not_hide_a_clock_that_stands():
    life = Life().runs()
    life.now += IDLE_MAX + 1
    life.pulse.beat("discord")
    assert life.pulse.stalls() != ()


def test_a_connection_lost_for_a_moment_is_not_ready_but_alive_and_one_lost_for_long_is_a_stall():
    life = Life().runs()
    life.there = False
    assert life.passes(1) == ()
    assert life.pulse.hindrances() == ("discord is not connected.",)
    life.now += APART_MAX
    life.ticks()
    assert life.pulse.stalls() == ("discord has not been connected for 121 seconds.",)
    life.there = True
    assert life.pulse.stalls() == ()


@pytest.mark.parametrize(("seconds", "alive"), [(STARTED_WITHIN - 1, True), (STARTED_WITHIN + 1, False)])
def test_a_start_may_take_its_time_but_not_for_ever(seconds, alive):
    life = Life()
    assert (life.passes(seconds) == ()) is alive
    assert life.pulse.hindrances() == ("The bot is starting.",)


def test_a_bot_that_stops_is_alive_and_not_ready():
    life = Life().runs()
    life.pulse.stop()
    assert life.pulse.stalls() == ()
    assert life.pulse.hindrances() == ("The bot is stopping.",)


def test_the_bot_rests_between_ticks():
    life = Life().runs()
    assert life.pulse.at_rest
    life.pulse.tick("discord")
    assert not life.pulse.at_rest
