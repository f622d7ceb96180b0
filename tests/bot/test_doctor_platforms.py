"""`standfirst doctor` beside the platforms: tokens, rights, commands, clock, and every channel that digests go to."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache

import discord
import pytest
from discord import app_commands

from adapters.discord.mount import mount
from adapters.discord.registered import _asked, _completed
from adapters.storage.storage import open_storage
from briefs.commands.catalogue import CATALOGUE
from briefs.digest import Place, Slot
from tests.bot.command_line import NOWHERE
from tests.builders import a_subscription

ANNA = "900000001"
DESK = ("files:read", "im:history", "im:write")  # what the curators' desk asks of Slack beyond the rest


@pytest.fixture
async def ready(platforms):
    """Platforms with all their settings, and Discord knows the commands."""
    platforms.set_up(STANDFIRST_OPERATORS=f"discord:{ANNA}", STANDFIRST_CURATORS=f"slack:{platforms.slack.team}/UHUMAN")
    await platforms.discord.note("commands", guild="", commands=known())
    return platforms


@cache
def known():
    """The commands as Discord has them once it was told."""
    tree = app_commands.CommandTree(discord.Client(intents=discord.Intents.none()))
    return [command.to_dict(tree) | {"id": str(at)} for at, command in enumerate(mount(CATALOGUE, _asked, _completed))]


async def subscribe(platforms, *places):
    storage = await open_storage(platforms.shell.folder / ".local" / "share" / "standfirst" / "standfirst.db")
    due = datetime.now(UTC) + timedelta(hours=1)
    for place in places:
        await storage.subscriptions.put(a_subscription(place), Slot(due, due.date()))
    await storage.close()


def on_discord(platforms, channel):
    return Place(f"discord:{platforms.discord.guild}", channel)


def on_slack(platforms, channel):
    return Place(f"slack:{platforms.slack.team}", channel)


async def test_where_all_is_well_nothing_is_wrong_nothing_is_posted_and_no_token_is_shown(ready):
    await subscribe(ready, on_discord(ready, ready.news), on_slack(ready, "C1"))
    before = ready.shell.everything()
    done = ready.shell.run("doctor")
    assert done.returncode == 0, done.stdout
    assert done.stderr == ""
    for said in (
        "Discord knows all 8 as they are",
        "No privileged intent is on",
        "The bot is in Newsroom",
        f"@user-{ANNA}",
        "The bot has the 8 it needs",
        "Socket Mode, and Slack takes the app token",
        "@UHUMAN",
        "Within 60 seconds of Slack's",
        "The one channel that digests or reviews go to can be written and read.",
    ):
        assert said in done.stdout
    assert not any(token in done.stdout for token in ready.tokens)
    assert ready.shell.everything() == before
    assert await ready.discord.requests("POST", ".") == []
    assert await ready.slack.requests("chat.postMessage") == []


async def test_a_token_that_is_not_taken_is_told_and_the_other_platform_looked_at(ready):
    ready.set_up(STANDFIRST_DISCORD__TOKEN="nobodys")
    wrong = await ready.shell.wrong_here()
    assert any(told.startswith("Discord: Discord does not take STANDFIRST_DISCORD__TOKEN. Copy it anew") for told in wrong)
    assert "Slack takes it" in ready.shell.run("doctor").stdout
    ready.set_up(STANDFIRST_SLACK__BOT_TOKEN="nobodys")
    assert any(
        "STANDFIRST_SLACK__BOT_TOKEN (invalid_auth). Copy the Bot User OAuth Token again" in told for told in await ready.shell.wrong_here()
    )


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive"])
async def test_a_token_that_was_revoked_is_told(ready, error):
    await ready.slack.note("workspace", error=error)
    [wrong] = await ready.shell.wrong_here()
    assert error in wrong


async def test_without_a_network_each_platform_says_so(ready):
    ready.shell.environment |= {"STANDFIRST_DISCORD__API_URL": NOWHERE, "STANDFIRST_SLACK__BASE_URL": NOWHERE}
    wrong = ready.shell.wrong()
    assert [told.partition(".")[0] for told in wrong] == ["Discord: Discord cannot be reached", "Slack: Slack cannot be reached"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({"interactions_endpoint_url": "https://example.org"}, "Clear that address", id="endpoint"),
        pytest.param({"bot_require_code_grant": True}, "Requires OAuth2 Code Grant", id="code-grant"),
    ],
)
async def test_an_application_that_is_set_up_so_that_nothing_can_work_is_told(ready, changed, said):
    await ready.discord.note("bot", setup=changed)
    [wrong] = await ready.shell.wrong_here()
    assert said in wrong


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({"flags": 1 << 19}, "Message Content is on, which the bot neither needs", id="intent"),
        pytest.param({"bot_public": False}, "Only its owner can add it to servers", id="private"),
    ],
)
async def test_what_is_merely_worth_knowing_is_no_fault(ready, changed, said):
    await ready.discord.note("bot", setup=changed)
    assert await ready.shell.wrong_here() == []
    assert said in ready.shell.run("doctor").stdout


async def test_a_bot_that_is_in_no_server_is_told(ready):
    await ready.discord.note("guild", id=ready.discord.guild, gone=True)
    [wrong] = await ready.shell.wrong_here()
    assert "The bot is in no server. Open the link that standfirst discord invite prints" in wrong


async def test_commands_discord_does_not_know_or_knows_otherwise_are_named(ready):
    changed = [
        command | ({"description": "Something else"} if command["name"] == "brief" else {})
        for command in known()
        if command["name"] != "find"
    ]
    changed.append({"name": "old", "description": "Gone long ago", "id": "5", "type": 1})
    await ready.discord.note("commands", guild="", commands=changed)
    [wrong] = await ready.shell.wrong_here()
    assert "does not know: /find; knows otherwise than they are: /brief; knows, though they are gone: /old." in wrong
    assert "standfirst discord sync --force" in wrong


async def test_a_right_that_slack_does_not_give_is_named(ready):
    await ready.slack.note("workspace", scopes=[*DESK, "commands", "chat:write", "groups:history", "users:read"])
    [wrong] = await ready.shell.wrong_here()
    assert "Slack rights: The bot lacks channels:history." in wrong
    assert "Reinstall to Workspace" in wrong


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({"STANDFIRST_SLACK__APP_TOKEN": "nobodys"}, "STANDFIRST_SLACK__APP_TOKEN (invalid_auth)", id="not taken"),
        pytest.param({"STANDFIRST_SLACK__APP_TOKEN": ""}, "Set STANDFIRST_SLACK__APP_TOKEN", id="none, and no secret"),
    ],
)
async def test_a_slack_that_cannot_reach_the_bot_is_told(ready, changed, said):
    ready.set_up(**changed)
    [wrong] = await ready.shell.wrong_here()
    assert said in wrong


async def test_two_tokens_of_two_apps_are_told_apart(ready):
    await ready.slack.note("workspace", app_token="xapp-1-A2-3-four")
    ready.set_up(STANDFIRST_SLACK__APP_TOKEN="xapp-1-A2-3-four")
    [wrong] = await ready.shell.wrong_here()
    assert "The app token is of app A2, the bot token of app A1." in wrong


@pytest.mark.parametrize("minutes", [-10, 10])
async def test_a_clock_that_is_off_is_told_by_how_much(ready, minutes):
    then = format_datetime(datetime.now(UTC) - timedelta(minutes=minutes), usegmt=True)
    await ready.slack.fault("auth.test", headers={"Date": then})
    [wrong] = await ready.shell.wrong_here()
    assert ("ahead of" if minutes > 0 else "behind") in wrong
    assert "NTP" in wrong
    await ready.discord.fault("GET", "", date=then, times=50)
    [wrong] = await ready.shell.wrong_here()
    assert "Discord's" in wrong


async def test_every_channel_that_cannot_be_used_is_named_with_what_it_lacks(ready):
    await ready.slack.note("channel", id="C9", members=["UHUMAN"])
    thread = await ready.discord.channel(name="thread", kind=11, parent=ready.news, owner="1", locked=True)
    await subscribe(
        ready,
        on_discord(ready, ready.news),
        on_discord(ready, ready.quiet),
        on_discord(ready, thread),
        on_discord(ready, "123456789"),
        on_slack(ready, "C1"),
        on_slack(ready, "C9"),
        on_slack(ready, "C404"),
        Place("slack:TOTHER", "C1"),
    )
    wrong = await ready.shell.wrong_here()
    for said in (
        "#quiet in Newsroom: The bot lacks Send Messages and Read Message History there. Give it that",
        "#thread in Newsroom: The thread is locked. Unlock it",
        "channel 123456789 of Discord: There is no such channel any more.",
        "channel C9 of Slack: The bot is not in the channel. Type /invite",
        "channel C404 of Slack: There is no such channel, or it is private",
        f"The bot is in slack:{ready.slack.team}, not in slack:TOTHER.",
    ):
        assert any(said in told for told in wrong), (said, wrong)
    assert len(wrong) == 6


async def test_a_review_channel_of_another_server_is_told(ready):
    ready.set_up(STANDFIRST_REVIEWS=f"discord:12345/{ready.news}")
    [wrong] = await ready.shell.wrong_here()
    assert f"Write discord:{ready.discord.guild}/{ready.news}." in wrong


async def test_people_nobody_knows_are_named(ready):
    ready.set_up(
        STANDFIRST_CURATORS=f"discord:77777,slack:{ready.slack.team}/UNOBODY", STANDFIRST_MANAGERS=f"discord:{ready.discord.guild}"
    )
    wrong = await ready.shell.wrong_here()
    assert len(wrong) == 2
    assert "Discord knows nobody called discord:77777. Mend STANDFIRST_CURATORS, or take that name out of it." in wrong[0]
    assert f"Slack knows nobody called slack:{ready.slack.team}/UNOBODY." in wrong[1]


async def test_a_platform_that_fails_in_the_middle_is_told_as_far_as_it_got(ready):
    await ready.slack.fault("users.info", status=500, body="oops")
    wrong = await ready.shell.wrong_here()
    assert len(wrong) == 1
    assert wrong[0].startswith("Slack: Slack does not answer as it should")
    await ready.discord.fault("GET", "/commands$", status=403, code=50001)
    [wrong] = await ready.shell.wrong_here()
    assert "Discord does not answer as it should (code 50001, status 403)" in wrong
