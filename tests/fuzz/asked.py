"""Answers of a whole bot whose shelf, askers and questions are hostile: every command, its refusals and its mistakes."""

import shutil
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from adapters.sources.files import read_text
from bot.settings import Settings
from bot.wiring import Bot, build
from briefs.article import Approval, Article, Citation, CitedLine, Level
from briefs.brief import Brief, Correction, KeyPoint, Section, Size, State, Step
from briefs.commands.ask import Ask, Asker, Role
from briefs.commands.registry import Option
from briefs.desk.deciding import Curator
from briefs.entity import Alias, Entity, EntityCard, Fact, Kind, NotTheSame, Relation
from briefs.errors import BadInput, BriefsError, NotFound, TooSoon, Ungrounded
from briefs.message import Message, Outcome, buttons
from briefs.pages.problem import fault_page, problem_page, reader_page
from briefs.pages.review import review_page
from briefs.pages.shared import headline_of, shared_page
from briefs.review import Merge, Review
from tests.fuzz.texts import Dice

GIVER = Curator("@anna", "console:anna")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SLUGS = ("ferry", "harbour", "talks")
WHO = ("hezbollah", "kataeb-hezbollah", "somebody")
RIGHT = {  # what an option may well be given
    "what": [*SLUGS, *WHO, "ferry:1", "harbour:2,ferry:1"],
    "at": ["07:30", "noon"],
    "tz": ["UTC", "Asia/Kathmandu"],
    "name": ["daily", *WHO],
    "date": ["yesterday", "2026-11-22"],
    "until": ["monday", "3 days"],
    "days": ["weekdays"],
    "line": ["/brief ferry", "1"],
    "words": ["ferry", "here"],
}


async def prepared(folder: Path) -> Path:
    """A store with all its tables and nothing in them, to be copied."""
    file = folder / "prepared.db"
    bot = await build(Settings(_env_file=None, database=file, zone="Europe/London", sample="never"))
    await bot.close()
    return file


