"""A newsroom: two curators, somebody who only reads, and articles to work on."""

from dataclasses import replace

from bot.wiring import Bot
from briefs.commands.ask import Ask, Asker, Attached
from briefs.desk.deciding import Curator
from briefs.message import Message, Outcome, buttons
from tests.words import words_of

# What the examples of the curators' commands are about.
FERRY = """\
The ferry sank on Sunday, its owner said. Nobody was hurt in the harbour of Veldmar.
Ana Brekke, the captain, said that the ferry had struck a rock. Brekke has worked in Veldmar since 1998.
It is not clear whether the ferry can be raised. Norlund Lines plans to buy another ferry in May.
Norlund Lines has lost two ships in ten years. The harbour office will question Ana Brekke on Friday.
"""
ANNA = Curator("@anna", "console:anna")


class Newsroom:
    """Anna and Ben decide, Cleo reads."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.anna = replace(bot.asker, user="anna", name="anna", principal="console:anna")
        self.ben = replace(bot.asker, user="ben", name="ben", principal="console:ben")
        self.cleo = Asker("console", "main", "cleo", frozenset(), bot.asker.zone, name="cleo", principal="console:cleo")

    async def say(self, line: str, who: Asker | None = None) -> Message:
        """The answer to what Anna types, or somebody else."""
        return await self.bot.commands.answer_line(line, who or self.anna)

    async def done(self, line: str, who: Asker | None = None) -> str:
        """The words of the answer to what must be done."""
        message = await self.say(line, who)
        assert message.outcome is Outcome.ANSWER, (line, words_of(message))
        return words_of(message)

    async def refused(self, line: str, who: Asker | None = None) -> str:
        """What is said about what is not done."""
        message = await self.say(line, who)
        assert message.outcome in {Outcome.BAD_INPUT, Outcome.NOT_FOUND}, (line, words_of(message))
        return message.summary

    async def give(self, text: str, name: str = "harbour.txt", who: Asker | None = None, licence: str = "own") -> Message:
        """The answer to an attached article, which may be quoted at length unless its licence is another one."""
        attached = Attached(name, f"---\nlicence: {licence}\n---\n{text}".encode())
        return await self.bot.commands.answer(Ask(who or self.anna, "curate add", {"file": name}, attached))

    async def press(self, message: Message, label: str, who: Asker | None = None) -> Message:
        """The answer to a press, by the beginning of its label."""
        command = next(b.command for b in buttons(message) if b.label.startswith(label))
        return await self.say(command, who)

    async def lines(self, slug: str = "harbour") -> list[str]:
        """The lines of a draft or brief, as they stand now."""
        brief = await self.bot.storage.curation.brief(slug)
        assert brief is not None
        return [line.text for line in brief.lines]
