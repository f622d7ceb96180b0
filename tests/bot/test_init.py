"""`standfirst init` as its user meets it: a process, both platforms, every answer and every failure."""

import asyncio
import json
import signal
import stat

import pytest

from tests.bot.command_line import NOWHERE, Shell, needs_humility

ANNA = "900000001"  # whom the loopback Discord knows
LONDON = "Europe/London"
MANIFEST = "slack-manifest.yaml"


def lines(platforms, *, discord=True, slack=True, curators="none", zone="", posts=("", "")):
    """What is typed, answer by answer."""
    first = [platforms.discord.token] if discord else [""]
    second = [platforms.slack.token, platforms.slack.app_token] if slack else [""]
    return ("both", *first, *second, curators, zone, *posts)


def settings(shell):
    return dict(line.split("=", 1) for line in shell.env.read_text().splitlines() if "=" in line and not line.startswith("#"))


def no_secret_is_shown(platforms, done):
    return not any(token in done.stdout + done.stderr for token in platforms.tokens)


async def test_the_whole_story(platforms):
    curators = f"<@{ANNA}>, UHUMAN"
    link = "https://acme.slack.com/archives/C1/p1700000000000000"
    typed = lines(platforms, curators=curators, zone=LONDON, posts=("1", "n", link, "y"))
    done = platforms.shell.run("init", typed=typed)
    assert (done.returncode, done.stderr) == (0, "")
    assert settings(platforms.shell) == {
        **platforms.settings,
        "STANDFIRST_CURATORS": f"discord:{ANNA},slack:{platforms.slack.team}/UHUMAN",
        "STANDFIRST_ZONE": LONDON,
    }
    assert stat.S_IMODE(platforms.shell.env.stat().st_mode) == 0o600
    assert no_secret_is_shown(platforms, done)
    [kept] = await platforms.discord.messages(platforms.news)
    assert "TEST" in json.dumps(kept["components"])
    assert "read back" in done.stdout
    assert await platforms.slack.messages("C1") == []
    assert len(await platforms.slack.requests("chat.postMessage")) == 1
    assert "socket_mode_enabled: true" in done.stdout
    assert "https://discord.com/oauth2/authorize?client_id=" in done.stdout
    assert done.stdout.index("socket_mode_enabled") < done.stdout.index("Paste the bot token, xoxb-")
    assert "/curate here" in done.stdout
    assert "STANDFIRST_REVIEWS" in done.stdout
    assert sorted(platforms.shell.everything()) == [".env", MANIFEST]


async def test_what_it_saved_is_what_doctor_and_run_want(platforms):
    platforms.shell.run("init", typed=lines(platforms))
    wrong = platforms.shell.wrong()
    assert [told.partition(":")[0] for told in wrong] == ["Discord commands"]  # run tells Discord of them
    with platforms.shell.started("run") as process:
        told = await asyncio.to_thread(process.stdout.readline)
        assert told.startswith("Running: discord, slack")
        assert await _nothing_wrong(platforms.shell) == []


async def _nothing_wrong(shell):
    """What doctor finds while the bot runs, once Discord has been told of the commands."""
    return await asyncio.to_thread(shell.wrong)


async def test_run_again_keeps_what_stands_and_changes_nothing(platforms):
    typed = lines(platforms, curators=ANNA, zone=LONDON)
    platforms.shell.run("init", typed=typed)
    platforms.shell.env.write_text("# mine\n" + platforms.shell.env.read_text() + "OTHER='of somebody' # else\n")
    before = platforms.shell.env.read_bytes()
    done = platforms.shell.run("init", typed=("both", "y", "y", "y", "y", "", "", "", ""))
    assert done.returncode == 0
    assert platforms.shell.env.read_bytes() == before
    assert no_secret_is_shown(platforms, done)


async def test_a_token_that_stands_is_replaced_only_when_that_is_wanted(platforms):
    platforms.set_up(STANDFIRST_DISCORD__TOKEN="worn-out")
    before = platforms.shell.env.read_bytes()
    left = platforms.shell.run("init", typed=("discord", "n", "none", ""))
    assert "does not take" in left.stdout
    assert platforms.shell.env.read_bytes() == before
    done = platforms.shell.run("init", typed=("discord", "y", platforms.discord.token, "none", "", ""))
    assert done.returncode == 0
    assert settings(platforms.shell) == platforms.settings


