"""The conversation at a prompt: keys, TAB, numbers, posts that arrive meanwhile."""

import asyncio
import io
import stat
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from prompt_toolkit.application import create_app_session, get_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from adapters.console import chat
from adapters.console.channel import ConsoleChannel
from adapters.console.chat import converse
from adapters.console.keys import LineCompleter, LineHistory
from adapters.console.screen import Screen
from briefs.commands.ask import Asker, Role
from briefs.commands.registry import Command, Option, Suggestion
from briefs.digest import Place
from briefs.message import Button, Buttons, Heading, Message
from tests.contracts.drivers import commands_showing

MAIN = Place("console", "main")

ASKER = Asker("console", "main", "anna", frozenset(Role))
FIRST = Message("first", (Heading("The first page"), Buttons((Button("One", "/one"), Button("Two", "/two")))))
SECOND = Message("two", (Heading("The second page"), Buttons((Button("Three", "/three"),))))
DIGEST = Message("digest", (Heading("The digest"), Buttons((Button("Open", "/opened"),))), only_asker=False)
PAGES = {"first": FIRST, "two": SECOND, "opened": Message("o", (Heading("Opened"),))}
CTRL_C, CTRL_D, ENTER = "\x03", "\x04", "\r"


class Talk:
    """A conversation under way: what is typed, what is on the screen."""

    def __init__(self, keys, out, channel, commands):
        self.keys, self.out, self.channel, self.commands = keys, out, channel, commands
        self.history = channel.path.with_name("history")

    def type(self, text):
        self.keys.send_text(text)

    async def sees(self, text, times=1):
        """Wait until the text stands on the screen so many times."""
        async with asyncio.timeout(60):
            while self.out.getvalue().count(text) < times:  # noqa: ASYNC110 what is watched is the screen, which rings no bell
                await asyncio.sleep(0.005)

    async def typed(self, text):
        """Wait until the line at the prompt reads so."""
        async with asyncio.timeout(60):
            while get_app_session().app is None or get_app_session().app.current_buffer.text != text:  # noqa: ASYNC110
                await asyncio.sleep(0.005)


@asynccontextmanager
async def talking(folder, commands=None, **options):
    out = io.StringIO()
    channel = ConsoleChannel(folder / "channel.jsonl")
    commands = commands or commands_showing(PAGES)
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        talk = Talk(keys, out, channel, commands)
        task = asyncio.create_task(converse(commands, ASKER, channel, Screen(out=out, width=80), talk.history, **options))
        try:
            await talk.sees("Standfirst")
            await talk.typed("")
            yield talk
            talk.type(CTRL_C + CTRL_D)
            assert await asyncio.wait_for(task, 60) == 0
        finally:
            task.cancel()


@pytest.fixture(autouse=True)
def _look_often(monkeypatch):
    monkeypatch.setattr(chat, "LOOK_EVERY", 0.02)


async def test_a_line_is_answered(tmp_path):
    async with talking(tmp_path) as talk:
        talk.type("/first\r")
        await talk.sees("The first page")
        await talk.sees("1) One   2) Two")


async def test_numbers_count_on_and_old_ones_keep_working(tmp_path):
    async with talking(tmp_path) as talk:
        talk.type("/first\r2\r")
        await talk.sees("3) Three")
        talk.type("2\r")
        await talk.sees("4) Three")
        assert talk.commands.heard == ["/first", "/two", "/two"]


async def test_a_number_nobody_was_shown_asks_nothing(tmp_path):
    async with talking(tmp_path) as talk:
        talk.type("7\r")
        await talk.sees("There is no 7) to press yet")
        assert talk.commands.heard == []


@pytest.mark.parametrize("word", ["q", "/quit", "/exit"])
async def test_leaving_by_word(tmp_path, word):
    async with talking(tmp_path) as talk:
        talk.type(word + ENTER)


async def test_an_empty_line_does_nothing(tmp_path):
    async with talking(tmp_path) as talk:
        talk.type("\r  \r/first\r")
        await talk.sees("The first page")
        assert talk.commands.heard == ["/first"]


async def test_ctrl_c_clears_the_line(tmp_path):
    async with talking(tmp_path) as talk:
        talk.type("/half a thought")
        await talk.typed("/half a thought")
        talk.type(CTRL_C)
        await talk.typed("")
        assert "Ctrl-D leaves" not in talk.out.getvalue()


