"""The soak itself: seed, start, kill, again and again; then peace, and the count."""

import asyncio
import json
import random
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from adapters.storage.storage import SqliteStorage
from briefs.digest import Place, Slot, Subscription
from tests.soak import books, comparison, readers
from tests.soak.counting import Count, Post, count
from tests.soak.lives import BUSY, Life, begin
from tests.soak.platforms import GUILD, SLACK_TEAM, Platforms
from tests.soak.state import State, all_asked, end_leftovers, keep_asked, mend, note_asked

PLATFORMS: Final = ("discord", "slack", "console")
CHANNELS: Final = {"discord": 12, "slack": 6, "console": 4}  # of a generation
GENERATION: Final = 25  # lives
EDITIONS: Final = {"discord": 14, "slack": 5, "console": 6}  # asked for in a life
BACKLOG: Final = 5  # lives' editions are owed at most: what a life cannot do must not pile up
WAVE: Final = {"discord": (20, 5), "slack": (10, 4), "console": (2, 10)}  # channels, and editions in each
LONGEST: Final = 4.0  # seconds of a life
BESIDE: Final = 0.04  # of the lives have a second copy beside them
STOPPED: Final = 0.04  # are ended by SIGTERM
SWEEP: Final = 10  # lives between two looks at what is done with
PEACE_MAX: Final = 900.0  # seconds for the ledger to owe nothing
UNDONE: Final = frozenset({"pending", "sending"})


@dataclass(frozen=True, slots=True)
class Plan:
    """How a soak is made.

    Args:
        kills: in all.
        settle: the bot's settle time in seconds; late posts come a little sooner.
        life: how long the bot lives at least, in seconds from its start; and at most, in seconds after it has started.
        wave: whether a wave in peace is made at the end.
        hostile: other shares of what goes wrong than those of `shares`.
        editions: asked for in a life, by platform.
        settings: further ones of the bot's.
    """

    folder: Path
    kills: int
    settle: int = 2
    life: tuple[float, float] = (0.3, 3.0)
    seed: int = 1
    wave: bool = True
    hostile: Mapping[str, float] = field(default_factory=dict)
    editions: Mapping[str, int] = field(default_factory=lambda: EDITIONS)
    settings: Mapping[str, str] = field(default_factory=dict)

    def shares(self, cycle: int) -> dict[str, float]:
        """How hostile the platforms are; see `hostility.Hostility`."""
        lost = {"lost": 0.01, "late_cut": 0.01}  # two answers of a hundred
        errors = {"error_before": 0.005, "error_after": 0.0025, "late_error": 0.0025}  # one error of a hundred, half after the write
        others = {"late": 0.15, "busy": 0.005, "forbidden": 0.001, "missing": 0.001}
        times = {"late_most": self.settle * 0.9, "silence_most": self.settle * 0.9, "wait_most": 1.0}
        outages = {"outage_every": 20.0, "outage_for": 3.0}
        return lost | errors | others | times | outages | dict(self.hostile) | {"seed": self.seed * 1_000_000 + cycle}


