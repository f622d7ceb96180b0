"""A Discord publisher in front of the loopback Discord, for its own tests and for the suites that take every publisher."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import discord
from discord.http import Route

from adapters.discord.inbound import space_of
from adapters.discord.publisher import DiscordPublisher
from briefs.digest import Place
from tests.loopback.discord_remote import Remote, a_bot


@dataclass(slots=True)
class KeptAsks:
    """The port `Asks` in memory."""

    lines: dict[tuple[str, str], str] = field(default_factory=dict)

    async def keep(self, space: str, line: str) -> str:
        short = next((s for (where, s), kept in self.lines.items() if (where, kept) == (space, line)), f"ask-{len(self.lines)}")
        self.lines[space, short] = line
        return short

    async def keep_all(self, space: str, lines: Sequence[str]) -> Mapping[str, str]:
        return {line: await self.keep(space, line) for line in lines}

    async def recall(self, space: str, short: str) -> str | None:
        return self.lines.get((space, short))


@dataclass(frozen=True, slots=True)
class OnDiscord:
    """A publisher, the bot it posts as, and two text channels of the bot's server."""

    publisher: DiscordPublisher
    client: discord.Client
    remote: Remote
    main: Place
    other: Place
    asks: KeptAsks

    async def place(self, **channel) -> Place:
        """A further channel; see `discord_world.Channel`."""
        return Place(self.main.space, await self.remote.channel(**channel))


@asynccontextmanager
async def on_discord(base: str, *, client: discord.Client | None = None, **options) -> AsyncIterator[OnDiscord]:
    """A publisher that is logged in at the loopback that runs at `base`, without a gateway; `options` are the publisher's."""
    before = Route.BASE
    async with a_bot(base) as remote:
        Route.BASE = remote.api
        client = client or discord.Client(intents=discord.Intents(guilds=True))
        asks = KeptAsks()
        publisher = DiscordPublisher(client, asks, **options)
        space = space_of(int(remote.guild), None)
        main, other = [Place(space, await remote.channel()) for _ in range(2)]
        try:
            await client.login(remote.token)
            yield OnDiscord(publisher, client, remote, main, other, asks)
        finally:
            await client.close()
            Route.BASE = before
