"""A backup of a bot that delivers, put back elsewhere: another file, another process; and what readers saw of both."""

import asyncio
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefs.desk.lane import PUT_BACK
from briefs.digest import Place
from tests.soak import books
from tests.soak.books import a_subscription, edition_of, opened
from tests.soak.counting import count
from tests.soak.lives import ROOT, Life, begin
from tests.soak.platforms import GUILD, SLACK_TEAM, Platforms
from tests.soak.readers import Keys, on_discord, on_slack

PATIENCE = 60.0  # seconds; what takes longer does not happen
CHANNELS = 3  # on each platform
SECOND = timedelta(seconds=1)


class Soaked:
    """Both platforms, channels on them, and what is asked for there."""

    def __init__(self, folder: Path, platforms: Platforms):
        self.folder, self.platforms = folder, platforms
        self.channels = {name: platforms.channels(name, CHANNELS) for name in ("discord", "slack")}
        self.asked = []

    @property
    def places(self) -> list[Place]:
        spaces = {"discord": f"discord:{GUILD}", "slack": f"slack:{SLACK_TEAM}"}
        return [Place(spaces[name], channel) for name, channels in self.channels.items() for channel in channels]

    async def subscribe(self, database: Path, name: str, kind, due: datetime) -> None:
        """In every channel."""
        storage = await opened(database)
        for place in self.places:
            subscription, slot = a_subscription(place, name, kind, due)
            await storage.subscriptions.put(subscription, slot)
            self.asked.append(edition_of(subscription, slot))
        await storage.close()

    def environment(self, database: Path) -> dict[str, str]:
        return {**self.platforms.environment(), "STANDFIRST_DATABASE": str(database), "STANDFIRST_SETTLE": "1"}

    def run(self, database: Path) -> Life:
        return begin(["bot", "run"], self.environment(database), self.folder, "bot.log")

    def cli(self, database: Path, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            env={"PATH": "/usr/bin", "PYTHONPATH": str(ROOT), "HOME": str(self.folder), **self.environment(database)},
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        return done.stdout

    def seen(self, database: Path):
        """What readers saw, held against that ledger."""
        rows = books.ledger(database)
        keys = Keys(books.known_keys(self.asked, rows))
        guilds = dict.fromkeys(self.channels["discord"], GUILD)
        posts = [*on_discord(self.platforms.journal("discord"), guilds, keys)]
        posts += on_slack(self.platforms.journal("slack"), {SLACK_TEAM}, self.channels["slack"], keys)
        return rows, posts, count(self.asked, rows, posts)


async def until(true) -> None:
    end = time.monotonic() + PATIENCE
    while not await asyncio.to_thread(true):
        assert time.monotonic() < end, "it did not happen in time"
        await asyncio.sleep(0.1)


def states(database: Path, name: str) -> set[str]:
    return {row.state for row in books.ledger(database) if row.edition.name == name}


def done(database: Path) -> bool:
    """Whether nothing is due or owed any more."""
    return not books.owed(database, datetime.now(UTC))


@pytest.fixture
def soaked(tmp_path):
    with Platforms(tmp_path) as platforms:
        yield Soaked(tmp_path, platforms)


async def test_restored_elsewhere_a_bot_goes_on_and_every_edition_was_seen_once(soaked, tmp_path):
    here, elsewhere, backup = tmp_path / "s.db", tmp_path / "elsewhere" / "other.db", tmp_path / "backup.db"
    now = datetime.now(UTC)
    # Before the backup, across it, after it, and after the restore.
    for name, kind, after in (("soak1x1", "short", 1), ("soak1x2", "long", 3), ("soak1x3", "silent", 16)):
        await soaked.subscribe(here, name, kind, now + after * SECOND)
    first = soaked.run(here)
    try:
        await until(lambda: here.exists() and states(here, "soak1x1") == {"sent"})
        await until(lambda: states(here, "soak1x2") & {"sending", "sent"})
        told = soaked.cli(here, "backup", str(backup))
        assert "read again, and whole" in told and ".env" in told
        owed = len([row for row in books.ledger(backup) if row.state in {"pending", "sending"}])
        # Whatever the backup owes, and an edition it has not planned, comes before the end.
        await until(lambda: states(here, "soak1x3") == {"sent"} and done(here))
    finally:
        first.kill()
    assert not soaked.seen(here)[2].findings
    # Nobody can read one of the channels any more.
    hidden = soaked.places[0]
    soaked.platforms.readable("discord", hidden.channel, readable=False)

    told = soaked.cli(elsewhere, "restore", str(backup))
    assert "looked for in its channel before it is posted" in told
    assert [row.state for row in books.ledger(elsewhere)] == [row.state for row in books.ledger(backup)]
    await soaked.subscribe(elsewhere, "soak1x4", "short", datetime.now(UTC) + 4 * SECOND)
    second = soaked.run(elsewhere)
    try:
        await until(lambda: states(elsewhere, "soak1x4") and done(elsewhere))
        assert await second.stop()
    finally:
        second.kill()

    rows, posts, counted = soaked.seen(elsewhere)
    untold = {row.edition for row in rows if row.state == "unknown"}
    # What the backup did not know to be sent, and cannot be seen, is told; and so is the edition of that day after it.
    assert {(edition.place, edition.name) for edition in untold} <= {(hidden, f"soak1x{n}") for n in (2, 3, 4)}
    assert {(hidden, "soak1x3"), (hidden, "soak1x4")} <= {(edition.place, edition.name) for edition in untold}
    assert {row.reason for row in rows if row.state == "unknown"} <= {PUT_BACK, "the part before it is not there"}
    assert {row.state for row in rows if row.edition not in untold} == {"sent"}
    assert not counted.findings, (owed, counted.findings)
    # Counted by hand, too: nobody saw any part twice, and everybody what was asked for.
    once = [(post.edition, post.part) for post in posts]
    assert len(once) == len(set(once))
    assert {edition for edition, part in once if part == 1} == {one.edition for one in soaked.asked} - {
        edition for edition in untold if edition.name == "soak1x4"
    }