async def test_a_good_token_stays_where_no_other_one_is_pasted_after_all(platforms):
    platforms.set_up()
    before = platforms.shell.env.read_bytes()
    done = platforms.shell.run("init", typed=("discord", "n", "nobodys", "", "none", "", ""))
    assert done.returncode == 0
    assert "is left out" not in done.stdout
    assert platforms.shell.env.read_bytes() == before


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        pytest.param("nobodys", "Discord does not take STANDFIRST_DISCORD__TOKEN", id="wrong"),
        pytest.param("xoxb-1-2-three", "a Slack bot token (xoxb-…); it belongs into STANDFIRST_SLACK__BOT_TOKEN", id="slack's"),
        pytest.param("two words", "blanks or signs that none has", id="blanks"),
        pytest.param("tökén", "blanks or signs that none has", id="letters"),
    ],
)
async def test_a_discord_token_that_is_none_is_asked_for_again(platforms, pasted, said):
    done = platforms.shell.run("init", typed=("discord", pasted, platforms.discord.token, "none", "", ""))
    assert (done.returncode, done.stderr) == (0, "")
    assert said in done.stdout
    assert pasted not in done.stdout
    assert settings(platforms.shell)["STANDFIRST_DISCORD__TOKEN"] == platforms.discord.token


@pytest.mark.parametrize(
    ("tokens", "said"),
    [
        pytest.param(("nobodys",), "STANDFIRST_SLACK__BOT_TOKEN (invalid_auth)", id="wrong"),
        pytest.param(("xapp-1-A1-2-three",), "app-level token (xapp-…); it belongs into STANDFIRST_SLACK__APP_TOKEN", id="app's"),
        pytest.param(("xoxp-1-2-three",), "token of a person", id="person's"),
        pytest.param(("GOOD", "nobodys"), "STANDFIRST_SLACK__APP_TOKEN (invalid_auth)", id="wrong-app-token"),
        pytest.param(("GOOD", "xoxb-1-2-three"), "it belongs into STANDFIRST_SLACK__BOT_TOKEN", id="bot's"),
    ],
)
async def test_a_slack_token_that_is_none_leaves_nothing_half_written(platforms, tokens, said):
    pasted = [token.replace("GOOD", platforms.slack.token) for token in tokens]
    done = platforms.shell.run("init", typed=("slack", *pasted, "", "", ""))
    assert (done.returncode, done.stderr) == (0, "")
    assert said in done.stdout
    assert "Slack is left out" in done.stdout
    assert not platforms.shell.env.exists()
    assert not any(token in done.stdout for token in pasted)


async def test_a_slack_token_that_was_revoked_says_so(platforms):
    await platforms.slack.note("workspace", error="token_revoked")
    done = platforms.shell.run("init", typed=("slack", platforms.slack.token, "", ""))
    assert "token_revoked" in done.stdout
    assert not platforms.shell.env.exists()


async def test_a_slack_right_that_is_missing_says_where_to_add_it(platforms):
    await platforms.slack.note(
        "workspace", scopes=["commands", "chat:write", "channels:history", "users:read", "files:read", "im:history", "im:write"]
    )
    done = platforms.shell.run("init", typed=("slack", platforms.slack.token, "", ""))
    assert "The bot lacks groups:history. Add them in the app's settings" in done.stdout
    assert not platforms.shell.env.exists()


async def test_two_tokens_of_two_apps_are_told_apart(platforms):
    other = "xapp-1-A2-3-four"
    await platforms.slack.note("workspace", app_token=other)
    done = platforms.shell.run("init", typed=("slack", platforms.slack.token, other, "", ""))
    assert "The app token is of app A2, the bot token of app A1." in done.stdout
    assert not platforms.shell.env.exists()


@pytest.mark.parametrize("platform", ["discord", "slack"])
async def test_without_a_network_it_says_so_and_nothing_is_written(platforms, platform):
    platforms.shell.environment |= {"STANDFIRST_DISCORD__API_URL": NOWHERE, "STANDFIRST_SLACK__BASE_URL": NOWHERE}
    done = platforms.shell.run("init", typed=(platform, "token-of-somebody", "", "", ""))
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{platform.capitalize()} cannot be reached. Look whether this machine is online" in done.stdout
    assert not platforms.shell.env.exists()


