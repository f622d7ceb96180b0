"""The Slack renderer: golden files, nothing left out, and what holds of every payload."""

import re
from dataclasses import fields, replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.slack import limits
from adapters.slack.presses import ACTION_IDS, Pressed, mark_in, pressed, too_long
from adapters.slack.render import fits, render
from adapters.slack.text import size
from briefs import message
from briefs.message import (
    Button,
    Buttons,
    CheckedLine,
    Choice,
    Choices,
    ComparedRow,
    Comparison,
    Copyable,
    Evidence,
    Heading,
    Label,
    Line,
    Message,
    Notice,
    Prose,
    Section,
    SmallPrint,
    SourceSentence,
    Story,
    buttons,
    clean,
    words,
)
from briefs.message.split import split
from tests.adapters.slack.payloads import acting, beyond_limits, dump, read, visible, walk
from tests.adapters.slack.test_slack_text import HOSTILE
from tests.gallery import BRIEF, CHECKED, DIGEST, ENTITY, GALLERY, HELP, NASTY, hostile, texts

GOLDEN = Path(__file__).parents[2] / "golden"
PARTS = {"brief": BRIEF, "checked-line": CHECKED, "entity": ENTITY, "digest": DIGEST, "help": HELP}
MARK = "Ab-_" + "0" * 18


def shown_as(*blocks, **options):
    return render(Message("s", blocks), **options).blocks


def kept(page):
    return {line: f"{place:022}" for place, line in enumerate(too_long(page))}


def numbered(count):
    return Choices("t", tuple(Choice("l", "", f"/{n}") for n in range(count)))


@pytest.mark.parametrize("name", PARTS)
def test_the_gallery_looks_as_it_did(name):
    """A golden file that is missing is written anew: delete it, run, and look at what came out."""
    path = GOLDEN / f"slack-{name}.txt"
    shown = dump(render(Message("What it is about & more.", PARTS[name])))
    if not path.exists():
        path.write_text(shown, encoding="utf-8")
        pytest.fail(f"{path} was missing and is written: look at it, then run again")
    assert shown == path.read_text(encoding="utf-8")


def test_every_kind_of_block_and_span_is_shown_by_itself():
    kinds = {kind for union in (message.Block, message.Span) for kind in get_args(union)}
    shown = {type(block) for block in GALLERY.blocks if shown_as(block)}
    assert set(get_args(message.Block)) == shown
    assert kinds - shown == set(get_args(message.Span))


@pytest.mark.parametrize("block", GALLERY.blocks, ids=lambda b: b.kind)
def test_every_text_of_every_block_is_shown(block):
    seen = visible(shown_as(block))
    assert [text for text in texts(block) if text not in seen] == []


@pytest.mark.parametrize("block", hostile().blocks[:-1], ids=lambda b: b.kind)
def test_every_hostile_text_is_shown_letter_for_letter(block):
    assert clean(NASTY) in visible(shown_as(block, shorts=kept(hostile())))


def test_a_long_label_is_cut_and_says_so():
    (button,) = shown_as(Buttons((Button("one two three " * 8, "/a"),)))[0]["elements"]
    assert button["text"]["text"] == "one two three one two three one two three one two three one two three one…"


def test_every_button_asks_what_it_should_in_reading_order():
    asked = [pressed(c["value"]) for c in walk(render(GALLERY).blocks) if c.get("type") == "button"]
    chosen = [pressed(o["value"]) for c in walk(render(GALLERY).blocks) for o in c.get("options", ())]
    listed = [c.command for block in GALLERY.blocks if isinstance(block, Choices) for c in block.choices]
    assert [p.line for p in chosen] == listed
    assert [p.line for p in asked] == [b.command for b in buttons(GALLERY) if b.command not in listed]


def test_a_long_line_is_asked_by_its_short_id():
    page = Message("s", (Choices("t", (Choice("l", "", "/find " + "x" * 90),)),))
    with pytest.raises(ValueError, match="short id"):
        render(page)
    (menu,) = [c for c in walk(render(page, shorts=kept(page)).blocks) if c.get("type") == "static_select"]
    assert pressed(menu["options"][0]["value"]) == Pressed(short="0" * 22)


