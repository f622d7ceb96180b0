"""`make score` reads what the scoring scripts print, and says where they are missing."""

import pytest

from tests.bench import score

PRINTED = """\
| data     | engine | B3 F1 | false-merge clusters |
|----------|--------|-------|----------------------|
| redocred | a:b    | 0.962 | 1.02%                |
| gum      | a:b    | 0.930 | 1.64%                |
"""
EDITS = """\
| mutation       | cases | right  | should be |
|----------------|-------|--------|-----------|
| = clause cut   | 37    | 100.0% | passes    |
| number changed | 130   | 98.5%  | refused   |
"""


def test_a_figure_is_found_by_its_row_and_its_heading():
    assert score.figure(PRINTED, "gum", "B3 F1") == 0.93
    assert score.figure(PRINTED, "redocred", "false-merge clusters") == 1.02


def test_a_figure_that_is_not_there_is_no_success():
    with pytest.raises(SystemExit, match="No “B3 F1” of “other”"):
        score.figure(PRINTED, "other", "B3 F1")


def test_each_kind_of_edit_has_its_goal():
    assert score.edits(EDITS) == [("edits: clause cut", 100.0, 99.5, True), ("edits: number changed", 98.5, 99.0, False)]


def test_missing_scripts_are_told_in_a_sentence(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("STANDFIRST_EVAL", str(tmp_path))
    score.main()
    assert "Nothing was scored" in capsys.readouterr().out
