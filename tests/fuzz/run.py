"""Batches of hostile messages, each from its own seed, rendered for every platform and held against its model."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

from briefs.message import Message
from tests.fuzz import on_console, on_discord, on_slack
from tests.fuzz.asked import Newsroom, fault
from tests.fuzz.blocks import any_message
from tests.fuzz.texts import Dice

PLATFORMS = ("discord", "slack", "console")


@dataclass(frozen=True)
class Finding:
    """Something wrong with one message on one platform, and how to make that message again.

    Args:
        batch: the seed of its batch.
        number: its place in the batch, from 0.
        asked: what it answers.
    """

    platform: str
    what: str
    batch: str
    number: int
    asked: str


async def batch(seed: str, messages: int, store: Path) -> list[Finding]:
    """Make so many messages from a seed, and find what is wrong with them.

    Args:
        store: a prepared store, of which a copy is used.
    """
    dice, found, number = Dice(seed), [], 0
    with tempfile.TemporaryDirectory() as folder:
        async for asked, message in _messages(dice, messages, store, Path(folder)):
            found += [Finding(platform, what, seed, number, asked) for platform, what in _held(asked, message, dice)]
            number += 1
    return found


async def _messages(dice: Dice, messages: int, store: Path, folder: Path) -> AsyncIterator[tuple[str, Message]]:
    """Two of three are a bot's answers, the others any message there could be."""
    room = await Newsroom.open(store, folder, dice)
    try:
        for number in range(messages):
            yield ("", any_message(dice)) if number % 3 == 0 else await room.answer()
    finally:
        await room.close()


def _held(asked: str, message: Message, dice: Dice) -> Iterator[tuple[str, str]]:
    """What is wrong, by platform, each once."""
    marked, width, first = dice.random() < 0.5, dice.choice([20, 40, 80, 100, 200]), dice.choice([1, 990, None])
    ways = {
        "discord": lambda: on_discord.findings(message, marked=marked),
        "slack": lambda: on_slack.findings(message, marked=marked),
        "console": lambda: on_console.findings(message, width=width, first=first),
    }
    for platform, findings in ways.items():
        try:
            found = findings()
        except Exception as error:  # noqa: BLE001 a message that cannot be shown is a finding like others
            found = [f"{type(error).__name__}: {str(error)[:120]}"]
        yield from ((platform, what) for what in dict.fromkeys(found))
    yield from (("every platform", what) for what in fault(asked, message))
