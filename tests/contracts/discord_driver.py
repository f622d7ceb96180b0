"""How the adapter contract speaks to Discord: somebody in a conversation with the real bot, in a Discord in memory."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace

from adapters.discord.client import Client
from adapters.discord.presses import too_long
from adapters.discord.publisher import DiscordPublisher
from adapters.discord.render import render
from briefs.commands.answer import Commands
from briefs.digest import Place, Sent
from briefs.message import Button, Buttons, Message, Prose, words
from briefs.ports import Absent
from tests.adapters.discord.payloads import walk
from tests.adapters.discord.server import Press, Quick, answers, components, shown

BUTTON, MENU = 2, 3


class Kept:
    """Long lines and notes, for as long as the test lasts."""

    def __init__(self) -> None:
        self.lines: dict[str, str] = {}
        self.notes: dict[str, str] = {}

    async def keep_all(self, space: str, lines: Sequence[str]) -> Mapping[str, str]:
        shorts = {line: f"{abs(hash((space, line))):022}" for line in lines}
        self.lines |= {short: line for line, short in shorts.items()}
        return shorts

    async def recall(self, space: str, short: str) -> str | None:
        return self.lines.get(short)

    async def noted(self, space: str, name: str) -> str:
        return self.notes.get(name, "")

    async def note(self, space: str, name: str, value: str) -> None:
        self.notes[name] = value


class OneChannel:
    """The real publisher, of the driver's one channel: the contract names places that other platforms have."""

    def __init__(self, driver: "DiscordDriver") -> None:
        self.driver = driver

    async def find(self, channel: Place, key: str) -> Sent | Absent:
        async with self.driver.connected() as publisher:
            return await publisher.find(self.driver.place, key)


class DiscordDriver:
    """Types where the line is a command that Discord offers; what it does not offer can only come from a button."""

    def __init__(self, commands: Commands, folder: Path) -> None:
        self.commands = commands
        self.publisher = OneChannel(self)
        self.kept = Kept()
        self.env = Quick(self._client(), shard_count=1)
        self.anna = self.env.create_user("anna")
        self.channel = self.env.create_guild().create_text_channel("general")
        self.place = Place(f"discord:{self.channel.guild.id}", str(self.channel.id))

    async def ask(self, line: str) -> str:
        async with self.connected():
            # Discord shows who is mentioned by name.
            return shown(*await self._answers(line)).replace("<@42>", "@Anna")

    async def press(self, line: str, button: Button, place: int) -> str:
        async with self.connected():
            found = [(message, press) for message in await self._answers(line) for press in in_order(message)]
            message, press = found[place]
            assert press.label.rstrip("…") in button.label, f"{button.label} does not stand at {place}"
            return shown(*answers(await self._press(message, press)))

    async def posted(self, message: Message, key: str) -> str:
        async with self.connected() as publisher:
            for number, part in enumerate(publisher.split(message)):
                sent = await publisher.publish(self.place, part, key if number == 0 else f"{key}:{number}")
                assert isinstance(sent, Sent)
        return shown(*self.channel.history())

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[DiscordPublisher]:
        """Connected for as long as that lasts; the server stays as it was left."""
        self.env.bot = self._client()
        publisher = DiscordPublisher(self.env.bot, self.kept, now=self.env.now)
        await self.env.start()
        try:
            with self.env.time_context():
                yield publisher
        finally:
            await self.env.shutdown()
        self.env._raise_errors_since(self.env._errors_acknowledged)

    def _client(self) -> Client:
        return Client(self.commands, SimpleNamespace(asks=self.kept, spaces=self.kept))

    async def _answers(self, line: str) -> list:
        name = line.removeprefix("/")
        if name in self.anna.available_commands():
            return answers(await self.anna.slash(name))
        message = Message("", (Prose(words("Press")), Buttons((Button("Ask", line),))))
        dm = self.anna.dm_channel
        shorts = await self.kept.keep_all(f"discord:dm-{dm.id}", too_long(message))
        with self.env._bot_scope():
            await self.env.bot.get_partial_messageable(dm.id).send(view=render(message, shorts=shorts))
        return answers(await self._press(dm.last_message, in_order(dm.last_message)[0]))

    async def _press(self, message: object, press: Press) -> object:
        if press.value:
            return await self.anna.select(message, [press.value], custom_id=press.custom_id)
        return await self.anna.click(message, custom_id=press.custom_id)


def in_order(message: object) -> list[Press]:
    """Everything that can be pressed in a message, in reading order."""
    found: list[Press] = []
    for part in walk(components(message)):
        if part["type"] == BUTTON:
            found.append(Press(part["label"], part["custom_id"]))
        elif part["type"] == MENU:
            found += [Press(option["label"], part["custom_id"], option["value"]) for option in part["options"]]
    return found
