"""`standfirst init` at a terminal: nothing that is secret is echoed, and Ctrl-C is understood."""

import os
import pty
import select
import subprocess
import time

from tests.bot.command_line import NOWHERE, Shell

SECRET = "pasted-but-never-shown"


def until(terminal, text, told, seconds=60):
    """Read on until that text has come."""
    end = time.monotonic() + seconds
    while text not in told and time.monotonic() < end:
        if not select.select([terminal], [], [], 0.1)[0]:
            continue
        try:
            told += os.read(terminal, 4_096).decode("utf-8", "replace")
        except OSError:  # the other end has gone
            break
    assert text in told, told
    return told


def test_a_token_is_not_echoed_nor_called_back_and_ctrl_c_says_what_to_do(tmp_path):
    shell = Shell(tmp_path, {"STANDFIRST_DISCORD__API_URL": NOWHERE, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", "COLUMNS": "200"})
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*shell.program, "init"], env=shell.full, cwd=tmp_path, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    try:
        told = until(ours, "Which platforms?", "")
        os.write(ours, b"discord\r")
        told = until(ours, "Paste the bot token", told)
        os.write(ours, SECRET.encode() + b"\r")
        told = until(ours, "Discord cannot be reached", told)
        os.write(ours, b"\r")
        told = until(ours, "as this machine", told)
        time.sleep(1)  # until the line editor reads keys
        os.write(ours, b"\x1b[A")  # the arrow that calls back what was typed before
        os.write(ours, b"\x03")
        told = until(ours, "Run standfirst init again", told)
        assert process.wait(60) == 130
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    assert SECRET not in told
    assert "*" * 8 in told
    assert "was left as it was" in told
    assert shell.everything() == {}
