"""The console's renderer: golden files at two widths, and what holds at every width."""

import io
import re
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.console.inbound import Presses
from adapters.console.layout import cells
from adapters.console.render import MEASURE, render
from adapters.console.screen import Screen
from briefs import message
from briefs.commands.catalogue import CATALOGUE
from briefs.commands.grammar import parse
from briefs.message import (
    Buttons,
    Comparison,
    Copyable,
    Evidence,
    Heading,
    Line,
    Message,
    Moment,
    Prose,
    SourceSentence,
    buttons,
    words,
)
from tests.gallery import GALLERY, LONG_WORD, NASTY, hostile, texts

GOLDEN = Path(__file__).parents[1] / "golden"
SGR = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.StringIO):
    """A file that says it is a terminal."""

    def isatty(self):
        return True


def plain(shown, width=80, **options):
    return "\n".join(line.plain for line in render(shown, width=width, **options)) + "\n"


def kinds_in(value):
    found = {type(value).__name__}
    parts = value if isinstance(value, tuple) else [getattr(value, name) for name in getattr(type(value), "__dataclass_fields__", {})]
    return found.union(*map(kinds_in, parts)) if parts else found


def test_the_gallery_has_every_kind_of_block_and_span():
    kinds = {kind.__name__ for union in (message.Block, message.Span) for kind in get_args(union)}
    assert kinds - kinds_in(GALLERY) == set()


@pytest.mark.parametrize(
    ("name", "width", "first"),
    [("console-80", 80, 1), ("console-40", 40, 1), ("console-120", 120, 1), ("console-say-80", 80, None)],
)
def test_the_gallery_looks_as_it_did(name, width, first):
    """A golden file that is missing is written anew: delete it, run, and look at what came out."""
    path = GOLDEN / f"{name}.txt"
    shown = plain(GALLERY, width, first=first)
    if not path.exists():
        path.write_text(shown, encoding="utf-8")
        pytest.fail(f"{path} was missing and is written: look at it, then run again")
    assert shown == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("first", [1, 41])
def test_numbers_follow_the_order_of_buttons(first):
    shown = plain(GALLERY, first=first)
    numbered = re.findall(r"(?<!\S)(\d+)\) ([\w“]+)", shown)
    expected = [(str(number), re.match(r"[\w“]+", button.label)[0]) for number, button in enumerate(buttons(GALLERY), first)]
    assert numbered == expected


def test_where_nothing_can_be_pressed_buttons_show_their_commands():
    shown = plain(GALLERY, 200, first=None)
    assert [button.command for button in buttons(GALLERY) if button.command not in shown] == []
    assert not re.search(r"(?<!\S)\d+\) ", shown)


@pytest.mark.parametrize(("width", "beside"), [(79, False), (80, True)])
def test_two_things_stand_side_by_side_from_80_cells(width, beside):
    shown = plain(Message("s", (Comparison("Left", "Right", (message.ComparedRow("Kind", (Line(words("a")),), ()),)),)), width)
    assert ("Left" in shown.splitlines()[0] and "Right" in shown.splitlines()[0]) is beside


@pytest.mark.parametrize(("width", "beside"), [(99, False), (100, True)])
def test_a_line_stands_beside_its_source_from_100_cells(width, beside):
    assert any("We say" in row and "retelling" in row for row in plain(GALLERY, width).splitlines()) is beside


def test_an_empty_side_of_a_comparison_says_so():
    assert "—" in plain(Message("s", (Comparison("L", "R", (message.ComparedRow("Facts", (), (Line(words("a")),)),)),)))


def test_only_a_retelling_is_called_one():
    original = message.CheckedLine(1, 1, "VERBATIM", Line(words("a"), ("1",)), Evidence((SourceSentence(1, 1, "a"),)))
    assert "Source says" in plain(Message("s", (original,)))
    assert "retelling" not in plain(Message("s", (original,)))


def test_the_cited_sentence_is_told_from_its_neighbours_without_colours():
    shown = plain(Message("s", (Evidence((SourceSentence(1, 1, "before", cited=False), SourceSentence(2, 1, "asked for"))),)))
    assert shown.splitlines() == ["  1 ¶1  before", "▸ 2 ¶1  asked for"]


@pytest.mark.parametrize(
    ("zone", "own", "shown"),
    [
        ("UTC", None, "22 Nov 2026 06:52 UTC"),
        ("America/Argentina/Buenos_Aires", None, "22 Nov 2026 03:52 Buenos Aires"),
        ("Europe/London", "Asia/Karachi", "22 Nov 2026 11:52 Karachi"),
        ("Etc/GMT-5", None, "22 Nov 2026 11:52 Etc/GMT-5"),
    ],
)
def test_a_moment_is_written_in_the_readers_zone_or_its_own(zone, own, shown):
    page = Message("s", (Prose((Moment(datetime(2026, 11, 22, 6, 52, tzinfo=UTC), zone),)),))
    assert plain(page, zone=ZoneInfo(own) if own else None) == f"{shown}\n"


