"""The curators' desk in Slack: an article in, its draft turned page by page in place, a line mended, and readers have it."""

import re

from adapters.slack.limits import ACTIONS_ELEMENTS_MAX, BUTTON_TEXT_MAX, BUTTON_VALUE_MAX, MESSAGE_BLOCKS_MAX
from adapters.slack.presses import too_long
from adapters.slack.render import fits, render
from briefs.message import Buttons, CheckedLine, Evidence, Heading, Line, Message, Notice, Section, SmallPrint, SourceSentence, words
from briefs.pages.presses import press, turn
from tests.adapters.slack.payloads import beyond_limits
from tests.adapters.slack.test_slack_forms import kinds
from tests.adapters.slack.test_slack_long import field_of, opened
from tests.adapters.slack.workspace import controls, labels, shown, value_of
from tests.briefs.drafting.stories import HARBOUR
from tests.loopback.slack_blocks import wrong_with


async def given(world):
    """The draft of an article that was attached to the form, as Anna is shown it."""
    await world.submit(await opened(world, "/curate add"), {"file": [await world.attach("harbour.txt", HARBOUR)], "outlet": "Harbour News"})
    [told] = await world.until(world.whispers)
    assert "Stored as “harbour”" in told["text"]
    return await world.pressed(told, value_of(told, "Open the draft"))


def nth(message, label, number=0):
    """The value of the control that is the nth of that label."""
    return [control["value"] for control in controls(message) if control["label"] == label][number]


async def press_nth(world, message, label, number=0):
    """Press the nth control of that label: several lines have the same presses, each with a value of its own."""
    return await world.press(message, nth(message, label, number))


async def newest(world, before):
    async def more():
        found = await world.whispers()
        return found[-1] if len(found) > before else None

    return await world.until(more)


async def test_an_attached_article_becomes_a_draft_of_lines_beside_their_sentences(newsroom):
    draft = await given(newsroom)
    assert draft["blocks"][0]["type"] == "header"
    assert len(re.findall(r"Line \d+ of \d+", shown(draft["blocks"]))) == 4
    assert {"Approve", "Hold", "Reject", "Next ▶", "Edit", "Other sentence"} <= set(labels(draft))
    assert wrong_with(draft["blocks"]) == []


async def test_a_pasted_article_of_several_paragraphs_keeps_them(newsroom):
    pasted = await newsroom.ask(f'/curate add title:"Strike in Veldmar" {HARBOUR}')
    assert "Stored as “strike-in-veldmar”: 6 paragraphs, 13 sentences." in pasted["text"]


async def test_pages_of_a_draft_are_turned_in_place(newsroom):
    draft = await given(newsroom)
    before = await newsroom.whispers()

    async def turned(page, label, says):
        await newsroom.press(page, nth(page, label))

        async def there():
            found = await newsroom.whispers()
            return found if says in found[-1]["text"] else None

        return await newsroom.until(there)

    pages = await turned(draft, "Next ▶", "Lines 5 to")
    assert [m["ts"] for m in pages] == [m["ts"] for m in before]
    assert wrong_with(pages[-1]["blocks"]) == []
    back = await turned(pages[-1], "◀ Previous", "Lines 1 to 4")
    assert [m["ts"] for m in back] == [m["ts"] for m in before]
    assert shown(back[-1]["blocks"]) == shown(draft["blocks"])


async def test_a_line_is_edited_from_what_stands_and_a_refusal_stays_in_the_form(newsroom):
    draft = await given(newsroom)
    brief = await newsroom.bot.storage.curation.brief("harbour")
    await press_nth(newsroom, draft, "Edit", 1)
    view = await newsroom.form(1)
    assert list(kinds(view)) == ["text", "cites"]
    stands = field_of(view, "text")["element"]["initial_value"]
    assert stands == brief.bottom_line.text
    values = {"cites": "1"}
    refused = await newsroom.submit(view, values | {"text": "Dockers in Veldmar have begun a strike."})
    assert "This line was not saved." in str(refused["payload"])
    assert (await newsroom.bot.storage.curation.brief("harbour")).bottom_line.text == stands
    before = len(await newsroom.whispers())
    saved = "Dockers in the port of Veldmar are considering a strike."
    assert not (await newsroom.submit(view, values | {"text": saved}))["payload"]
    assert "Saved" in (await newest(newsroom, before))["text"]
    assert (await newsroom.bot.storage.curation.brief("harbour")).bottom_line.text == saved


async def test_a_form_of_a_draft_that_was_changed_meanwhile_says_so_and_keeps_what_was_typed(newsroom):
    draft = await given(newsroom)
    await press_nth(newsroom, draft, "Edit", 2)
    view = await newsroom.form(1)
    before = len(await newsroom.whispers())
    await press_nth(newsroom, draft, "Drop", 1)
    await newest(newsroom, before)
    told = await newsroom.submit(view, {"text": "Dockers are considering a strike."})
    assert "Meanwhile this draft was changed" in str(told["payload"])
    assert told["payload"]["response_action"] in {"errors", "update"}


