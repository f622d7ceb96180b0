"""What each task of the `standfirst` command does."""

import asyncio
import logging
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from adapters.sources.files import read_file
from adapters.storage.owner import Work
from bot import __version__
from bot.collector import tidy
from bot.settings import Settings
from bot.wiring import Bot, build, history_file
from briefs.brief_lines import numbered
from briefs.commands.curate import curator_of
from briefs.desk.ingest import Ingested
from briefs.errors import BadInput, BriefsError, Busy, shown
from briefs.pages.wording import plural
from briefs.ports import Stored

log = logging.getLogger(__name__)

SWEEP_FIRST: Final = timedelta(minutes=2)
SWEEP_EVERY: Final = timedelta(days=1)


async def say(settings: Settings, line: str, *, as_json: bool) -> int:
    """Answer one command; the exit code says what kind of answer it was."""
    from adapters.console.say import say as say_in_console

    bot = await build(settings, passing=True)
    try:
        return await say_in_console(bot.commands, bot.asker, line, as_json=as_json, file_max=settings.max_article_bytes)
    finally:
        await bot.close()


async def chat(settings: Settings) -> int:
    """The chat in this terminal, with the clock running beside it."""
    from adapters.console.chat import chat as chat_in_console

    bot = await build(settings)
    try:
        async with AsyncExitStack() as stack:
            with suppress(Busy):  # whoever delivers already also posts what this chat shows
                stack.enter_context(bot.storage.delivering(Work.CHAT))
                await stack.enter_async_context(_delivering(bot))
            return await chat_in_console(
                bot.commands, bot.asker, bot.console, history=history_file(bot), file_max=settings.max_article_bytes
            )
    finally:
        await bot.close()


async def run(settings: Settings) -> int:
    """Every platform whose token is set, with the clock; until SIGTERM or Ctrl-C, or until one will not have us any more."""
    bot = await build(settings, serving=True)
    try:
        if not bot.platforms:
            raise BadInput("No chat platform has a token, so there is nothing to run. Set one (see .env.example), or try: standfirst chat.")
        stop, runs = _stop_signals()
        try:
            await _serve(bot, stop, runs)
        except asyncio.CancelledError:
            if not stop.is_set():
                raise
        log.info("stopped")
    finally:
        await bot.close()
    return 0


def _stop_signals() -> tuple[asyncio.Event, asyncio.Event]:
    """An event that SIGTERM and Ctrl-C set, and one that says that the bot runs: until then, they cancel this task."""
    stop, runs, task = asyncio.Event(), asyncio.Event(), asyncio.current_task()
    assert task is not None

    def ask_to_stop() -> None:
        # Whatever is waited for before it runs (a platform that does not answer, say), nothing is lost with it.
        if not (stop.is_set() or runs.is_set()):
            task.cancel()
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ask_to_stop)
    return stop, runs


async def _serve(bot: Bot, stop: asyncio.Event, runs: asyncio.Event) -> None:
    watch = bot.watch
    assert watch is not None  # it was built to serve
    async with AsyncExitStack() as stack:
        stack.enter_context(bot.storage.delivering())
        await stack.enter_async_context(watch.told(bot.storage, bot.desk.deliver.platforms, bot.settings.observe))
        ended = await stack.enter_async_context(_served(bot))
        await stack.enter_async_context(_delivering(bot))
        tidying = asyncio.create_task(tidy(lambda: watch.pulse.at_rest))
        stack.callback(tidying.cancel)
        runs.set()
        watch.pulse.serve({name: partial(getattr, platform, "connected") for name, platform in bot.platforms.items()})
        print(f"Running: {', '.join(bot.platforms)}. Ctrl-C stops it.", flush=True)
        log.info("running", extra={"fields": {"platforms": list(bot.platforms), "version": __version__}})
        await _until_stopped(stop, ended)
        watch.pulse.stop()
        log.info("stopping")


@asynccontextmanager
async def _served(bot: Bot) -> AsyncIterator[Sequence["asyncio.Future[None]"]]:
    """All platforms, for as long as the context lasts; they are left side by side, for each has answers to end. What ends is given."""
    contexts, ended = [platform.serve(bot.commands) for platform in bot.platforms.values()], []
    try:
        for context in contexts:
            ended.append(asyncio.ensure_future(await context.__aenter__()))
        yield ended
    finally:
        left = await asyncio.gather(*(context.__aexit__(None, None, None) for context in contexts[: len(ended)]), return_exceptions=True)
        for error in left:
            if isinstance(error, Exception):
                log.error("a platform was not left well: %s", type(error).__name__, exc_info=error)


@asynccontextmanager
async def _delivering(bot: Bot) -> AsyncIterator[None]:
    """Deliver what is due for as long as the context lasts; what is under way at its end is let end, or put back."""
    from adapters.clock import AlarmClock

    async with AlarmClock(await bot.begin()) as clock:
        bot.desk.deliver.ring = clock.ring
        # Beside the deliveries: a million subscriptions take half a minute.
        beside = [asyncio.create_task(task) for task in (bot.recompute(), bot.acquaint(), _sweeping(bot))]
        try:
            yield
        finally:
            for one in beside:
                one.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
            await bot.desk.deliver.stop()


