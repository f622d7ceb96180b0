"""A soak that was stopped goes on where it was."""

import subprocess
import sys

from briefs.digest import Place
from tests.soak.counting import Asked, Edition
from tests.soak.state import State, all_asked, end_leftovers, keep_asked, mend, note_asked

PUT, NEVER_PUT, SURE = (Edition(Place("console", "room"), f"soak1x{number}", "2026-03-02") for number in range(3))


def test_the_totals_are_kept(tmp_path):
    state = State(kills=3, channels={"discord": ["1"]}, blind=[("discord", "1")])
    state.save(tmp_path)
    assert State.of(tmp_path) == state
    assert State.of(tmp_path / "elsewhere") == State()


def test_what_was_about_to_be_asked_for_counts_only_where_it_was(tmp_path):
    note_asked(tmp_path, 1, [Asked(SURE, 1.0)])
    note_asked(tmp_path, 2, [Asked(PUT, 2.0), Asked(NEVER_PUT, 2.0)])
    kept = [Asked(SURE, 1.0), Asked(PUT, 2.0)]
    assert keep_asked(tmp_path, 1, {PUT}) == kept
    note_asked(tmp_path, 2, [])
    assert all_asked(tmp_path, 2, set()) == kept


def test_a_line_that_was_cut_short_is_mended(tmp_path):
    journal = tmp_path / "j.jsonl"
    journal.write_text('{"do": "a"}\n{"do": "b')
    mend(journal)
    mend(tmp_path / "none")
    assert journal.read_text() == '{"do": "a"}\n'


def test_what_an_earlier_run_left_running_is_ended_and_nothing_else(tmp_path):
    sleep = [sys.executable, "-c", "import time; time.sleep(60)"]
    with subprocess.Popen([*sleep, str(tmp_path)]) as ours, subprocess.Popen(sleep) as anothers:
        end_leftovers(tmp_path, [ours.pid, anothers.pid])
        assert ours.wait(5) == -9
        assert anothers.poll() is None
        anothers.kill()
