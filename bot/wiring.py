"""The only place where ports meet adapters; tests build the bot here, too."""

import getpass
import logging
import os
import platform
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol
from uuid import uuid4
from zoneinfo import ZoneInfo

from adapters.console.channel import ConsoleChannel
from adapters.sources.pastes import Pastes
from adapters.storage.storage import SqliteStorage, open_storage
from bot import __version__
from bot.collector import spare_what_stands
from bot.libraries import load_libraries
from bot.settings import Settings
from briefs.commands.answer import Commands
from briefs.commands.ask import Asker, Role
from briefs.commands.rights import Rights
from briefs.desk.afterwards import Afterwards
from briefs.desk.approve import Approve
from briefs.desk.cards import Cards
from briefs.desk.curate import Curate
from briefs.desk.deciding import Deciding
from briefs.desk.deliver import Deliver
from briefs.desk.desk import About, Desk
from briefs.desk.forget import Forget
from briefs.desk.identity import Identity
from briefs.desk.ingest import Ingest
from briefs.desk.join import Join
from briefs.desk.lookup import Lookup
from briefs.desk.pace import Pace
from briefs.desk.quotes import Quotes
from briefs.desk.redact import Redact
from briefs.desk.reporting import Reporting
from briefs.desk.requests import Requests
from briefs.desk.retention import Keeping, Retention
from briefs.desk.shared_posts import SharedPosts
from briefs.desk.sharing import Sharing
from briefs.desk.subscribe import Subscribe
from briefs.desk.undo import Undo
from briefs.finding import Finding
from briefs.ports import Publisher, Storage

if TYPE_CHECKING:
    from bot.observing import Watch

CONSOLE: Final = "console"

log = logging.getLogger(__name__)

Wake = Callable[[], Awaitable[datetime | None]]


class Platform(Publisher, Protocol):
    """A chat platform: it posts, and it lets people ask for as long as `serve` lasts."""

    @property
    def connected(self) -> bool:
        """Whether it can be spoken to, and speaks to us, as far as is known now; False before it is served."""
        ...

    def serve(self, commands: Commands) -> AbstractAsyncContextManager[Awaitable[None]]:
        """Connect, and hand what people ask to the commands, until the context ends.

        What the context gives ends, with a `BriefsError`, when the platform will not have the bot any more.

        Raises:
            BriefsError: it cannot connect; the sentence says what to do.
        """
        ...


def platforms(settings: Settings, storage: Storage) -> dict[str, Platform]:
    """Every platform whose token is set, by name: the one place where a new adapter is named."""
    found: dict[str, Platform] = {}
    # Each is imported only where it is used: a chat library takes as long to load as a cold answer.
    if token := settings.discord.token.get_secret_value():
        from adapters.discord.app import Discord

        found["discord"] = Discord(token, storage, settings.discord.api_url, file_max=settings.max_article_bytes)
    if token := settings.slack.bot_token.get_secret_value():
        from adapters.slack.app import Slack

        found["slack"] = Slack(
            token,
            storage,
            app_token=settings.slack.app_token.get_secret_value(),
            signing_secret=settings.slack.signing_secret.get_secret_value(),
            base_url=settings.slack.base_url,
            host=settings.slack.host,
            port=settings.slack.port,
            digests=settings.slack.digests,
            max_file_bytes=settings.max_article_bytes,
        )
    if token := settings.example.token.get_secret_value():
        from adapters.example.chat import ExampleChat

        found["example"] = ExampleChat(token, settings.example.port)
    return found


@dataclass(frozen=True, slots=True)
class Bot:
    """Everything wired: what adapters mount, and what must be closed.

    Args:
        watch: sees what it does, where it serves.
    """

    commands: Commands
    desk: Desk
    storage: SqliteStorage
    console: ConsoleChannel
    asker: Asker
    settings: Settings
    platforms: Mapping[str, Platform]
    watch: "Watch | None" = None

    async def begin(self) -> Mapping[str, Wake]:
        """Begin to deliver, alone on this store: what the clock does for each platform, which says when to do it next."""
        spare_what_stands()
        await self.desk.deliver.begin()
        return {platform: partial(self._wake, platform) for platform in self.desk.deliver.platforms}

    async def recompute(self) -> None:
        """Move editions whose next moment is another one under newer rules of time zones; a fault is logged."""
        try:
            moved = await self.desk.subscribe.recompute(version("tzdata"), self.desk.now())
        except Exception:  # what is due goes out all the same, and the next start tries again
            log.exception("the slots could not be worked out anew under the newer rules of time zones")
        else:
            if moved:
                log.warning("the rules of time zones changed: %s editions come at another moment", moved)

    async def acquaint(self) -> None:
        """Find the curators' own chats, for processes that serve no platform; a fault is logged."""
        try:
            await self.desk.curate.requests.acquaint()
        except Exception:  # whoever serves the platform looks again when there is something to tell
            log.exception("the curators' own chats could not be found")

    async def sweep(self) -> None:
        """Delete what was kept for as long as the settings say; a fault is logged."""
        try:
            swept = await self.desk.retention.sweep()
        except Exception:  # nothing depends on it, and the next day tries again
            log.exception("what was kept for long enough could not be deleted")
        else:
            log.info("kept for long enough: %s drafts, %s reports, %s of the ledger are gone", swept.drafts, swept.reports, swept.ledger)

    async def _wake(self, platform: str) -> datetime | None:
        with self.watch.ticking(platform) if self.watch else nullcontext():
            await self.desk.deliver.run(platform)
            return await self.desk.deliver.next_due(platform)

    async def close(self) -> None:
        """Let go of the store."""
        await self.storage.close()


