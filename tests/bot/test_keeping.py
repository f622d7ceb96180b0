"""What `standfirst backup` and `standfirst restore` print."""

import asyncio
import re
import sqlite3
import sys
from functools import partial
from pathlib import Path

import pytest

from adapters.storage.storage import open_storage
from bot.__main__ import main
from briefs.digest import Place
from tests.builders import a_brief, a_delivery, a_message, an_article
from tests.contracts.test_storage_ledger import owe

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "backup-and-restore.md"


@pytest.fixture
async def database(tmp_path, monkeypatch):
    """A store with a draft, a delivery that is owed and one of which nobody knows."""
    file = tmp_path / "s.db"
    monkeypatch.setenv("STANDFIRST_DATABASE", str(file))
    storage = await open_storage(file)
    await storage.shelf.put_article(an_article(handle="ferry"))
    await storage.shelf.put_brief(a_brief("ferry"))
    await owe(storage, *(a_delivery(Place("s", f"c{number}"), message=a_message("Hello.")) for number in range(2)))
    await storage._engine.write(lambda c: c.exec_driver_sql("UPDATE delivery SET state = 'unknown' WHERE channel = 'c1'"))
    await storage.close()
    return file


def test_a_backup_says_where_it_is_and_what_is_in_it_and_what_is_not(database, tmp_path, capsys):
    assert main(["backup", str(tmp_path / "b")]) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"Backed up to {tmp_path / 'b'}: ") and "kB, as of" in told.splitlines()[0]
    assert "In it: 1 article, 1 brief, 0 cards, 2 editions of 2 channels, 2 deliveries (1 still owed, 1 unknown)." in told
    assert "Not in it: .env with your tokens" in told
    assert told.endswith(f"Put it back with: standfirst restore {tmp_path / 'b'}\n")
    assert max(map(len, told.splitlines()[2:4])) <= 125
    assert (main(["backup", str(tmp_path / "b")]), capsys.readouterr().out) == (2, "")
    assert main(["backup", str(tmp_path / "b"), "--force"]) == 0


def test_a_name_that_ends_with_a_slash_is_a_folder_which_is_made(database, tmp_path, capsys):
    folder = tmp_path / "kept" / "backups"
    assert main(["backup", f"{folder}/"]) == 0
    [made] = folder.iterdir()
    assert re.fullmatch(r"s-\d{8}-\d{6}\.db", made.name)
    assert f"Backed up to {made}: " in capsys.readouterr().out
    made.rename(tmp_path / "earlier.db")
    assert main(["backup", f"{folder}/"]) == 0


def test_a_file_is_not_taken_for_the_folder_that_is_meant(database, tmp_path, capsys):
    (tmp_path / "backups").write_text("mine")
    assert main(["backup", f"{tmp_path}/backups/"]) == 2
    assert "backups is a file, not a folder" in capsys.readouterr().err
    assert (tmp_path / "backups").read_text() == "mine"
    assert main(["backup", f"{tmp_path}/backups/deeper/"]) == 3
    assert "a part of its path is a file" in capsys.readouterr().err


def test_no_folder_is_made_for_a_backup_of_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("STANDFIRST_DATABASE", str(tmp_path / "none.db"))
    assert main(["backup", f"{tmp_path}/backups/"]) == 2
    assert not (tmp_path / "backups").exists()


async def test_the_line_for_cron_works_night_after_night_as_it_stands_on_the_page(database, tmp_path):
    line = re.search(r"```cron\n[\d* ]+  (.+)\n```", PAGE.read_text(encoding="utf-8"))[1]
    home = tmp_path / "you"
    (home / "standfirst").mkdir(parents=True)
    (home / "standfirst" / ".venv").symlink_to(sys.prefix)
    (home / "standfirst" / ".env").write_text(f"STANDFIRST_DATABASE={database}\n")
    # As cron starts it: in another folder, with hardly an environment.
    nightly = partial(
        asyncio.create_subprocess_exec,
        *("/bin/sh", "-c", line.replace("/home/you", str(home))),
        env={"PATH": "/usr/bin:/bin", "HOME": str(home)},
        cwd=tmp_path,
    )
    for night in range(2):
        assert await (await nightly()).wait() == 0
        [made] = (home / "backups").glob("s-*.db")
        made.rename(home / "backups" / f"night{night}.db")  # both may be of one second


def test_what_is_not_whole_in_the_database_is_told(database, tmp_path, capsys):
    connection = sqlite3.connect(database)
    with connection:
        connection.execute("DELETE FROM edition")
    connection.close()
    assert main(["backup", str(tmp_path / "b")]) == 0
    assert "2 rows in the database name another that is not there" in capsys.readouterr().out


def test_a_restore_says_what_was_kept_and_what_is_looked_for(database, tmp_path, capsys):
    main(["backup", str(tmp_path / "b")])
    capsys.readouterr()
    assert main(["restore", str(tmp_path / "b")]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith(f"Restored {database} as it was on ")
    assert told[1].endswith("Whatever was asked for, changed or approved after that is not.")
    assert told[2].startswith(f"What was there before is kept in {tmp_path}/s.before-")
    assert re.fullmatch(r"1 delivery was still owed then, and (1 edition has|\d+ editions have) come due since\.", told[3])
    assert "looked for in its channel before it is posted" in told[4]
    assert "no other copy of the bot" in told[-1]


def test_where_there_was_nothing_before_it_says_so(database, tmp_path, monkeypatch, capsys):
    main(["backup", str(tmp_path / "b")])
    monkeypatch.setenv("STANDFIRST_DATABASE", str(tmp_path / "new" / "s.db"))
    capsys.readouterr()
    assert main(["restore", str(tmp_path / "b")]) == 0
    assert "There was no database there before." in capsys.readouterr().out
