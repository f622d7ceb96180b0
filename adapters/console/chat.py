"""The conversation in a terminal: a prompt with history and TAB, answers below it, posts above it as they arrive."""

import asyncio
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from prompt_toolkit import PromptSession
from prompt_toolkit.application import in_terminal

from adapters.console.channel import ConsoleChannel, Post
from adapters.console.files import FILE_MAX, reading
from adapters.console.inbound import Presses
from adapters.console.keys import LineCompleter, LineHistory, line_keys
from adapters.console.piped import converse_piped
from adapters.console.screen import Screen
from adapters.console.spans import written
from briefs.commands.answer import Commands
from briefs.commands.ask import Asker
from briefs.message import Message, clean
from briefs.message.tear import shortened

PROMPT: Final = "› "
GREETING: Final = (
    "Standfirst: briefings you can check. Every line rests on numbered sentences of its source.",
    "Try /brief, /entity hezbollah, /standfirst help. TAB completes; a number presses its button; q leaves.",
)
LOOK_EVERY: Final = 1.0  # seconds; for posts that another process puts into the channel
CAUGHT_UP: Final = 3  # posts shown of those that arrived while nobody was there
PRESSED_MAX: Final = 300  # characters of a pressed line that are shown
MENU_ROWS: Final = 8  # kept free below the prompt for what TAB offers


async def chat(commands: Commands, asker: Asker, channel: ConsoleChannel, *, history: Path | None = None, file_max: int = FILE_MAX) -> int:
    """Talk in this terminal until the reader leaves; the exit code, 0.

    Where standard input or output is no terminal, lines are read and answered without a prompt.

    Args:
        history: the file that remembers what was typed, made for its owner alone; None: nothing is remembered.
        file_max: bytes of a file that is named, and characters of a text that is pasted.
    """
    screen = Screen(zone=asker.zone)
    if sys.stdin is None:
        return 0
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return await converse_piped(commands, asker, sys.stdin.fileno(), screen, file_max)
    return await converse(commands, asker, channel, screen, history, file_max)


async def converse(
    commands: Commands, asker: Asker, channel: ConsoleChannel, screen: Screen, history: Path | None, file_max: int = FILE_MAX
) -> int:
    """The conversation with a prompt; ends when the reader leaves."""
    presses = Presses()
    session: PromptSession[str] = PromptSession(
        history=LineHistory(history),
        completer=LineCompleter(commands, asker),
        complete_while_typing=False,
        key_bindings=line_keys(screen.note, commands.catalogue, file_max),
        reserve_space_for_menu=MENU_ROWS,
    )
    for line in GREETING:
        screen.note(line)
    start = _catch_up(channel, screen, presses, asker.zone)
    reads, begun = reading(file_max), ""
    watching = asyncio.create_task(_watch(channel, screen, presses, asker.zone, start))
    try:
        while True:
            screen.note()
            try:
                typed = await session.prompt_async(PROMPT, default=begun)
            except EOFError:
                return 0
            meant = presses.read(typed)
            begun = meant.fill
            if meant.leave:
                return 0
            if meant.note:
                screen.note(meant.note)
            elif meant.line:
                if meant.pressed is not None:
                    screen.note(f"{meant.pressed.label}  {shortened(clean(meant.line), PRESSED_MAX)}")
                screen.note()
                answer = await commands.answer_line(meant.line, asker, reads)
                screen.show(answer, first=presses.number(answer))
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching


def _catch_up(channel: ConsoleChannel, screen: Screen, presses: Presses, zone: ZoneInfo | None) -> int:
    """Show the newest of what arrived while nobody was there; where in the channel to go on.

    Of what was corrected meanwhile only the last is shown: nobody has to read first what does not hold any more.
    """
    arrived = channel.unseen()
    missed = sorted({post.receipt: post for post in arrived}.values(), key=lambda post: post.end)
    if older := missed[:-CAUGHT_UP]:
        screen.note()
        screen.note(f"{len(missed)} posts arrived while you were away; these are the newest {CAUGHT_UP}; the others are in {channel.path}.")
        channel.mark_seen(older[-1])
    for post in missed[-CAUGHT_UP:]:
        screen.note()
        _show(post, channel, screen, presses, zone)
    return arrived[-1].end if arrived else channel.seen()


async def _watch(channel: ConsoleChannel, screen: Screen, presses: Presses, zone: ZoneInfo | None, start: int) -> None:
    """Show posts as they arrive, from `start` on, above whatever is being typed; its text stays as it is."""
    posted = asyncio.Event()

    def ring(_: Message) -> None:
        posted.set()

    channel.on_post = ring
    try:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(posted.wait(), LOOK_EVERY)
            posted.clear()
            posts = await asyncio.to_thread(channel.posts_from, start)
            if not posts:
                continue
            async with in_terminal():
                for post in posts:
                    _show(post, channel, screen, presses, zone)
                    screen.note()
            start = posts[-1].end
    finally:
        channel.on_post = None


def _show(post: Post, channel: ConsoleChannel, screen: Screen, presses: Presses, zone: ZoneInfo | None) -> None:
    own = zone or ZoneInfo("UTC")
    screen.note(f"── {'Posted' if post.key else 'Corrected'} here, {written(post.posted.astimezone(own), own)}")
    screen.show(post.message, first=presses.number(post.message))
    channel.mark_seen(post)
