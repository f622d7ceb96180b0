"""A channel with its manager and the desk behind it, at whatever moment a test says it is."""

import re
from datetime import UTC, datetime, timedelta

from bot.wiring import Bot
from briefs.commands.ask import Asker
from briefs.desk.subscribe import Subscribe
from briefs.digest import Place, Unknown
from briefs.message import Message, Section, buttons
from briefs.pages.terms import Standing
from tests.clocked import Clocked
from tests.fakes import FakePublisher
from tests.words import words_of

SUNDAY = datetime(2026, 11, 22, 6, tzinfo=UTC)
DUE = SUNDAY + timedelta(minutes=90)  # 07:30 in London
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
DAILY = "/digest subscribe at:07:30 tz:Europe/London empty:say"


class Channel(FakePublisher):
    """A channel whose posts have addresses."""

    def address(self, channel: Place, receipt: str) -> str:
        return f"https://chat.example/{channel.channel}/{receipt.removeprefix('fake:')}"


class Room:
    """The console's channel, with a scripted publisher and a clock that stands still."""

    def __init__(self, bot: Bot) -> None:
        self.bot, self.desk, self.channel = bot, bot.desk, Channel()
        self.deliver = Clocked(bot.storage, {"console": self.channel})
        self.deliver.now = SUNDAY
        books = bot.storage
        subscribe = Subscribe(books.subscriptions, books.ledger, books.spaces, {"console": self.channel})
        for name, value in {"deliver": self.deliver, "now": lambda: self.deliver.now, "subscribe": subscribe}.items():
            object.__setattr__(bot.desk, name, value)

    def at(self, moment: datetime) -> None:
        """From now on it is that moment."""
        self.deliver.now = moment

    async def say(self, line: str, asker: Asker | None = None) -> Message:
        """The answer to what the manager types, or somebody else."""
        return await self.bot.commands.answer_line(line, asker or self.bot.asker)

    async def press(self, message: Message, label: str) -> Message:
        """The answer to a press, by the beginning of its label."""
        [button] = [b for b in buttons(message) if b.label == label or b.label.startswith(f"{label} ·")]
        return await self.say(button.command)

    async def wave(self, moment: datetime | None = None) -> int:
        """Plan and post whatever is due; how many posts that made."""
        before = len(self.channel.posts)
        await self.deliver.run_at(moment or self.deliver.now)
        return len(self.channel.posts) - before

    async def lose_an_answer(self, moment: datetime = DUE) -> None:
        """Leave the edition due then in a state of which nobody can tell: it arrived, and the channel cannot be read."""
        self.channel.script, self.channel.loses_answers, self.channel.readable = [Unknown("lost")], True, False
        await self.wave(moment)
        self.channel.loses_answers = False
        await self.wave(moment + 10 * MINUTE)

    async def edition(self, name: str = "daily") -> Standing:
        """The edition as it stands."""
        return await self.desk.subscribe.standing(self.bot.asker.place, name, self.deliver.now)

    async def editions(self) -> list[str]:
        """The names of the channel's editions."""
        return [subscription.name for subscription, _ in await self.desk.subscribe.all(self.bot.asker.place)]

    def dates(self) -> list[str]:
        """The local dates of what was posted, in order."""
        return [key.split(":")[-2] for _, key, _ in self.channel.posts]


def section(message: Message, title: str) -> list[str]:
    """The lines of that section, as words."""
    told = [line for block in message.blocks if isinstance(block, Section) and block.title == title for line in block.lines]
    return [re.sub(r" +", " ", words_of(line)) for line in told]


def labels(message: Message) -> list[str]:
    """What can be pressed, in reading order."""
    return [button.label for button in buttons(message)]
