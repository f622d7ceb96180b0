"""A message that does not fit: every word arrives, once, in order, with its citations."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.message import (
    Button,
    Buttons,
    CheckedLine,
    Choice,
    Choices,
    Copyable,
    Evidence,
    Heading,
    Line,
    Message,
    Prose,
    Section,
    Story,
    Words,
    words,
)
from briefs.message.split import split
from tests.gallery import GALLERY, hostile, texts


def size(message):
    return sum(len(text) for text in texts(message.blocks))


def fits(most):
    return lambda message: size(message) <= most


def lines(*said):
    return tuple(Line(words(text), (str(number),)) for number, text in enumerate(said, 1))


def test_a_message_that_fits_is_itself():
    assert split(GALLERY, fits(10**6)) == (GALLERY,)


def test_a_section_is_broken_between_its_lines_and_says_that_it_goes_on():
    message = Message("s", (Heading("Ferry"), Section("What happened", lines("a" * 50, "b" * 50, "c" * 50))))
    parts = split(message, fits(150))
    assert [line for part in parts for block in part.blocks if isinstance(block, Section) for line in block.lines] == list(
        lines("a" * 50, "b" * 50, "c" * 50)
    )
    assert [b.title for part in parts for b in part.blocks if isinstance(b, Section)] == ["What happened", "What happened (continued)"]


def test_every_further_message_says_what_it_continues():
    parts = split(Message("s", (Heading("Ferry"), Section("What", lines("a" * 50, "b" * 50)))), fits(90))
    assert "Ferry · continued" in texts(parts[1].blocks)
    assert parts[1].summary == "s (2 of 2)"


def test_no_heading_is_left_alone_at_the_end_of_a_message():
    parts = split(Message("s", (Prose(words("p" * 80)), Section("T", lines("a" * 50)))), fits(90))
    assert [type(block).__name__ for block in parts[0].blocks] == ["Prose"]


def test_a_line_too_long_for_any_message_goes_on_in_the_next_with_its_citation_behind_the_end():
    parts = split(Message("s", (Section("T", lines(" ".join(["word"] * 100))),)), fits(120))
    cited = [line for part in parts for block in part.blocks if isinstance(block, Section) for line in block.lines]
    assert [bool(line.cites) for line in cited] == [False] * (len(cited) - 1) + [True]
    assert " ".join(span.text.strip("…") for line in cited for span in line.spans).split() == ["word"] * 100


def test_a_note_too_long_to_stand_beside_a_line_stands_below_it():
    note = "n" * 200
    checked = CheckedLine(1, 1, "CUT", Line(words("l" * 60), ("1",)), Evidence((), note))
    parts = split(Message("s", (checked,)), fits(250))
    assert "CheckedLine" in [type(block).__name__ for block in parts[0].blocks]
    assert note in texts(tuple(block for part in parts for block in part.blocks))


def test_what_is_copied_has_no_mark_where_it_is_broken():
    parts = split(Message("s", (Copyable("x" * 300),)), fits(120))
    assert "".join(b.text for part in parts for b in part.blocks if isinstance(b, Copyable)) == "x" * 300


def test_what_is_said_about_a_story_stands_with_its_last_line():
    story = Story(1, "Ferry", lines("a" * 50, "b" * 50), words("about"), Button("Open", "/brief ferry"))
    parts = split(Message("s", (story,)), fits(110))
    assert [bool(b.about) for part in parts for b in part.blocks if isinstance(b, Story)] == [False, True]


def test_menus_stand_under_the_last_message():
    menu = Choices("Who", (Choice("Houthis", "Yemen", "/entity Houthis"),))
    message = replace(Message("s", (Section("T", lines("a" * 50, "b" * 50)),)), menus=(menu,))
    assert [part.menus for part in split(message, fits(90))] == [(), (menu,)]


def test_a_message_of_which_nothing_fits_is_refused():
    with pytest.raises(ValueError, match="broken"):
        split(Message("s", (Buttons((Button("label", "/brief"),)),)), lambda message: False)


@pytest.mark.parametrize("most", [1000, 1500, 3600])
@pytest.mark.parametrize(
    "message", [GALLERY, hostile(), hostile("long " * 2000), hostile("x" * 5000)], ids=["gallery", "hostile", "long", "x"]
)
def test_every_part_of_any_message_fits(message, most):
    parts = split(message, fits(most))
    assert all(fits(most)(part) for part in parts)


@given(st.lists(st.text(min_size=1, max_size=400), min_size=1, max_size=12), st.integers(400, 900))
def test_no_word_of_a_line_is_lost_or_doubled(said, most):
    message = Message("s", (Heading("h"), Section("T", tuple(Line(words(text), ("1",)) for text in said))))
    parts = split(message, fits(most))
    told = "".join(s.text for part in parts for b in part.blocks if isinstance(b, Section) for line in b.lines for s in line.spans)
    wanted = "".join(span.text for block in message.blocks if isinstance(block, Section) for line in block.lines for span in line.spans)
    assert "".join(told.split()).replace("…", "") == "".join(wanted.split()).replace("…", "")
    assert all(fits(most)(part) for part in parts)


def test_a_storys_headline_keeps_its_speaker_however_long_it_is():
    headline = "The army " + "is to prepare a quasi-state of war and " * 6 + "stands ready, KCNA says"
    story = Story(1, headline, lines("a" * 400, "b" * 400), words("about"), Button("Open", "/brief ferry"))
    parts = split(Message("s", (story,)), fits(900))
    assert headline in " ".join(b.headline for part in parts for b in part.blocks if isinstance(b, Story))


def test_a_choice_keeps_its_citations_wherever_its_detail_goes_on():
    choice = Choice("Houthis", "Yemen", "/entity Houthis", Line(words("word " * 300), ("iraq:12",)))
    parts = split(Message("s", (Choices("Who", (choice,)),)), fits(600))
    cited = [line.cites for part in parts for b in part.blocks if isinstance(b, Section) for line in b.lines]
    assert ("iraq:12",) in cited


@pytest.mark.parametrize("text", ["a" + "\u0301" * 5000, "\u200d" * 5000, "👨‍👩‍👧" * 900], ids=["accents", "joiners", "families"])
def test_what_looks_like_one_endless_character_is_broken_all_the_same(text):
    parts = split(Message("s", (Section("T", (Line((Words(text),), ("1",)),)),)), fits(700))
    assert all(fits(700)(part) for part in parts)
