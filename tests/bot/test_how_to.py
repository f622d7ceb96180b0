"""The ways that docs/how-to leads, walked word by word against platforms of our own."""

import asyncio
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
BLOCK = re.compile(r"^```init\n(.*?)^```$", re.DOTALL | re.MULTILINE)
ANYTHING = "[...]"
WALKS = {
    "first-server": lambda p: ("discord", p.discord.token, "none", "Europe/London", "1", "n"),
    "first-workspace": lambda p: ("slack", p.slack.token, p.slack.app_token, "none", "Europe/London", "C1", "n"),
}


def shown(page):
    """What the page says that init says, line by line."""
    text = "".join(BLOCK.findall((HOW_TO / f"{page}.md").read_text(encoding="utf-8")))
    return [line.strip() for line in text.splitlines() if line.strip() and line.strip() != ANYTHING]


@pytest.mark.parametrize("page", WALKS)
async def test_init_says_what_the_page_says_in_that_order_and_run_starts(platforms, page):
    # The page begins in a clone whose environment `make run` has made.
    (platforms.shell.folder / ".venv").symlink_to(sys.prefix)
    environment = platforms.shell.environment | {"PATH": "/usr/bin:/bin"}
    shell = replace(platforms.shell, environment=environment, program=(".venv/bin/standfirst",))
    done = await asyncio.to_thread(shell.run, "init", typed=WALKS[page](platforms))
    print(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    at = 0
    assert shown(page)
    for line in shown(page):
        assert line in done.stdout[at:], line
        at = done.stdout.index(line, at) + len(line)
    with shell.started("run") as process:
        told = await asyncio.to_thread(process.stdout.readline)
        assert told.startswith(f"Running: {'discord' if page == 'first-server' else 'slack'}")