@dataclass(slots=True)
class Soak:
    """One run; see `run`."""

    plan: Plan
    platforms: Platforms
    storage: SqliteStorage
    state: State
    running: dict[tuple[Place, str], tuple[Subscription, str]] = field(default_factory=dict)  # with the date each is for
    begun: float = field(default_factory=time.monotonic)
    early: int = 0  # lives in a row that ended by themselves
    starting: float = 0.0  # seconds the bot takes to start

    @property
    def database(self) -> Path:
        """The bot's."""
        return database_in(self.plan.folder)

    @property
    def longest(self) -> float:
        """Seconds of the longest life: on a slow machine no longer than on others, so long as the bot has started."""
        return max(self.starting + 0.5, min(self.starting + self.plan.life[1], LONGEST))

    async def go_on(self) -> None:
        """Take up what an earlier run has asked for."""
        ledger = {row.edition for row in books.ledger(self.database)}
        asked = keep_asked(self.plan.folder, self.state.batches, books.subscribed(self.database) | ledger)
        days = {(one.edition.place, one.edition.name): one.edition.meant_for for one in asked}
        after = None
        while batch := await self.storage.subscriptions.all(after, 500):
            for subscription, _ in batch:
                after = (subscription.place, subscription.name)
                if day := days.get(after):
                    self.running[after] = (subscription, day)

    async def until(self, kills: int) -> None:
        """Live and be killed until there were so many kills."""
        bot, began = self.start(listen=True), time.monotonic()
        await bot.runs()
        self.starting = time.monotonic() - began
        bot.kill()
        self.platforms.hostile(**self.plan.shares(self.state.cycles))
        while self.state.kills < kills:
            await self.life()
            self.progress()

    async def life(self) -> None:
        """Ask for editions, start the bot, and end it at a random moment."""
        state = self.state
        state.cycles += 1
        dice = random.Random(f"{self.plan.seed}:{state.cycles}")
        if not state.channels or state.cycles % GENERATION == 0:
            self.move()
        if state.cycles % SWEEP == 0:
            await self.sweep(dice)
        self.blind(dice)
        await self.ask(dice)
        seconds = dice.uniform(self.plan.life[0], self.longest)
        lives = [self.start()]
        try:
            if dice.random() < BESIDE:
                await asyncio.sleep(seconds / 2)
                lives.append(self.start())
                await asyncio.sleep(seconds / 2)
            else:
                await asyncio.sleep(seconds)
            await self.end(lives, dice)
        finally:
            for life in lives:
                life.kill()
        self.note_life(seconds)
        state.save(self.plan.folder)

    async def end(self, lives: list[Life], dice: random.Random) -> None:
        """End the bot, and what was started beside it a little later: by then that one may be the one that delivers."""
        bot, *others = lives
        if bot.ended:
            self.ended_early(bot)
        elif dice.random() < STOPPED:
            self.early, self.state.stops = 0, self.state.stops + 1
            await bot.stop()
        else:
            bot.kill()
            self.early, self.state.kills = 0, self.state.kills + 1
        for other in others:
            await asyncio.sleep(dice.uniform(0, 1))
            self.state.refused += other.process.poll() == BUSY
            self.state.kills += not other.ended

    def start(self, *, listen: bool = False) -> Life:
        """Start the bot."""
        environment = self.platforms.environment() | {
            "STANDFIRST_DATABASE": str(self.database),
            "STANDFIRST_SETTLE": str(self.plan.settle),
            "STANDFIRST_ZONE": "UTC",
            **self.plan.settings,
        }
        life = begin(["bot", "run"], environment, self.plan.folder, "bot.log", listen=listen)
        self.state.pids = [*self.platforms.pids, life.pid]
        return life

    def ended_early(self, bot: Life) -> None:
        """A bot that ends by itself is no kill; several in a row are no bot."""
        self.early += 1
        self.say(f"the bot ended by itself with {bot.process.returncode}; see bot.log\n")
        if self.early >= 5:
            raise SystemExit("the bot does not live")

    def move(self) -> None:
        """Fresh channels for the editions from now on."""
        fresh = {name: self.platforms.channels(name, CHANNELS[name]) for name in ("discord", "slack")}
        self.use(fresh | {"console": [f"room{self.state.cycles}-{number}" for number in range(CHANNELS["console"])]})

    def use(self, channels: dict[str, list[str]]) -> None:
        """Ask for editions in these channels from now on."""
        self.state.channels = channels
        for name, ids in channels.items():
            self.state.all_channels.setdefault(name, []).extend(ids)

    def blind(self, dice: random.Random) -> None:
        """Take the right to read a history away, now and then, and give it back later."""
        for platform, channel in [one for one in self.state.blind if dice.random() < 0.5]:
            self.platforms.readable(platform, channel, readable=True)
            self.state.blind.remove((platform, channel))
        if dice.random() < 0.15:
            platform = dice.choice(("discord", "slack"))
            channel = dice.choice(self.state.channels[platform])
            if (platform, channel) not in self.state.blind:
                self.platforms.readable(platform, channel, readable=False)
                self.state.blind.append((platform, channel))

    async def ask(self, dice: random.Random) -> None:
        """Ask for as many editions as the bot is not too far behind for."""
        now = datetime.now(UTC)
        owed = books.owed(self.database, now)
        asked: list[tuple[Subscription, Slot]] = []
        for platform in PLATFORMS:
            behind = sum(number for (of, _), number in owed.items() if of == platform)
            wanted = self.plan.editions[platform]
            for _ in range(min(wanted, BACKLOG * wanted - behind)):
                place = Place(SPACES[platform], dice.choice(self.state.channels[platform]))
                kind = dice.choices(books.KINDS, (5, 4, 1))[0]
                due = now + timedelta(seconds=dice.uniform(-0.5, self.longest))
                asked.append(books.a_subscription(place, f"soak{self.state.cycles}x{len(asked)}", kind, due))
        await self.put(asked)

    async def put(self, asked: list[tuple[Subscription, Slot]]) -> None:
        """Write down what is asked for, then ask for it."""
        batch = self.state.batches + 1
        note_asked(self.plan.folder, batch, [books.edition_of(*one) for one in asked])
        await asyncio.gather(*(self.storage.subscriptions.put(*one) for one in asked))
        self.running |= {
            (subscription.place, subscription.name): (subscription, slot.meant_for.isoformat()) for subscription, slot in asked
        }
        self.state.batches = batch
        self.state.save(self.plan.folder)

    async def sweep(self, dice: random.Random) -> None:
        """Unsubscribe what is done with; now and then subscribe it again, for the same date: nothing may come of it."""
        states: dict[tuple[Place, str], set[str]] = {}
        for row in books.ledger(self.database):
            states.setdefault((row.edition.place, row.edition.name), set()).add(row.state)
        for one in [one for one in self.running if one in states and not states[one] & UNDONE]:
            subscription, day = self.running.pop(one)
            now = datetime.now(UTC)
            await self.storage.subscriptions.remove(*one, now)
            due = now + timedelta(seconds=dice.uniform(0, 2))
            if dice.random() < 0.1 and due.astimezone(subscription.zone).date().isoformat() == day:
                await self.storage.subscriptions.put(subscription, Slot(due, due.astimezone(subscription.zone).date()))

    async def peace(self) -> None:
        """Let a bot run in peace until nothing is owed; then a wave, if one is wanted; then ask it to stop."""
        self.platforms.hostile()
        for platform, channel in self.state.blind:
            self.platforms.readable(platform, channel, readable=True)
        self.state.blind = []
        bot = self.start()
        try:
            await self.settled("peace", bot)
            if self.plan.wave:
                await self.wave(bot)
            if not await bot.stop():
                self.say("the bot did not stop well when it was asked to; see bot.log\n")
        finally:
            bot.kill()
            self.state.save(self.plan.folder)

    async def wave(self, bot: Life) -> None:
        """Many editions due at one moment, in fresh channels."""
        self.state.cycles += 1
        channels = {name: self.platforms.channels(name, WAVE[name][0]) for name in ("discord", "slack")}
        self.use(channels | {"console": [f"wave{self.state.cycles}-{number}" for number in range(WAVE["console"][0])]})
        due = datetime.now(UTC) + timedelta(seconds=3)
        places = [(p, Place(SPACES[p], channel)) for p in PLATFORMS for channel in self.state.channels[p] for _ in range(WAVE[p][1])]
        self.state.wave_since = time.time()
        await self.put([books.a_subscription(place, f"soak{self.state.cycles}x{n}", "silent", due) for n, (_, place) in enumerate(places)])
        self.state.channels = {}
        await asyncio.sleep(4)
        await self.settled("a wave", bot)

    async def settled(self, what: str, bot: Life) -> None:
        """Wait until nothing is owed."""
        ends = time.monotonic() + PEACE_MAX
        while (owed := books.owed(self.database, datetime.now(UTC))) and time.monotonic() < ends:
            self.say(f"\r{what}: {sum(owed.values())} owed, {ends - time.monotonic():.0f} s left   ", always=False)
            await asyncio.sleep(0.5)
            if bot.ended:
                self.ended_early(bot)
                raise SystemExit("the bot does not live in peace")
        self.say(f"\r{what}: {sum(owed.values())} owed{' ' * 30}\n")

    def note_life(self, seconds: float) -> None:
        """Write down what was under way when the life ended."""
        owed = books.owed(self.database, datetime.now(UTC))
        with (self.plan.folder / "lives.jsonl").open("a", encoding="utf-8") as file:
            told = {" ".join(name): number for name, number in owed.items()}
            file.write(json.dumps({"cycle": self.state.cycles, "at": time.time(), "seconds": seconds, **told}) + "\n")

    def progress(self) -> None:
        """One line on standard error."""
        done = time.monotonic() - self.begun
        self.say(
            f"\r{self.state.kills}/{self.plan.kills} kills, {self.state.cycles} lives, {done:.0f} s   ", always=self.state.kills % 25 == 0
        )

    @staticmethod
    def say(line: str, *, always: bool = True) -> None:
        """To standard error: always, or only to somebody who watches."""
        if sys.stderr.isatty():
            print(line, end="", file=sys.stderr, flush=True)
        elif always:
            print(line.strip(), file=sys.stderr, flush=True)


