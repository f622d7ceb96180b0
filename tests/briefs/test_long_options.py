"""Texts of several lines, and files, as options: in lines, forms and presses."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefs.commands.answer import Commands
from briefs.commands.ask import Ask, Asker, Attached, Role
from briefs.commands.catalogue import CATALOGUE
from briefs.commands.form import form_of, line_with
from briefs.commands.grammar import LINE_MAX, parse
from briefs.commands.registry import Command, Option
from briefs.errors import BadInput
from briefs.message import Button, Outcome
from briefs.message.parts import clean_lines
from tests.desk_commands import STANDS, Asked, desk_commands

ASKER = Asker("s", "c", "u", frozenset(Role))
DESK = desk_commands(Asked())
ARTICLE = "Two “officials” said: it's over.\n\ntitle: no heading\n" + "The date: none. " * 400


def options(line):
    return parse(line, DESK).options


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (f"/desk add {ARTICLE}", {"text": ARTICLE.strip()}),
        (f"/desk add\n{ARTICLE}", {"text": ARTICLE.strip()}),
        (f"/desk add text:{ARTICLE}", {"text": ARTICLE.strip()}),
        (f"/standfirst desk add {ARTICLE}", {"text": ARTICLE.strip()}),
        (f"/standfirst /desk add {ARTICLE}", {"text": ARTICLE.strip()}),
        (f'/desk add title:"In short" {ARTICLE}', {"title": "In short", "text": ARTICLE.strip()}),
        (f"/desk add title:In short\n{ARTICLE}", {"title": "In short", "text": ARTICLE.strip()}),
        (f"/desk add title:In short kind:news {ARTICLE}", {"title": "In short", "kind": "news", "text": ARTICLE.strip()}),
        ("/desk add kind:news\ndate: today, they say", {"kind": "news", "text": "date: today, they say"}),
        ("/desk add title:In short text:Two were\r\nseen.", {"title": "In short", "text": "Two were\nseen."}),
        ("/desk add text:“Two were\nseen.” title:In short", {"text": "Two were\nseen.", "title": "In short"}),
        ("/desk edit iraq line:3 text:“We will,” he said", {"what": "iraq", "line": "3", "text": "“We will,” he said"}),
        ('/desk edit iraq line:3 text:"He said "no" then"', {"what": "iraq", "line": "3", "text": '"He said "no" then"'}),
        ('/desk edit iraq text:"Two were seen." line:3', {"what": "iraq", "line": "3", "text": "Two were seen."}),
        ('/desk edit iraq line:3 text:"unbalanced', {"what": "iraq", "line": "3", "text": "unbalanced"}),
        ("/desk edit iraq line:3 text: note: two", {"what": "iraq", "line": "3", "text": "note: two"}),
        ("/desk edit iraq line:3 text:", {"what": "iraq", "line": "3", "text": ""}),
        ("/desk add file:~/a.txt", {"file": "~/a.txt"}),
        ("/desk add help", {"command": "desk add"}),
        ("/desk edit help", {"command": "desk edit"}),
    ],
)
def test_a_long_text_is_taken_as_it_stands(line, wanted):
    assert options(line) == wanted


@pytest.mark.parametrize(
    "line",
    [
        f"/desk edit {'x' * 600} line:3 text:y",
        f"/desk add title:{'x' * 600}",
        f"/desk line {ARTICLE}",
        f"/brief {ARTICLE}",
        f"/desk edit iraq line:3 {'word ' * 200}",
    ],
)
def test_all_but_a_long_text_is_bounded(line):
    with pytest.raises(BadInput, match="too long|too many"):
        parse(line, (*DESK, *CATALOGUE))


TEXTS = st.text(max_size=400) | st.text('ab “"”\n:=key text title\r', max_size=80)


@given(text=TEXTS, title=st.text(max_size=30))
@example('"We will win."', "x")
@example('text:"a" title:b', "")
@example("help", "")
@example(ARTICLE[:5_000], "x")
def test_what_was_typed_into_a_form_is_never_lost(text, title):
    text, title = clean_lines(text).strip(), " ".join(clean_lines(title).split())
    for name, given_ in (("desk add", {"title": title}), ("desk edit", {"what": "iraq", "line": "3"})):
        command = next(c for c in DESK if c.name == name)
        line = Button("Fill it in again", line_with(command, given_ | {"text": text})).command
        assert parse(line, DESK).options.get("text", "") == text.replace("\r", "\n").strip()
    opened = form_of(Button("", form_of("/desk add", DESK).reopened({"text": text, "title": "no"})).command, DESK)
    assert opened.first_value(opened.command.long, ASKER) == text.replace("\r", "\n").strip()


def test_a_form_asks_for_the_long_text_first_and_for_a_file_where_a_field_is_left():
    form = form_of("/desk add", DESK)
    assert [field.name for field in form.fields] == ["text", "title", "outlet", "date", "file"]
    assert not form.required(form.command.long, ASKER), "either of the two will do"
    assert form_of("/desk edit iraq line:3", DESK).required(form.command.long, ASKER)


def test_no_form_is_needed_where_a_file_came():
    assert form_of("/desk add file:a.txt", DESK) is None


def test_a_file_is_not_in_a_line_that_is_kept():
    form = form_of("/desk add", DESK)
    assert "a.txt" not in form.reopened({"text": "Two.", "file": "a.txt"})


def test_an_edit_is_asked_for_with_what_stands():
    [edit, *_] = next(c for c in DESK if c.name == "desk line").examples
    assert edit == "/desk line"
    form = form_of("/form /desk edit iraq line:3 text: " + STANDS, DESK)
    assert form.first_value(form.command.long, ASKER) == STANDS
    assert form.filled({"text": "Two.", "what": "iraq", "line": "3"}) == {"what": "iraq", "line": "3", "text": "Two."}


@pytest.mark.parametrize("command", CATALOGUE, ids=lambda command: command.name)
def test_no_command_has_two_long_texts_or_two_files(command):
    assert sum(option.long for option in command.options) <= 1
    assert sum(option.file for option in command.options) <= 1


async def test_what_is_lacking_is_asked_for_in_a_sentence_with_examples():
    answer = await Commands(None, DESK).answer_line("/desk add", ASKER)
    assert answer.outcome is Outcome.BAD_INPUT
    assert answer.summary.startswith("/desk add needs “text” (the article, as it stands). For example /desk add file:article.txt or ")


async def test_a_file_that_only_has_a_name_is_refused_with_what_to_do():
    answer = await Commands(None, DESK).answer_line("/desk add file:/etc/passwd", ASKER)
    assert (answer.outcome, answer.summary) == (
        Outcome.BAD_INPUT,
        "file: no file came with that. Attach it to the command, or paste its text instead.",
    )


async def test_a_file_is_read_only_for_whoever_may_use_the_command():
    read = []

    async def fetch():
        read.append(1)
        return Attached("a.txt", b"Two.")

    asked = Asked()
    commands = Commands(None, desk_commands(asked, Role.CURATOR))
    refused = await commands.answer(Ask(Asker("s", "c", "u"), "desk add", {"file": "a.txt"}), fetch)
    assert "Only curators" in refused.summary
    assert read == []
    await commands.answer(Ask(ASKER, "desk add", {"file": "a.txt"}), fetch)
    assert [(ask.attached.name, ask.attached.content) for ask in asked.asks] == [("a.txt", b"Two.")]


def test_the_longest_line_of_an_ordinary_command_is_as_it_was():
    with pytest.raises(BadInput, match="too long"):
        parse("/find " + "x" * LINE_MAX, CATALOGUE)


def test_behind_a_positional_text_that_takes_the_rest_every_unnamed_word_begins_it():
    text = Option("text", "The article", positional=True, required=True, rest=True, long=True)
    command = Command(("add",), "x", None, (text, Option("date", "When")))
    assert parse(f"/add date:2026-11-22 {ARTICLE}", (command,)).options == {"date": "2026-11-22", "text": ARTICLE.strip()}
