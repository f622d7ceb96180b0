"""Texts of several lines and files in Slack's forms: asked for with room, handed on as they stand, never lost."""

import asyncio

import pytest

from adapters.slack import filling, listeners
from adapters.slack.filling import FILL_AGAIN, giving_back
from adapters.slack.forms import kept, modal, roomy
from adapters.slack.inbound import Came
from adapters.slack.limits import PLAIN_INPUT_MAX
from adapters.slack.render import fits
from briefs.commands.ask import Asker, Role
from briefs.commands.catalogue import CATALOGUE
from briefs.commands.form import form_of
from briefs.message import Copyable, Message, Prose, words
from briefs.message.split import split
from briefs.pages.problem import store_page
from tests.adapters.slack.test_slack_forms import kinds
from tests.adapters.slack.workspace import shown, value_of
from tests.desk_commands import STANDS
from tests.loopback.slack_blocks import VIEW_BLOCKS, wrong_with

ASKER = Asker("slack:T1", "C1", "U1", frozenset(Role))
CAME = Came("T1", "U1", "C1", url="https://example.org/hook")
TEXT = "Two were seen, “at least”.\n\n  He said: title:no is no title & <b> none.\nThe end."


def field_of(view, name):
    [found] = [block for block in view["blocks"] if block.get("element", {}).get("action_id") == name]
    return found


async def opened(world, line):
    await world.command(line)
    return await world.form()


async def asked_of(asked):
    async with asyncio.timeout(60):
        while not asked.asks:  # noqa: ASYNC110 it is answered in a task of its own
            await asyncio.sleep(0.01)
    return asked.asks[-1]


# --- what the form asks for -------------------------------------------------------------------------------------------


async def test_a_long_text_has_room_and_a_file_stands_beside_it(desk):
    view = await opened(desk, "/desk add")
    assert list(kinds(view)) == ["text", "file", "title", "outlet", "date"]
    text, file = field_of(view, "text"), field_of(view, "file")
    assert (text["element"]["multiline"], text["element"]["max_length"]) == (True, PLAIN_INPUT_MAX)
    assert file["element"] == {"type": "file_input", "max_files": 1, "action_id": "file"}
    assert text["optional"] is file["optional"] is True  # either will do
    assert "attach it as a text file" in text["hint"]["text"]


async def test_a_text_arrives_as_it_was_typed(desk, asked):
    await desk.submit(await opened(desk, "/desk add"), {"text": TEXT, "title": "Seen"})
    assert (await asked_of(asked)).options == {"text": TEXT.strip(), "title": "Seen"}


async def test_a_text_of_several_lines_can_be_typed_behind_the_command(desk, asked):
    assert "Taken" in (await desk.ask(f'/desk add title:"Seen" {TEXT}'))["text"]
    assert asked.asks[-1].options == {"text": TEXT.strip(), "title": "Seen"}


async def test_a_form_of_ours_refuses_what_has_neither(desk, asked):
    told = await desk.submit(await opened(desk, "/desk add"), {"title": "Seen"})
    assert told["payload"]["response_action"] in {"errors", "update"}
    assert "needs “text”" in str(told["payload"])
    assert asked.asks == []


async def test_the_line_that_stands_is_in_the_form_that_edits_it(desk, asked):
    line = await desk.ask("/desk line")
    await desk.press(line, value_of(line, "Edit"))
    view = await desk.form()
    assert list(kinds(view)) == ["what", "line", "text"]
    assert field_of(view, "text")["element"]["initial_value"] == STANDS
    assert field_of(view, "line")["element"]["initial_value"] == "3"
    await desk.submit(view, {"what": "iraq", "line": "3", "text": "Two were seen."})
    assert (await asked_of(asked)).options == {"what": "iraq", "line": "3", "text": "Two were seen."}


@pytest.mark.parametrize("command", CATALOGUE, ids=lambda command: command.name)
def test_what_only_presses_give_is_carried_and_never_asked_for(command):
    hidden = [option.name for option in command.options if option.hidden]
    options = sorted(command.options, key=lambda option: option.long)  # what is long takes the rest of the line
    values = {o.name: "7" if o.number or o.hidden else o.choices[0] if o.choices else "words" for o in options if not o.file}
    what = values.pop(command.positional.name, "") if command.positional else ""
    form = form_of(f"/form /{command.name} {what} {' '.join(f'{name}:{value}' for name, value in values.items())}", CATALOGUE)
    if form is None:
        return
    view = modal(roomy(form), ASKER, kept(form.line, CAME))
    assert not set(hidden) & set(kinds(view))
    assert {name: form.filled({}).get(name) for name in hidden} == dict.fromkeys(hidden, "7")
    rest = [block for block in view["blocks"] if block.get("element", {}).get("type") != "external_select"]
    assert wrong_with(rest, VIEW_BLOCKS) == []


