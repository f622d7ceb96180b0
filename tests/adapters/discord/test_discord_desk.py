"""Long texts, files and prefilled forms on Discord, with a catalogue of a few commands, in a server in memory."""

from dataclasses import replace

import discord
import pytest

from adapters.discord import files
from adapters.discord.client import Client
from adapters.discord.files import fetch
from adapters.discord.forms import CUT, modal
from adapters.discord.limits import MODAL_COMPONENTS_MAX, MODAL_DESCRIPTION_MAX, TEXT_INPUT_MAX
from adapters.discord.mount import SEEN_BY, mount
from briefs.commands.ask import Asker, Role
from briefs.commands.form import form_of
from briefs.commands.rights import Rights
from briefs.errors import BadInput
from briefs.pages.presses import asking, press, with_text
from tests.adapters.discord.server import named, said
from tests.desk_commands import STANDS, Asked, desk_commands

ARTICLE = "Two “officials” said: it's over.\n\ntitle: no heading\n" + "The date: none. " * 200
FILE_MAX = 10_000
KIND = {"text": 4, "file": 19}


@pytest.fixture
async def desk(server, monkeypatch):
    """The server with the small catalogue, for curators: Anna is one, by the settings alone."""
    monkeypatch.setattr(files, "CDN", frozenset({"cdn.simcord.invalid"}))
    server.asked = Asked()
    server.restarted = lambda: again(server)
    await again(server)
    return server


async def again(server):
    """Connected with the small catalogue, for the first time or once more."""
    rights = Rights(curators=frozenset({f"discord:{server.anna.id}"}))
    commands = replace(server.bot.commands, catalogue=desk_commands(server.asked, Role.CURATOR), rights=rights)
    server.client = server.posts.client = Client(commands, server.bot.storage, server.posts, file_max=FILE_MAX)
    await server.env.restart_bot(server.client)


def fields(result):
    return {label["component"]["custom_id"]: label["component"] for label in result.modal["components"]}


async def test_a_command_without_its_long_text_opens_a_form_with_much_room_and_a_file(desk):
    form = await desk.anna.slash(desk.general, "desk add", kind="news")
    found = fields(form)
    assert list(found) == ["text", "title", "outlet", "date", "file"]
    assert len(found) <= MODAL_COMPONENTS_MAX
    assert (found["text"]["style"], found["text"]["max_length"], found["text"]["required"]) == (2, TEXT_INPUT_MAX, False)
    assert (found["title"]["style"], found["title"]["max_length"]) == (1, 500)
    assert (found["file"]["type"], found["file"]["required"]) == (KIND["file"], False)
    taken = await desk.anna.submit_modal(form, {"text": ARTICLE, "title": "In short"})
    assert "Taken." in said(taken)
    assert desk.asked.asks[0].options == {"kind": "news", "text": ARTICLE.strip(), "title": "In short"}


async def test_a_text_is_no_typed_option_and_a_file_is_an_attachment(desk):
    [root] = [command.to_dict(desk.client.tree) for command in desk.client.tree.get_commands() if command.name == "desk"]
    options = {command["name"]: {o["name"]: o["type"] for o in command.get("options", [])} for command in root["options"]}
    assert options == {
        "add": {"title": 3, "outlet": 3, "date": 3, "kind": 3, "file": discord.AppCommandOptionType.attachment.value},
        "edit": {"what": 3, "line": 4},
        "line": {},
    }


async def test_a_file_that_is_attached_is_fetched_and_needs_no_form(desk):
    taken = await desk.anna.slash(desk.general, "desk add", file=("a.txt", b"Two were seen."), title="In short")
    assert "Taken." in said(taken)
    [ask] = desk.asked.asks
    assert ask.options == {"title": "In short", "file": "a.txt"}
    assert (ask.attached.name, ask.attached.content) == ("a.txt", b"Two were seen.")


async def test_a_file_in_the_form_will_do_in_the_place_of_a_text(desk):
    form = await desk.anna.slash(desk.general, "desk add")
    assert "Taken." in said(await desk.anna.submit_modal(form, {"file": ("a.md", b"Two were seen.")}))
    assert desk.asked.asks[0].attached.content == b"Two were seen."


async def test_a_form_with_neither_says_what_is_lacking(desk):
    form = await desk.anna.slash(desk.general, "desk add")
    told = await desk.anna.submit_modal(form, {"title": "In short"})
    assert "needs “text”" in said(told)
    assert desk.asked.asks == []
    reopened = await desk.press(desk.anna, told.response, named("Fill it in again", told.response))
    assert fields(reopened)["title"]["value"] == "In short"


async def test_a_file_that_is_too_large_is_refused_in_one_sentence(desk):
    told = said(await desk.anna.slash(desk.general, "desk add", file=("a.txt", b"x" * (FILE_MAX + 1))))
    assert told.strip() == "“a.txt” has 10,001 bytes, and at most 10,000 are taken. Shorten it and attach it again."
    assert desk.asked.asks == []