async def _sweeping(bot: Bot) -> None:
    """Delete once a day what was kept for long enough, for the first time when what a start brings with it is over."""
    await asyncio.sleep(SWEEP_FIRST.total_seconds())
    while True:
        await bot.sweep()
        await asyncio.sleep(SWEEP_EVERY.total_seconds())


async def _until_stopped(stop: asyncio.Event, ended: Sequence["asyncio.Future[Any]"]) -> None:
    """Wait for the signal; a platform that will not have us any more is told, and the others go on without it.

    Raises:
        BriefsError: the last platform would not have us any more.
    """
    stopped: asyncio.Future[Any] = asyncio.ensure_future(stop.wait())
    serving: set[asyncio.Future[Any]] = set(ended)
    while not stopped.done():
        done, _ = await asyncio.wait({stopped, *serving}, return_when=asyncio.FIRST_COMPLETED)
        serving -= done
        for one in done - {stopped}:
            if not serving:
                stopped.cancel()
                one.result()
            elif error := one.exception():
                log.error("%s", error)


async def discord(settings: Settings, what: str, *, force: bool) -> int:
    """The link that adds the bot to a server, or telling Discord the commands."""
    from adapters.discord.invite import invite

    token = settings.discord.token.get_secret_value()
    if not token:
        raise BadInput("Set STANDFIRST_DISCORD__TOKEN first: your application's page on Discord has it, under Bot.")
    if what == "invite":
        print(invite(token))
        return 0
    from adapters.discord.app import Discord

    bot = await build(settings, passing=True)
    try:
        told = await Discord(token, bot.storage, settings.discord.api_url).sync(bot.commands, force=force)
    finally:
        await bot.close()
    print("Discord knows the commands now." if told else "Discord knows the commands already; nothing was sent.")
    return 0


def slack_manifest(url: str, prefix: str) -> int:
    """The manifest that makes the app in Slack, and where to paste it."""
    from adapters.slack.manifest import manifest
    from briefs.commands.catalogue import CATALOGUE

    print(manifest(CATALOGUE, mode="http" if url else "socket", url=url, prefix=prefix), end="")
    return 0


async def ingest(settings: Settings, files: Sequence[Path]) -> int:
    """Store articles and drafts of them, one after the other; those that cannot be read are told, and the others stored all the same."""
    from rich.console import Console
    from rich.progress import track

    bot = await build(settings, passing=True)
    try:
        refused = 0
        # The bar goes to standard error and only to a terminal, so that what was done can be piped.
        errors = Console(stderr=True)
        for file in track(files, description="Reading", console=errors, transient=True, disable=not errors.is_terminal or len(files) == 1):
            try:
                told = await _ingest_one(bot, file)
            except BriefsError as error:
                refused += 1
                print(error, file=sys.stderr)
            else:
                print(told, flush=True)
        if len(files) > 1:
            print(f"{len(files) - refused} of {plural(len(files), 'file')} read.")
        return 2 if refused else 0
    finally:
        await bot.close()


async def _ingest_one(bot: Bot, file: Path) -> str:
    found = read_file(file, max_bytes=bot.settings.max_article_bytes, now=datetime.now(UTC))
    done = await bot.desk.ingest.take_in(found.article, curator_of(bot.asker))
    article = done.article
    size = f"{plural(article.paragraphs, 'paragraph')}, {plural(len(article.sentences), 'sentence')}"
    match done.stored:
        case Stored.NEW:
            told = f"stored as {article.handle} · {size} · read it with /source {article.handle}:1 · id {article.id}"
        case Stored.SAME:
            kept = (article.title, article.outlet, article.byline, article.published, article.licence)
            given = found.article
            new = kept != (given.title, given.outlet, given.byline, given.published, given.licence)
            told = f"already here as {article.handle} · {size}{' · what its front matter says now was not taken over' if new else ''}"
        case Stored.ATTACHED:
            told = f"attached to {article.handle} · {size} · evidence now shows the article's own words"
    told += _drafted(done) + (" · the curators are told" if done.asked else "")
    return " ".join([f"{shown(file.name or str(file))}: {told}", *(f"({remark})" for remark in found.remarks)])


def _drafted(done: Ingested) -> str:
    """What was made of the article, for whoever gave it; readers see none of it before a curator approves it."""
    like = f" · tells the same as {', '.join(done.like)}" if done.like else ""
    if done.draft is None:
        return like + (f" · not drafted: {done.why_not}" if done.stored is Stored.NEW else "")
    made = done.draft
    parts = [
        plural(len(numbered(made.brief)), "line"),
        plural(len(made.cards), "card"),
        *([plural(len(made.suggestions), "suggested merge")] if made.suggestions else []),
        *([plural(len(made.oddities), "question")] if made.oddities else []),
    ]
    return f"{like} · draft: {', '.join(parts)}"