async def test_a_bot_that_is_in_no_server_is_waited_for(platforms):
    await platforms.discord.note("guild", id=platforms.discord.guild, gone=True)
    done = platforms.shell.run("init", typed=("discord", platforms.discord.token, "", "later", "none", "", ""))
    assert "Discord says that the bot is in no server yet." in done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param("2", "lacks Send Messages and Read Message History there", id="missing-rights"),
        pytest.param("99", "no channel the bot knows", id="no-such-number"),
        pytest.param("#news", "no channel the bot knows", id="a-name"),
        pytest.param("https://discord.com/channels/1/2", "There is no such channel any more", id="elsewhere"),
    ],
)
async def test_a_wrong_channel_is_told_and_another_one_can_be_chosen(platforms, typed, said):
    done = platforms.shell.run("init", typed=("discord", platforms.discord.token, "none", "", typed, "1", "y"))
    assert (done.returncode, done.stderr) == (0, "")
    assert said in done.stdout
    assert "read back" in done.stdout
    assert await platforms.discord.messages(platforms.news) == []
    assert await platforms.discord.messages(platforms.quiet) == []


async def test_a_slack_channel_the_bot_is_not_in_is_told(platforms):
    await platforms.slack.note("channel", id="C9", members=["UHUMAN"])
    typed = ("slack", platforms.slack.token, platforms.slack.app_token, "none", "", "C9", "C8", "general", "")
    done = platforms.shell.run("init", typed=typed)
    assert "The bot is not in the channel. Type /invite" in done.stdout
    assert "There is no such channel, or it is private" in done.stdout
    assert "no channel the bot knows" in done.stdout
    assert "Nothing was posted." in done.stdout
    assert await platforms.slack.requests("chat.postMessage") == []


async def test_a_post_that_is_not_found_again_is_no_success(platforms):
    await platforms.discord.fault("GET", "/messages$", status=403, code=50001)
    done = platforms.shell.run("init", typed=("discord", platforms.discord.token, "none", "", "1", ""))
    assert "It was posted, but is not found in the channel" in done.stdout
    assert "no test post was seen yet" in done.stdout


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param("12345", "Nobody there is called discord:12345", id="unknown"),
        pytest.param("anna", "“anna” is no id", id="a-name"),
        pytest.param("UNOBODY", "Nobody there is called slack:", id="unknown-on-slack"),
    ],
)
async def test_a_curator_nobody_knows_is_asked_for_again(platforms, typed, said):
    done = platforms.shell.run("init", typed=lines(platforms, curators=typed, zone=ANNA, posts=("", "", "")))
    assert said in done.stdout
    assert settings(platforms.shell)["STANDFIRST_CURATORS"] == f"discord:{ANNA}"


async def test_whoever_made_the_app_is_offered_as_curator(platforms):
    owner = {"id": ANNA, "username": "anna", "discriminator": "0", "avatar": None}
    await platforms.discord.note("bot", setup={"owner": owner})
    done = platforms.shell.run("init", typed=lines(platforms, curators="", slack=False, posts=("",)))
    assert "who made the app" in done.stdout
    assert settings(platforms.shell)["STANDFIRST_CURATORS"] == f"discord:{ANNA}"


async def test_a_second_platform_gets_a_curator_beside_those_that_are_kept(platforms):
    owner = {"id": ANNA, "username": "anna", "discriminator": "0", "avatar": None}
    await platforms.discord.note("bot", setup={"owner": owner})
    first = platforms.shell.run("init", typed=("slack", platforms.slack.token, platforms.slack.app_token, "UHUMAN", "", ""))
    assert "Discord:" not in first.stdout
    assert "Ids, with blanks between (Enter: nobody yet):" in first.stdout
    done = platforms.shell.run("init", typed=("discord", platforms.discord.token, "y", "", "", ""))
    assert f"Named already: slack:{platforms.slack.team}/UHUMAN" in done.stdout
    assert "Who decides on drafts on Discord? Ids, with blanks between (Enter: @" in done.stdout
    assert ", who made the app; none: nobody yet):" in done.stdout
    assert settings(platforms.shell)["STANDFIRST_CURATORS"] == f"slack:{platforms.slack.team}/UHUMAN,discord:{ANNA}"


