"""Discord's renderer: golden files, every text shown, nothing but our own marks acts, and no limit is passed."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from adapters.discord import limits
from adapters.discord.layout import shortened
from adapters.discord.presses import is_menu, mark_in, pressed
from adapters.discord.render import fits, render
from briefs import message as messages
from briefs.message import (
    Button,
    Buttons,
    Choice,
    Choices,
    Comparison,
    Copyable,
    Fields,
    Heading,
    Line,
    Message,
    Prose,
    Section,
    Story,
    clean,
    words,
)
from briefs.message.split import split
from tests.adapters.discord.payloads import broken, buttons, dump, foreign, markdown, menus, payload, unseen, walk
from tests.adapters.discord.reader import plain, read
from tests.gallery import BRIEF, CHECKED, DIGEST, ENTITY, GALLERY, HELP, NASTY, hostile

GOLDEN = Path(__file__).parents[2] / "golden"
MARK = "edition-mark-000000001"
WHO = Choices("Who is named", (Choice("Houthis", "Yemen", "/entity Houthis"), Choice("Reuters", "", "/entity Reuters")))
EXAMPLES = {
    "brief": Message("A brief.", BRIEF, menus=(WHO,)),
    "checked": Message("A line checked.", CHECKED),
    "entity": Message("An entity.", ENTITY),
    "digest": Message("An edition.", (Heading("Morning briefing · Sunday 22 November"), *DIGEST)),
    "help": Message("Help.", HELP),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_looks_as_it_did(name):
    """A golden file that is missing is written anew: delete it, run, and look at what came out."""
    path = GOLDEN / f"discord-{name}.txt"
    seen = "\n".join(dump(payload(EXAMPLES[name], MARK if name == "digest" else ""))) + "\n"
    if not path.exists():
        path.write_text(seen, encoding="utf-8")
        pytest.fail(f"{path} was missing and is written: look at it, then run again")
    assert seen == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_text_of_an_example_is_shown(name):
    assert unseen(EXAMPLES[name], payload(EXAMPLES[name])) == []
    assert broken(payload(EXAMPLES[name])) == []


@pytest.mark.parametrize("block", GALLERY.blocks, ids=lambda block: block.kind)
def test_every_block_is_shown_on_its_own(block):
    message = Message("never shown", (block,))
    assert unseen(message, payload(message)) == []
    assert "never shown" not in "".join(markdown(payload(message)))


def test_the_gallery_has_every_block():
    assert {type(block) for block in GALLERY.blocks} == set(get_args(messages.Block))


WILD = st.text(max_size=40) | st.lists(
    st.sampled_from(
        [*"*_~|`<>[]()#-@:/.\\ ", "https://a.b", "<@1>", "<t:1:R>", "@everyone", "\n- ", "```", "👍🏽", "👨\u200d👩\u200d👧", "حزب", "1. "]
    ),
    max_size=30,
).map("".join)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(WILD)
@example(NASTY)
@example("")
@example(" ")
@example("```")
@example("[x](https://example.org) <t:1:R> <@8> @here <@&1> :smile: C#")
@example("👍🏽" * 60)
@example("word " * 300)
@example("`* `` *" * 100)
def test_any_text_fits_and_acts_nowhere(text):
    for part in split(hostile(text), partial(fits, marked=True)):
        components = payload(part, MARK)
        assert broken(components) == []
        assert sum(limits.size(text) for text in markdown(components)) <= limits.TEXT_BUDGET
        assert len(list(walk(components))) <= limits.COMPONENTS_BUDGET
        assert foreign(part, components) == []


@given(st.lists(st.builds(Line, WILD.map(words), st.lists(WILD, max_size=2).map(tuple)), min_size=1, max_size=12))
def test_lines_are_read_letter_for_letter(lines):
    message = Message("s", (Section("Title", tuple(lines)),))
    if not fits(message):
        return
    (shown,) = markdown(payload(message))
    seen = plain(read(shown).text)
    wanted = [span.text.strip() for line in lines for span in line.spans]
    assert [text for text in wanted if text not in seen] == []


def test_a_message_that_does_not_fit_is_refused():
    message = Message("s", (Copyable("x" * (limits.TEXT_BUDGET + 1)),))
    assert not fits(message)
    with pytest.raises(ValueError, match="split"):
        render(message)


@pytest.mark.parametrize(
    ("text", "fit"), [("x" * 3600, True), ("x" * 3601, False), ("*" * 1800, True), ("*" * 1801, False), ("👍" * 1801, False)]
)
def test_what_is_measured_is_what_is_sent(text, fit):
    assert fits(Message("s", (Prose(words(text)),))) is fit


@pytest.mark.parametrize(("count", "fit"), [(29, True), (30, False)])
def test_components_are_counted_with_their_rows_and_the_container(count, fit):
    message = Message("s", (Buttons(tuple(Button("a", "/brief") for _ in range(count))),))
    assert fits(message) is fit
    if fit:
        assert len(list(walk(payload(message)))) <= limits.COMPONENTS_BUDGET


def test_a_mark_needs_room_for_its_button():
    stories = tuple(Prose(words(str(n))) for n in range(35))
    assert fits(Message("s", stories))
    assert not fits(Message("s", stories), marked=True)


def test_a_line_too_long_for_an_id_is_asked_by_its_short_id():
    line = "/find " + "x" * 200
    message = Message("s", (Buttons((Button("a", line),)),))
    (button,) = buttons(render(message, shorts={line: "short-id"}).to_components())
    assert pressed(button["custom_id"]).short == "short-id"
    with pytest.raises(ValueError, match="short id"):
        render(message)


def test_one_command_on_two_buttons_has_two_ids():
    message = Message("s", (Buttons((Button("a", "/brief"), Button("a", "/brief"))), Story(1, "h", (), (), Button("a", "/brief"))))
    ids = [button["custom_id"] for button in buttons(payload(message))]
    assert len(set(ids)) == 3
    assert {pressed(custom_id).line for custom_id in ids} == {"/brief"}


def test_a_button_that_turns_the_page_says_so():
    message = Message("s", (Buttons((Button("▶", "/source iraq page:2", turns=True), Button("Who", "/brief iraq part:who"))),))
    assert [pressed(button["custom_id"]).turns for button in buttons(payload(message))] == [True, False]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_first_button_carries_the_mark_and_no_other(name):
    ids = [button["custom_id"] for button in buttons(payload(EXAMPLES[name], MARK))]
    assert [mark_in(custom_id) for custom_id in ids] == [MARK] + [""] * (len(ids) - 1)


def test_a_marked_message_without_a_button_gets_help():
    message = Message("s", (Prose(words("text")),))
    assert buttons(payload(message)) == []
    (button,) = buttons(payload(message, MARK))
    assert (button["label"], pressed(button["custom_id"]).line, mark_in(button["custom_id"])) == ("Help", "/standfirst help", MARK)


def test_a_menu_below_a_message_asks_what_its_choices_ask():
    (menu,) = menus(payload(EXAMPLES["brief"]))
    assert is_menu(menu["custom_id"])
    assert [(o["label"], pressed(o["value"]).line) for o in menu["options"]] == [
        ("Houthis · Yemen", "/entity Houthis"),
        ("Reuters", "/entity Reuters"),
    ]


def test_more_choices_than_a_menu_takes_go_on_in_the_next():
    many = Choices("Who", tuple(Choice(f"name {n}", "", "/brief") for n in range(60)))
    found = menus(payload(Message("s", (Prose(words("x")),), menus=(many,))))
    assert [len(menu["options"]) for menu in found] == [25, 25, 10]
    assert [menu["placeholder"] for menu in found] == ["1–25 · Who", "26–50 · Who", "51–60 · Who"]


@pytest.mark.parametrize(
    "block",
    [
        Heading(" "),
        Section("", (Line(()),)),
        Prose(()),
        Fields(()),
        Comparison("", "", ()),
        Copyable(""),
        Choices("", (Choice("", "", "/brief"),)),
        Buttons((Button("", "/brief"),)),
    ],
    ids=lambda block: block.kind,
)
def test_what_has_no_words_makes_no_empty_text(block):
    assert broken(payload(Message("The summary.", (block,)))) == []


def test_a_message_of_which_nothing_can_be_shown_shows_its_summary():
    assert markdown(payload(Message("The *summary*.", (Prose(()),)))) == ["The \\*summary\\*."]


async def test_the_view_is_over_before_it_is_sent():
    """What is finished is stored nowhere by discord.py: see `Messageable.send` and `InteractionResponse.send_message`."""
    view = render(EXAMPLES["brief"])
    assert view.is_finished()
    assert view.timeout is None
    assert view.has_components_v2()


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        pytest.param("Check every line", 34, "Check every line", id="fits"),
        pytest.param("Everything that is known of this, and of that", 34, "Everything that is known of this…", id="at-a-word"),
        pytest.param("x" * 40, 34, "x" * 33 + "…", id="no-word"),
        pytest.param("👨\u200d👩\u200d👧" * 9, 12, "👨\u200d👩\u200d👧…", id="joined-emoji"),
        pytest.param("👍🏽" * 9, 7, "👍🏽…", id="skin-tone"),
        pytest.param("e\u0301" * 9, 6, "e\u0301" * 2 + "…", id="accent"),
        pytest.param("🇮🇶" * 3, 34, "🇮🇶" * 3, id="flags"),
        pytest.param("حزب", 34, "\u2068حزب\u2069", id="right-to-left"),
        pytest.param("حزب", 3, "حزب", id="right-to-left-without-room"),
    ],
)
def test_a_name_is_cut_where_nothing_is_torn(text, most, short):
    assert shortened(text, most) == short


@given(WILD.map(clean), st.integers(2, 100))
def test_a_name_is_never_longer_than_it_may_be(text, most):
    assert limits.size(shortened(text, most)) <= most


def test_the_summary_stays_behind():
    """V2 messages carry no content: the summary is for platforms that read one aloud."""
    shown = markdown(payload(replace(EXAMPLES["brief"], summary="only for notifications")))
    assert "only for notifications" not in "".join(shown)
