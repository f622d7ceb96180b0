"""What is told to be typed works where the program was started."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.started import as_started, program
from tests.bot.command_line import REPOSITORY, Shell

MAIN = str(REPOSITORY / "bot" / "__main__.py")


@pytest.fixture
def clone(tmp_path):
    """A folder with the environment that `make run` makes in it."""
    (tmp_path / ".venv").symlink_to(sys.prefix)
    return Shell(tmp_path, {"PATH": "/usr/bin:/bin"}, program=(".venv/bin/standfirst",))


def test_what_was_started_by_a_path_is_told_by_that_path_and_works(clone):
    told = clone.run("init", typed=("none", "none", "UTC")).stdout
    assert "Next: .venv/bin/standfirst chat opens the chat" in told
    typed = told.partition("Next: ")[2].partition(" opens")[0].split()
    assert typed == [".venv/bin/standfirst", "chat"]
    done = subprocess.run([*typed[:1], "say", "/brief"], env=clone.full, cwd=clone.folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0


def test_doctor_health_and_refusals_tell_it_the_same_way(clone):
    mends = " ".join(finding["mend"] for finding in clone.doctor()[1])
    assert ".venv/bin/standfirst init sets one up" in mends
    assert "or try: .venv/bin/standfirst chat." in clone.run("run").stderr
    clone.environment["STANDFIRST_OBSERVE__PORT"] = "9"
    assert "Is `.venv/bin/standfirst run` running?" in clone.run("health").stdout


def test_what_is_found_by_its_name_is_told_by_its_name(tmp_path):
    assert "Next: standfirst chat opens" in Shell(tmp_path).run("init", typed=("none", "none", "UTC")).stdout


def test_a_module_is_told_as_one(tmp_path):
    shell = replace(Shell(tmp_path), program=(sys.executable, "-m", "bot"))
    assert f"Next: {Path(sys.executable).name} -m bot chat opens" in shell.run("init", typed=("none", "none", "UTC")).stdout


@pytest.mark.parametrize(
    ("argument", "python", "told"),
    [
        pytest.param("/nowhere/bin/standfirst", "/nowhere/bin/python", "/nowhere/bin/standfirst", id="another folder"),
        pytest.param("/home/anna/news/.venv/bin/standfirst", "", ".venv/bin/standfirst", id="this folder"),
        pytest.param("../my tools/standfirst", "", "'../my tools/standfirst'", id="with a blank"),
        pytest.param(r"bin/standfirst.exe", "", "bin/standfirst.exe", id="with an ending"),
        pytest.param(MAIN, "/home/anna/news/.venv/bin/python", ".venv/bin/python -m bot", id="a module of another interpreter"),
        pytest.param("/usr/bin/pytest", "/usr/bin/python3", "standfirst", id="something else"),
    ],
)
def test_it_is_told_as_short_as_it_can_be_typed(argument, python, told):
    assert program(argument, python, Path("/home/anna/news")) == told


@pytest.mark.parametrize(
    "text",
    ["/standfirst doctor", "standfirst.db", "var/standfirst run", "the standfirst.", "@standfirst in a channel", "my-standfirst log"],
)
def test_what_is_no_call_of_the_program_stays(monkeypatch, text):
    monkeypatch.setattr("bot.started.here", lambda: "./x")
    assert as_started(text) == text
    assert as_started("standfirst run, standfirst chat") == "./x run, ./x chat"
