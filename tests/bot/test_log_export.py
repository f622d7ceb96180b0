"""`standfirst log`: every decision, in a form that other programs read."""

import csv
import io
import json

import pytest

from bot import exporting
from bot.exporting import Form, export_log
from bot.settings import Settings
from bot.wiring import build
from briefs.brief_lines import numbered
from briefs.errors import NotFound
from tests.bot.newsroom import Newsroom
from tests.bot.test_main import standfirst
from tests.briefs.drafting.stories import FIRE, HARBOUR


@pytest.fixture
async def settings(tmp_path):
    """Of an installation in which a few things have been decided."""
    settings = Settings(database=str(tmp_path / "log.db"), zone="UTC")
    bot = await build(settings)
    room = Newsroom(bot)
    await room.give(HARBOUR)
    await room.give(FIRE, "fire.txt")
    await room.done('/curate hold harbour reason:"=HYPERLINK(1)"')
    await room.done("/curate release harbour")
    await room.done("/curate approve harbour")
    await room.done("/curate here")
    await bot.close()
    return settings


async def test_as_text_it_is_a_line_a_decision_the_newest_last(settings, capsys):
    assert await export_log(settings, Form.TEXT, "") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" · ")[0] for line in lines] == ["1", "2", "3", "4", "5", "6"]
    assert [line.split(" · ")[3] for line in lines] == ["added", "added", "held", "released", "approved", "set"]


async def test_as_json_each_line_has_what_stood_before_and_after(settings, capsys):
    await export_log(settings, Form.JSON, "")
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    approved = told[4]
    assert (approved["by"], approved["person"], approved["act"], approved["about"]) == ("@anna", "console:anna", "approved", "harbour")
    assert approved["at"].endswith("+00:00")
    [brief] = [change for change in approved["changes"] if change["kind"] == "brief"]
    assert (brief["before"]["state"], brief["after"]["state"]) == ("draft", "approved")
    assert told[0]["changes"][0]["before"] is None
    assert told[5]["changes"][0] == {"kind": "note", "key": "reviews", "before": None, "after": "console/main"}


async def table(settings, capsys):
    await export_log(settings, Form.CSV, "")
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


async def test_as_csv_a_decision_that_changes_no_line_is_one_row_of_short_cells(settings, capsys):
    rows = await table(settings, capsys)
    assert tuple(rows[0]) == ("number", "when", "who", "what", "brief", "line", "before", "after", "why")
    assert [row["number"] for row in rows] == ["1", "2", "3", "4", "5", "6"]
    assert [(row["before"], row["after"]) for row in rows] == [
        ("", "waiting"),
        ("", "waiting"),
        ("waiting", "held"),
        ("held", "waiting"),
        ("waiting", "approved"),
        ("", "console/main"),
    ]
    assert (rows[2]["who"], rows[2]["what"], rows[2]["brief"], rows[2]["why"]) == ("anna", "held", "harbour", "'=HYPERLINK(1)")
    assert rows[5]["what"] == "set: where reviews go"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert max(len(cell) for row in rows for cell in row.values()) < 300
    assert "{" not in "".join(cell for row in rows for cell in row.values())


async def test_as_csv_a_line_that_changed_stands_before_and_after(tmp_path, capsys):
    settings = Settings(database=str(tmp_path / "log.db"), zone="UTC")
    bot = await build(settings)
    room = Newsroom(bot)
    await room.give(HARBOUR)
    old = numbered(await bot.storage.curation.brief("harbour"))
    await room.done("/curate drop harbour line:3")
    await room.done("/curate undo")
    await room.done("/curate swap harbour line:3 cites:1")
    await bot.close()
    _, dropped, undone, *_ = await table(settings, capsys)
    third = f"{old[2].line.text} [{old[2].line.citations[0].sentence}]"
    assert (dropped["what"], dropped["line"], dropped["before"], dropped["after"]) == ("dropped", "3", third, "")
    assert (undone["what"], undone["line"], undone["before"], undone["after"]) == ("undid", "3", "", third)


@pytest.mark.parametrize("begins", ["=1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "  =1"])
def test_whatever_a_spreadsheet_would_run_is_defused(begins):
    assert exporting._defused(begins) == f"'{begins}"
    assert exporting._defused(f"x{begins}") == f"x{begins}"


async def test_what_was_decided_on_one_thing_alone(settings, capsys):
    await export_log(settings, Form.JSON, "Harbour ")
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["act"] for one in told] == ["added", "held", "released", "approved"]
    with pytest.raises(NotFound, match="Leave out --about"):
        await export_log(settings, Form.JSON, "nothing")


async def test_a_long_log_is_read_to_its_beginning(settings, capsys, monkeypatch):
    monkeypatch.setattr(exporting, "READ", 2)
    await export_log(settings, Form.TEXT, "")
    assert len(capsys.readouterr().out.splitlines()) == 6


def test_the_command_prints_it(tmp_path):
    assert (standfirst(tmp_path, "log").returncode, standfirst(tmp_path, "log").stdout) == (0, "")
    assert standfirst(tmp_path, "log", "--csv").stdout.startswith("number,when,who,")
    assert standfirst(tmp_path, "log", "--csv", "--json").returncode == 2
    assert standfirst(tmp_path, "log", "--about", "x").stderr.startswith("No draft or brief in the log called “x”.")