async def build(
    settings: Settings, publishers: Mapping[str, Publisher] | None = None, *, passing: bool = False, serving: bool = False
) -> Bot:
    """Wire the bot: open the store, put the libraries on the shelf, hand the ports to the desk.

    Args:
        passing: this process answers and is gone: it adds a library, but takes none away that its settings do not name.
        publishers: of further platforms, by name; the console's is always there.
        serving: with every platform whose token is set.

    Raises:
        BriefsError: the store cannot be opened, or a library is broken.
    """
    storage = await open_storage(settings.database)
    try:
        await load_libraries(storage, settings, passing=passing)
    except BaseException:
        await storage.close()
        raise
    console = ConsoleChannel(storage.file.with_suffix(".console.jsonl"))
    found = platforms(settings, storage) if serving else {}
    watch = _watch() if serving else None
    reached: dict[str, Publisher] = {CONSOLE: console, **found, **(publishers or {})}
    books: Storage = storage
    if watch:
        reached = {name: watch.publisher(name, publisher) for name, publisher in reached.items()}
        books = watch.storage(storage)
    zone = settings.zone or machine_zone()

    def clock() -> datetime:
        return datetime.now(UTC)

    quotes = Quotes(storage.curation, settings.quote_words, settings.quote_share)
    lookup = Lookup(storage.shelf, storage.subscriptions, quotes, settings.sample)
    deliver = Deliver(books, lookup, reached, worker=uuid4().hex, clock=clock, settle_time=timedelta(seconds=settings.settle))
    requests = Requests(
        storage.curation, storage.ledger, storage.spaces, reached, settings.curators, settings.reviews, clock, deliver.hurry
    )
    deciding = Deciding(storage.curation, storage.shelf, clock)
    shared = SharedPosts(storage, clock, deliver.hurry)
    desk = Desk(
        lookup=lookup,
        subscribe=Subscribe(storage.subscriptions, storage.ledger, storage.spaces, reached),
        deliver=deliver,
        ingest=Ingest(storage.shelf, storage.curation, requests, quotes, clock),
        curate=_curate(storage, deciding, requests, quotes, settings),
        reporting=Reporting(storage.reports, storage.curation, requests, reached, clock),
        forget=Forget(storage.reports, storage.subscriptions, storage.curation, requests, shared),
        retention=Retention(storage, _keeping(settings), clock),
        source=Pastes(settings.max_article_bytes),
        sharing=Sharing(storage.spaces, Pace(timedelta(seconds=settings.share_cooldown)), shared, settings.share),
        join=Join(storage.spaces, storage.subscriptions),
        now=clock,
        about=About(__version__, f"Python {platform.python_version()}, SQLite; what it keeps stays where whoever runs it keeps it."),
        checks=_Checks(settings),
    )
    asker = Asker(CONSOLE, "main", _user(), frozenset(Role), zone, name=_user(), principal=f"{CONSOLE}:{_user()}")
    rights = Rights(settings.curators, settings.managers, settings.operators)
    # Half a minute's worth at once, so that somebody who clicks through a brief is not held up.
    asks = settings.asks_a_minute
    pace = Pace(timedelta(minutes=1) / asks, max(1, asks // 2)) if asks else None
    commands = watch.commands(desk, rights, pace) if watch else Commands(desk, rights=rights, pace=pace)
    return Bot(commands, desk, storage, console, asker, settings, found, watch)


def _watch() -> "Watch":
    from bot.observing import Watch  # what counts takes a while to load, and an answer in passing is not counted

    return Watch.of(__version__)


def _curate(storage: Storage, deciding: Deciding, requests: Requests, quotes: Quotes, settings: Settings) -> Curate:
    """The curators' desk."""
    identity, afterwards = Identity(deciding), Afterwards(deciding, storage.ledger, requests)
    return Curate(
        deciding=deciding,
        redact=Redact(deciding),
        approve=Approve(deciding, quotes, requests, settings.eyes),
        identity=identity,
        cards=Cards(deciding, identity),
        afterwards=afterwards,
        undo=Undo(deciding, storage.ledger, afterwards, requests),
        requests=requests,
    )


class _Checks:
    """See the port `Checks`. What looks is loaded when somebody asks: a cold answer has no use for it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def findings(self) -> tuple[Finding, ...]:
        """See the port."""
        from bot.doctor.examine import Examination

        return await Examination(self._settings, Path.cwd()).findings()


def _keeping(settings: Settings) -> Keeping:
    return Keeping(settings.keep_rejected_days, settings.keep_reports_days, settings.keep_ledger_days)


def machine_zone() -> ZoneInfo:
    """The zone of the machine; UTC where it has none that is known."""
    # tzlocal looks through the system's files: asked only where no zone is set.
    from tzlocal import get_localzone_name

    with suppress(Exception):  # whatever is wrong with the machine's clock settings, UTC is right
        return ZoneInfo(get_localzone_name() or "UTC")
    return ZoneInfo("UTC")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return str(os.getuid())


def history_file(bot: Bot) -> Path:
    """Where the console remembers what was typed."""
    return bot.storage.file.with_suffix(".history")
