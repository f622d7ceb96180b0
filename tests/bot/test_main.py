"""The command line as a process: exit codes, one sentence for each failure, no traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


def standfirst(tmp_path, *arguments, shell="", **settings):
    """Run the command in a folder of its own; `shell` is what follows it in a shell, a redirection say."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(REPOSITORY), "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    command = ["bash", "-c", f'"$@" {shell}', "-", sys.executable, "-m", "bot", *arguments]
    return subprocess.run(command, env={**environment, **settings}, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(
    ("line", "code"),
    [("/brief", 0), ("/entity hezbollah", 0), ("/entity Atlantis", 1), ("/brief iraq size:huge", 2), ("/digest subscribe", 2)],
)
def test_the_exit_code_tells_the_kind_of_answer(tmp_path, line, code):
    done = standfirst(tmp_path, "say", line)
    assert (done.returncode, done.stderr) == (code, "")
    assert done.stdout


def test_what_the_shell_kept_together_stays_together(tmp_path):
    done = standfirst(tmp_path, "say", "/entity", "Kataeb Hezbollah", "compare:Hezbollah · Lebanon")
    assert done.returncode == 0
    assert "Not the same" in done.stdout


def test_json_is_json_for_an_answer_and_for_a_store_that_is_down(tmp_path):
    assert json.loads(standfirst(tmp_path, "say", "--json", "/brief").stdout)["outcome"] == "answer"
    down = standfirst(tmp_path, "say", "--json", "/brief", STANDFIRST_DATABASE=str(tmp_path))
    assert json.loads(down.stdout)["outcome"] == "fault"
    assert down.returncode == 3


@pytest.mark.parametrize(
    ("shell", "settings", "code"),
    [
        pytest.param(">/dev/full", {}, 3, id="no-room-for-the-answer"),
        pytest.param(">&-", {}, 0, id="nobody-listens"),
        pytest.param("| head -1", {}, 0, id="reader-leaves"),
        pytest.param("", {"STANDFIRST_EXAMPLE": "foo"}, 2, id="group-as-one"),
        pytest.param("", {"STANDFIRST_DATABASE": "/dev/null/x.db"}, 3, id="no-such-folder"),
        pytest.param("", {"STANDFIRST_DATABASE": "postgresql://u:secret@h/db"}, 3, id="another-engine"),
        pytest.param("", {"STANDFIRST_ZONE": "Factory"}, 2, id="no-such-zone"),
    ],
)
def test_what_fails_fails_in_one_sentence(tmp_path, shell, settings, code):
    done = standfirst(tmp_path, "say", "/brief iraq", shell=shell, **settings)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr
    assert done.stderr.count("\n") == (0 if code == 0 else 1)
    assert not (tmp_path / "postgresql:").exists()


def test_a_fault_is_one_sentence_with_its_number_and_the_log_has_the_rest(tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "library.toml").symlink_to(tmp_path / "nowhere")
    done = standfirst(tmp_path, "say", "/brief", STANDFIRST_LIBRARY=str(tmp_path / "own"))
    assert done.returncode in {2, 3}
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_file_for_settings_works_as_it_stands(tmp_path):
    text = (REPOSITORY / ".env.example").read_text()
    lines = [line.removeprefix("# ") for line in text.splitlines() if line.startswith("# STANDFIRST_")]
    (tmp_path / ".env").write_text("\n".join(lines))
    done = standfirst(tmp_path, "say", "/brief")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / ".local" / "share" / "standfirst" / "standfirst.db").is_file()


def test_ingest_says_what_became_of_each_file(tmp_path):
    (tmp_path / "ferry.txt").write_text("The ferry sank.\nNobody was hurt. It was Monday.\n")
    (tmp_path / "empty.txt").write_text("")
    first = standfirst(tmp_path, "ingest", "ferry.txt", "empty.txt")
    again = standfirst(tmp_path, "ingest", "ferry.txt")
    assert first.returncode == 2
    assert "ferry.txt: stored as ferry · 2 paragraphs, 3 sentences" in first.stdout
    assert "1 of 2 files read." in first.stdout
    assert first.stderr == "empty.txt: There is nothing to brief: no text in it.\n"
    assert "already here as ferry" in again.stdout
    assert "Nobody was hurt." in standfirst(tmp_path, "say", "/source ferry:2").stdout


def test_a_file_with_form_feeds_and_escapes_reaches_no_reader_with_them(tmp_path):
    (tmp_path / "a.txt").write_text("Page one ends here.\fPage two begins.\n" + "Words, and words again. " * 30 + "\x1b[31mRed.\n")
    standfirst(tmp_path, "ingest", "a.txt")
    shown = standfirst(tmp_path, "say", "/source a:1").stdout
    assert "herePage" not in shown
    assert "\x1b" not in shown