def test_menus_stand_below_and_are_not_listed():
    page = Message("s", (Prose(words("a")),), menus=(Choices("Open", (Choice("b", "c", "/b"),)), Choices("none", ())))
    blocks = render(page).blocks
    assert [b["type"] for b in blocks] == ["rich_text", "actions"]
    assert [e["placeholder"]["text"] for e in blocks[1]["elements"]] == ["Open"]


def test_a_long_headline_is_cut_in_the_header_and_whole_below_it():
    text = "A headline of many words, and more. " * 8
    header, whole = shown_as(Heading(text))
    assert header["text"]["text"].endswith(" A headline of many words, and…")
    assert size(header["text"]["text"]) <= limits.HEADER_MAX
    assert text in visible([whole])
    assert [b["type"] for b in shown_as(Heading("A short one"))] == ["header"]


def test_a_headline_with_marks_stands_in_plain_letters():
    story = Story(1, "the *new* :smile:", (), (), Button("Open", "/brief a"))
    assert shown_as(story)[0]["text"] == {"type": "plain_text", "text": "1  the *new* :smile:", "emoji": False}
    assert shown_as(replace(story, headline="the new"))[0]["text"]["text"] == "*1  the new*"


def test_a_notice_is_told_by_a_sign_and_in_words():
    (context,) = shown_as(Notice((Label("Undated article:"), message.Words(" as of then."))))
    assert context["elements"][0]["text"] == "⚠ *Undated article:* as of then."


def test_only_a_retelling_is_called_one():
    checked = CheckedLine(1, 1, "VERBATIM", Line(words("a"), ("1",)), Evidence((SourceSentence(1, 1, "a"),)))
    assert "Source says:" in visible(shown_as(checked))
    retold = replace(checked, evidence=Evidence((SourceSentence(1, 1, "a", retelling=True),)))
    assert "Our retelling:" in visible(shown_as(retold))


def test_the_cited_sentence_is_told_from_its_neighbours():
    shown = visible(shown_as(Evidence((SourceSentence(1, 1, "before", cited=False), SourceSentence(2, 1, "asked for")))))
    assert shown == "1 ¶1  before\n▸ 2 ¶1  asked for"


def test_an_empty_side_of_a_comparison_says_so():
    assert "Left: —" in visible(shown_as(Comparison("Left", "Right", (ComparedRow("Facts", (), (Line(words("a")),)),))))


