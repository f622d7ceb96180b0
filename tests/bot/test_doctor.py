"""`standfirst doctor` beside what stands on this machine: it says what is wrong, and touches nothing."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.storage.owner import sole_owner
from adapters.storage.storage import open_storage
from bot.doctor import machine
from bot.doctor.machine import room
from bot.doctor.people import people
from bot.doctor.store import store
from bot.settings import Settings
from briefs.digest import Place, Refused, Sent, Slot, Unknown
from briefs.finding import Finding, Grade
from tests.bot.command_line import REPOSITORY, Shell, needs_humility
from tests.builders import a_brief, a_delivery, a_subscription, an_article

THERE = Place("console", "main")


@pytest.fixture
def shell(tmp_path):
    """A shell with a database of its own, which is not there yet."""
    (tmp_path / "here").mkdir()
    return Shell(tmp_path / "here", {"STANDFIRST_DATABASE": str(tmp_path / "here" / "s.db")})


async def filled(shell, *steps):
    """A store with what those steps put into it."""
    storage = await open_storage(shell.environment["STANDFIRST_DATABASE"])
    for step in steps:
        await step(storage)
    await storage.close()


def told(findings, about):
    return " ".join(f"{f['told']} {f['mend']}" for f in findings if f["about"] == about)


# --- what is fine -----------------------------------------------------------------------------------------------------


async def test_where_nothing_is_wrong_it_says_so_and_ends_with_0(shell):
    await filled(shell)
    done = shell.run("doctor")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("Nothing is wrong")
    assert "✗" not in done.stdout


def test_before_the_first_start_nothing_is_wrong_and_nothing_is_made(shell):
    code, findings = shell.doctor()
    assert code == 0
    assert "is not there yet. It is made at the first start." in told(findings, "Storage")
    assert shell.everything() == {}


def test_every_wrong_thing_says_how_to_mend_it():
    with pytest.raises(ValueError, match="no word of how to mend it"):
        Finding("Clock", "It is wrong.", grade=Grade.WRONG)


# --- the machine ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        pytest.param("prompt-toolkit>=99", "prompt-toolkit is ", id="too old"),
        pytest.param("no-such-package-here>=1", "no-such-package-here is missing", id="missing"),
    ],
)
def test_a_package_that_does_not_fit_is_named(monkeypatch, asked, said):
    monkeypatch.setattr(machine, "requires", lambda _: [asked, 'pytest>=999; extra == "dev"'])
    [found] = [found for found in machine.machine() if found.about == "Packages"]
    assert found.grade is Grade.WRONG
    assert said in found.told
    assert "pytest" not in found.told


def test_a_disk_that_is_nearly_full_is_wrong(monkeypatch, tmp_path):
    assert room(tmp_path / "none" / "s.db").grade is Grade.FINE
    monkeypatch.setattr(machine, "ROOM_MIN", 1 << 60)
    assert room(tmp_path / "s.db").grade is Grade.WRONG


def test_old_rules_of_time_zones_are_a_note(monkeypatch):
    monkeypatch.setattr(machine, "version", lambda name: "2019.3" if name == "tzdata" else "99")
    [found] = [found for found in machine.machine() if found.about == "Time zones"]
    assert found.grade is Grade.NOTE


# --- settings ---------------------------------------------------------------------------------------------------------

DISCORDS = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Ghijkl.abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("STANDFIRST_CURATOR=discord:12345", "is no setting, and is not read. Write STANDFIRST_CURATORS.", id="typo"),
        pytest.param("STANDFIRST_DISCORD_TOKEN=x", "Write STANDFIRST_DISCORD__TOKEN.", id="one underscore"),
        pytest.param("STANDFIRST_QQQQ=1", "Take it out, or see .env.example", id="like nothing"),
        pytest.param(
            "STANDFIRST_SLACK__BOT_TOKEN=xapp-1-A1-2-three", "Move it to STANDFIRST_SLACK__APP_TOKEN.", id="app token as bot token"
        ),
        pytest.param(f"STANDFIRST_SLACK__APP_TOKEN={DISCORDS}", "Move it to STANDFIRST_DISCORD__TOKEN.", id="discord's in slack's"),
        pytest.param("STANDFIRST_DISCORD__TOKEN=xoxb-1-2-three", "Move it to STANDFIRST_SLACK__BOT_TOKEN.", id="slack's in discord's"),
        pytest.param("STANDFIRST_SLACK__BOT_TOKEN=xoxp-1-2-three", "begins with xoxb-", id="a person's token"),
        pytest.param("STANDFIRST_SLACK__SIGNING_SECRET=xoxb-1-2-three", "Move it to STANDFIRST_SLACK__BOT_TOKEN.", id="as secret"),
        pytest.param("STANDFIRST_CURATORS=slack:U012/T012", "Write slack:TEAM/USER", id="ids that changed places"),
        pytest.param("STANDFIRST_REVIEWS=slack:C012/T012", "Write slack:TEAM/CHANNEL", id="a channel that changed places"),
        pytest.param("what is this", "Line 1 is neither a setting nor a remark", id="no setting"),
        pytest.param("STANDFIRST_ZONE=Mars/Olympus", "STANDFIRST_ZONE: No time zone called", id="cannot be used"),
        pytest.param("STANDFIRST_DISCORD__TOKEN=Bot abc", "without the word Bot before it", id="a word too many"),
    ],
)
async def test_what_is_written_wrongly_is_told_with_how_to_write_it(shell, line, said):
    # No platform is asked for anything: what listens there is nobody.
    shell.environment |= {"STANDFIRST_DISCORD__API_URL": "http://127.0.0.1:9", "STANDFIRST_SLACK__BASE_URL": "http://127.0.0.1:9"}
    shell.env.write_text(f"{line}\n")
    shell.env.chmod(0o600)
    wrong = [told for told in await shell.wrong_here() if not told.startswith(("Discord:", "Slack:"))]
    assert len(wrong) == 1
    assert said in wrong[0]
    value = line.partition("=")[2]
    assert "TOKEN" not in line.partition("=")[0] or value not in " ".join(wrong)


async def test_two_settings_that_do_not_hold_are_two_findings_and_none_says_that_settings_are_well(shell):
    shell.environment |= {"STANDFIRST_CURATORS": "discord:123", "STANDFIRST_EYES": "3"}
    first, second = await shell.wrong_here()
    assert first.startswith("Settings: STANDFIRST_CURATORS: “discord:123” is no id of Discord's: one has 17 to 20 digits, this one has 3.")
    assert second.startswith("Settings: STANDFIRST_EYES: ")
    done = await asyncio.to_thread(shell.run, "doctor")
    assert "✓ Settings" not in done.stdout
    assert done.stdout.splitlines()[-1].startswith("2 things to mend;")


@pytest.mark.parametrize("task", [("say", "/help"), ("run",)], ids=["say", "run"])
def test_a_line_of_the_file_that_cannot_be_read_is_told_in_one_sentence(shell, task):
    shell.env.write_text("STANDFIRST_ZONE=UTC\n\nwhat is this\n")
    done = shell.run(*task)
    assert done.stderr.splitlines()[0] == ".env, line 3: neither a setting nor a remark, so it is not read. Write NAME=value."
    assert "dotenv" not in done.stderr
    assert (done.returncode == 0) == (task[0] == "say")


# --- one's own library ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("there", [False, True], ids=["missing", "empty"])
async def test_a_library_that_run_does_not_start_with_is_wrong(shell, there):
    shell.environment |= {"STANDFIRST_LIBRARY": str(shell.folder / "ours"), "STANDFIRST_EXAMPLE__TOKEN": "x"}
    if there:
        (shell.folder / "ours").mkdir()
    done = await asyncio.to_thread(shell.run, "run")
    assert done.returncode != 0
    [wrong] = await shell.wrong_here()
    said = "Mend library.toml, line 1: The file is missing" if there else f"there is no folder {shell.folder / 'ours'}. Name one that has"
    assert said in wrong
    assert done.stderr.strip() in wrong


async def test_a_library_that_can_be_used_is_fine(shell):
    (shell.folder / "library.toml").write_text('name = "ours"\ncurator = "us"\napproved = 2026-03-02T09:00:00Z\n')
    shell.environment["STANDFIRST_LIBRARY"] = str(shell.folder)
    code, findings = await asyncio.to_thread(shell.doctor)
    assert code == 0
    assert "0 articles, 0 briefs, each line checked." in told(findings, "Library")


def test_a_typo_in_the_environment_is_found_too(shell):
    shell.environment["STANDFIRST_DATABSE"] = "x"
    assert shell.wrong() == ["Settings: STANDFIRST_DATABSE (the environment) is no setting, and is not read. Write STANDFIRST_DATABASE."]


async def test_tokens_others_may_read_are_wrong(shell):
    shell.env.write_text("STANDFIRST_EXAMPLE__TOKEN=abc\n")
    shell.env.chmod(0o644)
    assert any("chmod 600 .env" in told for told in await shell.wrong_here())
    shell.env.chmod(0o600)
    assert await shell.wrong_here() == []


def test_what_counts_where_a_setting_stands_twice_is_a_note(shell):
    shell.env.write_text("STANDFIRST_SHARE=no\nSTANDFIRST_SHARE=yes\nSTANDFIRST_DATABASE=other.db\n")
    code, findings = shell.doctor()
    assert code == 0
    assert "STANDFIRST_SHARE stands in it more than once" in told(findings, "The file .env")
    assert "STANDFIRST_DATABASE is set in the environment, too" in told(findings, "Settings")


def test_a_file_that_is_not_utf_8_is_said_and_everything_else_looked_at(shell):
    shell.env.write_bytes(b"STANDFIRST_ZONE=\xff\n")
    code, findings = shell.doctor()
    assert code == 1
    assert "is not UTF-8. Save it anew as UTF-8" in told(findings, "The file .env")
    assert told(findings, "SQLite")


# --- storage ----------------------------------------------------------------------------------------------------------


async def test_a_store_of_another_program_or_version_is_told_and_left_as_it_is(shell):
    await filled(shell)
    file = shell.folder / "s.db"
    for version, said in (("0002", "is of revision 0002; this version's is"), ("9999", "made by a newer Standfirst")):
        with sqlite3.connect(file) as connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
        connection.close()
        before = shell.everything()
        code, findings = shell.doctor()
        assert said in told(findings, "Storage")
        assert code == (version > "0100")
        assert shell.everything() == before


async def test_a_file_of_another_program_is_told(shell):
    connection = sqlite3.connect(shell.folder / "s.db")
    connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    before = shell.everything()
    assert any("belongs to another program" in told for told in await shell.wrong_here())
    assert shell.everything() == before


@pytest.mark.parametrize("content", [b"no database at all, but a text that is long enough" * 20, b"SQLite format 3\0" + b"\xff" * 4096])
async def test_a_file_that_is_no_database_is_told(shell, content):
    (shell.folder / "s.db").write_bytes(content)
    before = shell.everything()
    assert any(told.startswith("Storage:") for told in await shell.wrong_here())
    assert shell.everything() == before


async def test_a_damaged_store_is_told(shell):
    await filled(shell, lambda storage: storage.shelf.put_article(an_article(*(f"Sentence {n} of many words." for n in range(3_000)))))
    file = shell.folder / "s.db"
    whole = file.read_bytes()
    assert len(whole) > 200_000
    file.write_bytes(whole[:120_000] + b"\xff" * 20_000 + whole[140_000:])
    assert any("damaged" in told for told in await shell.wrong_here())


async def test_a_folder_in_the_stores_place_is_told(shell):
    (shell.folder / "s.db").mkdir()
    [wrong] = await shell.wrong_here()
    assert "s.db is a folder. Name a file in it: STANDFIRST_DATABASE=" in wrong


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="this system has no folder in which nobody can make anything")
async def test_where_no_store_can_be_made_doctor_says_what_run_says(shell):
    shell.environment |= {"STANDFIRST_DATABASE": "/proc/nofolder/s.db", "STANDFIRST_EXAMPLE__TOKEN": "x"}
    done = await asyncio.to_thread(shell.run, "run")
    _, findings = await asyncio.to_thread(shell.doctor)
    [wrong] = [f for f in findings if f["grade"] == "wrong"]
    assert wrong["told"] == done.stderr.strip()
    assert (wrong["about"], told(findings, "Disk")) == ("Storage", "")


@needs_humility
async def test_a_store_that_may_not_be_written_is_told(shell):
    await filled(shell)
    shell.humble = True
    (shell.folder / "s.db").chmod(0o400)
    assert any("s.db may not be written. Give this user the right" in told for told in shell.wrong())


@needs_humility
def test_a_folder_in_which_no_store_can_be_made_is_told(shell):
    shell.humble = True
    shell.folder.chmod(0o555)
    wrong = shell.wrong()
    shell.folder.chmod(0o755)
    assert any("s.db cannot be made" in told for told in wrong)


async def test_a_store_that_was_left_in_the_middle_is_read_with_its_log_and_left_so(shell):
    await filled(shell)
    end = (
        "import asyncio, os, sys; from adapters.storage.storage import open_storage; from tests.builders import a_brief\n"
        "async def go():\n"
        "    storage = await open_storage(sys.argv[1])\n"
        "    await storage.shelf.put_brief(a_brief('orphan'))\n"
        "    os._exit(0)\n"
        "asyncio.run(go())"
    )
    ended = [sys.executable, "-c", end, str(shell.folder / "s.db")]
    await asyncio.to_thread(subprocess.run, ended, check=True, cwd=REPOSITORY)
    before = shell.everything()
    assert sorted(before) == ["s.db", "s.db-shm", "s.db-wal"]
    assert any("cite sentences that are not there: orphan" in told for told in await shell.wrong_here())
    after = shell.everything()
    assert (sorted(after), after["s.db"], after["s.db-wal"]) == (sorted(before), before["s.db"], before["s.db-wal"])


async def test_a_brief_whose_sentences_are_missing_is_named(shell):
    article = an_article()
    whole, lacking = a_brief("whole", article=article), a_brief("lacking", article="1" * 64)
    await filled(
        shell,
        lambda storage: storage.shelf.put_article(article),
        lambda storage: storage.shelf.put_brief(whole),
        lambda storage: storage.shelf.put_brief(lacking),
    )
    [wrong] = await shell.wrong_here()
    assert "1 article, 2 approved briefs; these cite sentences that are not there: lacking. Give the articles" in wrong


async def test_whoever_delivers_is_named(shell):
    await filled(shell)
    assert "No process delivers digests" in told(shell.doctor()[1], "Delivering")
    before = shell.everything()
    with sole_owner(shell.folder / "s.db"):
        code, findings = shell.doctor()
    assert code == 0
    assert f"Process number {os.getpid()} delivers" in told(findings, "Delivering")
    assert "No process delivers digests" in told(shell.doctor()[1], "Delivering")
    assert shell.everything().keys() == {*before, "s.db.delivering"}


async def test_asked_by_the_process_that_delivers_it_says_so(shell):
    await filled(shell)
    file = shell.folder / "s.db"
    with sole_owner(file):
        [found] = [found for found in store(file, datetime.now(UTC)) if found.about == "Delivering"]
    assert (found.grade, found.told) == (Grade.FINE, "This process delivers.")


# --- people -----------------------------------------------------------------------------------------------------------


def test_a_platform_on_which_nobody_can_decide_is_a_note(tmp_path):
    tokens = {"discord": {"token": "a"}, "slack": {"bot_token": "b"}}
    notes = {}
    for curators in ("slack:T1AA/U1AA", "slack:T1AA/U1AA,discord:123456789012345678"):
        settings = Settings(database=str(tmp_path / "s.db"), curators=curators, **tokens)
        notes[curators] = [f.told for f in people(settings) if f.about == "Curators" and f.grade is Grade.NOTE]
    assert list(notes.values()) == [["Nobody can decide on drafts on Discord."], []]


def test_where_reviews_reach_nobody_it_is_said(tmp_path):
    [found] = [f for f in people(Settings(database=str(tmp_path / "s.db"))) if f.about == "Reviews"]
    assert (found.grade, found.told[:30]) == (Grade.NOTE, "They wait in /curate queue: th")


# --- digests ----------------------------------------------------------------------------------------------------------


async def test_what_comes_next_is_told_in_its_own_zone(shell):
    due = datetime.now(UTC) + timedelta(hours=1)
    await filled(shell, lambda storage: storage.subscriptions.put(a_subscription(THERE, zone="Asia/Tehran"), Slot(due, due.date())))
    code, findings = shell.doctor()
    assert code == 0
    assert "Asia/Tehran “daily” in console/main; 1 in all." in told(findings, "Next runs")


async def test_what_should_have_come_and_did_not_is_wrong(shell):
    due = datetime.now(UTC) - timedelta(hours=1)
    await filled(shell, lambda storage: storage.subscriptions.put(a_subscription(THERE), Slot(due, due.date())))
    [wrong] = await shell.wrong_here()
    assert "1 digest should have come" in wrong
    assert "Start standfirst run." in wrong


async def test_deliveries_that_are_unknown_or_failed_or_overdue_are_told_and_old_ones_are_not(shell):
    now = datetime.now(UTC)
    lately, long_ago, hour = now - timedelta(days=1), now - timedelta(days=30), timedelta(hours=1)

    def settled(outcome, channel, when):
        async def step(storage):
            made = a_delivery(Place("console", channel), "", due=when, until=when + hour, key=f"review:{channel}")
            await storage.ledger.owe([made])
            [taken] = await storage.ledger.claim("w", when, hour, 1, ["console"])
            await storage.ledger.settle([(taken, outcome)], "w", when)

        return step

    async def overdue(storage):
        await storage.ledger.owe([a_delivery(Place("console", "late"), "", due=now - hour, until=now + hour, key="review:late")])

    await filled(
        shell,
        settled(Unknown("The answer was lost."), "perhaps", lately),
        settled(Refused("The bot may not write there."), "shut", lately),
        settled(Unknown("The answer was lost."), "old", long_ago),
        settled(Sent("console:1"), "good", lately),
        overdue,
    )
    [wrong] = await shell.wrong_here()
    for said in (
        "1 unknown in console/perhaps",
        "(The answer was lost.)",
        "1 failed in console/shut",
        "1 overdue in console/late",
        "Resend",
    ):
        assert said in wrong
    assert "old" not in wrong
    assert "good" not in wrong


# --- the whole --------------------------------------------------------------------------------------------------------


async def test_a_fault_in_one_check_keeps_no_other_from_being_told(shell):
    await filled(shell)
    with sqlite3.connect(shell.folder / "s.db") as connection:
        connection.execute("INSERT INTO brief VALUES ('x', 'y', 'approved', 0, 0, 0, '', 'no JSON')")
    connection.close()
    [wrong] = await shell.wrong_here()
    assert "A check failed (ValidationError" in wrong
    assert told(shell.doctor()[1], "Curators")


async def test_as_a_table_and_as_json_it_says_the_same(shell):
    await filled(shell)
    _, findings = shell.doctor()
    plain = shell.run("doctor").stdout
    steady = [f for f in findings if " GiB" not in f["told"]]  # how much of the disk is free changes from one look to the next
    assert len(steady) == len(findings) - 1
    assert all(f["told"] in plain and f["mend"] in plain for f in steady)
