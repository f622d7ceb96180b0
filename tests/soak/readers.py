"""What readers saw, from the journals of the platforms and the console's file."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol

from adapters.discord.keys import mark_of as discord_mark
from adapters.discord.presses import mark_in as mark_in_id
from adapters.slack.keys import mark_of as slack_mark
from adapters.slack.presses import mark_in as mark_in_block
from briefs.digest import Place
from tests.loopback.discord_world import EPOCH
from tests.soak.counting import Edition, Post

NAME: Final = re.compile(r"(soak\d+x\d+)", re.IGNORECASE)  # the names of the soak's editions, which stand in every edition's title
_IDS: Final = re.compile(r'"(?:custom_id|block_id)": "([^"]*)"')


class Finder(Protocol):
    """Says whose post it is."""

    def post(self, place: Place, marks: Iterable[str], at: float, words: str) -> Post:
        """The post, as of an edition where it is of one.

        Args:
            marks: every mark in its ids; on the console its key.
        """
        ...


class Keys:
    """Whose post a mark, or on the console a key, is.

    Args:
        keys: of every part that was owed: its key, its edition, and its number.
    """

    def __init__(self, keys: Iterable[tuple[str, Edition, int]]) -> None:
        self._known: dict[tuple[Place, str], tuple[Edition, int]] = {}
        for key, edition, part in keys:
            self._known[edition.place, written(edition.place, key)] = (edition, part)

    def post(self, place: Place, marks: Iterable[str], at: float, words: str) -> Post:
        """The post as one of an edition; where its own words name another one, or its mark none, as nobody's."""
        found = next((self._known[place, mark] for mark in marks if (place, mark) in self._known), None)
        named = NAME.search(words)
        if found is None or (named and named[1].lower() != found[0].name):
            return Post(None, 1, at, place, words[:200])
        return Post(*found, at, place)


def written(place: Place, key: str) -> str:
    """How a key stands in a post of that place."""
    match place.space.partition(":")[0]:
        case "discord":
            return discord_mark(place.channel, key)
        case "slack":
            return slack_mark(place.channel, key)
        case _:
            return key


def on_discord(journal: Path, guilds: Mapping[str, str], keys: Finder) -> Iterator[Post]:
    """The bot's posts; `guilds` are the servers of the channels that count."""
    for event in _posts(journal):
        if (guild := guilds.get(event["channel"])) is not None:
            message = event["message"]
            at = ((int(message["id"]) >> 22) + EPOCH) / 1000
            text = json.dumps(message["components"]) + message["content"]
            yield keys.post(Place(f"discord:{guild}", event["channel"]), map(mark_in_id, _IDS.findall(text)), at, text)


def on_slack(journal: Path, teams: Iterable[str], channels: Iterable[str], keys: Finder) -> Iterator[Post]:
    """The bot's posts in those workspaces and channels."""
    spaces, places = set(teams), set(channels)
    for event in _posts(journal):
        if event["team"] in spaces and event["channel"] in places:
            message = event["message"]
            text = json.dumps(message["blocks"]) + message["text"]
            place = Place(f"slack:{event['team']}", event["channel"])
            yield keys.post(place, map(mark_in_block, _IDS.findall(text)), float(message["ts"]), text)


def on_console(file: Path, keys: Finder) -> Iterator[Post]:
    """The posts in the console's file; what a kill cut short is nobody's."""
    for line in file.read_bytes().split(b"\n") if file.exists() else ():
        try:
            told = json.loads(line)
        except ValueError:
            continue
        if str(told["key"]).startswith("digest:"):
            at = datetime.fromisoformat(told["posted"]).timestamp()
            yield keys.post(Place("console", told["channel"]), [told["key"]], at, json.dumps(told["message"]))


def tried(traces: Iterable[Path]) -> set[str]:
    """The marks of all that was ever sent to a platform, be it taken or not."""
    found: set[str] = set()
    for trace in traces:
        with trace.open(encoding="utf-8") as lines:
            marks = (json.loads(line)["mark"] for line in lines if '"mark": "' in line)
            found.update(mark_in_block(mark) or mark for mark in marks)
    return found


def earned(trace: Path, theirs: Iterable[str], since: float = 0.0) -> int:
    """How many 429s a platform's trace tells of that were earned by asking too often, without those of other bots.

    Args:
        theirs: texts that stand in a line of another bot's.
        since: seconds since 1970.
    """
    others = tuple(theirs)
    lines = trace.read_text("utf-8").splitlines() if trace.exists() else []
    return sum(
        '"fault": "earned"' in line and not any(other in line for other in others) and json.loads(line)["at"] >= since for line in lines
    )


def _posts(journal: Path) -> Iterator[dict[str, Any]]:
    with journal.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith('{"do": "post"'):
                yield json.loads(line)
