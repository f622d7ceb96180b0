"""How the adapter contract speaks to each adapter: the way its reader does. A new adapter adds its driver to DRIVERS."""

import asyncio
import io
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from adapters.console.channel import ConsoleChannel
from adapters.console.piped import converse_piped
from adapters.console.screen import Screen
from adapters.example.chat import ExampleChat
from briefs.commands.answer import Commands, Reads
from briefs.commands.ask import Ask, Asker, Role
from briefs.commands.catalogue import CATALOGUE
from briefs.commands.registry import Command
from briefs.desk.desk import Desk
from briefs.digest import Place, Sent
from briefs.message import Button, Heading, Message, Prose, words
from briefs.ports import Publisher
from tests.contracts.discord_driver import DiscordDriver
from tests.contracts.slack_driver import SlackDriver

MAIN = Place("console", "main")
ROOM = Place("example", "room")


@dataclass(frozen=True, slots=True)
class HeardCommands(Commands):
    """Commands that note every line they were asked."""

    heard: list[str] = field(default_factory=list)

    async def answer_line(self, line: str, asker: Asker, reads: Reads | None = None) -> Message:
        self.heard.append(line)
        return await Commands.answer_line(self, line, asker, reads)


async def _echo(ask: Ask, desk: Desk) -> Message:
    return Message(ask.command, (Prose(words(f"reached {ask.command}")),))


def commands_showing(pages: Mapping[str, Message]) -> HeardCommands:
    """The real catalogue with answers that only say who they are, and a command for each of the pages."""
    echoing = [replace(command, answer=_echo, who=None, options=()) for command in CATALOGUE]

    def page(name: str, message: Message) -> Command:
        async def answer(ask: Ask, desk: Desk) -> Message:
            return message

        return Command((name,), "a page of the test", answer)

    return HeardCommands(desk=None, catalogue=(*echoing, *(page(*named) for named in pages.items())))


class Driver(Protocol):
    """What the contract asks of an adapter's test double of a reader."""

    publisher: Publisher

    async def ask(self, line: str) -> str:
        """Send a line and return all the text that its answer shows."""

    async def press(self, line: str, button: Button, place: int) -> str:
        """Ask the line again and press the button that stands at that place (from 0) in its answer, as its reader does."""

    async def posted(self, message: Message, key: str) -> str:
        """Publish a message and return what somebody in the channel then sees."""


class ConsoleDriver:
    """Talks through a pipe, as `standfirst chat` does where it has no terminal."""

    def __init__(self, commands: Commands, folder: Path) -> None:
        self.commands = commands
        self.publisher = ConsoleChannel(folder / "channel.jsonl")

    async def ask(self, line: str) -> str:
        return await self._converse(line)

    async def press(self, line: str, button: Button, place: int) -> str:
        answer = await self.ask(line)
        label = r"\s+".join(map(re.escape, button.label.split()))
        number = re.search(rf"(?<!\S){place + 1}\) {label}", answer)
        assert number, f"{place + 1}) {button.label} is not shown"
        return (await self._converse(line, str(place + 1))).removeprefix(answer)

    async def posted(self, message: Message, key: str) -> str:
        assert isinstance(await self.publisher.publish(MAIN, message, key), Sent)
        out = io.StringIO()
        Screen(out=out, width=80).show(self.publisher.unseen()[-1].message, first=1)
        return out.getvalue()

    async def _converse(self, *lines: str) -> str:
        read, write = os.pipe()
        os.write(write, "\n".join(lines).encode())
        os.close(write)
        out = io.StringIO()
        try:
            await converse_piped(self.commands, Asker("console", "main", "anna", frozenset(Role)), read, Screen(out=out, width=80))
        finally:
            os.close(read)
        return out.getvalue()


class ExampleDriver:
    """Talks over the socket."""

    def __init__(self, commands: Commands, folder: Path) -> None:
        self.commands = commands
        self.publisher = ExampleChat("let me in", 0)

    async def ask(self, line: str) -> str:
        return await self._converse(line)

    async def press(self, line: str, button: Button, place: int) -> str:
        answer = await self.ask(line)
        assert button.label.split(" · ")[0] in answer
        assert button.command in answer
        return await self._converse(button.command)

    async def posted(self, message: Message, key: str) -> str:
        return await self._converse("", posting=(message, key))

    async def _converse(self, line: str, posting: tuple[Message, str] | None = None) -> str:
        async with self.publisher.serve(self.commands):
            reader, writer = await asyncio.open_connection("127.0.0.1", self.publisher.port)
            writer.write(f"let me in\n{line}\n".encode())
            if posting:
                writer.write(b"/greet\n")  # once it is answered, the client is known to be in the room
                await reader.readuntil(b"hello\n")
                assert isinstance(await self.publisher.publish(ROOM, *posting), Sent)
            writer.write_eof()
            shown = await asyncio.wait_for(reader.read(), 60)
            writer.close()
            await writer.wait_closed()
        self.publisher.port = 0
        return shown.decode()


GREETING = {"greet": Message("hello", (Heading("hello"),))}
DRIVERS = {"console": ConsoleDriver, "discord": DiscordDriver, "example": ExampleDriver, "slack": SlackDriver}