SPACES: Final = {"discord": f"discord:{GUILD}", "slack": f"slack:{SLACK_TEAM}", "console": "console"}


def database_in(folder: Path) -> Path:
    """The bot's."""
    return folder / "standfirst.db"


async def run(plan: Plan, peer_kills: int = 0) -> State:
    """Go on until there were as many kills as were wanted, then make peace; the totals.

    Args:
        peer_kills: of the bot for comparison, in the same way.
    """
    plan.folder.mkdir(parents=True, exist_ok=True)
    state = State.of(plan.folder)
    end_leftovers(plan.folder, state.pids)
    for journal in plan.folder.glob("*.jsonl"):
        mend(journal)
    with Platforms(plan.folder) as platforms:
        storage = await books.opened(database_in(plan.folder))
        soak = Soak(plan, platforms, storage, state)
        try:
            if state.peer_kills < peer_kills:
                platforms.hostile(**plan.shares(0))
                await comparison.run(plan.folder, platforms, state, peer_kills, plan.seed)
            if state.kills < plan.kills:
                await soak.go_on()
                await soak.until(plan.kills)
                await soak.peace()
        finally:
            await storage.close()
            state.seconds += time.monotonic() - soak.begun
            state.save(plan.folder)
    return state


def counted(folder: Path, state: State) -> Count:
    """What readers saw, held against what was asked for and the ledger."""
    rows = books.ledger(database_in(folder))
    asked = all_asked(folder, state.batches, books.subscribed(database_in(folder)) | {row.edition for row in rows})
    keys = readers.Keys(books.known_keys(asked, rows))
    return count(asked, rows, posts(folder, state, keys), books.resting(database_in(folder)))


def unsent(folder: Path) -> int:
    """How many deliveries are unknown of which no request ever reached a platform: they were only about to be sent."""
    sent = readers.tried([folder / f"{name}.trace.jsonl" for name in ("discord", "slack")])
    unknown = [row for row in books.ledger(database_in(folder)) if row.state == "unknown"]
    return sum(readers.written(row.edition.place, row.key) not in sent for row in unknown)


def posts(folder: Path, state: State, keys: readers.Keys) -> list[Post]:
    """All that readers see of the bot."""
    ours = state.all_channels
    return [
        *readers.on_discord(folder / "discord.journal.jsonl", dict.fromkeys(ours.get("discord", ()), GUILD), keys),
        *readers.on_slack(folder / "slack.journal.jsonl", [SLACK_TEAM], ours.get("slack", ()), keys),
        *readers.on_console(folder / "standfirst.console.jsonl", keys),
    ]
