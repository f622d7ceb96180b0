"""`.env`: changed line by line, whole or not at all, for its owner's eyes only."""

import stat

import pytest
from dotenv import dotenv_values
from hypothesis import given
from hypothesis import strategies as st

from bot.envfile import changed, read_env, save
from briefs.errors import BadInput

LINES = [
    "# a remark",
    "",
    "   ",
    "OTHER=1",
    "export QUOTED='two words' # why",
    'DOUBLE="a # b"',
    "STANDFIRST_ZONE=Europe/London # mine",
    "standfirst_zone = 'Europe/Paris'",
    "STANDFIRST_SHARE=no",
    "no setting at all",
    "='broken",
    "EMPTY=",
    "BARE",
]


def test_a_value_is_replaced_in_its_place_and_all_else_stays():
    text = "# mine\nexport STANDFIRST_ZONE='Europe/London'   # home\n\nOTHER = x\r\n"
    assert changed(text, {"STANDFIRST_ZONE": "UTC"}) == "# mine\nexport STANDFIRST_ZONE=UTC   # home\n\nOTHER = x\r\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("", "A=1\n", id="empty"),
        pytest.param("B=2", "B=2\nA=1\n", id="no-line-end"),
        pytest.param("a=0\n", "a=1\n", id="small-letters"),
        pytest.param("A\n", "A=1\n", id="no-value"),
        pytest.param("A=0\nA=0\n", "A=1\nA=1\n", id="twice"),
        pytest.param("# A=0\n", "# A=0\nA=1\n", id="a remark is none"),
        pytest.param("\ufeffA=0\n", "\ufeffA=1\n", id="byte order mark"),
        pytest.param('A="x\ny" # why\nB=2\n', "A=1 # why\nB=2\n", id="a value of two lines"),
    ],
)
def test_where_a_value_goes(text, wanted):
    assert changed(text, {"A": "1"}) == wanted


@given(st.lists(st.sampled_from(LINES), max_size=8), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_no_line_is_ever_lost(tmp_path_factory, lines, ends, closed):
    text = ends.join(lines) + (ends if closed else "")
    fresh = changed(text, {"STANDFIRST_ZONE": "UTC", "STANDFIRST_CURATORS": "discord:12345,slack:T1/U1"})
    kept = [line for line in text.splitlines() if "zone" not in line.casefold()]
    left = iter(fresh.splitlines())
    assert all(any(line == other for other in left) for line in kept)
    file = tmp_path_factory.mktemp("env") / ".env"
    file.write_bytes(fresh.encode())
    read = dotenv_values(file)
    if "='broken" not in lines:  # behind an open quote nobody knows what is meant
        assert {value for name, value in read.items() if name.upper() == "STANDFIRST_ZONE"} == {"UTC"}
        assert read["STANDFIRST_CURATORS"] == "discord:12345,slack:T1/U1"


@given(st.text(max_size=200))
def test_any_text_is_kept_when_nothing_is_changed(text):
    assert changed(text, {}) == text


def test_a_value_that_would_need_quotes_is_refused():
    with pytest.raises(ValueError, match="quotes"):
        changed("", {"A": "two words"})


def test_where_things_stand_is_told_by_line(tmp_path):
    file = tmp_path / ".env"
    file.write_text("\n# x\nA=1\n\n\nB=2\nwhat is this\n")
    found = read_env(file)
    assert [(entry.name, entry.line) for entry in found.entries] == [("A", 3), ("B", 6)]
    assert found.broken == (7,)
    assert found.value("B") == "2"


def test_it_is_for_its_owners_eyes_only_even_where_it_was_not(tmp_path):
    file = tmp_path / ".env"
    file.write_text("A=0\n")
    file.chmod(0o644)
    save(file, {"A": "1"})
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text() == "A=1\n"
    assert [p.name for p in tmp_path.iterdir()] == [".env"]


def test_a_link_stays_a_link(tmp_path):
    real, link = tmp_path / "real", tmp_path / ".env"
    real.write_text("A=0\n")
    link.symlink_to(real)
    save(link, {"A": "1"})
    assert link.is_symlink()
    assert real.read_text() == "A=1\n"


def test_what_is_not_utf_8_is_left_as_it_is(tmp_path):
    file = tmp_path / ".env"
    file.write_bytes(b"A=\xff\n")
    with pytest.raises(BadInput, match=r"not UTF-8. Save it anew"):
        save(file, {"A": "1"})
    assert file.read_bytes() == b"A=\xff\n"


def test_a_folder_in_its_place_is_said(tmp_path):
    (tmp_path / ".env").mkdir()
    with pytest.raises(BadInput, match="cannot be read"):
        save(tmp_path / ".env", {"A": "1"})
    assert [p.name for p in tmp_path.iterdir()] == [".env"]
