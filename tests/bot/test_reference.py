"""What the reference tells is what the command does."""

import subprocess
import sys
from pathlib import Path

import pytest

from adapters.observe.measures import Measures
from bot.__main__ import BEFORE_SETTINGS, TASKS, parser_of_tasks
from bot.exits import EXITS
from bot.reference import TABLES, tasks

ROOT = Path(__file__).parents[2]


def test_every_task_has_its_exit_codes_and_a_row():
    assert set(EXITS) == set(TASKS) | set(BEFORE_SETTINGS)
    assert all(f"`standfirst {task}" in tasks() for task in EXITS)


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("say", "/brief"), 0),
        (("say", "/brief nosuch"), 1),
        (("say", "/brief size:huge"), 2),
        (("doctor",), 0),
        (("health",), 1),
        (("ingest", "nosuch.txt"), 2),
        (("check", "Nothing.", "--article", "nosuch"), 2),
        (("check", "Iran will attack Iraq.", "--article", "iraq", "--cite", "12"), 3),
        (("backup", "copy.db"), 2),
        (("discord", "invite"), 2),
        (("run",), 2),
        (("slack", "manifest"), 0),
        (("slack", "manifest", "--url", "http://x"), 2),
    ],
    ids=lambda value: value if isinstance(value, int) else "-".join(value[:2]),
)
def test_an_exit_code_is_one_that_is_told(argv, code, tmp_path):
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "STANDFIRST_SECRETS": str(tmp_path)}
    environment["STANDFIRST_DATABASE"] = str(tmp_path / "standfirst.db")
    done = subprocess.run([sys.executable, "-m", "bot", *argv], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    assert code in EXITS[argv[0]]


def test_every_table_can_be_printed_and_no_other():
    for name in TABLES:
        assert parser_of_tasks().parse_args(["reference", name]).what == name
    with pytest.raises(SystemExit):
        parser_of_tasks().parse_args(["reference", "nosuch"])


def test_every_figure_that_is_told_is_shown_and_no_other():
    measures = Measures("1")
    shown = {line.split()[2] for line in measures.exposition().decode().splitlines() if line.startswith("# TYPE standfirst_")}
    assert {family.name for family in measures.families()} == shown