def test_a_text_that_no_field_holds_is_kept_and_not_cut():
    text = "word " * 1_000
    form = roomy(form_of(f'/form /curate add title:"Long" {text}', CATALOGUE))
    view = modal(form, ASKER, kept("", CAME, "short"))
    assert "text" not in kinds(view) and "file" in kinds(view)
    assert "4,999 characters is kept" in shown(view["blocks"][0])
    assert form.filled({"title": "Longer"}) == {"text": text.strip(), "title": "Longer"}
    assert wrong_with([b for b in view["blocks"] if b.get("element", {}).get("type") != "external_select"], VIEW_BLOCKS) == []


# --- files ------------------------------------------------------------------------------------------------------------


async def taken(world, file, **values):
    """What the form answers that has this file attached."""
    return await world.submit(await opened(world, "/desk add"), {"file": [file], **values})


def wrong(told):
    return str(told["payload"]["errors"]["field:file"]) if told["payload"] else ""


async def test_a_file_is_fetched_and_handed_on(desk, asked):
    await taken(desk, await desk.attach("report.txt", TEXT), title="Seen")
    ask = await asked_of(asked)
    assert ask.options == {"title": "Seen", "file": "report.txt"}
    assert (ask.attached.name, ask.attached.content) == ("report.txt", TEXT.encode())


async def test_bytes_of_a_file_arrive_as_they_are(desk, asked):
    raw = bytes(range(256)) * 10
    await taken(desk, await desk.attach("report.txt", raw))
    assert (await asked_of(asked)).attached.content == raw


async def test_a_file_of_which_slack_tells_only_the_id_is_asked_for(desk, asked):
    await taken(desk, await desk.attach("shared.txt", TEXT, hidden=True))
    assert (await asked_of(asked)).attached.content == TEXT.encode()


async def test_a_command_that_only_names_a_file_opens_the_form(desk):
    view = await opened(desk, "/desk add file:report.txt title:Seen")
    assert "file" in kinds(view)
    assert field_of(view, "title")["element"]["initial_value"] == "Seen"


REFUSALS = [
    pytest.param({"size": 9_999}, "too large (9,999 bytes; an article has at most 5,000 bytes)", id="too-large"),
    pytest.param({"status": 404}, "gone", id="gone"),
    pytest.param({"status": 410}, "gone", id="gone-for-good"),
    pytest.param({"status": 500}, "just now", id="server-error"),
    pytest.param({"status": 429}, "just now", id="too-fast"),
    pytest.param({"status": 403}, "does not hand it", id="forbidden"),
    pytest.param({"location": "http://localhost:1/else"}, "does not hand it", id="sent-elsewhere"),
    pytest.param({"location": "https://files.slack.com.example.org/"}, "does not hand it", id="sent-to-a-look-alike"),
    pytest.param({"location": "//"}, "does not hand it", id="sent-nowhere"),
    pytest.param({"shown": "<html>Sign in</html>"}, "does not hand it", id="a-page-in-its-place"),
    pytest.param({"url_private_download": "https://example.org/report.txt"}, "outside of Slack", id="elsewhere"),
    pytest.param({"url_private_download": "https://files.slack.com.example.org/report.txt"}, "outside of Slack", id="look-alike"),
    pytest.param({"url_private_download": "https://files.slack.com@example.org/report.txt"}, "outside of Slack", id="sign-in-in-it"),
    pytest.param({"url_private_download": "https://files.slack.com\\@example.org/x"}, "outside of Slack", id="backslash"),
    pytest.param({"url_private_download": "http://files.slack.com/report.txt"}, "outside of Slack", id="not-https"),
    pytest.param({"url_private_download": "https://files.slack.com:8443/report.txt"}, "outside of Slack", id="another-port"),
    pytest.param({"url_private_download": "file:///etc/passwd"}, "outside of Slack", id="a-file-of-ours"),
    pytest.param({"url_private_download": "https://evilslack.com/report.txt"}, "outside of Slack", id="ends-alike"),
]


@pytest.mark.parametrize(("change", "says"), REFUSALS)
async def test_a_file_that_cannot_be_taken_is_one_sentence_at_its_field(desk, asked, change, says):
    told = await taken(desk, await desk.attach("report.txt", "Two were seen.", **change), title="Seen")
    sentence = wrong(told)
    assert says in sentence and "report.txt" in sentence
    assert sentence.endswith(".") and desk.remote.token not in sentence and "http" not in sentence
    assert asked.asks == []


async def test_a_file_that_is_larger_than_slack_says_is_too_large(desk, asked):
    told = await taken(desk, await desk.attach("report.txt", "x" * 5_001, size=4))
    assert "too large" in wrong(told)
    assert asked.asks == []


async def test_a_file_that_slack_knows_no_more_is_gone(desk):
    file = await desk.attach("report.txt", TEXT, hidden=True)
    told = await taken(desk, file | {"id": "FNONE"})
    assert "gone" in wrong(told)


async def test_the_token_follows_no_redirect_to_another_host(desk):
    await desk.remote.note("workspace", scopes=["chat:write", "commands", "users:read"])
    assert "does not hand it" in wrong(await taken(desk, await desk.attach("report.txt", TEXT)))
    assert len(await desk.remote.requests("files.get")) == 1
    assert await desk.remote.requests("files.signin") == []