def test_what_is_copied_has_no_character_that_was_not_there():
    (block,) = shown_as(Copyable("“שלום *b* & <c>” — 12"))
    assert block["elements"] == [{"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "“שלום *b* & <c>” — 12"}]}]


def test_what_is_empty_leaves_no_empty_block():
    empty = (
        Heading(" "),
        Section("", ()),
        Notice(()),
        Prose(words(" ")),
        SmallPrint(words(" ")),
        Evidence(()),
        Copyable(""),
        Choices("", ()),
    )
    blocks = shown_as(*empty, Buttons(()))
    assert [b["type"] for b in blocks] == ["context"]
    assert visible(blocks).strip() == "⚠"
    assert visible(shown_as(*empty[:2], Buttons(()))) == "s"
    assert visible(render(Message(" ", (Prose(()),))).blocks) == "…"


def test_more_buttons_than_a_row_holds_stand_in_two():
    blocks = shown_as(Buttons(tuple(Button(str(n), f"/{n}") for n in range(30))))
    assert [len(b["elements"]) for b in blocks] == [25, 5]


def test_the_mark_stands_in_the_first_block_alone():
    blocks = render(GALLERY, mark=MARK).blocks
    assert [mark_in(b["block_id"]) for b in blocks] == [MARK, *[""] * (len(blocks) - 1)]
    assert {mark_in(b["block_id"]) for b in render(GALLERY).blocks} == {""}


@pytest.mark.parametrize("mark", ["", MARK])
def test_another_content_has_other_ids_and_the_same_has_the_same(mark):
    one, other = Message("s", (Prose(words("a")), Prose(words("b")))), Message("s", (Prose(words("a")), Prose(words("c"))))
    ids = [[b["block_id"] for b in render(page, mark=mark).blocks] for page in (one, one, other)]
    assert ids[0] == ids[1]
    assert not set(ids[0]) & set(ids[2])


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        pytest.param(Message("s", tuple(Prose(words("a")) for _ in range(46))), "46 blocks", id="blocks"),
        pytest.param(Message("s", tuple(Prose(words("x" * 2_500)) for _ in range(5))), "12500 characters", id="text in all"),
        pytest.param(Message("s", (Prose(words("&" * 541)),)), "2705 characters", id="one line, escaped"),
        pytest.param(Message("s", (SmallPrint(words("x" * 1_801)),)), "1801 characters", id="small print"),
        pytest.param(Message("s", (Prose(words("a")),), menus=(numbered(76),)), "menu", id="menu"),
    ],
)
def test_what_does_not_fit_is_refused(page, problem):
    assert not fits(page)
    with pytest.raises(ValueError, match=problem):
        render(page)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(Message("s", tuple(Prose(words("a")) for _ in range(45))), id="blocks"),
        pytest.param(Message("s", (Prose(words("&" * 540)),)), id="one line, escaped"),
        pytest.param(Message("s", (SmallPrint(words("x" * 1_800)),)), id="small print"),
        pytest.param(Message("s", (numbered(75),)), id="menu"),
        pytest.param(GALLERY, id="the gallery"),
    ],
)
def test_what_just_fits_is_shown(page):
    assert fits(page)
    assert beyond_limits(render(page)) == []


def test_a_choice_counts_although_its_line_is_too_long_for_a_press():
    """Two that ask the same are one option: measured as if all asked the same, too many would fit."""
    long = Choices("t", tuple(Choice("l", "", f"/find {'x' * 90}{n}") for n in range(76)))
    assert not fits(Message("s", (Prose(words("a")),), menus=(long,)))


def test_the_walk_sees_what_is_beyond():
    rendered = render(GALLERY)
    rendered.blocks[0]["text"]["text"] = "x" * 151
    rendered.blocks[1]["block_id"] = rendered.blocks[2]["block_id"]
    rendered.blocks.append({"type": "actions", "block_id": "b", "elements": []})
    assert beyond_limits(rendered) == ["ids", "header: 151", "0 elements"]


def check_all(rendered):
    assert beyond_limits(rendered) == []
    assert acting(rendered.text) == []
    for thing in walk(rendered.blocks):
        if thing.get("type") in {"plain_text", "mrkdwn"}:
            read(thing)
        if "action_id" in thing:
            assert ACTION_IDS.match(thing["action_id"])
        assert thing.get("type") not in {"link", "user", "usergroup", "broadcast", "channel", "emoji"}
        assert "url" not in thing


LONGER = st.tuples(HOSTILE, st.sampled_from([1, 1, 3, 40, 400])).map(lambda drawn: drawn[0] * drawn[1])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LONGER, st.lists(st.integers(0, 15), min_size=1, max_size=30), st.integers(1, 12))
def test_any_message_split_is_within_every_limit_and_nothing_in_it_acts(text, places, times):
    blocks = hostile(text).blocks
    grown = tuple(rows_of(blocks[place], times) for place in places)
    page = Message(text, grown, menus=tuple(b for b in blocks if isinstance(b, Choices)))
    for part in split(page, fits):
        check_all(render(part, shorts=kept(part), mark=MARK))


def rows_of(block, times):
    """The block with its row that many times."""
    rows = {"lines", "choices", "fields", "sentences", "rows", "steps", "commands", "buttons"} & {f.name for f in fields(block)}
    return replace(block, **{name: getattr(block, name) * times for name in rows if not isinstance(block, CheckedLine)})


def test_a_summary_calls_nobody():
    told = render(Message(NASTY, (Prose(words("a")),))).text
    assert acting(told) == []
    assert not re.search(r"<|@everyone|\*b\*", told)