class Newsroom:
    """A bot of its own, with three hostile articles, their briefs and cards, and whoever asks there."""

    def __init__(self, bot: Bot, dice: Dice) -> None:
        self.bot, self.dice, self.drafts = bot, dice, list[Brief]()
        roles = frozenset(Role) if dice.random() < 0.7 else frozenset[Role]()
        self.asker = Asker(
            "console", "main", "anna", roles, ZoneInfo("Europe/London"), name=dice.text(), others=True, may_write=True, threads=True
        )

    @classmethod
    async def open(cls, store: Path, folder: Path, dice: Dice) -> "Newsroom":
        """A newsroom in the folder, on a copy of the store."""
        shutil.copy(store, folder / "fuzz.db")
        bot = await build(Settings(_env_file=None, database=folder / "fuzz.db", zone="Europe/London", sample="never", asks_a_minute=0))
        room = cls(bot, dice)
        for slug in SLUGS:
            await room.take_in(slug)
        for slug in WHO:
            await bot.storage.shelf.put_card(room.card(slug))
        await room.subscribe()
        return room

    async def take_in(self, slug: str) -> None:
        """A hostile article comes in, is drafted, and has an approved brief."""
        dice, shelf = self.dice, self.bot.storage.shelf
        article = None
        while article is None:
            fields = "".join(f"{key}: {dice.text(3)}\n" for key in ("title", "outlet", "byline", "licence") if dice.random() < 0.5)
            body = "\n".join(f"{dice.text(12)} The {slug} is here." for _ in dice.few(5, 1))
            with suppress(BriefsError):
                article = read_text(f"---\n{fields}---\n{body}" if fields else body, handle=slug, now=NOW).article
        done = await self.bot.desk.ingest.take_in(article, GIVER)
        if done.draft is not None:
            self.drafts.append(done.draft.brief)
        await shelf.put_brief(self.brief(slug, done.article))

    async def subscribe(self) -> None:
        """Two editions, one of them with a hostile name."""
        await self.bot.commands.answer_line("/digest subscribe at:07:30 tz:Europe/London", self.bot.asker)
        options = {"at": "08:00", "tz": "UTC", "name": self.dice.text(2), "topics": self.dice.text(2)}
        await self.bot.commands.answer(Ask(self.bot.asker, "digest subscribe", options))

    def review(self, slug: str) -> Review:
        """A review with questions about hostile names."""
        dice = self.dice
        merges = tuple(Merge(dice.text(3), dice.text(3), dice.text(6)) for _ in dice.few(5, 1))
        return Review(slug, merges=merges, like=(dice.text(1),), given_by=dice.text(2))

    def line(self, article: str) -> CitedLine:
        dice = self.dice
        text = self.told()
        said = text[: dice.randint(1, len(text))]
        return CitedLine(text, (Citation(article, 1),), dice.choice([Level.CUT, Level.REWORDED]), (said,), kept=(self.told(2),))

    def short(self, article: str) -> CitedLine:
        """A line of at most thirty words."""
        cited = self.line(article)
        words = cited.text.split()
        return cited if len(words) <= 30 else CitedLine(" ".join(words[:30]), cited.citations)

    def brief(self, slug: str, article: Article) -> Brief:
        dice, made = self.dice, article.id
        points = [KeyPoint(dice.choice(list(Section)), self.line(made), dice.choice(list(Size))) for _ in dice.few(9)]
        corrected = [Correction(NOW - timedelta(hours=n), self.line(made), self.told(3), self.told(), self.told()) for n in dice.few(3)]
        return Brief(
            slug,
            made,
            self.line(made),
            self.short(made),
            tuple(points),
            tuple(Step(self.told(2), dice.random() < 0.5, self.line(made), WHO[:1]) for _ in dice.few(4)),
            tuple(self.line(made) for _ in dice.few(2)),
            WHO[: dice.randint(0, 3)],
            (self.told(3),),
            self.told(3),
            dice.choice([None, NOW, NOW.date(), NOW - timedelta(days=400)]),
            State.APPROVED,
            Approval(self.told(3), NOW - timedelta(days=2)),
            corrections=tuple(corrected),
        )

    def card(self, slug: str) -> EntityCard:
        dice, made = self.dice, "0" * 64
        name = f"{self.told(3)}{slug}"
        other = WHO[0] if slug != WHO[0] else WHO[1]
        entity = Entity(slug, name, dice.choice(list(Kind)), self.told(3), tuple(Alias(self.told(3), self.told(3)) for _ in dice.few(4)))
        return EntityCard(
            entity,
            tuple(Fact(self.line(made)) for _ in dice.few(5, 1)),
            tuple(Relation(other, self.told(3), self.line(made)) for _ in dice.few(2)),
            tuple(NotTheSame(other, self.told(3), self.line(made)) for _ in dice.few(2)),
            tuple(self.line(made) for _ in dice.few(2)),
            Approval(self.told(3), NOW),
        )

    async def answer(self) -> tuple[str, Message]:
        """What was asked, and the answer to it; the answer may be shared, or the first button of it pressed."""
        dice = self.dice
        if dice.random() < 0.12:
            return "a page", self.page()
        command = dice.choice(self.bot.commands.catalogue)
        if dice.random() < 0.25:
            line = f"/{' '.join(command.path)} {dice.text(4)}"
            return line, await self.bot.commands.answer_line(line, self.asker)
        asked = Ask(self.asker, command.name, {option.name: self.value(option) for option in command.options if self.given(option)})
        message = await self.bot.commands.answer(asked)
        if dice.random() < 0.2 and (found := buttons(message)):
            line = dice.choice(found).command
            return line, await self.bot.commands.answer_line(line, self.asker)
        if dice.random() < 0.2:
            shared = shared_page(message, dice.choice(["7", "U0ANNA"]), dice.text(3), in_thread=dice.random() < 0.5)
            return f"{asked.command} shared", headline_of(shared) if dice.random() < 0.3 else shared
        return f"{asked.command} {asked.options}", message

    def given(self, option: Option) -> bool:
        return option.required or self.dice.random() < (0.7 if option.positional else 0.25)

    def value(self, option: Option) -> str:
        """A value that may be right: a choice of the option's, a name of ours, a number, or anything."""
        luck = self.dice.random()
        if luck < 0.6:
            return str(self.dice.choice(option.choices or RIGHT.get(option.name, ["1"] if option.number else [*SLUGS, *WHO])))
        return self.dice.choice([*SLUGS, *WHO, "1", "2", "yes"]) if luck < 0.75 else self.dice.text(3)

    def page(self) -> Message:
        """What is posted or told without being asked for: errors, faults, reviews."""
        dice = self.dice
        errors = [
            NotFound(dice.text(1), dice.text(), tuple(dice.text(2) for _ in dice.few(3)), dice.text(2), dice.choice(["", "name"])),
            BadInput(dice.text()),
            TooSoon(dice.text(2), timedelta(seconds=dice.randint(0, 99))),
            Ungrounded(dice.text()),
        ]
        pages = [
            problem_page(dice.choice(errors), dice.choice(["", "entity", "brief"])),
            reader_page(dice.choice(errors)),
            fault_page("a1b2c3"),
        ]
        return dice.choice([*pages, *(review_page(draft, self.review(draft.slug)) for draft in self.drafts)])

    def told(self, pieces: int = 5) -> str:
        """A hostile text as a file can hold it, whose letters are whole; there is something in it that can be seen."""
        return f"{self.dice.text(pieces)}x".encode(errors="replace").decode()

    async def close(self) -> None:
        await self.bot.close()


def fault(asked: str, message: Message) -> list[str]:
    """An answer that says that something went wrong on our side, where nothing should."""
    return [f"a fault: {asked[:100]!r}"] if message.outcome is Outcome.FAULT and asked != "a page" else []