async def test_a_redirect_within_slacks_own_address_is_followed_and_not_for_ever(desk, asked):
    there = await desk.attach("there.txt", TEXT)
    await taken(desk, await desk.attach("here.txt", "", size=4, location=there["url_private"]))
    assert (await asked_of(asked)).attached.content == TEXT.encode()
    round_ = await desk.attach("round.txt", "")
    await desk.remote.note("file", **round_, content="", location=round_["url_private"])
    assert "does not hand it" in wrong(await taken(desk, round_))


async def test_whoever_may_not_do_it_has_no_file_fetched(newsroom):
    view = await opened(newsroom, "/curate add")
    await newsroom.submit(view, {"file": [await newsroom.attach("report.txt", TEXT)]}, user="UBEN")
    assert await newsroom.remote.requests("files.get") == []


async def test_a_name_that_is_markup_is_shown_as_it_is(desk):
    sentence = wrong(await taken(desk, await desk.attach("<!channel> *x*.txt", "x", status=404)))
    assert "<!channel>" in sentence  # an error of a form is plain text


# --- nothing typed is lost --------------------------------------------------------------------------------------------


async def test_a_refused_form_stays_open_with_what_was_typed(desk, asked):
    view = await opened(desk, "/desk add")
    told = await desk.submit(view, {"text": TEXT, "title": "no"})
    assert told["payload"] == {"response_action": "errors", "errors": {"field:title": "title: that says nothing. Write what happened."}}
    await desk.submit(view, {"text": TEXT, "title": "Seen"})
    assert (await asked_of(asked)).options["text"] == TEXT.strip()


async def test_a_form_that_was_closed_before_it_was_refused_can_be_filled_in_again(desk, asked, monkeypatch):
    monkeypatch.setattr(listeners, "FORM_PATIENCE", 0.0)
    text = f"{TEXT}\n" + "word " * 550
    told = await desk.submit(await opened(desk, "/desk add"), {"text": text, "title": "no"})
    assert not told["payload"]
    [refused] = await desk.until(desk.whispers)
    assert "says nothing" in refused["text"]
    await desk.press(refused, value_of(refused, FILL_AGAIN))
    view = await desk.form(1)
    assert field_of(view, "text")["element"]["initial_value"] == text.strip()
    assert field_of(view, "title")["element"]["initial_value"] == "no"


async def test_a_file_that_takes_long_is_answered_after_the_form_was_closed(desk, asked, monkeypatch):
    monkeypatch.setattr(listeners, "FORM_PATIENCE", 0.05)
    told = await taken(desk, await desk.attach("report.txt", TEXT, wait=0.3))
    assert not told["payload"]
    assert [m["text"] for m in await desk.until(desk.whispers)] == ["Taken."]
    assert asked.asks[-1].attached.content == TEXT.encode()


async def test_a_command_with_a_long_text_that_is_refused_can_be_filled_in_again(desk):
    refused = await desk.ask(f'/desk add title:"no" {TEXT}')
    await desk.press(refused, value_of(refused, FILL_AGAIN))
    assert field_of(await desk.form(), "text")["element"]["initial_value"] == TEXT.strip()


async def test_a_text_longer_than_a_form_holds_goes_through_one_unharmed(desk, asked):
    text = "\n".join("word " * 100 for _ in range(9)).strip()
    refused = await desk.ask(f'/desk add title:"no" {text}')
    await desk.press(refused, value_of(refused, FILL_AGAIN))
    view = await desk.form()
    assert "text" not in kinds(view)
    await desk.submit(view, {"title": "Seen"})
    assert [row.strip() for row in (await asked_of(asked)).options["text"].splitlines()] == [row.strip() for row in text.splitlines()]


async def test_while_the_store_is_down_a_form_stays_open(desk, monkeypatch):
    view = await opened(desk, "/desk add")

    async def down(*_, **__):
        return store_page()

    monkeypatch.setattr(type(desk.bot.commands), "answer", down)
    told = await desk.submit(view, {"text": TEXT})
    assert told["payload"]["response_action"] == "update"
    [text] = [b["element"]["initial_value"] for b in told["payload"]["view"]["blocks"] if b.get("block_id") == "field:text"]
    assert text == TEXT


async def test_a_fault_in_a_form_leaves_what_was_typed_where_it_is(desk, monkeypatch):
    view = await opened(desk, "/desk add")

    def broken(*_):
        raise ValueError("nobody foresaw it")

    monkeypatch.setattr(filling, "chosen_files", broken)
    told = await desk.submit(view, {"text": TEXT})
    [(block, sentence)] = told["payload"]["errors"].items()
    assert block == "field:text"
    assert "went wrong" in sentence and "foresaw" not in sentence


def test_what_can_be_kept_nowhere_is_given_back_to_be_copied():
    told = giving_back(Message("Down.", (Prose(words("Down.")),)), {"text": f"{'word ' * 600}\n\nThe end.", "title": "Seen"})
    pieces = [block.text for block in told.blocks if isinstance(block, Copyable)]
    assert "".join(pieces).split() == ["word"] * 600 + ["The", "end."]
    assert all(fits(part) for part in split(told, fits))