@pytest.mark.parametrize(
    "url", ["https://example.org/a.txt", "http://cdn.discordapp.com/a.txt", "file:///etc/passwd", "https://cdn.discordapp.com.example/a"]
)
async def test_nothing_is_fetched_from_anywhere_else(url):
    class Elsewhere:
        filename, size = "a.txt", 3

        async def read(self):
            raise AssertionError("it was fetched")

    there = Elsewhere()
    there.url = url
    with pytest.raises(BadInput, match="keeps no files"):
        await fetch(there, 100)


async def test_a_file_that_cannot_be_had_is_one_sentence():
    class Gone:
        filename, size, url = "a\u202e.txt", 3, "https://cdn.discordapp.com/attachments/1/2/a.txt"

        async def read(self):
            raise OSError

    with pytest.raises(BadInput) as told:
        await fetch(Gone(), 100)
    assert str(told.value) == "“a .txt” could not be fetched from Discord. Attach it again, or paste its text instead."


async def test_what_was_typed_into_a_refused_form_stands_in_it_again_even_after_a_restart(desk):
    text = ("“We will see,” he said.\n" * 200)[:TEXT_INPUT_MAX].strip()
    form = await desk.anna.slash(desk.general, "desk add")
    refused = await desk.anna.submit_modal(form, {"text": text, "title": "no", "outlet": 'The "Daily"'})
    assert "says nothing" in said(refused)
    await desk.restarted()
    reopened = await desk.press(desk.anna, refused.response, named("Fill it in again", refused.response))
    assert (fields(reopened)["text"]["value"], fields(reopened)["title"]["value"]) == (text, "no")
    await desk.anna.submit_modal(reopened, {"text": text, "title": "In short"})
    assert desk.asked.asks[-1].options["text"] == text


async def test_edit_opens_a_form_with_what_stands_and_the_answer_is_the_new_text(desk):
    page = await desk.anna.slash(desk.general, "desk line")
    form = await desk.press(desk.anna, page.response, named("Edit", page.response))
    assert {name: field.get("value") for name, field in fields(form).items()} == {"text": STANDS, "what": "iraq", "line": "3"}
    await desk.anna.submit_modal(form, {"text": "Two were seen.", "what": "iraq", "line": "3"})
    assert desk.asked.asks[-1].options == {"what": "iraq", "line": "3", "text": "Two were seen."}


async def test_a_press_that_lacks_its_text_opens_the_form_and_one_that_has_it_does_not(desk):
    page = await desk.anna.slash(desk.general, "desk line")
    assert (await desk.press(desk.anna, page.response, named("Add an article", page.response))).modal is not None
    done = await desk.press(desk.anna, page.response, named("Put it back", page.response))
    assert done.modal is None
    assert desk.asked.asks[-1].options["text"] == STANDS


async def test_typed_without_its_text_an_edit_asks_for_that_alone(desk):
    form = await desk.anna.slash(desk.general, "desk edit", what="iraq", line=3)
    assert list(fields(form)) == ["text"]
    assert fields(form)["text"]["required"]


async def test_whoever_is_no_curator_sees_the_name_gets_no_form_and_has_nothing_fetched(desk, monkeypatch):
    monkeypatch.setattr(files, "CDN", frozenset())
    assert "desk add" in desk.ben.available_commands(desk.general)
    for options in ({}, {"file": ("a.txt", b"Two.")}):
        refused = await desk.ben.slash(desk.general, "desk add", **options)
        assert refused.modal is None
        assert "Only curators may do that" in said(refused)
    assert desk.asked.asks == []


async def test_a_curator_of_the_settings_who_is_no_admin_is_offered_what_is_theirs():
    catalogue = desk_commands(Asked(), Role.CURATOR)
    [root, _] = mount(catalogue, None, None)
    assert root.default_permissions is None
    assert SEEN_BY[Role.MANAGER] is not None


async def test_a_line_of_five_thousand_characters_is_kept_and_asked_as_it_was(desk):
    text = ("“We will see,” he said.\n" * 300)[:5_000].strip()
    line = asking(with_text(press("Edit", "desk edit", "iraq", line=3), "text", text)).command
    short = (await desk.bot.storage.asks.keep_all(desk.space, [line]))[line]
    form = form_of(await desk.bot.storage.asks.recall(desk.space, short), desk.client.commands.catalogue)
    assert form.given["text"] == text
    told = modal(form, "sf0~x", Asker("s", "c", "u")).to_dict()["components"]
    field = next(label for label in told if label["component"]["custom_id"] == "text")
    assert field["component"]["value"] == text[:TEXT_INPUT_MAX]
    assert field["description"] == CUT
    assert len(CUT) <= MODAL_DESCRIPTION_MAX
