"""A Slack publisher in front of the loopback Slack, for its own tests and for the suites that take every publisher."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from adapters.slack.client import posting_client
from adapters.slack.installations import space_of, the_workspace_of
from adapters.slack.publisher import SlackPublisher
from briefs.digest import Place
from tests.loopback.slack_remote import Remote, a_workspace


@dataclass(slots=True)
class KeptAsks:
    """The port `Asks` in memory."""

    lines: dict[tuple[str, str], str] = field(default_factory=dict)

    async def keep(self, space: str, line: str) -> str:
        short = next((s for (where, s), kept in self.lines.items() if (where, kept) == (space, line)), f"ask-{len(self.lines)}")
        self.lines[space, short] = line
        return short

    async def keep_all(self, space, lines):
        return {line: await self.keep(space, line) for line in lines}

    async def recall(self, space: str, short: str) -> str | None:
        return self.lines.get((space, short))


@dataclass(frozen=True, slots=True)
class OnSlack:
    """A publisher, the workspace it posts to, and two channels of it that the bot is in."""

    publisher: SlackPublisher
    remote: Remote
    main: Place
    other: Place
    asks: KeptAsks


@asynccontextmanager
async def on_slack(base: str, **options) -> AsyncIterator[OnSlack]:
    """A publisher in a new workspace of the loopback that runs at `base`; `options` are the publisher's."""
    async with a_workspace(base) as remote:
        asks = KeptAsks()
        one = await the_workspace_of(posting_client(remote.token, base_url=remote.api))
        publisher = SlackPublisher(one, asks, base_url=remote.api, **options)
        space = space_of(remote.team)
        yield OnSlack(publisher, remote, Place(space, "C1"), Place(space, "C2"), asks)