def test_a_text_to_copy_keeps_its_one_line():
    text = f"word {LONG_WORD} " * 5
    assert plain(Message("s", (Copyable(text),)), 40).splitlines() == [text]


def test_short_citations_stay_with_the_last_word():
    for width in range(20, 60):
        shown = plain(Message("s", (message.Lead("Point", Line(words("It was said that they would come. "), ("4", "5"))),)), width)
        assert "[4, 5]" in shown


def test_markup_emoji_codes_and_links_stay_as_typed():
    shown = plain(Message("s", (Heading("[bold]x[/bold] :warning: [red] \\[x] https://example.org"),)))
    assert shown == "[bold]x[/bold] :warning: [red] \\[x] https://example.org\n"


def written(out, monkeypatch, **environment):
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    Screen(out=out, width=80).show(GALLERY, first=1)
    return out.getvalue()


def test_a_pipe_gets_no_escapes(monkeypatch):
    assert "\x1b" not in written(io.StringIO(), monkeypatch)


def test_a_dumb_terminal_gets_no_escapes(monkeypatch):
    assert "\x1b" not in written(Terminal(), monkeypatch, TERM="dumb")


def test_a_terminal_gets_colours_and_nothing_else_by_escape(monkeypatch):
    shown = written(Terminal(), monkeypatch)
    assert re.search(r"\x1b\[[0-9;]*3[0-7]m", shown)
    assert SGR.sub("", shown) == plain(GALLERY)


def test_no_color_takes_the_colours(monkeypatch):
    assert not re.search(r"\x1b\[(?:[0-9;]*;)?(?:3[0-7]|9[0-7]|38)", written(Terminal(), monkeypatch, NO_COLOR="1"))


@pytest.mark.parametrize("text", [NASTY, "\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "a\rb", "\x9d0;t\x9c", "\u2028\u2029\u0085"])
def test_hostile_text_is_inert_on_a_terminal(text, monkeypatch):
    out = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    Screen(out=out, width=60).show(hostile(text), first=1)
    left = SGR.sub("", out.getvalue())
    assert [c for c in left if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} and c != "\n"] == []


def test_numbers_are_never_given_twice():
    presses = Presses()
    row = Message("s", (Buttons((message.Button("Open", "/brief a"), message.Button("Who", "/brief b"))),))
    other = Message("s", (Buttons((message.Button("Late", "/brief c"),)),))
    assert (presses.number(row), presses.number(other)) == (1, 3)
    assert [presses.read(typed).line for typed in ("2", "[2]", "2)", " 2. ", "3")] == ["/brief b"] * 4 + ["/brief c"]


@pytest.mark.parametrize("typed", ["0", "4", "9999"])
def test_a_number_of_no_button_is_told(typed):
    presses = Presses()
    presses.number(GALLERY)
    meant = presses.read("0" if typed == "0" else "900")
    assert not meant.line
    assert "the last one is" in meant.note


@pytest.mark.parametrize("typed", ["q", "Q", " /quit ", "/exit", "exit"])
def test_leaving(typed):
    assert Presses().read(typed).leave


def test_several_lines_are_one_to_a_command_that_takes_no_text():
    line = Presses().read("/find\r\n nuclear \n\ntalks\n").line
    assert parse(line, CATALOGUE).options == {"words": "nuclear talks"}


ODD = [NASTY, LONG_WORD, "👩‍👩‍👧‍👦❤️" * 9, "中文" * 30, "e\u0301\u0327" * 40, "\u00a0" * 50, "شلام " * 9]
ANY_TEXT = st.text(max_size=60) | st.sampled_from(ODD)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY_TEXT, st.integers(1, 200), st.sampled_from([1, 990, None]))
def test_any_text_fits_any_width_without_a_control_character_and_without_loss(text, width, first):
    page = hostile(text)
    lines = render(page, width=width, first=first)
    copied = [block.text for block in page.blocks if isinstance(block, Copyable)]
    room = max(20, min(width, MEASURE))
    for line in lines:
        assert cells(line.plain) <= room or line.plain in copied
        assert not any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in line.plain)
    squeezed = "".join("".join(line.plain.split()) for line in lines)
    short = {word for part in texts(page.blocks) for word in part.split() if cells(word) <= 8}
    assert {word for word in short if word not in squeezed} == set()
    # Side by side, a folded word stands in two columns; anywhere else its parts follow each other.
    whole = "".join(text_of for text_of in texts((page.blocks[4],)))
    assert "".join(whole.split()) in squeezed