async def test_a_platform_without_a_curator_is_told(platforms):
    done = platforms.shell.run("init", typed=lines(platforms, curators="UHUMAN", posts=("", "")))
    assert "· Nobody can decide on drafts on Discord yet: name somebody in STANDFIRST_CURATORS" in done.stdout


async def test_the_manifest_is_in_a_file_whose_lines_no_terminal_breaks(platforms):
    done = platforms.shell.run("init", typed=("slack", "", ""))
    file = platforms.shell.folder / MANIFEST
    assert str(file) in done.stdout
    assert file.read_text() == platforms.shell.run("slack", "manifest").stdout


async def test_where_there_is_no_list_no_number_is_asked_for(platforms):
    typed = ("slack", platforms.slack.token, platforms.slack.app_token, "none", "", "3", "")
    done = platforms.shell.run("init", typed=typed)
    assert "That is no channel the bot knows. Paste a channel's link or id." in done.stdout


async def test_a_role_may_be_curator(platforms):
    await platforms.discord.note("guild", id=platforms.discord.guild, roles={"700000007": "Editors"})
    done = platforms.shell.run("init", typed=lines(platforms, curators="<@&700000007>", slack=False, posts=("",)))
    assert "discord:700000007 is the role Editors in Newsroom" in done.stdout


async def test_a_zone_that_is_none_is_asked_for_again(platforms):
    done = platforms.shell.run("init", typed=("none", "Mars/Olympus", LONDON))
    assert "No time zone called “Mars/Olympus”" in done.stdout
    assert settings(platforms.shell) == {"STANDFIRST_ZONE": LONDON}


async def test_the_environment_wins_and_is_left_alone(platforms):
    platforms.shell.environment["STANDFIRST_DISCORD__TOKEN"] = platforms.discord.token
    done = platforms.shell.run("init", typed=("discord", "none", "", ""))
    assert done.returncode == 0
    assert "the environment, which wins over .env" in done.stdout
    assert not platforms.shell.env.exists()
    assert no_secret_is_shown(platforms, done)


async def test_where_the_answers_end_it_says_what_was_saved(platforms):
    done = platforms.shell.run("init", typed=("both", platforms.discord.token, platforms.slack.token))
    assert (done.returncode, done.stderr) == (2, "")
    assert "There are no more answers to read. Discord's token: saved in" in done.stdout
    assert "Run standfirst init again to go on" in done.stdout
    assert settings(platforms.shell) == {"STANDFIRST_DISCORD__TOKEN": platforms.discord.token}


async def test_an_interrupt_leaves_nothing_half_written(platforms):
    with platforms.shell.started("init") as process:
        process.stdin.write(f"slack\n{platforms.slack.token}\n")
        process.stdin.flush()
        await asyncio.to_thread(_read_until, process, "Paste the app-level token")
        process.send_signal(signal.SIGINT)
        out, errors = await asyncio.to_thread(process.communicate)
    assert (process.returncode, errors) == (130, "")
    assert "Stopped." in out
    assert "was left as it was. Run standfirst init again" in out
    assert list(platforms.shell.everything()) == [MANIFEST]


def _read_until(process, text):
    told = ""
    while text not in told:
        told += process.stdout.read(1)


def test_a_file_that_is_not_utf_8_is_left_alone(tmp_path):
    shell = Shell(tmp_path)
    shell.env.write_bytes(b"STANDFIRST_ZONE=\xff\n")
    done = shell.run("init", typed=("none",))
    assert (done.returncode, done.stdout) == (2, "")
    assert "has to be a text file in UTF-8" in done.stderr or "is not UTF-8" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert shell.env.read_bytes() == b"STANDFIRST_ZONE=\xff\n"


def test_a_setting_that_cannot_be_used_is_said_before_anything_is_asked(tmp_path):
    shell = Shell(tmp_path)
    shell.env.write_text("STANDFIRST_ZONE=Mars/Olympus\n")
    done = shell.run("init", typed=("none",))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("STANDFIRST_ZONE: No time zone called")


@needs_humility
def test_a_folder_that_may_not_be_written_is_said_before_anything_is_asked(tmp_path):
    tmp_path.chmod(0o555)
    done = Shell(tmp_path, humble=True).run("init", typed=("none",))
    tmp_path.chmod(0o755)
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot be written. Start in a folder of your own" in done.stderr
    assert len(done.stderr.splitlines()) == 1
