"""The bot for comparison, send-then-mark, under the same kills: a soak that finds nothing there would find nothing anywhere."""

import asyncio
import random
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from briefs.digest import Place
from tests.soak.counting import Asked, Count, Edition, Post, Row, count
from tests.soak.lives import Life, begin
from tests.soak.peer import TABLE
from tests.soak.platforms import PEER_BOT, PEER_GUILD, PEER_TEAM, Platforms, token
from tests.soak.readers import NAME, on_discord, on_slack
from tests.soak.state import State

CHANNELS: Final = {"discord": 20, "slack": 20}
EDITIONS: Final = {"discord": 30, "slack": 10}  # due in a life
SPACES: Final = {"discord": f"discord:{PEER_GUILD}", "slack": f"slack:{PEER_TEAM}"}
LIFE: Final = (0.0, 1.0)  # seconds after its first post: killed before it, it could double nothing
AT_WORK_MAX: Final = 30.0  # seconds until then, on a slow machine
PEACE_MAX: Final = 60.0  # seconds
DAY: Final = "-"  # it knows no dates


class Names:
    """Whose post it is by the name in its words: this bot leaves no mark."""

    def post(self, place: Place, marks: Iterable[str], at: float, words: str) -> Post:
        """The post, as of the edition that it names."""
        named = NAME.search(words)
        return Post(Edition(place, named[1], DAY) if named else None, 1, at, place, words[:200])


def database_in(folder: Path) -> Path:
    """Its list of what is due."""
    return folder / "peer.db"


async def run(folder: Path, platforms: Platforms, state: State, kills: int, seed: int) -> None:
    """Kill it so many times in all; then let it run in peace."""
    with closing(sqlite3.connect(database_in(folder), isolation_level=None, timeout=30)) as due:
        due.execute(TABLE)
        channels = {name: platforms.channels(name, number, peer=True) for name, number in CHANNELS.items()}
        for name, ids in channels.items():
            state.all_channels.setdefault(f"peer {name}", []).extend(ids)
        while state.peer_kills < kills:
            dice = random.Random(f"{seed}:{state.peer_kills}")
            places = [name for name, number in EDITIONS.items() for _ in range(number)]
            due.executemany(
                "INSERT OR IGNORE INTO due VALUES (?, ?, ?, ?, ?, 0)",
                [
                    (f"soak{state.peer_kills}x{n}", name, SPACES[name], dice.choice(channels[name]), time.time() + dice.uniform(0, 1))
                    for n, name in enumerate(places)
                ],
            )
            life = await _at_work(folder, platforms, due)
            await asyncio.sleep(dice.uniform(*LIFE))
            life.kill()
            state.peer_kills += 1
            state.save(folder)
        platforms.hostile()
        life, ends = _begin(folder, platforms), time.monotonic() + PEACE_MAX
        while time.monotonic() < ends and due.execute("SELECT count(*) FROM due WHERE done = 0").fetchone()[0]:  # noqa: ASYNC110 another process
            await asyncio.sleep(0.5)
        life.kill()


async def _at_work(folder: Path, platforms: Platforms, due: sqlite3.Connection) -> Life:
    """A life that has begun to post."""
    marked = "SELECT count(*) FROM due WHERE done = 1"
    before = due.execute(marked).fetchone()[0]
    life, ends = _begin(folder, platforms), time.monotonic() + AT_WORK_MAX
    while time.monotonic() < ends and due.execute(marked).fetchone()[0] == before:  # noqa: ASYNC110 another process
        await asyncio.sleep(0.02)
    return life


def counted(folder: Path, state: State) -> Count:
    """What readers saw of it."""
    with closing(sqlite3.connect(database_in(folder), timeout=30)) as due:
        due.execute(TABLE)
        found = due.execute("SELECT space, channel, name, at, done FROM due").fetchall()
    editions = [(Edition(Place(space, channel), name, DAY), at, done) for space, channel, name, at, done in found]
    rows = [Row(edition, 1, "sent" if done else "pending", "", 1, at) for edition, at, done in editions]
    return count([Asked(edition, at) for edition, at, _ in editions], rows, _posts(folder, state))


def _begin(folder: Path, platforms: Platforms) -> Life:
    addresses = [platforms.address("discord"), token(PEER_BOT), platforms.address("slack"), f"xoxb-{PEER_TEAM}"]
    return begin(["tests.soak.peer", str(database_in(folder)), *addresses], {}, folder, "peer.log")


def _posts(folder: Path, state: State) -> Iterator[Post]:
    theirs = state.all_channels
    yield from on_discord(folder / "discord.journal.jsonl", dict.fromkeys(theirs.get("peer discord", ()), PEER_GUILD), Names())
    yield from on_slack(folder / "slack.journal.jsonl", [PEER_TEAM], theirs.get("peer slack", ()), Names())
