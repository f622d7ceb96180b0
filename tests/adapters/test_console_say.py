"""One answer, and conversations through pipes."""

import asyncio
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.console.piped import LINE_MAX, converse_piped
from adapters.console.say import say
from adapters.console.screen import Screen
from briefs.commands.ask import Asker
from briefs.message import Button, Buttons, Heading, Message, Outcome
from briefs.message_json import from_json
from tests.contracts.drivers import commands_showing
from tests.gallery import GALLERY

ASKER = Asker("console", "main", "anna")
PAGES = {outcome.value.replace("_", ""): Message("m", (Heading(outcome.value),), outcome=outcome) for outcome in Outcome}
PAGES |= {"gallery": GALLERY, "row": Message("r", (Heading("row"), Buttons((Button("Choice", "/choice"),))))}


@pytest.mark.parametrize(
    ("line", "code"),
    [("/answer", 0), ("/choice", 0), ("/notfound", 1), ("/badinput", 2), ("/fault", 3), ("/nosuchthing", 2), ("", 2)],
)
async def test_the_exit_code_tells_the_outcome(line, code):
    assert await say(commands_showing(PAGES), ASKER, line, screen=Screen(out=io.StringIO())) == code


async def test_json_is_the_message():
    out = io.StringIO()
    assert await say(commands_showing(PAGES), ASKER, "/gallery", as_json=True, screen=Screen(out=out)) == 0
    assert out.getvalue().count("\n") == 1
    assert from_json(out.getvalue()) == GALLERY


async def test_an_answer_once_said_shows_commands_for_buttons():
    out = io.StringIO()
    await say(commands_showing(PAGES), ASKER, "/row", screen=Screen(out=out, width=80))
    assert out.getvalue() == "row\n\nChoice  /choice\n"


async def piped(data, commands=None, *, chunks=()):
    read, write = os.pipe()
    out = io.StringIO()
    task = asyncio.create_task(converse_piped(commands or commands_showing(PAGES), ASKER, read, Screen(out=out, width=80)))
    for chunk in (data, *chunks):
        await asyncio.to_thread(os.write, write, chunk)
        await asyncio.sleep(0.01)
    os.close(write)
    try:
        assert await asyncio.wait_for(task, 60) == 0
    finally:
        os.close(read)
    return out.getvalue()


async def test_lines_are_answered_in_order_and_comments_passed_over():
    assert await piped(b"\n# a comment\n  \n/row\r\n1\n") == "row\n\n1) Choice\n\nchoice\n"


async def test_a_last_line_without_its_end_is_answered():
    assert await piped(b"/choice") == "choice\n"


async def test_a_line_that_comes_in_pieces_is_one_line():
    assert await piped(b"/cho", chunks=(b"i", b"ce\n")) == "choice\n"


async def test_nothing_is_answered_after_leaving():
    assert await piped(b"q\n/choice\n") == ""


async def test_broken_letters_are_answered():
    assert "slash" in await piped(b"\xff\xfe\n")


async def test_a_line_without_end_is_cut_and_told_so():
    commands = commands_showing(PAGES)
    shown = await piped(b"x" * 50_000, commands, chunks=(b"x" * 50_000, b"x" * 50_000, b"\n/choice\n"))
    assert "too long" in shown
    assert shown.endswith("choice\n")
    assert len(commands.heard[0]) <= LINE_MAX


async def test_a_file_is_read_to_its_end(tmp_path):
    (tmp_path / "lines").write_text("/choice\n/row\n")
    out = io.StringIO()
    with (tmp_path / "lines").open("rb") as file:
        await converse_piped(commands_showing(PAGES), ASKER, file.fileno(), Screen(out=out, width=80))
    assert out.getvalue() == "choice\n\nrow\n\n1) Choice\n"


REPOSITORY = Path(__file__).parents[2]


def standfirst(*arguments, folder, given=b"", **environment):
    """Run the real command on a fresh store."""
    surroundings = {"PATH": os.environ["PATH"], "HOME": str(folder), "STANDFIRST_DATABASE": str(folder / "s.db"), **environment}
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(command, input=given, capture_output=True, cwd=REPOSITORY, env=surroundings, timeout=60, check=False)


def test_the_command_answers_without_escapes_in_a_pipe(tmp_path):
    done = standfirst("say", "/brief iraq", folder=tmp_path, TERM="xterm-256color")
    assert done.returncode == 0, done.stderr
    assert b"\x1b" not in done.stdout
    assert "[1]" in done.stdout.decode()


def test_the_chat_answers_what_is_piped_to_it(tmp_path):
    done = standfirst("chat", folder=tmp_path, given=b"/entity hezbollah\n1\n")
    assert done.returncode == 0, done.stderr
    shown = done.stdout.decode()
    assert "1) Hezbollah · Lebanon" in shown
    assert "Kind " in shown


def test_a_reader_that_leaves_early_is_no_fault(tmp_path):
    surroundings = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "STANDFIRST_DATABASE": str(tmp_path / "s.db")}
    script = f"yes /brief | head -200 | {sys.executable} -m bot chat | head -1"
    done = subprocess.run(["bash", "-c", script], capture_output=True, cwd=REPOSITORY, env=surroundings, timeout=60, check=False)
    assert done.stderr == b""
    assert done.stdout.count(b"\n") == 1


def test_one_answer_imports_no_line_editor(tmp_path):
    code = "import sys, adapters.console.say; sys.exit('prompt_toolkit' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, timeout=60, check=False).returncode == 0