async def test_ctrl_c_on_an_empty_line_says_how_to_leave(tmp_path):
    async with talking(tmp_path) as talk:
        talk.type("/half" + CTRL_C + CTRL_C)
        await talk.sees("Ctrl-D leaves.")


async def test_a_paste_of_several_lines_becomes_one(tmp_path):
    async with talking(tmp_path) as talk:
        talk.type("\x1b[200~/find\r\nnuclear\x1b[2J\n talks\n\x1b[201~")
        await talk.typed("/find nuclear[2J talks")


async def test_a_digest_arrives_while_somebody_types(tmp_path):
    async with talking(tmp_path) as talk:
        talk.type("/first\r")
        await talk.sees("2) Two")
        talk.type("2")
        await talk.typed("2")
        await talk.channel.publish(MAIN, DIGEST, "k")
        await talk.sees("3) Open")
        await talk.typed("2")
        talk.type(ENTER)
        await talk.sees("The second page")
        talk.type("3\r")
        await talk.sees("Opened")
        assert talk.commands.heard == ["/first", "/two", "/opened"]
        assert talk.channel.unseen() == ()


async def test_a_digest_of_another_process_arrives_too(tmp_path):
    async with talking(tmp_path) as talk:
        await ConsoleChannel(talk.channel.path).publish(MAIN, DIGEST, "k")
        await talk.sees("The digest")


async def test_what_came_while_nobody_was_there_is_shown_once(tmp_path):
    away = ConsoleChannel(tmp_path / "channel.jsonl")
    await away.publish(MAIN, DIGEST, "k")
    async with talking(tmp_path) as talk:
        await talk.sees("The digest")
        talk.type("1\r")
        await talk.sees("Opened")
    async with talking(tmp_path) as again:
        assert "The digest" not in again.out.getvalue()


async def test_of_many_posts_missed_the_newest_are_shown_and_the_others_told_of(tmp_path):
    away = ConsoleChannel(tmp_path / "channel.jsonl")
    for number in range(5):
        await away.publish(MAIN, replace(DIGEST, blocks=(Heading(f"Edition {number}"),)), str(number))
    async with talking(tmp_path) as talk:
        await talk.sees("Edition 4")
        assert "5 posts arrived" in talk.out.getvalue()
        assert "Edition 1" not in talk.out.getvalue()


async def test_history_is_its_owners_alone_and_holds_no_numbers(tmp_path):
    async with talking(tmp_path) as talk:
        talk.type("/first\r2\r")
        await talk.sees("The second page")
        assert stat.S_IMODE(talk.history.stat().st_mode) == 0o600
    assert list(LineHistory(talk.history).load_history_strings()) == ["/first"]


def test_history_that_cannot_be_kept_is_no_hindrance(tmp_path):
    (tmp_path / "history").mkdir()
    for path in (tmp_path / "history", tmp_path / "history" / "x" / "y", None):
        history = LineHistory(path)
        history.append_string("/brief")
        assert "/brief" in history.get_strings()


async def _suggest(typed, asker, desk):
    return tuple(Suggestion(f"{name} · {tail}", tail) for name, tail in (("Hezbollah", "Lebanon"), ("Kataeb Hezbollah", "Iraq")))


async def test_tab_offers_completions_with_their_tails(tmp_path):
    command = Command(("entity",), "a card", None, (Option("name", "whose", positional=True, complete=_suggest),))
    commands = replace(commands_showing({}), catalogue=(command,))
    completer = LineCompleter(commands, ASKER)

    async def offered(line):
        document = Document(line)
        return [(c.text, c.start_position, c.display_meta_text) async for c in completer.get_completions_async(document, CompleteEvent())]

    assert await offered("/ent") == [("/entity ", -4, "a card")]
    assert await offered("/entity hez") == [('"Hezbollah · Lebanon" ', -3, "Lebanon"), ('"Kataeb Hezbollah · Iraq" ', -3, "Iraq")]


async def test_tab_completes_the_line(tmp_path):
    async with talking(tmp_path) as talk:
        talk.type("/timel\t")
        await talk.typed("/timeline ")
