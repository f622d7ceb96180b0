"""The bot under a few kills, with hostile platforms: what `make soak` does at length."""

import asyncio
import json

import pytest

from tests.soak import comparison, run
from tests.soak.platforms import Platforms
from tests.soak.state import State

# Every way of losing an answer, often, and no time in which nothing can be looked for: that would take minutes.
HOSTILE = {"lost": 0.04, "late_cut": 0.04, "late_error": 0.02, "error_after": 0.02, "outage_every": 0.0}


def plan(folder, kills):
    editions = {"discord": 6, "slack": 1, "console": 2}
    return run.Plan(folder, kills, settle=1, life=(0.3, 0.6), wave=False, hostile=HOSTILE, editions=editions)


async def stopped_after(folder, kills):
    """A soak that is stopped in the middle of things."""
    running = asyncio.create_task(run.run(plan(folder, 1_000)))
    while not running.done() and State.of(folder).kills < kills:  # noqa: ASYNC110 it is told in a file
        await asyncio.sleep(0.05)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_digests_arrive_once_and_only_once_whenever_the_bot_is_killed(tmp_path):
    await stopped_after(tmp_path, 7)
    state = await run.run(plan(tmp_path, 20))
    assert state.kills >= 20
    found = run.counted(tmp_path, state)
    assert found.findings == ()
    assert found.once > 0.8 * found.deliveries > 60
    under_way = [json.loads(line) for line in (tmp_path / "lives.jsonl").read_text().splitlines()]
    assert any("sending" in name for life in under_way for name in life)
    # And that it would have been found otherwise.
    journal = tmp_path / "slack.journal.jsonl"
    for what in ("doubled", "lost"):
        true = journal.read_bytes()
        plant(journal, what)
        assert [finding.what for finding in run.counted(tmp_path, state).findings] == [what]
        journal.write_bytes(true)


async def test_a_bot_that_posts_and_then_marks_is_found_to_double(tmp_path):
    state = State()
    with Platforms(tmp_path) as platforms:
        platforms.hostile(lost=0.2, seed=1)
        await comparison.run(tmp_path, platforms, state, 3, seed=1)
    found = comparison.counted(tmp_path, state)
    assert found.number("doubled") > 5


def plant(journal, what):
    """A loss or a double that no ledger knows of: the first post of the journal goes, or comes again."""
    lines = journal.read_text().splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith('{"do": "post"'))
    again = json.loads(lines[first])
    again["message"]["ts"] = f"{float(again['message']['ts']) + 60:.6f}"
    lines[first : first + 1] = [] if what == "lost" else [lines[first], json.dumps(again)]
    journal.write_text("\n".join([*lines, ""]))
