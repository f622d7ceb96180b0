"""Long texts, files and corrections at the console: pasted, named, typed on, and shown."""

import io
import json
import os

import pytest

from adapters.console import chat
from adapters.console.channel import ConsoleChannel
from adapters.console.piped import converse_piped
from adapters.console.say import say
from adapters.console.screen import Screen
from briefs.commands.answer import Commands
from tests.adapters.test_console_chat import ASKER, CTRL_C, DIGEST, ENTER, MAIN, talking
from tests.builders import a_message
from tests.desk_commands import STANDS, Asked, desk_commands

ARTICLE = "Two “officials” said: it's over.\n\ntitle: no heading\n" + "The date: none. " * 200


def paste(text):
    """As a terminal sends it, with the line ends terminals send."""
    return f"\x1b[200~{text}\x1b[201~".replace("\n", "\r")


@pytest.fixture
def asked():
    return Asked()


@pytest.fixture
def desk(asked):
    return Commands(None, desk_commands(asked))


@pytest.fixture(autouse=True)
def _look_often(monkeypatch):
    monkeypatch.setattr(chat, "LOOK_EVERY", 0.02)


@pytest.mark.parametrize("typed", ["/desk add ", "/desk add", "/desk add text:", "/desk add title:Short ", "/standfirst desk add "])
async def test_a_pasted_article_is_a_command_s_text_as_it_stands(tmp_path, desk, asked, typed):
    async with talking(tmp_path, desk) as talk:
        talk.type(typed + paste(ARTICLE) + ENTER)
        await talk.sees("Taken.")
    assert asked.asks[0].options["text"] == ARTICLE.strip()


async def test_a_pasted_line_of_a_brief_is_the_text_of_its_edit(tmp_path, desk, asked):
    async with talking(tmp_path, desk) as talk:
        talk.type("/desk edit iraq line:3 " + paste("“We will see,”\nhe said: no.") + ENTER)
        await talk.sees("Taken.")
    assert asked.asks[0].options == {"what": "iraq", "line": "3", "text": "“We will see,”\nhe said: no."}


async def test_a_whole_article_is_no_line_to_be_remembered(tmp_path, desk):
    async with talking(tmp_path, desk) as talk:
        talk.type("/desk add " + paste(ARTICLE) + ENTER)
        await talk.sees("Taken.")
        talk.type("/desk line\r")
        await talk.sees("Line 3")
        assert "officials" not in talk.history.read_text()
        assert "/desk line" in talk.history.read_text()


async def test_a_paste_that_is_too_long_is_not_cut_but_refused(tmp_path, desk, asked):
    async with talking(tmp_path, desk, file_max=1_000) as talk:
        talk.type("/desk add " + paste(ARTICLE))
        await talk.sees("at most 1,000 are taken")
        await talk.typed("/desk add ")
    assert asked.asks == []


async def test_edit_puts_the_line_at_the_prompt_to_be_typed_on(tmp_path, desk, asked):
    async with talking(tmp_path, desk) as talk:
        talk.type("/desk line\r")
        await talk.sees("1) Edit")
        talk.type("1\r")
        await talk.typed(f"/desk edit iraq line:3 text: {STANDS}")
        talk.type(" Nor a place." + ENTER)
        await talk.sees("Taken.")
        await talk.typed("")
    assert asked.asks[0].options == {"what": "iraq", "line": "3", "text": f"{STANDS} Nor a place."}


async def test_edit_is_let_go_with_the_line(tmp_path, desk, asked):
    async with talking(tmp_path, desk) as talk:
        talk.type("/desk line\r")
        await talk.sees("1) Edit")
        talk.type("1\r")
        await talk.typed(f"/desk edit iraq line:3 text: {STANDS}")
        talk.type(CTRL_C)
        await talk.typed("")
    assert asked.asks == []