async def test_what_a_press_asks_to_be_told_is_asked_in_a_form(newsroom):
    draft = await given(newsroom)
    before = len(await newsroom.whispers())
    await press_nth(newsroom, draft, "Hold")
    view = await newsroom.form(1)
    assert list(kinds(view)) == ["reason"]
    await newsroom.submit(view, {"reason": "the owner is to call back"})
    assert "Held" in (await newest(newsroom, before))["text"]
    assert "call back" in shown((await newsroom.ask("/curate open harbour"))["blocks"])


async def test_an_approved_draft_is_what_readers_have(newsroom):
    await given(newsroom)
    await newsroom.ask("/curate set harbour licence:own")
    draft = await newsroom.ask("/curate open harbour")
    assert "No brief" in (await newsroom.ask("/brief harbour", user="UBEN"))["text"]
    before = len(await newsroom.whispers())
    await press_nth(newsroom, draft, "Approve")
    assert "Approved" in (await newest(newsroom, before))["text"]
    assert "Dockers" in (await newsroom.ask("/brief harbour", user="UBEN"))["text"]


async def test_whoever_is_no_curator_is_told_so_and_gets_no_form(newsroom):
    await given(newsroom)
    for line in ("/curate add", "/curate open harbour", "/curate edit harbour line:2 text:x"):
        assert "Only curators" in (await newsroom.ask(line, user="UBEN"))["text"]


async def test_reviews_come_to_a_channel_only_if_the_bot_is_in_it(newsroom):
    await newsroom.remote.note("channel", id="C9", kind="private", members=["UANNA"])
    assert "/invite" in (await newsroom.ask("/curate here", channel="C9"))["text"]
    assert "From now on" in (await newsroom.ask("/curate here", channel="C1"))["text"]


# --- the fullest page -------------------------------------------------------------------------------------------------

LONG_NAME = "The Provisional Co-ordinating Committee of the Harbour Workers of Veldmar and the Outer Islands "


def full(characters, sentences=3):
    """A dossier's first page with everything on it, each text as long as an article may have it."""
    slug, version = "a-draft-with-a-very-long-handle-of-eighty-characters-as-no-article-has-it-in-truth", 9_999
    at = {"line": 99, "v": version}

    def checked(number):
        evidence = Evidence(tuple(SourceSentence(n, n, "w" * characters, retelling=False) for n in range(sentences)), "our retelling " * 5)
        edit = press("Edit", "curate edit", slug, **at, text="x" * 600)
        row = (edit, press("Other sentence", "curate swap", slug, **at), press("Drop", "curate drop", slug, **at))
        return CheckedLine(
            number,
            99,
            "What happened · REFUSED: " + "why " * 40,
            Line(words("x" * 600), ("1", "2", "3")),
            evidence,
            ("an estimated",) * 9,
            row,
        )

    names = tuple(
        press(f"One: {LONG_NAME}{n} = {LONG_NAME}", "curate merge", slug, name=f"{LONG_NAME}{n}", other=LONG_NAME, v=version)
        for n in range(8)
    )
    row = (
        *(turn("Next ▶", "curate open", slug, page=n) for n in range(2)),
        *(press(f"Do {n}", "curate hold", slug, v=version) for n in range(5)),
    )
    return Message(
        "Lines 1 to 4",
        (
            Heading("Draft: " + "h" * 300),
            Notice(words("Held: " + "y" * 400)),
            Notice(words("Told before: " + "z" * 300)),
            Buttons((press("Another source: x", "curate also", slug, of="x"),)),
            Section("Names to decide on (8)", tuple(Line(words(LONG_NAME * 2)) for _ in range(4))),
            Buttons(names),
            Section("Cards that come with it", (Line(words(LONG_NAME * 8)),)),
            *map(checked, range(4)),
            SmallPrint(words("small " * 60)),
            Buttons(row),
        ),
    )


def test_the_fullest_page_of_a_draft_is_one_message_within_slacks_limits():
    page = full(200)
    assert fits(page)
    shorts = dict.fromkeys(too_long(page), "short")
    rendered = render(page, shorts=shorts)
    assert beyond_limits(rendered) == []
    assert wrong_with(rendered.blocks) == []
    assert len(rendered.blocks) <= MESSAGE_BLOCKS_MAX
    rows = [block["elements"] for block in rendered.blocks if block["type"] == "actions"]
    assert max(map(len, rows)) <= ACTIONS_ELEMENTS_MAX
    for button in (element for row in rows for element in row):
        assert len(button["text"]["text"]) <= BUTTON_TEXT_MAX and len(button["value"]) <= BUTTON_VALUE_MAX