async def piped(desk, *lines, **options):
    read, write = os.pipe()
    os.write(write, "\n".join(lines).encode())
    os.close(write)
    out = io.StringIO()
    try:
        await converse_piped(desk, ASKER, read, Screen(out=out, width=80), **options)
    finally:
        os.close(read)
    return out.getvalue()


async def test_where_nothing_can_be_typed_on_the_line_is_shown_instead(desk, asked):
    told = " ".join((await piped(desk, "/desk line", "1")).split())
    assert "Type it as it shall be: /desk edit iraq line:3 text: “We will see,” a spokesman said. He named" in told
    assert asked.asks == []


async def test_a_file_that_is_named_is_read(tmp_path, desk, asked, monkeypatch):
    (tmp_path / "my article.txt").write_bytes(b"Two were seen.\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for line in ("/desk add file:~/my article.txt", '/desk add file:"my article.txt"', f"/desk add file:{tmp_path}/my article.txt title:x"):
        assert "Taken." in await piped(desk, line)
        assert await say(desk, ASKER, line, screen=Screen(out=io.StringIO())) == 0
    assert {(ask.attached.name, ask.attached.content) for ask in asked.asks} == {("my article.txt", b"Two were seen.\n")}
    assert len(asked.asks) == 6


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("nowhere.txt", "There is no file “nowhere.txt”."),
        (".", "“.” is not a file. Name a text file."),
        ("/dev/zero", "“/dev/zero” is not a file. Name a text file."),
        ("large.txt", "“large.txt” is too large: at most 1,000 bytes are taken (setting STANDFIRST_MAX_ARTICLE_BYTES)."),
        ("~nobody-at-all/x", "“~nobody-at-all/x” cannot be read: it is no path."),
        ("x" * 400, "cannot be read: File name too long."),
    ],
)
async def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path, desk, asked, monkeypatch, named, told):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "large.txt").write_bytes(b"x" * 1_001)
    out = io.StringIO()
    assert await say(desk, ASKER, f"/desk add file:{named}", as_json=True, screen=Screen(out=out), file_max=1_000) == 2
    assert told in json.loads(out.getvalue())["summary"]
    assert asked.asks == []


async def test_what_is_lacking_is_said_with_what_to_type(desk):
    told = " ".join((await piped(desk, "/desk add")).split())
    assert told == "/desk add needs “text” (the article, as it stands). For example /desk add file:article.txt or /desk add Two were seen."


async def test_a_post_that_is_corrected_while_somebody_talks_is_shown_as_corrected(tmp_path, desk):
    async with talking(tmp_path, desk) as talk:
        sent = await talk.channel.publish(MAIN, DIGEST, "k")
        await talk.sees("── Posted here, ")
        await talk.channel.edit(MAIN, sent.receipt, a_message("Sixteen were counted."))
        await talk.sees("── Corrected here, ")
        await talk.sees("Sixteen were counted.")


async def test_of_what_was_corrected_while_nobody_was_there_only_the_last_is_shown(tmp_path, desk):
    away = ConsoleChannel(tmp_path / "channel.jsonl")
    sent = await away.publish(MAIN, a_message("Sixty were counted."), "k")
    await away.publish(MAIN, DIGEST, "l")
    await away.edit(MAIN, sent.receipt, a_message("Six were counted."))
    await away.edit(MAIN, sent.receipt, a_message("Sixteen were counted."))
    async with talking(tmp_path, desk) as talk:
        await talk.sees("Sixteen were counted.")
        assert talk.out.getvalue().count("Corrected here") == 1
        assert "Sixty" not in talk.out.getvalue()
        assert "Six were" not in talk.out.getvalue()
    assert away.unseen() == ()


async def test_tab_completes_the_path_of_a_file(tmp_path, desk):
    (tmp_path / "article.txt").write_text("Two.")
    async with talking(tmp_path, desk) as talk:
        talk.type(f"/desk add file:{tmp_path}/art\t")
        await talk.typed(f"/desk add file:{tmp_path}/article.txt")
